#include "caseref.h"

#include <string.h>

#include "check.h"
#include "digits.h"
#include "random.h"

/* The totally anti-symmetric quasigroup of order 10 in Damm's dissertation (Marburg 2004), page 111. */
static const char quasigroup[10][11] = {"0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
                                        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"};

char damm_digit(str digits)
{
    char interim = '0';
    for (size_t i = 0; i < digits.n; i++) {
        CHECK(digits.p[i] >= '0' && digits.p[i] <= '9');
        interim = quasigroup[interim - '0'][digits.p[i] - '0'];
    }
    return interim;
}

case_ref case_ref_random(void)
{
    case_ref r;
    uint32_t drawn = random_below(1000000000);
    for (size_t i = 9; i > 0; i--) {
        r.digits[i - 1] = (char)('0' + drawn % 10);
        drawn /= 10;
    }
    r.digits[9] = damm_digit((str){r.digits, 9});
    return r;
}

err case_ref_of(struct arena *a, str typed, case_ref *out)
{
    (void)a; /* a case_ref carries its digits itself */
    case_ref r = {.digits = {0}};
    size_t n;
    if (!digits_typed(typed, S(""), r.digits, sizeof r.digits, &n, NULL) || n != sizeof r.digits) {
        return FAIL(INVALID);
    }
    if (damm_digit((str){r.digits, sizeof r.digits}) != '0') {
        return FAIL(INVALID);
    }
    *out = r;
    return OK;
}

str case_ref_digits(const case_ref *r)
{
    return (str){r->digits, sizeof r->digits};
}

str case_ref_text(struct arena *a, case_ref r)
{
    return arena_printf(a, "%.3s-%.3s-%.4s", r.digits, r.digits + 3, r.digits + 6);
}
