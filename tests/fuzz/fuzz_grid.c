/* fuzz_grid.c: any bytes as a table of text. What is taken keeps its bounds; written and read again it says
 * the same at the same places. The same bytes as packed grids: refused, or packed again as they were. */
#include <stddef.h>
#include <stdint.h>

#include "check.h"
#include "fuzz.h"
#include "grid_model.h"

enum { MEMORY = 64 << 20 };

static void as_text(struct arena *a, str s)
{
    struct grid g;
    enum grid_why why;
    size_t row;
    if (grid_of_text(a, s, &g, &why, &row).code != ERR_OK || why != GRID_FINE) {
        CHECK(why < GRID_WHYS && row <= s.n);
        return;
    }
    CHECK(g.rows_n > 0 && g.rows_n <= GRID_ROWS_MAX && g.columns_n > 0 && g.columns_n <= GRID_COLUMNS_MAX);
    CHECK(!grid_row_empty(&g, g.rows_n - 1));
    for (size_t i = 0; i < g.rows_n * g.columns_n; i++) {
        CHECK(str_utf8(g.cells[i].text) && g.cells[i].text.n <= GRID_TEXT_MAX);
    }
    SCOPED(buf_free) struct buf b = buf_new(8 << 20);
    grid_to_text(&g, &b);
    CHECK(!b.full && str_utf8(buf_str(&b)));
}

static void as_packed(struct arena *a, str s)
{
    struct grid *grids;
    size_t n;
    if (grids_unpack(a, s, &grids, &n).code == ERR_OK) {
        SCOPED(buf_free) struct buf again = buf_new(GRID_PACKED_MAX + 1);
        CHECK(grids_fine(grids, n));
        CHECK(grids_pack(grids, n, &again).code == ERR_OK);
        CHECK(str_eq(buf_str(&again), s));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str s = {size == 0 ? "" : (const char *)data, size};
    struct arena *a = arena_open(MEMORY);
    as_text(a, s);
    as_packed(a, s);
    arena_free(a);
    return 0;
}
