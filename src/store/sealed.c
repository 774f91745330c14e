/* sealed.c: see sealed.h. */
#include "sealed.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "check.h"
#include "clock.h"
#include "vault_open.h"
#include "version.h"

enum {
    TAG_BYTES = crypto_secretstream_xchacha20poly1305_ABYTES,
    STREAM_HEAD = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    HEAD_MAX = 1024,
    SALT_LEN = 16,
    LENGTH_BYTES = 4,
    PATH_LEN = 4096,
    /* So much is handed to the disk at once, so that the fsyncs of a server beside us never wait behind more.
     */
    FLUSH_BYTES = 4 * 1024 * 1024
};
static const char magic[] = "Sunwai backup ";
static const char *const kinds[] = {[SEALED_DATA] = "data", [SEALED_KEYS] = "keys"};

static void key_of(const uint8_t master[VAULT_KEY_LEN], enum sealed_kind kind, str salt,
                   uint8_t out[VAULT_KEY_LEN])
{
    uint8_t of_kind[VAULT_KEY_LEN];
    struct vault *v = vault_open(master);
    vault_derive(v, kind == SEALED_DATA ? S("backup data") : S("backup keys"), of_kind);
    vault_close(v);
    keyed_hash(of_kind, sizeof of_kind, salt, out, VAULT_KEY_LEN);
    sodium_memzero(of_kind, sizeof of_kind);
}

/* ---- the lines in front ---- */

static void head_put(struct buf *b, const struct sealed_head *h, str salt_hex)
{
    const struct local_time t = local_of(h->made_ms);
    buf_printf(b, "%s%d\nkind %s\nprogram %s\nschema %lld\nmade %lld %04d-%02d-%02d %02d:%02d\n", magic,
               SEALED_FORMAT, kinds[h->kind], h->program, (long long)h->schema, (long long)h->made_ms, t.year,
               t.month, t.day, t.hour, t.minute);
    buf_printf(b, "until %lld %lld\nbackup %s\nkey %s\nsalt %.*s\n\n", (long long)h->until_ms,
               h->until_ms == 0 ? 0 : (long long)local_day(h->until_ms), h->code, h->key, STR_F(salt_hex));
}

/* The value of the next line, which must have this name; STR_NONE: it has not. */
static str line_of(str *rest, str name)
{
    str line = str_cut(rest, '\n');
    const str word = str_cut(&line, ' ');
    return str_eq(word, name) && line.p != NULL ? line : STR_NONE;
}

static bool text_of(str value, char *out, size_t max)
{
    if (value.n == 0 || value.n > max) {
        return false;
    }
    memcpy(out, value.p, value.n);
    out[value.n] = '\0';
    return true;
}

static bool number_of(str value, int64_t *out)
{
    return str_i64(str_cut(&value, ' '), out);
}

struct head_read {
    struct sealed_head head;
    uint8_t salt[SALT_LEN];
    size_t n; /* bytes that it takes */
};

/* The bytes before the stream; false: not the head of such a file. */
static bool head_get(str text, struct head_read *out)
{
    struct sealed_head *h = &out->head;
    str rest = text;
    (void)str_cut(&rest, '\n'); /* format: looked at before */
    const str kind = line_of(&rest, S("kind"));
    h->kind = str_eq(kind, S("keys")) ? SEALED_KEYS : SEALED_DATA;
    const bool good = str_eq(kind, str_of(kinds[h->kind])) &&
                      text_of(line_of(&rest, S("program")), h->program, SEALED_PROGRAM - 1) &&
                      number_of(line_of(&rest, S("schema")), &h->schema) &&
                      number_of(line_of(&rest, S("made")), &h->made_ms) &&
                      number_of(line_of(&rest, S("until")), &h->until_ms) &&
                      text_of(line_of(&rest, S("backup")), h->code, SEALED_CODE) &&
                      text_of(line_of(&rest, S("key")), h->key, SEALED_KEY) &&
                      hex_to(line_of(&rest, S("salt")), out->salt, SALT_LEN) && rest.p != NULL &&
                      str_starts(rest, S("\n"));
    out->n = text.n - rest.n + 1;
    return good;
}

/* ---- writing ---- */

struct sealed_out {
    int fd;
    bool published;
    char path[PATH_LEN], part[PATH_LEN];
    struct buf front; /* its lines: bound to the first piece */
    bool bound;
    int64_t bytes, flushed;
    enum sealed_kind kind;
    crypto_secretstream_xchacha20poly1305_state state;
    uint8_t piece[LENGTH_BYTES + SEALED_PIECE + TAG_BYTES];
};

static err write_failed(const struct sealed_out *o, struct fail *f)
{
    return errno == ENOSPC || errno == EDQUOT
               ? fail_log(f, ERR_IO, "no room left for %s", o->path)
               : fail_log(f, ERR_IO, "cannot write %s: %s", o->part, errno_text(errno));
}

static err write_all(struct sealed_out *o, const void *bytes, size_t n, struct fail *f)
{
    const uint8_t *p = bytes;
    for (size_t done = 0; done < n;) {
        const ssize_t wrote = write(o->fd, p + done, n - done);
        if (wrote < 0 && errno != EINTR) {
            return write_failed(o, f);
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    o->bytes += (int64_t)n;
    if (o->bytes - o->flushed >= FLUSH_BYTES) {
        /* Both only save others from waiting; what counts is the fsync at the end. */
        (void)sync_file_range(o->fd, o->flushed, o->bytes - o->flushed,
                              SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
        (void)posix_fadvise(o->fd, 0, o->bytes, POSIX_FADV_DONTNEED);
        o->flushed = o->bytes;
    }
    return OK;
}

/* In a folder of others it may be another name of a file that is not to be written. */
static bool ours_alone(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_nlink == 1;
}

/* A .part that nobody holds is what a backup left that was cut short. */
static err part_open(struct sealed_out *o, struct fail *f)
{
    struct stat st;
    if (stat(o->path, &st) == 0) {
        return fail_log(f, ERR_CONFLICT, "there is %s already: a backup never writes over anything", o->path);
    }
    o->fd = open(o->part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (o->fd < 0) {
        return fail_log(f, ERR_IO, "cannot make %s: %s", o->part, errno_text(errno));
    }
    if (!ours_alone(o->fd)) {
        (void)close(o->fd);
        o->fd = -1;
        return fail_log(f, ERR_DENIED, "%s is there already and is not of this backup: remove it", o->part);
    }
    if (flock(o->fd, LOCK_EX | LOCK_NB) != 0) {
        (void)close(o->fd);
        o->fd = -1;
        return fail_log(f, ERR_BUSY, "another process is writing %s", o->part);
    }
    return fchmod(o->fd, 0600) == 0 && ftruncate(o->fd, 0) == 0 ? OK : write_failed(o, f);
}

err sealed_create(const char *path, const uint8_t master[VAULT_KEY_LEN], const struct sealed_head *head,
                  struct sealed_out **out, struct fail *f)
{
    struct sealed_out *o = mem_new(sizeof *o);
    struct sealed_head h = *head;
    uint8_t salt[SALT_LEN], key[VAULT_KEY_LEN], stream_head[STREAM_HEAD];
    char hex[2 * SALT_LEN];
    o->fd = -1;
    o->kind = h.kind;
    o->front = buf_new(HEAD_MAX);
    const bool fits = snprintf(o->path, sizeof o->path, "%s", path) < (int)sizeof o->path &&
                      snprintf(o->part, sizeof o->part, "%s.part", path) < (int)sizeof o->part;
    err e = fits ? part_open(o, f) : fail_log(f, ERR_LIMIT, "the name %s is too long", path);
    random_bytes(salt, sizeof salt);
    hex_of(salt, sizeof salt, hex);
    (void)snprintf(h.program, sizeof h.program, "%s", SUNWAI_VERSION);
    vault_check_value(master, h.key);
    h.key[SEALED_KEY] = '\0';
    head_put(&o->front, &h, (str){hex, sizeof hex});
    key_of(master, h.kind, (str){(const char *)salt, sizeof salt}, key);
    CHECK(crypto_secretstream_xchacha20poly1305_init_push(&o->state, stream_head, key) == 0);
    sodium_memzero(key, sizeof key);
    if (e.code == ERR_OK) {
        e = write_all(o, o->front.p, o->front.n, f);
    }
    if (e.code == ERR_OK) {
        e = write_all(o, stream_head, sizeof stream_head, f);
    }
    if (e.code != ERR_OK) {
        sealed_close(o);
        return e;
    }
    *out = o;
    return OK;
}

static err push(struct sealed_out *o, str piece, uint8_t tag, struct fail *f)
{
    CHECK(piece.n > 0 && piece.n <= SEALED_PIECE);
    const uint32_t length = htole32((uint32_t)piece.n);
    memcpy(o->piece, &length, LENGTH_BYTES);
    crypto_secretstream_xchacha20poly1305_push(
        &o->state, o->piece + LENGTH_BYTES, NULL, (const uint8_t *)piece.p, piece.n,
        o->bound ? NULL : (const uint8_t *)o->front.p, o->bound ? 0 : o->front.n, tag);
    o->bound = true;
    return write_all(o, o->piece, LENGTH_BYTES + piece.n + TAG_BYTES, f);
}

err sealed_put(struct sealed_out *o, str piece, struct fail *f)
{
    return push(o, piece, 0, f);
}

err sealed_end(struct sealed_out *o, str summary, struct fail *f)
{
    TRY(push(o, summary, crypto_secretstream_xchacha20poly1305_TAG_FINAL, f));
    if (fsync(o->fd) != 0) {
        return write_failed(o, f);
    }
    /* What is read back then comes from the disk, as far as the kernel lets us say so. */
    (void)posix_fadvise(o->fd, 0, 0, POSIX_FADV_DONTNEED);
    return OK;
}

static bool folder_sync(const char *path)
{
    char folder[PATH_LEN];
    const char *slash = strrchr(path, '/');
    const int n = slash == NULL ? 1 : slash == path ? 1 : (int)(slash - path);
    (void)snprintf(folder, sizeof folder, "%.*s", n, slash == NULL ? "." : path);
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        (void)close(fd);
    }
    return synced;
}

err sealed_publish(struct sealed_out *o, struct fail *f)
{
    /* link() refuses a name that was taken meanwhile; file systems of memory sticks have no links. */
    if (link(o->part, o->path) == 0) {
        (void)unlink(o->part);
    } else if (errno == EEXIST) {
        return fail_log(f, ERR_CONFLICT, "there is %s already: a backup never writes over anything", o->path);
    } else if (rename(o->part, o->path) != 0) {
        return write_failed(o, f);
    }
    o->published = true;
    return folder_sync(o->path) ? OK : write_failed(o, f);
}

int64_t sealed_bytes(const struct sealed_out *o)
{
    return o->bytes;
}

void sealed_close(struct sealed_out *o)
{
    if (o == NULL) {
        return;
    }
    if (o->fd >= 0 && !o->published) {
        (void)unlink(o->part);
    }
    if (o->fd >= 0) {
        (void)close(o->fd);
    }
    buf_free(&o->front);
    sodium_memzero(&o->state, sizeof o->state);
    mem_free(o);
}

/* ---- reading ---- */

struct sealed_in {
    FILE *file;
    char path[PATH_LEN];
    struct head_read read;
    char front[HEAD_MAX];
    bool bound, over;
    crypto_secretstream_xchacha20poly1305_state state;
    uint8_t sealed[SEALED_PIECE + TAG_BYTES];
    uint8_t piece[SEALED_PIECE];
};

static err front_check(struct sealed_in *in, size_t n, enum sealed_kind kind,
                       const uint8_t master[VAULT_KEY_LEN], struct fail *f)
{
    char want[SEALED_KEY];
    str text = {in->front, n};
    int64_t format = 0;
    if (!str_starts(text, str_of(magic))) {
        return fail_log(f, ERR_INVALID, "%s is not a backup made by this program", in->path);
    }
    text = str_sub(text, sizeof magic - 1, n);
    if (!str_i64(str_cut(&text, '\n'), &format) || format > SEALED_FORMAT) {
        return fail_log(f, ERR_INVALID,
                        "%s has a format that this program does not know: use a newer program", in->path);
    }
    if (format < SEALED_FORMAT || !head_get((str){in->front, n}, &in->read)) {
        return fail_log(f, ERR_INVALID, "%s is damaged: its first lines cannot be read", in->path);
    }
    if (in->read.head.kind != kind) {
        return fail_log(f, ERR_INVALID,
                        kind == SEALED_DATA ? "%s holds case keys, not data: give the file without .keys"
                                            : "%s holds data, not case keys: give the file with .keys",
                        in->path);
    }
    vault_check_value(master, want);
    if (memcmp(want, in->read.head.key, SEALED_KEY) != 0) {
        return fail_log(f, ERR_DENIED, "%s was made with another key: give the key file of that time",
                        in->path);
    }
    return OK;
}

static err stream_begin(struct sealed_in *in, enum sealed_kind kind, const uint8_t master[VAULT_KEY_LEN],
                        struct fail *f)
{
    uint8_t key[VAULT_KEY_LEN], stream_head[STREAM_HEAD];
    TRY(front_check(in, fread(in->front, 1, HEAD_MAX, in->file), kind, master, f));
    if (fseek(in->file, (long)in->read.n, SEEK_SET) != 0 ||
        fread(stream_head, 1, STREAM_HEAD, in->file) != STREAM_HEAD) {
        return fail_log(f, ERR_IO, "%s is cut short", in->path);
    }
    key_of(master, kind, (str){(const char *)in->read.salt, SALT_LEN}, key);
    const int begun = crypto_secretstream_xchacha20poly1305_init_pull(&in->state, stream_head, key);
    sodium_memzero(key, sizeof key);
    return begun == 0 ? OK : fail_log(f, ERR_IO, "%s is damaged", in->path);
}

/* What is no file (a pipe waits for ever for somebody to write) is none of ours. */
static FILE *file_open(const char *name)
{
    struct stat st;
    const int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    const bool is_file = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    FILE *file = is_file ? fdopen(fd, "r") : NULL;
    if (fd >= 0 && file == NULL) {
        (void)close(fd);
        errno = is_file ? ENOMEM : EINVAL;
    }
    return file;
}

static err open_named(const char *name, const char *path, enum sealed_kind kind,
                      const uint8_t master[VAULT_KEY_LEN], struct sealed_in **out, struct fail *f)
{
    FILE *file = file_open(name);
    if (file == NULL) {
        return errno == ENOENT ? fail_log(f, ERR_NOT_FOUND, "there is no file %s", path)
                               : fail_log(f, ERR_IO, "cannot read %s: %s", path, errno_text(errno));
    }
    struct sealed_in *in = mem_new(sizeof *in);
    in->file = file;
    (void)snprintf(in->path, sizeof in->path, "%s", path);
    const err e = stream_begin(in, kind, master, f);
    if (e.code != ERR_OK) {
        sealed_done(in);
        return e;
    }
    *out = in;
    return OK;
}

err sealed_open(const char *path, enum sealed_kind kind, const uint8_t master[VAULT_KEY_LEN],
                struct sealed_in **out, struct fail *f)
{
    return open_named(path, path, kind, master, out, f);
}

err sealed_open_part(const struct sealed_out *o, const uint8_t master[VAULT_KEY_LEN], struct sealed_in **out,
                     struct fail *f)
{
    return open_named(o->part, o->path, o->kind, master, out, f);
}

const struct sealed_head *sealed_head_of(const struct sealed_in *in)
{
    return &in->read.head;
}

static err damaged(const struct sealed_in *in, struct fail *f)
{
    return fail_log(f, ERR_IO, "%s was changed or is damaged: take another backup", in->path);
}

static err cut_short(const struct sealed_in *in, struct fail *f)
{
    if (ferror(in->file) != 0) {
        return fail_log(f, ERR_IO, "cannot read %s: %s", in->path, errno_text(errno));
    }
    return fail_log(f, ERR_IO, "%s is cut short: take another backup", in->path);
}

err sealed_next(struct sealed_in *in, str *out_piece, bool *out_last, struct fail *f)
{
    CHECK(!in->over);
    uint32_t length = 0;
    uint8_t tag = 0;
    if (fread(&length, 1, LENGTH_BYTES, in->file) != LENGTH_BYTES) {
        return cut_short(in, f);
    }
    const size_t n = le32toh(length);
    if (n == 0 || n > SEALED_PIECE) {
        return damaged(in, f);
    }
    if (fread(in->sealed, 1, n + TAG_BYTES, in->file) != n + TAG_BYTES) {
        return cut_short(in, f);
    }
    if (crypto_secretstream_xchacha20poly1305_pull(
            &in->state, in->piece, NULL, &tag, in->sealed, n + TAG_BYTES,
            in->bound ? NULL : (const uint8_t *)in->front, in->bound ? 0 : in->read.n) != 0) {
        return damaged(in, f);
    }
    in->bound = true;
    in->over = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    if (in->over && fgetc(in->file) != EOF) {
        return damaged(in, f);
    }
    *out_piece = (str){(const char *)in->piece, n};
    *out_last = in->over;
    return OK;
}

void sealed_done(struct sealed_in *in)
{
    if (in == NULL) {
        return;
    }
    (void)fclose(in->file);
    sodium_memzero(&in->state, sizeof in->state);
    mem_free(in);
}
