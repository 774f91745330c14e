#include "table.h"

#include "csv.h"
#include "format.h"

static const struct cell *cell_at(const struct table *t, size_t row, size_t column)
{
    return &t->cells[row * t->columns_n + column];
}

/* A cell as a machine reads it. */
static str plain(const struct column *column, const struct cell *cell, struct arena *a)
{
    switch (column->type) {
    case COLUMN_TEXT:
        return cell->text;
    case COLUMN_NUMBER:
        return arena_printf(a, "%lld", (long long)cell->n);
    case COLUMN_DAY:
        return format_day_iso(a, cell->n);
    case COLUMN_TIME:
        return format_iso(a, cell->n);
    }
    return STR_NONE;
}

str table_cell_text(const struct table *t, size_t row, size_t column, enum lang lang, struct arena *a)
{
    const struct cell *cell = cell_at(t, row, column);
    if (cell->empty) {
        return S("");
    }
    switch (t->columns[column].type) {
    case COLUMN_TEXT:
        return cell->text;
    case COLUMN_NUMBER:
        return format_number(a, lang, cell->n);
    case COLUMN_DAY:
        return format_day(a, lang, cell->n);
    case COLUMN_TIME:
        return format_time(a, lang, cell->n);
    }
    return S("");
}

static void csv_cell(const struct column *column, const struct cell *cell, bool first, struct arena *a,
                     struct buf *out)
{
    if (cell->empty) {
        csv_put_text(out, S(""), first);
        return;
    }
    if (column->type == COLUMN_NUMBER) {
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
    if (column->type == COLUMN_NUMBER) {
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
