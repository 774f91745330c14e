/* raw.h: everything that came with a request, as names and values, before anything is checked.
 *
 * Path parts first, then the body, then the query: the first value of a name counts. Members of nested JSON
 * objects have dotted names. Values are bytes; JSON ones are UTF-8 by then. Bounded: RAW_MAX names.
 */
#ifndef SUNWAI_RAW_H
#define SUNWAI_RAW_H

#include "arena.h"
#include "err.h"
#include "form.h"

enum { RAW_MAX = 256, RAW_JSON_DEPTH = 8, RAW_JSON_BYTES = 256 * 1024 };

enum raw_kind {
    RAW_FORM, /* from a form, query or path: text whatever it means */
    RAW_TEXT,
    RAW_NUMBER, /* an integer, in decimal */
    RAW_FLAG,   /* "true" or "false" */
    RAW_NULL,
    RAW_LIST, /* an array of strings, one in a line */
    RAW_OTHER /* another array, an object or a fraction: no input takes it */
};

struct raw {
    str name;
    str value;
    enum raw_kind kind;
};

struct raws {
    struct raw *v;
    size_t n;
};

struct json_place {
    int64_t line, column; /* where malformed JSON stops making sense; 0 when it is something else */
};

const struct raw *raw_find(const struct raws *r, str name); /* NULL when absent */
/* All values of a name sent several times, one in a line; NULL when absent or the arena is full. */
const struct raw *raw_list(const struct raws *r, struct arena *a, str name);
/* LIMIT past RAW_MAX or when the arena is full. Name and value are borrowed. */
err raw_add(struct raws *r, struct arena *a, str name, str value, enum raw_kind kind);
err raw_form(struct raws *r, struct arena *a, const struct form *f);
/* INVALID: malformed, not an object, a name twice; LIMIT: too many, too deep, too long. */
err raw_json(struct raws *r, struct arena *a, str body, struct json_place *out_place);

#endif
