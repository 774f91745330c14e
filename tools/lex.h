/* lex.h: what the small compilers share: reading a file, saying where it is wrong, building text, writing it.
 *
 * These programs run for a moment at build time and read only files of this tree. So there is one way to
 * fail: refuse() prints `file:line: what is wrong` and ends the process with 1; and nothing is freed: memory
 * lives as long as the process. Texts are UTF-8 without NUL; source_read() refuses others.
 */
#ifndef SUNWAI_LEX_H
#define SUNWAI_LEX_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A run of bytes inside a source or an out; not terminated. */
typedef struct str {
    const char *p;
    size_t n;
} str;
#define S(literal) ((str){"" literal, sizeof(literal) - 1})
#define STR_F(s) (int)(s).n, (s).p /* for "%.*s" */

str str_of(const char *c);
bool str_eq(str a, str b);
bool str_is(str a, const char *b);
bool str_starts(str s, const char *prefix);
bool str_ends(str s, const char *suffix);
int str_cmp(str a, str b);      /* by bytes */
str str_trim(str s);            /* without ASCII white space at both ends */
str str_from(str s, size_t at); /* the rest from `at` on; empty past the end */
str str_range(const char *from, const char *to);
bool str_find(str s, const char *what, size_t *out_at); /* out_at may be NULL */
str str_cut(str *rest, char sep); /* what stands before sep; *rest moves behind it, and is empty at the end */
str str_word(str *rest);          /* the next run without white space; empty at the end */
const char *str_c(str s);         /* a terminated copy */
str str_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ASCII only, whatever the locale. */
bool is_space(char c);
bool is_digit(char c);
bool is_name_start(char c); /* a letter or _ */
bool is_name(char c);       /* a letter, a digit or _ */
bool name_valid(str s);     /* a lower-case C identifier that is no keyword of C */
size_t name_length(str s);  /* of the identifier that s begins with; 0 when it begins with none */

/* A file that was read; NULL-safe nowhere. `text` is followed by a NUL that is not part of it. */
struct source {
    const char *path;
    str text;
};
struct source *source_read(const char *path);  /* refuses: cannot be read, not UTF-8, holds a NUL */
struct source *source_bytes(const char *path); /* the same without looking at the bytes */
size_t source_line(const struct source *s, const char *at); /* 1-based line of a place in s->text */

/* Prints `path:line: …` on standard error and exits with 1. Line 0 leaves the line out. */
_Noreturn void refuse(const char *path, size_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for a place in a source. */
_Noreturn void refuse_at(const struct source *s, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Walks a source line by line. */
struct lines {
    str rest;
    size_t line; /* of the line last given, 1-based */
};
struct lines lines_of(const struct source *s);
bool lines_next(struct lines *l, str *out); /* without its LF or CRLF */

/* Memory that lives to the end of the process: zeroed. */
void *keep(size_t size);
/* Room for one more in an array of n elements; capacities are powers of two, so pass n as it stands. */
void *keep_more(void *array, size_t n, size_t size);
#define PUSH(array, n) (*(((array) = keep_more((array), (n), sizeof *(array))), &(array)[(n)++]))

/* Text being built. */
struct out {
    char *p;
    size_t n;
    size_t cap;
};
void out_str(struct out *o, str s);
void out_c(struct out *o, const char *s);
void out_char(struct out *o, char c);
void out_printf(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As a C string literal with its quotes: one piece for each line of s, the later ones indented by `indent`.
 */
void out_literal(struct out *o, str s, int indent);
/* Any bytes as a C string literal in pieces of about 96 columns; all beyond ASCII is escaped. */
void out_bytes(struct out *o, str s, int indent);
str out_text(const struct out *o);
/* Writes the file unless it holds just that already; makes the folders on its way; whole or not at all. */
void out_write(const struct out *o, const char *path);

/* `path` without `root/` before it; refuses a path that is not below root. */
str path_below(const char *path, const char *root);
str path_base(str path); /* behind the last slash */

/* Options of the form `--name value`. Returns the value and moves *at behind it; NULL when argv[*at] is not
 * `name`; refuses a missing value. */
const char *option(int argc, char **argv, int *at, const char *name);

uint64_t hash_fnv(str s); /* FNV-1a, 64 bits: to name content, not to protect it */

#endif
