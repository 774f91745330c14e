#include "phone.h"

#include <string.h>

#include "digits.h"

enum { E164_MAX = 15, E164_MIN = 8, TYPED_MAX = E164_MAX + 3 /* 00, and the 0 of "+92 (0) 300" */ };

/* A number inside Pakistan without its 0: a mobile has ten digits and begins with 3, a landline 8 to 10
 * (PTA numbering plan: area code of 2 to 5 digits with the 0, 9 to 11 digits with it). */
static bool is_national(str d)
{
    if (d.n == 0 || d.p[0] == '0' || d.p[0] == '1') {
        return false;
    }
    return d.p[0] == '3' ? d.n == 10 : d.n >= 8 && d.n <= 10;
}

static str without(str s, str prefix)
{
    return str_starts(s, prefix) ? str_sub(s, prefix.n, s.n) : s;
}

/* The number behind +92, or STR_NONE: "+92 300…", "92 300…", "+92 (0) 300…", "0300…", "300…". */
static str national_of(str d, bool international)
{
    enum { BARE_MIN = 11 }; /* a bare 92 with fewer digits may be the beginning of an area code, 0922 */
    if (str_starts(d, S("92")) && (international || d.n >= BARE_MIN)) {
        const str behind = without(str_sub(d, 2, d.n), S("0"));
        if (is_national(behind)) {
            return behind;
        }
    }
    if (international) {
        return STR_NONE;
    }
    if (str_starts(d, S("0")) && is_national(str_sub(d, 1, d.n))) {
        return str_sub(d, 1, d.n);
    }
    const bool mobile = str_starts(d, S("3")) && is_national(d); /* a sheet that took the 0 for a number's */
    return mobile ? d : STR_NONE;
}

err phone_of(struct arena *a, str typed, phone *out)
{
    char digits[TYPED_MAX];
    size_t n;
    bool plus;
    if (!digits_typed(typed, S("()[]./"), digits, sizeof digits, &n, &plus)) {
        return FAIL(INVALID);
    }
    str d = {digits, n};
    const bool international = plus || str_starts(d, S("00"));
    d = without(d, S("00"));
    const str national = national_of(d, international);
    /* Only with its plus: 00300… is a slip in an own number sooner than a call to Greece. */
    const bool foreign = plus && n == d.n && !str_starts(d, S("92")) && !str_starts(d, S("0")) &&
                         d.n >= E164_MIN && d.n <= E164_MAX;
    if (national.p == NULL && !foreign) {
        return FAIL(INVALID);
    }
    const str e164 =
        national.p != NULL ? arena_printf(a, "+92%.*s", STR_F(national)) : arena_printf(a, "+%.*s", STR_F(d));
    if (e164.p == NULL) {
        return FAIL(LIMIT);
    }
    *out = (phone){e164};
    return OK;
}

/* How long the area code is, without the 0. Mobile codes have 3 digits. Two-digit areas are listed; 58 is the
 * group of Azad Kashmir and Gilgit-Baltistan with four; all others have 3 (0923 Nowshera). */
static size_t area_len(str national)
{
    static const char two[] =
        "21 22 25 40 41 42 44 46 47 48 49 51 52 53 55 56 57 61 62 63 64 65 66 67 68 71 74 81 91";
    if (str_starts(national, S("58"))) {
        return 4;
    }
    for (const char *area = two; area < two + sizeof two; area += 3) {
        if (str_starts(national, (str){area, 2})) {
            return 2;
        }
    }
    return 3;
}

/* The part before the dash, "0300", and the part behind it; a foreign number has no such parts. */
static bool split(phone p, str *out_area, str *out_rest)
{
    if (!str_starts(p.e164, S("+92")) || !is_national(str_sub(p.e164, 3, p.e164.n))) {
        return false;
    }
    const str national = str_sub(p.e164, 3, p.e164.n);
    const size_t area = area_len(national);
    *out_area = str_sub(national, 0, area);
    *out_rest = str_sub(national, area, national.n);
    return true;
}

str phone_local(struct arena *a, phone p)
{
    str area;
    str rest;
    if (!split(p, &area, &rest)) {
        return arena_str(a, p.e164);
    }
    return arena_printf(a, "0%.*s-%.*s", STR_F(area), STR_F(rest));
}

str phone_masked(struct arena *a, phone p)
{
    static const char dots[] = "•••••••••••••••";
    enum { DOT = sizeof "•" - 1, SHOWN = 2 };
    str area;
    str rest;
    if (!split(p, &area, &rest)) {
        area = str_sub(p.e164, 0, 3);
        rest = str_sub(p.e164, 3, p.e164.n);
    }
    const size_t shown = rest.n < SHOWN ? rest.n : SHOWN;
    const size_t hidden = rest.n - shown < E164_MAX ? rest.n - shown : E164_MAX;
    const bool local = area.p != NULL && area.n > 0 && area.p[0] != '+';
    return arena_printf(a, "%s%.*s%s%.*s%.*s", local ? "0" : "", STR_F(area), local ? "-" : "",
                        (int)(hidden * DOT), dots, STR_F(str_sub(rest, rest.n - shown, shown)));
}
