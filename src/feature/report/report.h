/* report.h: reports that are files of SQL, and what all reports are asked for.
 *
 * A report is a listing (store/listing.h) named `report_NAME` in a .sql file of this folder, and its texts
 * `report.NAME`, `report.NAME_how` and `report.col_COLUMN`; no C. It appears by itself as page, CSV, JSON and
 * in `sunwai report`. Its facts:
 *
 *   permission NAME              who may read it ("figures.read")
 *   column KEY text              a column of the result, in the order in which they are shown; the first is a
 *                                text
 *   column KEY word PREFIX       a code: its words are the message PREFIX followed by it
 *   column KEY number [sum]      sum: the last row adds them up
 *   column KEY day
 *   column KEY percent PART WHOLE  of two other columns; nothing is said of fewer than FIGURE_FEW
 *   chart FORM KEY…              drawn above the table: bars, stacked (parts of a whole), lines or funnel, of
 *                                numbers or percentages by the first column; at most REPORT_SERIES_MAX keys
 *   map KEY COLUMN               drawn as a map of districts, whose P-codes stand in a column of the query
 *   link KEY ADDRESS             where its cells lead; {column}, {from_month} and {to_month} are filled in
 *   key KEY                      rows of further districts with the same text here are added to the first
 *                                (all columns that end in _n)
 *
 *   standing approved            it reads approved figures alone, and is one itself
 *
 * It may ask for what an indicator may (indicator_given), and :homes, :lang_code, :now_ms, :barred_id and
 * :also_id: cases that are closed to whoever reads (case_bar) belong in none of her figures. Figures of any
 * other report are counted now, and nobody has approved them: every way out says so.
 */
#ifndef SUNWAI_REPORT_H
#define SUNWAI_REPORT_H

#include "indicator.h"
#include "place.h"

enum { REPORT_COLUMNS_MAX = 16, REPORT_SERIES_MAX = 4, REPORT_ROWS_MAX = 5000 };

enum report_format { REPORT_TEXT, REPORT_WORD, REPORT_NUMBER, REPORT_DAY, REPORT_PERCENT };
struct report_column {
    str key;
    enum msg label;
    enum report_format format;
    size_t at;          /* in the result */
    size_t part, whole; /* of a percentage, in the result */
    bool sum;
    str prefix; /* of words */
    str link;   /* empty: none */
};
enum report_chart { REPORT_BARS, REPORT_STACKED, REPORT_LINES, REPORT_FUNNEL, REPORT_NO_CHART };
struct report {
    const struct listing *of;
    str name; /* "problem-services" */
    str permission;
    enum msg title, how;
    struct report_column columns[REPORT_COLUMNS_MAX];
    size_t columns_n;
    enum report_chart chart;
    size_t charted[REPORT_SERIES_MAX]; /* columns */
    size_t charted_n;
    bool mapped;
    size_t map_column, map_code; /* a column that is shown; a column of the result */
    bool keyed;
    size_t key; /* in the result */
};
/* In the order of the files; made at the first call. Any thread. */
const struct report *report_all(size_t *out_n);
const struct report *report_find(str name); /* NULL: there is none */

/* What a report is of. */
struct report_query {
    struct period period;
    str unit; /* code of a district or anything above it, or of a named group; empty: all in reach */
};
/* The districts of that within the actor's reach; the program itself reaches all. NOT_FOUND: there is no such
 * unit, or not all of it is in reach. */
err report_homes(struct ctx *c, str unit, struct id_set *out);
/* The same of approved figures: of several districts that have borne a code one after another (one was made
 * anew under it) only the last that had begun by the end of the period: figures stay with the one in whose
 * days they were approved (place_lineage), and no sum has those of two. */
err report_homes_in(struct ctx *c, str unit, struct period p, struct id_set *out);
/* What it is called, in c->lang; all in reach: the name of where she works, empty for the program itself. */
err report_unit_name(struct ctx *c, str unit, str *out);

/* A code of a cell in words: a kind of event or case, how a visit ended, how long something waits, the name
 * of a service (q_report_services, of this language); the code itself where there are none. Borrowed. */
struct q_report_services;
str report_part_words(enum lang lang, const struct q_report_services *services, size_t n, str code);

struct report_cell {
    bool nothing;
    int64_t n;
    str text;
};
/* The result as it came, all columns of the query. */
struct report_rows {
    struct report_cell *cells; /* width to each */
    size_t n, width;
};
/* LIMIT: more than REPORT_ROWS_MAX rows. */
err report_run(struct ctx *c, const struct report *r, const struct report_query *q, struct report_rows *out);

#endif
