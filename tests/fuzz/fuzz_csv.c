/* fuzz_csv: any bytes read as a table; what was read, written and read again; any text written as one row. */
#include <string.h>

#include "check.h"
#include "csv.h"
#include "fuzz.h"

enum { INPUT_MAX = 4096, ARENA = 1 << 22, OUT_MAX = 1 << 20 };

static bool is_formula(str field)
{
    return field.n > 0 && memchr("=+-@\t\r\n", field.p[0], 7) != NULL;
}

/* A header, so that a byte order mark in a first field is no file's, then the row. */
static void write_row(struct buf *b, const str *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        csv_put_i64(b, (int64_t)i, i == 0);
    }
    csv_end_row(b);
    for (size_t i = 0; i < n; i++) {
        csv_put_text(b, fields[i], i == 0);
    }
    csv_end_row(b);
}

/* What is written is read back as it was, but for the apostrophe before a formula. */
static void check_round_trip(struct arena *a, const str *fields, size_t n)
{
    SCOPED(buf_free) struct buf b = buf_new(OUT_MAX);
    write_row(&b, fields, n);
    CHECK(!b.full);
    struct csv c = csv_read(buf_str(&b));
    const str *back;
    size_t back_n;
    CHECK(csv_row(&c, a, &back, &back_n).code == ERR_OK && back_n == n);
    CHECK(csv_row(&c, a, &back, &back_n).code == ERR_OK && back_n == n && c.line == 2);
    for (size_t i = 0; i < n; i++) {
        const bool formula = is_formula(fields[i]);
        CHECK(!is_formula(back[i]));
        CHECK(!formula || str_starts(back[i], S("'")));
        CHECK(str_eq(formula ? str_sub(back[i], 1, back[i].n) : back[i], fields[i]));
    }
    CHECK(csv_row(&c, a, &back, &back_n).code == ERR_NOT_FOUND);
}

static void check_reading(struct arena *a, str s)
{
    struct csv c = csv_read(s);
    size_t columns = 0;
    size_t line = 0;
    for (;;) {
        const str *fields = NULL;
        size_t n = 0;
        const struct arena_mark m = arena_mark(a);
        const err e = csv_row(&c, a, &fields, &n);
        if (e.code != ERR_OK) {
            CHECK(e.code == ERR_NOT_FOUND || e.code == ERR_INVALID);
            CHECK(fields == NULL && n == 0 && c.line <= s.n + 1);
            return;
        }
        CHECK(n > 0 && (columns == 0 || n == columns) && c.line > line);
        columns = n;
        line = c.line;
        for (size_t i = 0; i < n; i++) {
            CHECK(str_utf8(fields[i]));
        }
        check_round_trip(a, fields, n);
        arena_reset(a, m);
    }
}

static void check_writing(struct arena *a, str s)
{
    str fields[64];
    size_t n = 0;
    while (s.p != NULL && n < 64) {
        fields[n++] = str_cut(&s, '|');
    }
    check_round_trip(a, fields, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > INPUT_MAX) {
        return 0;
    }
    struct arena *a = arena_open(ARENA);
    const str s = {size == 0 ? "" : (const char *)data, size};
    check_reading(a, s);
    if (str_utf8(s)) {
        check_writing(a, s);
    }
    arena_free(a);
    return 0;
}
