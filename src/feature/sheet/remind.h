/* remind.h: whoever has to act on a sheet is reminded, once for each sheet, version and stage.
 *
 * Stages: put forward (the day it was due is over), verify and approve (REMIND_AFTER_DAYS after the step
 * before). A sheet that is due and was never begun is begun, as a draft, by the program. One outbox row is
 * written for each (news "sheet.remind_submit", "sheet.remind_verify", "sheet.remind_approve"), and beside it
 * who is reminded: of a returned sheet its author; else the desk of the district, or its supervisors where
 * there is no desk; then its monitor, or where there is none (or she had the sheet in her hands) those of the
 * province. A reminder says which sheet and until when, in the reader's language, and nothing of what stands
 * on it.
 */
#ifndef SUNWAI_REMIND_H
#define SUNWAI_REMIND_H

#include "activity.h"
#include "remind.sql.h"

enum {
    REMIND_AFTER_DAYS = 3,
    REMIND_BACK_DAYS = 366, /* events longer ago are nobody's daily work */
    REMIND_AT_ONCE = 40,    /* in one write job */
    REMIND_PEOPLE_MAX = 20  /* of one sheet */
};

/* One round, as a write job of the program; *out_done 0: there was nothing to do. */
err sheet_remind(struct ctx *c, int64_t *out_done);

/* What this person was reminded of and has not been done since, the oldest due first. */
err sheet_reminders(struct ctx *c, struct q_remind_mine **out, size_t *out_n);

#endif
