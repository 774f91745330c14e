/* book.h: tables as a workbook: each a sheet of rows, to be filtered and counted on (tidy), or a sheet on
 * which the values of one of its columns stand side by side (matrix), or one with a row for each figure of a
 * table whose figures stand side by side (figures).
 *
 * A draft takes one sheet after another. Texts and cells are borrowed until the book has been given out.
 * Heads of columns are in the draft's language, and its sheets run from the right where that does. Tabs and
 * the like become spaces, what is longer than a cell may be is cut with an ellipsis. When another bound of
 * book_model.h or the arena is reached the draft is full for good, and book_done() says so once.
 */
#ifndef SUNWAI_BOOK_H
#define SUNWAI_BOOK_H

#include "book_model.h"
#include "table.h"
#include "work.h"

struct book_draft {
    struct arena *arena;
    enum lang lang;
    struct book book;
    struct book_sheet sheets[BOOK_SHEETS_MAX];
    bool full, wrong;
};

/* foot: at the foot of each printed sheet; may be empty. */
void book_begin(struct book_draft *d, struct arena *a, enum lang lang, str title, str foot);

struct book_place {
    str name;         /* of the sheet; what no spreadsheet takes is taken out, and it is cut to 31 letters */
    const str *above; /* lines above the table: its title first; that it is provisional */
    size_t above_n;
    size_t sums_n; /* so many last rows of the table are sums */
};
/* The table as it is. */
void book_tidy(struct book_draft *d, const struct book_place *at, const struct table *t);
/* Each value of column `across` becomes a column, in which column `value` (a number) stands; rows that are
 * alike in all other columns become one. A place that no row speaks of stays empty; two rows for one place
 * are a mistake (BUG): figures are never added up on the way out. */
void book_matrix(struct book_draft *d, const struct book_place *at, const struct table *t, size_t across,
                 size_t value);

/* A row for each number and percentage of the table, for whoever filters and counts on: what stands in the
 * other columns of its row, what the figure is (the head of its column), and the figure. Without the table's
 * last at->sums_n rows, so that nothing is counted twice; cells of which nothing is known have no row. */
void book_figures(struct book_draft *d, const struct book_place *at, const struct table *t);

/* LIMIT when it did not fit, BUG when it is not as book_model.h says. */
err book_done(struct book_draft *d, const struct book **out);
/* As a file, made by the worker: in the pool, as work_do() says, whose errors it has; made[0] is the file.
 * Pages take web_book() of web_paper.h. */
err book_xlsx(const struct book *b, struct work_done *out);

#endif
