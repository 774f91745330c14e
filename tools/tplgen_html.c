/* tplgen_html.c: the walk over the page as a parser of HTML would walk it. */
#include "tplgen.h"

static const char *const void_tags[] = {"area",  "base", "br",   "col",    "embed", "hr",  "img",
                                        "input", "link", "meta", "source", "track", "wbr", NULL};
/* Raw text, other documents, addresses that change all others, styles (the CSP has no unsafe-inline). */
static const char *const refused_tags[] = {"style", "iframe",    "object",   "embed",   "applet",
                                           "base",  "frame",     "frameset", "noembed", "noframes",
                                           "xmp",   "plaintext", "listing",  NULL};
/* A parser would close an open <p> before these (HTML, 13.2.6.4.7). */
static const char *const no_p_tags[] = {
    "address",    "article", "aside",   "blockquote", "details", "dialog", "div", "dl", "fieldset",
    "figcaption", "figure",  "footer",  "form",       "h1",      "h2",     "h3",  "h4", "h5",
    "h6",         "header",  "hgroup",  "hr",         "main",    "menu",   "nav", "ol", "p",
    "pre",        "search",  "section", "table",      "ul",      NULL};
static const char *const never_nested[] = {"a", "form", "button", "label", "select", "option", NULL};
static const char *const refused_attrs[] = {"style", "srcdoc", "http-equiv", NULL};
static const char *const static_attrs[] = {"srcset", "imagesrcset", NULL};
static const char *const url_attrs[] = {"href", "action", "formaction", "src",        "poster",     "cite",
                                        "data", "ping",   "manifest",   "background", "xlink:href", NULL};

static bool tag_char(char c)
{
    return is_name(c) || c == '-';
}

static bool attr_char(char c)
{
    return is_name(c) || c == '-' || c == ':' || c == '.';
}

static str skip(struct walk *w, bool (*wanted)(char c))
{
    const char *from = w->p;
    while (w->p < w->end && wanted(*w->p)) {
        w->p++;
    }
    return str_range(from, w->p);
}

static void html_comment(struct walk *w)
{
    size_t n;
    if (!str_find(str_range(w->p, w->end), "-->", &n)) {
        refuse_at(w->src, w->p, "a comment without its end");
    }
    if (str_find((str){w->p, n}, "{", NULL)) {
        refuse_at(w->src, w->p, "a { in a comment: what is commented out stands in {# … #}");
    }
    w->p += n + 3;
}

static void doctype(struct walk *w)
{
    static const char wanted[] = "<!doctype html>";
    const size_t n = sizeof wanted - 1;
    const str rest = str_range(w->p, w->end);
    if (rest.n < n || !str_is(text_lower((str){rest.p, n}), wanted)) {
        refuse_at(w->src, w->p, "of <! only <!doctype html> and comments are known");
    }
    put_markup(w, (str){rest.p, n});
    w->p += n;
}

static void end_tag(struct walk *w)
{
    struct html *h = &w->html;
    const char *at = w->p;
    w->p += 2;
    const str tag = skip(w, tag_char);
    (void)skip(w, is_space);
    if (w->p == w->end || *w->p != '>') {
        refuse_at(w->src, at, "nothing stands in an end tag");
    }
    w->p++;
    const str open = html_innermost(h);
    if (open.n == 0) {
        refuse_at(w->src, at, "</%.*s> closes what is not open", STR_F(tag));
    }
    if (!str_eq(open, tag)) {
        refuse_at(w->src, at, "</%.*s>, but <%.*s> of line %zu is open", STR_F(tag), STR_F(open),
                  source_line(w->src, open.p));
    }
    h->depth--;
    put_markup(w, str_of(str_c(str_printf("</%.*s>", STR_F(tag)))));
}

static void check_tag(const struct walk *w, const char *at, str tag)
{
    const struct html *h = &w->html;
    const bool svg = html_inside(h, "svg");
    if (!svg && !str_eq(tag, text_lower(tag))) {
        refuse_at(w->src, at, "<%.*s>: names of elements are lower case", STR_F(tag));
    }
    if (in_words(tag, refused_tags)) {
        refuse_at(w->src, at, "<%.*s> does not stand in our pages", STR_F(tag));
    }
    if (html_inside(h, "p") && in_words(tag, no_p_tags)) {
        refuse_at(w->src, at, "<%.*s> cannot stand in a <p>", STR_F(tag));
    }
    if (!svg && in_words(tag, never_nested) && html_inside(h, str_c(tag))) {
        refuse_at(w->src, at, "<%.*s> in <%.*s>", STR_F(tag), STR_F(tag));
    }
}

static void start_tag(struct walk *w)
{
    const char *at = w->p++;
    const str tag = skip(w, tag_char);
    check_tag(w, at, tag);
    put_markup(w, str_range(at, w->p));
    w->html.place = IN_TAG;
    w->html.tag = tag;
    w->html.gap = false;
}

static void markup(struct walk *w)
{
    const struct html *h = &w->html;
    const str rest = str_range(w->p, w->end);
    const bool closes = str_starts(rest, "</");
    if (html_words_only(h) && !closes) {
        refuse_at(w->src, w->p, "<%.*s> holds words only", STR_F(html_innermost(h)));
    }
    if (str_starts(rest, "<!--")) {
        html_comment(w);
    } else if (str_starts(rest, "<!")) {
        doctype(w);
    } else if (closes) {
        end_tag(w);
    } else if (rest.n > 1 && is_name_start(rest.p[1]) && rest.p[1] != '_') {
        start_tag(w);
    } else {
        refuse_at(w->src, w->p, "a < that begins no tag is written &lt;");
    }
}

static bool in_run(char c)
{
    return c != '<' && c != '{' && !is_space(c);
}

static void text(struct walk *w)
{
    const struct html *h = &w->html;
    const bool script = str_is(html_innermost(h), "script");
    if (*w->p == '<' && (!script || str_starts(str_range(w->p, w->end), "</"))) {
        markup(w);
        return;
    }
    const bool as_it_is = html_inside(h, "pre") || html_inside(h, "textarea");
    if (is_space(*w->p)) {
        const str space = skip(w, is_space);
        if (as_it_is) {
            put_markup(w, space);
        } else if (!script) {
            put_gap(w, space);
        }
        return;
    }
    if (script) {
        refuse_at(w->src, w->p, "a script has a src and no text: the CSP lets no other run");
    }
    put_markup(w, skip(w, in_run));
}

/* ---- inside a tag ---------------------------------------------------------------------------------------
 */

/* Behind `<pre>` and `<textarea>` a parser drops one line end: it gets its own, so that a value that begins
 * with one keeps it. */
static void first_line(struct walk *w, str tag)
{
    if (!str_is(tag, "pre") && !str_is(tag, "textarea")) {
        return;
    }
    put_markup(w, S("\n"));
    if (w->p < w->end && *w->p == '\n') {
        w->p++;
    }
}

static void tag_end(struct walk *w, bool slash)
{
    struct html *h = &w->html;
    const bool is_void = in_words(h->tag, void_tags);
    if (slash && !is_void && !html_inside(h, "svg")) {
        refuse_at(w->src, w->p, "<%.*s/> closes nothing in HTML", STR_F(h->tag));
    }
    put_markup(w, slash && !is_void ? S("/>") : S(">"));
    h->place = IN_TEXT;
    if (is_void || slash) {
        return;
    }
    if (h->depth == ELEMENTS_MAX) {
        refuse_at(w->src, w->p, "more than %d elements in each other", ELEMENTS_MAX);
    }
    h->open[h->depth++] = h->tag;
    first_line(w, h->tag);
}

static enum attr_kind kind_of(const struct walk *w, const char *at, str name)
{
    if (in_words(name, refused_attrs) || (name.n > 2 && str_starts(name, "on"))) {
        refuse_at(w->src, at, "%.*s= does not stand in our pages: the CSP forbids it", STR_F(name));
    }
    if (in_words(name, static_attrs)) {
        return ATTR_STATIC;
    }
    return in_words(name, url_attrs) ? ATTR_URL : ATTR_PLAIN;
}

static void check_address(const struct walk *w, const char *at)
{
    static const char word[] = "javascript:";
    const str rest = str_trim(str_range(at, w->end));
    if (rest.n >= sizeof word - 1 && str_is(text_lower((str){rest.p, sizeof word - 1}), word)) {
        refuse_at(w->src, at, "a script as an address");
    }
}

static bool in_unquoted(char c)
{
    return !is_space(c) && c != '>' && strchr("{\"'`=<", c) == NULL;
}

static void attr_value(struct walk *w, const char *at, enum attr_kind kind)
{
    struct html *h = &w->html;
    (void)skip(w, is_space);
    const char quote = w->p < w->end ? *w->p : '>';
    if (kind == ATTR_URL) {
        check_address(w, w->p + (quote == '"' || quote == '\''));
    }
    if (quote == '"' || quote == '\'') {
        w->p++;
        put_markup(w, quote == '"' ? S("=\"") : S("='"));
        h->place = IN_VALUE;
        h->kind = kind;
        h->quote = quote;
        h->begun = h->fragment = h->whole = false;
        return;
    }
    const str plain = skip(w, in_unquoted);
    if (w->p < w->end && *w->p == '{') {
        refuse_at(w->src, at, "a value in an attribute without quotes");
    }
    if (plain.n == 0 || w->p == w->end || in_unquoted(*w->p) || !(is_space(*w->p) || *w->p == '>')) {
        refuse_at(w->src, at, "this attribute needs quotes");
    }
    put_markup(w, S("="));
    put_markup(w, plain);
}

static void attribute(struct walk *w)
{
    const char *at = w->p;
    const str name = skip(w, attr_char);
    if (name.n == 0) {
        refuse_at(w->src, at, "a %c in a tag", *at);
    }
    if (!w->html.gap) {
        refuse_at(w->src, at, "white space is missing before %.*s", STR_F(name));
    }
    const enum attr_kind kind = kind_of(w, at, text_lower(name));
    put_markup(w, name);
    const char *behind = w->p;
    (void)skip(w, is_space);
    if (w->p == w->end || *w->p != '=') {
        w->p = behind;
        return;
    }
    w->p++;
    attr_value(w, at, kind);
}

static void tag(struct walk *w)
{
    if (is_space(*w->p)) {
        const str space = skip(w, is_space);
        if (w->p < w->end && *w->p != '>' && *w->p != '/') {
            put_gap(w, space);
        }
        return;
    }
    const bool slash = str_starts(str_range(w->p, w->end), "/>");
    if (*w->p == '>' || slash) {
        w->p += slash ? 2 : 1;
        tag_end(w, slash);
        return;
    }
    attribute(w);
}

/* One character of a quoted value. */
static void value_char(struct walk *w, char c)
{
    struct html *h = &w->html;
    if (h->whole && !h->fragment && c != '#') {
        refuse_at(w->src, w->p, "behind a url only a #fragment may follow; build it with url_with()");
    }
    h->begun = true;
    h->fragment = h->fragment || c == '#';
    put_markup(w, (str){&c, 1});
}

static void attr_text(struct walk *w)
{
    struct html *h = &w->html;
    const char c = *w->p;
    if (c == h->quote) {
        put_markup(w, (str){w->p, 1});
        h->place = IN_TAG;
        h->gap = false;
    } else if (h->kind == ATTR_URL) {
        value_char(w, c);
    } else {
        put_markup(w, (str){w->p, 1});
    }
    w->p++;
}

/* {{ is a brace of the page's own. */
static void literal_brace(struct walk *w)
{
    struct html *h = &w->html;
    if (w->blocks_n == 0 || h->place == IN_TAG || str_is(html_innermost(h), "script")) {
        refuse_at(w->src, w->p, "a brace does not stand here");
    }
    if (h->place == IN_VALUE && h->kind == ATTR_URL) {
        value_char(w, '{');
    } else {
        put_markup(w, S("{"));
    }
    w->p += 2;
}

void walk_step(struct walk *w)
{
    const str rest = str_range(w->p, w->end);
    if (str_starts(rest, "{{")) {
        literal_brace(w);
    } else if (rest.p[0] == '{') {
        walk_brace(w);
    } else if (w->blocks_n == 0) {
        if (!is_space(rest.p[0])) {
            refuse_at(w->src, w->p, "text outside a {template}");
        }
        w->p++;
    } else if (w->html.place == IN_TEXT) {
        text(w);
    } else if (w->html.place == IN_TAG) {
        tag(w);
    } else {
        attr_text(w);
    }
}
