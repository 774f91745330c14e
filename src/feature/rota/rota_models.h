/* rota_models.h: what the pages of this feature show. */
#ifndef SUNWAI_ROTA_MODELS_H
#define SUNWAI_ROTA_MODELS_H

#include "page.h"

struct rota_note_view {
    str when, who, words;
};

struct rota_view { /* /rota */
    str name;      /* of the desk */
    str desk;      /* its code */
    str note_done;
    const struct page_link *desks; /* others that she may see */
    size_t desks_n;
    str now; /* who is on shift */
    struct facts_view facts;
    struct table_view hours, weeks, posts;
    const struct choice_view *closed; /* text: the day, hint: why */
    size_t closed_n;
    const struct rota_note_view *notes;
    size_t notes_n;
    bool may_note, may_manage;
    struct field_view note;
    struct url manage;
};

struct rota_manage_view { /* /rota/manage */
    str name, desk;
    bool done;
    str sent; /* the id of the form that comes back: it stands open */
    struct field_view host, run_by, operator_name, letter, letter_day, letter_by, funder, room, phone;
    struct field_view weekday, open_from, open_to;
    struct field_view closed_day, closed_why;
    struct field_view post, post_works, post_login;
    struct field_view member, seat, seat_to, endorsed;
    struct field_view week_day, first, second, third;
    struct field_view shift_member, shift_day, shift_do, shift_from, shift_to, instead;
    const struct choice_view *posts, *members; /* to be ended: value and text */
    size_t posts_n, members_n;
};

#endif
