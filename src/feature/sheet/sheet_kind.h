/* sheet_kind.h: the steps of a sheet: put forward by one person, verified by another, approved by a third.
 *
 * That the three are three, and that approving is done at the province, is asked by the rules (sheet.h): a
 * table knows roles only. Returning and unlocking need words. What is approved is changed by nobody before
 * it is unlocked, which begins its next version; locked says besides that the period is closed.
 * tests/sheet_transitions.tsv is the reviewed copy of the table; a test walks every cell.
 */
#ifndef SUNWAI_SHEET_KIND_H
#define SUNWAI_SHEET_KIND_H

#include "flow.h"

enum sheet_state { SHEET_DRAFT, SHEET_SUBMITTED, SHEET_VERIFIED, SHEET_APPROVED, SHEET_LOCKED, SHEET_STATES };

enum sheet_action {
    SHEET_BEGIN,
    SHEET_EDIT,
    SHEET_SUBMIT,
    SHEET_RETURN, /* for revision, with a comment */
    SHEET_VERIFY,
    SHEET_APPROVE,
    SHEET_LOCK,
    SHEET_UNLOCK, /* with the reason: the next version is a draft */
    SHEET_ACTIONS
};

/* kind_no 6 */
extern const struct flow_kind sheet_kind;

#endif
