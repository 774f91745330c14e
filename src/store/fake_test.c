/* The fake database of rule tests: canned answers in order, a record of what was asked. */
#include "store_testing.h"

#include "audit.h"
#include "fake.h"
#include "idem.h"
#include "meta.sql.h"
#include "vault.h"

static struct ctx c;
static struct fake *fake;

static int set_up(void **state)
{
    (void)state;
    log_to(-1);
    fake = fake_open(&c);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fake_close(fake);
    return 0;
}

static void answers_come_in_order_and_the_last_stays(void **state)
{
    (void)state;
    static const struct value first = {.type = VALUE_TEXT, .s = S_INIT("one")},
                              second = {.type = VALUE_TEXT, .s = S_INIT("two")};
    struct q_meta_get row;
    fake_answer(fake, &(struct fake_answer){.query = "meta_get", .rows = &first, .rows_n = 1});
    fake_answer(fake, &(struct fake_answer){.query = "meta_get", .rows = &second, .rows_n = 1});
    assert_err(q_meta_get(c.db, c.arena, S("a"), &row), ok);
    assert_true(str_eq(row.meta_text, S("one")));
    for (int i = 0; i < 2; i++) {
        assert_err(q_meta_get(c.db, c.arena, S("b"), &row), ok);
        assert_true(str_eq(row.meta_text, S("two")));
    }
    assert_int_equal(fake_calls(fake, "meta_get"), 3);
    assert_true(str_eq(fake_call(fake, "meta_get", 1)->params[0].s, S("b")));
    assert_null(fake_call(fake, "meta_get", 3));
    assert_null(fake_call(fake, "other", 0));
}

static void no_rows_changes_and_failures(void **state)
{
    (void)state;
    struct q_meta_get row;
    int64_t changed = 0;
    fake_answer(fake, &(struct fake_answer){.query = "meta_get"});
    fake_answer(fake, &(struct fake_answer){.query = "meta_put", .changed = 7});
    assert_err(q_meta_get(c.db, c.arena, S("a"), &row), not_found);
    assert_err(q_meta_put(c.db, S("a"), S("b"), &changed), ok);
    assert_int_equal(changed, 7);
    fake_answer(fake, &(struct fake_answer){.query = "meta_put", .fails = ERR_CONFLICT});
    assert_err(q_meta_put(c.db, S("a"), S("b"), &changed), conflict);
    assert_err(q_meta_get(c.db, c.arena, S("a"), &row), bug); /* as in a real transaction after a failure */
}

static void a_query_without_an_answer_names_itself(void **state)
{
    (void)state;
    struct q_meta_get row;
    assert_err(q_meta_get(c.db, c.arena, S("a"), &row), bug);
    assert_non_null(strstr(db_error(c.db), "meta_get"));
}

static void rules_find_ids_audit_and_keys(void **state)
{
    (void)state;
    int64_t key = 0;
    str sealed = STR_NONE, plain = STR_NONE;
    const int64_t id = id_next(&c);
    assert_true(id_next(&c) > id);
    assert_err(audit_add(&c, &(struct audit_entry){.event = S("case.filed"), .home = 3}), ok);
    assert_err(audit_add(&c, &(struct audit_entry){.event = S("case.closed"), .home = 3}), ok);
    assert_int_equal(fake_calls(fake, "audit_append"), 2);
    assert_int_equal(fake_call(fake, "audit_append", 1)->params[1].i, 2);
    assert_err(vault_key_take(&c, &key), ok);
    assert_err(vault_seal(&c, key, S("name"), S("x"), &sealed), ok);
    assert_err(vault_unseal(&c, key, S("name"), sealed, &plain), ok);
    assert_true(str_eq(plain, S("x")));
    assert_err(vault_destroy(&c, key), ok);
}

static void each_role_has_a_name(void **state)
{
    (void)state;
    for (int r = 0; r < ROLE_N; r++) {
        assert_string_not_equal(role_name((enum role)r), "unknown");
        for (int other = 0; other < r; other++) {
            assert_string_not_equal(role_name((enum role)r), role_name((enum role)other));
        }
    }
    assert_string_equal(role_name(ROLE_DESK), "desk");
    assert_string_equal(role_name(ROLE_N), "unknown");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(answers_come_in_order_and_the_last_stays), TEST(no_rows_changes_and_failures),
        TEST(a_query_without_an_answer_names_itself),   TEST(rules_find_ids_audit_and_keys),
        cmocka_unit_test(each_role_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
