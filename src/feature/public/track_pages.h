/* track_pages.h: looking a complaint up, for the table of routes. */
#ifndef SUNWAI_TRACK_PAGES_H
#define SUNWAI_TRACK_PAGES_H

#include "case.h"
#include "public_models.h"
#include "web.h"

enum { TRACK_INPUTS = 2, OPENED_INPUTS = 2, SAY_INPUTS = 3, STATUS_INPUTS = 11 };
enum { CASE_TOKEN_SECONDS = 1800 };
enum {
    P_CASE,
    P_ACTION,
    P_OUTCOME,
    P_ANSWER_WORDS,
    P_INFO,
    P_REOPEN,
    P_WITHDRAW,
    P_COMMENT,
    P_VOICE,
    P_PHOTOS,
    P_PDF
};
extern const struct input track_inputs[TRACK_INPUTS];
extern const struct input opened_inputs[OPENED_INPUTS];
enum { SHOT_INPUTS = 3 };
extern const struct input shot_inputs[SHOT_INPUTS];
err show_shot(struct web *w);
enum { HEAR_INPUTS = 2 };
extern const struct input hear_inputs[HEAR_INPUTS];
err show_hers(struct web *w);
err look_hers(struct ctx *c, const struct given *in, struct audit_entry *io);
/* The case that a token in her browser stands for (in[0]), which she may reach now; DENIED for staff. */
err her_case(struct ctx *c, const struct given *in, case_ref *out);
/* What she said herself: her voice notes, in words with their length and where they are heard (in `to`, when
 * there is a token); in w->arena. */
err her_voices(struct web *w, const struct case_view *v, str token, struct heard_view **out, size_t *out_n);
extern const struct input say_inputs[SAY_INPUTS];
extern const struct input status_inputs[STATUS_INPUTS];
extern const struct seen_fns opened_seen;

err show_track(struct web *w);
err write_track(struct ctx *c, const struct given *in, struct receipt *out);
err answer_track(struct web *w);
err show_opened(struct web *w);
err show_say(struct web *w);
/* The page of one case; `thanks` is said on top, MSG_NONE for nothing. */
err show_status(struct web *w, const case_ref *ref, enum msg thanks);
err prepare_status(struct web *w);
err write_status(struct ctx *c, const struct given *in, struct receipt *out);
err show_status_again(struct web *w);
err answer_status(struct web *w);
err show_track_start(struct web *w); /* somebody came to an action by its address */

#endif
