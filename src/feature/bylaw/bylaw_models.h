/* bylaw_models.h: what the templates of by-laws show. */
#ifndef SUNWAI_BYLAW_MODELS_H
#define SUNWAI_BYLAW_MODELS_H

#include "page.h"

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
