/* answering.c: arguments, confinement, a loop. */
#include "answering.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "piecework.h"
#include "version.h"
#include "wire.h"

enum { EXIT_FINE = 0, EXIT_USAGE = 64, EXIT_MALFORMED = 65, EXIT_CONFIG = 78 };

struct companion {
    const struct companion_role *role;
    int fd;
    enum confine_mode mode;
    struct confine_report report;
    struct pieces pieces;
};

static bool send_packet(const struct companion *c, const struct buf *packet)
{
    return !packet->full && send(c->fd, packet->p, packet->n, MSG_NOSIGNAL) == (ssize_t)packet->n;
}

static bool say_hello(const struct companion *c, uint32_t number)
{
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    const struct wire_hello hello = {.name = c->role->name,
                                     .version = S(SUNWAI_VERSION),
                                     .pid = (uint32_t)getpid(),
                                     .abi = (uint8_t)c->report.abi,
                                     .done = c->report.done};
    wire_hello_put(&packet, number, &hello);
    return send_packet(c, &packet);
}

static enum tried try_path(str path, enum tried (*try_it)(const char *path))
{
    char text[WIRE_TEXT_MAX + 1] = {0};
    memcpy(text, path.p, path.n); /* the codec has bounded it */
    return try_it(text);
}

static bool say_check(const struct companion *c, uint32_t number, const struct wire_ask_check *ask)
{
    const struct wire_check check = {.key = (uint8_t)try_path(ask->key, try_read),
                                     .database = (uint8_t)try_path(ask->database, try_read),
                                     .write = (uint8_t)try_path(ask->folder, try_write),
                                     .connect = (uint8_t)try_connect(),
                                     .run = (uint8_t)try_run()};
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    wire_check_put(&packet, number, &check);
    return send_packet(c, &packet);
}

enum next { GO_ON, THE_END, MALFORMED };
enum { TOLD_FDS = 2, LOOK_MS = 1000 };

/* A packet and what came with it. */
struct told {
    str packet;
    int fds[TOLD_FDS];
    size_t fds_n;
    bool cut;
};

static bool say_work(const struct companion *c, uint32_t number, const struct wire_work *answer)
{
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    wire_work_put(&packet, number, answer);
    return send_packet(c, &packet);
}

static enum next begin_work(struct companion *c, const struct wire *w, const struct told *t)
{
    static const struct wire_work not_now = {.why = WHY_BUSY};
    struct wire_ask_work ask;
    if (c->role->work == NULL || t->fds_n != TOLD_FDS || wire_ask_work_get(w, &ask).code != ERR_OK) {
        return MALFORMED;
    }
    const bool begun =
        piece_begin(&c->pieces, c->role, c->mode, c->fd, &ask, w->number, t->fds[0], t->fds[1]);
    return begun || say_work(c, w->number, &not_now) ? GO_ON : THE_END;
}

static enum next answer(struct companion *c, const struct told *t)
{
    struct wire w;
    struct wire_ask_check ask;
    if (t->cut || wire_open(t->packet, &w).code != ERR_OK) {
        return MALFORMED;
    }
    if (w.kind == WIRE_ASK_WORK) {
        return begin_work(c, &w, t);
    }
    if (t->fds_n > 0) {
        return MALFORMED;
    }
    if (w.kind == WIRE_END) {
        return THE_END;
    }
    if (w.kind == WIRE_ASK_HELLO) {
        return say_hello(c, w.number) ? GO_ON : THE_END;
    }
    if (wire_ask_check_get(&w, &ask).code != ERR_OK) {
        return MALFORMED; /* an answer, which nobody asked of us, is no question either */
    }
    return say_check(c, w.number, &ask) ? GO_ON : THE_END;
}

/* The descriptors that came with a packet; any other company makes it malformed. */
static void take_fds(struct msghdr *m, struct told *io)
{
    for (struct cmsghdr *h = CMSG_FIRSTHDR(m); h != NULL; h = CMSG_NXTHDR(m, h)) {
        const size_t n = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS || n > TOLD_FDS) {
            io->cut = true;
            continue;
        }
        memcpy(io->fds, CMSG_DATA(h), n * sizeof(int));
        io->fds_n = n;
    }
}

static enum next hear(struct companion *c)
{
    static char packet[WIRE_MAX];
    union {
        struct cmsghdr aligned;
        char bytes[CMSG_SPACE(TOLD_FDS * sizeof(int))];
    } company = {0};
    struct iovec into = {.iov_base = packet, .iov_len = sizeof packet};
    struct msghdr m = {.msg_iov = &into,
                       .msg_iovlen = 1,
                       .msg_control = company.bytes,
                       .msg_controllen = sizeof company.bytes};
    const ssize_t n = recvmsg(c->fd, &m, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) {
        return GO_ON;
    }
    if (n <= 0) {
        return THE_END; /* the other side is gone */
    }
    struct told t = {.packet = {packet, (size_t)n}, .cut = (m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0};
    take_fds(&m, &t);
    const enum next next = answer(c, &t);
    for (size_t i = 0; i < t.fds_n; i++) {
        (void)close(t.fds[i]);
    }
    return next;
}

/* A child that has answered, died or taken too long. */
static bool tend(struct companion *c, const struct pollfd *polled)
{
    static const struct wire_work too_long = {.why = WHY_TOO_LONG};
    bool said = true;
    for (size_t i = 0; i < PIECES_AT_ONCE; i++) {
        struct piece *one = &c->pieces.one[i];
        struct wire_work answer = too_long;
        const bool over =
            piece_late(one, clock_mono_ms()) || (one->pipe >= 0 && one->pipe == polled[i].fd &&
                                                 polled[i].revents != 0 && piece_hear(one, &answer));
        if (over) {
            const uint32_t number = one->number;
            piece_end(one);
            said = say_work(c, number, &answer) && said;
        }
    }
    return said;
}

static int answer_all(struct companion *c)
{
    enum next next = say_hello(c, 0) ? GO_ON : THE_END;
    while (next == GO_ON) {
        struct pollfd polled[PIECES_AT_ONCE + 1];
        bool any = false;
        for (size_t i = 0; i < PIECES_AT_ONCE; i++) {
            polled[i] = (struct pollfd){.fd = c->pieces.one[i].pipe, .events = POLLIN};
            any = any || polled[i].fd >= 0;
        }
        polled[PIECES_AT_ONCE] = (struct pollfd){.fd = c->fd, .events = POLLIN};
        (void)poll(polled, PIECES_AT_ONCE + 1, any ? LOOK_MS : -1);
        next = tend(c, polled) ? GO_ON : THE_END;
        if (next == GO_ON && polled[PIECES_AT_ONCE].revents != 0) {
            next = hear(c);
        }
    }
    if (next == MALFORMED) {
        ERROR("companion.malformed", log_text("name", c->role->name));
        return EXIT_MALFORMED;
    }
    return EXIT_FINE;
}

static bool is_ours(int fd)
{
    int type = 0;
    socklen_t n = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &n) == 0 && type == SOCK_SEQPACKET;
}

static bool arguments(int argc, char *argv[], int *out_fd, enum confine_mode *out_mode)
{
    int64_t fd = -1;
    if (argc != 5 || !str_eq(str_of(argv[1]), S("--fd")) || !str_i64(str_of(argv[2]), &fd) || fd < 0 ||
        fd > INT_MAX || !str_eq(str_of(argv[3]), S("--confine"))) {
        return false;
    }
    for (enum confine_mode m = CONFINE_TRY; m <= CONFINE_OFF; m++) {
        if (str_eq(str_of(argv[4]), str_of(confine_mode_name(m)))) {
            *out_fd = (int)fd;
            *out_mode = m;
            return true;
        }
    }
    return false;
}

static int say(FILE *to, const char *program, const char *words, int code)
{
    (void)fprintf(to, "%s%s\n", program, words);
    return code;
}

int companion_main(const struct companion_role *role, int argc, char *argv[])
{
    const str word = argc == 2 ? str_of(argv[1]) : STR_NONE;
    if (str_eq(word, S("--version"))) {
        return say(stdout, role->program, " " SUNWAI_VERSION, EXIT_FINE);
    }
    if (str_eq(word, S("--help"))) {
        (void)fputs("usage: ", stdout);
        return say(stdout, role->program, " --version | --help\nIt is started by sunwai, not by hand.",
                   EXIT_FINE);
    }
    struct companion c = {.role = role};
    pieces_open(&c.pieces);
    if (argc > 1 && !arguments(argc, argv, &c.fd, &c.mode)) {
        return say(stderr, role->program, ": unknown argument; see --help", EXIT_USAGE);
    }
    if (argc < 2 || !is_ours(c.fd)) {
        return say(stderr, role->program, ": it is started by sunwai, not by hand", EXIT_CONFIG);
    }
    (void)signal(SIGPIPE, SIG_IGN);
    struct fail f = {0};
    if (chdir("/") != 0 || confine_enter(&role->plan, c.mode, &c.report, &f).code != ERR_OK) {
        return say(stderr, f.log, "", EXIT_CONFIG);
    }
    _exit(answer_all(&c)); /* nothing is left to be tidied, and little is allowed */
}
