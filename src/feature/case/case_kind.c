#include "case_kind.h"

static const char *const states[CASE_STATES] = {
    "registered", "assigned", "in_progress", "info_asked",         "awaiting_answer",
    "solved",     "partly",   "not_solved",  "closed_unconfirmed", "reopened",
    "withdrawn",  "rejected", "handed_over",
};

static const char *const actions[CASE_ACTIONS] = {
    "file",          "assign",  "accept",      "ask",
    "report_action", "answer",  "reopen",      "withdraw",
    "reject",        "comment", "amend",       "wrong_department",
    "mark",          "visit",   "call_failed", "close_unconfirmed",
    "hand_over",     "outcome", "look_up",     "pin_new",
    "undo",          "spot",
};

static const char *const results[CASE_RESULTS] = {
    "",          "done",     "partly",    "not_possible",          "solved", "not_solved", "solved_by_proxy",
    "corrected", "all_back", "some_back", "reported_by_programme",
};

#define HER (FLOW_ROLE(PUBLIC) | FLOW_ROLE(DESK)) /* the complainant, or the desk that speaks with her */
/* Whoever takes down what she says: she, the desk; where the desk is passed by, the ADC of the office that
 * looks into it (case_act.c asks whether it is). */
#define TOLD (HER | FLOW_ROLE(ADC))
/* With her PIN: once she was asked whether it is solved, nobody withdraws it for her instead of taking her
 * answer. */
#define HERSELF FLOW_ROLE(PUBLIC)
#define OFFICER FLOW_ROLE(OFFICER)
#define SUPERVISOR (FLOW_ROLE(SUPERVISOR) | FLOW_ROLE(ADC))
#define ADC FLOW_ROLE(ADC)
#define DESK FLOW_ROLE(DESK)
#define SYSTEM FLOW_ROLE(SYSTEM)
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

/* Whoever took the last step may take it back; a new PIN is handed out at any time. */
#define ALWAYS(state)                                                                              \
    ROW(state, COMMENT, FLOW_STAY, ALL | FLOW_ROLE(MEMBER)), ROW(state, PIN_NEW, FLOW_STAY, DESK), \
        ROW(state, UNDO, FLOW_BACK, ALL)

/* No wrong door: what another institution has to do is handed over to it, never discarded. */
#define HANDS_OVER(state) ROW(state, HAND_OVER, CASE_HANDED_OVER, DESK | SUPERVISOR)

/* Answered face to face: the officer's words, taken down by another hand. What he says ends nothing either.
 */
#define ON_THE_SPOT(state)                                                  \
    ROW_RESULT(state, SPOT, DONE, CASE_AWAITING_ANSWER, DESK | SUPERVISOR), \
        ROW_RESULT(state, SPOT, NOT_POSSIBLE, CASE_AWAITING_ANSWER, DESK | SUPERVISOR)

/* What an office that has it may do besides reporting. */
#define AT_OFFICE(state)                                                         \
    ROW(state, MARK, FLOW_STAY, OFFICER), ROW(state, VISIT, FLOW_STAY, OFFICER), \
        ROW(state, WRONG_DEPARTMENT, CASE_REGISTERED, OFFICER)

#define ANSWERS(state)                                        \
    ROW_RESULT(state, ANSWER, SOLVED, CASE_SOLVED, TOLD),     \
        ROW_RESULT(state, ANSWER, PARTLY, CASE_PARTLY, TOLD), \
        ROW_RESULT(state, ANSWER, NOT_SOLVED, CASE_NOT_SOLVED, TOLD)

/* What is said to be partly or not solved is worked on again, or handed over; she alone withdraws it. */
#define STILL_OPEN(state)                                                                 \
    ROW(state, ASSIGN, CASE_ASSIGNED, SUPERVISOR), HANDS_OVER(state), ON_THE_SPOT(state), \
        ROW(state, WITHDRAW, CASE_WITHDRAWN, HERSELF), AMENDS(state), ALWAYS(state)

#define STEPS_OF_ALL                                                                                        \
    ROW(REGISTERED, ASSIGN, CASE_ASSIGNED, SUPERVISOR), HANDS_OVER(REGISTERED),                             \
        ON_THE_SPOT(REGISTERED), /* What was taken over from an earlier programme, as that reported it. */  \
        ROW_RESULT(REGISTERED, CLOSE_UNCONFIRMED, REPORTED, CASE_CLOSED_UNCONFIRMED, SYSTEM),               \
        ROW(REGISTERED, WITHDRAW, CASE_WITHDRAWN, HER), AMENDS(REGISTERED), ALWAYS(REGISTERED),             \
                                                                                                            \
        ROW(ASSIGNED, ASSIGN, CASE_ASSIGNED, SUPERVISOR), ROW(ASSIGNED, ACCEPT, CASE_IN_PROGRESS, OFFICER), \
        ROW(ASSIGNED, ASK, CASE_INFO_ASKED, OFFICER), REPORT(ASSIGNED), AT_OFFICE(ASSIGNED),                \
        HANDS_OVER(ASSIGNED), ON_THE_SPOT(ASSIGNED), ROW(ASSIGNED, WITHDRAW, CASE_WITHDRAWN, HER),          \
        AMENDS(ASSIGNED), ALWAYS(ASSIGNED),                                                                 \
                                                                                                            \
        ROW(IN_PROGRESS, ASSIGN, CASE_ASSIGNED, SUPERVISOR),                                                \
        ROW(IN_PROGRESS, ASK, CASE_INFO_ASKED, OFFICER), REPORT(IN_PROGRESS), AT_OFFICE(IN_PROGRESS),       \
        HANDS_OVER(IN_PROGRESS), ON_THE_SPOT(IN_PROGRESS), ROW(IN_PROGRESS, WITHDRAW, CASE_WITHDRAWN, HER), \
        AMENDS(IN_PROGRESS), ALWAYS(IN_PROGRESS),                                                           \
                                                                                                            \
        /* What was asked is answered by adding to the case. */                                             \
        ROW(INFO_ASKED, AMEND, CASE_IN_PROGRESS, TOLD),                                                     \
        ROW_RESULT(INFO_ASKED, AMEND, CORRECTED, FLOW_STAY, DESK),                                          \
        ROW(INFO_ASKED, ASSIGN, CASE_ASSIGNED, SUPERVISOR), REPORT(INFO_ASKED), AT_OFFICE(INFO_ASKED),      \
        HANDS_OVER(INFO_ASKED), ON_THE_SPOT(INFO_ASKED), ROW(INFO_ASKED, WITHDRAW, CASE_WITHDRAWN, HER),    \
        ALWAYS(INFO_ASKED),                                                                                 \
                                                                                                            \
        /* It is out until the last outcome is back; then she is asked. */                                  \
        ROW(HANDED_OVER, HAND_OVER, FLOW_STAY, DESK | SUPERVISOR),                                          \
        ROW(HANDED_OVER, LOOK_UP, FLOW_STAY, DESK | SUPERVISOR),                                            \
        ROW_RESULT(HANDED_OVER, OUTCOME, SOME_BACK, FLOW_STAY, DESK | SUPERVISOR),                          \
        ROW_RESULT(HANDED_OVER, OUTCOME, ALL_BACK, CASE_AWAITING_ANSWER, DESK | SUPERVISOR),                \
        ROW(HANDED_OVER, ASSIGN, CASE_ASSIGNED, SUPERVISOR),                                                \
        ROW(HANDED_OVER, WITHDRAW, CASE_WITHDRAWN, HER), AMENDS(HANDED_OVER), ALWAYS(HANDED_OVER),          \
                                                                                                            \
        ANSWERS(AWAITING_ANSWER),                                                                           \
        ROW_RESULT(AWAITING_ANSWER, ANSWER, SOLVED_BY_PROXY, CASE_CLOSED_UNCONFIRMED, DESK | ADC),          \
        ROW(AWAITING_ANSWER, CALL_FAILED, FLOW_STAY, DESK | ADC),                                           \
        ROW(AWAITING_ANSWER, CLOSE_UNCONFIRMED, CASE_CLOSED_UNCONFIRMED, SYSTEM),                           \
        ROW(AWAITING_ANSWER, WITHDRAW, CASE_WITHDRAWN, HERSELF), AMENDS(AWAITING_ANSWER),                   \
        ALWAYS(AWAITING_ANSWER),                                                                            \
                                                                                                            \
        ROW(SOLVED, REOPEN, CASE_REOPENED, HER), ALWAYS(SOLVED),                                            \
                                                                                                            \
        STILL_OPEN(PARTLY), STILL_OPEN(NOT_SOLVED),                                                         \
                                                                                                            \
        /* Her own word may still come, and then it counts. */                                              \
        ANSWERS(CLOSED_UNCONFIRMED), ROW(CLOSED_UNCONFIRMED, REOPEN, CASE_REOPENED, HER),                   \
        ALWAYS(CLOSED_UNCONFIRMED),                                                                         \
                                                                                                            \
        ROW(REOPENED, ASSIGN, CASE_ASSIGNED, SUPERVISOR), HANDS_OVER(REOPENED), ON_THE_SPOT(REOPENED),      \
        ROW(REOPENED, WITHDRAW, CASE_WITHDRAWN, HER), AMENDS(REOPENED), ALWAYS(REOPENED),                   \
                                                                                                            \
        ROW(WITHDRAWN, REOPEN, CASE_REOPENED, HER), ALWAYS(WITHDRAWN),                                      \
                                                                                                            \
        ROW(REJECTED, REOPEN, CASE_REOPENED, HER), ALWAYS(REJECTED)

/* Complaint and application: refused with reasons, contested by reopening; whoever rejected it does not do so
 * twice. */
#define REJECTIONS                                                                                        \
    ROW(REGISTERED, REJECT, CASE_REJECTED, SUPERVISOR), ROW(ASSIGNED, REJECT, CASE_REJECTED, SUPERVISOR), \
        ROW(IN_PROGRESS, REJECT, CASE_REJECTED, SUPERVISOR),                                              \
        ROW(INFO_ASKED, REJECT, CASE_REJECTED, SUPERVISOR), ROW(REOPENED, REJECT, CASE_REJECTED, ADC)

static const struct flow_transition complaint_table[] = {STEPS_OF_ALL, REJECTIONS};
static const struct flow_transition application_table[] = {STEPS_OF_ALL, REJECTIONS};
static const struct flow_transition suggestion_table[] = {STEPS_OF_ALL};

#define KIND(steps)                                                                                   \
    {                                                                                                 \
        .kind_no = 1, .name = "case", .states = states, .states_n = CASE_STATES,                      \
        .open_states = (1u << CASE_REGISTERED) | (1u << CASE_ASSIGNED) | (1u << CASE_IN_PROGRESS) |   \
                       (1u << CASE_INFO_ASKED) | (1u << CASE_AWAITING_ANSWER) | (1u << CASE_PARTLY) | \
                       (1u << CASE_NOT_SOLVED) | (1u << CASE_REOPENED) | (1u << CASE_HANDED_OVER),    \
        .actions = actions, .actions_n = CASE_ACTIONS, .undo = CASE_UNDO, .results = results,         \
        .results_n = CASE_RESULTS, .table = steps, .table_n = sizeof(steps) / sizeof((steps)[0]),     \
    }

const struct flow_kind case_kinds[CASE_KINDS] = {
    [KIND_COMPLAINT] = KIND(complaint_table),
    [KIND_APPLICATION] = KIND(application_table),
    [KIND_SUGGESTION] = KIND(suggestion_table),
};

static const str kind_codes[CASE_KINDS] = {
    [KIND_COMPLAINT] = S_INIT("complaint"),
    [KIND_APPLICATION] = S_INIT("application"),
    [KIND_SUGGESTION] = S_INIT("suggestion"),
};

err case_kind_of(str code, enum case_kind *out)
{
    for (int k = 0; k < CASE_KINDS; k++) {
        if (str_eq(kind_codes[k], code)) {
            *out = (enum case_kind)k;
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

str case_kind_code(enum case_kind k)
{
    return kind_codes[k];
}
