/* curriculum_pages.h: pages of what trainings teach, and how pages of an event name it. */
#ifndef SUNWAI_CURRICULUM_PAGES_H
#define SUNWAI_CURRICULUM_PAGES_H

#include "curriculum.h"
#include "web.h"

/* "No. 3, version 2: The right to information", and its topics; empty: the event follows none. */
err curriculum_words(struct web *w, const struct q_event_get *r, str *out);
err curriculum_topics(struct web *w, const struct q_event_get *r, str *out);
/* Those that an event may follow, the one it follows chosen; a new event has no home yet. */
err curriculum_choices(struct web *w, size_t input, const struct q_event_get *r, struct field_view *out);

enum curriculum_input { CU_NO, CU_TITLE, CU_TOPICS, CU_FROM, CU_LAST, CU_MODEL, CURRICULUM_INPUTS };
extern const struct input curriculum_inputs[CURRICULUM_INPUTS];
extern const struct input curriculum_end_inputs[CURRICULUM_INPUTS];
err show_curricula(struct web *w);
err write_curriculum(struct ctx *c, const struct given *in, struct receipt *out);
err write_curriculum_end(struct ctx *c, const struct given *in, struct receipt *out);
err answer_curriculum(struct web *w);

#endif
