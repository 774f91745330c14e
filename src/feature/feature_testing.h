/* feature_testing.h: two small districts with people of every role, on a real database of either engine.
 * Tests only.
 *
 * FEATURE_TESTS(tests) runs the tests on SQLite, or on PostgreSQL when SUNWAI_TEST_PG_POOL gives its address
 * (see tests/pg/with-postgres). Each test has a database of its own, the clock stands still at TESTING_NOON
 * until a test moves it, and what is returned lives until the test ends.
 */
#ifndef SUNWAI_FEATURE_TESTING_H
#define SUNWAI_FEATURE_TESTING_H

#include <fcntl.h>

#include "store_testing.h"

#include "buf.h"
#include "clock.h"
#include "lang.h"

/* Friday, 5 June 2026, 12:00 in Pakistan. */
#define TESTING_NOON INT64_C(1780642800000)
enum { MINUTE_MS = 60000, HOUR_MS = 3600000 };

enum {
    PROVINCE = 10,
    NOWSHERA = 100,
    NOWSHERA_TEHSIL = 101,
    PABBI = 102,
    PABBI_COUNCIL = 103,
    HARIPUR = 200,
    GHAZI = 201,
    DESK_OFFICE = 300,
    DC_OFFICE = 301,
    TMA_OFFICE = 302,
    PABBI_OFFICE = 303,
    HARIPUR_DESK = 310,
    HARIPUR_DC = 311,
    HARIPUR_TMA = 312,
    WATER = 400,    /* 3 days; 10 days from 1 July 2026 */
    LIGHT = 401,    /* 7 days; 5 in Haripur */
    LIBRARY = 402,  /* a term without a limit; it can be applied for */
    PARK = 403,     /* no term at all */
    VIOLENCE = 404, /* only pointed to */
    ENDED = 405     /* ended yesterday */
};

static const char testing_office_sql[] =
    "insert into unit values (1, 'PK', 0, null, null, null, null, 0, 20010814, 99991231),"
    " (10, 'PK5', 1, 1, 10, null, null, 0, 20010814, 99991231),"
    " (100, 'PK526', 3, 10, 10, 100, null, 0, 20010814, 99991231),"
    " (101, 'PK52601', 4, 100, 10, 100, null, 0, 20010814, 99991231),"
    " (102, 'PK52602', 4, 100, 10, 100, null, 0, 20010814, 99991231),"
    " (103, 'PK5260201', 5, 102, 10, 100, 'VC', 1, 20010814, 99991231),"
    " (104, 'PK52699', 4, 100, 10, 100, null, 0, 20010814, 20260101),"
    " (200, 'PK511', 3, 10, 10, 200, null, 0, 20010814, 99991231),"
    " (201, 'PK51101', 4, 200, 10, 200, null, 0, 20010814, 99991231);"
    "insert into body values (300, 'PK526-WFD', 'desk', 100, 100, 20010814, 99991231),"
    " (301, 'PK526-DC', 'dc', 100, 100, 20010814, 99991231),"
    " (302, 'PK52601-TMA', 'tma', 101, 100, 20010814, 99991231),"
    " (303, 'PK52602-TMA', 'tma', 102, 100, 20010814, 99991231),"
    " (310, 'PK511-WFD', 'desk', 200, 200, 20010814, 99991231),"
    " (311, 'PK511-DC', 'dc', 200, 200, 20010814, 99991231),"
    " (312, 'PK51101-TMA', 'tma', 201, 200, 20010814, 99991231);"
    "insert into service_group values (390, 'water', 'tap', 1), (391, 'other', 'other', 2);"
    "insert into service values (400, 'M-WAT-01', 390, 1, 0, 'N', 'tma', 'tap', 1, 20010814, 99991231),"
    " (401, 'M-LGT-01', 391, 1, 0, 'N', 'tma', 'light', 2, 20010814, 99991231),"
    " (402, 'M-LIB-01', 391, 1, 1, 'N', 'tma', 'other', 3, 20010814, 99991231),"
    " (403, 'M-PRK-01', 391, 1, 0, 'N', 'tma', 'park', 4, 20010814, 99991231),"
    " (404, 'N-DV', 391, 0, 0, 'X', null, 'other', 5, 20010814, 99991231),"
    " (405, 'M-OLD-01', 391, 1, 0, 'N', 'tma', 'other', 6, 20010814, 20260605);"
    "insert into service_term values (450, 400, 10, 20010814, 20260701, 3, 'Policy default', 1, null, null),"
    " (451, 400, 10, 20260701, 99991231, 10, 'Rules of July', 0, null, null),"
    " (452, 401, 1, 20010814, 99991231, 7, 'Notified', 0, null, null),"
    " (453, 402, 10, 20010814, 99991231, null, 'No limit', 1, null, null),"
    " (454, 404, 10, 20010814, 99991231, 0, 'At once', 1, '15', null),"
    " (455, 401, 200, 20010814, 99991231, 5, 'Haripur by-law', 1, null, null);"
    "insert into document values (470, 'cnic_copy'), (471, 'photo');"
    "insert into service_document values (402, 470, 1, 20010814, 99991231), (402, 471, 2, 20010814, "
    "20260605);"
    "insert into service_body values (400, 101, 302, 20010814, 99991231), (400, 100, 301, 20010814, "
    "99991231),"
    " (400, 102, 303, 20270101, 99991231);"
    "insert into label values ('unit', 1, 'en', 'Pakistan', 0), ('unit', 100, 'en', 'Nowshera', 0),"
    " ('unit', 100, 'ur', 'نوشہرہ', 0), ('unit', 101, 'en', 'Nowshera', 0), ('unit', 102, 'en', 'Pabbi', 0),"
    " ('unit', 102, 'ur', 'پبی', 1), ('unit', 200, 'en', 'Haripur', 0),"
    " ('service', 400, 'en', 'No water', 0), ('service', 400, 'ur', 'پانی نہیں', 0),"
    " ('service', 401, 'en', 'Street light', 0), ('document', 470, 'en', 'Identity card', 0),"
    " ('term_body', 454, 'en', 'Police', 0), ('term_appeal', 450, 'en', 'TMO', 0),"
    " ('body', 300, 'en', 'The desk', 0), ('body', 302, 'en', 'TMA Nowshera', 0),"
    " ('body', 303, 'en', 'TMA Pabbi', 0);";

/* Everybody who works in the two districts. */
struct testing_person {
    struct actor actor;
    const char *login;
};
enum testing_who {
    DESK,
    DESK_2,
    OFFICER,
    OFFICER_2, /* of the same office as OFFICER */
    PABBI_OFFICER,
    GONE_OFFICER, /* disabled */
    DESK_OF_TMA,  /* a desk officer who sits in OFFICER's office */
    SUPERVISOR,
    ADC,
    ADMIN,
    OTHER_DESK, /* Haripur from here on */
    OTHER_OFFICER,
    OTHER_SUPERVISOR,
    OTHER_ADC,
    MONITOR,    /* of Nowshera */
    KP_MONITOR, /* two of the province */
    KP_MONITOR_2,
    MANAGER, /* of the programme, over the whole country */
    PEOPLE
};
static const struct testing_person testing_people[PEOPLE] = {
    [DESK] = {{ROLE_DESK, 500, NOWSHERA, DESK_OFFICE, NOWSHERA, 0}, "desk.nowshera"},
    [DESK_2] = {{ROLE_DESK, 501, NOWSHERA, DESK_OFFICE, NOWSHERA, 0}, "desk2.nowshera"},
    [OFFICER] = {{ROLE_OFFICER, 502, NOWSHERA, TMA_OFFICE, NOWSHERA_TEHSIL, 0}, "officer.nowshera"},
    [OFFICER_2] = {{ROLE_OFFICER, 503, NOWSHERA, TMA_OFFICE, NOWSHERA_TEHSIL, 0}, "officer2.nowshera"},
    [PABBI_OFFICER] = {{ROLE_OFFICER, 504, NOWSHERA, PABBI_OFFICE, PABBI, 0}, "officer.pabbi"},
    [GONE_OFFICER] = {{ROLE_OFFICER, 505, NOWSHERA, TMA_OFFICE, NOWSHERA_TEHSIL, 0}, "officer.gone"},
    [DESK_OF_TMA] = {{ROLE_DESK, 506, NOWSHERA, TMA_OFFICE, NOWSHERA_TEHSIL, 0}, "desk.tma"},
    [SUPERVISOR] = {{ROLE_SUPERVISOR, 507, NOWSHERA, DC_OFFICE, NOWSHERA, 0}, "supervisor.nowshera"},
    [ADC] = {{ROLE_ADC, 508, NOWSHERA, DC_OFFICE, NOWSHERA, 0}, "adc.nowshera"},
    [ADMIN] = {{ROLE_ADMIN, 509, NOWSHERA, 0, NOWSHERA, 0}, "admin"}, /* a district opens her no case */
    [OTHER_DESK] = {{ROLE_DESK, 510, HARIPUR, HARIPUR_DESK, HARIPUR, 0}, "desk.haripur"},
    [OTHER_OFFICER] = {{ROLE_OFFICER, 511, HARIPUR, HARIPUR_TMA, GHAZI, 0}, "officer.haripur"},
    [OTHER_SUPERVISOR] = {{ROLE_SUPERVISOR, 512, HARIPUR, HARIPUR_DC, HARIPUR, 0}, "supervisor.haripur"},
    [OTHER_ADC] = {{ROLE_ADC, 513, HARIPUR, HARIPUR_DC, HARIPUR, 0}, "adc.haripur"},
    [MONITOR] = {{ROLE_MONITOR, 514, NOWSHERA, 0, NOWSHERA, 0}, "monitor.nowshera"},
    [KP_MONITOR] = {{ROLE_MONITOR, 515, 0, 0, PROVINCE, 0}, "monitor.kp"},
    [KP_MONITOR_2] = {{ROLE_MONITOR, 516, 0, 0, PROVINCE, 0}, "monitor2.kp"},
    [MANAGER] = {{ROLE_MANAGER, 517, 0, 0, 1, 0}, "manager"},
};

/* The test that runs. */
static struct testing *testing_now;
static const char *testing_address;
static str testing_client; /* the address that the next jobs come from */

__attribute__((unused)) static struct actor who(enum testing_who w)
{
    return testing_people[w].actor;
}

__attribute__((unused)) static bool on_pg(void)
{
    return testing_address != NULL;
}

__attribute__((unused)) static void run_script(const char *sql)
{
    struct testing *t = testing_now;
    struct db *db = NULL;
    char file[TESTING_PATH];
    testing_path(t, "sunwai.db", file);
    const err opened = on_pg() ? pg_open(testing_address, DB_WRITE, &db, &t->fail)
                               : sqlite_open(file, DB_WRITE, &db, &t->fail);
    assert_int_equal(opened.code, ERR_OK);
    if (db->engine->script(db, sql).code != ERR_OK) {
        fail_msg("%s", db_error(db));
    }
    db_close(db);
}

/* ---- rules as somebody, in a write job or on a reader ---- */

struct testing_job {
    struct write_job base; /* first */
    err (*run)(struct ctx *c, void *arg);
    void *arg;
};

__attribute__((unused)) static err testing_job_run(struct ctx *c, struct write_job *base)
{
    struct testing_job *job = (struct testing_job *)base;
    return job->run(c, job->arg);
}

/* One write job; what it says of its failure stands in testing_now->fail. */
__attribute__((unused)) static enum err_code written_as(struct actor actor,
                                                        err (*run)(struct ctx *c, void *arg), void *arg)
{
    struct testing_job job = {.base = {.run = testing_job_run,
                                       .arena = testing_now->arena,
                                       .actor = actor,
                                       .client = testing_client},
                              .run = run,
                              .arg = arg};
    const err e = store_write(testing_now->store, &job.base);
    testing_now->fail = job.base.fail;
    return e.code;
}

__attribute__((unused)) static struct ctx reading_as(struct actor actor)
{
    struct ctx c = testing_ctx(testing_now);
    testing_now->fail = (struct fail){0};
    c.actor = actor;
    c.now_ms = clock_now_ms();
    c.lang = LANG_EN;
    return c;
}

/* ---- looking into the tables ---- */

struct testing_count {
    int64_t n;
};

__attribute__((unused)) static err testing_count_row(void *arg, const struct value *columns)
{
    ((struct testing_count *)arg)->n = columns[0].i;
    return OK;
}

/* The number that a statement gives in its one row; its values stand in it as $1 and so on, first named in
 * order. */
__attribute__((unused)) static int64_t number_of(const char *sql, const struct value *params,
                                                 uint16_t params_n)
{
    static const uint16_t use[] = {0, 1, 2, 3};
    static const enum value_type columns[] = {VALUE_I64};
    static const bool nullable[] = {true};
    static uint16_t slot;
    enum value_type types[4];
    for (uint16_t i = 0; i < params_n; i++) {
        types[i] = params[i].type;
    }
    const struct query_form form = {.sqlite = sql, .pg = sql, .use = use, .use_n = params_n};
    const struct query q = {.name = "testing",
                            .slot = (uint16_t)(2000 + slot++),
                            .forms_n = 1,
                            .forms = &form,
                            .params = types,
                            .params_n = params_n,
                            .columns = columns,
                            .nullable = nullable,
                            .columns_n = 1};
    struct testing_count count = {.n = -1};
    struct db *db = store_reader(testing_now->store);
    if (db_run(db, &q, 0, params, testing_count_row, &count, NULL).code != ERR_OK) {
        fail_msg("%s: %s", sql, db_error(db));
    }
    return count.n;
}

__attribute__((unused)) static int64_t count_of(const char *sql)
{
    return number_of(sql, NULL, 0);
}

/* ---- what must stand nowhere ---- */

struct testing_columns {
    char names[1500][2][64]; /* table, column */
    size_t n;
};

__attribute__((unused)) static err testing_column_take(void *arg, const struct value *v)
{
    struct testing_columns *all = arg;
    assert_true(all->n < 1500);
    (void)snprintf(all->names[all->n][0], 64, "%.*s", STR_F(v[0].s));
    (void)snprintf(all->names[all->n++][1], 64, "%.*s", STR_F(v[1].s));
    return OK;
}

/* Every column of every table, those that the engine keeps for itself too. */
__attribute__((unused)) static void testing_columns_list(struct testing_columns *out)
{
    static const enum value_type types[] = {VALUE_TEXT, VALUE_TEXT};
    static const bool nullable[] = {false, false};
    static const struct query_form form = {
        .sqlite =
            "select m.name, p.name from sqlite_master m, pragma_table_info(m.name) p where m.type = 'table' "
            "and m.sql not like 'create virtual%'", /* it cannot be scanned; what it is made of can */
        .pg = "select table_name::text, column_name::text from information_schema.columns where table_schema "
              "= 'public'",
    };
    static const struct query q = {.name = "testing_columns",
                                   .slot = 1990,
                                   .forms_n = 1,
                                   .forms = &form,
                                   .columns = types,
                                   .nullable = nullable,
                                   .columns_n = 2};
    const err e = db_run(store_reader(testing_now->store), &q, 0, NULL, testing_column_take, out, NULL);
    assert_int_equal(e.code, ERR_OK);
    assert_true(out->n > 150);
}

__attribute__((unused)) static bool file_holds(const char *name, str needle)
{
    char path[TESTING_PATH];
    testing_path(testing_now, name, path);
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    const off_t size = lseek(fd, 0, SEEK_END);
    char *all = mem_new((size_t)size + 1);
    assert_int_equal(pread(fd, all, (size_t)size, 0), size);
    const bool found = memmem(all, (size_t)size, needle.p, needle.n) != NULL;
    mem_free(all);
    (void)close(fd);
    return found;
}

/* Whether these bytes stand in any column of any table, or anywhere in the files of the data folder. */
__attribute__((unused)) static bool database_holds(str needle)
{
    static const char *const files[] = {"sunwai.db", "sunwai.db-wal", "keys.db", "keys.db-wal"};
    static struct testing_columns all;
    const struct value param = {.type = VALUE_BLOB, .s = needle};
    int64_t found = 0;
    all.n = 0;
    testing_columns_list(&all);
    for (size_t i = 0; i < all.n; i++) {
        const char *t = all.names[i][0];
        const char *k = all.names[i][1];
        char sql[400];
        if (on_pg()) {
            (void)snprintf(sql, sizeof sql,
                           "select count(*) from \"%s\" where position($1::bytea in case when"
                           " pg_typeof(\"%s\") = 'bytea'::regtype then \"%s\"::text::bytea"
                           " else convert_to(\"%s\"::text, 'UTF8') end) > 0",
                           t, k, k, k);
        } else {
            (void)snprintf(sql, sizeof sql,
                           "select count(*) from \"%s\" where instr(cast(\"%s\" as blob), $1) > 0", t, k);
        }
        found += number_of(sql, &param, 1);
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        found += file_holds(files[i], needle);
    }
    return found > 0;
}

/* ---- set up ---- */

__attribute__((unused)) static void testing_people_put(void)
{
    SCOPED(buf_free) struct buf sql = buf_new(8192);
    for (int i = 0; i < PEOPLE; i++) {
        const struct actor *a = &testing_people[i].actor;
        buf_printf(&sql,
                   "insert into account (id, login_code, name_text, role_no, home, unit_id, office_id,"
                   " password_text, password_ms, created_ms, disabled_ms)"
                   " values (%lld, '%s', 'Somebody', %d, %lld, %lld, ",
                   (long long)a->user_id, testing_people[i].login, (int)a->role, (long long)a->home,
                   (long long)a->unit_id);
        buf_printf(&sql, "nullif(%lld, 0), 'none', 1, 1, %s);", (long long)a->office_id,
                   i == GONE_OFFICER ? "2" : "null");
    }
    buf_putc(&sql, '\0');
    assert_false(sql.full);
    run_script(sql.p);
}

__attribute__((unused)) static int testing_set_up(void **state)
{
    clock_fix(TESTING_NOON);
    testing_now = testing_new(testing_address);
    arena_free(testing_now->arena);
    testing_now->arena = arena_open(256u * 1024 * 1024);
    testing_open(testing_now);
    run_script(testing_office_sql);
    testing_people_put();
    testing_client = STR_NONE;
    *state = testing_now;
    return 0;
}

__attribute__((unused)) static int testing_tear_down(void **state)
{
    testing_free(*state);
    testing_now = NULL;
    clock_fix(0);
    return 0;
}

#define FEATURE_TEST(test) cmocka_unit_test_setup_teardown(test, testing_set_up, testing_tear_down)

__attribute__((unused)) static int testing_on_engine(const struct CMUnitTest *tests, size_t n,
                                                     const char *address_name)
{
    testing_address = getenv(address_name);
    return _cmocka_run_group_tests(testing_address == NULL ? "on sqlite" : "on postgres", tests, n, NULL,
                                   NULL);
}
#define FEATURE_TESTS(tests) \
    testing_on_engine(tests, sizeof(tests) / sizeof((tests)[0]), "SUNWAI_TEST_PG_POOL")
/* The same for tests that run very many statements in few sessions: without the pool's hop for each. */
#define FEATURE_TESTS_BUSY(tests) \
    testing_on_engine(tests, sizeof(tests) / sizeof((tests)[0]), "SUNWAI_TEST_PG")

#endif
