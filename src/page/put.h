/* put.h: which function writes a value, by its type and by the place where it stands. Only generated
 * templates include this; they say `_Generic((v), PUT_TEXT)(p, (v))`, so that a refusal is reported at the
 * page's own line. A type that is not listed does not compile: char * (of unknown length and encoding), enums
 * and unsigned ints (an identifier is no text), bool, and domain types, which are formatted first.
 */
#ifndef SUNWAI_PUT_H
#define SUNWAI_PUT_H

#include "page.h"

static inline void put_size(struct page *p, size_t v)
{
    put_number(p, (int64_t)v);
}
static inline void put_plain_size(struct page *p, size_t v)
{
    put_plain_number(p, (int64_t)v);
}

/* clang-format off */
/* Between tags. */
#define PUT_TEXT PUT_WORDS, struct html: put_html
/* In title, textarea and option, where there is no markup. */
#define PUT_WORDS str: put_text, int: put_number, long: put_number, long long: put_number, size_t: put_size
/* In a quoted attribute: numbers as programs read them. */
#define PUT_ATTR \
    str: put_text, int: put_plain_number, long: put_plain_number, long long: put_plain_number, \
    size_t: put_plain_size
/* In href, action, src and their like. */
#define PUT_URL struct url: put_url
/* clang-format on */

#endif
