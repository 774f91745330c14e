/* The vault: what is derived stays what it was, what is sealed opens only where it was sealed, what is
 * destroyed stays destroyed, and a key number is used once. */
#include <unistd.h>

#include "clock.h"
#include "vault.h"

#include "store_testing.h"

#include <fcntl.h>

#include "keys.h"
#include "random.h"
#include "vault_open.h"

static int64_t key_no, other_no;
static str sealed;

static int set_up(void **state)
{
    *state = testing_new(NULL);
    testing_open(*state);
    key_no = other_no = 0;
    return 0;
}

static int tear_down(void **state)
{
    testing_free(*state);
    return 0;
}

static err take(struct ctx *c, struct write_job *job)
{
    (void)job;
    return vault_key_take(c, &key_no);
}

static err take_many(struct ctx *c, struct write_job *job)
{
    (void)job;
    for (int i = 0; i < 2 * KEYS_AHEAD; i++) {
        int64_t no = 0;
        TRY(vault_key_take(c, &no));
        if (no <= key_no) {
            return FAIL(BUG);
        }
        key_no = no;
    }
    return OK;
}

static err take_and_fail(struct ctx *c, struct write_job *job)
{
    TRY(take(c, job));
    return FAIL(CONFLICT);
}

static err seal_two(struct ctx *c, struct write_job *job)
{
    (void)job;
    TRY(vault_key_take(c, &key_no));
    TRY(vault_key_take(c, &other_no));
    return vault_seal(c, key_no, S("name"), S("Zarghuna Bibi"), &sealed);
}

static err destroy(struct ctx *c, struct write_job *job)
{
    (void)job;
    return vault_destroy(c, key_no);
}

static err retire(struct ctx *c, struct write_job *job)
{
    (void)job;
    return vault_retire(c, key_no);
}

static err destroy_and_fail(struct ctx *c, struct write_job *job)
{
    (void)job;
    TRY(vault_destroy(c, key_no));
    return FAIL(CONFLICT);
}

static err unseal(struct testing *t, int64_t no, str field, str bytes, str *out)
{
    struct ctx c = testing_ctx(t);
    return vault_unseal(&c, no, field, bytes, out);
}

static void a_sealed_field_opens_only_where_it_belongs(void **state)
{
    struct testing *t = *state;
    str plain = STR_NONE;
    assert_err(testing_write(t, seal_two), ok);
    assert_int_not_equal(key_no, other_no);
    assert_err(unseal(t, key_no, S("name"), sealed, &plain), ok);
    assert_true(str_eq(plain, S("Zarghuna Bibi")));
    plain = STR_NONE;
    assert_err(unseal(t, other_no, S("name"), sealed, &plain), io);
    assert_err(unseal(t, key_no, S("phone"), sealed, &plain), io);
    assert_err(unseal(t, key_no + 100000, S("name"), sealed, &plain), not_found);
    char *bytes = malloc(sealed.n);
    for (size_t i = 0; i < sealed.n; i++) {
        memcpy(bytes, sealed.p, sealed.n);
        bytes[i] = (char)(bytes[i] ^ 1);
        assert_err(unseal(t, key_no, S("name"), (str){bytes, sealed.n}, &plain), io);
        assert_err(unseal(t, key_no, S("name"), (str){sealed.p, i}, &plain), io);
    }
    free(bytes);
    assert_null(plain.p);
}

static err seal_edges(struct ctx *c, struct write_job *job)
{
    (void)job;
    str first, second, plain;
    TRY(vault_key_take(c, &key_no));
    TRY(vault_seal(c, key_no, S("note"), S(""), &first));
    TRY(vault_unseal(c, key_no, S("note"), first, &plain));
    assert_non_null(plain.p);
    assert_int_equal(plain.n, 0);
    TRY(vault_seal(c, key_no, S("note"), S("same"), &first));
    TRY(vault_seal(c, key_no, S("note"), S("same"), &second));
    assert_false(str_eq(first, second)); /* equal texts cannot be told from their ciphertexts */
    return OK;
}

static void empty_and_equal_texts(void **state)
{
    assert_err(testing_write(*state, seal_edges), ok);
}

static void a_destroyed_key_is_gone(void **state)
{
    struct testing *t = *state;
    str plain = STR_NONE;
    assert_err(testing_write(t, seal_two), ok);
    assert_err(testing_write(t, destroy_and_fail), conflict);
    assert_err(unseal(t, key_no, S("name"), sealed, &plain), ok); /* rolled back: nothing destroyed */
    assert_err(testing_write(t, destroy), ok);
    assert_err(unseal(t, key_no, S("name"), sealed, &plain), not_found);
    assert_err(testing_write(t, destroy), ok); /* twice does no harm */
    testing_close(t);
    testing_open(t);
    assert_err(unseal(t, key_no, S("name"), sealed, &plain), not_found);
}

static void copy_file(const char *from, const char *to)
{
    char block[65536];
    const int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(in >= 0 && out >= 0);
    for (ssize_t n = read(in, block, sizeof block); n > 0; n = read(in, block, sizeof block)) {
        assert_int_equal(write(out, block, (size_t)n), n);
    }
    close(in);
    close(out);
}

/* Within two seconds without any other write, and at once with a key that may not wait or when the store
 * closes. */
static void a_retired_key_goes_by_itself(void **state)
{
    struct testing *t = *state;
    str plain = STR_NONE;
    assert_err(testing_write(t, seal_two), ok);
    assert_err(testing_write(t, retire), ok);
    const int64_t until = clock_mono_ms() + 10000;
    while (unseal(t, key_no, S("name"), sealed, &plain).code == ERR_OK && clock_mono_ms() < until) {
        (void)usleep(20000);
    }
    assert_err(unseal(t, key_no, S("name"), sealed, &plain), not_found);
    assert_err(testing_write(t, seal_two), ok);
    assert_err(testing_write(t, retire), ok);
    testing_close(t);
    testing_open(t);
    assert_err(unseal(t, key_no, S("name"), sealed, &plain), not_found);
}

static void a_restored_copy_does_not_bring_it_back(void **state)
{
    struct testing *t = *state;
    char live[TESTING_PATH], copy[TESTING_PATH];
    str plain = STR_NONE;
    testing_path(t, "keys.db", live);
    testing_path(t, "keys.copy", copy);
    assert_err(testing_write(t, seal_two), ok);
    testing_close(t);
    copy_file(live, copy);
    testing_open(t);
    assert_err(unseal(t, key_no, S("name"), sealed, &plain), ok);
    assert_err(testing_write(t, destroy), ok);
    const int64_t destroyed = key_no;
    assert_err(testing_write(t, take_many), ok); /* numbers that the older copy does not know */
    const int64_t top = key_no;
    testing_close(t);
    copy_file(copy, live);
    testing_open(t);
    assert_err(unseal(t, destroyed, S("name"), sealed, &plain), not_found);
    assert_err(testing_write(t, take), ok);
    assert_true(key_no > top);
}

static void a_number_is_used_once(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, take_many), ok);
    const int64_t last = key_no;
    assert_err(testing_write(t, take_and_fail), conflict);
    assert_true(key_no > last);
    const int64_t wasted = key_no;
    assert_err(testing_write(t, take), ok);
    assert_true(key_no > wasted);
    const int64_t before = key_no;
    testing_close(t);
    testing_open(t);
    assert_err(testing_write(t, take), ok);
    assert_true(key_no > before);
}

static void keys_are_wrapped_on_disk(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, seal_two), ok);
    testing_close(t);
    /* With another wrapping key the rows are worthless. */
    char path[TESTING_PATH];
    testing_path(t, "keys.db", path);
    const uint8_t wrong[CASE_KEY_LEN] = {1};
    uint8_t key[CASE_KEY_LEN];
    struct keys *k = NULL;
    struct fail f = {0};
    assert_err(keys_open(path, true, wrong, 0, &k, &f), ok);
    assert_err(keys_get(k, key_no, key, &f), io);
    keys_close(k);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

/* Slips are printed with these digits and look-ups stored with these bytes: they may never change. */
static void what_is_derived_stays(void **state)
{
    (void)state;
    static const uint8_t master[VAULT_KEY_LEN] = {0x53, 0x75, 0x6e, 0x77, 0x61, 0x69};
    char pin[PIN_LEN + 1] = {0}, hex[2 * VAULT_KEY_LEN + 1] = {0};
    struct vault *v = vault_open(master);
    vault_pin(v, S("4128063357"), 0, pin);
    assert_string_equal(pin, "689909");
    vault_pin(v, S("4128063357"), 1, pin);
    assert_string_equal(pin, "666600");
    vault_pin(v, S("4128063358"), 0, pin);
    assert_string_equal(pin, "829964");
    uint8_t blind[BLIND_LEN];
    vault_blind(v, S("phone"), S("+923001234567"), blind);
    hex_of(blind, sizeof blind, hex);
    hex[2 * BLIND_LEN] = '\0';
    assert_string_equal(hex, "1a805d78f2dad97919bda03f52ab8ede");
    vault_blind(v, S("cnic"), S("+923001234567"), blind);
    hex_of(blind, sizeof blind, hex);
    assert_string_equal(hex, "b4418d64411499c2d69c90b06969cab4");
    uint8_t key[VAULT_KEY_LEN];
    vault_derive(v, S("form-token"), key);
    hex_of(key, sizeof key, hex);
    assert_string_equal(hex, "9208e1e90f3e6a74c151803998548a418a68a66f7b03edf80d0f6628d2c941d1");
    vault_close(v);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sealed_field_opens_only_where_it_belongs),
        TEST(empty_and_equal_texts),
        TEST(a_destroyed_key_is_gone),
        TEST(a_retired_key_goes_by_itself),
        TEST(a_restored_copy_does_not_bring_it_back),
        TEST(a_number_is_used_once),
        TEST(keys_are_wrapped_on_disk),
        cmocka_unit_test(what_is_derived_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
