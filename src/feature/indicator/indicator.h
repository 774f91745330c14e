/* indicator.h: what is measured, and how it is counted from the rows of cases, events, directions and visits.
 *
 * An indicator is a listing (store/listing.h) in a .sql file of this folder; a new one needs no C, only its
 * query and its texts (`indicator.NAME` and `indicator.NAME_how`). Each row of it is one contributing record
 * in one cell:
 *
 *   kind_no home subject_id version_no   which record, and which version of it (its last step)
 *   fact_month                           the month it counts for
 *   role_code sex_code part_code         the cell; '' where that does not apply
 *   num_n den_n                          what it adds
 *
 * It may ask for :homes (districts), :from_day, :to_day, :from_month, :to_month, :until_ms (the end of the
 * period: ages are counted to it), :KIND_kind_no, :KIND_STATE_state and :MARK_mark_n of cases, directions and
 * events. Its facts: `measure` count (the sum of num_n), ratio (num over den, of the sums, never a mean of
 * ratios) or median (of part_code, a number; num_n of each); `counts` what one is; `split` the dimensions it
 * has (role, sex, part), the first of which a table shows; `good` more, less or none: which way is better.
 * What is not known is a cell of its own (not_stated) and stands in the sum.
 */
#ifndef SUNWAI_INDICATOR_H
#define SUNWAI_INDICATOR_H

#include "listing.h"
#include "msg.h"
#include "period.h"
#include "store.h"

enum indicator_measure { MEASURE_COUNT, MEASURE_RATIO, MEASURE_MEDIAN };
enum indicator_split { SPLIT_ROLE = 1, SPLIT_SEX = 2, SPLIT_PART = 4 };

struct indicator {
    const struct listing *of;
    str code; /* "attendance" */
    enum indicator_measure measure;
    unsigned split; /* enum indicator_split bits */
    str counts;     /* attendances, cases, … */
    bool more_is_better, less_is_better;
    enum msg title, how;
};

/* In the order of the files; made at the first call. Any thread. */
const struct indicator *indicator_all(size_t *out_n);
const struct indicator *indicator_find(str code); /* NULL: there is none */
/* What any listing over figures may ask for by this name, of a period; false: nothing of that name. */
bool indicator_given(str name, struct period p, int64_t *out);

struct figure_cell {
    int64_t month; /* yyyymm */
    str role, sex, part;
    int64_t num, den;
};
struct figure_row {
    int64_t kind_no, home, subject_id, version_no;
};
/* Cells by month, role, sex and part; contributing records by kind, home, subject and version, each once. */
struct figure {
    struct figure_cell *cells;
    size_t cells_n;
    struct figure_row *rows;
    size_t rows_n;
    int64_t num, den; /* the sums over all cells */
};

enum { FIGURE_CELLS_MAX = 20000, FIGURE_ROWS_MAX = 1000 * 1000 };
/* Of fewer than these no share is told, and no breakdown of people goes to others. */
enum { FIGURE_FEW = 5 };

/* Counted now from the rows of these districts (any number of them): provisional until somebody approves it
 * (snapshot.h). On a reader; in c->arena. LIMIT: more cells or rows than a figure has. */
err indicator_count(struct ctx *c, const struct indicator *i, const int64_t *homes, size_t homes_n,
                    struct period p, struct figure *out);

/* The same without some cases (ids in ascending order): those that are closed to whoever looks. */
err indicator_count_but(struct ctx *c, const struct indicator *i, const int64_t *homes, size_t homes_n,
                        struct period p, const int64_t *without, size_t without_n, struct figure *out);

/* Which cells of a figure are asked for: empty texts and months are any. */
struct figure_pick {
    str role, sex, part;
    int64_t from_month, to_month; /* 0: any */
};
/* The sums of those cells. Of a median *out_num is the median itself (in whole units, the lower of two) and
 * *out_den how many it is of. */
void figure_sum(const struct indicator *i, const struct figure *f, const struct figure_pick *pick,
                int64_t *out_num, int64_t *out_den);

#endif
