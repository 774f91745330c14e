/* qr.h: a text as a QR code (libqrencode, byte mode, level M), drawn as one path of an SVG. */
#ifndef SUNWAI_QR_H
#define SUNWAI_QR_H

#include "arena.h"
#include "err.h"

struct qr {
    int64_t size; /* modules along an edge, with the quiet zone of four on each side (ISO/IEC 18004) */
    str path;     /* of the dark ones, in units of modules */
};

/* INVALID when the text is empty or too long for a slip; it holds no NUL. */
err qr_of(struct arena *a, str text, struct qr *out);
/* The same as bits, for whoever draws it himself: size x size, row by row from the top, the highest bit
 * first, dark ones set. */
err qr_bits(struct arena *a, str text, int64_t *out_size, str *out_bits);

#endif
