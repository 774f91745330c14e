#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "case_kind.h"

/* The reviewed file: kinds ("all", or one of them), state, action, result ("-": none), then a cell for each
 * role. Run from the top folder.
 */
#define REVIEWED "tests/transitions.tsv"

enum { FIELDS = 12, FIRST_ROLE = 4, LINE_SIZE = 400 };

static const enum role columns[FIELDS - FIRST_ROLE] = {ROLE_PUBLIC, ROLE_DESK,  ROLE_OFFICER, ROLE_SUPERVISOR,
                                                       ROLE_ADC,    ROLE_ADMIN, ROLE_SYSTEM,  ROLE_MEMBER};

/* What became of every (state, action, result): whether the file has its row. */
struct walk {
    bool header_seen;
    bool seen[CASE_KINDS][CASE_STATES][CASE_ACTIONS][CASE_RESULTS];
    size_t rows;
};

static str verdict(int kind, unsigned state, unsigned action, unsigned result, enum role role)
{
    unsigned to = CASE_STATES;
    const err e = flow_next(&case_kinds[kind], state, action, result, role, &to);
    if (e.code == ERR_OK && action == CASE_UNDO) {
        assert_int_equal(to, state); /* flow_undo() knows where it stood before */
        return S("back");
    }
    if (e.code == ERR_OK) {
        assert_true(to < CASE_STATES);
        return str_of(complaint_kind.states[to]);
    }
    assert_int_equal(to, CASE_STATES); /* untouched on failure */
    return e.code == ERR_DENIED ? S("denied") : e.code == ERR_CONFLICT ? S("conflict") : S("?");
}

static void walk_header(struct walk *w, const str *f)
{
    assert_true(str_eq(f[0], S("kind")) && str_eq(f[1], S("state")) && str_eq(f[2], S("action")) &&
                str_eq(f[3], S("result")));
    for (size_t i = FIRST_ROLE; i < FIELDS; i++) {
        assert_true(str_eq(f[i], str_of(role_name(columns[i - FIRST_ROLE]))));
    }
    w->header_seen = true;
}

static void walk_kind(struct walk *w, int kind, const str *f)
{
    unsigned state;
    unsigned action;
    unsigned result = FLOW_ANY_RESULT;
    assert_int_equal(flow_state_of(&complaint_kind, f[1], &state).code, ERR_OK);
    assert_int_equal(flow_action_of(&complaint_kind, f[2], &action).code, ERR_OK);
    if (!str_eq(f[3], S("-"))) {
        assert_int_equal(flow_result_of(&complaint_kind, f[3], &result).code, ERR_OK);
        assert_int_not_equal(result, FLOW_ANY_RESULT);
    }
    assert_false(w->seen[kind][state][action][result]);
    w->seen[kind][state][action][result] = true;
    w->rows++;
    for (size_t i = FIRST_ROLE; i < FIELDS; i++) {
        const str got = verdict(kind, state, action, result, columns[i - FIRST_ROLE]);
        if (!str_eq(got, f[i])) {
            fail_msg("%.*s: %.*s %.*s %.*s by %s: the code says %.*s, the reviewed file %.*s",
                     STR_F(case_kind_code((enum case_kind)kind)), STR_F(f[1]), STR_F(f[2]), STR_F(f[3]),
                     role_name(columns[i - FIRST_ROLE]), STR_F(got), STR_F(f[i]));
        }
    }
}

static void walk_row(struct walk *w, const str *f)
{
    bool any = false;
    for (int k = 0; k < CASE_KINDS; k++) {
        if (str_eq(f[0], S("all")) || str_eq(f[0], case_kind_code((enum case_kind)k))) {
            walk_kind(w, k, f);
            any = true;
        }
    }
    assert_true(any);
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
    } else {
        walk_header(w, f);
    }
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
    /* 18 actions without a result, 3 results of report_action, 4 of answer, 1 of amend, 2 of outcome,
     * 2 of spot, 1 of close_unconfirmed */
    assert_int_equal(w.rows, CASE_KINDS * CASE_STATES * (18 + 3 + 4 + 1 + 2 + 2 + 1));
}

/* What the file does not name, nobody can do: no action with a result that is not its own. */
static void what_is_not_reviewed_is_refused(void **state)
{
    (void)state;
    struct walk w = {.header_seen = false};
    walk_file(&w);
    for (unsigned i = 0; i < CASE_KINDS * CASE_STATES * CASE_ACTIONS * CASE_RESULTS; i++) {
        const unsigned r = i % CASE_RESULTS;
        const unsigned a = i / CASE_RESULTS % CASE_ACTIONS;
        const unsigned s = i / CASE_RESULTS / CASE_ACTIONS % CASE_STATES;
        const int k = (int)(i / CASE_RESULTS / CASE_ACTIONS / CASE_STATES);
        for (enum role role = 0; !w.seen[k][s][a][r] && role < ROLE_N; role++) {
            assert_true(str_eq(verdict(k, s, a, r, role), S("conflict")));
        }
    }
}

/* Who has no column in the file takes no step; the system one: closing what nobody could be asked
 * about, and what was taken over as reported. */
static void nobody_takes_a_step_and_the_system_one(void **state)
{
    (void)state;
    for (int k = 0; k < CASE_KINDS; k++) {
        for (size_t i = 0; i < case_kinds[k].table_n; i++) {
            const struct flow_transition *t = &case_kinds[k].table[i];
            assert_int_equal(t->roles & FLOW_ROLE(NOBODY), 0);
            if ((t->roles & FLOW_ROLE(SYSTEM)) != 0) {
                assert_int_equal(t->action, CASE_CLOSE_UNCONFIRMED);
                const bool reported = t->result == RESULT_REPORTED;
                assert_int_equal(t->from, reported ? CASE_REGISTERED : CASE_AWAITING_ANSWER);
                assert_int_equal(t->to, CASE_CLOSED_UNCONFIRMED);
            }
        }
    }
}

/* The promise of the whole program, said once more without the file: she, or who speaks with her. That an ADC
 * does so only where the desk may not: the_office_that_looks_into_it_has_her_asked (case_bar_test.c). */
static void solved_is_her_own_answer(void **state)
{
    (void)state;
    for (int kind = 0; kind < CASE_KINDS; kind++)
        for (size_t i = 0; i < case_kinds[kind].table_n; i++) {
            const struct flow_transition *t = &case_kinds[kind].table[i];
            if (t->to == CASE_SOLVED) {
                assert_int_equal(t->action, CASE_ANSWER);
                assert_int_equal(t->result, RESULT_SOLVED);
                assert_int_equal(t->roles & ~(FLOW_ROLE(PUBLIC) | FLOW_ROLE(DESK) | FLOW_ROLE(ADC)), 0);
            }
            if (t->action == CASE_ANSWER && (t->result == RESULT_PARTLY || t->result == RESULT_NOT_SOLVED)) {
                assert_true(flow_open(&complaint_kind, t->to));
            }
        }
}

/* No row stands behind another of the same state, action and result with a role in common: it would never be
 * used. */
static void no_row_hides_another(void **state)
{
    (void)state;
    for (int kind = 0; kind < CASE_KINDS; kind++)
        for (size_t i = 0; i < case_kinds[kind].table_n; i++) {
            for (size_t k = i + 1; k < case_kinds[kind].table_n; k++) {
                const struct flow_transition *a = &case_kinds[kind].table[i];
                const struct flow_transition *b = &case_kinds[kind].table[k];
                const bool same = a->from == b->from && a->action == b->action && a->result == b->result;
                assert_true(!same || (a->roles & b->roles) == 0);
            }
        }
}

static void open_states_are_those_where_something_is_owed(void **state)
{
    (void)state;
    static const bool open[CASE_STATES] = {
        [CASE_REGISTERED] = true, [CASE_ASSIGNED] = true,        [CASE_IN_PROGRESS] = true,
        [CASE_INFO_ASKED] = true, [CASE_AWAITING_ANSWER] = true, [CASE_PARTLY] = true,
        [CASE_NOT_SOLVED] = true, [CASE_REOPENED] = true,        [CASE_HANDED_OVER] = true,
    };
    for (unsigned s = 0; s < CASE_STATES; s++) {
        assert_int_equal(flow_open(&complaint_kind, s), open[s]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_reviewed),
        cmocka_unit_test(what_is_not_reviewed_is_refused),
        cmocka_unit_test(nobody_takes_a_step_and_the_system_one),
        cmocka_unit_test(solved_is_her_own_answer),
        cmocka_unit_test(no_row_hides_another),
        cmocka_unit_test(open_states_are_those_where_something_is_owed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
