/* supervisor.c: one socket, one child, a loop that waits for signals. */
#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "companion.h"
#include "confinement.h"
#include "lock.h"
#include "log.h"

enum {
    CHILD_ARGS_MAX = 64,
    CHILD_ARGS_OWN = 8,
    STOP_MS = 10 * 1000, /* then the child is killed */
    BACK_OFF_FIRST_MS = 100,
    BACK_OFF_MAX_MS = 10 * 1000,
    STEADY_MS = 60 * 1000 /* who lived that long starts again at once */
};

struct supervisor {
    const char *dir;
    const struct sockets *sockets;
    int argc;
    char *const *argv;
    sigset_t signals;
    pid_t child;
    int ready_fd;       /* the child writes a byte when it accepts; -1 when read */
    int64_t started_ms; /* monotonic */
    int64_t back_off_ms;
    int64_t kill_ms; /* when a child that was asked to end is killed; 0: it was not asked */
    bool stopping;   /* do not start another */
    bool announced;
    bool must_open; /* at the first try: whoever gave the command is there to read why not */
    const struct config *config;
    struct confine_report confined;
    struct companions companions;
};

static bool keep_over_exec(int fd)
{
    const int flags = fcntl(fd, F_GETFD);
    return flags >= 0 && fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) == 0;
}

/* In the child: only async-signal-safe calls up to exec. */
static _Noreturn void child_exec(const struct supervisor *s, char *const *argv, int ready_fd, pid_t parent)
{
    (void)sigprocmask(SIG_UNBLOCK, &s->signals, NULL);
    /* The parent may be gone already, and then nobody sends the signal. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || !keep_over_exec(s->sockets->fd) ||
        (s->sockets->plain_fd >= 0 && !keep_over_exec(s->sockets->plain_fd)) || !keep_over_exec(ready_fd)) {
        _exit(EXIT_AGAIN);
    }
    companions_keep(&s->companions);
    (void)execv("/proc/self/exe", argv);
    _exit(EXIT_CONFIG);
}

static bool child_start(struct supervisor *s)
{
    int ready[2];
    if (pipe2(ready, O_CLOEXEC) != 0) {
        return false;
    }
    char fd_text[12];
    char ready_text[12];
    char plain_text[12];
    (void)snprintf(fd_text, sizeof fd_text, "%d", s->sockets->fd);
    (void)snprintf(plain_text, sizeof plain_text, "%d", s->sockets->plain_fd);
    (void)snprintf(ready_text, sizeof ready_text, "%d", ready[1]);
    char program[] = "sunwai";
    char web[] = "web";
    char fd_flag[] = "--fd";
    char ready_flag[] = "--ready";
    char plain_flag[] = "--plain-fd";
    char *argv[CHILD_ARGS_MAX] = {program,    web,        fd_flag,    fd_text,
                                  ready_flag, ready_text, plain_flag, plain_text};
    size_t n = CHILD_ARGS_OWN + companions_words(&s->companions, argv + CHILD_ARGS_OWN);
    for (int i = 0; i < s->argc && n + 1 < CHILD_ARGS_MAX; i++) {
        argv[n++] = s->argv[i];
    }
    const pid_t self = getpid();
    const pid_t child = fork();
    if (child == 0) {
        child_exec(s, argv, ready[1], self);
    }
    (void)close(ready[1]);
    if (child < 0) {
        (void)close(ready[0]);
        return false;
    }
    s->child = child;
    s->ready_fd = ready[0];
    s->started_ms = clock_mono_ms();
    s->kill_ms = 0;
    return true;
}

static void child_ask_to_end(struct supervisor *s)
{
    if (s->child > 0 && s->kill_ms == 0) {
        (void)kill(s->child, SIGTERM);
        s->kill_ms = clock_mono_ms() + STOP_MS;
    }
}

static void on_ready(struct supervisor *s)
{
    char byte;
    const bool accepts = read(s->ready_fd, &byte, 1) == 1;
    (void)close(s->ready_fd);
    s->ready_fd = -1;
    if (accepts) {
        lock_note(s->dir, str_of(s->sockets->url));
    }
    if (accepts && !s->announced) {
        s->announced = true;
        CLI_SAY(MSG_CLI_READY, CLI_ARG("url", str_of(s->sockets->url)));
        if (s->sockets->more[0] != '\0') {
            CLI_SAY(MSG_CLI_READY_MORE, CLI_ARG("urls", str_of(s->sockets->more)));
        }
        confinement_say(s->config, &s->confined);
    }
}

static void on_signal(struct supervisor *s, int signal)
{
    if (signal == SIGTERM || signal == SIGINT) {
        s->stopping = true;
        child_ask_to_end(s);
    }
    if (signal == SIGHUP) {
        child_ask_to_end(s);
    }
}

/* The child has ended. Says whether another is to be started; else *out_code is the program's. */
static bool child_ended(struct supervisor *s, int status, int *out_code)
{
    const bool asked = s->kill_ms != 0;
    const bool steady = clock_mono_ms() - s->started_ms >= STEADY_MS;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_AGAIN;
    s->child = 0;
    if (s->ready_fd >= 0) {
        (void)close(s->ready_fd);
        s->ready_fd = -1;
    }
    if (s->stopping) {
        *out_code = code == EXIT_AGAIN ? EXIT_FAILED : code;
        return false;
    }
    if ((code != EXIT_FINE && code != EXIT_AGAIN) || (code == EXIT_AGAIN && s->must_open && !s->announced)) {
        *out_code = code == EXIT_IN_USE ? EXIT_FAILED : code;
        return false;
    }
    if (asked || steady) {
        s->back_off_ms = 0;
        return true;
    }
    WARN("serve.web_ended", log_i64("exit", WIFEXITED(status) ? code : -1),
         log_i64("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
         log_i64("again_in_ms", s->back_off_ms));
    return true;
}

/* Waits for a signal or the child's word, at most until_ms from now (-1: for ever). */
static void wait_for_news(struct supervisor *s, int signal_fd, int64_t for_ms)
{
    companions_tend(&s->companions);
    const int64_t due = companions_wait_ms(&s->companions);
    for_ms = due >= 0 && (for_ms < 0 || due < for_ms) ? due : for_ms;
    struct pollfd polled[] = {{.fd = signal_fd, .events = POLLIN}, {.fd = s->ready_fd, .events = POLLIN}};
    if (poll(polled, 2, (int)for_ms) <= 0) {
        return;
    }
    if (polled[1].revents != 0) {
        on_ready(s);
    }
    struct signalfd_siginfo info;
    if (polled[0].revents != 0 && read(signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
        on_signal(s, (int)info.ssi_signo);
    }
}

static int64_t next_back_off(int64_t ms)
{
    const int64_t next = ms == 0 ? BACK_OFF_FIRST_MS : ms * 2;
    return next < BACK_OFF_MAX_MS ? next : BACK_OFF_MAX_MS;
}

/* Nobody is there: wait as long as it takes before another start, unless told to stop. */
static void pause_before_start(struct supervisor *s, int signal_fd)
{
    const int64_t until = clock_mono_ms() + s->back_off_ms;
    int64_t left = s->back_off_ms;
    while (left > 0 && !s->stopping) {
        wait_for_news(s, signal_fd, left);
        left = until - clock_mono_ms();
    }
    s->back_off_ms = next_back_off(s->back_off_ms);
}

static int supervise(struct supervisor *s, int signal_fd)
{
    for (;;) {
        if (s->child == 0) {
            pause_before_start(s, signal_fd);
            if (s->stopping) {
                return EXIT_FINE;
            }
            if (!child_start(s)) {
                ERROR("serve.fork_failed", log_i64("errno", errno));
                continue;
            }
        }
        const int64_t left = s->kill_ms - clock_mono_ms();
        if (s->kill_ms != 0 && left <= 0) {
            (void)kill(s->child, SIGKILL);
        }
        wait_for_news(s, signal_fd, s->kill_ms == 0 ? -1 : (left > 0 ? left : 100));
        int status;
        int code;
        if (waitpid(s->child, &status, WNOHANG) == s->child && !child_ended(s, status, &code)) {
            return code;
        }
    }
}

static bool confined(const struct config *config, const char *folder, struct confine_report *out)
{
    struct fail f = {0};
    if (confine_supervisor(config, folder, out, &f).code != ERR_OK) {
        CLI_COMPLAIN(MSG_CLI_CANNOT_SERVE, CLI_ARG("why", str_of(f.log)));
        return false;
    }
    return true;
}

int supervisor_run(const struct config *config, const struct sockets *sockets, int argc, char *const argv[])
{
    struct supervisor s = {.dir = config->data,
                           .sockets = sockets,
                           .config = config,
                           .argc = argc,
                           .argv = argv,
                           .ready_fd = -1,
                           .must_open = config->database == NULL};
    if (argc + CHILD_ARGS_OWN + COMPANION_WORDS + 1 > CHILD_ARGS_MAX) {
        return EXIT_USAGE;
    }
    char folder[COMPANION_PATH];
    if (!program_folder(folder, sizeof folder) || !confined(config, folder, &s.confined)) {
        return EXIT_CONFIG;
    }
    companions_open(&s.companions, folder, config->confine);
    (void)sigemptyset(&s.signals);
    (void)sigaddset(&s.signals, SIGTERM);
    (void)sigaddset(&s.signals, SIGINT);
    (void)sigaddset(&s.signals, SIGHUP);
    (void)sigaddset(&s.signals, SIGCHLD);
    (void)sigprocmask(SIG_BLOCK, &s.signals, NULL);
    const int signal_fd = signalfd(-1, &s.signals, SFD_CLOEXEC | SFD_NONBLOCK);
    const int code = signal_fd >= 0 ? supervise(&s, signal_fd) : EXIT_FAILED;
    companions_close(&s.companions);
    return code;
}
