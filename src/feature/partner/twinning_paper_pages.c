/* twinning_paper_pages.c: what two offices sign, and how far they have come: as page, PDF and DOCX. Both
 * papers are computed from the twinning; they name posts and offices, nobody else. */
#include "clock.h"
#include "format.h"
#include "partner_pages.h"
#include "place.h"
#include "web_paper.h"

const struct input twinning_paper_inputs[1] = {
    {"code", IN_CODE, MSG_PARTNER_CODE, 60, .required = true},
};

/* A paper being written. */
struct sheet {
    struct web *w;
    struct paper_draft *d;
    struct twinning_view v;
    struct twinning_checks checks;
    struct q_twinning_exchanges *exchanges;
    size_t exchanges_n;
};

static str said(const struct sheet *p, enum msg m)
{
    return page_msg(&p->w->page, m);
}

static struct paper_words plain(const struct sheet *p, str text)
{
    return paper_in(p->w->lang, text);
}

static struct paper_words wide(struct paper_words w, uint8_t share)
{
    w.share = share;
    return w;
}

static str day(const struct sheet *p, int64_t of)
{
    return format_day(p->w->arena, p->w->lang, of);
}

static void head_facts(const struct sheet *p)
{
    const struct q_twinning_get *r = &p->v.row;
    const enum lang lang = p->w->lang;
    paper_fact(p->d, said(p, MSG_PARTNER_CODE), paper_in(LANG_EN, r->twinning_code));
    paper_fact(p->d, said(p, MSG_PARTNER_HOST), plain(p, p->v.host_name));
    paper_fact(p->d, said(p, MSG_PARTNER_PARTNER),
               r->partner_id.given ? plain(p, p->v.partner_name) : paper_said(lang, p->v.partner_name));
    paper_fact(p->d, said(p, MSG_PARTNER_FROM), plain(p, day(p, r->from_day)));
    paper_fact(p->d, said(p, MSG_PARTNER_TO), plain(p, day(p, r->to_day)));
    paper_fact(p->d, said(p, MSG_PARTNER_GOALS), paper_said(lang, r->goals_text));
    if (r->plan_text.n > 0) {
        paper_fact(p->d, said(p, MSG_PARTNER_PLAN), paper_said(lang, r->plan_text));
    }
}

/* "EDS-…, 3 March 2026" where it took place; else a dash. */
static struct paper_words held_words(const struct sheet *p, const struct q_twinning_exchanges *x)
{
    if (!exchange_was_held(x)) {
        return plain(p, said(p, MSG_PARTNER_NOT_HELD));
    }
    return plain(p, arena_printf(p->w->arena, "%.*s\n%.*s", STR_F(page_isolate(&p->w->page, x->event_code)),
                                 STR_F(day(p, x->event_day.v))));
}

static void exchanges(const struct sheet *p, bool held)
{
    enum { COLS = 4 };
    const enum lang lang = p->w->lang;
    const size_t columns = held ? COLS : COLS - 1;
    paper_heading(p->d, said(p, MSG_PARTNER_EXCHANGES));
    if (p->exchanges_n == 0) {
        paper_text(p->d, plain(p, said(p, MSG_PARTNER_EXCHANGES_NONE)));
        return;
    }
    paper_table(p->d,
                (struct paper_words[COLS]){paper_figure(lang, said(p, MSG_PARTNER_MEMBER_NO)),
                                           wide(plain(p, said(p, MSG_PARTNER_PLANNED)), 3),
                                           wide(plain(p, said(p, MSG_PARTNER_WHAT)), 6),
                                           wide(plain(p, said(p, MSG_PARTNER_HELD)), 4)},
                columns);
    for (size_t i = 0; i < p->exchanges_n; i++) {
        const struct q_twinning_exchanges *x = &p->exchanges[i];
        paper_row(p->d,
                  (struct paper_words[COLS]){
                      paper_figure(lang, format_number(p->w->arena, lang, x->exchange_no)),
                      plain(p, day(p, x->planned_day)), paper_said(lang, x->words_text), held_words(p, x)},
                  columns);
    }
}

static struct paper_words level(const struct sheet *p, size_t part, size_t when, size_t item)
{
    return paper_figure(p->w->lang, level_words(p->w, p->checks.of[part][when].at[item]));
}

static struct paper_words sum(const struct sheet *p, size_t part, size_t when)
{
    const struct opt_i64 of = p->checks.both[part] > 0 ? SOME(p->checks.sums[part][when]) : NONE_I64;
    return paper_strong(paper_figure(p->w->lang, level_words(p->w, of)));
}

/* Before alone where it is agreed; before and after, with their sums, where it is looked back on. */
static void checks(const struct sheet *p, bool after)
{
    enum { COLS = 5 };
    static const enum msg both[COLS] = {MSG_PARTNER_ITEM, MSG_PARTNER_HOST_BEFORE, MSG_PARTNER_HOST_AFTER,
                                        MSG_PARTNER_PARTNER_BEFORE, MSG_PARTNER_PARTNER_AFTER};
    const size_t whens = after ? PARTNER_when_n : 1;
    const size_t columns = 1 + PARTNER_part_n * whens;
    struct paper_words cells[COLS];
    paper_heading(p->d, said(p, MSG_PARTNER_CHECKS));
    paper_text(p->d, plain(p, said(p, MSG_PARTNER_CHECKS_LEAD)));
    cells[0] = wide(plain(p, said(p, MSG_PARTNER_ITEM)), 4);
    for (size_t i = 0; i < columns - 1; i++) {
        cells[i + 1] = paper_figure(p->w->lang, said(p, both[after ? i + 1 : i * PARTNER_when_n + 1]));
    }
    paper_table(p->d, cells, columns);
    for (size_t item = 0; item < PARTNER_item_n; item++) {
        cells[0] = plain(p, said(p, partner_item_words[item].text));
        for (size_t i = 0; i < columns - 1; i++) {
            cells[i + 1] = level(p, i / whens, i % whens, item);
        }
        paper_row(p->d, cells, columns);
    }
    if (after) {
        cells[0] = paper_strong(plain(p, said(p, MSG_PARTNER_SUM)));
        for (size_t i = 0; i < columns - 1; i++) {
            cells[i + 1] = sum(p, i / whens, i % whens);
        }
        paper_row(p->d, cells, columns);
    }
}

static void agreement_fill(const struct sheet *p)
{
    head_facts(p);
    paper_text(p->d, plain(p, said(p, MSG_PARTNER_AGREED)));
    exchanges(p, false);
    checks(p, false);
}

static void progress_fill(const struct sheet *p)
{
    head_facts(p);
    paper_fact(p->d, said(p, MSG_PARTNER_EXCHANGES),
               plain(p, exchanges_words(p->w, p->exchanges, p->exchanges_n)));
    exchanges(p, true);
    checks(p, true);
    const struct msg_arg today = {"day", day(p, local_day(p->w->ctx.now_ms))};
    paper_note(p->d, page_msg_args(&p->w->page, MSG_PARTNER_AS_OF, 0, &today, 1));
}

/* ---- each as page, PDF and DOCX ---- */

enum twinning_paper { AGREEMENT, PROGRESS, PAPERS };

static const struct {
    str rest, name;
    enum msg title;
    void (*fill)(const struct sheet *p);
} papers[PAPERS] = {
    [AGREEMENT] = {S_INIT("/agreement"), S_INIT("agreement"), MSG_PARTNER_AGREEMENT, agreement_fill},
    [PROGRESS] = {S_INIT("/progress"), S_INIT("progress"), MSG_PARTNER_PROGRESS, progress_fill},
};

/* Smaller than those of a letter: what is signed stands on one sheet. */
enum { LETTERS = 10 };

static err paper_of(struct web *w, enum twinning_paper which, const struct paper **out)
{
    struct sheet p = {.w = w, .d = arena_new_of(w->arena, struct paper_draft)};
    str district;
    if (p.d == NULL) {
        return FAIL(LIMIT);
    }
    TRY(twinning_find(&w->ctx, w->in[0].text, &p.v));
    TRY(twinning_exchanges(&w->ctx, &p.v, &p.exchanges, &p.exchanges_n));
    TRY(twinning_checked(&w->ctx, &p.v, &p.checks));
    TRY(label_find(&w->ctx, S("unit"), p.v.row.home, &district));
    paper_begin(p.d, w->arena, w->lang, PAPER_A4, LETTERS, said(&p, papers[which].title));
    p.d->paper.above = plain(&p, district);
    p.d->paper.foot = paper_in(LANG_EN, p.v.row.twinning_code);
    papers[which].fill(&p);
    paper_sign(p.d, (str[]){said(&p, MSG_PARTNER_SIGN_HOST), said(&p, MSG_PARTNER_SIGN_PARTNER)}, 2);
    return paper_done(p.d, out);
}

static err show_page(struct web *w, enum twinning_paper which)
{
    const struct paper *paper;
    const str code = w->in[0].text;
    const str rest = papers[which].rest;
    TRY(paper_of(w, which, &paper));
    const struct paper_ways ways = {
        .pdf = partner_url(w, S("twinning"), code, arena_printf(w->arena, "%.*s.pdf", STR_F(rest))),
        .docx = partner_url(w, S("twinning"), code, arena_printf(w->arena, "%.*s.docx", STR_F(rest)))};
    w->page.back = partner_url(w, S("twinning"), code, S(""));
    TRY(paper_html(&w->page, paper, &ways));
    return web_html(w, 200);
}

static err show_file(struct web *w, enum twinning_paper which, enum paper_form form)
{
    const struct paper *paper;
    TRY(paper_of(w, which, &paper));
    return web_paper(w, paper, form,
                     arena_printf(w->arena, "%.*s-%.*s", STR_F(w->in[0].text), STR_F(papers[which].name)));
}

#define SHOWS(name, which)                         \
    err show_##name(struct web *w)                 \
    {                                              \
        return show_page(w, which);                \
    }                                              \
    err show_##name##_pdf(struct web *w)           \
    {                                              \
        return show_file(w, which, PAPER_AS_PDF);  \
    }                                              \
    err show_##name##_docx(struct web *w)          \
    {                                              \
        return show_file(w, which, PAPER_AS_DOCX); \
    }
SHOWS(agreement, AGREEMENT)
SHOWS(progress, PROGRESS)
