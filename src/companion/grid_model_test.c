/* Grids packed and unpacked; whatever is cut, longer or out of its bounds is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "grid_model.h"

static struct grid_cell cells[] = {
    {S_INIT("unit"), 0}, {S_INIT("نوشہرہ"), GRID_MERGED}, {S_INIT("=A1"), GRID_FORMULA}, {S_INIT(""), 0}};
static const struct grid two[] = {{S_INIT("One"), cells, 2, 2}, {S_INIT("دو"), cells, 1, 3}};

static void there_and_back(void **state)
{
    (void)state;
    struct arena *a = arena_open(1 << 20);
    SCOPED(buf_free) struct buf b = buf_new(4000);
    struct grid *out;
    size_t n;
    assert_int_equal(grids_pack(two, 2, &b).code, ERR_OK);
    assert_int_equal(grids_unpack(a, buf_str(&b), &out, &n).code, ERR_OK);
    assert_int_equal(n, 2);
    assert_true(str_eq(grid_at(&out[0], 0, 1).text, S("نوشہرہ")));
    assert_int_equal(grid_at(&out[1], 0, 2).flags, GRID_FORMULA);
    for (size_t i = 0; i < b.n; i++) {
        assert_int_equal(grids_unpack(a, str_sub(buf_str(&b), 0, i), &out, &n).code, ERR_INVALID);
    }
    buf_putc(&b, 'x');
    assert_int_equal(grids_unpack(a, buf_str(&b), &out, &n).code, ERR_INVALID);
    arena_free(a);
}

static void bounds(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(4000);
    struct grid_cell odd = {S("x"), 64};
    struct grid g = {S("One"), &odd, 1, 1};
    assert_int_equal(grids_pack(&g, 1, &b).code, ERR_INVALID);
    odd = (struct grid_cell){S("a\tb"), 0};
    assert_int_equal(grids_pack(&g, 1, &b).code, ERR_INVALID);
    g.rows_n = 0;
    assert_int_equal(grids_pack(&g, 1, &b).code, ERR_INVALID);
    assert_int_equal(b.n, 0);
    assert_int_equal(grids_pack(NULL, 0, &b).code, ERR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
