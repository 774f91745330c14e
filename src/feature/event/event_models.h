/* event_models.h: what the templates of events show. */
#ifndef SUNWAI_EVENT_MODELS_H
#define SUNWAI_EVENT_MODELS_H

#include "page.h"

struct tabs_view { /* pages of one event, as links */
    const struct page_link *rows;
    size_t rows_n;
};

struct events_view { /* the list */
    const struct field_view *filters;
    size_t filters_n;
    const struct field_view *more;
    size_t more_n;
    bool may_plan, asked, more_asked;
    struct table_view table;
};

struct event_link {
    struct url to;
    str title, when, code;
};
struct event_links {
    str title;
    const struct event_link *rows;
    size_t rows_n;
};

struct summoned_view {
    str name, came, post;
};

struct event_page_view {
    str code, recorded;
    struct chip_view chip;
    struct tabs_view tabs;
    str cancelled;                 /* why; empty: it is not */
    const struct fact_view *moved; /* where it was to be before: day and place, why */
    size_t moved_n;
    struct facts_view facts, women;
    const struct summoned_view *summoned;
    size_t summoned_n;
    struct table_view attendance;
    struct event_links ties, tied, follow_ups, parent;
    struct timeline_view timeline;
    struct url act;
    bool may_open, may_announce, may_hide;
    bool not_yet; /* it may be opened, on its day */
    str day;
    const struct page_link *links; /* what else can be done */
    size_t links_n;
    const struct page_link *prints;
    size_t prints_n;
};

/* Place and time: of a new event, and of one that is moved. */
struct where_view {
    struct field_view unit, venue, venue_kind, day, from, to, female_from, female_to, again;
    bool asks_again;
};

struct plan_view {
    str title;
    struct url to;
    bool amends;
    struct where_view where;
    struct field_view kind, audience, series, name, seating, transport, childcare, purdah, address;
    struct field_view female_staff, room, chair, spoken, plan, why, taught, curriculum;
    struct field_view parent, summoned, ties;
    const struct choice_view *lines; /* of plans in force */
    size_t lines_n;
};

struct reason_view { /* move, cancel */
    str title, code;
    struct url to;
    struct where_view where;
    struct field_view why;
    bool moves, announced, told; /* told: departments were summoned */
};

struct came_form {
    str name, body, came;
    struct field_view choice, post;
};
struct summons_view {
    str code;
    struct tabs_view tabs;
    str recorded;
    struct url to, came_to, letters;
    bool may_summon, may_note;
    struct field_view bodies;
    const struct came_form *rows;
    size_t rows_n;
};

/* What the public sees of an event. */
struct kacheri_row {
    struct url to;
    str title, when, where, notes;
    bool cancelled;
};
struct kacheri_district {
    str name;
    struct url to;
    const struct kacheri_row *rows;
    size_t rows_n;
};
struct kacheris_view {
    const struct kacheri_district *rows;
    size_t rows_n;
    bool choose; /* there are many: the district is chosen first */
};
struct kacheri_view {
    str title, day, hours, where, venue, code;
    str women_hours; /* empty: none */
    bool women_only, transport, childcare, purdah, female_staff, cancelled, over;
    bool ask_address; /* it is told on the telephone */
    str moved;        /* what it was before; empty: it was not moved */
    struct url ics;
};

#endif
