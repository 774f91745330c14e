#include "xml.h"

#include <time.h>

#include "check.h"

struct xml xml_to(struct buf *out)
{
    buf_put(out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
    return (struct xml){.out = out};
}

/* Length of the well-formed UTF-8 sequence at p that XML may hold; 0 when there is none. */
static size_t sequence(const char *p, size_t n)
{
    const unsigned char lead = (unsigned char)p[0];
    const size_t want = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const str one = {p, want};
    if (lead < 0x80) {
        return lead >= 0x20 || lead == '\t' || lead == '\n' ? 1 : 0;
    }
    if (want > n || !str_utf8(one) || str_eq(one, S("\xEF\xBF\xBE")) || str_eq(one, S("\xEF\xBF\xBF"))) {
        return 0;
    }
    return want;
}

static void put_escaped(struct buf *out, str s, bool attribute)
{
    for (size_t i = 0; i < s.n;) {
        const size_t n = sequence(s.p + i, s.n - i);
        const char c = s.p[i];
        if (n == 0) {
            buf_put(out, S("\xEF\xBF\xBD"));
        } else if (c == '&') {
            buf_put(out, S("&amp;"));
        } else if (c == '<') {
            buf_put(out, S("&lt;"));
        } else if (c == '>') {
            buf_put(out, S("&gt;"));
        } else if (c == '"') {
            buf_put(out, S("&quot;"));
        } else if (attribute && n == 1 && (unsigned char)c < 0x20) {
            buf_printf(out, "&#%d;", (int)c); /* else a reader makes a space of it */
        } else {
            buf_put(out, (str){s.p + i, n});
        }
        i += n == 0 ? 1 : n;
    }
}

static void tag_close(struct xml *x)
{
    if (x->tag_open) {
        buf_putc(x->out, '>');
        x->tag_open = false;
    }
}

static void line_begin(struct xml *x)
{
    buf_putc(x->out, '\n');
    for (unsigned i = 0; i < x->depth; i++) {
        buf_putc(x->out, ' ');
    }
}

void xml_begin(struct xml *x, str name)
{
    CHECK(x->depth < XML_DEPTH && !x->in_text);
    tag_close(x);
    line_begin(x);
    buf_putc(x->out, '<');
    buf_put(x->out, name);
    x->names[x->depth++] = name;
    x->tag_open = true;
}

void xml_attr(struct xml *x, str name, str value)
{
    CHECK(x->tag_open);
    buf_putc(x->out, ' ');
    buf_put(x->out, name);
    buf_put(x->out, S("=\""));
    put_escaped(x->out, value, true);
    buf_putc(x->out, '"');
}

void xml_attr_i64(struct xml *x, str name, int64_t value)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%lld", (long long)value);
    xml_attr(x, name, str_of(digits));
}

void xml_attr_day(struct xml *x, str name, int64_t day)
{
    char text[40];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", (int)(day / 10000), (int)(day / 100 % 100),
                   (int)(day % 100));
    xml_attr(x, name, str_of(text));
}

void xml_attr_time(struct xml *x, str name, int64_t ms)
{
    char text[40] = "";
    struct tm at;
    const time_t seconds = (time_t)(ms / 1000);
    if (gmtime_r(&seconds, &at) != NULL) {
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &at);
    }
    xml_attr(x, name, str_of(text));
}

void xml_text(struct xml *x, str text)
{
    CHECK(x->depth > 0);
    tag_close(x);
    put_escaped(x->out, text, false);
    x->in_text = true;
}

void xml_end(struct xml *x)
{
    CHECK(x->depth > 0);
    const str name = x->names[--x->depth];
    if (x->tag_open) {
        buf_put(x->out, S("/>"));
        x->tag_open = false;
    } else {
        if (!x->in_text) {
            line_begin(x);
        }
        buf_put(x->out, S("</"));
        buf_put(x->out, name);
        buf_putc(x->out, '>');
    }
    x->in_text = false;
    if (x->depth == 0) {
        buf_putc(x->out, '\n');
    }
}

void xml_leaf(struct xml *x, str name, str text)
{
    xml_begin(x, name);
    xml_text(x, text);
    xml_end(x);
}

void xml_mark(struct xml *x, str name, str attribute, str value)
{
    xml_begin(x, name);
    xml_attr(x, attribute, value);
    xml_end(x);
}
