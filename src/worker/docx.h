/* docx.h: a paper as a document of words that can be edited: WordprocessingML (ISO/IEC 29500) in a zip.
 *
 * A function of the paper alone: no date stands in it. Texts from the right are marked as such, in
 * paragraphs, runs and tables; the marks that keep numbers in order (U+2066 to U+2069), which office programs
 * do not all know, become U+200E and U+200F.
 */
#ifndef SUNWAI_DOCX_H
#define SUNWAI_DOCX_H

#include "paper_model.h"

enum { DOCX_MAX = 8 << 20 };

/* LIMIT: out is full or there is no memory. */
err docx_of(const struct paper *p, struct buf *out);

#endif
