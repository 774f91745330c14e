/* dialogue_pages.h: pages of dialogues and trainings among themselves. */
#ifndef SUNWAI_DIALOGUE_PAGES_H
#define SUNWAI_DIALOGUE_PAGES_H

#include "dialogue.h"
#include "dialogue_models.h"
#include "event_pages.h"

/* The series, attendances and persons of it: SERIES_FACTS behind *io_n; none when it is none of a series. */
enum { SERIES_FACTS = 3 };
err series_facts(struct web *w, const struct event_view *v, struct fact_view *f, size_t *io_n);

/* What a dialogue still lacks to be three-sided, in words. */
err dialogue_lacks(struct web *w, const struct dialogue *d, const str **out, size_t *out_n);

enum training_input { TR_CODE, TR_SCORES, TR_N };
extern const struct input training_inputs[TR_N];
err show_training(struct web *w);
err write_number(struct ctx *c, const struct given *in, struct receipt *out);
err write_scores(struct ctx *c, const struct given *in, struct receipt *out);
err answer_training(struct web *w);

#endif
