#include "json.h"

#include "check.h"

struct json json_to(struct buf *out)
{
    return (struct json){.out = out};
}

/* What stands before a value: the comma in an array, nothing behind a key. */
static void value_begins(struct json *j)
{
    if (j->depth == 0) {
        return;
    }
    const unsigned level = j->depth - 1;
    CHECK(j->keyed == (j->closing[level] == '}'));
    if (!j->keyed && j->started[level]) {
        buf_putc(j->out, ',');
    }
    j->started[level] = true;
    j->keyed = false;
}

static void level_begins(struct json *j, char opening, char closing)
{
    value_begins(j);
    CHECK(j->depth < JSON_DEPTH);
    j->closing[j->depth] = closing;
    j->started[j->depth] = false;
    j->depth++;
    buf_putc(j->out, opening);
}

void json_object_begin(struct json *j)
{
    level_begins(j, '{', '}');
}

void json_array_begin(struct json *j)
{
    level_begins(j, '[', ']');
}

void json_end(struct json *j)
{
    CHECK(j->depth > 0 && !j->keyed);
    j->depth--;
    buf_putc(j->out, j->closing[j->depth]);
}

/* Length of the well-formed UTF-8 sequence at p; 0 when there is none. */
static size_t sequence(const char *p, size_t n)
{
    const unsigned char lead = (unsigned char)p[0];
    const size_t want = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead == 0 || (want <= n && str_utf8((str){p, want}))) {
        return lead == 0 ? 1 : want;
    }
    return 0;
}

static void put_char(struct buf *out, char c)
{
    static const char shorts[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    const unsigned char u = (unsigned char)c;
    if (c == '"' || c == '\\') {
        buf_putc(out, '\\');
        buf_putc(out, c);
        return;
    }
    if (u < sizeof shorts && shorts[u] != 0) {
        buf_putc(out, '\\');
        buf_putc(out, shorts[u]);
        return;
    }
    if (u < 0x20 || u == 0x7F || c == '<' || c == '>' || c == '&') {
        buf_printf(out, "\\u%04x", (unsigned)u);
        return;
    }
    buf_putc(out, c);
}

static void put_quoted(struct buf *out, str s)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < s.n;) {
        const size_t n = sequence(s.p + i, s.n - i);
        const str one = {s.p + i, n};
        i += n == 0 ? 1 : n;
        if (n == 0) {
            buf_put(out, S("\xEF\xBF\xBD"));
        } else if (n == 1) {
            put_char(out, one.p[0]);
        } else if (str_eq(one, S("\xE2\x80\xA8")) || str_eq(one, S("\xE2\x80\xA9"))) {
            buf_put(out, one.p[2] == '\xA8' ? S("\\u2028") : S("\\u2029"));
        } else {
            buf_put(out, one);
        }
    }
    buf_putc(out, '"');
}

void json_key(struct json *j, str key)
{
    CHECK(j->depth > 0 && j->closing[j->depth - 1] == '}' && !j->keyed);
    if (j->started[j->depth - 1]) {
        buf_putc(j->out, ',');
    }
    put_quoted(j->out, key);
    buf_putc(j->out, ':');
    j->keyed = true;
}

void json_text(struct json *j, str text)
{
    value_begins(j);
    if (text.p == NULL) {
        buf_put(j->out, S("null"));
        return;
    }
    put_quoted(j->out, text);
}

void json_i64(struct json *j, int64_t v)
{
    value_begins(j);
    buf_i64(j->out, v);
}

void json_flag(struct json *j, bool v)
{
    value_begins(j);
    buf_put(j->out, v ? S("true") : S("false"));
}

void json_nothing(struct json *j)
{
    json_text(j, STR_NONE);
}

void json_member(struct json *j, str key, str text)
{
    json_key(j, key);
    json_text(j, text);
}

void json_member_i64(struct json *j, str key, int64_t v)
{
    json_key(j, key);
    json_i64(j, v);
}

void json_member_flag(struct json *j, str key, bool v)
{
    json_key(j, key);
    json_flag(j, v);
}
