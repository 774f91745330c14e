/* What only PostgreSQL can do to us: lost connections, lost commits, rivals. Runs when SUNWAI_TEST_PG is set.
 */
#include "store_testing.h"

#include <stdatomic.h>

#include "clock.h"
#include "meta.sql.h"

static const char *address;

static int set_up(void **state)
{
    *state = testing_new(address);
    testing_open(*state);
    return 0;
}

static int tear_down(void **state)
{
    testing_free(*state);
    return 0;
}

static void server_script(const char *sql)
{
    struct db *db = NULL;
    struct fail f = {0};
    assert_err(pg_open(address, DB_WRITE, &db, &f), ok);
    if (db->engine->script(db, sql).code != ERR_OK) {
        fail_msg("%s", db_error(db));
    }
    db_close(db);
}

static atomic_int tries;

static err put(struct ctx *c, struct write_job *job)
{
    (void)job;
    return q_meta_put(c->db, S("fact"), S("kept"), NULL);
}

static bool is_kept(struct testing *t)
{
    struct q_meta_get row;
    struct ctx c = testing_ctx(t);
    const err e = q_meta_get(c.db, c.arena, S("fact"), &row);
    assert_true(e.code == ERR_OK || e.code == ERR_NOT_FOUND);
    return e.code == ERR_OK;
}

static err lose_connection_once(struct ctx *c, struct write_job *job)
{
    TRY(put(c, job));
    if (atomic_fetch_add(&tries, 1) == 0) {
        return c->db->engine->script(c->db, "select pg_terminate_backend(pg_backend_pid())");
    }
    return OK;
}

static err lose_connection(struct ctx *c, struct write_job *job)
{
    (void)job;
    atomic_fetch_add(&tries, 1);
    return c->db->engine->script(c->db, "select pg_terminate_backend(pg_backend_pid())");
}

static void a_connection_lost_in_a_job_is_made_again(void **state)
{
    struct testing *t = *state;
    atomic_store(&tries, 0);
    assert_err(testing_write(t, lose_connection_once), ok);
    assert_int_equal(atomic_load(&tries), 2);
    assert_true(is_kept(t));
    atomic_store(&tries, 0);
    assert_err(testing_write(t, lose_connection), io);
    assert_int_equal(atomic_load(&tries), 3);
    assert_false(store_broken(t->store));
    assert_err(testing_write(t, put), ok);
}

/* The server ends the connection while it commits: the trigger is deferred to that moment. */
static const char die_at_commit[] =
    "create function die() returns trigger language plpgsql as "
    "$$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;"
    "create constraint trigger die after insert on meta deferrable initially deferred "
    "for each row when (new.meta_name = 'fact') execute function die()";

static void a_connection_lost_in_commit_is_uncertain(void **state)
{
    struct testing *t = *state;
    server_script(die_at_commit);
    assert_err(testing_write(t, put), uncertain);
    assert_false(store_broken(t->store));
    server_script("drop function die() cascade");
    assert_err(testing_write(t, put), ok); /* connected again */
    assert_true(is_kept(t));
}

static void a_reader_comes_back(void **state)
{
    struct testing *t = *state;
    assert_false(is_kept(t));
    server_script("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sunwai' "
                  "and pid <> pg_backend_pid()");
    struct ctx c = testing_ctx(t);
    struct q_meta_get row;
    assert_err(q_meta_get(c.db, c.arena, S("fact"), &row), io);
    assert_err(testing_write(t, put), ok);
    assert_true(is_kept(t));
}

/* Two accounts whose sum may not fall below zero: each job reads both and takes from one. Only SERIALIZABLE
 * keeps two at once from both seeing enough. */
static err balance(struct ctx *c, str name, int64_t *out)
{
    struct q_meta_get row;
    TRY(q_meta_get(c->db, c->arena, name, &row));
    return str_i64(row.meta_text, out) ? OK : FAIL(BUG);
}

static atomic_int together;

static err withdraw(struct ctx *c, struct write_job *job)
{
    int64_t a = 0, b = 0;
    TRY(balance(c, S("a"), &a));
    TRY(balance(c, S("b"), &b));
    /* Both have read before one writes, on their first try. */
    atomic_fetch_add(&together, 1);
    for (int i = 0; i < 500 && atomic_load(&together) < 2; i++) {
        usleep(1000);
    }
    if (a + b < 100) {
        return fail_log(c->fail, ERR_CONFLICT, "not enough");
    }
    const bool first = job->lang == 0;
    return q_meta_put(c->db, first ? S("a") : S("b"),
                      arena_printf(c->arena, "%lld", (long long)(first ? a : b) - 100), NULL);
}

static atomic_int left;

static void counted(struct write_job *job, err result)
{
    (void)job;
    (void)result;
    atomic_fetch_sub(&left, 1);
}

static err put_accounts(struct ctx *c, struct write_job *job)
{
    (void)job;
    TRY(q_meta_put(c->db, S("a"), S("60"), NULL));
    return q_meta_put(c->db, S("b"), S("60"), NULL);
}

static void rivals_do_not_skew(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, put_accounts), ok);
    struct write_job jobs[2];
    atomic_store(&together, 0);
    atomic_store(&left, 2);
    for (int i = 0; i < 2; i++) {
        jobs[i] = (struct write_job){.run = withdraw, .done = counted, .arena = arena_open(65536), .lang = i};
        assert_err(store_submit(t->store, &jobs[i]), ok);
    }
    for (int i = 0; i < 10000 && atomic_load(&left) > 0; i++) {
        usleep(1000);
    }
    assert_int_equal(atomic_load(&left), 0);
    assert_true((jobs[0].result.code == ERR_OK) != (jobs[1].result.code == ERR_OK));
    assert_int_equal(jobs[jobs[0].result.code == ERR_OK].result.code, ERR_CONFLICT);
    arena_free(jobs[0].arena);
    arena_free(jobs[1].arena);
}

static void two_nodes_cannot_be_one(void **state)
{
    struct testing *t = *state;
    char dir[TESTING_PATH];
    testing_path(t, "second", dir);
    assert_int_equal(mkdir(dir, 0700), 0);
    char from[TESTING_PATH], to[TESTING_PATH];
    testing_path(t, "key", from);
    assert_true(snprintf(to, sizeof to, "%.200s/key", dir) > 0);
    assert_int_equal(link(from, to), 0);
    struct store_config config = t->config;
    config.dir = dir;
    config.writers = 1;
    struct store *second = NULL;
    struct fail f = {0};
    assert_err(store_open(&config, &second, &f), busy);
    assert_non_null(strstr(f.log, "held by another process"));
    config.node = 1;
    assert_err(store_open(&config, &second, &f), ok);
    store_close(second);
}

static void what_is_asked_for_and_not_there(void **state)
{
    (void)state;
    struct db *db = NULL;
    struct fail f = {0};
    assert_err(pg_open("host=/nonexistent dbname=x", DB_WRITE, &db, &f), io);
    assert_true(strlen(f.log) > 20);
    assert_null(db);
}

static void promises_of_queries_are_checked(void **state)
{
    struct testing *t = *state;
    static const enum value_type text[] = {VALUE_TEXT}, number[] = {VALUE_I64};
    static const bool never_null[] = {false};
    static const uint16_t use[] = {0};
    static const struct query_form form = {"select meta_text from meta where meta_name = ?1",
                                           "select meta_text from meta where meta_name = $1", use, 1};
    struct query q = {.name = "promise",
                      .slot = 500,
                      .forms_n = 1,
                      .forms = &form,
                      .params = text,
                      .params_n = 1,
                      .columns = text,
                      .nullable = never_null,
                      .columns_n = 1};
    struct db *db = store_reader(t->store);
    assert_err(db_describe(db, &q, 0), ok);
    q.columns = number;
    assert_err(db_describe(db, &q, 0), invalid);
    q.columns = text;
    q.columns_n = 0;
    assert_err(db_describe(db, &q, 0), invalid);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_connection_lost_in_a_job_is_made_again),
        TEST(a_connection_lost_in_commit_is_uncertain),
        TEST(a_reader_comes_back),
        TEST(rivals_do_not_skew),
        TEST(two_nodes_cannot_be_one),
        TEST(promises_of_queries_are_checked),
    };
    const struct CMUnitTest without[] = {cmocka_unit_test(what_is_asked_for_and_not_there)};
    const int failed = cmocka_run_group_tests_name("no server", without, NULL, NULL);
    address = getenv("SUNWAI_TEST_PG");
    if (address == NULL) {
        print_message("[ SKIPPED ] tests/pg/with-postgres runs the rest\n");
        return failed;
    }
    return failed + cmocka_run_group_tests_name("postgres", tests, NULL, NULL);
}
