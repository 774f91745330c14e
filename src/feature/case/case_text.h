/* case_text.h: what of a case can be searched, folded alike when it is written and when it is asked for. */
#ifndef SUNWAI_CASE_TEXT_H
#define SUNWAI_CASE_TEXT_H

#include "store.h"

/* Folded words and place, with the token of the district before them: a search never leaves its district. */
err search_text_of(struct ctx *c, int64_t home, str words, str place, str *out);
/* What a person typed into the search field, as the engine's full-text query: whole words, or each by its
 * beginning. INVALID when nothing of it is a word. */
err search_terms_of(struct ctx *c, int64_t home, str typed, bool beginnings, str *out);

#endif
