#include "flow_walk_testing.h"
#include "quote_kind.h"

static void every_cell_is_as_reviewed(void **state)
{
    (void)state;
    flow_walk(&quote_kind, "tests/quote_transitions.tsv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_as_reviewed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
