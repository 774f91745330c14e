/* oversight_models.h: what the templates of this folder show. */
#ifndef SUNWAI_OVERSIGHT_MODELS_H
#define SUNWAI_OVERSIGHT_MODELS_H

#include "page.h"

struct problems_view {
    str shown; /* kind, span, place in words */
    str now;   /* as of when */
    struct field_view kind, from, to, unit;
    bool unit_asked; /* there is a choice of places */
    const struct page_link *spans;
    size_t spans_n;
    str women; /* a sentence; empty: too few to say */
    struct table_view services, districts;
    bool many; /* the second table is there */
    struct url file;
    str sort; /* kept by the form; empty: as usual */
};

/* Somebody to be called about what goes past the desk. */
struct past_call_view {
    struct url to;
    str ref, due;
};
struct overview_view {
    const struct past_call_view *calls;
    size_t calls_n;
    str now;
    str women;
    str untyped;    /* told by voice or picture, and hers to type; empty: nothing */
    str directions; /* a sentence; empty: none is open */
    struct table_view waiting, late;
};

struct sheet_view {
    str title, district;
    str late, soon, promised, calls; /* a sentence each, with its number; empty: nothing */
    struct url late_to, soon_to;
    struct table_view late_rows, soon_rows, promised_rows;
};
struct digest_view {
    str now, who;
    struct url whole, mine; /* of an officer: the other sheet */
    const struct sheet_view *sheets;
    size_t sheets_n;
    str mark;       /* head of the audit chains, to be kept on paper; empty: none */
    str directions; /* of events: a sentence; empty: none is open */
    str quiet;      /* offices without anything; empty: none */
};

#endif
