/* intake_sheets.h: event sheets in the programme's own workbook: which of its columns says what, kept for the
 * next time by the words above them; and its totals beside what was counted here. Nothing of it is taken
 * over: what stands on paper or in a workbook is only ever compared, also where it is kept.
 */
#ifndef SUNWAI_INTAKE_SHEETS_H
#define SUNWAI_INTAKE_SHEETS_H

#include "exchange.sql.h"
#include "intake_map.h"

enum sheets_field {
    SF_EVENT,
    SF_COUNCILLORS,
    SF_OFFICIALS,
    SF_CITIZENS,
    SF_CSO,
    SF_OTHERS,
    SF_WOMEN,
    SF_MEN,
    SF_TRANSGENDER,
    SF_UNSAID,
    SF_TOTAL,
    SF_N
};
extern const struct intake_column sheets_columns[SF_N];

extern const struct intake_book sheets_book;

/* One place where the two differ. */
struct sheets_difference {
    str event;
    enum sheets_field field;
    int64_t theirs, ours;
};
struct sheets_compared {
    struct intake table; /* its faults: events that are not known here, cells that are no numbers */
    int64_t events, agree;
    struct sheets_difference *v;
    size_t n;
};
err sheets_compare(struct ctx *c, const struct grid *g, const struct intake_map *m,
                   struct sheets_compared *out);

/* In a write job: those totals stand beside the events' sheets from now on, where these are still drafts, and
 * are compared there (sheet_paper_keep). *out_n: of how many events. Cells that are no numbers, and events
 * that are not known here, are passed over. */
err sheets_keep(struct ctx *c, const struct grid *g, const struct intake_map *m, int64_t *out_n);

#endif
