/* web_view.h: the models of the web floor's own pages. */
#ifndef SUNWAI_WEB_VIEW_H
#define SUNWAI_WEB_VIEW_H

#include "page.h"

struct hidden_view {
    str name;
    str value;
};

struct problem_view {
    str title;
    str detail; /* empty: none */
    str number; /* of the line in the log; empty: none */
    struct url home;
};

struct sign_in_view {
    str notice; /* empty: none */
    struct url to;
    struct field_view login;
    struct field_view password;
    str kept; /* sealed; STR_NONE: nothing */
    str next; /* STR_NONE: nowhere in particular */
};

struct away_view {
    bool sent; /* a form: nothing was done with it */
    struct facts_view typed;
};

struct kept_view {
    struct url to;
    str lang; /* in which the form is to be shown */
    const struct hidden_view *fields;
    size_t fields_n;
};

#endif
