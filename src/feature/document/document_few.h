/* document_few.h: which figures of a document are too small to be told, in every form alike.
 *
 * Fewer than FIGURE_FEW complaints of a district: what became of them could tell what became of one woman's.
 * So few transgender people among those of a role: they could be known by it, and stand with "not stated".
 * What is left out cannot be worked out from what stands: when one district of a province is left out, the
 * next smallest is too, and a province whose only district is goes with it, and the next province; sums of
 * people are made of what is told of their districts. A district that is left out in one period of a tier
 * (the whole period, its years, its quarters) is left out in all of them: the others would tell the one.
 * How many complaints came stays, and so does the sum of all places.
 */
#ifndef SUNWAI_DOCUMENT_FEW_H
#define SUNWAI_DOCUMENT_FEW_H

#include "document_figures.h"

enum { DOCUMENT_ROLES = 5 };
extern const str document_role_codes[DOCUMENT_ROLES];

struct document_few {
    const struct document_figures *of;
    bool *cases;                  /* beside of->places */
    bool (*rare)[DOCUMENT_ROLES]; /* beside of->places; of districts */
};
/* Of the periods of one tier; lives in the figures' arena. */
err document_few(const struct document_figures *f, const struct period *tier, size_t n,
                 struct document_few *out);
/* Whether a figure of this place says what became of too few; at NULL, of all places: never. */
bool document_is_few(const struct document_few *few, const struct indicator *i,
                     const struct document_place *at);
/* How many transgender people of a role (of all: role STR_NONE) stand with "not stated" there. */
err document_rare(const struct document_few *few, const struct document_place *at, str role, struct period p,
                  int64_t *out);

#endif
