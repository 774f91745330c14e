/* exchange_figures.h: figures on their way to others.
 *
 * Only what was approved goes out (snapshot.h): a district without an approved quarter is not among them, and
 * what nobody approved is nowhere in a file. A breakdown in which any cell of people is between 1 and
 * FIGURE_FEW - 1 is left out as a whole, for all periods at once, so that no cell can be worked out from
 * the others, its sum or its neighbours in time; sums of a whole place stay.
 */
#ifndef SUNWAI_EXCHANGE_FIGURES_H
#define SUNWAI_EXCHANGE_FIGURES_H

#include "exchange.sql.h"
#include "snapshot.h"

enum { EXCHANGE_PERIODS_MAX = 40 };

struct exchange_place {
    int64_t id;
    str code;
    str name; /* English */
    str name_ur;
    bool province;
    size_t from, n; /* its districts in exchange_reach.homes */
};
/* The districts that this person may ask figures of and that have approved ones, province by province. */
struct exchange_reach {
    int64_t *homes;
    size_t homes_n;
    struct exchange_place *places; /* each province, then its districts */
    size_t places_n;
    int64_t from_day, to_day; /* of what is approved */
    int64_t last_ms;          /* when the newest of it was approved */
};
/* unit 0: all that is hers; else what of it lies in that unit. */
err exchange_reach(struct ctx *c, int64_t unit, struct exchange_reach *out);

/* What a file is of. */
struct exchange_ask {
    int64_t unit;         /* 0: all that is hers */
    const int64_t *among; /* a named group: what of hers is one of these districts; NULL: no group */
    size_t among_n;
    struct period period; /* period_all(): all quarters; of IATI each planning year, and all of them */
};
/* The unit or named group of this code. NOT_FOUND: there is neither, or of the group not all is hers. */
err exchange_ask_of(struct ctx *c, str code, struct exchange_ask *io);
err exchange_reach_asked(struct ctx *c, const struct exchange_ask *ask, struct exchange_reach *out);

/* The planning years that something was approved of, and all of them together when they are more than one. */
struct exchange_periods {
    struct period v[EXCHANGE_PERIODS_MAX];
    size_t n;
};
void exchange_periods_of(const struct exchange_reach *r, struct exchange_periods *out);

/* An indicator over all the districts of a reach, district by district. */
struct exchange_figures {
    const struct indicator *of;
    const struct exchange_reach *reach;
    struct figure *by_home; /* beside reach->homes */
};
err exchange_figures(struct ctx *c, const struct exchange_reach *r, const struct indicator *i,
                     struct exchange_figures *out);
/* Those of some of the districts together, to be asked by figure_sum(). */
err exchange_together(struct arena *a, const struct exchange_figures *f, size_t from, size_t n,
                      struct figure *out);

/* The kinds of cells that occur, each once, in a fixed order: by role and sex, or by part; what does not
 * apply is empty. */
struct exchange_cell {
    str role, sex, part;
};
enum exchange_split { EXCHANGE_PEOPLE, EXCHANGE_PARTS, EXCHANGE_SPLITS };
err exchange_cells(struct arena *a, const struct figure *all, enum exchange_split by,
                   struct exchange_cell **out, size_t *out_n);
/* Whether cells of people are all large enough, in each of these periods: of all places together, of each
 * province or of each district. */
enum exchange_level { EXCHANGE_WHOLE, EXCHANGE_PROVINCES, EXCHANGE_DISTRICTS };
err exchange_open(struct arena *a, const struct exchange_figures *f, enum exchange_level level,
                  const struct exchange_cell *cells, size_t cells_n, const struct exchange_periods *p,
                  bool *out);

#endif
