#include "form.h"

#include <string.h>

#include "admission.h"

enum { PART_HEAD_MAX = 4096, BOUNDARY_MAX = 70, LONG_BODY = 1 << 20 };

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A copy of what is there with room for so many more, so that appending never depends on who made it. */
static err room_for(struct arena *a, const struct form *now, size_t more, struct form *out)
{
    if (now->n + now->files_n + more > FORM_PAIRS_MAX) {
        return FAIL(LIMIT);
    }
    *out = (struct form){.pairs = arena_array_of(a, struct form_pair, now->n + more + 1),
                         .n = now->n,
                         .files = arena_array_of(a, struct form_file, now->files_n + more + 1),
                         .files_n = now->files_n};
    if (out->pairs == NULL || out->files == NULL) {
        return FAIL(LIMIT);
    }
    if (now->n > 0) {
        memcpy(out->pairs, now->pairs, now->n * sizeof *now->pairs);
    }
    if (now->files_n > 0) {
        memcpy(out->files, now->files, now->files_n * sizeof *now->files);
    }
    return OK;
}

/* Decodes s to *to, moving it. */
static err decode(str s, char **to, str *out)
{
    char *p = *to;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i] == '+' ? ' ' : s.p[i];
        if (c == '%') {
            const int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
            const int low = i + 2 < s.n ? hex_digit(s.p[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return FAIL(INVALID);
            }
            c = (char)(high * 16 + low);
            i += 2;
        }
        *p++ = c;
    }
    *out = (str){*to, (size_t)(p - *to)};
    *to = p;
    return OK;
}

err form_urlencoded(struct arena *a, str text, struct form *io)
{
    size_t pairs = 0;
    for (str rest = text; rest.n > 0;) {
        pairs += str_cut(&rest, '&').n > 0;
    }
    struct form f;
    TRY(room_for(a, io, pairs, &f));
    char *to = arena_try(a, text.n + 1);
    if (to == NULL) {
        return FAIL(LIMIT);
    }
    for (str rest = text; rest.n > 0;) {
        str value = str_cut(&rest, '&');
        if (value.n == 0) {
            continue;
        }
        const str name = str_cut(&value, '=');
        TRY(decode(name, &to, &f.pairs[f.n].name));
        TRY(decode(value, &to, &f.pairs[f.n].value));
        f.n++;
    }
    *io = f;
    return OK;
}

/* ---- multipart ------------------------------------------------------------------------------------------
 */

struct part {
    bool disposed; /* has its Content-Disposition */
    str name, file_name, type, content;
};

/* One `; attribute=value` or `; attribute="value"`, moving *rest behind it. */
static err next_parameter(str *rest, str *out_name, str *out_value)
{
    *rest = str_trim(*rest);
    if (!str_starts(*rest, S(";"))) {
        return FAIL(INVALID);
    }
    str s = str_trim(str_sub(*rest, 1, rest->n));
    const str name = str_cut(&s, '=');
    if (!head_token(name) || s.n == 0) {
        return FAIL(INVALID);
    }
    if (s.p[0] != '"') {
        size_t n = 0;
        while (n < s.n && s.p[n] != ';' && s.p[n] != ' ' && s.p[n] != '\t') {
            n++;
        }
        if (!head_token(str_sub(s, 0, n))) {
            return FAIL(INVALID);
        }
        *out_value = str_sub(s, 0, n);
        *rest = str_sub(s, n, s.n);
    } else {
        size_t end;
        s = str_sub(s, 1, s.n);
        if (!str_find(s, '"', &end)) {
            return FAIL(INVALID);
        }
        *out_value = str_sub(s, 0, end);
        *rest = str_sub(s, end + 1, s.n);
    }
    *out_name = name;
    return OK;
}

/* Browsers write a quote, CR and LF in a name as %22, %0D and %0A, and nothing else so (WHATWG HTML). */
static str plain_name(struct arena *a, str s)
{
    char *p = arena_try(a, s.n + 1);
    if (p == NULL) {
        return STR_NONE;
    }
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        const str code = str_sub(s, i, 3);
        const char c = str_eq(code, S("%22"))   ? '"'
                       : str_eq(code, S("%0D")) ? '\r'
                       : str_eq(code, S("%0A")) ? '\n'
                                                : '\0';
        p[n++] = c != '\0' ? c : s.p[i];
        i += c != '\0' ? 2 : 0;
    }
    return (str){p, n};
}

static err read_disposition(struct arena *a, str value, struct part *p)
{
    size_t semicolon;
    if (p->disposed || !str_find(value, ';', &semicolon) ||
        !str_eq_caseless(str_trim(str_sub(value, 0, semicolon)), S("form-data"))) {
        return FAIL(INVALID);
    }
    p->disposed = true;
    str rest = str_sub(value, semicolon, value.n);
    while (str_trim(rest).n > 0) {
        str name, its;
        TRY(next_parameter(&rest, &name, &its));
        str *to = str_eq_caseless(name, S("name"))       ? &p->name
                  : str_eq_caseless(name, S("filename")) ? &p->file_name
                                                         : NULL;
        if (to == NULL) {
            continue;
        }
        if (to->p != NULL) {
            return FAIL(INVALID);
        }
        *to = plain_name(a, its);
        if (to->p == NULL) {
            return FAIL(LIMIT);
        }
    }
    return p->name.p != NULL ? OK : FAIL(INVALID);
}

static err read_part_field(struct arena *a, str line, struct part *p)
{
    str value = line;
    const str name = str_cut(&value, ':');
    value = str_trim(value);
    if (!head_token(name) || value.p == NULL || !head_value(value)) {
        return FAIL(INVALID);
    }
    if (str_eq_caseless(name, S("content-disposition"))) {
        return read_disposition(a, value, p);
    }
    if (str_eq_caseless(name, S("content-type"))) {
        p->type = value;
    }
    /* An encoding that would have to be undone is deprecated (RFC 7578 4.7) and no browser sends one. */
    if (str_eq_caseless(name, S("content-transfer-encoding")) && !str_eq_caseless(value, S("binary")) &&
        !str_eq_caseless(value, S("8bit")) && !str_eq_caseless(value, S("7bit"))) {
        return FAIL(INVALID);
    }
    return OK;
}

static bool find_text(str s, str what, size_t *out_at)
{
    const char *at = s.n == 0 ? NULL : memmem(s.p, s.n, what.p, what.n);
    if (at == NULL) {
        return false;
    }
    *out_at = (size_t)(at - s.p);
    return true;
}

/* A part as it stands between two delimiters: fields, an empty line, content. */
static err read_part(struct arena *a, str text, struct part *p)
{
    size_t head_n;
    if (!find_text(text, S("\r\n\r\n"), &head_n) || head_n > PART_HEAD_MAX) {
        return FAIL(INVALID);
    }
    *p = (struct part){.content = str_sub(text, head_n + 4, text.n)};
    str head = str_sub(text, 0, head_n + 2);
    while (head.n > 0) {
        size_t end;
        if (!find_text(head, S("\r\n"), &end)) {
            return FAIL(INVALID);
        }
        TRY(read_part_field(a, str_sub(head, 0, end), p));
        head = str_sub(head, end + 2, head.n);
    }
    return p->disposed ? OK : FAIL(INVALID);
}

/* Cuts the next part off; *out_last when the closing delimiter came behind it. */
static err cut_part(str *rest, str delimiter, str *out_part, bool *out_last)
{
    size_t at;
    if (!find_text(*rest, delimiter, &at)) {
        return FAIL(INVALID);
    }
    const str behind = str_sub(*rest, at + delimiter.n, rest->n);
    const bool last = str_starts(behind, S("--"));
    if (last ? behind.n != 2 && !str_eq(behind, S("--\r\n")) : !str_starts(behind, S("\r\n"))) {
        return FAIL(INVALID);
    }
    *out_part = str_sub(*rest, 0, at);
    *out_last = last;
    *rest = str_sub(behind, 2, behind.n);
    return OK;
}

static size_t count_parts(str body, str delimiter)
{
    size_t parts = 0, at;
    while (parts <= FORM_PAIRS_MAX && find_text(body, delimiter, &at)) {
        parts++;
        body = str_sub(body, at + delimiter.n, body.n);
    }
    return parts;
}

static bool boundary_valid(str b)
{
    for (size_t i = 0; i < b.n; i++) {
        const char c = b.p[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) &&
            (c == '\0' || strchr("'()+_,-./:=? ", c) == NULL)) {
            return false;
        }
    }
    return b.n > 0 && b.n <= BOUNDARY_MAX && b.p[b.n - 1] != ' ';
}

/* Cuts the first delimiter off; *out_empty for a form without fields. */
static err cut_opening(str *rest, str delimiter, bool *out_empty)
{
    const str first = str_sub(delimiter, 2, delimiter.n); /* no CRLF before it */
    if (!str_starts(*rest, first)) {
        return FAIL(INVALID);
    }
    const str behind = str_sub(*rest, first.n, rest->n);
    *out_empty = str_eq(behind, S("--")) || str_eq(behind, S("--\r\n"));
    if (!*out_empty && !str_starts(behind, S("\r\n"))) {
        return FAIL(INVALID);
    }
    *rest = str_sub(behind, 2, behind.n);
    return OK;
}

err form_multipart(struct arena *a, str body, str boundary, struct form *io)
{
    if (!boundary_valid(boundary)) {
        return FAIL(INVALID);
    }
    const str delimiter = arena_printf(a, "\r\n--%.*s", STR_F(boundary));
    if (delimiter.p == NULL) {
        return FAIL(LIMIT);
    }
    bool last;
    TRY(cut_opening(&body, delimiter, &last));
    struct form f;
    /* A long body, which has files, is gone through once only: it is on an event thread. */
    const size_t most = FORM_PAIRS_MAX - io->n - io->files_n;
    const size_t parts = last ? 0 : body.n > LONG_BODY ? most : count_parts(body, delimiter);
    TRY(room_for(a, io, parts, &f));
    while (!last) {
        str text;
        struct part p;
        if (f.n + f.files_n == FORM_PAIRS_MAX) {
            return FAIL(LIMIT);
        }
        TRY(cut_part(&body, delimiter, &text, &last));
        TRY(read_part(a, text, &p));
        if (p.file_name.p == NULL) {
            f.pairs[f.n++] = (struct form_pair){p.name, p.content};
        } else {
            f.files[f.files_n++] = (struct form_file){p.name, p.file_name, p.type, p.content};
        }
    }
    *io = f;
    return OK;
}

str form_boundary(str content_type)
{
    size_t semicolon;
    if (!str_find(content_type, ';', &semicolon) ||
        !str_eq_caseless(str_trim(str_sub(content_type, 0, semicolon)), S("multipart/form-data"))) {
        return STR_NONE;
    }
    str rest = str_sub(content_type, semicolon, content_type.n);
    str found = STR_NONE;
    while (str_trim(rest).n > 0) {
        str name, value;
        if (next_parameter(&rest, &name, &value).code != ERR_OK) {
            return STR_NONE;
        }
        if (str_eq_caseless(name, S("boundary"))) {
            if (found.p != NULL || !boundary_valid(value)) {
                return STR_NONE;
            }
            found = value;
        }
    }
    return found;
}

str form_get(const struct form *f, str name)
{
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(f->pairs[i].name, name)) {
            return f->pairs[i].value;
        }
    }
    return STR_NONE;
}

void url_encode(struct buf *out, str s)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
            c == '.' || c == '_' || c == '~') {
            buf_putc(out, (char)c);
            continue;
        }
        buf_putc(out, '%');
        buf_putc(out, digits[c >> 4]);
        buf_putc(out, digits[c & 15]);
    }
}
