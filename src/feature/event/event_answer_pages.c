/* event_answer_pages.c: the matters of the day, for the chair; and what an officer answers to one on the
 * spot. */
#include "case_pages.h"
#include "event_capture.html.h"
#include "event_day_pages.h"
#include "format.h"

/* ---- the list ---- */

enum { SHOW_ALL, SHOW_WAITING, SHOW_ANSWERED };
static const char *const show_codes[] = {"all", "waiting", "answered", NULL};

const struct input matter_inputs[MATTER_INPUTS] = {
    [MT_CODE] = EVENT_CODE_INPUT,
    [MT_SHOW] = {"show", IN_CHOICE, MSG_DAY_ANSWER, .choices = show_codes},
};

static struct chip_view answer_chip(const struct page *p, str code)
{
    static const str kinds[DAY_answer_n] = {
        [DAY_answer_solved_now] = S_INIT("done"),   [DAY_answer_promised] = S_INIT("wait"),
        [DAY_answer_handed_on] = S_INIT("busy"),    [DAY_answer_not_ours] = S_INIT("closed"),
        [DAY_answer_not_possible] = S_INIT("late"),
    };
    for (size_t i = 0; i < DAY_answer_n; i++) {
        if (str_eq(day_answer_words[i].code, code)) {
            return (struct chip_view){kinds[i], page_msg(p, day_answer_words[i].text)};
        }
    }
    return (struct chip_view){S("new"), page_msg(p, MSG_DAY_ANSWER_NONE)};
}

/* "by 3 December 2026 · TMA Pabbi, Assistant Engineer" */
static str answer_note(struct web *w, const struct q_event_case_list *r)
{
    const str day = r->answer_day.given ? format_day(w->arena, w->lang, r->answer_day.v) : S("");
    const str who = r->post_text.p == NULL ? S("") : r->post_text;
    const str parts[] = {day, r->office_text, who};
    str all = S("");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].n > 0) {
            all = arena_printf(w->arena, "%.*s%s%.*s", STR_F(all), all.n > 0 ? " · " : "", STR_F(parts[i]));
        }
    }
    return all;
}

static err matter_fill(struct web *w, const struct event_view *v, const struct q_event_case_list *r,
                       struct matter_row *out)
{
    enum { WORDS_SHOWN = 160 };
    case_ref ref;
    TRY(case_ref_of(w->arena, r->ref_code, &ref));
    const str path = arena_printf(w->arena, "/cases/%.*s", STR_F(r->ref_code));
    const struct msg_arg token[] = {
        {"n", r->token_no.given ? format_number(w->arena, w->lang, r->token_no.v) : S("")}};
    *out = (struct matter_row){
        .open = event_url(w, v->row.event_code, path),
        .ref = case_ref_text(w->arena, ref),
        .token = r->token_no.given ? page_msg_args(&w->page, MSG_DAY_TOKEN_NO, 0, token, 1) : S(""),
        .who = sex_words(&w->page, r->sex_code),
        .service = r->service_text,
        .words = day_short(r->words_text, WORDS_SHOWN),
        .chip = answer_chip(&w->page, r->answer_code),
        .answer_note = answer_note(w, r),
        .state = state_chip(&w->page, (unsigned)r->flow_state, r->mark_no, true),
    };
    return OK;
}

static err links_fill(struct web *w, const struct event_view *v, int64_t shown, struct matters_view *m)
{
    static const enum msg words[] = {MSG_DAY_SHOW_ALL, MSG_DAY_SHOW_WAITING, MSG_DAY_SHOW_ANSWERED};
    struct page_link *links = arena_array_of(w->arena, struct page_link, 3);
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < 3; i++) {
        const struct url list = event_url(w, v->row.event_code, S("/cases"));
        links[i] = (struct page_link){url_with(w->arena, list, S("show"), str_of(show_codes[i])),
                                      page_msg(&w->page, words[i]), shown == (int64_t)i};
    }
    m->links = links;
    m->links_n = 3;
    return OK;
}

err show_matters(struct web *w)
{
    struct event_view v;
    struct q_event_case_list *rows;
    struct matters_view m = {.rows_n = 0};
    size_t n;
    int64_t waiting = 0;
    const int64_t shown = w->in[MT_SHOW].given ? w->in[MT_SHOW].n : SHOW_ALL;
    TRY(day_top(w, MSG_DAY_MATTERS_TITLE, &v, &m.top));
    TRY(day_cases(&w->ctx, &v, &rows, &n));
    struct matter_row *out = arena_array_of(w->arena, struct matter_row, n + 1);
    if (out == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const bool answered = rows[i].answer_code.p != NULL;
        waiting += !answered;
        if (shown == SHOW_ALL || answered == (shown == SHOW_ANSWERED)) {
            TRY(matter_fill(w, &v, &rows[i], &out[m.rows_n++]));
        }
    }
    const struct msg_arg sums[] = {{"all", format_number(w->arena, w->lang, (int64_t)n)},
                                   {"waiting", format_number(w->arena, w->lang, waiting)}};
    m.sums = page_msg_args(&w->page, MSG_DAY_MATTERS_SUMS, 0, sums, 2);
    m.order =
        page_msg(&w->page, day_womens_hours(&w->ctx, &v) ? MSG_DAY_MATTERS_WOMEN : MSG_DAY_MATTERS_TOKENS);
    m.rows = out;
    TRY(links_fill(w, &v, shown, &m));
    matters_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- one matter ---- */

const struct input answer_inputs[ANSWER_INPUTS] = {
    [AN_CODE] = EVENT_CODE_INPUT,
    [AN_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [AN_ANSWER] = {"answer", IN_CHOICE, MSG_DAY_ANSWER, .choices = day_answer_codes},
    [AN_WORDS] = {"words", IN_WORDS, MSG_DAY_ANSWER_SAID, CASE_WORDS_MAX},
    [AN_DAY] = {"day", IN_DAY, MSG_DAY_ANSWER_BY},
    [AN_REASON] = {"reason", IN_CHOICE, MSG_ACT_REASON, .choices = case_reason_codes},
    [AN_OFFICE] = {"office", IN_CODE, MSG_DAY_OFFICE},
    [AN_POST] = {"post", IN_LINE, MSG_DAY_POST, 120},
    [AN_OUTCOME] = {"outcome", IN_CHOICE, MSG_ACT_OUTCOME, .choices = case_outcome_codes},
    [AN_DONE] = {"done", IN_FLAG, MSG_CASE_RECORDED},
    [AN_DEVICE] = {"device", IN_CODE, MSG_DAY_DEVICE, DAY_DEVICE_MAX},
    [AN_RECORD] = {"record", IN_CODE, MSG_DAY_RECORD, 64},
};

err write_answer(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    const struct day_answer n = {
        .answer = day_given(&in[AN_ANSWER]),
        .words = day_given(&in[AN_WORDS]),
        .day = in[AN_DAY].given ? in[AN_DAY].n : 0,
        .reason = day_given(&in[AN_REASON]),
        .office = day_given(&in[AN_OFFICE]),
        .post = day_given(&in[AN_POST]),
        .from = {day_given(&in[AN_DEVICE]), day_given(&in[AN_RECORD])},
    };
    TRY(day_event(c, in, &v));
    out->ref = case_ref_digits(&in[AN_REF].as.ref);
    out->note = n.answer;
    return day_answer(c, &v, &in[AN_REF].as.ref, &n);
}

err write_hers(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    const struct day_record from = {day_given(&in[AN_DEVICE]), day_given(&in[AN_RECORD])};
    TRY(day_event(c, in, &v));
    out->ref = case_ref_digits(&in[AN_REF].as.ref);
    return day_her_answer(c, &v, &in[AN_REF].as.ref, day_given(&in[AN_OUTCOME]), &from);
}

/* An answer that asks her next stays with her; from any other the list goes on. */
err answer_answer(struct web *w)
{
    return day_back(w, arena_printf(w->arena, "/cases/%.*s?done=1", STR_F(w->receipt.ref)));
}

static err facts_fill(struct web *w, const struct case_view *v, const struct q_event_case_get *e,
                      struct answer_view *m)
{
    enum { FACTS = 7 };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    const struct page *p = &w->page;
    size_t n = 0;
    str service;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    TRY(label_find(&w->ctx, S("service"), v->row.service_id, &service));
    f[n++] = (struct fact_view){.name = page_msg(p, MSG_CASE_SERVICE), .value = service};
    f[n++] = (struct fact_view){.name = page_msg(p, MSG_CASE_UNIT), .value = v->unit_name};
    f[n++] = (struct fact_view){.name = page_msg(p, MSG_DAY_SEX), .value = sex_words(p, v->row.sex_code)};
    f[n++] = (struct fact_view){.name = page_msg(p, MSG_DAY_CASE_STATE),
                                .value = state_words(p, v->state, v->flow.mark_no, true)};
    if (e->token_no.given) {
        f[n++] = (struct fact_view){.name = page_msg(p, MSG_DAY_TOKEN),
                                    .value = format_number(w->arena, w->lang, e->token_no.v)};
    }
    if (e->answer_code.p != NULL) {
        f[n++] =
            (struct fact_view){.name = page_msg(p, MSG_DAY_ANSWER),
                               .value = event_words_of(p, day_answer_words, DAY_answer_n, e->answer_code)};
    }
    if (e->answer_text.p != NULL) {
        f[n++] = (struct fact_view){
            .name = page_msg(p, MSG_DAY_ANSWER_SAID), .value = e->answer_text, .dir = S("auto")};
    }
    m->facts = (struct facts_view){.rows = f, .rows_n = n};
    m->words = v->row.words_text;
    m->asked = e->answer_text.p == NULL ? S("") : e->answer_text;
    return OK;
}

static err answer_fields(struct web *w, const struct event_view *v, struct answer_view *m)
{
    m->answer = web_field(w, AN_ANSWER, MSG_NONE);
    TRY(choices_words(w, AN_ANSWER, day_answer_words, DAY_answer_n, STR_NONE, &m->answer));
    m->said = web_field(w, AN_WORDS, MSG_NONE);
    m->said.rows = 2;
    m->day = web_field(w, AN_DAY, MSG_DAY_ANSWER_BY_HINT);
    m->day.type = S("date");
    m->reason = web_field(w, AN_REASON, MSG_DAY_ANSWER_REASON_HINT);
    TRY(choices_words(w, AN_REASON, case_reason_words, CASE_reason_n, STR_NONE, &m->reason));
    m->office = web_field(w, AN_OFFICE, MSG_NONE);
    TRY(day_offices(w, v, AN_OFFICE, &m->office));
    m->posted = web_field(w, AN_POST, MSG_DAY_POST_HINT);
    m->answer.optional = m->said.optional = false;
    return OK;
}

static err hers_field(struct web *w, struct answer_view *m)
{
    static const str icons[] = {S_INIT("solved"), S_INIT("partly"), S_INIT("notsolved")};
    m->outcome = web_field(w, AN_OUTCOME, MSG_NONE);
    m->outcome.label = page_msg(&w->page, MSG_DAY_HERS_QUESTION);
    m->outcome.type = S("faces");
    TRY(choices_words(w, AN_OUTCOME, case_outcome_words, CASE_outcome_n, STR_NONE, &m->outcome));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, CASE_outcome_n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < CASE_outcome_n; i++) {
        c[i] = m->outcome.choices[i];
        c[i].icon = icons[i];
    }
    m->outcome.choices = c;
    return OK;
}

err show_answer(struct web *w)
{
    struct event_view v;
    struct case_view found;
    struct q_event_case_get e;
    struct answer_view m = {.asks = false};
    const case_ref *ref = &w->in[AN_REF].as.ref;
    TRY(day_top(w, MSG_DAY_ANSWER_PAGE, &v, &m.top));
    TRY(day_case(&w->ctx, &v, ref, &found, &e));
    const str path = arena_printf(w->arena, "/cases/%.*s", STR_F(case_ref_digits(ref)));
    m.ref = case_ref_text(w->arena, *ref);
    m.post = event_url(w, v.row.event_code, path);
    m.hers = event_url(w, v.row.event_code, arena_printf(w->arena, "%.*s/hers", STR_F(path)));
    m.open = case_url(w, ref, S(""));
    m.top.title =
        arena_printf(w->arena, "%.*s %.*s", STR_F(m.top.title), STR_F(page_isolate(&w->page, m.ref)));
    w->page.title = m.top.title;
    w->page.back = event_url(w, v.row.event_code, S("/cases"));
    if (w->route->write == NULL && w->in[AN_DONE].given) {
        m.top.done = page_msg(&w->page, MSG_CASE_RECORDED);
    }
    m.may_answer = event_may(&w->ctx, &v, EVENT_RECORD) && flow_open(found.subject.kind, found.state);
    m.asks = m.top.may && permission_of(w->ctx.actor.role, P_CASE_FILE) &&
             found.state == CASE_AWAITING_ANSWER && case_may(&w->ctx, &found, CASE_ANSWER);
    TRY(facts_fill(w, &found, &e, &m));
    TRY(answer_fields(w, &v, &m));
    TRY(hers_field(w, &m));
    answer_page(&w->page, &m);
    return web_html(w, 200);
}
