/* range.h: which bytes of an answer a Range header asks for (RFC 9110, 14.1 and 14.2).
 *
 * A pure function. One stretch of bytes; whoever asks for several, in another unit or for nothing that can be
 * understood gets the whole, as the RFC has it.
 */
#ifndef SUNWAI_RANGE_H
#define SUNWAI_RANGE_H

#include "str.h"

enum range {
    RANGE_WHOLE, /* no header, or none that counts */
    RANGE_PART,  /* *out_from and *out_n are set, n above 0 */
    RANGE_BEYOND /* it begins behind the end: 416 */
};
/* header: its value, STR_NONE when there is none; whole: the length of all. */
enum range range_of(str header, size_t whole, size_t *out_from, size_t *out_n);

#endif
