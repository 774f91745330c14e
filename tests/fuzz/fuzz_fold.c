/* fuzz_fold: folding, normalising, checking and cleaning of any bytes. */
#include <string.h>

#include "check.h"
#include "fold.h"
#include "fuzz.h"

enum { INPUT_MAX = 4096, ARENA = 1 << 22 };

static str fold_well(struct arena *a, str s)
{
    str out;
    CHECK(fold(a, s, &out).code == ERR_OK);
    return out;
}

static void check_folding(struct arena *a, str s)
{
    str nfc = S("untouched");
    str again;
    if (!str_utf8(s)) {
        str out = S("untouched");
        CHECK(fold(a, s, &out).code == ERR_INVALID && text_nfc(a, s, &nfc).code == ERR_INVALID);
        CHECK(str_eq(out, S("untouched")) && str_eq(nfc, S("untouched")));
        return;
    }
    const str once = fold_well(a, s);
    CHECK(str_utf8(once) && !str_starts(once, S(" ")) && !str_ends(once, S(" ")));
    CHECK(once.n == 0 || memmem(once.p, once.n, "  ", 2) == NULL);
    CHECK(str_eq(fold_well(a, once), once));
    CHECK(text_nfc(a, s, &nfc).code == ERR_OK && str_utf8(nfc));
    CHECK(text_nfc(a, nfc, &again).code == ERR_OK && str_eq(again, nfc));
    CHECK(str_eq(fold_well(a, nfc), once)); /* what is stored is found */
    const str digits = digits_ascii(a, s);
    CHECK(str_utf8(digits) && str_chars(digits) == str_chars(s));
    CHECK(str_eq(fold_well(a, digits), once));
}

static void check_cleaning(struct arena *a, str s, bool several_lines)
{
    const enum text_fault fault = text_check(s, several_lines);
    const str clean = text_clean(a, s, several_lines);
    CHECK(str_utf8(clean) && text_check(clean, several_lines) == TEXT_OK);
    CHECK(str_eq(text_clean(a, clean, several_lines), clean));
    CHECK((fault == TEXT_OK) == str_eq(clean, s));
    CHECK((fault != TEXT_NOT_UTF8 && fault != TEXT_NUL) == str_utf8(s));
    CHECK(text_check(clean, true) == TEXT_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > INPUT_MAX) {
        return 0;
    }
    struct arena *a = arena_open(ARENA);
    const str s = {(const char *)data, size};
    check_folding(a, s);
    check_cleaning(a, s, false);
    check_cleaning(a, s, true);
    CHECK(!arena_full(a));
    arena_free(a);
    return 0;
}
