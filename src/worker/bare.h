/* bare.h: a packed picture inside a paper, bared of what was written beside it, point for point the same.
 *
 * A PDF of photos holds them as the camera made them: place, time and camera stand in their segments, and
 * behind their end may stand another picture. What a reader of PDF needs is kept, all else left out. False:
 * it is no such picture, or its parts do not fit; *out is of no use then. In a child of the worker. Sources:
 * ITU-T T.81 annex B, JFIF 1.02, ISO 15444-1 annex I; ISO 32000-1, 7.4.8 and 7.4.9.
 */
#ifndef SUNWAI_BARE_H
#define SUNWAI_BARE_H

#include "buf.h"

bool bare_jpeg(str picture, struct buf *out);
bool bare_jpeg2000(str picture, struct buf *out); /* boxes, or the bare codestream */

#endif
