#include "web_lang.h"

#include "form.h"

enum lang web_lang(str posted, str query, str cookie, str accept)
{
    const str wishes[] = {posted, query, cookie};
    enum lang lang;
    for (size_t i = 0; i < 3; i++) {
        if (lang_of(wishes[i], &lang)) {
            return lang;
        }
    }
    return lang_accept(accept);
}

bool web_lang_chosen(str posted, str query)
{
    enum lang lang;
    return lang_of(posted, &lang) || lang_of(query, &lang);
}

static bool query_char(char c)
{
    return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '#' && c != '\\';
}

static void put_query(struct buf *out, str query)
{
    bool first = true;
    while (query.p != NULL) {
        const str pair = str_cut(&query, '&');
        if (pair.n == 0 || str_eq(pair, S("lang")) || str_starts(pair, S("lang="))) {
            continue;
        }
        buf_putc(out, first ? '?' : '&');
        first = false;
        for (size_t i = 0; i < pair.n; i++) {
            if (query_char(pair.p[i])) {
                buf_putc(out, pair.p[i]);
            }
        }
    }
}

str web_lang_path(struct arena *a, str path, str query)
{
    SCOPED(buf_free) struct buf b = buf_new(3 * (path.n + query.n) + 2);
    str rest = str_sub(path, 1, path.n);
    buf_putc(&b, '/');
    while (rest.p != NULL && path.n > 1) {
        url_encode(&b, str_cut(&rest, '/'));
        if (rest.p != NULL) {
            buf_putc(&b, '/');
        }
    }
    put_query(&b, query);
    return arena_str(a, buf_str(&b));
}
