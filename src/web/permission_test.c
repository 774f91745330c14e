#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "permission.h"
#include "str.h"

static void nobody_has_what_is_unsaid(void **state)
{
    (void)state;
    for (int r = 0; r < ROLE_N; r++) {
        assert_false(permission_of((enum role)r, P_UNSAID));
        assert_true(permission_of((enum role)r, P_PUBLIC));
    }
    for (int p = P_PUBLIC + 1; p < P_N; p++) {
        assert_false(permission_of(ROLE_NOBODY, (enum permission)p));
        assert_false(permission_of(ROLE_PUBLIC, (enum permission)p));
    }
}

static void rows_are_kept_apart(void **state)
{
    (void)state;
    assert_true(permission_of(ROLE_DESK, P_CASE_FILE));
    assert_false(permission_of(ROLE_OFFICER, P_CASE_FILE));
    assert_true(permission_of(ROLE_ADMIN, P_USER_MANAGE));
    assert_false(permission_of(ROLE_ADMIN, P_CASE_READ));
    assert_true(permission_of(ROLE_SUPERVISOR, P_USER_MANAGE));
    assert_false(permission_of(ROLE_DESK, P_USER_MANAGE));
    assert_true(str_eq(str_of(permission_name(P_SLIP_PRINT)), S("slip.print")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_has_what_is_unsaid),
        cmocka_unit_test(rows_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
