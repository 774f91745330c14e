/* period.h: spans of time that figures are of, and their codes.
 *
 * A period is two local days, both in it. The planning year of Pakistan runs from July to June and is named
 * by both calendar years; quarters are counted in it, so Q1 is July to September. Codes are for addresses,
 * files and the command line: "FY2025-26", "FY2025-26Q3", "2026" (calendar year), "2026-03" (month),
 * "PY2025-10" (the project year from that month on, read only: it is written as its days),
 * "2025-07-01/2026-03-31" and "all". Only days are ever stored, never a code.
 */
#ifndef SUNWAI_PERIOD_H
#define SUNWAI_PERIOD_H

#include "arena.h"
#include "err.h"

struct period {
    int64_t from_day;
    int64_t to_day; /* DAY_OPEN: no end */
};

enum { QUARTERS = 4, PERIOD_YEAR_MIN = 1990, PERIOD_YEAR_MAX = 2200 };

/* The planning year that begins in July of `year`. */
struct period period_fiscal(int64_t year);
struct period period_quarter(int64_t year, int quarter); /* 1 to 4 of that planning year */
/* The year that a day lies in, of a project whose years begin with this month (1 to 12). */
struct period period_project(int64_t day, int64_t month);
struct period period_all(void);
/* The year (of its July) and quarter a day lies in. */
int64_t period_year_of(int64_t day);
int period_quarter_of(int64_t day);
bool period_has(struct period p, int64_t day);
bool period_within(struct period inner, struct period outer);
bool period_same(struct period a, struct period b);
/* Whether it begins on the first and ends on the last day of months: only such periods can be put together
 * from figures that were kept by month. */
bool period_whole_months(struct period p);

err period_of(str code, struct period *out); /* INVALID */
/* The shortest code that says it; STR_NONE when the arena is full. */
str period_code(struct arena *a, struct period p);

#endif
