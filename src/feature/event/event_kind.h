/* event_kind.h: the steps of an event: planned, open on its day, closed; or cancelled.
 *
 * What was closed is changed by nobody but a supervisor or ADC who reopens it and says why. The system
 * closes, without opening it, only what an earlier programme reported. Steps that stay (amend, move,
 * announce, summon …) are the story of its planning. tests/event_transitions.tsv is the reviewed copy of the
 * table; a test walks every cell.
 */
#ifndef SUNWAI_EVENT_KIND_H
#define SUNWAI_EVENT_KIND_H

#include "flow.h"

enum event_state { EVENT_PLANNED, EVENT_OPEN, EVENT_CLOSED, EVENT_CANCELLED, EVENT_STATES };

enum event_action {
    EVENT_PLAN,
    EVENT_AMEND,    /* what is planned, but place and time */
    EVENT_MOVE,     /* another day, hour or place, with the reason */
    EVENT_ANNOUNCE, /* onto the public pages */
    EVENT_HIDE,     /* and away from them */
    EVENT_SUMMON,   /* which departments */
    EVENT_CAME,     /* which of them came */
    EVENT_BEGIN,    /* the day has come: open */
    EVENT_RECORD,   /* what happened on the day; `detail` names it */
    EVENT_CLOSE,
    EVENT_REOPEN, /* for a correction, with the reason */
    EVENT_CANCEL, /* with the reason */
    EVENT_TIE,    /* what led to it, and what it follows up */
    EVENT_BRING,  /* by a device, from a day without a signal: opens it; may still come when it is closed */
    EVENT_ACTIONS
};

extern const struct flow_kind event_kind;

#endif
