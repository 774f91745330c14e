#include "event_kind.h"

static const char *const states[EVENT_STATES] = {"planned", "open", "closed", "cancelled"};

static const char *const actions[EVENT_ACTIONS] = {
    "plan",  "amend",  "move",  "announce", "hide",   "summon", "came",
    "begin", "record", "close", "reopen",   "cancel", "tie",    "bring",
};

static const char *const results[] = {""};

#define PLANNERS (FLOW_ROLE(DESK) | FLOW_ROLE(SUPERVISOR) | FLOW_ROLE(ADC))
/* A member of the desk's rota, during her shift. */
#define RECORDERS (PLANNERS | FLOW_ROLE(MEMBER))
#define ABOVE (FLOW_ROLE(SUPERVISOR) | FLOW_ROLE(ADC))

#define ROW(state, action, to, roles)                             \
    {                                                             \
        EVENT_##state, EVENT_##action, FLOW_ANY_RESULT, to, roles \
    }

static const struct flow_transition table[] = {
    ROW(PLANNED, AMEND, FLOW_STAY, PLANNERS),
    ROW(PLANNED, MOVE, FLOW_STAY, PLANNERS),
    ROW(PLANNED, ANNOUNCE, FLOW_STAY, PLANNERS),
    ROW(PLANNED, HIDE, FLOW_STAY, PLANNERS),
    ROW(PLANNED, SUMMON, FLOW_STAY, PLANNERS),
    ROW(PLANNED, BEGIN, EVENT_OPEN, PLANNERS),
    ROW(PLANNED, CANCEL, EVENT_CANCELLED, PLANNERS),
    /* What an earlier programme reported: its day was never ours to open. */
    ROW(PLANNED, CLOSE, EVENT_CLOSED, FLOW_ROLE(SYSTEM)),
    ROW(PLANNED, TIE, FLOW_STAY, PLANNERS),
    ROW(OPEN, TIE, FLOW_STAY, PLANNERS),
    ROW(OPEN, SUMMON, FLOW_STAY, PLANNERS),
    ROW(OPEN, CAME, FLOW_STAY, PLANNERS),
    ROW(OPEN, RECORD, FLOW_STAY, RECORDERS),
    ROW(OPEN, CLOSE, EVENT_CLOSED, PLANNERS),
    ROW(CLOSED, REOPEN, EVENT_OPEN, ABOVE),
    /* Where there was no signal the day was held all the same, by whoever had the tablet. */
    ROW(PLANNED, BRING, EVENT_OPEN, RECORDERS),
    ROW(CLOSED, BRING, FLOW_STAY, RECORDERS),
};

const struct flow_kind event_kind = {
    .kind_no = 3,
    .name = "event",
    .states = states,
    .states_n = EVENT_STATES,
    .open_states = (1u << EVENT_PLANNED) | (1u << EVENT_OPEN),
    .actions = actions,
    .actions_n = EVENT_ACTIONS,
    .undo = EVENT_ACTIONS,
    .results = results,
    .results_n = 1,
    .table = table,
    .table_n = sizeof(table) / sizeof(table[0]),
};
