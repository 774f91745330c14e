#include "case_text.h"

#include "fold.h"
#include "terms.h"

err search_text_of(struct ctx *c, int64_t home, str words, str place, str *out)
{
    str folded_words;
    str folded_place = S("");
    TRY(fold(c->arena, words, &folded_words));
    if (place.p != NULL) {
        TRY(fold(c->arena, place, &folded_place));
    }
    const str text =
        arena_printf(c->arena, "xh%lld %.*s %.*s", (long long)home, STR_F(folded_words), STR_F(folded_place));
    if (text.p == NULL) {
        return FAIL(LIMIT);
    }
    *out = text;
    return OK;
}

err search_terms_of(struct ctx *c, int64_t home, str typed, bool beginnings, str *out)
{
    str folded;
    TRY(fold(c->arena, typed, &folded));
    return terms_query(c->store, c->arena, arena_printf(c->arena, "xh%lld", (long long)home), folded,
                       beginnings, out);
}
