/* list_models.h: what the templates of lists show. */
#ifndef SUNWAI_LIST_MODELS_H
#define SUNWAI_LIST_MODELS_H

#include "page.h"

struct count_view { /* a number on top of a list that opens what it counts */
    int64_t n;
    bool over; /* n and more */
    str text;
    struct url to;
    bool here; /* it is what the list shows now */
};

struct hidden_view {
    str name, value;
};

struct list_view {
    struct field_view words, state;
    const struct field_view *more; /* seldom asked for: on a page of their own until one of them is used */
    size_t more_n;
    const struct field_view *ticks;
    size_t ticks_n;
    struct url more_to;               /* the same list with them; empty: here they are */
    const struct hidden_view *hidden; /* what no field of the form says */
    size_t hidden_n;
    const struct count_view *counts, *states;
    str counts_label, states_label;
    size_t counts_n, states_n;
    bool may_file;
    str notice; /* a phone number was typed; empty: none */
    struct url people;
    str away; /* where a number stands that was drawn ahead and has no case; empty: none was typed */
    struct url away_to; /* where to look; empty: nowhere */
    str shown;          /* the filter in words */
    bool asked;
    struct table_view table;
    struct url file, paper; /* the same list as CSV, and for printing */
};

struct list_paper_view {
    str shown, day, who;
    str cut; /* more than is printed; empty: all is here */
    struct table_view table;
};

#endif
