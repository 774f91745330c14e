/* plan_pages.c: the list of plans, a new one, what the pages of plans share, and the routes. */
#include "plan_pages.h"

#include "clock.h"
#include "event_feature.h"
#include "figure_now.h"
#include "format.h"
#include "place.h"
#include "plan.html.h"
#include "plan_feature.h"

/* ---- shared ---- */

struct url plan_url(struct web *w, str code, str rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/plans/%.*s%.*s", STR_F(code), STR_F(rest)));
}

str plan_words_of(const struct page *p, const struct case_word *words, size_t n, str code)
{
    const enum msg m = case_word_of(words, n, code);
    return m == MSG_NONE ? S("") : page_msg(p, m);
}

str plan_year_words(struct arena *a, int64_t fiscal)
{
    return arena_printf(a, "%d-%02d", (int)fiscal, (int)((fiscal + 1) % 100));
}

str plan_name(struct web *w, const struct q_plan_get *row)
{
    return row->title_text.n > 0 ? row->title_text
                                 : plan_words_of(&w->page, plan_kind_words, PLAN_kind_n, row->plan_kind_code);
}

str plan_span_words(struct web *w, int64_t from_day, int64_t to_day)
{
    const struct msg_arg args[] = {{"from", format_day(w->arena, w->lang, from_day)},
                                   {"to", format_day(w->arena, w->lang, to_day)}};
    return page_msg_args(&w->page, MSG_PLAN_SPAN, 0, args, COUNT(args));
}

str plan_unit_name(struct web *w, int64_t unit)
{
    str name = S("");
    return label_find(&w->ctx, S("unit"), unit, &name).code == ERR_OK ? name : S("");
}

struct chip_view plan_chip(const struct page *p, enum plan_state state)
{
    static const str kinds[PLAN_STATES] = {[PLAN_DRAFT] = S_INIT("new"),
                                           [PLAN_SUBMITTED] = S_INIT("wait"),
                                           [PLAN_APPROVED] = S_INIT("done"),
                                           [PLAN_SUPERSEDED] = S_INIT("closed"),
                                           [PLAN_DROPPED] = S_INIT("closed")};
    return (struct chip_view){.kind = kinds[state], .text = page_msg(p, plan_state_words[state].text)};
}

struct chip_view plan_action_chip(const struct page *p, struct opt_i64 state)
{
    static const str kinds[ACTION_STATES] = {[ACTION_PLANNED] = S_INIT("new"),
                                             [ACTION_UNDER_WAY] = S_INIT("busy"),
                                             [ACTION_LATE] = S_INIT("late"),
                                             [ACTION_DONE] = S_INIT("done"),
                                             [ACTION_CANCELLED] = S_INIT("closed")};
    if (!state.given || state.v < 0 || state.v >= ACTION_STATES) {
        return (struct chip_view){.kind = S("new"), .text = page_msg(p, MSG_PLAN_STATE_DRAFT)};
    }
    return (struct chip_view){.kind = kinds[state.v],
                              .text = page_msg(p, plan_action_state_words[state.v].text)};
}

str plan_indicator_name(const struct page *p, const struct q_plan_indicators *i)
{
    const struct indicator *of = i->title_text.n == 0 ? indicator_find(i->indicator_code) : NULL;
    return of != NULL ? page_msg(p, of->title) : i->title_text;
}

str plan_no(struct web *w, int64_t no)
{
    return arena_printf(w->arena, "%lld", (long long)no);
}

err plan_at(struct web *w, size_t input, bool below, struct planned *out)
{
    TRY(plan_find(&w->ctx, w->in[input].text, out));
    w->page.back = below ? plan_url(w, out->row.plan_code, S("")) : url_local(w->arena, S("/plans"));
    return OK;
}

int64_t plan_seen(const struct given *step)
{
    return step->given ? step->n : FLOW_UNSEEN;
}

err plan_story(struct web *w, const struct subject *s, const enum msg *texts, const struct given *seen,
               struct timeline_view *out, struct timeline_view *out_meanwhile)
{
    enum { SHOWN = 60 };
    const struct flow_kind *kind = s->kind;
    const bool came_back = seen->given && w->fail.message == MSG_FLOW_CHANGED_MEANWHILE;
    struct q_step_list *steps;
    size_t n;
    TRY(flow_timeline(&w->ctx, s, 0, SHOWN, &steps, &n));
    struct timeline_row *rows = arena_array_of(w->arena, struct timeline_row, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    size_t kept = 0;
    size_t later = 0;
    for (size_t i = 0; i < n; i++) {
        const bool known = steps[i].action_no >= 0 && (size_t)steps[i].action_no < kind->actions_n;
        const bool edit = kind == &plan_kind && steps[i].action_no == PLAN_EDIT;
        if (edit && i > 0 && steps[i - 1].action_no == PLAN_EDIT) {
            continue; /* many changes after one another are one to read */
        }
        rows[kept++] =
            (struct timeline_row){.when = format_time(w->arena, w->lang, steps[i].at_ms),
                                  .what = known ? page_msg(&w->page, texts[steps[i].action_no]) : S(""),
                                  .who = role_words(&w->page, (enum role)steps[i].role_no),
                                  .words = steps[i].words_text.p == NULL ? S("") : steps[i].words_text};
        later = came_back && steps[i].step_no > seen->n ? kept : later;
    }
    *out = (struct timeline_view){rows, kept};
    *out_meanwhile = (struct timeline_view){rows, later};
    return OK;
}

void plan_fact(struct plan_facts *f, str name, str value, str dir)
{
    if (value.n > 0) {
        f->rows[f->n++] = (struct fact_view){.name = name, .value = value, .dir = dir};
    }
}

/* ---- targets beside figures ---- */

static struct url figures_url(struct web *w, const struct q_plan_targets *t, const struct indicator *of)
{
    const struct period p = {t->from_day, t->to_day};
    const str path = arena_printf(w->arena, "/reports/indicators/%.*s", STR_F(of->code));
    struct url to = url_with(w->arena, url_local(w->arena, path), S("period"), period_code(w->arena, p));
    to = url_with(w->arena, to, S("unit"), t->unit_code);
    return page_may(&w->page, to) ? to : (struct url){STR_NONE};
}

enum { PERCENT = 100 };

/* What sheets say of something that nothing computes. */
static err reported_cells(struct web *w, const struct q_plan_targets *t, const struct plan_actual *a,
                          struct cell_view *out_approved, struct cell_view *out_reached)
{
    const bool share = t->den_n != 1;
    if (a->found == 0 || (share && a->den == 0)) {
        out_approved->text = page_msg(&w->page, MSG_REPORT_NOT_APPROVED);
        return OK;
    }
    const int64_t n = share ? (2 * PERCENT * a->num + a->den) / (2 * a->den) : a->num;
    const str number = format_number(w->arena, w->lang, n);
    *out_approved = (struct cell_view){
        .text = page_isolate(&w->page, share ? arena_printf(w->arena, "%.*s %%", STR_F(number)) : number),
        .note = page_msg(&w->page, MSG_SHEET_REPORTED_NOT_COMPUTED)};
    if (t->num_n > 0) {
        const str reached = format_number(w->arena, w->lang, (n * PERCENT + t->num_n / 2) / t->num_n);
        *out_reached =
            (struct cell_view){.text = arena_printf(w->arena, "%.*s %%", STR_F(reached)), .dir = S("ltr")};
    }
    return OK;
}

err plan_actual_cells(struct web *w, const struct q_plan_targets *t, const struct plan_actual *a,
                      struct cell_view *out_approved, struct cell_view *out_reached,
                      struct cell_view *out_now)
{
    const struct cell_view none = {.text = S("–")};
    *out_approved = *out_reached = *out_now = none;
    if (!a->hers) {
        return OK;
    }
    if (a->of == NULL) {
        return reported_cells(w, t, a, out_approved, out_reached);
    }
    if (a->now) {
        out_now->text = figure_words(&w->ctx, a->of, a->now_num, a->now_den);
    }
    if (a->found == 0) {
        out_approved->text = page_msg(&w->page, MSG_REPORT_NOT_APPROVED);
        return OK;
    }
    const struct msg_arg args[] = {
        {"found", page_isolate(&w->page, format_number(w->arena, w->lang, a->found))},
        {"expected", page_isolate(&w->page, format_number(w->arena, w->lang, a->expected))}};
    const struct opt_i64 reached = plan_reached(t, a->of, a->num, a->den);
    *out_approved = (struct cell_view){.text = figure_words(&w->ctx, a->of, a->num, a->den),
                                       .to = figures_url(w, t, a->of)};
    if (a->found < a->expected) { /* of a province many districts may never have begun */
        const bool few = a->expected <= QUARTERS;
        out_approved->note =
            page_msg_args(&w->page, few ? MSG_PLAN_PARTLY_APPROVED : MSG_PLAN_QUARTERS_APPROVED, 0, args,
                          few ? COUNT(args) : 1);
    }
    if (reached.given) {
        const str n = format_number(w->arena, w->lang, reached.v);
        *out_reached =
            (struct cell_view){.text = arena_printf(w->arena, "%.*s %%", STR_F(n)), .dir = S("ltr")};
    }
    return OK;
}

/* ---- fields ---- */

struct field_view *plan_field_add(struct web *w, struct plan_fields *f, enum plan_field_as as, size_t input,
                                  enum msg hint, str now)
{
    struct plan_field *to = &f->at[f->n++];
    *to = (struct plan_field){as, web_field(w, input, hint)};
    if (to->field.value.p == NULL) {
        to->field.value = now;
    }
    const enum input_type type = w->route->inputs[input].type;
    if (type == IN_DAY) {
        to->field.type = S("date");
    }
    if (type == IN_NUMBER) {
        to->field.inputmode = S("numeric");
    }
    if (as == FIELD_LINE && (type == IN_DAY || type == IN_NUMBER || type == IN_CODE)) {
        to->field.dir = S("ltr");
    } else if (as == FIELD_LINE || as == FIELD_WORDS) {
        to->field.dir = S("auto");
    }
    return &to->field;
}

err plan_field_words(struct web *w, struct plan_fields *f, enum plan_field_as as, size_t input,
                     const struct case_word *words, size_t n, str now)
{
    struct field_view *to = plan_field_add(w, f, as, input, MSG_NONE, STR_NONE);
    return choices_words(w, input, words, n, now, to);
}

err plan_field_choices(struct web *w, struct plan_fields *f, enum plan_field_as as, size_t input,
                       struct choice_view *choices, size_t n, str now)
{
    struct field_view *to = plan_field_add(w, f, as, input, MSG_NONE, STR_NONE);
    web_choose(w, input, choices, n, now);
    to->choices = choices;
    to->choices_n = n;
    return OK;
}

err plan_fields_keep(struct web *w, const struct plan_fields *f, const struct plan_field **out, size_t *out_n)
{
    struct plan_field *rows = arena_array_of(w->arena, struct plan_field, f->n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < f->n; i++) {
        rows[i] = f->at[i];
    }
    *out = rows;
    *out_n = f->n;
    return OK;
}

str plan_number_text(struct web *w, struct opt_i64 n)
{
    return n.given ? plan_no(w, n.v) : S("");
}

str plan_given(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

struct opt_i64 plan_given_n(const struct given *g)
{
    return g->given ? SOME(g->n) : NONE_I64;
}

str plan_choice(const struct given *g, const char *const *codes)
{
    return g->given ? str_of(codes[g->n]) : STR_NONE;
}

err plan_unit_choices(struct web *w, const struct planned *v, struct choice_view **out, size_t *out_n)
{
    struct q_place_all *rows;
    size_t n;
    size_t kept = 0;
    const int64_t deepest = v->row.level_no < LEVEL_DISTRICT ? LEVEL_DISTRICT : LEVEL_COUNCIL;
    TRY(place_list_below(&w->ctx, v->row.home, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].level_no <= deepest) {
            c[kept++] = (struct choice_view){.value = rows[i].unit_code,
                                             .text = rows[i].name_text,
                                             .lang = place_fallback(&w->ctx, rows[i].lang_code)};
        }
    }
    *out = c;
    *out_n = kept;
    return OK;
}

err plan_result_choices(struct web *w, const struct plan_whole *whole, str kind, struct choice_view **out,
                        size_t *out_n)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, whole->results_n + 1);
    size_t n = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < whole->results_n; i++) {
        const struct q_plan_results *r = &whole->results[i];
        if (kind.n == 0 || str_eq(r->result_kind_code, kind)) {
            const str no = page_isolate(&w->page, plan_no(w, r->result_no));
            c[n++] = (struct choice_view){
                .value = plan_no(w, r->result_no),
                .text = arena_printf(w->arena, "%.*s. %.*s", STR_F(no), STR_F(r->title_text))};
        }
    }
    *out = c;
    *out_n = n;
    return OK;
}

err answer_plan(struct web *w)
{
    return web_redirect(w, plan_url(w, w->receipt.note, S("")));
}

/* ---- the list ---- */

enum { L_TITLE, L_UNIT, L_YEAR, L_STATE, L_ACTIONS, L_COLS };

static err list_table(struct web *w, struct table_view *out)
{
    static const enum msg heads[L_COLS] = {[L_TITLE] = MSG_PLAN_TITLE,
                                           [L_UNIT] = MSG_PLAN_UNIT,
                                           [L_YEAR] = MSG_PLAN_YEAR,
                                           [L_STATE] = MSG_PLAN_STATE,
                                           [L_ACTIONS] = MSG_PLAN_ACTIONS};
    struct q_plan_list *rows;
    size_t n;
    TRY(plan_list(&w->ctx, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * L_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * L_COLS];
        const struct q_plan_get named = {.title_text = rows[i].title_text,
                                         .plan_kind_code = rows[i].plan_kind_code};
        const struct chip_view chip = plan_chip(&w->page, (enum plan_state)rows[i].flow_state);
        c[L_TITLE] = (struct cell_view){.text = plan_name(w, &named),
                                        .dir = S("auto"),
                                        .note = rows[i].plan_code,
                                        .to = plan_url(w, rows[i].plan_code, S(""))};
        c[L_UNIT].text = plan_unit_name(w, rows[i].home);
        c[L_YEAR] = (struct cell_view){.text = plan_year_words(w->arena, rows[i].fiscal_no), .dir = S("ltr")};
        c[L_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
        c[L_ACTIONS] =
            (struct cell_view){.text = format_number(w->arena, w->lang, rows[i].actions_n), .dir = S("ltr")};
    }
    return web_table(w, heads, L_COLS, cells, n, MSG_PLAN_LIST, MSG_PLAN_LIST_NONE, out);
}

static err show_plans(struct web *w)
{
    struct plans_view m = {.may_write = permission_of(w->ctx.actor.role, P_PLAN_WRITE),
                           .lessons = url_local(w->arena, S("/documents/lessons")),
                           .texts = url_local(w->arena, S("/documents/narrative"))};
    TRY(list_table(w, &m.table));
    w->page.title = page_msg(&w->page, MSG_PLAN_LIST);
    w->page.back = url_local(w->arena, S("/figures"));
    plans_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- a new one ---- */

const struct input plan_new_inputs[PN_N] = {
    [PN_PROGRAMME] = {"programme", IN_CODE, MSG_PLAN_PROGRAMME, 60, .required = true},
    [PN_KIND] = {"kind", IN_CHOICE, MSG_PLAN_KIND, .required = true, .choices = plan_kind_codes},
    [PN_UNIT] = {"unit", IN_CODE, MSG_PLAN_UNIT, 60, .required = true},
    [PN_YEAR] = {"year", IN_NUMBER, MSG_PLAN_YEAR_BEGINS, PERIOD_YEAR_MAX, .required = true},
    [PN_TITLE] = {"title", IN_LINE, MSG_PLAN_TITLE, PLAN_LINE_MAX},
};

static err programme_choices(struct web *w, struct plan_fields *f)
{
    struct q_programme_all *rows;
    size_t n;
    TRY(q_programme_all(w->ctx.db, w->arena, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i].value = rows[i].programme_code;
        TRY(label_find(&w->ctx, S("programme"), rows[i].id, &c[i].text));
    }
    return plan_field_choices(w, f, FIELD_SELECT, PN_PROGRAMME, c, n, n == 1 ? c[0].value : STR_NONE);
}

static err own_units(struct web *w, struct plan_fields *f)
{
    const struct actor *a = &w->ctx.actor;
    const struct planned at = {.row = {.home = a->home != 0 ? a->home : a->unit_id}};
    struct choice_view *c = NULL;
    size_t n = 0;
    TRY(plan_unit_choices(w, &at, &c, &n));
    return plan_field_choices(w, f, FIELD_SELECT, PN_UNIT, c, n, n > 0 ? c[0].value : STR_NONE);
}

err show_plan_new(struct web *w)
{
    struct plan_fields f = {.n = 0};
    struct plan_form m = {.title = page_msg(&w->page, MSG_PLAN_NEW),
                          .hint = page_msg(&w->page, MSG_PLAN_NEW_LEAD),
                          .save = page_msg(&w->page, MSG_PLAN_BEGIN),
                          .post = url_local(w->arena, S("/plans/new")),
                          .lessons = url_local(w->arena, S("/documents/lessons"))};
    const int64_t year = period_year_of(local_day(w->ctx.now_ms));
    TRY(programme_choices(w, &f));
    TRY(plan_field_words(w, &f, FIELD_SELECT, PN_KIND, plan_kind_words, PLAN_kind_n, S("operational")));
    TRY(own_units(w, &f));
    (void)plan_field_add(w, &f, FIELD_LINE, PN_YEAR, MSG_PLAN_YEAR_HINT, plan_no(w, year));
    (void)plan_field_add(w, &f, FIELD_LINE, PN_TITLE, MSG_PLAN_TITLE_HINT, S(""));
    TRY(plan_fields_keep(w, &f, &m.fields, &m.fields_n));
    w->page.title = m.title;
    w->page.back = url_local(w->arena, S("/plans"));
    w->page.form_id = S("plan");
    plan_form_page(&w->page, &m);
    return web_html(w, 200);
}

err write_plan_new(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct plan_new n = {.programme = in[PN_PROGRAMME].text,
                               .kind = plan_choice(&in[PN_KIND], plan_kind_codes),
                               .unit = in[PN_UNIT].text,
                               .title = plan_given(&in[PN_TITLE]),
                               .year = in[PN_YEAR].n};
    return plan_make(c, &n, &out->note);
}

/* ---- routes ---- */

/* What an event says of its line, on its own page. */
static err aside(struct web *w, int64_t kind_no, int64_t home, int64_t id, struct aside_view *out,
                 bool *out_some)
{
    enum { S_TITLE, S_TARGET, S_COLS };
    static const enum msg heads[S_COLS] = {[S_TITLE] = MSG_PLAN_ACTIVITY, [S_TARGET] = MSG_PLAN_TARGET_KIND};
    struct q_plan_of_event *rows;
    size_t n = 0;
    *out_some = false;
    if (kind_no != event_kind.kind_no || !permission_of(w->ctx.actor.role, P_PLAN_READ)) {
        return OK;
    }
    TRY(q_plan_of_event(w->ctx.db, w->arena, home, id, &rows, &n));
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, n * S_COLS + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const str rest = arena_printf(w->arena, "/activities/%lld", (long long)rows[i].action_no);
        c[i * S_COLS + S_TITLE] = (struct cell_view){
            .text = rows[i].title_text, .dir = S("auto"), .to = plan_url(w, rows[i].plan_code, rest)};
        c[i * S_COLS + S_TARGET].text =
            plan_words_of(&w->page, plan_target_words, PLAN_target_n, rows[i].target_kind_code);
    }
    *out_some = n > 0;
    out->title = page_msg(&w->page, MSG_PLAN_LINE_OF);
    return web_table(w, heads, S_COLS, c, n, MSG_PLAN_LINE_OF, MSG_PLAN_LINE_OF, &out->table);
}

static const struct route routes[] = {
    {HTTP_GET, "/plans", P_PLAN_READ, 0, .show = show_plans, .doc = MSG_DOC_PLANS},
    {HTTP_GET, "/plans/new", P_PLAN_WRITE, 0, INPUTS(plan_new_inputs), .show = show_plan_new,
     .doc = MSG_DOC_PLAN_NEW},
    {HTTP_POST, "/plans/new", P_PLAN_WRITE, 0, INPUTS(plan_new_inputs), .show = show_plan_new,
     .write = write_plan_new, .answer = answer_plan, .doc = MSG_DOC_PLAN_NEW},
    {HTTP_GET, "/plans/programmes", P_PLAN_READ, 0, INPUTS(plan_programme_inputs),
     .show = show_plan_programmes, .doc = MSG_DOC_PLAN_PROGRAMMES},
    {HTTP_POST, "/plans/programmes", P_PLAN_APPROVE, 0, INPUTS(plan_programme_inputs),
     .show = show_plan_programmes, .write = write_plan_programme, .answer = answer_plan_programme,
     .doc = MSG_DOC_PLAN_PROGRAMME},
    {HTTP_GET, "/plans/needs", P_PLAN_READ, 0, INPUTS(plan_needs_inputs), .show = show_plan_needs,
     .doc = MSG_DOC_PLAN_NEEDS},
    {HTTP_GET, "/plans/needs/{event}/{need}", P_PLAN_READ, 0, INPUTS(plan_need_inputs),
     .show = show_plan_need, .doc = MSG_DOC_PLAN_NEED},
    {HTTP_POST, "/plans/needs/{event}/{need}", P_PLAN_READ, 0, INPUTS(plan_need_inputs),
     .show = show_plan_need, .write = write_plan_need, .answer = answer_plan_need, .doc = MSG_DOC_PLAN_NEED},
    {HTTP_GET, "/plans/{code}", P_PLAN_READ, 0, INPUTS(plan_one_inputs), .show = show_plan_one,
     .doc = MSG_DOC_PLAN},
    {HTTP_POST, "/plans/{code}/act", P_PLAN_WRITE, 0, INPUTS(plan_one_inputs), .show = show_plan_one,
     .write = write_plan_act, .answer = answer_plan, .doc = MSG_DOC_PLAN_ACT},
    {HTTP_POST, "/plans/{code}/add", P_PLAN_WRITE, 0, INPUTS(plan_one_inputs), .show = show_plan_one,
     .write = write_plan_add, .answer = answer_plan, .doc = MSG_DOC_PLAN_ADD},
    {HTTP_POST, "/plans/{code}/drop", P_PLAN_WRITE, 0, INPUTS(plan_one_inputs), .show = show_plan_one,
     .write = write_plan_drop, .answer = answer_plan, .doc = MSG_DOC_PLAN_DROP},
    {HTTP_GET, "/plans/{code}/result", P_PLAN_WRITE, 0, INPUTS(plan_result_inputs), .show = show_plan_result,
     .doc = MSG_DOC_PLAN_RESULT},
    {HTTP_POST, "/plans/{code}/result", P_PLAN_WRITE, 0, INPUTS(plan_result_inputs), .show = show_plan_result,
     .write = write_plan_result, .answer = answer_plan, .doc = MSG_DOC_PLAN_RESULT},
    {HTTP_GET, "/plans/{code}/indicator", P_PLAN_WRITE, 0, INPUTS(plan_indicator_inputs),
     .show = show_plan_indicator_form, .doc = MSG_DOC_PLAN_INDICATOR_FORM},
    {HTTP_POST, "/plans/{code}/indicator", P_PLAN_WRITE, 0, INPUTS(plan_indicator_inputs),
     .show = show_plan_indicator_form, .write = write_plan_indicator, .answer = answer_plan_indicator,
     .doc = MSG_DOC_PLAN_INDICATOR_FORM},
    {HTTP_GET, "/plans/{code}/indicators/{no}", P_PLAN_READ, 0, INPUTS(plan_target_inputs),
     .show = show_plan_indicator, .doc = MSG_DOC_PLAN_INDICATOR},
    {HTTP_POST, "/plans/{code}/indicators/{no}/target", P_PLAN_WRITE, 0, INPUTS(plan_target_inputs),
     .show = show_plan_indicator, .write = write_plan_target, .answer = answer_plan_indicator,
     .doc = MSG_DOC_PLAN_TARGET},
    {HTTP_GET, "/plans/{code}/activity", P_PLAN_WRITE, 0, INPUTS(plan_action_inputs),
     .show = show_plan_action_form, .doc = MSG_DOC_PLAN_ACTION_FORM},
    {HTTP_POST, "/plans/{code}/activity", P_PLAN_WRITE, 0, INPUTS(plan_action_inputs),
     .show = show_plan_action_form, .write = write_plan_action, .answer = answer_plan_action,
     .doc = MSG_DOC_PLAN_ACTION_FORM},
    {HTTP_GET, "/plans/{code}/activities/{no}", P_PLAN_READ, 0, INPUTS(plan_line_inputs),
     .show = show_plan_line, .doc = MSG_DOC_PLAN_ACTION},
    {HTTP_POST, "/plans/{code}/activities/{no}/people", P_PLAN_WRITE, 0, INPUTS(plan_line_inputs),
     .show = show_plan_line, .write = write_plan_line_people, .answer = answer_plan_action,
     .doc = MSG_DOC_PLAN_PEOPLE},
    {HTTP_POST, "/plans/{code}/activities/{no}/add", P_PLAN_WRITE, 0, INPUTS(plan_line_inputs),
     .show = show_plan_line, .write = write_plan_line_add, .answer = answer_plan_action,
     .doc = MSG_DOC_PLAN_LINE_ADD},
    {HTTP_POST, "/plans/{code}/activities/{no}/drop", P_PLAN_WRITE, 0, INPUTS(plan_line_inputs),
     .show = show_plan_line, .write = write_plan_line_drop, .answer = answer_plan_action,
     .doc = MSG_DOC_PLAN_DROP},
    {HTTP_POST, "/plans/{code}/activities/{no}/act", P_PLAN_READ, 0, INPUTS(plan_line_inputs),
     .show = show_plan_line, .write = write_plan_line_act, .answer = answer_plan_action,
     .doc = MSG_DOC_PLAN_ACTION_ACT},
    {HTTP_POST, "/plans/{code}/activities/{no}/event", P_PLAN_READ, 0, INPUTS(plan_line_inputs),
     .show = show_plan_line, .write = write_plan_line_event, .answer = answer_plan_action,
     .doc = MSG_DOC_PLAN_EVENT},
};

const struct feature plan_feature = {
    .name = "plan", .routes = routes, .routes_n = COUNT(routes), .aside = aside};
