/* tplgen_block.c: what stands in braces: branches, loops, templates and the calls of others. */
#include "tplgen.h"

/* ---- branches and loops ---------------------------------------------------------------------------------
 */

struct block *block_now(struct walk *w)
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
    write_statement(w, at, "if (%s) {", c_needed(w, at, condition, "the condition"));
    (void)block_open(w, BLOCK_IF, at);
}

static void open_elif(struct walk *w, const char *at, str condition)
{
    struct block *b = block_now(w);
    if (b->kind != BLOCK_IF || b->has_else) {
        refuse_at(w->src, at, "{elif} stands behind {if} or {elif}");
    }
    branch_end(w, b, at);
    write_run(w);
    w->html = b->entry;
    w->blocks_n--;
    write_indent(w);
    out_c(w->c, "} else\n");
    write_statement(w, at, "if (%s) {", c_needed(w, at, condition, "the condition"));
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
    write_run(w);
    w->html = b->entry;
    w->blocks_n--;
    if (b->kind == BLOCK_IF) {
        write_indent(w);
        out_c(w->c, "} else {\n");
    } else {
        w->pointers_n = b->pointers_n;
        write_indent(w);
        out_c(w->c, "}\n");
        write_statement(w, at, "if (%s_n == 0) {", str_c(b->rows));
    }
    w->blocks_n++;
}

/* {for r in m.rows}: r points to the element, r_i is its index. */
static void open_for(struct walk *w, const char *at, str rest)
{
    const str name = str_word(&rest);
    const str in = str_word(&rest);
    const str rows = str_of(c_needed(w, at, rest, "what {for} walks"));
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
    write_statement(w, at, "for (size_t %.*s_i = 0; %.*s_i < %.*s_n; %.*s_i++) {", STR_F(name), STR_F(name),
                    STR_F(rows), STR_F(name));
    struct block *b = block_open(w, BLOCK_FOR, at);
    b->name = name;
    b->rows = rows;
    write_statement(w, at, "const __typeof__(*%.*s) *const %.*s = &%.*s[%.*s_i];", STR_F(rows), STR_F(name),
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
    write_run(w);
    w->html = b->exit;
    w->pointers_n = b->pointers_n;
    w->blocks_n--;
    write_indent(w);
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
    if (w->html.place != IN_TEXT || html_words_only(&w->html)) {
        refuse_at(w->src, at, "%s stands in text, between tags", what);
    }
}

static void call(struct walk *w, const char *at, str name, const char *part, str args)
{
    write_statement(w, at, "%.*s%s(p%s%s);", STR_F(name), part, args.n > 0 ? ", " : "",
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
    write_statement(w, at, "{");
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
    write_run(w);
    w->blocks_n--;
    write_indent(w);
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
    write_run(w);
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
        refuse_at(w->src, at, "the template ends, but <%.*s> is open", STR_F(html_innermost(h)));
    }
    while (w->run.n > 0 && is_space(w->run.p[w->run.n - 1])) {
        w->run.n--; /* who includes it decides what stands around it */
    }
    write_run(w);
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
    if (str_is(html_innermost(&w->html), "script") && w->html.place == IN_TEXT) {
        refuse_at(w->src, at, "no value may stand in a script");
    }
    if (steer(w, at, body)) {
        return;
    }
    if (is_directive(body, "t", &rest)) {
        put_message(w, at, rest);
    } else if (is_directive(body, "url", &rest)) {
        put_url(w, at, rest);
    } else if (is_directive(body, "include", &rest)) {
        include(w, at, rest);
    } else {
        put_value(w, at, body);
    }
}

void walk_brace(struct walk *w)
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
