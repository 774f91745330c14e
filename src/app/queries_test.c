/* Every statement of the program is taken by both engines as sqlgen promised it. */
#include "store_testing.h"

static int64_t describe_all(struct db *db, const char *engine)
{
    int64_t done = 0;
    for (size_t i = 0; i < all_queries_n; i++) {
        const struct query *q = all_queries[i];
        for (unsigned form = 0; form < q->forms_n; form++, done++) {
            if (db_describe(db, q, form).code != ERR_OK) {
                fail_msg("%s, %s, form %u: %s", engine, q->name, form, db_error(db));
            }
        }
    }
    return done;
}

static void every_query_is_described(const char *address, const char *path)
{
    struct testing *t = testing_new(address);
    struct db *db = NULL;
    char file[TESTING_PATH];
    testing_path(t, path, file);
    const err e = address == NULL ? sqlite_open(file, DB_WRITE, &db, &t->fail)
                                  : pg_open(address, DB_WRITE, &db, &t->fail);
    assert_int_equal(e.code, ERR_OK);
    assert_int_equal(describe_all(db, db->engine->name), all_forms_n);
    db_close(db);
    testing_free(t);
}

static void on_sqlite(void **state)
{
    (void)state;
    every_query_is_described(NULL, "sunwai.db");
}

static void on_postgres(void **state)
{
    (void)state;
    const char *address = getenv("SUNWAI_TEST_PG");
    if (address == NULL) {
        skip();
    }
    every_query_is_described(address, "");
}

/* What a query promises is really looked at: a column of another type is refused by both. */
static void a_broken_promise_is_seen(const char *address)
{
    static const enum value_type columns[] = {VALUE_BLOB};
    static const bool nullable[] = {false};
    static const struct query_form form = {.sqlite = "select login_code from account",
                                           .pg = "select login_code from account"};
    const struct query q = {.name = "test_broken",
                            .slot = (uint16_t)all_forms_n,
                            .forms_n = 1,
                            .forms = &form,
                            .columns = columns,
                            .nullable = nullable,
                            .columns_n = 1};
    struct testing *t = testing_new(address);
    testing_open(t);
    struct db *db = store_reader(t->store);
    assert_int_equal(db_describe(db, &q, 0).code, ERR_INVALID);
    testing_free(t);
}

static void lies_are_seen_on_sqlite(void **state)
{
    (void)state;
    a_broken_promise_is_seen(NULL);
}

static void lies_are_seen_on_postgres(void **state)
{
    (void)state;
    const char *address = getenv("SUNWAI_TEST_PG");
    if (address == NULL) {
        skip();
    }
    a_broken_promise_is_seen(address);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_sqlite),
        cmocka_unit_test(on_postgres),
        cmocka_unit_test(lies_are_seen_on_sqlite),
        cmocka_unit_test(lies_are_seen_on_postgres),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
