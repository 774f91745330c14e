/* partner_models.h: what the templates of this feature show. */
#ifndef SUNWAI_PARTNER_MODELS_H
#define SUNWAI_PARTNER_MODELS_H

#include "page.h"

struct partners_view { /* both lists */
    bool may_plan;
    struct table_view twinnings, circles;
};

struct twinning_form {
    struct field_view host, partner, partner_name, goals, plan, from_day, to_day;
};

struct circle_form {
    struct field_view kind, series, goals;
};

struct twinning_page_view {
    str code;
    struct facts_view facts;
    str plan;                    /* in words; empty: none */
    struct table_view exchanges; /* no rows: none yet */
    bool may_plan;
    struct url exchange, held; /* where the forms go */
    struct field_view planned, what;
    struct field_view no,
        event;             /* held: which exchange, at which event; no choices: none is left, none is there */
    struct url plan_event; /* where such an event is planned */
    struct table_view checks;
    const struct page_link *fill; /* forms of the list: host before … */
    size_t fill_n;
    struct url agreement, progress; /* the papers */
};

struct check_page_view {
    str title;
    struct url post, back;
    str part, when;
    const struct field_view *items;
    size_t items_n;
};

struct circle_page_view {
    str code;
    str kind, goals;
    struct table_view members, events;
    bool may_plan;
    struct url join, leave;
    struct url plan; /* where its next meeting is planned */
    struct field_view side, post, office;
    struct field_view no; /* who leaves; no choices: nobody belongs to it */
};

#endif
