/* model.h: what the templates of these tests show. */
#ifndef MODEL_H
#define MODEL_H

#include "caseref.h"
#include "page.h"

struct row {
    str name;
    int64_t n;
    struct url to;
};

struct model {
    str title;
    struct html markup;
    struct url to;
    int64_t big;
    size_t size;
    int small;
    bool yes, no;
    const struct row *rows;
    size_t rows_n;
    const struct row *none;
    size_t none_n;
    const struct row *first;
    struct row own;
    const char *bare;
    case_ref ref;
    enum lang lang;
};

#endif
