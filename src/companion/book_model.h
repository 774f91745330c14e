/* book_model.h: a workbook as a list of sheets, each one table, and its way through the socket to the worker.
 *
 * Nothing here knows spreadsheets: the web process builds a book (render/book.h), the worker writes the file.
 * A cell is a number, a text, or nothing. What a number means says its column, and how it is shown; a text
 * may stand in any column ("<5", "not stated") and is never anything but text, whatever it begins with.
 * Texts are borrowed UTF-8, as in paper_model.h.
 */
#ifndef SUNWAI_BOOK_MODEL_H
#define SUNWAI_BOOK_MODEL_H

#include "arena.h"
#include "buf.h"
#include "err.h"

enum {
    BOOK_SHEETS_MAX = 16,
    BOOK_COLUMNS_MAX = 250,
    BOOK_ROWS_MAX = 60000,
    BOOK_CELLS_MAX = 300000, /* of all sheets */
    BOOK_ABOVE_MAX = 8,      /* lines above a table */
    BOOK_NAME_MAX = 31,      /* characters of a sheet's name: no spreadsheet takes more */
    BOOK_TEXT_MAX = 4000,    /* bytes of one text */
    BOOK_LANG_MAX = 3,
    BOOK_WIDTH_MAX = 80,      /* of a column, in letters */
    BOOK_BYTES_MAX = 12 << 20 /* of a packed book */
};
#define BOOK_NUMBER_MAX 999999999999999 /* a spreadsheet keeps fifteen digits, and no more */

enum book_type {
    BOOK_TEXT = 1, /* no numbers in it */
    BOOK_NUMBER,   /* with separators of thousands */
    BOOK_PLAIN,    /* without: years, codes */
    BOOK_SHARE,    /* in thousandths: 700 is shown as 70% */
    BOOK_DAY,      /* yyyymmdd, a real day from 1900-03-01 */
    BOOK_TIME,     /* local minutes since 1970 */
    BOOK_TYPES
};

struct book_column {
    str head;
    enum book_type type;
    uint8_t width; /* 0: as its type usually is */
};

enum book_kind { BOOK_NOTHING, BOOK_N, BOOK_T, BOOK_KINDS };
struct book_cell {
    enum book_kind kind;
    int64_t n;
    str text;
};

struct book_sheet {
    str name;         /* 1 to BOOK_NAME_MAX characters, none of []:*?/\ nor ' at an end; no two alike */
    bool rtl;         /* its first column stands on the right */
    const str *above; /* lines above the table: what it is, from when, that it is provisional */
    size_t above_n;
    const struct book_column *columns;
    size_t columns_n;
    size_t side_n;                 /* so many first columns stay in sight when it is scrolled */
    const struct book_cell *cells; /* row by row, columns_n to each */
    size_t rows_n;
    size_t sums_n; /* so many last rows are sums: they are set apart */
};

struct book {
    str title; /* of the whole file; on each printed sheet too */
    str lang;
    str foot; /* at the foot of each printed sheet; may be empty */
    const struct book_sheet *sheets;
    size_t sheets_n; /* at least one */
};

/* Whether it keeps all that is said above: book_pack() and book_unpack() refuse any other. */
bool book_fine(const struct book *b);
/* Appended to out; INVALID when it is not fine, LIMIT when it is longer than BOOK_BYTES_MAX or out is. */
err book_pack(const struct book *b, struct buf *out);
/* Texts are borrowed from `packed`, lists live in the arena. INVALID for anything that book_pack() would not
 * have written; LIMIT: the arena is full. */
err book_unpack(struct arena *a, str packed, struct book *out);

#endif
