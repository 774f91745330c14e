#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "match.h"

static const struct route rows[] = {
    {.method = HTTP_GET, .pattern = "/"},
    {.method = HTTP_GET, .pattern = "/case/{ref}"},
    {.method = HTTP_POST, .pattern = "/case/{number}/act"},
    {.method = HTTP_GET, .pattern = "/case/new"},
    {.method = HTTP_POST, .pattern = "/case/new"},
    {.method = HTTP_GET, .pattern = "/{lang}/{page}/x"},
    {.method = HTTP_GET, .pattern = "/case/new/{step}"},
};
enum { N = sizeof rows / sizeof *rows };

static struct matcher *open_all(void)
{
    static const struct route *pointers[N];
    for (size_t i = 0; i < N; i++) {
        pointers[i] = &rows[i];
    }
    return match_open(pointers, N);
}

static void addresses_find_their_rows(void **state)
{
    (void)state;
    static const struct {
        enum http_method method;
        const char *path;
        int row; /* -1: no such address, -2: not with this method */
    } cells[] = {
        {HTTP_GET, "/", 0},
        {HTTP_HEAD, "/", 0},
        {HTTP_POST, "/", -2},
        {HTTP_OTHER, "/", -2},
        {HTTP_GET, "/case/4128063357", 1},
        {HTTP_GET, "/case/new", 3},
        {HTTP_POST, "/case/new", 4},
        {HTTP_POST, "/case/4128063357", -2},
        {HTTP_POST, "/case/1/act", 2},
        {HTTP_POST, "/case/new/act", -2}, /* the static segment wins, whatever the method */
        {HTTP_GET, "/case/new/act", 6},
        {HTTP_GET, "/case/new/x", 6},
        {HTTP_GET, "/case/old/x", 5},
        {HTTP_GET, "/case/1/act", -2},
        {HTTP_GET, "/ur/track/x", 5},
        {HTTP_GET, "/case", -1},
        {HTTP_GET, "/case/", -1},
        {HTTP_GET, "/case/new/", -1},
        {HTTP_GET, "/case/1/act/more", -1},
        {HTTP_GET, "/Case/new", -1},
        {HTTP_GET, "", -1},
        {HTTP_GET, "case", -1},
    };
    struct matcher *m = open_all();
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct match found;
        const err e = match_find(m, cells[i].method, str_of(cells[i].path), &found);
        const int row = e.code != ERR_OK ? -1 : found.route == NULL ? -2 : (int)(found.route - rows);
        if (row != cells[i].row) {
            fail_msg("%s: row %d, not %d", cells[i].path, row, cells[i].row);
        }
        if (row >= 0) {
            assert_int_equal(found.number, row);
        }
    }
    match_close(m);
}

static void parts_have_names_and_values(void **state)
{
    (void)state;
    struct matcher *m = open_all();
    struct match found;
    assert_int_equal(match_find(m, HTTP_GET, S("/ps/help/x"), &found).code, ERR_OK);
    assert_int_equal(found.values_n, 2);
    assert_true(str_eq(found.values[0], S("ps")));
    assert_true(str_eq(found.values[1], S("help")));
    assert_true(str_eq(match_part_name(found.route, 0), S("lang")));
    assert_true(str_eq(match_part_name(found.route, 1), S("page")));
    assert_null(match_part_name(found.route, 2).p);
    /* Gone down /case/{…}, and back: nothing of that is left. */
    assert_int_equal(match_find(m, HTTP_GET, S("/case/old/x"), &found).code, ERR_OK);
    assert_int_equal(found.values_n, 2);
    assert_true(str_eq(found.values[0], S("case")));
    match_close(m);
}

static void allowed_methods_are_told(void **state)
{
    (void)state;
    struct matcher *m = open_all();
    struct match found;
    assert_int_equal(match_find(m, HTTP_OTHER, S("/case/new"), &found).code, ERR_OK);
    assert_null(found.route);
    assert_true(found.allowed[HTTP_GET] && found.allowed[HTTP_POST]);
    assert_int_equal(match_find(m, HTTP_GET, S("/case/1/act"), &found).code, ERR_OK);
    assert_true(!found.allowed[HTTP_GET] && found.allowed[HTTP_POST]);
    match_close(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_find_their_rows),
        cmocka_unit_test(parts_have_names_and_values),
        cmocka_unit_test(allowed_methods_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
