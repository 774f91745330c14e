#include "direction_kind.h"
#include "flow_walk_testing.h"

static void every_cell_is_as_reviewed(void **state)
{
    (void)state;
    flow_walk(&direction_kind, "tests/direction_transitions.tsv");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_reviewed),
        cmocka_unit_test(done_is_what_those_present_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
