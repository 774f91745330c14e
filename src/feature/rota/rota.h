/* rota.h: the desk as a place of work: host, operator, posts, opening days, and the elected members who take
 * turns there.
 *
 * A desk's people see their own desk, a supervisor or ADC those of her unit; any other is NOT_FOUND. A member
 * works only while her shift lasts: rota_turn() says so, and whoever resolves a session asks it. When the
 * term of her council is over she may go on, called a former member, once a letter endorses it. Every
 * function that changes something belongs in a write job, and is audited.
 */
#ifndef SUNWAI_ROTA_H
#define SUNWAI_ROTA_H

#include "account.h"
#include "place.h"
#include "rota.sql.h"
#include "store.h"

enum {
    ROTA_TEAM = 3, /* members on one day */
    ROTA_NOTES_SHOWN = 20,
    ROTA_NOTE_MAX = 1000, /* characters */
    ROTA_AHEAD_DAYS = 92, /* planned no further */
    ROTA_DAY_MINUTES = 24 * 60
};

/* The desk of that code, when c->actor may see it; with no code her own, or the first of her unit. */
err rota_desk(struct ctx *c, str code, struct q_rota_desk *out);
/* All that she may see. */
err rota_desks(struct ctx *c, struct q_rota_desk **out, size_t *out_n);

struct profile_new {
    str host;          /* code of an office of the district */
    str run_by;        /* host, cso, other */
    str operator_name; /* needed unless the host runs it */
    str letter, letter_by;
    int64_t letter_day; /* 0: none */
    str funder, room, phone;
};
/* NOT_FOUND: nobody has described the desk yet. */
err profile_now(struct ctx *c, int64_t desk, struct q_profile_get *out);
/* From today on; what was before stays in force for what was filed before. INVALID, field "host",
 * "operator". */
err profile_set(struct ctx *c, const struct q_rota_desk *desk, const struct profile_new *n);

/* A weekday's hours in minutes; from 0 to 0: closed. INVALID, field "to_hour". */
err hours_set(struct ctx *c, const struct q_rota_desk *desk, int64_t weekday, int64_t from, int64_t to);
/* Closed on one day; without a reason: open again. INVALID, field "day": it is past. */
err closed_set(struct ctx *c, const struct q_rota_desk *desk, int64_t day, str why);

/* A post that may open cases (role "desk") is held by an account of this desk with that role. INVALID, field
 * "login". An empty login: vacant. */
err post_set(struct ctx *c, const struct q_rota_desk *desk, str post, bool works, str login);
err post_over(struct ctx *c, const struct q_rota_desk *desk, int64_t no);

struct member_new {
    str login, seat, endorsed;
    int64_t seat_to_day;
};
/* INVALID: field "login" (no member of this desk by role), "endorsed" (her council's term is over, and no
 * letter says that she goes on). */
err member_set(struct ctx *c, const struct q_rota_desk *desk, const struct member_new *n);
/* From now on: a shift of hers that lasts is over too. */
err member_over(struct ctx *c, const struct q_rota_desk *desk, str login);
bool member_former(const struct q_member_list *m, int64_t on_day); /* her council's term is over */

/* One shift. INVALID, field "login" (not on the rota; or not endorsed on that day), "day" (past, or too far),
 * "to_hour"; CONFLICT: she has one on that day; LIMIT: three are there already. */
err shift_set(struct ctx *c, const struct q_rota_desk *desk, str login, int64_t day, int64_t from,
              int64_t to);
/* The open days of the week in which `day` lies, from today on, at the desk's hours, for one to three
 * members. Days on which one of them has a shift already are left as they are. INVALID, field "day": the
 * desk is not open in it. */
err week_plan(struct ctx *c, const struct q_rota_desk *desk, int64_t day, const str *logins, size_t n,
              int64_t *out_shifts);
/* She does not come; or `instead` comes. NOT_FOUND: there is no such shift. */
err shift_absent(struct ctx *c, const struct q_rota_desk *desk, str login, int64_t day);
err shift_swap(struct ctx *c, const struct q_rota_desk *desk, str login, int64_t day, str instead);
int64_t week_of(int64_t day); /* its Monday */

/* Whether a member's shift lasts now, and until when; else when her next one begins. */
struct rota_turn {
    bool on;
    int64_t day, from, to; /* minutes of the local day; day 0: none is planned */
};
err rota_turn(struct ctx *c, int64_t account_id, int64_t desk, struct rota_turn *out);
bool shift_lasts(const struct q_shift_list *s, int64_t now_ms);

/* What the next shift has to know. INVALID, field "words". */
err note_set(struct ctx *c, const struct q_rota_desk *desk, str words);

#endif
