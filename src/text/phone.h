/* phone.h: a telephone number of Pakistan in E.164 ("+923001234567").
 *
 * Any spacing, dashes, brackets, 0092/+92/92/0 prefix (or none before a mobile's 3XX), invisible marks pasted
 * along, and any of the three sets of digits are accepted.
 * Mobile 03XX-XXXXXXX; landlines 9 to 11 digits with the 0. A foreign number is accepted with its + and 8 to
 * 15 digits (ITU-T E.164). The prefix tells nothing about the operator (portability).
 */
#ifndef SUNWAI_PHONE_H
#define SUNWAI_PHONE_H

#include "arena.h"
#include "err.h"

typedef struct phone {
    str e164; /* never empty in a valid phone */
} phone;

err phone_of(struct arena *a, str typed, phone *out); /* INVALID; LIMIT when a is full */
str phone_local(struct arena *a, phone p);            /* 0300-1234567; a foreign one as it is */
str phone_masked(struct arena *a, phone p); /* 0300-•••••67, +44••••••••23 */

#endif
