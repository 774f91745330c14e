#include "terms.h"

#include <string.h>

#include "buf.h"

enum { QUERY_MAX = 4096 };

/* Letters and digits of any script: in ASCII nothing but these, beyond it folding has seen to the rest. */
static bool plain(str word)
{
    for (size_t i = 0; i < word.n; i++) {
        const unsigned char ch = (unsigned char)word.p[i];
        const bool letter = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch >= 0x80;
        if (!letter) {
            return false;
        }
    }
    return word.n > 0;
}

err terms_query(const struct store *s, struct arena *a, str scope, str folded, bool beginnings, str *out)
{
    /* FTS5: "a" "b"*; tsquery: a & b:*. Without the stars: whole words. */
    const char *more = beginnings ? (strcmp(store_engine(s), "sqlite") == 0 ? "*" : ":*") : "";
    const bool fts5 = strcmp(store_engine(s), "sqlite") == 0;
    SCOPED(buf_free) struct buf query = buf_new(QUERY_MAX);
    int n = 0;
    if (!plain(scope)) {
        return FAIL(INVALID);
    }
    buf_printf(&query, fts5 ? "\"%.*s\"" : "%.*s", STR_F(scope));
    while (folded.p != NULL && n < TERMS_MAX) {
        const str word = str_cut(&folded, ' ');
        if (word.n == 0) {
            continue;
        }
        if (!plain(word)) {
            return FAIL(INVALID);
        }
        buf_printf(&query, fts5 ? " \"%.*s\"%s" : " & %.*s%s", STR_F(word), more);
        n++;
    }
    if (n == 0 || query.full) {
        return FAIL(INVALID);
    }
    *out = arena_str(a, buf_str(&query));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}
