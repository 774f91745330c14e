/* sheets_out_pages.c: approved event sheets as files in the programme's own columns, and where they are
 * found: year by year. */
#include "sheets_out.h"

#include "book.h"
#include "clock.h"
#include "intake_pages.h"
#include "paper.h"
#include "period_words.h"
#include "reporter.h"
#include "web_paper.h"

enum { FILE_BYTES_MAX = 4 << 20, YEARS_MAX = 6, PROGRAMME_CHARS = 60, PERIOD_CHARS = 30 };

const struct input sheets_out_inputs[SO_N] = {
    [SO_PROGRAMME] = {"programme", IN_CODE, MSG_EXCHANGE_PROGRAMME_COL, PROGRAMME_CHARS, .required = true},
    [SO_PERIOD] = {"period", IN_LINE, MSG_EXCHANGE_PERIOD, PERIOD_CHARS},
};

/* NOT_FOUND: there is no such programme or period. */
static err asked(struct web *w, struct sheets_out *out)
{
    struct q_exchange_programmes programme;
    struct period p = period_all();
    TRY(reporter_get(&w->ctx, w->in[SO_PROGRAMME].text, &programme));
    if (w->in[SO_PERIOD].given && period_of(w->in[SO_PERIOD].text, &p).code != ERR_OK) {
        return FAIL(NOT_FOUND);
    }
    return sheets_out(&w->ctx, programme.id, p, out);
}

err show_sheets_csv(struct web *w)
{
    struct sheets_out s;
    TRY(asked(w, &s));
    SCOPED(buf_free) struct buf out = buf_new(FILE_BYTES_MAX);
    sheets_out_csv(&s, &out);
    return out.full ? FAIL(LIMIT) : web_csv(w, S("events.csv"), &out);
}

/* Heads are the programme's words, not ours: they are set on the finished sheet. */
static err book_of(struct web *w, const struct sheets_out *s, struct book_draft *d)
{
    const str title = page_msg(&w->page, MSG_SHEET_EVENT);
    struct column *columns = arena_array_of(w->arena, struct column, s->columns_n);
    struct book_column *heads = arena_array_of(w->arena, struct book_column, s->columns_n);
    struct cell *cells = arena_array_of(w->arena, struct cell, s->rows_n * s->columns_n + 1);
    if (columns == NULL || heads == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < s->columns_n; k++) {
        const enum sheets_field f = s->columns[k].field;
        columns[k] = (struct column){sheets_columns[f].code, sheets_columns[f].name,
                                     f == SF_EVENT ? COLUMN_TEXT : COLUMN_NUMBER};
        heads[k] = (struct book_column){.head = paper_fitting(w->arena, s->columns[k].head),
                                        .type = f == SF_EVENT ? BOOK_TEXT : BOOK_NUMBER};
        for (size_t i = 0; i < s->rows_n; i++) {
            cells[i * s->columns_n + k] = (struct cell){.text = s->rows[i].event, .n = s->rows[i].n[f]};
        }
    }
    const struct table t = {
        .title = title, .columns = columns, .columns_n = s->columns_n, .cells = cells, .rows_n = s->rows_n};
    book_begin(d, w->arena, w->lang, title, S(""));
    book_tidy(d, &(struct book_place){.name = title}, &t);
    if (d->book.sheets_n > 0) {
        d->sheets[0].columns = heads;
    }
    return OK;
}

err show_sheets_xlsx(struct web *w)
{
    struct sheets_out s;
    struct book_draft d;
    const struct book *book;
    TRY(asked(w, &s));
    TRY(book_of(w, &s, &d));
    TRY(book_done(&d, &book));
    return web_book(w, book, S("events"));
}

/* ---- where they are found ---- */

enum { O_PROGRAMME, O_YEAR, O_XLSX, O_CSV, O_COLS };

static struct cell_view file_cell(struct web *w, str before, str period, const char *end)
{
    const str at = arena_printf(w->arena, "%.*s.%s", STR_F(before), end);
    return (struct cell_view){.text = str_eq(str_of(end), S("csv")) ? S("CSV") : S("XLSX"),
                              .dir = S("ltr"),
                              .to = url_with(w->arena, url_local(w->arena, at), S("period"), period)};
}

err sheets_out_fill(struct web *w, const char *at, const char *name, struct table_view *out)
{
    static const enum msg heads[O_COLS] = {[O_PROGRAMME] = MSG_EXCHANGE_PROGRAMME_COL,
                                           [O_YEAR] = MSG_EXCHANGE_SF_OUT_YEAR,
                                           [O_XLSX] = MSG_EXCHANGE_SF_OUT_BOOK,
                                           [O_CSV] = MSG_EXCHANGE_SF_OUT_TEXT};
    struct q_exchange_programmes *rows;
    size_t n;
    size_t kept = 0;
    const int64_t now = period_year_of(local_day(w->ctx.now_ms));
    TRY(q_exchange_programmes(w->ctx.db, w->arena, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * YEARS_MAX * O_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        str programme;
        const str before =
            arena_printf(w->arena, "/exchange/%s/%.*s/%s", at, STR_F(rows[i].programme_code), name);
        TRY(label_find(&w->ctx, S("programme"), rows[i].id, &programme));
        for (int64_t year = now; year > now - YEARS_MAX && year >= period_year_of(rows[i].from_day); year--) {
            struct cell_view *c = &cells[kept++ * O_COLS];
            const str period = period_code(w->arena, period_fiscal(year));
            c[O_PROGRAMME].text = programme;
            c[O_YEAR].text = period_words(w->arena, w->lang, period_fiscal(year));
            c[O_XLSX] = file_cell(w, before, period, "xlsx");
            c[O_CSV] = file_cell(w, before, period, "csv");
        }
    }
    return web_table(w, heads, O_COLS, cells, kept, MSG_EXCHANGE_SF_OUT, MSG_EXCHANGE_SF_OUT, out);
}
