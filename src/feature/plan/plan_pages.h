/* plan_pages.h: the pages of this feature among themselves. */
#ifndef SUNWAI_PLAN_PAGES_H
#define SUNWAI_PLAN_PAGES_H

#include "case_parts.h"
#include "plan.h"
#include "plan_models.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PLAN_CODE_INPUT                                      \
    {                                                        \
        "code", IN_CODE, MSG_PLAN_CODE, 80, .required = true \
    }

/* "/plans/OP-PK526-2026-27-V1" and what stands behind it. */
struct url plan_url(struct web *w, str code, str rest);
/* Words of a code of a set; empty when it is none. */
str plan_words_of(const struct page *p, const struct case_word *words, size_t n, str code);
str plan_name(struct web *w, const struct q_plan_get *row); /* its own title, else its kind and year */
str plan_year_words(struct arena *a, int64_t fiscal);       /* 2026-27 */
/* "1 July 2026 – 30 September 2026" */
str plan_span_words(struct web *w, int64_t from_day, int64_t to_day);
str plan_unit_name(struct web *w, int64_t unit);
struct chip_view plan_chip(const struct page *p, enum plan_state state);
struct chip_view plan_action_chip(const struct page *p, struct opt_i64 state);
str plan_indicator_name(const struct page *p, const struct q_plan_indicators *i);
/* Finds it; sets the way back to its page when `below`. */
err plan_at(struct web *w, size_t input, bool below, struct planned *out);
/* What happened, newest first; `meanwhile` is what others did behind step `seen`, when a form came back for
 * that. */
err plan_story(struct web *w, const struct subject *s, const enum msg *texts, const struct given *seen,
               struct timeline_view *out, struct timeline_view *out_meanwhile);
/* Where the subject stood when the form was loaded (flow.h). */
int64_t plan_seen(const struct given *step);

/* Fields of a form, one after the other. */
enum { PLAN_FIELDS_MAX = 16 };
struct plan_fields {
    struct plan_field at[PLAN_FIELDS_MAX];
    size_t n;
};
/* What was typed, else `now`. */
struct field_view *plan_field_add(struct web *w, struct plan_fields *f, enum plan_field_as as, size_t input,
                                  enum msg hint, str now);
err plan_field_words(struct web *w, struct plan_fields *f, enum plan_field_as as, size_t input,
                     const struct case_word *words, size_t n, str now);
err plan_field_choices(struct web *w, struct plan_fields *f, enum plan_field_as as, size_t input,
                       struct choice_view *choices, size_t n, str now);
/* A copy in the arena. */
err plan_fields_keep(struct web *w, const struct plan_fields *f, const struct plan_field **out,
                     size_t *out_n);
str plan_number_text(struct web *w, struct opt_i64 n); /* as it is typed */
str plan_given(const struct given *g);                 /* STR_NONE: nothing */
struct opt_i64 plan_given_n(const struct given *g);
str plan_choice(const struct given *g, const char *const *codes);
/* Units at or below the plan's, down to districts, or in a district to its tehsils. */
err plan_unit_choices(struct web *w, const struct planned *v, struct choice_view **out, size_t *out_n);
/* Results of a kind ("": all), by number. */
err plan_result_choices(struct web *w, const struct plan_whole *whole, str kind, struct choice_view **out,
                        size_t *out_n);
/* Facts, left out when empty. */
struct plan_facts {
    struct fact_view *rows;
    size_t n;
};
void plan_fact(struct plan_facts *f, str name, str value, str dir);
/* A target's figures in words: approved (with how much of it is), percent of the target, as of now. */
err plan_actual_cells(struct web *w, const struct q_plan_targets *t, const struct plan_actual *a,
                      struct cell_view *out_approved, struct cell_view *out_reached,
                      struct cell_view *out_now);
/* "3": as a choice's value, in the arena. */
str plan_no(struct web *w, int64_t no);

/* ---- handlers ---- */
enum plan_new_input { PN_PROGRAMME, PN_KIND, PN_UNIT, PN_YEAR, PN_TITLE, PN_N };
extern const struct input plan_new_inputs[PN_N];
err show_plan_new(struct web *w);
err write_plan_new(struct ctx *c, const struct given *in, struct receipt *out);
err answer_plan(struct web *w); /* to the plan that the receipt's note names */

enum plan_programme_input {
    PG_WHAT,
    PG_WHICH,
    PG_CODE,
    PG_EN,
    PG_UR,
    PG_PS,
    PG_FROM,
    PG_TO,
    PG_MONTH,
    PG_FUNDER,
    PG_FUNDER_CODE,
    PG_FUNDER_EN,
    PG_FUNDER_UR,
    PG_FUNDER_PS,
    PG_FUNDER_LAST,
    PG_FUNDER_WHY,
    PG_N
};
extern const struct input plan_programme_inputs[PG_N];
err show_plan_programmes(struct web *w);
err write_plan_programme(struct ctx *c, const struct given *in, struct receipt *out);
err answer_plan_programme(struct web *w);

enum plan_one_input {
    PO_CODE,
    PO_DO,
    PO_WORDS,
    PO_WHAT,
    PO_RESULT,
    PO_SCHEME,
    PO_VALUE,
    PO_WHY,
    PO_RISK,
    PO_LIKELY,
    PO_ANSWER,
    PO_DROP,
    PO_STEP,
    PO_N
};
extern const struct input plan_one_inputs[PO_N];
err show_plan_one(struct web *w);
err write_plan_act(struct ctx *c, const struct given *in, struct receipt *out);
err write_plan_add(struct ctx *c, const struct given *in, struct receipt *out);
err write_plan_drop(struct ctx *c, const struct given *in, struct receipt *out);

enum plan_result_input { PR_CODE, PR_NO, PR_SEEN, PR_KIND, PR_PARENT, PR_TITLE, PR_ASSUMPTION, PR_N };
extern const struct input plan_result_inputs[PR_N];
err show_plan_result(struct web *w);
err write_plan_result(struct ctx *c, const struct given *in, struct receipt *out);

enum plan_indicator_input {
    PI_CODE,
    PI_NO,
    PI_SEEN,
    PI_RESULT,
    PI_INDICATOR,
    PI_TITLE,
    PI_MEASURE,
    PI_COUNTING,
    PI_AGGREGATE,
    PI_FALLING,
    PI_BASELINE,
    PI_BASELINE_DAY,
    PI_BASELINE_SOURCE,
    PI_MEANS,
    PI_EVERY,
    PI_N
};
extern const struct input plan_indicator_inputs[PI_N];
err show_plan_indicator_form(struct web *w);
err write_plan_indicator(struct ctx *c, const struct given *in, struct receipt *out);
enum plan_target_input { PT_CODE, PT_NO, PT_QUARTER, PT_UNIT, PT_ROLE, PT_SEX, PT_COUNT, PT_N };
extern const struct input plan_target_inputs[PT_N];
err show_plan_indicator(struct web *w);
err write_plan_target(struct ctx *c, const struct given *in, struct receipt *out);
err answer_plan_indicator(struct web *w); /* the note is "CODE/3" */

enum plan_action_input {
    PA_CODE,
    PA_NO,
    PA_SEEN,
    PA_RESULT,
    PA_TITLE,
    PA_TARGET,
    PA_EVENT_KIND,
    PA_EVENTS,
    PA_FROM,
    PA_TO,
    PA_POST,
    PA_BUDGET,
    PA_RUPEES,
    PA_UNITS,
    PA_N
};
extern const struct input plan_action_inputs[PA_N];
err show_plan_action_form(struct web *w);
err write_plan_action(struct ctx *c, const struct given *in, struct receipt *out);
err answer_plan_action(struct web *w); /* the note is "CODE/3" */

enum plan_line_input {
    PL_CODE,
    PL_NO,
    PL_DO,
    PL_WORDS,
    PL_TIE,
    PL_UNTIE,
    PL_WHAT,
    PL_BODY,
    PL_NAME,
    PL_DOES,
    PL_FUNDER,
    PL_SHARE,
    PL_RISK,
    PL_LIKELY,
    PL_ANSWER,
    PL_SCHEME,
    PL_VALUE,
    PL_WHY,
    PL_CITE,
    PL_EVENT,
    PL_NEED,
    PL_INDICATOR,
    PL_UNIT,
    PL_PERIOD,
    PL_FINDING,
    PL_DROP,
    PL_STEP,
    PL_PEOPLE,
    PL_N = PL_PEOPLE + EVENT_role_n * EVENT_sex_n
};
extern const struct input plan_line_inputs[PL_N];
err show_plan_line(struct web *w);
err write_plan_line_act(struct ctx *c, const struct given *in, struct receipt *out);
err write_plan_line_add(struct ctx *c, const struct given *in, struct receipt *out);
err write_plan_line_drop(struct ctx *c, const struct given *in, struct receipt *out);
err write_plan_line_people(struct ctx *c, const struct given *in, struct receipt *out);
err write_plan_line_event(struct ctx *c, const struct given *in, struct receipt *out);
/* "partner.2" taken apart. INVALID: it is no such thing. */
err plan_drop_of(struct ctx *c, const struct given *in, enum plan_part *out_part, int64_t *out_no);

enum plan_needs_input { NL_ALL, NL_N };
extern const struct input plan_needs_inputs[NL_N];
err show_plan_needs(struct web *w);
enum plan_need_input { NA_EVENT, NA_NEED, NA_ANSWER, NA_WORDS, NA_N };
extern const struct input plan_need_inputs[NA_N];
err show_plan_need(struct web *w);
err write_plan_need(struct ctx *c, const struct given *in, struct receipt *out);
err answer_plan_need(struct web *w);

#endif
