/* case_kind.h: the steps of a case: states, actions, results, and for each kind the table of what may follow
 * what.
 *
 * The promise in it: nothing leads to `solved` but the complainant's own answer, taken by the desk or given
 * on the public page (ISO 10002:2018 on closing; open courts' "resolved" without her is what this program
 * exists against). A proxy's "solved" is closed_unconfirmed, counted apart; so is a case whose complainant
 * could not be reached. What she calls partly or not solved stays open. What was handed over to another
 * institution comes back to her question. tests/transitions.tsv is the reviewed copy of the tables; a test
 * walks every cell. Complaint, application and suggestion share states and actions, and each has a table of
 * its own: a suggestion is answered, never rejected.
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
    CASE_HANDED_OVER,
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
    CASE_WRONG_DEPARTMENT,  /* back to the desk, with the reason */
    CASE_MARK,              /* to a subordinate: assignee and clock stay */
    CASE_VISIT,             /* the desk arranges one: the department never gets her number */
    CASE_CALL_FAILED,       /* she was not reached to be asked */
    CASE_CLOSE_UNCONFIRMED, /* by the system: three days tried, or thirty without a way to reach her */
    CASE_HAND_OVER,         /* to another institution; one of possibly many */
    CASE_OUTCOME,           /* what came back from there */
    CASE_LOOK_UP,           /* looked there: nothing yet */
    CASE_PIN_NEW,           /* her slip is lost: the old PIN opens nothing any more */
    CASE_UNDO,              /* one's own last step, see flow_undo() */
    CASE_SPOT, /* what an officer answered face to face at an event, taken down by who keeps its list: she is
                  asked */
    CASE_ACTIONS
};

enum case_result {
    RESULT_ANY,
    RESULT_DONE,         /* of report_action and spot */
    RESULT_PARTLY,       /* of both */
    RESULT_NOT_POSSIBLE, /* of report_action and spot */
    RESULT_SOLVED,       /* of answer, from here on */
    RESULT_NOT_SOLVED,
    RESULT_SOLVED_BY_PROXY, /* somebody else says so for her */
    RESULT_CORRECTED,       /* of amend: what was taken down was wrong; nothing was answered */
    RESULT_ALL_BACK,        /* of outcome: nothing is out any more, she is asked */
    RESULT_SOME_BACK,       /* another institution still has it */
    RESULT_REPORTED,        /* of close_unconfirmed: an earlier programme reported it as resolved */
    CASE_RESULTS
};

enum case_kind { KIND_COMPLAINT, KIND_APPLICATION, KIND_SUGGESTION, CASE_KINDS };

/* In the order of enum case_kind; all with kind_no 1 and the same states, actions and results. */
extern const struct flow_kind case_kinds[CASE_KINDS];
/* For what does not depend on the kind: names of states and actions, which states are open. */
#define complaint_kind (case_kinds[KIND_COMPLAINT])
/* "complaint", "application", "suggestion"; NOT_FOUND. */
err case_kind_of(str code, enum case_kind *out);
str case_kind_code(enum case_kind k);

/* Bits of flow.mark_no: what a case has gone through, for figures. */
enum case_mark {
    MARK_ASKED = 1,
    MARK_ANSWERED = 2,
    MARK_REOPENED = 4,
    MARK_HANDED_OVER = 8,
    MARK_REJECTED = 16, /* in lists only: what is reopened behind it is contested */
    /* Resolved as an earlier programme reported: she was never asked, so it is never counted as solved. Gone
     * as soon as she says anything herself. */
    MARK_REPORTED = 32
};

/* Tries on this many different days, or so many days without a way to reach her, close it unconfirmed. */
enum { CASE_TRIES = 3, CASE_SILENT_DAYS = 30 };

#endif
