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
    const struct hidden_view *kept;
    size_t kept_n;
};

struct kept_view {
    struct url to;
    const struct hidden_view *kept;
    size_t kept_n;
};

#endif
