/* fuzz_xlsx.c: any bytes as a workbook that comes in. What is taken are grids within their bounds, which are
 * packed again as they were; what is refused leaves nothing behind. */
#include <stddef.h>
#include <stdint.h>

#include "check.h"
#include "fuzz.h"
#include "xlsx_read.h"

enum { MEMORY = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str s = {size == 0 ? "" : (const char *)data, size};
    struct companion_made made = {.made = {buf_new(WIRE_MADE_MAX), buf_new(1)}};
    const enum wire_why why = xlsx_read_work(s, &made);
    CHECK(why == WHY_FINE || why == WHY_BROKEN || why == WHY_TOO_BIG || why == WHY_ACTIVE);
    if (why == WHY_FINE) {
        struct arena *a = arena_open(MEMORY);
        SCOPED(buf_free) struct buf again = buf_new(GRID_PACKED_MAX + 1);
        struct grid *grids;
        size_t n;
        CHECK(grids_unpack(a, buf_str(&made.made[0]), &grids, &n).code == ERR_OK && n == made.a);
        CHECK(grids_pack(grids, n, &again).code == ERR_OK);
        CHECK(str_eq(buf_str(&again), buf_str(&made.made[0])));
        arena_free(a);
    } else {
        CHECK(made.made[0].n == 0);
    }
    buf_free(&made.made[0]);
    buf_free(&made.made[1]);
    return 0;
}
