/* paper_model.c: bounds of a paper, and its bytes: numbers little-endian, texts behind their length. */
#include "paper_model.h"

#include <string.h>

#include "packing.h"

enum { MARK_SIZE = 4, PAPER_VERSION = 2, AREA_WORDS = 5 };
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
    [PAPER_BARS] = {PAPER_SERIES_AT + 1, PAPER_SERIES_AT + PAPER_SERIES_MAX},
    [PAPER_STACKS] = {PAPER_SERIES_AT + 1, PAPER_SERIES_AT + PAPER_SERIES_MAX},
    [PAPER_LINES] = {PAPER_SERIES_AT + 1, PAPER_SERIES_AT + PAPER_SERIES_MAX},
    [PAPER_FUNNEL] = {PAPER_SERIES_AT + 1, PAPER_SERIES_AT + 1},
    [PAPER_POINT] = {PAPER_PAIRS_AT + 2, PAPER_PAIRS_AT + 2 * PAPER_SERIES_MAX},
    [PAPER_MAP] = {PAPER_STEPS_AT + PAPER_STEPS, PAPER_STEPS_AT + PAPER_STEPS},
    [PAPER_AREA] = {AREA_WORDS, AREA_WORDS},
    [PAPER_PICTURE] = {2, 2},
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

/* ---- charts, maps and pictures ---- */

bool paper_is_chart(enum paper_kind kind)
{
    return kind == PAPER_BARS || kind == PAPER_STACKS || kind == PAPER_LINES || kind == PAPER_FUNNEL;
}

static bool amount_of(str digits, int64_t *out)
{
    return digits.n > 0 && digits.p[0] >= '0' && digits.p[0] <= '9' && str_i64(digits, out) &&
           *out <= PAPER_AMOUNT_MAX;
}

bool paper_amount(const struct paper_piece *point, size_t series, int64_t *out)
{
    return amount_of(point->words[PAPER_PAIRS_AT + 2 * series + 1].text, out);
}

static bool picture_number(const struct paper *p, const struct paper_piece *piece, int64_t *out)
{
    return amount_of(piece->words[1].text, out) && *out < (int64_t)p->pictures_n;
}

str paper_picture_of(const struct paper *p, const struct paper_piece *piece)
{
    int64_t at = 0;
    return picture_number(p, piece, &at) ? p->pictures[at] : S("");
}

/* Whether it is readable says who draws it; here, that it is one at all. */
static bool pictures_fine(const struct paper *p)
{
    static const str jpeg = S_INIT("\xff\xd8\xff");
    for (size_t i = 0; i < p->pictures_n && p->pictures_n <= PAPER_PICTURES_MAX; i++) {
        if (p->pictures[i].n > PAPER_PICTURE_MAX || !str_starts(p->pictures[i], jpeg)) {
            return false;
        }
    }
    return p->pictures_n <= PAPER_PICTURES_MAX;
}

int64_t paper_top(const struct paper_piece *chart)
{
    int64_t n = 0;
    return amount_of(chart->words[2].text, &n) && n > 0 ? n : 1;
}

bool paper_numbers(str text, int64_t *out, size_t n)
{
    size_t got = 0;
    for (str rest = text; rest.p != NULL; got++) {
        int64_t v = 0;
        if (got == n || !str_i64(str_cut(&rest, ' '), &v) || v < -PAPER_PLACE_MAX || v > PAPER_PLACE_MAX) {
            return false;
        }
        out[got] = v;
    }
    return got == n;
}

static bool chart_fine(const struct paper_piece *piece)
{
    int64_t top = 0;
    return amount_of(piece->words[2].text, &top) && top > 0;
}

/* Each amount is none above the top; of bars one behind another all together are not. */
static bool point_fine(const struct paper_piece *piece, const struct paper_piece *chart)
{
    const int64_t top = paper_top(chart);
    int64_t all = 0;
    for (size_t i = 0; i + PAPER_SERIES_AT < chart->words_n; i++) {
        int64_t n = 0;
        if (!paper_amount(piece, i, &n) && piece->words[PAPER_PAIRS_AT + 2 * i + 1].text.n > 0) {
            return false;
        }
        all += n;
        if ((chart->kind == PAPER_STACKS ? all : n) > top) {
            return false;
        }
    }
    return true;
}

static bool map_fine(const struct paper_piece *piece)
{
    enum { LEFT, TOP, RIGHT, BOTTOM, SIDES };
    int64_t box[SIDES];
    return paper_numbers(piece->words[1].text, box, SIDES) && box[LEFT] < box[RIGHT] &&
           box[TOP] < box[BOTTOM];
}

static bool path_fine(str path)
{
    for (size_t i = 0; i < path.n; i++) {
        const char c = path.p[i];
        if ((c < '0' || c > '9') && memchr("MmLlHhVvZz -", c, sizeof "MmLlHhVvZz -" - 1) == NULL) {
            return false;
        }
    }
    return path.n > 0;
}

static bool area_fine(const struct paper_piece *piece)
{
    enum { STEP = 2, PLACE, PATH };
    int64_t at[2];
    const str step = piece->words[STEP].text;
    return (step.n == 0 || (step.n == 1 && step.p[0] >= '0' && step.p[0] < '0' + PAPER_STEPS)) &&
           paper_numbers(piece->words[PLACE].text, at, 2) && path_fine(piece->words[PATH].text);
}

/* What belongs together with a piece before it: a row with its table, a point with its chart. */
static bool follows(enum paper_kind head, enum paper_kind kind)
{
    return (head == PAPER_TABLE && kind == PAPER_ROW) || (head == PAPER_FACT && kind == PAPER_FACT) ||
           (paper_is_chart(head) && kind == PAPER_POINT) || (head == PAPER_MAP && kind == PAPER_AREA);
}

size_t paper_together(const struct paper *p, size_t from)
{
    size_t n = 1;
    while (from + n < p->pieces_n && follows(p->pieces[from].kind, p->pieces[from + n].kind)) {
        n++;
    }
    return n;
}

/* Two names beside each other, whatever way each runs. */
static void words_say(struct buf *out, str text)
{
    buf_printf(out, "\u2068%.*s\u2069", STR_F(text));
}

static void point_say(const struct paper_piece *head, const struct paper_piece *point, struct buf *out)
{
    bool some = false;
    for (size_t i = 0; i + PAPER_SERIES_AT < head->words_n; i++) {
        const str text = point->words[PAPER_PAIRS_AT + 2 * i].text;
        if (text.n > 0) {
            buf_put(out, some ? S(", ") : S(": "));
            if (head->words_n > PAPER_SERIES_AT + 1) {
                words_say(out, head->words[PAPER_SERIES_AT + i].text);
                buf_put(out, S(" "));
            }
            words_say(out, text);
            some = true;
        }
    }
}

void paper_drawn_words(const struct paper *p, size_t from, struct buf *out)
{
    const struct paper_piece *head = &p->pieces[from];
    const size_t n = paper_together(p, from);
    SCOPED(buf_free) struct buf one = buf_new(PAPER_TEXT_MAX);
    const char *before = ". ";
    words_say(out, head->words[0].text);
    for (size_t i = 1; i < n; i++) {
        const struct paper_piece *piece = &head[i];
        if (piece->kind == PAPER_AREA && piece->words[1].text.n == 0) {
            continue;
        }
        buf_clear(&one);
        buf_put(&one, str_of(before));
        before = "; ";
        words_say(&one, piece->words[0].text);
        if (piece->kind == PAPER_AREA) {
            buf_put(&one, S(": "));
            words_say(&one, piece->words[1].text);
        } else {
            point_say(head, piece, &one);
        }
        if (one.full || out->n + one.n > out->max) {
            return;
        }
        buf_put(out, buf_str(&one));
    }
}

/* Of a piece that stands with a head before it. */
static bool part_fine(const struct paper_piece *piece, const struct paper_piece *head)
{
    if (head == NULL || !follows(head->kind, piece->kind)) {
        return false;
    }
    if (piece->kind == PAPER_ROW) {
        return piece->words_n == head->words_n;
    }
    if (piece->kind == PAPER_POINT) {
        return piece->words_n == PAPER_PAIRS_AT + 2 * (head->words_n - PAPER_SERIES_AT) &&
               piece - head <= PAPER_POINTS_MAX && point_fine(piece, head);
    }
    return piece - head <= PAPER_AREAS_MAX && area_fine(piece);
}

/* `head`: of the table, chart or map that is open; NULL: none is. */
static bool piece_fine(const struct paper_piece *piece, const struct paper_piece *head)
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
    if (piece->kind == PAPER_ROW || piece->kind == PAPER_POINT || piece->kind == PAPER_AREA) {
        return part_fine(piece, head);
    }
    return (piece->kind != PAPER_QR || code_fine(piece->words[0].text)) &&
           (!paper_is_chart(piece->kind) || chart_fine(piece)) &&
           (piece->kind != PAPER_MAP || map_fine(piece));
}

bool paper_fine(const struct paper *p)
{
    if (p->size < PAPER_A4 || p->size >= PAPER_SIZES || p->letters < PAPER_LETTERS_MIN ||
        p->letters > PAPER_LETTERS_MAX || p->pieces_n > PAPER_PIECES_MAX || !words_fine(&p->title) ||
        !words_fine(&p->above) || !words_fine(&p->foot) || !pictures_fine(p)) {
        return false;
    }
    const struct paper_piece *head = NULL;
    for (size_t i = 0; i < p->pieces_n; i++) {
        const struct paper_piece *piece = &p->pieces[i];
        int64_t number = 0;
        if (!piece_fine(piece, head) ||
            (piece->kind == PAPER_PICTURE && !picture_number(p, piece, &number))) {
            return false;
        }
        head = head != NULL && follows(head->kind, piece->kind) ? head : piece;
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
    pack_number(out, p->pictures_n, 1);
    for (size_t i = 0; i < p->pictures_n; i++) {
        pack_number(out, p->pictures[i].n, 2);
        buf_put(out, p->pictures[i]);
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

static err take_pictures(struct unpacking *r, struct arena *a, struct paper *io)
{
    const size_t n = unpack_number(r, 1);
    str *pictures = arena_array_of(a, str, PAPER_PICTURES_MAX);
    if (pictures == NULL) {
        return FAIL(LIMIT);
    }
    if (r->bad || n > PAPER_PICTURES_MAX) {
        return FAIL(INVALID);
    }
    for (size_t i = 0; i < n; i++) {
        pictures[i] = unpack_bytes(r, unpack_number(r, 2));
    }
    io->pictures = pictures;
    io->pictures_n = n;
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
    TRY(take_pictures(&r, a, &p));
    if (r.bad || r.left.n > 0 || !paper_fine(&p)) {
        return FAIL(INVALID);
    }
    *out = p;
    return OK;
}
