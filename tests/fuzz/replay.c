/* replay FOLDER...: gives every file of the folders to the linked fuzz target, each in a child of its own, so
 * that a corpus is a regression test with any compiler. Prints "N passed, N failed"; a folder without a file
 * is a failure. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "fuzz.h"

static int passed;
static int failed;

/* Exits: the status tells. */
static _Noreturn void replay(int folder, const char *name)
{
    struct stat s;
    const int fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &s) != 0) {
        _exit(2);
    }
    const size_t size = (size_t)s.st_size;
    uint8_t *data = mem_new(size);
    if (read(fd, data, size) != (ssize_t)size) {
        _exit(2);
    }
    const int status = LLVMFuzzerTestOneInput(data, size);
    mem_free(data);
    exit(status); /* not _exit(): a leak is a failure too */
}

static bool replayed_well(int folder, const char *name)
{
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        replay(folder, name);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void replay_folder(const char *path)
{
    const int before = passed + failed;
    DIR *d = opendir(path);
    for (const struct dirent *e = NULL; d != NULL && (e = readdir(d)) != NULL;) {
        if (e->d_name[0] == '.') {
            continue;
        }
        if (replayed_well(dirfd(d), e->d_name)) {
            passed++;
            continue;
        }
        printf("%s/%s failed\n", path, e->d_name);
        failed++;
    }
    if (d != NULL) {
        closedir(d);
    }
    if (passed + failed == before) {
        printf("%s holds no file\n", path);
        failed++;
    }
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        replay_folder(argv[i]);
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}
