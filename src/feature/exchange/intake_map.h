/* intake_map.h: which column of the programme's own workbook says what, kept for the next time by the words
 * above them: for a programme, a kind of workbook and a unit. It holds in that unit and below, until one
 * nearer is kept.
 */
#ifndef SUNWAI_INTAKE_MAP_H
#define SUNWAI_INTAKE_MAP_H

#include "exchange.sql.h"
#include "intake.h"

/* A kind of workbook: the fields that one of its rows may have. */
struct intake_book {
    str code; /* "events", "activities" */
    const struct intake_column *columns;
    size_t columns_n;
    size_t says; /* from this field on they say something; those before say of what */
};
/* Where each field stands in a grid; SIZE_MAX: nowhere. */
struct intake_map {
    size_t head; /* the row of the words */
    size_t at[INTAKE_COLUMNS];
};
void map_none(struct intake_map *m);
/* Whether all needed fields stand there, and one that says something. */
bool map_useful(const struct intake_book *b, const struct intake_map *m);
/* The columns as they were kept for a programme, in their order: in her unit, else in the nearest that it
 * lies in; of the program itself those of the country. */
err map_kept(struct ctx *c, int64_t programme, const struct intake_book *b, struct q_map_get **out,
             size_t *out_n);
/* As it was kept: found in this grid by its words. *out_some: it is useful there. */
err map_find(struct ctx *c, int64_t programme, const struct intake_book *b, const struct grid *g,
             struct intake_map *out, bool *out_some);
/* The row that looks most like names of columns: where to begin choosing. */
size_t map_head(const struct grid *g);
/* In a write job: the words above these columns are kept for this programme and her unit, in place of others
 * of hers: a district's map leaves that of its province alone. */
err map_keep(struct ctx *c, int64_t programme, const struct intake_book *b, const struct grid *g,
             const struct intake_map *m);
/* A table to be read by it. */
err map_table(struct ctx *c, const struct intake_book *b, const struct grid *g, const struct intake_map *m,
              struct intake *out);

#endif
