#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "caps.h"

static struct sockaddr_storage sockaddr_for(const char *text)
{
    struct sockaddr_storage s = {0};
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = 7};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = 7};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        memcpy(&s, &v4, sizeof v4);
        return s;
    }
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    memcpy(&s, &v6, sizeof v6);
    return s;
}

static struct address at(const char *text)
{
    const struct sockaddr_storage s = sockaddr_for(text);
    return address_of((const struct sockaddr *)&s);
}

static enum caps_place take(struct caps *c, const char *text)
{
    const struct address a = at(text);
    return caps_take(c, &a);
}

static void give(struct caps *c, const char *text)
{
    const struct address a = at(text);
    caps_give(c, &a);
}

static void test_counting(void **state)
{
    (void)state;
    struct fail f;
    struct caps *c;
    assert_int_equal(caps_open(2, NULL, NULL, &c, &f).code, ERR_OK);
    assert_int_equal(take(c, "10.0.0.1"), CAPS_FREE);
    assert_int_equal(take(c, "::ffff:10.0.0.1"), CAPS_FREE); /* the same address */
    for (int i = 0; i < 4; i++) {
        assert_int_equal(take(c, "10.0.0.1"), CAPS_OVER);
    }
    assert_int_equal(take(c, "10.0.0.1"), CAPS_FULL);
    assert_int_equal(take(c, "10.0.0.2"), CAPS_FREE);
    assert_int_equal(take(c, "2001:db8::1"), CAPS_FREE);
    assert_int_equal(take(c, "2001:db8::2"), CAPS_FREE);
    assert_int_equal(take(c, "2001:db8:0:0:1::"), CAPS_OVER); /* all one /64 */
    assert_int_equal(take(c, "2001:db8:0:1::"), CAPS_FREE);
    for (int i = 0; i < 6; i++) {
        give(c, "10.0.0.1");
    }
    assert_int_equal(take(c, "10.0.0.1"), CAPS_FREE);
    const struct sockaddr local = {.sa_family = AF_UNIX};
    const struct address none = address_of(&local);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(caps_take(c, &none), CAPS_FREE);
    }
    caps_close(c);
    caps_close(NULL);
}

static void test_many_addresses(void **state)
{
    (void)state;
    struct fail f;
    struct caps *c;
    assert_int_equal(caps_open(1, NULL, NULL, &c, &f).code, ERR_OK);
    for (int round = 0; round < 2; round++) {
        for (unsigned i = 0; i < 5000; i++) {
            char text[32];
            snprintf(text, sizeof text, "10.1.%u.%u", i / 250, i % 250);
            assert_int_equal(take(c, text), CAPS_FREE);
        }
        for (unsigned i = 0; i < 5000; i++) {
            char text[32];
            snprintf(text, sizeof text, "10.1.%u.%u", i / 250, i % 250);
            give(c, text);
        }
    }
    caps_close(c);
}

static void test_allow_list(void **state)
{
    (void)state;
    struct fail f;
    struct caps *c;
    const char *const allow[] = {"127.0.0.1", "2001:db8::", NULL};
    assert_int_equal(caps_open(1, allow, NULL, &c, &f).code, ERR_OK);
    for (int i = 0; i < 50; i++) {
        assert_int_equal(take(c, "127.0.0.1"), CAPS_FREE);
        assert_int_equal(take(c, "2001:db8::77"), CAPS_FREE);
    }
    give(c, "127.0.0.1");
    assert_int_equal(take(c, "127.0.0.2"), CAPS_FREE);
    assert_int_equal(take(c, "127.0.0.2"), CAPS_OVER);
    caps_close(c);
    /* The phones of an event behind one address are not counted, and not believed. */
    const char *const crowds[] = {"192.0.2.7", NULL};
    assert_int_equal(caps_open(1, allow, crowds, &c, &f).code, ERR_OK);
    for (int i = 0; i < 400; i++) {
        assert_int_equal(take(c, "192.0.2.7"), CAPS_FREE);
    }
    assert_false(caps_trust(c, S("192.0.2.7")));
    assert_true(caps_trust(c, S("127.0.0.1")));
    caps_close(c);
    const char *const wrong[] = {"127.0.0.1", "desk.example", NULL};
    assert_int_equal(caps_open(1, wrong, NULL, &c, &f).code, ERR_INVALID);
    assert_non_null(strstr(f.log, "desk.example"));
}

/* A neighbour in the network of a proxy is not the proxy. */
static void test_trust(void **state)
{
    (void)state;
    struct fail f;
    struct caps *c;
    const char *const allow[] = {"127.0.0.1", "2001:DB8:0::5", "::ffff:192.0.2.9", NULL};
    assert_int_equal(caps_open(1, allow, NULL, &c, &f).code, ERR_OK);
    assert_true(caps_trust(c, S("127.0.0.1")));
    assert_true(caps_trust(c, S("2001:db8::5")));
    assert_true(caps_trust(c, S("192.0.2.9")));
    assert_false(caps_trust(c, S("2001:db8::6")));
    assert_false(caps_trust(c, S("127.0.0.2")));
    assert_false(caps_trust(c, S("")));
    caps_close(c);
    assert_int_equal(caps_open(1, NULL, NULL, &c, &f).code, ERR_OK);
    assert_false(caps_trust(c, S("127.0.0.1")));
    caps_close(c);
}

static void test_read(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"192.0.2.7", "192.0.2.7"}, {"::FFFF:192.0.2.7", "192.0.2.7"}, {"2001:DB8:0:0::A", "2001:db8::a"}};
    char text[ADDRESS_TEXT_MAX];
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(address_read(str_of(pairs[i][0]), text), strlen(pairs[i][1]));
        assert_string_equal(text, pairs[i][1]);
    }
    static const str none[] = {
        S_INIT(""),
        S_INIT("192.0.2"),
        S_INIT("192.0.2.7:80"),
        S_INIT("[::1]"),
        S_INIT("fe80::1%eth0"),
        S_INIT("unknown"),
        S_INIT("1.2.3.4\0x"),
        S_INIT("1111:2222:3333:4444:5555:6666:7777:8888:9999:1111:2222:3333:4444:5555:6666")};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(address_read(none[i], text), 0);
    }
}

static void test_text(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"192.0.2.7", "192.0.2.7"}, {"::ffff:192.0.2.7", "192.0.2.7"}, {"2001:db8::a", "2001:db8::a"}};
    for (size_t i = 0; i < 3; i++) {
        const struct sockaddr_storage s = sockaddr_for(pairs[i][0]);
        char text[ADDRESS_TEXT_MAX];
        assert_int_equal(address_text((const struct sockaddr *)&s, text), strlen(pairs[i][1]));
        assert_string_equal(text, pairs[i][1]);
    }
    const struct sockaddr local = {.sa_family = AF_UNIX};
    char text[ADDRESS_TEXT_MAX];
    assert_int_equal(address_text(&local, text), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counting),   cmocka_unit_test(test_many_addresses),
        cmocka_unit_test(test_allow_list), cmocka_unit_test(test_trust),
        cmocka_unit_test(test_read),       cmocka_unit_test(test_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
