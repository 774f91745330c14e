/* terms.h: folded words as a full-text query of the engine: each by its beginning, all of them wanted.
 *
 * Folded words hold letters and digits only (text/fold.h), so that nothing in them can mean anything to the
 * engine.
 */
#ifndef SUNWAI_TERMS_H
#define SUNWAI_TERMS_H

#include "store.h"

enum { TERMS_MAX = 8 };

/* `scope` is wanted whole. Of the folded words, parted by spaces, at most TERMS_MAX are asked for. INVALID
 * when there is no word, or when one holds what folding would have taken out. */
err terms_query(const struct store *s, struct arena *a, str scope, str folded, bool beginnings, str *out);

#endif
