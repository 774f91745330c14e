/* twinning_pages.c: a new twinning, and the page of one. */
#include "clock.h"
#include "format.h"
#include "partner.html.h"
#include "partner_pages.h"

enum { FEW_ROWS = 3 };

/* ---- a new one ---- */

const struct input twinning_new_inputs[TN_N] = {
    [TN_HOST] = {"host", IN_CODE, MSG_PARTNER_HOST, 60, .required = true},
    [TN_PARTNER] = {"partner", IN_CODE, MSG_PARTNER_PARTNER_HERE, 60},
    [TN_NAME] = {"partner_name", IN_LINE, MSG_PARTNER_PARTNER_ELSEWHERE, PARTNER_NAME_MAX},
    [TN_GOALS] = {"goals", IN_WORDS, MSG_PARTNER_GOALS, PARTNER_WORDS_MAX, .required = true},
    [TN_PLAN] = {"plan", IN_WORDS, MSG_PARTNER_PLAN, PARTNER_WORDS_MAX},
    [TN_FROM] = {"from_day", IN_DAY, MSG_PARTNER_FROM, .required = true},
    [TN_TO] = {"to_day", IN_DAY, MSG_PARTNER_TO, .required = true},
};

static struct field_view day_field(struct web *w, size_t input)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    f.type = S("date");
    f.dir = S("ltr");
    return f;
}

err show_twinning_new(struct web *w)
{
    struct twinning_form m = {.host = web_field(w, TN_HOST, MSG_NONE),
                              .partner = web_field(w, TN_PARTNER, MSG_NONE),
                              .partner_name = web_field(w, TN_NAME, MSG_NONE),
                              .goals = web_field(w, TN_GOALS, MSG_NONE),
                              .plan = web_field(w, TN_PLAN, MSG_NONE),
                              .from_day = day_field(w, TN_FROM),
                              .to_day = day_field(w, TN_TO)};
    m.partner_name.dir = S("auto");
    m.goals.rows = m.plan.rows = FEW_ROWS;
    TRY(offices_offered(w, TN_HOST, true, &m.host));
    TRY(offices_offered(w, TN_PARTNER, false, &m.partner));
    w->page.title = page_msg(&w->page, MSG_PARTNER_TWINNING_NEW);
    w->page.back = url_local(w->arena, S("/twinning"));
    w->page.form_id = S("partners");
    twinning_new_page(&w->page, &m);
    return web_html(w, 200);
}

static str text_or_none(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

err write_twinning_new(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct twinning_new n = {.host = in[TN_HOST].text,
                                   .partner = text_or_none(&in[TN_PARTNER]),
                                   .partner_name = text_or_none(&in[TN_NAME]),
                                   .goals = in[TN_GOALS].text,
                                   .plan = text_or_none(&in[TN_PLAN]),
                                   .from_day = in[TN_FROM].n,
                                   .to_day = in[TN_TO].n};
    return twinning_make(c, &n, &out->note);
}

err answer_twinning(struct web *w)
{
    return web_redirect(w, partner_url(w, S("twinning"), w->receipt.note, S("")));
}

/* ---- one of them ---- */

const struct input twinning_inputs[TW_N] = {
    [TW_CODE] = {"code", IN_CODE, MSG_PARTNER_CODE, 60, .required = true},
    [TW_PLANNED] = {"planned", IN_DAY, MSG_PARTNER_PLANNED},
    [TW_WHAT] = {"what", IN_LINE, MSG_PARTNER_WHAT, PARTNER_NAME_MAX},
    [TW_NO] = {"no", IN_NUMBER, MSG_PARTNER_EXCHANGE_NO, PARTNER_EXCHANGES_MAX},
    [TW_EVENT] = {"event", IN_CODE, MSG_PARTNER_EVENT, 60},
};

err write_exchange(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[TW_CODE].text;
    return twinning_exchange(c, in[TW_CODE].text, in[TW_PLANNED].given ? in[TW_PLANNED].n : 0,
                             text_or_none(&in[TW_WHAT]));
}

err write_held(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[TW_CODE].text;
    return twinning_held(c, in[TW_CODE].text, in[TW_NO].given ? in[TW_NO].n : 0,
                         in[TW_EVENT].given ? in[TW_EVENT].text : S(""));
}

enum { X_NO, X_DAY, X_WHAT, X_EVENT, X_COLS };

/* Where it took place, or will; what was called off leaves no trace here. */
static struct cell_view where_held(struct web *w, const struct q_twinning_exchanges *x)
{
    if (x->event_code.n > 0 && x->flow_state.v != EVENT_CANCELLED) {
        const str state = page_msg(&w->page, event_state_words[x->flow_state.v].text);
        return (struct cell_view){.text = x->event_code,
                                  .dir = S("ltr"),
                                  .to = partner_url(w, S("events"), x->event_code, S("")),
                                  .note = arena_printf(w->arena, "%.*s · %.*s",
                                                       STR_F(format_day(w->arena, w->lang, x->event_day.v)),
                                                       STR_F(state))};
    }
    const bool late = x->planned_day < local_day(w->ctx.now_ms);
    return (struct cell_view){.text = page_msg(&w->page, late ? MSG_PARTNER_LATE : MSG_PARTNER_NOT_HELD),
                              .chip = late ? S("late") : S("wait")};
}

static err exchanges_table(struct web *w, const struct q_twinning_exchanges *rows, size_t n,
                           struct table_view *out)
{
    static const enum msg heads[X_COLS] = {[X_NO] = MSG_PARTNER_EXCHANGE_NO,
                                           [X_DAY] = MSG_PARTNER_PLANNED,
                                           [X_WHAT] = MSG_PARTNER_WHAT,
                                           [X_EVENT] = MSG_PARTNER_HELD};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * X_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * X_COLS];
        c[X_NO] = (struct cell_view){.text = format_number(w->arena, w->lang, rows[i].exchange_no),
                                     .dir = S("ltr")};
        c[X_DAY].text = format_day(w->arena, w->lang, rows[i].planned_day);
        c[X_WHAT] = (struct cell_view){.text = rows[i].words_text, .dir = S("auto")};
        c[X_EVENT] = where_held(w, &rows[i]);
    }
    return web_table(w, heads, X_COLS, cells, n, MSG_PARTNER_EXCHANGES, MSG_PARTNER_EXCHANGES_NONE, out);
}

str exchanges_words(struct web *w, const struct q_twinning_exchanges *rows, size_t n)
{
    size_t held = 0;
    for (size_t i = 0; i < n; i++) {
        held += exchange_was_held(&rows[i]);
    }
    const struct msg_arg args[] = {{"held", format_number(w->arena, w->lang, (int64_t)held)},
                                   {"all", format_number(w->arena, w->lang, (int64_t)n)}};
    return page_msg_args(&w->page, MSG_PARTNER_HELD_OF, 0, args, COUNT(args));
}

/* What did not take place yet, and events at which it may have. */
static err held_fields(struct web *w, const struct twinning_view *v, const struct q_twinning_exchanges *rows,
                       size_t n, struct twinning_page_view *m)
{
    struct q_twinning_events *events;
    size_t events_n;
    size_t kept = 0;
    TRY(twinning_events(&w->ctx, v, &events, &events_n));
    struct choice_view *which = arena_array_of(w->arena, struct choice_view, n + 1);
    struct choice_view *at = arena_array_of(w->arena, struct choice_view, events_n + 1);
    if (which == NULL || at == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (!exchange_was_held(&rows[i])) {
            which[kept++] = (struct choice_view){
                .value = arena_printf(w->arena, "%lld", (long long)rows[i].exchange_no),
                .text = arena_printf(w->arena, "%.*s · %.*s",
                                     STR_F(format_day(w->arena, w->lang, rows[i].planned_day)),
                                     STR_F(rows[i].words_text))};
        }
    }
    for (size_t i = 0; i < events_n; i++) {
        at[i] = (struct choice_view){
            .value = events[i].event_code,
            .text = arena_printf(w->arena, "%.*s · %.*s",
                                 STR_F(format_day(w->arena, w->lang, events[i].event_day)),
                                 STR_F(page_isolate(&w->page, events[i].event_code)))};
    }
    web_choose(w, TW_NO, which, kept, STR_NONE);
    web_choose(w, TW_EVENT, at, events_n, STR_NONE);
    m->no.choices = which;
    m->no.choices_n = kept;
    m->event.choices = at;
    m->event.choices_n = events_n;
    m->plan_event = url_with(w->arena, url_local(w->arena, S("/events/new")), S("kind"), S("exchange"));
    return OK;
}

/* ---- what both can do ---- */

enum { CHECK_COLS = 1 + PARTNER_part_n };

str level_words(struct web *w, struct opt_i64 level)
{
    return level.given ? format_number(w->arena, w->lang, level.v) : S("–");
}

/* "1 → 3 (+2)"; a dash where a level is missing. */
static struct cell_view moved_cell(struct web *w, struct opt_i64 before, struct opt_i64 after)
{
    const str was = level_words(w, before);
    const str is = level_words(w, after);
    if (!before.given && !after.given) {
        return (struct cell_view){.text = was};
    }
    const int64_t by = after.v - before.v;
    const str moved =
        arena_printf(w->arena, " (%s%.*s)", by > 0 ? "+" : "", STR_F(format_number(w->arena, w->lang, by)));
    return (struct cell_view){.text = arena_printf(w->arena, "%.*s → %.*s%.*s", STR_F(was), STR_F(is),
                                                   STR_F(before.given && after.given ? moved : S(""))),
                              .dir = S("ltr")};
}

static err checks_table(struct web *w, const struct twinning_checks *k, struct table_view *out)
{
    static const enum msg heads[CHECK_COLS] = {MSG_PARTNER_ITEM, MSG_PARTNER_HOST, MSG_PARTNER_PARTNER};
    const size_t rows = PARTNER_item_n + 1;
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, rows * CHECK_COLS);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    cells[(size_t)PARTNER_item_n * CHECK_COLS].text = page_msg(&w->page, MSG_PARTNER_SUM);
    for (size_t i = 0; i < PARTNER_item_n; i++) {
        cells[i * CHECK_COLS].text = page_msg(&w->page, partner_item_words[i].text);
    }
    for (size_t part = 0; part < PARTNER_part_n; part++) {
        struct cell_view *c = cells + 1 + part;
        for (size_t i = 0; i < PARTNER_item_n; i++) {
            c[i * CHECK_COLS] = moved_cell(w, k->of[part][0].at[i], k->of[part][1].at[i]);
        }
        const bool any = k->both[part] > 0;
        c[(size_t)PARTNER_item_n * CHECK_COLS] =
            moved_cell(w, any ? SOME(k->sums[part][0]) : NONE_I64, any ? SOME(k->sums[part][1]) : NONE_I64);
    }
    return web_table(w, heads, CHECK_COLS, cells, rows, MSG_PARTNER_CHECKS, MSG_PARTNER_CHECKS, out);
}

static err fill_links(struct web *w, const struct twinning_view *v, struct twinning_page_view *m)
{
    static const enum msg texts[PARTNER_part_n][PARTNER_when_n] = {
        {MSG_PARTNER_FILL_HOST_BEFORE, MSG_PARTNER_FILL_HOST_AFTER},
        {MSG_PARTNER_FILL_PARTNER_BEFORE, MSG_PARTNER_FILL_PARTNER_AFTER}};
    struct page_link *links =
        arena_array_of(w->arena, struct page_link, (size_t)PARTNER_part_n * PARTNER_when_n);
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t part = 0; part < PARTNER_part_n; part++) {
        for (size_t when = 0; when < PARTNER_when_n; when++) {
            struct url to = partner_url(w, S("twinning"), v->row.twinning_code, S("/check"));
            to = url_with(w->arena, to, S("part"), partner_part_words[part].code);
            to = url_with(w->arena, to, S("when"), partner_when_words[when].code);
            links[m->fill_n++] = (struct page_link){.to = to, .text = page_msg(&w->page, texts[part][when])};
        }
    }
    m->fill = links;
    return OK;
}

static err facts_fill(struct web *w, const struct twinning_view *v, str held, struct facts_view *out)
{
    enum { FACTS = 6 };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    const struct page *p = &w->page;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    f[0] = (struct fact_view){.name = page_msg(p, MSG_PARTNER_HOST), .value = v->host_name};
    f[1] = (struct fact_view){
        .name = page_msg(p, MSG_PARTNER_PARTNER), .value = v->partner_name, .dir = S("auto")};
    f[2] = (struct fact_view){
        .name = page_msg(p, MSG_PARTNER_GOALS), .value = v->row.goals_text, .dir = S("auto")};
    f[3] = (struct fact_view){.name = page_msg(p, MSG_PARTNER_FROM),
                              .value = format_day(w->arena, w->lang, v->row.from_day)};
    f[4] = (struct fact_view){.name = page_msg(p, MSG_PARTNER_TO),
                              .value = format_day(w->arena, w->lang, v->row.to_day)};
    f[5] = (struct fact_view){.name = page_msg(p, MSG_PARTNER_EXCHANGES), .value = held};
    *out = (struct facts_view){f, FACTS};
    return OK;
}

err show_twinning(struct web *w)
{
    struct twinning_view v;
    struct twinning_checks checks;
    struct q_twinning_exchanges *exchanges;
    size_t n;
    TRY(twinning_find(&w->ctx, w->in[TW_CODE].text, &v));
    struct twinning_page_view m = {
        .code = v.row.twinning_code,
        .plan = v.row.plan_text,
        .may_plan = permission_of(w->ctx.actor.role, P_EVENT_PLAN) && w->ctx.actor.home == v.row.home,
        .exchange = partner_url(w, S("twinning"), v.row.twinning_code, S("/exchange")),
        .held = partner_url(w, S("twinning"), v.row.twinning_code, S("/held")),
        .planned = day_field(w, TW_PLANNED),
        .what = web_field(w, TW_WHAT, MSG_NONE),
        .no = web_field(w, TW_NO, MSG_NONE),
        .event = web_field(w, TW_EVENT, MSG_PARTNER_EVENT_HINT),
        .agreement = partner_url(w, S("twinning"), v.row.twinning_code, S("/agreement")),
        .progress = partner_url(w, S("twinning"), v.row.twinning_code, S("/progress")),
    };
    m.planned.optional = m.what.optional = m.no.optional = m.event.optional = false;
    m.what.dir = S("auto");
    TRY(twinning_checked(&w->ctx, &v, &checks));
    TRY(twinning_exchanges(&w->ctx, &v, &exchanges, &n));
    TRY(facts_fill(w, &v, exchanges_words(w, exchanges, n), &m.facts));
    TRY(exchanges_table(w, exchanges, n, &m.exchanges));
    TRY(checks_table(w, &checks, &m.checks));
    if (m.may_plan) {
        TRY(fill_links(w, &v, &m));
        TRY(held_fields(w, &v, exchanges, n, &m));
    }
    const struct msg_arg arg = {"code", v.row.twinning_code};
    w->page.title = page_msg_args(&w->page, MSG_PARTNER_TWINNING_ONE, 0, &arg, 1);
    w->page.back = url_local(w->arena, S("/twinning"));
    twinning_page(&w->page, &m);
    return web_html(w, 200);
}
