/* csv.h: RFC 4180, strict on the way in, harmless on the way out.
 *
 * Reading: UTF-8 with or without a byte order mark, CRLF or LF, quoted fields with doubled quotes; a row with
 * another number of fields than the first is an error that names its line, and so is a quote or a CR where
 * none may stand, or text that is not UTF-8.
 * Writing: CRLF, fields quoted when needed; a text field that a spreadsheet would take for a formula
 * (= + - @, tab, CR, LF at its start) gets an apostrophe before it (OWASP: CSV injection).
 */
#ifndef SUNWAI_CSV_H
#define SUNWAI_CSV_H

#include "arena.h"
#include "buf.h"
#include "err.h"

struct csv {
    str rest;
    size_t line;      /* where the row last read begins, 1-based */
    size_t columns;   /* of the first row */
    size_t next_line; /* of rest */
    char separator;   /* a comma, unless whoever reads says otherwise before the first row */
};

struct csv csv_read(str text);
/* The next row: fields copied into a, NOT_FOUND at the end, INVALID with csv->line on a malformed row, LIMIT
 * when the arena is full. A failed row is not passed over: reading ends there. */
err csv_row(struct csv *c, struct arena *a, const str **out_fields, size_t *out_n);
/* Index of a column by its name in the header row; INVALID when missing or there twice. */
err csv_column(const str *header, size_t n, str name, size_t *out);

void csv_put_text(struct buf *b, str field, bool first_in_row);
void csv_put_i64(struct buf *b, int64_t v, bool first_in_row);
void csv_end_row(struct buf *b);

#endif
