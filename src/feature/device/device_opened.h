/* device_opened.h: a record that was opened: whose it is, what it is, and its inputs, checked as the route
 * that the same thing has online checks them.
 *
 * Nothing of it is written anywhere; it lives in the arena that it was opened in, which its owner clears.
 */
#ifndef SUNWAI_DEVICE_OPENED_H
#define SUNWAI_DEVICE_OPENED_H

#include "case_write.h"
#include "device_record.h"
#include "input.h"

enum opened_kind {
    OPENED_FILING,
    OPENED_MATTER,
    OPENED_COUNT,
    OPENED_NEED,
    OPENED_PERSON,
    OPENED_TOKEN,
    OPENED_ANSWER,
    OPENED_FILE,
    OPENED_GONE, /* what was deleted on the device before it was sent */
    OPENED_KINDS
};
extern const char *const opened_kinds[OPENED_KINDS + 1];

/* Filing and matter: behind what is asked at the desk. */
enum { OF_AGREED = F_N, OF_ALONE, OF_TOKEN, FILING_INPUTS };
enum { OT_NO, OT_SEX, OT_STATE, TOKEN_BRING_INPUTS };
enum { OI_ALONE, FILE_BRING_INPUTS };
enum { OG_SEQ, OG_KIND, OG_AT, OG_REF, OG_WHY, OG_RECORD, GONE_INPUTS };

struct opened {
    enum opened_kind kind;
    str kind_code;
    str by, device, event, of, reference; /* as it says; may be empty */
    str ticket;                           /* of the pack that it was recorded with; may be empty */
    str service;                          /* what it is about, as it was sent, whatever the kind */
    int64_t told_ms;                      /* by the device's clock, put right */
    int64_t seq;                          /* as the device counts its records; 0: not said */
    str content, hash;
    struct raws raws; /* all of it */
    const struct input *inputs;
    size_t inputs_n;
    struct given *in; /* as many */
    int faults;
};

/* From sealed bytes to the JSON and the content. INVALID: it does not open or is none; NOT_FOUND: sealed to a
 * key that is none of ours; DENIED: to one whose time is over. */
err opened_plain(struct ctx *c, const struct q_device_record_get *r, str *out_json, str *out_content);
/* INVALID: it is not what a device writes. Faults of single inputs are no failure: they stand in `in`, in
 * `lang`. `ref` of the case that it belongs to; may be empty. */
err opened_read(struct ctx *c, const struct q_device_record_get *r, str json, str content, enum lang lang,
                struct opened *out);
/* Checks its inputs, `ref` being the number of the case that it answers; may be empty. */
err opened_check(struct arena *a, enum lang lang, str ulid, str ref, struct opened *io);
/* How the same thing is written online; NULL: by a rule of its own. */
write_fn opened_write(enum opened_kind kind);

/* ---- device_filed_api.c: filings and matters ---- */

bool opened_told(const struct opened *o); /* it is one of these */
/* What she says about the desk itself, also where the rest is wrong: the desk never reads it. */
bool opened_past(const struct opened *o);
/* Whether a case goes past the desk; none does not. */
err opened_past_case(struct ctx *c, int64_t home, struct opt_i64 case_id, bool *out);
/* Whether what this belongs to goes past the desk; what cannot be read any more may have. */
err opened_past_of(struct ctx *c, const struct q_device_record_get *r, const struct opened *o, bool *out);
/* Something was deleted there: said of it, whoever may still record. */
err opened_gone(struct ctx *c, const struct q_device_record_get *r, const struct opened *o,
                struct opt_i64 by);
/* Whether it is about what is only pointed to: of that nothing may stay. Looked at before anything else of
 * it, as it came: also of one that is wrong in other ways. */
err opened_pointed(struct ctx *c, const struct opened *o, bool *out);
/* Makes the case that it tells of, with the number that it holds, from when it was told; `in` as `o->in` up
 * to F_N, whoever typed them. In a write job. */
err opened_file(struct ctx *c, const struct q_device_record_get *r, const struct opened *o,
                const struct given *in, struct case_receipt *out);
err opened_case(struct ctx *c, const struct case_receipt *done, struct opt_i64 *out_id);

#endif
