/* partner.h: offices that learn from each other (twinning), and groups that meet again and again.
 *
 * A twinning has a host of the district and a partner there or elsewhere, goals, a plan of exchanges (each of
 * which becomes an event of kind "exchange"), and one list of what an office can do, filled in by both before
 * and after. A group is a series of events of one kind with members by post: no names. Whoever may read
 * events reads what lies in her districts; what changes something belongs in a write job, for those who plan
 * events there. Out of reach is NOT_FOUND.
 */
#ifndef SUNWAI_PARTNER_H
#define SUNWAI_PARTNER_H

#include "event.h"
#include "partner.sql.h"
#include "partner_words.h"

enum {
    PARTNER_NAME_MAX = 200,
    PARTNER_WORDS_MAX = 1000,
    PARTNER_EXCHANGES_MAX = 60,
    PARTNER_MEMBERS_MAX = 100,
    PARTNER_LEVEL_TOP = 3,
    PARTNER_EVENTS_SHOWN = 50,
    CIRCLE_EVENTS_SHOWN = 50,
    PARTNER_LIST_MAX = 500 /* in one list */
};

struct twinning_new {
    str host;         /* code of an office of the district */
    str partner;      /* code of an office known here; STR_NONE: partner_name says which */
    str partner_name; /* of one elsewhere; only without a code */
    str goals, plan;
    int64_t from_day, to_day;
};
/* TW-PK526-001. INVALID with field host, partner, partner_name, goals or to_day. */
err twinning_make(struct ctx *c, const struct twinning_new *n, str *out_code);

struct twinning_view {
    struct q_twinning_get row;
    str host_name, partner_name; /* on a reader */
};
err twinning_find(struct ctx *c, str code, struct twinning_view *out);
err twinning_all(struct ctx *c, struct twinning_view **out, size_t *out_n);

/* INVALID with field planned or what; LIMIT past PARTNER_EXCHANGES_MAX. */
err twinning_exchange(struct ctx *c, str code, int64_t day, str words);
/* It becomes this event, or another one than before: of kind exchange, in the same district, not called off.
 * INVALID with field event, or no: there is no such exchange. */
err twinning_held(struct ctx *c, str code, int64_t no, str event);
err twinning_exchanges(struct ctx *c, const struct twinning_view *v, struct q_twinning_exchanges **out,
                       size_t *out_n);
/* Whether it took place: its event was opened. One that is still planned, or was called off, is no exchange
 * held. */
bool exchange_was_held(const struct q_twinning_exchanges *x);
/* Events of the district at which one may have been held: PARTNER_EVENTS_SHOWN of those that are none of an
 * exchange yet. */
err twinning_events(struct ctx *c, const struct twinning_view *v, struct q_twinning_events **out,
                    size_t *out_n);

/* levels[i] is of the i-th item of PARTNER_ITEMS; what is not given stays as it was. */
struct twinning_levels {
    struct opt_i64 at[PARTNER_item_n];
};
err twinning_check(struct ctx *c, str code, str part, str when, const struct twinning_levels *levels);
/* By part and by when, in the order of their sets; sums are of the items that have both levels. */
struct twinning_checks {
    struct twinning_levels of[PARTNER_part_n][PARTNER_when_n];
    int64_t sums[PARTNER_part_n][PARTNER_when_n];
    int64_t both[PARTNER_part_n];
};
err twinning_checked(struct ctx *c, const struct twinning_view *v, struct twinning_checks *out);

struct circle_new {
    str kind, series, goals;
};
/* GR-PK526-001. INVALID with field series; CONFLICT: there is one. */
err circle_make(struct ctx *c, const struct circle_new *n, str *out_code);
err circle_find(struct ctx *c, str code, struct q_circle_get *out);
err circle_all(struct ctx *c, struct q_circle_get **out, size_t *out_n);
struct circle_member {
    str side, post;
    str office; /* code; STR_NONE: none */
};
/* From today on. INVALID with field side, post or office. */
err circle_join(struct ctx *c, str code, const struct circle_member *m);
/* Until today; NOT_FOUND: nobody of that number belongs to it. */
err circle_leave(struct ctx *c, str code, int64_t no);
err circle_members(struct ctx *c, const struct q_circle_get *g, struct q_circle_members **out, size_t *out_n);
err circle_events(struct ctx *c, const struct q_circle_get *g, struct q_circle_events **out, size_t *out_n);

/* Offices that can be chosen by this person, with names. */
err partner_offices(struct ctx *c, struct q_partner_offices **out, size_t *out_n);

#endif
