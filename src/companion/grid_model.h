/* grid_model.h: the sheets of a workbook that came in, on their way from the worker: each a grid
 * (base/grid.h).
 *
 * The worker reads the file, and whoever asked it gets cells: texts without controls, days as yyyy-mm-dd,
 * shares as "60%", formulas and merged cells marked.
 */
#ifndef SUNWAI_GRID_MODEL_H
#define SUNWAI_GRID_MODEL_H

#include "grid.h"

enum {
    GRID_SHEETS_MAX = 16,
    GRID_NAME_MAX = 200, /* bytes of a sheet's name */
    GRID_PACKED_MAX = 2 << 20
};

/* Whether it keeps all bounds, those of all cells together too: grids_pack() and grids_unpack() refuse any
 * other. */
bool grids_fine(const struct grid *grids, size_t n);
/* Appended to out; INVALID when they are not fine, LIMIT when they are longer than GRID_PACKED_MAX or out is.
 */
err grids_pack(const struct grid *grids, size_t n, struct buf *out);
/* Texts are borrowed from `packed`, lists live in the arena. INVALID for anything that grids_pack() would not
 * have written; LIMIT: the arena is full. */
err grids_unpack(struct arena *a, str packed, struct grid **out, size_t *out_n);

#endif
