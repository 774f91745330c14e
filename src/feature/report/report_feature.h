/* report_feature.h: what the program knows of this feature, and the one way to make any report: for pages,
 * files and the command. */
#ifndef SUNWAI_REPORT_FEATURE_H
#define SUNWAI_REPORT_FEATURE_H

#include "attendance.h"
#include "book.h"
#include "feature.h"
#include "figure_now.h"
#include "paper.h"
#include "table.h"

extern const struct feature report_feature;

enum { REPORT_NOTES = 4, REPORT_TABLES = 3 };

/* A report that was made, in ctx->lang. */
struct report_made {
    struct table table;
    size_t sums_n; /* so many of its last rows are sums */
    bool approved; /* these are approved figures; else provisional */
    bool bare;     /* its files are the table and nothing beside */
    bool whole;    /* of the whole programme, wherever she works */
    str notes[REPORT_NOTES];
    size_t notes_n;
    bool charted;
    enum paper_drawn chart; /* of the first column by these */
    size_t series[PAPER_SERIES_MAX];
    size_t series_n;
    const str *codes; /* P-codes of the rows, for a map of this column; NULL: none */
    size_t map_column;
    struct table more[REPORT_TABLES]; /* further ones of the page, with titles */
    size_t more_n;
};
struct report_way {
    str name; /* "problem-services" */
    enum permission permission;
    enum msg title, how;
    const struct report *of; /* NULL: made in C */
    err (*make)(struct ctx *c, const struct report_query *q, bool page, struct report_made *out);
};
/* All reports, those made in C first. Any thread. */
const struct report_way *report_ways(size_t *out_n);
const struct report_way *report_way_find(str name); /* NULL: there is none */
/* `page`: with links and what only a page shows; else what stands in files. NOT_FOUND: the unit. */
err report_make(struct ctx *c, const struct report_way *r, const struct report_query *q, bool page,
                struct report_made *out);
/* Into a file. The arena takes what is formatted on the way. */
void report_csv(struct ctx *c, const struct report_made *of, struct buf *out);
void report_json(struct ctx *c, const struct report_way *r, const struct report_query *q,
                 const struct report_made *of, struct buf *out);

/* As a workbook and as a paper, for the worker: `made` lives as long, drafts as books and papers say. */
err report_as_book(struct ctx *c, const struct report_way *r, const struct report_query *q,
                   const struct report_made *made, struct book_draft *d, const struct book **out);
err report_as_paper(struct ctx *c, const struct report_way *r, const struct report_query *q,
                    const struct report_made *made, struct paper_draft *d, const struct paper **out);

/* Its chart and its map, if it has them, into a paper. */
err report_chart(struct ctx *c, const struct report_made *made, struct paper_draft *d);

/* The reports made in C. */
err attendance_make(struct ctx *c, const struct report_query *q, bool page, struct report_made *out);
err indicators_make(struct ctx *c, const struct report_query *q, bool page, struct report_made *out);

/* Its cells over all months: each role, sex and part once. */
err figure_together(struct ctx *c, const struct figure *f, struct figure *out);

#endif
