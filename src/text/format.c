#include "format.h"

#include "clock.h"

static const char *const months[LANG_N][12] = {
    [LANG_EN] = {"January", "February", "March", "April", "May", "June", "July", "August", "September",
                 "October", "November", "December"},
    [LANG_UR] = {"جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر",
                 "نومبر", "دسمبر"},
    [LANG_PS] = {"جنوري", "فبروري", "مارچ", "اپرېل", "مۍ", "جون", "جولای", "اګست", "سېپټمبر", "اکتوبر",
                 "نومبر", "ډیسمبر"},
};

/* Marks of CLDR 42. In a right-to-left line a minus needs the left-to-right mark before it, or it is shown
 * behind its number. */
static const struct {
    const char *group, *minus, *comma;
    bool own_digits;
} marks[LANG_N] = {
    [LANG_EN] = {",", "-", ",", false},
    [LANG_UR] = {",", "\xE2\x80\x8E-", "،", false},
    [LANG_PS] = {"٬", "\xE2\x80\x8E-\xE2\x80\x8E", "،", true},
};

/* ASCII digits into those of the language; the rest stays as it is. NONE when the arena is full. */
static str in_digits_of(struct arena *a, enum lang lang, str s)
{
    if (!marks[lang].own_digits || s.p == NULL) {
        return s;
    }
    char *p = arena_try(a, 2 * s.n + 1);
    if (p == NULL) {
        return STR_NONE;
    }
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            p[n++] = s.p[i];
            continue;
        }
        p[n++] = (char)0xDB; /* U+06F0.. */
        p[n++] = (char)(0xB0 + (s.p[i] - '0'));
    }
    return (str){p, n};
}

str format_number(struct arena *a, enum lang lang, int64_t v)
{
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    uint64_t groups[7];
    size_t n = 0;
    do {
        groups[n++] = left % 1000;
        left /= 1000;
    } while (left > 0);
    str text = arena_printf(a, "%s%d", v < 0 ? marks[lang].minus : "", (int)groups[n - 1]);
    for (size_t i = n - 1; i > 0; i--) {
        text = arena_printf(a, "%.*s%s%03d", STR_F(text), marks[lang].group, (int)groups[i - 1]);
    }
    return in_digits_of(a, lang, text);
}

str format_day(struct arena *a, enum lang lang, int64_t day)
{
    if (!day_valid(day)) {
        return S("");
    }
    return in_digits_of(
        a, lang,
        arena_printf(a, "%d %s %d", (int)(day % 100), months[lang][day / 100 % 100 - 1], (int)(day / 10000)));
}

str format_month_name(enum lang lang, int month)
{
    return month >= 1 && month <= 12 ? str_of(months[lang][month - 1]) : S("");
}

str format_month(struct arena *a, enum lang lang, int64_t month)
{
    if (!day_valid(month * 100 + 1)) {
        return S("");
    }
    return in_digits_of(a, lang, arena_printf(a, "%s %d", months[lang][month % 100 - 1], (int)(month / 100)));
}

str format_clock(struct arena *a, enum lang lang, int64_t ms)
{
    const struct local_time t = local_of(ms);
    return in_digits_of(a, lang, arena_printf(a, "%02d:%02d", t.hour, t.minute));
}

str format_time(struct arena *a, enum lang lang, int64_t ms)
{
    const str day = format_day(a, lang, local_day(ms));
    const str time = format_clock(a, lang, ms);
    return arena_printf(a, "%.*s%s %.*s", STR_F(day), marks[lang].comma, STR_F(time));
}

str format_iso(struct arena *a, int64_t ms)
{
    const struct local_time t = local_of(ms);
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d+05:00", t.year, t.month, t.day, t.hour, t.minute,
                        t.second);
}

str format_day_iso(struct arena *a, int64_t day)
{
    if (!day_valid(day)) {
        return S("");
    }
    return arena_printf(a, "%04d-%02d-%02d", (int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100));
}
