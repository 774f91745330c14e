/* cnic.h: the shape of a Pakistani identity card number, ddddd-ddddddd-d (also NICOP, POC).
 *
 * Shape only: there is no check digit, and nothing about a person is inferred from it.
 */
#ifndef SUNWAI_CNIC_H
#define SUNWAI_CNIC_H

#include "arena.h"
#include "err.h"

typedef struct cnic {
    char digits[13]; /* not terminated */
} cnic;

err cnic_of(struct arena *a, str typed, cnic *out); /* any dashes, spaces, digits; INVALID */
str cnic_text(struct arena *a, cnic c);             /* with dashes */

#endif
