/* intake.h: tables that come in: which row is the head, what a cell says, and what is wrong with it.
 *
 * The head is the first row in which all needed columns stand, by code or by name in any language; lines
 * above it (a title, who made it) are passed over, and so are columns that nobody asked for. Digits of three
 * sets are read, days as they are written here and as spreadsheets count them. What cannot be taken is a
 * fault with its place, and reading goes on: one sees all of them at once. Nothing here writes.
 */
#ifndef SUNWAI_INTAKE_H
#define SUNWAI_INTAKE_H

#include "case_words.h"
#include "grid.h"
#include "period.h"
#include "place.h"

enum {
    INTAKE_COLUMNS = 12,
    INTAKE_ROWS_MAX = 2000,
    INTAKE_FAULTS_MAX = 100, /* that are said one by one */
    INTAKE_HEAD_WITHIN = 15,
    INTAKE_KNOWN = 64,
    INTAKE_LARGEST = 999999999
};

struct intake_column {
    str code;
    enum msg name; /* MSG_NONE: the code alone */
    bool needed;
};

struct intake_fault {
    size_t row, column; /* SIZE_MAX: of the whole row, or of the whole table */
    enum msg why;
    str there; /* what stands there */
    str what;  /* {what} in the words; may be STR_NONE */
};
/* What a text of a column was found to mean: rows repeat themselves. */
struct intake_known {
    str text, code;
};
struct intake {
    struct ctx *c;
    const struct grid *grid;
    const struct intake_column *columns;
    size_t columns_n;
    size_t at[INTAKE_COLUMNS]; /* where they stand; SIZE_MAX: they do not */
    size_t head;               /* its row */
    struct intake_fault *faults;
    size_t faults_n;
    size_t more; /* further faults */
    struct intake_known known[INTAKE_COLUMNS][INTAKE_KNOWN];
    size_t known_n[INTAKE_COLUMNS];
};

/* Finds the head in the first of these that has one; *out_which: its number. When there is none, the fault
 * says what is missing. */
err intake_begin(struct ctx *c, const struct grid *grids, size_t n, const struct intake_column *columns,
                 size_t columns_n, struct intake *out, size_t *out_which);
/* The next row below the head that says anything; *io is the head's at first. False: there is none. */
bool intake_next(const struct intake *t, size_t *io_row);
/* Too many rows, or none: a fault. */
void intake_count(struct intake *t);

void intake_fault(struct intake *t, size_t row, size_t column, enum msg why, str what);
/* What stands there. Formulas, errors and merged cells are faults, and empty then. */
str intake_text(struct intake *t, size_t row, size_t column);
/* A whole number from 0 to `most`, with or without "%"; none: an empty cell, or a fault. */
struct opt_i64 intake_number(struct intake *t, size_t row, size_t column, int64_t most);
/* A code of a set, or its words in any language; STR_NONE for an empty cell, and with a fault for another. */
err intake_word(struct intake *t, size_t row, size_t column, const struct case_word *words, size_t n,
                enum msg wrong, str *out_code);
/* A day as yyyy-mm-dd, dd/mm/yyyy, dd.mm.yyyy, or counted as spreadsheets do; 0: it is none. */
int64_t intake_day(struct arena *a, str text);
/* STR_NONE: not seen yet. */
str intake_known(const struct intake *t, size_t column, str text);
void intake_know(struct intake *t, size_t column, str text, str code);
/* Whether two texts are the same to a reader: letters, digits, marks and spaces folded. */
err intake_same(struct arena *a, str x, str y, bool *out);

/* Units by their code or their name in any language. */
struct intake_units {
    struct q_place_all *rows[LANG_N];
    str *folded[LANG_N];
    size_t n[LANG_N];
};
err intake_units(struct ctx *c, int64_t around, struct intake_units *out);
/* The highest of that name; NULL with a fault: unknown, or elsewhere. An empty cell is a fault too. */
err intake_unit(struct intake *t, const struct intake_units *u, size_t row, size_t column,
                const struct q_place_all **out);

#endif
