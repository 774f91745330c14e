/* caseref.h: the number of a case as people see it: nine random digits and a Damm check digit, 412-806-3359.
 *
 * The check digit (Damm 2004, the usual quasigroup of order 10) finds every single wrong digit and every
 * swap of neighbours, so that a mistyped number is told apart from an unknown one before anything is looked
 * up.
 */
#ifndef SUNWAI_CASEREF_H
#define SUNWAI_CASEREF_H

#include "arena.h"
#include "err.h"

typedef struct case_ref {
    char digits[10]; /* not terminated */
} case_ref;

case_ref case_ref_random(void);
err case_ref_of(struct arena *a, str typed, case_ref *out); /* any spaces, dashes, digits; INVALID */
str case_ref_digits(const case_ref *r);                     /* 4128063359; borrowed */
str case_ref_text(struct arena *a, case_ref r);             /* 412-806-3359 */
char damm_digit(str digits);

#endif
