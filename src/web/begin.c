/* From the head and body of a request to inputs that a handler may trust: row → who → permission → names and
 * values → language → idempotency key → inputs checked → the page made ready.
 *
 * Functions that return bool say whether to go on; false: an answer has been noted. */
#include "clock.h"
#include "life.h"
#include "log.h"
#include "web_lang.h"

void life_release(void *state)
{
    struct life *l = state;
    buf_free(&l->page_out);
    buf_free(&l->body);
    again_drop(l->again);
    l->again = NULL;
    while (l->keeps_n > 0) {
        l->keeps_n--;
        l->keeps[l->keeps_n].release(l->keeps[l->keeps_n].p);
    }
}

bool web_keep(struct web *w, void *p, void (*release)(void *p))
{
    struct life *l = life_of(w);
    if (l->keeps_n == KEEPS_MAX) {
        release(p);
        return false;
    }
    l->keeps[l->keeps_n].p = p;
    l->keeps[l->keeps_n++].release = release;
    return true;
}

enum { NEXT_MAX = 300 }; /* what sign-in takes as the page to go on to */

/* A problem ends the begin. When even that could not be said (no memory left in the arena), handle.c answers.
 */
static bool stop(struct life *l, err noted)
{
    l->result = noted;
    return false;
}

static bool problem(struct life *l, int status, enum msg detail)
{
    return stop(l, answer_problem(l, status, MSG_NONE, detail));
}

void life_reader(struct life *l, int64_t commits)
{
    l->web.ctx.commits = commits;
    l->web.ctx.db = store_reader(l->app->config.store);
}

static str query_value(struct life *l, str name)
{
    struct form f = {0};
    const err e = form_urlencoded(l->web.arena, l->request->query, &f);
    return e.code == ERR_OK ? form_get(&f, name) : STR_NONE;
}

static void choose_lang(struct life *l, str posted)
{
    const str query = query_value(l, S("lang"));
    const str kept = l->api ? STR_NONE : session_lang_kept(l);
    l->web.lang = web_lang(posted, query, kept, http_header(l->x, "Accept-Language"));
    l->lang_chosen = web_lang_chosen(posted, query);
    l->web.ctx.lang = (int)l->web.lang;
}

/* As MDN advises: "Mobi" is what they all say. Tablets of Android do not, and are phones to us. */
static bool says_phone(str agent)
{
    for (size_t i = 0; i < agent.n; i++) {
        const str rest = str_sub(agent, i, agent.n);
        if (str_starts(rest, S("Mobi")) || str_starts(rest, S("Android"))) {
            return true;
        }
    }
    return false;
}

struct life *life_new(struct web_app *app, struct http_exchange *x, int64_t commits)
{
    struct arena *a = http_arena(x);
    struct life *l = arena_new_of(a, struct life);
    if (l == NULL) {
        return NULL;
    }
    l->app = app;
    l->x = x;
    l->request = http_request(x);
    l->page_out = buf_new(PAGE_MAX);
    l->body = buf_new(PAGE_MAX);
    l->began_ms = clock_mono_ms();
    l->accept_encoding = http_header(x, "Accept-Encoding");
    l->web.x = x;
    l->web.arena = a;
    l->web.client = l->request->client;
    l->web.on_phone = says_phone(http_header(x, "User-Agent"));
    l->web.ctx = (struct ctx){
        .arena = a,
        .store = app->config.store,
        .fail = &l->web.fail,
        .now_ms = clock_now_ms(),
        .client = l->web.client,
        .writer = -1,
    };
    life_reader(l, commits);
    return l;
}

static bool find_route(struct life *l)
{
    const err e = match_find(l->app->matcher, l->request->method, l->request->path, &l->match);
    l->web.route = e.code == ERR_OK ? l->match.route : NULL;
    l->api = str_starts(l->request->path, S("/api/"));
    if (l->web.route != NULL) {
        l->api = (l->web.route->flags & ROUTE_API) != 0;
    }
    choose_lang(l, STR_NONE);
    if (l->https_port != 0 && (l->web.route == NULL || (l->web.route->flags & ROUTE_PLAIN) == 0)) {
        /* A program that is sent on never notices that its token goes over the wire readably. */
        return l->api ? problem(l, 403, MSG_WEB_PLAIN_API) : stop(l, plain_redirect(l));
    }
    if (l->web.route == NULL && !l->api && l->web.ctx.db != NULL) {
        IGNORE(session_resolve(l)); /* only for what stands around the page that says so */
    }
    if (e.code != ERR_OK) {
        return problem(l, 404, MSG_NONE);
    }
    if (l->web.route == NULL) {
        const bool get = l->match.allowed[HTTP_GET];
        const bool post = l->match.allowed[HTTP_POST];
        web_header(&l->web, "Allow", get && post ? S("GET, HEAD, POST") : get ? S("GET, HEAD") : S("POST"));
        return problem(l, 405, MSG_NONE);
    }
    return true;
}

static bool gather_json(struct life *l)
{
    const str type = l->request->content_type;
    if (l->request->body.n == 0) {
        return true;
    }
    if (!str_eq(type, S("application/json")) &&
        !(str_starts(type, S("application/")) && str_ends(type, S("+json")))) {
        return problem(l, 415, MSG_NONE);
    }
    struct json_place at;
    const err e = raw_json(&l->raws, l->web.arena, l->request->body, &at);
    if (e.code == ERR_OK) {
        return true;
    }
    if (e.code == ERR_LIMIT) {
        return problem(l, l->request->body.n > RAW_JSON_BYTES ? 413 : 400, MSG_WEB_JSON_LIMIT);
    }
    if (at.line == 0) {
        return problem(l, 400, MSG_WEB_JSON_NOT_OBJECT);
    }
    struct fail *f = &l->web.fail;
    f->message = MSG_WEB_JSON_MALFORMED;
    f->args[0] = (struct fail_arg){"line", arena_printf(l->web.arena, "%lld", (long long)at.line)};
    f->args[1] = (struct fail_arg){"column", arena_printf(l->web.arena, "%lld", (long long)at.column)};
    return problem(l, 400, MSG_NONE);
}

static err form_of_body(struct life *l, struct form *out)
{
    struct arena *a = l->web.arena;
    if (str_eq(l->request->content_type, S("multipart/form-data"))) {
        const str boundary = form_boundary(http_header(l->x, "Content-Type"));
        return boundary.p == NULL ? FAIL(INVALID) : form_multipart(a, l->request->body, boundary, out);
    }
    return form_urlencoded(a, l->request->body, out);
}

/* Of a file only its field and its bytes are kept: names often say who took it, and where. */
static err gather_files(struct life *l, const struct form *f)
{
    l->files = arena_array_of(l->web.arena, struct input_file, f->files_n + 1);
    if (l->files == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < f->files_n; i++) {
        const bool counted = i < HTTP_FILES_COUNTED;
        const uint64_t bit = counted ? UINT64_C(1) << i : 0;
        l->files[l->files_n++] = (struct input_file){.name = f->files[i].name,
                                                     .content = f->files[i].content,
                                                     .cut = !counted || (l->request->files_cut & bit) != 0,
                                                     .whole_form = l->request->files_full};
    }
    return OK;
}

static bool gather_form(struct life *l)
{
    const str type = l->request->content_type;
    if (l->request->body.n == 0) {
        return true;
    }
    if (!str_eq(type, S("application/x-www-form-urlencoded")) && !str_eq(type, S("multipart/form-data"))) {
        return problem(l, 415, MSG_NONE);
    }
    struct form f = {0};
    err e = form_of_body(l, &f);
    if (e.code == ERR_OK) {
        e = raw_form(&l->raws, l->web.arena, &f);
    }
    if (e.code == ERR_OK) {
        e = gather_files(l, &f);
    }
    if (e.code == ERR_OK) {
        return true;
    }
    return problem(l, e.code == ERR_LIMIT ? 413 : 400,
                   e.code == ERR_LIMIT ? MSG_NONE : MSG_WEB_BODY_MALFORMED);
}

/* An object, or where files belong to it a form, which can carry them. */
static bool gather_api(struct life *l)
{
    const struct route *r = l->web.route;
    for (size_t i = 0; i < r->inputs_n; i++) {
        if (r->inputs[i].type == IN_FILES && str_eq(l->request->content_type, S("multipart/form-data"))) {
            return gather_form(l);
        }
    }
    return gather_json(l);
}

/* Path parts, then body, then query: see raw.h. */
static bool gather(struct life *l)
{
    for (size_t i = 0; i < l->match.values_n; i++) {
        const str name = match_part_name(l->web.route, i);
        if (raw_add(&l->raws, l->web.arena, name, l->match.values[i], RAW_FORM).code != ERR_OK) {
            return problem(l, 413, MSG_NONE);
        }
    }
    if (l->request->method == HTTP_POST && !(l->api ? gather_api(l) : gather_form(l))) {
        return false;
    }
    l->body_end = l->raws.n;
    struct form f = {0};
    err e = form_urlencoded(l->web.arena, l->request->query, &f);
    if (e.code == ERR_OK) {
        e = raw_form(&l->raws, l->web.arena, &f);
    }
    return e.code == ERR_OK || problem(l, 400, MSG_WEB_BODY_MALFORMED);
}

/* The form asks to be shown in another language: nothing else is done with it. */
static void see_relang(struct life *l)
{
    const struct raw *wish =
        l->request->method == HTTP_POST && !l->api ? raw_find(&l->raws, S("_lang")) : NULL;
    enum lang lang;
    if (wish != NULL && lang_of(wish->value, &lang)) {
        choose_lang(l, wish->value);
        l->relang = true;
    }
}

static bool see_key(struct life *l)
{
    if (l->request->method != HTTP_POST) {
        return true;
    }
    if (!l->api) {
        const struct raw *key = raw_find(&l->raws, S("_key"));
        l->key = key != NULL && replay_key_valid(key->value) ? key->value : STR_NONE;
        return true;
    }
    l->key = http_header(l->x, "Idempotency-Key");
    if (l->key.p != NULL && !replay_key_valid(l->key)) {
        return problem(l, 400, MSG_WEB_IDEM_KEY);
    }
    return true;
}

static bool sign_in_first(struct life *l)
{
    struct web *w = &l->web;
    if (l->resolver_down) {
        return problem(l, 503, MSG_NONE);
    }
    if (l->api) {
        web_header(w, "WWW-Authenticate", S("Bearer realm=\"sunwai\""));
        return problem(l, 401, MSG_NONE);
    }
    if (l->request->method == HTTP_GET) {
        const str here = web_lang_path(w->arena, l->request->path, l->request->query);
        const struct url login = url_local(w->arena, S("/login"));
        /* What is longer, the sign-in would not take, nor a header hold. */
        return stop(l,
                    web_redirect(w, here.n <= NEXT_MAX ? url_with(w->arena, login, S("next"), here) : login));
    }
    return stop(l, page_sign_in_expired(l));
}

static bool permit(struct life *l)
{
    const enum permission p = l->web.route->permission;
    if (permission_of(l->web.who.actor.role, p)) {
        return true;
    }
    if (l->web.who.actor.role == ROLE_PUBLIC || l->web.who.actor.role == ROLE_NOBODY) {
        return sign_in_first(l);
    }
    if (l->web.who.actor.role == ROLE_AWAY) {
        return l->api ? problem(l, 403, MSG_WEB_AWAY_TITLE) : stop(l, page_away(l));
    }
    WARN("web.denied", log_i64("user", l->web.who.actor.user_id),
         log_text("route", str_of(l->web.route->pattern)),
         log_text("permission", str_of(permission_name(p))));
    return problem(l, 403, MSG_NONE);
}

static bool is_part_name(const struct life *l, str name)
{
    for (size_t i = 0; i < l->match.values_n; i++) {
        if (str_eq(l->raws.v[i].name, name)) {
            return true;
        }
    }
    return false;
}

static bool check_inputs(struct life *l)
{
    struct web *w = &l->web;
    const struct route *r = w->route;
    const struct input_desk desk = {
        .arena = w->arena,
        .lang = w->lang,
        .token_key = l->app->token_key,
        .cursor_purpose = arena_printf(w->arena, "cursor/%s", r->pattern),
        .now_ms = clock_forward_ms(),
        .missing_is_fine = l->relang || (r->method == HTTP_GET && !l->api),
    };
    const struct raw cookie = {.value =
                                   (r->flags & ROUTE_DEVICE) != 0 ? web_cookie(w, S("device")) : STR_NONE};
    w->in = arena_array_of(w->arena, struct given, r->inputs_n + 1);
    for (size_t i = 0; i < r->inputs_n; i++) {
        const str name = str_of(r->inputs[i].name);
        if (r->inputs[i].type == IN_FILES) {
            if (w->in == NULL ||
                input_files(&desk, &r->inputs[i], l->files, l->files_n, &w->in[i]).code != ERR_OK) {
                return problem(l, 413, MSG_NONE);
            }
            continue;
        }
        const struct raw *raw =
            r->inputs[i].type == IN_LIST ? raw_list(&l->raws, w->arena, name) : raw_find(&l->raws, name);
        if (i == 0 && (r->flags & ROUTE_DEVICE) != 0) {
            raw = cookie.value.p == NULL ? NULL : &cookie;
        }
        if (w->in == NULL || input_check(&desk, &r->inputs[i], raw, &w->in[i]).code != ERR_OK) {
            return problem(l, 413, MSG_NONE);
        }
        if (w->in[i].fault.n > 0 && is_part_name(l, name)) {
            return problem(l, 404, MSG_NONE);
        }
        if (l->relang) {
            w->in[i].fault = STR_NONE;
        }
    }
    return true;
}

bool life_begin(struct life *l)
{
    if (!find_route(l)) {
        return false;
    }
    struct web *w = &l->web;
    if (w->route->method == HTTP_POST && session_from_elsewhere(l)) {
        metrics_event(l->app->metrics, METRIC_TOKEN_WRONG);
        WARN("web.form_from_elsewhere", log_text("route", str_of(w->route->pattern)));
        return problem(l, 403, MSG_WEB_FORM_ELSEWHERE);
    }
    const bool is_static = (w->route->flags & ROUTE_STATIC) != 0;
    w->who.actor.role = ROLE_PUBLIC;
    if (!is_static && w->ctx.db != NULL) {
        IGNORE(session_resolve(l)); /* who cannot be found out is nobody, unless a permission is asked for */
    }
    w->ctx.actor = w->who.actor;
    if (!is_static && w->ctx.db == NULL) {
        return problem(l, 503, MSG_NONE);
    }
    if (l->api && !permit(l)) {
        return false;
    }
    if (!gather(l)) {
        return false;
    }
    see_relang(l);
    if (!permit(l) || !see_key(l) || !check_inputs(l)) {
        return false;
    }
    again_ask(l);
    if (!is_static && l->again == NULL) {
        page_begin(l);
    }
    answer_faults(l);
    return true;
}
