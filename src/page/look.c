/* Addresses that only the layout asks for: embedded files, and this page in another language. */
#include "page.h"

#include <pthread.h>
#include <string.h>

#include "assets.h"
#include "check.h"

enum { TAG_MAX = 8, ASSETS_MOST = 64, ADDRESS_MAX = 64 };

static char addresses[ASSETS_MOST][ADDRESS_MAX]; /* "/assets/site.css?v=1a2b3c4d", as assets[] is ordered */

/* The letters and digits of an entity tag, without its quotes. */
static void put_tag(struct buf *b, str etag)
{
    for (size_t i = 0, n = 0; i < etag.n && n < TAG_MAX; i++) {
        const char c = etag.p[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            buf_putc(b, c);
            n++;
        }
    }
}

/* Once for the process: a page asks for some of them with each of its rows. */
static void addresses_make(void)
{
    CHECK(assets_n <= ASSETS_MOST);
    for (size_t i = 0; i < assets_n; i++) {
        SCOPED(buf_free) struct buf b = buf_new(ADDRESS_MAX - 1);
        buf_put(&b, S("/assets/"));
        buf_put(&b, assets[i].name);
        buf_put(&b, S("?v="));
        put_tag(&b, assets[i].etag);
        CHECK(!b.full);
        memcpy(addresses[i], b.p, b.n);
    }
}

struct url page_asset(const struct page *p, str name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    (void)p;
    pthread_once(&once, addresses_make);
    for (size_t i = 0; i < assets_n; i++) {
        if (str_eq(assets[i].name, name)) {
            return (struct url){str_of(addresses[i])};
        }
    }
    return (struct url){S("/")};
}

static str prompt_name(const struct page *p, str key)
{
    const str name = arena_printf(p->arena, "%.*s.%.*s.", STR_F(key), STR_F(lang_table[p->lang].code));
    for (size_t i = 0; i < p->prompts_n; i++) {
        if (str_starts(p->prompts[i], name)) {
            return p->prompts[i];
        }
    }
    return STR_NONE;
}

struct url page_prompt(const struct page *p, str key)
{
    const str name = prompt_name(p, key);
    return name.n == 0 ? (struct url){STR_NONE}
                       : url_local(p->arena, arena_printf(p->arena, "/prompts/%.*s", STR_F(name)));
}

bool page_prompt_machine(const struct page *p, str key)
{
    return str_ends(prompt_name(p, key), S(".machine"));
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
