/* The pages that the web floor writes itself, and what every page shows around its own words. */
#include "fold.h"
#include "kept.html.h"
#include "life.h"
#include "random.h"
#include "sign_in.html.h"
#include "web_lang.h"

enum { PATH_MAX_N = 2000 };

static const char keep[] = "keep.";

static str new_key(struct arena *a)
{
    char ulid[ULID_LEN];
    ulid_new(ulid);
    return arena_str(a, (str){ulid, sizeof ulid});
}

void page_begin(struct life *l)
{
    struct web *w = &l->web;
    const bool signed_in = l->by_cookie;
    w->page = (struct page){
        .out = &l->page_out,
        .arena = w->arena,
        .lang = w->lang,
        .path = web_lang_path(w->arena, l->request->path,
                              l->request->method == HTTP_GET ? l->request->query : STR_NONE),
        .form_token = session_form_token(l, &w->who, signed_in),
        .idem_key = l->key.n > 0 && !l->api ? l->key : new_key(w->arena),
        .demo = l->app->config.demo,
        .staff = signed_in,
        .user_name = w->who.name,
        .user_office = w->who.office,
    };
    if (l->app->config.dress != NULL && w->ctx.db != NULL) {
        l->app->config.dress(w);
    }
}

bool web_local(str path)
{
    if (path.n == 0 || path.n > PATH_MAX_N || path.p[0] != '/' || (path.n > 1 && path.p[1] == '/')) {
        return false;
    }
    for (size_t i = 0; i < path.n; i++) {
        const char c = path.p[i]; /* what is not ASCII is percent-encoded in our addresses */
        if (c <= ' ' || c == 0x7F || c == '\\' || c == '"' || c == '<' || c == '>') {
            return false;
        }
    }
    return true;
}

/* ---- what was typed before the session ended ---- */

static bool is_kept(str name)
{
    return str_starts(name, S("keep.")) && name.n > sizeof keep - 1;
}

void web_kept(struct web *w, struct form_pair **out, size_t *n)
{
    const struct raws *raws = &life_of(w)->raws;
    struct form_pair *pairs = arena_array_of(w->arena, struct form_pair, raws->n + 1);
    size_t found = 0;
    for (size_t i = 0; pairs != NULL && i < raws->n; i++) {
        const struct raw *r = &raws->v[i];
        if (is_kept(r->name)) {
            pairs[found++] = (struct form_pair){
                text_clean(w->arena, str_sub(r->name, sizeof keep - 1, r->name.n), false),
                text_clean(w->arena, r->value, true),
            };
        }
    }
    *out = pairs;
    *n = found;
}

/* A secret is typed again: it does not belong into a page. The floor's own fields are made anew. */
static bool keeps(const struct life *l, const struct raw *r)
{
    if (r->name.n == 0 || r->name.p[0] == '_') {
        return false;
    }
    const struct route *route = l->web.route;
    for (size_t i = 0; route != NULL && i < route->inputs_n; i++) {
        if (route->inputs[i].type == IN_SECRET && str_eq(r->name, str_of(route->inputs[i].name))) {
            return false;
        }
    }
    return true;
}

struct kept_list {
    struct hidden_view *v;
    size_t n;
};

static void hide(struct life *l, struct kept_list *list, str name, str value)
{
    struct arena *a = l->web.arena;
    list->v[list->n++] = (struct hidden_view){text_clean(a, name, false), text_clean(a, value, true)};
}

/* The first time: the body's own fields; path and query are in return_to. */
static struct kept_list keep_typed(struct life *l)
{
    struct arena *a = l->web.arena;
    struct kept_list list = {arena_array_of(a, struct hidden_view, l->raws.n + 2), 0};
    if (list.v == NULL) {
        return list;
    }
    hide(l, &list, S("return_to"), web_lang_path(a, l->request->path, l->request->query));
    for (size_t i = l->match.values_n; i < l->body_end; i++) {
        const struct raw *r = &l->raws.v[i];
        if (keeps(l, r)) {
            hide(l, &list, arena_printf(a, "%s%.*s", keep, STR_F(r->name)), r->value);
        }
    }
    return list;
}

/* Again (a wrong password): what came hidden goes hidden. */
static struct kept_list keep_hidden(struct life *l, str next)
{
    struct kept_list list = {arena_array_of(l->web.arena, struct hidden_view, l->raws.n + 2), 0};
    if (list.v == NULL) {
        return list;
    }
    const struct raw *back = raw_find(&l->raws, S("return_to"));
    if (back != NULL && web_local(back->value)) {
        hide(l, &list, S("return_to"), back->value);
    }
    for (size_t i = 0; i < l->raws.n; i++) {
        if (is_kept(l->raws.v[i].name)) {
            hide(l, &list, l->raws.v[i].name, l->raws.v[i].value);
        }
    }
    if (web_local(next)) {
        hide(l, &list, S("next"), next);
    }
    return list;
}

/* The field of w->in with this name, when the page belongs to the sign-in route itself. */
static struct field_view sign_in_field(struct web *w, const char *name, enum msg label)
{
    for (size_t i = 0; w->in != NULL && i < w->route->inputs_n; i++) {
        if (str_eq(str_of(w->route->inputs[i].name), str_of(name))) {
            struct field_view f = web_field(w, i, MSG_NONE);
            f.label = page_msg(&w->page, label);
            f.optional = false;
            return f;
        }
    }
    return (struct field_view){.name = str_of(name), .label = page_msg(&w->page, label)};
}

static err show_sign_in(struct life *l, int status, enum msg notice, struct kept_list list, bool own_route)
{
    struct web *w = &l->web;
    struct sign_in_view m = {
        .notice = notice == MSG_NONE ? STR_NONE : page_msg(&w->page, notice),
        .to = url_local(w->arena, S("/login")),
        .login = {.name = S("login"), .label = page_msg(&w->page, MSG_WEB_SIGNIN_LOGIN)},
        .password = {.name = S("password"), .label = page_msg(&w->page, MSG_WEB_SIGNIN_PASSWORD)},
        .kept = list.v,
        .kept_n = list.n,
    };
    if (own_route) {
        m.login = sign_in_field(w, "login", MSG_WEB_SIGNIN_LOGIN);
        m.password = sign_in_field(w, "password", MSG_WEB_SIGNIN_PASSWORD);
    }
    m.login.complete = S("username");
    m.login.dir = S("ltr");
    m.password.type = S("password");
    m.password.complete = S("current-password");
    m.password.dir = S("ltr");
    w->page.title = page_msg(&w->page, MSG_WEB_SIGNIN_TITLE);
    w->page.form_id = S("sign-in");
    sign_in_page(&w->page, &m);
    return web_html(w, status);
}

err page_sign_in_expired(struct life *l)
{
    page_begin(l);
    l->had_session = true; /* it gives back what staff typed */
    return show_sign_in(l, 401, MSG_WEB_SIGNIN_EXPIRED, keep_typed(l), false);
}

err web_show_sign_in(struct web *w, int status, enum msg notice, str next)
{
    struct life *l = life_of(w);
    return show_sign_in(l, status, notice, keep_hidden(l, next), true);
}

err web_show_kept(struct web *w, str session)
{
    struct life *l = life_of(w);
    const struct raw *back = raw_find(&l->raws, S("return_to"));
    if (back == NULL || !web_local(back->value)) {
        return web_redirect(w, url_local(w->arena, S("/")));
    }
    struct who who = {0};
    TRY(l->app->config.resolve(&w->ctx, session, STR_NONE, &who));
    w->who = who;
    l->by_cookie = true;
    l->key = STR_NONE;
    page_begin(l);
    struct form_pair *pairs;
    size_t n;
    web_kept(w, &pairs, &n);
    struct hidden_view *kept = arena_array_of(w->arena, struct hidden_view, n + 1);
    for (size_t i = 0; kept != NULL && i < n; i++) {
        kept[i] = (struct hidden_view){pairs[i].name, pairs[i].value};
    }
    const struct kept_view m = {
        .to = url_local(w->arena, back->value), .kept = kept, .kept_n = kept == NULL ? 0 : n};
    w->page.title = page_msg(&w->page, MSG_WEB_KEPT_TITLE);
    kept_page(&w->page, &m);
    return web_html(w, 200);
}
