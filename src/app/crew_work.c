#include "crew_work.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "clock.h"
#include "log.h"
#include "random.h"
#include "sniff.h"

enum { AT_ONCE = 2, READ_BYTES = 64 * 1024, FDS = 2, NS_OF_MS = 1000000, MS_OF_S = 1000 };
/* Apart from the numbers of the crew's other questions. */
#define WORK_NUMBERS 0x80000000U

/* One vocabulary, said twice because neither floor sees the other. */
_Static_assert((int)WORK_IMAGE == (int)TASK_IMAGE && (int)WORK_GRID == (int)TASK_GRID &&
                   (int)WORK_KINDS == (int)WIRE_TASKS,
               "kinds of work");
_Static_assert((int)WORK_BROKEN == (int)WHY_BROKEN && (int)WORK_TOO_BIG == (int)WHY_TOO_BIG &&
                   (int)WORK_TOO_LONG == (int)WHY_TOO_LONG && (int)WORK_ACTIVE == (int)WHY_ACTIVE &&
                   (int)WORK_WHYS == (int)WHY_BUSY,
               "reasons");
_Static_assert((int)WORK_INPUT_MAX == (int)WIRE_INPUT_MAX && (int)WORK_MADE_MAX == (int)WIRE_MADE_MAX,
               "bounds");

struct hand {
    uint32_t number; /* 0: free */
    bool answered, lost;
    struct wire_work answer;
};

struct works {
    int fd;
    uint32_t last;
    struct hand hands[AT_ONCE];
    pthread_mutex_t mutex;
    pthread_cond_t moved;
};

struct works *works_open(int fd)
{
    struct works *w = mem_new(sizeof *w);
    w->fd = fd;
    /* What the web process before this one asked may still be answered: the socket outlives both. */
    w->last = random_below(WORK_NUMBERS - 1);
    pthread_condattr_t monotonic;
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&w->mutex, NULL);
    (void)pthread_cond_init(&w->moved, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    return w;
}

void works_close(struct works *w)
{
    if (w != NULL) {
        (void)pthread_cond_destroy(&w->moved);
        (void)pthread_mutex_destroy(&w->mutex);
        mem_free(w);
    }
}

/* ---- heard by the crew's thread ---- */

err works_hear(struct works *w, const struct wire *answer)
{
    struct wire_work said;
    TRY(wire_work_get(answer, &said));
    (void)pthread_mutex_lock(&w->mutex);
    for (size_t i = 0; i < AT_ONCE; i++) {
        struct hand *h = &w->hands[i];
        if (h->number == answer->number && h->number != 0 && !h->answered) {
            h->answer = said;
            h->answered = true;
        }
    }
    (void)pthread_cond_broadcast(&w->moved);
    (void)pthread_mutex_unlock(&w->mutex);
    return OK;
}

void works_lost(struct works *w)
{
    (void)pthread_mutex_lock(&w->mutex);
    for (size_t i = 0; i < AT_ONCE; i++) {
        w->hands[i].lost = w->hands[i].number != 0;
    }
    (void)pthread_cond_broadcast(&w->moved);
    (void)pthread_mutex_unlock(&w->mutex);
}

/* ---- what goes and what comes ---- */

static bool all_written(int fd, str s)
{
    while (s.n > 0) {
        const ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        s = str_sub(s, (size_t)n, s.n);
    }
    return true;
}

/* A copy that nobody can change any more. */
static int input_of(str input)
{
    const int fd = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    if (fd >= 0 && all_written(fd, input) && fcntl(fd, F_ADD_SEALS, seals) == 0) {
        return fd;
    }
    WARN("work.no_memory", log_i64("errno", errno));
    if (fd >= 0) {
        (void)close(fd);
    }
    return -1;
}

static bool question_send(int fd, enum work_kind kind, str input, uint32_t number, const int fds[FDS])
{
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    const struct wire_ask_work ask = {.task = (uint8_t)kind, .input_n = (uint32_t)input.n};
    wire_ask_work_put(&packet, number, &ask);
    union {
        struct cmsghdr aligned;
        char bytes[CMSG_SPACE(FDS * sizeof(int))];
    } company = {0};
    struct iovec from = {.iov_base = packet.p, .iov_len = packet.n};
    struct msghdr m = {.msg_iov = &from,
                       .msg_iovlen = 1,
                       .msg_control = company.bytes,
                       .msg_controllen = sizeof company.bytes};
    struct cmsghdr *h = CMSG_FIRSTHDR(&m);
    h->cmsg_level = SOL_SOCKET;
    h->cmsg_type = SCM_RIGHTS;
    h->cmsg_len = CMSG_LEN(FDS * sizeof(int));
    memcpy(CMSG_DATA(h), fds, FDS * sizeof(int));
    return sendmsg(fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)packet.n;
}

/* By reading, not by looking into it: should it be cut meanwhile, that is a short read and no signal. */
static bool made_read(int room, off_t at, uint32_t n, struct buf *out)
{
    char *bytes = mem_new(READ_BYTES);
    *out = buf_new(WORK_MADE_MAX);
    bool fine = true;
    while (fine && out->n < n) {
        const size_t left = n - out->n;
        const ssize_t got = pread(room, bytes, left < READ_BYTES ? left : READ_BYTES, at + (off_t)out->n);
        fine = got > 0;
        buf_put(out, (str){bytes, fine ? (size_t)got : 0});
    }
    mem_free(bytes);
    return fine;
}

/* A worker that was taken over could hand back anything: at least it is what was asked for. */
static bool made_as_asked(enum work_kind kind, const struct work_done *d)
{
    static const enum sniffed wanted[WORK_KINDS] = {[WORK_IMAGE] = SNIFF_JPEG,
                                                    [WORK_SOUND] = SNIFF_WEBM,
                                                    [WORK_PDF] = SNIFF_PDF,
                                                    [WORK_PAPER_PDF] = SNIFF_PDF};
    const bool first = wanted[kind] == SNIFF_OTHER || sniff(buf_str(&d->made[0])) == wanted[kind];
    return first && d->made[0].n > 0 && (kind != WORK_IMAGE || sniff(buf_str(&d->made[1])) == SNIFF_JPEG);
}

static err made_take(enum work_kind kind, const struct wire_work *answer, int room, struct work_done *out)
{
    struct work_done d = {.a = answer->a, .b = answer->b};
    off_t at = 0;
    bool fine = true;
    for (size_t i = 0; i < WIRE_MADE && fine; i++) {
        fine = made_read(room, at, answer->made_n[i], &d.made[i]);
        at += (off_t)answer->made_n[i];
    }
    if (!fine || !made_as_asked(kind, &d)) {
        work_free(&d);
        ERROR("work.not_as_asked", log_i64("kind", kind));
        out->why = WORK_BROKEN;
        return FAIL(INVALID);
    }
    *out = d;
    return OK;
}

/* ---- waiting ---- */

static bool wait_until(struct works *w, int64_t until_ms)
{
    const struct timespec until = {.tv_sec = until_ms / MS_OF_S, .tv_nsec = until_ms % MS_OF_S * NS_OF_MS};
    return pthread_cond_timedwait(&w->moved, &w->mutex, &until) == 0;
}

/* A free hand, waited for; NULL when there is none in time. */
static struct hand *hand_take(struct works *w, int64_t until_ms)
{
    struct hand *free_one = NULL;
    (void)pthread_mutex_lock(&w->mutex);
    do {
        for (size_t i = 0; i < AT_ONCE && free_one == NULL; i++) {
            free_one = w->hands[i].number == 0 ? &w->hands[i] : NULL;
        }
    } while (free_one == NULL && wait_until(w, until_ms));
    if (free_one != NULL) {
        w->last = w->last + 1 < WORK_NUMBERS ? w->last + 1 : 1;
        *free_one = (struct hand){.number = WORK_NUMBERS | w->last};
    }
    (void)pthread_mutex_unlock(&w->mutex);
    return free_one;
}

/* The answer; WHY_BUSY when none came. The hand is free again. */
static struct wire_work hand_wait(struct works *w, struct hand *h, bool asked, int64_t until_ms)
{
    struct wire_work answer = {.why = WHY_BUSY};
    (void)pthread_mutex_lock(&w->mutex);
    while (asked && !h->answered && !h->lost && wait_until(w, until_ms)) {
    }
    if (h->answered) {
        answer = h->answer;
    }
    *h = (struct hand){0};
    (void)pthread_cond_broadcast(&w->moved);
    (void)pthread_mutex_unlock(&w->mutex);
    return answer;
}

static err ask(struct works *w, enum work_kind kind, str input, const int fds[FDS], struct work_done *out)
{
    const int64_t until_ms = clock_mono_ms() + WORK_WAIT_MS;
    struct hand *h = hand_take(w, until_ms);
    if (h == NULL) {
        return FAIL(BUSY);
    }
    const bool asked = question_send(w->fd, kind, input, h->number, fds);
    const struct wire_work answer = hand_wait(w, h, asked, until_ms);
    if (answer.why == WHY_BUSY) {
        return FAIL(BUSY);
    }
    if (answer.why != WHY_FINE) {
        out->why = (enum work_why)answer.why;
        return FAIL(INVALID);
    }
    return made_take(kind, &answer, fds[1], out);
}

err works_do(struct works *w, bool up, enum work_kind kind, str input, struct work_done *out)
{
    if (!up || input.n == 0) {
        return up ? FAIL(INVALID) : FAIL(BUSY);
    }
    const int fds[FDS] = {input_of(input), memfd_create("room", MFD_CLOEXEC)};
    const err e = fds[0] >= 0 && fds[1] >= 0 ? ask(w, kind, input, fds, out) : FAIL(BUSY);
    for (size_t i = 0; i < FDS; i++) {
        if (fds[i] >= 0) {
            (void)close(fds[i]);
        }
    }
    return e;
}
