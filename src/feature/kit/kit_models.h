/* kit_models.h: what the templates of this feature show. */
#ifndef SUNWAI_KIT_MODELS_H
#define SUNWAI_KIT_MODELS_H

#include "page.h"

struct kits_view { /* kits that came, and another one */
    struct table_view kits;
    bool takes; /* whoever looks may also take one */
    struct field_view file, print;
};

struct kit_entry_view { /* of what would change: one entry, field by field */
    str name, code;     /* as people call it and as the kit does; either may be empty */
    struct chip_view change;
    struct table_view fields;
};
struct kit_group_view { /* of one kind: what would change, and what is done about it */
    str title, said;
    struct field_view how;
    const struct kit_entry_view *entries;
    size_t entries_n;
    str more; /* how many rows stand in the kit and not here; empty: none */
};
struct kit_view { /* one kit */
    struct facts_view facts;
    struct url post;
    bool waits;
    bool takes; /* whoever looks may also take it */
    bool same;  /* nothing is different */
    const struct kit_group_view *groups;
    size_t groups_n;
    struct field_view day;
    str seen; /* stands for the difference that is shown */
};

#endif
