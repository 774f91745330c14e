/* direction.h: an order given at an event (or an action point of a dialogue) to an office or a side, with a
 * date, from being given to what the women present say of it at the follow-up event.
 *
 * It flows as cases do (direction_kind.h). The side "official" is an office with a post of it, never a
 * person's name; a post that nobody holds is said to be vacant, and its office's head owes the order. The
 * other sides (member, women, cso) have no office: what they did is reported by the desk. Desk, supervisor
 * and ADC of the district (or above it) reach all directions, an officer those of his office; one out of
 * reach is NOT_FOUND. The words are staff's and hold nothing that says who somebody is. Events are a feature
 * above this one: they give and answer, and this one knows of them only what stands in their row.
 * Every function that changes something belongs in a write job.
 */
#ifndef SUNWAI_DIRECTION_H
#define SUNWAI_DIRECTION_H

#include "case.h"
#include "direction.sql.h"
#include "direction_kind.h"
#include "direction_words.h"
#include "verify.h"

enum {
    DIRECTION_WORDS_MAX = 1000,
    DIRECTION_POST_MAX = 120,
    DIRECTION_NO_MAX = 500, /* of one event */
    DIRECTION_DAYS_MAX = 1100,
    DIRECTION_LIST_MAX = 200
};

struct direction_new {
    int64_t home, event_id;
    int64_t unit_id; /* where the event was */
    struct opt_i64 tehsil_id;
    str side;                 /* official, member, women, cso */
    str office;               /* code of a body; of the official side alone */
    struct opt_i64 office_id; /* instead of the code: known already */
    str post;                 /* "Assistant Director Public Health", "Councillor of ward 3" */
    bool vacant;              /* nobody holds the post: the head of the office owes it */
    str horizon;              /* short, long */
    str words;
    const case_ref *about;  /* the case it is about; NULL: a matter of many */
    struct opt_i64 case_id; /* instead: known already */
    int64_t need_no;        /* the need that it answers; 0: none */
    int64_t due_day;
};
/* For desk, supervisor and ADC; whether they reach the event, and whether it is open, is asked by the event.
 * INVALID (fail->field: side, office, post, words, due_day, case). *out_no: its number within the event. */
err direction_give(struct ctx *c, const struct direction_new *n, int64_t *out_no);

struct direction_view {
    struct q_direction_get row; /* with code, title and day of its event */
    struct q_flow_get flow;
    struct subject subject;
    unsigned state;
    str number;      /* EDS-PK526-2026-27-014/3 */
    str office_name; /* empty: another side owes it */
    str case_ref;    /* ten digits; empty: none, or out of reach */
    bool late;
};
/* By its event's code and its number; NOT_FOUND also when it is out of reach. */
err direction_find(struct ctx *c, str event_code, int64_t no, struct direction_view *out);
/* All of an event, in order; those of another office are left out for an officer. */
err direction_of_event(struct ctx *c, int64_t home, int64_t event_id, struct direction_view **out,
                       size_t *out_n);
/* All that are about a case that the caller reaches; the same reach. */
err direction_of_case(struct ctx *c, int64_t home, int64_t case_id, struct direction_view **out,
                      size_t *out_n);

/* What a list is asked by; every member may be empty. By due date. */
struct direction_filter {
    bool all;      /* those that are over too */
    bool late;     /* past their date */
    str horizon;   /* short, long */
    str office;    /* code */
    int64_t state; /* -1: any */
    int64_t after_due_ms, after_id, limit;
};
err direction_list(struct ctx *c, const struct direction_filter *f, struct direction_view **out,
                   size_t *out_n, bool *out_more);
/* Open ones of the caller's scope: late, and in all. Counted up to `most`. */
err direction_count(struct ctx *c, int64_t most, int64_t *out_late, int64_t *out_open);

struct direction_act {
    unsigned action;
    int64_t step;     /* the last step that she knew of; 0: not said. When there is a later one: CONFLICT */
    str result;       /* report: done, partly, not_possible */
    str words;        /* needed for all but accept */
    str office, post; /* send */
    bool vacant;      /* send */
    int64_t day;      /* move: the new date */
};
/* Whatever may be done on the direction's own page; answers come from events alone. INVALID with fail->field,
 * DENIED, CONFLICT as in flow.h. */
err direction_do(struct ctx *c, str event_code, int64_t no, const struct direction_act *act);
bool direction_may(struct ctx *c, const struct direction_view *v, unsigned action);

/* What a follow-up event says of one. `women` is 1: those present say so, 0: they say it is not so, none: not
 * asked. INVALID (field women_agree): "done" against their word. DENIED: by the office that reported it.
 * `again`: the direction that carries it on (of carried_on). */
struct direction_answer {
    str answer; /* done, partly, not_done, carried_on, dropped */
    str words;
    struct opt_i64 women;
    int64_t again_id;
};
err direction_answered(struct ctx *c, const struct direction_view *v, const struct direction_answer *a);

err direction_timeline(struct ctx *c, const struct direction_view *v, struct q_step_list **out,
                       size_t *out_n);

/* What it says, bound to the audit chain, for `sunwai verify` (content_fn of verify.h). */
err direction_says(struct ctx *c, int64_t home, int64_t id, struct seal *out);

#endif
