/* keyfile.c: DIR/key, the one secret that is not in any database. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "vault_open.h"

enum { FILE_LEN = HEX_OF_32 + 1, PATH_LEN = 4096 };

static err path_of(const char *dir, char out[PATH_LEN], struct fail *f)
{
    if (snprintf(out, PATH_LEN, "%s/key", dir) >= PATH_LEN) {
        return fail_log(f, ERR_LIMIT, "name of the data folder is too long");
    }
    return OK;
}

err keyfile_read_at(const char *path, uint8_t out[VAULT_KEY_LEN], struct fail *f)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        return fail_log(f, ERR_NOT_FOUND, "no key file %s: put the saved copy of the key there", path);
    }
    if (fd < 0) {
        return fail_log(f, ERR_IO, "cannot read %s: %s", path, errno_text(errno));
    }
    char text[FILE_LEN + 1];
    struct stat st;
    const ssize_t n = read(fd, text, sizeof text);
    const bool known = fstat(fd, &st) == 0;
    (void)close(fd);
    const str hex = str_trim((str){text, n > 0 ? (size_t)n : 0});
    const bool good = hex.n == HEX_OF_32 && hex_to(hex, out, VAULT_KEY_LEN);
    sodium_memzero(text, sizeof text);
    if (!good) {
        return fail_log(f, ERR_INVALID, "%s is not a key: 64 hexadecimal digits are wanted", path);
    }
    if (known && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        WARN("store.key_open_to_others", log_i64("mode", (int64_t)(st.st_mode & 0777)));
    }
    return OK;
}

err keyfile_read(const char *dir, uint8_t out[VAULT_KEY_LEN], struct fail *f)
{
    char path[PATH_LEN];
    TRY(path_of(dir, path, f));
    return keyfile_read_at(path, out, f);
}

static err write_durably(int fd, const char *dir, const char *text, size_t n)
{
    if (write(fd, text, n) != (ssize_t)n || fsync(fd) != 0) {
        return FAIL(IO);
    }
    const int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return FAIL(IO);
    }
    const int synced = fsync(folder);
    (void)close(folder);
    return synced == 0 ? OK : FAIL(IO);
}

err keyfile_create(const char *dir, struct fail *f)
{
    uint8_t key[VAULT_KEY_LEN];
    random_bytes(key, sizeof key);
    const err e = keyfile_write(dir, key, f);
    sodium_memzero(key, sizeof key);
    return e;
}

err keyfile_write(const char *dir, const uint8_t key[VAULT_KEY_LEN], struct fail *f)
{
    char path[PATH_LEN];
    TRY(path_of(dir, path, f));
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno == EEXIST ? fail_log(f, ERR_CONFLICT, "there is a key file %s already", path)
                               : fail_log(f, ERR_IO, "cannot make %s: %s", path, errno_text(errno));
    }
    char text[FILE_LEN];
    hex_of(key, VAULT_KEY_LEN, text);
    text[HEX_OF_32] = '\n';
    const err e = write_durably(fd, dir, text, sizeof text);
    sodium_memzero(text, sizeof text);
    (void)close(fd);
    if (e.code != ERR_OK) {
        (void)unlink(path);
        return fail_log(f, ERR_IO, "cannot write %s: %s", path, errno_text(errno));
    }
    return OK;
}
