/* event_need_pages.c: what those present need, ranked by the women; and whose turn it is to be heard. */
#include "clock.h"
#include "event_day.html.h"
#include "event_day_pages.h"
#include "format.h"
#include "paper.h"

const struct input need_inputs[NEED_INPUTS] = {
    [NEED_CODE] = EVENT_CODE_INPUT,
    [NEED_WORDS] = {"words", IN_WORDS, MSG_DAY_NEED_WORDS, DAY_NEED_WORDS_MAX},
    [NEED_SERVICE] = {"service", IN_CODE, MSG_CASE_SERVICE},
    [NEED_WOMEN] = {"women", IN_NUMBER, MSG_DAY_NEED_HANDS_N, DAY_PEOPLE_MAX},
    [NEED_PLUS] = {"plus", IN_NUMBER, MSG_DAY_NEED_WOMEN, DAY_NEEDS_MAX},
    [NEED_LESS] = {"less", IN_NUMBER, MSG_DAY_NEED_WOMEN, DAY_NEEDS_MAX},
    [NEED_OTHER] = {"other", IN_NUMBER, MSG_DAY_NEED_OTHERS, DAY_NEEDS_MAX},
    [NEED_APART] = {"apart", IN_NUMBER, MSG_DAY_NEED_APART, DAY_NEEDS_MAX},
    [NEED_SAME] = {"same", IN_NUMBER, MSG_DAY_NEED_SAME, DAY_NEEDS_MAX},
    [NEED_AS] = {"same_as", IN_NUMBER, MSG_DAY_NEED_AS, DAY_NEEDS_MAX},
    [NEED_HANDS] = {"hands", IN_NUMBER, MSG_DAY_NEED_WHICH, DAY_NEEDS_MAX},
    [NEED_HANDS_N] = {"hands_n", IN_NUMBER, MSG_DAY_NEED_HANDS_N, DAY_PEOPLE_MAX},
};

err write_need(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    int64_t no;
    const struct day_need n = {.words = day_given(&in[NEED_WORDS]),
                               .service = day_given(&in[NEED_SERVICE]),
                               .women = in[NEED_WOMEN].given ? in[NEED_WOMEN].n : 0};
    TRY(day_event(c, in, &v));
    TRY(day_need_add(c, &v, &n, &no));
    out->note = arena_printf(c->arena, "need-%d", (int)no);
    return OK;
}

static err change_need(struct ctx *c, const struct event_view *v, const struct given *in, int64_t *out_no)
{
    static const struct {
        unsigned input;
        int women, others;
    } steps[] = {{NEED_PLUS, 1, 0}, {NEED_LESS, -1, 0}, {NEED_OTHER, 0, 1}};
    const struct day_record none = {.device = S("")};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (in[steps[i].input].given) {
            *out_no = in[steps[i].input].n;
            return day_need_plus(c, v, *out_no, steps[i].women, steps[i].others, &none);
        }
    }
    if (in[NEED_APART].given) {
        *out_no = in[NEED_APART].n;
        return day_need_same(c, v, *out_no, 0);
    }
    if (in[NEED_HANDS].given && in[NEED_HANDS_N].given) {
        *out_no = in[NEED_HANDS].n;
        return day_need_hands(c, v, *out_no, in[NEED_HANDS_N].n);
    }
    if (in[NEED_SAME].given && in[NEED_AS].given) {
        *out_no = in[NEED_AS].n;
        return day_need_same(c, v, in[NEED_SAME].n, in[NEED_AS].n);
    }
    return fail_set(c->fail, ERR_INVALID, MSG_DAY_NEED_CHOOSE, in[NEED_HANDS].given ? "hands_n" : "same");
}

err write_need_change(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_view v;
    int64_t no = 0;
    TRY(day_event(c, in, &v));
    TRY(change_need(c, &v, in, &no));
    out->note = arena_printf(c->arena, "need-%d", (int)no);
    return OK;
}

err answer_needs(struct web *w)
{
    return day_back(w, arena_printf(w->arena, "/needs#%.*s", STR_F(w->receipt.note)));
}

static err rows_fill(struct web *w, const struct event_view *v, struct needs_view *m)
{
    struct q_event_need_list *needs;
    struct event_cells cells;
    size_t n;
    int64_t rank = 0;
    TRY(day_needs(&w->ctx, v, &needs, &n));
    TRY(event_cells(&w->ctx, v->row.home, v->row.id, &cells));
    struct need_row *rows = arena_array_of(w->arena, struct need_row, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t r = 0; r < EVENT_role_n; r++) {
        m->women_present += cells.at[r][EVENT_sex_woman].people;
    }
    for (size_t i = 0; i < n; i++) {
        const bool below = needs[i].same_as_no.given;
        rows[i] = (struct need_row){.no = needs[i].need_no,
                                    .rank = below ? 0 : ++rank,
                                    .words = needs[i].words_text,
                                    .service = needs[i].service_text,
                                    .women = needs[i].women_n,
                                    .others = needs[i].others_n,
                                    .below = below};
        m->many |= m->women_present > 0 && needs[i].women_n > m->women_present;
    }
    m->rows = rows;
    m->rows_n = n;
    return OK;
}

/* The needs to choose from, by their words. */
static err need_choices(struct web *w, const struct needs_view *m, size_t input, bool heads,
                        struct field_view *out)
{
    enum { WORDS_SHOWN = 60 };
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, m->rows_n + 1);
    size_t n = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < m->rows_n; i++) {
        if (heads && m->rows[i].below) {
            continue;
        }
        c[n++] = (struct choice_view){.value = arena_printf(w->arena, "%d", (int)m->rows[i].no),
                                      .text = arena_printf(w->arena, "%d. %.*s", (int)m->rows[i].no,
                                                           STR_F(day_short(m->rows[i].words, WORDS_SHOWN)))};
    }
    *out = web_field(w, input, MSG_NONE);
    out->optional = false;
    web_choose(w, input, c, n, STR_NONE);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err form_fill(struct web *w, struct needs_view *m)
{
    struct field_view service = web_field(w, NEED_SERVICE, MSG_NONE);
    m->words = web_field(w, NEED_WORDS, MSG_DAY_NEED_HINT);
    m->words.rows = 2;
    m->words.optional = false;
    m->women = web_field(w, NEED_WOMEN, MSG_NONE);
    m->hands_n = web_field(w, NEED_HANDS_N, MSG_NONE);
    m->hands_n.optional = false;
    TRY(service_pick_fill(w, NEED_SERVICE, service, &m->service));
    TRY(need_choices(w, m, NEED_HANDS, true, &m->hands));
    TRY(need_choices(w, m, NEED_SAME, false, &m->same));
    return need_choices(w, m, NEED_AS, true, &m->as);
}

err show_needs(struct web *w)
{
    struct event_view v;
    struct needs_view m = {.rows_n = 0};
    TRY(day_top(w, MSG_DAY_NEEDS_TITLE, &v, &m.top));
    m.post = event_url(w, v.row.event_code, S("/needs"));
    m.change = event_url(w, v.row.event_code, S("/needs/change"));
    m.print = event_url(w, v.row.event_code, S("/needs/print"));
    TRY(rows_fill(w, &v, &m));
    TRY(form_fill(w, &m));
    needs_page(&w->page, &m);
    return web_html(w, 200);
}

err day_paper_facts(struct web *w, const struct event_view *v, struct paper_draft *d)
{
    const struct page *p = &w->page;
    paper_fact(d, page_msg(p, MSG_EVENT_CODE), paper_in(LANG_EN, v->row.event_code));
    paper_fact(d, page_msg(p, MSG_EVENT_VENUE),
               paper_said(w->lang, arena_printf(w->arena, "%.*s, %.*s", STR_F(v->row.venue_text),
                                                STR_F(v->unit_name))));
    paper_fact(d, page_msg(p, MSG_EVENT_DAY),
               paper_in(w->lang, event_when_words(w, v->row.event_day, v->row.from_min_n, v->row.to_min_n)));
    return OK;
}

err show_needs_print(struct web *w)
{
    enum { COLUMNS = 4 };
    struct event_view v;
    struct needs_view m = {.rows_n = 0};
    struct paper_draft d;
    const struct paper *list;
    TRY(day_top(w, MSG_DAY_NEEDS_TITLE, &v, &m.top));
    TRY(rows_fill(w, &v, &m));
    paper_begin(&d, w->arena, w->lang, PAPER_A4, 0, page_msg(&w->page, MSG_DAY_NEEDS_TITLE));
    TRY(day_paper_facts(w, &v, &d));
    struct paper_words heads[COLUMNS] = {
        paper_in(w->lang, page_msg(&w->page, MSG_DAY_SHEET_NO)),
        paper_in(w->lang, page_msg(&w->page, MSG_DAY_NEED_WORDS)),
        paper_in(w->lang, page_msg(&w->page, MSG_CASE_SERVICE)),
        paper_in(w->lang, page_msg(&w->page, MSG_DAY_NEED_WOMEN)),
    };
    heads[1].share = 6;
    heads[2].share = 3;
    heads[3].share = 2;
    paper_table(&d, heads, COLUMNS);
    for (size_t i = 0; i < m.rows_n; i++) {
        const struct need_row *r = &m.rows[i];
        const struct paper_words cells[COLUMNS] = {
            paper_figure(w->lang, r->below ? S("") : format_number(w->arena, w->lang, r->rank)),
            paper_said(w->lang, r->words),
            paper_in(w->lang, r->service),
            paper_figure(w->lang, r->below ? S("") : format_number(w->arena, w->lang, r->women)),
        };
        paper_row(&d, cells, COLUMNS);
    }
    TRY(paper_done(&d, &list));
    TRY(paper_html(&w->page, list, &(struct paper_ways){.pdf = {S("")}}));
    w->page.back = event_url(w, v.row.event_code, S("/needs"));
    return web_html(w, 200);
}

/* ---- tokens ---- */

const struct input turn_inputs[TOKEN_INPUTS] = {
    [TK_CODE] = EVENT_CODE_INPUT,
    [TK_SEX] = {"sex", IN_CHOICE, MSG_DAY_SEX, .choices = event_sight_codes},
    [TK_HEARD] = {"heard", IN_NUMBER, MSG_DAY_TOKEN, DAY_TOKENS_MAX},
    [TK_LEFT] = {"left", IN_NUMBER, MSG_DAY_TOKEN, DAY_TOKENS_MAX},
    [TK_BACK] = {"back", IN_NUMBER, MSG_DAY_TOKEN, DAY_TOKENS_MAX},
};

err write_token(struct ctx *c, const struct given *in, struct receipt *out)
{
    static const struct {
        unsigned input;
        str code;
    } steps[] = {{TK_HEARD, S_INIT("heard")}, {TK_LEFT, S_INIT("left")}, {TK_BACK, S_INIT("waiting")}};
    struct event_view v;
    int64_t no;
    (void)out;
    TRY(day_event(c, in, &v));
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (in[steps[i].input].given) {
            return day_token_set(c, &v, in[steps[i].input].n, steps[i].code);
        }
    }
    return day_token_take(c, &v, day_given(&in[TK_SEX]), &no);
}

err answer_tokens(struct web *w)
{
    return day_back(w, S("/tokens"));
}

static struct chip_view token_chip(const struct page *p, str code)
{
    if (str_eq(code, S("heard"))) {
        return (struct chip_view){S("done"), page_msg(p, MSG_DAY_TOKEN_IS_HEARD)};
    }
    if (str_eq(code, S("left"))) {
        return (struct chip_view){S("closed"), page_msg(p, MSG_DAY_TOKEN_IS_LEFT)};
    }
    return (struct chip_view){S("wait"), page_msg(p, MSG_DAY_TOKEN_IS_WAITING)};
}

static err tokens_fill(struct web *w, const struct event_view *v, struct tokens_view *m)
{
    struct day_tokens t;
    TRY(day_tokens(&w->ctx, v, &t));
    struct token_row *rows = arena_array_of(w->arena, struct token_row, t.n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < t.n; i++) {
        const struct q_event_token_list *r = &t.rows[i];
        rows[i] =
            (struct token_row){.no = r->token_no,
                               .sex = event_words_of(&w->page, event_sex_words, EVENT_sex_n, r->sex_code),
                               .since = format_clock(w->arena, w->lang, r->taken_ms),
                               .chip = token_chip(&w->page, r->token_code),
                               .waits = str_eq(r->token_code, S("waiting"))};
    }
    const struct msg_arg sums[] = {{"waiting", format_number(w->arena, w->lang, t.waiting)},
                                   {"heard", format_number(w->arena, w->lang, t.heard)},
                                   {"left", format_number(w->arena, w->lang, t.left)}};
    m->sums = page_msg_args(&w->page, MSG_DAY_TOKEN_SUMS, 0, sums, 3);
    m->now = t.now;
    m->next = t.next;
    m->rows = rows;
    m->rows_n = t.n;
    return OK;
}

err show_tokens(struct web *w)
{
    struct event_view v;
    struct tokens_view m = {.now = 0};
    struct field_view gives = {.name = S("sex")};
    TRY(day_top(w, MSG_DAY_TOKENS_TITLE, &v, &m.top));
    TRY(tokens_fill(w, &v, &m));
    TRY(choices_words(w, TK_SEX, event_sight_words, EVENT_sight_n, STR_NONE, &gives));
    m.gives = gives.choices;
    m.gives_n = gives.choices_n;
    m.post = event_url(w, v.row.event_code, S("/tokens"));
    m.screen = event_url(w, v.row.event_code, S("/now"));
    tokens_page(&w->page, &m);
    return web_html(w, 200);
}

/* Looks again by itself: nobody sits before a screen in a hall. */
err show_screen(struct web *w)
{
    struct event_view v;
    struct tokens_view m = {.now = 0};
    TRY(day_top(w, MSG_DAY_TOKENS_TITLE, &v, &m.top));
    TRY(tokens_fill(w, &v, &m));
    w->page.back = event_url(w, v.row.event_code, S("/tokens"));
    web_header(w, "Refresh", S("10"));
    screen_page(&w->page, &m);
    return web_html(w, 200);
}
