/* confine_calls.c: one table of system calls, and what of their arguments is looked at.
 *
 * Beside what our own code calls it holds what glibc, SQLite, libmicrohttpd, GnuTLS, libpq and a later C
 * library in their place call. What has no row, or none for this process, ends it; FALLS_BACK are those that
 * a library or a self-check tries and can do without: they are refused (EPERM) instead.
 */
#include "confine_calls.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "confine.h"

enum {
    ALL = 1 << 10,
    FILES = CALLS_FILES,
    SERVE = CALLS_SERVE,
    TALK = CALLS_SERVE | CALLS_NET,
    START = CALLS_START,
    CHILD = CALLS_CHILD,
    FALLS_BACK = 1 << 11
};

/* The leak check of a sanitized build is a process that stops and reads the one it checks. */
#ifdef __SANITIZE_ADDRESS__
#define OF_SANITIZER CLONE_UNTRACED
#define SANITIZER ALL
#define OTHER SCMP_ACT_ALLOW
#else
#define OF_SANITIZER 0
#define SANITIZER 0
#define OTHER SCMP_ACT_KILL_PROCESS
#endif

struct row {
    int call;
    unsigned who;
};

/* clang-format off */
#define ROW(name, who) {SCMP_SYS(name), (who)}
static const struct row table[] = {
    /* what is open already */
    ROW(read, ALL), ROW(write, ALL), ROW(readv, ALL), ROW(writev, ALL), ROW(close, ALL), ROW(lseek, ALL), ROW(_llseek, ALL),
    ROW(fstat, ALL), ROW(fstat64, ALL), ROW(fcntl, ALL), ROW(fcntl64, ALL), ROW(poll, ALL), ROW(ppoll, ALL),
    ROW(select, ALL), ROW(pselect6, ALL), ROW(sendmsg, ALL), ROW(recvmsg, ALL), ROW(sendto, ALL), ROW(recvfrom, ALL),
    ROW(shutdown, ALL), ROW(getsockopt, ALL), ROW(getsockname, ALL),
    /* memory, signals to itself, clocks, what it is */
    ROW(brk, ALL), ROW(munmap, ALL), ROW(mremap, ALL), ROW(madvise, ALL), ROW(msync, ALL), ROW(mlock, ALL),
    ROW(mlock2, ALL), ROW(munlock, ALL), ROW(membarrier, ALL), ROW(futex, ALL), ROW(futex_waitv, ALL),
    ROW(rt_sigaction, ALL), ROW(rt_sigprocmask, ALL), ROW(rt_sigreturn, ALL), ROW(rt_sigtimedwait, ALL),
    ROW(rt_sigpending, ALL), ROW(rt_sigsuspend, ALL), ROW(sigaltstack, ALL), ROW(restart_syscall, ALL),
    ROW(pause, ALL), ROW(clock_gettime, ALL), ROW(clock_getres, ALL), ROW(clock_nanosleep, ALL), ROW(nanosleep, ALL),
    ROW(gettimeofday, ALL), ROW(time, ALL), ROW(times, ALL), ROW(getrandom, ALL), ROW(getpid, ALL), ROW(getppid, ALL),
    ROW(gettid, ALL), ROW(getuid, ALL), ROW(geteuid, ALL), ROW(getgid, ALL), ROW(getegid, ALL), ROW(getgroups, ALL),
    ROW(getresuid, ALL), ROW(getresgid, ALL), ROW(getrusage, ALL), ROW(getrlimit, ALL),
    ROW(sysinfo, ALL), ROW(uname, ALL), ROW(getcpu, ALL), ROW(sched_yield, ALL), ROW(sched_getaffinity, ALL),
    ROW(set_robust_list, ALL), ROW(get_robust_list, ALL), ROW(rseq, ALL), ROW(set_tid_address, ALL), ROW(arch_prctl, ALL),
    ROW(exit, ALL), ROW(exit_group, ALL),
    /* files */
    ROW(open, FILES | FALLS_BACK), ROW(openat, FILES | FALLS_BACK), ROW(openat2, FILES | FALLS_BACK),
    ROW(stat, FILES | FALLS_BACK), ROW(stat64, FILES | FALLS_BACK), ROW(lstat, FILES | FALLS_BACK),
    ROW(lstat64, FILES | FALLS_BACK), ROW(newfstatat, FILES | FALLS_BACK), ROW(fstatat64, FILES | FALLS_BACK),
    ROW(statx, FILES | FALLS_BACK), ROW(access, FILES | FALLS_BACK), ROW(faccessat, FILES | FALLS_BACK),
    ROW(faccessat2, FILES | FALLS_BACK), ROW(readlink, FILES | FALLS_BACK), ROW(readlinkat, FILES | FALLS_BACK),
    ROW(getcwd, FILES | FALLS_BACK), ROW(unlink, FILES | FALLS_BACK), ROW(unlinkat, FILES | FALLS_BACK),
    ROW(fchown, FILES | FALLS_BACK), ROW(fchown32, FILES | FALLS_BACK), ROW(getdents64, FILES), ROW(getdents, FILES),
    ROW(creat, FILES), ROW(chdir, FILES), ROW(fchdir, FILES), ROW(statfs, FILES), ROW(statfs64, FILES), ROW(fstatfs, FILES),
    ROW(fstatfs64, FILES), ROW(pread64, FILES), ROW(pwrite64, FILES), ROW(preadv, FILES), ROW(pwritev, FILES),
    ROW(preadv2, FILES), ROW(pwritev2, FILES), ROW(fsync, FILES), ROW(fdatasync, FILES), ROW(sync_file_range, FILES),
    ROW(syncfs, FILES), ROW(ftruncate, FILES), ROW(ftruncate64, FILES),
    ROW(fallocate, FILES), ROW(fadvise64, FILES), ROW(readahead, FILES), ROW(rename, FILES), ROW(renameat, FILES),
    ROW(renameat2, FILES), ROW(mkdir, FILES), ROW(mkdirat, FILES), ROW(rmdir, FILES), ROW(link, FILES), ROW(linkat, FILES),
    ROW(flock, FILES), ROW(fchmod, FILES), ROW(umask, FILES), ROW(utimensat, FILES),
    ROW(dup, FILES), ROW(dup2, FILES), ROW(dup3, FILES), ROW(pipe, FILES), ROW(pipe2, FILES | CHILD), ROW(sendfile, FILES),
    ROW(sendfile64, FILES), ROW(copy_file_range, FILES), ROW(splice, FILES), ROW(memfd_create, FILES),
    /* serving: threads, many connections */
    ROW(connect, TALK | FALLS_BACK), ROW(bind, TALK | FALLS_BACK), ROW(setsockopt, TALK), ROW(getpeername, TALK),
    ROW(sendmmsg, TALK), ROW(recvmmsg, TALK), ROW(socketpair, TALK), ROW(accept, SERVE), ROW(accept4, SERVE),
    ROW(listen, SERVE), ROW(epoll_create, TALK), ROW(epoll_create1, TALK), ROW(epoll_ctl, TALK), ROW(epoll_wait, TALK),
    ROW(epoll_pwait, TALK), ROW(epoll_pwait2, TALK), ROW(eventfd, TALK), ROW(eventfd2, TALK), ROW(signalfd, SERVE),
    ROW(signalfd4, SERVE), ROW(timerfd_create, SERVE), ROW(timerfd_settime, SERVE), ROW(timerfd_gettime, SERVE),
    ROW(inotify_init1, SERVE), ROW(inotify_add_watch, SERVE), ROW(inotify_rm_watch, SERVE),
    ROW(sched_setscheduler, SERVE | FALLS_BACK), ROW(sched_getscheduler, SERVE), ROW(sched_setparam, SERVE),
    ROW(sched_getparam, SERVE), ROW(sched_get_priority_max, SERVE), ROW(sched_get_priority_min, SERVE),
    ROW(sched_setaffinity, SERVE), ROW(setpriority, SERVE | CHILD | FALLS_BACK), ROW(getpriority, SERVE), ROW(ioprio_set, SERVE),
    ROW(ioprio_get, SERVE),
    /* starting other programs, and confining them */
    ROW(fork, START | FALLS_BACK), ROW(vfork, START | FALLS_BACK), ROW(execve, START | FALLS_BACK),
    ROW(execveat, START | FALLS_BACK), ROW(wait4, START), ROW(waitid, START | CHILD), ROW(kill, START | FALLS_BACK),
    ROW(pidfd_open, START), ROW(pidfd_send_signal, START | CHILD), ROW(close_range, START | FALLS_BACK), ROW(setsid, START), ROW(setpgid, START),
    ROW(getpgid, START), ROW(getpgrp, START), ROW(getsid, START), ROW(setrlimit, START | CHILD | FALLS_BACK), ROW(capset, START | CHILD),
    ROW(capget, START | FALLS_BACK), ROW(seccomp, START | CHILD | FALLS_BACK), ROW(landlock_create_ruleset, START), ROW(landlock_add_rule, START),
    ROW(landlock_restrict_self, START),
    /* nobody's, but refused rather than deadly */
    ROW(truncate, FALLS_BACK), ROW(truncate64, FALLS_BACK), /* by name: walls against it came with ABI 3, */
    ROW(chmod, FALLS_BACK), ROW(fchmodat, FALLS_BACK),        /* and against these there are none */
    ROW(tkill, FALLS_BACK), ROW(chown, FALLS_BACK), ROW(setuid, FALLS_BACK), ROW(setgid, FALLS_BACK),
    ROW(ptrace, FALLS_BACK | SANITIZER), ROW(process_vm_readv, FALLS_BACK), ROW(kcmp, FALLS_BACK), ROW(get_mempolicy, FALLS_BACK),
    ROW(set_mempolicy, FALLS_BACK), ROW(mbind, FALLS_BACK), ROW(keyctl, FALLS_BACK), ROW(add_key, FALLS_BACK),
    ROW(request_key, FALLS_BACK), ROW(getxattr, FALLS_BACK), ROW(lgetxattr, FALLS_BACK), ROW(fgetxattr, FALLS_BACK),
    ROW(personality, FALLS_BACK), ROW(sched_getattr, FALLS_BACK), ROW(sched_setattr, FALLS_BACK), ROW(setitimer, FALLS_BACK),
    ROW(getitimer, FALLS_BACK), ROW(alarm, FALLS_BACK), ROW(mlockall, FALLS_BACK), ROW(io_uring_setup, FALLS_BACK),
    ROW(pkey_alloc, FALLS_BACK), ROW(symlink, FALLS_BACK), ROW(symlinkat, FALLS_BACK), ROW(setresuid, FALLS_BACK),
    ROW(setresgid, FALLS_BACK), ROW(setgroups, FALLS_BACK), ROW(mincore, FALLS_BACK), ROW(syslog, FALLS_BACK),
};
/* clang-format on */

enum { YOUNGER_FROM = 450, YOUNGER_TO = 520 };

struct filter {
    scmp_filter_ctx to;
    bool fine;
};

/* A call that the machine's architecture does not have is passed over, and a rule that says what happens
 * anyway. */
static void note(struct filter *f, int e)
{
    f->fine = f->fine && (e == 0 || e == -EDOM || e == -EINVAL || e == -EACCES);
}

static void rule(struct filter *f, uint32_t action, int call)
{
    note(f, seccomp_rule_add_array(f->to, action, call, 0, NULL));
}

static void rule_of(struct filter *f, uint32_t action, int call, struct scmp_arg_cmp arg)
{
    note(f, seccomp_rule_add_array(f->to, action, call, 1, &arg));
}

static void rules_of_table(struct filter *f, unsigned calls)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if ((table[i].who & (calls | ALL)) != 0) {
            rule(f, SCMP_ACT_ALLOW, table[i].call);
        } else if ((table[i].who & FALLS_BACK) != 0) {
            rule(f, SCMP_ACT_ERRNO(EPERM), table[i].call);
        }
    }
}

/* Memory is written or run, never both: what was read in does not become a program. */
static void rules_of_memory(struct filter *f)
{
    static const int calls[] = {SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect)};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        const scmp_datum_t both = PROT_WRITE | PROT_EXEC;
        rule_of(f, SCMP_ACT_ALLOW, calls[i], SCMP_A2_64(SCMP_CMP_MASKED_EQ, both, 0));
        rule_of(f, SCMP_ACT_ALLOW, calls[i], SCMP_A2_64(SCMP_CMP_MASKED_EQ, both, PROT_WRITE));
        rule_of(f, SCMP_ACT_ALLOW, calls[i], SCMP_A2_64(SCMP_CMP_MASKED_EQ, both, PROT_EXEC));
        rule_of(f, SCMP_ACT_ERRNO(EPERM), calls[i], SCMP_A2_64(SCMP_CMP_MASKED_EQ, both, both));
    }
}

static void rules_of_sockets(struct filter *f, unsigned calls)
{
    const int call = SCMP_SYS(socket);
    if ((calls & CALLS_NET) != 0) {
        rule(f, SCMP_ACT_ALLOW, call);
    } else if ((calls & CALLS_SERVE) != 0) { /* of this machine only */
        rule_of(f, SCMP_ACT_ALLOW, call, SCMP_A0_32(SCMP_CMP_EQ, AF_UNIX));
        rule_of(f, SCMP_ACT_ERRNO(EPERM), call, SCMP_A0_32(SCMP_CMP_NE, AF_UNIX));
    } else {
        rule(f, SCMP_ACT_ERRNO(EPERM), call);
    }
}

/* A thread, not a process. clone3() hides its flags in memory: the C library then takes clone(). */
static void rules_of_clones(struct filter *f, unsigned calls)
{
    const int call = SCMP_SYS(clone);
    if ((calls & CALLS_START) != 0) {
        rule(f, SCMP_ACT_ALLOW, call);
        rule(f, SCMP_ACT_ALLOW, SCMP_SYS(clone3));
        return;
    }
    rule(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3));
    if ((calls & CALLS_CHILD) != 0) { /* a copy of itself that shares nothing, and nothing else */
        const scmp_datum_t child = CLONE_PIDFD | SIGCHLD;
        rule_of(f, SCMP_ACT_ALLOW, call, SCMP_A0_64(SCMP_CMP_EQ, child));
        rule_of(f, SCMP_ACT_ERRNO(EPERM), call, SCMP_A0_64(SCMP_CMP_NE, child));
        return;
    }
    if ((calls & CALLS_SERVE) != 0) {
        const scmp_datum_t process = CLONE_THREAD | OF_SANITIZER;
        rule_of(f, SCMP_ACT_ALLOW, call, SCMP_A0_64(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
        rule_of(f, SCMP_ACT_ERRNO(EPERM), call, SCMP_A0_64(SCMP_CMP_MASKED_EQ, process, 0));
    } else {
        rule(f, SCMP_ACT_ERRNO(EPERM), call);
    }
}

/* Signals and limits are for itself: the processes beside it are of the same user, and an old kernel has no
 * walls against signals. Whoever starts others may end them, and they inherit its list. */
static void rules_of_others(struct filter *f, unsigned calls)
{
    const struct {
        int call;
        scmp_datum_t self;
    } of_process[] = {{SCMP_SYS(tgkill), (scmp_datum_t)getpid()}, {SCMP_SYS(prlimit64), 0}};
    for (size_t i = 0; i < sizeof of_process / sizeof of_process[0]; i++) {
        const int call = of_process[i].call;
        if ((calls & CALLS_START) != 0) {
            rule(f, SCMP_ACT_ALLOW, call);
            continue;
        }
        rule_of(f, SCMP_ACT_ALLOW, call, SCMP_A0_32(SCMP_CMP_EQ, of_process[i].self));
        rule_of(f, SCMP_ACT_ERRNO(EPERM), call, SCMP_A0_32(SCMP_CMP_NE, of_process[i].self));
    }
}

static void rules_of_controls(struct filter *f, unsigned calls)
{
    static const uint32_t controls[] = {TCGETS,  TIOCGWINSZ, TIOCGPGRP,    FIONBIO,     FIONREAD,
                                        FIOCLEX, FIONCLEX,   SIOCGIFINDEX, SIOCGIFNAME, SIOCGIFCONF};
    static const uint32_t wishes[] = {PR_SET_NAME,     PR_GET_NAME,         PR_SET_PDEATHSIG,
                                      PR_SET_DUMPABLE, PR_GET_DUMPABLE,     PR_SET_NO_NEW_PRIVS,
                                      PR_GET_SECCOMP,  PR_GET_NO_NEW_PRIVS, PR_SET_TIMERSLACK,
                                      PR_CAPBSET_READ, PR_GET_PDEATHSIG};
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        rule_of(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), SCMP_A1_32(SCMP_CMP_EQ, controls[i]));
    }
    if ((calls & CALLS_START) != 0) {
        rule(f, SCMP_ACT_ALLOW, SCMP_SYS(prctl));
        return;
    }
    for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++) {
        rule_of(f, SCMP_ACT_ALLOW, SCMP_SYS(prctl), SCMP_A0_32(SCMP_CMP_EQ, wishes[i]));
    }
}

/* A C library that is younger than this table does without a call that there is not. */
static void rules_of_younger(struct filter *f)
{
    for (int call = YOUNGER_FROM; call < YOUNGER_TO; call++) {
        rule(f, SCMP_ACT_ERRNO(ENOSYS), call);
    }
}

bool confine_calls(unsigned calls)
{
    struct filter f = {.to = seccomp_init(OTHER), .fine = true};
    if (f.to == NULL) {
        return false;
    }
    rules_of_table(&f, calls);
    rules_of_memory(&f);
    rules_of_sockets(&f, calls);
    rules_of_clones(&f, calls);
    rules_of_others(&f, calls);
    rules_of_controls(&f, calls);
    rules_of_younger(&f);
    /* Who looks for what killed a process finds the call in the kernel's log; older kernels do not log. */
    (void)seccomp_attr_set(f.to, SCMP_FLTATR_CTL_LOG, 1);
    (void)seccomp_attr_set(f.to, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    const bool loaded = f.fine && seccomp_load(f.to) == 0;
    seccomp_release(f.to);
    return loaded;
}
