/* lock.c: see lock.h. The file stays when the lock goes: removing it would let two processes hold two. */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "arena.h"

enum { PATH_LEN = 4096 };

struct lock {
    int fd;
};

enum { NOTE_MAX = 200 };

static err path_of(const char *dir, char out[PATH_LEN], struct fail *f)
{
    if (snprintf(out, PATH_LEN, "%s/lock", dir) >= PATH_LEN) {
        return fail_log(f, ERR_LIMIT, "name of the data folder is too long");
    }
    return OK;
}

/* Its number stands on the first line, and where it answers on the second one. */
static err held(int fd, const char *dir, struct fail *f)
{
    char text[NOTE_MAX];
    const ssize_t n = pread(fd, text, sizeof text, 0);
    str rest = {text, n > 0 ? (size_t)n : 0};
    const str pid = str_cut(&rest, '\n');
    const str address = rest.p != NULL ? str_cut(&rest, '\n') : STR_NONE;
    if (address.n > 0) {
        return fail_log(f, ERR_BUSY, "%s is held by process %.*s, which answers at %.*s", dir, STR_F(pid),
                        STR_F(address));
    }
    return fail_log(f, ERR_BUSY, "%s is held by process %.*s", dir, STR_F(pid));
}

static err lock_fd(int fd, int how, const char *dir, struct fail *f)
{
    if (flock(fd, how | LOCK_NB) == 0) {
        return OK;
    }
    return errno == EWOULDBLOCK ? held(fd, dir, f)
                                : fail_log(f, ERR_IO, "cannot lock %s: %s", dir, errno_text(errno));
}

err lock_take(const char *dir, struct lock **out, struct fail *f)
{
    char path[PATH_LEN];
    TRY(path_of(dir, path, f));
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fail_log(f, ERR_IO, "cannot open %s: %s", path, errno_text(errno));
    }
    const err e = lock_fd(fd, LOCK_EX, dir, f);
    if (e.code != ERR_OK) {
        (void)close(fd);
        return e;
    }
    char pid[24];
    const int n = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    /* Only for the message of whoever comes second: a full disk must not keep the store from opening. */
    const bool written = ftruncate(fd, 0) == 0 && pwrite(fd, pid, (size_t)n, 0) == n;
    (void)written;
    struct lock *l = mem_new(sizeof *l);
    l->fd = fd;
    *out = l;
    return OK;
}

void lock_release(struct lock *l)
{
    if (l != NULL) {
        (void)close(l->fd);
        mem_free(l);
    }
}

void lock_note(const char *dir, str address)
{
    char path[PATH_LEN];
    struct fail f;
    const int fd = path_of(dir, path, &f).code == ERR_OK ? open(path, O_WRONLY | O_APPEND | O_CLOEXEC) : -1;
    if (fd < 0) {
        return;
    }
    /* One write, so that it stands there whole; and when it does not, a message says less. */
    char line[NOTE_MAX];
    const int n = snprintf(line, sizeof line, "%.*s\n%ld\n", STR_F(address), (long)getpid());
    const bool written = n > 0 && n < NOTE_MAX && write(fd, line, (size_t)n) == n;
    (void)written;
    (void)close(fd);
}

static bool number_of(str text, long *out)
{
    int64_t n;
    if (text.p == NULL || !str_i64(text, &n) || n <= 1 || n > INT32_MAX) {
        return false;
    }
    *out = (long)n;
    return true;
}

bool lock_server(const char *dir, struct lock_holder *out)
{
    char path[PATH_LEN];
    char text[2 * NOTE_MAX];
    struct fail f;
    if (lock_look(dir, &f).code != ERR_BUSY || path_of(dir, path, &f).code != ERR_OK) {
        return false;
    }
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t n = fd < 0 ? 0 : pread(fd, text, sizeof text, 0);
    if (fd >= 0) {
        (void)close(fd);
    }
    struct lock_holder h;
    str rest = {text, n > 0 ? (size_t)n : 0};
    const bool held = number_of(str_cut(&rest, '\n'), &h.process);
    const str address = rest.p != NULL ? str_cut(&rest, '\n') : STR_NONE;
    if (!held || rest.p == NULL || !number_of(str_cut(&rest, '\n'), &h.server)) {
        return false;
    }
    (void)snprintf(h.address, sizeof h.address, "%.*s", STR_F(address));
    *out = h;
    return true;
}

err lock_look(const char *dir, struct fail *f)
{
    char path[PATH_LEN];
    TRY(path_of(dir, path, f));
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return OK; /* nobody ever held it */
    }
    const err e = lock_fd(fd, LOCK_SH, dir, f);
    (void)close(fd);
    return e;
}
