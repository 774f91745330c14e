/* sign_in_pages.c: /login and /logout.
 *
 * Signing in is a `show` in the pool that writes, and not a route's `write`: a write that is repeated is
 * answered with its first receipt, but the same form sent twice must give two sessions, because the browser
 * keeps only the cookie of its last answer. */
#include "sign_in_pages.h"

#include "account.h"
#include "random.h"

enum { IN_LOGIN, IN_PASSWORD, IN_NEXT, NEXT_MAX = 300 };

const struct input sign_in_inputs[] = {
    [IN_LOGIN] =
        {.name = "login", .type = IN_LINE, .label = MSG_WEB_SIGNIN_LOGIN, .max = 200, .required = true},
    [IN_PASSWORD] = {.name = "password",
                     .type = IN_SECRET,
                     .label = MSG_WEB_SIGNIN_PASSWORD,
                     .max = PASSWORD_MAX,
                     .required = true},
    [IN_NEXT] = {.name = "next", .type = IN_LINE, .label = MSG_ACCOUNT_NEXT, .max = NEXT_MAX},
};
const struct input next_inputs[] = {
    {.name = "next", .type = IN_LINE, .label = MSG_ACCOUNT_NEXT, .max = NEXT_MAX},
};

static str local_or_none(str next)
{
    return next.p != NULL && web_local(next) ? next : STR_NONE;
}

/* After signing in: where she wanted to go, else where her work is. */
static err go_on(struct web *w, str next, enum role role)
{
    const str work = role == ROLE_ADMIN ? S("/account") : S("/cases");
    return web_redirect(w, url_local(w->arena, next.n > 0 ? next : work));
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

static err refused(struct web *w, enum sign_in_verdict verdict, str next)
{
    char key[ULID_LEN];
    ulid_new(key);
    w->page.idem_key = arena_str(w->arena, (str){key, sizeof key});
    web_fault(w, verdict == SIGN_IN_WAIT ? SIZE_MAX : IN_PASSWORD,
              verdict == SIGN_IN_WAIT ? MSG_ACCOUNT_WAIT : MSG_ACCOUNT_WRONG);
    return web_show_sign_in(w, verdict == SIGN_IN_WAIT ? 429 : 422, MSG_NONE, next);
}

static err welcome(struct web *w, str token, str next)
{
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

err sign_in_post(struct web *w)
{
    const str next = local_or_none(w->in[IN_NEXT].text);
    if (w->step) {
        return web_show_sign_in(w, 200, MSG_NONE, next);
    }
    struct sign_in checked;
    char token[TOKEN_TEXT_LEN];
    TRY(sign_in_check(&w->ctx, w->in[IN_LOGIN].text, w->in[IN_PASSWORD].text, &checked, token));
    struct sign_in_job job = {
        .base = {.run = sign_in_run, .arena = w->arena, .lang = (int)w->lang, .client = w->client},
        .checked = &checked};
    job.base.actor.role = ROLE_PUBLIC;
    TRY(store_write(w->ctx.store, &job.base));
    if (job.verdict != SIGN_IN_OK) {
        return refused(w, job.verdict, next);
    }
    return welcome(w, arena_str(w->arena, (str){token, sizeof token}), next);
}

struct sign_out_job {
    struct write_job base; /* first */
    const uint8_t *secret;
};

static err sign_out_run(struct ctx *c, struct write_job *base)
{
    return sign_out(c, c->actor.user_id, ((struct sign_out_job *)base)->secret);
}

/* What a desk's shared computer still holds of her session goes too. */
err sign_out_post(struct web *w)
{
    struct sign_out_job job = {.base = {.run = sign_out_run, .arena = w->arena, .actor = w->who.actor},
                               .secret = w->who.secret};
    if (!w->step) {
        TRY(store_write(w->ctx.store, &job.base));
        web_clear_session(w);
        web_header(w, "Clear-Site-Data", S("\"cache\", \"storage\""));
    }
    return web_redirect(w, url_local(w->arena, S("/login")));
}
