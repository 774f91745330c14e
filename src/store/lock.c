/* lock.c: see lock.h. The file stays when the lock goes: removing it would let two processes hold two. */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "arena.h"

struct lock {
    int fd;
};

static err held(int fd, const char *dir, struct fail *f)
{
    char who[24];
    const ssize_t n = pread(fd, who, sizeof who, 0);
    const str pid = str_trim((str){who, n > 0 ? (size_t)n : 0});
    return fail_log(f, ERR_BUSY, "%s is held by process %.*s", dir, STR_F(pid));
}

err lock_take(const char *dir, struct lock **out, struct fail *f)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/lock", dir) >= (int)sizeof path) {
        return fail_log(f, ERR_LIMIT, "name of the data folder is too long");
    }
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fail_log(f, ERR_IO, "cannot open %s: errno %d", path, errno);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const err e = errno == EWOULDBLOCK ? held(fd, dir, f)
                                           : fail_log(f, ERR_IO, "cannot lock %s: errno %d", path, errno);
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
