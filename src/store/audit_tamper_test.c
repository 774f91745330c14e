/* Random tampering with the chain, each on a copy that is thrown away: all of it is found, and a chain that
 * nobody touched never is. TAMPERS says how many (300), SEED which (printed). */
#include "store_testing.h"

#include "clock.h"
#include "engine.h"
#include "random.h"
#include "witness.h"

enum { ROWS = 60, SQL_MAX = 600, FINGER_MAX = 1 << 20 };

static uint64_t state_of_dice;

static uint64_t dice(uint64_t below)
{
    state_of_dice ^= state_of_dice << 13;
    state_of_dice ^= state_of_dice >> 7;
    state_of_dice ^= state_of_dice << 17;
    return state_of_dice % below;
}

static err add_rows(struct ctx *c, struct write_job *job)
{
    (void)job;
    for (int i = 0; i < ROWS; i++) {
        TRY(audit_add(c, &(struct audit_entry){
                             .event = i % 3 == 0 ? S("identity.viewed") : S("case.filed"),
                             .home = 11 + i % 4,
                             .subject_kind = i % 5 == 0 ? STR_NONE : S("case"),
                             .subject_id = i % 7 == 0 ? 0 : 1000 + i,
                             .detail = i % 4 == 0   ? STR_NONE
                                       : i % 4 == 1 ? S("")
                                                    : S("step=1 from=registered to=assigned"),
                         }));
    }
    return OK;
}

/* ---- the attacks: each writes SQL; how they are found ---- */

enum found_by { BY_CHAIN, BY_WITNESS };

static const char *one_of(const char *const *names, size_t n)
{
    return names[dice(n)];
}

static int any_row(void)
{
    return 1 + (int)dice(ROWS);
}

static enum found_by edit_number(char *sql)
{
    static const char *const columns[] = {"audit_ms", "home", "actor_id", "about_id"};
    const char *column = one_of(columns, 4);
    (void)snprintf(sql, SQL_MAX, "update audit set %s = %s %s %lld where seq_no = %d", column, column,
                   dice(2) == 0 ? "+" : "-", 1LL << dice(40), any_row());
    return BY_CHAIN;
}

static enum found_by edit_text(char *sql)
{
    static const char *const columns[] = {"event_name", "actor_name", "about_kind", "detail_text"};
    const char *column = one_of(columns, 4);
    const int row = any_row();
    if (dice(2) == 0) { /* one letter more, in the middle */
        const int at = (int)dice(6);
        (void)snprintf(
            sql, SQL_MAX,
            "update audit set %s = substr(coalesce(%s, ''), 1, %d) || '%c' || substr(coalesce(%s, ''), %d)"
            " where seq_no = %d",
            column, column, at, (char)('a' + dice(26)), column, at + 1, row);
    } else { /* missing for empty, empty for missing, or emptied */
        (void)snprintf(sql, SQL_MAX,
                       "update audit set about_kind = case when about_kind is null then '' end"
                       " where seq_no = %d",
                       row);
    }
    return BY_CHAIN;
}

/* One byte of a hash is zero, or one when it was zero. */
static enum found_by edit_hash(char *sql)
{
    const char *c = dice(2) == 0 ? "prev_hash" : "row_hash";
    const int at = 1 + (int)dice(32);
    (void)snprintf(
        sql, SQL_MAX,
        "update audit set %s = cast(substr(%s, 1, %d) || case when substr(%s, %d, 1) = x'00' then x'01' else "
        "x'00' end || substr(%s, %d) as blob) where seq_no = %d",
        c, c, at - 1, c, at, c, at + 1, 1 + (int)dice(ROWS));
    return BY_CHAIN;
}

static enum found_by delete_inside(char *sql)
{
    const int first = 1 + (int)dice(ROWS - 1);
    const int last = first + (int)dice((uint64_t)(ROWS - first));
    (void)snprintf(sql, SQL_MAX, "delete from audit where seq_no between %d and %d", first, last);
    return BY_CHAIN;
}

static enum found_by swap_rows(char *sql)
{
    const int a = any_row();
    const int b = 1 + (a + (int)dice(ROWS - 1)) % ROWS;
    (void)snprintf(
        sql, SQL_MAX,
        "update audit set seq_no = 100000 where seq_no = %d; update audit set seq_no = %d where seq_no = "
        "%d; update audit set seq_no = %d where seq_no = 100000",
        a, a, b, b);
    return BY_CHAIN;
}

static enum found_by move_row(char *sql)
{
    const char *column = dice(2) == 0 ? "seq_no" : "chain_no";
    (void)snprintf(sql, SQL_MAX, "update audit set %s = %s %s %lld where seq_no = %d", column, column,
                   dice(2) == 0 ? "+" : "-", 128LL << dice(30), any_row());
    return BY_CHAIN;
}

static enum found_by insert_row(char *sql)
{
    const char *seq[] = {"seq_no + 60", "-seq_no", "seq_no - 60", "seq_no + 100000"};
    const bool elsewhere = dice(4) == 0;
    (void)snprintf(
        sql, SQL_MAX,
        "insert into audit (chain_no, seq_no, audit_ms, event_name, home, actor_name, actor_id, about_kind,"
        " about_id, detail_text, prev_hash, row_hash) select chain_no + %s, %s, audit_ms, event_name, home,"
        " actor_name, actor_id, about_kind, about_id, detail_text, prev_hash, row_hash from audit where"
        " seq_no = %d",
        elsewhere ? (dice(2) == 0 ? "7" : "-7") : "0", elsewhere ? "seq_no" : seq[dice(4)],
        1 + (int)dice(ROWS - 1));
    return BY_CHAIN;
}

static enum found_by cut_tail(char *sql)
{
    (void)snprintf(sql, SQL_MAX, "delete from audit where seq_no > %d", (int)dice(ROWS));
    return BY_WITNESS;
}

static enum found_by (*const attacks[])(char *sql) = {edit_number, edit_text, edit_hash,  delete_inside,
                                                      swap_rows,   move_row,  insert_row, cut_tail};
enum { ATTACKS = sizeof attacks / sizeof attacks[0] };

/* ---- */

static struct db *around_the_program(struct testing *t)
{
    struct fail f = {0};
    struct db *db = NULL;
    char path[TESTING_PATH];
    testing_path(t, "sunwai.db", path);
    assert_err(sqlite_open(path, DB_WRITE, &db, &f), ok);
    return db;
}

static void every_random_attack_is_found(void **state)
{
    (void)state;
    const char *how_many = getenv("TAMPERS");
    const char *seed = getenv("SEED");
    const long n = how_many != NULL ? strtol(how_many, NULL, 10) : 300;
    random_bytes(&state_of_dice, sizeof state_of_dice);
    state_of_dice = seed != NULL ? strtoull(seed, NULL, 10) : state_of_dice | 1;
    const uint64_t first = state_of_dice;
    struct testing *t = testing_new(NULL);
    testing_open(t);
    assert_err(testing_write(t, add_rows), ok);
    struct ctx c = testing_ctx(t);
    struct audit_head *heads;
    size_t heads_n;
    struct audit_report report = {0};
    assert_err(audit_heads(&c, &heads, &heads_n), ok);
    const str mark = witness_mark(t->arena, heads, heads_n);
    struct db *db = around_the_program(t);
    const struct arena_mark before = arena_mark(t->arena);
    long by[ATTACKS] = {0};
    c.db = db;
    for (long i = 0; i < n; i++) {
        char sql[SQL_MAX];
        struct witness_report seen = {0};
        const size_t which = dice(ATTACKS);
        assert_err(audit_verify(&c, &report), ok); /* nobody touched it */
        assert_err(db_begin(db), ok);
        const enum found_by how = attacks[which](sql);
        assert_err(db->engine->script(db, sql), ok);
        const err chain = audit_verify(&c, &report);
        const err witness = chain.code == ERR_OK ? witness_mark_check(&c, mark, &seen) : OK;
        const bool found = how == BY_CHAIN ? chain.code == ERR_CONFLICT
                                           : chain.code == ERR_OK && witness.code == ERR_CONFLICT;
        if (!found) {
            fail_msg("not found: %s (SEED=%llu, attack %ld)", sql, (unsigned long long)first, i);
        }
        by[which] += 1;
        assert_err(db_rollback(db), ok);
        arena_reset(t->arena, before);
    }
    assert_err(witness_mark_check(&c, mark, &(struct witness_report){0}), ok);
    print_message("%ld of %ld found; by kind:", n, n);
    for (size_t i = 0; i < ATTACKS; i++) {
        print_message(" %ld", by[i]);
    }
    print_message("\n");
    db_close(db);
    testing_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_random_attack_is_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
