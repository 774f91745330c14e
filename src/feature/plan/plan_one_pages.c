/* plan_one_pages.c: the page of one plan: its framework, its activities, and what can be done with it. */
#include "clock.h"
#include "digest.h"
#include "format.h"
#include "plan.html.h"
#include "plan_pages.h"

static const char *const does[] = {"submit", "return", "approve", "drop", "revise", NULL};
static const char *const parts[] = {"risk", "marker", NULL};
enum { DO_REVISE = 4, WHAT_RISK = 0 };

const struct input plan_one_inputs[PO_N] = {
    [PO_CODE] = PLAN_CODE_INPUT,
    [PO_DO] = {"do", IN_CHOICE, MSG_PLAN_DO, .choices = does},
    [PO_WORDS] = {"words", IN_WORDS, MSG_PLAN_WORDS, PLAN_WORDS_MAX},
    [PO_WHAT] = {"what", IN_CHOICE, MSG_PLAN_WHAT, .choices = parts},
    [PO_RESULT] = {"result", IN_NUMBER, MSG_PLAN_RESULT, PLAN_RESULTS_MAX},
    [PO_SCHEME] = {"scheme", IN_CHOICE, MSG_PLAN_SCHEME, .choices = plan_scheme_codes},
    [PO_VALUE] = {"value", IN_CODE, MSG_PLAN_MARKER_VALUE, 6},
    [PO_WHY] = {"why", IN_LINE, MSG_PLAN_MARKER_REASON, PLAN_LINE_MAX},
    [PO_RISK] = {"risk", IN_LINE, MSG_PLAN_RISK, PLAN_LINE_MAX},
    [PO_LIKELY] = {"likely", IN_CHOICE, MSG_PLAN_LIKELY, .choices = plan_likely_codes},
    [PO_ANSWER] = {"answer", IN_LINE, MSG_PLAN_RISK_ANSWER, PLAN_LINE_MAX},
    [PO_DROP] = {"drop", IN_CODE, MSG_PLAN_DROP_WHICH, 40},
    [PO_STEP] = {"step", IN_NUMBER, MSG_ACT_STEP},
};

/* ---- writing ---- */

err write_plan_act(struct ctx *c, const struct given *in, struct receipt *out)
{
    static const enum plan_action actions[] = {PLAN_SUBMIT, PLAN_RETURN, PLAN_APPROVE, PLAN_DROP};
    struct planned v;
    TRY(plan_find(c, in[PO_CODE].text, &v));
    out->note = v.row.plan_code;
    if (!in[PO_DO].given) {
        return fail_set(c->fail, ERR_INVALID, MSG_FLOW_NOT_NOW, "do");
    }
    const bool revise = in[PO_DO].n == DO_REVISE;
    TRY(plan_as_seen(c, &v, revise ? PLAN_BEGIN : actions[in[PO_DO].n], plan_seen(&in[PO_STEP])));
    if (revise) {
        return plan_revise(c, &v, &out->note);
    }
    return plan_act(c, &v, actions[in[PO_DO].n], plan_given(&in[PO_WORDS]));
}

err write_plan_add(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    TRY(plan_find(c, in[PO_CODE].text, &v));
    out->note = v.row.plan_code;
    if (in[PO_WHAT].given && in[PO_WHAT].n == WHAT_RISK) {
        return plan_risk_add(c, &v, 0, plan_given(&in[PO_RISK]),
                             plan_choice(&in[PO_LIKELY], plan_likely_codes), plan_given(&in[PO_ANSWER]));
    }
    const struct plan_marker_new m = {.result = plan_given_n(&in[PO_RESULT]).v,
                                      .scheme = plan_choice(&in[PO_SCHEME], plan_scheme_codes),
                                      .value = plan_given(&in[PO_VALUE]),
                                      .why = plan_given(&in[PO_WHY])};
    if (m.result == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_PLAN_RESULT_MISSING, "result");
    }
    return plan_marker_add(c, &v, &m);
}

err plan_drop_of(struct ctx *c, const struct given *in, enum plan_part *out_part, int64_t *out_no)
{
    static const str names[PART_N] = {
        [PART_RESULT] = S_INIT("result"),   [PART_INDICATOR] = S_INIT("indicator"),
        [PART_ACTION] = S_INIT("activity"), [PART_PARTNER] = S_INIT("partner"),
        [PART_SHARE] = S_INIT("share"),     [PART_RISK] = S_INIT("risk"),
        [PART_MARKER] = S_INIT("marker"),   [PART_CITE] = S_INIT("cite")};
    enum { NUMBER_MAX = 9999 };
    str rest = in->given ? in->text : S("");
    const str name = str_cut(&rest, '.');
    int64_t no = 0;
    for (size_t i = 0; i < rest.n && no <= NUMBER_MAX; i++) {
        no = rest.p[i] >= '0' && rest.p[i] <= '9' ? no * 10 + rest.p[i] - '0' : NUMBER_MAX + 1;
    }
    for (size_t i = 0; i < PART_N; i++) {
        if (str_eq(name, names[i]) && no > 0 && no <= NUMBER_MAX) {
            *out_part = (enum plan_part)i;
            *out_no = no;
            return OK;
        }
    }
    return fail_set(c->fail, ERR_INVALID, MSG_PLAN_DROP_MISSING, "drop");
}

err write_plan_drop(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    enum plan_part part;
    int64_t no;
    TRY(plan_find(c, in[PO_CODE].text, &v));
    out->note = v.row.plan_code;
    TRY(plan_drop_of(c, &in[PO_DROP], &part, &no));
    return plan_part_drop(c, &v, part, 0, no);
}

/* ---- facts and buttons ---- */

static err facts_fill(struct web *w, const struct planned *v, struct facts_view *out)
{
    enum { FACTS = 10 };
    const struct page *p = &w->page;
    struct plan_facts f = {arena_array_of(w->arena, struct fact_view, FACTS), 0};
    str programme;
    char hex[DIGEST_HEX + 1];
    if (f.rows == NULL) {
        return FAIL(LIMIT);
    }
    TRY(label_find(&w->ctx, S("programme"), v->row.programme_id, &programme));
    plan_fact(&f, page_msg(p, MSG_PLAN_CODE), v->row.plan_code, S("ltr"));
    plan_fact(&f, page_msg(p, MSG_PLAN_PROGRAMME), programme, STR_NONE);
    plan_fact(&f, page_msg(p, MSG_PLAN_KIND),
              plan_words_of(p, plan_kind_words, PLAN_kind_n, v->row.plan_kind_code), STR_NONE);
    plan_fact(&f, page_msg(p, MSG_PLAN_UNIT), plan_unit_name(w, v->row.home), STR_NONE);
    plan_fact(&f, page_msg(p, MSG_PLAN_YEAR), plan_year_words(w->arena, v->row.fiscal_no), S("ltr"));
    plan_fact(&f, page_msg(p, MSG_PLAN_VERSION), format_number(w->arena, w->lang, v->row.version_no),
              S("ltr"));
    if (v->row.approved_ms.given) {
        plan_fact(&f, page_msg(p, MSG_PLAN_APPROVED_ON), format_time(w->arena, w->lang, v->row.approved_ms.v),
                  STR_NONE);
    }
    if (v->row.content_hash.n == DIGEST_LEN) {
        digest_hex((const uint8_t *)v->row.content_hash.p, hex);
        plan_fact(&f, page_msg(p, MSG_PLAN_HASH), arena_str(w->arena, str_of(hex)), S("ltr"));
    }
    *out = (struct facts_view){f.rows, f.n};
    return OK;
}

static err buttons_fill(struct web *w, const struct planned *v, bool ready, struct plan_one_view *m)
{
    static const struct {
        enum plan_action action;
        enum msg text;
        bool plain, words;
    } steps[] = {{PLAN_SUBMIT, MSG_PLAN_DO_SUBMIT, false, false},
                 {PLAN_APPROVE, MSG_PLAN_DO_APPROVE, false, false},
                 {PLAN_RETURN, MSG_PLAN_DO_RETURN, true, true},
                 {PLAN_DROP, MSG_PLAN_DO_DROP, true, true}};
    struct plan_button *b = arena_array_of(w->arena, struct plan_button, COUNT(steps) + 1);
    if (b == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (plan_may(&w->ctx, v, steps[i].action) && (steps[i].action != PLAN_SUBMIT || ready)) {
            b[m->buttons_n++] = (struct plan_button){.name = str_of(plan_kind.actions[steps[i].action]),
                                                     .text = page_msg(&w->page, steps[i].text),
                                                     .plain = steps[i].plain};
            m->asks_words = m->asks_words || steps[i].words;
        }
    }
    if (plan_may_revise(&w->ctx, v)) {
        b[m->buttons_n++] = (struct plan_button){
            .name = S("revise"), .text = page_msg(&w->page, MSG_PLAN_DO_REVISE), .plain = true};
    }
    m->buttons = b;
    m->words = web_field(w, PO_WORDS, MSG_PLAN_WORDS_HINT);
    m->words.rows = 2;
    return OK;
}

static err wants_fill(struct web *w, const struct plan_whole *whole, struct plan_one_view *m)
{
    struct plan_want *wants;
    size_t n;
    TRY(plan_wants(&w->ctx, whole, &wants, &n));
    str *said = arena_array_of(w->arena, str, n + 1);
    if (said == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct msg_arg no = {"no", page_isolate(&w->page, plan_no(w, wants[i].no))};
        said[i] = wants[i].no == 0 ? page_msg(&w->page, wants[i].text)
                                   : page_msg_args(&w->page, wants[i].text, 0, &no, 1);
    }
    m->wants = said;
    m->wants_n = n;
    return OK;
}

/* ---- tables ---- */

/* Markers of one result or activity: "DAC 2, SDG 5.5". */
static str markers_of(struct web *w, const struct plan_whole *whole, struct opt_i64 result,
                      struct opt_i64 action)
{
    str said = S("");
    for (size_t i = 0; i < whole->markers_n; i++) {
        const struct q_plan_markers *m = &whole->markers[i];
        const bool of = (result.given && m->result_id.given && m->result_id.v == result.v) ||
                        (action.given && m->action_id.given && m->action_id.v == action.v);
        if (of) {
            const str scheme = plan_words_of(&w->page, plan_scheme_words, PLAN_scheme_n, m->scheme_code);
            const str one = page_isolate(
                &w->page, arena_printf(w->arena, "%.*s %.*s", STR_F(scheme), STR_F(m->value_code)));
            said = said.n == 0 ? one : arena_printf(w->arena, "%.*s · %.*s", STR_F(said), STR_F(one));
        }
    }
    return said;
}

enum { R_TITLE, R_KIND, R_FOR, R_MARKERS, R_COLS };

static err results_table(struct web *w, const struct planned *v, const struct plan_whole *whole, bool edits,
                         struct plan_table *out)
{
    static const enum msg heads[R_COLS] = {[R_TITLE] = MSG_PLAN_RESULT,
                                           [R_KIND] = MSG_PLAN_RESULT_KIND,
                                           [R_FOR] = MSG_PLAN_SERVES,
                                           [R_MARKERS] = MSG_PLAN_MARKERS};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, whole->results_n * R_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < whole->results_n; i++) {
        const struct q_plan_results *r = &whole->results[i];
        struct cell_view *c = &cells[i * R_COLS];
        const struct q_plan_results *up =
            r->parent_id.given ? plan_result_by_id(whole, r->parent_id.v) : NULL;
        const str to = arena_printf(w->arena, "/result?no=%lld", (long long)r->result_no);
        const str no = page_isolate(&w->page, plan_no(w, r->result_no));
        c[R_TITLE] =
            (struct cell_view){.text = arena_printf(w->arena, "%.*s. %.*s", STR_F(no), STR_F(r->title_text)),
                               .note = r->assumption_text,
                               .to = edits ? plan_url(w, v->row.plan_code, to) : (struct url){STR_NONE}};
        c[R_KIND].text = plan_words_of(&w->page, plan_result_words, PLAN_result_n, r->result_kind_code);
        c[R_FOR] =
            (struct cell_view){.text = up == NULL ? S("") : plan_no(w, up->result_no), .dir = S("ltr")};
        c[R_MARKERS].text = markers_of(w, whole, SOME(r->id), NONE_I64);
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_RESULTS),
                               .more = page_msg(&w->page, MSG_PLAN_RESULT_NEW)};
    if (edits) {
        out->to = plan_url(w, v->row.plan_code, S("/result"));
    }
    return web_table(w, heads, R_COLS, cells, whole->results_n, MSG_PLAN_RESULTS, MSG_PLAN_RESULTS_NONE,
                     &out->table);
}

/* The target of the whole year, of everybody, in the plan's own unit; NULL: there is none. *out_n: of all. */
static const struct q_plan_targets *target_of(const struct planned *v, const struct plan_whole *whole,
                                              const struct q_plan_indicators *i, size_t *out_n)
{
    const struct q_plan_targets *found = NULL;
    *out_n = 0;
    for (size_t t = 0; t < whole->targets_n; t++) {
        const struct q_plan_targets *g = &whole->targets[t];
        if (g->indicator_id != i->id) {
            continue;
        }
        (*out_n)++;
        if (g->unit_id == v->row.home && g->from_day == v->row.from_day && g->to_day == v->row.to_day &&
            g->role_code.n == 0 && g->sex_code.n == 0) {
            found = g;
        }
    }
    return found;
}

/* The target, and what it came to. */
static err target_cells(struct web *w, const struct planned *v, const struct plan_whole *whole,
                        const struct q_plan_indicators *i, struct cell_view *target,
                        struct cell_view *approved, struct cell_view *reached)
{
    struct plan_actual a;
    struct cell_view now;
    size_t n;
    const struct q_plan_targets *g = target_of(v, whole, i, &n);
    if (g == NULL) {
        target->text = n == 0 ? S("") : page_msg_args(&w->page, MSG_PLAN_TARGETS_N, (int64_t)n, NULL, 0);
        return OK;
    }
    const str number = format_number(w->arena, w->lang, g->num_n);
    *target = (struct cell_view){
        .text = g->den_n == 1 ? number : arena_printf(w->arena, "%.*s %%", STR_F(number)), .dir = S("ltr")};
    TRY(plan_actual(&w->ctx, i, g, false, &a));
    return plan_actual_cells(w, g, &a, approved, reached, &now);
}

enum { I_TITLE, I_RESULT, I_MEASURE, I_TARGET, I_APPROVED, I_REACHED, I_COLS };

static err indicators_table(struct web *w, const struct planned *v, const struct plan_whole *whole,
                            bool edits, struct plan_table *out)
{
    static const enum msg heads[I_COLS] = {
        [I_TITLE] = MSG_PLAN_INDICATOR,         [I_RESULT] = MSG_PLAN_RESULT,
        [I_MEASURE] = MSG_PLAN_MEASURE,         [I_TARGET] = MSG_PLAN_TARGET,
        [I_APPROVED] = MSG_REPORT_COL_APPROVED, [I_REACHED] = MSG_PLAN_REACHED};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, whole->indicators_n * I_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < whole->indicators_n; i++) {
        const struct q_plan_indicators *r = &whole->indicators[i];
        struct cell_view *c = &cells[i * I_COLS];
        const struct q_plan_results *of = plan_result_by_id(whole, r->result_id);
        const str to = arena_printf(w->arena, "/indicators/%lld", (long long)r->indicator_no);
        c[I_TITLE] = (struct cell_view){.text = plan_indicator_name(&w->page, r),
                                        .dir = S("auto"),
                                        .note = r->means_text,
                                        .to = plan_url(w, v->row.plan_code, to)};
        c[I_RESULT] =
            (struct cell_view){.text = of == NULL ? S("") : plan_no(w, of->result_no), .dir = S("ltr")};
        c[I_MEASURE].text = plan_words_of(&w->page, plan_measure_words, PLAN_measure_n, r->measure_code);
        TRY(target_cells(w, v, whole, r, &c[I_TARGET], &c[I_APPROVED], &c[I_REACHED]));
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_INDICATORS),
                               .more = page_msg(&w->page, MSG_PLAN_INDICATOR_NEW)};
    if (edits && whole->results_n > 0) {
        out->to = plan_url(w, v->row.plan_code, S("/indicator"));
    }
    return web_table(w, heads, I_COLS, cells, whole->indicators_n, MSG_PLAN_INDICATORS,
                     MSG_PLAN_INDICATORS_NONE, &out->table);
}

enum { A_TITLE, A_RESULT, A_TARGET, A_WHEN, A_STATE, A_COLS };

static err actions_table(struct web *w, const struct planned *v, const struct plan_whole *whole, bool edits,
                         struct plan_table *out)
{
    static const enum msg heads[A_COLS] = {[A_TITLE] = MSG_PLAN_ACTIVITY,
                                           [A_RESULT] = MSG_PLAN_OUTPUT,
                                           [A_TARGET] = MSG_PLAN_TARGET_KIND,
                                           [A_WHEN] = MSG_PLAN_WHEN,
                                           [A_STATE] = MSG_PLAN_STATE};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, whole->actions_n * A_COLS + 1);
    bool outputs = false;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < whole->results_n; i++) {
        outputs = outputs || str_eq(whole->results[i].result_kind_code, S("output"));
    }
    for (size_t i = 0; i < whole->actions_n; i++) {
        const struct q_plan_actions *r = &whole->actions[i];
        struct cell_view *c = &cells[i * A_COLS];
        const struct q_plan_results *of = plan_result_by_id(whole, r->result_id);
        const struct chip_view chip = plan_action_chip(&w->page, r->flow_state);
        const str to = arena_printf(w->arena, "/activities/%lld", (long long)r->action_no);
        const str no = page_isolate(&w->page, plan_no(w, r->action_no));
        c[A_TITLE] =
            (struct cell_view){.text = arena_printf(w->arena, "%.*s. %.*s", STR_F(no), STR_F(r->title_text)),
                               .note = r->post_text,
                               .to = plan_url(w, v->row.plan_code, to)};
        c[A_RESULT] =
            (struct cell_view){.text = of == NULL ? S("") : plan_no(w, of->result_no), .dir = S("ltr")};
        c[A_TARGET] = (struct cell_view){
            .text = plan_words_of(&w->page, plan_target_words, PLAN_target_n, r->target_kind_code),
            .note = markers_of(w, whole, NONE_I64, SOME(r->id))};
        c[A_WHEN].text = plan_span_words(w, r->from_day, r->to_day);
        c[A_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_ACTIONS),
                               .more = page_msg(&w->page, MSG_PLAN_ACTION_NEW)};
    if (edits && outputs) {
        out->to = plan_url(w, v->row.plan_code, S("/activity"));
    }
    return web_table(w, heads, A_COLS, cells, whole->actions_n, MSG_PLAN_ACTIONS, MSG_PLAN_ACTIONS_NONE,
                     &out->table);
}

static err risks_table(struct web *w, const struct plan_whole *whole, struct plan_table *out)
{
    enum { K_WORDS, K_LIKELY, K_ANSWER, K_COLS };
    static const enum msg heads[K_COLS] = {
        [K_WORDS] = MSG_PLAN_RISK, [K_LIKELY] = MSG_PLAN_LIKELY, [K_ANSWER] = MSG_PLAN_RISK_ANSWER};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, whole->risks_n * K_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < whole->risks_n; i++) {
        struct cell_view *c = &cells[i * K_COLS];
        c[K_WORDS] = (struct cell_view){.text = whole->risks[i].words_text, .dir = S("auto")};
        c[K_LIKELY].text =
            plan_words_of(&w->page, plan_likely_words, PLAN_likely_n, whole->risks[i].likely_code);
        c[K_ANSWER] = (struct cell_view){.text = whole->risks[i].answer_text, .dir = S("auto")};
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_RISKS)};
    return web_table(w, heads, K_COLS, cells, whole->risks_n, MSG_PLAN_RISKS, MSG_PLAN_RISKS_NONE,
                     &out->table);
}

static err versions_table(struct web *w, const struct planned *v, struct plan_table *out)
{
    enum { V_CODE, V_STATE, V_ON, V_COLS };
    static const enum msg heads[V_COLS] = {
        [V_CODE] = MSG_PLAN_VERSION, [V_STATE] = MSG_PLAN_STATE, [V_ON] = MSG_PLAN_APPROVED_ON};
    struct q_plan_versions *rows;
    size_t n;
    TRY(plan_versions(&w->ctx, v, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * V_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * V_COLS];
        const struct chip_view chip = plan_chip(&w->page, (enum plan_state)rows[i].flow_state);
        c[V_CODE] = (struct cell_view){
            .text = rows[i].plan_code, .dir = S("ltr"), .to = plan_url(w, rows[i].plan_code, S(""))};
        c[V_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
        c[V_ON].text =
            rows[i].approved_ms.given ? format_time(w->arena, w->lang, rows[i].approved_ms.v) : S("");
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_VERSIONS)};
    return web_table(w, heads, V_COLS, cells, n, MSG_PLAN_VERSIONS, MSG_PLAN_VERSIONS, &out->table);
}

static err tables_fill(struct web *w, const struct planned *v, const struct plan_whole *whole, bool edits,
                       struct plan_one_view *m)
{
    enum { TABLES = 5 };
    struct plan_table *t = arena_array_of(w->arena, struct plan_table, TABLES);
    if (t == NULL) {
        return FAIL(LIMIT);
    }
    TRY(results_table(w, v, whole, edits, &t[0]));
    TRY(indicators_table(w, v, whole, edits, &t[1]));
    TRY(actions_table(w, v, whole, edits, &t[2]));
    TRY(risks_table(w, whole, &t[3]));
    TRY(versions_table(w, v, &t[4]));
    m->tables = t;
    m->tables_n = TABLES;
    return OK;
}

/* ---- what can be written on this page ---- */

static err risk_fold(struct web *w, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    plan_field_add(w, &f, FIELD_LINE, PO_RISK, MSG_NONE, S(""))->optional = false;
    TRY(plan_field_words(w, &f, FIELD_SELECT, PO_LIKELY, plan_likely_words, PLAN_likely_n, S("middle")));
    (void)plan_field_add(w, &f, FIELD_LINE, PO_ANSWER, MSG_NONE, S(""));
    out->title = page_msg(&w->page, MSG_PLAN_RISK_NEW);
    out->what = S("risk");
    out->save = page_msg(&w->page, MSG_PLAN_SAVE);
    out->open = w->in[PO_WHAT].given && w->in[PO_WHAT].n == WHAT_RISK;
    return plan_fields_keep(w, &f, &out->fields, &out->fields_n);
}

static err marker_fold(struct web *w, const struct plan_whole *whole, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    struct choice_view *c = NULL;
    size_t n = 0;
    TRY(plan_result_choices(w, whole, S(""), &c, &n));
    TRY(plan_field_choices(w, &f, FIELD_SELECT, PO_RESULT, c, n, STR_NONE));
    f.at[0].field.optional = false;
    TRY(plan_field_words(w, &f, FIELD_SELECT, PO_SCHEME, plan_scheme_words, PLAN_scheme_n, S("dac")));
    plan_field_add(w, &f, FIELD_LINE, PO_VALUE, MSG_PLAN_MARKER_HINT, S(""))->optional = false;
    plan_field_add(w, &f, FIELD_LINE, PO_WHY, MSG_NONE, S(""))->optional = false;
    out->title = page_msg(&w->page, MSG_PLAN_MARKER_NEW);
    out->what = S("marker");
    out->hint = page_msg(&w->page, MSG_PLAN_MARKER_LEAD);
    out->save = page_msg(&w->page, MSG_PLAN_SAVE);
    out->open = w->in[PO_WHAT].given && w->in[PO_WHAT].n != WHAT_RISK;
    return plan_fields_keep(w, &f, &out->fields, &out->fields_n);
}

static void drop_choice(struct web *w, struct choice_view *c, size_t *n, const char *part, int64_t no,
                        str words)
{
    c[(*n)++] =
        (struct choice_view){.value = arena_printf(w->arena, "%s.%lld", part, (long long)no), .text = words};
}

static err drop_fold(struct web *w, const struct plan_whole *whole, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    const size_t most =
        whole->results_n + whole->indicators_n + whole->actions_n + whole->risks_n + whole->markers_n;
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, most + 1);
    size_t n = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < whole->results_n; i++) {
        drop_choice(w, c, &n, "result", whole->results[i].result_no, whole->results[i].title_text);
    }
    for (size_t i = 0; i < whole->indicators_n; i++) {
        drop_choice(w, c, &n, "indicator", whole->indicators[i].indicator_no,
                    plan_indicator_name(&w->page, &whole->indicators[i]));
    }
    for (size_t i = 0; i < whole->actions_n; i++) {
        drop_choice(w, c, &n, "activity", whole->actions[i].action_no, whole->actions[i].title_text);
    }
    for (size_t i = 0; i < whole->risks_n; i++) {
        drop_choice(w, c, &n, "risk", whole->risks[i].risk_no, whole->risks[i].words_text);
    }
    for (size_t i = 0; i < whole->markers_n; i++) {
        drop_choice(w, c, &n, "marker", whole->markers[i].marker_no, whole->markers[i].why_text);
    }
    TRY(plan_field_choices(w, &f, FIELD_SELECT, PO_DROP, c, n, STR_NONE));
    f.at[0].field.optional = false;
    out->title = page_msg(&w->page, MSG_PLAN_DROP_TITLE);
    out->save = page_msg(&w->page, MSG_PLAN_DROP_SAVE);
    out->open = w->in[PO_DROP].given;
    return plan_fields_keep(w, &f, &out->fields, &out->fields_n);
}

static err folds_fill(struct web *w, const struct planned *v, const struct plan_whole *whole,
                      struct plan_one_view *m)
{
    enum { FOLDS = 3 };
    struct plan_fold *folds = arena_array_of(w->arena, struct plan_fold, FOLDS);
    if (folds == NULL) {
        return FAIL(LIMIT);
    }
    TRY(risk_fold(w, &folds[0]));
    TRY(marker_fold(w, whole, &folds[1]));
    TRY(drop_fold(w, whole, &folds[2]));
    folds[0].post = folds[1].post = plan_url(w, v->row.plan_code, S("/add"));
    folds[2].post = plan_url(w, v->row.plan_code, S("/drop"));
    m->folds = folds;
    m->folds_n = FOLDS;
    return OK;
}

err show_plan_one(struct web *w)
{
    static const enum msg state_words[PLAN_STATES] = {[PLAN_DRAFT] = MSG_PLAN_IS_DRAFT,
                                                      [PLAN_SUBMITTED] = MSG_PLAN_IS_SUBMITTED,
                                                      [PLAN_APPROVED] = MSG_PLAN_IS_APPROVED,
                                                      [PLAN_SUPERSEDED] = MSG_PLAN_IS_SUPERSEDED,
                                                      [PLAN_DROPPED] = MSG_PLAN_IS_DROPPED};
    static const enum msg steps[PLAN_ACTIONS] = {
        [PLAN_BEGIN] = MSG_PLAN_STEP_BEGIN,     [PLAN_EDIT] = MSG_PLAN_STEP_EDIT,
        [PLAN_SUBMIT] = MSG_PLAN_STEP_SUBMIT,   [PLAN_RETURN] = MSG_PLAN_STEP_RETURN,
        [PLAN_APPROVE] = MSG_PLAN_STEP_APPROVE, [PLAN_SUPERSEDE] = MSG_PLAN_STEP_SUPERSEDE,
        [PLAN_DROP] = MSG_PLAN_STEP_DROP};
    struct planned v;
    struct plan_whole whole;
    struct plan_one_view m = {.wants_n = 0};
    struct aside_view *asides;
    TRY(plan_at(w, PO_CODE, false, &v));
    TRY(plan_whole(&w->ctx, &v, &whole));
    const bool edits = plan_may(&w->ctx, &v, PLAN_EDIT);
    m.chip = plan_chip(&w->page, v.state);
    m.state_words = page_msg(&w->page, state_words[v.state]);
    m.act = plan_url(w, v.row.plan_code, S("/act"));
    TRY(facts_fill(w, &v, &m.facts));
    if (edits) {
        m.targets =
            url_local(w->arena, arena_printf(w->arena, "/exchange/targets/%.*s", STR_F(v.row.plan_code)));
        TRY(wants_fill(w, &whole, &m));
        TRY(folds_fill(w, &v, &whole, &m));
    }
    TRY(buttons_fill(w, &v, m.wants_n == 0, &m));
    TRY(tables_fill(w, &v, &whole, edits, &m));
    TRY(web_asides(w, plan_kind.kind_no, v.row.home, v.row.id, &asides, &m.asides_n));
    m.asides = asides;
    m.step = v.flow.step_no;
    TRY(plan_story(w, &v.subject, steps, &w->in[PO_STEP], &m.timeline, &m.meanwhile));
    w->page.title = plan_name(w, &v.row);
    w->page.form_id = S("plan");
    w->page.script = true;
    plan_one_page(&w->page, &m);
    return web_html(w, 200);
}
