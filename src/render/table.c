/* One table, three ways out: what is for people is formatted, what is for machines is not. */
#include "table.h"

#include "csv.h"
#include "format.h"

static const struct cell *cell_at(const struct table *t, size_t row, size_t column)
{
    return &t->cells[row * t->columns_n + column];
}

bool table_figure(const struct column *column)
{
    return column->type == COLUMN_NUMBER || column->type == COLUMN_PERCENT;
}

/* A cell as a machine reads it. */
static str plain(const struct column *column, const struct cell *cell, struct arena *a)
{
    switch (column->type) {
    case COLUMN_TEXT:
        return cell->text;
    case COLUMN_NUMBER:
    case COLUMN_PERCENT:
        return arena_printf(a, "%lld", (long long)cell->n);
    case COLUMN_DAY:
        return format_day_iso(a, cell->n);
    case COLUMN_TIME:
        return format_iso(a, cell->n);
    }
    return STR_NONE;
}

/* A cell as people read it; of a figure that is not there what stands in its place. */
static str shown(const struct column *column, const struct cell *cell, enum lang lang, struct arena *a)
{
    if (cell->empty) {
        return table_figure(column) && cell->text.n > 0 ? cell->text : S("");
    }
    switch (column->type) {
    case COLUMN_TEXT:
        return cell->text;
    case COLUMN_NUMBER:
        return column->ungrouped ? plain(column, cell, a) : format_number(a, lang, cell->n);
    case COLUMN_PERCENT:
        return arena_printf(a, "%.*s%%", STR_F(format_number(a, lang, cell->n)));
    case COLUMN_DAY:
        return format_day(a, lang, cell->n);
    case COLUMN_TIME:
        return format_time(a, lang, cell->n);
    }
    return S("");
}

err table_view_of(const struct table *t, enum lang lang, struct arena *a, struct table_view *out)
{
    struct column_view *columns = arena_array_of(a, struct column_view, t->columns_n + 1);
    struct row_view *rows = arena_array_of(a, struct row_view, t->rows_n + 1);
    struct cell_view *cells = arena_array_of(a, struct cell_view, t->rows_n * t->columns_n + 1);
    if (columns == NULL || rows == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t c = 0; c < t->columns_n; c++) {
        columns[c] = (struct column_view){
            .text = msg_text(lang, t->columns[c].label),
            .end = table_figure(&t->columns[c]),
        };
    }
    for (size_t r = 0; r < t->rows_n; r++) {
        rows[r] = (struct row_view){cells + r * t->columns_n, t->columns_n};
        for (size_t c = 0; c < t->columns_n; c++) {
            const struct cell *cell = cell_at(t, r, c);
            cells[r * t->columns_n + c] = (struct cell_view){
                .text = shown(&t->columns[c], cell, lang, a),
                .dir = table_figure(&t->columns[c]) ? S("ltr") : S("auto"),
                .to = cell->to,
            };
        }
    }
    if (arena_full(a)) {
        return FAIL(LIMIT);
    }
    *out = (struct table_view){.caption = t->title,
                               .columns = columns,
                               .columns_n = t->columns_n,
                               .rows = rows,
                               .rows_n = t->rows_n};
    return OK;
}

static void csv_cell(const struct column *column, const struct cell *cell, bool first, struct arena *a,
                     struct buf *out)
{
    if (cell->empty) {
        csv_put_text(out, S(""), first);
        return;
    }
    if (table_figure(column)) {
        csv_put_i64(out, cell->n, first);
        return;
    }
    csv_put_text(out, plain(column, cell, a), first);
}

void table_csv(const struct table *t, enum lang lang, struct arena *a, struct buf *out)
{
    buf_put(out, S("\xEF\xBB\xBF"));
    for (size_t c = 0; c < t->columns_n; c++) {
        csv_put_text(out, msg_text(lang, t->columns[c].label), c == 0);
    }
    csv_end_row(out);
    for (size_t r = 0; r < t->rows_n; r++) {
        const struct arena_mark mark = arena_mark(a);
        for (size_t c = 0; c < t->columns_n; c++) {
            csv_cell(&t->columns[c], cell_at(t, r, c), c == 0, a, out);
        }
        csv_end_row(out);
        arena_reset(a, mark);
    }
}

static void json_cell(const struct column *column, const struct cell *cell, struct arena *a, struct json *out)
{
    json_key(out, column->key);
    if (cell->empty) {
        json_nothing(out);
        return;
    }
    if (table_figure(column)) {
        json_i64(out, cell->n);
        return;
    }
    json_text(out, plain(column, cell, a));
}

void table_json(const struct table *t, struct arena *a, struct json *out)
{
    json_array_begin(out);
    for (size_t r = 0; r < t->rows_n; r++) {
        const struct arena_mark mark = arena_mark(a);
        json_object_begin(out);
        for (size_t c = 0; c < t->columns_n; c++) {
            json_cell(&t->columns[c], cell_at(t, r, c), a, out);
        }
        json_end(out);
        arena_reset(a, mark);
    }
    json_end(out);
}
