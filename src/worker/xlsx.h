/* xlsx.h: a book written as a workbook (Office Open XML, ECMA-376): a table on each sheet, its head in sight
 * and repeated in print, its columns to be filtered.
 *
 * Texts are texts (inline strings), never formulas: there is none in the file, no link, no macro and no time.
 * The same book is the same bytes. Written by hand and not with libxlsxwriter: that makes a file of each part
 * (docs/decisions), and the worker has no files.
 */
#ifndef SUNWAI_XLSX_H
#define SUNWAI_XLSX_H

#include "book_model.h"

enum { XLSX_MAX = 12 << 20 };

/* LIMIT: more than out takes. */
err xlsx_of(const struct book *b, struct buf *out);

/* As the worker is asked for it: packed in, a file out. INVALID: no book. */
err xlsx_work(str packed, struct buf *out);

#endif
