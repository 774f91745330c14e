/* fuzz_sieve.c: a multipart body through the sieve, in pieces whose lengths the first bytes say. However it
 * is cut into pieces, what is read of it is the same; whatever is not too long comes out as it went in. */
#include <stddef.h>
#include <stdint.h>

#include "check.h"
#include "form.h"
#include "fuzz.h"
#include "sieve.h"

enum { FILE_MAX = 40, BODY_MAX = SIEVE_TEXT_ROOM + 4000, SLACK = 1 << 16, PIECE_MAX = 64, WAYS = 3 };

static void sieve_all(struct arena *a, str s, size_t at_once, struct sieve *sieve, struct buf *body)
{
    CHECK(sieve_begin(sieve, a, S("b"), FILE_MAX, BODY_MAX));
    for (size_t at = 0; at < s.n; at += at_once) {
        sieve_take(sieve, body, str_sub(s, at, at_once));
        CHECK(body->n <= at + at_once && sieve->part_at <= body->n);
        CHECK(sieve->content_at <= body->n);
    }
}

/* What was no file, and files within their bound. */
static void check_same(const struct form *was, const struct form *is)
{
    CHECK(was->n == is->n && was->files_n == is->files_n);
    for (size_t i = 0; i < was->n; i++) {
        CHECK(str_eq(was->pairs[i].name, is->pairs[i].name));
        CHECK(str_eq(was->pairs[i].value, is->pairs[i].value));
    }
    for (size_t i = 0; i < was->files_n; i++) {
        const str whole = was->files[i].content, kept = is->files[i].content;
        CHECK(str_eq(was->files[i].name, is->files[i].name));
        CHECK(whole.n <= FILE_MAX ? str_eq(whole, kept)
                                  : str_eq(str_sub(whole, 0, SIEVE_KEPT), str_sub(kept, 0, SIEVE_KEPT)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < WAYS) {
        return 0;
    }
    const str all = {(const char *)data + WAYS, size - WAYS};
    struct arena *a = arena_open(4 << 20);
    struct form was = {0};
    const err e = form_multipart(a, all, S("b"), &was);
    for (size_t i = 0; i < WAYS; i++) {
        struct sieve sieve;
        SCOPED(buf_free) struct buf body = buf_new(BODY_MAX + SLACK);
        struct form is = {0};
        sieve_all(a, all, i == 0 ? all.n + 1 : 1 + (size_t)data[i] % PIECE_MAX, &sieve, &body);
        if (e.code == ERR_OK) {
            CHECK(form_multipart(a, buf_str(&body), S("b"), &is).code == ERR_OK);
            check_same(&was, &is);
        }
    }
    arena_free(a);
    return 0;
}
