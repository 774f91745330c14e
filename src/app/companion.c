/* companion.c: fork and exec with nothing but a socket, before there is any thread. */
#include "companion.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "log.h"

enum {
    PAUSE_FIRST_MS = 100,
    PAUSE_MAX_MS = 60 * 1000,
    STEADY_MS = 60 * 1000,
    END_TRIES = 250,
    SOCKET_FD = 3
};

static const struct {
    const char *name;
    char program[16];
    char flag[12]; /* of the web process */
} names[COMPANIONS] = {{"worker", "sunwai-worker", "--worker"}, {"courier", "sunwai-courier", "--courier"}};

bool program_folder(char *out, size_t size)
{
    const ssize_t n = readlink("/proc/self/exe", out, size - 1);
    if (n <= 0) {
        return false;
    }
    out[n] = '\0';
    char *slash = strrchr(out, '/');
    if (slash == NULL) {
        return false;
    }
    *(slash == out ? slash + 1 : slash) = '\0';
    return true;
}

static void one_open(struct companion *one, size_t i, const char *folder)
{
    *one = (struct companion){.web_fd = -1, .own_fd = -1};
    const int n = snprintf(one->path, sizeof one->path, "%s/%s", folder, names[i].program);
    int pair[2];
    if (n < 0 || n >= COMPANION_PATH || access(one->path, X_OK) != 0) {
        CLI_COMPLAIN(MSG_CLI_COMPANION_MISSING, CLI_ARG("path", str_of(one->path)),
                     CLI_ARG("name", str_of(names[i].name)));
        return;
    }
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        WARN("companion.no_socket", log_i64("errno", errno));
        return;
    }
    one->web_fd = pair[0];
    one->own_fd = pair[1];
    (void)snprintf(one->web_fd_text, sizeof one->web_fd_text, "%d", pair[0]);
}

void companions_open(struct companions *c, const char *folder, enum confine_mode confine)
{
    c->confine = confine;
    for (size_t i = 0; i < COMPANIONS; i++) {
        one_open(&c->one[i], i, folder);
    }
}

void companions_open_worker(struct companions *c, const char *folder, enum confine_mode confine)
{
    *c = (struct companions){.confine = confine};
    for (size_t i = 0; i < COMPANIONS; i++) {
        c->one[i] = (struct companion){.web_fd = -1, .own_fd = -1};
    }
    one_open(&c->one[0], 0, folder);
}

static bool is_there(const struct companion *one)
{
    return one->own_fd >= 0;
}

/* In the child: only async-signal-safe calls up to exec. It gets a socket, standard error and, of the
 * environment, nothing: there may be passwords in it. */
static _Noreturn void one_exec(const struct companion *one, char *const *argv, char *const *environment,
                               pid_t parent)
{
    sigset_t none;
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    const bool socket = dup2(one->own_fd, SOCKET_FD) == SOCKET_FD && fcntl(SOCKET_FD, F_SETFD, 0) == 0;
    const int null = open("/dev/null", O_RDWR);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || !socket || null < 0 ||
        dup2(null, 0) != 0 || dup2(null, 1) != 1 || close_range(SOCKET_FD + 1, ~0U, 0) != 0) {
        _exit(EXIT_AGAIN);
    }
    (void)execve(one->path, argv, environment);
    _exit(EXIT_CONFIG);
}

/* Sanitizers are told what to do by their own variables. */
static char **environment_of(char **out, size_t max)
{
    size_t n = 0;
    for (char **e = environ; *e != NULL && n + 1 < max; e++) {
        if (strncmp(*e, "ASAN_", 5) == 0 || strncmp(*e, "UBSAN_", 6) == 0 || strncmp(*e, "LSAN_", 5) == 0) {
            out[n++] = *e;
        }
    }
    out[n] = NULL;
    return out;
}

static void one_start(struct companion *one, size_t i, enum confine_mode confine)
{
    char program[sizeof names[i].program];
    char fd_flag[] = "--fd";
    char fd[] = "3";
    char confine_flag[] = "--confine";
    char mode[16];
    (void)snprintf(program, sizeof program, "%s", names[i].program);
    (void)snprintf(mode, sizeof mode, "%s", confine_mode_name(confine));
    char *const argv[] = {program, fd_flag, fd, confine_flag, mode, NULL};
    char *environment[8];
    const pid_t self = getpid();
    one->started_ms = clock_mono_ms();
    one->pause_ms = one->pause_ms == 0 ? PAUSE_FIRST_MS : one->pause_ms * 2;
    one->pause_ms = one->pause_ms < PAUSE_MAX_MS ? one->pause_ms : PAUSE_MAX_MS;
    const pid_t child = fork();
    if (child == 0) {
        one_exec(one, argv, environment_of(environment, sizeof environment / sizeof environment[0]), self);
    }
    one->pid = child > 0 ? child : 0;
    one->again_ms = one->started_ms + one->pause_ms; /* when it could not be started */
}

static void one_look(struct companion *one, size_t i)
{
    int status;
    if (one->pid == 0 || waitpid(one->pid, &status, WNOHANG) != one->pid) {
        return;
    }
    const int64_t now = clock_mono_ms();
    if (now - one->started_ms >= STEADY_MS) {
        one->pause_ms = 0;
    }
    one->pid = 0;
    one->again_ms = now + one->pause_ms;
    if (one->asked_to_go) {
        one->asked_to_go = false;
        one->again_ms = now;
        return;
    }
    WARN("companion.ended", log_text("name", str_of(names[i].name)),
         log_i64("exit", WIFEXITED(status) ? WEXITSTATUS(status) : -1),
         log_i64("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
         log_i64("again_in_ms", one->pause_ms));
}

void companions_tend(struct companions *c)
{
    for (size_t i = 0; i < COMPANIONS; i++) {
        struct companion *one = &c->one[i];
        one_look(one, i);
        if (is_there(one) && one->pid == 0 && clock_mono_ms() >= one->again_ms) {
            one_start(one, i, c->confine);
        }
    }
}

void companions_renew(struct companions *c)
{
    for (size_t i = 0; i < COMPANIONS; i++) {
        struct companion *one = &c->one[i];
        if (one->pid > 0) {
            one->asked_to_go = kill(one->pid, SIGTERM) == 0;
        }
    }
}

int64_t companions_wait_ms(const struct companions *c)
{
    int64_t least = -1;
    for (size_t i = 0; i < COMPANIONS; i++) {
        const struct companion *one = &c->one[i];
        if (is_there(one) && one->pid == 0) {
            const int64_t left = one->again_ms - clock_mono_ms();
            const int64_t wait = left > 0 ? left : 0;
            least = least < 0 || wait < least ? wait : least;
        }
    }
    return least;
}

size_t companions_words(struct companions *c, char *out[])
{
    static char flags[COMPANIONS][sizeof names[0].flag];
    size_t n = 0;
    for (size_t i = 0; i < COMPANIONS; i++) {
        if (is_there(&c->one[i])) {
            memcpy(flags[i], names[i].flag, sizeof flags[i]);
            out[n++] = flags[i];
            out[n++] = c->one[i].web_fd_text;
        }
    }
    return n;
}

void companions_keep(const struct companions *c)
{
    for (size_t i = 0; i < COMPANIONS; i++) {
        if (is_there(&c->one[i])) {
            (void)fcntl(c->one[i].web_fd, F_SETFD, 0);
        }
    }
}

/* They hold nothing that would be lost; one that does not end when asked is killed. */
static void one_end(struct companion *one)
{
    const struct timespec nap = {.tv_nsec = 2 * 1000 * 1000};
    if (one->pid == 0) {
        return;
    }
    (void)kill(one->pid, SIGTERM);
    pid_t ended = 0;
    for (int i = 0; i < END_TRIES && ended == 0; i++) {
        (void)nanosleep(&nap, NULL);
        ended = waitpid(one->pid, NULL, WNOHANG);
    }
    if (ended == 0) {
        (void)kill(one->pid, SIGKILL);
        (void)waitpid(one->pid, NULL, 0);
    }
    one->pid = 0;
}

void companions_close(struct companions *c)
{
    for (size_t i = 0; i < COMPANIONS; i++) {
        one_end(&c->one[i]);
        if (is_there(&c->one[i])) {
            (void)close(c->one[i].web_fd);
            (void)close(c->one[i].own_fd);
        }
    }
}
