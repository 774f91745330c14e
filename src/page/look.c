/* Addresses that only the layout asks for: embedded files, and this page in another language. */
#include "page.h"

#include "assets.h"

enum { TAG_MAX = 8 };

/* The letters and digits of an entity tag, without its quotes. */
static str tag_of(struct arena *a, str etag)
{
    SCOPED(buf_free) struct buf b = buf_new(TAG_MAX);
    for (size_t i = 0; i < etag.n && b.n < TAG_MAX; i++) {
        const char c = etag.p[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            buf_putc(&b, c);
        }
    }
    return arena_str(a, buf_str(&b));
}

struct url page_asset(const struct page *p, str name)
{
    for (size_t i = 0; i < assets_n; i++) {
        if (str_eq(assets[i].name, name)) {
            const str path = arena_printf(p->arena, "/assets/%.*s", STR_F(name));
            return url_with(p->arena, url_local(p->arena, path), S("v"), tag_of(p->arena, assets[i].etag));
        }
    }
    return (struct url){S("/")};
}

struct url page_prompt(const struct page *p, str key)
{
    const str name = arena_printf(p->arena, "%.*s.%.*s.", STR_F(key), STR_F(lang_table[p->lang].code));
    for (size_t i = 0; i < p->prompts_n; i++) {
        if (str_starts(p->prompts[i], name)) {
            return url_local(p->arena, arena_printf(p->arena, "/prompts/%.*s", STR_F(p->prompts[i])));
        }
    }
    return (struct url){STR_NONE};
}

struct url page_in(const struct page *p, enum lang lang)
{
    SCOPED(buf_free) struct buf b = buf_new(p->path.n + 1);
    str query = p->path;
    buf_put(&b, str_cut(&query, '?'));
    char before = '?';
    while (query.n > 0) {
        const str part = str_cut(&query, '&');
        if (part.n > 0 && !str_starts(part, S("lang="))) {
            buf_putc(&b, before);
            buf_put(&b, part);
            before = '&';
        }
    }
    return url_with(p->arena, url_local(p->arena, buf_str(&b)), S("lang"), lang_table[lang].code);
}
