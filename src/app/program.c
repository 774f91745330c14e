/* program.c: see program.h. */
#include "program.h"

#include <fcntl.h>
#include <unistd.h>

static void drop(int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
    }
    *fd = -1;
}

void program_open(struct program *p)
{
    *p = (struct program){.tried_fd = -1, .before_fd = -1};
    const ssize_t n = readlink("/proc/self/exe", p->path, sizeof p->path - 1);
    p->path[n > 0 ? n : 0] = '\0';
    p->fd = open("/proc/self/exe", O_PATH | O_CLOEXEC);
}

bool program_look(struct program *p)
{
    drop(&p->tried_fd);
    p->tried_fd = open(p->path, O_PATH | O_CLOEXEC);
    return p->tried_fd >= 0;
}

void program_leave(struct program *p)
{
    drop(&p->tried_fd);
}

void program_take(struct program *p)
{
    drop(&p->before_fd);
    p->before_fd = p->fd;
    p->fd = p->tried_fd;
    p->tried_fd = -1;
    p->may_go_back = true;
}

void program_keep(struct program *p)
{
    drop(&p->before_fd);
    p->may_go_back = false;
}

bool program_back(struct program *p)
{
    if (!p->may_go_back) {
        return false;
    }
    drop(&p->fd);
    p->fd = p->before_fd;
    p->before_fd = -1;
    p->may_go_back = false;
    return true;
}

void program_exec(const struct program *p, bool tried, char *const *argv)
{
    const int fd = tried ? p->tried_fd : p->fd;
    (void)execveat(fd, "", argv, environ, AT_EMPTY_PATH);
    if (!tried) {
        (void)execv("/proc/self/exe", argv);
    }
}
