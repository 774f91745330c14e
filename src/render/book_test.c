/* book_test.c: tables on sheets, as they are and with one column side by side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "book.h"
#include "paper.h"

enum { SOME = 1 << 22, COLUMNS_N = 4 };

static const struct column columns[COLUMNS_N] = {{S_INIT("unit"), MSG_REPORT_DISTRICT, COLUMN_TEXT},
                                                 {S_INIT("period"), MSG_REPORT_PROVINCE, COLUMN_TEXT},
                                                 {S_INIT("n"), MSG_REPORT_TOTAL, COLUMN_NUMBER},
                                                 {S_INIT("day"), MSG_REPORT_OFFICIALS, COLUMN_DAY}};
#define ROW(unit, period, number)                                      \
    {.text = S_INIT(unit)}, {.text = S_INIT(period)}, {.n = (number)}, \
    {                                                                  \
        .empty = true                                                  \
    }
static const struct cell cells[] = {ROW("Nowshera", "Q1", 5), ROW("Nowshera", "Q2", 7),
                                    ROW("Lahore", "Q2", 9)};
static const struct table three = {
    .title = S_INIT("t"), .columns = columns, .columns_n = COLUMNS_N, .cells = cells, .rows_n = 3};
static const str above[] = {S_INIT("Who came"), S_INIT("provisional")};

static void a_table_is_a_sheet(void **state)
{
    (void)state;
    struct arena *a = arena_open(SOME);
    struct book_draft d;
    const struct book *b = NULL;
    book_begin(&d, a, LANG_UR, S("حاضری"), S(""));
    book_tidy(&d, &(struct book_place){.name = S("a/b [c]"), .above = above, .above_n = 2, .sums_n = 1},
              &three);
    assert_int_equal(book_done(&d, &b).code, ERR_OK);
    assert_true(b->sheets[0].rtl && str_eq(b->sheets[0].name, S("a b  c ")));
    assert_true(str_eq(b->sheets[0].columns[0].head, msg_text(LANG_UR, MSG_REPORT_DISTRICT)));
    assert_int_equal(b->sheets[0].cells[2].n, 5);
    assert_int_equal(b->sheets[0].cells[2].kind, BOOK_N);
    assert_int_equal(b->sheets[0].cells[3].kind, BOOK_NOTHING);
    assert_int_equal(b->sheets[0].sums_n, 1);
    assert_int_equal(b->sheets[0].above_n, 2);
    arena_free(a);
}

static void values_of_a_column_stand_side_by_side(void **state)
{
    (void)state;
    struct arena *a = arena_open(SOME);
    struct book_draft d;
    const struct book *b = NULL;
    book_begin(&d, a, LANG_EN, S("t"), S("f"));
    book_matrix(&d, &(struct book_place){.name = S("m")}, &three, 1, 2);
    assert_int_equal(book_done(&d, &b).code, ERR_OK);
    const struct book_sheet *s = &b->sheets[0];
    assert_int_equal(s->columns_n, 4); /* unit, day, Q1, Q2 */
    assert_int_equal(s->rows_n, 2);
    assert_int_equal(s->side_n, 2);
    assert_true(str_eq(s->columns[2].head, S("Q1")) && str_eq(s->columns[3].head, S("Q2")));
    assert_true(s->cells[2].n == 5 && s->cells[3].n == 7);
    assert_int_equal(s->cells[6].kind, BOOK_NOTHING); /* Lahore, Q1: nobody said */
    assert_int_equal(s->cells[7].n, 9);
    arena_free(a);
}

static void each_figure_has_a_row(void **state)
{
    (void)state;
    static const struct column shares[] = {{S_INIT("unit"), MSG_REPORT_DISTRICT, COLUMN_TEXT},
                                           {S_INIT("n"), MSG_REPORT_TOTAL, COLUMN_NUMBER},
                                           {S_INIT("p"), MSG_REPORT_OFFICIALS, COLUMN_PERCENT}};
    static const struct cell some[] = {{.text = S_INIT("Swat")},  {.n = 5},  {.n = 70},
                                       {.text = S_INIT("Buner")}, {.n = 7},  {.empty = true},
                                       {.text = S_INIT("All")},   {.n = 12}, {.n = 70}};
    const struct table t = {.title = S("t"), .columns = shares, .columns_n = 3, .cells = some, .rows_n = 3};
    struct arena *a = arena_open(SOME);
    struct book_draft d;
    const struct book *b = NULL;
    book_begin(&d, a, LANG_EN, S("t"), S("f"));
    book_figures(&d, &(struct book_place){.name = S("m"), .sums_n = 1}, &t);
    assert_int_equal(book_done(&d, &b).code, ERR_OK);
    const struct book_sheet *s = &b->sheets[0];
    assert_int_equal(s->columns_n, 4); /* district, which figure, number, per cent */
    assert_int_equal(s->rows_n, 3);
    assert_int_equal(s->sums_n, 0);
    assert_true(str_eq(s->cells[0].text, S("Swat")) && str_eq(s->cells[4].text, S("Swat")));
    assert_true(str_eq(s->cells[1].text, msg_text(LANG_EN, MSG_REPORT_TOTAL)));
    assert_true(s->cells[2].n == 5 && s->cells[3].kind == BOOK_NOTHING);
    assert_true(s->cells[6].kind == BOOK_NOTHING && s->cells[7].n == 700);
    assert_int_equal(s->cells[10].n, 7);
    arena_free(a);
}

static void figures_are_not_added_up(void **state)
{
    (void)state;
    static const struct cell twice[] = {ROW("Nowshera", "Q1", 5), ROW("Nowshera", "Q1", 7)};
    const struct table t = {
        .title = S("t"), .columns = columns, .columns_n = COLUMNS_N, .cells = twice, .rows_n = 2};
    struct arena *a = arena_open(SOME);
    struct book_draft d;
    const struct book *b = NULL;
    book_begin(&d, a, LANG_EN, S("t"), S(""));
    book_matrix(&d, &(struct book_place){.name = S("m")}, &t, 1, 2);
    assert_int_equal(book_done(&d, &b).code, ERR_BUG);
    book_begin(&d, a, LANG_EN, S("t"), S(""));
    book_matrix(&d, &(struct book_place){.name = S("m")}, &t, 1, 1);
    assert_int_equal(book_done(&d, &b).code, ERR_BUG);
    arena_free(a);
}

static void too_many_sheets_are_said_once(void **state)
{
    (void)state;
    struct arena *a = arena_open(SOME);
    struct book_draft d;
    const struct book *b = NULL;
    book_begin(&d, a, LANG_EN, S("t"), S(""));
    for (int i = 0; i <= BOOK_SHEETS_MAX; i++) {
        book_tidy(&d, &(struct book_place){.name = arena_printf(a, "%d", i)}, &three);
    }
    assert_int_equal(book_done(&d, &b).code, ERR_LIMIT);
    arena_free(a);
}

static void a_table_is_part_of_a_paper(void **state)
{
    (void)state;
    struct arena *a = arena_open(SOME);
    struct paper_draft d;
    const struct paper *p = NULL;
    paper_begin(&d, a, LANG_EN, PAPER_A4, 0, S("t"));
    assert_int_equal(paper_of_table(&d, &three, 1).code, ERR_OK);
    assert_int_equal(paper_done(&d, &p).code, ERR_OK);
    assert_int_equal(p->pieces_n, 4);
    assert_true(str_eq(p->pieces[1].words[2].text, S("5")));
    assert_true((p->pieces[3].words[0].flags & PAPER_STRONG) != 0);
    const struct table wide = {.title = S("t"), .columns = columns, .columns_n = PAPER_WORDS_MAX + 1};
    assert_int_equal(paper_of_table(&d, &wide, 0).code, ERR_INVALID);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_a_sheet),         cmocka_unit_test(values_of_a_column_stand_side_by_side),
        cmocka_unit_test(figures_are_not_added_up),   cmocka_unit_test(too_many_sheets_are_said_once),
        cmocka_unit_test(a_table_is_part_of_a_paper), cmocka_unit_test(each_figure_has_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
