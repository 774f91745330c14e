/* shim.c: a preloaded library that makes the n-th call fail, as a dying disk, a full one or a machine without
 * memory would, and that moves the wall clock.
 *
 * What it does stands in a page of memory shared with the test (FAULT_CTL names its file; a test writes the
 * numbers while the program runs), so that one process lives through many faults. Only files below FAULT_DIR
 * count, and of these only those whose name holds `file`. Reads and the monotonic clock stay true.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum op { OP_WRITE = 1, OP_SYNC = 2, OP_OPEN = 4, OP_SIZE = 8, OP_NAME = 16, OP_MEMORY = 32, OP_READ = 64 };
enum kind { KIND_ERROR, KIND_SHORT, KIND_LIE };
enum { FDS = 4096, NAME_MAX_LEN = 40, PAGE = 4096, CONTROL_FD = 1000 };

struct control {
    _Atomic uint32_t ops; /* those that count; 0: nothing fails */
    uint32_t nth;         /* from 1 */
    uint32_t times;       /* how many fail from there on; 0: all */
    uint32_t error;       /* errno */
    uint32_t kind;
    _Atomic uint32_t calls, hits;
    uint32_t unused;
    _Atomic int64_t clock_ms; /* added to the wall clock */
    char file[56];            /* a part of the name; "" any */
};

static struct control none, *control = &none;
static char folder[512];
static char names[FDS][NAME_MAX_LEN]; /* of open files below the folder; "" another one */

#define REAL(name)                                 \
    static __typeof__(&name) real;                 \
    if (real == NULL) {                            \
        *(void **)&real = dlsym(RTLD_NEXT, #name); \
    }

__attribute__((constructor)) static void start(void)
{
    const char *file = getenv("FAULT_CTL"), *dir = getenv("FAULT_DIR");
    if (file == NULL || dir == NULL || strlen(dir) >= sizeof folder) {
        return;
    }
    memcpy(folder, dir, strlen(dir) + 1);
    /* Children of a confined process may not open it: they find it open under a number of its own. */
    struct stat st;
    int fd = CONTROL_FD;
    if (fstat(fd, &st) != 0 || st.st_size != PAGE) {
        const int opened_fd = open(file, O_RDWR);
        fd = opened_fd < 0 ? -1 : dup2(opened_fd, CONTROL_FD);
        (void)close(opened_fd);
    }
    void *p = fd < 0 ? MAP_FAILED : mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p == MAP_FAILED) {
        (void)fputs("shim: no control page\n", stderr);
        _exit(99);
    }
    control = p;
}

/* Whether this call is one that fails. */
static bool due(enum op op, const char *name)
{
    if ((atomic_load(&control->ops) & op) == 0 ||
        (name != NULL && (name[0] == '\0' || strstr(name, control->file) == NULL))) {
        return false;
    }
    const uint32_t n = atomic_fetch_add(&control->calls, 1) + 1;
    if (n < control->nth || (control->times != 0 && n >= control->nth + control->times)) {
        return false;
    }
    atomic_fetch_add(&control->hits, 1);
    errno = (int)control->error;
    return true;
}

static const char *name_of(int fd)
{
    return fd >= 0 && fd < FDS ? names[fd] : "";
}

/* The name below the folder, or "". */
static const char *below(const char *path)
{
    const size_t n = strlen(folder);
    return n > 0 && strncmp(path, folder, n) == 0 && path[n] == '/' ? path + n + 1 : "";
}

static int opened(int fd, const char *path)
{
    if (fd >= 0 && fd < FDS) {
        (void)snprintf(names[fd], NAME_MAX_LEN, "%s", below(path));
    }
    return fd;
}

static mode_t mode_of(int flags, va_list args)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(args, mode_t) : 0;
}

#define OPEN_LIKE(name)                                                                \
    int name(const char *path, int flags, ...)                                         \
    {                                                                                  \
        REAL(name)                                                                     \
        va_list args;                                                                  \
        va_start(args, flags);                                                         \
        const mode_t mode = mode_of(flags, args);                                      \
        va_end(args);                                                                  \
        return due(OP_OPEN, below(path)) ? -1 : opened(real(path, flags, mode), path); \
    }
OPEN_LIKE(open)
OPEN_LIKE(open64)

/* What a fortified open() without a mode becomes. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __open_2(const char *path, int flags)
{
    return open(path, flags);
}
int __open64_2(const char *path, int flags)
{
    return open64(path, flags);
}

int close(int fd)
{
    REAL(close)
    if (fd >= 0 && fd < FDS) {
        names[fd][0] = '\0';
    }
    return real(fd);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    REAL(write)
    if (!due(OP_WRITE, name_of(fd))) {
        return real(fd, bytes, n);
    }
    return control->kind == KIND_SHORT && n > 1 ? real(fd, bytes, n / 2) : -1;
}

#define PWRITE_LIKE(name, off)                                                         \
    ssize_t name(int fd, const void *bytes, size_t n, off at)                          \
    {                                                                                  \
        REAL(name)                                                                     \
        if (!due(OP_WRITE, name_of(fd))) {                                             \
            return real(fd, bytes, n, at);                                             \
        }                                                                              \
        if (control->kind == KIND_LIE) {                                               \
            return (ssize_t)n;                                                         \
        }                                                                              \
        return control->kind == KIND_SHORT && n > 1 ? real(fd, bytes, n / 2, at) : -1; \
    }
PWRITE_LIKE(pwrite, off_t)
PWRITE_LIKE(pwrite64, off64_t)

#define PREAD_LIKE(name, off)                                           \
    ssize_t name(int fd, void *bytes, size_t n, off at)                 \
    {                                                                   \
        REAL(name)                                                      \
        return due(OP_READ, name_of(fd)) ? -1 : real(fd, bytes, n, at); \
    }
PREAD_LIKE(pread, off_t)
PREAD_LIKE(pread64, off64_t)

#define SYNC_LIKE(name)                                   \
    int name(int fd)                                      \
    {                                                     \
        REAL(name)                                        \
        return due(OP_SYNC, name_of(fd)) ? -1 : real(fd); \
    }
SYNC_LIKE(fsync)
SYNC_LIKE(fdatasync)

#define SIZE_LIKE(name, off)                                 \
    int name(int fd, off n)                                  \
    {                                                        \
        REAL(name)                                           \
        return due(OP_SIZE, name_of(fd)) ? -1 : real(fd, n); \
    }
SIZE_LIKE(ftruncate, off_t)
SIZE_LIKE(ftruncate64, off64_t)

#define ALLOCATE_LIKE(name, off)                                       \
    int name(int fd, int mode, off at, off n)                          \
    {                                                                  \
        REAL(name)                                                     \
        return due(OP_SIZE, name_of(fd)) ? -1 : real(fd, mode, at, n); \
    }
ALLOCATE_LIKE(fallocate, off_t)
ALLOCATE_LIKE(fallocate64, off64_t)

int rename(const char *from, const char *to)
{
    REAL(rename)
    return due(OP_NAME, below(to)) ? -1 : real(from, to);
}

int unlink(const char *path)
{
    REAL(unlink)
    return due(OP_NAME, below(path)) ? -1 : real(path);
}

/* ---- memory: glibc offers the real ones under these names, which need no dlsym() that would allocate ----
 */

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

void *malloc(size_t n)
{
    return due(OP_MEMORY, NULL) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return due(OP_MEMORY, NULL) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return due(OP_MEMORY, NULL) ? NULL : __libc_realloc(p, n);
}

/* ---- the wall clock ---- */

int clock_gettime(clockid_t id, struct timespec *out)
{
    REAL(clock_gettime)
    const int rc = real(id, out);
    const int64_t ms = atomic_load(&control->clock_ms);
    if (rc == 0 && ms != 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) {
        const int64_t at = (int64_t)out->tv_sec * 1000 + out->tv_nsec / 1000000 + ms;
        out->tv_sec = (time_t)(at / 1000);
        out->tv_nsec = (long)(at % 1000) * 1000000 + out->tv_nsec % 1000000;
    }
    return rc;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    (void)zone;
    struct timespec t;
    if (clock_gettime(CLOCK_REALTIME, &t) != 0) {
        return -1;
    }
    *out = (struct timeval){.tv_sec = t.tv_sec, .tv_usec = t.tv_nsec / 1000};
    return 0;
}

time_t time(time_t *out)
{
    struct timespec t;
    const time_t now = clock_gettime(CLOCK_REALTIME, &t) == 0 ? t.tv_sec : (time_t)-1;
    if (out != NULL) {
        *out = now;
    }
    return now;
}
