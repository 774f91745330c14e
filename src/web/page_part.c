/* The pages that the web floor writes itself, and what every page shows around its own words. */
#include "fold.h"
#include "kept.html.h"
#include "clock.h"
#include "life.h"
#include "random.h"
#include "sign_in.html.h"
#include "web_lang.h"

enum { PATH_MAX_N = 2000 };

static str new_key(struct arena *a)
{
    char ulid[ULID_LEN];
    ulid_new(ulid);
    return arena_str(a, (str){ulid, sizeof ulid});
}

static bool opens(void *asker, str address)
{
    struct web *w = asker;
    return web_may_open(w, w->who.actor.role, address);
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
        .opens = opens,
        .asker = w,
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

str web_public(struct web *w, str path)
{
    const str at = life_of(w)->app->config.public_url;
    return at.n > 0 ? arena_printf(w->arena, "%.*s%.*s", STR_F(at), STR_F(path)) : S("");
}

bool web_may_open(struct web *w, enum role role, str address)
{
    struct match at;
    str path = address;
    path = str_cut(&path, '?');
    path = str_cut(&path, '#');
    return match_find(life_of(w)->app->matcher, HTTP_GET, path, &at).code == ERR_OK && at.route != NULL &&
           (at.route->flags & ROUTE_API) == 0 && permission_of(role, at.route->permission);
}

err web_asides(struct web *w, int64_t kind_no, int64_t home, int64_t id, struct aside_view **out,
               size_t *out_n)
{
    const aside_fn *fns = life_of(w)->app->config.asides;
    size_t n = 0;
    while (fns != NULL && fns[n] != NULL) {
        n++;
    }
    struct aside_view *rows = arena_array_of(w->arena, struct aside_view, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    *out = rows;
    *out_n = 0;
    for (size_t i = 0; i < n; i++) {
        bool some = false;
        TRY(fns[i](w, kind_no, home, id, &rows[*out_n], &some));
        *out_n += some ? 1 : 0;
    }
    return OK;
}

/* ---- what was typed before the session ended ----
 *
 * It travels as one sealed field, `kept`, made only from the body of a POST whose form token is one of ours:
 * so it holds nothing but what this person typed into a form of hers. It is good for her alone, and for
 * looking at: the form is shown filled in, and she sends it by its own button. Fields are never kept as they
 * come. */

enum { KEPT_USER_LEN = 8 };
static const str kept_purpose = S_INIT("kept");

struct kept {
    int64_t user_id;
    str path, query; /* of the form's address, the path decoded */
    struct form fields;
};

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

static void put_fields(const struct life *l, struct buf *b)
{
    bool first = true;
    for (size_t i = l->match.values_n; i < l->body_end; i++) {
        const struct raw *r = &l->raws.v[i];
        if (!keeps(l, r)) {
            continue;
        }
        if (!first) {
            buf_putc(b, '&');
        }
        first = false;
        url_encode(b, r->name);
        buf_putc(b, '=');
        url_encode(b, r->value);
    }
}

/* STR_NONE: there is nothing to keep, it is not certain to be hers, or it is too much. */
static str kept_make(struct life *l)
{
    struct web *w = &l->web;
    int64_t user_id;
    if (w->route->show == NULL || !session_form_user(l, &user_id)) {
        return STR_NONE;
    }
    SCOPED(buf_free) struct buf b = buf_new(TOKEN_SEALED_MAX);
    for (int i = 0; i < KEPT_USER_LEN; i++) {
        buf_putc(&b, (char)((uint64_t)user_id >> (8 * (KEPT_USER_LEN - 1 - i))));
    }
    buf_put(&b, l->request->path);
    buf_putc(&b, '\n');
    buf_put(&b, l->request->query);
    buf_putc(&b, '\n');
    put_fields(l, &b);
    if (b.full) {
        return STR_NONE;
    }
    return token_seal(w->arena, l->app->token_key, kept_purpose, buf_str(&b),
                      clock_forward_ms() / 1000 + SESSION_TOKEN_S);
}

/* The field as it came; STR_NONE when it is not genuine. */
static str kept_field(struct life *l, str *out_text)
{
    for (size_t i = l->match.values_n; i < l->body_end; i++) {
        const struct raw *r = &l->raws.v[i];
        if (!str_eq(r->name, S("kept"))) {
            continue;
        }
        const err e = token_unseal(l->web.arena, l->app->token_key, kept_purpose, r->value,
                                   clock_forward_ms() / 1000, out_text);
        if (e.code == ERR_OK) {
            return r->value;
        }
    }
    return STR_NONE;
}

static bool kept_read(struct life *l, struct kept *out)
{
    str text = STR_NONE;
    if (kept_field(l, &text).p == NULL || text.n < KEPT_USER_LEN) {
        return false;
    }
    uint64_t user = 0;
    for (int i = 0; i < KEPT_USER_LEN; i++) {
        user = user << 8 | (uint8_t)text.p[i];
    }
    str rest = str_sub(text, KEPT_USER_LEN, text.n);
    *out = (struct kept){.user_id = (int64_t)user};
    out->path = str_cut(&rest, '\n');
    out->query = str_cut(&rest, '\n');
    return rest.p != NULL && form_urlencoded(l->web.arena, rest, &out->fields).code == ERR_OK;
}

/* A form that is there to be shown again; not the API, where nothing is typed. */
static bool kept_leads_somewhere(const struct life *l, const struct kept *k)
{
    struct match at;
    return match_find(l->app->matcher, HTTP_POST, k->path, &at).code == ERR_OK && at.route != NULL &&
           at.route->show != NULL && (at.route->flags & ROUTE_API) == 0;
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

static err show_sign_in(struct life *l, int status, str notice, str kept, str next, bool own_route)
{
    struct web *w = &l->web;
    struct sign_in_view m = {
        .notice = notice,
        .to = url_local(w->arena, S("/login")),
        .login = {.name = S("login"), .label = page_msg(&w->page, MSG_WEB_SIGNIN_LOGIN)},
        .password = {.name = S("password"), .label = page_msg(&w->page, MSG_WEB_SIGNIN_PASSWORD)},
        .kept = kept,
        .next = next.p != NULL && web_local(next) ? next : STR_NONE,
    };
    if (own_route) {
        m.login = sign_in_field(w, "login", MSG_WEB_SIGNIN_LOGIN);
        m.password = sign_in_field(w, "password", MSG_WEB_SIGNIN_PASSWORD);
    }
    m.login.complete = S("username");
    m.login.dir = S("ltr");
    m.login.focus = true;
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
    const str kept = kept_make(l);
    const enum msg notice = kept.p != NULL ? MSG_WEB_SIGNIN_EXPIRED : MSG_WEB_SIGNIN_FIRST;
    return show_sign_in(l, 401, page_msg(&l->web.page, notice), kept, STR_NONE, false);
}

err web_show_sign_in(struct web *w, int status, enum msg notice, str next)
{
    struct life *l = life_of(w);
    str text;
    const str words = notice == MSG_NONE ? STR_NONE : page_msg(&w->page, notice);
    return show_sign_in(l, status, words, kept_field(l, &text), next, true);
}

err web_show_kept(struct web *w, str session, bool *out_shown)
{
    struct life *l = life_of(w);
    struct kept k;
    *out_shown = false;
    if (!kept_read(l, &k)) {
        return OK;
    }
    struct who who = {0};
    TRY(l->app->config.resolve(&w->ctx, session, STR_NONE, &who));
    if (who.actor.user_id != k.user_id || !kept_leads_somewhere(l, &k)) {
        return OK;
    }
    w->who = who;
    l->by_cookie = true;
    l->key = STR_NONE;
    page_begin(l);
    struct hidden_view *fields = arena_array_of(w->arena, struct hidden_view, k.fields.n + 1);
    for (size_t i = 0; fields != NULL && i < k.fields.n; i++) {
        fields[i] = (struct hidden_view){text_clean(w->arena, k.fields.pairs[i].name, false),
                                         text_clean(w->arena, k.fields.pairs[i].value, true)};
    }
    const struct kept_view m = {.to = url_local(w->arena, web_lang_path(w->arena, k.path, k.query)),
                                .lang = lang_table[w->lang].code,
                                .fields = fields,
                                .fields_n = fields == NULL ? 0 : k.fields.n};
    w->page.title = page_msg(&w->page, MSG_WEB_KEPT_TITLE);
    w->page.form_id = S("kept");
    kept_page(&w->page, &m);
    *out_shown = true;
    return web_html(w, 200);
}
