/* direction_kind.h: the steps of a direction: states, actions, results and the table of what may follow what.
 *
 * The promise in it: what an officer reports is a report. Done it is when those present at a follow-up event
 * say so ("answer"), and where women present say that it is not, nobody can write that it is. What nobody
 * was asked about is "unconfirmed", counted apart. What is partly done or not done stays open and owed; what
 * is carried on lives in a new direction; dropped or cancelled is nothing without a reason.
 * tests/direction_transitions.tsv is the reviewed copy of the table; a test walks every cell.
 */
#ifndef SUNWAI_DIRECTION_KIND_H
#define SUNWAI_DIRECTION_KIND_H

#include "flow.h"

enum direction_state {
    DIRECTION_GIVEN,
    DIRECTION_ACCEPTED,
    DIRECTION_REPORTED, /* by the office or side: waits for the follow-up event */
    DIRECTION_RETURNED, /* "not ours": waits to be sent to another office */
    DIRECTION_CONFIRMED,
    DIRECTION_UNCONFIRMED, /* done as is said, and no woman was asked */
    DIRECTION_PARTLY,
    DIRECTION_NOT_DONE,
    DIRECTION_CARRIED_ON,
    DIRECTION_CANCELLED,
    DIRECTION_STATES
};

enum direction_action {
    DIRECTION_GIVE,
    DIRECTION_ACCEPT,
    DIRECTION_NOTE, /* how far it is */
    DIRECTION_REPORT,
    DIRECTION_WRONG_OFFICE, /* with the reason */
    DIRECTION_SEND,         /* to another office or post */
    DIRECTION_MOVE,         /* another date, with the reason */
    DIRECTION_ANSWER,       /* at the follow-up event */
    DIRECTION_CANCEL,       /* with the reason */
    DIRECTION_ACTIONS
};

enum direction_result {
    DIRECTION_ANY,
    DIRECTION_DONE, /* of report; of answer: the women present say so */
    DIRECTION_DONE_IN_PART,
    DIRECTION_NOT_POSSIBLE, /* of report */
    DIRECTION_DONE_UNASKED, /* of answer, from here on */
    DIRECTION_STILL_NOT_DONE,
    DIRECTION_CARRY_ON,
    DIRECTION_DROP,
    DIRECTION_RESULTS
};

/* kind_no 2 */
extern const struct flow_kind direction_kind;

#endif
