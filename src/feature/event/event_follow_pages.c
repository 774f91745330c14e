/* event_follow_pages.c: a follow-up event answers the directions of the one before it, one by one. */
#include "clock.h"
#include "direction_parts.h"
#include "event_close.html.h"
#include "event_close_pages.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { CARRY_DAYS = 30 };

const struct input follow_inputs[FO_N] = {
    [FO_CODE] = EVENT_CODE_INPUT,
    [FO_NO] = {"no", IN_NUMBER, MSG_DIRECTION_COL_NO, DIRECTION_NO_MAX},
    [FO_ANSWER] = {"answer", IN_CHOICE, MSG_CLOSE_WHAT_BECAME, .choices = direction_answer_codes},
    [FO_WOMEN] = {"women_agree", IN_CHOICE, MSG_CLOSE_WOMEN_AGREE, .choices = close_agree_codes},
    [FO_WORDS] = {"words", IN_WORDS, MSG_CLOSE_WHAT_SAID, DIRECTION_WORDS_MAX},
    [FO_DAY] = {"due_day", IN_DAY, MSG_CLOSE_CARRY_DAY},
    [FO_DONE] = {"done", IN_FLAG, MSG_CASE_ACTIONS},
};

static str text_or_none(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

err write_follow(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    const struct follow_answer n = {.no = in[FO_NO].given ? in[FO_NO].n : 0,
                                    .answer = text_or_none(&in[FO_ANSWER]),
                                    .women = text_or_none(&in[FO_WOMEN]),
                                    .words = text_or_none(&in[FO_WORDS]),
                                    .due_day = in[FO_DAY].given ? in[FO_DAY].n : 0};
    TRY(event_find(c, in[FO_CODE].text, &v));
    TRY(follow_answer(c, &v, &n));
    out->note = in[FO_CODE].text;
    return OK;
}

err answer_follow(struct web *w)
{
    const struct url page = event_url(w, w->receipt.note, S("/follow-up"));
    return web_redirect(w, url_with(w->arena, page, S("done"), S("1")));
}

static str women_words(const struct page *p, struct opt_i64 women)
{
    return page_msg(p, !women.given   ? MSG_CLOSE_WOMEN_UNASKED
                       : women.v == 1 ? MSG_CLOSE_WOMEN_SAY_YES
                                      : MSG_CLOSE_WOMEN_SAY_NO);
}

static struct follow_row_view row_view(struct web *w, const struct event_view *v, const struct follow_row *r,
                                       bool may)
{
    const struct page *p = &w->page;
    struct follow_row_view out = {.number = r->direction.number,
                                  .words = r->direction.row.words_text,
                                  .owner = direction_owner(w, &r->direction),
                                  .due = format_day(w->arena, w->lang, r->direction.row.due_day),
                                  .chip = direction_chip(p, r->direction.state),
                                  .answer = S(""),
                                  .women = S(""),
                                  .said = r->words};
    if (r->answer.n > 0) {
        out.answer = page_msg(p, case_word_of(direction_answer_words, DIRECTION_answer_n, r->answer));
        out.women = women_words(p, r->women);
    }
    const bool over = str_eq(r->answer, S("carried_on")) || str_eq(r->answer, S("dropped"));
    if (may && !over) {
        out.to = url_with(w->arena, event_url(w, v->row.event_code, S("/follow-up")), S("no"),
                          arena_printf(w->arena, "%d", (int)r->direction.row.direction_no));
    }
    return out;
}

static err form_fill(struct web *w, const struct follow_row *r, struct follow_view *m)
{
    m->chosen = true;
    m->no = arena_printf(w->arena, "%d", (int)r->direction.row.direction_no);
    m->answer = web_field(w, FO_ANSWER, MSG_NONE);
    m->women = web_field(w, FO_WOMEN, MSG_CLOSE_WOMEN_HINT);
    m->words = web_field(w, FO_WORDS, MSG_DIRECTION_SAID_HINT);
    m->day = web_field(w, FO_DAY, MSG_CLOSE_CARRY_HINT);
    m->day.type = S("date");
    m->words.rows = 3;
    m->answer.optional = m->women.optional = m->words.optional = m->day.optional = false;
    if (m->day.value.n == 0) {
        m->day.value = format_day_iso(w->arena, day_add(local_day(w->ctx.now_ms), CARRY_DAYS));
    }
    if (m->words.value.n == 0 && !w->step) {
        m->words.value = r->words;
    }
    const str women = !r->answer.n      ? STR_NONE
                      : !r->women.given ? S("not_asked")
                      : r->women.v == 1 ? S("yes")
                                        : S("no");
    TRY(choices_words(w, FO_ANSWER, direction_answer_words, DIRECTION_answer_n, r->answer, &m->answer));
    TRY(choices_words(w, FO_WOMEN, close_agree_words, CLOSE_agree_n, women, &m->women));
    w->page.form_id = S("answer_form");
    return direction_story(w, &r->direction, &m->timeline);
}

static err parent_fill(struct web *w, const struct event_view *v, struct follow_view *m)
{
    struct q_event_get parent;
    if (!v->row.parent_id.given) {
        return OK;
    }
    TRY(q_event_get(w->ctx.db, w->arena, v->row.home, v->row.parent_id.v, &parent));
    m->any = true;
    m->parent = event_url(w, parent.event_code, S(""));
    m->parent_title = arena_printf(w->arena, "%.*s · %.*s",
                                   STR_F(event_title(&w->page, parent.event_kind_code, parent.title_text)),
                                   STR_F(format_day(w->arena, w->lang, parent.event_day)));
    return OK;
}

static err rows_fill(struct web *w, const struct event_view *v, struct follow_view *m)
{
    struct follow_row *rows;
    size_t n;
    int64_t owed = 0;
    const bool may = event_may(&w->ctx, v, EVENT_RECORD) && permission_of(w->who.actor.role, P_EVENT_CLOSE);
    TRY(follow_list(&w->ctx, v, &rows, &n));
    struct follow_row_view *views = arena_array_of(w->arena, struct follow_row_view, n + 1);
    if (views == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        views[i] = row_view(w, v, &rows[i], may);
        owed += rows[i].owed;
        if (w->in[FO_NO].given && w->in[FO_NO].n == rows[i].direction.row.direction_no &&
            views[i].to.s.n > 0) {
            m->one = views[i];
            TRY(form_fill(w, &rows[i], m));
        }
    }
    m->lead = owed > 0 ? page_msg_args(&w->page, MSG_CLOSE_OWED_N, owed, NULL, 0)
                       : page_msg(&w->page, MSG_CLOSE_FOLLOW_DONE);
    m->rows = views;
    m->rows_n = n;
    return OK;
}

err show_follow(struct web *w)
{
    struct event_view v;
    TRY(event_of(w, FO_CODE, MSG_CLOSE_FOLLOW_UP, &v));
    struct follow_view m = {.code = v.row.event_code,
                            .recorded = S(""),
                            .post = event_url(w, v.row.event_code, S("/follow-up")),
                            .back = event_url(w, v.row.event_code, S("/follow-up"))};
    if (!w->step && w->in[FO_DONE].given) {
        m.recorded = page_msg(&w->page, MSG_DIRECTION_RECORDED);
    }
    TRY(event_tabs(w, &v, &m.tabs));
    TRY(parent_fill(w, &v, &m));
    TRY(rows_fill(w, &v, &m));
    follow_page(&w->page, &m);
    return web_html(w, 200);
}
