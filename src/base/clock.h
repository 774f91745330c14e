/* clock.h: what time it is, and the calendar of the office.
 *
 * Instants are UTC milliseconds since 1970 (int64_t, `_ms`). A local day is the integer yyyymmdd and a local
 * month yyyymm in Asia/Karachi, which is +05:00 without daylight saving (tz database); they are computed at
 * write time and stored. The open end of a validity is DAY_OPEN.
 */
#ifndef SUNWAI_CLOCK_H
#define SUNWAI_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { DAY_OPEN = 99991231, MS_PER_DAY = 86400000, MS_PER_MINUTE = 60000, LOCAL_OFFSET_MS = 5 * 3600 * 1000 };

struct local_time {
    int year, month, day; /* 1-12, 1-31 */
    int hour, minute, second;
    int weekday; /* 0 = Sunday */
};

int64_t clock_now_ms(void);  /* wall clock, or the fixed test time */
int64_t clock_mono_ms(void); /* never goes back: for deadlines inside the process */
/* The wall clock, but for one thing: in this process it never goes back, however often it is set. For what
 * must not live again once it is over: tokens, sessions. */
int64_t clock_forward_ms(void);
void clock_fix(int64_t ms); /* tests: stand still at ms; 0 = run again */

struct local_time local_of(int64_t ms);
int64_t local_day(int64_t ms);   /* 20260314 */
int64_t local_month(int64_t ms); /* 202603 */
bool day_valid(int64_t day);     /* a real date, years 1900 to 9999 */
/* The rest is for valid days only (CHECK). day_add() stays within 19000101 and DAY_OPEN: open stays open
 * when days are added. */
int64_t day_add(int64_t day, int64_t days);
int64_t days_between(int64_t from_day, int64_t to_day); /* negative when to_day is earlier */
int day_weekday(int64_t day);                           /* 0 = Sunday */
/* The instant of hour:minute local on that day. */
int64_t day_at_ms(int64_t day, int hour, int minute);

#endif
