/* case_person.h: who brought a case, as it is kept: every field encrypted with the key of the case, apart
 * from its content. */
#ifndef SUNWAI_CASE_PERSON_H
#define SUNWAI_CASE_PERSON_H

#include "case.h"

/* The clock of every case: until its matter is dealt with. */
#define CASE_CLOCK S("resolve")

struct person {
    const struct case_new *told;
    int64_t home, case_id, key_no;
    int64_t signed_n; /* how many signed besides her */
    bool anonymous;   /* nothing of identity is kept */
};

/* How many names a group gave. */
int64_t person_signed(const struct case_new *n);
/* Whether there is a number that she wants to be called at. */
bool person_reachable(const struct person *who);
/* What may be counted of her: `otherwise` when she was not asked or does not want it. */
str person_figure(const struct person *who, str told, str otherwise);
/* "yes" when one of the six answers of the Washington Group short set is "a lot" or "cannot", "no", or empty.
 */
str person_disability(const struct person *who);
/* Identity, look-up of her number, signatories and consents. In the job that wrote the case. */
err person_write(struct ctx *c, const struct person *who);
/* A field of a case's identity; an empty one is NULL in the table. */
err person_seal(struct ctx *c, int64_t key_no, str field, str plain, str *out);
err person_unseal(struct ctx *c, int64_t key_no, str field, str sealed, str *out);
/* Another answer about what she agrees to, said with a step of the case; STR_NONE for a purpose: it was not
 * asked. */
err consent_write(struct ctx *c, int64_t home, int64_t case_id, int64_t step_no,
                  const str answers[CASE_purpose_n]);

#endif
