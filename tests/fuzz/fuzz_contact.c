/* fuzz_contact: telephone numbers, identity card numbers, case references and languages, as they are typed.
 */
#include <string.h>

#include "caseref.h"
#include "check.h"
#include "cnic.h"
#include "fold.h"
#include "fuzz.h"
#include "lang.h"
#include "phone.h"

static void check_phone(struct arena *a, str typed)
{
    phone p = {STR_NONE};
    phone again = {STR_NONE};
    const err e = phone_of(a, typed, &p);
    CHECK(phone_of(a, digits_ascii(a, typed), &again).code == e.code && str_eq(again.e164, p.e164));
    if (e.code != ERR_OK) {
        CHECK(e.code == ERR_INVALID && p.e164.p == NULL);
        return;
    }
    CHECK(p.e164.n >= 9 && p.e164.n <= 16 && p.e164.p[0] == '+' && p.e164.p[1] != '0');
    for (size_t i = 1; i < p.e164.n; i++) {
        CHECK(p.e164.p[i] >= '0' && p.e164.p[i] <= '9');
    }
    CHECK(phone_of(a, p.e164, &again).code == ERR_OK && str_eq(again.e164, p.e164));
    const str local = phone_local(a, p);
    CHECK(phone_of(a, local, &again).code == ERR_OK && str_eq(again.e164, p.e164));
    const str masked = phone_masked(a, p);
    CHECK(str_utf8(masked) && str_chars(masked) == str_chars(local));
    CHECK(phone_of(a, masked, &again).code == ERR_INVALID);
    CHECK(memmem(masked.p, masked.n, "••", sizeof "••" - 1) != NULL);
}

static void check_cnic(struct arena *a, str typed)
{
    cnic c;
    cnic again;
    const err e = cnic_of(a, typed, &c);
    CHECK(cnic_of(a, digits_ascii(a, typed), &again).code == e.code);
    if (e.code != ERR_OK) {
        CHECK(e.code == ERR_INVALID);
        return;
    }
    const str text = cnic_text(a, c);
    CHECK(text.n == 15 && text.p[5] == '-' && text.p[13] == '-');
    CHECK(cnic_of(a, text, &again).code == ERR_OK && memcmp(&again, &c, sizeof c) == 0);
}

static void check_case_ref(struct arena *a, str typed)
{
    case_ref r;
    case_ref again;
    const err e = case_ref_of(a, typed, &r);
    CHECK(case_ref_of(a, digits_ascii(a, typed), &again).code == e.code);
    if (e.code != ERR_OK) {
        CHECK(e.code == ERR_INVALID);
        return;
    }
    const str text = case_ref_text(a, r);
    CHECK(text.n == 12 && text.p[3] == '-' && text.p[7] == '-');
    CHECK(case_ref_of(a, text, &again).code == ERR_OK && memcmp(&again, &r, sizeof r) == 0);
    for (size_t i = 0; i < sizeof r.digits; i++) { /* one wrong digit is always found */
        case_ref slip = r;
        slip.digits[i] = (char)(r.digits[i] == '9' ? '0' : r.digits[i] + 1);
        CHECK(case_ref_of(a, case_ref_digits(&slip), &again).code == ERR_INVALID);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open(1 << 20);
    const str s = {(const char *)data, size < 1024 ? size : 1024};
    check_phone(a, s);
    check_cnic(a, s);
    check_case_ref(a, s);
    CHECK(lang_accept(s) < LANG_N);
    enum lang lang = LANG_N;
    CHECK(lang_of(s, &lang) == (lang != LANG_N));
    arena_free(a);
    return 0;
}
