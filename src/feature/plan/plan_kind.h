/* plan_kind.h: the steps of a plan and of an activity of it.
 *
 * A plan is put forward by its author and approved by another person (plan.h asks that); what was approved
 * never changes in place: its next version takes its place. An activity is said to be where it is by those
 * who carry it out; sheets report it by quarter. tests/plan_transitions.tsv and action_transitions.tsv are
 * the reviewed copies; a test walks every cell.
 */
#ifndef SUNWAI_PLAN_KIND_H
#define SUNWAI_PLAN_KIND_H

#include "flow.h"

enum plan_state { PLAN_DRAFT, PLAN_SUBMITTED, PLAN_APPROVED, PLAN_SUPERSEDED, PLAN_DROPPED, PLAN_STATES };
enum plan_action {
    PLAN_BEGIN,
    PLAN_EDIT,
    PLAN_SUBMIT,
    PLAN_RETURN, /* with a comment */
    PLAN_APPROVE,
    PLAN_SUPERSEDE, /* its next version was approved */
    PLAN_DROP,
    PLAN_ACTIONS
};
/* kind_no 4 */
extern const struct flow_kind plan_kind;

enum action_state {
    ACTION_PLANNED,
    ACTION_UNDER_WAY,
    ACTION_LATE,
    ACTION_DONE,
    ACTION_CANCELLED,
    ACTION_STATES
};
enum action_action {
    ACTION_PLAN,
    ACTION_NOTE,
    ACTION_BEGIN,
    ACTION_DELAY, /* with the reason */
    ACTION_FINISH,
    ACTION_CANCEL, /* with the reason */
    ACTION_REOPEN,
    ACTION_ACTIONS
};
/* kind_no 5 */
extern const struct flow_kind action_kind;

#endif
