/* account_pages.c: one's own account, and the routes of this feature. */
#include "account.h"
#include "account_feature.h"
#include "account_own.html.h"
#include "account_views.h"
#include "clock.h"
#include "format.h"
#include "place.h"
#include "random.h"
#include "sign_in_pages.h"
#include "staff_pages.h"

enum { FACTS_MAX = 8, HOUR_MS = 3600 * 1000 };

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

str role_text(const struct page *p, enum role r)
{
    static const enum msg texts[ROLE_N] = {
        [ROLE_PUBLIC] = MSG_ROLE_PUBLIC,         [ROLE_DESK] = MSG_ROLE_DESK,
        [ROLE_OFFICER] = MSG_ROLE_OFFICER,       [ROLE_ADC] = MSG_ROLE_ADC,
        [ROLE_SUPERVISOR] = MSG_ROLE_SUPERVISOR, [ROLE_ADMIN] = MSG_ROLE_ADMIN,
        [ROLE_SYSTEM] = MSG_ROLE_SYSTEM,         [ROLE_MEMBER] = MSG_ROLE_MEMBER,
        [ROLE_AWAY] = MSG_ROLE_MEMBER,           [ROLE_MONITOR] = MSG_ROLE_MONITOR,
        [ROLE_MANAGER] = MSG_ROLE_MANAGER,
    };
    return (unsigned)r < ROLE_N && texts[r] != MSG_NONE ? page_msg(p, texts[r]) : S("");
}

err place_text(struct ctx *c, int64_t unit_id, int64_t office_id, str *out)
{
    *out = S("");
    if (office_id != 0) {
        return label_find(c, S("body"), office_id, out);
    }
    return unit_id != 0 ? label_find(c, S("unit"), unit_id, out) : OK;
}

/* Who made the code with which she last chose her password, or is to choose one. */
static err code_maker(struct web *w, const struct q_account_get *u, str *out)
{
    struct q_account_get by;
    if (u->code_by_id.v == 0) {
        *out = page_msg(&w->page, MSG_STAFF_CODE_BY_COMMAND);
        return OK;
    }
    TRY(q_account_get(w->ctx.db, w->arena, u->code_by_id.v, &by));
    *out = by.name_text;
    return OK;
}

static err password_text(struct web *w, const struct q_account_get *u, str *out)
{
    struct msg_arg args[] = {{"day", format_time(w->arena, w->lang, u->password_ms)}, {"name", S("")}};
    if (u->code_until_ms.given) {
        args[0].value = format_time(w->arena, w->lang, u->code_until_ms.v);
        TRY(code_maker(w, u, &args[1].value));
        const bool over = u->code_until_ms.v <= w->ctx.now_ms;
        *out = page_msg_args(&w->page, over ? MSG_STAFF_CODE_OVER_SINCE : MSG_STAFF_CODE_UNTIL, 1, args, 2);
        return OK;
    }
    if (!u->code_by_id.given) {
        *out = page_msg_args(&w->page, MSG_ACCOUNT_PASSWORD_SINCE, 1, args, 1);
        return OK;
    }
    TRY(code_maker(w, u, &args[1].value));
    *out = page_msg_args(&w->page, MSG_STAFF_PASSWORD_BY_CODE, 1, args, 2);
    return OK;
}

err account_facts(struct web *w, const struct q_account_get *u, struct facts_view *out)
{
    str place;
    str password;
    TRY(place_text(&w->ctx, u->unit_id.v, u->office_id.v, &place));
    TRY(password_text(w, u, &password));
    struct fact_view *rows = arena_array_of(w->arena, struct fact_view, FACTS_MAX);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    const struct page *p = &w->page;
    size_t n = 0;
    rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_NAME), .value = u->name_text};
    rows[n++] = (struct fact_view){
        .name = page_msg(p, MSG_WEB_SIGNIN_LOGIN), .value = u->login_code, .dir = S("ltr")};
    rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_ROLE),
                                   .value = role_text(p, (enum role)u->role_no)};
    if (place.n > 0) {
        rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_OFFICE), .value = place};
    }
    rows[n++] = (struct fact_view){.name = page_msg(p, MSG_WEB_SIGNIN_PASSWORD), .value = password};
    if (u->id != w->who.actor.user_id) {
        rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_LAST_SIGN_IN),
                                       .value = u->signed_in_ms.given
                                                    ? format_time(w->arena, w->lang, u->signed_in_ms.v)
                                                    : page_msg(p, MSG_ACCOUNT_NEVER)};
    }
    if (u->disabled_ms.given) {
        rows[n++] = (struct fact_view){.name = page_msg(p, MSG_ACCOUNT_STATE),
                                       .value = page_msg(p, MSG_ACCOUNT_DISABLED)};
    }
    *out = (struct facts_view){.rows = rows, .rows_n = n};
    return OK;
}

/* ---- where she is signed in ---- */

static const str session_purpose = S_INIT("own-session"), token_purpose = S_INIT("own-token");

static str hash_token(struct web *w, str purpose, str hash)
{
    char hex[HEX_OF_32];
    if (hash.n != TOKEN_HASH_LEN) {
        return S("");
    }
    hex_of((const uint8_t *)hash.p, hash.n, hex);
    return web_sign(w, purpose, (str){hex, sizeof hex}, SESSION_SECONDS);
}

static err hash_read(struct ctx *c, const struct given *in, str *out)
{
    uint8_t hash[TOKEN_HASH_LEN];
    if (!hex_to(in->text, hash, sizeof hash)) {
        return FAIL(INVALID);
    }
    *out = arena_str(c->arena, (str){(const char *)hash, sizeof hash});
    return out->p != NULL ? OK : FAIL(LIMIT);
}

/* To the hour: enough to know one's own, and no record of somebody's minutes. */
static str hour_text(struct web *w, int64_t ms, int64_t since_ms)
{
    const int64_t hour = ms - ms % HOUR_MS;
    return format_time(w->arena, w->lang, hour > since_ms ? hour : since_ms);
}

static err sessions_view(struct web *w, struct own_view *m)
{
    struct q_session_list *rows;
    size_t n;
    TRY(account_session_list(&w->ctx, &rows, &n));
    struct use_view *uses = arena_array_of(w->arena, struct use_view, n + 1);
    if (uses == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const bool on_phone = str_eq(rows[i].device_code, S("phone"));
        uses[i] = (struct use_view){
            .what = page_msg(&w->page, on_phone ? MSG_ACCOUNT_ON_PHONE : MSG_ACCOUNT_ON_COMPUTER),
            .since = format_time(w->arena, w->lang, rows[i].created_ms),
            .used = hour_text(w, rows[i].used_ms, rows[i].created_ms),
            .here = str_eq(rows[i].session_secret, (str){(const char *)w->who.secret, sizeof w->who.secret}),
            .token = hash_token(w, session_purpose, rows[i].token_hash)};
    }
    m->sessions = uses;
    m->sessions_n = n;
    return OK;
}

static err tokens_view(struct web *w, struct own_view *m)
{
    struct q_token_list *rows;
    size_t n;
    TRY(account_token_list(&w->ctx, &rows, &n));
    struct use_view *uses = arena_array_of(w->arena, struct use_view, n + 1);
    if (uses == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        uses[i] = (struct use_view){.what = S(""),
                                    .since = format_time(w->arena, w->lang, rows[i].created_ms),
                                    .token = hash_token(w, token_purpose, rows[i].token_hash)};
    }
    m->tokens = uses;
    m->tokens_n = n;
    return OK;
}

/* ---- her telephone and CNIC, as marks ---- */

enum { CONTACT_PHONE, CONTACT_CNIC, CONTACT_FORGET };
static const struct input contact_inputs[] = {
    [CONTACT_PHONE] = {.name = "phone", .type = IN_PHONE, .label = MSG_ACCOUNT_PHONE},
    [CONTACT_CNIC] = {.name = "cnic", .type = IN_CNIC, .label = MSG_ACCOUNT_CNIC},
    [CONTACT_FORGET] = {.name = "forget", .type = IN_FLAG, .label = MSG_ACCOUNT_CONTACT_FORGET},
};

struct field_view phone_field(struct web *w, size_t input)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    f.type = S("tel");
    f.dir = S("ltr");
    f.optional = true;
    return f;
}

struct field_view cnic_field(struct web *w, size_t input)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    f.inputmode = S("numeric");
    f.dir = S("ltr");
    f.optional = true;
    return f;
}

static err contact_view(struct web *w, struct own_view *m)
{
    struct q_contact_list *rows;
    size_t n;
    bool given[2] = {false, false};
    static const enum msg words[2][2] = {{MSG_ACCOUNT_CONTACT_NONE, MSG_ACCOUNT_CONTACT_CNIC},
                                         {MSG_ACCOUNT_CONTACT_PHONE, MSG_ACCOUNT_CONTACT_BOTH}};
    TRY(q_contact_list(w->ctx.db, w->arena, w->who.actor.user_id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        given[str_eq(rows[i].index_kind_code, S("phone")) ? 0 : 1] = true;
    }
    m->contact = page_msg(&w->page, words[given[0]][given[1]]);
    m->marked = n > 0;
    m->to_contact = url_local(w->arena, S("/account/contact"));
    if (w->route->inputs == contact_inputs) {
        m->phone = phone_field(w, CONTACT_PHONE);
        m->cnic = cnic_field(w, CONTACT_CNIC);
        m->forget = web_field(w, CONTACT_FORGET, MSG_NONE);
        return OK;
    }
    m->phone = (struct field_view){.name = S("phone"),
                                   .label = page_msg(&w->page, MSG_ACCOUNT_PHONE),
                                   .type = S("tel"),
                                   .dir = S("ltr"),
                                   .optional = true};
    m->cnic = (struct field_view){.name = S("cnic"),
                                  .label = page_msg(&w->page, MSG_ACCOUNT_CNIC),
                                  .inputmode = S("numeric"),
                                  .dir = S("ltr"),
                                  .optional = true};
    m->forget =
        (struct field_view){.name = S("forget"), .label = page_msg(&w->page, MSG_ACCOUNT_CONTACT_FORGET)};
    return OK;
}

/* Normal forms of what was given; empty: nothing was. */
str phone_normal(const struct given *in)
{
    return in->given ? in->as.phone.e164 : S("");
}

str cnic_normal(const struct given *in)
{
    return in->given ? (str){in->as.cnic.digits, sizeof in->as.cnic.digits} : S("");
}

static err contact_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct account_contact k = {
        .phone = phone_normal(&in[CONTACT_PHONE]),
        .cnic = cnic_normal(&in[CONTACT_CNIC]),
        .forget = in[CONTACT_FORGET].given && in[CONTACT_FORGET].n != 0,
    };
    out->status = S("contact");
    return account_contact_change(c, &k);
}

/* ---- the page ---- */

static const char *const done_codes[] = {"password", "session", "sessions", "token", "contact", NULL};
static const enum msg done_texts[] = {MSG_ACCOUNT_PASSWORD_CHANGED, MSG_ACCOUNT_SESSION_ENDED,
                                      MSG_ACCOUNT_SESSIONS_ENDED, MSG_ACCOUNT_TOKEN_ENDED,
                                      MSG_ACCOUNT_CONTACT_KEPT};
enum { IN_DONE };
static const struct input own_inputs[] = {
    [IN_DONE] = {.name = "done", .type = IN_CHOICE, .label = MSG_ACCOUNT_OWN, .choices = done_codes},
};

static err own_show(struct web *w)
{
    struct q_account_get row;
    struct own_view m = {.to_password = url_local(w->arena, S("/account/password")),
                         .to_end = url_local(w->arena, S("/account/session")),
                         .to_end_others = url_local(w->arena, S("/account/sessions")),
                         .to_token_end = url_local(w->arena, S("/account/token"))};
    if (w->route->inputs == own_inputs && w->in[IN_DONE].given && w->in[IN_DONE].fault.n == 0) {
        m.note = page_msg(&w->page, done_texts[w->in[IN_DONE].n]);
    }
    TRY(q_account_get(w->ctx.db, w->arena, w->who.actor.user_id, &row));
    TRY(account_facts(w, &row, &m.facts));
    TRY(sessions_view(w, &m));
    TRY(tokens_view(w, &m));
    TRY(contact_view(w, &m));
    w->page.title = page_msg(&w->page, MSG_ACCOUNT_OWN);
    account_own(&w->page, &m);
    return web_html(w, 200);
}

err own_answer(struct web *w)
{
    return web_redirect(w,
                        url_with(w->arena, url_local(w->arena, S("/account")), S("done"), w->receipt.status));
}

static const struct input session_inputs[] = {
    {.name = "own-session", .type = IN_SIGNED, .label = MSG_ACCOUNT_SESSIONS, .required = true},
};
static const struct input token_inputs[] = {
    {.name = "own-token", .type = IN_SIGNED, .label = MSG_ACCOUNT_TOKENS, .required = true},
};
static const struct input others_inputs[] = {
    {.name = "others", .type = IN_FLAG, .label = MSG_ACCOUNT_END_OTHERS, .required = true},
};

static err session_end_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    str hash;
    TRY(hash_read(c, &in[0], &hash));
    out->status = S("session");
    return account_session_end(c, hash);
}

static err token_end_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    str hash;
    TRY(hash_read(c, &in[0], &hash));
    out->status = S("token");
    return account_token_end(c, hash);
}

/* The session that stays takes the place of the tick. */
static err others_prepare(struct web *w)
{
    w->in[0].text = (str){(const char *)w->who.secret, sizeof w->who.secret};
    return OK;
}

static err others_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->status = S("sessions");
    return account_session_end_others(c, (const uint8_t *)in[0].text.p);
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
    {.method = HTTP_GET,
     .pattern = "/login/code",
     .permission = P_PUBLIC,
     .inputs = code_inputs,
     .inputs_n = CODE_INPUTS_N,
     .show = code_show,
     .doc = MSG_ACCOUNT_DOC_CODE_FORM},
    {.method = HTTP_POST,
     .pattern = "/login/code",
     .permission = P_PUBLIC,
     .flags = ROUTE_FORM | ROUTE_SLOW,
     .inputs = code_inputs,
     .inputs_n = CODE_INPUTS_N,
     .show = code_post,
     .doc = MSG_ACCOUNT_DOC_CODE},
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
    {.method = HTTP_POST,
     .pattern = "/account/session",
     .permission = P_SIGNED_IN,
     INPUTS(session_inputs),
     .show = own_show,
     .write = session_end_write,
     .answer = own_answer,
     .doc = MSG_ACCOUNT_DOC_SESSION_END},
    {.method = HTTP_POST,
     .pattern = "/account/sessions",
     .permission = P_SIGNED_IN,
     INPUTS(others_inputs),
     .show = own_show,
     .prepare = others_prepare,
     .write = others_write,
     .answer = own_answer,
     .doc = MSG_ACCOUNT_DOC_SESSIONS_END},
    {.method = HTTP_POST,
     .pattern = "/account/token",
     .permission = P_SIGNED_IN,
     INPUTS(token_inputs),
     .show = own_show,
     .write = token_end_write,
     .answer = own_answer,
     .doc = MSG_ACCOUNT_DOC_TOKEN_END},
    {.method = HTTP_POST,
     .pattern = "/account/contact",
     .permission = P_SIGNED_IN,
     INPUTS(contact_inputs),
     .show = own_show,
     .write = contact_write,
     .answer = own_answer,
     .doc = MSG_ACCOUNT_DOC_CONTACT},
    {.method = HTTP_GET,
     .pattern = "/staff",
     .permission = P_USER_MANAGE,
     .inputs = staff_inputs,
     .inputs_n = STAFF_INPUTS_N,
     .show = staff_show,
     .doc = MSG_STAFF_DOC_LIST},
    {.method = HTTP_GET,
     .pattern = "/staff/new",
     .permission = P_USER_MANAGE,
     .inputs = staff_new_inputs,
     .inputs_n = STAFF_NEW_INPUTS_N,
     .show = staff_new_show,
     .doc = MSG_ACCOUNT_DOC_NEW},
    {.method = HTTP_POST,
     .pattern = "/staff/new",
     .permission = P_USER_MANAGE,
     .inputs = staff_new_inputs,
     .inputs_n = STAFF_NEW_INPUTS_N,
     .show = staff_new_show,
     .prepare = staff_new_prepare,
     .write = staff_new_write,
     .answer = staff_code_answer,
     .doc = MSG_ACCOUNT_DOC_CREATE},
    {.method = HTTP_GET,
     .pattern = "/staff/user/{login}",
     .permission = P_USER_MANAGE,
     .inputs = staff_user_inputs,
     .inputs_n = STAFF_USER_INPUTS_N,
     .show = staff_user_show,
     .doc = MSG_ACCOUNT_DOC_USER},
    {.method = HTTP_POST,
     .pattern = "/staff/user/{login}/code",
     .permission = P_USER_MANAGE,
     .flags = ROUTE_NO_REPLAY,
     .inputs = staff_code_inputs,
     .inputs_n = STAFF_CODE_INPUTS_N,
     .show = staff_user_show,
     .prepare = staff_code_prepare,
     .write = staff_code_write,
     .answer = staff_code_answer,
     .doc = MSG_STAFF_DOC_CODE},
    {.method = HTTP_POST,
     .pattern = "/staff/user/{login}/disable",
     .permission = P_USER_MANAGE,
     .inputs = staff_user_inputs,
     .inputs_n = STAFF_USER_INPUTS_N,
     .show = staff_user_show,
     .write = staff_disable_write,
     .answer = staff_user_answer,
     .doc = MSG_ACCOUNT_DOC_DISABLE},
    {.method = HTTP_POST,
     .pattern = "/staff/user/{login}/enable",
     .permission = P_USER_MANAGE,
     .inputs = staff_user_inputs,
     .inputs_n = STAFF_USER_INPUTS_N,
     .show = staff_user_show,
     .write = staff_enable_write,
     .answer = staff_user_answer,
     .doc = MSG_STAFF_DOC_ENABLE},
    {.method = HTTP_POST,
     .pattern = "/staff/user/{login}/sign-out",
     .permission = P_USER_MANAGE,
     .inputs = staff_user_inputs,
     .inputs_n = STAFF_USER_INPUTS_N,
     .show = staff_user_show,
     .write = staff_sign_out_write,
     .answer = staff_user_answer,
     .doc = MSG_STAFF_DOC_SIGN_OUT},
};

static const struct feature_job jobs[] = {
    {.name = "session.expire", .every_ms = (int64_t)15 * 60 * 1000, .run = session_expire},
};

const struct feature account_feature = {
    .name = "account",
    .routes = routes,
    .routes_n = sizeof routes / sizeof routes[0],
    .jobs = jobs,
    .jobs_n = sizeof jobs / sizeof jobs[0],
};
