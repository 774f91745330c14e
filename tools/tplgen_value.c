/* tplgen_value.c: expressions of C, and what may stand where: values by type, addresses, messages. */
#include "tplgen.h"

enum { ARGS_MAX = 8 };

/* ---- expressions ----------------------------------------------------------------------------------------
 */

bool is_pointer(const struct walk *w, str name)
{
    for (size_t i = 0; i < w->pointers_n; i++) {
        if (str_eq(w->pointers[i], name)) {
            return true;
        }
    }
    return false;
}

/* Behind the string or character constant that begins at p. */
const char *quoted_end(const struct walk *w, const char *p, const char *end)
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
const char *expression_end(const struct walk *w, const char *p, const char *end, const char *stops)
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
const char *c_of(const struct walk *w, str e)
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

const char *c_needed(const struct walk *w, const char *at, str e, const char *what)
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
        return html_words_only(h) ? "PUT_WORDS" : "PUT_TEXT";
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

void put_value(struct walk *w, const char *at, str e)
{
    const char *c = c_needed(w, at, e, "an expression");
    const char *put = put_for(w, at);
    write_statement(w, at, "_Generic((%s), %s)(p, (%s));", c, put, c);
}

void put_url(struct walk *w, const char *at, str e)
{
    if (w->html.place != IN_VALUE || w->html.kind != ATTR_URL) {
        refuse_at(w->src, at, "{url} stands in href, action, src and their like");
    }
    put_value(w, at, e);
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
    return c_needed(w, at, str_range(from, stop != NULL ? stop : end), "an expression");
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
    return h->place == IN_VALUE || html_words_only(h) || html_inside(h, "svg") ? "put_msg_attr" : "put_msg";
}

/* {t key name=expression …}: n is a number and chooses the plural form, all others are str. */
void put_message(struct walk *w, const char *at, str rest)
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
        write_statement(w, at, "(void)%s__%.*s;", id, STR_F(name));
        if (str_is(name, "n")) {
            n = c;
        } else {
            out_printf(&args, "%s{\"%.*s\", %s}", args_n++ > 0 ? ", " : "", STR_F(name), c);
        }
    }
    write_statement(w, at, "_Static_assert((int)%s__args == %zu, \"%.*s has other placeholders\");", id,
                    given, STR_F(key));
    if (args_n == 0) {
        write_statement(w, at, "%s(p, %s, %s, NULL, 0);", put, id, n);
        return;
    }
    write_statement(w, at, "%s(p, %s, %s, (const struct msg_arg[]){%.*s}, %zu);", put, id, n,
                    STR_F(out_text(&args)), args_n);
}
