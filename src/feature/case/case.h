/* case.h: one matter brought by a person, from filing to her own answer.
 *
 * Who may see and do what is decided here, alike for pages, API and jobs: a case out of one's reach is
 * NOT_FOUND, whatever the reason. The desk, supervisor and ADC reach the cases of their district, an officer
 * those given to his institution, a complainant the one that her PIN opened, an administrator none. Every
 * function that changes something belongs in a write job.
 */
#ifndef SUNWAI_CASE_H
#define SUNWAI_CASE_H

#include "account.h"
#include "case.sql.h"
#include "case_kind.h"
#include "caseref.h"
#include "catalogue.h"
#include "phone.h"
#include "place.h"
#include "store.h"
#include "vault.h"

enum { CASE_WORDS_MAX = 3000, CASE_LIST_MAX = 200, CASE_STEPS_SHOWN = 100, CASE_NOTES_A_DAY = 30 };

/* What is told at filing. Anything but service, unit, words and sex may be missing (STR_NONE). */
struct case_new {
    str service; /* code */
    str unit;    /* code of a district or of any unit below it */
    str words;
    str place;   /* landmark, street: where the fault is, not where she lives */
    str lang;    /* to speak to her in */
    str channel; /* desk, phone, public, event */
    str sex;     /* woman, man, transgender, not_stated */
    str name;
    phone phone; /* e164.p NULL: none */
    str whose_phone;
    str address;
    bool safe_call; /* she said it is safe to call or write to that number */
};

struct case_receipt {
    case_ref ref;
    unsigned state;
    int64_t due_ms; /* CASE_NO_DUE: no clock */
};

/* "None" as an instant: the open end of all validity. */
int64_t case_no_due(void);

/* INVALID with fail->field set to "service" or "unit": unknown, or of another district than the desk's own.
 */
err case_file(struct ctx *c, const struct case_new *n, struct case_receipt *out);

/* The PIN of a case as it is now; not stored anywhere. */
err case_pin(struct ctx *c, const case_ref *ref, char out[PIN_LEN]);
/* Whether reference and PIN belong together: the same path and time for unknown numbers; LIMIT after too many
 * wrong tries. In a write job: a wrong try is counted. */
err case_open_by_pin(struct ctx *c, const case_ref *ref, str pin, bool *out_right);
/* Lets a public actor reach the one case that her PIN opened. */
err case_admit(struct ctx *c, const case_ref *ref);

struct case_view {
    struct q_case_get row;
    struct q_flow_get flow;
    struct subject subject;
    unsigned state;
    str service_code;
    str service_name;
    str unit_code;
    str unit_name;   /* tehsil, district */
    str office_name; /* of the institution that has it; empty: nobody yet */
};
err case_find(struct ctx *c, const case_ref *ref, struct case_view *out);
/* The latest CASE_STEPS_SHOWN steps, newest first; *out_more: there are older ones. What this person may not
 * read of a step is left out. */
err case_timeline(struct ctx *c, const struct case_view *v, struct q_step_list **out, size_t *out_n,
                  bool *out_more);

struct case_identity {
    str name;
    str phone;
    str address;
    str whose_phone;
    bool safe_call;
};
/* Only for the desk of her district, and only when the look is in the audit chain: else DENIED. The
 * department sees no name, number or home address. NOT_FOUND when it was erased. */
err case_identity(struct ctx *c, const struct case_view *v, struct case_identity *out);
/* Whether this person is one to whom identity may be shown. */
bool case_identity_for(const struct actor *who, const struct case_view *v);

struct case_filter {
    struct opt_i64 state;
    str service; /* code; STR_NONE: any */
    str unit;
    str words;                      /* search; a phone number at the desk; a whole reference */
    bool open;                      /* only what somebody still owes something on */
    int64_t after_due_ms, after_id; /* 0, 0: from the start */
    int64_t limit;
};
/* By due date (newest first when words are asked for); *out_more: there is another page behind the last row.
 */
err case_list(struct ctx *c, const struct case_filter *f, struct q_case_list **out, size_t *out_n,
              bool *out_more);

/* Officers of the actor's district, to whom a case can be given. */
err case_officers(struct ctx *c, struct q_officer_list **out, size_t *out_n);

/* What is done to a case. Which members an action needs stands in case_act.c's table. */
struct case_act {
    unsigned action;
    str to;          /* assign: user name of an officer */
    str words;       /* what was asked, done, said; the reason */
    str result;      /* report_action: done, partly, not_possible */
    str outcome;     /* answer: solved, partly, not_solved */
    str via;         /* answer: desk, phone, public, proxy */
    str description; /* amend */
    str service;     /* amend */
    str unit;        /* amend */
    phone phone;     /* amend; e164.p NULL: not. Whose it is and whether to call it is to be asked again */
};
err case_do(struct ctx *c, const case_ref *ref, const struct case_act *act, struct case_receipt *out);
/* Whether this person may try the action on the case now: what pages offer. */
bool case_may(const struct ctx *c, const struct case_view *v, unsigned action);

/* How many cases of the actor's district stand in each state, and in all by sex (of any state). */
struct case_counts {
    int64_t by_state[CASE_STATES];
    int64_t all, women;
};
err case_count(struct ctx *c, struct case_counts *out);

/* Jobs: folds appended changes; compares the summary with the cases themselves, and mends it where it differs
 * (a fault of ours: logged and in the audit chain). */
err tally_fold(struct ctx *c, int64_t *out_done);
err tally_check(struct ctx *c, int64_t *out_done);

#endif
