#include "flow_walk_testing.h"
#include "plan_kind.h"

static void every_cell_is_as_reviewed(void **state)
{
    (void)state;
    flow_walk(&plan_kind, "tests/plan_transitions.tsv");
    flow_walk(&action_kind, "tests/action_transitions.tsv");
}

/* What was approved leads nowhere but out of force. */
static void approved_targets_never_change_in_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < plan_kind.table_n; i++) {
        const struct flow_transition *t = &plan_kind.table[i];
        if (t->from == PLAN_APPROVED) {
            assert_int_equal(t->to, PLAN_SUPERSEDED);
        }
        if (t->action == PLAN_EDIT) {
            assert_int_equal(t->from, PLAN_DRAFT);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_reviewed),
        cmocka_unit_test(approved_targets_never_change_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
