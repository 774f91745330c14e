/* case_write.h: the two writes of this feature, shared by API, desk and public pages: filing and acting.
 *
 * Each way in has its own names for the same inputs, in the same order; so there is one write function for all.
 */
#ifndef SUNWAI_CASE_WRITE_H
#define SUNWAI_CASE_WRITE_H

#include "case.h"
#include "route.h"

enum file_input {
    F_SERVICE,
    F_UNIT,
    F_WORDS,
    F_PLACE,
    F_NAME,
    F_PHONE,
    F_WHOSE,
    F_SAFE,
    F_SEX,
    F_ADDRESS,
    F_LANG,
    F_CHANNEL,
    F_N
};
extern const char *const choices_sex[];
extern const char *const choices_whose[];
extern const char *const choices_lang[];
extern const char *const choices_channel[];

err write_case(struct ctx *c, const struct given *in, struct receipt *out);
/* The same from the public page: the actor is nobody, the channel is not asked. */
err write_case_public(struct ctx *c, const struct given *in, struct receipt *out);

enum act_input {
    A_REF,
    A_ACTION,
    A_TO,
    A_WORDS,
    A_RESULT,
    A_OUTCOME,
    A_VIA,
    A_DESCRIPTION,
    A_SERVICE,
    A_UNIT,
    A_PHONE,
    A_N
};
extern const char *const choices_action[]; /* without "file" */
extern const char *const choices_result[];
extern const char *const choices_outcome[];
extern const char *const choices_via[];
extern const char *const choices_state[];

/* in[A_REF] .. in[A_N - 1]; what stands behind is the caller's own. */
err write_act(struct ctx *c, const struct given *in, struct receipt *out);
/* Whose identity a page shows whose first input is the reference: for the audit chain. */
err look_case(struct ctx *c, const struct given *in, struct audit_entry *io);
void act_of(const struct given *in, struct case_act *out);
void receipt_of(struct ctx *c, const struct case_receipt *done, struct receipt *out);

#endif
