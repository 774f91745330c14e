#include "quote_kind.h"

static const char *const states[QUOTE_STATES] = {"given", "withdrawn"};
static const char *const actions[QUOTE_ACTIONS] = {"take", "consent", "withdraw"};
static const char *const results[] = {""};

#define KEEPS (FLOW_ROLE(DESK) | FLOW_ROLE(MONITOR) | FLOW_ROLE(MANAGER))

static const struct flow_transition table[] = {
    {QUOTE_GIVEN, QUOTE_CONSENT, FLOW_ANY_RESULT, FLOW_STAY, KEEPS},
    {QUOTE_GIVEN, QUOTE_WITHDRAW, FLOW_ANY_RESULT, QUOTE_WITHDRAWN, KEEPS},
};

const struct flow_kind quote_kind = {
    .kind_no = 7,
    .name = "quote",
    .states = states,
    .states_n = QUOTE_STATES,
    .open_states = 1u << QUOTE_GIVEN,
    .actions = actions,
    .actions_n = QUOTE_ACTIONS,
    .undo = QUOTE_ACTIONS,
    .results = results,
    .results_n = 1,
    .table = table,
    .table_n = sizeof table / sizeof table[0],
};
