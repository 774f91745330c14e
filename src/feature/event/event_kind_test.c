#include "event_kind.h"
#include "event_words.h"
#include "flow_walk_testing.h"

static void every_cell_is_as_reviewed(void **unused)
{
    (void)unused;
    flow_walk(&event_kind, "tests/event_transitions.tsv");
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
        cmocka_unit_test(words_stand_in_the_order_of_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
