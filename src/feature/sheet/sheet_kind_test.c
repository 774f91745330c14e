#include "flow_walk_testing.h"
#include "sheet_kind.h"

static void every_cell_is_as_reviewed(void **state)
{
    (void)state;
    flow_walk(&sheet_kind, "tests/sheet_transitions.tsv");
}

/* Approved comes out of verified alone, and nothing but unlocking leads back to where it can be edited. */
static void what_is_approved_was_verified(void **state)
{
    (void)state;
    for (size_t i = 0; i < sheet_kind.table_n; i++) {
        const struct flow_transition *t = &sheet_kind.table[i];
        if (t->to == SHEET_APPROVED) {
            assert_int_equal(t->from, SHEET_VERIFIED);
        }
        if (t->from >= SHEET_APPROVED && t->to < SHEET_APPROVED) {
            assert_int_equal(t->action, SHEET_UNLOCK);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_reviewed),
        cmocka_unit_test(what_is_approved_was_verified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
