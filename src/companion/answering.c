/* answering.c: arguments, confinement, a loop. */
#include "answering.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "log.h"
#include "version.h"
#include "wire.h"

enum { EXIT_FINE = 0, EXIT_USAGE = 64, EXIT_MALFORMED = 65, EXIT_CONFIG = 78 };

struct companion {
    const struct companion_role *role;
    int fd;
    struct confine_report report;
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

static enum next answer(const struct companion *c, str packet)
{
    struct wire w;
    struct wire_ask_check ask;
    if (wire_open(packet, &w).code != ERR_OK) {
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

static int answer_all(const struct companion *c)
{
    static char packet[WIRE_MAX];
    enum next next = say_hello(c, 0) ? GO_ON : THE_END;
    while (next == GO_ON) {
        struct iovec into = {.iov_base = packet, .iov_len = sizeof packet};
        struct msghdr m = {.msg_iov = &into, .msg_iovlen = 1};
        const ssize_t n = recvmsg(c->fd, &m, MSG_CMSG_CLOEXEC);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return EXIT_FINE; /* the other side is gone */
        }
        next = (m.msg_flags & MSG_TRUNC) != 0 ? MALFORMED : answer(c, (str){packet, (size_t)n});
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
    enum confine_mode mode;
    if (argc > 1 && !arguments(argc, argv, &c.fd, &mode)) {
        return say(stderr, role->program, ": unknown argument; see --help", EXIT_USAGE);
    }
    if (argc < 2 || !is_ours(c.fd)) {
        return say(stderr, role->program, ": it is started by sunwai, not by hand", EXIT_CONFIG);
    }
    (void)signal(SIGPIPE, SIG_IGN);
    struct fail f = {0};
    if (chdir("/") != 0 || confine_enter(&role->plan, mode, &c.report, &f).code != ERR_OK) {
        return say(stderr, f.log, "", EXIT_CONFIG);
    }
    _exit(answer_all(&c)); /* nothing is left to be tidied, and little is allowed */
}
