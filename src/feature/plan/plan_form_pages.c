/* plan_form_pages.c: the forms of a result, an indicator and an activity, new or changed; an indicator with
 * its targets. */
#include "clock.h"
#include "format.h"
#include "plan.html.h"
#include "plan_pages.h"

/* A form of a draft: the plan, all that stands in it, and the way back. */
static err form_begin(struct web *w, size_t input, const char *rest, enum msg title, struct planned *v,
                      struct plan_whole *whole, struct plan_form *m)
{
    TRY(plan_at(w, input, true, v));
    TRY(plan_whole(&w->ctx, v, whole));
    if (!w->step && !plan_may(&w->ctx, v, PLAN_EDIT)) {
        return web_problem(w, 409, MSG_PLAN_NOT_DRAFT);
    }
    m->title = page_msg(&w->page, title);
    m->save = page_msg(&w->page, MSG_PLAN_SAVE);
    m->seen = plan_no(w, v->row.changed_n);
    m->post = plan_url(w, v->row.plan_code, str_of(rest));
    w->page.title = m->title;
    w->page.form_id = S("plan");
    return OK;
}

static err form_end(struct web *w, const struct plan_fields *f, struct plan_form *m)
{
    TRY(plan_fields_keep(w, f, &m->fields, &m->fields_n));
    plan_form_page(&w->page, m);
    return web_html(w, 200);
}

static str no_or_none(struct web *w, const struct given *no)
{
    return no->given && no->n != 0 ? plan_no(w, no->n) : STR_NONE;
}

static int64_t seen_of(const struct given *in)
{
    return in->given ? in->n : -1;
}

/* ---- results ---- */

const struct input plan_result_inputs[PR_N] = {
    [PR_CODE] = PLAN_CODE_INPUT,
    [PR_NO] = {"no", IN_NUMBER, MSG_PLAN_RESULT, PLAN_RESULTS_MAX},
    [PR_SEEN] = {"seen", IN_NUMBER, MSG_PLAN_VERSION},
    [PR_KIND] = {"kind", IN_CHOICE, MSG_PLAN_RESULT_KIND, .required = true, .choices = plan_result_codes},
    [PR_PARENT] = {"parent", IN_NUMBER, MSG_PLAN_SERVES, PLAN_RESULTS_MAX},
    [PR_TITLE] = {"title", IN_LINE, MSG_PLAN_RESULT_TITLE, PLAN_LINE_MAX, .required = true},
    [PR_ASSUMPTION] = {"assumption", IN_WORDS, MSG_PLAN_ASSUMPTION, PLAN_WORDS_MAX},
};

err show_plan_result(struct web *w)
{
    struct planned v;
    struct plan_whole whole;
    struct plan_form m = {.no = no_or_none(w, &w->in[PR_NO])};
    struct plan_fields f = {.n = 0};
    struct choice_view *c = NULL;
    size_t n = 0;
    TRY(form_begin(w, PR_CODE, "/result", m.no.n > 0 ? MSG_PLAN_RESULT_CHANGE : MSG_PLAN_RESULT_NEW, &v,
                   &whole, &m));
    if (m.post.s.n == 0) {
        return OK; /* answered already */
    }
    const struct q_plan_results none = {
        .title_text = S(""), .assumption_text = S(""), .result_kind_code = STR_NONE};
    const struct q_plan_results *r = m.no.n > 0 ? plan_result_of(&whole, w->in[PR_NO].n) : &none;
    if (r == NULL) {
        return FAIL(NOT_FOUND);
    }
    const struct q_plan_results *up = r->parent_id.given ? plan_result_by_id(&whole, r->parent_id.v) : NULL;
    TRY(plan_field_words(w, &f, FIELD_CHOICES, PR_KIND, plan_result_words, PLAN_result_n,
                         r->result_kind_code));
    TRY(plan_result_choices(w, &whole, S(""), &c, &n));
    TRY(plan_field_choices(w, &f, FIELD_SELECT, PR_PARENT, c, n,
                           up != NULL ? plan_no(w, up->result_no) : STR_NONE));
    f.at[f.n - 1].field.hint = page_msg(&w->page, MSG_PLAN_SERVES_HINT);
    (void)plan_field_add(w, &f, FIELD_LINE, PR_TITLE, MSG_PLAN_RESULT_HINT, r->title_text);
    (void)plan_field_add(w, &f, FIELD_WORDS, PR_ASSUMPTION, MSG_PLAN_ASSUMPTION_HINT, r->assumption_text);
    return form_end(w, &f, &m);
}

err write_plan_result(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    const struct plan_result_edit e = {.no = plan_given_n(&in[PR_NO]).v,
                                       .seen = seen_of(&in[PR_SEEN]),
                                       .kind = plan_choice(&in[PR_KIND], plan_result_codes),
                                       .parent = plan_given_n(&in[PR_PARENT]).v,
                                       .title = plan_given(&in[PR_TITLE]),
                                       .assumption = plan_given(&in[PR_ASSUMPTION])};
    TRY(plan_find(c, in[PR_CODE].text, &v));
    out->note = v.row.plan_code;
    return plan_result_put(c, &v, &e);
}

/* ---- indicators ---- */

const struct input plan_indicator_inputs[PI_N] = {
    [PI_CODE] = PLAN_CODE_INPUT,
    [PI_NO] = {"no", IN_NUMBER, MSG_PLAN_INDICATOR, PLAN_INDICATORS_MAX},
    [PI_SEEN] = {"seen", IN_NUMBER, MSG_PLAN_VERSION},
    [PI_RESULT] = {"result", IN_NUMBER, MSG_PLAN_RESULT, PLAN_RESULTS_MAX, .required = true},
    [PI_INDICATOR] = {"indicator", IN_CODE, MSG_PLAN_INDICATOR_WHICH, 80, .required = true},
    [PI_TITLE] = {"title", IN_LINE, MSG_PLAN_INDICATOR_TITLE, PLAN_LINE_MAX},
    [PI_MEASURE] = {"measure", IN_CHOICE, MSG_PLAN_MEASURE, .choices = plan_measure_codes},
    [PI_COUNTING] = {"counting", IN_CHOICE, MSG_PLAN_COUNTING, .choices = plan_counting_codes},
    [PI_AGGREGATE] = {"aggregate", IN_CHOICE, MSG_PLAN_AGGREGATE, .choices = plan_aggregate_codes},
    [PI_FALLING] = {"falling", IN_FLAG, MSG_PLAN_FALLING},
    [PI_BASELINE] = {"baseline", IN_NUMBER, MSG_PLAN_BASELINE},
    [PI_BASELINE_DAY] = {"baseline_day", IN_DAY, MSG_PLAN_BASELINE_DAY},
    [PI_BASELINE_SOURCE] = {"baseline_source", IN_LINE, MSG_PLAN_BASELINE_FROM, PLAN_LINE_MAX},
    [PI_MEANS] = {"means", IN_LINE, MSG_PLAN_MEANS, PLAN_LINE_MAX},
    [PI_EVERY] = {"every", IN_CHOICE, MSG_PLAN_EVERY, .choices = plan_every_codes},
};

static err indicator_choices(struct web *w, struct plan_fields *f, str now)
{
    size_t n;
    const struct indicator *all = indicator_all(&n);
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = all[i].code, .text = page_msg(&w->page, all[i].title)};
    }
    c[n] =
        (struct choice_view){.value = S("reported"), .text = page_msg(&w->page, MSG_PLAN_INDICATOR_REPORTED)};
    TRY(plan_field_choices(w, f, FIELD_SELECT, PI_INDICATOR, c, n + 1, now));
    f->at[f->n - 1].field.hint = page_msg(&w->page, MSG_PLAN_INDICATOR_HINT);
    return OK;
}

static err indicator_fields(struct web *w, const struct plan_whole *whole, const struct q_plan_indicators *i,
                            struct plan_fields *f)
{
    struct choice_view *c = NULL;
    size_t n = 0;
    const struct q_plan_results *of = plan_result_by_id(whole, i->result_id);
    TRY(plan_result_choices(w, whole, S(""), &c, &n));
    TRY(plan_field_choices(w, f, FIELD_SELECT, PI_RESULT, c, n,
                           of != NULL ? plan_no(w, of->result_no) : STR_NONE));
    TRY(indicator_choices(w, f, i->indicator_code));
    (void)plan_field_add(w, f, FIELD_LINE, PI_TITLE, MSG_PLAN_INDICATOR_TITLE_HINT, i->title_text);
    TRY(plan_field_words(w, f, FIELD_SELECT, PI_MEASURE, plan_measure_words, PLAN_measure_n,
                         i->measure_code));
    TRY(plan_field_words(w, f, FIELD_SELECT, PI_COUNTING, plan_counting_words, PLAN_counting_n,
                         i->counting_code));
    TRY(plan_field_words(w, f, FIELD_SELECT, PI_AGGREGATE, plan_aggregate_words, PLAN_aggregate_n,
                         i->aggregate_code));
    (void)plan_field_add(w, f, FIELD_BOX, PI_FALLING, MSG_NONE,
                         i->id != 0 && !i->ascending_flag ? S("1") : S(""));
    const bool percent = str_eq(i->measure_code, S("percentage"));
    const struct opt_i64 baseline =
        i->baseline_n.given && percent ? SOME(i->baseline_n.v / 10) : i->baseline_n;
    (void)plan_field_add(w, f, FIELD_LINE, PI_BASELINE, MSG_PLAN_BASELINE_HINT,
                         plan_number_text(w, baseline));
    (void)plan_field_add(w, f, FIELD_LINE, PI_BASELINE_DAY, MSG_NONE,
                         i->baseline_day.given ? format_day_iso(w->arena, i->baseline_day.v) : S(""));
    (void)plan_field_add(w, f, FIELD_LINE, PI_BASELINE_SOURCE, MSG_NONE, i->baseline_text);
    (void)plan_field_add(w, f, FIELD_LINE, PI_MEANS, MSG_PLAN_MEANS_HINT, i->means_text);
    return plan_field_words(w, f, FIELD_SELECT, PI_EVERY, plan_every_words, PLAN_every_n,
                            i->id != 0 ? i->every_code : S("quarter"));
}

err show_plan_indicator_form(struct web *w)
{
    struct planned v;
    struct plan_whole whole;
    struct plan_form m = {.no = no_or_none(w, &w->in[PI_NO])};
    struct plan_fields f = {.n = 0};
    TRY(form_begin(w, PI_CODE, "/indicator", m.no.n > 0 ? MSG_PLAN_INDICATOR_CHANGE : MSG_PLAN_INDICATOR_NEW,
                   &v, &whole, &m));
    if (m.post.s.n == 0) {
        return OK;
    }
    const struct q_plan_indicators none = {.indicator_code = STR_NONE,
                                           .title_text = S(""),
                                           .measure_code = STR_NONE,
                                           .counting_code = STR_NONE,
                                           .aggregate_code = STR_NONE,
                                           .baseline_text = S(""),
                                           .means_text = S("")};
    const struct q_plan_indicators *i = m.no.n > 0 ? plan_indicator_of(&whole, w->in[PI_NO].n) : &none;
    if (i == NULL) {
        return FAIL(NOT_FOUND);
    }
    TRY(indicator_fields(w, &whole, i, &f));
    return form_end(w, &f, &m);
}

err write_plan_indicator(struct ctx *c, const struct given *in, struct receipt *out)
{
    enum { TENTHS = 10 };
    struct planned v;
    const struct indicator *of = indicator_find(in[PI_INDICATOR].text);
    const str measure = plan_choice(&in[PI_MEASURE], plan_measure_codes);
    const bool percent = of != NULL ? of->measure == MEASURE_RATIO : str_eq(measure, S("percentage"));
    struct plan_indicator_edit e = {.no = plan_given_n(&in[PI_NO]).v,
                                    .seen = seen_of(&in[PI_SEEN]),
                                    .result = in[PI_RESULT].n,
                                    .indicator = in[PI_INDICATOR].text,
                                    .title = plan_given(&in[PI_TITLE]),
                                    .measure = measure,
                                    .counting = plan_choice(&in[PI_COUNTING], plan_counting_codes),
                                    .aggregate = plan_choice(&in[PI_AGGREGATE], plan_aggregate_codes),
                                    .falling = in[PI_FALLING].given && in[PI_FALLING].n == 1,
                                    .baseline = plan_given_n(&in[PI_BASELINE]),
                                    .baseline_day = plan_given_n(&in[PI_BASELINE_DAY]).v,
                                    .baseline_source = plan_given(&in[PI_BASELINE_SOURCE]),
                                    .means = plan_given(&in[PI_MEANS]),
                                    .every = plan_choice(&in[PI_EVERY], plan_every_codes)};
    e.baseline.v *= percent ? TENTHS : 1;
    TRY(plan_find(c, in[PI_CODE].text, &v));
    TRY(plan_indicator_put(c, &v, &e));
    struct plan_whole w;
    TRY(plan_whole(c, &v, &w));
    const int64_t no = e.no != 0 ? e.no : w.indicators[w.indicators_n - 1].indicator_no;
    out->note = arena_printf(c->arena, "%.*s/indicators/%lld", STR_F(v.row.plan_code), (long long)no);
    return OK;
}

err answer_plan_indicator(struct web *w)
{
    return answer_plan(w);
}

/* ---- one indicator and its targets ---- */

const struct input plan_target_inputs[PT_N] = {
    [PT_CODE] = PLAN_CODE_INPUT,
    [PT_NO] = {"no", IN_NUMBER, MSG_PLAN_INDICATOR, PLAN_INDICATORS_MAX, .required = true},
    [PT_QUARTER] = {"quarter", IN_CHOICE, MSG_PLAN_PERIOD, .choices = plan_quarter_codes},
    [PT_UNIT] = {"unit", IN_CODE, MSG_PLAN_UNIT, 60},
    [PT_ROLE] = {"role", IN_CHOICE, MSG_PLAN_ROLE, .choices = event_role_codes},
    [PT_SEX] = {"sex", IN_CHOICE, MSG_PLAN_SEX, .choices = event_sex_codes},
    [PT_COUNT] = {"n", IN_NUMBER, MSG_PLAN_TARGET},
};

static err indicator_facts(struct web *w, const struct plan_whole *whole, const struct q_plan_indicators *i,
                           struct facts_view *out)
{
    enum { FACTS = 10, TENTHS = 10 };
    const struct page *p = &w->page;
    struct plan_facts f = {arena_array_of(w->arena, struct fact_view, FACTS), 0};
    const struct q_plan_results *of = plan_result_by_id(whole, i->result_id);
    const struct indicator *known = indicator_find(i->indicator_code);
    const bool percent = str_eq(i->measure_code, S("percentage"));
    if (f.rows == NULL) {
        return FAIL(LIMIT);
    }
    plan_fact(&f, page_msg(p, MSG_PLAN_RESULT), of != NULL ? of->title_text : S(""), S("name"));
    plan_fact(&f, page_msg(p, MSG_PLAN_INDICATOR_WHICH),
              known != NULL ? page_msg(p, known->how) : page_msg(p, MSG_PLAN_INDICATOR_REPORTED), STR_NONE);
    plan_fact(&f, page_msg(p, MSG_PLAN_MEASURE),
              plan_words_of(p, plan_measure_words, PLAN_measure_n, i->measure_code), STR_NONE);
    plan_fact(&f, page_msg(p, MSG_PLAN_COUNTING),
              plan_words_of(p, plan_counting_words, PLAN_counting_n, i->counting_code), STR_NONE);
    plan_fact(&f, page_msg(p, MSG_PLAN_AGGREGATE),
              plan_words_of(p, plan_aggregate_words, PLAN_aggregate_n, i->aggregate_code), STR_NONE);
    if (i->baseline_n.given) {
        const str n = format_number(w->arena, w->lang, percent ? i->baseline_n.v / TENTHS : i->baseline_n.v);
        plan_fact(&f, page_msg(p, MSG_PLAN_BASELINE),
                  percent ? arena_printf(w->arena, "%.*s %%", STR_F(n)) : n, S("ltr"));
    } else {
        plan_fact(&f, page_msg(p, MSG_PLAN_BASELINE), page_msg(p, MSG_PLAN_BASELINE_NONE), STR_NONE);
    }
    if (i->baseline_day.given) {
        plan_fact(&f, page_msg(p, MSG_PLAN_BASELINE_DAY), format_day(w->arena, w->lang, i->baseline_day.v),
                  STR_NONE);
    }
    plan_fact(&f, page_msg(p, MSG_PLAN_BASELINE_FROM), i->baseline_text, S("name"));
    plan_fact(&f, page_msg(p, MSG_PLAN_MEANS), i->means_text, S("name"));
    plan_fact(&f, page_msg(p, MSG_PLAN_EVERY),
              plan_words_of(p, plan_every_words, PLAN_every_n, i->every_code), STR_NONE);
    *out = (struct facts_view){f.rows, f.n};
    return OK;
}

enum { T_WHEN, T_UNIT, T_WHOM, T_TARGET, T_APPROVED, T_REACHED, T_NOW, T_COLS };

/* "Citizens, women" */
static str whom_words(struct web *w, const struct q_plan_targets *g)
{
    const str role = plan_words_of(&w->page, event_role_words, EVENT_role_n, g->role_code);
    const str sex = plan_words_of(&w->page, event_sex_words, EVENT_sex_n, g->sex_code);
    if (role.n == 0 || sex.n == 0) {
        return role.n > 0 ? role : sex.n > 0 ? sex : page_msg(&w->page, MSG_PLAN_ALL);
    }
    return arena_printf(w->arena, "%.*s · %.*s", STR_F(role), STR_F(sex));
}

/* Counting anew is slow: as of now only of the first ones. */
enum { COUNTED_MOST = 8 };

static err target_row(struct web *w, const struct q_plan_indicators *i, const struct q_plan_targets *g,
                      bool counts, struct cell_view *c)
{
    struct plan_actual a;
    const str number = format_number(w->arena, w->lang, g->num_n);
    c[T_UNIT].text = plan_unit_name(w, g->unit_id);
    c[T_WHOM].text = whom_words(w, g);
    c[T_TARGET] = (struct cell_view){
        .text = g->den_n == 1 ? number : arena_printf(w->arena, "%.*s %%", STR_F(number)), .dir = S("ltr")};
    TRY(plan_actual(&w->ctx, i, g, counts && g->from_day <= local_day(w->ctx.now_ms), &a));
    return plan_actual_cells(w, g, &a, &c[T_APPROVED], &c[T_REACHED], &c[T_NOW]);
}

/* A project year is called one: it begins in a month of its own. */
static str when_words(struct web *w, const struct planned *v, const struct q_plan_targets *g)
{
    const str span = plan_span_words(w, g->from_day, g->to_day);
    const struct msg_arg arg = {"span", span};
    const bool project = plan_project_years(v) && period_same((struct period){g->from_day, g->to_day},
                                                              plan_target_period(v, PLAN_SPAN_PROJECT));
    return project ? page_msg_args(&w->page, MSG_PLAN_SPAN_PROJECT, 0, &arg, 1) : span;
}

static err targets_table(struct web *w, const struct planned *v, const struct plan_whole *whole,
                         const struct q_plan_indicators *i, struct plan_table *out)
{
    static const enum msg heads[T_COLS] = {[T_WHEN] = MSG_PLAN_PERIOD,
                                           [T_UNIT] = MSG_PLAN_UNIT,
                                           [T_WHOM] = MSG_PLAN_FOR_WHOM,
                                           [T_TARGET] = MSG_PLAN_TARGET,
                                           [T_APPROVED] = MSG_REPORT_COL_APPROVED,
                                           [T_REACHED] = MSG_PLAN_REACHED,
                                           [T_NOW] = MSG_REPORT_COL_NOW};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, whole->targets_n * T_COLS + 1);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t t = 0; t < whole->targets_n; t++) {
        const struct q_plan_targets *g = &whole->targets[t];
        if (g->indicator_id == i->id) {
            TRY(target_row(w, i, g, n < COUNTED_MOST, &cells[n * T_COLS]));
            cells[n * T_COLS + T_WHEN].text = when_words(w, v, g);
            n++;
        }
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_TARGETS)};
    return web_table(w, heads, T_COLS, cells, n, MSG_PLAN_TARGETS, MSG_PLAN_TARGETS_NONE, &out->table);
}

static err target_fold(struct web *w, const struct planned *v, const struct q_plan_indicators *i,
                       struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    struct choice_view *c = NULL;
    size_t n = 0;
    const str rest = arena_printf(w->arena, "/indicators/%lld/target", (long long)i->indicator_no);
    const size_t spans = PLAN_quarter_n - (plan_project_years(v) ? 0 : 1); /* the project year stands last */
    TRY(plan_field_words(w, &f, FIELD_SELECT, PT_QUARTER, plan_quarter_words, spans, S("0")));
    TRY(plan_unit_choices(w, v, &c, &n));
    TRY(plan_field_choices(w, &f, FIELD_SELECT, PT_UNIT, c, n, v->row.unit_code));
    f.at[1].field.optional = f.at[0].field.optional = false;
    TRY(plan_field_words(w, &f, FIELD_SELECT, PT_ROLE, event_role_words, EVENT_role_n, STR_NONE));
    TRY(plan_field_words(w, &f, FIELD_SELECT, PT_SEX, event_sex_words, EVENT_sex_n, STR_NONE));
    (void)plan_field_add(w, &f, FIELD_LINE, PT_COUNT, MSG_PLAN_TARGET_HINT, S(""));
    *out = (struct plan_fold){.title = page_msg(&w->page, MSG_PLAN_TARGET_NEW),
                              .save = page_msg(&w->page, MSG_PLAN_SAVE),
                              .post = plan_url(w, v->row.plan_code, rest),
                              .open = true};
    return plan_fields_keep(w, &f, &out->fields, &out->fields_n);
}

err show_plan_indicator(struct web *w)
{
    struct planned v;
    struct plan_whole whole;
    struct plan_line_view m = {.tables_n = 1};
    struct plan_table *table = arena_array_of(w->arena, struct plan_table, 1);
    struct plan_fold *fold = arena_array_of(w->arena, struct plan_fold, 1);
    if (table == NULL || fold == NULL) {
        return FAIL(LIMIT);
    }
    TRY(plan_at(w, PT_CODE, true, &v));
    TRY(plan_whole(&w->ctx, &v, &whole));
    const struct q_plan_indicators *i = plan_indicator_of(&whole, w->in[PT_NO].n);
    if (i == NULL) {
        return FAIL(NOT_FOUND);
    }
    TRY(indicator_facts(w, &whole, i, &m.facts));
    TRY(targets_table(w, &v, &whole, i, table));
    m.tables = table;
    if (plan_may(&w->ctx, &v, PLAN_EDIT)) {
        TRY(target_fold(w, &v, i, fold));
        m.folds = fold;
        m.folds_n = 1;
        m.change = plan_url(w, v.row.plan_code,
                            arena_printf(w->arena, "/indicator?no=%lld", (long long)i->indicator_no));
    }
    w->page.title = plan_indicator_name(&w->page, i);
    plan_line_page(&w->page, &m);
    return web_html(w, 200);
}

err write_plan_target(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    const struct plan_target_edit e = {.indicator = in[PT_NO].n,
                                       .unit = in[PT_UNIT].given ? in[PT_UNIT].text : S(""),
                                       .quarter = in[PT_QUARTER].given ? in[PT_QUARTER].n : 0,
                                       .role = plan_choice(&in[PT_ROLE], event_role_codes),
                                       .sex = plan_choice(&in[PT_SEX], event_sex_codes),
                                       .n = plan_given_n(&in[PT_COUNT])};
    TRY(plan_find(c, in[PT_CODE].text, &v));
    out->note =
        arena_printf(c->arena, "%.*s/indicators/%lld", STR_F(v.row.plan_code), (long long)e.indicator);
    return plan_target_put(c, &v, &e);
}

/* ---- activities ---- */

const struct input plan_action_inputs[PA_N] = {
    [PA_CODE] = PLAN_CODE_INPUT,
    [PA_NO] = {"no", IN_NUMBER, MSG_PLAN_ACTIVITY, PLAN_ACTIONS_MAX},
    [PA_SEEN] = {"seen", IN_NUMBER, MSG_PLAN_VERSION},
    [PA_RESULT] = {"result", IN_NUMBER, MSG_PLAN_OUTPUT, PLAN_RESULTS_MAX, .required = true},
    [PA_TITLE] = {"title", IN_LINE, MSG_PLAN_ACTIVITY_TITLE, PLAN_LINE_MAX, .required = true},
    [PA_TARGET] = {"target", IN_CHOICE, MSG_PLAN_TARGET_KIND, .required = true,
                   .missing = MSG_PLAN_TARGET_KIND_MISSING, .choices = plan_target_codes},
    [PA_EVENT_KIND] = {"event_kind", IN_CHOICE, MSG_PLAN_EVENT_KIND, .choices = event_kind_codes},
    [PA_EVENTS] = {"events", IN_NUMBER, MSG_PLAN_EVENTS_N, PLAN_ACTIONS_MAX},
    [PA_FROM] = {"from_day", IN_DAY, MSG_PLAN_FROM, .required = true},
    [PA_TO] = {"to_day", IN_DAY, MSG_PLAN_TO, .required = true},
    [PA_POST] = {"post", IN_LINE, MSG_PLAN_POST, PLAN_LINE_MAX, .required = true},
    [PA_BUDGET] = {"budget", IN_LINE, MSG_PLAN_BUDGET, PLAN_LINE_MAX},
    [PA_RUPEES] = {"rupees", IN_NUMBER, MSG_PLAN_RUPEES, PLAN_RUPEES_MAX},
    [PA_UNITS] = {"units", IN_LIST, MSG_PLAN_WHERE, PLAN_UNITS_MAX},
};

/* Boxes for the units; those of the activity ticked. */
static err units_boxes(struct web *w, const struct planned *v, const struct plan_whole *whole, int64_t action,
                       struct plan_fields *f)
{
    struct choice_view *c = NULL;
    size_t n = 0;
    TRY(plan_unit_choices(w, v, &c, &n));
    struct field_view *to = plan_field_add(w, f, FIELD_CHOICES, PA_UNITS, MSG_NONE, STR_NONE);
    to->type = S("checkbox");
    to->optional = false;
    for (size_t i = 0; i < n; i++) {
        bool on = n == 1;
        str sent = w->in[PA_UNITS].given ? w->in[PA_UNITS].text : S("");
        while (sent.n > 0) {
            on = str_eq(str_cut(&sent, '\n'), c[i].value) || on;
        }
        for (size_t u = 0; u < whole->units_n && !w->in[PA_UNITS].given; u++) {
            on = on || (whole->units[u].action_id == action && str_eq(whole->units[u].unit_code, c[i].value));
        }
        c[i].chosen = on;
    }
    to->choices = c;
    to->choices_n = n;
    return OK;
}

static err action_fields(struct web *w, const struct planned *v, const struct plan_whole *whole,
                         const struct q_plan_actions *a, struct plan_fields *f)
{
    struct choice_view *c = NULL;
    size_t n = 0;
    const struct q_plan_results *of = plan_result_by_id(whole, a->result_id);
    TRY(plan_result_choices(w, whole, S("output"), &c, &n));
    const str result = of != NULL ? plan_no(w, of->result_no) : n == 1 ? c[0].value : STR_NONE;
    TRY(plan_field_choices(w, f, FIELD_SELECT, PA_RESULT, c, n, result));
    (void)plan_field_add(w, f, FIELD_LINE, PA_TITLE, MSG_NONE, a->title_text);
    TRY(plan_field_words(w, f, FIELD_CHOICES, PA_TARGET, plan_target_words, PLAN_target_n,
                         a->target_kind_code));
    f->at[f->n - 1].field.hint = page_msg(&w->page, MSG_PLAN_TARGET_KIND_HINT);
    TRY(plan_field_words(w, f, FIELD_SELECT, PA_EVENT_KIND, event_kind_words, EVENT_kind_n,
                         a->event_kind_code));
    (void)plan_field_add(w, f, FIELD_LINE, PA_EVENTS, MSG_NONE, a->id != 0 ? plan_no(w, a->events_n) : S(""));
    const int64_t from = a->id != 0 ? a->from_day : v->row.from_day;
    const int64_t to = a->id != 0 ? a->to_day : v->row.to_day;
    (void)plan_field_add(w, f, FIELD_LINE, PA_FROM, MSG_NONE, format_day_iso(w->arena, from));
    (void)plan_field_add(w, f, FIELD_LINE, PA_TO, MSG_NONE, format_day_iso(w->arena, to));
    (void)plan_field_add(w, f, FIELD_LINE, PA_POST, MSG_PLAN_POST_HINT, a->post_text);
    (void)plan_field_add(w, f, FIELD_LINE, PA_BUDGET, MSG_NONE, a->budget_text);
    (void)plan_field_add(w, f, FIELD_LINE, PA_RUPEES, MSG_NONE, plan_number_text(w, a->budget_n));
    return units_boxes(w, v, whole, a->id, f);
}

err show_plan_action_form(struct web *w)
{
    struct planned v;
    struct plan_whole whole;
    struct plan_form m = {.no = no_or_none(w, &w->in[PA_NO])};
    struct plan_fields f = {.n = 0};
    TRY(form_begin(w, PA_CODE, "/activity", m.no.n > 0 ? MSG_PLAN_ACTION_CHANGE : MSG_PLAN_ACTION_NEW, &v,
                   &whole, &m));
    if (m.post.s.n == 0) {
        return OK;
    }
    const struct q_plan_actions none = {.title_text = S(""),
                                        .target_kind_code = STR_NONE,
                                        .event_kind_code = STR_NONE,
                                        .post_text = S(""),
                                        .budget_text = S("")};
    const struct q_plan_actions *a = m.no.n > 0 ? plan_action_of(&whole, w->in[PA_NO].n) : &none;
    if (a == NULL) {
        return FAIL(NOT_FOUND);
    }
    TRY(action_fields(w, &v, &whole, a, &f));
    return form_end(w, &f, &m);
}

err write_plan_action(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    int64_t no;
    const struct plan_action_edit e = {.no = plan_given_n(&in[PA_NO]).v,
                                       .seen = seen_of(&in[PA_SEEN]),
                                       .result = in[PA_RESULT].n,
                                       .title = plan_given(&in[PA_TITLE]),
                                       .target = plan_choice(&in[PA_TARGET], plan_target_codes),
                                       .event_kind = plan_choice(&in[PA_EVENT_KIND], event_kind_codes),
                                       .events = plan_given_n(&in[PA_EVENTS]).v,
                                       .from_day = in[PA_FROM].n,
                                       .to_day = in[PA_TO].n,
                                       .post = plan_given(&in[PA_POST]),
                                       .budget = plan_given(&in[PA_BUDGET]),
                                       .rupees = plan_given_n(&in[PA_RUPEES]),
                                       .units = in[PA_UNITS].given ? in[PA_UNITS].text : S("")};
    TRY(plan_find(c, in[PA_CODE].text, &v));
    TRY(plan_action_put(c, &v, &e, &no));
    out->note = arena_printf(c->arena, "%.*s/activities/%lld", STR_F(v.row.plan_code), (long long)no);
    return OK;
}

err answer_plan_action(struct web *w)
{
    return answer_plan(w);
}
