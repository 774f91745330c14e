#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"

enum { FIRST = 256, LARGE = 1 << 20, LARGE_FIRST = 16384, DIGITS_MAX = 20 };

struct buf buf_new(size_t max)
{
    return (struct buf){.max = max};
}

void buf_free(struct buf *b)
{
    if (b == NULL) {
        return;
    }
    mem_free(b->p);
    *b = (struct buf){.max = b->max};
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->full = false;
}

/* Room for n more bytes and one for vsnprintf's NUL; false, and full for good, past the maximum. */
static bool room(struct buf *b, size_t n)
{
    if (b->full || n > b->max - b->n) {
        b->full = true;
        return false;
    }
    if (b->cap - b->n > n) {
        return true;
    }
    /* What may become a page begins as one: it would be copied at each doubling. */
    const size_t least = b->max >= LARGE ? LARGE_FIRST : FIRST;
    size_t cap = b->cap < least ? least : b->cap * 2;
    while (cap - b->n <= n) {
        cap *= 2;
    }
    b->p = mem_grow(b->p, cap);
    b->cap = cap;
    return true;
}

void buf_put(struct buf *b, str s)
{
    if (s.n > 0 && room(b, s.n)) {
        memcpy(b->p + b->n, s.p, s.n);
        b->n += s.n;
    }
}

void buf_putc(struct buf *b, char c)
{
    if (room(b, 1)) {
        b->p[b->n++] = c;
    }
}

void buf_i64(struct buf *b, int64_t v)
{
    char digits[DIGITS_MAX];
    size_t at = sizeof digits;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (v < 0) {
        digits[--at] = '-';
    }
    buf_put(b, (str){digits + at, sizeof digits - at});
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n <= 0 || !room(b, (size_t)n)) {
        b->full = b->full || n < 0;
        return;
    }
    va_start(args, format);
    (void)vsnprintf(b->p + b->n, (size_t)n + 1, format, args);
    va_end(args);
    b->n += (size_t)n;
}

void buf_utf8(struct buf *b, uint32_t c)
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        c = 0xFFFD;
    }
    if (c < 0x80) {
        buf_putc(b, (char)c);
        return;
    }
    const int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[4] = {0, 0xC0, 0xE0, 0xF0};
    if (!room(b, (size_t)tail + 1)) {
        return;
    }
    b->p[b->n++] = (char)(lead[tail] | (c >> (6 * tail)));
    for (int i = tail - 1; i >= 0; i--) {
        b->p[b->n++] = (char)(0x80 | ((c >> (6 * i)) & 0x3F));
    }
}

str buf_str(const struct buf *b)
{
    return (str){b->p == NULL ? "" : b->p, b->n};
}
