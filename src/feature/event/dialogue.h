/* dialogue.h: gatherings at which sides agree on something or people learn something: state–society
 * dialogues, coordination groups, consultations, trainings.
 *
 * They are events like all others (event.h). What is decided is written down with the side that brought it;
 * an action point is a direction (direction.h) that one of four sides owes: officials, elected members,
 * women, civil society. A dialogue is three-sided when women, elected members and officials were present,
 * something was agreed to be done, and every action point that stands has been answered by the side that owes
 * it (an answer of an office it was sent away from is none): computed, never typed, and the same for whoever
 * asks. People of a training have numbers; no name is needed for a score. Single scores, and means of fewer
 * than TRAINING_SHOWN_MIN people, are the desk's alone. Attendances and distinct persons are different
 * figures. Who reaches the event may use what reads; what changes something belongs in a write job, on the
 * open day of the event.
 */
#ifndef SUNWAI_DIALOGUE_H
#define SUNWAI_DIALOGUE_H

#include "dialogue.sql.h"
#include "direction.h"
#include "event.h"

enum {
    DIALOGUE_WORDS_MAX = 1000,
    DIALOGUE_DECISIONS_MAX = 200,
    TRAINING_SCORE_MAX = 100,
    TRAINING_PEOPLE_MAX = 1000,
    TRAINING_SHOWN_MIN = 5
};

/* The sides that must be there. */
enum dialogue_side { SIDE_WOMEN, SIDE_MEMBERS, SIDE_OFFICIALS, DIALOGUE_SIDES };

struct dialogue {
    int64_t present[DIALOGUE_SIDES]; /* women: of the citizens, civil society and others */
    struct q_dialogue_owed *owed;    /* by side, in the order of their codes */
    size_t owed_n;
    int64_t points, answered;
    bool three_sided;
};
/* Whether this kind of event is one: dialogue, consultation, coordination. */
bool dialogue_is(str event_kind_code);
err dialogue_of(struct ctx *c, const struct event_view *v, struct dialogue *out);

/* `side`: official, member, women, cso, or all. INVALID (side, words), LIMIT past DIALOGUE_DECISIONS_MAX. */
err dialogue_decide(struct ctx *c, str code, str side, str words);
err dialogue_decisions(struct ctx *c, const struct event_view *v, struct q_dialogue_decisions **out,
                       size_t *out_n);
/* An action point of the event, as direction_give() takes it: home, event and place are filled in. */
err dialogue_point(struct ctx *c, str code, struct direction_new *n);

/* ---- trainings ---- */

/* A number for each person counted in a role that has no names yet, so that nothing of the count changes.
 * CONFLICT when there is nobody to number; DENIED to all but the desk, as are scores. */
err training_number(struct ctx *c, str code);
struct training_score {
    int64_t person_no;
    struct opt_i64 before, after; /* of 100 */
};
/* One person in a line: number, score before, score after; a dash leaves what is there. INVALID, field
 * "scores": a line that is not so, or a number that nobody has. */
err training_scores(struct ctx *c, str code, str lines);
struct training {
    struct q_training_people *people; /* for the desk; nobody for others */
    size_t people_n;
    int64_t came, numbered;
    int64_t both; /* with both scores; the rest is of these */
    bool few;     /* too few of them for this person: all of these are 0 */
    int64_t before_sum, after_sum;
    int64_t better;
};
err training_of(struct ctx *c, const struct event_view *v, struct training *out);

/* ---- one of a series: the same kind and the same words for the series, in one district ---- */

struct event_series {
    int64_t events;      /* that took place */
    int64_t attendances; /* at all of them */
    int64_t told;        /* of these, with a telephone number */
    int64_t persons;     /* different numbers */
};
/* NOT_FOUND: it is none of a series. */
err event_series_of(struct ctx *c, const struct event_view *v, struct event_series *out);

#endif
