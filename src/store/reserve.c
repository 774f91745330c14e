/* reserve.c: see reserve.h. */
#include "reserve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

bool reserve_room(const char *dir, long long bytes)
{
    struct statvfs v;
    return statvfs(dir, &v) == 0 && (long long)v.f_bavail * (long long)v.f_frsize >= bytes;
}

bool reserve_owned(const char *log)
{
    struct stat st;
    return stat(log, &st) == 0 && (long long)st.st_blocks * 512 >= RESERVE_BYTES;
}

/* The log is found by its name: SQLite locks the database file and the index of the log, never the log, so
 * closing it again drops no lock. Its length stays, so that nothing reads what was never written. */
bool reserve_take(const char *log)
{
    const int fd = open(log, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    const bool taken = fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, RESERVE_BYTES) == 0;
    (void)close(fd);
    return taken;
}
