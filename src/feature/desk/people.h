/* people.h: the people behind a telephone number.
 *
 * A number is often shared: by sisters, by neighbours. So it leads to candidates, who are shown by alias only
 * (else as the first, the second …), never with their matter. Opening one needs her name; wrong names are
 * bounded like wrong PINs and every look is in the audit chain. People are told apart by their names, as far
 * as those are known; nobody is ever merged. For the desk of the district.
 */
#ifndef SUNWAI_PEOPLE_H
#define SUNWAI_PEOPLE_H

#include "case.h"

enum { PEOPLE_CASES_MAX = 100 }; /* of one number, the newest ones */

struct candidate {
    case_ref key;  /* her newest case, which stands for her */
    str alias;     /* empty: none was given */
    bool has_name; /* else nobody can open her this way */
};
/* Whether any case has this number; nothing is read. */
err people_known(struct ctx *c, phone number, bool *out);
/* Only when the look is in the audit chain: else DENIED. In the order in which they came first. */
err people_find(struct ctx *c, phone number, struct candidate **out, size_t *out_n);
/* In a write job: whether this is her name; a wrong one is counted (LIMIT when there were too many), a right
 * one is in the audit chain as a look. */
err people_open(struct ctx *c, const case_ref *key, str name, bool *out_right);
/* Her cases, newest first: those of her number and her name. Only when the look is in the audit chain. */
err people_cases(struct ctx *c, const case_ref *key, phone number, case_ref **out, size_t *out_n);

#endif
