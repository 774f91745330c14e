#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "exchange.h"
#include "log.h"
#include "tls_session.h"

/* The library has its own accept loop, but its MHD_quiesce_daemon() races with its workers and then aborts
 * (0.9.75, epoll with a pool), and it closes connections above a cap without a word. So this file accepts. */

enum {
    POOL_BYTES = 36864, /* each connection: head, its index, and the head of the answer; above 32 KiB the
                           library maps it, and gives it back at once */
    ACCEPTS_AT_ONCE = 64,
    ACCEPT_PAUSE_MS = 50, /* when there are no descriptors, or too many connections */
    POLL_STOP_MS = 2,
    LATE_MS = 5000,  /* how long a connection that was kept alive is heard yet when another process follows */
    LINGER_MS = 250, /* longer than a request takes to come over a bad line that is not a dead one */
    STOP_GRACE_MS = 500 /* to send the answers of what was timed out by stopping */
};

static void add(_Atomic int64_t *counter, int64_t by)
{
    atomic_fetch_add_explicit(counter, by, memory_order_relaxed);
}

/* ---- connections ----------------------------------------------------------------------------------------
 */

static void on_life_over(struct deadline *d)
{
    struct conn *c = (struct conn *)((char *)d - offsetof(struct conn, life));
    if (!atomic_load(&c->idle)) {
        add(&c->server->timed_out, 1);
    }
    shutdown(c->fd, SHUT_RDWR);
}

static void conn_free(struct conn *c)
{
    deadlines_remove(c->server->deadlines, &c->life);
    caps_give(c->server->caps, &c->address);
    add(&c->server->live, -1);
    mem_free(c);
}

static struct conn *newcomer_take(struct http_server *s, int fd)
{
    pthread_mutex_lock(&s->lock);
    struct conn **at = &s->newcomers;
    while (*at != NULL && (*at)->fd != fd) {
        at = &(*at)->next;
    }
    struct conn *c = *at;
    if (c != NULL) {
        *at = c->next;
    }
    pthread_mutex_unlock(&s->lock);
    return c;
}

static void newcomer_put(struct http_server *s, struct conn *c)
{
    pthread_mutex_lock(&s->lock);
    c->next = s->newcomers;
    s->newcomers = c;
    pthread_mutex_unlock(&s->lock);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct http_server *s = cls;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        struct conn *c =
            newcomer_take(s, MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
        CHECK(c != NULL);
        tls_greet(mhd, s->tickets);
        deadlines_add(s->deadlines, &c->life, clock_mono_ms() + s->config.header_seconds * INT64_C(1000));
        *context = c;
        return;
    }
    refuse_line(*context);
    conn_free(*context);
}

/* The library drops a newcomer without a word when it has no memory; the same number then comes again. */
static void forget_lost_newcomer(struct http_server *s, int fd)
{
    struct conn *lost = newcomer_take(s, fd);
    if (lost != NULL) {
        conn_free(lost);
    }
}

/* A handshake is several small writes, and the peer waits 40 ms before it acknowledges the first alone. */
static void send_at_once(int fd)
{
    const int one = 1;
    if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) != 0) {
        WARN("http.nodelay_failed", log_i64("errno", errno));
    }
}

static void admit_connection(struct http_server *s, int fd, const struct sockaddr *sa, socklen_t sa_n)
{
    forget_lost_newcomer(s, fd);
    const struct address address = address_of(sa);
    const enum caps_place place = caps_take(s->caps, &address);
    const bool crowded = atomic_load(&s->live) >= s->config.connections_max;
    if (place != CAPS_FREE || crowded) {
        add(&s->refused_cap, 1);
    }
    if (place == CAPS_FULL) {
        close(fd);
        return;
    }
    if (s->secure) {
        send_at_once(fd);
    }
    struct conn *c = mem_new(sizeof *c);
    c->life.passed = on_life_over;
    c->server = s;
    c->fd = fd;
    c->over = place == CAPS_OVER || crowded;
    c->address = address;
    c->client_n = address_text(sa, c->client);
    c->trusted = caps_trust(s->caps, (str){c->client, c->client_n});
    add(&s->live, 1);
    add(&s->accepted, 1);
    newcomer_put(s, c);
    if (MHD_add_connection(s->daemon, fd, sa, sa_n) != MHD_YES) {
        forget_lost_newcomer(s, fd);
    }
}

/* Above connections_max a few more are taken, to be told 503; beyond those, clients wait in the backlog. */
static bool no_room(const struct http_server *s)
{
    return atomic_load(&s->live) >= (int64_t)s->config.connections_max + s->config.connections_max / 16 + 16;
}

/* False when accepting should pause. */
static bool accept_some(struct http_server *s)
{
    for (int i = 0; i < ACCEPTS_AT_ONCE && !no_room(s); i++) {
        struct sockaddr_storage from = {0};
        socklen_t n = sizeof from;
        const int fd =
            accept4(s->config.listen_fd, (struct sockaddr *)&from, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0) {
            admit_connection(s, fd, (struct sockaddr *)&from, n);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            WARN("http.accept_paused", log_text("why", str_of(errno_text(errno))));
            return false;
        }
        if (errno == EAGAIN) {
            break;
        }
    }
    return true;
}

static void *accept_loop(void *arg)
{
    struct http_server *s = arg;
    bool pause = false;
    while (!atomic_load(&s->quiet)) {
        pause = pause || no_room(s);
        struct pollfd wait[2] = {{.fd = s->wake_fd, .events = POLLIN},
                                 {.fd = pause ? -1 : s->config.listen_fd, .events = POLLIN}};
        poll(wait, 2, pause ? ACCEPT_PAUSE_MS : -1);
        if ((wait[1].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
            ERROR("http.listen_lost");
            break;
        }
        pause = wait[1].revents != 0 && !accept_some(s);
    }
    return NULL;
}

/* ---- start and stop -------------------------------------------------------------------------------------
 */

static void fill_defaults(struct http_config *c)
{
    c->threads = c->threads != 0 ? c->threads : 2;
    c->connections_max = c->connections_max != 0 ? c->connections_max : 4096;
    c->per_address_max = c->per_address_max != 0 ? c->per_address_max : 512;
    c->header_seconds = c->header_seconds != 0 ? c->header_seconds : 10;
    c->body_seconds = c->body_seconds != 0 ? c->body_seconds : 60;
    c->body_min_rate = c->body_min_rate != 0 ? c->body_min_rate : 256;
    c->send_seconds = c->send_seconds != 0 ? c->send_seconds : 60;
    c->send_min_rate = c->send_min_rate != 0 ? c->send_min_rate : 4096;
    c->idle_seconds = c->idle_seconds != 0 ? c->idle_seconds : 30;
    c->body_max = c->body_max != 0 ? c->body_max : (size_t)1 << 20;
    c->bodies_max = c->bodies_max != 0 ? c->bodies_max : (size_t)96 << 20;
    c->arena_cap = c->arena_cap != 0 ? c->arena_cap : (size_t)8 << 20;
    c->allow = NULL; /* the caller's memory; caps.c has its copy */
    c->crowds = NULL;
}

/* Percent-decoding, and its checks, are admission's. */
static size_t leave_escaped(void *cls, struct MHD_Connection *mhd, char *text)
{
    (void)cls;
    (void)mhd;
    return strlen(text);
}

/* The library's strictness stays off: with it a missing Host is answered twice on one connection (0.9.75),
 * and admission says the same with our page. */
/* Over TLS by poll: by epoll the library (0.9.75) asks a connection that waits for the rest of a handshake
 * again and again, so that one silent client keeps a processor busy. */
static struct MHD_Daemon *start_daemon(struct http_server *s)
{
    const unsigned pool = s->config.threads > 1 ? s->config.threads : 0;
    const bool secure = s->secure;
    const struct MHD_OptionItem options[] = {
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)s->config.connections_max * 2 + 1024, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_BYTES, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, 0, NULL},
        {pool != 0 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)pool, NULL},
        {secure ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, 0,
         (void *)(uintptr_t)s->config.tls_certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)s->config.tls_key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(
        (secure ? MHD_USE_TLS | MHD_USE_POLL_INTERNAL_THREAD : MHD_USE_EPOLL_INTERNAL_THREAD) |
            MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_TURBO | MHD_USE_ERROR_LOG,
        0, NULL, NULL, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_library_said, s,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, s,
        MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

void server_drop(struct http_server *s)
{
    if (atomic_fetch_sub(&s->references, 1) > 1) {
        return;
    }
    while (s->spare != NULL) {
        struct http_exchange *x = s->spare;
        s->spare = x->next;
        exchange_free(x);
    }
    deadlines_close(s->deadlines);
    caps_close(s->caps);
    tls_tickets_free(s->tickets);
    close(s->wake_fd);
    pthread_mutex_destroy(&s->lock);
    mem_free(s);
}

static err start_threads(struct http_server *s, struct fail *f)
{
    if (fcntl(s->config.listen_fd, F_SETFL, fcntl(s->config.listen_fd, F_GETFL) | O_NONBLOCK) != 0) {
        return fail_log(f, ERR_INVALID, "http: no listening socket: %s", errno_text(errno));
    }
    s->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (s->wake_fd < 0) {
        return fail_log(f, ERR_IO, "http: no eventfd: %s", errno_text(errno));
    }
    s->secure = s->config.tls_certificate != NULL;
    s->tickets = s->secure ? tls_tickets_new() : NULL;
    s->daemon = start_daemon(s);
    s->config.tls_certificate = s->config.tls_key = NULL; /* the caller's memory; the library has its copy */
    if (s->daemon == NULL) {
        return fail_log(f, ERR_IO, "http: cannot start event threads: %s", errno_text(errno));
    }
    const int no = pthread_create(&s->acceptor, NULL, accept_loop, s);
    if (no != 0) {
        MHD_stop_daemon(s->daemon);
        return fail_log(f, ERR_IO, "http: cannot start the accept thread: %s", errno_text(no));
    }
    return OK;
}

err http_start(const struct http_config *config, struct http_server **out, struct fail *f)
{
    struct http_config filled = *config;
    fill_defaults(&filled);
    struct caps *caps;
    TRY(caps_open(filled.per_address_max, config->allow, config->crowds, &caps, f));
    struct http_server *s = mem_new(sizeof *s);
    s->config = filled;
    s->caps = caps;
    s->wake_fd = -1;
    s->knows_layout = strcmp(MHD_get_version(), "0.9.75") == 0;
    s->references = 1;
    s->deadlines = deadlines_open();
    pthread_mutex_init(&s->lock, NULL);
    const err e = start_threads(s, f);
    if (e.code != ERR_OK) {
        server_drop(s);
        return e;
    }
    *out = s;
    return OK;
}

static void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = POLL_STOP_MS * 1000000L}, NULL);
}

static void wait_until_answered(const struct http_server *s, int64_t until_ms)
{
    while (atomic_load(&s->open) > 0 && clock_mono_ms() < until_ms) {
        nap();
    }
}

/* Whether the handler is done for good, once no exchange begins any more. When none was running, none comes
 * in; when all that were in have their answer, those that still run have been running since before. */
static bool handler_over(const struct http_server *s)
{
    const bool none_enters = atomic_load(&s->busy) == 0;
    const bool all_answered = none_enters && atomic_load(&s->inside) == 0 && atomic_load(&s->parked) == 0;
    return all_answered && atomic_load(&s->busy) == 0;
}

/* The library aborts when it is stopped with a parked connection, so that none may be left, and none begin;
 * and who was resumed has yet to be called once more. */
static void resume_all(struct http_server *s)
{
    atomic_store(&s->closing, true);
    while (!handler_over(s)) {
        deadlines_pass(s->deadlines, on_park_over);
        nap();
    }
}

/* A connection that was kept alive may just now carry a request, and a new one its first: closed at once,
 * both would see it reset. A moment later most have been answered, and closed by that. */
static void wait_until_owed_nothing(const struct http_server *s, int64_t now_ms, int64_t drain_ms)
{
    while ((atomic_load(&s->live) > 0 && clock_mono_ms() < now_ms + LINGER_MS) ||
           (atomic_load(&s->owed) > 0 && clock_mono_ms() < now_ms + drain_ms)) {
        nap();
    }
}

void http_quiesce(struct http_server *s, int64_t drain_ms, bool followed)
{
    if (s == NULL || s->quieted) {
        return;
    }
    s->quieted = true;
    s->followed = followed;
    atomic_store(&s->quiet, true);
    CHECK(eventfd_write(s->wake_fd, 1) == 0);
    pthread_join(s->acceptor, NULL);
    wait_until_owed_nothing(s, clock_mono_ms(), drain_ms);
    s->cut_off = atomic_load(&s->parked) > 0;
    resume_all(s);
}

void http_stop(struct http_server *s, int64_t drain_ms)
{
    if (s == NULL) {
        return;
    }
    const int64_t began_ms = clock_mono_ms();
    http_quiesce(s, drain_ms, false);
    while (s->followed && atomic_load(&s->live) > 0 && clock_mono_ms() < began_ms + LATE_MS) {
        nap();
    }
    wait_until_answered(s, began_ms + drain_ms);
    if (s->cut_off) {
        wait_until_answered(s, clock_mono_ms() + STOP_GRACE_MS);
    }
    MHD_stop_daemon(s->daemon);
    while (s->newcomers != NULL) {
        forget_lost_newcomer(s, s->newcomers->fd);
    }
    deadlines_halt(s->deadlines);
    server_drop(s);
}

void http_stats(const struct http_server *s, struct http_stats *out)
{
    *out = (struct http_stats){
        .accepted = atomic_load(&s->accepted),
        .live = atomic_load(&s->live),
        .requests = atomic_load(&s->requests),
        .parked = atomic_load(&s->parked),
        .refused_head = atomic_load(&s->refused_head),
        .refused_cap = atomic_load(&s->refused_cap),
        .timed_out = atomic_load(&s->timed_out),
    };
}
