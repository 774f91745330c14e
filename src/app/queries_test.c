/* Every statement of the program is taken by both engines as sqlgen promised it. */
#include "store_testing.h"

#include <sqlite3.h>

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

/* ---- lists of cases go along an index, however many there are ---- */

static bool is_list(str name)
{
    static const char *const lists[] = {"case_list", "case_open_list", "case_newest", "case_by_words"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (str_eq(name, str_of(lists[i]))) {
            return true;
        }
    }
    return false;
}

/* The first step of SQLite's plan; that it sorts is a failure. */
static void plan_first(sqlite3 *db, const struct query *q, const char *sql, char out[200])
{
    enum { DETAIL = 3, SQL_MAX = 8000 };
    char explained[SQL_MAX];
    sqlite3_stmt *s = NULL;
    assert_true(snprintf(explained, sizeof explained, "explain query plan %s", sql) < SQL_MAX);
    assert_int_equal(sqlite3_prepare_v2(db, explained, -1, &s, NULL), SQLITE_OK);
    out[0] = '\0';
    while (sqlite3_step(s) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(s, DETAIL);
        if (strstr(step, "TEMP B-TREE") != NULL) {
            fail_msg("%s sorts: %s", q->name, sql);
        }
        if (out[0] == '\0') {
            (void)snprintf(out, 200, "%s", step);
        }
    }
    (void)sqlite3_finalize(s);
}

/* What its plan must begin with: an office or a tehsil with a handful of cases must not pay for the
 * district's, nor open ones for those that are closed. */
static const char *plan_wanted(const char *name, const char *sql)
{
    const bool open = strcmp(name, "case_open_list") == 0;
    const bool newest = strcmp(name, "case_newest") == 0;
    const bool office = strstr(sql, ".office_id = ?") != NULL;
    const bool tehsil = strstr(sql, ".tehsil_id = ?") != NULL;
    if (strcmp(name, "case_by_words") == 0) {
        return "VIRTUAL TABLE";
    }
    if (open) {
        return tehsil   ? "SEARCH f USING INDEX flow_open_by_tehsil"
               : office ? "SEARCH f USING INDEX flow_open_by_office"
                        : "SEARCH f USING INDEX flow_open_by_due";
    }
    if (newest) {
        return office && tehsil ? "SEARCH i USING"
               : tehsil         ? "SEARCH i USING COVERING INDEX flow_by_tehsil"
               : office         ? "SEARCH i USING COVERING INDEX flow_by_office"
                                : "SEARCH i USING PRIMARY KEY";
    }
    return "SEARCH f USING";
}

static void lists_of_cases_sort_nothing(void **state)
{
    (void)state;
    struct testing *t = testing_new(NULL);
    sqlite3 *db = NULL;
    char file[TESTING_PATH];
    char first[200];
    int64_t looked_at = 0;
    testing_path(t, "sunwai.db", file);
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    for (size_t i = 0; i < all_queries_n; i++) {
        const struct query *q = all_queries[i];
        for (unsigned form = 0; is_list(str_of(q->name)) && form < q->forms_n; form++, looked_at++) {
            plan_first(db, q, q->forms[form].sqlite, first);
            const char *want = plan_wanted(q->name, q->forms[form].sqlite);
            if (strstr(first, want) == NULL) {
                fail_msg("%s begins with %s, not with %s", q->name, first, want);
            }
        }
    }
    assert_true(looked_at > 40);
    (void)sqlite3_close(db);
    testing_free(t);
}

/* At night, and meant to. */
static bool recounts(const struct query *q)
{
    return str_starts(str_of(q->name), S("tally_recount"));
}

/* Without statistics SQLite takes (home, kind) to be a handful of rows: it is a whole district. */
static void nothing_goes_through_a_district(void **state)
{
    (void)state;
    struct testing *t = testing_new(NULL);
    sqlite3 *db = NULL;
    char file[TESTING_PATH];
    testing_path(t, "sunwai.db", file);
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    for (size_t i = 0; i < all_queries_n; i++) {
        const struct query *q = all_queries[i];
        for (unsigned form = 0; form < q->forms_n; form++) {
            char explained[8000];
            sqlite3_stmt *s = NULL;
            (void)snprintf(explained, sizeof explained, "explain query plan %s", q->forms[form].sqlite);
            assert_int_equal(sqlite3_prepare_v2(db, explained, -1, &s, NULL), SQLITE_OK);
            while (sqlite3_step(s) == SQLITE_ROW) {
                const char *step = (const char *)sqlite3_column_text(s, 3);
                if (strstr(step, "USING PRIMARY KEY (home=? AND kind_no=?)") != NULL && !recounts(q)) {
                    fail_msg("%s, form %u: %s", q->name, form, step);
                }
            }
            (void)sqlite3_finalize(s);
        }
    }
    (void)sqlite3_close(db);
    testing_free(t);
}

/* ---- a dashboard asks what is kept, however many cases and events there are ---- */

/* What each step of its queries may look at; NULL: it is no query of a dashboard. */
static const char *const *steps_wanted(const char *name)
{
    static const struct {
        const char *name;
        const char *steps[6];
    } all[] = {
        {"dash_sums", {"COVERING INDEX snapshot_in_force (home=?)"}},
        {"dash_quarters", {"COVERING INDEX snapshot_in_force (home=?", "CO-ROUTINE", "SCAN q"}},
        {"dash_frozen", {"COVERING INDEX snapshot_in_force (home=? AND indicator_code=?"}},
        {"dash_cases",
         {"tally_coarse USING PRIMARY KEY (home=?", "SCAN tally_delta", "SCAN t", "CO-ROUTINE"}},
        {"dash_marks", {"tally_mark USING PRIMARY KEY (home=?", "SCAN tally_delta", "SCAN t", "CO-ROUTINE"}},
        {"dash_barred",
         {"case_bar USING", "SCAN b", "SEARCH c USING INDEX sqlite_autoindex_cases_1 (home=? AND id=?)",
          "f USING PRIMARY KEY (home=? AND kind_no=? AND subject_id=?)", "CO-ROUTINE", "MATERIALIZE"}},
        {"dash_late",
         {"f USING INDEX flow_open_by_due (home=?", "b USING", "SCAN t", "CO-ROUTINE", "SCALAR SUB"}},
        {"dash_reported",
         {"SEARCH v USING PRIMARY KEY (home=?)",
          "SEARCH s USING INDEX sqlite_autoindex_sheet_1 (home=? AND id=?)",
          "SEARCH i USING INDEX sqlite_autoindex_plan_indicator_1 (home=? AND id=?)",
          "SEARCH p USING INDEX sqlite_autoindex_plan_1 (home=? AND id=?)"}},
        {"event_tallies", {"event_tally USING PRIMARY KEY (home=?"}},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(all[i].name, name) == 0) {
            return all[i].steps;
        }
    }
    return NULL;
}

static bool step_known(const char *const *wanted, const char *step)
{
    static const char *const any[] = {"UNION ALL", "COMPOUND QUERY", "LEFT-MOST SUBQUERY", "TEMP B-TREE"};
    bool known = false;
    for (size_t i = 0; i < sizeof any / sizeof any[0]; i++) {
        known = known || strstr(step, any[i]) != NULL;
    }
    for (size_t i = 0; i < 6 && wanted[i] != NULL; i++) {
        known = known || strstr(step, wanted[i]) != NULL;
    }
    return known;
}

static void dashboards_ask_what_is_kept(void **state)
{
    (void)state;
    struct testing *t = testing_new(NULL);
    sqlite3 *db = NULL;
    char file[TESTING_PATH];
    size_t looked_at = 0;
    testing_path(t, "sunwai.db", file);
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    for (size_t i = 0; i < all_queries_n; i++) {
        const struct query *q = all_queries[i];
        const char *const *wanted = steps_wanted(q->name);
        assert_true(wanted != NULL || !str_starts(str_of(q->name), S("dash_")));
        looked_at += wanted != NULL;
        for (unsigned form = 0; wanted != NULL && form < q->forms_n; form++) {
            char explained[8000];
            sqlite3_stmt *s = NULL;
            (void)snprintf(explained, sizeof explained, "explain query plan %s", q->forms[form].sqlite);
            assert_int_equal(sqlite3_prepare_v2(db, explained, -1, &s, NULL), SQLITE_OK);
            while (sqlite3_step(s) == SQLITE_ROW) {
                const char *step = (const char *)sqlite3_column_text(s, 3);
                if (!step_known(wanted, step)) {
                    fail_msg("%s, form %u: %s", q->name, form, step);
                }
            }
            (void)sqlite3_finalize(s);
        }
    }
    assert_int_equal(looked_at, 9);
    (void)sqlite3_close(db);
    testing_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_sqlite),
        cmocka_unit_test(on_postgres),
        cmocka_unit_test(lies_are_seen_on_sqlite),
        cmocka_unit_test(lies_are_seen_on_postgres),
        cmocka_unit_test(lists_of_cases_sort_nothing),
        cmocka_unit_test(nothing_goes_through_a_district),
        cmocka_unit_test(dashboards_ask_what_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
