/* intake_pages.h: what the pages of tables that come in share. */
#ifndef SUNWAI_INTAKE_PAGES_H
#define SUNWAI_INTAKE_PAGES_H

#include "exchange_models.h"
#include "intake.h"
#include "intake_activities.h"
#include "intake_past.h"
#include "intake_sheets.h"
#include "intake_targets.h"
#include "reporter.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Two inputs of every such form. */
#define INTAKE_FILE                                                        \
    {                                                                      \
        "file", IN_FILES, MSG_EXCHANGE_FILE, 1, .takes = FILES_TAKE(TABLE) \
    }
#define INTAKE_ROWS                                       \
    {                                                     \
        "rows", IN_WORDS, MSG_EXCHANGE_ROWS, INTAKE_CHARS \
    }
enum { INTAKE_CHARS = 400000 };

/* What came of a request, kept from prepare to show in w->local. */
struct intake_came {
    struct grid *grids;
    size_t grids_n;
    const struct intake *read; /* NULL: it was no table */
};
/* In prepare: the file, or else the rows, as grids. What is no table is noted as a fault of its field: then
 * grids_n is 0. BUSY: there is no worker for a workbook now. */
err intake_came(struct web *w, size_t file, size_t rows, struct intake_came **out);
/* The table that was meant, as rows: they stand in the form from now on, and go to the write job. */
err intake_keep(struct web *w, const struct intake_came *came, size_t which, size_t file, size_t rows);
/* Notes faults; the form comes back with them. */
void intake_refuse(struct web *w, struct intake_came *came, const struct intake *read);
/* The form, its faults and columns. */
err intake_fill(struct web *w, size_t file, size_t rows, const struct intake_column *columns,
                const enum msg *hints, size_t columns_n, struct intake_view *out);

struct field_view intake_file_field(struct web *w, size_t file);
/* Faults by place. */
err intake_faults(struct web *w, const struct intake *t, struct table_view *out);

/* ---- handlers ---- */

err show_exchange(struct web *w);
err answer_exchange(struct web *w); /* back to the page of all of it */
enum reporter_input { R_PROGRAMME, R_REF, R_NAME, R_TYPE, R_SECTOR, R_N };
extern const struct input reporter_inputs[R_N];
err show_reporter(struct web *w);
err write_reporter(struct ctx *c, const struct given *in, struct receipt *out);

enum targets_input { T_PLAN, T_ROWS, T_FILE, T_N }; /* a page has no file: it is the last */
extern const struct input targets_inputs[T_N];
extern const struct input targets_page_inputs[T_FILE];
extern const struct input targets_file_inputs[T_ROWS];
err show_targets(struct web *w);
err prepare_targets(struct web *w);
err write_targets(struct ctx *c, const struct given *in, struct receipt *out);
err answer_targets(struct web *w);
err show_targets_csv(struct web *w);
err show_targets_xlsx(struct web *w);

/* Choosing which column says what: these inputs, a field's letters at M_FIELDS + field; the file is the last.
 */
enum map_input { M_PROGRAMME, M_ROWS, M_HEAD, M_FIELDS };
enum { MAP_LETTERS_MAX = 3, MAP_CODE_CHARS = 60 };
#define MAP_INPUTS                                                                      \
    [M_PROGRAMME] = {"programme", IN_CODE, MSG_EXCHANGE_PROGRAMME_COL, MAP_CODE_CHARS}, \
    [M_ROWS] = INTAKE_ROWS, [M_HEAD] = {"head", IN_NUMBER, MSG_EXCHANGE_SF_HEAD, INTAKE_HEAD_WITHIN}
#define FIELD(field, code, text) [M_FIELDS + (field)] = {(code), IN_CODE, (text), MAP_LETTERS_MAX}
/* As it was chosen in the form. */
void map_of(const struct intake_book *b, const struct given *in, const struct grid *g, struct arena *a,
            struct intake_map *out);
/* The programme that was chosen; else the first. */
err map_programme(struct ctx *c, const struct given *in, struct q_exchange_programmes *out);
err map_grid(struct ctx *c, str rows, struct grid *out);
/* In prepare: the file or the rows, and its map: as chosen, else as it was kept; else the fault `choose`. */
err map_prepare(struct web *w, const struct intake_book *b, size_t file, enum msg choose,
                struct intake_came **out_came, struct intake_map *out, bool *out_some);
/* The form, with the first rows and a list of columns for each field once there are rows. */
err map_form(struct web *w, const struct intake_book *b, size_t file, struct compare_view *m);

enum sheets_input { M_KEEP = M_FIELDS + SF_N, M_FILE, M_N };
extern const struct input compare_inputs[M_N];
extern const struct input compare_page_inputs[M_FILE];
err show_compare(struct web *w);
err prepare_compare(struct web *w);
err write_compare(struct ctx *c, const struct given *in, struct receipt *out);
err answer_compare(struct web *w);

/* Activity sheets of the same workbook, in and out. */
enum activities_input { MA_FILE = M_FIELDS + AF_N, MA_N };
extern const struct input activities_inputs[MA_N];
extern const struct input activities_page_inputs[MA_FILE];
err show_activities(struct web *w);
err prepare_activities(struct web *w);
err write_activities(struct ctx *c, const struct given *in, struct receipt *out);
err answer_activities(struct web *w);
err show_activities_csv(struct web *w);
err show_activities_xlsx(struct web *w);

/* The same columns on the way out (sheets_out.h): a list of the files, and they themselves. */
err sheets_out_fill(struct web *w, const char *at, const char *name, struct table_view *out);
enum sheets_out_input { SO_PROGRAMME, SO_PERIOD, SO_N };
extern const struct input sheets_out_inputs[SO_N];
err show_sheets_csv(struct web *w);
err show_sheets_xlsx(struct web *w);

enum past_input { B_SOURCE, B_ROWS, B_FILE, B_N };
extern const struct input brought_inputs[B_N];
extern const struct input brought_page_inputs[B_FILE];
err show_brought(struct web *w);
err prepare_brought(struct web *w);
err write_brought(struct ctx *c, const struct given *in, struct receipt *out);
err answer_brought(struct web *w); /* to the table that the receipt's note names */
enum past_decide_input { BD_CODE, BD_DO, BD_WHY, BD_N };
extern const struct input brought_one_inputs[BD_N];
extern const struct input brought_seen_inputs[1];
err show_brought_one(struct web *w);
err write_brought_one(struct ctx *c, const struct given *in, struct receipt *out);

#endif
