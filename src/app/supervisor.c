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
#include "program.h"

enum {
    CHILD_ARGS_MAX = 64,
    CHILD_ARGS_OWN = 9,
    STOP_MS = 10 * 1000, /* then the child is killed */
    BACK_OFF_FIRST_MS = 100,
    BACK_OFF_MAX_MS = 10 * 1000,
    STEADY_MS = 60 * 1000 /* who lived that long starts again at once */
};

struct supervisor {
    const char *dir;
    const struct sockets *sockets;
    struct program program;
    int argc;
    char *const *argv;
    sigset_t signals;
    pid_t child;
    int ready_fd;       /* the child writes a byte when it accepts; -1 when read */
    int64_t started_ms; /* monotonic */
    int64_t back_off_ms;
    int64_t kill_ms; /* when a child that was asked to end is killed; 0: it was not asked */
    pid_t trial;     /* tries whether what is to be started next would run; 0: none */
    int64_t trial_kill_ms;
    pid_t leaving; /* the child before this one, which still drains; 0: none */
    int64_t leaving_kill_ms;
    bool restart_asked;
    bool stopping; /* do not start another */
    bool announced;
    bool renew;     /* the next web process may be of another program */
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

/* In the child: only async-signal-safe calls up to exec. ready_fd -1: a trial, which gets nothing. */
static _Noreturn void child_exec(const struct supervisor *s, char *const *argv, int ready_fd, pid_t parent)
{
    const struct sockets *k = s->sockets;
    (void)sigprocmask(SIG_UNBLOCK, &s->signals, NULL);
    /* The parent may be gone already, and then nobody sends the signal. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent ||
        (ready_fd >= 0 && (!keep_over_exec(k->fd) || !keep_over_exec(ready_fd))) ||
        (ready_fd >= 0 && k->plain_fd >= 0 && !keep_over_exec(k->plain_fd))) {
        _exit(EXIT_AGAIN);
    }
    if (ready_fd >= 0) {
        companions_keep(&s->companions);
    }
    program_exec(&s->program, ready_fd < 0, argv);
    _exit(EXIT_CONFIG);
}

/* 0: could not be started. */
static pid_t fork_exec(struct supervisor *s, char *const own[CHILD_ARGS_OWN], int ready_fd)
{
    char *argv[CHILD_ARGS_MAX] = {0};
    size_t n = 0;
    while (n < CHILD_ARGS_OWN && own[n] != NULL) {
        argv[n] = own[n];
        n++;
    }
    if (ready_fd >= 0) {
        n += companions_words(&s->companions, argv + n);
    }
    for (int i = 0; i < s->argc && n + 1 < CHILD_ARGS_MAX; i++) {
        argv[n++] = s->argv[i];
    }
    const pid_t self = getpid();
    const pid_t child = fork();
    if (child == 0) {
        child_exec(s, argv, ready_fd, self);
    }
    return child < 0 ? 0 : child;
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
    char words[][12] = {"sunwai", "web", "--fd", "--ready", "--plain-fd", "--after"};
    char *own[CHILD_ARGS_OWN] = {words[0], words[1],   words[2],
                                 fd_text,  words[3],   ready_text,
                                 words[4], plain_text, s->leaving != 0 ? words[5] : NULL};
    const pid_t child = fork_exec(s, own, ready[1]);
    (void)close(ready[1]);
    if (child == 0) {
        (void)close(ready[0]);
        return false;
    }
    if (s->ready_fd >= 0) { /* of one that was told to end before it was ready */
        (void)close(s->ready_fd);
    }
    s->child = child;
    s->ready_fd = ready[0];
    s->started_ms = clock_mono_ms();
    s->kill_ms = 0;
    return true;
}

static void child_ask_to_end(struct supervisor *s, int signal)
{
    if (s->child > 0 && s->kill_ms == 0) {
        (void)kill(s->child, signal);
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
        program_keep(&s->program);
    }
    if (accepts && s->renew) { /* its companions are of the same make */
        s->renew = false;
        companions_renew(&s->companions);
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
        child_ask_to_end(s, SIGTERM);
    }
    if (signal == SIGHUP) {
        s->restart_asked = true;
    }
}

/* ---- another one in its place ---- */

/* What lies on the disk now is tried first, with the settings as they are now: when it would not start, the
 * one that runs goes on. */
static void restart_begin(struct supervisor *s)
{
    char words[][12] = {"sunwai", "try"};
    char *const own[CHILD_ARGS_OWN] = {words[0], words[1]};
    s->restart_asked = false;
    if (program_look(&s->program)) {
        s->trial = fork_exec(s, own, -1);
        s->trial_kill_ms = clock_mono_ms() + STOP_MS;
    }
    if (s->trial == 0) {
        ERROR("serve.restart_refused", log_i64("errno", errno));
    }
}

static void trial_ended(struct supervisor *s, int status)
{
    s->trial = 0;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_FINE) {
        ERROR("serve.restart_refused", log_i64("exit", WIFEXITED(status) ? WEXITSTATUS(status) : -1));
        program_leave(&s->program);
        return;
    }
    program_take(&s->program);
    if (s->child == 0 || s->kill_ms != 0) {
        return; /* it is about to be started anyway, or to stop */
    }
    s->renew = true;
    /* Both at once: the new one makes ready while the old one gives its last answers. */
    child_ask_to_end(s, SIGHUP);
    s->leaving = s->child;
    s->leaving_kill_ms = s->kill_ms;
    if (!child_start(s)) {
        s->child = s->leaving; /* when it has ended, another is started */
        s->leaving = 0;
    }
}

/* A new program that was tried and yet does not run: the one before it did. */
static bool fall_back(struct supervisor *s, int code)
{
    if (code == EXIT_FINE || code == EXIT_AGAIN || s->stopping || !program_back(&s->program)) {
        return false;
    }
    ERROR("serve.program_taken_back", log_i64("exit", code));
    return true;
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
    if (fall_back(s, code)) {
        return true;
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
    if (s->announced) { /* the first page comes first */
        companions_tend(&s->companions);
        const int64_t due = companions_wait_ms(&s->companions);
        for_ms = due >= 0 && (for_ms < 0 || due < for_ms) ? due : for_ms;
    }
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

static void kill_late(pid_t process, int64_t when_ms, int64_t now_ms, int64_t *io_wait_ms)
{
    if (process == 0 || when_ms == 0) {
        return;
    }
    const int64_t left = when_ms - now_ms;
    if (left <= 0) {
        (void)kill(process, SIGKILL);
    }
    const int64_t wait_ms = left > 0 ? left : 100;
    if (*io_wait_ms < 0 || wait_ms < *io_wait_ms) {
        *io_wait_ms = wait_ms;
    }
}

/* Whoever was asked to end and does not is killed; then until the next news. */
static void wait_and_kill(struct supervisor *s, int signal_fd)
{
    const int64_t now_ms = clock_mono_ms();
    int64_t wait_ms = -1;
    kill_late(s->child, s->kill_ms, now_ms, &wait_ms);
    kill_late(s->trial, s->trial_kill_ms, now_ms, &wait_ms);
    kill_late(s->leaving, s->leaving_kill_ms, now_ms, &wait_ms);
    wait_for_news(s, signal_fd, wait_ms);
}

static bool ended(pid_t process, int *out_status)
{
    return process != 0 && waitpid(process, out_status, WNOHANG) == process;
}

/* The one before may still be giving its last answers. */
static int leave(struct supervisor *s, int signal_fd, int code)
{
    int status;
    while (s->leaving != 0 && !ended(s->leaving, &status)) {
        wait_and_kill(s, signal_fd);
    }
    return code;
}

static int supervise(struct supervisor *s, int signal_fd)
{
    for (;;) {
        if (s->child == 0) {
            pause_before_start(s, signal_fd);
            if (s->stopping) {
                return leave(s, signal_fd, EXIT_FINE);
            }
            if (!child_start(s)) {
                ERROR("serve.fork_failed", log_i64("errno", errno));
                continue;
            }
        }
        if (s->restart_asked && s->trial == 0 && s->leaving == 0 && s->ready_fd < 0 && !s->stopping) {
            restart_begin(s);
        }
        wait_and_kill(s, signal_fd);
        int status;
        int code;
        if (ended(s->leaving, &status)) {
            s->leaving = 0;
        }
        if (ended(s->trial, &status)) {
            trial_ended(s, status);
        }
        if (ended(s->child, &status) && !child_ended(s, status, &code)) {
            return leave(s, signal_fd, code);
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
    program_open(&s.program);
    const int signal_fd = signalfd(-1, &s.signals, SFD_CLOEXEC | SFD_NONBLOCK);
    const int code = signal_fd >= 0 ? supervise(&s, signal_fd) : EXIT_FAILED;
    companions_close(&s.companions);
    return code;
}
