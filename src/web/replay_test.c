#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "replay.h"

static const uint8_t key[REPLAY_KEY_LEN] = {1};
static const uint8_t other_key[REPLAY_KEY_LEN] = {2};
static const struct route route = {.method = HTTP_POST, .pattern = "/say"};
static const struct route other_route = {.method = HTTP_POST, .pattern = "/say2"};

static int set_up(void **state)
{
    *state = arena_open(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

struct hash {
    uint8_t bytes[REPLAY_HASH_LEN];
};

/* Of "name=value" pairs, NULL-terminated. */
static struct hash hash_with(struct arena *a, const uint8_t *k, const struct route *r,
                             const char *const *pairs)
{
    struct raws raws = {0};
    for (size_t i = 0; pairs[i] != NULL; i++) {
        str value = str_of(pairs[i]);
        const str name = str_cut(&value, '=');
        assert_int_equal(raw_add(&raws, a, name, value, RAW_FORM).code, ERR_OK);
    }
    struct hash h;
    assert_int_equal(replay_hash(a, k, r, &raws, h.bytes).code, ERR_OK);
    return h;
}

#define HASH(...) hash_with(*state, key, &route, (const char *const[]){__VA_ARGS__, NULL})
#define assert_same(x, y) assert_memory_equal((x).bytes, (y).bytes, REPLAY_HASH_LEN)
#define assert_other(x, y) assert_memory_not_equal((x).bytes, (y).bytes, REPLAY_HASH_LEN)

static void order_and_the_floors_own_fields_do_not_count(void **state)
{
    const struct hash one = HASH("a=1", "b=2");
    assert_same(one, HASH("b=2", "a=1"));
    assert_same(one, HASH("_token=x", "a=1", "_key=k", "b=2", "_lang=ur"));
    assert_same(HASH("a=2", "a=1"), HASH("a=1", "a=2"));
}

static void everything_else_counts(void **state)
{
    const struct hash one = HASH("a=1", "b=2");
    assert_other(one, HASH("a=1", "b=3"));
    assert_other(one, HASH("a=1"));
    assert_other(one, HASH("a=1", "b=2", "c="));
    assert_other(one, HASH("a=2", "b=1"));
    assert_other(HASH("a=12"), HASH("a1=2"));
    assert_other(HASH("a=", "b="), HASH("ab=", "="));
    const char *const pairs[] = {"a=1", "b=2", NULL};
    assert_other(one, hash_with(*state, key, &other_route, pairs));
    assert_other(one, hash_with(*state, other_key, &route, pairs));
}

static void keys_are_visible_ascii(void **state)
{
    (void)state;
    char longest[REPLAY_KEY_MAX + 1];
    memset(longest, 'k', sizeof longest);
    assert_true(replay_key_valid(S("a")));
    assert_true(replay_key_valid((str){longest, REPLAY_KEY_MAX}));
    assert_false(replay_key_valid((str){longest, REPLAY_KEY_MAX + 1}));
    assert_false(replay_key_valid(S("")));
    assert_false(replay_key_valid(S("a b")));
    assert_false(replay_key_valid(S("a\x7F")));
    assert_false(replay_key_valid(S("\xC3\xA9")));
}

static void receipt_comes_back(void **state)
{
    const struct receipt r = {S("4128063357"), S("received"), -5, S("two\nlines")};
    str text;
    struct receipt back;
    assert_int_equal(receipt_write(*state, &r, &text).code, ERR_OK);
    assert_int_equal(receipt_read(text, &back).code, ERR_OK);
    assert_true(str_eq(back.ref, r.ref) && str_eq(back.status, r.status) && str_eq(back.note, r.note));
    assert_int_equal(back.due_ms, -5);
    const struct receipt none = {0};
    assert_int_equal(receipt_write(*state, &none, &text).code, ERR_OK);
    assert_int_equal(receipt_read(text, &back).code, ERR_OK);
    assert_int_equal(back.note.n, 0);
}

static void wrong_receipts_are_refused(void **state)
{
    static char big[RECEIPT_TEXT_MAX + 1];
    memset(big, 'x', sizeof big);
    str text = S("untouched");
    const struct receipt lines = {.ref = S("a\nb")};
    const struct receipt length = {.note = {big, sizeof big}};
    assert_int_equal(receipt_write(*state, &lines, &text).code, ERR_BUG);
    assert_int_equal(receipt_write(*state, &length, &text).code, ERR_BUG);
    assert_true(str_eq(text, S("untouched")));
    struct receipt back;
    assert_int_equal(receipt_read(S("a\nb\n5"), &back).code, ERR_IO);
    assert_int_equal(receipt_read(S("a\nb\nx\n"), &back).code, ERR_IO);
    assert_int_equal(receipt_read(S(""), &back).code, ERR_IO);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(order_and_the_floors_own_fields_do_not_count),
        T(everything_else_counts),
        T(keys_are_visible_ascii),
        T(receipt_comes_back),
        T(wrong_receipts_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
