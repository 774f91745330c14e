#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "http.h"
#include "log.h"
#include "random.h"

/* A real server on 127.0.0.1, raw bytes in, answers out. */

enum { BIG = 16 << 20, OWNED_MAX = 4096 };

struct rig {
    struct http_config config;
    struct http_server *server;
    int listen_fd, port;
};

/* What the handlers leave for the test, which plays the owner. */
static struct {
    pthread_mutex_t lock;
    struct http_exchange *owned[OWNED_MAX];
    size_t owned_n;
    _Atomic int released, late, fresh, answered;
    char *big;
} stage = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void on_release(void *state)
{
    (void)state;
    stage.released++;
}

static void own(struct http_exchange *x)
{
    pthread_mutex_lock(&stage.lock);
    assert_true(stage.owned_n < OWNED_MAX);
    stage.owned[stage.owned_n++] = x;
    pthread_mutex_unlock(&stage.lock);
}

static struct http_exchange *take_owned(void)
{
    pthread_mutex_lock(&stage.lock);
    struct http_exchange *x = stage.owned_n == 0 ? NULL : stage.owned[--stage.owned_n];
    pthread_mutex_unlock(&stage.lock);
    return x;
}

static void sleep_ms(int64_t ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static struct http_exchange *wait_owned(void)
{
    for (int i = 0; i < 500; i++) {
        struct http_exchange *x = take_owned();
        if (x != NULL) {
            return x;
        }
        sleep_ms(10);
    }
    return NULL;
}

static enum http_next answer_echo(struct http_exchange *x)
{
    const struct http_request *r = http_request(x);
    static const char *const methods[] = {"GET", "POST", "HEAD", "OTHER"};
    const str text =
        arena_printf(http_arena(x), "%s %.*s ?%.*s [%.*s] %zu %.*s", methods[r->method], STR_F(r->path),
                     STR_F(r->query), STR_F(r->content_type), r->body.n, STR_F(str_sub(r->body, 0, 40)));
    return http_answer(x, r->method == HTTP_OTHER ? 405 : 200, S("text/plain"), text);
}

static enum http_next answer_headers(struct http_exchange *x)
{
    http_add_header(x, "X-Cookie", http_cookie(x, S("b")));
    http_add_header(x, "X-Given", http_header(x, "x-given"));
    http_add_header(x, "X-Split", S("a\r\nX-Injected: 1"));
    http_add_header(x, "X Split", S("a"));
    http_add_header(x, "Set-Cookie", S("a=1"));
    http_add_header(x, "Set-Cookie", S("b=2"));
    return http_answer(x, 200, S("text/plain"), http_request(x)->client);
}

/* /park/MS: parked; the path's number is the deadline. Text of the answer tells how it came back. */
static enum http_next park(struct http_exchange *x, int64_t ms)
{
    const char *const text = arena_cstr(http_arena(x), S("kept by the owner"));
    if (http_state(x) == NULL) {
        http_set_state(x, http_arena(x), on_release);
        const enum http_next next = http_park(x, ms);
        own(x);
        return next;
    }
    stage.answered++;
    if (http_timed_out(x)) {
        stage.late++;
        stage.fresh += http_arena(x) != http_state(x);
        return http_answer(x, 504, S("text/plain"), str_of(text));
    }
    return http_answer(x, 200, S("text/plain"), S("resumed"));
}

/* What the handler stands on is gone; how often it was called all the same. */
static _Atomic bool gone;
static _Atomic int strays;

static enum http_next handle(struct http_exchange *x, void *app)
{
    (void)app;
    strays += gone ? 1 : 0;
    const str path = http_request(x)->path;
    int64_t ms;
    if (str_starts(path, S("/park/")) && str_i64(str_sub(path, 6, path.n), &ms)) {
        return park(x, ms);
    }
    if (str_eq(path, S("/twice"))) { /* parks again after its time-out, which is refused */
        const enum http_next next = http_park(x, 10);
        own(x);
        return next;
    }
    if (str_eq(path, S("/headers"))) {
        return answer_headers(x);
    }
    if (str_eq(path, S("/big"))) {
        return http_answer_static(x, 200, S("application/octet-stream"), (str){stage.big, BIG});
    }
    if (str_eq(path, S("/silent"))) {
        return HTTP_ANSWERED;
    }
    return answer_echo(x);
}

static str refusal(void *app, const struct http_refused *r, struct buf *body)
{
    (void)app;
    buf_printf(body, "refused %d %.*s %d", r->status, STR_F(r->accept_language), r->wants_json);
    return S("text/x-refusal");
}

static struct rig rig_open(struct http_config config)
{
    struct rig r = {.config = config};
    struct fail f = {0};
    assert_int_equal(http_listen("127.0.0.1", 0, &r.listen_fd, &r.port, &f).code, ERR_OK);
    r.config.listen_fd = r.listen_fd;
    r.config.handler = handle;
    static const struct http_field said[] = {{"X-Refusal", "yes"}, {NULL, NULL}};
    r.config.refusal = refusal;
    r.config.refusal_headers = said;
    assert_int_equal(http_start(&r.config, &r.server, &f).code, ERR_OK);
    stage.released = stage.late = stage.fresh = stage.answered = 0;
    return r;
}

static void rig_close(struct rig *r)
{
    http_stop(r->server, 1000);
    close(r->listen_fd);
}

static struct http_stats rig_stats(const struct rig *r)
{
    struct http_stats s;
    http_stats(r->server, &s);
    return s;
}

/* ---- a client -------------------------------------------------------------------------------------------
 */

static int dial(const struct rig *r)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr_in to = {.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)r->port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static bool send_bytes(int fd, const char *p, size_t n)
{
    while (n > 0) {
        const ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

static bool send_text(int fd, const char *text)
{
    return send_bytes(fd, text, strlen(text));
}

struct reply {
    int status; /* 0: closed without one; -1: nothing within 3 s */
    char head[4096];
    char body[4096]; /* its beginning */
    size_t body_n;
};

/* One byte: 1, 0 at the end, -1 when nothing came in time. */
static int receive_byte(int fd, char *out)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    if (poll(&p, 1, 3000) <= 0) {
        return -1;
    }
    return recv(fd, out, 1, 0) == 1 ? 1 : 0;
}

static long reply_length(const struct reply *r)
{
    const char *at = strstr(r->head, "Content-Length: ");
    return at == NULL ? 0 : strtol(at + 16, NULL, 10);
}

static struct reply receive(int fd, bool with_body)
{
    struct reply r = {0};
    size_t n = 0;
    while (n + 1 < sizeof r.head && (n < 4 || memcmp(r.head + n - 4, "\r\n\r\n", 4) != 0)) {
        const int got = receive_byte(fd, &r.head[n]);
        if (got != 1) {
            r.status = got;
            return r;
        }
        n++;
    }
    r.status = (int)strtol(r.head + 9, NULL, 10);
    const long length = with_body && r.status >= 200 ? reply_length(&r) : 0;
    for (long i = 0; i < length; i++) {
        char c;
        if (receive_byte(fd, &c) != 1) {
            r.status = -2;
            return r;
        }
        if (r.body_n + 1 < sizeof r.body) {
            r.body[r.body_n++] = c;
        }
    }
    return r;
}

static struct reply ask(const struct rig *r, const char *text)
{
    const int fd = dial(r);
    send_text(fd, text);
    const struct reply reply = receive(fd, true);
    close(fd);
    return reply;
}

/* How long until the server ends the connection; whatever it sends before is thrown away. */
static int64_t wait_closed(int fd, int64_t most_ms)
{
    const int64_t began = clock_mono_ms();
    char waste[65536];
    while (clock_mono_ms() - began < most_ms) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (poll(&p, 1, 20) > 0 && recv(fd, waste, sizeof waste, 0) <= 0) {
            return clock_mono_ms() - began;
        }
    }
    return INT64_MAX;
}

static bool settles(const struct rig *r, int64_t live)
{
    for (int i = 0; i < 300; i++) {
        if (rig_stats(r).live == live) {
            return true;
        }
        sleep_ms(10);
    }
    return false;
}

/* ---- what may come in -----------------------------------------------------------------------------------
 */

#define HOST "Host: a\r\n"
#define NEXT "GET /next HTTP/1.1\r\n" HOST "\r\n"

struct probe {
    int status;
    bool stays; /* the connection answers another request afterwards */
    size_t n;   /* of bytes */
    const char *bytes;
};
#define PROBE(status, stays, literal)               \
    {                                               \
        status, stays, sizeof(literal) - 1, literal \
    }

static const struct probe probes[] = {
    PROBE(200, true, "GET / HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(200, true, "\r\nGET / HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(200, false, "GET / HTTP/1.0\r\n\r\n"),
    PROBE(200, false, "GET / HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"),
    PROBE(200, true, "GET http://a/x HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(200, true, "GET /a%20b?c=%zz HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(200, true, "GET / HTTP/1.1\r\nHost:a\r\nX:\r\nY: \t b \r\n\r\n"),
    PROBE(200, true, "POST / HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc"),
    PROBE(200, true, "POST / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n"),
    PROBE(200, true, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
    PROBE(405, true, "PUT / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx"),
    PROBE(405, true, "BREW / HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(405, false, "TRACE / HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(400, false, "get / HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(400, false, "GET /\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1x\r\n" HOST "\r\n"),
    PROBE(505, false, "GET / HTTP/2.0\r\n" HOST "\r\n"),
    PROBE(505, false, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    PROBE(400, false, "GET  / HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(400, false, "GET /  HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(400, false, "GET /a b HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(400, false, "GET /%zz HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(400, false, "GET /%00 HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(400, false, "GET /a/../b HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(400, false, "GET /\0a HTTP/1.1\r\n" HOST "\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST HOST "\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "X y: 1\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "X : 1\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "nothing\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST ": 1\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "X: a\001b\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "X: \0\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "X\0: a\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "X: a\r\n folded\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "X: a\r\n\tfolded\r\nY: b\r\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n folded\r\n" HOST "\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\n" HOST "\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "\n"),
    PROBE(400, false, "GET / HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n"),
    PROBE(400, false,
          "POST / HTTP/1.1\r\n" HOST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    PROBE(400, false,
          "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
    PROBE(400, false, "POST / HTTP/1.1\r\n" HOST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
    PROBE(400, false, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    PROBE(501, false, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\n\r\n"),
    PROBE(501, false, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
    PROBE(400, false, "POST / HTTP/1.1\r\n" HOST "Content-Length: +3\r\n\r\nabc"),
    PROBE(413, false, "POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\nabc"),
    PROBE(501, false, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    PROBE(400, false, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
    PROBE(400, false, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n"),
    PROBE(400, false,
          "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n"),
    PROBE(200, true, "GET / HTTP/1.1\r\n" HOST "Expect: a-pony\r\n\r\n"),
    PROBE(400, false, "POST / HTTP/1.1\r\n" HOST "Content-Length:\t3\r\n\r\nabc"),
    PROBE(400, false, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: \tchunked\r\n\r\n0\r\n\r\n"),
    PROBE(400, false, "SSH-2.0-x\r\n"),
    PROBE(400, false, " / HTTP/1.1\r\n" HOST "\r\n"),
};

static void check_probe(const struct rig *r, const struct probe *p)
{
    const int fd = dial(r);
    assert_true(send_bytes(fd, p->bytes, p->n));
    const struct reply first = receive(fd, true);
    bool stays = false;
    if (first.status > 0 && strstr(first.head, "Connection: close") == NULL && send_text(fd, NEXT)) {
        const struct reply next = receive(fd, true);
        stays = next.status == 200 && strstr(next.body, "/next") != NULL;
    }
    close(fd);
    if (first.status != p->status || stays != p->stays) {
        print_error("%d%s, not %d%s: %s\n", first.status, stays ? " stays" : " closes", p->status,
                    p->stays ? " stays" : " closes", p->bytes);
    }
    assert_int_equal(first.status, p->status);
    assert_int_equal(stays, p->stays);
}

static void test_probes(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    for (size_t i = 0; i < sizeof probes / sizeof probes[0]; i++) {
        check_probe(&r, &probes[i]);
    }
    assert_true(settles(&r, 0));
    rig_close(&r);
}

/* Heads that nearly fill what is allowed, whole and in small pieces, one behind another: a clean head may
 * never be taken for an altered one, wherever the library's buffer was cut or moved. */
static void test_large_clean_heads(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    struct buf head = buf_new(65536);
    buf_put(&head, S("GET /large?"));
    for (int i = 0; i < 3000; i++) {
        buf_put(&head, S("q"));
    }
    buf_put(&head, S(" HTTP/1.1\r\n" HOST));
    for (int i = 0; i < 90; i++) {
        buf_printf(&head, "X-%d: %0*d\r\n", i, 20 + i, i);
    }
    buf_put(&head, S("\r\n"));
    assert_true(head.n > 9000 && head.n < 16384);
    const size_t pieces[] = {head.n, 7000, 1000, 333};
    for (size_t k = 0; k < sizeof pieces / sizeof pieces[0]; k++) {
        const int fd = dial(&r);
        for (int round = 0; round < 3; round++) {
            for (size_t at = 0; at < head.n; at += pieces[k]) {
                const str piece = str_sub(buf_str(&head), at, pieces[k]);
                assert_true(send_bytes(fd, piece.p, piece.n));
                sleep_ms(1);
            }
            assert_int_equal(receive(fd, true).status, 200);
        }
        close(fd);
    }
    buf_free(&head);
    rig_close(&r);
}

static int ask_filled(const struct rig *r, size_t target_n, size_t fields, size_t field_n)
{
    struct buf head = buf_new(1 << 20);
    buf_put(&head, S("GET /"));
    for (size_t i = 1; i < target_n; i++) {
        buf_put(&head, S("a"));
    }
    buf_put(&head, S(" HTTP/1.1\r\n" HOST));
    for (size_t i = 0; i < fields; i++) {
        buf_printf(&head, "X: %0*d\r\n", (int)field_n, 0);
    }
    buf_put(&head, S("\r\n"));
    const int fd = dial(r);
    send_bytes(fd, head.p, head.n);
    const int status = receive(fd, true).status;
    close(fd);
    buf_free(&head);
    return status;
}

static void test_head_bounds(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    assert_int_equal(ask_filled(&r, 8192, 0, 0), 200);
    assert_int_equal(ask_filled(&r, 8193, 0, 0), 414);
    assert_int_equal(ask_filled(&r, 100000, 0, 0), 414);
    assert_int_equal(ask_filled(&r, 1, 99, 1), 200);
    assert_int_equal(ask_filled(&r, 1, 100, 1), 431);
    assert_int_equal(ask_filled(&r, 1, 2000, 1), 431);
    assert_int_equal(ask_filled(&r, 1, 15, 1000), 200);
    assert_int_equal(ask_filled(&r, 1, 17, 1000), 431);
    assert_int_equal(ask_filled(&r, 1, 90, 1000), 431);
    assert_int_equal(ask_filled(&r, 1, 1, 1), 200);
    rig_close(&r);
}

/* Everything up to the end of the connection. */
static str receive_all(int fd, char *out, size_t max)
{
    size_t n = 0;
    while (n < max && receive_byte(fd, &out[n]) == 1) {
        n++;
    }
    return (str){out, n};
}

static size_t count_of(str text, const char *what)
{
    size_t n = 0;
    for (const char *at = text.p;
         (at = memmem(at, (size_t)(text.p + text.n - at), what, strlen(what))) != NULL; at++) {
        n++;
    }
    return n;
}

/* One request, by itself, in two pieces, or behind another on its connection: it is answered once, and
 * nothing that could be taken for a second answer follows. */
static void check_one_answer(const struct rig *r, str request, int status)
{
    for (int way = 0; way < 3; way++) {
        static char text[65536];
        const int fd = dial(r);
        if (way == 1) {
            assert_true(send_text(fd, NEXT));
            assert_int_equal(receive(fd, true).status, 200);
        }
        const size_t cut = way == 2 ? request.n - 2 : 0;
        assert_true(send_bytes(fd, request.p, cut));
        sleep_ms(way == 2 ? 20 : 0);
        assert_true(send_bytes(fd, request.p + cut, request.n - cut));
        send_text(fd, NEXT);
        const str all = receive_all(fd, text, sizeof text - 1);
        close(fd);
        char want[32];
        snprintf(want, sizeof want, "HTTP/1.1 %d ", status);
        if (count_of(all, "HTTP/1.") != 1 || !str_starts(all, str_of(want))) {
            print_error("%.*s\n%.*s\n", STR_F(str_sub(request, 0, 100)), STR_F(all));
        }
        assert_int_equal(count_of(all, "HTTP/1."), 1);
        assert_true(str_starts(all, str_of(want)));
        assert_int_equal(count_of(all, "\r\nConnection: close\r\n"), 1);
    }
}

static void test_one_answer(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.threads = 1});
    const int slow = dial(&r);
    assert_true(send_text(slow, "GET /slow HTTP/1.1\r\n" HOST "Content-Length: x\r\n"));
    sleep_ms(20);
    const int parked = dial(&r); /* on the same thread, and no business of theirs; nor is the half one */
    assert_true(send_text(parked, "GET /park/60000 HTTP/1.1\r\n" HOST "\r\n"));
    struct http_exchange *x = wait_owned();
    assert_non_null(x);
    assert_true(send_text(slow, "\r\n"));
    assert_int_equal(receive(slow, true).status, 400);
    close(slow);
    const int half = dial(&r);
    assert_true(send_text(half, "GET /half HTTP/1.1\r\n" HOST));
    static const struct {
        const char *length;
        int status;
    } rows[] = {
        {"abc", 400},  {"+0", 400},  {"-1", 400},  {"", 400},
        {"0, 0", 400}, {"0x1", 400}, {"1 1", 400}, {"18446744073709551617", 413},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static const char *const methods[] = {"POST", "GET"};
        for (size_t m = 0; m < 2; m++) {
            char request[300];
            snprintf(request, sizeof request, "%s / HTTP/1.1\r\n" HOST "Content-Length: %s\r\n\r\n",
                     methods[m], rows[i].length);
            check_one_answer(&r, str_of(request), rows[i].status);
        }
    }
    /* More cookies than the library has room for, in a head that is allowed. */
    struct buf cookies = buf_new(1 << 20);
    buf_put(&cookies, S("POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nCookie: a=1"));
    for (int i = 0; i < 3000; i++) {
        buf_put(&cookies, S(";b=2"));
    }
    buf_put(&cookies, S("\r\n\r\nhello"));
    check_one_answer(&r, buf_str(&cookies), 431);
    buf_free(&cookies);
    http_resume(x);
    assert_string_equal(receive(parked, true).body, "resumed");
    close(parked);
    assert_true(send_text(half, "\r\n"));
    assert_int_equal(receive(half, true).status, 200);
    close(half);
    assert_int_equal(ask(&r, NEXT).status, 200);
    assert_true(settles(&r, 0));
    rig_close(&r);
}

/* However many parameters there are: the handler gets the query as it came. */
static void test_many_parameters(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    static const int numbers[] = {1, 300, 600, 4000};
    for (size_t i = 0; i < 4; i++) {
        struct buf head = buf_new(65536);
        buf_put(&head, S("GET /many?"));
        for (int n = 0; n < numbers[i]; n++) {
            buf_put(&head, n % 2 == 0 ? S("a&") : S("&="));
        }
        buf_put(&head, S(" HTTP/1.1\r\n" HOST "\r\n"));
        const int fd = dial(&r);
        for (int round = 0; round < 2; round++) {
            assert_true(send_bytes(fd, head.p, head.n));
            const struct reply reply = receive(fd, true);
            assert_int_equal(reply.status, 200);
            char want[64];
            snprintf(want, sizeof want, "GET /many ?%.*s", numbers[i] == 1 ? 2 : 4, "a&&=");
            assert_non_null(strstr(reply.body, want));
        }
        close(fd);
        buf_free(&head);
    }
    rig_close(&r);
}

static const char *client_told(const struct rig *r, const char *lines)
{
    static struct reply reply;
    char request[600];
    snprintf(request, sizeof request, "GET /headers HTTP/1.1\r\n" HOST "%s\r\n", lines);
    reply = ask(r, request);
    assert_int_equal(reply.status, 200);
    return reply.body;
}

/* Whom a proxy of ours passes on, and nobody else's word for it. */
static void test_forwarded(void **state)
{
    (void)state;
    static const struct {
        const char *lines, *client;
    } rows[] = {
        {"", "127.0.0.1"},
        {"X-Forwarded-For: 192.0.2.7\r\n", "192.0.2.7"},
        {"x-forwarded-for:  10.0.0.1 , 192.0.2.8 \r\n", "192.0.2.8"},
        {"X-Forwarded-For: 192.0.2.1\r\nX-Other: 1\r\nX-Forwarded-For: 192.0.2.9\r\n", "192.0.2.9"},
        {"X-Forwarded-For: 2001:DB8:0::5\r\n", "2001:db8::5"},
        {"X-Forwarded-For: ::ffff:192.0.2.3\r\n", "192.0.2.3"},
        {"X-Forwarded-For: 192.0.2.7, unknown\r\n", "127.0.0.1"},
        {"X-Forwarded-For: 192.0.2.7,\r\n", "127.0.0.1"},
        {"X-Forwarded-For: 192.0.2.7:80\r\n", "127.0.0.1"},
        {"X-Forwarded-For: 192.0.2.777\r\n", "127.0.0.1"},
        {"X-Forwarded-For: \r\n", "127.0.0.1"},
        {"X-Real-IP: 192.0.2.7\r\n", "127.0.0.1"},
    };
    static const char *const ours[] = {"192.0.2.200", "127.0.0.1", NULL};
    static const char *const others[] = {"192.0.2.200", "::1", NULL};
    struct rig trusting = rig_open((struct http_config){.allow = ours});
    struct rig plain = rig_open((struct http_config){.allow = others});
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_string_equal(client_told(&trusting, rows[i].lines), rows[i].client);
        assert_string_equal(client_told(&plain, rows[i].lines), "127.0.0.1");
    }
    rig_close(&plain);
    rig_close(&trusting);
}

/* ---- bodies and answers ---------------------------------------------------------------------------------
 */

static void test_pipelining(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    const int fd = dial(&r);
    send_text(fd, "GET /1 HTTP/1.1\r\n" HOST "\r\n"
                  "POST /2 HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nGET /"
                  "POST /3 HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nT: 1\r\n\r\n"
                  "GET /park/3000 HTTP/1.1\r\n" HOST "\r\n"
                  "HEAD /5 HTTP/1.1\r\n" HOST "\r\n"
                  "GET /6 HTTP/1.1\r\n" HOST "\r\n");
    assert_string_equal(receive(fd, true).body, "GET /1 ? [] 0 ");
    assert_string_equal(receive(fd, true).body, "POST /2 ? [] 5 GET /");
    assert_string_equal(receive(fd, true).body, "POST /3 ? [] 2 ab");
    struct http_exchange *x = wait_owned();
    assert_non_null(x);
    http_resume(x);
    assert_string_equal(receive(fd, true).body, "resumed");
    const struct reply head = receive(fd, false);
    assert_int_equal(head.status, 200);
    assert_int_equal(reply_length(&head), strlen("GET /5 ? [] 0 ")); /* HEAD is GET to the handler */
    assert_string_equal(receive(fd, true).body, "GET /6 ? [] 0 ");
    close(fd);
    assert_int_equal(rig_stats(&r).requests, 6);
    rig_close(&r);
}

static void test_bodies(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.body_max = 10});
    assert_string_equal(ask(&r, "POST /b HTTP/1.1\r\n" HOST
                                "Content-Type: Text/X; a=b\r\nContent-Length: 10\r\n\r\n"
                                "0123456789")
                            .body,
                        "POST /b ? [text/x] 10 0123456789");
    const int fd = dial(&r);
    send_text(fd, "POST /b HTTP/1.1\r\n" HOST "Content-Length: 11\r\n\r\n0123456789a");
    struct reply reply = receive(fd, true);
    assert_int_equal(reply.status, 413); /* read to its end, so that the page is seen */
    assert_string_equal(reply.body, "refused 413  0");
    send_text(fd,
              "POST /b HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n6\r\n678901\r\n"
              "0\r\n\r\n");
    assert_int_equal(receive(fd, true).status, 413);
    send_text(fd, "POST /c HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n6;x=1\r\n012345\r\n"
                  "04\r\n6789\r\n0\r\n\r\n");
    assert_string_equal(receive(fd, true).body, "POST /c ? [] 10 0123456789");
    close(fd);
    reply = ask(&r, "POST /b HTTP/1.1\r\n" HOST "Content-Length: 100000\r\n\r\n");
    assert_int_equal(reply.status, 413); /* too much to read: said at once, and closed */
    assert_non_null(strstr(reply.head, "Connection: close"));
    const int endless = dial(&r);
    send_text(endless, "POST /b HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n");
    bool open = true;
    for (int i = 0; i < 200 && open; i++) {
        open = send_text(endless, "8\r\n01234567\r\n");
        sleep_ms(1);
    }
    assert_false(open);
    close(endless);
    rig_close(&r);
}

static bool much_room(void *app, enum http_method method, str path, struct http_room *out)
{
    (void)app;
    (void)method;
    (void)path;
    *out = (struct http_room){.file_max = 1 << 20, .body_max = 4 << 20};
    return true;
}

/* A form with files, of so many bytes; the status. */
static int send_files(const struct rig *r, size_t bytes)
{
    static char body[400000];
    const int fd = dial(r);
    memset(body, 'x', bytes);
    memcpy(body, "--b\r\n", 5);
    char head[200];
    (void)snprintf(head, sizeof head,
                   "POST /f HTTP/1.1\r\n" HOST
                   "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: %zu\r\n\r\n",
                   bytes);
    send_text(fd, head);
    for (size_t at = 0; at < bytes; at += 1000) {
        char piece[1001] = {0};
        memcpy(piece, body + at, 1000);
        send_text(fd, piece);
    }
    const int status = receive(fd, true).status;
    close(fd);
    return status;
}

static void test_files_together_are_bounded_by_what_has_come(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.body_max = 10, .bodies_max = 130000, .room = much_room});
    const int holder = dial(&r);
    send_text(holder,
              "POST /f HTTP/1.1\r\n" HOST
              "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 120000\r\n\r\n--b\r\n");
    sleep_ms(50);
    assert_int_equal(send_files(&r, 60000), 200); /* what the other announced takes no room */
    assert_int_equal(send_files(&r, 300000), 503);
    close(holder);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(send_files(&r, 60000), 200); /* what was taken is given back */
    }
    rig_close(&r);
}

static void test_continue(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.body_max = 10});
    const int fd = dial(&r);
    send_text(fd, "POST /e HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    assert_int_equal(receive(fd, true).status, 100);
    send_text(fd, "ok");
    assert_string_equal(receive(fd, true).body, "POST /e ? [] 2 ok");
    send_text(fd, "POST /e HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 11\r\n\r\n");
    assert_int_equal(receive(fd, true).status, 413);
    close(fd);
    rig_close(&r);
}

static void test_headers(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    struct reply reply =
        ask(&r, "GET /headers HTTP/1.1\r\n" HOST "X-Given: one \r\nX-GIVEN: two\r\nCookie: bb=0; a=1\r\n"
                "Cookie: c; b=x=y ;b=2\r\n\r\n");
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "127.0.0.1");
    assert_non_null(strstr(reply.head, "\r\nX-Content-Type-Options: nosniff\r\n"));
    assert_non_null(strstr(reply.head, "\r\nContent-Type: text/plain\r\n"));
    assert_non_null(strstr(reply.head, "\r\nDate: "));
    assert_non_null(strstr(reply.head, "\r\nX-Cookie: x=y\r\n"));
    assert_non_null(strstr(reply.head, "\r\nX-Given: one\r\n"));
    assert_non_null(strstr(reply.head, "\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"));
    assert_null(strstr(reply.head, "Split"));
    assert_null(strstr(reply.head, "Injected"));
    reply = ask(&r, "GET /.. HTTP/1.1\r\n" HOST "Accept-Language: ur\r\nAccept: application/json\r\n\r\n");
    assert_int_equal(reply.status, 400);
    assert_string_equal(reply.body, "refused 400 ur 1");
    assert_non_null(strstr(reply.head, "\r\nX-Content-Type-Options: nosniff\r\n"));
    assert_non_null(strstr(reply.head, "\r\nContent-Type: text/x-refusal\r\n"));
    assert_non_null(strstr(reply.head, "\r\nX-Refusal: yes\r\n"));
    reply = ask(&r, "TRACE / HTTP/1.1\r\n" HOST "\r\n");
    assert_non_null(strstr(reply.head, "\r\nAllow: GET, HEAD, POST\r\n"));
    assert_string_equal(ask(&r, "GET /silent HTTP/1.1\r\n" HOST "\r\n").body, "refused 500  0");
    assert_int_equal(rig_stats(&r).refused_head, 2);
    rig_close(&r);
}

/* ---- deadlines ------------------------------------------------------------------------------------------
 */

static void test_slow_head(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.header_seconds = 1, .idle_seconds = 1});
    for (int round = 0; round < 2; round++) { /* the first head, and one after an answered request */
        const int fd = dial(&r);
        if (round == 1) {
            send_text(fd, NEXT);
            assert_int_equal(receive(fd, true).status, 200);
            send_text(fd, "GET / HTTP/1.1\r\n");
        }
        const int64_t began = clock_mono_ms();
        while (clock_mono_ms() - began < 4000 && send_text(fd, "X") && wait_closed(fd, 100) == INT64_MAX) {
        }
        const int64_t took = clock_mono_ms() - began;
        assert_in_range(took, 900, 2500);
        close(fd);
    }
    assert_int_equal(rig_stats(&r).timed_out, 2);
    const int silent = dial(&r);
    assert_in_range(wait_closed(silent, 4000), 900, 2500);
    close(silent);
    rig_close(&r);
}

static void test_idle(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.idle_seconds = 1});
    const int fd = dial(&r);
    send_text(fd, NEXT);
    assert_int_equal(receive(fd, true).status, 200);
    assert_in_range(wait_closed(fd, 4000), 900, 2500);
    close(fd);
    assert_int_equal(rig_stats(&r).timed_out, 0);
    assert_true(settles(&r, 0));
    rig_close(&r);
}

static void test_slow_body(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.body_seconds = 1});
    const int fd = dial(&r);
    send_text(fd, "POST / HTTP/1.1\r\n" HOST "Content-Length: 1000\r\n\r\n");
    const int64_t began = clock_mono_ms();
    while (clock_mono_ms() - began < 4000 && send_text(fd, "x") && wait_closed(fd, 100) == INT64_MAX) {
    }
    assert_in_range(clock_mono_ms() - began, 900, 2500);
    close(fd);
    assert_int_equal(rig_stats(&r).timed_out, 1);
    assert_int_equal(rig_stats(&r).requests, 0);
    rig_close(&r);
}

static void test_slow_reader(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.send_seconds = 1, .send_min_rate = 1U << 30});
    const int fd = dial(&r);
    send_text(fd, "GET /big HTTP/1.1\r\n" HOST "\r\n");
    for (int i = 0; i < 400 && rig_stats(&r).timed_out == 0; i++) { /* reads nothing */
        sleep_ms(10);
    }
    assert_int_equal(rig_stats(&r).timed_out, 1);
    assert_true(settles(&r, 0));
    close(fd);
    const int brisk = dial(&r);
    send_text(brisk, "GET /big HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
    char waste[65536];
    size_t n = 0;
    for (ssize_t got; (got = recv(brisk, waste, sizeof waste, 0)) > 0;) {
        n += (size_t)got;
    }
    assert_true(n > BIG);
    close(brisk);
    rig_close(&r);
}

/* ---- caps -----------------------------------------------------------------------------------------------
 */

static void test_per_address_cap(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.per_address_max = 2});
    int fds[7];
    for (int i = 0; i < 7; i++) { /* 2 within, 4 over, 1 closed */
        fds[i] = dial(&r);
        send_text(fds[i], NEXT);
        const struct reply reply = receive(fds[i], true);
        assert_int_equal(reply.status, i < 2 ? 200 : i < 6 ? 503 : 0);
        assert_int_equal(strstr(reply.head, "Retry-After: 5\r\n") != NULL, i >= 2 && i < 6);
        if (i >= 2 && i < 6) {
            assert_non_null(strstr(reply.head, "Connection: close"));
            sleep_ms(20);
            close(fds[i]); /* its place is free again; take it with one that says nothing */
            fds[i] = dial(&r);
            sleep_ms(20);
        }
    }
    assert_true(rig_stats(&r).refused_cap >= 5);
    for (int i = 0; i < 7; i++) {
        close(fds[i]);
    }
    assert_true(settles(&r, 0));
    assert_int_equal(ask(&r, NEXT).status, 200);
    rig_close(&r);
    const char *const allow[] = {"127.0.0.1", NULL};
    r = rig_open((struct http_config){.per_address_max = 1, .allow = allow});
    for (int i = 0; i < 7; i++) {
        fds[i] = dial(&r);
        send_text(fds[i], NEXT);
        assert_int_equal(receive(fds[i], true).status, 200);
    }
    for (int i = 0; i < 7; i++) {
        close(fds[i]);
    }
    rig_close(&r);
}

static void test_total_cap(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.connections_max = 2});
    int fds[3];
    for (int i = 0; i < 3; i++) {
        fds[i] = dial(&r);
        send_text(fds[i], NEXT);
        assert_int_equal(receive(fds[i], true).status, i < 2 ? 200 : 503);
    }
    close(fds[0]);
    close(fds[2]);
    assert_true(settles(&r, 1));
    assert_int_equal(ask(&r, NEXT).status, 200);
    close(fds[1]);
    /* Far above: nobody is lost, they wait in the backlog until there is room. */
    int many[40];
    for (int i = 0; i < 40; i++) {
        many[i] = dial(&r);
    }
    sleep_ms(200);
    assert_true(rig_stats(&r).live <= 2 + 2 / 16 + 16);
    for (int i = 0; i < 39; i++) {
        close(many[i]);
    }
    assert_true(settles(&r, 1));
    send_text(many[39], NEXT);
    assert_true(receive(many[39], true).status != 0);
    close(many[39]);
    rig_close(&r);
}

/* ---- parking --------------------------------------------------------------------------------------------
 */

static void test_park_deadline(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    const int fd = dial(&r);
    const int64_t began = clock_mono_ms();
    send_text(fd, "GET /park/150 HTTP/1.1\r\n" HOST "\r\n");
    const struct reply reply = receive(fd, true);
    assert_in_range(clock_mono_ms() - began, 140, 1500);
    assert_int_equal(reply.status, 504);
    assert_string_equal(reply.body, "kept by the owner");
    send_text(fd, NEXT); /* the connection goes on while the late owner still holds the exchange */
    assert_int_equal(receive(fd, true).status, 200);
    struct http_exchange *x = wait_owned();
    assert_non_null(x);
    assert_true(http_timed_out(x));
    assert_true(str_eq(http_request(x)->path, S("/park/150")));
    assert_int_equal(stage.released, 0);
    http_resume(x);
    assert_int_equal(stage.released, 1);
    assert_int_equal(stage.answered, 1);
    assert_int_equal(rig_stats(&r).timed_out, 1);
    assert_int_equal(rig_stats(&r).parked, 0);
    send_text(fd, NEXT);
    assert_int_equal(receive(fd, true).status, 200);
    send_text(fd, "GET /twice HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(receive(fd, true).status, 503);
    http_resume(wait_owned());
    http_resume(wait_owned());
    close(fd);
    rig_close(&r);
}

static void test_client_gone_while_parked(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    for (int i = 0; i < 3; i++) {
        const int fd = dial(&r);
        send_text(fd, "GET /park/5000 HTTP/1.1\r\n" HOST "\r\n");
        struct http_exchange *x = wait_owned();
        assert_non_null(x);
        assert_int_equal(rig_stats(&r).parked, 1);
        if (i == 1) { /* reset, not closed */
            const struct linger now = {.l_onoff = 1};
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        }
        if (i == 2) {
            shutdown(fd, SHUT_WR); /* half closed: it still wants its answer */
        } else {
            close(fd);
        }
        sleep_ms(50);
        assert_int_equal(stage.released, i);
        http_resume(x);
        if (i == 2) {
            assert_int_equal(receive(fd, true).status, 200);
            close(fd);
        }
        assert_true(settles(&r, 0));
        assert_int_equal(stage.released, i + 1);
        assert_int_equal(rig_stats(&r).parked, 0);
    }
    rig_close(&r);
}

struct racers {
    _Atomic bool stop;
    _Atomic int resumed;
};

static void *race_owner(void *arg)
{
    struct racers *racers = arg;
    while (!racers->stop) {
        struct http_exchange *x = take_owned();
        if (x == NULL) {
            sleep_ms(1);
            continue;
        }
        if (random_below(2) == 0) {
            sleep_ms(random_below(40));
        }
        http_resume(x);
        racers->resumed++;
    }
    return NULL;
}

/* Owners and deadlines that meet: each exchange is answered once and released once, whoever was first. */
static void test_owner_races_deadline(void **state)
{
    (void)state;
    enum { CLIENTS = 24, ROUNDS = 20 };
    struct rig r = rig_open((struct http_config){0});
    struct racers racers = {0};
    pthread_t owners[3];
    for (size_t i = 0; i < 3; i++) {
        pthread_create(&owners[i], NULL, race_owner, &racers);
    }
    int fds[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        fds[i] = dial(&r);
    }
    int in_time = 0, late = 0;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < CLIENTS; i++) {
            char text[128];
            snprintf(text, sizeof text, "GET /park/%u HTTP/1.1\r\n" HOST "\r\n", 1 + random_below(40));
            send_text(fds[i], text);
        }
        for (int i = 0; i < CLIENTS; i++) {
            const int status = receive(fds[i], true).status;
            assert_true(status == 200 || status == 504);
            in_time += status == 200;
            late += status == 504;
        }
    }
    for (int i = 0; i < 500 && racers.resumed < CLIENTS * ROUNDS; i++) {
        sleep_ms(10);
    }
    assert_int_equal(racers.resumed, CLIENTS * ROUNDS);
    racers.stop = true;
    for (size_t i = 0; i < 3; i++) {
        pthread_join(owners[i], NULL);
    }
    for (int i = 0; i < CLIENTS; i++) {
        close(fds[i]);
    }
    assert_true(settles(&r, 0));
    assert_true(in_time > 0 && late > 0);
    assert_int_equal(stage.late, late);
    assert_int_equal(stage.fresh, late); /* the first arena is still its owner's */
    assert_int_equal(stage.answered, CLIENTS * ROUNDS);
    assert_int_equal(stage.released, CLIENTS * ROUNDS);
    rig_close(&r);
}

/* ---- start and stop -------------------------------------------------------------------------------------
 */

struct stopping {
    struct http_server *server;
    int64_t drain_ms, took_ms;
};

static void *stop_server(void *arg)
{
    struct stopping *s = arg;
    const int64_t began = clock_mono_ms();
    http_stop(s->server, s->drain_ms);
    s->took_ms = clock_mono_ms() - began;
    return NULL;
}

static void test_stop_waits_for_owners(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    const int fd = dial(&r), idle = dial(&r);
    send_text(idle, NEXT);
    assert_int_equal(receive(idle, true).status, 200);
    send_text(fd, "GET /park/20000 HTTP/1.1\r\n" HOST "\r\n");
    struct http_exchange *x = wait_owned();
    struct stopping s = {.server = r.server, .drain_ms = 5000};
    pthread_t stopper;
    pthread_create(&stopper, NULL, stop_server, &s);
    sleep_ms(200);
    const int late = dial(&r); /* waits in the backlog, for the next server */
    send_text(late, NEXT);
    send_text(idle, NEXT); /* already there: still answered, and told to leave */
    const struct reply last = receive(idle, true);
    assert_int_equal(last.status, 200);
    assert_non_null(strstr(last.head, "Connection: close"));
    http_resume(x);
    assert_int_equal(receive(fd, true).status, 200);
    pthread_join(stopper, NULL);
    assert_in_range(s.took_ms, 150, 2500);
    struct fail f;
    assert_int_equal(http_start(&r.config, &r.server, &f).code, ERR_OK);
    assert_int_equal(receive(late, true).status, 200);
    close(late);
    close(idle);
    close(fd);
    rig_close(&r);
}

static void test_stop_without_owners(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){.threads = 1});
    int fds[3];
    struct http_exchange *x[3];
    for (int i = 0; i < 3; i++) {
        fds[i] = dial(&r);
        send_text(fds[i], "GET /park/60000 HTTP/1.1\r\n" HOST "\r\n");
        x[i] = wait_owned();
        assert_non_null(x[i]);
    }
    close(fds[2]);
    const int half = dial(&r); /* a head that never ends holds nothing up beyond the time to drain */
    send_text(half, "GET / HTTP/1.1\r\n");
    struct stopping s = {.server = r.server, .drain_ms = 300};
    stop_server(&s);
    assert_in_range(s.took_ms, 290, 2500);
    assert_int_equal(receive(fds[0], true).status, 504);
    assert_int_equal(receive(fds[1], true).status, 504);
    assert_int_equal(stage.released, 0);
    for (int i = 0; i < 3; i++) {
        assert_true(http_timed_out(x[i])); /* still there after the server */
        http_resume(x[i]);
        assert_int_equal(stage.released, i + 1);
    }
    close(half);
    close(fds[0]);
    close(fds[1]);
    close(r.listen_fd);
}

static void test_stop_and_start_often(void **state)
{
    (void)state;
    struct rig r = rig_open((struct http_config){0});
    for (int i = 0; i < 30; i++) {
        int fds[8];
        for (int k = 0; k < 8; k++) {
            fds[k] = dial(&r);
            send_text(fds[k], k % 2 == 0 ? NEXT : "GET /park/5000 HTTP/1.1\r\n" HOST "\r\n");
        }
        http_quiesce(r.server, i % 3, false);
        gone = true;
        http_stop(r.server, i % 3);
        gone = false;
        for (struct http_exchange *x; (x = take_owned()) != NULL;) {
            http_resume(x);
        }
        for (int k = 0; k < 8; k++) {
            close(fds[k]);
        }
        struct fail f;
        assert_int_equal(http_start(&r.config, &r.server, &f).code, ERR_OK);
    }
    rig_close(&r);
    for (struct http_exchange *x; (x = take_owned()) != NULL;) {
        http_resume(x);
    }
    assert_int_equal(strays, 0);
    http_stop(NULL, 0);
}

/* What comes late when another process follows is sent on to it, and nowhere else. */
static void test_late_requests_stay_here(void **state)
{
    (void)state;
    static const struct {
        const char *target, *location; /* NULL: refused */
    } rows[] = {
        {"/cases?q=1", "\r\nLocation: /cases?q=1\r\n"},
        {"//elsewhere.example/", NULL},
        {"/\\elsewhere.example/", NULL},
        {"/\\/elsewhere.example/", NULL},
        {"http://a/cases", NULL},
    };
    enum { N = sizeof rows / sizeof rows[0] };
    struct rig r = rig_open((struct http_config){0});
    int fds[N];
    for (size_t i = 0; i < N; i++) {
        fds[i] = dial(&r);
        send_text(fds[i], NEXT);
        assert_int_equal(receive(fds[i], true).status, 200);
    }
    http_quiesce(r.server, 1000, true);
    for (size_t i = 0; i < N; i++) {
        char text[200];
        (void)snprintf(text, sizeof text, "GET %s HTTP/1.1\r\n" HOST "\r\n", rows[i].target);
        assert_true(send_text(fds[i], text));
        const struct reply got = receive(fds[i], true);
        assert_int_equal(got.status, rows[i].location == NULL ? 503 : 307);
        assert_true(rows[i].location == NULL ? strstr(got.head, "Location") == NULL
                                             : strstr(got.head, rows[i].location) != NULL);
        close(fds[i]);
    }
    rig_close(&r);
}

static void test_listen(void **state)
{
    (void)state;
    struct fail f = {0};
    int fd = -1, port = 0, other = -1, other_port = 0;
    assert_int_equal(http_listen("127.0.0.1", 0, &fd, &port, &f).code, ERR_OK);
    assert_in_range(port, 1, 65535);
    assert_true((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
    assert_int_equal(http_listen("127.0.0.1", port, &other, &other_port, &f).code, ERR_IO);
    assert_non_null(strstr(f.log, "is taken"));
    assert_int_equal(other, -1);
    assert_int_equal(http_listen("127.0.0.1", 65536, &other, &other_port, &f).code, ERR_INVALID);
    assert_int_equal(http_listen("no host", 0, &other, &other_port, &f).code, ERR_INVALID);
    assert_int_equal(http_listen("192.0.2.1", 0, &other, &other_port, &f).code, ERR_IO);
    close(fd);
    assert_int_equal(http_listen("", 0, &fd, &port, &f).code, ERR_OK);
    close(fd);
    struct http_server *server;
    const char *const allow[] = {"here", NULL};
    assert_int_equal(http_start(&(struct http_config){.listen_fd = 0, .allow = allow}, &server, &f).code,
                     ERR_INVALID);
    assert_int_equal(http_start(&(struct http_config){.listen_fd = -1}, &server, &f).code, ERR_INVALID);
}

int main(void)
{
    static char big[BIG];
    stage.big = big;
    log_to(-1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_probes),
        cmocka_unit_test(test_large_clean_heads),
        cmocka_unit_test(test_head_bounds),
        cmocka_unit_test(test_one_answer),
        cmocka_unit_test(test_many_parameters),
        cmocka_unit_test(test_forwarded),
        cmocka_unit_test(test_pipelining),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_files_together_are_bounded_by_what_has_come),
        cmocka_unit_test(test_continue),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_slow_head),
        cmocka_unit_test(test_idle),
        cmocka_unit_test(test_slow_body),
        cmocka_unit_test(test_slow_reader),
        cmocka_unit_test(test_per_address_cap),
        cmocka_unit_test(test_total_cap),
        cmocka_unit_test(test_park_deadline),
        cmocka_unit_test(test_client_gone_while_parked),
        cmocka_unit_test(test_owner_races_deadline),
        cmocka_unit_test(test_stop_waits_for_owners),
        cmocka_unit_test(test_stop_without_owners),
        cmocka_unit_test(test_stop_and_start_often),
        cmocka_unit_test(test_late_requests_stay_here),
        cmocka_unit_test(test_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
