/* staff_pages.c: the people of a unit, for those who look after their accounts; and the slip with a code. */
#include "staff_pages.h"

#include "account_views.h"
#include "clock.h"
#include "format.h"
#include "layout.html.h"
#include "staff.html.h"

enum { PEOPLE_AT_ONCE = 50, COLUMNS_N = 6 };

static struct url user_url(struct web *w, str login, str rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/staff/user/%.*s%.*s", STR_F(login), STR_F(rest)));
}

/* ---- the list ---- */

enum { IN_AFTER, IN_DONE };
static const char *const done_codes[] = {"disabled", "enabled", "signed-out", NULL};
const struct input staff_inputs[] = {
    [IN_AFTER] = {.name = "after", .type = IN_CODE, .label = MSG_WEB_SIGNIN_LOGIN, .max = LOGIN_MAX},
    [IN_DONE] = {.name = "done", .type = IN_CHOICE, .label = MSG_ACCOUNT_STATE, .choices = done_codes},
};

static struct cell_view state_cell(struct web *w, const struct q_account_list_after *u)
{
    if (u->disabled_ms.given) {
        return (struct cell_view){.text = page_msg(&w->page, MSG_ACCOUNT_DISABLED), .chip = S("closed")};
    }
    if (!u->code_until_ms.given) {
        return (struct cell_view){.text = page_msg(&w->page, MSG_ACCOUNT_ACTIVE), .chip = S("done")};
    }
    const bool over = u->code_until_ms.v <= w->ctx.now_ms;
    return (struct cell_view){.text = page_msg(&w->page, over ? MSG_STAFF_STATE_OVER : MSG_STAFF_STATE_CODE),
                              .chip = over ? S("late") : S("wait")};
}

/* A link only where there is something to be done. */
static err link_of(struct web *w, const struct q_account_list_after *u, struct url *out)
{
    const struct account a = {
        .id = u->id, .role = (enum role)u->role_no, .home = u->home, .unit_id = u->unit_id.v};
    bool manages;
    TRY(account_manages(&w->ctx, &a, &manages));
    *out = manages ? user_url(w, u->login_code, S("")) : (struct url){S("")};
    return OK;
}

static err person_row(struct web *w, const struct q_account_list_after *u, struct row_view *out)
{
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, COLUMNS_N);
    str place;
    TRY(place_text(&w->ctx, u->unit_id.v, u->office_id.v, &place));
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    cells[0] = (struct cell_view){.text = u->name_text, .dir = S("auto")};
    TRY(link_of(w, u, &cells[0].to));
    cells[1] = (struct cell_view){.text = u->login_code, .dir = S("ltr")};
    cells[2] = (struct cell_view){.text = role_text(&w->page, (enum role)u->role_no)};
    cells[3] = (struct cell_view){.text = place};
    cells[4] = (struct cell_view){.text = u->signed_in_ms.given
                                              ? format_day(w->arena, w->lang, local_day(u->signed_in_ms.v))
                                              : page_msg(&w->page, MSG_ACCOUNT_NEVER)};
    cells[5] = state_cell(w, u);
    *out = (struct row_view){.cells = cells, .cells_n = COLUMNS_N};
    return OK;
}

static err people_table(struct web *w, str after, struct table_view *out)
{
    static const enum msg heads[COLUMNS_N] = {MSG_ACCOUNT_NAME,         MSG_WEB_SIGNIN_LOGIN,
                                              MSG_ACCOUNT_ROLE,         MSG_ACCOUNT_OFFICE,
                                              MSG_ACCOUNT_LAST_SIGN_IN, MSG_ACCOUNT_STATE};
    struct q_account_list_after *people;
    size_t n;
    TRY(account_list(&w->ctx, after, PEOPLE_AT_ONCE + 1, &people, &n));
    const size_t shown = n > PEOPLE_AT_ONCE ? PEOPLE_AT_ONCE : n;
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLUMNS_N);
    struct row_view *rows = arena_array_of(w->arena, struct row_view, shown + 1);
    if (columns == NULL || rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COLUMNS_N; i++) {
        columns[i].text = page_msg(&w->page, heads[i]);
    }
    for (size_t i = 0; i < shown; i++) {
        TRY(person_row(w, &people[i], &rows[i]));
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_STAFF_TITLE),
                               .columns = columns,
                               .columns_n = COLUMNS_N,
                               .rows = rows,
                               .rows_n = shown};
    if (n > shown) {
        out->more =
            url_with(w->arena, url_local(w->arena, S("/staff")), S("after"), people[shown - 1].login_code);
    }
    return OK;
}

err staff_show(struct web *w)
{
    struct staff_view m = {.create = url_local(w->arena, S("/staff/new"))};
    TRY(people_table(w, w->in[IN_AFTER].given ? w->in[IN_AFTER].text : S(""), &m.people));
    w->page.title = page_msg(&w->page, MSG_STAFF_TITLE);
    staff_list(&w->page, &m);
    return web_html(w, 200);
}

/* ---- the slip ---- */

#define LANG_CODE(id, code, ...) code,
static const char *const lang_codes[] = {LANG_LIST(LANG_CODE) NULL};

static err lang_field(struct web *w, size_t input, struct field_view *out)
{
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, LANG_N);
    if (choices == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < LANG_N; i++) {
        choices[i] = (struct choice_view){.value = lang_table[i].code, .text = lang_table[i].own_name};
    }
    web_choose(w, input, choices, LANG_N, lang_table[w->lang].code);
    *out = web_field(w, input, MSG_NONE);
    out->choices = choices;
    out->choices_n = LANG_N;
    return OK;
}

/* Slow. The code stays with the request for its answer; its hash goes with the slip's language to the writer.
 */
static err code_prepare(struct web *w, struct given *lang)
{
    char made[PASSWORD_MADE_LEN];
    str *code = arena_new_of(w->arena, str);
    password_make(made);
    if (code == NULL) {
        return FAIL(LIMIT);
    }
    *code = arena_str(w->arena, (str){made, sizeof made});
    w->local = code;
    return code_hash(&w->ctx, *code, &lang->text);
}

/* Where it is used, as the browser of whoever prints it knows us. */
static str address_here(struct web *w)
{
    const str host = http_header(w->x, "Host");
    if (host.n == 0 || host.n > 100 || !str_utf8(host)) {
        return S("");
    }
    return arena_printf(w->arena, "%.*s/login/code", STR_F(host));
}

static err slip_show(struct web *w, const struct q_account_get *u, str code, enum lang lang)
{
    struct ctx hers = w->ctx;
    struct slip_of_code_view m = {.lang = lang_table[lang].code,
                                  .dir = lang_table[lang].dir,
                                  .name = u->name_text,
                                  .login = u->login_code,
                                  .code = code,
                                  .until = format_time(w->arena, lang, u->code_until_ms.v),
                                  .address = address_here(w),
                                  .done = user_url(w, u->login_code, S(""))};
    hers.lang = (int)lang;
    TRY(place_text(&hers, u->unit_id.v, u->office_id.v, &m.office));
    w->page.title = page_msg(&w->page, MSG_STAFF_CODE_TITLE);
    struct page page = w->page;
    page.lang = lang;
    layout_open(&w->page);
    staff_code_open(&w->page, &m);
    staff_slip(&page, &m);
    staff_code_close(&w->page, &m);
    layout_close(&w->page);
    return web_html(w, 200);
}

err staff_code_answer(struct web *w)
{
    struct q_account_get row;
    const str *code = w->local;
    if (w->replayed || code == NULL) {
        return staff_user_answer(w);
    }
    TRY(q_account_by_login(w->ctx.db, w->arena, w->receipt.note, &row));
    enum lang lang;
    return slip_show(w, &row, *code, lang_of(w->receipt.status, &lang) ? lang : w->lang);
}

/* ---- a new one ---- */

static const char *const role_codes[] = {"desk",    "officer", "supervisor", "adc", "member",
                                         "monitor", "manager", "admin",      NULL};
enum { ROLES_N = 8 };

enum { NEW_LOGIN, NEW_NAME, NEW_ROLE, NEW_OFFICE, NEW_PHONE, NEW_CNIC, NEW_LANG };
const struct input staff_new_inputs[] = {
    [NEW_LOGIN] =
        {.name = "login", .type = IN_CODE, .label = MSG_WEB_SIGNIN_LOGIN, .max = LOGIN_MAX, .required = true},
    [NEW_NAME] = {.name = "name", .type = IN_LINE, .label = MSG_ACCOUNT_NAME, .max = 100, .required = true},
    [NEW_ROLE] = {.name = "role",
                  .type = IN_CHOICE,
                  .label = MSG_ACCOUNT_ROLE,
                  .required = true,
                  .choices = role_codes},
    [NEW_OFFICE] = {.name = "office", .type = IN_CODE, .label = MSG_ACCOUNT_OFFICE, .max = 40},
    [NEW_PHONE] = {.name = "phone", .type = IN_PHONE, .label = MSG_ACCOUNT_PHONE},
    [NEW_CNIC] = {.name = "cnic", .type = IN_CNIC, .label = MSG_ACCOUNT_CNIC},
    [NEW_LANG] = {.name = "slip",
                  .type = IN_CHOICE,
                  .label = MSG_STAFF_SLIP_LANG,
                  .required = true,
                  .choices = lang_codes},
};

static err role_field(struct web *w, struct field_view *out)
{
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, ROLES_N);
    if (choices == NULL) {
        return FAIL(LIMIT);
    }
    size_t n = 0;
    for (size_t i = 0; i < ROLES_N; i++) {
        const enum role r = (enum role)(ROLE_DESK + i);
        if (account_role_managed(&w->who.actor, r)) {
            choices[n++] =
                (struct choice_view){.value = str_of(role_codes[i]), .text = role_text(&w->page, r)};
        }
    }
    web_choose(w, NEW_ROLE, choices, n, STR_NONE);
    *out = web_field(w, NEW_ROLE, MSG_NONE);
    out->choices = choices;
    out->choices_n = n;
    return OK;
}

static err office_field(struct web *w, struct field_view *out)
{
    struct q_office_all *offices;
    size_t n;
    TRY(account_offices(&w->ctx, &offices, &n));
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, n + 1);
    if (choices == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        choices[i] = (struct choice_view){.value = offices[i].body_code, .text = offices[i].name_text};
    }
    web_choose(w, NEW_OFFICE, choices, n, STR_NONE);
    *out = web_field(w, NEW_OFFICE,
                     account_role_managed(&w->who.actor, ROLE_ADMIN) ? MSG_STAFF_OFFICE_HINT : MSG_NONE);
    out->optional = false;
    out->choices = choices;
    out->choices_n = n;
    return OK;
}

err staff_new_show(struct web *w)
{
    struct user_new_view m = {
        .to = url_local(w->arena, S("/staff/new")),
        .login = web_field(w, NEW_LOGIN, MSG_ACCOUNT_LOGIN_HINT),
        .name = web_field(w, NEW_NAME, MSG_ACCOUNT_NAME_HINT),
        .phone = phone_field(w, NEW_PHONE),
        .cnic = cnic_field(w, NEW_CNIC),
    };
    m.login.dir = S("ltr");
    m.name.dir = S("auto");
    m.phone.hint = page_msg(&w->page, MSG_STAFF_CONTACT_HINT);
    TRY(role_field(w, &m.role));
    TRY(office_field(w, &m.office));
    TRY(lang_field(w, NEW_LANG, &m.lang));
    w->page.title = page_msg(&w->page, MSG_ACCOUNT_NEW);
    w->page.back = url_local(w->arena, S("/staff"));
    w->page.form_id = S("new-user");
    staff_new(&w->page, &m);
    return web_html(w, 200);
}

err staff_new_prepare(struct web *w)
{
    return code_prepare(w, &w->in[NEW_LANG]);
}

static str lang_code(const struct given *lang)
{
    return str_of(lang_codes[lang->n]);
}

err staff_new_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct account_new n = {
        .login = login_fold(c->arena, in[NEW_LOGIN].text),
        .name = in[NEW_NAME].text,
        .password_hash = in[NEW_LANG].text,
        .one_time = true,
        .phone = phone_normal(&in[NEW_PHONE]),
        .cnic = cnic_normal(&in[NEW_CNIC]),
    };
    struct account_place at;
    int64_t id;
    TRY(account_role_find(c, str_of(role_codes[in[NEW_ROLE].n]), &n.role));
    TRY(account_place_find(c, S(""), in[NEW_OFFICE].text, &at));
    n.home = at.home;
    n.unit_id = at.unit_id;
    n.office_id = at.office_id;
    TRY(account_create(c, &n, &id));
    *out = (struct receipt){.note = n.login, .status = lang_code(&in[NEW_LANG])};
    return OK;
}

/* ---- somebody's ---- */

enum { USER_LOGIN_IN, USER_LANG_IN, USER_DONE_IN = USER_LANG_IN };
static const enum msg done_texts[] = {MSG_STAFF_DONE_DISABLED, MSG_STAFF_DONE_ENABLED,
                                      MSG_STAFF_DONE_SIGNED_OUT};
const struct input staff_user_inputs[] = {
    [USER_LOGIN_IN] =
        {.name = "login", .type = IN_CODE, .label = MSG_WEB_SIGNIN_LOGIN, .max = LOGIN_MAX, .required = true},
    [USER_DONE_IN] = {.name = "done", .type = IN_CHOICE, .label = MSG_ACCOUNT_STATE, .choices = done_codes},
};
const struct input staff_code_inputs[] = {
    [USER_LOGIN_IN] =
        {.name = "login", .type = IN_CODE, .label = MSG_WEB_SIGNIN_LOGIN, .max = LOGIN_MAX, .required = true},
    [USER_LANG_IN] = {.name = "slip",
                      .type = IN_CHOICE,
                      .label = MSG_STAFF_SLIP_LANG,
                      .required = true,
                      .choices = lang_codes},
};

/* The field as the page that does not take it shows it. */
static err lang_field_alone(struct web *w, struct field_view *out)
{
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, LANG_N);
    if (choices == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < LANG_N; i++) {
        choices[i] = (struct choice_view){
            .value = lang_table[i].code, .text = lang_table[i].own_name, .chosen = i == (size_t)w->lang};
    }
    *out = (struct field_view){.name = S("slip"),
                               .label = page_msg(&w->page, MSG_STAFF_SLIP_LANG),
                               .choices = choices,
                               .choices_n = LANG_N};
    return OK;
}

/* Hers to look after, or her own. */
static err user_find(struct web *w, struct q_account_get *out, bool *out_own)
{
    const err e = account_managed(&w->ctx, w->in[USER_LOGIN_IN].text, out);
    *out_own = e.code == ERR_CONFLICT;
    return *out_own ? q_account_get(w->ctx.db, w->arena, w->who.actor.user_id, out) : e;
}

err staff_user_show(struct web *w)
{
    struct q_account_get row;
    struct user_view m = {.to_account = url_local(w->arena, S("/account"))};
    const bool takes_lang = w->route->inputs == staff_code_inputs;
    const struct given *done = takes_lang ? NULL : &w->in[USER_DONE_IN];
    TRY(user_find(w, &row, &m.own));
    m.login = row.login_code;
    m.name = row.name_text;
    m.active = !row.disabled_ms.given;
    m.to_code = user_url(w, row.login_code, S("/code"));
    m.to_disable = user_url(w, row.login_code, S("/disable"));
    m.to_enable = user_url(w, row.login_code, S("/enable"));
    m.to_sign_out = user_url(w, row.login_code, S("/sign-out"));
    if (done != NULL && done->given && done->fault.n == 0) {
        m.note = page_msg(&w->page, done_texts[done->n]);
    }
    TRY(account_facts(w, &row, &m.facts));
    TRY(takes_lang ? lang_field(w, USER_LANG_IN, &m.lang) : lang_field_alone(w, &m.lang));
    w->page.title = row.name_text;
    w->page.back = url_local(w->arena, S("/staff"));
    staff_user(&w->page, &m);
    return web_html(w, 200);
}

err staff_code_prepare(struct web *w)
{
    return code_prepare(w, &w->in[USER_LANG_IN]);
}

err staff_code_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    TRY(account_code_set(c, in[USER_LOGIN_IN].text, in[USER_LANG_IN].text));
    *out = (struct receipt){.note = in[USER_LOGIN_IN].text, .status = lang_code(&in[USER_LANG_IN])};
    return OK;
}

err staff_disable_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    TRY(account_disable(c, in[USER_LOGIN_IN].text));
    *out = (struct receipt){.note = in[USER_LOGIN_IN].text, .status = S("disabled")};
    return OK;
}

err staff_enable_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    TRY(account_enable(c, in[USER_LOGIN_IN].text));
    *out = (struct receipt){.note = in[USER_LOGIN_IN].text, .status = S("enabled")};
    return OK;
}

err staff_sign_out_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    TRY(account_sign_out_all(c, in[USER_LOGIN_IN].text));
    *out = (struct receipt){.note = in[USER_LOGIN_IN].text, .status = S("signed-out")};
    return OK;
}

/* Back to the page of the account that was written to: its login is the receipt's note. */
err staff_user_answer(struct web *w)
{
    struct url to = user_url(w, w->receipt.note, S(""));
    for (size_t i = 0; done_codes[i] != NULL; i++) {
        if (str_eq(w->receipt.status, str_of(done_codes[i]))) {
            to = url_with(w->arena, to, S("done"), w->receipt.status);
        }
    }
    return web_redirect(w, to);
}
