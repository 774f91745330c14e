/* case_models.h: what the desk's and offices' templates show. */
#ifndef SUNWAI_CASE_MODELS_H
#define SUNWAI_CASE_MODELS_H

#include "page.h"

/* One thing that can be done now: a form that is closed until it is asked for. */
struct act_view {
    str action;
    str title;
    str lead;                         /* empty: none */
    const struct field_view *choices; /* shown as tiles */
    size_t choices_n;
    const struct field_view *selects;
    size_t selects_n;
    const struct field_view *lines;
    size_t lines_n;
    const struct field_view *words;
    size_t words_n;
    bool open; /* something in it is wrong, or it is the one thing that is waiting */
};

struct show_view {
    str ref;
    struct url act;
    struct url slip; /* empty: not for this role */
    str recorded;    /* said after a step; empty: none */
    struct chip_view chip;
    struct facts_view facts;
    struct facts_view identity;
    bool identity_for;    /* this role may see it … */
    bool identity_hidden; /* … but the look could not be recorded */
    struct timeline_view timeline;
    const struct act_view *acts;
    size_t acts_n;
};

#endif
