/* fuzz_sealed: a file that is said to be a backup. The input is a file as it stands (never ours: no input has
 * the key's tag), and instructions to change one that is: what is changed, cut or put behind it is refused.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "fuzz.h"
#include "sealed.h"

static const uint8_t master[VAULT_KEY_LEN] = {7};
static char good[4096]; /* a file of ours */
static size_t good_n;

/* How it ended, and how many pieces were read before. */
static err read_file(const char *bytes, size_t n, int *out_pieces)
{
    char path[64];
    struct fail f = {0};
    struct sealed_in *in = NULL;
    const int fd = memfd_create("sealed", MFD_CLOEXEC);
    CHECK(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    *out_pieces = 0;
    err e = sealed_open(path, SEALED_DATA, master, &in, &f);
    CHECK(e.code == ERR_OK || f.message != 0 || f.log[0] != '\0');
    bool last = false;
    while (e.code == ERR_OK && !last) {
        str piece;
        e = sealed_next(in, &piece, &last, &f);
        if (e.code == ERR_OK) {
            CHECK(piece.n > 0 || last);
            *out_pieces += 1;
        }
    }
    sealed_done(in);
    (void)close(fd);
    return e;
}

static void make_good(void)
{
    char path[] = "/tmp/sunwai-fuzz-sealed.XXXXXX";
    struct fail f = {0};
    struct sealed_out *o = NULL;
    const struct sealed_head head = {.kind = SEALED_DATA,
                                     .schema = 4,
                                     .made_ms = 1773486000000,
                                     .code = "0123456789abcdef0123456789abcdef"};
    CHECK(mkdtemp(path) != NULL);
    char file[80];
    (void)snprintf(file, sizeof file, "%s/f", path);
    CHECK(sealed_create(file, master, &head, &o, &f).code == ERR_OK);
    CHECK(sealed_put(o, S("first piece"), &f).code == ERR_OK &&
          sealed_put(o, S("second"), &f).code == ERR_OK);
    CHECK(sealed_end(o, S("summary"), &f).code == ERR_OK && sealed_publish(o, &f).code == ERR_OK);
    sealed_close(o);
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    const ssize_t n = read(fd, good, sizeof good);
    CHECK(n > 0 && n < (ssize_t)sizeof good);
    good_n = (size_t)n;
    (void)close(fd);
    (void)unlink(file);
    (void)rmdir(path);
    int pieces;
    CHECK(read_file(good, good_n, &pieces).code == ERR_OK && pieces == 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char changed[sizeof good + 16];
    int pieces;
    if (good_n == 0) {
        make_good();
    }
    if (size < 4 || size > sizeof good) {
        return 0;
    }
    const err as_it_is = read_file((const char *)data, size, &pieces);
    CHECK(as_it_is.code != ERR_OK && pieces == 0);
    memcpy(changed, good, good_n);
    size_t n = good_n;
    const size_t at = ((size_t)data[0] << 8 | data[1]) % good_n;
    switch (data[2] % 3) {
    case 0: /* a byte is another */
        changed[at] = (char)(changed[at] ^ (data[3] != 0 ? data[3] : 1));
        break;
    case 1: /* cut short */
        n = at;
        break;
    default: /* something behind it, or in it */
        memmove(changed + at + 1, changed + at, good_n - at);
        changed[at] = (char)data[3];
        n = good_n + 1;
        break;
    }
    if (n != good_n || memcmp(changed, good, n) != 0) {
        CHECK(read_file(changed, n, &pieces).code != ERR_OK);
    }
    return 0;
}
