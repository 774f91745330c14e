/* today_pages.c: the desk's first page: whom to call now, what came back, what waits; and a call. */
#include "today_pages.h"

#include "case_evidence_pages.h"
#include "case_list.h"
#include "case_pages.h"
#include "case_parts.h"
#include "case_write.h"
#include "check.h"
#include "clock.h"
#include "desk.h"
#include "file_pages.h"
#include "flow.sql.h"
#include "format.h"
#include "lang.h"
#include "today.html.h"

/* What each call is for, in the list and to her; whether a note of what she said ends it (the others end with
 * her answer, or with the look at the other institution). */
static const struct {
    str code;
    enum msg name, say;
    bool noted;
} calls[] = {
    {S_INIT("ask"), MSG_CALL_ASK, MSG_CALL_SAY_ASK, false},
    {S_INIT("info"), MSG_CALL_INFO, MSG_CALL_SAY_INFO, false},
    {S_INIT("visit"), MSG_CALL_VISIT, MSG_CALL_SAY_VISIT, true},
    {S_INIT("next"), MSG_CALL_NEXT, MSG_CALL_SAY_NEXT, true},
    {S_INIT("look_up"), MSG_CALL_LOOK_UP, MSG_CALL_SAY_LOOK_UP, false},
};
enum { CALLS = sizeof calls / sizeof calls[0] };

static size_t call_of(str code)
{
    size_t i = 0;
    while (i + 1 < CALLS && !str_eq(calls[i].code, code)) {
        i++;
    }
    return i;
}

/* ---- today ---- */

static str call_hint(struct web *w, const struct q_calls_due *r)
{
    const enum msg when = case_word_of(case_when_words, CASE_when_n, r->when_code);
    const str day = format_day(w->arena, w->lang, r->due_day);
    if (r->reachable_flag == 0 || when == MSG_NONE) {
        return day;
    }
    return arena_printf(w->arena, "%.*s · %.*s", STR_F(day), STR_F(page_msg(&w->page, when)));
}

static err calls_fill(struct web *w, struct today_view *m)
{
    struct q_calls_due *rows;
    size_t n;
    TRY(calls_due(&w->ctx, &rows, &n));
    for (size_t k = 0; k < CALL_TIMES; k++) {
        m->calls[k].rows = arena_array_of(w->arena, struct task_view, n + 1);
        if (m->calls[k].rows == NULL) {
            return FAIL(LIMIT);
        }
    }
    for (size_t i = 0; i < n; i++) {
        case_ref ref;
        struct task_list *list = &m->calls[call_time_of(&rows[i], w->ctx.now_ms)];
        CHECK(list->rows != NULL); /* there is a list for each time */
        TRY(case_ref_of(w->arena, rows[i].ref_code, &ref));
        list->rows[list->rows_n++] =
            (struct task_view){.to = case_url(w, &ref, S("/call")),
                               .ref = case_ref_text(w->arena, ref),
                               .what = page_msg(&w->page, calls[call_of(rows[i].call_code)].name),
                               .hint = call_hint(w, &rows[i])};
    }
    return OK;
}

static err service_name(struct web *w, int64_t service, str *out)
{
    return label_find(&w->ctx, S("service"), service, out);
}

static err returned_fill(struct web *w, struct task_list *out)
{
    const struct case_filter f = {.returned = true, .open = true, .limit = CALLS_SHOWN};
    struct q_case_list *rows;
    size_t n;
    bool more;
    TRY(case_list(&w->ctx, &f, &rows, &n, &more));
    out->rows = arena_array_of(w->arena, struct task_view, n + 1);
    if (out->rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        case_ref ref;
        struct task_view *t = &out->rows[out->rows_n++];
        TRY(case_ref_of(w->arena, rows[i].ref_code, &ref));
        *t = (struct task_view){.to = case_url(w, &ref, S("")),
                                .ref = case_ref_text(w->arena, ref),
                                .hint = format_day(w->arena, w->lang, local_day(rows[i].step_ms))};
        TRY(service_name(w, rows[i].topic_id, &t->what));
    }
    return OK;
}

static err elsewhere_fill(struct web *w, struct task_list *out)
{
    struct q_elsewhere_waiting *rows;
    size_t n;
    TRY(elsewhere_waiting(&w->ctx, &rows, &n));
    out->rows = arena_array_of(w->arena, struct task_view, n + 1);
    if (out->rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        case_ref ref;
        struct task_view *t = &out->rows[out->rows_n++];
        TRY(case_ref_of(w->arena, rows[i].ref_code, &ref));
        *t = (struct task_view){.to = case_url(w, &ref, S("")),
                                .ref = case_ref_text(w->arena, ref),
                                .hint = format_day(w->arena, w->lang, rows[i].filed_day)};
        TRY(service_name(w, rows[i].service_id, &t->what));
    }
    return OK;
}

/* Only the desk puts it right. */
static err stopped_count(struct web *w, int64_t *out)
{
    struct q_desk_stopped row = {0};
    const struct actor *who = &w->ctx.actor;
    TRY(who->role == ROLE_DESK ? q_desk_stopped(w->ctx.db, w->arena, who->home, who->office_id, &row) : OK);
    *out = row.stopped_n;
    return OK;
}

err show_today(struct web *w)
{
    struct today_view m = {.day = format_day(w->arena, w->lang, local_day(w->ctx.now_ms))};
    TRY(calls_fill(w, &m));
    TRY(returned_fill(w, &m.returned));
    TRY(elsewhere_fill(w, &m.elsewhere));
    TRY(unfinished_fill(w, &m.unfinished));
    TRY(untyped_words(w, &m.untyped));
    TRY(stopped_count(w, &m.stopped_n));
    m.calls[CALL_NOW].title = page_msg(&w->page, MSG_TODAY_CALLS_NOW);
    m.calls[CALL_NOW].empty = page_msg(&w->page, MSG_TODAY_NO_CALLS);
    m.calls[CALL_LATER].title = page_msg(&w->page, MSG_TODAY_CALLS_LATER);
    m.calls[CALL_WHEN_SHE_COMES].title = page_msg(&w->page, MSG_TODAY_WHEN_SHE_COMES);
    m.returned.title = page_msg(&w->page, MSG_TODAY_RETURNED);
    m.elsewhere.title = page_msg(&w->page, MSG_TODAY_ELSEWHERE);
    w->page.title = page_msg(&w->page, MSG_TODAY_TITLE);
    today_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- a call ---- */

/* Today's sentence for each open call, in her language, with what the office said. */
static err says_fill(struct web *w, const struct case_view *v, struct call_view *m)
{
    struct q_call_back_open *rows;
    size_t n;
    struct page hers = w->page;
    const struct subject *s = &v->subject;
    const struct q_call_back_open_in in = {.home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id};
    hers.lang = lang_of(v->row.lang_code, &hers.lang) ? hers.lang : LANG_UR;
    TRY(q_call_back_open(w->ctx.db, w->arena, &in, &rows, &n));
    struct say_view *says = arena_array_of(w->arena, struct say_view, n + 1);
    if (says == NULL) {
        return FAIL(LIMIT);
    }
    unsigned said = 0; /* two offices to look at are one question to her */
    for (size_t i = 0; i < n; i++) {
        const struct msg_arg args[] = {
            {"day", v->flow.next_day.given ? format_day(w->arena, hers.lang, v->flow.next_day.v) : S("")}};
        const size_t k = call_of(rows[i].call_code);
        const bool dated = calls[k].say == MSG_CALL_SAY_NEXT && v->flow.next_day.given;
        const enum msg say =
            calls[k].say == MSG_CALL_SAY_NEXT && !dated ? MSG_CALL_SAY_NEXT_UNDATED : calls[k].say;
        if ((said >> k & 1) != 0) {
            continue;
        }
        said |= 1U << k;
        says[m->says_n++] = (struct say_view){
            .what = page_msg(&w->page, calls[k].name),
            .say = page_msg_args(&hers, say, 0, args, dated ? 1 : 0),
            .told = calls[k].noted ? calls[k].code : STR_NONE,
        };
    }
    m->says = says;
    m->lang = lang_table[hers.lang].code;
    m->dir = lang_table[hers.lang].dir;
    return OK;
}

static err person_fill(struct web *w, const struct case_view *v, struct call_view *m)
{
    struct case_identity who;
    const err e = case_identity(&w->ctx, v, &who);
    m->lost = e.code == ERR_NOT_FOUND;
    if (e.code == ERR_DENIED || e.code == ERR_NOT_FOUND) {
        return OK; /* nobody to call by name: as it is said on the page */
    }
    TRY(e);
    const phone number = {who.phone};
    const enum msg when = case_word_of(case_when_words, CASE_when_n, who.when);
    const enum msg spoken = case_word_of(case_spoken_words, CASE_spoken_n, v->row.spoken_code);
    m->name = who.alias.n > 0 ? who.alias : who.name;
    m->callable = v->row.reachable_flag != 0 && who.phone.n > 0;
    m->phone = m->callable ? phone_local(w->arena, number) : S("");
    m->dial = m->callable ? (struct url){arena_printf(w->arena, "tel:%.*s", STR_F(who.phone))}
                          : (struct url){STR_NONE};
    m->whose = whose_words(&w->page, who.whose_phone);
    m->when = when == MSG_NONE ? S("") : page_msg(&w->page, when);
    m->now = call_hour_safe(who.when, local_of(w->ctx.now_ms).hour);
    m->spoken = spoken == MSG_NONE ? S("") : page_msg(&w->page, spoken);
    return OK;
}

/* A look is recorded of whoever may look, and of nobody else. */
err look_call(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct case_view v;
    TRY(case_find(c, &in[0].as.ref, &v));
    return case_calls_for(&c->actor, &v) ? look_case(c, in, io) : FAIL(NOT_FOUND);
}

err show_call(struct web *w)
{
    struct case_view v;
    const case_ref *ref = &w->in[0].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    if (!case_calls_for(&w->ctx.actor, &v)) {
        return FAIL(NOT_FOUND);
    }
    struct call_view m = {.ref = case_ref_text(w->arena, *ref),
                          .open = case_url(w, ref, S("")),
                          .act = case_url(w, ref, S("/act")),
                          .step = v.flow.step_no,
                          .may_fail = case_may(&w->ctx, &v, CASE_CALL_FAILED)};
    TRY(person_fill(w, &v, &m));
    TRY(says_fill(w, &v, &m));
    const struct msg_arg arg = {"ref", page_isolate(&w->page, m.ref)};
    w->page.title = page_msg_args(&w->page, MSG_CALL_TITLE, 0, &arg, 1);
    w->page.back = url_local(w->arena, w->ctx.actor.role == ROLE_DESK ? S("/desk") : S("/overview"));
    call_page(&w->page, &m);
    return web_html(w, 200);
}
