#include "file_given.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "confinement.h"

bool file_read(int fd, void *to, size_t n)
{
    char *p = to;
    for (size_t got = 0; got < n;) {
        const ssize_t r = read(fd, p + got, n - got);
        if (r <= 0) {
            return false;
        }
        got += (size_t)r;
    }
    return true;
}

bool file_given(const struct call *call, str name, size_t most, str *out)
{
    struct stat s;
    const char *path = arena_cstr(call->arena, name);
    const int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    bool fine = fd >= 0 && fstat(fd, &s) == 0;
    struct fail f = {0};
    if (fine && confine_command(call->config, &f).code != ERR_OK) { /* before a byte of it is read */
        CLI_COMPLAIN(MSG_CLI_AS_IT_IS, CLI_ARG("text", str_of(f.log)));
        return false;
    }
    if (fine && (size_t)s.st_size > most) {
        CLI_COMPLAIN(MSG_CLI_IMPORT_LARGE, CLI_ARG("file", name),
                     CLI_ARG("n", arena_printf(call->arena, "%zu", most)));
        (void)close(fd);
        return false;
    }
    char *p = fine ? arena_try(call->arena, (size_t)s.st_size + 1) : NULL;
    fine = p != NULL && file_read(fd, p, (size_t)s.st_size);
    if (!fine) {
        CLI_COMPLAIN(MSG_CLI_IMPORT_FILE, CLI_ARG("file", name), CLI_ARG("why", str_of(errno_text(errno))));
    } else {
        *out = (str){p, (size_t)s.st_size};
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    return fine;
}
