#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "err.h"

static int calls;

static err give(enum err_code code)
{
    calls++;
    return (err){code};
}

static err pass_on(enum err_code first)
{
    TRY(give(first));
    TRY(give(ERR_OK));
    return FAIL(CONFLICT);
}

static void try_returns_the_first_failure(void **state)
{
    (void)state;
    calls = 0;
    assert_int_equal(pass_on(ERR_BUSY).code, ERR_BUSY);
    assert_int_equal(calls, 1);
    calls = 0;
    assert_int_equal(pass_on(ERR_OK).code, ERR_CONFLICT);
    assert_int_equal(calls, 2);
    IGNORE(give(ERR_IO));
    assert_int_equal(calls, 3);
}

static void every_code_has_its_name(void **state)
{
    (void)state;
    static const char *const names[] = {"ok",   "not_found", "denied", "invalid",   "conflict",
                                        "busy", "limit",     "io",     "uncertain", "bug"};
    for (int i = ERR_OK; i <= ERR_BUG; i++) {
        assert_string_equal(err_name((err){(enum err_code)i}), names[i]);
    }
    assert_int_equal(OK.code, 0);
}

static void failures_keep_their_words(void **state)
{
    (void)state;
    struct fail f = {0};
    assert_int_equal(fail_set(&f, ERR_INVALID, 17, "phone").code, ERR_INVALID);
    assert_int_equal(f.message, 17);
    assert_string_equal(f.field, "phone");
    assert_int_equal(fail_log(&f, ERR_IO, "%s: %d", "disk", 5).code, ERR_IO);
    assert_string_equal(f.log, "disk: 5");
    assert_int_equal(f.message, 17); /* the person's half is left alone */
    char long_text[2 * FAIL_LOG_MAX];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    assert_int_equal(fail_log(&f, ERR_IO, "%s", long_text).code, ERR_IO);
    assert_int_equal(strlen(f.log), FAIL_LOG_MAX - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(try_returns_the_first_failure),
        cmocka_unit_test(every_code_has_its_name),
        cmocka_unit_test(failures_keep_their_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
