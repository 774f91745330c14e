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
#include "case_words.h"
#include "caseref.h"
#include "catalogue.h"
#include "phone.h"
#include "place.h"
#include "store.h"
#include "vault.h"

enum {
    CASE_WORDS_MAX = 3000,
    CASE_LIST_MAX = 200,
    CASE_STEPS_SHOWN = 100,
    CASE_NOTES_A_DAY = 30,
    CASE_NAME_MAX = 200,
    CASE_SIGNED_MAX = 500,      /* who may sign one case, besides her who brings it */
    CASE_DIFFICULTIES_ASKED = 6 /* seeing, hearing, walking, remembering, self-care, being understood */
};

/* What is told at filing. Anything but service, unit, words and sex may be missing (STR_NONE). */
struct case_new {
    str kind;    /* complaint (when missing), application, suggestion */
    str service; /* code */
    str unit;    /* code of a district or of any unit below it; a locality known in `place` makes it nearer */
    str words;
    str place;      /* landmark, street: where the fault is, not where she lives */
    str lang;       /* to write to her in */
    str spoken;     /* what she speaks */
    str channel;    /* desk, phone, public, event */
    str sex;        /* woman, man, transgender, not_stated */
    str behalf;     /* self (when missing), mother, cso, group */
    bool anonymous; /* nothing that says who she is is kept, whatever else is told */
    str name;
    str alias;
    str relation, relation_name; /* wife of, daughter of … */
    str cnic;                    /* as typed; any form */
    phone phone;                 /* e164.p NULL: none */
    str whose_phone;
    str address;
    bool safe_call; /* she said it is safe to call that number */
    bool safe_sms;  /* … and to write to it */
    str when;       /* when to call */
    str age, minority;
    str difficulty[CASE_DIFFICULTIES_ASKED]; /* none, some, lot, cannot; STR_NONE: not asked */
    str consent[CASE_purpose_n];             /* yes, no; STR_NONE: not asked */
    str signatories;                         /* of a group: one name in a line */
    str documents;                           /* of an application: codes of what she brought, one in a line */
    str same_as;                             /* "me too": reference of the case of the same fault */
    bool past_desk; /* it is about the desk, its staff, or the office in whose house it stands */
    const struct case_hold
        *hold;        /* it has its number already, held for this one; NULL: it is given one now */
    case_ref ref;     /* … and this is it */
    int64_t filed_ms; /* when she told it, where that was earlier than now: at most CASE_LATE_DAYS; 0: now.
                         Terms and promises count from there; its first step says when it came here */
    str room;         /* whether a member of the rota shall leave the room: "nobody", or whose user name;
                         STR_NONE: she was not asked */
};

/* ---- numbers drawn ahead ----
 *
 * For a device that may be without a network, and for a pad of paper forms: drawn at random as every number
 * is, used by its holder's filing alone (case_new.hold), never given out twice. Write jobs, but for the
 * list. */
enum { CASE_HELD_ONCE = 200, CASE_LATE_DAYS = 60 };
enum case_holder { CASE_HELD_DEVICE, CASE_HELD_PAD };
struct case_hold {
    int64_t home;
    enum case_holder holder;
    int64_t id; /* of the device, of the pad */
};
/* out has room for n. LIMIT: more than CASE_HELD_ONCE. The caller writes to the audit chain for whom. */
err case_refs_hold(struct ctx *c, const struct case_hold *by, size_t n, case_ref *out);
/* By number, at most `limit`, behind `after` (STR_NONE: from the start). */
err case_refs_held(struct ctx *c, const struct case_hold *by, str after, int64_t limit,
                   struct q_case_held_list **out, size_t *out_n);
/* No case gets it any more. NOT_FOUND: it is not held by this one; CONFLICT: it has its case. */
err case_ref_bar(struct ctx *c, const struct case_hold *by, const case_ref *ref);
/* Whether a new case may have it. INVALID: it is not held by this one, or barred; CONFLICT: it has its case.
 */
err case_ref_takes(struct ctx *c, const struct case_hold *by, const case_ref *ref);
/* The PIN that goes with a held number, before and after there is a case (until she is given another). */
void case_held_pin(struct ctx *c, const case_ref *ref, char out[PIN_LEN]);
/* Others may know the PIN of this case: it opens nothing any more. The desk gives her another one when she
 * comes. In a write job; whoever calls says in the audit chain why. */
err case_pin_retire(struct ctx *c, const case_ref *ref);

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
 * wrong tries. In a write job: a wrong try is counted. Of a number that was drawn ahead and has no case is
 * said where it stands, but to nobody without its PIN. */
enum case_opened {
    CASE_PIN_WRONG, /* or nobody's number */
    CASE_PIN_RIGHT,
    CASE_PIN_AWAY,  /* on a slip of a device or pad; what was taken down has not come */
    CASE_PIN_BARRED /* … and will not: given back, struck out, lost */
};
err case_open_by_pin(struct ctx *c, const case_ref *ref, str pin, enum case_opened *out);
/* What stands for a case in her browser once its PIN opened it. Another PIN voids it: case_of_key() is
 * NOT_FOUND then. */
err case_key(struct ctx *c, const case_ref *ref, str *out);
err case_of_key(struct ctx *c, str key, case_ref *out);
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
    enum case_kind kind;
    int64_t told_n; /* how many told of the same fault: this case and those that joined it */
};
err case_find(struct ctx *c, const case_ref *ref, struct case_view *out);
/* Whether it goes past the desk that stands there: for whoever reaches it. */
err case_past_desk(struct ctx *c, const struct case_view *v, bool *out);
/* What she said about members in the room: "nobody", "somebody"; empty: she was not asked. */
err case_room(struct ctx *c, const struct case_view *v, str *out);
/* The latest CASE_STEPS_SHOWN steps, newest first; *out_more: there are older ones. What this person may not
 * read of a step is left out. */
err case_timeline(struct ctx *c, const struct case_view *v, struct q_step_list **out, size_t *out_n,
                  bool *out_more);

struct case_identity {
    str name;
    str alias;
    str relation, relation_name;
    str cnic;
    str phone;
    str address;
    str whose_phone;
    str when;
    bool safe_call, safe_sms;
    str difficulty[CASE_DIFFICULTIES_ASKED]; /* empty: not asked */
    const str *signatories;
    size_t signatories_n;
};
/* Only for the desk of her district, and only when the look is in the audit chain: else DENIED. The
 * department sees no name, number or home address. NOT_FOUND when it was erased. Where the desk is passed by,
 * whoever has her asked in its place (case_calls_for) is given what a call needs and nothing else: her
 * name or alias, the number, whose it is and when to call. */
err case_identity(struct ctx *c, const struct case_view *v, struct case_identity *out);
/* What she agreed to last, for each purpose of CASE_PURPOSES: "yes", "no" or empty (not asked). For whoever
 * reaches the case. */
err case_consents(struct ctx *c, const struct case_view *v, str out[CASE_purpose_n]);
/* Documents of an application that she brought, and those still missing. */
struct case_paper {
    str code, name;
    bool given;
};
err case_papers(struct ctx *c, const struct case_view *v, struct case_paper **out, size_t *out_n);
/* Whether this person is one to whom identity may be shown. */
bool case_identity_for(const struct actor *who, const struct case_view *v);
/* Whether this person is one who calls her: the desk; of what goes past it, the ADC of the office that looks
 * into it, and nobody else. */
bool case_calls_for(const struct actor *who, const struct case_view *v);

/* Late, or due within today or seven days and not late. */
enum case_due { DUE_ANY, DUE_LATE, DUE_TODAY, DUE_WEEK };
enum { CASE_WEEK_DAYS = 7 };
/* The first instant behind today and so many days in all. */
int64_t case_due_until(const struct ctx *c, int64_t days);

/* What a list is asked by. Every member may be empty (STR_NONE, not given, 0). Lists are of the actor's
 * scope: her district, tehsil, division or province, or what was given to his office. */
struct case_filter {
    struct opt_i64 state;
    str kind;
    str service; /* code; STR_NONE: any */
    str unit;    /* code: a district, tehsil or council */
    str office;  /* code of the institution that has it */
    str officer; /* user name: given to him, or marked to him */
    str reason;  /* not possible now, and why; "any": whichever reason */
    str sex;
    str words;         /* search in the words; or a whole reference. Never a phone number: see people.h */
    bool open;         /* only what somebody still owes something on */
    bool late;         /* past its date, and open: the same as DUE_LATE */
    enum case_due due; /* … and open */
    bool unassigned;
    bool returned;                  /* came back from a department as not its own */
    bool unseen;                    /* something happened since this person looked at it */
    unsigned marks;                 /* enum case_mark bits that it has, all of them */
    int64_t from_month, to_month;   /* filed: yyyymm; 0: any */
    int64_t min_age_days;           /* filed at least so long ago */
    bool newest;                    /* newest first, instead of by due date */
    int64_t after_due_ms, after_id; /* 0, 0: from the start */
    int64_t limit;
};
/* By due date (newest first when words or `newest` are asked for); *out_more: there is another page behind
 * the last row. */
err case_list(struct ctx *c, const struct case_filter *f, struct q_case_list **out, size_t *out_n,
              bool *out_more);
/* How many a filter finds, counted up to `most`. */
err case_list_count(struct ctx *c, const struct case_filter *f, int64_t most, int64_t *out);

/* Officers to whom a case can be given: of its district, and of the departments above it. */
err case_officers(struct ctx *c, const struct case_view *v, struct q_officer_list **out, size_t *out_n);

/* What is done to a case. Which members an action needs stands in case_act.c's table. */
struct case_act {
    unsigned action;
    int64_t step;     /* the last step that she knew of; 0: not said. When there is a later one: CONFLICT */
    str to;           /* assign, mark: user name of an officer */
    str words;        /* what was asked, done, said; the reason */
    str result;       /* report_action: done, partly, not_possible; spot: done, not_possible */
    str reason;       /* … not_possible: no_funds, court_stay, higher_approval, not_technical */
    int64_t next_day; /* … and when it is looked at again; 0: not given */
    str outcome;      /* answer: solved, partly, not_solved */
    str via;          /* answer: desk, phone, public, proxy, event */
    str description;  /* amend */
    str service;      /* amend */
    str unit;         /* amend */
    phone phone;      /* amend; e164.p NULL: not. Whose it is and whether to call it is to be asked again */
    str whose_phone;  /* amend */
    struct opt_i64 safe_call, safe_sms; /* amend: 1 yes, 0 no; not given: as it was */
    str when;                           /* amend */
    str documents;                      /* amend: codes of missing papers that she brought, one in a line */
    str consent[CASE_purpose_n];        /* amend: what she agrees to from now on */
    str told;                           /* comment, by the desk: the call ("visit", "next") that it answers */
    bool some_back;                     /* outcome: another institution still has it */
    bool reported; /* close_unconfirmed, of what was taken over: an earlier programme reported it resolved */
};
err case_do(struct ctx *c, const case_ref *ref, const struct case_act *act, struct case_receipt *out);
/* It was put right before it was filed just now: a step as after CASE_AMEND keeps what stood there before. */
err case_corrected(struct ctx *c, const case_ref *ref, str what, str before);
/* Whether this person may try the action on the case now: what pages offer. */
bool case_may(struct ctx *c, const struct case_view *v, unsigned action);

/* The actor has this case before her eyes: see flow_seen(). In a write job. */
err case_seen(struct ctx *c, const case_ref *ref);
/* Whether case_seen() has something to write; for a reader. */
bool case_unseen(struct ctx *c, const case_ref *ref);
/* She lost her slip: from now on another PIN opens it. Two of the facts given must be right and none wrong
 * (each empty when she was not asked): what somebody who was there at filing remembers. In a write job: a
 * wrong one is counted as a wrong PIN is, so it is no failure of the job; *out_done says whether there is a
 * new PIN. INVALID with field "facts": fewer than two were given. */
struct case_facts {
    str name; /* hers, in any spelling that fold() knows as the same */
    phone phone;
    str place;         /* code of the tehsil or council where it is */
    str service;       /* code of what it is about */
    int64_t filed_day; /* within three days; 0: not asked */
};
err case_pin_new(struct ctx *c, const case_ref *ref, const struct case_facts *facts, bool *out_done);

/* How many cases of the actor's scope stand in each state, and in all by sex (of any state): complaints,
 * applications and suggestions apart. */
struct case_counts {
    int64_t by_state[CASE_STATES];
    int64_t all, women;
    int64_t no_funds; /* open, and not possible now for want of funds */
};
err case_count(struct ctx *c, enum case_kind kind, struct case_counts *out);
/* The share of complaints that women brought, of all districts: for the start page. Both numbers are 0 when
 * fewer than five of either sex are in it. */
err case_women_share(struct ctx *c, int64_t *out_women, int64_t *out_all);

/* Job: who could not be asked for CASE_SILENT_DAYS, for there is no way to reach her, is closed unconfirmed.
 */
err case_silent(struct ctx *c, int64_t *out_done);
/* Jobs: folds appended changes; compares the summary with the cases themselves, and mends it where it differs
 * (a fault of ours: logged and in the audit chain). */
err tally_fold(struct ctx *c, int64_t *out_done);
err tally_check(struct ctx *c, int64_t *out_done);

#endif
