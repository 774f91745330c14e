#include "bylaw_kind.h"

static const char *const states[BYLAW_STATES] = {"drafted", "consulted", "adopted", "dropped"};
static const char *const actions[BYLAW_ACTIONS] = {"draft", "write", "consult", "adopt", "drop"};
static const char *const results[] = {""};

#define DISTRICT (FLOW_ROLE(SUPERVISOR) | FLOW_ROLE(ADC))

static const struct flow_transition table[] = {
    {BYLAW_DRAFTED, BYLAW_WRITE, FLOW_ANY_RESULT, FLOW_STAY, DISTRICT},
    {BYLAW_DRAFTED, BYLAW_CONSULT, FLOW_ANY_RESULT, BYLAW_CONSULTED, DISTRICT},
    {BYLAW_DRAFTED, BYLAW_DROP, FLOW_ANY_RESULT, BYLAW_DROPPED, DISTRICT},
    {BYLAW_CONSULTED, BYLAW_WRITE, FLOW_ANY_RESULT, BYLAW_DRAFTED, DISTRICT},
    {BYLAW_CONSULTED, BYLAW_CONSULT, FLOW_ANY_RESULT, FLOW_STAY, DISTRICT},
    {BYLAW_CONSULTED, BYLAW_ADOPT, FLOW_ANY_RESULT, BYLAW_ADOPTED, DISTRICT},
    {BYLAW_CONSULTED, BYLAW_DROP, FLOW_ANY_RESULT, BYLAW_DROPPED, DISTRICT},
};

const struct flow_kind bylaw_kind = {
    .kind_no = 8,
    .name = "bylaw",
    .states = states,
    .states_n = BYLAW_STATES,
    .open_states = 1u << BYLAW_DRAFTED | 1u << BYLAW_CONSULTED,
    .actions = actions,
    .actions_n = BYLAW_ACTIONS,
    .undo = BYLAW_ACTIONS,
    .results = results,
    .results_n = 1,
    .table = table,
    .table_n = sizeof table / sizeof table[0],
};
