/* form.h: names and values from a query string, an urlencoded body or multipart/form-data (text parts).
 *
 * Bounded: at most 200 pairs; the first value of a repeated name is found first. Values are decoded bytes,
 * not yet checked as text. LIMIT past the bound, INVALID on bad percent-encoding or a malformed part.
 */
#ifndef SUNWAI_FORM_H
#define SUNWAI_FORM_H

#include "arena.h"
#include "buf.h"
#include "err.h"

struct form_pair {
    str name, value;
};

struct form {
    struct form_pair *pairs;
    size_t n;
};

err form_urlencoded(struct arena *a, str text, struct form *io); /* appends to *io */
err form_multipart(struct arena *a, str body, str boundary, struct form *io);
str form_get(const struct form *f, str name); /* STR_NONE when absent */
void url_encode(struct buf *out, str s);      /* a path segment or query value */

#endif
