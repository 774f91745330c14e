/* What SQLite does not say of a statement: which result columns are plain columns, which tables stand on the
 * outer side of a join, which names are no tables. Read from the tokens of a statement that SQLite accepted.
 */
#include "sqlgen.h"

struct token {
    str text;  /* a name, a number, a quoted text, or one character of punctuation */
    int depth; /* of parentheses; the parentheses themselves have the outer depth */
    bool name;
};

struct tokens {
    struct token *t;
    size_t n;
};

static size_t token_length(str rest)
{
    if (rest.p[0] == '\'' || rest.p[0] == '"') {
        size_t at = 0;
        const char quote[2] = {rest.p[0], '\0'};
        return str_find(str_from(rest, 1), quote, &at) ? at + 2 : rest.n;
    }
    const size_t n = name_length(rest);
    size_t digits = 1;
    while (digits < rest.n && (is_digit(rest.p[0]) || rest.p[0] == '?') && is_digit(rest.p[digits])) {
        digits++;
    }
    return n > 0 ? n : digits;
}

static struct tokens tokens_of(str sql)
{
    struct tokens out = {0};
    int depth = 0;
    for (str rest = sql; rest.n > 0;) {
        if (is_space(rest.p[0])) {
            rest = str_from(rest, 1);
            continue;
        }
        const size_t n = token_length(rest);
        depth -= rest.p[0] == ')';
        PUSH(out.t, out.n) = (struct token){{rest.p, n}, depth, is_name_start(rest.p[0])};
        depth += rest.p[0] == '(';
        rest = str_from(rest, n);
    }
    return out;
}

static bool is(const struct tokens *t, size_t i, const char *word)
{
    return i < t->n && t->t[i].text.n == strlen(word) &&
           strncasecmp(t->t[i].text.p, word, t->t[i].text.n) == 0;
}

static bool is_any(const struct tokens *t, size_t i, const char *const *words, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (is(t, i, words[k])) {
            return true;
        }
    }
    return false;
}
#define IS_ANY(t, i, words) is_any((t), (i), (words), sizeof(words) / sizeof *(words))

static size_t find_top(const struct tokens *t, size_t i, size_t end, const char *word)
{
    while (i < end && !(t->t[i].depth == 0 && is(t, i, word))) {
        i++;
    }
    return i;
}

static const char *const clause_words[] = {"where", "group",  "having",    "order",
                                           "limit", "window", "returning", "offset"};
static const char *const compound_words[] = {"union", "intersect", "except"};
static const char *const join_words[] = {"left",    "right", "full",   "inner",  "cross", "natural",
                                         "outer",   "join",  "on",     "using",  "where", "set",
                                         "indexed", "not",   "values", "default"};

static struct result_item item_of(const struct tokens *t, size_t from, size_t to)
{
    struct result_item item = {0};
    if (to - from >= 3 && is(t, to - 2, "as")) {
        to -= 2;
    } else if (to - from == 2 || (to - from == 4 && is(t, from + 1, "."))) {
        to -= 1;
    }
    if (to - from == 1 && t->t[from].name) {
        item.column = t->t[from].text;
    }
    if (to - from == 3 && t->t[from].name && is(t, from + 1, ".") && t->t[from + 2].name) {
        item.qualifier = t->t[from].text;
        item.column = t->t[from + 2].text;
    }
    return item;
}

static void items_read(const struct tokens *t, size_t from, size_t end, struct from *out)
{
    for (size_t i = from; i < end;) {
        size_t stop = i;
        while (stop < end && !(t->t[stop].depth == 0 && is(t, stop, ","))) {
            const bool head = stop == i || (stop >= 2 && is(t, stop - 1, "."));
            if (t->t[stop].depth == 0 && is(t, stop, "*") && head) {
                out->bad = "name the columns: * changes when a migration adds one";
            }
            stop++;
        }
        PUSH(out->items, out->items_n) = item_of(t, i, stop);
        i = stop + 1;
    }
}

/* One table or subquery of a FROM at i, with its alias; returns the index behind. */
static size_t source_read_at(const struct tokens *t, size_t i, size_t end, struct from_source *out)
{
    if (is(t, i, "(")) {
        const int depth = t->t[i].depth;
        i++;
        while (i < end && t->t[i].depth > depth) {
            i++;
        }
        i++;
    } else {
        out->table = out->alias = t->t[i].text;
        i++;
    }
    i += is(t, i, "as");
    if (i < end && t->t[i].name && !IS_ANY(t, i, join_words) && !IS_ANY(t, i, clause_words)) {
        out->alias = t->t[i].text;
        i++;
    }
    return i;
}

static void sources_read(const struct tokens *t, size_t i, size_t end, struct from *out)
{
    bool outer = false;
    while (i < end) {
        struct from_source s = {.outer = outer};
        i = source_read_at(t, i, end, &s);
        PUSH(out->sources, out->sources_n) = s;
        outer = false;
        while (i < end && !(t->t[i].depth == 0 && (is(t, i, ",") || is(t, i, "join")))) {
            if (t->t[i].depth == 0 && is(t, i, "left")) {
                outer = true;
            }
            if (t->t[i].depth == 0 && (is(t, i, "right") || is(t, i, "full"))) {
                out->bad = "write a left join instead of a right or full one";
            }
            i++;
        }
        i++;
    }
}

/* The main select, with the tokens from i (behind `select`) to the end. */
static void select_read(const struct tokens *t, size_t i, struct from *out)
{
    i += is(t, i, "distinct") || is(t, i, "all");
    const size_t from = find_top(t, i, t->n, "from");
    size_t end = t->n;
    for (size_t k = from; k < end; k++) {
        if (t->t[k].depth == 0 && IS_ANY(t, k, clause_words)) {
            end = k;
        }
    }
    items_read(t, i, from, out);
    if (from < t->n) {
        sources_read(t, from + 1, end, out);
    }
}

/* insert, update, delete: the table written to, and what RETURNING gives. */
static void write_read(const struct tokens *t, size_t i, struct from *out)
{
    struct from_source target = {0};
    i++;
    while (is(t, i, "into") || is(t, i, "from") || is(t, i, "or") || is(t, i, "replace") ||
           is(t, i, "ignore")) {
        i++;
    }
    if (i < t->n) {
        (void)source_read_at(t, i, t->n, &target);
    }
    PUSH(out->sources, out->sources_n) = target;
    const size_t returning = find_top(t, i, t->n, "returning");
    items_read(t, returning + 1, t->n, out);
}

struct from from_read(str sql)
{
    static const char *const write_words[] = {"insert", "update", "delete", "replace"};
    struct from out = {0};
    const struct tokens t = tokens_of(sql);
    for (size_t i = 0; i < t.n; i++) {
        out.compound = out.compound || (t.t[i].depth == 0 && IS_ANY(&t, i, compound_words));
    }
    for (size_t i = 0; i < t.n; i++) {
        if (t.t[i].depth != 0) {
            continue;
        }
        if (is(&t, i, "select")) {
            select_read(&t, i + 1, &out);
            break;
        }
        if (IS_ANY(&t, i, write_words)) {
            write_read(&t, i, &out);
            break;
        }
    }
    return out;
}

bool from_derived(str sql, str name, const struct schema *schema)
{
    if (schema_has_table(schema, name)) {
        return false;
    }
    const struct tokens t = tokens_of(sql);
    for (size_t i = 1; i < t.n; i++) {
        if (!str_eq(t.t[i].text, name)) {
            continue;
        }
        const size_t before = i >= 2 && is(&t, i - 1, "as") ? i - 2 : i - 1;
        if (t.t[before].name && schema_has_table(schema, t.t[before].text)) {
            return false;
        }
    }
    return true;
}

static void stored_add(const struct tokens *t, size_t i, str table, str column, struct stored **out,
                       size_t *n)
{
    if (t->t[i].text.p[0] == '?' && t->t[i].text.n > 1) {
        const size_t number = (size_t)strtoul(t->t[i].text.p + 1, NULL, 10);
        PUSH(*out, *n) = (struct stored){number, table, column};
    }
}

/* `(a, b, c)` at i: the names; returns the index behind. */
static size_t names_read(const struct tokens *t, size_t i, str **out, size_t *n)
{
    if (!is(t, i, "(")) {
        return i;
    }
    for (i++; i < t->n && !is(t, i, ")"); i++) {
        if (t->t[i].name) {
            PUSH(*out, *n) = t->t[i].text;
        }
    }
    return i + 1;
}

/* Items that are one token only, from i to the end of their list, go to the columns in order. */
static size_t values_read(const struct tokens *t, size_t i, str table, const str *columns, size_t columns_n,
                          struct stored **out, size_t *n)
{
    const int depth = i < t->n ? t->t[i].depth : 0;
    for (size_t k = 0; k < columns_n && i < t->n; k++) {
        size_t stop = i;
        while (stop < t->n && t->t[stop].depth >= depth && !(t->t[stop].depth == depth && is(t, stop, ","))) {
            stop++;
        }
        if (stop == i + 1) {
            stored_add(t, i, table, columns[k], out, n);
        }
        i = stop + 1;
    }
    return i;
}

static void insert_read(const struct tokens *t, size_t i, str table, struct stored **out, size_t *n)
{
    str *columns = NULL;
    size_t columns_n = 0;
    i = names_read(t, i, &columns, &columns_n);
    if (is(t, i, "select")) {
        (void)values_read(t, i + 1, table, columns, columns_n, out, n);
    }
    if (!is(t, i, "values")) {
        return;
    }
    for (i++; i < t->n && is(t, i, "("); i += is(t, i, ",")) {
        i = values_read(t, i + 1, table, columns, columns_n, out, n);
    }
}

struct stored *from_stored(str sql, size_t *out_n)
{
    const struct tokens t = tokens_of(sql);
    struct stored *out = NULL;
    str table = {0};
    bool setting = false;
    for (size_t i = 0; i + 1 < t.n; i++) {
        if (t.t[i].depth != 0) {
            continue;
        }
        if (is(&t, i, "into")) {
            table = t.t[i + 1].text;
            insert_read(&t, i + 2, table, &out, out_n);
        }
        if (is(&t, i, "update") && !is(&t, i + 1, "set")) {
            table = t.t[i + 1].text;
        }
        setting = is(&t, i, "set") || (setting && !IS_ANY(&t, i, clause_words) && !is(&t, i, "from"));
        const bool ends =
            i + 3 >= t.n || is(&t, i + 3, ",") || IS_ANY(&t, i + 3, clause_words) || is(&t, i + 3, "from");
        if (setting && t.t[i].name && is(&t, i + 1, "=") && i + 2 < t.n && ends) {
            stored_add(&t, i + 2, table, t.t[i].text, &out, out_n);
        }
    }
    return out;
}
