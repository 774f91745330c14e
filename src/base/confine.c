/* confine.c: privileges, memory, limits, Landlock; the list of system calls stands in confine_calls.c. */
#include "confine.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "confine_calls.h"

/* Debian's linux/landlock.h ends at ABI 2; these are the kernel's, by the ABI that brought them. */
enum { LL_CREATE_RULESET = 444, LL_ADD_RULE = 445, LL_RESTRICT_SELF = 446, LL_VERSION = 1, LL_PATH = 1 };
enum { ABI_REFER = 2, ABI_TRUNCATE = 3, ABI_PORTS = 4, ABI_DEVICES = 5, ABI_SIGNALS = 6 };

#define FS_EXECUTE (1ULL << 0)
#define FS_WRITE_FILE (1ULL << 1)
#define FS_READ_FILE (1ULL << 2)
#define FS_READ_DIR (1ULL << 3)
#define FS_REMOVE_AND_MAKE (0x1ff0ULL) /* bits 4 to 12: remove folder, file; make each kind */
#define FS_REFER (1ULL << 13)
#define FS_TRUNCATE (1ULL << 14)
#define FS_IOCTL_DEV (1ULL << 15)
#define FS_OF_A_FILE (FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)
#define NET_BIND_TCP (1ULL << 0)
#define NET_CONNECT_TCP (1ULL << 1)
#define SCOPE_ALL (3ULL)

struct ruleset {
    uint64_t fs, net, scoped;
};

struct path_rule {
    uint64_t may;
    int32_t fd;
} __attribute__((packed));

int confine_abi(void)
{
    const long abi = syscall(LL_CREATE_RULESET, NULL, 0, LL_VERSION);
    return abi > 0 ? (int)abi : 0;
}

static uint64_t fs_of_abi(int abi)
{
    uint64_t fs = FS_EXECUTE | FS_WRITE_FILE | FS_READ_FILE | FS_READ_DIR | FS_REMOVE_AND_MAKE;
    fs |= abi >= ABI_REFER ? FS_REFER : 0;
    fs |= abi >= ABI_TRUNCATE ? FS_TRUNCATE : 0;
    fs |= abi >= ABI_DEVICES ? FS_IOCTL_DEV : 0;
    return fs;
}

static uint64_t fs_of_may(unsigned may)
{
    uint64_t fs = 0;
    fs |= (may & MAY_READ) != 0 ? FS_READ_FILE | FS_READ_DIR : 0;
    fs |= (may & MAY_WRITE) != 0 ? FS_WRITE_FILE | FS_REMOVE_AND_MAKE | FS_REFER | FS_TRUNCATE : 0;
    fs |= (may & MAY_RUN) != 0 ? FS_EXECUTE : 0;
    return fs;
}

static bool path_allow(int ruleset, const struct confine_path *p, uint64_t handled)
{
    const int fd = p->path != NULL ? open(p->path, O_PATH | O_CLOEXEC) : -1;
    if (fd < 0) {
        return true; /* not there: then nothing is allowed, which is no failure */
    }
    struct stat s;
    uint64_t may = fs_of_may(p->may) & handled;
    if (fstat(fd, &s) == 0 && !S_ISDIR(s.st_mode)) {
        may &= FS_OF_A_FILE;
    }
    const struct path_rule rule = {.may = may, .fd = fd};
    const bool added = may == 0 || syscall(LL_ADD_RULE, ruleset, LL_PATH, &rule, 0) == 0;
    (void)close(fd);
    return added;
}

/* CONFINED_* of what Landlock took away. */
static unsigned landlock_enter(const struct confine_plan *plan, int abi)
{
    struct ruleset set = {.fs = fs_of_abi(abi)};
    size_t size = sizeof set.fs; /* an old kernel knows only the beginning */
    if (abi >= ABI_PORTS) {
        set.net = NET_BIND_TCP | (plan->connects ? 0 : NET_CONNECT_TCP);
        size += sizeof set.net;
    }
    if (abi >= ABI_SIGNALS) {
        set.scoped = SCOPE_ALL;
        size += sizeof set.scoped;
    }
    const int ruleset = (int)syscall(LL_CREATE_RULESET, &set, size, 0);
    if (ruleset < 0) {
        return 0;
    }
    bool fine = true;
    for (size_t i = 0; i < plan->paths_n; i++) {
        fine = path_allow(ruleset, &plan->paths[i], set.fs) && fine;
    }
    fine = fine && syscall(LL_RESTRICT_SELF, ruleset, 0) == 0;
    (void)close(ruleset);
    if (!fine) {
        return 0;
    }
    return CONFINED_FILES | (abi >= ABI_PORTS ? CONFINED_PORTS : 0U) |
           (abi >= ABI_SIGNALS ? CONFINED_SIGNALS : 0U);
}

/* (The leak check of a sanitized build is a debugger.) */
static bool memory_hide(void)
{
#ifdef __SANITIZE_ADDRESS__
    return true;
#else
    const struct rlimit none = {0, 0};
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && setrlimit(RLIMIT_CORE, &none) == 0;
#endif
}

/* Whoever has none cannot give any up; what counts is that none is left and none can come. */
static bool privileges_drop(void)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct caps[2] = {{0}};
    (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    for (unsigned long cap = 0; cap < 64; cap++) {
        (void)prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
    }
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_capset, &head, caps) == 0;
}

static void limits_lower(const struct confine_plan *plan)
{
    const struct rlimit files = {plan->files_max, plan->files_max};
    const struct rlimit memory = {plan->memory_max, plan->memory_max};
    /* Lowering is always allowed, unless it is lower already: then it is as good. */
    if (plan->files_max > 0) {
        (void)setrlimit(RLIMIT_NOFILE, &files);
    }
#ifndef __SANITIZE_ADDRESS__ /* whose shadow takes terabytes of addresses */
    if (plan->memory_max > 0) {
        (void)setrlimit(RLIMIT_AS, &memory);
    }
#else
    (void)memory;
#endif
}

err confine_enter(const struct confine_plan *plan, enum confine_mode mode, struct confine_report *out,
                  struct fail *f)
{
    struct confine_report r = {.abi = confine_abi()};
    if (plan->abi_most != 0) {
        r.abi = plan->abi_most < r.abi ? plan->abi_most : r.abi;
        r.abi = r.abi > 0 ? r.abi : 0;
    }
    r.done |= memory_hide() ? CONFINED_MEMORY : 0U;
    if (mode == CONFINE_OFF) {
        *out = r;
        return OK;
    }
    limits_lower(plan);
    r.done |= privileges_drop() ? CONFINED_PRIVILEGES : 0U; /* both halves below ask for it */
    r.done |= r.abi > 0 ? landlock_enter(plan, r.abi) : 0;
    r.done |= !plan->without_calls && confine_calls(plan->calls) ? CONFINED_CALLS : 0U;
    if (mode == CONFINE_REQUIRED && r.done != CONFINED_ALL) {
        char missing[96];
        confine_names(CONFINED_ALL & ~r.done, missing, sizeof missing);
        return fail_log(f, ERR_DENIED, "confinement is required, and this kernel cannot do: %s", missing);
    }
    *out = r;
    return OK;
}

bool confine_child(void)
{
    return confine_calls(0);
}

const char *confine_mode_name(enum confine_mode m)
{
    static const char *const names[] = {"try", "required", "off"};
    return names[m];
}

void confine_names(unsigned done, char *out, size_t size)
{
    static const char *const names[] = {"privileges", "memory", "files", "ports", "signals", "calls"};
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0] && n < size; i++) {
        if ((done & (1U << i)) != 0) {
            n += (size_t)snprintf(out + n, size - n, "%s%s", n > 0 ? " " : "", names[i]);
        }
    }
}

/* ---- self-checks ---- */

static enum tried tried(bool done)
{
    if (done) {
        return TRIED_DONE;
    }
    return errno == EACCES || errno == EPERM ? TRIED_REFUSED : TRIED_ABSENT;
}

static enum tried tried_fd(int fd)
{
    const enum tried t = tried(fd >= 0);
    if (fd >= 0) {
        (void)close(fd);
    }
    return t;
}

enum tried try_read(const char *path)
{
    return tried_fd(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
}

enum tried try_write(const char *folder)
{
    return tried_fd(open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
}

enum tried try_connect(void)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return tried(false);
    }
    const struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int done = connect(fd, (const struct sockaddr *)&to, sizeof to);
    /* Nobody listens there: that somebody said so is an answer from the network. */
    const bool reached = done == 0 || errno == EINPROGRESS || errno == ECONNREFUSED;
    const enum tried t = tried(reached);
    (void)close(fd);
    return t;
}

/* Neither can succeed: a program without a name, a child that shares its signals and no memory. Not confined,
 * the kernel says that they are wrong, confined that they are not allowed. */
enum tried try_run(void)
{
    char *const none[] = {NULL};
    const bool runs = execve("", none, none) == 0 || errno == ENOENT;
    const bool starts = syscall(SYS_clone, CLONE_SIGHAND, NULL, NULL, NULL, NULL) >= 0 || errno == EINVAL;
    return tried(runs || starts);
}
