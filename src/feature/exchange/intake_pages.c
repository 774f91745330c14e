/* intake_pages.c: a file or rows of a form into grids, and faults by their place. */
#include "intake_pages.h"

#include "grid_model.h"
#include "work.h"

/* ---- what came ---- */

static enum msg no_table(enum grid_why why)
{
    static const enum msg words[GRID_WHYS] = {
        [GRID_FINE] = MSG_EXCHANGE_FAULT_EMPTY,      [GRID_EMPTY] = MSG_EXCHANGE_FAULT_EMPTY,
        [GRID_UTF16] = MSG_EXCHANGE_FAULT_UTF16,     [GRID_NOT_UTF8] = MSG_EXCHANGE_FAULT_UTF8,
        [GRID_OLD_BOOK] = MSG_EXCHANGE_FAULT_OLD,    [GRID_QUOTES] = MSG_EXCHANGE_FAULT_QUOTES,
        [GRID_TOO_LARGE] = MSG_EXCHANGE_FAULT_TABLE,
    };
    return words[why];
}

static err of_text(struct web *w, str text, size_t input, struct intake_came *io)
{
    enum grid_why why;
    size_t row;
    io->grids = arena_new_of(w->arena, struct grid);
    if (io->grids == NULL) {
        return FAIL(LIMIT);
    }
    TRY(grid_of_text(w->arena, text, io->grids, &why, &row));
    if (why != GRID_FINE) {
        web_fault(w, input, no_table(why));
        return OK;
    }
    io->grids_n = 1;
    return OK;
}

/* Why the worker could not read a workbook. */
static enum msg no_book(enum work_why why)
{
    static const enum msg words[WORK_WHYS] = {
        [WORK_FINE] = MSG_EXCHANGE_FAULT_BOOK,     [WORK_BROKEN] = MSG_EXCHANGE_FAULT_BOOK,
        [WORK_TOO_BIG] = MSG_EXCHANGE_FAULT_TABLE, [WORK_TOO_LONG] = MSG_EXCHANGE_FAULT_TABLE,
        [WORK_ACTIVE] = MSG_EXCHANGE_FAULT_OLD,
    };
    return words[why];
}

/* What the worker made lies in memory of its own; cells borrow their texts from a copy in the arena. */
static err of_book(struct web *w, str bytes, size_t input, struct intake_came *io)
{
    struct work_done done;
    err e = work_do(WORK_GRID, bytes, &done);
    if (e.code == ERR_INVALID) {
        web_fault(w, input, no_book(done.why));
        return OK;
    }
    TRY(e);
    const str packed = arena_str(w->arena, buf_str(&done.made[0]));
    work_free(&done);
    TRY(packed.p == NULL ? FAIL(LIMIT) : grids_unpack(w->arena, packed, &io->grids, &io->grids_n));
    if (io->grids_n == 0) {
        web_fault(w, input, MSG_EXCHANGE_FAULT_EMPTY);
    }
    return OK;
}

err intake_came(struct web *w, size_t file, size_t rows, struct intake_came **out)
{
    struct intake_came *came = arena_new_of(w->arena, struct intake_came);
    if (came == NULL) {
        return FAIL(LIMIT);
    }
    w->local = came;
    *out = came;
    if (w->in[file].n > 0) {
        const struct file *f = &w->in[file].files[0];
        return f->is == SNIFF_ZIP ? of_book(w, f->bytes, file, came) : of_text(w, f->bytes, file, came);
    }
    if (!w->in[rows].given) {
        web_fault(w, file, MSG_EXCHANGE_FAULT_NOTHING);
        return OK;
    }
    return of_text(w, w->in[rows].text, rows, came);
}

err intake_keep(struct web *w, const struct intake_came *came, size_t which, size_t file, size_t rows)
{
    SCOPED(buf_free) struct buf b = buf_new(GRID_BYTES_MAX);
    grid_to_text(&came->grids[which], &b);
    const str text = arena_str(w->arena, buf_str(&b));
    if (b.full || text.p == NULL) {
        return FAIL(LIMIT);
    }
    w->in[rows].given = true;
    w->in[rows].raw = text;
    w->in[rows].text = text;
    w->in[file].n = 0; /* its rows stand in the form: it need not be chosen again */
    return OK;
}

void intake_refuse(struct web *w, struct intake_came *came, const struct intake *read)
{
    came->read = read;
    web_fault(w, SIZE_MAX, MSG_EXCHANGE_REFUSED_WHOLE);
}

/* ---- faults ---- */

enum { F_PLACE, F_THERE, F_WHY, F_COLS };

static str fault_place(struct web *w, const struct intake_fault *f)
{
    if (f->row == SIZE_MAX) {
        return page_msg(&w->page, MSG_EXCHANGE_PLACE_TABLE);
    }
    if (f->column == SIZE_MAX) {
        const struct msg_arg row = {"row", arena_printf(w->arena, "%zu", f->row + 1)};
        return page_msg_args(&w->page, MSG_EXCHANGE_PLACE_ROW, 0, &row, 1);
    }
    return grid_place(w->arena, f->row, f->column);
}

err intake_faults(struct web *w, const struct intake *t, struct table_view *out)
{
    static const enum msg heads[F_COLS] = {
        [F_PLACE] = MSG_EXCHANGE_PLACE, [F_THERE] = MSG_EXCHANGE_THERE, [F_WHY] = MSG_EXCHANGE_WHY};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, t->faults_n * F_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < t->faults_n; i++) {
        const struct intake_fault *f = &t->faults[i];
        struct cell_view *c = &cells[i * F_COLS];
        const struct msg_arg what = {"what", f->what.p == NULL ? S("") : f->what};
        c[F_PLACE] =
            (struct cell_view){.text = fault_place(w, f), .dir = f->column != SIZE_MAX ? S("ltr") : S("")};
        c[F_THERE] = (struct cell_view){.text = f->there, .dir = S("auto")};
        c[F_WHY].text = page_msg_args(&w->page, f->why, 0, &what, 1);
    }
    return web_table(w, heads, F_COLS, cells, t->faults_n, MSG_EXCHANGE_FAULTS, MSG_EXCHANGE_FAULTS, out);
}

static err faults_fill(struct web *w, const struct intake *t, struct intake_view *m)
{
    m->refused = true;
    m->faults_n = (int64_t)(t->faults_n + t->more);
    return intake_faults(w, t, &m->faults);
}

/* ---- the form ---- */

enum { K_NAME, K_NEEDED, K_HOW, K_COLS };

static err columns_fill(struct web *w, const struct intake_column *columns, const enum msg *hints, size_t n,
                        struct table_view *out)
{
    static const enum msg heads[K_COLS] = {
        [K_NAME] = MSG_EXCHANGE_COLUMN, [K_NEEDED] = MSG_EXCHANGE_NEEDED, [K_HOW] = MSG_EXCHANGE_HOW};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * K_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * K_COLS];
        c[K_NAME] = (struct cell_view){
            .text = columns[i].code, .dir = S("ltr"), .note = page_msg(&w->page, columns[i].name)};
        c[K_NEEDED].text =
            page_msg(&w->page, columns[i].needed ? MSG_EXCHANGE_NEEDED_YES : MSG_EXCHANGE_NEEDED_NO);
        c[K_HOW].text = page_msg(&w->page, hints[i]);
    }
    return web_table(w, heads, K_COLS, cells, n, MSG_EXCHANGE_COLUMNS, MSG_EXCHANGE_COLUMNS, out);
}

struct field_view intake_file_field(struct web *w, size_t file)
{
    return (struct field_view){
        .name = S("file"),
        .label = page_msg(&w->page, MSG_EXCHANGE_FILE),
        .hint = page_msg(&w->page, MSG_EXCHANGE_FILE_HINT),
        .fault = w->route->inputs_n > file ? w->in[file].fault : S(""),
        .accept = S(".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")};
}

err intake_fill(struct web *w, size_t file, size_t rows, const struct intake_column *columns,
                const enum msg *hints, size_t columns_n, struct intake_view *out)
{
    enum { ROWS_SHOWN = 8, ROWS_TO_MEND = 16 };
    const struct intake_came *came = w->local;
    out->file = intake_file_field(w, file);
    out->rows = web_field(w, rows, MSG_EXCHANGE_ROWS_HINT);
    out->rows.dir = S("ltr");
    out->rows.rows = w->in[rows].given ? ROWS_TO_MEND : ROWS_SHOWN;
    TRY(columns_fill(w, columns, hints, columns_n, &out->columns));
    return came != NULL && came->read != NULL ? faults_fill(w, came->read, out) : OK;
}
