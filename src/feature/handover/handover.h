/* handover.h: no wrong door: a matter that another institution has to do is handed over to it and followed.
 *
 * Nothing is discarded: for each institution a row says when it was given there, under which number, when
 * somebody looks again and what came back, in their words and in ours. Any number of them may be out for one
 * case; it counts as handed over until the last outcome is back, and then she is asked (case_kind.h). What
 * they learn of her follows her consent: where the matter is private nothing goes without it, elsewhere it
 * goes without her name. The desk never lends an account of its own, and nobody who works here stands in for
 * her.
 *
 * Dates to look again are those of the institution (20 and 41 days for the Citizen Portal, whose limit ends
 * at 40); each is a call to her as well. Who reaches the case and works at the desk or above it may use this;
 * the department sees nothing of it. What changes something belongs in a write job.
 */
#ifndef SUNWAI_HANDOVER_H
#define SUNWAI_HANDOVER_H

#include "case.h"
#include "cnic.h"
#include "handover.sql.h"

enum {
    HANDOVER_OUT_MAX = 50, /* institutions for one case */
    HANDOVER_NUMBER_MAX = 60,
    HANDOVER_WORDS_MAX = 1000,
    HANDOVER_LOOKS_MAX = 8
};

/* Whose account there; "desk" is known only to be refused. */
#define HANDOVER_ACCOUNTS(X)           \
    X("hers", MSG_HANDOVER_HERS)       \
    X("family", MSG_HANDOVER_FAMILY)   \
    X("none", MSG_HANDOVER_NO_ACCOUNT) \
    X("desk", MSG_HANDOVER_DESKS)
#define HANDOVER_OUTCOMES(X)                   \
    X("granted", MSG_HANDOVER_GRANTED)         \
    X("partly", MSG_HANDOVER_PARTLY)           \
    X("not_granted", MSG_HANDOVER_NOT_GRANTED) \
    X("no_answer", MSG_HANDOVER_NO_ANSWER)
#define HANDOVER_SETS(SET) SET(account, HANDOVER_ACCOUNTS) SET(result, HANDOVER_OUTCOMES)
#define HANDOVER_SET_DECLARE(name, LIST)                                       \
    enum { HANDOVER_##name##_n = 0 LIST(CASE_COUNT_ONE) };                     \
    extern const char *const handover_##name##_codes[HANDOVER_##name##_n + 1]; \
    extern const struct case_word handover_##name##_words[HANDOVER_##name##_n];
HANDOVER_SETS(HANDOVER_SET_DECLARE)

/* An institution, as somebody chooses it. Names are in ctx->lang. */
struct portal {
    int64_t id;
    str code, name;
    str place;                         /* address, web page or office; may be empty */
    str helpline;                      /* numbers in words; may be empty */
    str way;                           /* form, call, letter */
    str form_lang;                     /* code of the language in which their form is filled in */
    str fields;                        /* what they ask, in their order; see handover_sheet.h */
    bool account;                      /* they ask for an account and a one-time code */
    bool fits;                         /* it takes matters of this service */
    bool verify;                       /* nobody has verified this row yet */
    int64_t escalated_days;            /* 0: none */
    int64_t looks[HANDOVER_LOOKS_MAX]; /* days after which to look there */
    size_t looks_n;
};
/* Those of the province of a case, what takes its matters first. */
err portals_for(struct ctx *c, const struct case_view *v, struct portal **out, size_t *out_n);
/* In force there today; NOT_FOUND. */
err portal_find(struct ctx *c, const struct case_view *v, str code, struct portal *out);
/* Whether in force or not: for what was handed over long ago. */
err portal_known(struct ctx *c, str code, struct portal *out);
/* In their words, with ours. */
struct portal_word {
    str code; /* ours: handover_result_codes */
    str text;
};
err portal_words(struct ctx *c, int64_t portal_id, struct portal_word **out, size_t *out_n);

/* One hand-over of a case, as the desk, those above it and the complainant see it. */
struct handover_row {
    int64_t no; /* 1, 2, … of the case */
    str portal_code, portal;
    str number; /* there; empty: not known yet */
    int64_t given_day;
    int64_t days;                 /* out: until today; else until the outcome */
    int64_t next_day, looked_day; /* 0: none */
    bool out;                     /* nothing is back yet */
    bool escalated;               /* out, and past the institution's own limit */
    bool named;                   /* she agreed that they learn who she is */
    bool code_taken, warm;
    str account, receiver;
    str outcome;      /* code, in our words; empty: nothing is back */
    str outcome_text; /* in theirs */
    int64_t outcome_day;
};
/* All of a case, in the order in which they were given away; none for whom it is not: an officer. The
 * receiver and the account are told to nobody but the desk and those above it. */
err handover_of(struct ctx *c, const struct case_view *v, struct handover_row **out, size_t *out_n);
err handover_find(struct ctx *c, const struct case_view *v, int64_t no, struct handover_row *out);
/* Whether this person may hand the case over now. */
bool handover_may(struct ctx *c, const struct case_view *v);

struct handover_new {
    str portal;
    str consent;     /* yes, no: that it is passed on; STR_NONE: as she said before */
    str account;     /* hers, family, none */
    phone phone;     /* of that account; held against the numbers of those who work here, then forgotten */
    cnic cnic;       /* the same; digits[0] is 0: not given */
    bool code_taken; /* the one-time code was taken while she was here */
    str number;      /* there; STR_NONE: comes later */
    bool warm;
    str receiver;
};
struct handover_receipt {
    struct case_receipt done;
    int64_t no;
};
/* INVALID (fail->field) when the institution is unknown, the account is the desk's or of somebody who works
 * here, or she did not agree; CONFLICT when the case is at a step where it is not handed over. */
err handover_give(struct ctx *c, const case_ref *ref, const struct handover_new *n,
                  struct handover_receipt *out);
/* The number there, typed back from the screen or the paper. */
err handover_number(struct ctx *c, const case_ref *ref, int64_t no, str number, struct case_receipt *out);
/* Somebody looked there: nothing yet. next_day 0: the institution's next date, else a week later. CONFLICT
 * when it was looked at today already, or its outcome is back. */
err handover_look(struct ctx *c, const case_ref *ref, int64_t no, int64_t next_day, struct case_receipt *out);
/* What came back: in our words, and in theirs. After the last one she is asked. */
err handover_outcome(struct ctx *c, const case_ref *ref, int64_t no, str outcome, str words,
                     struct case_receipt *out);

/* What is out in the places that are hers, the next date to look first; limit + 1 rows are never needed:
 * *out_more. */
struct handover_list {
    int64_t after_day, after_id, limit;
};
err handover_out(struct ctx *c, const struct handover_list *in, struct q_external_out **out, size_t *out_n,
                 bool *out_more);

#endif
