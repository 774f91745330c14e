#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "random.h"

static str hex(const uint8_t *bytes, size_t n, char *out)
{
    hex_of(bytes, n, out);
    return (str){out, 2 * n};
}

static void below_is_in_range_and_reaches_all(void **state)
{
    (void)state;
    unsigned seen[7] = {0};
    for (int i = 0; i < 7000; i++) {
        const uint32_t v = random_below(7);
        assert_true(v < 7);
        seen[v]++;
    }
    for (int i = 0; i < 7; i++) {
        assert_in_range(seen[i], 700, 1300); /* ten standard deviations */
    }
    assert_int_equal(random_below(1), 0);
}

static void bytes_differ(void **state)
{
    (void)state;
    uint8_t a[32] = {0};
    uint8_t b[32] = {0};
    random_bytes(a, sizeof a);
    random_bytes(b, sizeof b);
    assert_false(secret_eq(a, b, sizeof a));
    assert_true(secret_eq(a, a, sizeof a));
    memcpy(b, a, sizeof a);
    b[31] ^= 1;
    assert_false(secret_eq(a, b, sizeof a));
    assert_true(secret_eq(NULL, NULL, 0));
}

/* What is drawn ahead belongs to one process: its child must not hand out the same nonces. */
static void a_forked_process_draws_its_own(void **state)
{
    (void)state;
    int ends[2];
    uint8_t first[10];
    uint8_t mine[10];
    uint8_t other[10];
    random_bytes(first, sizeof first); /* from now on some are drawn ahead */
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        random_bytes(other, sizeof other);
        _exit(write(ends[1], other, sizeof other) == (ssize_t)sizeof other ? 0 : 1);
    }
    random_bytes(mine, sizeof mine);
    assert_int_equal(read(ends[0], other, sizeof other), sizeof other);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_memory_not_equal(mine, other, sizeof mine);
    assert_memory_not_equal(mine, first, sizeof mine);
    close(ends[0]);
    close(ends[1]);
}

/* BLAKE2b-256 of the empty text and of "abc"; the keyed vectors are the first of the BLAKE2 reference's
 * blake2b KAT (key 000102…3f, empty input; and input 00). */
static void hashes_are_blake2b(void **state)
{
    (void)state;
    uint8_t h[64];
    char text[128];
    content_hash(STR_NONE, h);
    assert_true(
        str_eq(hex(h, 32, text), S("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8")));
    content_hash(S("abc"), h);
    assert_true(
        str_eq(hex(h, 32, text), S("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")));
    uint8_t key[64];
    for (uint8_t i = 0; i < 64; i++) {
        key[i] = i;
    }
    keyed_hash(key, 64, S(""), h, 64);
    assert_true(
        str_eq(hex(h, 64, text), S("10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"
                                   "b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568")));
    keyed_hash(key, 64, (str){"", 1}, h, 64);
    assert_true(
        str_eq(hex(h, 64, text), S("961f6dd1e4dd30f63901690c512e78e4b45e4742ed197c3c5e45c549fd25f2e4"
                                   "187b0bc9fe30492b16b0d0bc4ef9b0f34c7003fac09a5ef1532e69430234cebd")));
}

static void ulids_sort_by_time(void **state)
{
    (void)state;
    char a[ULID_LEN];
    char b[ULID_LEN];
    clock_fix(1469918176385); /* the example of the ULID specification: 01ARYZ6S41… */
    ulid_new(a);
    assert_true(str_starts((str){a, ULID_LEN}, S("01ARYZ6S41")));
    ulid_new(b);
    assert_memory_not_equal(a, b, ULID_LEN);
    clock_fix(1469918176386);
    ulid_new(b);
    assert_true(str_cmp((str){a, ULID_LEN}, (str){b, ULID_LEN}) < 0);
    clock_fix(0);
    for (int i = 0; i < 100; i++) {
        ulid_new(a);
        assert_true(ulid_valid((str){a, ULID_LEN}));
    }
}

static void ulids_have_one_form(void **state)
{
    (void)state;
    assert_true(ulid_valid(S("01ARZ3NDEKTSV4RRFFQ69G5FAV")));
    assert_true(ulid_valid(S("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")));
    assert_false(ulid_valid(S("8ZZZZZZZZZZZZZZZZZZZZZZZZZ"))); /* past 48 bits */
    assert_false(ulid_valid(S("01arz3ndektsv4rrffq69g5fav")));
    assert_false(ulid_valid(S("01ARZ3NDEKTSV4RRFFQ69G5FA")));
    assert_false(ulid_valid(S("01ARZ3NDEKTSV4RRFFQ69G5FAVX")));
    assert_false(ulid_valid(S("01ARZ3NDEKTSV4RRFFQ69G5FAU"))); /* U is not in the alphabet */
    assert_false(ulid_valid((str){"01ARZ3NDEKTSV4RRFFQ69G5FA\0", ULID_LEN}));
    assert_false(ulid_valid(STR_NONE));
}

static void hex_both_ways(void **state)
{
    (void)state;
    uint8_t out[3] = {9, 9, 9};
    assert_true(hex_to(S("00fFa5"), out, 3));
    assert_memory_equal(out, "\x00\xFF\xA5", 3);
    assert_false(hex_to(S("00fFa"), out, 3));
    assert_false(hex_to(S("00fFa5a"), out, 3));
    assert_false(hex_to(S("0102"), out, 3));
    assert_false(hex_to(S("0102g3"), out, 3));
    assert_memory_equal(out, "\x00\xFF\xA5", 3); /* untouched on failure */
    assert_true(hex_to(S(""), out, 0));
}

static void base64url_both_ways(void **state)
{
    (void)state;
    static const struct {
        str plain, text;
    } rows[] = {/* RFC 4648, section 10, without padding */
                {S_INIT(""), S_INIT("")},
                {S_INIT("f"), S_INIT("Zg")},
                {S_INIT("fo"), S_INIT("Zm8")},
                {S_INIT("foo"), S_INIT("Zm9v")},
                {S_INIT("foob"), S_INIT("Zm9vYg")},
                {S_INIT("foobar"), S_INIT("Zm9vYmFy")},
                {S_INIT("\xFB\xFF\xBF"), S_INIT("-_-_")}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[16];
        const size_t n = base64url_of((const uint8_t *)rows[i].plain.p, rows[i].plain.n, text);
        assert_true(str_eq((str){text, n}, rows[i].text));
        uint8_t back[16];
        size_t back_n = 99;
        assert_true(base64url_to(rows[i].text, back, sizeof back, &back_n));
        assert_true(str_eq((str){(const char *)back, back_n}, rows[i].plain));
    }
}

static void base64url_has_one_form(void **state)
{
    (void)state;
    static const str bad[] = {S_INIT("Zg=="), S_INIT("Zh"),    S_INIT("Zm9"),
                              S_INIT("Z"),    S_INIT("Zm9vZ"), S_INIT("Zm+v"),
                              S_INIT("Zm/v"), S_INIT("Zm 9"),  S_INIT("Zm9vYmFyYmF6")};
    uint8_t out[8] = {7};
    size_t n = 99;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(base64url_to(bad[i], out, sizeof out, &n)); /* the last is too long */
    }
    assert_false(base64url_to((str){"Zm\0v", 4}, out, sizeof out, &n));
    assert_int_equal(n, 99);
    assert_int_equal(out[0], 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(below_is_in_range_and_reaches_all),
        cmocka_unit_test(bytes_differ),
        cmocka_unit_test(a_forked_process_draws_its_own),
        cmocka_unit_test(hashes_are_blake2b),
        cmocka_unit_test(ulids_sort_by_time),
        cmocka_unit_test(ulids_have_one_form),
        cmocka_unit_test(hex_both_ways),
        cmocka_unit_test(base64url_both_ways),
        cmocka_unit_test(base64url_has_one_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
