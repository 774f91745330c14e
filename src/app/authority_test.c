#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "authority.h"
#include "certificate.h"
#include "clock.h"

static struct local_names names_of(struct arena *a, const char *list)
{
    struct local_names names;
    str wrong = STR_NONE;
    assert_true(local_names_read(a, str_of(list), &names, &wrong));
    return names;
}

static void test_names(void **state)
{
    (void)state;
    struct arena *a = arena_open(1 << 20);
    struct local_names names = names_of(a, "Desk.Local, 192.168.1.5 desk.local");
    assert_int_equal(names.n, 5); /* and the three of this machine */
    assert_true(str_eq(names.name[0], S("desk.local")));
    assert_true(str_eq(names.name[1], S("192.168.1.5")));
    uint8_t bytes[16];
    assert_int_equal(local_name_address(a, names.name[0], bytes), 0);
    assert_int_equal(local_name_address(a, names.name[1], bytes), 4);
    assert_int_equal(local_name_address(a, S("fd00::2"), bytes), 16);
    static const char *const wrong[] = {"a_b", "-a", "a..b", "a.", "*.local", "desk/x", "http://desk"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        str at = STR_NONE;
        assert_false(local_names_read(a, str_of(wrong[i]), &names, &at));
        assert_true(str_eq(at, str_of(wrong[i])));
    }
    local_names_find(a, &names);
    assert_true(names.n >= 3);
    arena_free(a);
}

static void test_authority(void **state)
{
    (void)state;
    struct arena *a = arena_open(1 << 20);
    struct fail f = {0};
    const struct local_names own = names_of(a, "desk.local 192.168.1.5");
    struct authority by;
    struct authority other;
    assert_int_equal(authority_make(a, S("desk"), &own, &by, &f).code, ERR_OK);
    assert_int_equal(authority_make(a, S("desk"), &own, &other, &f).code, ERR_OK);
    str pem;
    struct tls t = {0};
    assert_int_equal(authority_vouch(a, &by, &own, &pem, &f).code, ERR_OK);
    assert_true(tls_describe(a, pem, &t));
    assert_true(str_eq(t.names, S("desk.local, 192.168.1.5, localhost, 127.0.0.1, ::1")));
    assert_int_equal(t.until_ms - t.from_ms, INT64_C(1000) * 86400 * SERVER_DAYS);
    assert_int_equal(t.fingerprint.n, 64);
    /* A name it was not made for, but of such a network; and one that is somebody else's. */
    const struct local_names moved = names_of(a, "desk2.lan 10.9.8.7");
    assert_int_equal(authority_vouch(a, &by, &moved, &pem, &f).code, ERR_OK);
    const struct local_names far = names_of(a, "desk.local www.example.org");
    assert_int_equal(authority_vouch(a, &by, &far, &pem, &f).code, ERR_CONFLICT);
    const struct local_names far_address = names_of(a, "203.0.113.5");
    assert_int_equal(authority_vouch(a, &by, &far_address, &pem, &f).code, ERR_CONFLICT);
    by.key = other.key;
    assert_int_equal(authority_vouch(a, &by, &own, &pem, &f).code, ERR_INVALID);
    assert_true(authority_der(a, by.certificate).n > 100);
    assert_null(authority_der(a, S("none")).p);
    arena_free(a);
}

static void test_days(void **state)
{
    (void)state;
    clock_fix(INT64_C(1000) * MS_PER_DAY);
    assert_int_equal(certificate_days_left(INT64_C(1030) * MS_PER_DAY), 30);
    assert_int_equal(certificate_days_left(INT64_C(1001) * MS_PER_DAY - 1), 0);
    assert_int_equal(certificate_days_left(INT64_C(1000) * MS_PER_DAY - 1), -1);
    clock_fix(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_authority),
        cmocka_unit_test(test_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
