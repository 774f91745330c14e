/* Heads written down elsewhere: what a chain by itself cannot show. */
#include "store_testing.h"

#include "clock.h"
#include "engine.h"
#include "witness.h"

static const char *address; /* of PostgreSQL; NULL: SQLite */

static int set_up(void **state)
{
    clock_fix(INT64_C(1773486000000)); /* 2026-03-14 11:00 UTC */
    *state = testing_new(address);
    struct testing *t = *state;
    t->config.writers = 1;
    testing_open(t);
    return 0;
}

static int tear_down(void **state)
{
    clock_fix(-1);
    testing_free(*state);
    return 0;
}

static err add_three(struct ctx *c, struct write_job *job)
{
    (void)job;
    for (int i = 0; i < 3; i++) {
        TRY(audit_add(c, &(struct audit_entry){.event = S("case.filed"), .home = 11, .subject_id = i}));
    }
    return OK;
}

static struct ctx reader(struct testing *t)
{
    return testing_ctx(t);
}

static str mark_now(struct testing *t)
{
    struct ctx c = reader(t);
    struct audit_head *heads;
    size_t n;
    assert_err(audit_heads(&c, &heads, &n), ok);
    return witness_mark(t->arena, heads, n);
}

static void line_now(struct testing *t, struct buf *out)
{
    struct ctx c = reader(t);
    struct audit_head *heads;
    size_t n;
    assert_err(audit_heads(&c, &heads, &n), ok);
    witness_line(out, clock_now_ms(), "hour", heads, n);
}

static void tamper(struct testing *t, const char *sql)
{
    testing_close(t);
    struct db *db = NULL;
    struct fail f = {0};
    char path[TESTING_PATH];
    testing_path(t, "sunwai.db", path);
    assert_err(address != NULL ? pg_open(address, DB_WRITE, &db, &f) : sqlite_open(path, DB_WRITE, &db, &f),
               ok);
    assert_err(db->engine->script(db, sql), ok);
    db_close(db);
    testing_open(t);
}

static void a_mark_holds_while_the_chain_grows(void **state)
{
    struct testing *t = *state;
    struct witness_report r = {0};
    assert_int_equal(mark_now(t).n, 0);
    assert_err(testing_write(t, add_three), ok);
    const str mark = mark_now(t);
    assert_err(testing_write(t, add_three), ok);
    struct ctx c = reader(t);
    assert_err(witness_mark_check(&c, mark, &r), ok);
    char loud[200]; /* as somebody types it */
    size_t n = 0;
    loud[n++] = ' ';
    for (size_t i = 0; i < mark.n; i++) {
        loud[n++] = mark.p[i] >= 'a' && mark.p[i] <= 'f' ? (char)(mark.p[i] - 32) : mark.p[i];
    }
    assert_err(witness_mark_check(&c, (str){loud, n}, &r), ok);
    tamper(t, "delete from audit where seq_no > 2");
    struct ctx after = reader(t);
    assert_err(witness_mark_check(&after, mark, &r), conflict);
    assert_true(r.gone && r.seq == 3);
    assert_err(testing_write(t, add_three), ok); /* the numbers are there again, the rows are others */
    clock_fix(clock_now_ms() + 1);
    tamper(t, "delete from audit where seq_no > 2");
    assert_err(testing_write(t, add_three), ok);
    struct ctx again = reader(t);
    assert_err(witness_mark_check(&again, mark, &r), conflict);
    assert_true(!r.gone && r.seq == 3);
}

static void what_is_no_mark_is_refused(void **state)
{
    struct testing *t = *state;
    static const char *const marks[] = {"",
                                        " ",
                                        "/",
                                        "0",
                                        "0-",
                                        "0-3",
                                        "0-3 ",
                                        "0-3 12",
                                        "0-3 1234 1234 1234 1234 123",
                                        "0-3 1234 1234 1234 1234 12345",
                                        "0-3 1234 1234 1234 1234 123x",
                                        "-1-3 1234 1234 1234 1234 1234",
                                        "a-3 1234 1234 1234 1234 1234",
                                        "0-3 1234 1234 1234 1234 1234 / x",
                                        "0-b 1234 1234 1234 1234 1234"};
    assert_err(testing_write(t, add_three), ok);
    struct ctx c = reader(t);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct witness_report r = {0};
        const err e = witness_mark_check(&c, str_of(marks[i]), &r);
        if (e.code != ERR_INVALID && !(e.code == ERR_CONFLICT && i == 13)) {
            fail_msg("%s: %s", marks[i], err_name(e));
        }
    }
}

static void a_file_grows_and_is_compared(void **state)
{
    struct testing *t = *state;
    struct witness_report r = {0};
    struct fail f = {0};
    char path[TESTING_PATH];
    testing_path(t, "witness.txt", path);
    struct ctx c = reader(t);
    assert_err(witness_file_check(&c, path, &r), not_found);
    for (int i = 0; i < 4; i++) {
        SCOPED(buf_free) struct buf line = buf_new(1000);
        line_now(t, &line);
        if (i == 3) { /* the power failed in the middle of one */
            FILE *half = fopen(path, "ae");
            assert_true(fputs("2026-03-14T10:", half) > 0 && fclose(half) == 0);
        }
        assert_err(witness_append(path, buf_str(&line), &f), ok);
        assert_err(testing_write(t, add_three), ok);
    }
    assert_err(witness_file_check(&c, path, &r), ok);
    assert_int_equal(r.lines, 4);
    assert_int_equal(r.unreadable, 1);
    tamper(t, "delete from audit where seq_no > 8");
    struct ctx after = reader(t);
    assert_err(witness_file_check(&after, path, &r), conflict);
    assert_true(r.gone);
    assert_err(witness_append("/nowhere/at/all", S("x"), &f), io);
    assert_true(f.log[0] != '\0');
}

static void a_line_is_readable(void **state)
{
    struct testing *t = *state;
    SCOPED(buf_free) struct buf line = buf_new(1000);
    assert_err(testing_write(t, add_three), ok);
    line_now(t, &line);
    assert_true(str_starts(buf_str(&line), S("2026-03-14T11:00:00Z hour rows=3 ")));
    struct ctx c = reader(t);
    struct witness_report r = {0};
    assert_err(witness_line_check(&c, buf_str(&line), &r), ok);
    for (size_t cut = 1; cut < line.n - 33; cut++) { /* cut anywhere in its last hash or before, it is none */
        const err e = witness_line_check(&c, str_sub(buf_str(&line), 0, line.n - cut), &r);
        if (e.code != ERR_INVALID && cut < 64) {
            fail_msg("cut by %zu: %s", cut, err_name(e));
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_mark_holds_while_the_chain_grows),
        TEST(what_is_no_mark_is_refused),
        TEST(a_file_grows_and_is_compared),
        TEST(a_line_is_readable),
    };
    address = getenv("SUNWAI_TEST_PG");
    return cmocka_run_group_tests_name(address == NULL ? "sqlite" : "postgres", tests, NULL, NULL);
}
