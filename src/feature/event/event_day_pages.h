/* event_day_pages.h: the pages of the day among themselves. */
#ifndef SUNWAI_EVENT_DAY_PAGES_H
#define SUNWAI_EVENT_DAY_PAGES_H

#include "event_day.h"
#include "event_day_models.h"
#include "event_pages.h"
#include "paper.h"

/* Finds the event of the address (input 0), sets title and way back, fills what stands on top. */
err day_top(struct web *w, enum msg title, struct event_view *v, struct day_top *out);
/* In a write: the event of the address. */
err day_event(struct ctx *c, const struct given *in, struct event_view *out);
/* After a write: back to the page below the event, at a place of it. */
err day_back(struct web *w, str rest);
str day_given(const struct given *g);
/* Whose names or numbers a page shows: the event's. */
err look_event(struct ctx *c, const struct given *in, struct audit_entry *io);
/* Its beginning, at most so many bytes, whole letters. */
str day_short(str words, size_t most);
/* Number, place and time of the event, on a paper. */
err day_paper_facts(struct web *w, const struct event_view *v, struct paper_draft *d);
/* Offices of the district to choose from. */
err day_offices(struct web *w, const struct event_view *v, size_t input, struct field_view *out);

enum { EVENT_ONLY_INPUTS = 1 };
extern const struct input event_only_inputs[EVENT_ONLY_INPUTS];

enum { ROSTER_CODE, ROSTER_ROLE, ROSTER_TAP, ROSTER_INPUTS };
extern const struct input roster_inputs[ROSTER_INPUTS];
err show_roster(struct web *w);
err write_roster(struct ctx *c, const struct given *in, struct receipt *out);
err answer_roster(struct web *w);

enum { TOLD_CODE, TOLD_ROLE, TOLD_TAP, TOLD_INPUTS };
extern const struct input told_inputs[TOLD_INPUTS];
err show_told(struct web *w);
err write_told(struct ctx *c, const struct given *in, struct receipt *out);
err answer_told(struct web *w);

/* The forms of one page share their inputs; what each needs is asked by its rule. */
enum {
    N_CODE,
    N_NAME,
    N_ROLE,
    N_SEX,
    N_PHONE,
    N_OFFICE,
    N_SPOKE,
    N_SPOKE_NO,
    N_REMOVE_NO,
    N_DEVICE,
    N_RECORD,
    N_SAME_NO,
    N_APART_NO,
    N_AS_NO,
    NAMES_INPUTS
};
extern const struct input names_inputs[NAMES_INPUTS];
err show_names(struct web *w);
err show_names_print(struct web *w);
err write_name(struct ctx *c, const struct given *in, struct receipt *out);
err write_name_change(struct ctx *c, const struct given *in, struct receipt *out);
err answer_names(struct web *w);

enum {
    NEED_CODE,
    NEED_WORDS,
    NEED_SERVICE,
    NEED_WOMEN,
    NEED_PLUS,
    NEED_LESS,
    NEED_OTHER,
    NEED_APART,
    NEED_SAME,
    NEED_AS,
    NEED_HANDS,
    NEED_HANDS_N,
    NEED_INPUTS
};
extern const struct input need_inputs[NEED_INPUTS];
err show_needs(struct web *w);
err show_needs_print(struct web *w);
err write_need(struct ctx *c, const struct given *in, struct receipt *out);
err write_need_change(struct ctx *c, const struct given *in, struct receipt *out);
err answer_needs(struct web *w);

enum { TK_CODE, TK_SEX, TK_HEARD, TK_LEFT, TK_BACK, TOKEN_INPUTS };
extern const struct input turn_inputs[TOKEN_INPUTS];
err show_tokens(struct web *w);
err show_screen(struct web *w);
err write_token(struct ctx *c, const struct given *in, struct receipt *out);
err answer_tokens(struct web *w);

enum {
    CP_CODE,
    CP_SERVICE,
    CP_WORDS,
    CP_PHONE,
    CP_WHOSE,
    CP_SAFE,
    CP_RECORD,
    CP_TOKEN,
    CP_SEX,
    CP_UNIT,
    CP_NAME,
    CP_PLACE,
    CP_FILED,
    CP_VOICE,
    CP_PHOTOS,
    CAPTURE_INPUTS
};
extern const struct input capture_inputs[CAPTURE_INPUTS];
err show_capture(struct web *w);
err prepare_capture(struct web *w);
err write_capture(struct ctx *c, const struct given *in, struct receipt *out);
err answer_capture(struct web *w);

enum { MT_CODE, MT_SHOW, MATTER_INPUTS };
extern const struct input matter_inputs[MATTER_INPUTS];
err show_matters(struct web *w);
enum {
    AN_CODE,
    AN_REF,
    AN_ANSWER,
    AN_WORDS,
    AN_DAY,
    AN_REASON,
    AN_OFFICE,
    AN_POST,
    AN_OUTCOME,
    AN_DONE,
    AN_DEVICE,
    AN_RECORD,
    ANSWER_INPUTS
};
extern const struct input answer_inputs[ANSWER_INPUTS];
err show_answer(struct web *w);
err write_answer(struct ctx *c, const struct given *in, struct receipt *out);
err write_hers(struct ctx *c, const struct given *in, struct receipt *out);
err answer_answer(struct web *w);

enum { DAY_API_ROUTES = 5 };
extern const struct route day_api_routes[DAY_API_ROUTES];

#endif
