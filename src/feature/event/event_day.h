/* event_day.h: the day of an event: who came, what they need, who is heard next, which matters were taken
 * down and what the officers answered to their face.
 *
 * All of it only while the day is open, by the desk and those above it (event_recordable()): CONFLICT and
 * DENIED are theirs. What carries a ULID is taken until the data sheet is approved (CONFLICT, field
 * "record"), with a mark that it came later, and the figures of that moment in the chain. Numbers are never
 * typed as totals: they grow by what was seen. What a device brings carries its own ULID (`record`): the same
 * again is taken once, also when the day is over by then; other content under it is CONFLICT. Names and
 * numbers of a roster are identity: encrypted with the key of the event, read by the desk of the district
 * alone. Every function that changes something belongs in a write job, and leaves a row in the audit chain.
 */
#ifndef SUNWAI_EVENT_DAY_H
#define SUNWAI_EVENT_DAY_H

#include "event.h"
#include "event_day.sql.h"

enum {
    DAY_STEP_MAX = 200,     /* people with one record */
    DAY_PEOPLE_MAX = 20000, /* in one cell */
    DAY_NAMES_MAX = 2000,
    DAY_NEEDS_MAX = 300,
    DAY_NEED_WORDS_MAX = 300,
    DAY_TOKENS_MAX = 5000,
    DAY_DEVICE_MAX = 40,
    DAY_AHEAD_DAYS = 3, /* what a device carries of events to come */
    DAY_PROMISE_DAYS_MAX = 730
};

/* What a device says of what it brings; both may be empty: the pages of the desk. */
struct day_record {
    str device;
    str record; /* a ULID */
};

/* Before what a device brings from a day without a signal: opens the day of an event of its desk that is
 * still planned, when that was recorded on it (told_ms, by the device's clock put right). Else nothing: the
 * rule that comes next says what is wrong. */
err day_bring(struct ctx *c, str code, str device, int64_t told_ms);
/* Whether something of this record may be taken in now; CONFLICT and DENIED as above. */
err day_takes(struct ctx *c, const struct event_view *v, const struct day_record *from, bool *out_later);

/* ---- the roster ---- */

/* One or more came (people > 0) or were counted too often (< 0); the same for those who spoke. By sight only
 * woman, man, not_stated. CONFLICT: fewer were counted there by this device, more would have spoken than
 * came, fewer would be left than told something in private, or the role is kept by names. */
struct day_count {
    str role, sex;
    int64_t people, spoke;
    struct day_record from;
};
err day_count(struct ctx *c, const struct event_view *v, const struct day_count *n);

/* A role that is kept by names is counted from these. Sex is what she says herself. */
struct day_person {
    str role, sex;
    str name;    /* needed */
    phone phone; /* e164.p NULL: none */
    str office;  /* code of a body of the district; may be empty */
    bool spoke;
    int64_t token; /* 0: none */
    struct day_record from;
};
/* CONFLICT: this number stands on the roster already; what a device brings is taken, and shown as a twin. */
err day_person_add(struct ctx *c, const struct event_view *v, const struct day_person *n, int64_t *out_no);
err day_person_spoke(struct ctx *c, const struct event_view *v, int64_t no, bool spoke);
/* Written by mistake. */
err day_person_remove(struct ctx *c, const struct event_view *v, int64_t no);
/* It is the person of `as` written down twice: `no` goes below, what it alone says goes to the one that
 * counts. As long as something of the day is taken in (day_takes()). INVALID with field "same_no": not two of
 * one role. */
err day_person_same(struct ctx *c, const struct event_view *v, int64_t no, int64_t as);
/* They are two people: not asked again. */
err day_person_apart(struct ctx *c, const struct event_view *v, int64_t no, int64_t as);
struct day_name {
    struct q_event_person_list row;
    str name, phone; /* empty unless the look is in the audit chain and this is the desk of the district */
};
err day_people(struct ctx *c, const struct event_view *v, struct day_name **out, size_t *out_n);
/* Likely twins: of one role, with the same folded name or the same number, and nobody said that they are two.
 * Indices in what day_people() gave; none of a roster whose names are not shown. */
enum { DAY_TWINS_MAX = 50 };
struct day_twin {
    size_t first, second;
};
err day_twins(struct ctx *c, const struct event_view *v, const struct day_name *people, size_t n,
              struct day_twin **out, size_t *out_n);
bool day_names_for(const struct actor *who, const struct event_view *v);

/* Told in private. */
#define DAY_MARGINS(X)                         \
    X("age", MSG_DAY_MARGIN_AGE)               \
    X("disability", MSG_DAY_MARGIN_DISABILITY) \
    X("minority", MSG_DAY_MARGIN_MINORITY) X("transgender", MSG_DAY_MARGIN_TRANSGENDER)
struct day_margin {
    str role, margin;
    str value; /* of age a code of CASE_AGES, else "yes" */
    int64_t people;
    struct day_record from;
};
/* CONFLICT: more than came in that role. */
err day_margin(struct ctx *c, const struct event_view *v, const struct day_margin *n);
err day_margins(struct ctx *c, const struct event_view *v, struct q_event_margin_list **out, size_t *out_n);

/* Who brought a matter, by sex as told at filing: computed, never typed. */
struct day_filed {
    int64_t by_sex[EVENT_sex_n];
    int64_t all;
};
err day_filed(struct ctx *c, const struct event_view *v, struct day_filed *out);

/* ---- needs ---- */

struct day_need {
    str words;
    str service; /* code; may be empty: not grouped yet */
    int64_t women, others;
    struct day_record from;
};
err day_need_add(struct ctx *c, const struct event_view *v, const struct day_need *n, int64_t *out_no);
/* So many more say so. */
err day_need_plus(struct ctx *c, const struct event_view *v, int64_t no, int64_t women, int64_t others,
                  const struct day_record *from);
/* A show of hands of the women, in place of what was counted before. */
err day_need_hands(struct ctx *c, const struct event_view *v, int64_t no, int64_t women);
err day_need_service(struct ctx *c, const struct event_view *v, int64_t no, str service);
/* The same need in other words: it goes below `as` with all that was put together with it. The larger count
 * stands, for nobody knows whether the same hands were raised; the hands are asked for once more. as 0: apart
 * again. */
err day_need_same(struct ctx *c, const struct event_view *v, int64_t no, int64_t as);
err day_needs(struct ctx *c, const struct event_view *v, struct q_event_need_list **out, size_t *out_n);

/* ---- tokens: the order in which people are heard; a number, never the matter ---- */

err day_token_take(struct ctx *c, const struct event_view *v, str sex, int64_t *out_no);
/* waiting (again), heard, left. */
err day_token_set(struct ctx *c, const struct event_view *v, int64_t no, str code);
/* Numbers that a device gives out by itself, and nobody else: next to each other, behind all others. CONFLICT
 * with field "tokens": there are not so many left. Also some days ahead of an event that is planned. */
err day_tokens_lease(struct ctx *c, const struct event_view *v, str device, int64_t n, int64_t *out_first);
/* What became of one of these, as the device says: taken first, when it is new. INVALID with field "no": it
 * is not this device's to give out. */
err day_token_bring(struct ctx *c, const struct event_view *v, const struct day_record *from, int64_t no,
                    str sex, str code);
struct day_tokens {
    struct q_event_token_list *rows;
    size_t n;
    int64_t waiting, heard, left;
    int64_t now, next; /* the first two that wait; 0: nobody */
};
err day_tokens(struct ctx *c, const struct event_view *v, struct day_tokens *out);

/* ---- matters ---- */

/* Takes a matter down through case_file() as channel "event", and ties it to the event; its token was heard.
 * The same record again: the same case. What goes past the desk is filed, and tied to nothing of the event.
 */
err day_capture(struct ctx *c, const struct event_view *v, const struct case_new *n, int64_t token,
                const struct day_record *from, struct case_receipt *out);

#define DAY_ANSWERS(X)                       \
    X("solved_now", MSG_DAY_ANSWER_SOLVED)   \
    X("promised", MSG_DAY_ANSWER_PROMISED)   \
    X("handed_on", MSG_DAY_ANSWER_HANDED_ON) \
    X("not_ours", MSG_DAY_ANSWER_NOT_OURS) X("not_possible", MSG_DAY_ANSWER_NOT_POSSIBLE)
#define DAY_SETS(SET) SET(margin, DAY_MARGINS) SET(answer, DAY_ANSWERS)
#define DAY_SET_DECLARE(name, LIST)                                  \
    enum { DAY_##name##_n = 0 LIST(CASE_COUNT_ONE) };                \
    extern const char *const day_##name##_codes[DAY_##name##_n + 1]; \
    extern const struct case_word day_##name##_words[DAY_##name##_n];
DAY_SETS(DAY_SET_DECLARE)
enum {
    DAY_answer_solved_now,
    DAY_answer_promised,
    DAY_answer_handed_on,
    DAY_answer_not_ours,
    DAY_answer_not_possible
};

/* What an officer answered. solved_now and not_possible are his report: she is asked, there (day_her_answer).
 * promised plans the call that tells her; handed_on and not_ours are notes: handing over is a step of its
 * own. The last answer counts. */
struct day_answer {
    str answer;
    str words;   /* needed, but for promised */
    int64_t day; /* promised, not_possible: when; else 0 */
    str reason;  /* not_possible: of CASE_REASONS */
    str office;  /* code of the body that answers; may be empty */
    str post;    /* "Assistant Engineer"; never a name */
    struct day_record from;
};
err day_answer(struct ctx *c, const struct event_view *v, const case_ref *ref, const struct day_answer *n);
/* Her own word about it, said there. */
err day_her_answer(struct ctx *c, const struct event_view *v, const case_ref *ref, str outcome,
                   const struct day_record *from);

/* Those whose turn it is first: within the hours for women (or at an event for women) the women. */
err day_cases(struct ctx *c, const struct event_view *v, struct q_event_case_list **out, size_t *out_n);
bool day_womens_hours(const struct ctx *c, const struct event_view *v);
/* NOT_FOUND: no matter of this event. */
err day_case(struct ctx *c, const struct event_view *v, const case_ref *ref, struct case_view *out_case,
             struct q_event_case_get *out);

#endif
