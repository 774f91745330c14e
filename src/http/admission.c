#include "admission.h"

#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

bool str_eq_caseless(str a, str b)
{
    if (a.n != b.n) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i])) {
            return false;
        }
    }
    return true;
}

static bool token_char(char c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

bool head_token(str name)
{
    for (size_t i = 0; i < name.n; i++) {
        if (!token_char(name.p[i])) {
            return false;
        }
    }
    return name.n > 0;
}

bool head_value(str value)
{
    for (size_t i = 0; i < value.n; i++) {
        if (control(value.p[i]) && value.p[i] != '\t') {
            return false;
        }
    }
    return true;
}

/* What a look at all fields finds. */
struct found {
    size_t hosts, lengths, codings, expects, types;
    str host, length, coding, expect, type;
};

static int look_at_fields(const struct head *h, struct found *f)
{
    *f = (struct found){0};
    const struct {
        str name;
        size_t *count;
        str *value;
    } known[] = {
        {S("host"), &f->hosts, &f->host},
        {S("content-length"), &f->lengths, &f->length},
        {S("transfer-encoding"), &f->codings, &f->coding},
        {S("expect"), &f->expects, &f->expect},
        {S("content-type"), &f->types, &f->type},
    };
    for (size_t i = 0; i < h->fields_n; i++) {
        const struct head_field *field = &h->fields[i];
        if (!head_token(field->name) || !head_value(field->value)) {
            return 400;
        }
        if (field->name.n + field->value.n > HEAD_FIELD_MAX) {
            return 431;
        }
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
            if (str_eq_caseless(field->name, known[k].name)) {
                (*known[k].count)++;
                *known[k].value = field->value;
            }
        }
    }
    return 0;
}

static int check_method(str method, enum http_method *out)
{
    for (size_t i = 0; i < method.n; i++) {
        const char c = method.p[i];
        if ((c < 'A' || c > 'Z') && c != '_' && c != '-') {
            return 400;
        }
    }
    if (method.n == 0) {
        return 400;
    }
    if (str_eq(method, S("CONNECT")) || str_eq(method, S("TRACE"))) {
        return 405;
    }
    *out = str_eq(method, S("GET"))    ? HTTP_GET
           : str_eq(method, S("POST")) ? HTTP_POST
           : str_eq(method, S("HEAD")) ? HTTP_HEAD
                                       : HTTP_OTHER;
    return 0;
}

static int check_version(str version, bool *out_1_0)
{
    if (version.n != 8 || !str_starts(version, S("HTTP/")) || version.p[6] != '.' || version.p[7] < '0' ||
        version.p[7] > '9' || version.p[5] < '0' || version.p[5] > '9') {
        return 400;
    }
    if (version.p[5] != '1') {
        return 505;
    }
    *out_1_0 = version.p[7] == '0';
    return 0;
}

/* A name or address with an optional port; what could hide a second host is refused. */
static bool host_valid(str host)
{
    for (size_t i = 0; i < host.n; i++) {
        if (host.p[i] <= ' ' || host.p[i] >= 0x7F || strchr("/\\@?#\"<>,;", host.p[i]) != NULL) {
            return false;
        }
    }
    return host.n > 0;
}

static int check_host(const struct found *f, bool version_1_0)
{
    if (f->hosts > 1 || (f->hosts == 0 && !version_1_0)) {
        return 400;
    }
    return f->hosts == 1 && !host_valid(str_trim(f->host)) ? 400 : 0;
}

/* RFC 9112 6.3. The library below takes "chunked" only when it stands alone and bare, so nothing else may
 * pass. */
static int check_framing(const struct found *f, bool version_1_0, size_t body_max, struct admitted *out)
{
    if (f->codings > 1 || f->lengths > 1 || (f->codings == 1 && (f->lengths == 1 || version_1_0))) {
        return 400;
    }
    out->length = f->codings == 1 ? BODY_CHUNKED : 0;
    if (f->codings == 1) {
        return str_eq_caseless(f->coding, S("chunked")) ? 0 : 501;
    }
    if (f->lengths == 0) {
        return 0;
    }
    for (size_t i = 0; i < f->length.n; i++) {
        if (f->length.p[i] < '0' || f->length.p[i] > '9') {
            return 400;
        }
    }
    if (f->length.n == 0) {
        return 400;
    }
    if (!str_i64(f->length, &out->length)) {
        out->length = INT64_MAX;
    }
    return (uint64_t)out->length > body_max ? 413 : 0;
}

/* A Content-Type without its parameters, in lower case. */
static str bare_type(str type, struct arena *a)
{
    str rest = type;
    const str bare = str_trim(str_cut(&rest, ';'));
    char *p = arena_try(a, bare.n + 1);
    if (p == NULL) {
        return STR_NONE;
    }
    for (size_t i = 0; i < bare.n; i++) {
        p[i] = lower(bare.p[i]);
    }
    return (str){p, bare.n};
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

static bool dot_segment(str path)
{
    str rest = path;
    while (rest.p != NULL) {
        const str segment = str_cut(&rest, '/');
        if (str_eq(segment, S(".")) || str_eq(segment, S(".."))) {
            return true;
        }
    }
    return false;
}

/* Decodes once and merges slashes as nginx does by default. An encoded slash or NUL, a control byte and a dot
 * segment, encoded or not, are refused: no link of ours has one, and programs differ on what they mean. */
static int decode_path(str raw, struct arena *a, str *out)
{
    char *p = arena_try(a, raw.n + 1);
    if (p == NULL) {
        return 503;
    }
    size_t n = 0;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];
        if (c == '%') {
            const int high = i + 2 < raw.n ? hex_digit(raw.p[i + 1]) : -1;
            const int low = i + 2 < raw.n ? hex_digit(raw.p[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return 400;
            }
            c = (char)(high * 16 + low);
            i += 2;
            if (c == '/') {
                return 400;
            }
        }
        if (control(c)) {
            return 400;
        }
        if (c != '/' || n == 0 || p[n - 1] != '/') {
            p[n++] = c;
        }
    }
    const str path = {p, n};
    if (dot_segment(path) || !str_utf8(path)) {
        return 400;
    }
    *out = path;
    return 0;
}

/* The absolute form that a proxy sends: its authority must be the Host. */
static int cut_authority(str *target, const struct found *f)
{
    const size_t scheme = str_eq_caseless(str_sub(*target, 0, 7), S("http://"))    ? 7
                          : str_eq_caseless(str_sub(*target, 0, 8), S("https://")) ? 8
                                                                                   : 0;
    if (scheme == 0) {
        return 400;
    }
    size_t end = scheme;
    while (end < target->n && target->p[end] != '/' && target->p[end] != '?') {
        end++;
    }
    const str authority = str_sub(*target, scheme, end - scheme);
    if (!host_valid(authority) || (f->hosts == 1 && !str_eq_caseless(authority, str_trim(f->host)))) {
        return 400;
    }
    *target = str_sub(*target, end, target->n - end);
    return 0;
}

static int check_target(str target, const struct found *f, struct arena *a, struct admitted *out)
{
    for (size_t i = 0; i < target.n; i++) {
        if (control(target.p[i]) || target.p[i] == ' ' || target.p[i] == '#') {
            return 400;
        }
    }
    if (!str_starts(target, S("/"))) {
        const int refused = cut_authority(&target, f);
        if (refused != 0) {
            return refused;
        }
    }
    out->query = target;
    const str raw = str_cut(&out->query, '?');
    if (out->query.p == NULL) {
        out->query = S("");
    }
    return decode_path(raw.n == 0 ? S("/") : raw, a, &out->path);
}

int admit_head(const struct head *h, size_t body_max, struct arena *a, struct admitted *out)
{
    if (h->target.n > HEAD_TARGET_MAX) {
        return 414;
    }
    if (h->fields_n > HEAD_FIELDS_MAX || h->bytes > HEAD_BYTES_MAX) {
        return 431;
    }
    if (h->altered) {
        return 400;
    }
    struct found f;
    bool version_1_0 = false;
    int refused = check_version(h->version, &version_1_0);
    refused = refused != 0 ? refused : check_method(h->method, &out->method);
    refused = refused != 0 ? refused : look_at_fields(h, &f);
    refused = refused != 0 ? refused : check_host(&f, version_1_0);
    refused = refused != 0 ? refused : check_target(h->target, &f, a, out);
    if (refused != 0) {
        return refused;
    }
    if (f.types > 1) {
        return 400;
    }
    /* What else somebody expects, nobody here or in front of us promises (RFC 9110 10.1.1 leaves that open).
     */
    out->expects = f.expects == 1 && !version_1_0 && str_eq_caseless(f.expect, S("100-continue"));
    out->content_type = bare_type(f.types == 1 ? f.type : S(""), a);
    refused = check_framing(&f, version_1_0, body_max, out);
    return refused == 0 && arena_full(a) ? 503 : refused;
}
