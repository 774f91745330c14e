/* event_close.h: the end of an event's day: its counts beside the paper sheet, who signed, closing; and the
 * follow-up event, which answers every direction of the one before it.
 *
 * Counts are computed from the roster and never typed; what stands on the paper is written beside them to be
 * compared, cell by cell. Where they differ (or there is no paper) closing waits for an explanation. It also
 * waits for a signature, by post and never by name, and, at a follow-up, for an answer to each direction of
 * its parent. A case without an answer on the spot or a token that still waits is said, and closing asks
 * whether it is so. What is closed is changed by nobody until it is reopened with a reason. All of it for
 * those who reach the event, in a write job; CONFLICT and DENIED as event_recordable() has them.
 */
#ifndef SUNWAI_EVENT_CLOSE_H
#define SUNWAI_EVENT_CLOSE_H

#include "direction.h"
#include "event.h"
#include "event_close.sql.h"

enum { CLOSE_PEOPLE_MAX = 20000, CLOSE_SIGNATURES_MAX = 40, CLOSE_MINUTES_MAX = 3000, CLOSE_POST_MAX = 120 };

/* How a sheet was signed. */
#define CLOSE_HOWS(X)                       \
    X("signature", MSG_CLOSE_HOW_SIGNATURE) \
    X("thumb", MSG_CLOSE_HOW_THUMB)         \
    X("refused", MSG_CLOSE_HOW_REFUSED)
/* Whether the women present agree that it is as was said. */
#define CLOSE_AGREES(X)           \
    X("yes", MSG_CLOSE_AGREE_YES) \
    X("no", MSG_CLOSE_AGREE_NO)   \
    X("not_asked", MSG_CLOSE_AGREE_NOT_ASKED)
#define CLOSE_SETS(SET) SET(how, CLOSE_HOWS) SET(agree, CLOSE_AGREES)
#define CLOSE_SET_DECLARE(name, LIST)                                    \
    enum { CLOSE_##name##_n = 0 LIST(CASE_COUNT_ONE) };                  \
    extern const char *const close_##name##_codes[CLOSE_##name##_n + 1]; \
    extern const struct case_word close_##name##_words[CLOSE_##name##_n];
CLOSE_SETS(CLOSE_SET_DECLARE)

/* The paper sheet; a cell that is not given does not stand on it. */
struct close_paper {
    struct opt_i64 at[EVENT_role_n][EVENT_sex_n];
};
/* In place of what was written before; `explained`: why they differ, may be empty. */
err close_paper_set(struct ctx *c, struct event_view *v, const struct close_paper *paper, str explained);
err close_minutes_set(struct ctx *c, struct event_view *v, str words);
/* INVALID: no post. */
err close_sign(struct ctx *c, struct event_view *v, str post, str how);
err close_unsign(struct ctx *c, struct event_view *v, int64_t no);

struct close_state {
    struct event_cells cells;
    struct close_paper paper;
    bool on_paper;     /* there is a cell at all */
    int64_t paper_all; /* the sum of its cells */
    int64_t differ_n;  /* cells that are not the same */
    struct q_close_sign_list *signs;
    size_t signs_n;
    int64_t unanswered, waiting; /* cases, tokens */
    int64_t later, later_ms;     /* records of devices that came when it was closed; when the last one did */
    int64_t owed;                /* directions of the parent that this event has not answered */
};
err close_state(struct ctx *c, const struct event_view *v, struct close_state *out);
/* CONFLICT (field "explained", "post", "follow", or "sure": something is open, and nobody said that it is
 * so). The step in the audit chain holds the seal of the figures: close_seal(). */
err close_event(struct ctx *c, struct event_view *v, bool sure);
/* CONFLICT while an approved data sheet stands on it: that is unlocked first (feature/sheet). */
err close_reopen(struct ctx *c, struct event_view *v, str why);
/* Stands for all figures of a closing sheet: also printed on it. */
err close_seal(struct ctx *c, const struct event_view *v, struct seal *out);

/* ---- directions of the day, and of the event before ---- */

/* direction_give() while the day is open; home, event and place are filled in. */
err close_direction(struct ctx *c, struct event_view *v, const struct direction_new *n, int64_t *out_no);

struct follow_row {
    struct direction_view direction;
    str answer; /* empty: none yet */
    str words;
    struct opt_i64 women;
    bool owed; /* this event has to answer it */
};
/* Of the parent's directions those that were not over before; none when it follows up nothing. */
err follow_list(struct ctx *c, const struct event_view *v, struct follow_row **out, size_t *out_n);
struct follow_answer {
    int64_t no; /* of the parent */
    str answer, words;
    str women;       /* yes, no, not_asked */
    int64_t due_day; /* of carried_on: the new date */
};
/* carried_on gives a new direction at this event, to the same office or side. */
err follow_answer(struct ctx *c, struct event_view *v, const struct follow_answer *n);

#endif
