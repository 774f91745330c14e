#include "case_kind.h"

static const char *const states[CASE_STATES] = {
    "registered", "assigned",   "in_progress",        "info_asked", "awaiting_answer", "solved",
    "partly",     "not_solved", "closed_unconfirmed", "reopened",   "withdrawn",       "rejected",
};

static const char *const actions[CASE_ACTIONS] = {
    "file",   "assign",   "accept", "ask",     "report_action", "answer",
    "reopen", "withdraw", "reject", "comment", "amend",
};

static const char *const results[CASE_RESULTS] = {
    "", "done", "partly", "not_possible", "solved", "not_solved", "solved_by_proxy", "corrected",
};

#define HER (FLOW_ROLE(PUBLIC) | FLOW_ROLE(DESK)) /* the complainant, or the desk that speaks with her */
/* With her PIN: once she was asked whether it is solved, nobody withdraws it for her instead of taking her
 * answer. */
#define HERSELF FLOW_ROLE(PUBLIC)
#define OFFICER FLOW_ROLE(OFFICER)
#define SUPERVISOR (FLOW_ROLE(SUPERVISOR) | FLOW_ROLE(ADC))
#define ADC FLOW_ROLE(ADC)
#define DESK FLOW_ROLE(DESK)
#define ALL (HER | OFFICER | SUPERVISOR)

#define ROW(state, action, to, roles)                      \
    {                                                      \
        CASE_##state, CASE_##action, RESULT_ANY, to, roles \
    }
#define ROW_RESULT(state, action, result, to, roles)            \
    {                                                           \
        CASE_##state, CASE_##action, RESULT_##result, to, roles \
    }

/* What the officer reports never ends a matter: she is asked. */
#define REPORT(state)                                                            \
    ROW_RESULT(state, REPORT_ACTION, DONE, CASE_AWAITING_ANSWER, OFFICER),       \
        ROW_RESULT(state, REPORT_ACTION, PARTLY, CASE_AWAITING_ANSWER, OFFICER), \
        ROW_RESULT(state, REPORT_ACTION, NOT_POSSIBLE, CASE_AWAITING_ANSWER, OFFICER)

/* The desk adds what she tells, or corrects what was taken down. */
#define AMENDS(state) ROW(state, AMEND, FLOW_STAY, DESK), ROW_RESULT(state, AMEND, CORRECTED, FLOW_STAY, DESK)

static const struct flow_transition table[] = {
    ROW(REGISTERED, ASSIGN, CASE_ASSIGNED, SUPERVISOR),
    ROW(REGISTERED, WITHDRAW, CASE_WITHDRAWN, HER),
    ROW(REGISTERED, REJECT, CASE_REJECTED, SUPERVISOR),
    ROW(REGISTERED, COMMENT, FLOW_STAY, ALL),
    AMENDS(REGISTERED),

    ROW(ASSIGNED, ASSIGN, CASE_ASSIGNED, SUPERVISOR),
    ROW(ASSIGNED, ACCEPT, CASE_IN_PROGRESS, OFFICER),
    ROW(ASSIGNED, ASK, CASE_INFO_ASKED, OFFICER),
    REPORT(ASSIGNED),
    ROW(ASSIGNED, WITHDRAW, CASE_WITHDRAWN, HER),
    ROW(ASSIGNED, REJECT, CASE_REJECTED, SUPERVISOR),
    ROW(ASSIGNED, COMMENT, FLOW_STAY, ALL),
    AMENDS(ASSIGNED),

    ROW(IN_PROGRESS, ASSIGN, CASE_ASSIGNED, SUPERVISOR),
    ROW(IN_PROGRESS, ASK, CASE_INFO_ASKED, OFFICER),
    REPORT(IN_PROGRESS),
    ROW(IN_PROGRESS, WITHDRAW, CASE_WITHDRAWN, HER),
    ROW(IN_PROGRESS, REJECT, CASE_REJECTED, SUPERVISOR),
    ROW(IN_PROGRESS, COMMENT, FLOW_STAY, ALL),
    AMENDS(IN_PROGRESS),

    /* What was asked is answered by adding to the case. */
    ROW(INFO_ASKED, AMEND, CASE_IN_PROGRESS, HER),
    ROW_RESULT(INFO_ASKED, AMEND, CORRECTED, FLOW_STAY, DESK),
    ROW(INFO_ASKED, ASSIGN, CASE_ASSIGNED, SUPERVISOR),
    REPORT(INFO_ASKED),
    ROW(INFO_ASKED, WITHDRAW, CASE_WITHDRAWN, HER),
    ROW(INFO_ASKED, REJECT, CASE_REJECTED, SUPERVISOR),
    ROW(INFO_ASKED, COMMENT, FLOW_STAY, ALL),

    ROW_RESULT(AWAITING_ANSWER, ANSWER, SOLVED, CASE_SOLVED, HER),
    ROW_RESULT(AWAITING_ANSWER, ANSWER, PARTLY, CASE_PARTLY, HER),
    ROW_RESULT(AWAITING_ANSWER, ANSWER, NOT_SOLVED, CASE_NOT_SOLVED, HER),
    ROW_RESULT(AWAITING_ANSWER, ANSWER, SOLVED_BY_PROXY, CASE_CLOSED_UNCONFIRMED, DESK),
    ROW(AWAITING_ANSWER, WITHDRAW, CASE_WITHDRAWN, HERSELF),
    ROW(AWAITING_ANSWER, COMMENT, FLOW_STAY, ALL),
    AMENDS(AWAITING_ANSWER),

    ROW(SOLVED, REOPEN, CASE_REOPENED, HER),
    ROW(SOLVED, COMMENT, FLOW_STAY, ALL),

    ROW(PARTLY, ASSIGN, CASE_ASSIGNED, SUPERVISOR),
    ROW(PARTLY, WITHDRAW, CASE_WITHDRAWN, HERSELF),
    ROW(PARTLY, COMMENT, FLOW_STAY, ALL),
    AMENDS(PARTLY),

    ROW(NOT_SOLVED, ASSIGN, CASE_ASSIGNED, SUPERVISOR),
    ROW(NOT_SOLVED, WITHDRAW, CASE_WITHDRAWN, HERSELF),
    ROW(NOT_SOLVED, COMMENT, FLOW_STAY, ALL),
    AMENDS(NOT_SOLVED),

    /* Her own word may still come, and then it counts. */
    ROW_RESULT(CLOSED_UNCONFIRMED, ANSWER, SOLVED, CASE_SOLVED, HER),
    ROW_RESULT(CLOSED_UNCONFIRMED, ANSWER, PARTLY, CASE_PARTLY, HER),
    ROW_RESULT(CLOSED_UNCONFIRMED, ANSWER, NOT_SOLVED, CASE_NOT_SOLVED, HER),
    ROW(CLOSED_UNCONFIRMED, REOPEN, CASE_REOPENED, HER),
    ROW(CLOSED_UNCONFIRMED, COMMENT, FLOW_STAY, ALL),

    /* Contested: whoever rejected it does not do so twice. */
    ROW(REOPENED, ASSIGN, CASE_ASSIGNED, SUPERVISOR),
    ROW(REOPENED, REJECT, CASE_REJECTED, ADC),
    ROW(REOPENED, WITHDRAW, CASE_WITHDRAWN, HER),
    ROW(REOPENED, COMMENT, FLOW_STAY, ALL),
    AMENDS(REOPENED),

    ROW(WITHDRAWN, REOPEN, CASE_REOPENED, HER),
    ROW(WITHDRAWN, COMMENT, FLOW_STAY, ALL),

    ROW(REJECTED, REOPEN, CASE_REOPENED, HER),
    ROW(REJECTED, COMMENT, FLOW_STAY, ALL),
};

const struct flow_kind complaint_kind = {
    .kind_no = 1,
    .name = "case",
    .states = states,
    .states_n = CASE_STATES,
    .open_states = (1u << CASE_REGISTERED) | (1u << CASE_ASSIGNED) | (1u << CASE_IN_PROGRESS) |
                   (1u << CASE_INFO_ASKED) | (1u << CASE_AWAITING_ANSWER) | (1u << CASE_PARTLY) |
                   (1u << CASE_NOT_SOLVED) | (1u << CASE_REOPENED),
    .actions = actions,
    .actions_n = CASE_ACTIONS,
    .results = results,
    .results_n = CASE_RESULTS,
    .table = table,
    .table_n = sizeof table / sizeof table[0],
};
