/* table.h: one table of figures or rows, made once and written out as csv, json or a page.
 *
 * Columns say what they hold; cells are row by row, `columns_n` to each. The CSV begins with a byte order
 * mark, so that spreadsheets read Urdu, and has the labels in the person's language as its first row;
 * numbers, days and times are written for machines (ISO 8601). JSON has the keys, which never change with the
 * language.
 */
#ifndef SUNWAI_TABLE_H
#define SUNWAI_TABLE_H

#include "err.h"
#include "json.h"
#include "page.h"

enum column_type {
    COLUMN_TEXT,    /* cell.text */
    COLUMN_NUMBER,  /* cell.n */
    COLUMN_PERCENT, /* cell.n is whole per cent: "70%" in a page, 70 in files */
    COLUMN_DAY,     /* cell.n is yyyymmdd */
    COLUMN_TIME     /* cell.n is UTC milliseconds */
};

struct column {
    str key;
    enum msg label;
    enum column_type type;
    bool ungrouped; /* a number that people copy: in a page too without separators of thousands */
};

struct cell {
    str text;
    int64_t n;
    bool empty;    /* nothing known: an empty field, null */
    struct url to; /* in a page the cell links there; empty: no link */
};

struct table {
    str title;
    const struct column *columns;
    size_t columns_n;
    const struct cell *cells; /* rows_n * columns_n, borrowed */
    size_t rows_n;
};

bool table_figure(const struct column *column); /* a number, for the end of its cell */
/* Ends with the buf full when it did not fit: ask out->full. `a` is for what is formatted on the way. */
void table_csv(const struct table *t, enum lang lang, struct arena *a, struct buf *out);
void table_json(const struct table *t, struct arena *a, struct json *out); /* an array of objects */
/* The model of page/table.html (table_show), in the page's language and digits. LIMIT: arena full. */
err table_view_of(const struct table *t, enum lang lang, struct arena *a, struct table_view *out);

#endif
