/* event_pages.h: what the pages of events share: addresses, words, tabs, and the handlers among themselves.
 *
 * A page that hangs below an event begins with event_of(), puts event_tabs() on top, and stands in the list
 * of tabs in event_parts_pages.c: a tab is shown to whoever may open its address.
 */
#ifndef SUNWAI_EVENT_PAGES_H
#define SUNWAI_EVENT_PAGES_H

#include "case_parts.h"
#include "event.h"
#include "event_models.h"
#include "web.h"

/* The one input of pages below /events/{code}. */
#define EVENT_CODE_INPUT                                      \
    {                                                         \
        "code", IN_CODE, MSG_EVENT_CODE, 60, .required = true \
    }

/* "/events/EDS-PK526-2026-27-001" and what stands behind it. */
struct url event_url(struct web *w, str code, str rest);
struct url kacheri_url(struct web *w, str code, str rest);
/* "Khuli Kacheri": its own title, else its kind. */
str event_title(const struct page *p, str kind_code, str title);
/* "Thursday, 12 March 2026"; "10:00-13:00", whole in itself within a sentence; both. */
str event_day_words(const struct web *w, int64_t day);
str event_hours_words(const struct web *w, int64_t from_min, int64_t to_min);
str event_when_words(const struct web *w, int64_t day, int64_t from_min, int64_t to_min);
struct chip_view event_chip(const struct page *p, enum event_state state);
/* Of the code of a set: case_word_of() as words; empty when it is none. */
str event_words_of(const struct page *p, const struct case_word *words, size_t n, str code);

/* The tabs of an event; the one at w->page.path is marked. */
err event_tabs(struct web *w, const struct event_view *v, struct tabs_view *out);
/* Finds it, and sets title ("<what> EDS-…") and the way back to its page. */
err event_of(struct web *w, size_t input, enum msg title, struct event_view *out);

/* A time as typed, in minutes; -1: it is none. */
int64_t minutes_of(struct arena *a, str typed);
str minutes_text(struct arena *a, int64_t minutes); /* 10:00 */

/* Inputs of a place and time, at `base` of a form. */
enum where_input {
    W_UNIT,
    W_VENUE,
    W_VENUE_KIND,
    W_DAY,
    W_FROM,
    W_TO,
    W_FEMALE_FROM,
    W_FEMALE_TO,
    W_AGAIN,
    W_N
};
#define WHERE_INPUTS(base)                                                                                \
    [(base) + W_UNIT] = {"unit", IN_CODE, MSG_CASE_UNIT, .required = true},                               \
              [(base) + W_VENUE] = {"venue", IN_LINE, MSG_EVENT_VENUE, .required = true},                 \
              [(base) + W_VENUE_KIND] = {"venue_kind", IN_CHOICE, MSG_EVENT_VENUE_KIND, .required = true, \
                                         .choices = event_venue_codes},                                   \
              [(base) + W_DAY] = {"day", IN_DAY, MSG_EVENT_DAY, .required = true},                        \
              [(base) + W_FROM] = {"from", IN_LINE, MSG_EVENT_FROM, 8, .required = true},                 \
              [(base) + W_TO] = {"to", IN_LINE, MSG_EVENT_TO, 8, .required = true},                       \
              [(base) + W_FEMALE_FROM] = {"female_from", IN_LINE, MSG_EVENT_FEMALE_FROM, 8},              \
              [(base) + W_FEMALE_TO] = {"female_to", IN_LINE, MSG_EVENT_FEMALE_TO, 8},                    \
              [(base) + W_AGAIN] = {"again", IN_FLAG, MSG_EVENT_AGAIN}
err where_of(struct ctx *c, const struct given *in, struct event_place *out);
/* The fields; `v` is what stands there now, NULL: nothing. */
err where_fill(struct web *w, size_t base, const struct event_view *v, struct where_view *out);

/* Offices that can be summoned, as boxes; `preset`: codes, one in a line. */
err bodies_choices(struct web *w, size_t input, str preset, struct field_view *out);

/* ---- handlers ---- */
enum {
    EVENT_LIST_INPUTS = 6,
    PLAN_INPUTS_N = 21 + W_N,
    AMEND_INPUTS_N = 18,
    MOVE_INPUTS_N = W_N + 2,
    CANCEL_INPUTS_N = 2,
    TIE_INPUTS_N = 3,
    CAME_INPUTS_N = 4,
    SUMMON_INPUTS_N = 3,
    LETTERS_INPUTS_N = 1,
    EVENT_INPUTS_N = 2,
    ACT_EVENT_INPUTS_N = 2,
    KACHERIS_INPUTS_N = 1,
    KACHERI_INPUTS_N = 1
};
extern const struct input event_list_inputs[EVENT_LIST_INPUTS];
extern const struct input plan_inputs[PLAN_INPUTS_N];
extern const struct input amend_inputs[AMEND_INPUTS_N];
extern const struct input move_inputs[MOVE_INPUTS_N];
extern const struct input cancel_inputs[CANCEL_INPUTS_N];
extern const struct input tie_inputs[TIE_INPUTS_N];
extern const struct input came_inputs[CAME_INPUTS_N];
extern const struct input summon_inputs[SUMMON_INPUTS_N];
extern const struct input letters_inputs[LETTERS_INPUTS_N];
extern const struct input event_inputs[EVENT_INPUTS_N];
extern const struct input act_event_inputs[ACT_EVENT_INPUTS_N];
extern const struct input kacheris_inputs[KACHERIS_INPUTS_N];
extern const struct input kacheri_inputs[KACHERI_INPUTS_N];
err show_events(struct web *w);
err show_event(struct web *w);
err write_event_act(struct ctx *c, const struct given *in, struct receipt *out);
err answer_event(struct web *w); /* to the page of the event that the receipt's note names */
err show_plan(struct web *w);
err write_plan(struct ctx *c, const struct given *in, struct receipt *out);
err show_amend(struct web *w);
err write_amend(struct ctx *c, const struct given *in, struct receipt *out);
err show_tie(struct web *w);
err write_tie(struct ctx *c, const struct given *in, struct receipt *out);
err show_move(struct web *w);
err write_move(struct ctx *c, const struct given *in, struct receipt *out);
err show_cancel(struct web *w);
err write_cancel(struct ctx *c, const struct given *in, struct receipt *out);
err show_summons(struct web *w);
err write_summon(struct ctx *c, const struct given *in, struct receipt *out);
err write_came(struct ctx *c, const struct given *in, struct receipt *out);
err answer_summons(struct web *w);
err show_letters(struct web *w);
err show_letters_pdf(struct web *w);
err show_letters_docx(struct web *w);
err show_poster(struct web *w);
err show_poster_pdf(struct web *w);
err show_poster_docx(struct web *w);
err show_kacheris(struct web *w);
err show_kacheri(struct web *w);
err show_kacheri_ics(struct web *w);
/* What the public page and the poster show of it. */
err kacheri_fill(struct web *w, const struct event_view *v, struct kacheri_view *out);

enum { EVENT_API_ROUTES = 3 };
extern const struct route event_api_routes[EVENT_API_ROUTES];

#endif
