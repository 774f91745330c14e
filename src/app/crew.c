/* crew.c: one thread, a socket for each companion. */
#include "crew.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "arena.h"
#include "clock.h"
#include "confine.h"
#include "crew_work.h"
#include "log.h"
#include "random.h"
#include "wire.h"

enum {
    ASK_EVERY_MS = 10 * 1000,
    ASK_SOON_MS = 500,
    CONFINED_BITS = 6,
    WORKER = 0,
    COURIER = 1,
    PACKETS_AT_ONCE = 8, /* more than one ever has to say */
    FLOOD_PAUSE_MS = 20  /* for those who wait for the mutex, and so that the log is not filled */
};

static const char *const crew_names[COMPANIONS] = {"worker", "courier"};

struct member {
    int fd;
    bool heard; /* since it was last asked */
    bool up, checked;
    uint32_t pid;    /* of the hello before; 0: none yet */
    uint32_t number; /* of the last question */
    int64_t starts, faults;
    int abi;
    unsigned done;
    struct wire_check check;
};

struct crew {
    struct member one[COMPANIONS];
    enum confine_mode confine;
    char key[PATH_MAX], database[PATH_MAX], folder[PATH_MAX];
    struct works *works; /* of the worker */
    int stop_fd;
    pthread_t thread;
    pthread_mutex_t mutex; /* over `one`, which the thread writes and others read */
};

static void packet_send(const struct member *m, const struct buf *packet)
{
    const bool sent =
        !packet->full && send(m->fd, packet->p, packet->n, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)packet->n;
    (void)sent; /* who did not take it will be found not to have answered */
}

static void ask_hello(struct member *m)
{
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    wire_ask_hello_put(&packet, ++m->number);
    packet_send(m, &packet);
}

static void ask_check(struct crew *c, struct member *m)
{
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    const struct wire_ask_check ask = {
        .key = str_of(c->key), .database = str_of(c->database), .folder = str_of(c->folder)};
    wire_ask_check_put(&packet, ++m->number, &ask);
    packet_send(m, &packet);
}

static void on_hello(struct crew *c, size_t which, const struct wire_hello *hello)
{
    struct member *m = &c->one[which];
    const bool another = hello->pid != m->pid;
    if (another && which == WORKER) {
        works_lost(c->works);
    }
    m->starts += another ? 1 : 0;
    m->checked = m->checked && !another;
    m->pid = hello->pid;
    m->abi = hello->abi;
    m->done = hello->done;
    m->up = true;
    m->heard = true;
    if (!m->checked) {
        ask_check(c, m);
    }
}

static void on_check(struct crew *c, size_t which, const struct wire_check *check)
{
    struct member *m = &c->one[which];
    m->check = *check;
    m->checked = true;
    m->heard = true;
    const bool proved = check->key != TRIED_DONE && check->database != TRIED_DONE &&
                        check->write != TRIED_DONE && check->run != TRIED_DONE &&
                        (which == COURIER || check->connect != TRIED_DONE);
    if (!proved && c->confine != CONFINE_OFF) {
        WARN("confine.companion_is_not", log_text("name", str_of(crew_names[which])),
             log_i64("key", check->key), log_i64("database", check->database), log_i64("write", check->write),
             log_i64("connect", check->connect), log_i64("run", check->run));
    }
}

static err on_packet(struct crew *c, size_t which, str packet)
{
    struct wire w;
    struct wire_hello hello;
    struct wire_check check;
    TRY(wire_open(packet, &w));
    if (w.kind == WIRE_WORK && which == WORKER) {
        return works_hear(c->works, &w);
    }
    const bool asked = w.number == c->one[which].number;
    if (w.kind == WIRE_HELLO) {
        TRY(wire_hello_get(&w, &hello));
        if (asked || w.number == 0) {
            on_hello(c, which, &hello);
        }
        return OK;
    }
    TRY(wire_check_get(&w, &check)); /* nothing else is an answer */
    if (asked) {
        on_check(c, which, &check);
    }
    return OK;
}

static void on_fault(struct crew *c, size_t which)
{
    struct member *m = &c->one[which];
    m->faults++;
    m->up = false;
    m->checked = false;
    if (which == WORKER) {
        works_lost(c->works);
    }
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    wire_end_put(&packet);
    packet_send(m, &packet);
    ERROR("companion.malformed_answer", log_text("name", str_of(crew_names[which])));
}

/* False: it says more than it was asked, or what is malformed, and is heard again after a pause: pages wait
 * for the mutex. */
static bool take_packets(struct crew *c, size_t which)
{
    struct member *m = &c->one[which];
    char packet[WIRE_MAX];
    for (int i = 0; i < PACKETS_AT_ONCE; i++) {
        struct iovec into = {.iov_base = packet, .iov_len = sizeof packet};
        struct msghdr message = {.msg_iov = &into, .msg_iovlen = 1};
        const ssize_t n = recvmsg(m->fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return true;
        }
        const bool cut = (message.msg_flags & MSG_TRUNC) != 0;
        if (cut || on_packet(c, which, (str){packet, (size_t)n}).code != ERR_OK) {
            on_fault(c, which);
            return false;
        }
    }
    return false;
}

/* Who did not answer the last question is down; everybody is asked again. */
static void ask_all(struct crew *c)
{
    for (size_t i = 0; i < COMPANIONS; i++) {
        struct member *m = &c->one[i];
        if (m->fd >= 0) {
            m->up = m->up && m->heard;
            m->heard = false;
            ask_hello(m);
        }
    }
}

static bool all_well(const struct crew *c)
{
    for (size_t i = 0; i < COMPANIONS; i++) {
        if (c->one[i].fd >= 0 && !(c->one[i].up && c->one[i].checked)) {
            return false;
        }
    }
    return true;
}

static void *speak(void *arg)
{
    struct crew *c = arg;
    int64_t ask_ms = clock_mono_ms() + ASK_SOON_MS;
    for (;;) {
        struct pollfd polled[COMPANIONS + 1] = {{.fd = c->stop_fd, .events = POLLIN}};
        for (size_t i = 0; i < COMPANIONS; i++) {
            polled[i + 1] = (struct pollfd){.fd = c->one[i].fd, .events = POLLIN};
        }
        const int64_t left = ask_ms - clock_mono_ms();
        if (poll(polled, COMPANIONS + 1, left > 0 ? (int)left : 0) > 0 && polled[0].revents != 0) {
            return NULL;
        }
        bool calm = true;
        (void)pthread_mutex_lock(&c->mutex);
        for (size_t i = 0; i < COMPANIONS; i++) {
            if (polled[i + 1].revents != 0) {
                calm = take_packets(c, i) && calm;
            }
        }
        if (clock_mono_ms() >= ask_ms) {
            ask_all(c);
            ask_ms = clock_mono_ms() + (all_well(c) ? ASK_EVERY_MS : ASK_SOON_MS);
        }
        (void)pthread_mutex_unlock(&c->mutex);
        const struct timespec pause = {.tv_nsec = FLOOD_PAUSE_MS * 1000000L};
        (void)(calm || nanosleep(&pause, NULL) == 0);
    }
}

/* The companions stand elsewhere: what they are to try needs its whole path. */
static bool paths_of(struct crew *c, const char *dir)
{
    if (realpath(dir, c->folder) == NULL) {
        return false;
    }
    const int key = snprintf(c->key, sizeof c->key, "%s/key", c->folder);
    const int database = snprintf(c->database, sizeof c->database, "%s/sunwai.db", c->folder);
    return key > 0 && key < PATH_MAX && database > 0 && database < PATH_MAX;
}

static void crew_free(struct crew *c)
{
    for (size_t i = 0; i < COMPANIONS; i++) {
        if (c->one[i].fd >= 0) {
            (void)close(c->one[i].fd);
        }
    }
    if (c->stop_fd >= 0) {
        (void)close(c->stop_fd);
    }
    works_close(c->works);
    (void)pthread_mutex_destroy(&c->mutex);
    mem_free(c);
}

struct crew *crew_open(const int fds[COMPANIONS], const struct config *config)
{
    struct crew *c = mem_new(sizeof *c);
    c->confine = config->confine;
    for (size_t i = 0; i < COMPANIONS; i++) {
        /* A number that an answer to the web process before this one does not have. */
        c->one[i] = (struct member){.fd = fds[i], .number = random_below(INT32_MAX) + 1};
        (void)(fds[i] >= 0 && fcntl(fds[i], F_SETFD, FD_CLOEXEC));
        if (fds[i] >= 0) {
            ask_hello(&c->one[i]);
        }
    }
    (void)pthread_mutex_init(&c->mutex, NULL);
    c->works = works_open(fds[WORKER]);
    c->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (c->stop_fd < 0 || !paths_of(c, config->data)) {
        WARN("companion.no_thread", log_i64("errno", errno));
        crew_free(c);
        return NULL;
    }
    const int why = pthread_create(&c->thread, NULL, speak, c);
    if (why != 0) {
        WARN("companion.no_thread", log_i64("errno", why));
        crew_free(c);
        return NULL;
    }
    return c;
}

void crew_close(struct crew *c)
{
    if (c == NULL) {
        return;
    }
    const uint64_t one = 1;
    (void)(write(c->stop_fd, &one, sizeof one) ==
           (ssize_t)sizeof one); /* it can only fail when it is set already */
    (void)pthread_join(c->thread, NULL);
    crew_free(c);
}

static struct member member_of(struct crew *c, size_t which)
{
    if (c == NULL) {
        return (struct member){.fd = -1};
    }
    (void)pthread_mutex_lock(&c->mutex);
    const struct member m = c->one[which];
    (void)pthread_mutex_unlock(&c->mutex);
    return m;
}

enum crew_state crew_state(struct crew *c, size_t which)
{
    const struct member m = member_of(c, which);
    if (m.fd < 0) {
        return CREW_MISSING;
    }
    return m.up ? CREW_UP : CREW_DOWN;
}

err crew_work(void *crew, enum work_kind kind, str input, struct work_done *out)
{
    struct crew *c = crew;
    return works_do(c->works, crew_state(c, WORKER) == CREW_UP, kind, input, out);
}

const char *crew_name(size_t which)
{
    return crew_names[which];
}

const char *crew_state_name(enum crew_state s)
{
    static const char *const state_names[] = {"missing", "down", "up"};
    return state_names[s];
}

/* ---- metrics ---- */

static void put_confined(struct buf *out, const char *process, unsigned done)
{
    for (unsigned i = 0; i < CONFINED_BITS; i++) {
        char name[16];
        confine_names(1U << i, name, sizeof name);
        buf_printf(out, "sunwai_confined{process=\"%s\",what=\"%s\"} %d\n", process, name,
                   (done >> i & 1U) != 0);
    }
}

/* What was not there to be tried proves nothing, and has no line. */
static void put_refused(struct buf *out, const char *process, const char *what, unsigned tried)
{
    if (tried != TRIED_ABSENT) {
        buf_printf(out, "sunwai_confine_refused{process=\"%s\",what=\"%s\"} %d\n", process, what,
                   tried == TRIED_REFUSED);
    }
}

void crew_put_states(struct crew *c, struct buf *out)
{
    struct member m[COMPANIONS];
    buf_put(out, S("# TYPE sunwai_companion_up gauge\n"));
    for (size_t i = 0; i < COMPANIONS; i++) {
        m[i] = member_of(c, i);
        buf_printf(out, "sunwai_companion_up{name=\"%s\"} %d\n", crew_names[i], m[i].fd >= 0 && m[i].up);
    }
    buf_put(out, S("# TYPE sunwai_companion_starts_total counter\n"));
    for (size_t i = 0; i < COMPANIONS; i++) {
        buf_printf(out, "sunwai_companion_starts_total{name=\"%s\"} %lld\n", crew_names[i],
                   (long long)m[i].starts);
    }
    buf_put(out, S("# TYPE sunwai_companion_faults_total counter\n"));
    for (size_t i = 0; i < COMPANIONS; i++) {
        buf_printf(out, "sunwai_companion_faults_total{name=\"%s\"} %lld\n", crew_names[i],
                   (long long)m[i].faults);
    }
}

void crew_put_confined(struct crew *c, const struct confine_tries *own, struct buf *out)
{
    buf_put(out, S("# TYPE sunwai_confined gauge\n"));
    put_confined(out, "web", own->report.done);
    for (size_t i = 0; i < COMPANIONS; i++) {
        const struct member m = member_of(c, i);
        if (m.up) {
            put_confined(out, crew_names[i], m.done);
        }
    }
}

void crew_put_refused(struct crew *c, const struct confine_tries *own, struct buf *out)
{
    buf_put(out, S("# TYPE sunwai_confine_refused gauge\n"));
    put_refused(out, "web", "read", own->read);
    put_refused(out, "web", "write", own->write);
    put_refused(out, "web", "connect", own->connect);
    put_refused(out, "web", "run", own->run);
    for (size_t i = 0; i < COMPANIONS; i++) {
        const struct member m = member_of(c, i);
        if (m.up && m.checked) {
            put_refused(out, crew_names[i], "key", m.check.key);
            put_refused(out, crew_names[i], "database", m.check.database);
            put_refused(out, crew_names[i], "write", m.check.write);
            put_refused(out, crew_names[i], "connect", m.check.connect);
            put_refused(out, crew_names[i], "run", m.check.run);
        }
    }
}
