#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "direction_kind.h"

/* The reviewed file: state, action, result ("-": none), then a cell for each role. Run from the top folder.
 */
#define REVIEWED "tests/direction_transitions.tsv"

enum { FIELDS = 10, FIRST_ROLE = 3, LINE_SIZE = 400 };

static const enum role columns[FIELDS - FIRST_ROLE] = {ROLE_PUBLIC, ROLE_DESK,  ROLE_OFFICER, ROLE_SUPERVISOR,
                                                       ROLE_ADC,    ROLE_ADMIN, ROLE_SYSTEM};

struct walk {
    bool header_seen;
    bool seen[DIRECTION_STATES][DIRECTION_ACTIONS][DIRECTION_RESULTS];
    size_t rows;
};

static str verdict(unsigned state, unsigned action, unsigned result, enum role role)
{
    unsigned to = DIRECTION_STATES;
    const err e = flow_next(&direction_kind, state, action, result, role, &to);
    if (e.code == ERR_OK) {
        assert_true(to < DIRECTION_STATES);
        return str_of(direction_kind.states[to]);
    }
    assert_int_equal(to, DIRECTION_STATES); /* untouched on failure */
    return e.code == ERR_DENIED ? S("denied") : e.code == ERR_CONFLICT ? S("conflict") : S("?");
}

static void walk_row(struct walk *w, const str *f)
{
    unsigned state;
    unsigned action;
    unsigned result = FLOW_ANY_RESULT;
    assert_int_equal(flow_state_of(&direction_kind, f[0], &state).code, ERR_OK);
    assert_int_equal(flow_action_of(&direction_kind, f[1], &action).code, ERR_OK);
    if (!str_eq(f[2], S("-"))) {
        assert_int_equal(flow_result_of(&direction_kind, f[2], &result).code, ERR_OK);
        assert_int_not_equal(result, FLOW_ANY_RESULT);
    }
    assert_false(w->seen[state][action][result]);
    w->seen[state][action][result] = true;
    w->rows++;
    for (size_t i = FIRST_ROLE; i < FIELDS; i++) {
        const str got = verdict(state, action, result, columns[i - FIRST_ROLE]);
        if (!str_eq(got, f[i])) {
            fail_msg("%.*s %.*s %.*s by %s: the code says %.*s, the reviewed file %.*s", STR_F(f[0]),
                     STR_F(f[1]), STR_F(f[2]), role_name(columns[i - FIRST_ROLE]), STR_F(got), STR_F(f[i]));
        }
    }
}

static void walk_line(struct walk *w, str line)
{
    str f[FIELDS];
    size_t n = 0;
    if (line.n == 0 || str_starts(line, S("#"))) {
        return;
    }
    while (line.p != NULL) {
        assert_true(n < FIELDS);
        f[n++] = str_cut(&line, '\t');
    }
    assert_int_equal(n, FIELDS);
    if (w->header_seen) {
        walk_row(w, f);
        return;
    }
    for (size_t i = FIRST_ROLE; i < FIELDS; i++) {
        assert_true(str_eq(f[i], str_of(role_name(columns[i - FIRST_ROLE]))));
    }
    w->header_seen = true;
}

static void walk_file(struct walk *w)
{
    char line[LINE_SIZE];
    FILE *file = fopen(REVIEWED, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        assert_true(str_ends(str_of(line), S("\n"))); /* no line is longer than it may be */
        walk_line(w, str_sub(str_of(line), 0, strlen(line) - 1));
    }
    assert_int_equal(ferror(file), 0);
    (void)fclose(file);
}

static void every_cell_is_as_reviewed(void **state)
{
    (void)state;
    struct walk w = {.header_seen = false};
    walk_file(&w);
    /* 7 actions without a result, 3 results of report, 6 of answer */
    assert_int_equal(w.rows, DIRECTION_STATES * (7 + 3 + 6));
    /* What the file does not name, nobody can do. */
    for (unsigned i = 0; i < DIRECTION_STATES * DIRECTION_ACTIONS * DIRECTION_RESULTS; i++) {
        const unsigned r = i % DIRECTION_RESULTS;
        const unsigned a = i / DIRECTION_RESULTS % DIRECTION_ACTIONS;
        const unsigned s = i / DIRECTION_RESULTS / DIRECTION_ACTIONS;
        for (enum role role = 0; !w.seen[s][a][r] && role < ROLE_N; role++) {
            assert_true(str_eq(verdict(s, a, r, role), S("conflict")));
        }
    }
}

/* The promise, said once more without the file: done is what those present say, never the office. */
static void done_is_what_those_present_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < direction_kind.table_n; i++) {
        const struct flow_transition *t = &direction_kind.table[i];
        if (t->to == DIRECTION_CONFIRMED || t->to == DIRECTION_UNCONFIRMED) {
            assert_int_equal(t->action, DIRECTION_ANSWER);
            assert_int_equal(t->roles & FLOW_ROLE(OFFICER), 0);
        }
        if (t->to == DIRECTION_CONFIRMED) {
            assert_int_equal(t->result, DIRECTION_DONE);
        }
        if (t->action == DIRECTION_REPORT) {
            assert_true(flow_open(&direction_kind, t->to));
        }
    }
}

static void no_row_hides_another(void **state)
{
    (void)state;
    for (size_t i = 0; i < direction_kind.table_n; i++) {
        for (size_t k = i + 1; k < direction_kind.table_n; k++) {
            const struct flow_transition *a = &direction_kind.table[i];
            const struct flow_transition *b = &direction_kind.table[k];
            const bool same = a->from == b->from && a->action == b->action && a->result == b->result;
            assert_true(!same || (a->roles & b->roles) == 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_reviewed),
        cmocka_unit_test(done_is_what_those_present_say),
        cmocka_unit_test(no_row_hides_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
