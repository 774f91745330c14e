/* account_views.h: models of the pages of this feature. */
#ifndef SUNWAI_ACCOUNT_VIEWS_H
#define SUNWAI_ACCOUNT_VIEWS_H

#include "page.h"

struct use_view { /* a session or a token of one's own, that can be ended */
    str what;     /* "Phone"; of a token empty */
    str since, used;
    bool here; /* this very session */
    str token; /* stands for it in the form */
};

struct own_view { /* /account */
    struct facts_view facts;
    str note; /* what was just done; empty: nothing */
    struct url to_password;
    const struct use_view *sessions;
    size_t sessions_n;
    struct url to_end, to_end_others;
    const struct use_view *tokens;
    size_t tokens_n;
    struct url to_token_end;
    struct url to_contact;
    str contact; /* which of her marks are kept, in words */
    bool marked; /* any of them */
    struct field_view phone, cnic, forget;
};

struct staff_view { /* /staff */
    struct table_view people;
    struct url create;
};

struct user_new_view { /* /staff/new */
    struct url to;
    struct field_view login, name, role, office, phone, cnic, lang;
};

struct user_view { /* /staff/user/{login} */
    str note;      /* what was just done; empty: nothing */
    str name, login;
    struct facts_view facts;
    bool own;    /* she sees to her own account on /account */
    bool active; /* not disabled */
    struct url to_account, to_code, to_disable, to_enable, to_sign_out;
    struct field_view lang;
};

struct slip_of_code_view { /* what is handed to her, on paper */
    str lang;              /* of the slip: code and direction */
    str dir;
    str name, office, login, code;
    str until;
    str address; /* of the page where it is used; empty: not known */
    struct url done;
};

struct change_view { /* /account/password */
    struct url to;
    struct field_view old, password, again;
};

struct first_view { /* after signing in with a one-time code */
    struct url to;
    str given, next, kept; /* carried along; may be empty */
    struct field_view password;
};

struct code_view { /* /login/code */
    struct url to;
    struct field_view login, code, password;
};

#endif
