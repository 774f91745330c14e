/* sheets_out.h: approved Event Data Sheets as rows of the programme's own workbook: those of its columns that
 * the kept map knows (intake_sheets.h), under its words and in its order; where nothing was kept yet, all
 * that we have, under our own.
 *
 * Only what stands approved goes out, with the numbers that were approved, whatever the event says since:
 * what is put forward or was unlocked has no row. Events of other programmes' plans are left out.
 */
#ifndef SUNWAI_SHEETS_OUT_H
#define SUNWAI_SHEETS_OUT_H

#include "intake_sheets.h"

enum { SHEETS_OUT_MAX = 5000 };

struct sheets_out_column {
    enum sheets_field field;
    str head;
};
struct sheets_out_row {
    str event;
    int64_t n[SF_N]; /* of the event's field: nothing */
};
struct sheets_out {
    struct sheets_out_column columns[SF_N];
    size_t columns_n;
    struct sheets_out_row *rows; /* by district and day */
    size_t rows_n;
};
/* Of the districts in reach, events whose day lies in this period. LIMIT: more than SHEETS_OUT_MAX. */
err sheets_out(struct ctx *c, int64_t programme, struct period p, struct sheets_out *out);
/* As CSV, for spreadsheets. */
void sheets_out_csv(const struct sheets_out *s, struct buf *out);

#endif
