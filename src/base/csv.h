/* csv.h: RFC 4180, strict on the way in, harmless on the way out.
 *
 * Reading: UTF-8 with or without a byte order mark, CRLF or LF, quoted fields with doubled quotes; a row with
 * another number of fields than the first is an error that names its line.
 * Writing: CRLF, fields quoted when needed; a text field that a spreadsheet would take for a formula
 * (= + - @, tab, CR at its start) gets an apostrophe before it (OWASP: CSV injection).
 */
#ifndef SUNWAI_CSV_H
#define SUNWAI_CSV_H

#include "arena.h"
#include "buf.h"
#include "err.h"

struct csv {
    str rest;
    size_t line;    /* of the row last read, 1-based */
    size_t columns; /* of the first row */
};

struct csv csv_read(str text);
/* The next row: fields in a, NOT_FOUND at the end, INVALID with csv->line on a malformed row. */
err csv_row(struct csv *c, struct arena *a, const str **out_fields, size_t *out_n);
/* Index of a column by its name in the header row; INVALID when missing. */
err csv_column(const str *header, size_t n, str name, size_t *out);

void csv_put_text(struct buf *b, str field, bool first_in_row);
void csv_put_i64(struct buf *b, int64_t v, bool first_in_row);
void csv_end_row(struct buf *b);

#endif
