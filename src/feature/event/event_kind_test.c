#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "event_kind.h"
#include "event_words.h"

/* The reviewed file: state, action, then a cell for each role. Run from the top folder. */
#define REVIEWED "tests/event_transitions.tsv"

enum { FIELDS = 10, FIRST_ROLE = 2, LINE_SIZE = 400 };

static const enum role columns[FIELDS - FIRST_ROLE] = {ROLE_PUBLIC, ROLE_DESK,  ROLE_OFFICER, ROLE_SUPERVISOR,
                                                       ROLE_ADC,    ROLE_ADMIN, ROLE_SYSTEM,  ROLE_MEMBER};

static str verdict(unsigned state, unsigned action, enum role role)
{
    unsigned to = EVENT_STATES;
    const err e = flow_next(&event_kind, state, action, FLOW_ANY_RESULT, role, &to);
    if (e.code == ERR_OK) {
        return str_of(event_kind.states[to]);
    }
    return e.code == ERR_DENIED ? S("denied") : S("conflict");
}

static void row_walk(const str *f, bool seen[EVENT_STATES][EVENT_ACTIONS])
{
    unsigned state;
    unsigned action;
    assert_int_equal(flow_state_of(&event_kind, f[0], &state).code, ERR_OK);
    assert_int_equal(flow_action_of(&event_kind, f[1], &action).code, ERR_OK);
    assert_false(seen[state][action]);
    seen[state][action] = true;
    for (size_t i = FIRST_ROLE; i < FIELDS; i++) {
        const str got = verdict(state, action, columns[i - FIRST_ROLE]);
        if (!str_eq(got, f[i])) {
            fail_msg("%.*s %.*s by %s: the code says %.*s, the reviewed file %.*s", STR_F(f[0]), STR_F(f[1]),
                     role_name(columns[i - FIRST_ROLE]), STR_F(got), STR_F(f[i]));
        }
    }
}

static void every_cell_is_as_reviewed(void **unused)
{
    (void)unused;
    bool seen[EVENT_STATES][EVENT_ACTIONS] = {{false}};
    char line[LINE_SIZE];
    size_t rows = 0;
    bool header = false;
    FILE *file = fopen(REVIEWED, "re");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        str f[FIELDS];
        size_t n = 0;
        assert_true(str_ends(str_of(line), S("\n")));
        str rest = str_sub(str_of(line), 0, strlen(line) - 1);
        if (rest.n == 0 || rest.p[0] == '#') {
            continue;
        }
        while (rest.p != NULL) {
            assert_true(n < FIELDS);
            f[n++] = str_cut(&rest, '\t');
        }
        assert_int_equal(n, FIELDS);
        if (!header) {
            header = str_eq(f[0], S("state"));
            assert_true(header);
            continue;
        }
        row_walk(f, seen);
        rows++;
    }
    (void)fclose(file);
    assert_int_equal(rows, EVENT_STATES * EVENT_ACTIONS);
}

/* Who has no column in the file takes no step. */
static void nobody_takes_a_step(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < event_kind.table_n; i++) {
        assert_int_equal(event_kind.table[i].roles & FLOW_ROLE(NOBODY), 0);
    }
}

static void words_stand_in_the_order_of_states(void **unused)
{
    (void)unused;
    assert_int_equal(EVENT_state_n, EVENT_STATES);
    for (size_t i = 0; i < EVENT_STATES; i++) {
        assert_string_equal(event_state_codes[i], event_kind.states[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_reviewed),
        cmocka_unit_test(nobody_takes_a_step),
        cmocka_unit_test(words_stand_in_the_order_of_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
