/* form.h: names and values from a query string, an urlencoded body or multipart/form-data.
 *
 * Bounded: at most FORM_PAIRS_MAX pairs and files together; the first value of a repeated name is found
 * first. Values are decoded bytes, not yet checked as text. LIMIT past the bound or a full arena, INVALID on
 * bad percent-encoding or a malformed part; *io is untouched then. Sources: WHATWG URL 5 (urlencoded), RFC
 * 7578 and RFC 2046 5.1 (multipart), taken strictly: no preamble, one Content-Disposition a part, CRLF only.
 */
#ifndef SUNWAI_FORM_H
#define SUNWAI_FORM_H

#include "arena.h"
#include "buf.h"
#include "err.h"

enum { FORM_PAIRS_MAX = 200 };

struct form_pair {
    str name, value;
};

/* A part with a file name; a browser sends an empty one, with no content, for a file input left alone.
 * file_name and type are what the client claims: never a path, never trusted. */
struct form_file {
    str name, file_name, type, content;
};

struct form {
    struct form_pair *pairs;
    size_t n;
    struct form_file *files;
    size_t files_n;
};

err form_urlencoded(struct arena *a, str text, struct form *io); /* appends to *io */
/* Appends to *io; values and contents are borrowed from body. */
err form_multipart(struct arena *a, str body, str boundary, struct form *io);
/* The boundary in a Content-Type header (with its parameters); STR_NONE when it is not multipart/form-data or
 * the boundary is none (RFC 2046: 1 to 70 of its characters). Borrowed. */
str form_boundary(str content_type);
str form_get(const struct form *f, str name); /* STR_NONE when absent */
void url_encode(struct buf *out, str s);      /* a path segment or query value */

#endif
