/* direction_models.h: what the templates of directions show. */
#ifndef SUNWAI_DIRECTION_MODELS_H
#define SUNWAI_DIRECTION_MODELS_H

#include "page.h"

struct directions_view { /* the list */
    struct field_view horizon, office, late, all;
    bool offices; /* there is a choice of them */
    str counted;
    struct table_view table;
    struct url file; /* the same as CSV */
};

struct direction_do_view { /* something that can be done */
    struct url to;
    str text;
    bool here;
};

struct direction_page_view {
    str title; /* its words */
    str number;
    str recorded; /* empty: nothing was just written down */
    str notice;   /* a post that nobody holds, an office without anybody who could open this; empty: none */
    struct chip_view chip;
    struct facts_view facts;
    struct timeline_view timeline;
    const struct direction_do_view *dos;
    size_t dos_n;
    str doing; /* code of the action whose form is shown; empty: none */
    str doing_text;
    struct url post;
    str step;
    bool report, send, move, words_shown;
    struct field_view result, words, office, post_text, vacant, day;
};

#endif
