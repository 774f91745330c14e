#include "csv.h"

#include <string.h>

struct csv csv_read(str text)
{
    const str mark = S("\xEF\xBB\xBF");
    return (struct csv){.rest = str_starts(text, mark) ? str_sub(text, mark.n, text.n) : text,
                        .next_line = 1,
                        .separator = ','};
}

/* What one field is made of: its text between the quotes, and how many doubled quotes stand in it. */
struct field {
    str raw;
    size_t doubled;
};

/* Reads a quoted field at the opening quote; *at ends behind the closing one. */
static bool read_quoted(str s, size_t *at, struct field *out)
{
    const size_t from = *at + 1;
    size_t doubled = 0;
    for (size_t i = from; i < s.n; i++) {
        if (s.p[i] != '"') {
            continue;
        }
        if (i + 1 < s.n && s.p[i + 1] == '"') {
            doubled++;
            i++;
            continue;
        }
        *out = (struct field){str_sub(s, from, i - from), doubled};
        *at = i + 1;
        return true;
    }
    return false; /* never closed */
}

static bool read_plain(str s, char separator, size_t *at, struct field *out)
{
    const size_t from = *at;
    size_t i = from;
    while (i < s.n && s.p[i] != separator && s.p[i] != '\n' && s.p[i] != '\r') {
        if (s.p[i] == '"') {
            return false;
        }
        i++;
    }
    *out = (struct field){str_sub(s, from, i - from), 0};
    *at = i;
    return true;
}

enum after { AFTER_COMMA, AFTER_ROW, AFTER_BAD };

/* What stands behind a field; *at moves over it. */
static enum after read_after(str s, char separator, size_t *at)
{
    if (*at == s.n) {
        return AFTER_ROW;
    }
    if (s.p[*at] == separator) {
        (*at)++;
        return AFTER_COMMA;
    }
    if (s.p[*at] == '\r') {
        (*at)++;
    }
    if (*at == s.n || s.p[*at] != '\n') {
        return AFTER_BAD;
    }
    (*at)++;
    return AFTER_ROW;
}

/* The number of fields of the row at the start of s and where the row ends; false when it is malformed. */
static bool measure(str s, char separator, size_t *out_fields, size_t *out_end)
{
    size_t at = 0;
    size_t fields = 0;
    enum after after;
    do {
        struct field f;
        const bool quoted = at < s.n && s.p[at] == '"';
        if (!(quoted ? read_quoted(s, &at, &f) : read_plain(s, separator, &at, &f))) {
            return false;
        }
        fields++;
        after = read_after(s, separator, &at);
    } while (after == AFTER_COMMA);
    *out_fields = fields;
    *out_end = at;
    return after == AFTER_ROW && str_utf8(str_sub(s, 0, at));
}

static str unquote(struct arena *a, struct field f)
{
    if (f.doubled == 0) {
        return arena_str(a, f.raw);
    }
    char *p = arena_try(a, f.raw.n - f.doubled + 1);
    if (p == NULL) {
        return STR_NONE;
    }
    size_t n = 0;
    for (size_t i = 0; i < f.raw.n; i++) {
        p[n++] = f.raw.p[i];
        i += f.raw.p[i] == '"';
    }
    return (str){p, n};
}

static size_t count_lines(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        n += s.p[i] == '\n';
    }
    return n;
}

err csv_row(struct csv *c, struct arena *a, const str **out_fields, size_t *out_n)
{
    if (c->rest.n == 0) {
        return FAIL(NOT_FOUND);
    }
    size_t n;
    size_t end;
    c->line = c->next_line;
    if (!measure(c->rest, c->separator, &n, &end) || (c->columns != 0 && n != c->columns)) {
        return FAIL(INVALID);
    }
    str *fields = arena_array_of(a, str, n);
    if (fields == NULL) {
        return FAIL(LIMIT);
    }
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        struct field f = {0};
        const bool quoted = at < c->rest.n && c->rest.p[at] == '"';
        (void)(quoted ? read_quoted(c->rest, &at, &f) : read_plain(c->rest, c->separator, &at, &f));
        (void)read_after(c->rest, c->separator, &at);
        fields[i] = unquote(a, f);
    }
    if (arena_full(a)) {
        return FAIL(LIMIT);
    }
    c->columns = n;
    c->next_line += count_lines(str_sub(c->rest, 0, end));
    c->rest = str_sub(c->rest, end, c->rest.n);
    *out_fields = fields;
    *out_n = n;
    return OK;
}

err csv_column(const str *header, size_t n, str name, size_t *out)
{
    size_t hits = 0;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (str_eq(header[i], name)) {
            at = i;
            hits++;
        }
    }
    if (hits != 1) {
        return FAIL(INVALID);
    }
    *out = at;
    return OK;
}

static bool has_any(str s, str set)
{
    for (size_t i = 0; i < s.n; i++) {
        if (memchr(set.p, s.p[i], set.n) != NULL) {
            return true;
        }
    }
    return false;
}

void csv_put_text(struct buf *b, str field, bool first_in_row)
{
    if (!first_in_row) {
        buf_putc(b, ',');
    }
    const bool formula = has_any(str_sub(field, 0, 1), S("=+-@\t\r\n"));
    if (!has_any(field, S(",\"\r\n"))) {
        buf_put(b, formula ? S("'") : S(""));
        buf_put(b, field);
        return;
    }
    buf_put(b, formula ? S("\"'") : S("\""));
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] == '"') {
            buf_putc(b, '"');
        }
        buf_putc(b, field.p[i]);
    }
    buf_putc(b, '"');
}

void csv_put_i64(struct buf *b, int64_t v, bool first_in_row)
{
    if (!first_in_row) {
        buf_putc(b, ',');
    }
    buf_i64(b, v);
}

void csv_end_row(struct buf *b)
{
    buf_put(b, S("\r\n"));
}
