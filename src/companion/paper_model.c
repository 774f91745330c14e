/* paper_model.c: bounds of a paper, and its bytes: numbers little-endian, texts behind their length. */
#include "paper_model.h"

#include "packing.h"

enum { MARK_SIZE = 4, PAPER_VERSION = 1 };
static const char mark[MARK_SIZE] = {'p', 'a', 'p', PAPER_VERSION};

/* How many texts each kind has. */
static const struct {
    uint8_t least, most;
} words_of[PAPER_KINDS] = {
    [PAPER_HEADING] = {1, 1},
    [PAPER_TEXT] = {1, 1},
    [PAPER_NOTE] = {1, 1},
    [PAPER_FACT] = {2, 2},
    [PAPER_TABLE] = {1, PAPER_WORDS_MAX},
    [PAPER_ROW] = {1, PAPER_WORDS_MAX},
    [PAPER_SIGN] = {1, 3},
    [PAPER_BREAK] = {0, 0},
    [PAPER_QR] = {2, 2},
};

/* ---- bounds ---- */

static bool words_fine(const struct paper_words *w)
{
    return pack_text_fine(w->text, PAPER_TEXT_MAX) && pack_lang_fine(w->lang, PAPER_LANG_MAX) &&
           w->flags <= PAPER_FLAGS;
}

static bool code_fine(str code)
{
    for (size_t i = 0; i < code.n; i++) {
        if (code.p[i] <= ' ' || code.p[i] > '~') {
            return false;
        }
    }
    return code.n > 0 && code.n <= PAPER_QR_MAX;
}

static bool piece_fine(const struct paper_piece *piece, size_t columns)
{
    if (piece->kind < PAPER_HEADING || piece->kind >= PAPER_KINDS ||
        piece->words_n < words_of[piece->kind].least || piece->words_n > words_of[piece->kind].most) {
        return false;
    }
    for (size_t i = 0; i < piece->words_n; i++) {
        if (!words_fine(&piece->words[i])) {
            return false;
        }
    }
    if (piece->kind == PAPER_ROW && piece->words_n != columns) {
        return false;
    }
    return piece->kind != PAPER_QR || code_fine(piece->words[0].text);
}

bool paper_fine(const struct paper *p)
{
    if (p->size < PAPER_A4 || p->size >= PAPER_SIZES || p->letters < PAPER_LETTERS_MIN ||
        p->letters > PAPER_LETTERS_MAX || p->pieces_n > PAPER_PIECES_MAX || !words_fine(&p->title) ||
        !words_fine(&p->above) || !words_fine(&p->foot)) {
        return false;
    }
    size_t columns = 0; /* a row follows its table's head or another row */
    for (size_t i = 0; i < p->pieces_n; i++) {
        const struct paper_piece *piece = &p->pieces[i];
        if (!piece_fine(piece, columns)) {
            return false;
        }
        columns = piece->kind == PAPER_TABLE || piece->kind == PAPER_ROW ? piece->words_n : 0;
    }
    return true;
}

/* Letters of the Hebrew and Arabic blocks and their presentation forms, without digits and marks. */
static bool letter_from_right(uint32_t c)
{
    return (c >= 0x5d0 && c <= 0x5ea) || (c >= 0x620 && c <= 0x64a) || (c >= 0x66e && c <= 0x6d5) ||
           (c >= 0x6fa && c <= 0x8c7) || (c >= 0xfb1d && c <= 0xfdfb) || (c >= 0xfe70 && c <= 0xfefc);
}

static bool letter_from_left(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x58f) ||
           (c >= 0x900 && c <= 0x1fff);
}

bool paper_from_right(const struct paper_words *w)
{
    size_t at = 0;
    uint32_t c = (w->flags & PAPER_AUTO) != 0 ? str_next(w->text, &at) : 0;
    while (c != 0 && !letter_from_right(c) && !letter_from_left(c)) {
        c = str_next(w->text, &at);
    }
    return c != 0 ? letter_from_right(c) : (w->flags & PAPER_RTL) != 0;
}

/* ---- putting together ---- */

static void put_words(struct buf *out, const struct paper_words *w)
{
    pack_number(out, w->lang.n, 1);
    buf_put(out, w->lang);
    pack_number(out, w->flags, 1);
    pack_number(out, w->share, 1);
    pack_number(out, w->text.n, 2);
    buf_put(out, w->text);
}

err paper_pack(const struct paper *p, struct buf *out)
{
    if (!paper_fine(p)) {
        return FAIL(INVALID);
    }
    const size_t from = out->n;
    buf_put(out, (str){mark, MARK_SIZE});
    pack_number(out, (size_t)p->size, 1);
    pack_number(out, p->letters, 1);
    put_words(out, &p->title);
    put_words(out, &p->above);
    put_words(out, &p->foot);
    pack_number(out, p->pieces_n, 2);
    for (size_t i = 0; i < p->pieces_n; i++) {
        pack_number(out, (size_t)p->pieces[i].kind, 1);
        pack_number(out, p->pieces[i].words_n, 1);
        for (size_t k = 0; k < p->pieces[i].words_n; k++) {
            put_words(out, &p->pieces[i].words[k]);
        }
    }
    return out->full || out->n - from > PAPER_BYTES_MAX ? FAIL(LIMIT) : OK;
}

/* ---- taking apart ---- */

static struct paper_words take_words(struct unpacking *r)
{
    struct paper_words w = {0};
    w.lang = unpack_bytes(r, unpack_number(r, 1));
    w.flags = (uint8_t)unpack_number(r, 1);
    w.share = (uint8_t)unpack_number(r, 1);
    w.text = unpack_bytes(r, unpack_number(r, 2));
    return w;
}

static err take_piece(struct unpacking *r, struct arena *a, struct paper_piece *out)
{
    const size_t kind = unpack_number(r, 1);
    const size_t n = unpack_number(r, 1);
    if (r->bad || kind >= PAPER_KINDS || n > PAPER_WORDS_MAX) {
        return FAIL(INVALID);
    }
    struct paper_words *words = arena_array_of(a, struct paper_words, n + 1);
    if (words == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        words[i] = take_words(r);
    }
    *out = (struct paper_piece){.kind = (enum paper_kind)kind, .words = words, .words_n = n};
    return OK;
}

err paper_unpack(struct arena *a, str packed, struct paper *out)
{
    struct unpacking r = {.left = packed, .bad = packed.n > PAPER_BYTES_MAX};
    r.bad = r.bad || !str_eq(unpack_bytes(&r, MARK_SIZE), (str){mark, MARK_SIZE});
    const size_t size = unpack_number(&r, 1);
    struct paper p = {.size = size < PAPER_SIZES ? (enum paper_size)size : PAPER_SIZES};
    p.letters = (uint8_t)unpack_number(&r, 1);
    p.title = take_words(&r);
    p.above = take_words(&r);
    p.foot = take_words(&r);
    const size_t n = unpack_number(&r, 2);
    if (r.bad || n > PAPER_PIECES_MAX) {
        return FAIL(INVALID);
    }
    struct paper_piece *pieces = arena_array_of(a, struct paper_piece, n + 1);
    if (pieces == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(take_piece(&r, a, &pieces[i]));
    }
    p.pieces = pieces;
    p.pieces_n = n;
    if (r.bad || r.left.n > 0 || !paper_fine(&p)) {
        return FAIL(INVALID);
    }
    *out = p;
    return OK;
}
