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
    str more; /* how many rows stand in the kit and not here; empty: none */
};
struct kit_view { /* one kit */
    struct facts_view facts;
    struct url post;
    bool waits;
    bool same; /* nothing is different */
    const struct kit_group_view *groups;
    size_t groups_n;
    struct field_view day;
    str seen; /* stands for the difference that is shown */
};

struct ready_view { /* districts beside what they need */
    struct table_view table;
    bool one; /* one district: below each other, with who said what */
    bool states;
    str said; /* "5 of 8" */
    struct url post;
    struct field_view item, met, day, evidence, who;
};

struct bylaws_view { /* the list */
    struct table_view table;
    bool may_write;
};

struct bylaw_new_view {
    struct field_view unit, model;
};

struct bylaw_text_view { /* what it says in one language */
    str lang, dir, title;
    const str *lines;
    size_t lines_n;
    bool compared; /* there is a model in this language */
    bool same;
    struct table_view difference;
};
struct bylaw_page_view { /* one */
    struct chip_view chip;
    struct facts_view facts;
    const struct bylaw_text_view *texts;
    size_t texts_n;
    const struct page_link *papers;
    size_t papers_n;
    struct url post;
    bool writes, consults, adopts;
    str in_lang; /* of the words to write; those in another one open by its link */
    const struct page_link *langs;
    size_t langs_n;
    struct field_view title, words;
    struct field_view consulted_day, at, event;
    struct field_view adopted_day, number, seats, women, committee, committee_women;
};

#endif
