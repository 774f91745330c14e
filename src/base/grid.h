/* grid.h: a table as somebody sent it: cells by row and column, each with what it says and what is odd about
 * it. Whether that makes sense is asked by whoever takes it.
 *
 * It comes from text (rows of commas, semicolons or tabs: what a spreadsheet saves, or what is copied out of
 * one) or from a workbook (companion/grid_model.h), and can be written as text again, row for row, so that a
 * place like "B7" is the same place wherever it is shown. A pure function of the bytes; lives in the arena.
 */
#ifndef SUNWAI_GRID_H
#define SUNWAI_GRID_H

#include "arena.h"
#include "buf.h"
#include "err.h"

enum {
    GRID_ROWS_MAX = 6000,
    GRID_COLUMNS_MAX = 100,
    GRID_CELLS_MAX = 60000,
    GRID_TEXT_MAX = 4000,    /* bytes of one cell */
    GRID_BYTES_MAX = 1 << 20 /* of a table as text */
};

/* What is odd about a cell. */
enum {
    GRID_FORMULA = 1, /* its text is the formula, with its "=" */
    GRID_MERGED = 2,  /* it is one with its neighbours */
    GRID_ERROR = 4,   /* "#N/A" and the like */
    GRID_FLAGS = 7
};

struct grid_cell {
    str text; /* trimmed; never STR_NONE */
    unsigned flags;
};
struct grid {
    str name; /* of the sheet; of text: empty */
    struct grid_cell *cells;
    size_t rows_n, columns_n; /* to the last that says anything */
};

/* The cell at a place, counted from 0; an empty one beyond the edge. */
struct grid_cell grid_at(const struct grid *g, size_t row, size_t column);
bool grid_row_empty(const struct grid *g, size_t row);
/* "B7", "AA12". */
str grid_place(struct arena *a, size_t row, size_t column);

/* Why some bytes are no table. */
enum grid_why {
    GRID_FINE,
    GRID_EMPTY,
    GRID_UTF16,    /* "Unicode text" of a spreadsheet */
    GRID_NOT_UTF8, /* of an older code page */
    GRID_OLD_BOOK, /* .xls, or a workbook under a password */
    GRID_QUOTES,   /* quotes that do not close, in *out_row */
    GRID_TOO_LARGE,
    GRID_WHYS
};
/* Rows of text. *out_row: from 0, where it went wrong. LIMIT: the arena is full. */
err grid_of_text(struct arena *a, str text, struct grid *out, enum grid_why *out_why, size_t *out_row);
/* As rows of commas; ask out->full. */
void grid_to_text(const struct grid *g, struct buf *out);

#endif
