/* fuzz_admission.c: request heads. The input is a head with LF line ends, as a parser would have cut it. What
 * is let in keeps every promise of struct http_request, whatever was sent. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "admission.h"
#include "check.h"
#include "fuzz.h"

enum { BODY_MAX = 1000 };

static struct head head_of(str text, struct head_field *fields, size_t max)
{
    struct head h = {.fields = fields, .bytes = text.n};
    str line = str_cut(&text, '\n');
    h.method = str_cut(&line, ' ');
    h.target = str_cut(&line, ' ');
    h.version = line;
    while (text.n > 0 && h.fields_n < max) {
        str value = str_cut(&text, '\n');
        const str name = str_cut(&value, ':');
        while (str_starts(value, S(" "))) {
            value = str_sub(value, 1, value.n);
        }
        fields[h.fields_n++] = (struct head_field){name, value};
    }
    return h;
}

static size_t count(const struct head *h, str name)
{
    size_t n = 0;
    for (size_t i = 0; i < h->fields_n; i++) {
        n += str_eq_caseless(h->fields[i].name, name);
    }
    return n;
}

static void check_path(str path)
{
    CHECK(str_starts(path, S("/")) && str_utf8(path));
    CHECK(memmem(path.p, path.n, "//", 2) == NULL);
    str rest = path;
    while (rest.p != NULL) {
        const str segment = str_cut(&rest, '/');
        CHECK(!str_eq(segment, S(".")) && !str_eq(segment, S("..")));
    }
    for (size_t i = 0; i < path.n; i++) {
        CHECK((unsigned char)path.p[i] >= 0x20 && path.p[i] != 0x7F);
    }
}

static void check_admitted(const struct head *h, const struct admitted *in)
{
    check_path(in->path);
    CHECK(in->query.p != NULL && memchr(in->query.p, ' ', in->query.n) == NULL);
    CHECK(count(h, S("host")) <= 1);
    CHECK(count(h, S("content-length")) + count(h, S("transfer-encoding")) <= 1);
    CHECK(in->length == BODY_CHUNKED || (in->length >= 0 && in->length <= BODY_MAX));
    CHECK((in->length == BODY_CHUNKED) == (count(h, S("transfer-encoding")) == 1));
    for (size_t i = 0; i < h->fields_n; i++) {
        CHECK(head_token(h->fields[i].name) && head_value(h->fields[i].value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int statuses[] = {0, 400, 405, 413, 414, 417, 431, 501, 503, 505};
    static struct head_field fields[HEAD_FIELDS_MAX + 1];
    struct arena *a = arena_open(1 << 20);
    const struct head h = head_of((str){(const char *)data, size}, fields, HEAD_FIELDS_MAX + 1);
    struct admitted in = {0};
    const int status = admit_head(&h, BODY_MAX, a, &in);
    bool known = false;
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        known = known || statuses[i] == status;
    }
    CHECK(known);
    if (status == 0) {
        check_admitted(&h, &in);
    }
    arena_free(a);
    return 0;
}
