/* xlsx_read.h: a workbook (Office Open XML, ECMA-376) that came in, as grids of cells.
 *
 * Sheets that can be seen, in their order, each to the last cell that says anything. Only values are read:
 * of a formula its own text, marked as one; nothing is computed, no link, macro or further part is looked at.
 * What does not end within XLSX_READ_BYTES of unpacked XML, or has more cells than a grid, is refused, and so
 * is any document type declaration: nothing in it can grow.
 */
#ifndef SUNWAI_XLSX_READ_H
#define SUNWAI_XLSX_READ_H

#include "answering.h"
#include "grid_model.h"

enum { XLSX_READ_BYTES = 96 << 20, XLSX_READ_PARTS = 2000 };

/* made[0]: the grids, packed; a: how many. BROKEN: no workbook; TOO_BIG; ACTIVE: under a password. In a child
 * of the worker. */
enum wire_why xlsx_read_work(str input, struct companion_made *out);

#endif
