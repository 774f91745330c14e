#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kit_text.h"

static uint8_t secret[KIT_SECRET_LEN];
static struct arena *arena;

static void make(struct kit *k)
{
    assert_int_equal(kit_new(arena, k).code, ERR_OK);
    k->country = S("PK");
    k->unit = S("PK5");
    assert_int_equal(kit_entry_add(k, KIT_SERVICE, S("M-WAT-01")).code, ERR_OK);
    assert_int_equal(kit_field_add(k, S("name.ur"), S("پانی\nنہیں \\ آتا")).code, ERR_OK);
    assert_int_equal(kit_field_number(k, S("days"), 3).code, ERR_OK);
    assert_int_equal(kit_field_add(k, S("helpline"), S("")).code, ERR_OK);
    assert_int_equal(kit_entry_add(k, KIT_GROUP, S("water")).code, ERR_OK);
    for (int i = 0; i < 20; i++) { /* past the first room for fields, in no order */
        char name[8];
        (void)snprintf(name, sizeof name, "f%d", i);
        assert_int_equal(kit_field_add(k, arena_str(arena, str_of(name)), S("x")).code, ERR_OK);
    }
    kit_sort(k);
}

static str text_of(void)
{
    SCOPED(buf_free) struct buf b = buf_new(KIT_BYTES_MAX);
    struct kit k;
    make(&k);
    assert_int_equal(kit_sign(&k, secret, &b).code, ERR_OK);
    return arena_str(arena, buf_str(&b));
}

static enum kit_why why_not(str text)
{
    struct kit k;
    struct kit_fault f;
    const err e = kit_read(arena, text, &k, &f);
    assert_int_equal(e.code == ERR_OK, f.why == KIT_FINE);
    return f.why;
}

/* A body that somebody signed. */
static enum kit_why why_not_body(const char *body)
{
    SCOPED(buf_free) struct buf b = buf_new(KIT_BYTES_MAX);
    buf_put(&b, str_of(body));
    kit_sign_text(secret, &b);
    return why_not(buf_str(&b));
}

static void what_is_written_is_read_and_written_again(void **state)
{
    (void)state;
    struct kit k;
    struct kit_fault f;
    SCOPED(buf_free) struct buf again = buf_new(KIT_BYTES_MAX);
    const str text = text_of();
    assert_int_equal(kit_read(arena, text, &k, &f).code, ERR_OK);
    assert_int_equal(k.n, 2);
    assert_true(str_eq(k.unit, S("PK5")));
    const struct kit_entry *e = kit_find(&k, KIT_SERVICE, S("M-WAT-01"));
    assert_non_null(e);
    assert_int_equal(e->fields_n, 2); /* nothing is said of what is empty */
    assert_true(str_eq(kit_value(e, S("name.ur")), S("پانی\nنہیں \\ آتا")));
    assert_int_equal(kit_find(&k, KIT_GROUP, S("water"))->fields_n, 20);
    assert_null(kit_find(&k, KIT_TERM, S("water")));
    assert_int_equal(kit_sign(&k, secret, &again).code, ERR_OK);
    assert_true(str_eq(buf_str(&again), text));
    assert_true(str_eq(text_of(), text));
}

static void what_was_changed_or_cut_is_refused(void **state)
{
    (void)state;
    const str text = text_of();
    char *p = arena_try(arena, text.n);
    memcpy(p, text.p, text.n);
    for (size_t i = 0; i < text.n; i += 7) {
        p[i] ^= 1;
        assert_int_not_equal(why_not((str){p, text.n}), KIT_FINE);
        p[i] ^= 1;
        assert_int_not_equal(why_not((str){p, i}), KIT_FINE);
    }
    assert_int_equal(why_not((str){p, text.n}), KIT_FINE);
    assert_int_equal(why_not(str_sub(text, 0, text.n - 200)), KIT_UNSIGNED);
    p[60] ^= 1;
    assert_int_equal(why_not((str){p, text.n}), KIT_SIGNATURE);
    assert_int_equal(why_not(S("code,name\n")), KIT_NO_KIT);
}

static void a_kit_has_one_way_to_be_written(void **state)
{
    (void)state;
#define HEAD "sunwai kit 1\ncountry: PK\nfor: PK5\n"
    assert_int_equal(why_not_body(HEAD), KIT_FINE);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: b\n"), KIT_FINE);
    assert_int_equal(why_not_body("sunwai kit 2\ncountry: PK\nfor: PK5\n"), KIT_NEWER);
    assert_int_equal(why_not_body("sunwai kit 1\nfor: PK5\ncountry: PK\n"), KIT_LINE);
    assert_int_equal(why_not_body(HEAD "\n[group a]\n\n[group a]\n"), KIT_TWICE);
    assert_int_equal(why_not_body(HEAD "\n[service a]\n\n[group a]\n"), KIT_TWICE);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: a\nicon: b\n"), KIT_TWICE);
    assert_int_equal(why_not_body(HEAD "\n[song a]\n"), KIT_KIND_UNKNOWN);
    assert_int_equal(why_not_body(HEAD "\n[group a b]\n"), KIT_LINE);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: \n"), KIT_LINE);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nIcon: b\n"), KIT_LINE);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: b\\x\n"), KIT_LINE);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: b\xff\n"), KIT_LINE);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: b\xe2\x80\xae"
                                       "c\n"),
                     KIT_LINE);
    assert_int_equal(why_not_body(HEAD "icon: b\n"), KIT_LINE);
    assert_int_equal(why_not_body(HEAD "\n"), KIT_LINE);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: =b\n"), KIT_FORMULA);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: -1+1\n"), KIT_FORMULA);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: @b\n"), KIT_FORMULA);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: +1+b\n"), KIT_FORMULA);
    assert_int_equal(why_not_body(HEAD "\n[group a]\nicon: +92 51 111\n"), KIT_FINE);
}

static void a_fingerprint_is_compared_by_its_digits(void **state)
{
    (void)state;
    char print[KIT_PRINT_LEN];
    char other[KIT_PRINT_LEN + 2];
    struct kit k;
    struct kit_fault f;
    assert_int_equal(kit_read(arena, text_of(), &k, &f).code, ERR_OK);
    assert_true(kit_print(k.key, print));
    assert_true(kit_print_same(k.key, (str){print, sizeof print}));
    memcpy(other, print, sizeof print);
    other[4] = '-';
    assert_true(kit_print_same(k.key, (str){other, sizeof print}));
    other[0] = other[0] == 'a' ? 'b' : 'a';
    assert_false(kit_print_same(k.key, (str){other, sizeof print}));
    assert_false(kit_print_same(k.key, (str){print, sizeof print - 1}));
    assert_false(kit_print_same(k.key, S("")));
    assert_false(kit_print(S("00"), print));
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_open(256 << 20);
    kit_key_make(secret);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_and_written_again),
        cmocka_unit_test(what_was_changed_or_cut_is_refused),
        cmocka_unit_test(a_kit_has_one_way_to_be_written),
        cmocka_unit_test(a_fingerprint_is_compared_by_its_digits),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
