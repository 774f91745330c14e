/* import.h: lists of a district's own, as CSV files whose first row names the columns, into tables: all of a
 * file or nothing. What is wrong is said in English with the number of its line, for whoever gives the
 * command; a file that was read before changes nothing.
 */
#ifndef SUNWAI_IMPORT_H
#define SUNWAI_IMPORT_H

#include "buf.h"
#include "csv.h"
#include "msg.h"
#include "store.h"

/* What came of it. `said` has its own memory: the write job that fills it may run again, and begins with
 * import_begin(). */
struct import_report {
    struct buf said; /* what is wrong, a line each, the first IMPORT_FAULTS_SAID of them */
    size_t faults;
    size_t added, changed, same, ended;
};

struct import {
    struct ctx *c;
    struct import_report *report;
    struct csv csv;
    const str *head;
    size_t columns;
    const str *row; /* the present one */
    int64_t *ids;   /* what was read already, for "twice" */
    size_t ids_n;
};

enum { IMPORT_ROWS_MAX = 8000, IMPORT_NAME_MAX = 120, IMPORT_FAULTS_SAID = 50 };

/* NULL-terminated names of the columns there must be. INVALID when one is missing or the first row is no row.
 */
err import_begin(struct ctx *c, str text, const char *const *columns, struct import_report *report,
                 struct import *out);
/* The next row; NOT_FOUND at the end. INVALID, said in the report, when the file itself is broken there. */
err import_next(struct import *i);
/* A cell of the row without white space around it, NFC; empty when there is no such column. */
str import_cell(struct import *i, str column);
/* Something is wrong with this row: said, and counted. The value may be STR_NONE. */
void import_fault(struct import *i, enum msg words, str value);
/* At the end: INVALID when anything was wrong, so that the job leaves nothing behind. */
err import_end(struct import *i);

/* A code of letters, digits, dot, dash and underscore, else a fault. */
bool import_code(struct import *i, str column, str *out);
/* "1", "yes" or "0", "no", empty. */
bool import_flag(struct import *i, str column, int64_t *out);
/* name_en, and name_ur and name_ps where they are known: one line of text each. */
struct import_names {
    str by_lang[LANG_N];
};
bool import_names(struct import *i, struct import_names *out);
/* Other words of a row, a column for each language: what a list leaves out is empty. */
bool import_words(struct import *i, const str columns[LANG_N], struct import_names *out);
/* Labels of these names, written where they differ; *io_changed is set when any did. Those in Pashto are
 * drafts. */
err import_labels(struct import *i, str kind, int64_t id, const struct import_names *names, bool *io_changed);
/* Whether this was read before in the same file; notes it. LIMIT: too many rows. */
err import_twice(struct import *i, int64_t id, bool *out);

#endif
