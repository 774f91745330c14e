/* event_close_models.h: what the templates of directions given at an event, closing and follow-up show. */
#ifndef SUNWAI_EVENT_CLOSE_MODELS_H
#define SUNWAI_EVENT_CLOSE_MODELS_H

#include "event_models.h"

struct event_directions_view {
    str code, recorded;
    struct tabs_view tabs;
    struct table_view table;
    struct url papers; /* the letters to the offices */
    bool may;          /* the day is open to this person */
    struct url post;
    bool cases_shown, needs_shown; /* there are some to choose from */
    struct field_view side, office, post_text, vacant, horizon, words, day, about, need;
};

struct close_role_view { /* the cells of one role on the paper sheet */
    str name;
    const struct field_view *fields;
    size_t fields_n;
};
struct close_sign_view {
    str post, how, no;
};
struct close_view {
    str code, recorded, closed; /* closed: what it means that it is; empty: it is not */
    struct chip_view chip;
    struct tabs_view tabs;
    bool open, not_yet, may_reopen;
    const str *warnings;
    size_t warnings_n;
    struct table_view counts;
    str compared; /* in a sentence */
    str later;    /* what came when it was closed, in a sentence; empty: nothing */
    const struct close_role_view *roles;
    size_t roles_n;
    struct field_view explained, minutes, sign_post, how, sure, why;
    const struct close_sign_view *signs;
    size_t signs_n;
    bool sure_asked, paper_open;
    struct url post, follow;
    bool owed;
    const struct page_link *papers;
    size_t papers_n;
};

struct follow_row_view {
    str number, words, owner, due;
    struct chip_view chip;
    str answer, women, said; /* empty: not answered yet */
    struct url to;           /* where it is answered; empty: not by this person, or not now */
};
struct follow_view {
    str code, recorded, lead;
    struct tabs_view tabs;
    struct url parent;
    str parent_title;
    const struct follow_row_view *rows;
    size_t rows_n;
    bool any; /* it follows up an event */
    bool chosen;
    struct follow_row_view one;
    struct timeline_view timeline;
    str no;
    struct url post, back;
    struct field_view answer, women, words, day;
};

#endif
