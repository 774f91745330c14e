/* tplgen_out.c: the state of the walk, and what is written: markup in long runs, statements behind a #line.
 */
#include "tplgen.h"

enum { LITERAL_MAX = 4000 };

bool in_words(str word, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (str_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

str text_lower(str s)
{
    struct out o = {0};
    for (size_t i = 0; i < s.n; i++) {
        out_char(&o, s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] - 'A' + 'a') : s.p[i]);
    }
    return out_text(&o);
}

bool html_inside(const struct html *h, const char *tag)
{
    for (size_t i = 0; i < h->depth; i++) {
        if (str_is(h->open[i], tag)) {
            return true;
        }
    }
    return false;
}

str html_innermost(const struct html *h)
{
    return h->depth > 0 ? h->open[h->depth - 1] : S("");
}

/* Elements whose content is words without markup. */
bool html_words_only(const struct html *h)
{
    static const char *const tags[] = {"title", "textarea", "option", NULL};
    return in_words(html_innermost(h), tags);
}

/* Why two branches do not end alike; NULL when they do. */
const char *html_differs(const struct html *a, const struct html *b)
{
    if (a->place != b->place) {
        return "one ends inside a tag or an attribute, the other does not";
    }
    if (a->depth != b->depth) {
        return "they leave different elements open";
    }
    for (size_t i = 0; i < a->depth; i++) {
        if (!str_eq(a->open[i], b->open[i])) {
            return "they leave different elements open";
        }
    }
    if (a->place == IN_TEXT) {
        return NULL;
    }
    if (!str_eq(a->tag, b->tag) || a->closing != b->closing) {
        return "they end in different tags";
    }
    const bool same_value = a->kind == b->kind && a->quote == b->quote && a->begun == b->begun &&
                            a->fragment == b->fragment && a->whole == b->whole;
    return a->place == IN_VALUE && !same_value ? "they end at different places of an attribute" : NULL;
}

/* ---- what is written ------------------------------------------------------------------------------------
 */

void write_indent(struct walk *w)
{
    out_printf(w->c, "%*s", (int)(4 * (w->blocks_n > 0 ? w->blocks_n : 1)), "");
}

/* Strings are kept below 4095 bytes: the least that C promises, and -Woverlength-strings minds. */
void write_run(struct walk *w)
{
    str rest = out_text(&w->run);
    while (rest.n > 0) {
        size_t n = rest.n;
        if (n > LITERAL_MAX) {
            n = LITERAL_MAX;
            while (((unsigned char)rest.p[n] & 0xc0) == 0x80) {
                n--;
            }
        }
        write_indent(w);
        out_c(w->c, "put_raw(p, S(");
        out_literal(w->c, (str){rest.p, n}, (int)(4 * w->blocks_n + 13));
        out_c(w->c, "));\n");
        rest = str_from(rest, n);
    }
    w->run.n = 0;
}

/* A statement of the page's own: behind a #line. */
void write_statement(struct walk *w, const char *at, const char *format, ...)
{
    write_run(w);
    out_printf(w->c, "#line %zu \"%s\"\n", source_line(w->src, at), w->src->path);
    write_indent(w);
    va_list args;
    va_start(args, format);
    char *text = NULL;
    const int n = vasprintf(&text, format, args);
    va_end(args);
    if (n < 0) {
        refuse("memory", 0, "none left");
    }
    out_str(w->c, (str){text, (size_t)n});
    free(text);
    out_char(w->c, '\n');
}

void put_markup(struct walk *w, str s)
{
    out_str(&w->run, s);
    w->html.gap = s.n > 0 && is_space(s.p[s.n - 1]);
}

/* White space: one character, and none behind another; a line end stays one, so that pages can be read. */
void put_gap(struct walk *w, str space)
{
    if (!w->html.gap) {
        put_markup(w, str_find(space, "\n", NULL) && w->html.place == IN_TEXT ? S("\n") : S(" "));
    }
}
