/* plan_line_pages.c: the page of one activity: whom it is for, with whom, who pays, what it answers, its
 * events, and how it goes. */
#include "clock.h"
#include "format.h"
#include "plan.html.h"
#include "plan_pages.h"

static const char *const does[] = {"note", "begin", "delay", "finish", "cancel", "reopen", NULL};
static const enum action_action actions[] = {ACTION_NOTE,   ACTION_BEGIN,  ACTION_DELAY,
                                             ACTION_FINISH, ACTION_CANCEL, ACTION_REOPEN};
static const char *const parts[] = {"partner", "share", "risk", "marker", "cite", NULL};
enum { WHAT_PARTNER, WHAT_SHARE, WHAT_RISK, WHAT_MARKER, WHAT_CITE, WHAT_N };
enum { SHARE_OF = PLAN_SHARES_SUM / 100 };

#define CELL(role, sex)                                         \
    [PL_PEOPLE + EVENT_role_##role * EVENT_sex_n + EVENT_sex_## \
        sex] = {#role "_" #sex, IN_NUMBER, MSG_PLAN_PEOPLE, PLAN_PEOPLE_MAX}
#define CELLS(role) CELL(role, woman), CELL(role, man), CELL(role, transgender), CELL(role, not_stated)

const struct input plan_line_inputs[PL_N] = {
    [PL_CODE] = PLAN_CODE_INPUT,
    [PL_NO] = {"no", IN_NUMBER, MSG_PLAN_ACTIVITY, PLAN_ACTIONS_MAX, .required = true},
    [PL_DO] = {"do", IN_CHOICE, MSG_PLAN_DO, .choices = does},
    [PL_WORDS] = {"words", IN_WORDS, MSG_PLAN_WORDS, PLAN_WORDS_MAX},
    [PL_TIE] = {"tie", IN_CODE, MSG_PLAN_EVENT, 60},
    [PL_UNTIE] = {"untie", IN_FLAG, MSG_PLAN_EVENT_NOT},
    [PL_WHAT] = {"what", IN_CHOICE, MSG_PLAN_WHAT, .choices = parts},
    [PL_BODY] = {"body", IN_CODE, MSG_PLAN_PARTNER_CODE, 60},
    [PL_NAME] = {"name", IN_LINE, MSG_PLAN_PARTNER_NAME, PLAN_LINE_MAX},
    [PL_DOES] = {"does", IN_LINE, MSG_PLAN_PARTNER_DOES, PLAN_LINE_MAX},
    [PL_FUNDER] = {"funder", IN_CODE, MSG_PLAN_FUNDER, 60},
    [PL_SHARE] = {"share", IN_NUMBER, MSG_PLAN_SHARE, 100},
    [PL_RISK] = {"risk", IN_LINE, MSG_PLAN_RISK, PLAN_LINE_MAX},
    [PL_LIKELY] = {"likely", IN_CHOICE, MSG_PLAN_LIKELY, .choices = plan_likely_codes},
    [PL_ANSWER] = {"answer", IN_LINE, MSG_PLAN_RISK_ANSWER, PLAN_LINE_MAX},
    [PL_SCHEME] = {"scheme", IN_CHOICE, MSG_PLAN_SCHEME, .choices = plan_scheme_codes},
    [PL_VALUE] = {"value", IN_CODE, MSG_PLAN_MARKER_VALUE, 6},
    [PL_WHY] = {"why", IN_LINE, MSG_PLAN_MARKER_REASON, PLAN_LINE_MAX},
    [PL_CITE] = {"cite", IN_CHOICE, MSG_PLAN_CITE_KIND, .choices = plan_cite_codes},
    [PL_EVENT] = {"event", IN_CODE, MSG_PLAN_EVENT, 60},
    [PL_NEED] = {"need", IN_NUMBER, MSG_PLAN_NEED_NO, 999},
    [PL_INDICATOR] = {"indicator", IN_CODE, MSG_PLAN_INDICATOR, 80},
    [PL_UNIT] = {"unit", IN_CODE, MSG_PLAN_UNIT, 60},
    [PL_PERIOD] = {"period", IN_CODE, MSG_PLAN_PERIOD, 40},
    [PL_FINDING] = {"finding", IN_LINE, MSG_PLAN_FINDING, PLAN_LINE_MAX},
    [PL_DROP] = {"drop", IN_CODE, MSG_PLAN_DROP_WHICH, 40},
    [PL_STEP] = {"step", IN_NUMBER, MSG_ACT_STEP},
    CELLS(councillor),
    CELLS(official),
    CELLS(citizen),
    CELLS(cso),
    CELLS(other),
};

/* ---- writing ---- */

static err line_of(struct ctx *c, const struct given *in, struct planned *v, struct receipt *out)
{
    TRY(plan_find(c, in[PL_CODE].text, v));
    out->note =
        arena_printf(c->arena, "%.*s/activities/%lld", STR_F(v->row.plan_code), (long long)in[PL_NO].n);
    return OK;
}

err write_plan_line_act(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    TRY(line_of(c, in, &v, out));
    if (!in[PL_DO].given) {
        return fail_set(c->fail, ERR_INVALID, MSG_FLOW_NOT_NOW, "do");
    }
    const struct action_seen seen = {in[PL_NO].n, actions[in[PL_DO].n], plan_seen(&in[PL_STEP])};
    TRY(plan_action_as_seen(c, &v, &seen));
    return plan_action_act(c, &v, in[PL_NO].n, actions[in[PL_DO].n], plan_given(&in[PL_WORDS]));
}

err write_plan_line_event(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    TRY(line_of(c, in, &v, out));
    return plan_event_tie(c, &v, in[PL_NO].n, in[PL_TIE].given ? in[PL_TIE].text : S(""),
                          !(in[PL_UNTIE].given && in[PL_UNTIE].n == 1));
}

err write_plan_line_people(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    struct plan_people people;
    TRY(line_of(c, in, &v, out));
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            people.at[r][s] = plan_given_n(&in[PL_PEOPLE + r * EVENT_sex_n + s]).v;
        }
    }
    return plan_people_put(c, &v, in[PL_NO].n, &people);
}

err write_plan_line_drop(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    enum plan_part part;
    int64_t no;
    TRY(line_of(c, in, &v, out));
    TRY(plan_drop_of(c, &in[PL_DROP], &part, &no));
    return plan_part_drop(c, &v, part, in[PL_NO].n, no);
}

static err cite_add(struct ctx *c, struct planned *v, const struct given *in)
{
    const struct plan_cite_new n = {.kind = in[PL_CITE].given ? plan_choice(&in[PL_CITE], plan_cite_codes)
                                                              : S("finding"),
                                    .event = plan_given(&in[PL_EVENT]),
                                    .need = plan_given_n(&in[PL_NEED]).v,
                                    .indicator = plan_given(&in[PL_INDICATOR]),
                                    .unit = plan_given(&in[PL_UNIT]),
                                    .period = plan_given(&in[PL_PERIOD]),
                                    .words = plan_given(&in[PL_FINDING])};
    return plan_cite_add(c, v, in[PL_NO].n, &n);
}

err write_plan_line_add(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct planned v;
    const int64_t no = in[PL_NO].n;
    const struct plan_marker_new marker = {
        .action = no,
        .scheme = in[PL_SCHEME].given ? plan_choice(&in[PL_SCHEME], plan_scheme_codes) : S("dac"),
        .value = plan_given(&in[PL_VALUE]),
        .why = plan_given(&in[PL_WHY])};
    TRY(line_of(c, in, &v, out));
    switch (in[PL_WHAT].given ? in[PL_WHAT].n : WHAT_N) {
    case WHAT_PARTNER:
        return plan_partner_add(c, &v, no, plan_given(&in[PL_BODY]), plan_given(&in[PL_NAME]),
                                plan_given(&in[PL_DOES]));
    case WHAT_SHARE:
        return plan_share_put(c, &v, no, plan_given(&in[PL_FUNDER]),
                              plan_given_n(&in[PL_SHARE]).v * SHARE_OF);
    case WHAT_RISK:
        return plan_risk_add(c, &v, no, plan_given(&in[PL_RISK]),
                             plan_choice(&in[PL_LIKELY], plan_likely_codes), plan_given(&in[PL_ANSWER]));
    case WHAT_MARKER:
        return plan_marker_add(c, &v, &marker);
    case WHAT_CITE:
        return cite_add(c, &v, in);
    default:
        return fail_set(c->fail, ERR_INVALID, MSG_FLOW_NOT_NOW, "what");
    }
}

/* ---- showing: one line and all that is of it ---- */

struct line {
    struct planned v;
    struct plan_whole whole;
    const struct q_plan_actions *a;
    bool edits;
};

static struct url line_url(struct web *w, const struct line *l, const char *rest)
{
    return plan_url(w, l->v.row.plan_code,
                    arena_printf(w->arena, "/activities/%lld%s", (long long)l->a->action_no, rest));
}

static str units_words(struct web *w, const struct line *l)
{
    str said = S("");
    for (size_t i = 0; i < l->whole.units_n; i++) {
        if (l->whole.units[i].action_id == l->a->id) {
            const str name = plan_unit_name(w, l->whole.units[i].unit_id);
            said = said.n == 0 ? name : arena_printf(w->arena, "%.*s · %.*s", STR_F(said), STR_F(name));
        }
    }
    return said;
}

static err facts_fill(struct web *w, const struct line *l, struct facts_view *out)
{
    enum { FACTS = 10 };
    const struct page *p = &w->page;
    const struct q_plan_actions *a = l->a;
    struct plan_facts f = {arena_array_of(w->arena, struct fact_view, FACTS), 0};
    const struct q_plan_results *of = plan_result_by_id(&l->whole, a->result_id);
    if (f.rows == NULL) {
        return FAIL(LIMIT);
    }
    plan_fact(&f, page_msg(p, MSG_PLAN_TARGET_KIND),
              plan_words_of(p, plan_target_words, PLAN_target_n, a->target_kind_code), STR_NONE);
    plan_fact(&f, page_msg(p, MSG_PLAN_OUTPUT), of != NULL ? of->title_text : S(""), S("name"));
    plan_fact(&f, page_msg(p, MSG_PLAN_WHEN), plan_span_words(w, a->from_day, a->to_day), STR_NONE);
    plan_fact(&f, page_msg(p, MSG_PLAN_WHERE), units_words(w, l), STR_NONE);
    plan_fact(&f, page_msg(p, MSG_PLAN_POST), a->post_text, S("name"));
    if (a->event_kind_code.n > 0) {
        plan_fact(&f, page_msg(p, MSG_PLAN_EVENT_KIND),
                  plan_words_of(p, event_kind_words, EVENT_kind_n, a->event_kind_code), STR_NONE);
        plan_fact(&f, page_msg(p, MSG_PLAN_EVENTS_N), format_number(w->arena, w->lang, a->events_n),
                  S("ltr"));
    }
    plan_fact(&f, page_msg(p, MSG_PLAN_BUDGET), a->budget_text, S("name"));
    if (a->budget_n.given) {
        plan_fact(&f, page_msg(p, MSG_PLAN_RUPEES), format_number(w->arena, w->lang, a->budget_n.v),
                  S("ltr"));
    }
    *out = (struct facts_view){f.rows, f.n};
    return OK;
}

static err buttons_fill(struct web *w, const struct line *l, struct plan_line_view *m)
{
    static const enum msg texts[] = {MSG_PLAN_DO_NOTE,   MSG_PLAN_DO_BEGIN,  MSG_PLAN_DO_DELAY,
                                     MSG_PLAN_DO_FINISH, MSG_PLAN_DO_CANCEL, MSG_PLAN_DO_REOPEN};
    struct plan_button *b = arena_array_of(w->arena, struct plan_button, COUNT(texts));
    if (b == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (plan_action_may(&w->ctx, &l->v, l->a, actions[i])) {
            b[m->buttons_n++] =
                (struct plan_button){.name = str_of(does[i]),
                                     .text = page_msg(&w->page, texts[i]),
                                     .plain = actions[i] != ACTION_BEGIN && actions[i] != ACTION_FINISH};
        }
    }
    m->buttons = b;
    m->act = line_url(w, l, "/act");
    m->words = web_field(w, PL_WORDS, MSG_PLAN_LINE_WORDS_HINT);
    m->words.rows = 2;
    return OK;
}

static err people_fill(struct web *w, const struct line *l, struct plan_line_view *m)
{
    str *sexes = arena_array_of(w->arena, str, EVENT_sex_n);
    struct people_row *rows = arena_array_of(w->arena, struct people_row, EVENT_role_n);
    struct people_cell *cells = arena_array_of(w->arena, struct people_cell, EVENT_role_n * EVENT_sex_n);
    if (sexes == NULL || rows == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t s = 0; s < EVENT_sex_n; s++) {
        sexes[s] = page_msg(&w->page, event_sex_words[s].text);
    }
    for (size_t r = 0; r < EVENT_role_n; r++) {
        const str role = page_msg(&w->page, event_role_words[r].text);
        rows[r] = (struct people_row){.role = role, .cells = &cells[r * EVENT_sex_n], .cells_n = EVENT_sex_n};
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            const struct given *g = &w->in[PL_PEOPLE + r * EVENT_sex_n + s];
            struct people_cell *cell = &cells[r * EVENT_sex_n + s];
            *cell = (struct people_cell){
                .name = str_of(plan_line_inputs[PL_PEOPLE + r * EVENT_sex_n + s].name),
                .label = arena_printf(w->arena, "%.*s, %.*s", STR_F(role), STR_F(sexes[s])),
                .value = g->raw.p != NULL ? g->raw : S("")};
            m->people_fault = g->fault.n > 0 ? g->fault : m->people_fault;
        }
    }
    for (size_t i = 0; i < l->whole.people_n; i++) {
        const struct q_plan_people *n = &l->whole.people[i];
        for (size_t k = 0; n->action_id == l->a->id && k < EVENT_role_n * EVENT_sex_n; k++) {
            const bool here = str_eq(n->role_code, event_role_words[k / EVENT_sex_n].code) &&
                              str_eq(n->sex_code, event_sex_words[k % EVENT_sex_n].code);
            if (here && cells[k].value.n == 0) {
                cells[k].value = plan_no(w, n->people_n);
            }
        }
    }
    m->sexes = sexes;
    m->sexes_n = EVENT_sex_n;
    m->roles = rows;
    m->roles_n = EVENT_role_n;
    if (l->edits) {
        m->people = line_url(w, l, "/people");
    }
    return OK;
}

/* ---- tables ---- */

static err events_table(struct web *w, const struct line *l, struct plan_table *out)
{
    enum { E_CODE, E_WHAT, E_DAY, E_STATE, E_COLS };
    static const enum msg heads[E_COLS] = {[E_CODE] = MSG_PLAN_EVENT,
                                           [E_WHAT] = MSG_PLAN_EVENT_KIND,
                                           [E_DAY] = MSG_PLAN_WHEN,
                                           [E_STATE] = MSG_PLAN_STATE};
    struct q_plan_events *rows;
    size_t n;
    TRY(plan_events(&w->ctx, &l->v, l->a->action_no, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * E_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * E_COLS];
        c[E_CODE] = (struct cell_view){
            .text = rows[i].event_code,
            .dir = S("ltr"),
            .to = url_local(w->arena, arena_printf(w->arena, "/events/%.*s", STR_F(rows[i].event_code)))};
        c[E_WHAT].text = plan_words_of(&w->page, event_kind_words, EVENT_kind_n, rows[i].event_kind_code);
        c[E_DAY].text = format_day(w->arena, w->lang, rows[i].event_day);
        c[E_STATE].text = page_msg(&w->page, event_state_words[rows[i].flow_state].text);
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_EVENTS)};
    return web_table(w, heads, E_COLS, cells, n, MSG_PLAN_EVENTS, MSG_PLAN_EVENTS_NONE, &out->table);
}

static err partners_table(struct web *w, const struct line *l, struct plan_table *out)
{
    enum { P_NAME, P_DOES, P_COLS };
    static const enum msg heads[P_COLS] = {[P_NAME] = MSG_PLAN_PARTNER, [P_DOES] = MSG_PLAN_PARTNER_DOES};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, l->whole.partners_n * P_COLS + 1);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < l->whole.partners_n; i++) {
        const struct q_plan_partners *r = &l->whole.partners[i];
        if (r->action_id == l->a->id) {
            struct cell_view *c = &cells[n++ * P_COLS];
            c[P_NAME] = (struct cell_view){.text = r->name_text, .dir = S("auto")};
            c[P_DOES] = (struct cell_view){.text = r->part_text, .dir = S("auto")};
            if (r->body_id.given) {
                TRY(label_find(&w->ctx, S("body"), r->body_id.v, &c[P_NAME].text));
            }
        }
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_PARTNERS)};
    return web_table(w, heads, P_COLS, cells, n, MSG_PLAN_PARTNERS, MSG_PLAN_PARTNERS_NONE, &out->table);
}

static err shares_table(struct web *w, const struct line *l, struct plan_table *out)
{
    enum { H_NAME, H_SHARE, H_COLS };
    static const enum msg heads[H_COLS] = {[H_NAME] = MSG_PLAN_FUNDER, [H_SHARE] = MSG_PLAN_SHARE};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, l->whole.shares_n * H_COLS + 1);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < l->whole.shares_n; i++) {
        const struct q_plan_shares *r = &l->whole.shares[i];
        if (r->action_id == l->a->id) {
            struct cell_view *c = &cells[n++ * H_COLS];
            const str percent = format_number(w->arena, w->lang, r->share_n / SHARE_OF);
            TRY(label_find(&w->ctx, S("funder"), r->funder_id, &c[H_NAME].text));
            c[H_SHARE] = (struct cell_view){.text = arena_printf(w->arena, "%.*s %%", STR_F(percent)),
                                            .dir = S("ltr")};
        }
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_SHARES)};
    return web_table(w, heads, H_COLS, cells, n, MSG_PLAN_SHARES, MSG_PLAN_SHARES_NONE, &out->table);
}

/* Only where a version stood before: who paid what then. *out_some: there is something to show. */
static err share_history_table(struct web *w, const struct line *l, struct plan_table *out, bool *out_some)
{
    enum { V_NO, V_ON, V_NAME, V_SHARE, V_COLS };
    static const enum msg heads[V_COLS] = {[V_NO] = MSG_PLAN_VERSION,
                                           [V_ON] = MSG_PLAN_APPROVED_ON,
                                           [V_NAME] = MSG_PLAN_FUNDER,
                                           [V_SHARE] = MSG_PLAN_SHARE};
    struct q_plan_share_history *rows;
    size_t n;
    const struct q_plan_share_history_in in = {
        .home = l->v.row.home, .id = l->v.row.id, .action_no = l->a->action_no};
    TRY(q_plan_share_history(w->ctx.db, w->arena, &in, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * V_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * V_COLS];
        const str percent = format_number(w->arena, w->lang, rows[i].share_n / SHARE_OF);
        c[V_NO] = (struct cell_view){.text = plan_no(w, rows[i].version_no), .dir = S("ltr")};
        c[V_ON].text =
            rows[i].approved_ms.given ? format_time(w->arena, w->lang, rows[i].approved_ms.v) : S("");
        TRY(label_find(&w->ctx, S("funder"), rows[i].funder_id, &c[V_NAME].text));
        c[V_SHARE] =
            (struct cell_view){.text = arena_printf(w->arena, "%.*s %%", STR_F(percent)), .dir = S("ltr")};
    }
    *out_some = n > 0;
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_SHARE_HISTORY)};
    return web_table(w, heads, V_COLS, cells, n, MSG_PLAN_SHARE_HISTORY, MSG_PLAN_SHARE_HISTORY_NONE,
                     &out->table);
}

/* What is cited: a need in its own words, a figure, a finding. */
static struct cell_view cite_cell(struct web *w, const struct q_plan_cites *r)
{
    if (r->event_code.n > 0) {
        return (struct cell_view){
            .text = r->need_text,
            .dir = S("auto"),
            .note = r->words_text,
            .to = url_local(w->arena, arena_printf(w->arena, "/events/%.*s/needs", STR_F(r->event_code)))};
    }
    const struct indicator *of = r->indicator_code.n > 0 ? indicator_find(r->indicator_code) : NULL;
    if (of == NULL) {
        return (struct cell_view){.text = r->words_text, .dir = S("auto")};
    }
    const struct msg_arg args[] = {{"figure", page_msg(&w->page, of->title)},
                                   {"num", format_number(w->arena, w->lang, r->snapshot_num_n.v)},
                                   {"den", format_number(w->arena, w->lang, r->snapshot_den_n.v)},
                                   {"day", format_day(w->arena, w->lang, r->snapshot_from_day.v)}};
    return (struct cell_view){
        .text = page_msg_args(&w->page,
                              of->measure == MEASURE_COUNT ? MSG_PLAN_CITED_COUNT : MSG_PLAN_CITED_RATIO, 0,
                              args, COUNT(args)),
        .note = r->words_text};
}

static err cites_table(struct web *w, const struct line *l, struct plan_table *out)
{
    enum { C_WHAT, C_KIND, C_COLS };
    static const enum msg heads[C_COLS] = {[C_WHAT] = MSG_PLAN_CITED, [C_KIND] = MSG_PLAN_CITE_KIND};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, l->whole.cites_n * C_COLS + 1);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < l->whole.cites_n; i++) {
        const struct q_plan_cites *r = &l->whole.cites[i];
        if (r->action_id == l->a->id) {
            struct cell_view *c = &cells[n++ * C_COLS];
            c[C_WHAT] = cite_cell(w, r);
            c[C_KIND].text = plan_words_of(&w->page, plan_cite_words, PLAN_cite_n, r->cite_kind_code);
        }
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_CITES)};
    return web_table(w, heads, C_COLS, cells, n, MSG_PLAN_CITES, MSG_PLAN_CITES_NONE, &out->table);
}

static err markers_table(struct web *w, const struct line *l, struct plan_table *out)
{
    enum { M_VALUE, M_WHY, M_WHO, M_COLS };
    static const enum msg heads[M_COLS] = {
        [M_VALUE] = MSG_PLAN_SCHEME, [M_WHY] = MSG_PLAN_MARKER_REASON, [M_WHO] = MSG_PLAN_MARKER_SET};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, l->whole.markers_n * M_COLS + 1);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < l->whole.markers_n; i++) {
        const struct q_plan_markers *r = &l->whole.markers[i];
        if (!r->action_id.given || r->action_id.v != l->a->id) {
            continue;
        }
        struct cell_view *c = &cells[n++ * M_COLS];
        const str scheme = plan_words_of(&w->page, plan_scheme_words, PLAN_scheme_n, r->scheme_code);
        c[M_VALUE] = (struct cell_view){
            .text = arena_printf(w->arena, "%.*s %.*s", STR_F(scheme), STR_F(r->value_code)),
            .dir = S("ltr")};
        c[M_WHY] = (struct cell_view){.text = r->why_text, .dir = S("auto")};
        c[M_WHO].text = format_time(w->arena, w->lang, r->set_ms);
        if (r->set_by_id.given) {
            struct q_plan_setter who;
            const err e = q_plan_setter(w->ctx.db, w->arena, r->set_by_id.v, &who);
            c[M_WHO].note = e.code == ERR_OK ? who.name_text : S("");
        }
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_MARKERS)};
    return web_table(w, heads, M_COLS, cells, n, MSG_PLAN_MARKERS, MSG_PLAN_MARKERS_NONE, &out->table);
}

static err risks_table(struct web *w, const struct line *l, struct plan_table *out)
{
    enum { K_WORDS, K_LIKELY, K_ANSWER, K_COLS };
    static const enum msg heads[K_COLS] = {
        [K_WORDS] = MSG_PLAN_RISK, [K_LIKELY] = MSG_PLAN_LIKELY, [K_ANSWER] = MSG_PLAN_RISK_ANSWER};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, l->whole.risks_n * K_COLS + 1);
    size_t n = 0;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < l->whole.risks_n; i++) {
        const struct q_plan_risks *r = &l->whole.risks[i];
        if (r->action_id.given && r->action_id.v == l->a->id) {
            struct cell_view *c = &cells[n++ * K_COLS];
            c[K_WORDS] = (struct cell_view){.text = r->words_text, .dir = S("auto")};
            c[K_LIKELY].text = plan_words_of(&w->page, plan_likely_words, PLAN_likely_n, r->likely_code);
            c[K_ANSWER] = (struct cell_view){.text = r->answer_text, .dir = S("auto")};
        }
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_RISKS)};
    return web_table(w, heads, K_COLS, cells, n, MSG_PLAN_RISKS, MSG_PLAN_RISKS_NONE, &out->table);
}

static err tables_fill(struct web *w, const struct line *l, struct plan_line_view *m)
{
    enum { TABLES = 7 };
    bool before;
    size_t n = 4;
    struct plan_table *t = arena_array_of(w->arena, struct plan_table, TABLES);
    if (t == NULL) {
        return FAIL(LIMIT);
    }
    TRY(events_table(w, l, &t[0]));
    TRY(cites_table(w, l, &t[1]));
    TRY(partners_table(w, l, &t[2]));
    TRY(shares_table(w, l, &t[3]));
    TRY(share_history_table(w, l, &t[n], &before));
    n += before ? 1 : 0;
    TRY(markers_table(w, l, &t[n++]));
    TRY(risks_table(w, l, &t[n++]));
    m->tables = t;
    m->tables_n = n;
    return OK;
}

/* ---- what can be written ---- */

static err fold_end(struct web *w, const struct line *l, const struct plan_fields *f, enum msg title,
                    int what, struct plan_fold *out)
{
    out->title = page_msg(&w->page, title);
    out->what = str_of(parts[what]);
    out->save = page_msg(&w->page, MSG_PLAN_SAVE);
    out->post = line_url(w, l, "/add");
    out->open = w->in[PL_WHAT].given && w->in[PL_WHAT].n == what;
    return plan_fields_keep(w, f, &out->fields, &out->fields_n);
}

static err partner_fold(struct web *w, const struct line *l, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    (void)plan_field_add(w, &f, FIELD_LINE, PL_NAME, MSG_NONE, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PL_BODY, MSG_PLAN_PARTNER_HINT, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PL_DOES, MSG_NONE, S(""));
    return fold_end(w, l, &f, MSG_PLAN_PARTNER_NEW, WHAT_PARTNER, out);
}

static err share_fold(struct web *w, const struct line *l, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    struct q_funder_all *rows;
    size_t n;
    TRY(q_funder_all(w->ctx.db, w->arena, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    size_t pays = 0;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].to_day >= l->a->to_day) {
            c[pays].value = rows[i].funder_code;
            TRY(label_find(&w->ctx, S("funder"), rows[i].id, &c[pays++].text));
        }
    }
    TRY(plan_field_choices(w, &f, FIELD_SELECT, PL_FUNDER, c, pays, STR_NONE));
    f.at[0].field.optional = false;
    plan_field_add(w, &f, FIELD_LINE, PL_SHARE, MSG_PLAN_SHARE_HINT, S(""))->optional = false;
    return fold_end(w, l, &f, MSG_PLAN_SHARE_NEW, WHAT_SHARE, out);
}

static err risk_fold(struct web *w, const struct line *l, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    plan_field_add(w, &f, FIELD_LINE, PL_RISK, MSG_NONE, S(""))->optional = false;
    TRY(plan_field_words(w, &f, FIELD_SELECT, PL_LIKELY, plan_likely_words, PLAN_likely_n, S("middle")));
    (void)plan_field_add(w, &f, FIELD_LINE, PL_ANSWER, MSG_NONE, S(""));
    return fold_end(w, l, &f, MSG_PLAN_RISK_NEW, WHAT_RISK, out);
}

/* The suggestion is said, and set by nobody but who writes it down with a reason. */
static err marker_fold(struct web *w, const struct line *l, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    const struct msg_arg args[] = {{"dac", plan_suggests(l->a->target_kind_code, S("dac"))},
                                   {"gen", plan_suggests(l->a->target_kind_code, S("gen"))}};
    TRY(plan_field_words(w, &f, FIELD_SELECT, PL_SCHEME, plan_scheme_words, PLAN_scheme_n, S("dac")));
    plan_field_add(w, &f, FIELD_LINE, PL_VALUE, MSG_PLAN_MARKER_HINT, S(""))->optional = false;
    plan_field_add(w, &f, FIELD_LINE, PL_WHY, MSG_NONE, S(""))->optional = false;
    out->hint = page_msg_args(&w->page, MSG_PLAN_MARKER_SUGGESTED, 0, args, COUNT(args));
    return fold_end(w, l, &f, MSG_PLAN_MARKER_NEW, WHAT_MARKER, out);
}

static err cite_fold(struct web *w, const struct line *l, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    size_t n;
    const struct indicator *all = indicator_all(&n);
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = all[i].code, .text = page_msg(&w->page, all[i].title)};
    }
    TRY(plan_field_words(w, &f, FIELD_SELECT, PL_CITE, plan_cite_words, PLAN_cite_n, S("need")));
    (void)plan_field_add(w, &f, FIELD_LINE, PL_EVENT, MSG_PLAN_CITE_NEED_HINT, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PL_NEED, MSG_NONE, S(""));
    TRY(plan_field_choices(w, &f, FIELD_SELECT, PL_INDICATOR, c, n, STR_NONE));
    (void)plan_field_add(w, &f, FIELD_LINE, PL_UNIT, MSG_PLAN_CITE_UNIT_HINT, l->v.row.unit_code);
    (void)plan_field_add(w, &f, FIELD_LINE, PL_PERIOD, MSG_PLAN_CITE_PERIOD_HINT, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PL_FINDING, MSG_NONE, S(""));
    out->hint = page_msg(&w->page, MSG_PLAN_CITE_LEAD);
    return fold_end(w, l, &f, MSG_PLAN_CITE_NEW, WHAT_CITE, out);
}

static void drop_choice(struct web *w, struct choice_view *c, size_t *n, const char *part, int64_t no,
                        str words)
{
    c[(*n)++] =
        (struct choice_view){.value = arena_printf(w->arena, "%s.%lld", part, (long long)no), .text = words};
}

static err drop_choices(struct web *w, const struct line *l, struct choice_view *c, size_t *n)
{
    const struct plan_whole *all = &l->whole;
    const int64_t id = l->a->id;
    int64_t share = 0;
    for (size_t i = 0; i < all->partners_n; i++) {
        const str name =
            all->partners[i].name_text.n > 0 ? all->partners[i].name_text : all->partners[i].body_code;
        if (all->partners[i].action_id == id) {
            drop_choice(w, c, n, "partner", all->partners[i].partner_no, name);
        }
    }
    for (size_t i = 0; i < all->shares_n; i++) {
        if (all->shares[i].action_id == id) {
            str name;
            TRY(label_find(&w->ctx, S("funder"), all->shares[i].funder_id, &name));
            drop_choice(w, c, n, "share", ++share, name);
        }
    }
    for (size_t i = 0; i < all->risks_n; i++) {
        if (all->risks[i].action_id.given && all->risks[i].action_id.v == id) {
            drop_choice(w, c, n, "risk", all->risks[i].risk_no, all->risks[i].words_text);
        }
    }
    for (size_t i = 0; i < all->markers_n; i++) {
        if (all->markers[i].action_id.given && all->markers[i].action_id.v == id) {
            drop_choice(w, c, n, "marker", all->markers[i].marker_no, all->markers[i].why_text);
        }
    }
    for (size_t i = 0; i < all->cites_n; i++) {
        if (all->cites[i].action_id == id) {
            drop_choice(w, c, n, "cite", all->cites[i].cite_no, cite_cell(w, &all->cites[i]).text);
        }
    }
    return OK;
}

static err drop_fold(struct web *w, const struct line *l, struct plan_fold *out)
{
    const struct plan_whole *all = &l->whole;
    struct plan_fields f = {.n = 0};
    const size_t most = all->partners_n + all->shares_n + all->risks_n + all->markers_n + all->cites_n;
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, most + 1);
    size_t n = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(drop_choices(w, l, c, &n));
    TRY(plan_field_choices(w, &f, FIELD_SELECT, PL_DROP, c, n, STR_NONE));
    f.at[0].field.optional = false;
    *out = (struct plan_fold){.title = page_msg(&w->page, MSG_PLAN_DROP_TITLE),
                              .save = page_msg(&w->page, MSG_PLAN_DROP_SAVE),
                              .post = line_url(w, l, "/drop"),
                              .open = w->in[PL_DROP].given};
    return plan_fields_keep(w, &f, &out->fields, &out->fields_n);
}

static err tie_fold(struct web *w, const struct line *l, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    plan_field_add(w, &f, FIELD_LINE, PL_TIE, MSG_PLAN_TIE_HINT, S(""))->optional = false;
    (void)plan_field_add(w, &f, FIELD_BOX, PL_UNTIE, MSG_NONE, S(""));
    *out = (struct plan_fold){.title = page_msg(&w->page, MSG_PLAN_TIE),
                              .save = page_msg(&w->page, MSG_PLAN_SAVE),
                              .post = line_url(w, l, "/event"),
                              .open = w->in[PL_TIE].given};
    return plan_fields_keep(w, &f, &out->fields, &out->fields_n);
}

static err folds_fill(struct web *w, const struct line *l, struct plan_line_view *m)
{
    enum { FOLDS = 7 };
    struct plan_fold *t = arena_array_of(w->arena, struct plan_fold, FOLDS);
    if (t == NULL) {
        return FAIL(LIMIT);
    }
    if (l->edits) {
        TRY(cite_fold(w, l, &t[m->folds_n++]));
        TRY(partner_fold(w, l, &t[m->folds_n++]));
        TRY(share_fold(w, l, &t[m->folds_n++]));
        TRY(marker_fold(w, l, &t[m->folds_n++]));
        TRY(risk_fold(w, l, &t[m->folds_n++]));
        TRY(drop_fold(w, l, &t[m->folds_n++]));
    }
    if (plan_action_may(&w->ctx, &l->v, l->a, ACTION_NOTE)) {
        TRY(tie_fold(w, l, &t[m->folds_n++]));
    }
    m->folds = t;
    return OK;
}

err show_plan_line(struct web *w)
{
    static const enum msg steps[ACTION_ACTIONS] = {
        [ACTION_PLAN] = MSG_PLAN_STEP_PLANNED,   [ACTION_NOTE] = MSG_PLAN_STEP_NOTE,
        [ACTION_BEGIN] = MSG_PLAN_STEP_BEGUN,    [ACTION_DELAY] = MSG_PLAN_STEP_DELAYED,
        [ACTION_FINISH] = MSG_PLAN_STEP_DONE,    [ACTION_CANCEL] = MSG_PLAN_STEP_CANCELLED,
        [ACTION_REOPEN] = MSG_PLAN_STEP_REOPENED};
    struct line l;
    struct plan_line_view m = {.chip_shown = true, .people_fault = S("")};
    TRY(plan_at(w, PL_CODE, true, &l.v));
    TRY(plan_whole(&w->ctx, &l.v, &l.whole));
    l.a = plan_action_of(&l.whole, w->in[PL_NO].n);
    if (l.a == NULL) {
        return FAIL(NOT_FOUND);
    }
    l.edits = plan_may(&w->ctx, &l.v, PLAN_EDIT);
    m.chip = plan_action_chip(&w->page, l.a->flow_state);
    TRY(facts_fill(w, &l, &m.facts));
    TRY(buttons_fill(w, &l, &m));
    TRY(people_fill(w, &l, &m));
    TRY(tables_fill(w, &l, &m));
    TRY(folds_fill(w, &l, &m));
    if (l.edits) {
        m.change = plan_url(w, l.v.row.plan_code,
                            arena_printf(w->arena, "/activity?no=%lld", (long long)l.a->action_no));
    }
    if (l.v.state == PLAN_APPROVED && l.a->event_kind_code.n > 0) {
        const str line =
            arena_printf(w->arena, "%.*s/%lld", STR_F(l.v.row.plan_code), (long long)l.a->action_no);
        m.event_new = url_with(w->arena, url_local(w->arena, S("/events/new")), S("plan"), line);
        m.event_new = url_with(w->arena, m.event_new, S("kind"), l.a->event_kind_code);
    }
    if (l.a->flow_state.given) {
        const struct subject s = {&action_kind, l.v.row.home, l.a->id};
        struct aside_view *asides;
        struct q_flow_get now;
        TRY(flow_now(&w->ctx, &s, &now));
        m.step = now.step_no;
        TRY(plan_story(w, &s, steps, &w->in[PL_STEP], &m.timeline, &m.meanwhile));
        TRY(web_asides(w, action_kind.kind_no, s.home, s.id, &asides, &m.asides_n));
        m.asides = asides;
    }
    w->page.title = l.a->title_text;
    w->page.form_id = S("plan");
    w->page.script = true;
    plan_line_page(&w->page, &m);
    return web_html(w, 200);
}
