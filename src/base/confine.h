/* confine.h: what a process gives up before it touches anything that came from outside.
 *
 * A plan is a table: which paths, which ports, which system calls. confine_enter() gives up all the rest, for
 * this process and whatever it starts, and nothing brings it back: privileges and debuggers go, files and
 * ports by Landlock as far as the kernel's ABI goes, system calls by a list (seccomp). To be called before
 * there is a second thread. What a kernel cannot do is left out, and the report says so; nothing is claimed
 * that was not done.
 *
 * A call that libraries or a self-check may try is refused (EPERM); any other that is not on the list ends
 * the process with SIGSYS, and the kernel logs it.
 * Sources: Linux Documentation/userspace-api/landlock.rst, seccomp(2).
 */
#ifndef SUNWAI_CONFINE_H
#define SUNWAI_CONFINE_H

#include "err.h"

enum confine_mode {
    CONFINE_TRY,      /* as far as the kernel can */
    CONFINE_REQUIRED, /* or not at all: confine_enter() fails */
    CONFINE_OFF       /* memory is hidden all the same */
};
const char *confine_mode_name(enum confine_mode m); /* "try", "required", "off" */

/* What may be done with a file, or beneath a folder. */
enum { MAY_READ = 1, MAY_WRITE = 2 /* and make, rename, remove */, MAY_RUN = 4 };

/* Groups of system calls; reading the clock, memory and what is open already are always allowed. */
enum {
    CALLS_FILES = 1, /* open, change, synchronise files */
    CALLS_SERVE = 2, /* threads, waiting for many, sockets of this machine (AF_UNIX), accept */
    CALLS_NET = 4,   /* sockets to elsewhere */
    CALLS_START = 8, /* other programs, and confining them */
    CALLS_CHILD = 16 /* children of itself by clone(CLONE_PIDFD | SIGCHLD), ended by their pidfd, and to
                        confine them further: no other program */
};

struct confine_path {
    const char *path; /* one that is not there is passed over; NULL too */
    unsigned may;
};

/* What was done: bits of confine_report.done. */
enum {
    CONFINED_PRIVILEGES = 1, /* no capability, no way to gain one */
    CONFINED_MEMORY = 2,     /* no core file, no debugger */
    CONFINED_FILES = 4,      /* ABI 1 */
    CONFINED_PORTS = 8,      /* ABI 4: no TCP port is bound; nor connected to, unless the plan connects */
    CONFINED_SIGNALS = 16,   /* ABI 6: no signal to, no abstract socket of a process that it did not start */
    CONFINED_CALLS = 32,
    CONFINED_ALL = 63
};

struct confine_plan {
    const struct confine_path *paths;
    size_t paths_n;
    unsigned calls;     /* CALLS_* */
    bool connects;      /* TCP to anywhere */
    unsigned files_max; /* RLIMIT_NOFILE; 0: as it is */
    size_t memory_max;  /* RLIMIT_AS; 0: as it is */
    /* For tests of the old path: as on a kernel with that ABI (-1: none), or without one half. */
    int abi_most;
    bool without_calls;
};

struct confine_report {
    int abi;       /* of Landlock, as the kernel says; 0: none */
    unsigned done; /* CONFINED_* */
};

/* DENIED, with the log's words in f, when the mode is CONFINE_REQUIRED and something could not be done. */
err confine_enter(const struct confine_plan *plan, enum confine_mode mode, struct confine_report *out,
                  struct fail *f);
/* In a child of a process that may have some (CALLS_CHILD), before it touches what came from outside: it may
 * have none itself, and is confined as its parent is in all else. False: it could not be done. */
bool confine_child(void);
int confine_abi(void); /* of the running kernel; 0: no Landlock */
/* "files ports signals": the names of bits of `done`. Static names, apart by spaces; at most size. */
void confine_names(unsigned done, char *out, size_t size);

/* Self-checks: each tries what it says and undoes it at once, so that a process can prove what it gave up. */
enum tried {
    TRIED_REFUSED,
    TRIED_DONE,  /* it could be done */
    TRIED_ABSENT /* nothing was there to try it on: proves nothing */
};
enum tried try_read(const char *path);
enum tried try_write(const char *folder); /* a file without a name */
enum tried try_connect(void);             /* a TCP socket to a port of this machine */
enum tried try_run(void);                 /* another program, or a second process */

#endif
