/* spoken.c: one child, a pipe to it and one from it. */
#include "spoken.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

#define SPEAKER "/usr/bin/espeak-ng"

enum { VOICE_MAX = 16, PIECE = 16 * 1024, READ_END = 0, WRITE_END = 1 };

bool spoken_there(void)
{
    return access(SPEAKER, X_OK) == 0;
}

/* The lengths of a WAV that was written into a pipe are made up: nobody could go back to put them right. */
static void lengths_put(struct buf *io, size_t from)
{
    enum { RIFF_AT = 4, DATA_AT = 40, HEAD = 44, BEFORE = 8 };
    const size_t n = io->n - from;
    for (size_t i = 0; n > HEAD && i < 4; i++) {
        io->p[from + RIFF_AT + i] = (char)((n - BEFORE) >> (8 * i) & 0xff);
        io->p[from + DATA_AT + i] = (char)((n - HEAD) >> (8 * i) & 0xff);
    }
}

/* In the child: only async-signal-safe calls up to exec. */
static _Noreturn void speak(char *voice, int words, int sound, pid_t parent)
{
    char *const argv[] = {(char[]){"espeak-ng"}, (char[]){"-v"},       voice,
                          (char[]){"-b"},        (char[]){"1"},   /* UTF-8 */
                          (char[]){"-s"},        (char[]){"140"}, /* words a minute: slowly */
                          (char[]){"--stdin"},   (char[]){"--stdout"}, NULL};
    char *const environment[] = {NULL};
    const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || null < 0 || dup2(words, 0) != 0 ||
        dup2(sound, 1) != 1 || dup2(null, 2) != 2 || close_range(3, ~0U, 0) != 0) {
        _exit(EXIT_FAILURE);
    }
    (void)execve(SPEAKER, argv, environment);
    _exit(EXIT_FAILURE);
}

/* Until its end; LIMIT: it says too much, or takes too long. */
static err hear(int fd, struct buf *out)
{
    char piece[PIECE];
    const int64_t until_ms = clock_mono_ms() + SPOKEN_WAIT_MS;
    const size_t from = out->n;
    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        const int64_t left = until_ms - clock_mono_ms();
        if (left <= 0 || out->full || out->n - from > SPOKEN_MAX) {
            return FAIL(LIMIT);
        }
        if (poll(&p, 1, (int)left) <= 0) {
            continue; /* the deadline ends it */
        }
        const ssize_t n = read(fd, piece, sizeof piece);
        if (n == 0) {
            return OK;
        }
        if (n < 0 && errno != EINTR) {
            return FAIL(IO);
        }
        buf_put(out, (str){piece, n > 0 ? (size_t)n : 0});
    }
}

static bool ended_well(pid_t child)
{
    int status = -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* words: a pipe that has them already, closed behind them; so few are never waited for. */
static err child_run(char *voice, int words, struct buf *out)
{
    int sound[2];
    const pid_t self = getpid();
    const size_t from = out->n;
    if (pipe2(sound, O_CLOEXEC) != 0) {
        return FAIL(IO);
    }
    const pid_t child = fork();
    if (child == 0) {
        speak(voice, words, sound[WRITE_END], self);
    }
    (void)close(sound[WRITE_END]);
    err e = child > 0 ? hear(sound[READ_END], out) : FAIL(IO);
    (void)close(sound[READ_END]);
    if (child > 0 && e.code != ERR_OK) {
        (void)kill(child, SIGKILL);
    }
    if (child > 0 && !ended_well(child) && e.code == ERR_OK) {
        e = FAIL(NOT_FOUND); /* the program is there: what it does not know is the voice */
    }
    lengths_put(out, from);
    return e.code == ERR_OK && out->n == from ? FAIL(NOT_FOUND) : e;
}

err spoken_wav(str voice, str words, struct buf *out)
{
    char name[VOICE_MAX];
    int pair[2];
    if (words.n == 0 || words.n > SPOKEN_WORDS_MAX || voice.n >= sizeof name) {
        return FAIL(LIMIT);
    }
    (void)snprintf(name, sizeof name, "%.*s", STR_F(voice));
    if (pipe2(pair, O_CLOEXEC) != 0) {
        return FAIL(IO);
    }
    const bool there = write(pair[WRITE_END], words.p, words.n) == (ssize_t)words.n;
    (void)close(pair[WRITE_END]);
    const err e = there ? child_run(name, pair[READ_END], out) : FAIL(IO);
    (void)close(pair[READ_END]);
    return e;
}
