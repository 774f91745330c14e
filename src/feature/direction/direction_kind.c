#include "direction_kind.h"

static const char *const states[DIRECTION_STATES] = {
    "given",       "accepted", "reported", "returned",   "confirmed",
    "unconfirmed", "partly",   "not_done", "carried_on", "cancelled",
};

static const char *const actions[DIRECTION_ACTIONS] = {
    "give", "accept", "note", "report", "wrong_office", "send", "move", "answer", "cancel",
};

static const char *const results[DIRECTION_RESULTS] = {
    "", "done", "partly", "not_possible", "unasked", "not_done", "carried_on", "dropped",
};

#define OFFICER FLOW_ROLE(OFFICER)
#define SUPERVISOR (FLOW_ROLE(SUPERVISOR) | FLOW_ROLE(ADC))
#define DESK FLOW_ROLE(DESK)
#define CHAIR (DESK | SUPERVISOR) /* who writes down what those present say */
#define ALL (CHAIR | OFFICER)

#define ROW(state, action, to, roles)                                     \
    {                                                                     \
        DIRECTION_##state, DIRECTION_##action, DIRECTION_ANY, (to), roles \
    }
#define ROW_RESULT(state, action, result, to, roles)                           \
    {                                                                          \
        DIRECTION_##state, DIRECTION_##action, DIRECTION_##result, (to), roles \
    }

/* Whose the report is, is asked by the rule: the office's own, or the desk's for a side without an office. */
#define REPORTS(state)                                                    \
    ROW_RESULT(state, REPORT, DONE, DIRECTION_REPORTED, ALL),             \
        ROW_RESULT(state, REPORT, DONE_IN_PART, DIRECTION_REPORTED, ALL), \
        ROW_RESULT(state, REPORT, NOT_POSSIBLE, DIRECTION_REPORTED, ALL)

#define ANSWERS(state)                                                         \
    ROW_RESULT(state, ANSWER, DONE, DIRECTION_CONFIRMED, CHAIR),               \
        ROW_RESULT(state, ANSWER, DONE_UNASKED, DIRECTION_UNCONFIRMED, CHAIR), \
        ROW_RESULT(state, ANSWER, DONE_IN_PART, DIRECTION_PARTLY, CHAIR),      \
        ROW_RESULT(state, ANSWER, STILL_NOT_DONE, DIRECTION_NOT_DONE, CHAIR),  \
        ROW_RESULT(state, ANSWER, CARRY_ON, DIRECTION_CARRIED_ON, CHAIR),      \
        ROW_RESULT(state, ANSWER, DROP, DIRECTION_CANCELLED, CHAIR)

/* What is owed can be written to, moved, sent elsewhere, answered and called off; none of it ends it
 * silently. */
#define OWED(state)                                                                                   \
    ROW(state, NOTE, FLOW_STAY, ALL), ROW(state, SEND, DIRECTION_GIVEN, CHAIR),                       \
        ROW(state, MOVE, FLOW_STAY, SUPERVISOR), ROW(state, CANCEL, DIRECTION_CANCELLED, SUPERVISOR), \
        ANSWERS(state)

static const struct flow_transition table[] = {
    ROW(GIVEN, ACCEPT, DIRECTION_ACCEPTED, OFFICER),
    ROW(GIVEN, WRONG_OFFICE, DIRECTION_RETURNED, OFFICER),
    REPORTS(GIVEN),
    OWED(GIVEN),

    ROW(ACCEPTED, WRONG_OFFICE, DIRECTION_RETURNED, OFFICER),
    REPORTS(ACCEPTED),
    OWED(ACCEPTED),

    /* A report can be corrected by another one, until it was answered. */
    REPORTS(REPORTED),
    OWED(REPORTED),

    OWED(RETURNED),

    ROW(PARTLY, WRONG_OFFICE, DIRECTION_RETURNED, OFFICER),
    REPORTS(PARTLY),
    OWED(PARTLY),

    ROW(NOT_DONE, WRONG_OFFICE, DIRECTION_RETURNED, OFFICER),
    REPORTS(NOT_DONE),
    OWED(NOT_DONE),

    /* Women may say so later, and then their word counts. */
    ROW(CONFIRMED, NOTE, FLOW_STAY, ALL),
    ANSWERS(CONFIRMED),
    ROW(UNCONFIRMED, NOTE, FLOW_STAY, ALL),
    ANSWERS(UNCONFIRMED),

    ROW(CARRIED_ON, NOTE, FLOW_STAY, ALL),
    ROW(CANCELLED, NOTE, FLOW_STAY, ALL),
};

const struct flow_kind direction_kind = {
    .kind_no = 2,
    .name = "direction",
    .states = states,
    .states_n = DIRECTION_STATES,
    .open_states = (1u << DIRECTION_GIVEN) | (1u << DIRECTION_ACCEPTED) | (1u << DIRECTION_REPORTED) |
                   (1u << DIRECTION_RETURNED) | (1u << DIRECTION_PARTLY) | (1u << DIRECTION_NOT_DONE),
    .actions = actions,
    .actions_n = DIRECTION_ACTIONS,
    .undo = DIRECTION_ACTIONS,
    .results = results,
    .results_n = DIRECTION_RESULTS,
    .table = table,
    .table_n = sizeof table / sizeof table[0],
};
