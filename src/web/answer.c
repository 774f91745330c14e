/* Answers: noted by handlers, dressed with the headers that every answer of its kind has, sent on the event
 * thread. Problems are a page or RFC 9457's problem+json, in the person's language. */
#include <zlib.h>

#include "clock.h"
#include "json.h"
#include "life.h"
#include "log.h"
#include "problem.html.h"
#include "random.h"
#include "range.h"
#include "web_view.h"

enum { GZIP_FROM = 1000, WORDS_MAX = 2000, NUMBER_BYTES = 5, RETRY_SECONDS = 2, REFUSAL_ARENA = 256 * 1024 };

static const char content_security[] =
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; script-src "
    "'self'; connect-src "
    "'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'";
static const char permissions_policy[] = "accelerometer=(), camera=(), display-capture=(), geolocation=(), "
                                         "gyroscope=(), magnetometer=(), microphone=(), "
                                         "midi=(), payment=(), usb=()";
static const char permissions_voice[] = "accelerometer=(), camera=(), display-capture=(), geolocation=(), "
                                        "gyroscope=(), magnetometer=(), microphone=(self), "
                                        "midi=(), payment=(), usb=()";

/* ---- noting ---- */

static err note(struct life *l, int status, str type, const struct buf *body)
{
    if (body->full || arena_full(l->web.arena)) {
        return FAIL(LIMIT);
    }
    l->answer = (struct answer){
        .noted = true,
        .status = l->forced_status > 0 ? l->forced_status : status,
        .type = type,
        .body = buf_str(body),
    };
    return OK;
}

err web_html(struct web *w, int status)
{
    struct life *l = life_of(w);
    return note(l, status, S("text/html; charset=utf-8"), &l->page_out);
}

/* A copy: the caller's buf ends with its block. */
static err note_copy(struct life *l, int status, str type, const struct buf *body)
{
    buf_clear(&l->body);
    buf_put(&l->body, buf_str(body));
    if (body->full) {
        return FAIL(LIMIT);
    }
    return note(l, status, type, &l->body);
}

err web_json(struct web *w, int status, const struct buf *json)
{
    return note_copy(life_of(w), status, S("application/json"), json);
}

err web_text(struct web *w, int status, str type, const struct buf *text)
{
    return note_copy(life_of(w), status, type, text);
}

/* What may stand in a header's quotes without another meaning. */
static str plain_name(struct arena *a, str file_name)
{
    SCOPED(buf_free) struct buf name = buf_new(200);
    for (size_t i = 0; i < file_name.n; i++) {
        const char c = file_name.p[i];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '.' || c == '-' || c == '_';
        buf_putc(&name, plain ? c : '_');
    }
    return arena_printf(a, "attachment; filename=\"%.*s\"", STR_F(buf_str(&name)));
}

err web_csv(struct web *w, str file_name, const struct buf *csv)
{
    web_header(w, "Content-Disposition", plain_name(w->arena, file_name));
    return note_copy(life_of(w), 200, S("text/csv; charset=utf-8"), csv);
}

err web_bytes(struct web *w, str type, str file_name, struct buf *io)
{
    struct life *l = life_of(w);
    if (io->full) {
        return FAIL(LIMIT);
    }
    buf_free(&l->body);
    l->body = *io;
    *io = (struct buf){.max = io->max};
    if (file_name.p != NULL) {
        web_header(w, "Content-Disposition", plain_name(w->arena, file_name));
    }
    TRY(note(l, 200, type, &l->body));
    l->answer.sought = file_name.p == NULL && l->answer.status == 200;
    return OK;
}

err web_redirect(struct web *w, struct url to)
{
    struct life *l = life_of(w);
    web_header(w, "Location", to.s);
    buf_clear(&l->body);
    l->forced_status = 0;
    return note(l, 303, S("text/plain; charset=utf-8"), &l->body);
}

void web_header(struct web *w, const char *name, str value)
{
    struct life *l = life_of(w);
    if (l->headers_n < HEADERS_MAX && value.p != NULL) {
        l->headers[l->headers_n++] = (struct header){name, value};
    }
}

/* ---- problems ---- */

static const struct {
    int status;
    enum msg title, detail;
} problems[] = {
    {400, MSG_WEB_PROBLEM_400_TITLE, MSG_WEB_PROBLEM_400_DETAIL},
    {401, MSG_WEB_PROBLEM_401_TITLE, MSG_WEB_PROBLEM_401_DETAIL},
    {403, MSG_WEB_PROBLEM_403_TITLE, MSG_WEB_PROBLEM_403_DETAIL},
    {404, MSG_WEB_PROBLEM_404_TITLE, MSG_WEB_PROBLEM_404_DETAIL},
    {405, MSG_WEB_PROBLEM_405_TITLE, MSG_WEB_PROBLEM_405_DETAIL},
    {409, MSG_WEB_PROBLEM_409_TITLE, MSG_WEB_PROBLEM_409_DETAIL},
    {413, MSG_WEB_PROBLEM_413_TITLE, MSG_WEB_PROBLEM_413_DETAIL},
    {415, MSG_WEB_PROBLEM_415_TITLE, MSG_WEB_PROBLEM_415_DETAIL},
    {422, MSG_WEB_PROBLEM_422_TITLE, MSG_WEB_PROBLEM_422_DETAIL},
    {426, MSG_WEB_PROBLEM_426_TITLE, MSG_WEB_PROBLEM_426_DETAIL},
    {429, MSG_WEB_PROBLEM_429_TITLE, MSG_WEB_PROBLEM_429_DETAIL},
    {500, MSG_WEB_PROBLEM_500_TITLE, MSG_WEB_PROBLEM_500_DETAIL},
    {503, MSG_WEB_PROBLEM_503_TITLE, MSG_WEB_PROBLEM_503_DETAIL},
};

/* The row of a status, or of the nearest thing that can be said about it. */
static size_t problem_row(int status)
{
    const int like = status >= 500 ? (status == 500 || status == 501 ? 500 : 503) : 400;
    size_t found = 0;
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
        if (problems[i].status == status) {
            return i;
        }
        found = problems[i].status == like ? i : found;
    }
    return found;
}

str answer_fail_words(struct life *l, enum msg otherwise)
{
    const struct fail *f = &l->web.fail;
    if (f->message == 0) {
        return otherwise == MSG_NONE ? STR_NONE : input_words(l->web.arena, l->web.lang, otherwise, NULL, 0);
    }
    struct msg_arg args[FAIL_ARGS];
    size_t n = 0;
    int64_t count = 1;
    for (size_t i = 0; i < FAIL_ARGS && f->args[i].name != NULL; i++) {
        args[n++] = (struct msg_arg){f->args[i].name, f->args[i].value};
        if (strcmp(f->args[i].name, "n") == 0 && !str_i64(f->args[i].value, &count)) {
            count = 1;
        }
    }
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    msg_put(&b, l->web.lang, (enum msg)f->message, count, args, n);
    return arena_str(l->web.arena, buf_str(&b));
}

struct problem {
    int status;
    str title, detail, number;
    const struct page_fault *faults;
    size_t faults_n;
};

static void put_faults(struct json *j, const struct problem *p)
{
    json_key(j, S("errors"));
    json_array_begin(j);
    for (size_t i = 0; i < p->faults_n; i++) {
        json_object_begin(j);
        json_member(j, S("field"), p->faults[i].field);
        json_member(j, S("detail"), p->faults[i].text);
        json_end(j);
    }
    json_end(j);
}

static void problem_json(const struct problem *p, struct buf *out)
{
    struct json j = json_to(out);
    json_object_begin(&j);
    json_member(&j, S("type"), S("about:blank"));
    json_member(&j, S("title"), p->title);
    json_member_i64(&j, S("status"), p->status);
    if (p->detail.n > 0) {
        json_member(&j, S("detail"), p->detail);
    }
    if (p->number.n > 0) {
        SCOPED(buf_free) struct buf urn = buf_new(100);
        buf_put(&urn, S("urn:sunwai:error:"));
        buf_put(&urn, p->number);
        json_member(&j, S("instance"), buf_str(&urn));
    }
    if (p->faults_n > 0) {
        put_faults(&j, p);
    }
    json_end(&j);
}

static void problem_html(struct page *page, const struct problem *p)
{
    page->title = p->title;
    page->faults_n = 0;
    page->form_id = STR_NONE;
    const struct problem_view m = {p->title, p->detail, p->number, url_local(page->arena, S("/"))};
    problem_page(page, &m);
}

static err problem_say(struct life *l, int status, str title, str detail, str number)
{
    struct web *w = &l->web;
    const struct problem p = {status, title, detail, number, w->page.faults, w->page.faults_n};
    l->forced_status = 0;
    if (status == 503) {
        web_header(w, "Retry-After", arena_printf(w->arena, "%d", RETRY_SECONDS));
    }
    if (l->api) {
        buf_clear(&l->body);
        problem_json(&p, &l->body);
        return note(l, status, S("application/problem+json"), &l->body);
    }
    if (w->page.out == NULL) {
        page_begin(l);
    }
    buf_clear(&l->page_out);
    problem_html(&w->page, &p);
    return web_html(w, status);
}

str answer_refusal(int status, enum lang lang, bool as_json, struct buf *body)
{
    const size_t row = problem_row(status);
    const struct problem p = {
        .status = status,
        .title = msg_text(lang, problems[row].title),
        .detail = msg_text(lang, problems[row].detail),
    };
    if (as_json) {
        problem_json(&p, body);
        return S("application/problem+json");
    }
    struct arena *a = arena_open(REFUSAL_ARENA);
    struct page page = {.out = body, .arena = a, .lang = lang, .path = S("/")};
    problem_html(&page, &p);
    arena_free(a);
    return S("text/html; charset=utf-8");
}

err answer_receipt(struct life *l)
{
    struct web *w = &l->web;
    if (!l->api) {
        return fail_log(&w->fail, ERR_BUG, "no answer for a write");
    }
    SCOPED(buf_free) struct buf b = buf_new(PAGE_MAX);
    struct json j = json_to(&b);
    json_object_begin(&j);
    json_member(&j, S("ref"), w->receipt.ref);
    json_member(&j, S("status"), w->receipt.status);
    json_end(&j);
    return web_json(w, 200, &b);
}

err answer_problem(struct life *l, int status, enum msg title, enum msg detail)
{
    const size_t row = problem_row(status);
    const str head = msg_text(l->web.lang, title == MSG_NONE ? problems[row].title : title);
    const enum msg general = title == MSG_NONE ? problems[row].detail : MSG_NONE;
    const str words = answer_fail_words(l, detail == MSG_NONE ? general : detail);
    return problem_say(l, status, head, words, STR_NONE);
}

err web_problem(struct web *w, int status, enum msg title)
{
    return answer_problem(life_of(w), status, title, MSG_NONE);
}

/* Our own mistake: the page shows a number by which the log line is found. */
static err answer_bug(struct life *l)
{
    uint8_t bytes[NUMBER_BYTES];
    char hex[2 * NUMBER_BYTES];
    random_bytes(bytes, sizeof bytes);
    hex_of(bytes, sizeof bytes, hex);
    const str number = arena_str(l->web.arena, (str){hex, sizeof hex});
    ERROR("web.bug", log_text("number", number),
          log_text("route", str_of(l->web.route == NULL ? "" : l->web.route->pattern)),
          log_text("why", str_of(l->web.fail.log)));
    const size_t row = problem_row(500);
    return problem_say(l, 500, msg_text(l->web.lang, problems[row].title),
                       msg_text(l->web.lang, problems[row].detail), number);
}

err answer_code(struct life *l, err e)
{
    if (l->web.fail.log[0] != '\0' && e.code != ERR_BUG) {
        WARN("web.failed", log_text("code", str_of(err_name(e))), log_text("why", str_of(l->web.fail.log)));
    }
    switch (e.code) {
    case ERR_NOT_FOUND:
        return answer_problem(l, 404, MSG_NONE, MSG_NONE);
    case ERR_DENIED:
        return answer_problem(l, 403, MSG_NONE, MSG_NONE);
    case ERR_INVALID:
        return answer_problem(l, 422, MSG_NONE, MSG_NONE);
    case ERR_CONFLICT:
        return answer_problem(l, 409, MSG_NONE, MSG_NONE);
    case ERR_BUSY:
        return answer_problem(l, 503, MSG_NONE, MSG_NONE);
    case ERR_LIMIT:
        return answer_problem(l, 413, MSG_NONE, MSG_NONE);
    case ERR_IO:
        return answer_problem(l, 503, MSG_NONE,
                              l->web.route != NULL && l->web.route->method == HTTP_POST ? MSG_WEB_FORM_IO
                                                                                        : MSG_NONE);
    case ERR_UNCERTAIN:
        return answer_problem(l, 503, MSG_NONE, MSG_WEB_FORM_UNKNOWN);
    case ERR_OK:
    case ERR_BUG:
        break;
    }
    return answer_bug(l);
}

/* ---- faults ---- */

void answer_faults(struct life *l)
{
    struct web *w = &l->web;
    const size_t inputs_n = w->route->inputs_n;
    struct page_fault *faults = arena_array_of(w->arena, struct page_fault, inputs_n + FAULTS_WHOLE);
    size_t n = 0;
    for (size_t i = 0; faults != NULL && i < l->whole_n; i++) {
        faults[n++] = l->whole[i];
    }
    for (size_t i = 0; faults != NULL && i < inputs_n; i++) {
        if (w->in[i].fault.n > 0) {
            faults[n++] = (struct page_fault){str_of(w->route->inputs[i].name), w->in[i].fault};
        }
    }
    w->page.faults = faults;
    w->page.faults_n = n;
    w->faults = (int)n;
}

void answer_fault_whole(struct life *l, str words)
{
    if (l->whole_n < FAULTS_WHOLE && words.n > 0) {
        l->whole[l->whole_n++] = (struct page_fault){STR_NONE, words};
    }
    answer_faults(l);
}

/* ---- sending ---- */

bool answer_gzip_wanted(str accept)
{
    while (accept.p != NULL) {
        str item = str_trim(str_cut(&accept, ','));
        const str coding = str_trim(str_cut(&item, ';'));
        if (str_eq(coding, S("gzip"))) {
            const str weight = str_trim(item);
            return !str_eq(weight, S("q=0")) && !str_starts(weight, S("q=0.0"));
        }
    }
    return false;
}

/* Level 1: a page costs what the whole request costs. False when it did not get smaller. */
static bool gzip(str plain, struct buf *out)
{
    z_stream z = {0};
    if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return false;
    }
    unsigned char piece[16384];
    z.next_in = (Bytef *)(uintptr_t)plain.p;
    z.avail_in = (uInt)plain.n;
    int state;
    do {
        z.next_out = piece;
        z.avail_out = sizeof piece;
        state = deflate(&z, Z_FINISH);
        buf_put(out, (str){(const char *)piece, sizeof piece - z.avail_out});
    } while (state == Z_OK);
    deflateEnd(&z);
    return state == Z_STREAM_END && !out->full && out->n < plain.n;
}

static void add(struct life *l, const char *name, str value)
{
    http_add_header(l->x, name, value);
}

static const struct http_field refusal_headers[] = {
    {"Strict-Transport-Security", "max-age=31536000"},
    {"Cache-Control", "no-store"},
    {"Content-Security-Policy", content_security},
    {"Permissions-Policy", permissions_policy},
    {"Referrer-Policy", "no-referrer"},
    {"X-Frame-Options", "DENY"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {NULL, NULL},
};
enum { ALWAYS_FROM = 1, PAGES_FROM = 2 };

const struct http_field *web_refusal_headers(bool over_tls)
{
    return over_tls ? refusal_headers : refusal_headers + ALWAYS_FROM;
}

static void add_security(struct life *l)
{
    const bool voice = l->web.route != NULL && (l->web.route->flags & ROUTE_MICROPHONE) != 0;
    for (const struct http_field *f = refusal_headers + PAGES_FROM; f->name != NULL; f++) {
        const bool other = voice && f->value == permissions_policy;
        add(l, f->name, str_of(other ? permissions_voice : f->value));
    }
    if (l->request->secure || l->app->config.https) {
        add(l, refusal_headers[0].name, str_of(refusal_headers[0].value));
    }
}

static void add_caching(struct life *l)
{
    const bool is_static = l->web.route != NULL && (l->web.route->flags & ROUTE_STATIC) != 0;
    if (!is_static || l->answer.status >= 400) {
        const bool back = l->web.route != NULL && (l->web.route->flags & ROUTE_BACK) != 0 && !l->by_cookie;
        add(l, "Cache-Control", back ? S("private, no-cache") : S("no-store"));
        add(l, "Vary",
            l->api ? S("Authorization, Accept-Language") : S("Cookie, Accept-Language, Accept-Encoding"));
        return;
    }
    add(l, "Cache-Control", l->answer.immutable ? S("public, max-age=31536000, immutable") : S("no-cache"));
    add(l, "Vary", S("Accept-Encoding"));
    if (l->answer.etag.n > 0) {
        add(l, "ETag", l->answer.etag);
    }
}

static void count(struct life *l, size_t bytes)
{
    const int64_t ms = clock_mono_ms() - l->began_ms;
    const struct route *route = l->web.route;
    metrics_answered(l->app->metrics, route == NULL ? SIZE_MAX : l->match.number, l->answer.status, ms);
    LOG_LATER("http.request",
              log_text("method", l->request->method == HTTP_POST  ? S("POST")
                                 : l->request->method == HTTP_GET ? S("GET")
                                                                  : S("OTHER")),
              log_text("route", route == NULL ? S("none") : str_of(route->pattern)),
              log_i64("status", l->answer.status), log_i64("ms", ms), log_i64("bytes", (int64_t)bytes));
}

/* A session's page is never compressed: it mixes its token with what others may have typed (BREACH). */
static bool may_compress(const struct life *l)
{
    const struct answer *a = &l->answer;
    return !a->is_static && !a->sought && !l->had_session && !l->by_cookie && a->body.n >= GZIP_FROM &&
           a->status != 304 && answer_gzip_wanted(l->accept_encoding);
}

/* Of sound a telephone asks for stretches; some play nothing when they get none. What changed meanwhile has
 * another address, but nothing here could prove that to an If-Range: it gets the whole. */
static void part_choose(struct life *l)
{
    struct answer *a = &l->answer;
    size_t from, n;
    const str wanted = http_header(l->x, "If-Range").p == NULL ? http_header(l->x, "Range") : STR_NONE;
    const enum range is = range_of(wanted, a->body.n, &from, &n);
    add(l, "Accept-Ranges", S("bytes"));
    if (is == RANGE_WHOLE) {
        return;
    }
    const size_t whole = a->body.n;
    a->status = is == RANGE_PART ? 206 : 416;
    a->body = is == RANGE_PART ? str_sub(a->body, from, n) : S("");
    add(l, "Content-Range",
        is == RANGE_PART ? arena_printf(l->web.arena, "bytes %zu-%zu/%zu", from, from + n - 1, whole)
                         : arena_printf(l->web.arena, "bytes */%zu", whole));
}

enum http_next answer_send(struct life *l)
{
    struct answer *a = &l->answer;
    again_offer(l);
    if (a->sought) {
        part_choose(l);
    }
    add_security(l);
    add_caching(l);
    if (!a->is_static) {
        add(l, "Content-Language", lang_table[l->web.lang].code);
    }
    if (l->lang_chosen && !l->api && (l->web.route == NULL || (l->web.route->flags & ROUTE_STATIC) == 0)) {
        session_lang_cookie(l);
    }
    for (size_t i = 0; i < l->headers_n; i++) {
        add(l, l->headers[i].name, l->headers[i].value);
    }
    if (a->is_static) {
        count(l, a->body.n);
        return http_answer_static(l->x, a->status, a->type, a->body);
    }
    SCOPED(buf_free) struct buf zipped = buf_new(PAGE_MAX);
    str body = a->body;
    if (may_compress(l) && gzip(a->body, &zipped)) {
        add(l, "Content-Encoding", S("gzip"));
        body = buf_str(&zipped);
    }
    count(l, body.n);
    if (l->again != NULL && body.p == again_made(l->again).p) {
        struct again_page *page = l->again;
        l->again = NULL; /* the answer holds it now */
        return http_answer_held(l->x, a->status, a->type, body, again_drop, page);
    }
    return http_answer(l->x, a->status, a->type, body);
}
