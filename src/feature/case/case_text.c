#include "case_text.h"

#include <string.h>

#include "fold.h"

enum { TERMS_MAX = 8 };

err search_text_of(struct ctx *c, int64_t home, str words, str place, str *out)
{
    str folded_words;
    str folded_place = S("");
    TRY(fold(c->arena, words, &folded_words));
    if (place.p != NULL) {
        TRY(fold(c->arena, place, &folded_place));
    }
    const str text = arena_printf(c->arena, "xh%lld %.*s %.*s", (long long)home, STR_F(folded_words),
                                  STR_F(folded_place));
    if (text.p == NULL) {
        return FAIL(LIMIT);
    }
    *out = text;
    return OK;
}

err search_terms_of(struct ctx *c, int64_t home, str typed, str *out)
{
    /* FTS5: "a"* "b"*; tsquery: a:* & b:*. Folded words hold letters and digits only, so nothing needs quoting. */
    const bool sqlite = strcmp(store_engine(c->store), "sqlite") == 0;
    str folded;
    TRY(fold(c->arena, typed, &folded));
    SCOPED(buf_free) struct buf terms = buf_new(4096);
    buf_printf(&terms, sqlite ? "\"xh%lld\"" : "xh%lld", (long long)home);
    int n = 0;
    while (folded.p != NULL && n < TERMS_MAX) {
        const str word = str_cut(&folded, ' ');
        if (word.n == 0) {
            continue;
        }
        buf_printf(&terms, sqlite ? " \"%.*s\"*" : " & %.*s:*", STR_F(word));
        n++;
    }
    if (n == 0 || terms.full) {
        return FAIL(INVALID);
    }
    *out = arena_str(c->arena, buf_str(&terms));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}
