/* desk.h: what a Women Facilitation Desk needs besides the rules of a case: unfinished forms, calls that are
 * due, and the people behind a telephone number.
 *
 * Everything here is for the desk of one district. What changes something belongs in a write job.
 */
#ifndef SUNWAI_DESK_H
#define SUNWAI_DESK_H

#include "case.h"
#include "desk.sql.h"

/* ---- unfinished forms ----
 *
 * A form being filled is kept for the account that fills it, whatever happens to browser, session or power.
 * It holds who somebody is, so it stands encrypted, with a key that is destroyed when the draft ends:
 * registered, thrown away, or not touched for DRAFT_DAYS. */
enum { DRAFT_DAYS = 7, DRAFTS_KEPT = 20, DRAFT_MAX = 60000 };

/* Keeps `content` under the code that came with the form, in place of what was kept there. Beyond DRAFTS_KEPT
 * the oldest ends. LIMIT past DRAFT_MAX. */
err draft_keep(struct ctx *c, str code, str content);
/* The actor's own; NOT_FOUND otherwise. */
err draft_read(struct ctx *c, str code, str *out_content);
err draft_list(struct ctx *c, struct q_draft_list **out, size_t *out_n);
/* Ending one that is not there is no failure. */
err draft_end(struct ctx *c, str code);
/* Job: ends those nobody came back to. */
err draft_expire(struct ctx *c, int64_t *out_done);

/* ---- calls ----
 *
 * Somebody is to be asked, told, visited or looked up for; only at a number and in hours that are safe for
 * her. Without such a number she is asked when she comes. */
enum { CALLS_SHOWN = 100 };
enum call_time { CALL_NOW, CALL_LATER, CALL_WHEN_SHE_COMES, CALL_TIMES };

/* Those that are due today or before, of the actor's district, the longest due first. */
err calls_due(struct ctx *c, struct q_calls_due **out, size_t *out_n);
enum call_time call_time_of(const struct q_calls_due *row, int64_t now_ms);
/* `when` is a code of CASE_WHENS, or empty: never asked. */
bool call_hour_safe(str when, int hour);
/* What another institution has to do and nobody handed over yet. */
err elsewhere_waiting(struct ctx *c, struct q_elsewhere_waiting **out, size_t *out_n);

#endif
