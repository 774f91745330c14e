/* flusher.c: see flusher.h. */
#include "flusher.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "check.h"

enum { PIECES = 32 };

struct flusher {
    sqlite3 *reader;
    int fd; /* opened for reading, which is enough for a sync; kept open though the rest may have failed */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t turned;
    bool asked, ending;
    bool running; /* the thread */
    _Atomic int state;
    _Atomic int why;
};

/* Whoever commits to the log meanwhile waits for the disk behind what was handed to it here: so it gets the
 * file piece by piece, and the sync that counts finds little left. A disk's error is told only once: here. */
static int in_pieces(int fd)
{
    struct stat st;
    if (fstat(fd, &st) != 0) {
        return errno;
    }
    const off_t piece = st.st_size / PIECES + 1;
    for (off_t at = 0; at < st.st_size; at += piece) {
        if (sync_file_range(fd, at, piece, SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER) != 0) {
            /* A file system that cannot do this has a sync that can. */
            return errno == ENOSYS || errno == EINVAL || errno == EOPNOTSUPP ? 0 : errno;
        }
    }
    return 0;
}

static int whole(int fd)
{
    int rc = 0;
    do {
        rc = fdatasync(fd);
    } while (rc != 0 && errno == EINTR);
    return rc == 0 ? 0 : errno;
}

static void *flush(void *arg)
{
    struct flusher *f = arg;
    pthread_mutex_lock(&f->mutex);
    for (;;) {
        while (!f->asked && !f->ending) {
            pthread_cond_wait(&f->turned, &f->mutex);
        }
        if (!f->asked) {
            break;
        }
        f->asked = false;
        pthread_mutex_unlock(&f->mutex);
        int why = in_pieces(f->fd);
        why = why == 0 ? whole(f->fd) : why;
        atomic_store(&f->why, why);
        atomic_store(&f->state, why == 0 ? FLUSHER_DONE : FLUSHER_FAILED);
        pthread_mutex_lock(&f->mutex);
    }
    pthread_mutex_unlock(&f->mutex);
    return NULL;
}

static bool reader_open(const char *path, sqlite3 **out)
{
    const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
    return sqlite3_open_v2(path, out, flags, NULL) == SQLITE_OK &&
           sqlite3_db_config(*out, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL) == SQLITE_OK &&
           sqlite3_wal_autocheckpoint(*out, 0) == SQLITE_OK;
}

struct flusher *flusher_open(const char *path)
{
    struct flusher *f = mem_new(sizeof *f);
    pthread_mutex_init(&f->mutex, NULL);
    pthread_cond_init(&f->turned, NULL);
    f->fd = open(path, O_RDONLY | O_CLOEXEC);
    f->running =
        f->fd >= 0 && reader_open(path, &f->reader) && pthread_create(&f->thread, NULL, flush, f) == 0;
    return f;
}

bool flusher_hold(struct flusher *f)
{
    /* The second one only begins to read, and asks nothing of the schema. */
    if (f->running && sqlite3_exec(f->reader, "begin; pragma user_version", NULL, NULL, NULL) == SQLITE_OK) {
        return true;
    }
    flusher_let_go(f);
    return false;
}

void flusher_let_go(struct flusher *f)
{
    if (f->reader != NULL && sqlite3_get_autocommit(f->reader) == 0) {
        (void)sqlite3_exec(f->reader, "rollback", NULL, NULL, NULL);
    }
}

void flusher_start(struct flusher *f)
{
    CHECK(f->running && flusher_state(f) == FLUSHER_DONE);
    atomic_store(&f->state, FLUSHER_BUSY);
    pthread_mutex_lock(&f->mutex);
    f->asked = true;
    pthread_cond_signal(&f->turned);
    pthread_mutex_unlock(&f->mutex);
}

enum flusher_state flusher_state(const struct flusher *f)
{
    return (enum flusher_state)atomic_load(&f->state);
}

int flusher_errno(const struct flusher *f)
{
    return atomic_load(&f->why);
}

void flusher_end(struct flusher *f)
{
    if (f == NULL) {
        return;
    }
    if (f->running) {
        pthread_mutex_lock(&f->mutex);
        f->ending = true;
        pthread_cond_signal(&f->turned);
        pthread_mutex_unlock(&f->mutex);
        pthread_join(f->thread, NULL);
        f->running = false;
    }
    flusher_let_go(f);
    sqlite3_close(f->reader);
    f->reader = NULL;
}

void flusher_close(struct flusher *f)
{
    if (f == NULL) {
        return;
    }
    CHECK(f->reader == NULL);
    if (f->fd >= 0) {
        (void)close(f->fd);
    }
    pthread_mutex_destroy(&f->mutex);
    pthread_cond_destroy(&f->turned);
    mem_free(f);
}
