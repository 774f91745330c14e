/* format.h: dates and numbers as people read them, made on the server (no browser knows Pashto).
 *
 * What is no valid day gives an empty text; STR_NONE when the arena is full.
 * Urdu pages show ASCII digits (CLDR's default for ur), Pashto pages U+06F0.. digits; month names per
 * language.
 */
#ifndef SUNWAI_FORMAT_H
#define SUNWAI_FORMAT_H

#include "arena.h"
#include "lang.h"

str format_number(struct arena *a, enum lang lang, int64_t v);    /* grouped by thousands */
str format_day(struct arena *a, enum lang lang, int64_t day);     /* 14 March 2026 */
str format_month_name(enum lang lang, int month);                 /* March, of 3 */
str format_month(struct arena *a, enum lang lang, int64_t month); /* March 2026, of yyyymm */
str format_time(struct arena *a, enum lang lang, int64_t ms);     /* 14 March 2026, 16:00 (local) */
str format_clock(struct arena *a, enum lang lang, int64_t ms);    /* 16:00 (local) */
str format_iso(struct arena *a, int64_t ms);                      /* 2026-03-14T16:00:00+05:00 */
str format_day_iso(struct arena *a, int64_t day);                 /* 2026-03-14 */

#endif
