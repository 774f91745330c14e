/* A list of cases costs the same however many there are: counted in steps of the engine's machine,
 * which do not depend on how busy ours is. Much more is asked for with STEPS_CASES=20000. */
#include "feature_testing.h"

#include <sqlite3.h>

#include "case.h"
#include "case_list.h"
#include "engine.h"
#include "load.h"

enum { FIRST = 1500, THEN = 4500, PAGE = 25, WAITING_STEPS = 70000 };

/* What this thread, which only reads, made the engine do. */
static _Thread_local int64_t steps;

static int on_done(unsigned what, void *arg, void *statement, void *ns)
{
    (void)what;
    (void)arg;
    (void)ns;
    steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
    return 0;
}

/* What SQLite calls with each connection, if told so as a function without arguments. */
static int on_open(sqlite3 *db, char **why, const void *api)
{
    (void)why;
    (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE, on_done, NULL);
}

static void loaded(uint64_t seed, int64_t cases)
{
    const struct load_order order = {.seed = seed, .cases = cases, .days = LOAD_DAYS};
    struct fail f = {0};
    const err e = load_run(testing_now->store, &order, &f);
    if (e.code != ERR_OK) {
        fail_msg("%s: %s", err_name(e), f.log);
    }
}

struct cost {
    int64_t list, waiting; /* steps */
    size_t rows;
};

static struct cost cost_of(enum testing_who w, const struct case_filter *asked)
{
    struct case_filter f = *asked;
    struct cost out = {0};
    struct q_case_list *rows;
    struct case_waiting waiting;
    bool more;
    f.limit = PAGE;
    for (int again = 0; again < 2; again++) { /* the second time what is the same for all is known */
        struct ctx c = reading_as(who(w));
        steps = 0;
        assert_err(case_list(&c, &f, &rows, &out.rows, &more), ok);
        out.list = steps;
        steps = 0;
        assert_err(case_waiting(&c, &waiting), ok);
        out.waiting = steps;
    }
    return out;
}

static const struct {
    const char *name;
    enum testing_who who;
    struct case_filter filter;
} asked[] = {
    {"inbox", OFFICER, {.open = true}},
    {"the desk's list", DESK, {.open = true}},
    {"the supervisor's list", SUPERVISOR, {.open = true}},
    {"late", OFFICER, {.open = true, .due = DUE_LATE}},
    {"newest", SUPERVISOR, {.newest = true}},
    {"a frequent word", SUPERVISOR, {.words = S_INIT("پانی")}},
    {"two words", DESK, {.words = S_INIT("گلی پانی")}},
    {"a word that nobody said", SUPERVISOR, {.words = S_INIT("qqqzzz")}},
};
enum { ASKED = sizeof asked / sizeof asked[0] };

/* The numbers on top of a list are counted so far and no further, CASE_WAITING_MOST of each. */
static void a_list_costs_the_same_however_many_there_are(void **state)
{
    (void)state;
    const char *wanted = getenv("STEPS_CASES");
    const int64_t many = wanted != NULL ? strtoll(wanted, NULL, 10) : THEN;
    struct cost before[ASKED];
    loaded(1, FIRST);
    for (size_t i = 0; i < ASKED; i++) {
        before[i] = cost_of(asked[i].who, &asked[i].filter);
    }
    loaded(2, many);
    for (size_t i = 0; i < ASKED; i++) {
        const struct cost after = cost_of(asked[i].who, &asked[i].filter);
        if (after.list > before[i].list * 3 / 2 + 1000 || after.waiting > WAITING_STEPS) {
            fail_msg("%s: %lld steps were %lld, and %lld for the numbers on top", asked[i].name,
                     (long long)after.list, (long long)before[i].list, (long long)after.waiting);
        }
        assert_int_equal(after.rows, i == ASKED - 1 ? 0 : PAGE);
    }
}

int main(void)
{
    sqlite_ready(); /* before SQLite is told anything else */
    if (sqlite3_auto_extension((void (*)(void))on_open) != SQLITE_OK) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_list_costs_the_same_however_many_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL); /* the steps are SQLite's: never on PostgreSQL */
}
