#include "bylaw_kind.h"
#include "flow_walk_testing.h"

static void every_cell_is_as_reviewed(void **state)
{
    (void)state;
    flow_walk(&bylaw_kind, "tests/bylaw_transitions.tsv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_reviewed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
