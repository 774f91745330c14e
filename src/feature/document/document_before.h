/* document_before.h: what stood where a district stands: of which districts it was made, and when.
 *
 * What was approved of them stays theirs: a document of the new district has it under their names, each
 * figure by itself, and in none of its own sums. A median is that of one district alone.
 */
#ifndef SUNWAI_DOCUMENT_BEFORE_H
#define SUNWAI_DOCUMENT_BEFORE_H

#include "document_figures.h"

/* A unit's name with the last day on which it stood, in words. */
str document_place_until(struct ctx *c, str name, int64_t last_day);

#endif
