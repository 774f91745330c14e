/* str.h: a borrowed run of bytes, usually UTF-8.
 *
 * A str owns nothing and is not terminated; the memory behind it outlives it by its owner's promise.
 * `p == NULL` means "not given" and is not the same as an empty text. No function here allocates.
 */
#ifndef SUNWAI_STR_H
#define SUNWAI_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct str {
    const char *p;
    size_t n;
} str;

/* A str of a literal: S("words"). */
#define S(literal) ((str){"" literal, sizeof(literal) - 1})
/* The same where only a constant initialiser will do. */
#define S_INIT(literal)                 \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
#define STR_NONE ((str){NULL, 0})
/* For printf's "%.*s". */
#define STR_F(s) (int)(s).n, ((s).p != NULL ? (s).p : "")

str str_of(const char *c); /* of a C string from a library; NULL gives STR_NONE */
bool str_eq(str a, str b); /* not for secrets: see random.h */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
int str_cmp(str a, str b);                 /* by bytes */
str str_trim(str s);                       /* without ASCII white space at both ends */
str str_sub(str s, size_t from, size_t n); /* clamped to s */
bool str_find(str s, char c, size_t *out_at);
str str_cut(str *rest, char sep); /* up to sep; *rest moves behind it (STR_NONE at the end) */
/* The next word of a list with spaces or commas between them; false: there is none. */
bool str_word(str *rest, str *out);
bool str_i64(str s, int64_t *out); /* the whole of s as a decimal number in range */
bool str_utf8(str s);              /* well-formed, no NUL, no surrogates, at most U+10FFFF */
size_t str_chars(str s);           /* code points of well-formed UTF-8 */
/* The next code point of well-formed UTF-8, moving *at; 0 at the end. */
uint32_t str_next(str s, size_t *at);

#endif
