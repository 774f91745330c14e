/* event_letters_pages.c: what is printed before an event: a letter to each office that is summoned, one sheet
 * each, and the poster of what is announced, with a code that opens its public page. As page, PDF and DOCX.
 */
#include "clock.h"
#include "event_pages.h"
#include "format.h"
#include "lang.h"
#include "web_paper.h"

/* So that each fits on one sheet. */
enum { POSTER_LETTERS = 14, POSTER_LETTERS_NASTALIQ = 11 };

const struct input letters_inputs[LETTERS_INPUTS_N] = {EVENT_CODE_INPUT};

/* A paper being written. */
struct print {
    struct web *w;
    struct paper_draft *d;
    struct event_view v;
};

static str said(const struct print *p, enum msg m)
{
    return page_msg(&p->w->page, m);
}

static struct paper_words plain(const struct print *p, str text)
{
    return paper_in(p->w->lang, text);
}

static void text(const struct print *p, str words)
{
    paper_text(p->d, plain(p, words));
}

static void fact(const struct print *p, enum msg name, str value)
{
    if (value.n > 0) {
        paper_fact(p->d, said(p, name), plain(p, value));
    }
}

/* What a person wrote. */
static void fact_said(const struct print *p, enum msg name, str value)
{
    if (value.n > 0) {
        paper_fact(p->d, said(p, name), paper_said(p->w->lang, value));
    }
}

static err begun(struct web *w, enum msg title, struct print *p)
{
    *p = (struct print){.w = w, .d = arena_new_of(w->arena, struct paper_draft)};
    return p->d == NULL ? FAIL(LIMIT) : event_of(w, 0, title, &p->v);
}

/* ---- letters ---- */

/* What all letters say. */
struct letter {
    str event, when, where, from;
    str instead; /* what the earlier letter said; empty: there was none */
    str reason;  /* why it was moved or cancelled */
    bool cancelled;
};

/* What an earlier letter said, and why that holds no more. */
static err instead_fill(const struct print *p, struct letter *l)
{
    struct q_event_move_list *rows;
    struct q_step_list *steps;
    size_t n;
    TRY(event_moves(&p->w->ctx, &p->v, &rows, &n));
    if (n > 0) {
        const struct q_event_move_list *last = &rows[n - 1];
        l->instead =
            arena_printf(p->w->arena, "%.*s · %.*s",
                         STR_F(event_when_words(p->w, last->event_day, last->from_min_n, last->to_min_n)),
                         STR_F(page_isolate_words(&p->w->page, last->venue_text)));
        l->reason = last->why_text;
    }
    l->cancelled = p->v.state == EVENT_CANCELLED;
    if (!l->cancelled) {
        return OK;
    }
    TRY(event_steps(&p->w->ctx, &p->v, &steps, &n));
    for (size_t i = 0; i < n; i++) {
        if (steps[i].action_no == EVENT_CANCEL) {
            l->reason = steps[i].words_text;
        }
    }
    return OK;
}

static err letter_fill(const struct print *p, struct letter *l)
{
    const struct q_event_get *r = &p->v.row;
    struct web *w = p->w;
    *l = (struct letter){.event = event_title(&w->page, r->event_kind_code, r->title_text),
                         .when = event_when_words(w, r->event_day, r->from_min_n, r->to_min_n)};
    TRY(place_within(&w->ctx, r->venue_text, p->v.unit_name, &l->where));
    TRY(label_find(&w->ctx, S("body"), w->ctx.actor.office_id, &l->from));
    return instead_fill(p, l);
}

static void letter_words(const struct print *p, const struct letter *l)
{
    struct page *page = &p->w->page;
    const struct msg_arg args[] = {{"when", l->when}, {"where", page_isolate_words(page, l->where)}};
    if (l->cancelled) {
        text(p, page_msg_args(page, MSG_EVENT_LETTER_CANCELLED_WORDS, 0, args, 2));
        return;
    }
    text(p, page_msg_args(page, MSG_EVENT_LETTER_WORDS, 0, args, 2));
    text(p, said(p, MSG_EVENT_LETTER_BRING));
    if (l->instead.n > 0) {
        const struct msg_arg instead = {"when", l->instead};
        paper_text(p->d,
                   paper_strong(plain(p, page_msg_args(page, MSG_EVENT_LETTER_INSTEAD, 0, &instead, 1))));
    }
}

static void letter_to(const struct print *p, const struct letter *l, str office)
{
    paper_fact(p->d, said(p, MSG_LETTER_NUMBER), paper_in(LANG_EN, p->v.row.event_code));
    fact(p, MSG_PAGE_SLIP_DAY, format_day(p->w->arena, p->w->lang, local_day(p->w->ctx.now_ms)));
    fact(p, MSG_LETTER_TO,
         arena_printf(p->w->arena, "%.*s\n%.*s", STR_F(said(p, MSG_EVENT_LETTER_HEAD)), STR_F(office)));
    fact(p, MSG_EVENT_LETTER_FROM, l->from);
    fact_said(p, MSG_DIRECTION_EVENT, l->event);
    fact_said(p, MSG_EVENT_CHAIR, p->v.row.chair_text);
    fact_said(p, MSG_EVENT_LETTER_REASON, l->reason);
    letter_words(p, l);
    if (p->w->page.demo) {
        paper_note(p->d, said(p, MSG_LAYOUT_DEMO));
    }
    paper_sign(p->d, (str[]){said(p, MSG_LETTER_SIGN)}, 1);
}

static err letters_of(struct web *w, const struct paper **out)
{
    struct print p;
    struct letter l;
    struct q_event_summons_list *rows;
    size_t n;
    TRY(begun(w, MSG_EVENT_LETTERS, &p));
    TRY(letter_fill(&p, &l));
    TRY(event_summoned(&w->ctx, &p.v, &rows, &n));
    const str title = said(&p, l.cancelled ? MSG_EVENT_LETTER_CANCELLED : MSG_EVENT_LETTER_TITLE);
    paper_begin(p.d, w->arena, w->lang, PAPER_A4, 0, title);
    p.d->paper.foot = paper_in(LANG_EN, p.v.row.event_code);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) { /* each sheet goes to another office */
            paper_break(p.d);
            paper_heading(p.d, title);
        }
        letter_to(&p, &l, rows[i].name_text);
    }
    return paper_done(p.d, out);
}

/* ---- the poster ---- */

static void poster_where(const struct print *p, const struct kacheri_view *m)
{
    const str ask = m->ask_address ? said(p, MSG_KACHERI_ASK_ADDRESS) : S("");
    fact(p, MSG_KACHERI_WHERE,
         arena_printf(p->w->arena, "%.*s%s%.*s%s%.*s", STR_F(m->venue), m->venue.n > 0 ? "\n" : "",
                      STR_F(m->where), ask.n > 0 ? "\n" : "", STR_F(ask)));
}

static void poster_words(const struct print *p, const struct kacheri_view *m)
{
    const struct {
        bool is;
        enum msg words;
    } lines[] = {{m->transport, MSG_KACHERI_TRANSPORT},
                 {m->childcare, MSG_KACHERI_CHILDCARE},
                 {m->purdah, MSG_KACHERI_PURDAH},
                 {m->female_staff, MSG_KACHERI_FEMALE_STAFF},
                 {true, MSG_KACHERI_BRING_NOTHING},
                 {true, MSG_KACHERI_FREE},
                 {true, MSG_KACHERI_PRIVATE}};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (lines[i].is) {
            text(p, arena_printf(p->w->arena, "• %.*s", STR_F(said(p, lines[i].words))));
        }
    }
}

static void poster_fill(const struct print *p, const struct kacheri_view *m)
{
    struct web *w = p->w;
    if (m->cancelled) {
        paper_heading(p->d, said(p, MSG_KACHERI_CANCELLED));
    } else if (m->moved.n > 0) {
        paper_heading(p->d, m->moved);
    }
    paper_heading(p->d, said(p, m->women_only ? MSG_KACHERI_WOMEN_ONLY : MSG_KACHERI_FOR_ALL));
    fact(p, MSG_KACHERI_WHEN, arena_printf(w->arena, "%.*s\n%.*s", STR_F(m->day), STR_F(m->hours)));
    fact(p, MSG_KACHERI_WOMEN_HOURS, m->women_hours);
    poster_where(p, m);
    if (w->page.helpline.n > 0) {
        fact(p, MSG_KACHERI_ASK, page_isolate(&w->page, w->page.helpline));
    }
    if (!m->cancelled) {
        poster_words(p, m);
    }
    const str address = web_public(w, kacheri_url(w, m->code, S("")).s);
    if (address.n > 0) {
        paper_qr(p->d, address, said(p, MSG_EVENT_POSTER_SCAN));
    }
    if (w->page.demo) {
        paper_note(p->d, said(p, MSG_LAYOUT_DEMO));
    }
}

static err poster_of(struct web *w, const struct paper **out)
{
    struct print p;
    struct kacheri_view m;
    TRY(begun(w, MSG_EVENT_POSTER, &p));
    if (p.v.row.announced_flag == 0) {
        return FAIL(NOT_FOUND);
    }
    TRY(kacheri_fill(w, &p.v, &m));
    paper_begin(p.d, w->arena, w->lang, PAPER_A4,
                w->lang == LANG_UR ? POSTER_LETTERS_NASTALIQ : POSTER_LETTERS, m.title);
    p.d->paper.above = plain(&p, said(&p, MSG_LAYOUT_NAME));
    p.d->paper.foot = paper_in(LANG_EN, m.code);
    poster_fill(&p, &m);
    return paper_done(p.d, out);
}

/* ---- each as page, PDF and DOCX ---- */

static err page_of(struct web *w, str name, err (*make)(struct web *w, const struct paper **out))
{
    const struct paper *paper;
    const str code = w->in[0].text;
    TRY(make(w, &paper));
    const struct paper_ways ways = {
        .pdf = event_url(w, code, arena_printf(w->arena, "/%.*s.pdf", STR_F(name))),
        .docx = event_url(w, code, arena_printf(w->arena, "/%.*s.docx", STR_F(name)))};
    TRY(paper_html(&w->page, paper, &ways));
    return web_html(w, 200);
}

static err file_of(struct web *w, str name, enum paper_form form,
                   err (*make)(struct web *w, const struct paper **out))
{
    const struct paper *paper;
    TRY(make(w, &paper));
    return web_paper(w, paper, form, arena_printf(w->arena, "%.*s-%.*s", STR_F(w->in[0].text), STR_F(name)));
}

err show_letters(struct web *w)
{
    return page_of(w, S("letters"), letters_of);
}

err show_letters_pdf(struct web *w)
{
    return file_of(w, S("letters"), PAPER_AS_PDF, letters_of);
}

err show_letters_docx(struct web *w)
{
    return file_of(w, S("letters"), PAPER_AS_DOCX, letters_of);
}

err show_poster(struct web *w)
{
    return page_of(w, S("poster"), poster_of);
}

err show_poster_pdf(struct web *w)
{
    return file_of(w, S("poster"), PAPER_AS_PDF, poster_of);
}

err show_poster_docx(struct web *w)
{
    return file_of(w, S("poster"), PAPER_AS_DOCX, poster_of);
}
