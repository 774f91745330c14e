/* pad.h: pads of numbered paper forms: for the days without power, the open court on a field, the member who
 * goes from door to door.
 *
 * A pad has its numbers, drawn at random with it and held for it alone (case.h): the number on the paper is
 * the reference of its case, and the slip that she takes away has number and PIN before anybody typed
 * anything. Each form ends as a case, or struck out with a reason; what is neither is missing, and is asked
 * for. A pad that is lost is reported: none of its numbers becomes a case any more.
 *
 * The desk is the actor's own office, which must be a desk of her district, valid today; else DENIED.
 * NOT_FOUND: a pad of another desk. What changes something belongs in a write job.
 */
#ifndef SUNWAI_PAD_H
#define SUNWAI_PAD_H

#include "audit.h"
#include "case.h"
#include "pad.sql.h"

enum {
    PAD_FORMS_LEAST = 10,
    PAD_FORMS_MOST = 100,
    PAD_BLANK_MOST = 1000, /* forms of a desk that are neither used nor struck out nor lost */
    PADS_SHOWN = 50,
    PAD_TAKEN_MAX = 60
};

struct pad_desk {
    int64_t home, id;
    str code;
};
err pad_desk_own(struct ctx *c, struct pad_desk *out);

/* lang: "ur", "ps" or "en". INVALID with field "forms"; LIMIT past PAD_BLANK_MOST. */
err pad_order(struct ctx *c, int64_t forms, str lang, str *out_code);
err pad_find(struct ctx *c, str code, struct q_pad_by_code *out);
err pad_list(struct ctx *c, struct q_pad_by_code **out, size_t *out_n);
/* All of its forms, by number. */
err pad_forms(struct ctx *c, const struct q_pad_by_code *pad, struct q_pad_forms **out, size_t *out_n);
int64_t pad_missing(const struct q_pad_by_code *pad);

/* ---- what was written on a form ---- */

struct pad_fill {
    str pad;        /* code */
    case_ref ref;   /* the number on the paper */
    int64_t day;    /* the day that stands on it */
    str taken;      /* who took it down, as it stands there */
    bool read_back; /* it says that it was read back to her */
};
/* It becomes a case, by the same rules as one at the desk, with its own number. It is filed on the day of the
 * paper, where that is one of the last CASE_LATE_DAYS, else today: the pad keeps both. INVALID with field
 * "number" (no number of this pad, or struck out) or "day" (later than today); CONFLICT with field "number":
 * it is typed already. */
err pad_use(struct ctx *c, const struct pad_fill *f, const struct case_new *told, struct case_receipt *out);
/* why: a code of PAD_WHYS. INVALID and CONFLICT as above. */
err pad_spoil(struct ctx *c, str pad, const case_ref *ref, str why);
/* how: a code of PAD_LOSSES. Who has a pad that was lost or stolen, or copied it before, may know its PINs:
 * those of what was typed from it open nothing any more. CONFLICT: it was reported before. */
err pad_lose(struct ctx *c, str pad, str how);

/* ---- words ---- */

#define PAD_WHYS(X)                         \
    X("miswritten", MSG_PAD_WHY_MISWRITTEN) \
    X("damaged", MSG_PAD_WHY_DAMAGED)       \
    X("not_wanted", MSG_PAD_WHY_NOT_WANTED) \
    X("pointed", MSG_PAD_WHY_POINTED)       \
    X("other", MSG_PAD_WHY_OTHER)
#define PAD_LOSSES(X)                \
    X("lost", MSG_PAD_LOSS_LOST)     \
    X("stolen", MSG_PAD_LOSS_STOLEN) \
    X("destroyed", MSG_PAD_LOSS_DESTROYED)
#define PAD_STATES(X)                 \
    X("blank", MSG_PAD_STATE_BLANK)   \
    X("used", MSG_PAD_STATE_USED)     \
    X("spoilt", MSG_PAD_STATE_SPOILT) \
    X("lost", MSG_PAD_STATE_LOST)

/* ---- the audit chain ---- */

/* What stands there of a pad that was ordered: all of its numbers, in their order. */
err pad_seal(struct ctx *c, const struct q_pad_by_code *pad, struct seal *out);
/* What an order is recorded as: its pad, how many forms, and that seal. */
str pad_order_detail(struct ctx *c, str pad_code, int64_t forms, const struct seal *numbers);

struct pad_report {
    int64_t pads;       /* whose numbers are those that were drawn for them */
    str code;           /* the first that does not fit; empty: nobody knows its name any more */
    const char *broken; /* "numbers" (other ones, or other papers), "missing" (the pad is gone), "unrecorded"
                         * (nobody ordered it); NULL: all fits */
};
/* On a reader, behind audit_verify() whose report is `chains`. CONFLICT when broken. */
err pad_verify(struct ctx *c, const struct audit_report *chains, struct pad_report *out);

#endif
