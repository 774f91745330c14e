/* account_pages.c: one's own account, and the administrator's pages. */
#include "account.h"
#include "account_feature.h"
#include "account_new.html.h"
#include "account_own.html.h"
#include "account_user.html.h"
#include "account_views.h"
#include "clock.h"
#include "place.h"
#include "sign_in_pages.h"

enum { USERS_AT_ONCE = 50, FACTS_N = 5, COLUMNS_N = 5 };

static const char *const role_codes[] = {"desk", "officer", "supervisor", "adc", "admin", NULL};
enum { ROLES_N = 5 };

err account_resolve(struct ctx *c, str session, str bearer, struct who *out)
{
    struct who who = {0};
    struct account a;
    if (bearer.n > 0) {
        TRY(account_of_token(c, bearer, &a));
        who.by_token = true;
    } else {
        TRY(account_of_session(c, session, &a, who.secret));
    }
    if (a.office_id != 0) {
        TRY(label_find(c, S("body"), a.office_id, &who.office));
    }
    who.actor = account_actor(&a);
    who.login = a.login;
    who.name = a.name;
    *out = who;
    return OK;
}

static str role_text(const struct page *p, enum role r)
{
    static const enum msg texts[ROLE_N] = {
        [ROLE_PUBLIC] = MSG_ROLE_PUBLIC,         [ROLE_DESK] = MSG_ROLE_DESK,
        [ROLE_OFFICER] = MSG_ROLE_OFFICER,       [ROLE_ADC] = MSG_ROLE_ADC,
        [ROLE_SUPERVISOR] = MSG_ROLE_SUPERVISOR, [ROLE_ADMIN] = MSG_ROLE_ADMIN,
        [ROLE_SYSTEM] = MSG_ROLE_SYSTEM,
    };
    return (unsigned)r < ROLE_N && texts[r] != MSG_NONE ? page_msg(p, texts[r]) : S("");
}

static err name_of(struct ctx *c, str kind, int64_t id, str *out)
{
    *out = S("");
    return id != 0 ? label_find(c, kind, id, out) : OK;
}

struct shown {
    str login, name;
    enum role role;
    int64_t home, office_id;
    bool active;
};

static err facts_of(struct web *w, const struct shown *u, struct facts_view *out)
{
    str office;
    str district;
    TRY(name_of(&w->ctx, S("body"), u->office_id, &office));
    TRY(name_of(&w->ctx, S("unit"), u->home, &district));
    struct fact_view *rows = arena_array_of(w->arena, struct fact_view, FACTS_N);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    const struct page *p = &w->page;
    size_t n = 0;
    rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_NAME), .value = u->name, .dir = S("auto")};
    rows[n++] =
        (struct fact_view){.name = page_msg(p, MSG_WEB_SIGNIN_LOGIN), .value = u->login, .dir = S("ltr")};
    rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_ROLE), .value = role_text(p, u->role)};
    if (office.n > 0) {
        rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_OFFICE), .value = office};
    } else if (district.n > 0) {
        rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_DISTRICT), .value = district};
    }
    if (!u->active) {
        rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_STATE),
                                       .value = page_msg(p, MSG_ACCOUNT_DISABLED)};
    }
    *out = (struct facts_view){.rows = rows, .rows_n = n};
    return OK;
}

/* ---- the list ---- */

static struct url user_url(struct web *w, str login, str rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/account/user/%.*s%.*s", STR_F(login), STR_F(rest)));
}

static err user_row(struct web *w, const struct q_account_list_after *u, struct row_view *out)
{
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, COLUMNS_N);
    str office;
    str district;
    TRY(name_of(&w->ctx, S("body"), u->office_id.v, &office));
    TRY(name_of(&w->ctx, S("unit"), u->home, &district));
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    const bool active = !u->disabled_ms.given;
    cells[0] =
        (struct cell_view){.text = u->login_code, .dir = S("ltr"), .to = user_url(w, u->login_code, S(""))};
    cells[1] = (struct cell_view){.text = u->name_text, .dir = S("auto")};
    cells[2] = (struct cell_view){.text = role_text(&w->page, (enum role)u->role_no)};
    cells[3] = (struct cell_view){.text = office.n > 0 ? office : district};
    cells[4] =
        (struct cell_view){.text = page_msg(&w->page, active ? MSG_ACCOUNT_ACTIVE : MSG_ACCOUNT_DISABLED)};
    *out = (struct row_view){.cells = cells, .cells_n = COLUMNS_N};
    return OK;
}

static err users_table(struct web *w, str after, struct table_view *out)
{
    static const enum msg heads[COLUMNS_N] = {MSG_WEB_SIGNIN_LOGIN, MSG_ACCOUNT_NAME, MSG_ACCOUNT_ROLE,
                                              MSG_ACCOUNT_OFFICE, MSG_ACCOUNT_STATE};
    struct q_account_list_after *users;
    size_t n;
    TRY(q_account_list_after(w->ctx.db, w->arena, after, USERS_AT_ONCE + 1, &users, &n));
    const size_t shown = n > USERS_AT_ONCE ? USERS_AT_ONCE : n;
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLUMNS_N);
    struct row_view *rows = arena_array_of(w->arena, struct row_view, shown);
    if (columns == NULL || (rows == NULL && shown > 0)) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COLUMNS_N; i++) {
        columns[i].text = page_msg(&w->page, heads[i]);
    }
    for (size_t i = 0; i < shown; i++) {
        TRY(user_row(w, &users[i], &rows[i]));
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_ACCOUNT_USERS),
                               .columns = columns,
                               .columns_n = COLUMNS_N,
                               .rows = rows,
                               .rows_n = shown};
    if (n > shown) {
        out->more =
            url_with(w->arena, url_local(w->arena, S("/account")), S("after"), users[shown - 1].login_code);
    }
    return OK;
}

enum { IN_AFTER, IN_CHANGED };
static const struct input own_inputs[] = {
    [IN_CHANGED] = {.name = "changed", .type = IN_FLAG, .label = MSG_ACCOUNT_PASSWORD_CHANGE},
    [IN_AFTER] = {.name = "after", .type = IN_CODE, .label = MSG_WEB_SIGNIN_LOGIN, .max = LOGIN_MAX},
};

static err own_show(struct web *w)
{
    const struct actor *me = &w->who.actor;
    const struct shown u = {.login = w->who.login,
                            .name = w->who.name,
                            .role = me->role,
                            .home = me->home,
                            .office_id = me->office_id,
                            .active = true};
    struct own_view m = {.manages = permission_of(me->role, P_USER_MANAGE),
                         .changed = w->in[IN_CHANGED].given && w->in[IN_CHANGED].n != 0,
                         .to_password = url_local(w->arena, S("/account/password")),
                         .create = url_local(w->arena, S("/account/new"))};
    TRY(facts_of(w, &u, &m.facts));
    if (m.manages) {
        const str after = w->in[IN_AFTER].given ? w->in[IN_AFTER].text : S("");
        TRY(users_table(w, after, &m.users));
    }
    w->page.title = page_msg(&w->page, MSG_ACCOUNT_OWN);
    account_own(&w->page, &m);
    return web_html(w, 200);
}

/* ---- a new one ---- */

enum { NEW_LOGIN, NEW_NAME, NEW_ROLE, NEW_DISTRICT, NEW_OFFICE, NEW_PASSWORD };
static const struct input new_inputs[] = {
    [NEW_LOGIN] =
        {.name = "login", .type = IN_CODE, .label = MSG_WEB_SIGNIN_LOGIN, .max = LOGIN_MAX, .required = true},
    [NEW_NAME] = {.name = "name", .type = IN_LINE, .label = MSG_ACCOUNT_NAME, .max = 100, .required = true},
    [NEW_ROLE] = {.name = "role",
                  .type = IN_CHOICE,
                  .label = MSG_ACCOUNT_ROLE,
                  .required = true,
                  .choices = role_codes},
    [NEW_DISTRICT] = {.name = "district", .type = IN_CODE, .label = MSG_ACCOUNT_DISTRICT, .max = 40},
    [NEW_OFFICE] = {.name = "office", .type = IN_CODE, .label = MSG_ACCOUNT_OFFICE, .max = 40},
    [NEW_PASSWORD] = {.name = "password",
                      .type = IN_SECRET,
                      .label = MSG_ACCOUNT_PASSWORD_FIRST,
                      .max = PASSWORD_MAX,
                      .required = true},
};

static err role_field(struct web *w, struct field_view *out)
{
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, ROLES_N);
    if (choices == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < ROLES_N; i++) {
        choices[i].value = str_of(role_codes[i]);
        choices[i].text = role_text(&w->page, (enum role)(ROLE_DESK + i));
    }
    web_choose(w, NEW_ROLE, choices, ROLES_N, STR_NONE);
    *out = web_field(w, NEW_ROLE, MSG_NONE);
    out->choices = choices;
    out->choices_n = ROLES_N;
    return OK;
}

static err district_field(struct web *w, struct field_view *out)
{
    struct q_place_all *units;
    size_t n;
    TRY(place_list_served(&w->ctx, &units, &n));
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, n + 1);
    if (choices == NULL) {
        return FAIL(LIMIT);
    }
    size_t districts = 0;
    for (size_t i = 0; i < n; i++) {
        if (units[i].level_no == LEVEL_DISTRICT) {
            choices[districts++] =
                (struct choice_view){.value = units[i].unit_code, .text = units[i].name_text};
        }
    }
    web_choose(w, NEW_DISTRICT, choices, districts, STR_NONE);
    *out = web_field(w, NEW_DISTRICT, MSG_ACCOUNT_DISTRICT_HINT);
    out->choices = choices;
    out->choices_n = districts;
    return OK;
}

static err office_field(struct web *w, struct field_view *out)
{
    struct q_office_all *offices;
    size_t n;
    TRY(q_office_all(w->ctx.db, w->arena, lang_table[w->lang].code, local_day(w->ctx.now_ms), &offices, &n));
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, n + 1);
    if (choices == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        choices[i] = (struct choice_view){.value = offices[i].body_code, .text = offices[i].name_text};
    }
    web_choose(w, NEW_OFFICE, choices, n, STR_NONE);
    *out = web_field(w, NEW_OFFICE, MSG_ACCOUNT_OFFICE_HINT);
    out->choices = choices;
    out->choices_n = n;
    return OK;
}

static struct field_view hinted_password_field(struct web *w, size_t input)
{
    struct field_view f = password_field(w, input);
    f.hint = page_msg(&w->page, MSG_ACCOUNT_PASSWORD_HINT);
    return f;
}

static err new_show(struct web *w)
{
    struct user_new_view m = {
        .to = url_local(w->arena, S("/account/new")),
        .login = web_field(w, NEW_LOGIN, MSG_ACCOUNT_LOGIN_HINT),
        .name = web_field(w, NEW_NAME, MSG_ACCOUNT_NAME_HINT),
        .password = hinted_password_field(w, NEW_PASSWORD),
    };
    m.login.dir = S("ltr");
    m.name.dir = S("auto");
    TRY(role_field(w, &m.role));
    TRY(district_field(w, &m.district));
    TRY(office_field(w, &m.office));
    w->page.title = page_msg(&w->page, MSG_ACCOUNT_NEW);
    w->page.back = url_local(w->arena, S("/account"));
    w->page.form_id = S("new-user");
    account_new(&w->page, &m);
    return web_html(w, 200);
}

/* The hash takes the place of the password, so that the writer thread does not hash. */
static err new_prepare(struct web *w)
{
    return password_hash(&w->ctx, w->in[NEW_PASSWORD].text, &w->in[NEW_PASSWORD].text);
}

static err new_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct account_new n = {
        .login = login_fold(c->arena, in[NEW_LOGIN].text),
        .name = in[NEW_NAME].text,
        .password_hash = in[NEW_PASSWORD].text,
        .must_change = true,
    };
    struct account_place at;
    int64_t id;
    TRY(account_role_find(c, str_of(role_codes[in[NEW_ROLE].n]), &n.role));
    TRY(account_place_find(c, in[NEW_DISTRICT].text, in[NEW_OFFICE].text, &at));
    n.home = at.home;
    n.unit_id = at.unit_id;
    n.office_id = at.office_id;
    TRY(account_create(c, &n, &id));
    out->note = n.login;
    return OK;
}

/* Back to the page of the account that was written to: its login is the receipt's note. */
static err user_answer(struct web *w)
{
    return web_redirect(w, user_url(w, w->receipt.note, S("")));
}

/* ---- somebody's ---- */

enum { USER_LOGIN_IN, USER_PASSWORD_IN };
static const struct input user_inputs[] = {
    [USER_LOGIN_IN] =
        {.name = "login", .type = IN_CODE, .label = MSG_WEB_SIGNIN_LOGIN, .max = LOGIN_MAX, .required = true},
};
static const struct input password_inputs[] = {
    [USER_LOGIN_IN] =
        {.name = "login", .type = IN_CODE, .label = MSG_WEB_SIGNIN_LOGIN, .max = LOGIN_MAX, .required = true},
    [USER_PASSWORD_IN] = {.name = "password",
                          .type = IN_SECRET,
                          .label = MSG_ACCOUNT_PASSWORD_FIRST,
                          .max = PASSWORD_MAX,
                          .required = true},
};

static err user_show(struct web *w)
{
    const str login = w->in[USER_LOGIN_IN].text;
    struct q_account_get row;
    TRY(q_account_by_login(w->ctx.db, w->arena, login, &row));
    const struct shown u = {.login = row.login_code,
                            .name = row.name_text,
                            .role = (enum role)row.role_no,
                            .home = row.home,
                            .office_id = row.office_id.v,
                            .active = !row.disabled_ms.given};
    struct user_view m = {
        .login = row.login_code,
        .active = u.active,
        .own = row.id == w->who.actor.user_id,
        .to_password = row.id == w->who.actor.user_id ? url_local(w->arena, S("/account/password"))
                                                      : user_url(w, row.login_code, S("/password")),
        .to_disable = user_url(w, row.login_code, S("/disable")),
        .password = {.name = S("password"),
                     .label = page_msg(&w->page, MSG_ACCOUNT_PASSWORD_FIRST),
                     .hint = page_msg(&w->page, MSG_ACCOUNT_PASSWORD_HINT),
                     .type = S("password"),
                     .complete = S("new-password"),
                     .dir = S("ltr")},
    };
    if (w->route->inputs_n > USER_PASSWORD_IN) {
        m.password = hinted_password_field(w, USER_PASSWORD_IN);
    }
    TRY(facts_of(w, &u, &m.facts));
    w->page.title = row.login_code;
    w->page.back = url_local(w->arena, S("/account"));
    account_user(&w->page, &m);
    return web_html(w, 200);
}

static err password_prepare(struct web *w)
{
    return password_hash(&w->ctx, w->in[USER_PASSWORD_IN].text, &w->in[USER_PASSWORD_IN].text);
}

static err password_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    TRY(account_password_set(c, in[USER_LOGIN_IN].text, in[USER_PASSWORD_IN].text));
    out->note = in[USER_LOGIN_IN].text;
    return OK;
}

static err disable_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    TRY(account_disable(c, in[USER_LOGIN_IN].text));
    out->note = in[USER_LOGIN_IN].text;
    return OK;
}

/* ---- what the program sees ---- */

static const struct route routes[] = {
    {.method = HTTP_GET,
     .pattern = "/login",
     .permission = P_PUBLIC,
     .inputs = next_inputs,
     .inputs_n = NEXT_INPUTS_N,
     .show = sign_in_show,
     .doc = MSG_ACCOUNT_DOC_LOGIN},
    {.method = HTTP_POST,
     .pattern = "/login",
     .permission = P_PUBLIC,
     .flags = ROUTE_FORM | ROUTE_SLOW,
     .inputs = sign_in_inputs,
     .inputs_n = SIGN_IN_INPUTS_N,
     .show = sign_in_post,
     .doc = MSG_ACCOUNT_DOC_SIGN_IN},
    {.method = HTTP_POST,
     .pattern = "/login/password",
     .permission = P_PUBLIC,
     .flags = ROUTE_FORM | ROUTE_SLOW,
     .inputs = first_inputs,
     .inputs_n = FIRST_INPUTS_N,
     .show = first_post,
     .doc = MSG_ACCOUNT_DOC_FIRST},
    {.method = HTTP_POST,
     .pattern = "/logout",
     .permission = P_SIGNED_IN,
     .flags = ROUTE_SLOW,
     .show = sign_out_post,
     .doc = MSG_ACCOUNT_DOC_SIGN_OUT},
    {.method = HTTP_GET,
     .pattern = "/account",
     .permission = P_SIGNED_IN,
     INPUTS(own_inputs),
     .show = own_show,
     .doc = MSG_ACCOUNT_DOC_OWN},
    {.method = HTTP_GET,
     .pattern = "/account/password",
     .permission = P_SIGNED_IN,
     .inputs = change_inputs,
     .inputs_n = CHANGE_INPUTS_N,
     .show = change_show,
     .doc = MSG_ACCOUNT_DOC_CHANGE_FORM},
    {.method = HTTP_POST,
     .pattern = "/account/password",
     .permission = P_SIGNED_IN,
     .inputs = change_inputs,
     .inputs_n = CHANGE_INPUTS_N,
     .show = change_show,
     .prepare = change_prepare,
     .write = change_write,
     .answer = change_answer,
     .doc = MSG_ACCOUNT_DOC_CHANGE},
    {.method = HTTP_GET,
     .pattern = "/account/new",
     .permission = P_USER_MANAGE,
     INPUTS(new_inputs),
     .show = new_show,
     .doc = MSG_ACCOUNT_DOC_NEW},
    {.method = HTTP_POST,
     .pattern = "/account/new",
     .permission = P_USER_MANAGE,
     INPUTS(new_inputs),
     .show = new_show,
     .prepare = new_prepare,
     .write = new_write,
     .answer = user_answer,
     .doc = MSG_ACCOUNT_DOC_CREATE},
    {.method = HTTP_GET,
     .pattern = "/account/user/{login}",
     .permission = P_USER_MANAGE,
     INPUTS(user_inputs),
     .show = user_show,
     .doc = MSG_ACCOUNT_DOC_USER},
    {.method = HTTP_POST,
     .pattern = "/account/user/{login}/password",
     .permission = P_USER_MANAGE,
     INPUTS(password_inputs),
     .show = user_show,
     .prepare = password_prepare,
     .write = password_write,
     .answer = user_answer,
     .doc = MSG_ACCOUNT_DOC_PASSWORD},
    {.method = HTTP_POST,
     .pattern = "/account/user/{login}/disable",
     .permission = P_USER_MANAGE,
     INPUTS(user_inputs),
     .show = user_show,
     .write = disable_write,
     .answer = user_answer,
     .doc = MSG_ACCOUNT_DOC_DISABLE},
};

static const struct feature_job jobs[] = {
    {.name = "session.expire", .every_ms = 15 * 60 * 1000, .run = session_expire},
};

const struct feature account_feature = {
    .name = "account",
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .jobs = jobs,
    .jobs_n = sizeof jobs / sizeof jobs[0],
};
