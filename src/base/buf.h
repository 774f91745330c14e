/* buf.h: text being built, born with a maximum.
 *
 * A buf grows up to `max` bytes and then goes `full`: later appends do nothing, and the owner asks once at
 * the end. So code that writes a page need not check each append, and no input can make it grow without
 * bound. Its memory is its own: buf_free() releases it.
 */
#ifndef SUNWAI_BUF_H
#define SUNWAI_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "str.h"

struct buf {
    char *p;
    size_t n;
    size_t cap;
    size_t max;
    bool full;
};

struct buf buf_new(size_t max);
void buf_free(struct buf *b); /* takes NULL; the buf is empty and usable again afterwards */
void buf_clear(struct buf *b);
void buf_put(struct buf *b, str s);
void buf_putc(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_utf8(struct buf *b, uint32_t code_point); /* what is no character becomes U+FFFD */
str buf_str(const struct buf *b);                  /* borrowed until the next append */

/* Closes by itself at the end of the block: SCOPED(buf_free) struct buf b = buf_new(…). */
#define SCOPED(close) __attribute__((cleanup(close)))

#endif
