/* account_views.h: models of the pages of this feature. */
#ifndef SUNWAI_ACCOUNT_VIEWS_H
#define SUNWAI_ACCOUNT_VIEWS_H

#include "page.h"

struct own_view { /* /account */
    struct facts_view facts;
    bool changed; /* the password, just now */
    struct url to_password;
    bool manages; /* the administrator: the list is shown */
    struct table_view users;
    struct url create;
};

struct user_new_view { /* /account/new */
    struct url to;
    struct field_view login, name, role, district, office, password;
};

struct user_view { /* /account/user/{login} */
    str login;
    struct facts_view facts;
    bool active; /* only then can anything be done */
    bool own;    /* she changes her password herself, and cannot disable herself */
    struct url to_password, to_disable;
    struct field_view password;
};

struct change_view { /* /account/password */
    struct url to;
    struct field_view old, password, again;
};

struct first_view { /* after signing in with a given password */
    struct url to;
    str given, next, kept; /* carried along; may be empty */
    struct field_view password, again;
};

#endif
