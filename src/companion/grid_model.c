/* grid_model.c: bounds of grids, and their bytes. */
#include "grid_model.h"

#include <string.h>

#include "packing.h"

enum { MARK_SIZE = 4, GRID_VERSION = 1 };
static const char mark[MARK_SIZE] = {'g', 'r', 'd', GRID_VERSION};

static bool grid_fine(const struct grid *g)
{
    if (!pack_text_fine(g->name, GRID_NAME_MAX) || g->rows_n == 0 || g->rows_n > GRID_ROWS_MAX ||
        g->columns_n == 0 || g->columns_n > GRID_COLUMNS_MAX || g->rows_n * g->columns_n > GRID_CELLS_MAX) {
        return false;
    }
    for (size_t i = 0; i < g->rows_n * g->columns_n; i++) {
        if (!pack_text_fine(g->cells[i].text, GRID_TEXT_MAX) ||
            (g->cells[i].flags & ~(unsigned)GRID_FLAGS) != 0) {
            return false;
        }
    }
    return true;
}

bool grids_fine(const struct grid *grids, size_t n)
{
    size_t cells = 0;
    for (size_t i = 0; i < n && i <= GRID_SHEETS_MAX; i++) {
        if (!grid_fine(&grids[i])) {
            return false;
        }
        cells += grids[i].rows_n * grids[i].columns_n;
    }
    return n <= GRID_SHEETS_MAX && cells <= GRID_CELLS_MAX;
}

/* ---- putting together ---- */

static void put_text(struct buf *out, str text)
{
    pack_number(out, text.n, 2);
    buf_put(out, text);
}

err grids_pack(const struct grid *grids, size_t n, struct buf *out)
{
    const size_t before = out->n;
    if (!grids_fine(grids, n)) {
        return FAIL(INVALID);
    }
    buf_put(out, (str){mark, MARK_SIZE});
    pack_number(out, n, 1);
    for (size_t i = 0; i < n; i++) {
        const struct grid *g = &grids[i];
        put_text(out, g->name);
        pack_number(out, g->rows_n, 2);
        pack_number(out, g->columns_n, 1);
        for (size_t k = 0; k < g->rows_n * g->columns_n; k++) {
            pack_number(out, g->cells[k].flags, 1);
            put_text(out, g->cells[k].text);
        }
    }
    return out->full || out->n - before > GRID_PACKED_MAX ? FAIL(LIMIT) : OK;
}

/* ---- taking apart ---- */

static str take_text(struct unpacking *u)
{
    const size_t n = (size_t)unpack_number(u, 2);
    return unpack_bytes(u, n);
}

/* Each cell is at least three bytes: what says more cells than that is cut off, and takes no memory. */
static err take_grid(struct arena *a, struct unpacking *u, struct grid *g)
{
    enum { CELL_LEAST = 3 };
    g->name = take_text(u);
    g->rows_n = (size_t)unpack_number(u, 2);
    g->columns_n = (size_t)unpack_number(u, 1);
    const size_t n = g->rows_n * g->columns_n;
    if (u->bad || n * CELL_LEAST > u->left.n) {
        return FAIL(INVALID);
    }
    g->cells = arena_array_of(a, struct grid_cell, n + 1);
    if (g->cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        g->cells[i].flags = (unsigned)unpack_number(u, 1);
        g->cells[i].text = take_text(u);
    }
    return OK;
}

err grids_unpack(struct arena *a, str packed, struct grid **out, size_t *out_n)
{
    struct unpacking u = {.left = packed};
    const str head = unpack_bytes(&u, MARK_SIZE);
    const size_t n = (size_t)unpack_number(&u, 1);
    if (u.bad || packed.n > GRID_PACKED_MAX || memcmp(head.p, mark, MARK_SIZE) != 0 || n > GRID_SHEETS_MAX) {
        return FAIL(INVALID);
    }
    struct grid *grids = arena_array_of(a, struct grid, n + 1);
    if (grids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(take_grid(a, &u, &grids[i]));
    }
    if (u.bad || u.left.n > 0 || !grids_fine(grids, n)) {
        return FAIL(INVALID);
    }
    *out = grids;
    *out_n = n;
    return OK;
}
