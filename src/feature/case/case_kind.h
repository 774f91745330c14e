/* case_kind.h: the steps of a complaint: states, actions, results, and the table of what may follow what.
 *
 * The promise in it: nothing leads to `solved` but the complainant's own answer, taken by the desk or given
 * on the public page (ISO 10002:2018 on closing; open courts' "resolved" without her is what this program
 * exists against). A proxy's "solved" is closed_unconfirmed, counted apart. What she calls partly or not
 * solved stays open. tests/transitions.tsv is the reviewed copy of the table; a test walks every cell.
 */
#ifndef SUNWAI_CASE_KIND_H
#define SUNWAI_CASE_KIND_H

#include "flow.h"

enum case_state {
    CASE_REGISTERED,
    CASE_ASSIGNED,
    CASE_IN_PROGRESS,
    CASE_INFO_ASKED,
    CASE_AWAITING_ANSWER,
    CASE_SOLVED,
    CASE_PARTLY,
    CASE_NOT_SOLVED,
    CASE_CLOSED_UNCONFIRMED,
    CASE_REOPENED,
    CASE_WITHDRAWN,
    CASE_REJECTED,
    CASE_STATES
};

enum case_action {
    CASE_FILE,
    CASE_ASSIGN,
    CASE_ACCEPT,
    CASE_ASK,
    CASE_REPORT_ACTION,
    CASE_ANSWER,
    CASE_REOPEN,
    CASE_WITHDRAW,
    CASE_REJECT,
    CASE_COMMENT,
    CASE_AMEND,
    CASE_ACTIONS
};

enum case_result {
    RESULT_ANY,
    RESULT_DONE,         /* of report_action */
    RESULT_PARTLY,       /* of both */
    RESULT_NOT_POSSIBLE, /* of report_action */
    RESULT_SOLVED,       /* of answer, from here on */
    RESULT_NOT_SOLVED,
    RESULT_SOLVED_BY_PROXY, /* somebody else says so for her */
    RESULT_CORRECTED,       /* of amend: what was taken down was wrong; nothing was answered */
    CASE_RESULTS
};

extern const struct flow_kind complaint_kind;

#endif
