/* event_day_models.h: what the pages of the day show. */
#ifndef SUNWAI_EVENT_DAY_MODELS_H
#define SUNWAI_EVENT_DAY_MODELS_H

#include "case_pick.h"
#include "event_models.h"
#include "page.h"

/* On top of every page of the day. */
struct day_top {
    str title;
    struct tabs_view tabs;
    bool may;   /* the day is open to whoever looks */
    str closed; /* why it is not; empty: it is */
    str done;   /* what was recorded just now; empty: nothing */
};

struct roster_cell {
    str sex, name;
    int64_t people, spoke;
    str spoke_tap, less_tap, quiet_tap; /* what the small buttons say */
};
struct roster_role {
    str role, name;
    int64_t total;
    bool named; /* counted from names */
    const struct roster_cell *cells;
    size_t cells_n;
};
struct roster_sum {
    str name;
    int64_t came, spoke, filed;
};
struct roster_view {
    struct day_top top;
    struct url post, names, told;
    bool may_names;
    const struct roster_role *roles;
    size_t roles_n;
    const struct roster_sum *sums; /* women, men … and all together */
    size_t sums_n;
};

struct told_value {
    str tap; /* "age.18_29" */
    str name;
    int64_t people;
    str less;
};
struct told_group {
    str name;
    int64_t not_stated;
    const struct told_value *rows;
    size_t rows_n;
};
struct told_role {
    str role, name;
    int64_t total;
    const struct told_group *groups;
    size_t groups_n;
};
struct told_view {
    struct day_top top;
    struct url post;
    const struct page_link *links; /* a page for each role */
    size_t links_n;
    struct told_role role;
};

struct name_row {
    int64_t no;
    str name, role, sex, phone, office;
    bool spoke;
};
struct twin_row {
    struct name_row first, second;
};
struct names_view {
    struct day_top top;
    struct url post, change, print;
    struct field_view name, role, sex, phone, office, spoke;
    const struct name_row *rows;
    size_t rows_n;
    const struct twin_row *twins; /* who may have been written down twice */
    size_t twins_n;
    bool may_twins;
    const str *same; /* what was put together, in sentences */
    size_t same_n;
    bool hidden; /* the look could not be recorded */
};

struct need_row {
    int64_t no, rank; /* rank 0: it stands below another one */
    str words, service;
    int64_t women, others;
    bool below;
};
struct needs_view {
    struct day_top top;
    struct url post, change, print;
    struct field_view words, women;
    struct service_pick service;
    struct field_view same, as;       /* put together: which, with which */
    struct field_view hands, hands_n; /* a show of hands: for which, how many women */
    const struct need_row *rows;
    size_t rows_n;
    int64_t women_present;
    bool many; /* more hands than women on the roster */
};

struct token_row {
    int64_t no;
    str sex, state, since;
    struct chip_view chip;
    bool waits;
};
struct tokens_view {
    struct day_top top;
    struct url post, screen;
    int64_t now, next;
    str sums;
    const struct choice_view *gives; /* by sight */
    size_t gives_n;
    const struct token_row *rows;
    size_t rows_n;
};

struct capture_view {
    struct day_top top;
    struct url post, slip, open, letter;
    str filed; /* number of what was taken down just now; empty: nothing yet */
    struct points_view points;
    struct service_pick service;
    struct field_view words, phone, whose, safe, record, voice, photos, name, token, sex, unit, place;
    bool more_open;
};

struct matter_row {
    struct url open;
    str ref, token, who, service, words, answer, answer_note;
    struct chip_view chip; /* kind empty: no answer yet */
    struct chip_view state;
};
struct matters_view {
    struct day_top top;
    str order; /* "women first" or by tokens */
    const struct page_link *links;
    size_t links_n;
    const struct matter_row *rows;
    size_t rows_n;
    str sums;
};

struct answer_view {
    struct day_top top;
    struct url post, hers, hand_over, open;
    str ref, words;
    struct facts_view facts;
    struct field_view answer, said, day, reason, office, posted;
    bool may_answer, asks; /* asks: it is her turn to say whether it is solved */
    struct field_view outcome;
    str asked; /* what the officer said */
};

#endif
