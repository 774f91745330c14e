#include "exchange.h"

#include <linux/tcp.h> /* the kernel's own: the other lacks tcpi_bytes_sent */
#include <netinet/in.h>

#include "check.h"
#include "clock.h"
#include "form.h"
#include "log.h"
#include "tls_session.h"

static void add(_Atomic int64_t *counter, int64_t by)
{
    atomic_fetch_add_explicit(counter, by, memory_order_relaxed);
}

/* ---- birth and death ------------------------------------------------------------------------------------
 */

static struct http_exchange *exchange_new(const struct http_server *s)
{
    struct http_exchange *x = mem_new(sizeof *x);
    x->arena = arena_open(s->config.arena_cap);
    x->body = buf_new(s->config.body_max);
    x->headers = buf_new(ANSWER_HEADERS_MAX);
    return x;
}

void exchange_free(struct http_exchange *x)
{
    arena_free(x->arena);
    buf_free(&x->body);
    buf_free(&x->headers);
    mem_free(x);
}

static struct http_exchange *exchange_take(struct http_server *s)
{
    pthread_mutex_lock(&s->lock);
    struct http_exchange *x = s->spare;
    if (x != NULL) {
        s->spare = x->next;
        s->spare_n--;
    }
    pthread_mutex_unlock(&s->lock);
    if (x == NULL) {
        x = exchange_new(s);
    }
    x->server = s;
    x->references = 1;
    add(&s->references, 1);
    add(&s->open, 1);
    add(&s->owed, 1);
    return x;
}

static void room_give_back(struct http_exchange *x)
{
    atomic_fetch_sub(&x->server->bodies, (int64_t)x->reserved);
    x->reserved = 0;
}

/* Empty again, with what is worth keeping. */
static void exchange_clear(struct http_exchange *x)
{
    if (x->release != NULL) {
        x->release(x->state);
    }
    arena_free(x->late);
    arena_clear(x->arena);
    if (x->body.cap > SPARE_BODY_MAX) {
        buf_free(&x->body);
    }
    buf_clear(&x->body);
    x->body.max = x->server->config.body_max;
    room_give_back(x);
    buf_clear(&x->headers);
    *x = (struct http_exchange){
        .server = x->server, .arena = x->arena, .body = x->body, .headers = x->headers};
}

static void exchange_drop(struct http_exchange *x)
{
    if (atomic_fetch_sub(&x->references, 1) > 1) {
        return;
    }
    struct http_server *s = x->server;
    exchange_clear(x);
    pthread_mutex_lock(&s->lock);
    const bool keep = s->spare_n < SPARE_MAX;
    if (keep) {
        x->next = s->spare;
        s->spare = x;
        s->spare_n++;
    }
    pthread_mutex_unlock(&s->lock);
    if (!keep) {
        exchange_free(x);
    }
    server_drop(s);
}

/* ---- the answer -----------------------------------------------------------------------------------------
 */

void http_add_header(struct http_exchange *x, const char *name, str value)
{
    const str n = str_of(name);
    if (!head_token(n) || value.n == 0 || !head_value(value)) {
        WARN("http.header_left_out", log_text("name", n));
        return;
    }
    buf_put(&x->headers, n);
    buf_putc(&x->headers, '\0');
    buf_put(&x->headers, value);
    buf_putc(&x->headers, '\0');
}

static bool add_headers(const struct http_exchange *x, struct MHD_Response *r, str type)
{
    char type_text[128];
    if (type.n >= sizeof type_text || !head_value(type) || x->headers.full) {
        return false;
    }
    bool all = MHD_add_response_header(r, "X-Content-Type-Options", "nosniff") == MHD_YES;
    if (type.n > 0) {
        memcpy(type_text, type.p, type.n);
        type_text[type.n] = '\0';
        all = all && MHD_add_response_header(r, "Content-Type", type_text) == MHD_YES;
    }
    const char *const end = x->headers.p + x->headers.n;
    for (const char *name = x->headers.p; all && name < end;) {
        const char *value = name + strlen(name) + 1;
        all = MHD_add_response_header(r, name, value) == MHD_YES;
        name = value + strlen(value) + 1;
    }
    if (atomic_load_explicit(&x->server->quiet, memory_order_relaxed)) {
        all = all && MHD_add_response_header(r, "Connection", "close") == MHD_YES;
    }
    return all;
}

/* On its event thread; once. */
static void settle(struct http_exchange *x)
{
    if (!x->settled) {
        x->settled = true;
        atomic_fetch_sub(&x->server->owed, 1);
        atomic_fetch_sub(&x->server->inside, x->entered ? 1 : 0);
    }
}

/* Whatever fails here leaves the exchange unanswered, and its connection is closed. r: NULL when there was no
 * memory for it. */
static void answer_with(struct http_exchange *x, int status, str type, struct MHD_Response *r, size_t n)
{
    CHECK(x->stage != STAGE_ANSWERED && status >= 200 && status <= 599);
    x->stage = STAGE_ANSWERED;
    settle(x);
    x->failed = true;
    if (r == NULL) {
        ERROR("http.no_memory_for_answer", log_i64("bytes", (int64_t)n));
        return;
    }
    if (!add_headers(x, r, type)) {
        ERROR("http.answer_headers_wrong", log_i64("status", status));
    } else {
        const struct http_config *config = &x->server->config;
        const int64_t total_ms =
            config->send_seconds * INT64_C(1000) + (int64_t)n * 1000 / config->send_min_rate;
        deadline_move(&x->conn->life, clock_mono_ms() + total_ms);
        x->failed = MHD_queue_response(x->mhd, (unsigned)status, r) != MHD_YES;
    }
    MHD_destroy_response(r);
}

static void *bytes_of(str body)
{
    return (void *)(uintptr_t)(body.n == 0 ? "" : body.p);
}

static void answer(struct http_exchange *x, int status, str type, str body, enum MHD_ResponseMemoryMode mode)
{
    struct MHD_Response *r =
        MHD_create_response_from_buffer(body.n, bytes_of(body), body.n == 0 ? MHD_RESPMEM_PERSISTENT : mode);
    answer_with(x, status, type, r, body.n);
}

enum http_next http_answer(struct http_exchange *x, int status, str type, str body)
{
    CHECK(x->stage == STAGE_HANDLER);
    answer(x, status, type, body, MHD_RESPMEM_MUST_COPY);
    return HTTP_ANSWERED;
}

enum http_next http_answer_static(struct http_exchange *x, int status, str type, str body)
{
    CHECK(x->stage == STAGE_HANDLER);
    answer(x, status, type, body, MHD_RESPMEM_PERSISTENT);
    return HTTP_ANSWERED;
}

enum http_next http_answer_held(struct http_exchange *x, int status, str type, str body,
                                void (*release)(void *owner), void *owner)
{
    CHECK(x->stage == STAGE_HANDLER);
    struct MHD_Response *r =
        MHD_create_response_from_buffer_with_free_callback_cls(body.n, bytes_of(body), release, owner);
    if (r == NULL) {
        release(owner);
    }
    answer_with(x, status, type, r, body.n);
    return HTTP_ANSWERED;
}

static str raw_header(const struct http_exchange *x, const char *name)
{
    return str_trim(str_of(MHD_lookup_connection_value(x->mhd, MHD_HEADER_KIND, name)));
}

static bool wants_json(const struct http_exchange *x)
{
    const str accept = raw_header(x, "Accept");
    return accept.n > 0 && memmem(accept.p, accept.n, "json", 4) != NULL &&
           memmem(accept.p, accept.n, "text/html", 9) == NULL;
}

static struct http_refused refused_as(const struct http_exchange *x, int status)
{
    return (struct http_refused){.status = status,
                                 .accept_language = raw_header(x, "Accept-Language"),
                                 .cookies = raw_header(x, "Cookie"),
                                 .wants_json = wants_json(x)};
}

/* An answer that is not the handler's. */
static enum MHD_Result refuse(struct http_exchange *x, int status)
{
    const struct http_config *config = &x->server->config;
    SCOPED(buf_free) struct buf body = buf_new(REFUSAL_MAX);
    str type = S("");
    if (config->refusal != NULL) {
        const struct http_refused r = refused_as(x, status);
        type = config->refusal(config->app, &r, &body);
    }
    buf_clear(&x->headers);
    for (const struct http_field *f = config->refusal_headers; f != NULL && f->name != NULL; f++) {
        http_add_header(x, f->name, str_of(f->value));
    }
    if (status == 503) {
        http_add_header(x, "Retry-After", S("5"));
    }
    if (status == 405) {
        http_add_header(x, "Allow", S("GET, HEAD, POST"));
    }
    answer(x, status, type, buf_str(&body), MHD_RESPMEM_MUST_COPY);
    return x->failed ? MHD_NO : MHD_YES;
}

/* ---- the head -------------------------------------------------------------------------------------------
 */

/* The exchanges of this event thread whose head is not complete: few, and the last one usually first. */
static _Thread_local struct http_exchange *heads;

static void heads_add(struct http_exchange *x)
{
    x->next = heads;
    heads = x;
}

/* No matter when it is not among them. */
static void heads_remove(const struct http_exchange *x)
{
    for (struct http_exchange **at = &heads; *at != NULL; at = &(*at)->next) {
        if (*at == x) {
            *at = x->next;
            return;
        }
    }
}

/* The library would note each parameter of the query in the connection's small memory, and when that is full
 * it forgets the head and lets the client wait. The query is ours (x->target): it finds none. True of 0.9.75,
 * where the text stands in the buffer it received into. */
static void hide_query(const struct http_server *s, const char *uri)
{
    char *at = s->knows_layout && uri != NULL ? strchr((char *)(uintptr_t)uri, '?') : NULL;
    if (at != NULL) {
        at[1] = '\0';
    }
}

void *on_target(void *cls, const char *uri, struct MHD_Connection *mhd)
{
    struct conn *c = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    struct http_exchange *x = exchange_take(cls);
    x->conn = c;
    x->mhd = mhd;
    x->target_at = (uintptr_t)uri;
    x->target = arena_str(x->arena, str_of(uri));
    hide_query(x->server, uri);
    heads_add(x);
    if (c->seen++ > 0) { /* the first head's time began with the connection */
        atomic_store_explicit(&c->idle, false, memory_order_relaxed);
        deadline_move(&c->life, clock_mono_ms() + x->server->config.header_seconds * INT64_C(1000));
    }
    return x;
}

struct gathering {
    struct head_field *fields;
    size_t n;
};

static enum MHD_Result gather(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n,
                              const char *value, size_t value_n)
{
    (void)kind;
    struct gathering *g = cls;
    if (g->n < HEAD_FIELDS_MAX) {
        g->fields[g->n] = (struct head_field){{name, name_n}, {value == NULL ? "" : value, value_n}};
    }
    g->n++;
    return MHD_YES;
}

/* A length or coding with a tab before it means the same to RFC 9112, but not to every program (nginx refuses
 * it). */
static bool framing_tabbed(const struct head_field *f)
{
    const char *colon = f->name.p + f->name.n;
    return (str_eq_caseless(f->name, S("content-length")) ||
            str_eq_caseless(f->name, S("transfer-encoding"))) &&
           memchr(colon, '\t', (size_t)(f->value.p - colon)) != NULL;
}

/* The library hands out pieces of the buffer it received into, each ended with zeros where CR and LF stood.
 * So the pieces of a clean head lie one behind another without a gap. A NUL within a value (at which it
 * cuts), a folded line (which it mangles) and a bare LF break the row: that is how they are seen. True of
 * 0.9.75. */
static bool head_altered(const struct http_exchange *x, const struct head *h)
{
    const uintptr_t end = (uintptr_t)h->method.p + h->bytes;
    uintptr_t at = (uintptr_t)h->method.p + h->method.n + 1;
    if (at != x->target_at || at + h->target.n + 1 != (uintptr_t)h->version.p) {
        return true;
    }
    at = (uintptr_t)h->version.p + h->version.n + 2;
    for (size_t i = 0; i < h->fields_n; i++) {
        if ((uintptr_t)h->fields[i].name.p != at || framing_tabbed(&h->fields[i])) {
            return true;
        }
        at = (uintptr_t)h->fields[i].value.p + h->fields[i].value.n + 2;
    }
    return at + 2 != end;
}

static int admit(struct http_exchange *x, const char *method, const char *version, struct admitted *out)
{
    struct head_field fields[HEAD_FIELDS_MAX];
    struct gathering g = {.fields = fields};
    MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, gather, &g);
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    struct head h = {.method = str_of(method),
                     .target = x->target,
                     .version = str_of(version),
                     .fields = fields,
                     .fields_n = g.n,
                     .bytes = size == NULL ? SIZE_MAX : size->header_size};
    if (x->server->knows_layout && h.fields_n <= HEAD_FIELDS_MAX) {
        h.altered = head_altered(x, &h);
    }
    return admit_head(&h, x->server->config.body_max, x->arena, out);
}

static void begin_body(struct http_exchange *x)
{
    const struct http_config *config = &x->server->config;
    x->body_began_ms = clock_mono_ms();
    x->body_total_ms =
        config->body_seconds * INT64_C(1000) + (int64_t)x->announced * INT64_C(1000) / SIEVED_RATE;
    deadline_move(&x->conn->life, deadline_of_transfer(x->body_began_ms, 0, config->body_min_rate,
                                                       BODY_GRACE_MS, x->body_total_ms));
}

/* A body that is too long is read and thrown away when that is not much: a client that is still sending would
 * see its connection reset instead of our page. */
static bool worth_draining(const struct http_exchange *x, int status, const struct admitted *in)
{
    const bool large = status == 413 || status == 503;
    return large && !in->expects && in->length >= 0 &&
           (uint64_t)in->length / DRAIN_FACTOR <= x->server->config.body_max;
}

/* Room for what has come, so that many at once cannot take all memory; not for what was announced, which
 * costs nothing to say: a few connections that never send it would keep everybody's photos out. */
static bool room_take(struct http_exchange *x)
{
    while (x->reserved < x->body.n) {
        const int64_t before = atomic_fetch_add(&x->server->bodies, BODIES_STEP);
        x->reserved += BODIES_STEP;
        if (before + BODIES_STEP > (int64_t)x->server->config.bodies_max) {
            room_give_back(x);
            return false;
        }
    }
    return true;
}

/* What a route with files may be sent. `status` is what is said when there is no such route there. */
static int admit_files(struct http_exchange *x, int status, const struct admitted *in)
{
    const struct http_config *config = &x->server->config;
    struct http_room room;
    const str boundary = str_eq(in->content_type, S("multipart/form-data"))
                             ? form_boundary(raw_header(x, "Content-Type"))
                             : STR_NONE;
    if (boundary.p == NULL || config->room == NULL || in->length > SIEVED_MAX ||
        !config->room(config->app, in->method, in->path, &room)) {
        return status;
    }
    const size_t announced = in->length >= 0 ? (size_t)in->length : room.body_max;
    x->announced = announced < room.body_max ? announced : room.body_max;
    x->sieved = true;
    x->body.max = room.body_max + SIEVE_SLACK;
    return sieve_begin(&x->sieve, x->arena, boundary, room.file_max, room.body_max) ? 0 : 503;
}

/* Of all lines of that name the last: each proxy adds behind. */
struct forwarded {
    str name, last;
};

static enum MHD_Result search_forwarded(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                        const char *value, size_t value_n)
{
    (void)kind;
    struct forwarded *f = cls;
    if (str_eq_caseless((str){name, name_n}, f->name)) {
        f->last = (str){value == NULL ? "" : value, value_n};
    }
    return MHD_YES;
}

/* What a proxy of ours says; STR_NONE from anybody else. */
static str forwarded(struct http_exchange *x, str name)
{
    struct forwarded f = {name, STR_NONE};
    if (x->conn->trusted) {
        MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, search_forwarded, &f);
    }
    str last = f.last;
    while (f.last.p != NULL) {
        last = str_cut(&f.last, ',');
    }
    return str_trim(last);
}

/* Whose request it is. A proxy of ours adds the address it saw behind what was there, which anybody may have
 * written. */
static str client_of(struct http_exchange *x)
{
    const str last = forwarded(x, S("x-forwarded-for"));
    const size_t n = last.p == NULL ? 0 : address_read(last, x->client);
    if (n > 0) {
        return (str){x->client, n};
    }
    memcpy(x->client, x->conn->client, sizeof x->client);
    return (str){x->client, x->conn->client_n};
}

static enum MHD_Result come_in(struct http_exchange *x, const char *method, const char *version)
{
    heads_remove(x);
    if (x->conn->over) {
        return refuse(x, 503);
    }
    struct admitted in = {0};
    int status = admit(x, method, version, &in);
    if (status == 413 || (status == 0 && in.length == BODY_CHUNKED)) {
        status = admit_files(x, status, &in);
    }
    if (status != 0) {
        add(&x->server->refused_head, 1);
    }
    if (status != 0 && !worth_draining(x, status, &in)) {
        return refuse(x, status);
    }
    x->stage = status != 0 ? STAGE_DRAIN : STAGE_BODY;
    x->refused = status;
    if (in.length != 0) {
        begin_body(x);
    }
    x->request = (struct http_request){
        .method = in.method == HTTP_HEAD ? HTTP_GET : in.method,
        .path = in.path,
        .query = in.query,
        .content_type = in.content_type,
        .client = client_of(x),
        .secure = x->server->secure || str_eq_caseless(forwarded(x, S("x-forwarded-proto")), S("https"))};
    return MHD_YES;
}

/* ---- the body -------------------------------------------------------------------------------------------
 */

static enum MHD_Result take_body(struct http_exchange *x, str part)
{
    const struct http_config *config = &x->server->config;
    x->body_bytes += (int64_t)part.n;
    if (x->sieved ? x->body_bytes > SIEVED_MAX : x->body_bytes / DRAIN_FACTOR > (int64_t)config->body_max) {
        return MHD_NO;
    }
    if (x->stage == STAGE_BODY && x->sieved) {
        sieve_take(&x->sieve, &x->body, part);
        if (!room_take(x)) {
            add(&x->server->refused_head, 1);
            buf_free(&x->body);
            x->stage = STAGE_DRAIN;
            x->refused = 503;
        }
    } else if (x->stage == STAGE_BODY) {
        buf_put(&x->body, part);
    }
    if (x->body.full &&
        x->stage == STAGE_BODY) { /* only a chunked one gets here: its length was not announced */
        add(&x->server->refused_head, 1);
        x->stage = STAGE_DRAIN;
        x->refused = 413;
    }
    deadline_move(&x->conn->life, deadline_of_transfer(x->body_began_ms, x->body_bytes, config->body_min_rate,
                                                       BODY_GRACE_MS, x->body_total_ms));
    return MHD_YES;
}

/* ---- the handler ----------------------------------------------------------------------------------------
 */

/* Browsers read "//elsewhere" and "/\elsewhere" as the address of another host. */
static bool stays_here(str target)
{
    return str_starts(target, S("/")) && !str_starts(target, S("//")) && !str_starts(target, S("/\\"));
}

/* This connection closes; on a new one the process after this one answers the same address (RFC 9110 15.4.8:
 * with the same method and body). */
static enum MHD_Result send_again(struct http_exchange *x)
{
    if (!stays_here(x->target) || x->target.n > AGAIN_MAX) {
        return refuse(x, 503);
    }
    http_add_header(x, "Location", x->target);
    http_add_header(x, "Cache-Control", S("no-store"));
    answer(x, 307, S(""), S(""), MHD_RESPMEM_PERSISTENT);
    return x->failed ? MHD_NO : MHD_YES;
}

static enum MHD_Result call_handler(struct http_exchange *x)
{
    struct http_server *s = x->server;
    if (!x->entered && atomic_load(&s->closing)) {
        return s->followed ? send_again(x) : refuse(x, 503);
    }
    if (!x->entered) {
        add(&s->requests, 1);
        atomic_fetch_add(&s->inside, 1);
        x->entered = true;
    }
    x->suspended = false;
    const enum http_next next = s->config.handler(x, s->config.app);
    if (x->suspended) {
        return MHD_YES;
    }
    if (x->stage != STAGE_ANSWERED) {
        if (next == HTTP_ANSWERED) {
            ERROR("http.handler_did_not_answer", log_text("path", x->request.path));
        }
        return refuse(x, next == HTTP_PARKED ? 503 : 500);
    }
    return x->failed ? MHD_NO : MHD_YES;
}

/* Counted around, not inside, so that http_stop() sees every handler that could still park. */
static enum MHD_Result run_handler(struct http_exchange *x)
{
    struct http_server *s = x->server;
    atomic_fetch_add(&s->busy, 1);
    const enum MHD_Result result = call_handler(x);
    atomic_fetch_sub(&s->busy, 1);
    return result;
}

enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                           const char *version, const char *upload, size_t *upload_n, void **context)
{
    (void)cls;
    (void)mhd;
    (void)url;
    struct http_exchange *x = *context;
    if (x->stage == STAGE_HEAD) {
        return come_in(x, method, version);
    }
    if (*upload_n > 0 && (x->stage == STAGE_BODY || x->stage == STAGE_DRAIN)) {
        const str part = {upload, *upload_n};
        *upload_n = 0;
        return take_body(x, part);
    }
    if (x->stage == STAGE_DRAIN) {
        return refuse(x, x->refused);
    }
    if (x->stage == STAGE_BODY) {
        x->request.body = buf_str(&x->body);
        x->request.files_cut = x->sieve.cut;
        x->request.files_full = x->sieve.full;
        x->stage = STAGE_HANDLER;
        deadline_move(&x->conn->life, DEADLINE_NEVER);
    }
    return x->stage == STAGE_HANDLER ? run_handler(x) : MHD_NO;
}

/* Places that are nearly all taken are not kept for those who only might ask again. */
static int64_t idle_ms(const struct http_server *s)
{
    const bool crowded =
        atomic_load_explicit(&s->live, memory_order_relaxed) > (int64_t)s->config.connections_max / 4 * 3;
    const unsigned most = s->config.idle_seconds;
    return (crowded && most > IDLE_CROWDED_S ? IDLE_CROWDED_S : most) * INT64_C(1000);
}

void on_completed(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why)
{
    (void)mhd;
    (void)why;
    struct http_server *s = cls;
    struct http_exchange *x = *context;
    *context = NULL;
    heads_remove(x);
    atomic_store_explicit(&x->conn->idle, true, memory_order_relaxed);
    deadline_move(&x->conn->life, clock_mono_ms() + idle_ms(s));
    settle(x);
    add(&s->open, -1);
    exchange_drop(x);
}

/* ---- what the library answers by itself ----------------------------------------------------------------
 */

static void put_alone(struct buf *b, const struct http_field *headers, int status, str type, str body)
{
    char date[64] = "";
    struct tm utc;
    const time_t now = time(NULL);
    if (gmtime_r(&now, &utc) != NULL) {
        (void)strftime(date, sizeof date, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc);
    }
    buf_printf(b, "HTTP/1.1 %d %s\r\n%s", status, MHD_get_reason_phrase_for((unsigned)status), date);
    buf_put(b, status == UPGRADE_REQUIRED ? S("Upgrade: TLS/1.2, HTTP/1.1\r\nConnection: upgrade, close\r\n")
                                          : S("Connection: close\r\n"));
    buf_put(b, S("X-Content-Type-Options: nosniff\r\n"));
    if (type.n > 0) {
        buf_printf(b, "Content-Type: %.*s\r\n", STR_F(type));
    }
    for (const struct http_field *f = headers; f != NULL && f->name != NULL; f++) {
        buf_printf(b, "%s: %s\r\n", f->name, f->value);
    }
    buf_printf(b, "Content-Length: %zu\r\n\r\n", body.n);
    buf_put(b, body);
}

/* Past the library, and nothing behind it. */
static void send_alone(const struct conn *c, struct MHD_Connection *mhd, const struct http_refused *r)
{
    const struct http_config *config = &c->server->config;
    SCOPED(buf_free) struct buf body = buf_new(REFUSAL_MAX);
    SCOPED(buf_free) struct buf all = buf_new(REFUSAL_MAX + ANSWER_HEADERS_MAX);
    str type = S("");
    if (config->refusal != NULL) {
        type = config->refusal(config->app, r, &body);
    }
    /* What is said over TLS is not said to somebody who does not speak it. */
    put_alone(&all, r->status == UPGRADE_REQUIRED ? NULL : config->refusal_headers, r->status, type,
              buf_str(&body));
    if (mhd != NULL && tls_send(mhd, buf_str(&all))) {
        /* whoever reads it sees what a plain one would */
    } else if (send(c->fd, all.p, all.n, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        WARN("http.refusal_not_sent", log_i64("status", r->status));
    }
    shutdown(c->fd, SHUT_WR);
    add(&c->server->refused_head, 1);
}

static void answer_alone(const struct http_exchange *x, int status)
{
    const struct http_refused r = refused_as(x, status);
    send_alone(x->conn, x->mhd, &r);
}

/* Of a head that the library never saw. */
static str field_in(str head, str name)
{
    while (head.p != NULL) {
        str line = str_cut(&head, '\n');
        const str its_name = str_cut(&line, ':');
        if (line.p != NULL && str_eq_caseless(str_trim(its_name), name)) {
            return str_trim(line);
        }
    }
    return STR_NONE;
}

/* Plain HTTP where TLS was awaited: the first five bytes the TLS library took for a record. Whatever else
 * speaks to us is told nothing. All is read, so that closing does not take our answer back. */
static void refuse_plain(const struct conn *c)
{
    SCOPED(buf_free) struct buf head = buf_new(PLAIN_HEAD_MAX);
    char part[4096];
    ssize_t n;
    while ((n = recv(c->fd, part, sizeof part, MSG_DONTWAIT)) > 0 && !head.full) {
        buf_put(&head, (str){part, (size_t)n});
    }
    str rest = buf_str(&head);
    const str line = str_cut(&rest, '\n');
    if (memmem(line.p, line.n, " HTTP/1.", 8) != NULL) {
        const struct http_refused r = {.status = UPGRADE_REQUIRED,
                                       .accept_language = field_in(rest, S("accept-language")),
                                       .cookies = STR_NONE};
        send_alone(c, NULL, &r);
    }
}

void refuse_line(const struct conn *c)
{
    struct tcp_info said = {0};
    socklen_t n = sizeof said;
    char byte;
    if (getsockopt(c->fd, IPPROTO_TCP, TCP_INFO, &said, &n) == 0 && said.tcpi_bytes_sent == 0 &&
        recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0 && !atomic_load(&c->server->quiet)) {
        const struct http_refused r = {.status = 400, .accept_language = STR_NONE, .cookies = STR_NONE};
        if (c->server->secure) {
            refuse_plain(c);
            return;
        }
        send_alone(c, NULL, &r);
    }
}

static const str error_said = S_INIT("Error processing request (HTTP response code is %u"); /* its words */

/* A malformed Content-Length, and cookies that do not fit into its memory, the library (0.9.75) answers twice
 * on one connection: it queues an error, and goes on with the head all the same. It says so before, by its
 * log, but not whose request it is: the only head of this thread that is complete and has not come in. That
 * is answered here, and what the library then sends finds the socket shut. */
void on_library_said(void *cls, const char *format, va_list args)
{
    (void)cls;
    if (!str_starts(str_of(format), error_said)) {
        return;
    }
    const unsigned code = va_arg(args, unsigned);
    for (struct http_exchange *x = heads; x != NULL; x = x->next) {
        if (MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE) != NULL) {
            heads_remove(x);
            answer_alone(x, code >= 400 && code <= 599 ? (int)code : 400);
            return;
        }
    }
}

/* ---- parking --------------------------------------------------------------------------------------------
 */

/* Whoever takes the exchange off the list of deadlines, its owner or the clock, is the one to resume it:
 * until then the library keeps a suspended connection whatever its client does. `parked` falls last, because
 * http_stop() takes that to mean that nobody will touch the library any more. */
static void resume(struct http_exchange *x)
{
    struct http_server *s = x->server;
    MHD_resume_connection(x->mhd);
    atomic_fetch_sub(&s->parked, 1);
}

void on_park_over(struct deadline *d)
{
    struct http_exchange *x = (struct http_exchange *)((char *)d - offsetof(struct http_exchange, park));
    atomic_store(&x->timed_out, true);
    add(&x->server->timed_out, 1);
    resume(x);
}

enum http_next http_park(struct http_exchange *x, int64_t deadline_ms)
{
    struct http_server *s = x->server;
    CHECK(x->stage == STAGE_HANDLER && !x->suspended);
    atomic_fetch_add(&x->references, 1);
    if (atomic_load(&x->timed_out) || atomic_load(&s->closing)) {
        return HTTP_PARKED; /* call_handler() says 503 */
    }
    x->suspended = true;
    x->park.passed = on_park_over;
    atomic_fetch_add(&s->parked, 1);
    MHD_suspend_connection(x->mhd);
    deadlines_add(s->deadlines, &x->park, clock_mono_ms() + deadline_ms);
    return HTTP_PARKED;
}

void http_resume(struct http_exchange *x)
{
    if (deadlines_remove(x->server->deadlines, &x->park)) {
        resume(x);
    }
    exchange_drop(x);
}

bool http_timed_out(const struct http_exchange *x)
{
    return atomic_load(&x->timed_out);
}

/* ---- what the handler asks ------------------------------------------------------------------------------
 */

const struct http_request *http_request(const struct http_exchange *x)
{
    return &x->request;
}

struct arena *http_arena(struct http_exchange *x)
{
    if (!http_timed_out(x)) {
        return x->arena;
    }
    if (x->late == NULL) {
        x->late = arena_open(x->server->config.arena_cap);
    }
    return x->late;
}

str http_header(struct http_exchange *x, const char *name)
{
    return arena_str(http_arena(x), raw_header(x, name));
}

str http_cookie_in(str cookies, str name)
{
    while (cookies.p != NULL) {
        str one = str_cut(&cookies, ';');
        const str its_name = str_trim(str_cut(&one, '='));
        if (one.p != NULL && str_eq(its_name, name)) {
            return str_trim(one);
        }
    }
    return STR_NONE;
}

struct cookie_search {
    str name, value;
};

static enum MHD_Result search_cookie(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n,
                                     const char *value, size_t value_n)
{
    (void)kind;
    struct cookie_search *search = cls;
    if (!str_eq_caseless((str){name, name_n}, S("cookie"))) {
        return MHD_YES;
    }
    search->value = http_cookie_in((str){value, value_n}, search->name);
    return search->value.p == NULL ? MHD_YES : MHD_NO;
}

str http_cookie(struct http_exchange *x, str name)
{
    struct cookie_search search = {.name = name, .value = STR_NONE};
    MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, search_cookie, &search);
    return arena_str(http_arena(x), search.value);
}

void *http_state(const struct http_exchange *x)
{
    return x->state;
}

void http_set_state(struct http_exchange *x, void *state, void (*release)(void *state))
{
    x->state = state;
    x->release = release;
}
