/* report_table_pages.c: the figures of attendance as one table for every way out. */
#include "report_feature.h"

enum { COL_UNIT, COL_COUNCILLORS, COL_OFFICIALS, COL_WOMEN, COL_TOTAL, COLS };

#define COLUMNS(unit, text)                                                                       \
    {                                                                                             \
        [COL_UNIT] = {S_INIT(unit), (text), COLUMN_TEXT},                                         \
        [COL_COUNCILLORS] = {S_INIT("councillors"), MSG_REPORT_COUNCILLORS, COLUMN_NUMBER, true}, \
        [COL_OFFICIALS] = {S_INIT("officials"), MSG_REPORT_OFFICIALS, COLUMN_NUMBER, true},       \
        [COL_WOMEN] = {S_INIT("women_citizens"), MSG_REPORT_WOMEN_CITIZENS, COLUMN_NUMBER, true}, \
        [COL_TOTAL] = {S_INIT("total"), MSG_REPORT_TOTAL, COLUMN_NUMBER, true},                   \
    }
static const struct column by_province[COLS] = COLUMNS("province", MSG_REPORT_PROVINCE);
static const struct column by_district[COLS] = COLUMNS("district", MSG_REPORT_DISTRICT);

static void row_put(const struct attendance_line *l, struct cell *out)
{
    out[COL_UNIT].text = l->name;
    out[COL_COUNCILLORS].n = l->councillors;
    out[COL_OFFICIALS].n = l->officials;
    out[COL_WOMEN].n = l->women_citizens;
    out[COL_TOTAL].n = l->total;
}

static err all_named(struct ctx *c, const struct attendance *of, str *out)
{
    enum { NAME_MAX_BYTES = 200, BOTH = 2 };
    const bool both = of->provinces && of->rows_n == BOTH;
    SCOPED(buf_free) struct buf b = buf_new(NAME_MAX_BYTES);
    msg_put(&b, (enum lang)c->lang, both ? MSG_REPORT_BOTH : MSG_REPORT_ALL, 1, NULL, 0);
    *out = arena_str(c->arena, buf_str(&b));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

err attendance_table(struct ctx *c, const struct attendance *of, struct table *out)
{
    struct cell *cells = arena_array_of(c->arena, struct cell, (of->rows_n + 1) * COLS);
    struct attendance_line all = of->all;
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < of->rows_n; i++) {
        row_put(&of->rows[i], &cells[i * COLS]);
    }
    TRY(all_named(c, of, &all.name));
    row_put(&all, &cells[of->rows_n * COLS]);
    *out = (struct table){.columns = of->provinces ? by_province : by_district,
                          .columns_n = COLS,
                          .cells = cells,
                          .rows_n = of->rows_n == 1 ? 1 : of->rows_n + 1};
    return OK;
}
