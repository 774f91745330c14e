/* control.c: see control.h.
 *
 * A request is a head and a body; the answer is a head, the body of the reply or the log words of a failure.
 * Both sides are the same program on the same machine, so numbers stand as they are in memory.
 */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "buf.h"
#include "check.h"
#include "log.h"

enum {
    MAGIC = 0x53574e43,
    VERSION = 1,
    PATIENCE_S = 5, /* for the other side to send or take its bytes */
    ANSWER_S = 120, /* for the handler: a migration or a large import takes its time */
    WAITING = 16,
    REQUEST_ARENA = 4 * CONTROL_BODY_MAX
};

struct head {
    uint32_t magic;
    uint16_t version;
    uint16_t type; /* of the request; in an answer, enum err_code */
    uint32_t length;
};

struct handler {
    control_fn run;
    void *arg;
    size_t body_max;
};

struct control {
    int listening;
    int stop[2]; /* a pipe: closing its writing end ends the thread */
    pthread_t thread;
    bool running;
    struct arena *arena;
    struct sockaddr_un address;
    struct handler handlers[CONTROL_TYPE_MAX + 1];
};

/* ---- bytes ---- */

static bool send_all(int fd, const void *bytes, size_t n)
{
    const char *p = bytes;
    while (n > 0) {
        const ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

static bool receive_all(int fd, void *bytes, size_t n)
{
    char *p = bytes;
    while (n > 0) {
        const ssize_t got = recv(fd, p, n, 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        p += got;
        n -= (size_t)got;
    }
    return true;
}

static void patience(int fd, time_t send_s, time_t receive_s)
{
    const struct timeval out = {.tv_sec = send_s}, in = {.tv_sec = receive_s};
    /* Without these limits a peer of our own user could only make us wait. */
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &out, sizeof out);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &in, sizeof in);
}

static bool same_user(int fd)
{
    struct ucred peer;
    socklen_t n = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 && peer.uid == geteuid();
}

static err address_of(const char *dir, struct sockaddr_un *out, struct fail *f)
{
    *out = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (snprintf(out->sun_path, sizeof out->sun_path, "%s/control.sock", dir) >= (int)sizeof out->sun_path) {
        return fail_log(f, ERR_LIMIT, "%s: name is too long for a socket in it", dir);
    }
    return OK;
}

/* ---- server ---- */

static void closed(const int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
    }
}

err control_open(const char *dir, struct control **out, struct fail *f)
{
    struct sockaddr_un address;
    TRY(address_of(dir, &address, f));
    (void)unlink(address.sun_path);
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    /* The mode of the socket becomes that of its file: there is no moment at which others may connect. */
    if (fd < 0 || fchmod(fd, 0600) != 0 || bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        listen(fd, WAITING) != 0) {
        const err e = fail_log(f, ERR_IO, "cannot listen on %s: %s", address.sun_path, errno_text(errno));
        closed(&fd);
        return e;
    }
    struct control *c = mem_new(sizeof *c);
    c->listening = fd;
    c->stop[0] = c->stop[1] = -1;
    c->address = address;
    c->arena = arena_open(REQUEST_ARENA);
    *out = c;
    return OK;
}

void control_handle(struct control *c, uint16_t type, size_t body_max, control_fn run, void *arg)
{
    CHECK(type >= 1 && type <= CONTROL_TYPE_MAX && c->handlers[type].run == NULL && !c->running);
    CHECK(body_max <= CONTROL_BODY_MAX);
    c->handlers[type] = (struct handler){.run = run, .arg = arg, .body_max = body_max};
}

static err request_run(struct control *c, int fd, str *out_reply, struct fail *f)
{
    struct head h;
    if (!receive_all(fd, &h, sizeof h)) {
        return fail_log(f, ERR_IO, "request cut short");
    }
    if (h.magic != MAGIC || h.version != VERSION) {
        return fail_log(f, ERR_INVALID, "the server speaks control version %d: use the same program",
                        VERSION);
    }
    const struct handler *handler = h.type <= CONTROL_TYPE_MAX ? &c->handlers[h.type] : NULL;
    if (handler == NULL || handler->run == NULL) {
        return fail_log(f, ERR_INVALID, "the server knows no request of type %u", (unsigned)h.type);
    }
    if (h.length > handler->body_max) {
        return fail_log(f, ERR_LIMIT, "request of %u bytes, at most %zu", h.length, handler->body_max);
    }
    char *body = arena_try(c->arena, (size_t)h.length + 1);
    if (body == NULL || !receive_all(fd, body, h.length)) {
        return fail_log(f, ERR_IO, "request cut short");
    }
    str reply = STR_NONE;
    TRY(handler->run(handler->arg, c->arena, (str){body, h.length}, &reply, f));
    if (reply.n > CONTROL_BODY_MAX) {
        return fail_log(f, ERR_LIMIT, "reply of %zu bytes", reply.n);
    }
    *out_reply = reply;
    return OK;
}

static void serve(struct control *c, int fd)
{
    struct fail f = {0};
    str reply = STR_NONE;
    if (!same_user(fd)) {
        WARN("control.stranger");
        return;
    }
    patience(fd, PATIENCE_S, PATIENCE_S);
    const err e = request_run(c, fd, &reply, &f);
    const str body = e.code == ERR_OK ? reply : str_of(f.log);
    const struct head h = {
        .magic = MAGIC, .version = VERSION, .type = (uint16_t)e.code, .length = (uint32_t)body.n};
    if (!send_all(fd, &h, sizeof h) || !send_all(fd, body.p, body.n)) {
        WARN("control.answer_lost");
    }
}

static void *control_main(void *arg)
{
    struct control *c = arg;
    for (;;) {
        struct pollfd wait[] = {{.fd = c->listening, .events = POLLIN}, {.fd = c->stop[0], .events = POLLIN}};
        if (poll(wait, 2, -1) < 0 && errno != EINTR) {
            ERROR("control.poll", log_i64("errno", errno));
            return NULL;
        }
        if (wait[1].revents != 0) {
            return NULL;
        }
        const int fd = accept4(c->listening, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0) {
            serve(c, fd);
            (void)close(fd);
            arena_clear(c->arena);
        }
    }
}

err control_start(struct control *c, struct fail *f)
{
    if (pipe2(c->stop, O_CLOEXEC) != 0 || pthread_create(&c->thread, NULL, control_main, c) != 0) {
        return fail_log(f, ERR_IO, "cannot start the control thread");
    }
    c->running = true;
    return OK;
}

void control_close(struct control *c)
{
    if (c == NULL) {
        return;
    }
    closed(&c->stop[1]);
    if (c->running) {
        pthread_join(c->thread, NULL);
    }
    closed(&c->stop[0]);
    (void)unlink(c->address.sun_path);
    closed(&c->listening);
    arena_free(c->arena);
    mem_free(c);
}

/* ---- client ---- */

static err answer_read(int fd, struct arena *a, str *out_reply, struct fail *f)
{
    struct head h;
    if (!receive_all(fd, &h, sizeof h) || h.magic != MAGIC || h.length > CONTROL_BODY_MAX ||
        h.type > ERR_BUG) {
        return fail_log(f, ERR_UNCERTAIN, "the server went away before it answered");
    }
    char *body = arena_try(a, (size_t)h.length + 1);
    if (body == NULL) {
        return fail_log(f, ERR_LIMIT, "no room for a reply of %u bytes", h.length);
    }
    if (!receive_all(fd, body, h.length)) {
        return fail_log(f, ERR_UNCERTAIN, "the server went away before it answered");
    }
    if (h.type != ERR_OK) {
        return fail_log(f, (enum err_code)h.type, "%s", body);
    }
    *out_reply = (str){body, h.length};
    return OK;
}

err control_call(const char *dir, uint16_t type, str body, struct arena *a, str *out_reply, struct fail *f)
{
    struct sockaddr_un address;
    TRY(address_of(dir, &address, f));
    if (body.n > CONTROL_BODY_MAX) {
        return fail_log(f, ERR_LIMIT, "request of %zu bytes", body.n);
    }
    SCOPED(closed) const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return fail_log(f, ERR_IO, "no socket: %s", errno_text(errno));
    }
    patience(fd, PATIENCE_S, ANSWER_S);
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        return errno == ENOENT || errno == ECONNREFUSED
                   ? fail_log(f, ERR_NOT_FOUND, "no server listens on %s", address.sun_path)
                   : fail_log(f, ERR_IO, "cannot reach %s: %s", address.sun_path, errno_text(errno));
    }
    if (!same_user(fd)) {
        return fail_log(f, ERR_DENIED, "%s belongs to another user's process", address.sun_path);
    }
    const struct head h = {.magic = MAGIC, .version = VERSION, .type = type, .length = (uint32_t)body.n};
    /* A server that refuses the head may close while the body is still on its way: its answer counts. */
    if (!send_all(fd, &h, sizeof h)) {
        return fail_log(f, ERR_IO, "the server went away");
    }
    const bool sent = send_all(fd, body.p, body.n);
    const err e = answer_read(fd, a, out_reply, f);
    return !sent && e.code == ERR_UNCERTAIN ? fail_log(f, ERR_IO, "the server went away") : e;
}
