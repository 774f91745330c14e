#include "plan_kind.h"

static const char *const plan_states[PLAN_STATES] = {"draft", "submitted", "approved", "superseded",
                                                     "dropped"};
static const char *const plan_actions[PLAN_ACTIONS] = {"begin",   "edit",      "submit", "return",
                                                       "approve", "supersede", "drop"};
static const char *const action_states[ACTION_STATES] = {"planned", "under_way", "late", "done", "cancelled"};
static const char *const action_actions[ACTION_ACTIONS] = {"plan",   "note",   "begin", "delay",
                                                           "finish", "cancel", "reopen"};
static const char *const results[] = {""};

#define MANAGER FLOW_ROLE(MANAGER)
#define WRITES (FLOW_ROLE(MONITOR) | MANAGER)
#define CARRIES (FLOW_ROLE(DESK) | FLOW_ROLE(SUPERVISOR) | FLOW_ROLE(ADC) | WRITES)

#define PLAN(state, action, to, roles)                            \
    {                                                             \
        PLAN_##state, PLAN_##action, FLOW_ANY_RESULT, (to), roles \
    }
#define ACTION(state, action, to, roles)                              \
    {                                                                 \
        ACTION_##state, ACTION_##action, FLOW_ANY_RESULT, (to), roles \
    }

static const struct flow_transition plan_table[] = {
    PLAN(DRAFT, EDIT, FLOW_STAY, WRITES),
    PLAN(DRAFT, SUBMIT, PLAN_SUBMITTED, WRITES),
    PLAN(DRAFT, DROP, PLAN_DROPPED, WRITES),
    PLAN(SUBMITTED, RETURN, PLAN_DRAFT, MANAGER),
    PLAN(SUBMITTED, APPROVE, PLAN_APPROVED, MANAGER),
    PLAN(APPROVED, SUPERSEDE, PLAN_SUPERSEDED, MANAGER),
};

static const struct flow_transition action_table[] = {
    ACTION(PLANNED, NOTE, FLOW_STAY, CARRIES),       ACTION(PLANNED, BEGIN, ACTION_UNDER_WAY, CARRIES),
    ACTION(PLANNED, DELAY, ACTION_LATE, CARRIES),    ACTION(PLANNED, CANCEL, ACTION_CANCELLED, WRITES),

    ACTION(UNDER_WAY, NOTE, FLOW_STAY, CARRIES),     ACTION(UNDER_WAY, DELAY, ACTION_LATE, CARRIES),
    ACTION(UNDER_WAY, FINISH, ACTION_DONE, CARRIES), ACTION(UNDER_WAY, CANCEL, ACTION_CANCELLED, WRITES),

    ACTION(LATE, NOTE, FLOW_STAY, CARRIES),          ACTION(LATE, BEGIN, ACTION_UNDER_WAY, CARRIES),
    ACTION(LATE, FINISH, ACTION_DONE, CARRIES),      ACTION(LATE, CANCEL, ACTION_CANCELLED, WRITES),

    ACTION(DONE, NOTE, FLOW_STAY, CARRIES),          ACTION(DONE, REOPEN, ACTION_UNDER_WAY, WRITES),

    ACTION(CANCELLED, NOTE, FLOW_STAY, CARRIES),     ACTION(CANCELLED, REOPEN, ACTION_PLANNED, WRITES),
};

const struct flow_kind plan_kind = {
    .kind_no = 4,
    .name = "plan",
    .states = plan_states,
    .states_n = PLAN_STATES,
    .open_states = 1u << PLAN_DRAFT | 1u << PLAN_SUBMITTED,
    .actions = plan_actions,
    .actions_n = PLAN_ACTIONS,
    .undo = PLAN_ACTIONS,
    .results = results,
    .results_n = 1,
    .table = plan_table,
    .table_n = sizeof plan_table / sizeof plan_table[0],
};

const struct flow_kind action_kind = {
    .kind_no = 5,
    .name = "action",
    .states = action_states,
    .states_n = ACTION_STATES,
    .open_states = 1u << ACTION_PLANNED | 1u << ACTION_UNDER_WAY | 1u << ACTION_LATE,
    .actions = action_actions,
    .actions_n = ACTION_ACTIONS,
    .undo = ACTION_ACTIONS,
    .results = results,
    .results_n = 1,
    .table = action_table,
    .table_n = sizeof action_table / sizeof action_table[0],
};
