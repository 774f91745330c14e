/* What a device sealed opens with its key and under its ULID alone, and nothing that was changed opens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "sealed_record.h"
#include "sealed_record_vector.h"

#define ULID_A S("01JXW3C5M0ABCDEFGHJKMNPQRS")
#define ULID_B S("01JXW3C5M0ABCDEFGHJKMNPQRT")

static struct arena *a;
static struct record_pair pair;

static str sealed_one(void)
{
    str out;
    assert_int_equal(record_seal(a, pair.point, ULID_A, S("{\"kind\":\"count\"}"), S("sound"), &out).code,
                     ERR_OK);
    return out;
}

static enum err_code opened(str ulid, str sealed, str *plain)
{
    return record_open(a, &pair, ulid, sealed, plain).code;
}

static void opens_as_it_was(void **state)
{
    (void)state;
    str plain;
    str json;
    str content;
    uint8_t key[RECORD_KEY_LEN];
    uint8_t said[RECORD_KEY_LEN];
    const str s = sealed_one();
    assert_int_equal(opened(ULID_A, s, &plain), ERR_OK);
    assert_int_equal(record_split(plain, &json, &content).code, ERR_OK);
    assert_true(str_eq(json, S("{\"kind\":\"count\"}")) && str_eq(content, S("sound")));
    record_key_id(pair.point, key);
    assert_int_equal(record_key_of(s, said).code, ERR_OK);
    assert_memory_equal(key, said, sizeof key);
}

static void another_ulid_or_key_is_refused(void **state)
{
    (void)state;
    str plain;
    struct record_pair other;
    const str s = sealed_one();
    assert_int_equal(opened(ULID_B, s, &plain), ERR_INVALID);
    record_pair_new(&other);
    assert_int_equal(record_open(a, &other, ULID_A, s, &plain).code, ERR_INVALID);
}

/* Each byte of it, changed alone; but for the key id, which is bound too. */
static void every_flipped_bit_is_refused(void **state)
{
    (void)state;
    str plain;
    const str s = sealed_one();
    char *changed = arena_try(a, s.n);
    for (size_t i = 0; i < s.n; i++) {
        memcpy(changed, s.p, s.n);
        changed[i] = (char)(changed[i] ^ (1 << i % 8));
        assert_int_equal(opened(ULID_A, (str){changed, s.n}, &plain), ERR_INVALID);
    }
}

static void every_cut_is_refused(void **state)
{
    (void)state;
    str plain;
    const str s = sealed_one();
    for (size_t n = 0; n < s.n; n++) {
        assert_int_equal(opened(ULID_A, (str){s.p, n}, &plain), ERR_INVALID);
    }
}

/* A point beside the curve would let its sender find the private key out. */
static void a_point_off_the_curve_is_refused(void **state)
{
    (void)state;
    str plain;
    const str s = sealed_one();
    char *changed = arena_try(a, s.n);
    static const uint8_t odd[][2] = {{0, 0}, {0xFF, 0xFF}, {1, 0}, {0, 1}};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        memcpy(changed, s.p, s.n);
        memset(changed + 4 + RECORD_KEY_LEN + 1, odd[i][0], 32);
        memset(changed + 4 + RECORD_KEY_LEN + 33, odd[i][1], 32);
        assert_int_equal(opened(ULID_A, (str){changed, s.n}, &plain), ERR_INVALID);
    }
    uint8_t wrong[RECORD_POINT_LEN];
    memcpy(wrong, pair.point, sizeof wrong);
    wrong[RECORD_POINT_LEN - 1] ^= 1;
    assert_int_equal(record_seal(a, wrong, ULID_A, S("{}"), STR_NONE, &plain).code, ERR_INVALID);
}

static void lengths_that_do_not_fit(void **state)
{
    (void)state;
    str json;
    str content;
    assert_int_equal(record_split(S(""), &json, &content).code, ERR_INVALID);
    assert_int_equal(record_split((str){"\0\0\0\0{}", 6}, &json, &content).code, ERR_INVALID);
    assert_int_equal(record_split((str){"\0\0\0\3{}", 6}, &json, &content).code, ERR_INVALID);
    assert_int_equal(record_split((str){"\377\377\377\377{}", 6}, &json, &content).code, ERR_INVALID);
    assert_int_equal(record_split((str){"\0\0\0\2{}", 6}, &json, &content).code, ERR_OK);
    assert_true(content.n == 0);
}

/* What a browser seals, opens here. */
static void what_webcrypto_sealed_opens(void **state)
{
    (void)state;
    struct record_pair p;
    uint8_t sealed[sizeof vector_sealed / 2];
    str plain;
    str json;
    str content;
    assert_true(hex_to(S(VECTOR_SCALAR), p.scalar, sizeof p.scalar));
    assert_true(hex_to(str_of(vector_sealed), sealed, sizeof sealed));
    const str s = {(const char *)sealed, sizeof sealed};
    assert_int_equal(record_open(a, &p, ULID_A, s, &plain).code, ERR_OK);
    assert_int_equal(record_split(plain, &json, &content).code, ERR_OK);
    assert_true(str_eq(json, S("{\"kind\":\"need\"}")) && str_eq(content, S("bytes")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_as_it_was),
        cmocka_unit_test(another_ulid_or_key_is_refused),
        cmocka_unit_test(every_flipped_bit_is_refused),
        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(a_point_off_the_curve_is_refused),
        cmocka_unit_test(lengths_that_do_not_fit),
        cmocka_unit_test(what_webcrypto_sealed_opens),
    };
    a = arena_open(8 * 1024 * 1024);
    record_pair_new(&pair);
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(a);
    return failed;
}
