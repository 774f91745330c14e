/* Full-text queries are made of plain words only, whatever was typed. */
#include "store_testing.h"

#include "terms.h"

static int setup(void **state)
{
    struct testing *t = testing_new(NULL);
    testing_open(t);
    *state = t;
    return 0;
}

static int teardown(void **state)
{
    testing_free(*state);
    return 0;
}

static str query(struct testing *t, str scope, str words)
{
    str out = STR_NONE;
    const err e = terms_query(t->store, t->arena, scope, words, true, &out);
    return e.code == ERR_OK ? out : STR_NONE;
}

static void words_are_wanted_by_their_beginning(void **state)
{
    struct testing *t = *state;
    assert_true(str_eq(query(t, S("xh7"), S("no water")), S("\"xh7\" \"no\"* \"water\"*")));
    assert_true(str_eq(query(t, S("xh7"), S("  پانی ")), S("\"xh7\" \"پانی\"*")));
}

static void nothing_else_passes(void **state)
{
    struct testing *t = *state;
    static const char *const typed[] = {"", "   ", "a\"b", "near(a", "a*", "-a", "a:b", "a'b", "A"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        assert_null(query(t, S("xh7"), str_of(typed[i])).p);
    }
    assert_null(query(t, S("x h"), S("water")).p);
    assert_null(query(t, S(""), S("water")).p);
}

static void a_sentence_asks_for_its_first_words(void **state)
{
    struct testing *t = *state;
    assert_true(str_eq(query(t, S("x"), S("a b c d e f g h i j")),
                       S("\"x\" \"a\"* \"b\"* \"c\"* \"d\"* \"e\"* \"f\"* \"g\"* \"h\"*")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_are_wanted_by_their_beginning, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_else_passes, setup, teardown),
        cmocka_unit_test_setup_teardown(a_sentence_asks_for_its_first_words, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
