/* sign_in_pages.c: /login, /login/code, /login/password and /logout.
 *
 * Whoever comes with a one-time code gets no session for it, but chooses a password and is in: on /login/code
 * in one step, and when she typed it where the password belongs, on a second form, in which a signed token
 * stands for the code that was right. Signing in is a `show` in the pool that writes, and not a route's
 * `write`: a write that is repeated is answered with its first receipt, but the same form sent twice must
 * give two sessions, because the browser keeps only the cookie of its last answer. */
#include "sign_in_pages.h"

#include "account.h"
#include "account_password.html.h"
#include "account_views.h"
#include "random.h"

enum { IN_LOGIN, IN_PASSWORD, IN_NEXT, IN_KEPT };
enum { NEXT_MAX = 300, KEPT_MAX = 90000, GIVEN_MAX = 400, GIVEN_SECONDS = 15 * 60 };

const struct input sign_in_inputs[] = {
    [IN_LOGIN] =
        {.name = "login", .type = IN_LINE, .label = MSG_WEB_SIGNIN_LOGIN, .max = 200, .required = true},
    [IN_PASSWORD] = {.name = "password",
                     .type = IN_SECRET,
                     .label = MSG_WEB_SIGNIN_PASSWORD,
                     .max = PASSWORD_MAX,
                     .required = true},
    [IN_NEXT] = {.name = "next", .type = IN_LINE, .label = MSG_ACCOUNT_NEXT, .max = NEXT_MAX},
    [IN_KEPT] = {.name = "kept", .type = IN_CODE, .label = MSG_ACCOUNT_NEXT, .max = KEPT_MAX},
};
enum { FIRST_NEW, FIRST_GIVEN, FIRST_NEXT, FIRST_KEPT };
const struct input first_inputs[] = {
    [FIRST_NEW] = {.name = "password",
                   .type = IN_SECRET,
                   .label = MSG_ACCOUNT_PASSWORD_FIRST,
                   .max = PASSWORD_MAX,
                   .required = true},
    [FIRST_GIVEN] = {.name = "given", .type = IN_CODE, .label = MSG_ACCOUNT_NEXT, .max = GIVEN_MAX},
    [FIRST_NEXT] = {.name = "next", .type = IN_LINE, .label = MSG_ACCOUNT_NEXT, .max = NEXT_MAX},
    [FIRST_KEPT] = {.name = "kept", .type = IN_CODE, .label = MSG_ACCOUNT_NEXT, .max = KEPT_MAX},
};
enum { CODE_LOGIN, CODE_CODE, CODE_NEW };
const struct input code_inputs[] = {
    [CODE_LOGIN] =
        {.name = "login", .type = IN_LINE, .label = MSG_WEB_SIGNIN_LOGIN, .max = 200, .required = true},
    [CODE_CODE] =
        {.name = "code", .type = IN_LINE, .label = MSG_ACCOUNT_CODE, .max = PASSWORD_MAX, .required = true},
    [CODE_NEW] = {.name = "password",
                  .type = IN_SECRET,
                  .label = MSG_ACCOUNT_PASSWORD_FIRST,
                  .max = PASSWORD_MAX,
                  .required = true},
};
const struct input next_inputs[] = {
    {.name = "next", .type = IN_LINE, .label = MSG_ACCOUNT_NEXT, .max = NEXT_MAX},
};

static str local_or_none(str next)
{
    return next.p != NULL && web_local(next) ? next : STR_NONE;
}

/* After signing in: where she wanted to go if her role may, else where her work is. */
static err go_on(struct web *w, str next, enum role role)
{
    static const str works[] = {S_INIT("/desk"),  S_INIT("/overview"), S_INIT("/rota"),
                                S_INIT("/cases"), S_INIT("/staff"),    S_INIT("/account")};
    size_t i = 0;
    while (i + 1 < sizeof works / sizeof works[0] && !web_may_open(w, role, works[i])) {
        i++;
    }
    const bool there = next.n > 0 && web_may_open(w, role, next);
    return web_redirect(w, url_local(w->arena, there ? next : works[i]));
}

err sign_in_show(struct web *w)
{
    const str next = local_or_none(w->in[0].text);
    if (w->who.actor.user_id != 0) {
        return go_on(w, next, w->who.actor.role);
    }
    return web_show_sign_in(w, 200, MSG_NONE, next);
}

struct sign_in_job {
    struct write_job base; /* first */
    const struct sign_in *checked;
    enum sign_in_verdict verdict;
};

static err sign_in_run(struct ctx *c, struct write_job *base)
{
    struct sign_in_job *job = (struct sign_in_job *)base;
    return sign_in_write(c, job->checked, &job->verdict);
}

static enum msg verdict_words(enum sign_in_verdict v, enum msg wrong)
{
    return v == SIGN_IN_WAIT ? MSG_ACCOUNT_WAIT : v == SIGN_IN_OVER ? MSG_ACCOUNT_CODE_OVER : wrong;
}

/* What the next try is: another write. */
static void key_anew(struct web *w)
{
    char key[ULID_LEN];
    ulid_new(key);
    w->page.idem_key = arena_str(w->arena, (str){key, sizeof key});
}

static err refused(struct web *w, enum sign_in_verdict verdict, str next)
{
    key_anew(w);
    web_fault(w, verdict == SIGN_IN_WAIT ? SIZE_MAX : IN_PASSWORD, verdict_words(verdict, MSG_ACCOUNT_WRONG));
    return web_show_sign_in(w, verdict == SIGN_IN_WAIT ? 429 : 422, MSG_NONE, next);
}

/* In the pool: what was found out goes to the writer. */
static err sign_in_job_run(struct web *w, struct sign_in *checked, enum sign_in_verdict *out)
{
    checked->on_phone = w->on_phone;
    struct sign_in_job job = {.base = {.run = sign_in_run,
                                       .arena = w->arena,
                                       .small = true,
                                       .lang = (int)w->lang,
                                       .client = w->client},
                              .checked = checked};
    job.base.actor.role = ROLE_PUBLIC;
    TRY(store_write(w->ctx.store, &job.base));
    *out = job.verdict;
    return OK;
}

struct sign_out_job {
    struct write_job base; /* first */
    const uint8_t *secret;
};

static err sign_out_run(struct ctx *c, struct write_job *base)
{
    return sign_out(c, c->actor.user_id, ((struct sign_out_job *)base)->secret);
}

static err this_session_end(struct web *w)
{
    struct sign_out_job job = {
        .base = {.run = sign_out_run, .arena = w->arena, .small = true, .actor = w->who.actor},
        .secret = w->who.secret};
    return store_write(w->ctx.store, &job.base);
}

/* Whose session this browser held until now is signed out: its cookie is written over. */
static err welcome(struct web *w, str token, str next)
{
    if (w->who.actor.user_id != 0) {
        TRY(this_session_end(w));
    }
    web_set_session(w, token, SESSION_SECONDS);
    bool shown;
    TRY(web_show_kept(w, token, &shown));
    if (shown) {
        return OK;
    }
    struct account a;
    uint8_t secret[SESSION_SECRET_LEN];
    TRY(account_of_session(&w->ctx, token, &a, secret));
    return go_on(w, next, a.role);
}

/* ---- a password of her own ---- */

/* What stands for the password that was right: nothing any more when the account has another. */
static str given_token(struct web *w, const struct sign_in *s)
{
    char mark[HEX_OF_32];
    hex_of(s->mark, sizeof s->mark, mark);
    const str text = arena_printf(w->arena, "%.*s%.*s", (int)sizeof mark, mark, STR_F(s->login));
    return web_sign(w, S("given-password"), text, GIVEN_SECONDS);
}

static bool given_read(struct web *w, str token, uint8_t out_mark[PASSWORD_MARK_LEN], str *out_login)
{
    str text;
    if (token.n == 0 || web_signed(w, S("given-password"), token, &text).code != ERR_OK ||
        text.n <= HEX_OF_32) {
        return false;
    }
    *out_login = str_sub(text, HEX_OF_32, text.n);
    return hex_to(str_sub(text, 0, HEX_OF_32), out_mark, PASSWORD_MARK_LEN);
}

static struct field_view first_field(struct web *w, size_t input)
{
    if (w->route->inputs == first_inputs) {
        return password_field(w, input);
    }
    return (struct field_view){.name = str_of(first_inputs[input].name),
                               .label = page_msg(&w->page, first_inputs[input].label),
                               .type = S("password"),
                               .complete = S("new-password"),
                               .dir = S("ltr")};
}

static err first_show(struct web *w, int status, const struct first_view *hidden)
{
    struct first_view m = *hidden;
    m.to = url_local(w->arena, S("/login/password"));
    m.password = first_field(w, FIRST_NEW);
    m.password.hint = page_msg(&w->page, MSG_ACCOUNT_PASSWORD_HINT);
    w->page.title = page_msg(&w->page, MSG_ACCOUNT_FIRST);
    w->page.form_id = S("own-password");
    w->page.script = true;
    account_first(&w->page, &m);
    return web_html(w, status);
}

err sign_in_post(struct web *w)
{
    const str next = local_or_none(w->in[IN_NEXT].text);
    if (w->step) {
        return web_show_sign_in(w, 200, MSG_NONE, next);
    }
    struct sign_in checked;
    enum sign_in_verdict verdict;
    char token[TOKEN_TEXT_LEN];
    TRY(sign_in_check(&w->ctx, w->in[IN_LOGIN].text, w->in[IN_PASSWORD].text, &checked, token));
    TRY(sign_in_job_run(w, &checked, &verdict));
    if (verdict == SIGN_IN_CHANGE) {
        const struct first_view hidden = {
            .given = given_token(w, &checked), .next = next, .kept = w->in[IN_KEPT].text};
        return first_show(w, 200, &hidden);
    }
    if (verdict != SIGN_IN_OK) {
        return refused(w, verdict, next);
    }
    return welcome(w, arena_str(w->arena, (str){token, sizeof token}), next);
}

struct first_job {
    struct write_job base; /* first */
    const struct sign_in *checked;
    str encoded;
    enum sign_in_verdict verdict;
};

static err first_run(struct ctx *c, struct write_job *base)
{
    struct first_job *job = (struct first_job *)base;
    return first_password_write(c, job->checked, job->encoded, &job->verdict);
}

/* Slow. Sets the password and opens the session for whom a mark stands for; or INVALID with the words. */
static err first_do(struct web *w, str login, const uint8_t *mark, str password, str *out_token,
                    enum sign_in_verdict *out)
{
    struct sign_in checked;
    char token[TOKEN_TEXT_LEN] = {0};
    struct first_job job = {.base = {.run = first_run,
                                     .arena = w->arena,
                                     .small = true,
                                     .lang = (int)w->lang,
                                     .client = w->client},
                            .checked = &checked};
    job.base.actor.role = ROLE_PUBLIC;
    TRY(password_hash(&w->ctx, password, &job.encoded));
    TRY(first_password_check(&w->ctx, login, mark, password, &checked, token));
    checked.on_phone = w->on_phone;
    TRY(store_write(w->ctx.store, &job.base));
    *out = job.verdict;
    *out_token = arena_str(w->arena, (str){token, sizeof token});
    return OK;
}

err first_post(struct web *w)
{
    const struct first_view hidden = {.given = w->in[FIRST_GIVEN].text,
                                      .next = local_or_none(w->in[FIRST_NEXT].text),
                                      .kept = w->in[FIRST_KEPT].text};
    uint8_t mark[PASSWORD_MARK_LEN];
    str login;
    if (w->step) {
        return first_show(w, 200, &hidden);
    }
    if (!given_read(w, hidden.given, mark, &login)) {
        return web_show_sign_in(w, 401, MSG_ACCOUNT_FIRST_EXPIRED, hidden.next);
    }
    str token = STR_NONE;
    enum sign_in_verdict verdict;
    const err e = first_do(w, login, mark, w->in[FIRST_NEW].text, &token, &verdict);
    if (e.code == ERR_INVALID) {
        web_fault(w, FIRST_NEW, (enum msg)w->fail.message);
        return first_show(w, 422, &hidden);
    }
    TRY(e);
    if (verdict != SIGN_IN_OK) {
        return web_show_sign_in(w, 401, MSG_ACCOUNT_FIRST_EXPIRED, hidden.next);
    }
    return welcome(w, token, hidden.next);
}

/* ---- with a code and a password of her own in one step ---- */

static err code_page(struct web *w, int status)
{
    struct code_view m = {.to = url_local(w->arena, S("/login/code")),
                          .login = web_field(w, CODE_LOGIN, MSG_NONE),
                          .code = web_field(w, CODE_CODE, MSG_ACCOUNT_CODE_HINT),
                          .password = web_field(w, CODE_NEW, MSG_ACCOUNT_PASSWORD_HINT)};
    m.login.complete = S("username");
    m.login.dir = S("ltr");
    m.login.focus = true;
    m.code.complete = S("one-time-code");
    m.code.dir = S("ltr");
    m.password.complete = S("new-password");
    m.password.dir = S("ltr");
    w->page.title = page_msg(&w->page, MSG_ACCOUNT_CODE_TITLE);
    w->page.back = url_local(w->arena, S("/login"));
    w->page.form_id = S("own-code");
    w->page.script = true;
    account_code(&w->page, &m);
    return web_html(w, status);
}

err code_show(struct web *w)
{
    return w->who.actor.user_id != 0 ? go_on(w, STR_NONE, w->who.actor.role) : code_page(w, 200);
}

static err code_refused(struct web *w, enum sign_in_verdict verdict)
{
    key_anew(w);
    web_fault(w, verdict == SIGN_IN_WAIT ? SIZE_MAX : CODE_CODE,
              verdict_words(verdict, MSG_ACCOUNT_CODE_WRONG));
    return code_page(w, verdict == SIGN_IN_WAIT ? 429 : 422);
}

/* A right code is not spent on a password that will not do. */
static err code_do(struct web *w, str *out_token, enum sign_in_verdict *out)
{
    struct sign_in checked;
    char unused[TOKEN_TEXT_LEN];
    const str password = w->in[CODE_NEW].text;
    TRY(sign_in_check(&w->ctx, w->in[CODE_LOGIN].text, w->in[CODE_CODE].text, &checked, unused));
    checked.by_code = true;
    TRY(sign_in_job_run(w, &checked, out));
    if (*out != SIGN_IN_CHANGE) {
        return OK;
    }
    return first_do(w, checked.login, checked.mark, password, out_token, out);
}

err code_post(struct web *w)
{
    str token = STR_NONE;
    enum sign_in_verdict verdict;
    if (w->step) {
        return code_page(w, 200);
    }
    const err e = code_do(w, &token, &verdict);
    if (e.code == ERR_INVALID) {
        web_fault(w, CODE_NEW, (enum msg)w->fail.message);
        return code_page(w, 422);
    }
    TRY(e);
    return verdict == SIGN_IN_OK ? welcome(w, token, STR_NONE) : code_refused(w, verdict);
}

/* What a desk's shared computer still holds of her session goes too. */
err sign_out_post(struct web *w)
{
    if (!w->step) {
        TRY(this_session_end(w));
        web_clear_session(w);
        web_header(w, "Clear-Site-Data", S("\"cache\", \"storage\""));
    }
    return web_redirect(w, url_local(w->arena, S("/login")));
}
