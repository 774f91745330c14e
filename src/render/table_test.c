#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "table.h"

static const struct column columns[] = {
    {S_INIT("name"), MSG_WEB_SIGNIN_LOGIN, COLUMN_TEXT},
    {S_INIT("count"), MSG_WEB_SIGNIN_PASSWORD, COLUMN_NUMBER},
    {S_INIT("day"), MSG_WEB_SIGNIN_BUTTON, COLUMN_DAY},
    {S_INIT("at"), MSG_WEB_SIGNIN_TITLE, COLUMN_TIME},
};
static const struct cell cells[] = {
    {.text = S_INIT("=SUM(A1)"), .to = {S_INIT("/x")}},
    {.n = -12345},
    {.n = 20260314},
    {.n = 0},
    {.text = S_INIT("a,\"b\"")},
    {.empty = true},
    {.empty = true},
    {.empty = true},
};
static const struct table table = {S_INIT("Figures"), columns, 4, cells, 2};

static int set_up(void **state)
{
    *state = arena_open(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void csv_is_for_spreadsheets(void **state)
{
    SCOPED(buf_free) struct buf b = buf_new(10000);
    table_csv(&table, LANG_EN, *state, &b);
    assert_true(str_eq(buf_str(&b), S("\xEF\xBB\xBFUser name,Password,Sign in,Sign in\r\n"
                                      "'=SUM(A1),-12345,2026-03-14,1970-01-01T05:00:00+05:00\r\n"
                                      "\"a,\"\"b\"\"\",,,\r\n")));
    buf_clear(&b);
    table_csv(&table, LANG_UR, *state, &b);
    assert_true(str_starts(buf_str(&b), S("\xEF\xBB\xBFصارف نام,")));
}

static void json_has_keys_and_plain_values(void **state)
{
    SCOPED(buf_free) struct buf b = buf_new(10000);
    struct json j = json_to(&b);
    table_json(&table, *state, &j);
    assert_true(str_eq(
        buf_str(&b), S("[{\"name\":\"=SUM(A1)\",\"count\":-12345,\"day\":\"2026-03-14\",\"at\":"
                       "\"1970-01-01T05:00:00+05:00\"},{\"name\":\"a,\\\"b\\\"\",\"count\":null,\"day\":null,"
                       "\"at\":null}]")));
}

static void page_has_formatted_cells(void **state)
{
    struct table_view v;
    assert_int_equal(table_view_of(&table, LANG_EN, *state, &v).code, ERR_OK);
    assert_int_equal(v.rows_n, 2);
    assert_true(v.columns[1].end);
    assert_false(v.columns[0].end);
    assert_true(str_eq(v.rows[0].cells[2].text, S("14 March 2026")));
    assert_true(str_eq(v.rows[0].cells[0].to.s, S("/x")));
    assert_int_equal(v.rows[1].cells[1].text.n, 0);
    struct arena *small = arena_open(256);
    assert_int_equal(table_view_of(&table, LANG_EN, small, &v).code, ERR_LIMIT);
    arena_free(small);
}

/* A share is a number to machines and has its sign for people. */
static void shares_are_whole_per_cent(void **state)
{
    static const struct column share[] = {{S_INIT("share"), MSG_WEB_SIGNIN_TITLE, COLUMN_PERCENT}};
    static const struct cell seventy[] = {{.n = 70}, {.empty = true}};
    const struct table t = {S("Shares"), share, 1, seventy, 2};
    SCOPED(buf_free) struct buf b = buf_new(1000);
    struct json j = json_to(&b);
    table_json(&t, *state, &j);
    table_csv(&t, LANG_EN, *state, &b);
    assert_true(str_eq(buf_str(&b), S("[{\"share\":70},{\"share\":null}]\xEF\xBB\xBFSign in\r\n70\r\n\r\n")));
    struct table_view v;
    assert_int_equal(table_view_of(&t, LANG_EN, *state, &v).code, ERR_OK);
    assert_true(str_eq(v.rows[0].cells[0].text, S("70%")));
    assert_true(v.columns[0].end);
}

static void no_rows_are_no_mistake(void **state)
{
    const struct table none = {S("Figures"), columns, 4, NULL, 0};
    SCOPED(buf_free) struct buf b = buf_new(10000);
    struct json j = json_to(&b);
    table_json(&none, *state, &j);
    assert_true(str_eq(buf_str(&b), S("[]")));
    struct table_view v;
    assert_int_equal(table_view_of(&none, LANG_EN, *state, &v).code, ERR_OK);
    assert_int_equal(v.rows_n, 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {T(csv_is_for_spreadsheets), T(json_has_keys_and_plain_values),
                                       T(page_has_formatted_cells), T(no_rows_are_no_mistake),
                                       T(shares_are_whole_per_cent)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
