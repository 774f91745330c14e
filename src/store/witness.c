/* witness.c: see witness.h. */
#include "witness.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "audit.sql.h"
#include "check.h"
#include "random.h"
#include "store_inside.h"

enum { CHAINS_MAX = NODES_MAX * CHAINS_PER_NODE, MARK_HEX = 20, LINE_MAX = 128 * 1024 };

err audit_heads(struct ctx *c, struct audit_head **out, size_t *out_n)
{
    struct audit_head *heads = arena_array_of(c->arena, struct audit_head, CHAINS_MAX);
    size_t n = 0;
    int64_t chain = -1;
    for (;;) {
        struct q_audit_next_chain next;
        struct q_audit_head head;
        const err e = q_audit_next_chain(c->db, c->arena, chain, &next);
        if (e.code == ERR_NOT_FOUND) {
            break;
        }
        TRY(e);
        chain = next.chain_no;
        TRY(q_audit_head(c->db, c->arena, chain, &head));
        if (heads == NULL || n == CHAINS_MAX) {
            return FAIL(LIMIT);
        }
        if (head.row_hash.n != HASH_LEN) {
            return fail_log(c->fail, ERR_CONFLICT, "head of audit chain %lld is damaged", (long long)chain);
        }
        heads[n] = (struct audit_head){.chain = chain, .seq = head.seq_no};
        memcpy(heads[n++].hash, head.row_hash.p, HASH_LEN);
    }
    *out = heads;
    *out_n = n;
    return OK;
}

/* ---- writing ---- */

str witness_mark(struct arena *a, const struct audit_head *heads, size_t n)
{
    str mark = S("");
    for (size_t i = 0; i < n && mark.p != NULL; i++) {
        char h[2 * HASH_LEN];
        hex_of(heads[i].hash, HASH_LEN, h);
        mark =
            arena_printf(a, "%.*s%s%lld-%lld %.4s %.4s %.4s %.4s %.4s", STR_F(mark), i > 0 ? " / " : "",
                         (long long)heads[i].chain, (long long)heads[i].seq, h, h + 4, h + 8, h + 12, h + 16);
    }
    return mark;
}

void witness_line(struct buf *out, int64_t now_ms, const char *why, const struct audit_head *heads, size_t n)
{
    const time_t seconds = (time_t)(now_ms / 1000);
    struct tm utc;
    char when[sizeof "2026-03-14T11:00:00Z"] = "";
    int64_t rows = 0;
    for (size_t i = 0; i < n; i++) {
        rows += heads[i].seq;
    }
    if (gmtime_r(&seconds, &utc) != NULL) {
        (void)strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    }
    buf_printf(out, "%s %s rows=%lld", when, why, (long long)rows);
    for (size_t i = 0; i < n; i++) {
        char h[2 * HASH_LEN];
        hex_of(heads[i].hash, HASH_LEN, h);
        buf_printf(out, " %lld-%lld-%.*s", (long long)heads[i].chain, (long long)heads[i].seq, 2 * HASH_LEN,
                   h);
    }
}

/* Whether the file ends in the middle of a line. */
static bool unfinished(int fd)
{
    char last = '\n';
    const off_t end = lseek(fd, 0, SEEK_END);
    return end > 0 && pread(fd, &last, 1, end - 1) == 1 && last != '\n';
}

err witness_append(const char *path, str line, struct fail *f)
{
    SCOPED(buf_free) struct buf b = buf_new(LINE_MAX);
    const int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return fail_log(f, ERR_IO, "%s: %s", path, errno_text(errno));
    }
    if (unfinished(fd)) {
        buf_putc(&b, '\n');
    }
    buf_put(&b, line);
    buf_putc(&b, '\n');
    const ssize_t n = b.full ? -1 : write(fd, b.p, b.n);
    bool kept = n == (ssize_t)b.n && fsync(fd) == 0;
    const int why = errno;
    kept = close(fd) == 0 && kept;
    return kept ? OK : fail_log(f, ERR_IO, "%s: %s", path, b.full ? "line too long" : errno_text(why));
}

/* ---- comparing ---- */

/* What was written down of one chain: a whole hash, or its beginning. */
struct noted {
    int64_t chain, seq;
    uint8_t hash[HASH_LEN];
    size_t hash_n;
};

static err noted_check(struct ctx *c, const struct noted *n, struct witness_report *io)
{
    struct q_audit_row row;
    const err e = q_audit_row(c->db, c->arena, n->chain, n->seq, &row);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    io->gone = e.code == ERR_NOT_FOUND;
    if (!io->gone && row.row_hash.n == HASH_LEN && memcmp(row.row_hash.p, n->hash, n->hash_n) == 0) {
        return OK;
    }
    io->chain = n->chain;
    io->seq = n->seq;
    return FAIL(CONFLICT);
}

/* The number of the chain and its dash, at the beginning of *io, which goes on behind them. */
static bool chain_of(str *io, struct noted *out)
{
    return str_i64(str_cut(io, '-'), &out->chain) && io->p != NULL && out->chain >= 0;
}

err witness_mark_check(struct ctx *c, str mark, struct witness_report *out)
{
    struct witness_report report = {0};
    str rest = str_trim(mark);
    while (rest.n > 0) {
        str one = str_trim(str_cut(&rest, '/'));
        struct noted n = {.hash_n = MARK_HEX / 2};
        char hex[MARK_HEX];
        size_t hex_n = 0;
        if (!chain_of(&one, &n) || !str_i64(str_cut(&one, ' '), &n.seq) || one.p == NULL) {
            return FAIL(INVALID);
        }
        for (size_t i = 0; i < one.n; i++) {
            if (one.p[i] == ' ') {
                continue;
            }
            if (hex_n == MARK_HEX) {
                return FAIL(INVALID);
            }
            hex[hex_n++] = one.p[i];
        }
        if (!hex_to((str){hex, hex_n}, n.hash, n.hash_n)) {
            return FAIL(INVALID);
        }
        report.lines = 1;
        const err e = noted_check(c, &n, &report);
        if (e.code != ERR_OK) {
            *out = report;
            return e;
        }
    }
    if (report.lines == 0) {
        return FAIL(INVALID);
    }
    *out = report;
    return OK;
}

err witness_line_check(struct ctx *c, str line, struct witness_report *out)
{
    enum { WORDS_BEFORE = 3 };
    struct witness_report report = {.lines = 1};
    str rest = line;
    for (int i = 0; i < WORDS_BEFORE; i++) {
        const str word = str_cut(&rest, ' ');
        if (word.n == 0 || (i == WORDS_BEFORE - 1 && !str_starts(word, S("rows=")))) {
            return FAIL(INVALID);
        }
    }
    while (rest.n > 0) {
        str one = str_cut(&rest, ' ');
        struct noted n = {.hash_n = HASH_LEN};
        if (!chain_of(&one, &n) || !str_i64(str_cut(&one, '-'), &n.seq) || one.p == NULL ||
            !hex_to(one, n.hash, HASH_LEN)) {
            return FAIL(INVALID);
        }
        const err e = noted_check(c, &n, &report);
        if (e.code != ERR_OK) {
            *out = report;
            return e;
        }
    }
    *out = report;
    return OK;
}

static err file_check(struct ctx *c, FILE *file, char *line, struct witness_report *io)
{
    while (fgets(line, LINE_MAX, file) != NULL) {
        const struct arena_mark mark = arena_mark(c->arena);
        struct witness_report one = {0};
        const err e = witness_line_check(c, str_trim(str_of(line)), &one);
        arena_reset(c->arena, mark);
        io->lines += one.lines;
        io->unreadable += e.code == ERR_INVALID;
        if (e.code == ERR_CONFLICT) {
            io->chain = one.chain;
            io->seq = one.seq;
            io->gone = one.gone;
        }
        if (e.code != ERR_OK && e.code != ERR_INVALID) {
            return e;
        }
    }
    return ferror(file) != 0 ? FAIL(IO) : OK;
}

err witness_file_check(struct ctx *c, const char *path, struct witness_report *out)
{
    struct witness_report report = {0};
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        const int why = errno;
        return fail_log(c->fail, why == ENOENT ? ERR_NOT_FOUND : ERR_IO, "%s: %s", path, errno_text(why));
    }
    char *line = mem_new(LINE_MAX);
    const err e = file_check(c, file, line, &report);
    mem_free(line);
    (void)fclose(file);
    *out = report;
    return e.code == ERR_IO && c->fail->log[0] == '\0' ? fail_log(c->fail, ERR_IO, "%s cannot be read", path)
                                                       : e;
}
