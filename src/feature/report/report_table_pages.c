/* report_table_pages.c: attendance as a report: approved where anything is, with the figures of now beside
 * it. */
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

static err attendance_table(struct ctx *c, const struct attendance *of, struct table *out)
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

static err made_table(struct ctx *c, const struct attendance *of, enum msg title, struct table *out)
{
    TRY(attendance_table(c, of, out));
    out->title = msg_text((enum lang)c->lang, title);
    return OK;
}

static str counted_words(struct ctx *c, enum msg text, int64_t n)
{
    enum { WORDS_MAX = 600 };
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    msg_put(&b, (enum lang)c->lang, text, n, NULL, 0);
    return arena_str(c->arena, buf_str(&b));
}

static err notes_fill(struct ctx *c, const struct attendance *of, const struct attendance *now,
                      struct report_made *io)
{
    io->notes[io->notes_n++] = counted_words(c, MSG_REPORT_EVENTS_COUNTED, of->all.events);
    if (now->all.imported > 0) {
        io->notes[io->notes_n++] = counted_words(c, MSG_REPORT_IMPORTED, now->all.imported);
    }
    if (of->all.others > 0) {
        io->notes[io->notes_n++] = counted_words(c, MSG_REPORT_OTHERS, of->all.others);
    }
    return arena_full(c->arena) ? FAIL(LIMIT) : OK;
}

/* Below the provinces: each district by itself, for what they are together stands above. */
static err districts_add(struct ctx *c, const struct report_query *q, bool approved, struct report_made *io)
{
    struct attendance of;
    struct table *t = &io->more[io->more_n];
    TRY(attendance_by_district(c, q, approved, &of));
    TRY(made_table(c, &of, MSG_REPORT_BY_DISTRICT, t));
    t->rows_n = of.rows_n;
    io->more_n += of.rows_n > 0 ? 1 : 0;
    return OK;
}

static err now_add(struct ctx *c, const struct attendance *now, struct report_made *io)
{
    return made_table(c, now, MSG_REPORT_NOW, &io->more[io->more_n++]);
}

/* The files are the table and nothing beside, as the programme reported it; their names say when nobody has
 * approved it. */
err attendance_make(struct ctx *c, const struct report_query *q, bool page, struct report_made *out)
{
    struct attendance now;
    struct attendance approved = {.rows_n = 0};
    TRY(attendance_own(c, q, false, &now));
    if (period_whole_months(q->period)) {
        TRY(attendance_own(c, q, true, &approved));
    }
    const bool official = approved.all.events > 0;
    const struct attendance *of = official ? &approved : &now;
    out->approved = official;
    out->bare = true;
    out->whole = of->provinces;
    TRY(attendance_table(c, of, &out->table));
    out->sums_n = out->table.rows_n > of->rows_n ? 1 : 0;
    out->charted = true;
    out->chart = PAPER_STACKED;
    out->series_n = COL_WOMEN;
    for (size_t k = 0; k < COL_WOMEN; k++) {
        out->series[k] = COL_COUNCILLORS + k;
    }
    TRY(notes_fill(c, of, &now, out));
    if (page && of->provinces) {
        TRY(districts_add(c, q, official, out));
    }
    return page && official ? now_add(c, &now, out) : OK;
}
