/* period_words.h: a period as people read it: "Fiscal year 2025-26", "July 2025 to September 2025". */
#ifndef SUNWAI_PERIOD_WORDS_H
#define SUNWAI_PERIOD_WORDS_H

#include "lang.h"
#include "period.h"

/* Fit for a sentence in any language: years joined by a dash stand in isolates. STR_NONE: the arena is full.
 */
str period_words(struct arena *a, enum lang lang, struct period p);

#endif
