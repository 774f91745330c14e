#include "sheet_kind.h"

static const char *const states[SHEET_STATES] = {"draft", "submitted", "verified", "approved", "locked"};
static const char *const actions[SHEET_ACTIONS] = {"begin",  "edit",    "submit", "return",
                                                   "verify", "approve", "lock",   "unlock"};
static const char *const results[] = {""};

#define FILLS (FLOW_ROLE(DESK) | FLOW_ROLE(SUPERVISOR) | FLOW_ROLE(MONITOR))
#define MONITOR FLOW_ROLE(MONITOR)

#define ROW(state, action, to, roles)                               \
    {                                                               \
        SHEET_##state, SHEET_##action, FLOW_ANY_RESULT, (to), roles \
    }

static const struct flow_transition table[] = {
    ROW(DRAFT, EDIT, FLOW_STAY, FILLS),
    ROW(DRAFT, SUBMIT, SHEET_SUBMITTED, FILLS),

    ROW(SUBMITTED, RETURN, SHEET_DRAFT, MONITOR),
    ROW(SUBMITTED, VERIFY, SHEET_VERIFIED, MONITOR),

    ROW(VERIFIED, RETURN, SHEET_DRAFT, MONITOR),
    ROW(VERIFIED, APPROVE, SHEET_APPROVED, MONITOR),

    ROW(APPROVED, LOCK, SHEET_LOCKED, MONITOR | FLOW_ROLE(SYSTEM)),
    ROW(APPROVED, UNLOCK, SHEET_DRAFT, MONITOR),

    ROW(LOCKED, UNLOCK, SHEET_DRAFT, MONITOR),
};

const struct flow_kind sheet_kind = {
    .kind_no = 6,
    .name = "sheet",
    .states = states,
    .states_n = SHEET_STATES,
    .open_states = 1u << SHEET_DRAFT | 1u << SHEET_SUBMITTED | 1u << SHEET_VERIFIED,
    .actions = actions,
    .actions_n = SHEET_ACTIONS,
    .undo = SHEET_ACTIONS,
    .results = results,
    .results_n = 1,
    .table = table,
    .table_n = sizeof table / sizeof table[0],
};
