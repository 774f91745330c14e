/* sieve_test.c: a body as it comes in pieces of every size. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "form.h"
#include "sieve.h"

enum { FILE_MAX = 3000, BODY_MAX = SIEVE_TEXT_ROOM + 20000 };

struct sent {
    struct arena *arena;
    struct buf whole, body;
    struct sieve sieve;
};

static void part(struct sent *s, const char *head, size_t bytes)
{
    buf_printf(&s->whole, "--b0\r\nContent-Disposition: form-data; %s\r\n\r\n", head);
    for (size_t i = 0; i < bytes; i++) { /* much in it looks like the beginning of a delimiter */
        buf_putc(&s->whole, "\r\n--b\r\n-"[i % 8]);
    }
    buf_put(&s->whole, S("\r\n"));
}

static void begin(struct sent *s)
{
    s->arena = arena_open(1 << 20);
    s->whole = buf_new(4 << 20);
}

static struct form sieved(struct sent *s, size_t at_once)
{
    struct form f = {0};
    s->body = buf_new(BODY_MAX + 65536);
    assert_true(sieve_begin(&s->sieve, s->arena, S("b0"), FILE_MAX, BODY_MAX));
    for (size_t at = 0; at < s->whole.n; at += at_once) {
        sieve_take(&s->sieve, &s->body, str_sub(buf_str(&s->whole), at, at_once));
    }
    assert_false(s->body.full);
    assert_int_equal(form_multipart(s->arena, buf_str(&s->body), S("b0"), &f).code, ERR_OK);
    return f;
}

static void end(struct sent *s)
{
    buf_free(&s->whole);
    buf_free(&s->body);
    arena_free(s->arena);
}

static void what_is_too_long_is_dropped_and_the_rest_is_kept(void **state)
{
    (void)state;
    static const size_t pieces[] = {1, 2, 3, 7, 64, 1000};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct sent s;
        begin(&s);
        part(&s, "name=\"words\"", 20);
        part(&s, "name=\"photo\"; filename=\"a.jpg\"", FILE_MAX * 5);
        part(&s, "name=\"photo\"; FileName=\"b.jpg\"", FILE_MAX);
        part(&s, "name=\"more\"", FILE_MAX * 2); /* no file: kept */
        buf_put(&s.whole, S("--b0--\r\n"));
        const struct form f = sieved(&s, pieces[i]);
        assert_int_equal(f.n, 2);
        assert_int_equal(f.files_n, 2);
        assert_int_equal(form_get(&f, S("words")).n, 20);
        assert_int_equal(form_get(&f, S("more")).n, FILE_MAX * 2);
        assert_int_equal(s.sieve.cut, 1); /* the first of the two */
        assert_false(s.sieve.full);
        assert_in_range(f.files[0].content.n, SIEVE_KEPT, SIEVE_KEPT + 100 + pieces[i]);
        assert_int_equal(f.files[1].content.n, FILE_MAX);
        assert_true(s.body.n < FILE_MAX * 5);
        end(&s);
    }
}

static void all_together_are_bounded_too(void **state)
{
    (void)state;
    struct sent s;
    begin(&s);
    for (int i = 0; i < 10; i++) {
        part(&s, "name=\"photo\"; filename=\"a\"", FILE_MAX);
    }
    part(&s, "name=\"words\"", 300);
    buf_put(&s.whole, S("--b0--\r\n"));
    const struct form f = sieved(&s, 500);
    assert_true(s.sieve.full);
    assert_int_equal(f.files_n, 10);
    assert_int_equal(s.sieve.cut, 0x3c0); /* six fit, the others do not */
    assert_int_equal(form_get(&f, S("words")).n, 300);
    end(&s);
}

/* Nobody needs to have signed in to send this. */
static void what_it_costs_grows_with_the_bytes(void **state)
{
    (void)state;
    enum { BYTES = 16 << 20, PIECE = 4096, SECONDS = 2 };
    static const char *const bodies[] = {"x", "\r\n--b", "\r\n\r\n--b\r\n"};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct arena *a = arena_open(4096);
        struct sieve sieve;
        SCOPED(buf_free) struct buf body = buf_new(2 * BYTES);
        SCOPED(buf_free) struct buf piece = buf_new(PIECE + 16);
        while (piece.n < PIECE) {
            buf_put(&piece, str_of(bodies[i]));
        }
        assert_true(sieve_begin(&sieve, a, S("b"), FILE_MAX, BYTES));
        const clock_t from = clock();
        for (size_t n = 0; n < BYTES; n += piece.n) {
            sieve_take(&sieve, &body, buf_str(&piece));
        }
        assert_true(clock() - from < SECONDS * CLOCKS_PER_SEC);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_too_long_is_dropped_and_the_rest_is_kept),
        cmocka_unit_test(all_together_are_bounded_too),
        cmocka_unit_test(what_it_costs_grows_with_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
