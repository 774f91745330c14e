/* digits.h: the digits of a number that a person typed or pasted, whatever she put between them.
 *
 * Three sets of digits are known: 0-9, U+0660.. (Arabic) and U+06F0.. (Urdu, Pashto). Spaces of every kind,
 * dashes of every kind, and the invisible marks that a phone's address book pastes along are passed over.
 * Phone, cnic and caseref stand on it; so does a code that is typed from paper.
 */
#ifndef SUNWAI_DIGITS_H
#define SUNWAI_DIGITS_H

#include <stdbool.h>

#include "str.h"

/* The value of a digit of the three sets, -1 for anything else. */
int digit_value(uint32_t code_point);

/* Up to max ASCII digits into out. `also` are further ASCII characters to pass over; *out_plus (may be NULL:
 * then a plus is refused) tells of a plus before the first digit. False, with *out_n and *out_plus untouched
 * and out of no use, when anything else stands there or there are more than max digits. */
bool digits_typed(str typed, str also, char *out, size_t max, size_t *out_n, bool *out_plus);

#endif
