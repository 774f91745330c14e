/* pdf.h: a paper drawn as a PDF: sheets with numbers at the foot, heads of tables on every sheet, subset
 * fonts.
 *
 * fonts_open() first. A function of the paper and the day (which stands in the file's properties).
 */
#ifndef SUNWAI_PDF_H
#define SUNWAI_PDF_H

#include "paper_model.h"

enum { PDF_SHEETS_MAX = 200, PDF_MAX = 16 << 20 };

/* LIMIT: more sheets than PDF_SHEETS_MAX, or more bytes than out takes; NOT_FOUND: there are no fonts. */
err pdf_of(const struct paper *p, struct buf *out, int *out_sheets);

#endif
