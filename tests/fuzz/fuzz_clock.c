/* fuzz_clock: days, instants and promises. The input is numbers of eight bytes: an instant, two days, a
 * limit. */
#include <string.h>

#include "check.h"
#include "clock.h"
#include "flow.h"
#include "format.h"
#include "fuzz.h"

enum { NUMBERS = 4 };
/* Instants that the calendar of the office knows: years 1900 to 9999. */
static const int64_t first_ms = INT64_C(-2208988800000) + MS_PER_DAY, last_ms = INT64_C(253402128000000);

static void check_day(struct arena *a, int64_t day)
{
    const str iso = format_day_iso(a, day);
    if (!day_valid(day)) {
        CHECK(iso.n == 0 && format_day(a, LANG_UR, day).n == 0);
        return;
    }
    CHECK(iso.n == 10 && iso.p[4] == '-' && iso.p[7] == '-');
    for (enum lang lang = 0; lang < LANG_N; lang++) {
        CHECK(str_utf8(format_day(a, lang, day)) && format_day(a, lang, day).n > 0);
    }
    CHECK(local_day(day_at_ms(day, 0, 0)) == day && local_day(day_at_ms(day, 23, 59)) == day);
    CHECK(day_weekday(day) == local_of(day_at_ms(day, 12, 0)).weekday);
}

static void check_days(int64_t a, int64_t b, int64_t n)
{
    if (!day_valid(a) || !day_valid(b)) {
        return;
    }
    const int64_t between = days_between(a, b);
    CHECK(days_between(b, a) == -between && (between > 0) == (b > a) && (between == 0) == (a == b));
    if (a != DAY_OPEN) {
        CHECK(day_add(a, between) == b);
    }
    const int64_t moved = day_add(a, n);
    CHECK(day_valid(moved) && moved >= 19000101 && moved <= DAY_OPEN);
    if (a == DAY_OPEN && n >= 0) {
        CHECK(moved == DAY_OPEN);
    } else if (moved > 19000101 && moved < DAY_OPEN) {
        CHECK(days_between(a, moved) == n);
    }
}

static void check_instant(struct arena *a, int64_t ms, int64_t limit)
{
    const struct local_time t = local_of(ms);
    const int64_t day = local_day(ms);
    CHECK(day_valid(day) && local_month(ms) == day / 100);
    CHECK(day == t.year * 10000 + t.month * 100 + t.day);
    CHECK(day_at_ms(day, t.hour, t.minute) + t.second * 1000 <= ms);
    CHECK(ms - day_at_ms(day, t.hour, t.minute) < MS_PER_MINUTE);
    CHECK(format_iso(a, ms).n > 0 && format_time(a, LANG_PS, ms).n > 0);
    /* A promise ends at four in the afternoon, never before it was made, a day later for each day more. */
    const int64_t days = (int64_t)((uint64_t)limit % 4000);
    const int64_t due = due_at(ms, days);
    if (local_day(due) != DAY_OPEN) {
        CHECK(days_between(day, local_day(due)) == days && local_of(due).hour == 16);
        CHECK(due_at(ms, days + 1) > due);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int64_t n[NUMBERS] = {0};
    memcpy(n, data, size < sizeof n ? size : sizeof n);
    struct arena *a = arena_open(1 << 16);
    check_day(a, n[1]);
    check_day(a, 19000000 + (int64_t)((uint64_t)n[1] % 80991232));
    check_days(n[1], n[2], n[3] % 4000000);
    check_days(19000101 + (int64_t)((uint64_t)n[1] % 2000000), 19000101 + (int64_t)((uint64_t)n[2] % 2000000),
               n[3] % 40000);
    check_instant(a, first_ms + (int64_t)((uint64_t)n[0] % (uint64_t)(last_ms - first_ms)), n[3]);
    CHECK(!arena_full(a));
    arena_free(a);
    return 0;
}
