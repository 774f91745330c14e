/* intake_activities.h: Activity Monitoring Sheets in the programme's own workbook, in and out.
 *
 * A row is the sheet of one activity of a plan in force, in one district and quarter. What people write on it
 * (how far it is, when it really began and ended, why, what was delivered, in words) is taken into the draft;
 * what is computed never is. An empty cell leaves what there is. All rows are taken, or none, and each wrong
 * cell is named. Without a column for the district all rows are of her own, which is that of the map. A sheet
 * that went forward stays: a row that says the same is passed over, another one is a fault.
 *
 * Out go approved sheets, as they were approved, in the same columns (intake_map.h).
 */
#ifndef SUNWAI_INTAKE_ACTIVITIES_H
#define SUNWAI_INTAKE_ACTIVITIES_H

#include "activity.h"
#include "intake_map.h"

enum activities_field {
    AF_PLAN,
    AF_LINE,
    AF_QUARTER,
    AF_UNIT,
    AF_PROGRESS,
    AF_BEGAN,
    AF_ENDED,
    AF_WHY,
    AF_DONE,
    AF_NARRATIVE,
    AF_N
};
extern const struct intake_column activities_columns[AF_N];
extern const struct intake_book activities_book;

/* One row that says something else than its sheet. */
struct activities_row {
    size_t row;
    str plan, unit;
    int64_t line;
    struct period quarter;
    struct activity_edit edit; /* all of the sheet, with what the row says */
};
struct activities_read {
    struct intake table; /* with its faults: then nothing may be written */
    struct activities_row *v;
    size_t n;
    int64_t agree; /* rows that say what there is */
};
err activities_read(struct ctx *c, int64_t programme, const struct grid *g, const struct intake_map *m,
                    struct activities_read *out);
/* In a write job: read again, and written. CONFLICT: it does not fit any more; DENIED: not hers to write. */
err activities_take(struct ctx *c, int64_t programme, const struct grid *g, const struct intake_map *m,
                    int64_t *out_n, int64_t *out_agree);

enum { ACTIVITIES_OUT_MAX = 5000 };
struct activities_out {
    enum activities_field fields[AF_N];
    str heads[AF_N];
    size_t columns_n;
    str (*rows)[AF_N];
    size_t rows_n;
};
/* Approved sheets of the districts in reach whose quarter lies in this period, in the columns that were kept,
 * else in all of ours. LIMIT: more than ACTIVITIES_OUT_MAX. */
err activities_out(struct ctx *c, int64_t programme, struct period p, struct activities_out *out);
/* As CSV, for spreadsheets. */
void activities_out_csv(const struct activities_out *s, struct buf *out);

#endif
