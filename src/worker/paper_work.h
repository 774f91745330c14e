/* paper_work.h: papers as the worker is asked for them: packed (paper_model.h) in, a file out.
 *
 * fonts_open() before the process confines itself; without fonts a PDF is NOT_FOUND, a DOCX is made all the
 * same. INVALID: no paper; LIMIT: too long for what out takes, or too many sheets.
 */
#ifndef SUNWAI_PAPER_WORK_H
#define SUNWAI_PAPER_WORK_H

#include "paper_model.h"

err paper_work_pdf(str packed, struct buf *out, int64_t *out_sheets);
err paper_work_docx(str packed, struct buf *out);

#endif
