#include "piecework.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"

/* Beside pages that people wait for, a picture can wait. */
enum { NICE = 10, PROCESSOR_SECONDS = 10, MS = 1000, ROOM_MAX = WIRE_MADE_MAX + 4096 };

void pieces_open(struct pieces *p)
{
    for (size_t i = 0; i < PIECES_AT_ONCE; i++) {
        p->one[i] = (struct piece){.pidfd = -1, .pipe = -1};
    }
}

/* ---- in the child ---- */

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

static void limits_lower(void)
{
    const struct rlimit seconds = {PROCESSOR_SECONDS, PROCESSOR_SECONDS};
    const struct rlimit bytes = {ROOM_MAX, ROOM_MAX};
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)setrlimit(RLIMIT_CPU, &seconds);
    (void)setrlimit(RLIMIT_FSIZE, &bytes);
    (void)setpriority(PRIO_PROCESS, 0, NICE);
}

/* Nothing of the companion's but its input, room and pipe. */
static void let_go(const struct pieces *p, int own_socket)
{
    (void)close(own_socket);
    for (size_t i = 0; i < PIECES_AT_ONCE; i++) {
        if (p->one[i].pipe >= 0) {
            (void)close(p->one[i].pipe);
            (void)close(p->one[i].pidfd);
        }
    }
}

static struct wire_work work_done(const struct companion_role *role, const struct wire_ask_work *ask,
                                  int input_fd, int room_fd)
{
    struct companion_made made = {0};
    struct wire_work answer = {.why = WHY_BROKEN};
    const char *p = mmap(NULL, ask->input_n, PROT_READ, MAP_PRIVATE, input_fd, 0);
    if (p == MAP_FAILED) {
        return answer;
    }
    for (size_t i = 0; i < WIRE_MADE; i++) {
        made.made[i] = buf_new(WIRE_MADE_MAX);
    }
    answer.why = (uint8_t)role->work((enum wire_task)ask->task, (str){p, ask->input_n}, &made);
    if (answer.why != WHY_FINE) {
        return answer;
    }
    if (made.made[0].full || made.made[1].full || made.made[0].n + made.made[1].n > WIRE_MADE_MAX) {
        return (struct wire_work){.why = WHY_TOO_BIG};
    }
    for (size_t i = 0; i < WIRE_MADE; i++) {
        answer.made_n[i] = (uint32_t)made.made[i].n;
        if (!all_written(room_fd, buf_str(&made.made[i]))) {
            return (struct wire_work){.why = WHY_TOO_BIG};
        }
    }
    answer.a = made.a;
    answer.b = made.b;
    return answer;
}

/* The walls of the parent stand; what it needed to have children goes. */
static _Noreturn void child(const struct companion_role *role, enum confine_mode mode,
                            const struct wire_ask_work *ask, int input_fd, int room_fd, int pipe)
{
    limits_lower();
    if (mode != CONFINE_OFF && !confine_child() && mode == CONFINE_REQUIRED) {
        _exit(EXIT_FAILURE);
    }
    const struct wire_work answer = work_done(role, ask, input_fd, room_fd);
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX_WORK);
    wire_work_put(&packet, 0, &answer);
    _exit(!packet.full && all_written(pipe, buf_str(&packet)) ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* ---- in the companion ---- */

static struct piece *free_hand(struct pieces *p)
{
    for (size_t i = 0; i < PIECES_AT_ONCE; i++) {
        if (p->one[i].pipe < 0) {
            return &p->one[i];
        }
    }
    return NULL;
}

/* As long as it says, and nobody can shorten it while it is read. */
static bool input_whole(int fd, uint32_t n)
{
    const int seals = fcntl(fd, F_GET_SEALS);
    return lseek(fd, 0, SEEK_END) == (off_t)n && seals >= 0 && (seals & F_SEAL_SHRINK) != 0 &&
           (seals & F_SEAL_WRITE) != 0;
}

bool piece_begin(struct pieces *p, const struct companion_role *role, enum confine_mode mode, int own_socket,
                 const struct wire_ask_work *ask, uint32_t number, int input_fd, int room_fd)
{
    struct piece *one = free_hand(p);
    int ends[2];
    if (one == NULL || !input_whole(input_fd, ask->input_n) || pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
    int pidfd = -1;
    const long pid = syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, NULL, &pidfd, NULL, NULL);
    if (pid == 0) {
        (void)close(ends[0]);
        let_go(p, own_socket);
        child(role, mode, ask, input_fd, room_fd, ends[1]);
    }
    (void)close(ends[1]);
    if (pid < 0) {
        (void)close(ends[0]);
        return false;
    }
    *one = (struct piece){.pidfd = pidfd,
                          .pipe = ends[0],
                          .number = number,
                          .until_ms = clock_mono_ms() + (int64_t)PIECE_SECONDS * MS};
    return true;
}

void piece_end(struct piece *one)
{
    siginfo_t how;
    (void)syscall(SYS_pidfd_send_signal, one->pidfd, SIGKILL, NULL, 0);
    while (waitid(P_PIDFD, (id_t)one->pidfd, &how, WEXITED) != 0 && errno == EINTR) {
    }
    (void)close(one->pidfd);
    (void)close(one->pipe);
    *one = (struct piece){.pidfd = -1, .pipe = -1};
}

/* Past its processor time or its memory it is too big; anything else that ends it was broken. */
static struct wire_work as_it_ended(struct piece *one)
{
    siginfo_t how = {0};
    (void)syscall(SYS_pidfd_send_signal, one->pidfd, SIGKILL, NULL, 0); /* who ended knows it no more */
    while (waitid(P_PIDFD, (id_t)one->pidfd, &how, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    const bool killed = how.si_code == CLD_KILLED || how.si_code == CLD_DUMPED;
    const bool time_over = killed && (how.si_status == SIGXCPU || how.si_status == SIGKILL);
    WARN("worker.piece_ended", log_i64("signal", killed ? how.si_status : 0),
         log_i64("exit", killed ? -1 : how.si_status));
    const bool no_memory = killed && how.si_status == SIGABRT;
    return (struct wire_work){.why = time_over ? WHY_TOO_LONG : no_memory ? WHY_TOO_BIG : WHY_BROKEN};
}

bool piece_hear(struct piece *one, struct wire_work *out)
{
    const ssize_t n = read(one->pipe, one->said + one->said_n, sizeof one->said - one->said_n);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) {
        return false;
    }
    if (n > 0) {
        one->said_n += (size_t)n;
        if (one->said_n < sizeof one->said) {
            return false; /* its end says that it was all */
        }
    }
    struct wire w;
    struct wire_work answer;
    const bool whole = wire_open((str){one->said, one->said_n}, &w).code == ERR_OK &&
                       wire_work_get(&w, &answer).code == ERR_OK && answer.why != WHY_BUSY;
    *out = whole ? answer : as_it_ended(one);
    return true;
}

bool piece_late(const struct piece *one, int64_t now_ms)
{
    return one->pipe >= 0 && now_ms >= one->until_ms;
}
