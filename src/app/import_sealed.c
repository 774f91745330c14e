/* import_sealed.c: `sunwai import sealed FILE`: records that a device wrote to a file because it found no way
 * to send them: SWX1, then for each its ULID, the device's code, and the sealed bytes. Each goes the way of
 * those that are sent. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "commands.h"
#include "confinement.h"
#include "device_record.h"
#include "file_given.h"
#include "order.h"

enum { MAGIC_LEN = 4, ULID_TEXT = 26, CODE_MAX = 40, NUMBER_TEXT = 24, PIECE = 512 * 1024, ANSWER = 4096 };

struct sealed_file {
    int fd;
    char *bytes; /* RECORD_MAX of them */
};

/* One record, borrowed until the next. */
struct sealed_one {
    char ulid[ULID_TEXT];
    char code[CODE_MAX];
    size_t code_n;
    str bytes;
};

/* NOT_FOUND: the file ends here; INVALID: it is cut short, or none. */
static err next_one(struct sealed_file *f, struct sealed_one *out)
{
    uint8_t n;
    uint8_t length[4];
    const ssize_t first = read(f->fd, out->ulid, 1);
    if (first == 0) {
        return FAIL(NOT_FOUND);
    }
    if (first != 1 || !file_read(f->fd, out->ulid + 1, ULID_TEXT - 1) || !file_read(f->fd, &n, 1) || n == 0 ||
        n > CODE_MAX || !file_read(f->fd, out->code, n) || !file_read(f->fd, length, sizeof length)) {
        return FAIL(INVALID);
    }
    out->code_n = n;
    const size_t bytes =
        (size_t)length[0] << 24 | (size_t)length[1] << 16 | (size_t)length[2] << 8 | length[3];
    if (bytes == 0 || bytes > RECORD_MAX || !file_read(f->fd, f->bytes, bytes)) {
        return FAIL(INVALID);
    }
    out->bytes = (str){f->bytes, bytes};
    return OK;
}

/* In pieces that an order holds. */
static err give(const struct call *call, const struct sealed_one *r, struct buf *answer)
{
    char hash[HEX_OF_32];
    char total[NUMBER_TEXT];
    sha256_hex(r->bytes, hash);
    (void)snprintf(total, sizeof total, "%zu", r->bytes.n);
    for (size_t at = 0; at < r->bytes.n; at += PIECE) {
        char offset[NUMBER_TEXT];
        (void)snprintf(offset, sizeof offset, "%zu", at);
        const struct order o = {.kind = ORDER_SEALED,
                                .field = {[SEALED_DEVICE] = {r->code, r->code_n},
                                          [SEALED_RECORD] = {r->ulid, ULID_TEXT},
                                          [SEALED_HASH] = {hash, sizeof hash},
                                          [SEALED_OFFSET] = str_of(offset),
                                          [SEALED_TOTAL] = str_of(total),
                                          [SEALED_BYTES] = str_sub(r->bytes, at, PIECE)}};
        answer->n = 0;
        TRY(order_give(call->config, &o, answer));
    }
    return OK;
}

static int give_all(const struct call *call, struct sealed_file *f)
{
    struct sealed_one r;
    size_t taken = 0;
    size_t not = 0;
    err e;
    while ((e = next_one(f, &r)).code == ERR_OK) {
        SCOPED(buf_free) struct buf answer = buf_new(ANSWER);
        const err given = give(call, &r, &answer);
        taken += given.code == ERR_OK;
        not += given.code != ERR_OK;
        if (given.code != ERR_OK) {
            CLI_COMPLAIN(MSG_CLI_SEALED_NOT, CLI_ARG("record", ((str){r.ulid, ULID_TEXT})),
                         CLI_ARG("why", answer.n > 0 ? buf_str(&answer) : str_of(err_name(given))));
        }
    }
    if (e.code != ERR_NOT_FOUND) {
        CLI_COMPLAIN(MSG_CLI_SEALED_CUT);
    }
    CLI_SAY(MSG_CLI_SEALED_DONE, CLI_ARG("taken", arena_printf(call->arena, "%zu", taken)),
            CLI_ARG("not", arena_printf(call->arena, "%zu", not )));
    return e.code == ERR_NOT_FOUND && not == 0 ? EXIT_FINE : EXIT_FAILED;
}

int import_sealed(const struct call *call)
{
    const str name = call->flags->words[1];
    const char *path = arena_cstr(call->arena, name);
    char magic[MAGIC_LEN];
    struct fail f = {0};
    struct sealed_file file = {.fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC)};
    int code = EXIT_FAILED;
    if (file.fd < 0) {
        CLI_COMPLAIN(MSG_CLI_IMPORT_FILE, CLI_ARG("file", name), CLI_ARG("why", str_of(errno_text(errno))));
        return EXIT_FAILED;
    }
    if (confine_command(call->config, &f).code != ERR_OK) { /* before a byte of it is read */
        CLI_COMPLAIN(MSG_CLI_AS_IT_IS, CLI_ARG("text", str_of(f.log)));
    } else if (!file_read(file.fd, magic, sizeof magic) || memcmp(magic, "SWX1", MAGIC_LEN) != 0) {
        CLI_COMPLAIN(MSG_CLI_SEALED_CUT);
    } else {
        file.bytes = mem_new(RECORD_MAX);
        code = give_all(call, &file);
        mem_free(file.bytes);
    }
    (void)close(file.fd);
    return code;
}
