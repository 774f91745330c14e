/* The audit chain: whatever is edited, deleted, exchanged or cut out inside is found. */
#include "audit.h"

#include "store_testing.h"

#include <stdatomic.h>

static const char *address;

static int set_up(void **state)
{
    *state = testing_new(address);
    struct testing *t = *state;
    t->config.writers = 1; /* one chain, so that the tests know where they cut */
    testing_open(t);
    return 0;
}

static int tear_down(void **state)
{
    testing_free(*state);
    return 0;
}

static err add_three(struct ctx *c, struct write_job *job)
{
    (void)job;
    for (int i = 0; i < 3; i++) {
        TRY(audit_add(c, &(struct audit_entry){.event = S("case.filed"),
                                               .home = 11,
                                               .subject_kind = i == 1 ? STR_NONE : S("case"),
                                               .subject_id = 100 + i,
                                               .detail = i == 2 ? STR_NONE : S("to=assigned")}));
    }
    return OK;
}

static err add_and_fail(struct ctx *c, struct write_job *job)
{
    TRY(add_three(c, job));
    return FAIL(CONFLICT);
}

static err add_too_long(struct ctx *c, struct write_job *job)
{
    (void)job;
    static char much[20000];
    memset(much, 'x', sizeof much);
    return audit_add(c, &(struct audit_entry){.event = S("x"), .detail = {much, sizeof much}});
}

static struct audit_report verify(struct testing *t, enum err_code want)
{
    struct audit_report r = {0};
    struct ctx c = testing_ctx(t);
    assert_int_equal(audit_verify(&c, &r).code, want);
    return r;
}

/* As someone with the database in her hands would: around the program. */
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

static void nine_rows(struct testing *t)
{
    for (int i = 0; i < 3; i++) {
        assert_err(testing_write(t, add_three), ok);
    }
}

static void a_whole_chain_is_whole(void **state)
{
    struct testing *t = *state;
    assert_int_equal(verify(t, ERR_OK).rows, 0);
    nine_rows(t);
    const struct audit_report r = verify(t, ERR_OK);
    assert_int_equal(r.rows, 9);
    assert_int_equal(r.chains, 1);
    assert_int_equal(strlen(r.head), 64);
    testing_close(t);
    testing_open(t);
    const struct audit_report again = verify(t, ERR_OK);
    assert_string_equal(r.head, again.head);
    assert_err(testing_write(t, add_three), ok); /* goes on where it ended */
    const struct audit_report longer = verify(t, ERR_OK);
    assert_int_equal(longer.rows, 12);
    assert_string_not_equal(longer.head, r.head);
}

static void a_job_rolled_back_leaves_no_gap(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, add_and_fail), conflict);
    nine_rows(t);
    assert_err(testing_write(t, add_and_fail), conflict);
    assert_err(testing_write(t, add_three), ok);
    assert_int_equal(verify(t, ERR_OK).rows, 12);
}

static err be_slow(struct ctx *c, struct write_job *job)
{
    usleep(30000); /* so that the next ones come into the same batch */
    return add_three(c, job);
}

static atomic_int answered;

static void count(struct write_job *job, err result)
{
    (void)job;
    (void)result;
    atomic_fetch_add(&answered, 1);
}

static void a_job_rolled_back_within_a_batch_leaves_no_gap(void **state)
{
    struct testing *t = *state;
    struct write_job jobs[4];
    atomic_store(&answered, 0);
    for (int i = 0; i < 4; i++) {
        jobs[i] = (struct write_job){.run = i == 0   ? be_slow
                                            : i == 2 ? add_and_fail
                                                     : add_three,
                                     .done = count};
        assert_err(store_submit(t->store, &jobs[i]), ok);
    }
    for (int i = 0; i < 5000 && atomic_load(&answered) < 4; i++) {
        usleep(1000);
    }
    assert_int_equal(jobs[2].result.code, ERR_CONFLICT);
    assert_int_equal(verify(t, ERR_OK).rows, 9);
}

static void a_detail_has_an_end(void **state)
{
    struct testing *t = *state;
    assert_err(testing_write(t, add_too_long), limit);
    assert_int_equal(verify(t, ERR_OK).rows, 0);
}

struct attack {
    const char *sql;
    int64_t seq; /* where it must be found */
};

static void every_attack_inside_is_found(void **state)
{
    struct testing *t = *state;
    static const struct attack attacks[] = {
        {"update audit set detail_text = 'to=closed' where seq_no = 4", 4},
        {"update audit set detail_text = '' where seq_no = 3", 3}, /* was missing */
        {"update audit set about_kind = '' where seq_no = 2", 2},
        {"update audit set audit_ms = audit_ms + 1 where seq_no = 9", 9},
        {"update audit set actor_id = 5 where seq_no = 1", 1},
        {"update audit set actor_name = 'adc' where seq_no = 6", 6},
        {"update audit set home = 12 where seq_no = 6", 6},
        {"update audit set event_name = 'case.file' where seq_no = 6", 6},
        {"update audit set about_id = 99 where seq_no = 6", 6},
        {"update audit set prev_hash = row_hash where seq_no = 5", 5},
        {"update audit set row_hash = prev_hash where seq_no = 5", 5},
        {"delete from audit where seq_no = 5", 5},
        {"delete from audit where seq_no = 1", 1},
        {"delete from audit where seq_no between 3 and 6", 3},
        {"update audit set seq_no = 1000 where seq_no = 4; update audit set seq_no = 4 where seq_no = 7;"
         "update audit set seq_no = 7 where seq_no = 1000",
         4},
        {"delete from audit where seq_no = 5; update audit set seq_no = seq_no - 1 where seq_no = 6", 5},
        {"update audit set chain_no = 3 where seq_no = 2", 2},
    };
    for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
        nine_rows(t);
        (void)verify(t, ERR_OK);
        tamper(t, attacks[i].sql);
        const struct audit_report r = verify(t, ERR_CONFLICT);
        if (r.broken_chain != 0 || r.broken_seq != attacks[i].seq) {
            fail_msg("%s: found at %lld", attacks[i].sql, (long long)r.broken_seq);
        }
        tamper(t, "delete from audit");
    }
}

static void a_cut_tail_shows_in_the_head(void **state)
{
    struct testing *t = *state;
    nine_rows(t);
    const struct audit_report whole = verify(t, ERR_OK);
    tamper(t, "delete from audit where seq_no > 7");
    const struct audit_report cut =
        verify(t, ERR_OK); /* in itself it fits: only the written-down head tells */
    assert_int_equal(cut.rows, 7);
    assert_string_not_equal(cut.head, whole.head);
}

static void several_writers_have_chains_of_their_own(void **state)
{
    struct testing *t = *state;
    if (address == NULL) {
        return;
    }
    testing_close(t);
    t->config.writers = 4;
    t->config.node = 2;
    testing_open(t);
    for (int i = 0; i < 40; i++) {
        assert_err(testing_write(t, add_three), ok);
    }
    const struct audit_report r = verify(t, ERR_OK);
    assert_int_equal(r.rows, 120);
    assert_true(r.chains >= 1 && r.chains <= 4);
}

static void many_rows_are_walked_in_stretches(void **state)
{
    struct testing *t = *state;
    for (int i = 0; i < 340; i++) {
        assert_err(testing_write(t, add_three), ok);
    }
    assert_int_equal(verify(t, ERR_OK).rows, 1020);
    tamper(t, "update audit set home = 12 where seq_no = 1001");
    assert_int_equal(verify(t, ERR_CONFLICT).broken_seq, 1001);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_whole_chain_is_whole),
        TEST(a_job_rolled_back_leaves_no_gap),
        TEST(a_job_rolled_back_within_a_batch_leaves_no_gap),
        TEST(a_detail_has_an_end),
        TEST(every_attack_inside_is_found),
        TEST(a_cut_tail_shows_in_the_head),
        TEST(several_writers_have_chains_of_their_own),
        TEST(many_rows_are_walked_in_stretches),
    };
    address = getenv("SUNWAI_TEST_PG");
    return cmocka_run_group_tests_name(address == NULL ? "sqlite" : "postgres", tests, NULL, NULL);
}
