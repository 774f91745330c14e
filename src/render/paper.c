/* paper.c: pieces in the order in which they are said; a list that doubles when it is full. */
#include "paper.h"

#include <string.h>

#include "paper_inside.h"
#include "paper.html.h"
#include "qr.h"

enum { LETTERS = 11, ROOM = 32 };

/* ---- texts ---- */

struct paper_words paper_in(enum lang lang, str text)
{
    const bool rtl = str_eq(lang_table[lang].dir, S("rtl"));
    return (struct paper_words){.text = text, .lang = lang_table[lang].code, .flags = rtl ? PAPER_RTL : 0};
}

struct paper_words paper_said(enum lang lang, str text)
{
    struct paper_words w = paper_in(lang, text);
    w.flags |= PAPER_AUTO;
    return w;
}

struct paper_words paper_figure(enum lang lang, str text)
{
    return (struct paper_words){.text = text, .lang = lang_table[lang].code, .flags = PAPER_NUMBER};
}

struct paper_words paper_strong(struct paper_words w)
{
    w.flags |= PAPER_STRONG;
    return w;
}

/* ---- pieces ---- */

void paper_begin(struct paper_draft *d, struct arena *a, enum lang lang, enum paper_size size,
                 uint8_t letters, str title)
{
    *d = (struct paper_draft){.arena = a, .lang = lang};
    d->paper = (struct paper){.size = size,
                              .letters = letters == 0 ? LETTERS : letters,
                              .title = paper_in(lang, title),
                              .above = paper_in(lang, S("")),
                              .foot = paper_in(lang, S(""))};
}

static bool room_for_one(struct paper_draft *d)
{
    if (d->full || d->paper.pieces_n >= PAPER_PIECES_MAX) {
        d->full = true;
    } else if (d->paper.pieces_n == d->room) {
        const size_t room = d->room == 0 ? ROOM : 2 * d->room;
        struct paper_piece *more = arena_array_of(d->arena, struct paper_piece, room);
        if (more == NULL) {
            d->full = true;
            return false;
        }
        if (d->room > 0) {
            memcpy(more, d->pieces, d->room * sizeof *more);
        }
        d->pieces = more;
        d->room = room;
    }
    return !d->full;
}

str paper_fitting(struct arena *a, str text)
{
    static const str more = S_INIT("…");
    bool odd = text.n > PAPER_TEXT_MAX;
    for (size_t i = 0; i < text.n && !odd; i++) {
        odd = ((unsigned char)text.p[i] < ' ' && text.p[i] != '\n') || text.p[i] == 0x7f;
    }
    if (!odd) {
        return text.p == NULL ? S("") : text;
    }
    SCOPED(buf_free) struct buf b = buf_new(PAPER_TEXT_MAX);
    for (size_t at = 0; at < text.n;) {
        const size_t from = at;
        const uint32_t c = str_next(text, &at);
        const bool last = at == text.n;
        if (b.n + (at - from) + (last ? 0 : more.n) > PAPER_TEXT_MAX) {
            buf_put(&b, more);
            break;
        }
        buf_put(&b, (c < ' ' && c != '\n') || c == 0x7f ? S(" ") : str_sub(text, from, at - from));
    }
    return arena_str(a, buf_str(&b));
}

void paper_add(struct paper_draft *d, enum paper_kind kind, const struct paper_words *words, size_t n)
{
    struct paper_words *own = arena_array_of(d->arena, struct paper_words, n + 1);
    if (own == NULL || !room_for_one(d)) {
        d->full = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        own[i] = words[i];
        own[i].text = paper_fitting(d->arena, words[i].text);
    }
    d->pieces[d->paper.pieces_n] = (struct paper_piece){.kind = kind, .words = own, .words_n = n};
    d->paper.pieces_n++;
    d->columns = kind == PAPER_TABLE || kind == PAPER_ROW ? n : 0;
}

void paper_heading(struct paper_draft *d, str text)
{
    const struct paper_words w = paper_in(d->lang, text);
    paper_add(d, PAPER_HEADING, &w, 1);
}

void paper_text(struct paper_draft *d, struct paper_words w)
{
    paper_add(d, PAPER_TEXT, &w, 1);
}

void paper_note(struct paper_draft *d, str text)
{
    const struct paper_words w = paper_in(d->lang, text);
    paper_add(d, PAPER_NOTE, &w, 1);
}

void paper_fact(struct paper_draft *d, str name, struct paper_words value)
{
    const struct paper_words w[] = {paper_in(d->lang, name), value};
    paper_add(d, PAPER_FACT, w, 2);
}

void paper_table(struct paper_draft *d, const struct paper_words *heads, size_t n)
{
    paper_add(d, PAPER_TABLE, heads, n);
}

void paper_row(struct paper_draft *d, const struct paper_words *cells, size_t n)
{
    paper_add(d, PAPER_ROW, cells, n);
}

/* ---- a table of figures, as any other of the paper ---- */

enum { SHARE_WORDS = 3, SHARE_FIGURE = 2 };

static void table_heads(struct paper_draft *d, const struct table_view *v, const struct table *t)
{
    struct paper_words heads[PAPER_WORDS_MAX];
    for (size_t i = 0; i < v->columns_n; i++) {
        const bool figure = table_figure(&t->columns[i]);
        heads[i] = paper_in(d->lang, v->columns[i].text);
        heads[i].flags |= figure ? PAPER_NUMBER : 0;
        heads[i].share = figure ? SHARE_FIGURE : SHARE_WORDS;
    }
    paper_table(d, heads, v->columns_n);
}

err paper_of_table(struct paper_draft *d, const struct table *t, size_t sums_n)
{
    struct table_view v;
    if (t->columns_n == 0 || t->columns_n > PAPER_WORDS_MAX) {
        return FAIL(INVALID);
    }
    TRY(table_view_of(t, d->lang, d->arena, &v));
    table_heads(d, &v, t);
    for (size_t r = 0; r < v.rows_n; r++) {
        struct paper_words cells[PAPER_WORDS_MAX];
        for (size_t i = 0; i < v.columns_n; i++) {
            const str text = v.rows[r].cells[i].text;
            const bool figure = table_figure(&t->columns[i]);
            cells[i] = figure ? paper_figure(d->lang, text) : paper_said(d->lang, text);
            cells[i] = r + sums_n >= v.rows_n ? paper_strong(cells[i]) : cells[i];
        }
        paper_row(d, cells, v.columns_n);
    }
    return OK;
}

void paper_sign(struct paper_draft *d, const str *below, size_t n)
{
    struct paper_words w[3];
    for (size_t i = 0; i < n && i < 3; i++) {
        w[i] = paper_in(d->lang, below[i]);
    }
    paper_add(d, PAPER_SIGN, w, n < 3 ? n : 3);
}

void paper_break(struct paper_draft *d)
{
    paper_add(d, PAPER_BREAK, NULL, 0);
}

void paper_qr(struct paper_draft *d, str code, str beside)
{
    const struct paper_words w[] = {paper_in(LANG_EN, code), paper_in(d->lang, beside)};
    paper_add(d, PAPER_QR, w, 2);
}

void paper_picture(struct paper_draft *d, struct paper_words alt, str jpeg)
{
    if (jpeg.n == 0 || jpeg.n > PAPER_PICTURE_MAX || d->paper.pictures_n == PAPER_PICTURES_MAX) {
        return;
    }
    if (d->pictures == NULL) {
        d->pictures = arena_array_of(d->arena, str, PAPER_PICTURES_MAX);
    }
    if (d->pictures == NULL) {
        d->full = true;
        return;
    }
    const str number = arena_printf(d->arena, "%zu", d->paper.pictures_n);
    const struct paper_words w[] = {alt, paper_in(LANG_EN, number)};
    d->pictures[d->paper.pictures_n++] = jpeg;
    d->paper.pictures = d->pictures;
    paper_add(d, PAPER_PICTURE, w, 2);
}

err paper_done(struct paper_draft *d, const struct paper **out)
{
    if (d->full || arena_full(d->arena)) {
        return FAIL(LIMIT);
    }
    d->paper.pieces = d->pieces;
    if (!paper_fine(&d->paper)) {
        return FAIL(BUG);
    }
    *out = &d->paper;
    return OK;
}

/* ---- as a page: facts and rows that follow each other are one block ---- */

str paper_dir(const struct paper_words *w)
{
    if ((w->flags & PAPER_AUTO) != 0) {
        return S("auto");
    }
    return (w->flags & PAPER_RTL) != 0 ? S("rtl") : S("ltr");
}

str paper_class(const struct paper_words *w)
{
    if ((w->flags & PAPER_FIRST) != 0) {
        return S("led");
    }
    if ((w->flags & PAPER_NUMBER) != 0) {
        return S("end");
    }
    return (w->flags & PAPER_STRONG) != 0 ? S("strong") : S("");
}

static err qr_fill(struct arena *a, struct paper_block *b)
{
    struct qr qr;
    TRY(qr_of(a, b->words[0].text, &qr));
    b->qr_path = qr.path;
    b->qr_size = qr.size;
    return OK;
}

static err block_fill(struct arena *a, const struct paper *m, struct paper_block *b)
{
    if (b->kind == PAPER_QR) {
        return qr_fill(a, b);
    }
    if (b->kind == PAPER_MAP) {
        return paper_map_fill(a, m, b);
    }
    return paper_is_chart(b->kind) ? paper_chart_fill(a, m, b) : OK;
}

err paper_shown_of(struct arena *a, const struct paper *m, struct paper_shown *out)
{
    struct paper_block *blocks = arena_array_of(a, struct paper_block, m->pieces_n + 1);
    if (blocks == NULL) {
        return FAIL(LIMIT);
    }
    *out = (struct paper_shown){.paper = m};
    size_t n = 0;
    for (size_t i = 0; i < m->pieces_n;) {
        const struct paper_piece *piece = &m->pieces[i];
        const size_t together = paper_together(m, i);
        const size_t heads = piece->kind == PAPER_FACT ? 0 : 1;
        blocks[n] = (struct paper_block){.kind = piece->kind,
                                         .words = piece->words,
                                         .words_n = piece->words_n,
                                         .pieces = piece + heads,
                                         .pieces_n = together - heads};
        TRY(block_fill(a, m, &blocks[n]));
        out->drawn = out->drawn || blocks[n].chart != NULL;
        out->mapped = out->mapped || blocks[n].map != NULL;
        n++;
        i += together;
    }
    out->blocks = blocks;
    out->blocks_n = n;
    return OK;
}

err paper_html(struct page *p, const struct paper *m, const struct paper_ways *ways)
{
    struct paper_shown v;
    TRY(paper_shown_of(p->arena, m, &v));
    v.ways = *ways;
    p->title = m->title.text;
    p->script = true;
    paper_page(p, &v);
    return OK;
}

/* ---- as a file ---- */

static err by_worker(const struct paper *m, enum work_kind kind, struct work_done *out)
{
    SCOPED(buf_free) struct buf packed = buf_new(PAPER_BYTES_MAX);
    *out = (struct work_done){0};
    TRY(paper_pack(m, &packed));
    return work_do(kind, buf_str(&packed), out);
}

err paper_pdf(const struct paper *m, struct work_done *out)
{
    return by_worker(m, WORK_PAPER_PDF, out);
}

err paper_docx(const struct paper *m, struct work_done *out)
{
    return by_worker(m, WORK_PAPER_DOCX, out);
}
