/* web_testing.h: a real server over a real store, and a client that speaks raw HTTP to it. Tests only. */
#ifndef SUNWAI_WEB_TESTING_H
#define SUNWAI_WEB_TESTING_H

#include "store_testing.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web.h"

enum { ANSWER_MAX = 1 << 20 };

struct rig {
    struct testing *store;
    struct web_app *app;
    struct http_server *server;
    int listen_fd, port;
};

struct reply {
    int status;
    str head, body;
    char bytes[ANSWER_MAX];
};

/* Everything open and listening; `config` says tables, resolver and the rest, the store is put in here. */
__attribute__((unused)) static struct rig *rig_new(struct web_config config, unsigned queue_max)
{
    struct rig *r = calloc(1, sizeof *r);
    r->store = testing_new(NULL);
    r->store->config.queue_max = queue_max;
    testing_open(r->store);
    config.store = r->store->store;
    r->app = web_open(&config);
    struct fail f = {0};
    assert_int_equal(http_listen("127.0.0.1", 0, &r->listen_fd, &r->port, &f).code, ERR_OK);
    const struct http_config h = {
        .listen_fd = r->listen_fd, .handler = web_handle, .app = r->app, .refusal = web_refusal};
    assert_int_equal(http_start(&h, &r->server, &f).code, ERR_OK);
    return r;
}

__attribute__((unused)) static void rig_free(struct rig *r)
{
    http_stop(r->server, 2000);
    web_close(r->app);
    testing_free(r->store);
    close(r->listen_fd);
    free(r);
}

/* Sends and does not wait; the socket. */
__attribute__((unused)) static int rig_send(struct rig *r, str request)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr_in to = {.sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)r->port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
    for (size_t sent = 0; sent < request.n;) {
        const ssize_t n = send(fd, request.p + sent, request.n - sent, MSG_NOSIGNAL);
        assert_true(n > 0);
        sent += (size_t)n;
    }
    return fd;
}

/* Reads to the end of the connection and closes it. */
__attribute__((unused)) static void rig_read(int fd, struct reply *out)
{
    size_t n = 0;
    for (;;) {
        const ssize_t got = recv(fd, out->bytes + n, ANSWER_MAX - 1 - n, 0);
        if (got <= 0) {
            break;
        }
        n += (size_t)got;
    }
    close(fd);
    out->bytes[n] = '\0';
    const char *end = strstr(out->bytes, "\r\n\r\n");
    assert_non_null(end);
    out->head = (str){out->bytes, (size_t)(end - out->bytes) + 2};
    out->body = (str){end + 4, n - (size_t)(end + 4 - out->bytes)};
    int64_t status;
    assert_true(str_i64(str_sub(out->head, 9, 3), &status));
    out->status = (int)status;
}

/* `more` are header lines, each with its CRLF. */
__attribute__((unused)) static str rig_request(struct rig *r, const char *method, const char *target,
                                               const char *more, str body)
{
    SCOPED(buf_free) struct buf b = buf_new(4 << 20);
    buf_printf(&b, "%s %s HTTP/1.1\r\nHost: test\r\nConnection: close\r\n%s", method, target, more);
    if (strcmp(method, "POST") == 0) {
        buf_printf(&b, "Content-Length: %zu\r\n", body.n);
    }
    buf_put(&b, S("\r\n"));
    buf_put(&b, body);
    return arena_str(r->store->arena, buf_str(&b));
}

__attribute__((unused)) static void rig_get(struct rig *r, const char *target, const char *more,
                                            struct reply *out)
{
    rig_read(rig_send(r, rig_request(r, "GET", target, more, STR_NONE)), out);
}

#define FORM_TYPE "Content-Type: application/x-www-form-urlencoded\r\n"
#define JSON_TYPE "Content-Type: application/json\r\n"

__attribute__((unused)) static void rig_post(struct rig *r, const char *target, const char *more, str body,
                                             struct reply *out)
{
    rig_read(rig_send(r, rig_request(r, "POST", target, more, body)), out);
}

__attribute__((unused)) static bool reply_says(const struct reply *a, const char *what)
{
    return memmem(a->body.p, a->body.n, what, strlen(what)) != NULL;
}

__attribute__((unused)) static bool reply_heads(const struct reply *a, const char *what)
{
    return memmem(a->head.p, a->head.n, what, strlen(what)) != NULL;
}

/* What stands between `before` and the next double quote, in the body; a copy. */
__attribute__((unused)) static str reply_value(struct rig *r, const struct reply *a, const char *before)
{
    const char *at = memmem(a->body.p, a->body.n, before, strlen(before));
    assert_non_null(at);
    at += strlen(before);
    const char *end = strchr(at, '"');
    assert_non_null(end);
    return arena_str(r->store->arena, (str){at, (size_t)(end - at)});
}

#endif
