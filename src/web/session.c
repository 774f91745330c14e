#include "admission.h"
#include "clock.h"
#include "life.h"
#include "random.h"
#include "vault.h"
#include "web_lang.h"

#include <sodium.h>

enum { CURSOR_TEXT_MAX = 200 };

static bool secure(const struct life *l)
{
    return l->request->secure || l->app->config.https;
}

/* __Host- lets no other host of the domain set or read it, and is only possible with https. The other name is
 * not looked at there: it may come from anybody who once stood between over plain HTTP. */
static str cookie_named(struct life *l, str name)
{
    return secure(l) ? arena_printf(l->web.arena, "__Host-%.*s", STR_F(name)) : name;
}

static const str session_cookie = S_INIT("sunwai");
static const str lang_cookie = S_INIT("lang");

str web_cookie(struct web *w, str name)
{
    struct life *l = life_of(w);
    l->own = true;
    return http_cookie(l->x, cookie_named(l, name));
}

str session_lang_kept(struct life *l)
{
    return web_cookie(&l->web, lang_cookie);
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
        session = web_cookie(w, session_cookie);
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

/* ---- form tokens ---- */

/* What stands in a session's form token: who, and which of her sessions. */
enum { USER_LEN = 8, SESSION_MARK_LEN = 16, FORM_TOKEN_LEN = USER_LEN + SESSION_MARK_LEN };
static const str session_purpose = S_INIT("session-form");

static void form_token_bytes(const struct life *l, const struct who *who, uint8_t out[FORM_TOKEN_LEN])
{
    for (int i = 0; i < USER_LEN; i++) {
        out[i] = (uint8_t)((uint64_t)who->actor.user_id >> (8 * (USER_LEN - 1 - i)));
    }
    keyed_hash(l->app->token_key, TOKEN_KEY_LEN, (str){(const char *)who->secret, sizeof who->secret},
               out + USER_LEN, SESSION_MARK_LEN);
}

str session_form_token(struct life *l, const struct who *who, bool signed_in)
{
    struct web *w = &l->web;
    const int64_t now_s = clock_forward_ms() / 1000;
    if (!signed_in) {
        return token_make(w->arena, l->app->token_key, S("form"), S(""), now_s + FORM_TOKEN_S);
    }
    uint8_t bytes[FORM_TOKEN_LEN];
    form_token_bytes(l, who, bytes);
    return token_seal(w->arena, l->app->token_key, session_purpose, (str){(const char *)bytes, sizeof bytes},
                      now_s + SESSION_TOKEN_S);
}

/* A form's own fields come in its body: what stands in the address is whoever's who made the link. */
static const struct raw *in_body(const struct life *l, str name)
{
    for (size_t i = l->match.values_n; i < l->body_end; i++) {
        if (str_eq(l->raws.v[i].name, name)) {
            return &l->raws.v[i];
        }
    }
    return NULL;
}

static bool session_token_read(struct life *l, str *out)
{
    struct web *w = &l->web;
    const struct raw *token = in_body(l, S("_token"));
    const err e = token == NULL ? FAIL(INVALID)
                                : token_unseal(w->arena, l->app->token_key, session_purpose, token->value,
                                               clock_forward_ms() / 1000, out);
    return e.code == ERR_OK && out->n == FORM_TOKEN_LEN;
}

bool session_form_user(struct life *l, int64_t *out_user_id)
{
    str text;
    if (!session_token_read(l, &text)) {
        return false;
    }
    uint64_t user = 0;
    for (int i = 0; i < USER_LEN; i++) {
        user = user << 8 | (uint8_t)text.p[i];
    }
    *out_user_id = (int64_t)user;
    return true;
}

bool session_form_token_good(struct life *l)
{
    struct web *w = &l->web;
    str text;
    if (l->by_cookie && session_token_read(l, &text)) {
        uint8_t own[FORM_TOKEN_LEN];
        form_token_bytes(l, &w->who, own);
        return secret_eq(own, text.p, sizeof own);
    }
    const struct raw *token = in_body(l, S("_token"));
    if (token == NULL || (w->route->flags & ROUTE_FORM) == 0) {
        return false;
    }
    const err e =
        token_read(w->arena, l->app->token_key, S("form"), token->value, clock_forward_ms() / 1000, &text);
    return e.code == ERR_OK;
}

/* ---- where a form came from ---- */

str host_alone(str host)
{
    size_t at = 0;
    const bool bracketed = str_starts(host, S("[")) && str_find(host, ']', &at);
    return bracketed ? str_sub(host, 0, at + 1) : str_cut(&host, ':');
}

/* Ports are not compared: what stands in front of us may have another than it tells us of. */
static bool names_this_host(str origin, str host)
{
    size_t at = 0;
    while (str_find(origin, '/', &at)) {
        origin = str_sub(origin, at + 1, origin.n);
    }
    return str_eq_caseless(host_alone(origin), host_alone(host));
}

/* The browser's own word (Fetch Metadata), else its Origin, for old ones. That is "null" from our own pages
 * too, for they send no referrer (WHATWG Fetch, "append a request Origin header"). Programs send neither. */
bool session_from_elsewhere(struct life *l)
{
    const str site = http_header(l->x, "Sec-Fetch-Site");
    if (site.n > 0) {
        return !str_eq(site, S("same-origin")) && !str_eq(site, S("none"));
    }
    const str origin = http_header(l->x, "Origin");
    return origin.n > 0 && !str_eq(origin, S("null")) && !names_this_host(origin, http_header(l->x, "Host"));
}

/* ---- cookies ---- */

static void set_cookie(struct life *l, str name, str value, int64_t seconds, bool readable)
{
    const str cookie = arena_printf(l->web.arena, "%.*s=%.*s; Path=/; Max-Age=%lld; SameSite=Lax%s%s",
                                    STR_F(cookie_named(l, name)), STR_F(value), (long long)seconds,
                                    readable ? "" : "; HttpOnly", secure(l) ? "; Secure" : "");
    web_header(&l->web, "Set-Cookie", cookie);
}

void web_set_cookie(struct web *w, str name, str value, int64_t seconds)
{
    set_cookie(life_of(w), name, value, seconds, false);
}

void session_lang_cookie(struct life *l)
{
    set_cookie(l, lang_cookie, lang_table[l->web.lang].code, (int64_t)365 * 24 * 3600, true);
}

void web_set_session(struct web *w, str token, int64_t seconds)
{
    struct life *l = life_of(w);
    l->had_session = true; /* what answers a sign-in is not compressed either */
    set_cookie(l, session_cookie, token, seconds, false);
}

void web_clear_session(struct web *w)
{
    struct life *l = life_of(w);
    set_cookie(l, session_cookie, S(""), 0, false);
}

str web_sign(struct web *w, str purpose, str text, int64_t seconds)
{
    const str kept_apart = arena_printf(w->arena, "sign/%.*s", STR_F(purpose));
    return token_seal(w->arena, life_of(w)->app->token_key, kept_apart, text,
                      clock_forward_ms() / 1000 + seconds);
}

err web_signed(struct web *w, str purpose, str token, str *out_text)
{
    const str kept_apart = arena_printf(w->arena, "sign/%.*s", STR_F(purpose));
    return token_unseal(w->arena, life_of(w)->app->token_key, kept_apart, token, clock_forward_ms() / 1000,
                        out_text);
}

err web_signed_ever(struct ctx *c, str purpose, str token, str *out_text)
{
    uint8_t key[TOKEN_KEY_LEN];
    const str kept_apart = arena_printf(c->arena, "sign/%.*s", STR_F(purpose));
    vault_derive(store_vault(c->store), WEB_TOKEN_KEY, key);
    const err e = token_unseal(c->arena, key, kept_apart, token, 0, out_text);
    sodium_memzero(key, sizeof key);
    return e;
}

str web_cursor(struct web *w, const int64_t *keys, size_t n)
{
    SCOPED(buf_free) struct buf b = buf_new(CURSOR_TEXT_MAX);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            buf_putc(&b, ',');
        }
        buf_i64(&b, keys[i]);
    }
    const str purpose = arena_printf(w->arena, "cursor/%s", w->route->pattern);
    return token_seal(w->arena, life_of(w)->app->token_key, purpose, buf_str(&b), TOKEN_FOREVER);
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
