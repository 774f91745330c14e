#include "clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "check.h"

static _Atomic int64_t fixed_ms;

void clock_fix(int64_t ms)
{
    atomic_store(&fixed_ms, ms);
}

static int64_t read_clock(clockid_t id)
{
    struct timespec t;
    CHECK(clock_gettime(id, &t) == 0);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_now_ms(void)
{
    const int64_t fixed = atomic_load(&fixed_ms);
    return fixed != 0 ? fixed : read_clock(CLOCK_REALTIME);
}

int64_t clock_mono_ms(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t clock_forward_ms(void)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static int64_t latest_ms, then_ms;
    const int64_t wall = clock_now_ms();
    if (atomic_load(&fixed_ms) != 0) {
        return wall;
    }
    pthread_mutex_lock(&mutex);
    const int64_t mono = clock_mono_ms();
    const int64_t least = latest_ms + (mono - then_ms);
    latest_ms = wall > least ? wall : least;
    then_ms = mono;
    const int64_t now = latest_ms;
    pthread_mutex_unlock(&mutex);
    return now;
}

static int64_t floor_div(int64_t v, int64_t by)
{
    return v / by - (v % by < 0);
}

/* The proleptic Gregorian calendar as arithmetic on eras of 400 years that begin on 1 March, so that the leap
 * day is the last of its year (H. Hinnant, "chrono-compatible low-level date algorithms"). Days since 1970.
 */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
    const int64_t y = month <= 2 ? year - 1 : year;
    const int64_t era = floor_div(y, 400);
    const int64_t year_of_era = y - era * 400;
    const int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, struct local_time *t)
{
    const int64_t z = days + 719468;
    const int64_t era = floor_div(z, 146097);
    const int64_t doe = z - era * 146097;
    const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int64_t month_from_march = (5 * doy + 2) / 153;
    t->day = (int)(doy - (153 * month_from_march + 2) / 5 + 1);
    t->month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    t->year = (int)(yoe + era * 400 + (t->month <= 2));
    t->weekday = (int)(days + 4 - floor_div(days + 4, 7) * 7); /* 1 January 1970 was a Thursday */
}

struct local_time local_of(int64_t ms)
{
    const int64_t local = ms + LOCAL_OFFSET_MS;
    const int64_t days = floor_div(local, MS_PER_DAY);
    const int64_t second_of_day = (local - days * MS_PER_DAY) / 1000;
    struct local_time t;
    civil_from_days(days, &t);
    t.hour = (int)(second_of_day / 3600);
    t.minute = (int)(second_of_day / 60 % 60);
    t.second = (int)(second_of_day % 60);
    return t;
}

int64_t local_day(int64_t ms)
{
    const struct local_time t = local_of(ms);
    return ((int64_t)t.year * 100 + t.month) * 100 + t.day;
}

int64_t local_month(int64_t ms)
{
    const struct local_time t = local_of(ms);
    return (int64_t)t.year * 100 + t.month;
}

bool day_valid(int64_t day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int64_t year = day / 10000;
    const int64_t month = day / 100 % 100;
    const int64_t d = day % 100;
    if (day < 19000101 || day > DAY_OPEN || month < 1 || month > 12) {
        return false;
    }
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return d >= 1 && d <= lengths[month - 1] + (leap && month == 2);
}

static int64_t days_of(int64_t day)
{
    CHECK(day_valid(day));
    return days_from_civil(day / 10000, day / 100 % 100, day % 100);
}

int64_t day_add(int64_t day, int64_t days)
{
    const int64_t from = days_of(day);
    const int64_t first = days_from_civil(1900, 1, 1);
    const int64_t last = days_from_civil(9999, 12, 31);
    int64_t to;
    if (__builtin_add_overflow(from, days, &to)) {
        to = days < 0 ? first : last;
    }
    to = to < first ? first : to > last ? last : to;
    struct local_time t;
    civil_from_days(to, &t);
    return ((int64_t)t.year * 100 + t.month) * 100 + t.day;
}

int64_t days_between(int64_t from_day, int64_t to_day)
{
    return days_of(to_day) - days_of(from_day);
}

int day_weekday(int64_t day)
{
    struct local_time t;
    civil_from_days(days_of(day), &t);
    return t.weekday;
}

int64_t day_at_ms(int64_t day, int hour, int minute)
{
    return days_of(day) * MS_PER_DAY + ((int64_t)hour * 60 + minute) * 60000 - LOCAL_OFFSET_MS;
}
