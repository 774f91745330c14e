/* fuzz_form.c: urlencoded and multipart bodies. The first byte chooses; for multipart the first line is the
 * Content-Type. Whatever comes, a form keeps its bounds, points only into what it was given, and a refused
 * text leaves it untouched. */
#include <stddef.h>
#include <stdint.h>

#include "check.h"
#include "form.h"
#include "fuzz.h"

static void check_form(const struct form *f)
{
    CHECK(f->n + f->files_n <= FORM_PAIRS_MAX);
    size_t sum = 0;
    for (size_t i = 0; i < f->n; i++) {
        CHECK(f->pairs[i].name.p != NULL);
        for (size_t k = 0; k < f->pairs[i].value.n; k++) { /* reads all: a stray pointer is seen by ASan */
            sum += (unsigned char)f->pairs[i].value.p[k];
        }
        CHECK(form_get(f, f->pairs[i].name).p != NULL || f->pairs[i].value.p == NULL);
    }
    for (size_t i = 0; i < f->files_n; i++) {
        for (size_t k = 0; k < f->files[i].content.n; k++) {
            sum += (unsigned char)f->files[i].content.p[k];
        }
    }
    CHECK(sum < SIZE_MAX);
}

/* What was decoded and is encoded again must decode to the same. */
static void check_round_trip(struct arena *a, const struct form *f)
{
    SCOPED(buf_free) struct buf text = buf_new(1 << 20);
    for (size_t i = 0; i < f->n; i++) {
        url_encode(&text, f->pairs[i].name);
        buf_putc(&text, '=');
        url_encode(&text, f->pairs[i].value);
        buf_putc(&text, '&');
    }
    struct form again = {0};
    if (text.full || form_urlencoded(a, buf_str(&text), &again).code == ERR_LIMIT) {
        return;
    }
    CHECK(again.n == f->n);
    for (size_t i = 0; i < f->n; i++) {
        CHECK(str_eq(again.pairs[i].name, f->pairs[i].name));
        CHECK(str_eq(again.pairs[i].value, f->pairs[i].value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    struct arena *a = arena_open(1 << 20);
    str text = {(const char *)data + 1, size - 1};
    struct form f = {0};
    err e;
    if (data[0] == 'm') {
        const str type = str_cut(&text, '\n');
        const str boundary = form_boundary(type);
        e = form_multipart(a, text.p == NULL ? S("") : text, boundary.p == NULL ? S("b") : boundary, &f);
    } else {
        e = form_urlencoded(a, text, &f);
    }
    CHECK(e.code == ERR_OK || (f.n == 0 && f.files_n == 0));
    check_form(&f);
    if (e.code == ERR_OK) {
        check_round_trip(a, &f);
    }
    arena_free(a);
    return 0;
}
