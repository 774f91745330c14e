/* What generated templates call. They are well-formed by construction, so nothing here fails: a page that
 * grows past its maximum leaves p->out full, which its owner asks once. */
#include "page.h"

#include <string.h>

#include "format.h"

void put_raw(struct page *p, str markup)
{
    buf_put(p->out, markup);
}

static str entity_of(char c)
{
    switch (c) {
    case '&':
        return S("&amp;");
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '"':
        return S("&quot;");
    case '\'':
        return S("&#39;");
    default:
        return STR_NONE;
    }
}

/* Most of a page is none of these. */
static const bool escaped[256] = {['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};

void put_text(struct page *p, str s)
{
    size_t done = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!escaped[(uint8_t)s.p[i]]) {
            continue;
        }
        buf_put(p->out, (str){s.p + done, i - done});
        buf_put(p->out, entity_of(s.p[i]));
        done = i + 1;
    }
    if (done < s.n) {
        buf_put(p->out, (str){s.p + done, s.n - done});
    }
}

void put_html(struct page *p, struct html h)
{
    buf_put(p->out, h.s);
}

void put_url(struct page *p, struct url u)
{
    put_text(p, u.s);
}

void put_number(struct page *p, int64_t v)
{
    put_text(p, format_number(p->arena, p->lang, v));
}

void put_plain_number(struct page *p, int64_t v)
{
    buf_i64(p->out, v);
}

static void put_lang_open(struct page *p, enum lang lang)
{
    const struct lang_info *info = &lang_table[lang];
    put_raw(p, S("<span lang=\""));
    put_text(p, info->code);
    put_raw(p, S("\" dir=\""));
    put_text(p, info->dir);
    put_raw(p, S("\">"));
}

/* What is filled in is isolated: behind Arabic letters the groups of 412-806-3357 would change places
 * (Unicode Bidirectional Algorithm, W2 and W4). */
void put_msg(struct page *p, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n)
{
    struct msg_walk w = msg_walk(p->lang, id, n, args, args_n);
    const bool foreign = w.lang != p->lang;
    if (foreign) {
        put_lang_open(p, w.lang);
    }
    str piece;
    bool filled;
    while (msg_walk_next(&w, &piece, &filled)) {
        put_raw(p, filled ? S("<bdi>") : S(""));
        put_text(p, piece);
        put_raw(p, filled ? S("</bdi>") : S(""));
    }
    if (foreign) {
        put_raw(p, S("</span>"));
    }
}

void put_msg_attr(struct page *p, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n)
{
    struct msg_walk w = msg_walk(p->lang, id, n, args, args_n);
    str piece;
    bool filled;
    while (msg_walk_next(&w, &piece, &filled)) {
        put_text(p, piece);
    }
}

bool page_may(const struct page *p, struct url u)
{
    return u.s.n > 0 && (u.s.p[0] != '/' || p->opens == NULL || p->opens(p->asker, u.s));
}

str page_msg(const struct page *p, enum msg id)
{
    return msg_text(p->lang, id);
}

enum { MESSAGE_MAX = 16 * 1024 };

str page_isolate(const struct page *p, str s)
{
    return arena_printf(p->arena, "\xE2\x81\xA6%.*s\xE2\x81\xA9", STR_F(s));
}

str page_isolate_words(const struct page *p, str s)
{
    return arena_printf(p->arena, "\xE2\x81\xA8%.*s\xE2\x81\xA9", STR_F(s));
}

str page_msg_args(const struct page *p, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n)
{
    SCOPED(buf_free) struct buf b = buf_new(MESSAGE_MAX);
    msg_put(&b, p->lang, id, n, args, args_n);
    return arena_str(p->arena, buf_str(&b));
}

/* "//host" and "/\host" are other sites to a browser; controls and space have no place in an address. */
static bool path_is_local(str path)
{
    if (path.n == 0 || path.p[0] != '/' || (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\'))) {
        return false;
    }
    for (size_t i = 0; i < path.n; i++) {
        const unsigned char c = (unsigned char)path.p[i];
        if (c <= ' ' || c == 0x7f) {
            return false;
        }
    }
    return true;
}

struct url url_local(struct arena *a, str path)
{
    return (struct url){path_is_local(path) ? arena_str(a, path) : S("/")};
}

/* RFC 3986 2.3: unreserved characters stand for themselves. */
static bool unreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

static void put_encoded(struct buf *b, str s)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        const unsigned char c = (unsigned char)s.p[i];
        if (unreserved(s.p[i])) {
            buf_putc(b, s.p[i]);
            continue;
        }
        buf_putc(b, '%');
        buf_putc(b, digits[c >> 4]);
        buf_putc(b, digits[c & 15]);
    }
}

struct url url_with(struct arena *a, struct url u, str name, str value)
{
    const char *hash = u.s.n > 0 ? memchr(u.s.p, '#', u.s.n) : NULL;
    const str head = hash != NULL ? (str){u.s.p, (size_t)(hash - u.s.p)} : u.s;
    const str fragment = {hash, u.s.n - head.n};
    SCOPED(buf_free) struct buf b = buf_new(u.s.n + 3 * (name.n + value.n) + 2);
    buf_put(&b, head);
    buf_putc(&b, head.n > 0 && memchr(head.p, '?', head.n) != NULL ? '&' : '?');
    put_encoded(&b, name);
    buf_putc(&b, '=');
    put_encoded(&b, value);
    buf_put(&b, fragment);
    return (struct url){arena_str(a, buf_str(&b))};
}
