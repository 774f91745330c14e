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

#endif
