#include "life.h"
#include "web_lang.h"

/* __Host- lets no other host of the domain set or read it, and is only possible with https. */
static str cookie_name(const struct life *l)
{
    return l->app->config.https ? S("__Host-sunwai") : S("sunwai");
}

static str bearer_of(str authorization)
{
    const str scheme = S("bearer ");
    if (authorization.n <= scheme.n) {
        return STR_NONE;
    }
    for (size_t i = 0; i < scheme.n; i++) {
        const char c = authorization.p[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != scheme.p[i]) {
            return STR_NONE;
        }
    }
    return str_trim(str_sub(authorization, scheme.n, authorization.n));
}

/* A page is only ever asked for by cookie, the API only ever by token: so no other site can use the API
 * through somebody's browser. */
err session_resolve(struct life *l)
{
    struct web *w = &l->web;
    w->who.actor.role = ROLE_PUBLIC;
    str session = STR_NONE;
    str bearer = STR_NONE;
    if (l->api) {
        bearer = bearer_of(http_header(l->x, "Authorization"));
    } else {
        session = http_cookie(l->x, cookie_name(l));
        l->had_session = session.n > 0;
    }
    if ((session.n == 0 && bearer.n == 0) || l->app->config.resolve == NULL) {
        return OK;
    }
    struct who who = {0};
    const err e = l->app->config.resolve(&w->ctx, session, bearer, &who);
    if (e.code == ERR_OK) {
        w->who = who;
        w->who.by_token = l->api;
        l->by_cookie = !l->api;
        return OK;
    }
    l->resolver_down = e.code != ERR_NOT_FOUND && e.code != ERR_INVALID && e.code != ERR_DENIED;
    w->fail = (struct fail){0};
    return e;
}

str session_form_token(struct life *l, const struct who *who, bool signed_in)
{
    struct web *w = &l->web;
    if (signed_in) {
        return token_of_session(w->arena, who->secret);
    }
    return token_make(w->arena, l->app->token_key, S("form"), S(""), w->ctx.now_ms / 1000 + FORM_TOKEN_S);
}

/* A public form's token is bound to no browser, so that another site could fetch one: the browser's own word
 * for where the form came from counts too, where it gives one (Fetch Metadata). */
static bool from_here(struct life *l)
{
    const str site = http_header(l->x, "Sec-Fetch-Site");
    return site.n == 0 || str_eq(site, S("same-origin")) || str_eq(site, S("none"));
}

bool session_form_token_good(struct life *l)
{
    struct web *w = &l->web;
    const struct raw *token = raw_find(&l->raws, S("_token"));
    if (token == NULL || !from_here(l)) {
        return false;
    }
    if (l->by_cookie && token_is_session(w->who.secret, token->value)) {
        return true;
    }
    if ((w->route->flags & ROUTE_FORM) == 0) {
        return false;
    }
    str text;
    const err e = token_read(w->arena, l->app->token_key, S("form"), token->value, w->ctx.now_ms / 1000,
                             &text);
    return e.code == ERR_OK;
}

static void set_cookie(struct life *l, str name, str value, int64_t seconds, bool readable)
{
    const str cookie = arena_printf(l->web.arena, "%.*s=%.*s; Path=/; Max-Age=%lld; SameSite=Lax%s%s",
                                    STR_F(name), STR_F(value), (long long)seconds,
                                    readable ? "" : "; HttpOnly", l->app->config.https ? "; Secure" : "");
    web_header(&l->web, "Set-Cookie", cookie);
}

void session_lang_cookie(struct life *l)
{
    set_cookie(l, S("lang"), lang_table[l->web.lang].code, 365 * 24 * 3600, true);
}

void web_set_session(struct web *w, str token, int64_t seconds)
{
    struct life *l = life_of(w);
    l->had_session = true; /* what answers a sign-in is not compressed either */
    set_cookie(l, cookie_name(l), token, seconds, false);
}

void web_clear_session(struct web *w)
{
    struct life *l = life_of(w);
    set_cookie(l, cookie_name(l), S(""), 0, false);
}

str web_sign(struct web *w, str purpose, str text, int64_t seconds)
{
    const str kept_apart = arena_printf(w->arena, "sign/%.*s", STR_F(purpose));
    return token_make(w->arena, life_of(w)->app->token_key, kept_apart, text, w->ctx.now_ms / 1000 + seconds);
}

err web_signed(struct web *w, str purpose, str token, str *out_text)
{
    const str kept_apart = arena_printf(w->arena, "sign/%.*s", STR_F(purpose));
    return token_read(w->arena, life_of(w)->app->token_key, kept_apart, token, w->ctx.now_ms / 1000,
                      out_text);
}

str web_cursor(struct web *w, const int64_t *keys, size_t n)
{
    SCOPED(buf_free) struct buf b = buf_new(TOKEN_TEXT_MAX);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            buf_putc(&b, ',');
        }
        buf_i64(&b, keys[i]);
    }
    const str purpose = arena_printf(w->arena, "cursor/%s", w->route->pattern);
    return token_make(w->arena, life_of(w)->app->token_key, purpose, buf_str(&b),
                      w->ctx.now_ms / 1000 + CURSOR_S);
}

err web_cursor_keys(struct web *w, size_t input, int64_t *keys, size_t n)
{
    str rest = w->in[input].text;
    for (size_t i = 0; i < n; i++) {
        int64_t key;
        if (rest.p == NULL || !str_i64(str_cut(&rest, ','), &key)) {
            return FAIL(INVALID);
        }
        keys[i] = key;
    }
    return rest.p == NULL ? OK : FAIL(INVALID);
}
