/* plan_need_pages.c: what women asked for at gatherings, and what became of it. */
#include "clock.h"
#include "format.h"
#include "plan.html.h"
#include "plan_pages.h"

const struct input plan_needs_inputs[NL_N] = {
    [NL_ALL] = {"all", IN_FLAG, MSG_PLAN_NEEDS_ALL},
};

const struct input plan_need_inputs[NA_N] = {
    [NA_EVENT] = {"event", IN_CODE, MSG_PLAN_EVENT, 60, .required = true},
    [NA_NEED] = {"need", IN_NUMBER, MSG_PLAN_NEED_NO, 999, .required = true},
    [NA_ANSWER] = {"answer", IN_CHOICE, MSG_PLAN_NEED_BECAME, .required = true, .choices = plan_answer_codes},
    [NA_WORDS] = {"words", IN_WORDS, MSG_PLAN_NEED_WORDS, PLAN_WORDS_MAX, .required = true},
};

enum { N_WORDS, N_WOMEN, N_EVENT, N_ANSWER, N_COLS };

/* Needs of the last planning year and this one: what came before is history, and in the reports. */
static struct period span(const struct web *w)
{
    const int64_t year = period_year_of(local_day(w->ctx.now_ms));
    return (struct period){period_fiscal(year - 1).from_day, period_fiscal(year).to_day};
}

static err needs_table(struct web *w, bool all, struct table_view *out)
{
    static const enum msg heads[N_COLS] = {[N_WORDS] = MSG_PLAN_NEED,
                                           [N_WOMEN] = MSG_PLAN_NEED_WOMEN,
                                           [N_EVENT] = MSG_PLAN_EVENT,
                                           [N_ANSWER] = MSG_PLAN_NEED_BECAME};
    struct q_need_open *rows;
    size_t n;
    TRY(plan_needs(&w->ctx, span(w), !all, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * N_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * N_COLS];
        const str path = arena_printf(w->arena, "/plans/needs/%.*s/%lld", STR_F(rows[i].event_code),
                                      (long long)rows[i].need_no);
        const bool answered = rows[i].answer_code.n > 0;
        const bool declined = str_eq(rows[i].answer_code, S("declined"));
        c[N_WORDS] = (struct cell_view){.text = rows[i].words_text,
                                        .dir = S("auto"),
                                        .to = plan_need_may(&w->ctx) ? url_local(w->arena, path)
                                                                     : (struct url){STR_NONE}};
        c[N_WOMEN] =
            (struct cell_view){.text = format_number(w->arena, w->lang, rows[i].women_n), .dir = S("ltr")};
        c[N_EVENT] = (struct cell_view){.text = format_day(w->arena, w->lang, rows[i].event_day),
                                        .to = url_local(w->arena, arena_printf(w->arena, "/events/%.*s/needs",
                                                                               STR_F(rows[i].event_code)))};
        c[N_ANSWER] = (struct cell_view){
            .text = answered ? plan_words_of(&w->page, plan_answer_words, PLAN_answer_n, rows[i].answer_code)
                             : page_msg(&w->page, MSG_PLAN_NEED_OPEN),
            .chip = !answered  ? S("wait")
                    : declined ? S("closed")
                               : S("done"),
            .note = rows[i].answer_text.n > 0 ? rows[i].answer_text : S("")};
    }
    return web_table(w, heads, N_COLS, cells, n, MSG_PLAN_NEEDS, MSG_PLAN_NEEDS_NONE, out);
}

err show_plan_needs(struct web *w)
{
    const bool all = w->in[NL_ALL].given && w->in[NL_ALL].n == 1;
    struct plan_needs_view m = {.all = {STR_NONE}};
    TRY(needs_table(w, all, &m.table));
    if (all) {
        m.unanswered = url_local(w->arena, S("/plans/needs"));
    } else {
        m.all = url_local(w->arena, S("/plans/needs?all=1"));
    }
    w->page.title = page_msg(&w->page, MSG_PLAN_NEEDS);
    w->page.back = url_local(w->arena, S("/plans"));
    plan_needs_page(&w->page, &m);
    return web_html(w, 200);
}

err show_plan_need(struct web *w)
{
    struct event_view e;
    struct q_need_shown need;
    struct plan_form m = {.title = page_msg(&w->page, MSG_PLAN_NEED_ANSWER),
                          .save = page_msg(&w->page, MSG_PLAN_SAVE)};
    struct plan_fields f = {.n = 0};
    TRY(event_find(&w->ctx, w->in[NA_EVENT].text, &e));
    const struct q_need_shown_in in = {.home = e.row.home, .event_id = e.row.id, .need_no = w->in[NA_NEED].n};
    TRY(q_need_shown(w->ctx.db, w->arena, &in, &need));
    if (!w->step && !plan_need_may(&w->ctx)) {
        return web_problem(w, 403, MSG_PLAN_NOT_YOURS);
    }
    m.hint = page_isolate_words(&w->page, need.words_text);
    m.post = url_local(w->arena, arena_printf(w->arena, "/plans/needs/%.*s/%lld", STR_F(e.row.event_code),
                                              (long long)in.need_no));
    TRY(plan_field_words(w, &f, FIELD_CHOICES, NA_ANSWER, plan_answer_words, PLAN_answer_n, STR_NONE));
    (void)plan_field_add(w, &f, FIELD_WORDS, NA_WORDS, MSG_PLAN_NEED_WORDS_HINT, S(""));
    TRY(plan_fields_keep(w, &f, &m.fields, &m.fields_n));
    w->page.title = m.title;
    w->page.back = url_local(w->arena, S("/plans/needs"));
    w->page.form_id = S("plan");
    plan_form_page(&w->page, &m);
    return web_html(w, 200);
}

err write_plan_need(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[NA_EVENT].text;
    return plan_need_answer(c, in[NA_EVENT].text, in[NA_NEED].n,
                            plan_choice(&in[NA_ANSWER], plan_answer_codes), plan_given(&in[NA_WORDS]));
}

err answer_plan_need(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/plans/needs?all=1")));
}
