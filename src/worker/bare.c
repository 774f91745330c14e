#include "bare.h"

enum {
    MARK = 0xff,
    TEM = 0x01,
    RST0 = 0xd0,
    SOI = 0xd8,
    EOI = 0xd9,
    SOS = 0xda,
    APP0 = 0xe0,
    APP14 = 0xee,
    APP15 = 0xef,
    COM = 0xfe,
    HEADED = 12 /* bytes that are kept of either head, without the small picture behind them */
};

static unsigned byte_at(str s, size_t at)
{
    return (unsigned char)s.p[at];
}

static uint64_t number_at(str s, size_t at, size_t bytes)
{
    uint64_t n = 0;
    for (size_t i = 0; i < bytes; i++) {
        n = n << 8 | byte_at(s, at + i);
    }
    return n;
}

static void mark_put(struct buf *out, unsigned mark)
{
    buf_putc(out, (char)MARK);
    buf_putc(out, (char)mark);
}

/* A head of the picture's own (JFIF), or the one that says how its colours are meant (Adobe). */
static void head_put(struct buf *out, unsigned mark, str inside)
{
    if (mark == APP0 && inside.n >= HEADED + 2 && str_starts(inside, S("JFIF\0"))) {
        mark_put(out, APP0);
        buf_put(out, S("\0\x10"));
        buf_put(out, str_sub(inside, 0, HEADED));
        buf_put(out, S("\0\0")); /* no small picture */
    } else if (mark == APP14 && inside.n >= HEADED && str_starts(inside, S("Adobe"))) {
        mark_put(out, APP14);
        buf_put(out, S("\0\x0e"));
        buf_put(out, str_sub(inside, 0, HEADED));
    }
}

/* Behind SOS: up to the next mark that is none of the points' own. */
static size_t scan_end(str s, size_t at)
{
    while (at + 1 < s.n) {
        const unsigned next = byte_at(s, at + 1);
        if (byte_at(s, at) == MARK && next != 0 && next != MARK && (next & ~7U) != RST0) {
            return at;
        }
        at++;
    }
    return s.n;
}

static size_t segment_put(str s, size_t at, unsigned mark, struct buf *out)
{
    const size_t n = at + 2 <= s.n ? (size_t)number_at(s, at, 2) : 0;
    if (n < 2 || n > s.n - at) {
        return 0;
    }
    if ((mark >= APP0 && mark <= APP15) || mark == COM) {
        head_put(out, mark, str_sub(s, at + 2, n - 2));
        return at + n;
    }
    mark_put(out, mark);
    buf_put(out, str_sub(s, at, n));
    if (mark != SOS) {
        return at + n;
    }
    const size_t end = scan_end(s, at + n);
    buf_put(out, str_sub(s, at + n, end - at - n));
    return end;
}

bool bare_jpeg(str picture, struct buf *out)
{
    size_t at = 2;
    if (!str_starts(picture, S("\xff\xd8\xff"))) {
        return false;
    }
    mark_put(out, SOI);
    while (at < picture.n) {
        if (byte_at(picture, at) != MARK) {
            return false;
        }
        while (at < picture.n && byte_at(picture, at) == MARK) {
            at++;
        }
        if (at == picture.n) {
            break;
        }
        const unsigned mark = byte_at(picture, at++);
        if (mark == EOI) {
            mark_put(out, EOI);
            return !out->full;
        }
        if (mark == 0 || mark == TEM || (mark >= RST0 && mark <= SOI)) {
            return false; /* no beginning of a segment */
        }
        at = segment_put(picture, at, mark, out);
        if (at == 0) {
            return false;
        }
    }
    return !out->full; /* its end is missing: readers show what is there */
}

/* What a reader needs to show it: the rest is words, names and rights. */
static bool box_kept(str type)
{
    static const char *const kept[] = {"jP  ", "ftyp", "rreq", "jp2h", "jpch", "jplh", "jp2c"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (str_eq(type, str_of(kept[i]))) {
            return true;
        }
    }
    return false;
}

bool bare_jpeg2000(str picture, struct buf *out)
{
    enum { HEAD = 8, LONG_HEAD = 16 };
    if (str_starts(picture, S("\xff\x4f\xff\x51"))) {
        buf_put(out, picture);
        return !out->full;
    }
    if (picture.n < HEAD || !str_eq(str_sub(picture, 4, 4), S("jP  "))) {
        return false;
    }
    while (picture.n >= HEAD) {
        uint64_t n = number_at(picture, 0, 4);
        const size_t head = n == 1 ? LONG_HEAD : HEAD;
        if (head > picture.n) {
            return false;
        }
        n = n == 1 ? number_at(picture, HEAD, 8) : n == 0 ? picture.n : n;
        if (n < head || n > picture.n) {
            return false;
        }
        if (box_kept(str_sub(picture, 4, 4))) {
            buf_put(out, str_sub(picture, 0, (size_t)n));
        }
        picture = str_sub(picture, (size_t)n, picture.n);
    }
    return !out->full;
}
