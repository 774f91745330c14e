/* kit_models.h: what the templates of this feature show. */
#ifndef SUNWAI_KIT_MODELS_H
#define SUNWAI_KIT_MODELS_H

#include "page.h"

struct kits_view { /* kits that came, and another one */
    struct table_view kits;
    struct field_view file, print;
};

struct kit_group_view { /* of one kind: what would change, and what is done about it */
    str title, said;
    struct field_view how;
    struct table_view rows;
};
struct kit_view { /* one kit */
    struct facts_view facts;
    struct url post;
    bool waits;
    bool same; /* nothing is different */
    const struct kit_group_view *groups;
    size_t groups_n;
    struct field_view day;
};

struct ready_view { /* districts beside what they need */
    struct table_view table;
    bool one; /* one district: below each other, with who said what */
    bool states;
    str said; /* "5 of 8" */
    struct url post;
    struct field_view item, met, day, evidence, who;
};

#endif
