/* report_files_pages.c: a report that was made, as a workbook and as a paper. Both say what it is of, and
 * whether anybody has approved it, on every sheet. */
#include "format.h"
#include "period_words.h"
#include "report_feature.h"

enum { WORDS_MAX = 600, COLUMNS_UPRIGHT = 6, COLUMNS_SMALL = 9, LETTERS_SMALL = 8, LINES = 3 + REPORT_NOTES };

static str standing_words(struct ctx *c, const struct report_made *made)
{
    const enum lang lang = (enum lang)c->lang;
    const str time = format_time(c->arena, lang, c->now_ms);
    const struct msg_arg now = {"now", arena_printf(c->arena, "\u2068%.*s\u2069", STR_F(time))};
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    msg_put(&b, lang, made->approved ? MSG_REPORT_IS_APPROVED : MSG_REPORT_IS_PROVISIONAL, 0, &now,
            made->approved ? 0 : 1);
    return arena_str(c->arena, buf_str(&b));
}

static err of_words(struct ctx *c, const struct report_query *q, str *out)
{
    str unit;
    const str period = period_words(c->arena, (enum lang)c->lang, q->period);
    TRY(report_unit_name(c, q->unit, &unit));
    *out = unit.n == 0 ? period : arena_printf(c->arena, "%.*s · %.*s", STR_F(unit), STR_F(period));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

/* What stands above the table: title, of what, whether approved, notes. */
static err lines_of(struct ctx *c, const struct report_way *r, const struct report_query *q,
                    const struct report_made *made, str lines[LINES], size_t *out_n)
{
    lines[0] = msg_text((enum lang)c->lang, r->title);
    TRY(of_words(c, q, &lines[1]));
    lines[2] = standing_words(c, made);
    for (size_t i = 0; i < made->notes_n; i++) {
        lines[3 + i] = made->notes[i];
    }
    *out_n = 3 + made->notes_n;
    return arena_full(c->arena) ? FAIL(LIMIT) : OK;
}

err report_as_book(struct ctx *c, const struct report_way *r, const struct report_query *q,
                   const struct report_made *made, struct book_draft *d, const struct book **out)
{
    str lines[LINES];
    size_t n;
    TRY(lines_of(c, r, q, made, lines, &n));
    book_begin(d, c->arena, (enum lang)c->lang, lines[0], lines[2]);
    book_tidy(d, &(struct book_place){.name = lines[0], .above = lines, .above_n = n, .sums_n = made->sums_n},
              &made->table);
    const str figures = msg_text(d->lang, MSG_BOOK_SHEET_FIGURES);
    book_figures(d,
                 &(struct book_place){.name = figures, .above = lines, .above_n = n, .sums_n = made->sums_n},
                 &made->table);
    for (size_t i = 0; i < made->more_n; i++) {
        const str above[] = {made->more[i].title, lines[1], lines[2]};
        const struct book_place at = {
            .name = made->more[i].title, .above = above, .above_n = sizeof above / sizeof above[0]};
        book_tidy(d, &at, &made->more[i]);
    }
    return book_done(d, out);
}

static err map_put(struct ctx *c, const struct report_made *made, struct paper_draft *d)
{
    const struct table *t = &made->table;
    const struct column *column = &t->columns[made->map_column];
    const size_t rows = made->codes == NULL ? 0 : t->rows_n - made->sums_n;
    struct paper_district *list = arena_array_of(c->arena, struct paper_district, rows + 1);
    if (list == NULL || rows == 0) {
        return list == NULL ? FAIL(LIMIT) : OK;
    }
    for (size_t i = 0; i < rows; i++) {
        const struct cell *cell = &t->cells[i * t->columns_n + made->map_column];
        list[i] = (struct paper_district){.code = made->codes[i],
                                          .name = t->cells[i * t->columns_n].text,
                                          .amount = cell->n,
                                          .nothing = cell->empty};
    }
    paper_districts(d, &(struct paper_districts){.title = msg_text((enum lang)c->lang, column->label),
                                                 .percent = column->type == COLUMN_PERCENT,
                                                 .list = list,
                                                 .n = rows});
    return OK;
}

err report_chart(struct ctx *c, const struct report_made *made, struct paper_draft *d)
{
    enum { MOST = 20 };
    const size_t rows = made->table.rows_n - made->sums_n;
    const struct paper_chart_of of = {.form = made->chart,
                                      .title = msg_text((enum lang)c->lang, MSG_REPORT_CHART),
                                      .values = made->series,
                                      .values_n = made->series_n,
                                      .rows = rows < MOST ? rows : MOST};
    if (made->charted) {
        TRY(paper_chart_of_table(d, &made->table, &of));
    }
    return map_put(c, made, d);
}

err report_as_paper(struct ctx *c, const struct report_way *r, const struct report_query *q,
                    const struct report_made *made, struct paper_draft *d, const struct paper **out)
{
    str lines[LINES];
    size_t n;
    TRY(lines_of(c, r, q, made, lines, &n));
    const size_t columns = made->table.columns_n;
    paper_begin(d, c->arena, (enum lang)c->lang, columns > COLUMNS_UPRIGHT ? PAPER_A4_WIDE : PAPER_A4,
                columns > COLUMNS_SMALL ? LETTERS_SMALL : 0, lines[0]);
    d->paper.above = paper_in(d->lang, lines[1]);
    d->paper.foot = paper_in(d->lang, lines[2]);
    paper_text(d, paper_strong(paper_in(d->lang, lines[2])));
    for (size_t i = 3; i < n; i++) {
        paper_note(d, lines[i]);
    }
    TRY(report_chart(c, made, d));
    TRY(paper_of_table(d, &made->table, made->sums_n));
    paper_note(d, msg_text(d->lang, r->how));
    for (size_t i = 0; i < made->more_n; i++) {
        paper_heading(d, made->more[i].title);
        TRY(paper_of_table(d, &made->more[i], 0));
    }
    return paper_done(d, out);
}
