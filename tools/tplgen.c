/* tplgen: an HTML page to a C function that escapes by type.
 *
 *     tplgen --root src --out build/gen src/feature/case/case_show.html …
 *
 * A template is walked once, byte by byte, as an HTML parser would walk it: what a value may be depends on
 * where it stands, and a branch must end where its sisters end. Markup is gathered into long runs; each
 * expression is copied behind a #line, so that the C compiler points at the line of the page. The state of
 * the walk (struct html) is a plain value: branches save it, compare it and put it back.
 */
#include "lex.h"

enum { ELEMENTS_MAX = 64, BLOCKS_MAX = 32, LITERAL_MAX = 4000, ARGS_MAX = 8 };

/* ---- the state of the walk ------------------------------------------------------------------------------
 */

enum place {
    IN_TEXT, /* between tags */
    IN_TAG,  /* behind a tag's name, between its attributes */
    IN_VALUE /* in a quoted attribute value */
};

enum attr_kind { ATTR_PLAIN, ATTR_URL, ATTR_STATIC /* no value may stand in it */ };

struct html {
    enum place place;
    str tag;
    bool closing; /* the tag is an end tag */
    enum attr_kind kind;
    char quote;
    bool begun;    /* of a URL: something stands before */
    bool fragment; /* of a URL: behind its # */
    bool whole;    /* of a URL: a url was put, nothing but a fragment may follow */
    bool gap;      /* white space was just written: more of it says nothing */
    str open[ELEMENTS_MAX];
    size_t depth;
};

enum block_kind { BLOCK_TEMPLATE, BLOCK_IF, BLOCK_FOR, BLOCK_WRAP };

struct block {
    enum block_kind kind;
    const char *at;
    struct html entry;
    struct html exit; /* of the branches seen so far */
    bool has_exit, has_else;
    str name, args; /* what a wrap calls; the loop variable */
    str rows;       /* what a loop walks */
    size_t pointers_n;
};

struct walk {
    const struct source *src;
    const char *p, *end;
    struct html html;
    struct block blocks[BLOCKS_MAX];
    size_t blocks_n;
    str *pointers; /* names of variables that are pointers: m.x becomes m->x */
    size_t pointers_n;
    str name, params; /* of the template */
    str *names;       /* of all templates of the file */
    size_t names_n;
    bool slotted;
    struct out run; /* markup not yet written out */
    struct out *c, *h;
};

static bool in_words(str word, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (str_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static str lower(str s)
{
    struct out o = {0};
    for (size_t i = 0; i < s.n; i++) {
        out_char(&o, s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] - 'A' + 'a') : s.p[i]);
    }
    return out_text(&o);
}

static bool inside(const struct html *h, const char *tag)
{
    for (size_t i = 0; i < h->depth; i++) {
        if (str_is(h->open[i], tag)) {
            return true;
        }
    }
    return false;
}

static str innermost(const struct html *h)
{
    return h->depth > 0 ? h->open[h->depth - 1] : S("");
}

/* Elements whose content is words without markup. */
static bool words_only(const struct html *h)
{
    static const char *const tags[] = {"title", "textarea", "option", NULL};
    return in_words(innermost(h), tags);
}

/* Why two branches do not end alike; NULL when they do. */
static const char *html_differs(const struct html *a, const struct html *b)
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

static void indent(struct walk *w)
{
    out_printf(w->c, "%*s", (int)(4 * (w->blocks_n > 0 ? w->blocks_n : 1)), "");
}

/* Strings are kept below 4095 bytes: the least that C promises, and -Woverlength-strings minds. */
static void flush(struct walk *w)
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
        indent(w);
        out_c(w->c, "put_raw(p, S(");
        out_literal(w->c, (str){rest.p, n}, (int)(4 * w->blocks_n + 13));
        out_c(w->c, "));\n");
        rest = str_from(rest, n);
    }
    w->run.n = 0;
}

/* A statement of the page's own: behind a #line. */
__attribute__((format(printf, 3, 4))) static void statement(struct walk *w, const char *at,
                                                            const char *format, ...)
{
    flush(w);
    out_printf(w->c, "#line %zu \"%s\"\n", source_line(w->src, at), w->src->path);
    indent(w);
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

static void put_markup(struct walk *w, str s)
{
    out_str(&w->run, s);
    w->html.gap = s.n > 0 && is_space(s.p[s.n - 1]);
}

/* White space: one character, and none behind another; a line end stays one, so that pages can be read. */
static void put_gap(struct walk *w, str space)
{
    if (!w->html.gap) {
        put_markup(w, str_find(space, "\n", NULL) && w->html.place == IN_TEXT ? S("\n") : S(" "));
    }
}

/* ---- expressions ----------------------------------------------------------------------------------------
 */

static bool is_pointer(const struct walk *w, str name)
{
    for (size_t i = 0; i < w->pointers_n; i++) {
        if (str_eq(w->pointers[i], name)) {
            return true;
        }
    }
    return false;
}

/* Behind the string or character constant that begins at p. */
static const char *quoted_end(const struct walk *w, const char *p, const char *end)
{
    const char quote = *p;
    for (const char *q = p + 1; q < end; q++) {
        if (*q == '\\') {
            q++;
        } else if (*q == quote) {
            return q + 1;
        }
    }
    refuse_at(w->src, p, "a %c without its end", quote);
}

/* How far an expression reaches: to the first character of `stops` outside brackets and quotes. NULL: it ends
 * before that. Refuses brackets that do not match. */
static const char *expression_end(const struct walk *w, const char *p, const char *end, const char *stops)
{
    char open[32];
    size_t depth = 0;
    for (const char *q = p; q < end;) {
        if (*q == '"' || *q == '\'') {
            q = quoted_end(w, q, end);
            continue;
        }
        if (depth == 0 && *q != '\0' && strchr(stops, *q) != NULL) {
            return q;
        }
        const char *opening = strchr("({[", *q), *closing = strchr(")}]", *q);
        if (opening != NULL) {
            if (depth == sizeof open) {
                refuse_at(w->src, q, "too many brackets");
            }
            open[depth++] = *q == '(' ? ')' : (char)(*q + 2);
        }
        if (closing != NULL && (depth == 0 || open[--depth] != *q)) {
            refuse_at(w->src, q, "a %c without its other half", *q);
        }
        q++;
    }
    return NULL;
}

/* One token of an expression: its end; *member becomes true behind `.` and `->`. */
static const char *token_end(const struct walk *w, const char *q, const char *end, bool *member)
{
    const str rest = str_range(q, end);
    const size_t name = name_length(rest);
    *member = *q == '.' || str_starts(rest, "->");
    if (name > 0) {
        return q + name;
    }
    if (*q == '"' || *q == '\'') {
        return quoted_end(w, q, end);
    }
    if (*q == ';' || *q == '#' || str_starts(rest, "//") || str_starts(rest, "/*")) {
        refuse_at(w->src, q, "one expression of C, without comments, is expected");
    }
    const char *next = q + (str_starts(rest, "->") ? 2 : 1);
    while (is_digit(*q) && next < end && (is_name(*next) || *next == '.')) {
        next++;
    }
    return next;
}

/* The C text of an expression on one line: a known pointer's `.` becomes `->`. */
static const char *c_of(const struct walk *w, str e)
{
    struct out o = {0};
    const char *end = e.p + e.n;
    bool member = false;
    for (const char *q = e.p; q < end;) {
        const bool was_member = member;
        const char *next = token_end(w, q, end, &member);
        const str token = str_range(q, next);
        if (token.n == 1 && is_space(*q)) {
            out_char(&o, ' ');
        } else {
            out_str(&o, token);
        }
        if (!was_member && next < end && *next == '.' && is_pointer(w, token)) {
            out_c(&o, "->");
            next++;
            member = true;
        }
        q = next;
    }
    return str_c(out_text(&o));
}

static const char *needed(const struct walk *w, const char *at, str e, const char *what)
{
    e = str_trim(e);
    if (e.n == 0) {
        refuse_at(w->src, at, "%s is missing", what);
    }
    return c_of(w, e);
}

/* ---- values: what may stand where -----------------------------------------------------------------------
 */

/* The list of put.h for a value at this place; refuses places where none may stand. */
static const char *put_for(struct walk *w, const char *at)
{
    struct html *h = &w->html;
    if (h->place == IN_TEXT) {
        h->gap = false;
        return words_only(h) ? "PUT_WORDS" : "PUT_TEXT";
    }
    if (h->place == IN_TAG) {
        refuse_at(w->src, at, "a value stands bare in a tag: only in text and in quoted attributes");
    }
    if (h->kind == ATTR_STATIC) {
        refuse_at(w->src, at, "no value may stand in this attribute");
    }
    if (h->kind == ATTR_PLAIN || h->fragment) {
        return "PUT_ATTR";
    }
    if (h->begun) {
        refuse_at(w->src, at,
                  "an address is one whole url: nothing stands before it; build it with url_with()");
    }
    h->begun = true;
    h->whole = true;
    return "PUT_URL";
}

static void value(struct walk *w, const char *at, str e)
{
    const char *c = needed(w, at, e, "an expression");
    const char *put = put_for(w, at);
    statement(w, at, "_Generic((%s), %s)(p, (%s));", c, put, c);
}

static void url_value(struct walk *w, const char *at, str e)
{
    if (w->html.place != IN_VALUE || w->html.kind != ATTR_URL) {
        refuse_at(w->src, at, "{url} stands in href, action, src and their like");
    }
    value(w, at, e);
}

/* "track.title" is MSG_TRACK_TITLE; whether there is one, the C compiler knows. */
static const char *message_id(const struct walk *w, const char *at, str key)
{
    struct out id = {0};
    out_c(&id, "MSG_");
    for (size_t i = 0; i < key.n; i++) {
        const char ch = key.p[i];
        const bool small = ch >= 'a' && ch <= 'z';
        if (!small && !is_digit(ch) && ch != '.' && ch != '-' && ch != '_') {
            refuse_at(w->src, at, "\"%.*s\" is no key of a message", STR_F(key));
        }
        out_char(&id, small ? (char)(ch - 'a' + 'A') : is_digit(ch) ? ch : '_');
    }
    if (key.n == 0) {
        refuse_at(w->src, at, "{t} needs the key of a message");
    }
    return str_c(out_text(&id));
}

/* Takes the next "name=expression" off *rest; white space outside brackets and quotes ends the expression. */
static const char *next_arg(const struct walk *w, const char *at, str *rest, str *out_name)
{
    const str s = str_trim(*rest);
    const str name = {s.p, name_length(s)};
    if (name.n == 0 || name.n == s.n || s.p[name.n] != '=') {
        refuse_at(w->src, s.p, "name=expression was expected");
    }
    const char *from = s.p + name.n + 1, *end = s.p + s.n;
    const char *stop = expression_end(w, from, end, " \t\r\n");
    *out_name = name;
    *rest = stop != NULL ? str_trim(str_range(stop, end)) : S("");
    return needed(w, at, str_range(from, stop != NULL ? stop : end), "an expression");
}

static void note_arg(const struct walk *w, const char *at, str *names, size_t n, str name)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(names[i], name)) {
            refuse_at(w->src, at, "%.*s is given twice", STR_F(name));
        }
    }
    if (n == ARGS_MAX) {
        refuse_at(w->src, at, "more than %d arguments", ARGS_MAX);
    }
    names[n] = name;
}

static const char *put_msg_for(struct walk *w, const char *at)
{
    struct html *h = &w->html;
    if (h->place == IN_TAG || (h->place == IN_VALUE && h->kind != ATTR_PLAIN)) {
        refuse_at(w->src, at, "a message stands in text and in attributes that hold words");
    }
    h->gap = false;
    return h->place == IN_VALUE || words_only(h) || inside(h, "svg") ? "put_msg_attr" : "put_msg";
}

/* {t key name=expression …}: n is a number and chooses the plural form, all others are str. */
static void message(struct walk *w, const char *at, str rest)
{
    const str key = str_word(&rest);
    const char *id = message_id(w, at, key), *put = put_msg_for(w, at), *n = "0";
    struct out args = {0};
    str names[ARGS_MAX];
    size_t args_n = 0, given = 0;
    for (rest = str_trim(rest); rest.n > 0; given++) {
        str name;
        const char *c = next_arg(w, at, &rest, &name);
        note_arg(w, at, names, given, name);
        statement(w, at, "(void)%s__%.*s;", id, STR_F(name));
        if (str_is(name, "n")) {
            n = c;
        } else {
            out_printf(&args, "%s{\"%.*s\", %s}", args_n++ > 0 ? ", " : "", STR_F(name), c);
        }
    }
    statement(w, at, "_Static_assert((int)%s__args == %zu, \"%.*s has other placeholders\");", id, given,
              STR_F(key));
    if (args_n == 0) {
        statement(w, at, "%s(p, %s, %s, NULL, 0);", put, id, n);
        return;
    }
    statement(w, at, "%s(p, %s, %s, (const struct msg_arg[]){%.*s}, %zu);", put, id, n,
              STR_F(out_text(&args)), args_n);
}

/* ---- branches and loops ---------------------------------------------------------------------------------
 */

static struct block *block_now(struct walk *w)
{
    return &w->blocks[w->blocks_n - 1];
}

static struct block *block_open(struct walk *w, enum block_kind kind, const char *at)
{
    if (w->blocks_n == BLOCKS_MAX) {
        refuse_at(w->src, at, "nested too deeply");
    }
    struct block *b = &w->blocks[w->blocks_n++];
    *b = (struct block){.kind = kind, .at = at, .entry = w->html, .pointers_n = w->pointers_n};
    return b;
}

/* A branch ends here: it must end as the others did. White space counts as written when all wrote it last. */
static void branch_end(struct walk *w, struct block *b, const char *at)
{
    if (!b->has_exit) {
        b->exit = w->html;
        b->has_exit = true;
        return;
    }
    const char *why = html_differs(&b->exit, &w->html);
    if (why != NULL) {
        refuse_at(w->src, at, "the parts of what begins on line %zu end differently: %s",
                  source_line(w->src, b->at), why);
    }
    b->exit.gap = b->exit.gap && w->html.gap;
}

static void open_if(struct walk *w, const char *at, str condition)
{
    if (w->html.place == IN_TAG && w->html.closing) {
        refuse_at(w->src, at, "nothing stands in an end tag");
    }
    statement(w, at, "if (%s) {", needed(w, at, condition, "the condition"));
    (void)block_open(w, BLOCK_IF, at);
}

static void open_elif(struct walk *w, const char *at, str condition)
{
    struct block *b = block_now(w);
    if (b->kind != BLOCK_IF || b->has_else) {
        refuse_at(w->src, at, "{elif} stands behind {if} or {elif}");
    }
    branch_end(w, b, at);
    flush(w);
    w->html = b->entry;
    w->blocks_n--;
    indent(w);
    out_c(w->c, "} else\n");
    statement(w, at, "if (%s) {", needed(w, at, condition, "the condition"));
    w->blocks_n++;
}

static void open_else(struct walk *w, const char *at)
{
    struct block *b = block_now(w);
    if ((b->kind != BLOCK_IF && b->kind != BLOCK_FOR) || b->has_else) {
        refuse_at(w->src, at, "{else} stands behind {if}, {elif} or {for}");
    }
    branch_end(w, b, at);
    b->has_else = true;
    flush(w);
    w->html = b->entry;
    w->blocks_n--;
    if (b->kind == BLOCK_IF) {
        indent(w);
        out_c(w->c, "} else {\n");
    } else {
        w->pointers_n = b->pointers_n;
        indent(w);
        out_c(w->c, "}\n");
        statement(w, at, "if (%s_n == 0) {", str_c(b->rows));
    }
    w->blocks_n++;
}

/* {for r in m.rows}: r points to the element, r_i is its index. */
static void open_for(struct walk *w, const char *at, str rest)
{
    const str name = str_word(&rest);
    const str in = str_word(&rest);
    const str rows = str_of(needed(w, at, rest, "what {for} walks"));
    if (!name_valid(name) || !str_is(in, "in")) {
        refuse_at(w->src, at, "{for name in rows} was expected");
    }
    if (is_pointer(w, name)) {
        refuse_at(w->src, at, "%.*s has a meaning already", STR_F(name));
    }
    if (!is_name(rows.p[rows.n - 1])) {
        refuse_at(w->src, at, "{for} walks a named array, beside which the number stands as %.*s_n",
                  STR_F(rows));
    }
    if (w->html.place == IN_TAG) {
        refuse_at(w->src, at, "{for} does not stand in a tag");
    }
    w->html.gap = false; /* the second round begins where the first ended */
    statement(w, at, "for (size_t %.*s_i = 0; %.*s_i < %.*s_n; %.*s_i++) {", STR_F(name), STR_F(name),
              STR_F(rows), STR_F(name));
    struct block *b = block_open(w, BLOCK_FOR, at);
    b->name = name;
    b->rows = rows;
    statement(w, at, "const __typeof__(*%.*s) *const %.*s = &%.*s[%.*s_i];", STR_F(rows), STR_F(name),
              STR_F(rows), STR_F(name));
    PUSH(w->pointers, w->pointers_n) = name;
}

static void close_branches(struct walk *w, struct block *b, const char *at)
{
    branch_end(w, b, at);
    if (b->kind == BLOCK_FOR || !b->has_else) {
        w->html = b->entry; /* it may not have run at all */
        branch_end(w, b, at);
    }
    flush(w);
    w->html = b->exit;
    w->pointers_n = b->pointers_n;
    w->blocks_n--;
    indent(w);
    out_c(w->c, "}\n");
}

/* ---- templates that call others -------------------------------------------------------------------------
 */

/* "name(args)" */
static void call_of(const struct walk *w, const char *at, str rest, str *out_name, str *out_args)
{
    rest = str_trim(rest);
    const size_t n = name_length(rest);
    const str args = str_trim(str_from(rest, n));
    if (n == 0 || args.n < 2 || args.p[0] != '(' ||
        expression_end(w, args.p + 1, args.p + args.n - 1, "") != NULL || args.p[args.n - 1] != ')') {
        refuse_at(w->src, at, "name(arguments) was expected");
    }
    *out_name = (str){rest.p, n};
    *out_args = str_trim((str){args.p + 1, args.n - 2});
}

static void text_needed(const struct walk *w, const char *at, const char *what)
{
    if (w->html.place != IN_TEXT || words_only(&w->html)) {
        refuse_at(w->src, at, "%s stands in text, between tags", what);
    }
}

static void call(struct walk *w, const char *at, str name, const char *part, str args)
{
    statement(w, at, "%.*s%s(p%s%s);", STR_F(name), part, args.n > 0 ? ", " : "",
              args.n > 0 ? c_of(w, args) : "");
    w->html.gap = false;
}

static void include(struct walk *w, const char *at, str rest)
{
    str name, args;
    call_of(w, at, rest, &name, &args);
    text_needed(w, at, "{include}");
    call(w, at, name, "", args);
}

static void open_wrap(struct walk *w, const char *at, str rest)
{
    str name, args;
    call_of(w, at, rest, &name, &args);
    text_needed(w, at, "{wrap}");
    call(w, at, name, "_open", args);
    statement(w, at, "{");
    struct block *b = block_open(w, BLOCK_WRAP, at);
    b->name = name;
    b->args = args;
    w->html.gap = true;
}

static void close_wrap(struct walk *w, struct block *b, const char *at)
{
    b->exit = b->entry;
    b->has_exit = true;
    branch_end(w, b, at);
    flush(w);
    w->blocks_n--;
    indent(w);
    out_c(w->c, "}\n");
    call(w, at, b->name, "_close", b->args);
}

/* ---- templates ------------------------------------------------------------------------------------------
 */

static void signature(const struct walk *w, struct out *o, const char *part)
{
    out_printf(o, "void %.*s%s(struct page *p%s%.*s)", STR_F(w->name), part, w->params.n > 0 ? ", " : "",
               STR_F(w->params));
}

/* Takes the next parameter off *rest; its name is its last word. False when there is none. */
static bool next_param(const struct walk *w, str *rest, str *out_whole, str *out_name)
{
    if (rest->n == 0) {
        return false;
    }
    const char *end = rest->p + rest->n;
    const char *comma = expression_end(w, rest->p, end, ",");
    const str one = str_trim(str_range(rest->p, comma != NULL ? comma : end));
    size_t n = 0;
    while (n < one.n && is_name(one.p[one.n - 1 - n])) {
        n++;
    }
    *out_whole = one;
    *out_name = str_from(one, one.n - n);
    *rest = comma != NULL ? str_range(comma + 1, end) : S("");
    return true;
}

/* A * makes a parameter a pointer. */
static void read_params(struct walk *w, const char *at)
{
    str rest = w->params, one, name;
    while (next_param(w, &rest, &one, &name)) {
        if (!name_valid(name) || name.n == one.n || str_is(name, "p") || is_pointer(w, name)) {
            refuse_at(w->src, at, "a parameter is a type and a lower-case name (p is the page)");
        }
        if (str_find(one, "*", NULL)) {
            PUSH(w->pointers, w->pointers_n) = name;
        }
    }
}

/* What one half of a layout does not use, the other half may; and a page need not show all it could. */
static void mark_params(struct walk *w)
{
    str rest = w->params, one, name;
    while (next_param(w, &rest, &one, &name)) {
        out_printf(w->c, "    (void)%.*s;\n", STR_F(name));
    }
}

/* Whether the template that begins at w->p has a slot: its functions' names depend on it. */
static bool slot_ahead(const struct walk *w)
{
    for (const char *q = w->p; q < w->end; q++) {
        const str rest = str_range(q, w->end);
        if (str_starts(rest, "{slot}")) {
            return true;
        }
        if (str_starts(rest, "{template ")) {
            return false;
        }
    }
    return false;
}

static void open_function(struct walk *w, const char *at, const char *part)
{
    signature(w, w->h, part);
    out_c(w->h, ";\n");
    out_printf(w->c, "\n#line %zu \"%s\"\n", source_line(w->src, at), w->src->path);
    signature(w, w->c, part);
    out_c(w->c, " {\n    (void)p;\n");
    mark_params(w);
}

static void open_template(struct walk *w, const char *at, str rest)
{
    if (w->blocks_n > 0) {
        refuse_at(w->src, at, "a template in a template");
    }
    call_of(w, at, rest, &w->name, &w->params);
    if (!name_valid(w->name)) {
        refuse_at(w->src, at, "\"%.*s\" is no lower-case name", STR_F(w->name));
    }
    for (size_t i = 0; i < w->names_n; i++) {
        if (str_eq(w->names[i], w->name)) {
            refuse_at(w->src, at, "%.*s stands here twice", STR_F(w->name));
        }
    }
    PUSH(w->names, w->names_n) = w->name;
    w->pointers_n = 0;
    PUSH(w->pointers, w->pointers_n) = S("p");
    read_params(w, at);
    w->html = (struct html){.gap = true};
    w->slotted = slot_ahead(w);
    open_function(w, at, w->slotted ? "_open" : "");
    (void)block_open(w, BLOCK_TEMPLATE, at);
}

static void slot(struct walk *w, const char *at)
{
    text_needed(w, at, "{slot}");
    if (block_now(w)->kind != BLOCK_TEMPLATE || !w->slotted) {
        refuse_at(w->src, at, "{slot} stands once in a template, in no branch");
    }
    w->slotted = false;
    flush(w);
    out_c(w->c, "}\n");
    open_function(w, at, "_close");
    w->html.gap = true;
}

static void close_template(struct walk *w, const char *at)
{
    const struct html *h = &w->html;
    if (h->place != IN_TEXT) {
        refuse_at(w->src, at, "the template ends inside <%.*s", STR_F(h->tag));
    }
    if (w->slotted) {
        refuse_at(w->src, at, "its {slot} stands in a comment");
    }
    if (h->depth > 0) {
        refuse_at(w->src, at, "the template ends, but <%.*s> is open", STR_F(innermost(h)));
    }
    while (w->run.n > 0 && is_space(w->run.p[w->run.n - 1])) {
        w->run.n--; /* who includes it decides what stands around it */
    }
    flush(w);
    out_c(w->c, "}\n");
    w->blocks_n--;
}

static void close_block(struct walk *w, const char *at)
{
    struct block *b = block_now(w);
    switch (b->kind) {
    case BLOCK_TEMPLATE:
        close_template(w, at);
        return;
    case BLOCK_WRAP:
        close_wrap(w, b, at);
        return;
    case BLOCK_IF:
    case BLOCK_FOR:
    default:
        close_branches(w, b, at);
        return;
    }
}

/* {use "x.h"} */
static void use(struct walk *w, const char *at, str rest)
{
    rest = str_trim(rest);
    if (w->blocks_n > 0 || w->names_n > 0) {
        refuse_at(w->src, at, "{use} stands before the first template");
    }
    if (rest.n < 5 || rest.p[0] != '"' || quoted_end(w, rest.p, rest.p + rest.n) != rest.p + rest.n ||
        !str_ends(rest, ".h\"") || str_find(rest, "..", NULL)) {
        refuse_at(w->src, at, "{use \"header.h\"} was expected");
    }
    out_printf(w->h, "#include %.*s\n", STR_F(rest));
}

/* ---- directives -----------------------------------------------------------------------------------------
 */

/* Behind {# … #}; what it says is for those who read the page's source. */
static const char *comment_end(const struct walk *w, const char *at)
{
    size_t n;
    if (!str_find(str_range(at + 2, w->end), "#}", &n)) {
        refuse_at(w->src, at, "{# without #}");
    }
    return at + 2 + n + 2;
}

/* Splits "word rest" when the first word is `word`. */
static bool is_directive(str body, const char *word, str *out_rest)
{
    const size_t n = strlen(word);
    if (!str_starts(body, word) || (body.n > n && !is_space(body.p[n]))) {
        return false;
    }
    *out_rest = str_trim(str_from(body, n));
    return true;
}

static void bare(const struct walk *w, const char *at, str rest)
{
    if (rest.n > 0) {
        refuse_at(w->src, at, "nothing was expected behind this word");
    }
}

/* Directives that steer; false when body is none of them. */
static bool steer(struct walk *w, const char *at, str body)
{
    str rest;
    if (is_directive(body, "if", &rest)) {
        open_if(w, at, rest);
    } else if (is_directive(body, "elif", &rest)) {
        open_elif(w, at, rest);
    } else if (is_directive(body, "else", &rest)) {
        bare(w, at, rest);
        open_else(w, at);
    } else if (is_directive(body, "for", &rest)) {
        open_for(w, at, rest);
    } else if (is_directive(body, "end", &rest)) {
        bare(w, at, rest);
        close_block(w, at);
    } else if (is_directive(body, "wrap", &rest)) {
        open_wrap(w, at, rest);
    } else if (is_directive(body, "slot", &rest)) {
        bare(w, at, rest);
        slot(w, at);
    } else {
        return false;
    }
    return true;
}

static void directive(struct walk *w, const char *at, str body)
{
    str rest;
    if (is_directive(body, "use", &rest)) {
        use(w, at, rest);
        return;
    }
    if (is_directive(body, "template", &rest)) {
        open_template(w, at, rest);
        return;
    }
    if (w->blocks_n == 0) {
        refuse_at(w->src, at, "only {use} and {template} stand outside templates");
    }
    if (str_is(innermost(&w->html), "script") && w->html.place == IN_TEXT) {
        refuse_at(w->src, at, "no value may stand in a script");
    }
    if (steer(w, at, body)) {
        return;
    }
    if (is_directive(body, "t", &rest)) {
        message(w, at, rest);
    } else if (is_directive(body, "url", &rest)) {
        url_value(w, at, rest);
    } else if (is_directive(body, "include", &rest)) {
        include(w, at, rest);
    } else {
        value(w, at, body);
    }
}

static void brace(struct walk *w)
{
    const char *at = w->p;
    if (str_starts(str_range(at, w->end), "{#")) {
        w->p = comment_end(w, at);
        return;
    }
    const char *end = expression_end(w, at + 1, w->end, "}");
    if (end == NULL) {
        refuse_at(w->src, at, "{ without }");
    }
    w->p = end + 1;
    directive(w, at, str_trim(str_range(at + 1, end)));
}

/* ---- HTML -----------------------------------------------------------------------------------------------
 */

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
    if (rest.n < n || !str_is(lower((str){rest.p, n}), wanted)) {
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
    const str open = innermost(h);
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
    const bool svg = inside(h, "svg");
    if (!svg && !str_eq(tag, lower(tag))) {
        refuse_at(w->src, at, "<%.*s>: names of elements are lower case", STR_F(tag));
    }
    if (in_words(tag, refused_tags)) {
        refuse_at(w->src, at, "<%.*s> does not stand in our pages", STR_F(tag));
    }
    if (inside(h, "p") && in_words(tag, no_p_tags)) {
        refuse_at(w->src, at, "<%.*s> cannot stand in a <p>", STR_F(tag));
    }
    if (!svg && in_words(tag, never_nested) && inside(h, str_c(tag))) {
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
    if (words_only(h) && !closes) {
        refuse_at(w->src, w->p, "<%.*s> holds words only", STR_F(innermost(h)));
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
    const bool script = str_is(innermost(h), "script");
    if (*w->p == '<' && (!script || str_starts(str_range(w->p, w->end), "</"))) {
        markup(w);
        return;
    }
    const bool as_it_is = inside(h, "pre") || inside(h, "textarea");
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
    if (slash && !is_void && !inside(h, "svg")) {
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
    if (rest.n >= sizeof word - 1 && str_is(lower((str){rest.p, sizeof word - 1}), word)) {
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
    const enum attr_kind kind = kind_of(w, at, lower(name));
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
    if (w->blocks_n == 0 || h->place == IN_TAG || str_is(innermost(h), "script")) {
        refuse_at(w->src, w->p, "a brace does not stand here");
    }
    if (h->place == IN_VALUE && h->kind == ATTR_URL) {
        value_char(w, '{');
    } else {
        put_markup(w, S("{"));
    }
    w->p += 2;
}

static void step(struct walk *w)
{
    const str rest = str_range(w->p, w->end);
    if (str_starts(rest, "{{")) {
        literal_brace(w);
    } else if (rest.p[0] == '{') {
        brace(w);
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

/* ---- a file ---------------------------------------------------------------------------------------------
 */

static str guard_of(str name)
{
    struct out o = {0};
    out_c(&o, "SUNWAI_");
    for (size_t i = 0; i < name.n; i++) {
        const char c = name.p[i];
        out_char(&o, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : is_name(c) ? c : '_');
    }
    out_c(&o, "_H");
    return out_text(&o);
}

/* `name` is the file's path below the root; the header's guard and the comments name it. */
static void translate(const struct source *src, str name, struct out *c, struct out *h)
{
    struct walk *w = keep(sizeof *w);
    w->src = src;
    w->p = src->text.p;
    w->end = src->text.p + src->text.n;
    w->c = c;
    w->h = h;
    const str guard = guard_of(path_base(name));
    out_printf(h, "/* Made by tplgen from %.*s. */\n#ifndef %.*s\n#define %.*s\n#include \"page.h\"\n",
               STR_F(name), STR_F(guard), STR_F(guard));
    out_printf(c, "/* Made by tplgen from %.*s. */\n#include \"%.*s.h\"\n\n#include \"put.h\"\n", STR_F(name),
               STR_F(path_base(name)));
    while (w->p < w->end) {
        step(w);
    }
    if (w->blocks_n > 0) {
        refuse_at(src, block_now(w)->at, "no {end} for what begins here");
    }
    if (w->names_n == 0) {
        refuse(src->path, 1, "no {template}");
    }
    out_c(h, "\n#endif\n");
}

int main(int argc, char **argv)
{
    const char *root = NULL, *folder = NULL;
    for (int i = 1; i < argc;) {
        const char *value = NULL;
        if ((value = option(argc, argv, &i, "--root")) != NULL) {
            root = value;
            continue;
        }
        if ((value = option(argc, argv, &i, "--out")) != NULL) {
            folder = value;
            continue;
        }
        if (root == NULL || folder == NULL) {
            refuse("tplgen", 0, "usage: tplgen --root DIR --out DIR FILE.html …");
        }
        struct out c = {0}, h = {0};
        const str name = path_below(argv[i], root);
        translate(source_read(argv[i]), name, &c, &h);
        out_write(&h, str_c(str_printf("%s/%.*s.h", folder, STR_F(name))));
        out_write(&c, str_c(str_printf("%s/%.*s.c", folder, STR_F(name))));
        i++;
    }
    return 0;
}
