/* period.c: codes of periods, read and written. */
#include "period.h"

#include "buf.h"
#include "clock.h"

enum { JULY = 7, MONTHS = 12, MONTHS_OF_QUARTER = 3, YEAR_DIGITS = 4, CODE_MAX = 24, FIRST_DAY = 19000101 };

static int64_t day_of(int64_t year, int64_t month, int64_t day)
{
    return year * 10000 + month * 100 + day;
}

/* From the first of a month on, over some months; months past December run on. */
static struct period of_months(int64_t year, int64_t month, int64_t months)
{
    const int64_t end = year * MONTHS + month - 1 + months;
    return (struct period){day_of(year, month, 1), day_add(day_of(end / MONTHS, end % MONTHS + 1, 1), -1)};
}

struct period period_fiscal(int64_t year)
{
    return of_months(year, JULY, MONTHS);
}

struct period period_quarter(int64_t year, int quarter)
{
    const int64_t month = year * MONTHS + JULY - 1 + (int64_t)(quarter - 1) * MONTHS_OF_QUARTER;
    return of_months(month / MONTHS, month % MONTHS + 1, MONTHS_OF_QUARTER);
}

struct period period_project(int64_t day, int64_t month)
{
    return of_months(day / 10000 - (day / 100 % 100 < month ? 1 : 0), month, MONTHS);
}

struct period period_all(void)
{
    return (struct period){FIRST_DAY, DAY_OPEN};
}

int64_t period_year_of(int64_t day)
{
    return day / 10000 - (day / 100 % 100 < JULY ? 1 : 0);
}

int period_quarter_of(int64_t day)
{
    return (int)((day / 100 % 100 + JULY - 2) % MONTHS / MONTHS_OF_QUARTER) + 1;
}

bool period_has(struct period p, int64_t day)
{
    return day >= p.from_day && day <= p.to_day;
}

bool period_within(struct period inner, struct period outer)
{
    return inner.from_day >= outer.from_day && inner.to_day <= outer.to_day;
}

bool period_same(struct period a, struct period b)
{
    return a.from_day == b.from_day && a.to_day == b.to_day;
}

bool period_whole_months(struct period p)
{
    const bool ends = p.to_day == DAY_OPEN || day_add(p.to_day, 1) % 100 == 1;
    return p.from_day % 100 == 1 && ends;
}

/* As many digits as asked, nothing else. */
static bool digits_of(str s, size_t n, int64_t *out)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') {
            return false;
        }
    }
    return s.n == n && str_i64(s, out);
}

static bool year_of(str s, int64_t *out)
{
    return digits_of(s, YEAR_DIGITS, out) && *out >= PERIOD_YEAR_MIN && *out <= PERIOD_YEAR_MAX;
}

/* "2025-26" or "2025-26Q3", behind FY. */
static bool fiscal_of(str s, struct period *out)
{
    int64_t year, next, quarter = 0;
    const bool whole = s.n == 7;
    const bool one = s.n == 9 && s.p[7] == 'Q' && digits_of(str_sub(s, 8, 1), 1, &quarter);
    if ((!whole && !one) || s.p[4] != '-' || !year_of(str_sub(s, 0, 4), &year) ||
        !digits_of(str_sub(s, 5, 2), 2, &next) || next != (year + 1) % 100 || quarter > QUARTERS ||
        (one && quarter < 1)) {
        return false;
    }
    *out = one ? period_quarter(year, (int)quarter) : period_fiscal(year);
    return true;
}

static bool day_read(str s, int64_t *out)
{
    int64_t year, month, day;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !year_of(str_sub(s, 0, 4), &year) ||
        !digits_of(str_sub(s, 5, 2), 2, &month) || !digits_of(str_sub(s, 8, 2), 2, &day)) {
        return false;
    }
    *out = day_of(year, month, day);
    return day_valid(*out);
}

static bool span_of(str s, struct period *out)
{
    struct period p;
    str rest = s;
    const str from = str_cut(&rest, '/');
    if (!day_read(from, &p.from_day) || !day_read(rest, &p.to_day) || p.to_day < p.from_day) {
        return false;
    }
    *out = p;
    return true;
}

static bool calendar_of(str s, struct period *out)
{
    int64_t year, month;
    if (year_of(s, &year)) {
        *out = of_months(year, 1, MONTHS);
        return true;
    }
    if (s.n == 7 && s.p[4] == '-' && year_of(str_sub(s, 0, 4), &year) &&
        digits_of(str_sub(s, 5, 2), 2, &month) && month >= 1 && month <= MONTHS) {
        *out = of_months(year, month, 1);
        return true;
    }
    return false;
}

/* "2025-10", behind PY: twelve months from there. */
static bool project_of(str s, struct period *out)
{
    struct period first;
    if (s.n != 7 || !calendar_of(s, &first)) {
        return false;
    }
    *out = period_project(first.from_day, first.from_day / 100 % 100);
    return true;
}

err period_of(str code, struct period *out)
{
    const str s = str_trim(code);
    if (str_eq(s, S("all"))) {
        *out = period_all();
        return OK;
    }
    const bool fiscal = str_starts(s, S("FY")) && fiscal_of(str_sub(s, 2, s.n), out);
    const bool project = str_starts(s, S("PY")) && project_of(str_sub(s, 2, s.n), out);
    return fiscal || project || calendar_of(s, out) || span_of(s, out) ? OK : FAIL(INVALID);
}

static void day_put(struct buf *b, int64_t day)
{
    buf_printf(b, "%04d-%02d-%02d", (int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100));
}

str period_code(struct arena *a, struct period p)
{
    SCOPED(buf_free) struct buf b = buf_new(CODE_MAX);
    const int64_t year = p.from_day / 10000, month = p.from_day / 100 % 100;
    const int64_t fiscal = period_year_of(p.from_day);
    const int quarter = period_quarter_of(p.from_day);
    if (period_same(p, period_all())) {
        return S("all");
    }
    if (period_same(p, period_fiscal(fiscal))) {
        buf_printf(&b, "FY%d-%02d", (int)fiscal, (int)((fiscal + 1) % 100));
    } else if (period_same(p, period_quarter(fiscal, quarter))) {
        buf_printf(&b, "FY%d-%02dQ%d", (int)fiscal, (int)((fiscal + 1) % 100), quarter);
    } else if (period_same(p, of_months(year, 1, MONTHS))) {
        buf_printf(&b, "%d", (int)year);
    } else if (period_same(p, of_months(year, month, 1))) {
        buf_printf(&b, "%d-%02d", (int)year, (int)month);
    } else {
        day_put(&b, p.from_day);
        buf_putc(&b, '/');
        day_put(&b, p.to_day);
    }
    return arena_str(a, buf_str(&b));
}
