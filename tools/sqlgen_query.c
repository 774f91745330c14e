/* X.sql and X.pg.sql: named queries, their annotations, their parameters. */
#include <unistd.h>

#include "sqlgen.h"

struct reading {
    const struct source *source;
    struct query_file *file;
    struct query *q;      /* the one being read; NULL before the first */
    struct statement *st; /* of q: the shared text or the override */
    const struct types *types;
    bool override;
    bool ended; /* its ; has come */
};

void query_refuse(const struct query *q, const char *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = NULL;
    if (vasprintf(&text, format, args) < 0) {
        refuse("memory", 0, "none left");
    }
    va_end(args);
    const char *end = q->source->text.p + q->source->text.n;
    const bool override = at < q->source->text.p || at > end;
    refuse_at(override ? q->pg.source : q->source, at, "query %.*s: %s", STR_F(q->name), text);
}

const struct param *query_list(const struct query *q)
{
    for (size_t i = 0; i < q->params_n; i++) {
        if (q->params[i].list) {
            return &q->params[i];
        }
    }
    return NULL;
}

size_t query_values(const struct query *q)
{
    return query_list(q) != NULL ? q->params_n - 1 + LIST_MAX : q->params_n;
}

static struct param *param_find(const struct query *q, str name)
{
    for (size_t i = 0; i < q->params_n; i++) {
        if (str_eq(q->params[i].name, name)) {
            return &q->params[i];
        }
    }
    return NULL;
}

/* The index of a parameter, new or known. */
static size_t param_add(struct reading *r, str name)
{
    struct query *q = r->q;
    const struct param *known = param_find(q, name);
    if (known != NULL) {
        return (size_t)(known - q->params);
    }
    if (r->override) {
        query_refuse(q, name.p, "parameter :%.*s is not in the shared text", STR_F(name));
    }
    static const char *const taken[] = {"db",          "a",      "in",   "out",  "out_n",
                                        "out_changed", "values", "form", "rows", "row"};
    bool valid = name_valid(name);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        valid = valid && !str_is(name, taken[i]);
    }
    if (!valid) {
        query_refuse(q, name.p, "'%.*s' is no name for a parameter", STR_F(name));
    }
    PUSH(q->params, q->params_n) = (struct param){.name = name, .at = name.p};
    return q->params_n - 1;
}

/* ---- the text of a statement ---- */

static void piece_add(struct reading *r, struct piece p)
{
    PUSH(r->st->pieces, r->st->n) = p;
}

static void put_text(struct reading *r, const char *from, const char *to, size_t optional)
{
    if (to > from) {
        piece_add(r, (struct piece){PIECE_TEXT, str_range(from, to), 0, optional, from});
    }
}

static const char *skip_quote(struct reading *r, const char *p, const char *end)
{
    const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
    if (close == NULL) {
        query_refuse(r->q, p, "a quote is not closed on its line");
    }
    return close + 1;
}

/* Whether `:ids*` stands alone between parentheses. */
static bool list_alone(const char *begin, const char *colon, const char *star, const char *end)
{
    const char *before = colon;
    while (before > begin && is_space(before[-1])) {
        before--;
    }
    const char *after = star + 1;
    while (after < end && is_space(*after)) {
        after++;
    }
    return before > begin && before[-1] == '(' && after < end && *after == ')';
}

/* At a colon: the parameter or list behind it. Returns what follows. */
static const char *put_param(struct reading *r, str line, const char *colon, size_t optional)
{
    const char *end = line.p + line.n;
    const size_t n = name_length(str_range(colon + 1, end));
    const size_t index = param_add(r, (str){colon + 1, n});
    const char *next = colon + 1 + n;
    struct param *p = &r->q->params[index];
    const bool list = next < end && *next == '*';
    if (list && !list_alone(line.p, colon, next, end)) {
        query_refuse(r->q, colon, "a list stands alone: in (:%.*s*); to multiply, put a space before the *",
                     STR_F(p->name));
    }
    if (list && query_list(r->q) != NULL && query_list(r->q) != p) {
        query_refuse(r->q, colon, "a second list");
    }
    p->list = p->list || list;
    piece_add(r, (struct piece){list ? PIECE_LIST : PIECE_PARAM, {0}, index, optional, colon});
    return list ? next + 1 : next;
}

static void refuse_foreign(struct reading *r, const char *p, const char *end)
{
    const bool two = p + 1 < end;
    if (two && p[0] == '/' && p[1] == '*') {
        query_refuse(r->q, p, "comments begin with --; only the marker /*after*/ looks like this");
    }
    if (two && p[0] == ':' && p[1] == ':' && !r->override) {
        query_refuse(r->q, p, "write cast(x as bigint); :: is for X.pg.sql");
    }
    if (p[0] == '$' || (!r->override && (p[0] == '@' || p[0] == '?'))) {
        query_refuse(r->q, p, "parameters are written :name");
    }
}

/* Behind the ; there may only be a comment. */
static void end_statement(struct reading *r, const char *p, const char *end)
{
    const str rest = str_trim(str_range(p + 1, end));
    if (rest.n > 0 && !str_starts(rest, "--")) {
        query_refuse(r->q, p, "one statement a query");
    }
    r->ended = true;
}

static void statement_line(struct reading *r, str line, size_t optional)
{
    const char *p = line.p, *from = line.p, *end = line.p + line.n;
    while (p < end && !r->ended) {
        const str rest = str_range(p, end);
        if (*p == '\'' || *p == '"') {
            p = skip_quote(r, p, end);
        } else if (str_starts(rest, "--")) {
            end = p;
        } else if (str_starts(rest, "/*after*/")) {
            put_text(r, from, p, optional);
            piece_add(r, (struct piece){PIECE_AFTER, {0}, 0, optional, p});
            from = p += strlen("/*after*/");
        } else if (*p == ':' && p + 1 < end && is_name_start(p[1])) {
            put_text(r, from, p, optional);
            from = p = put_param(r, line, p, optional);
        } else if (*p == ';') {
            end_statement(r, p, end);
            end = p;
        } else {
            refuse_foreign(r, p, end);
            p += str_starts(rest, "::") ? 2 : 1;
        }
    }
    while (end > from && is_space(end[-1])) {
        end--;
    }
    put_text(r, from, end, optional);
}

static void sql_line(struct reading *r, str line, size_t optional)
{
    if (r->q == NULL) {
        refuse_at(r->source, line.p, "SQL before the first `-- name:`");
    }
    if (r->ended) {
        query_refuse(r->q, line.p, "one statement a query; the next begins with `-- name:`");
    }
    if (r->st->at == NULL) {
        r->st->at = line.p;
    }
    if (r->st->n > 0) {
        piece_add(r, (struct piece){PIECE_TEXT, S("\n"), 0, optional, line.p});
    }
    statement_line(r, line, optional);
}

/* `--? :state and state = :state` */
static void optional_line(struct reading *r, str line)
{
    str rest = str_trim(str_from(line, 3));
    const size_t n = rest.n > 0 && rest.p[0] == ':' ? name_length(str_from(rest, 1)) : 0;
    if (r->q == NULL || n == 0) {
        refuse_at(r->source, line.p, "an optional line is: --? :parameter SQL");
    }
    const size_t index = param_add(r, (str){rest.p + 1, n});
    struct param *p = &r->q->params[index];
    if (!p->optional) {
        if (r->override) {
            query_refuse(r->q, line.p, ":%.*s is not optional in the shared text", STR_F(p->name));
        }
        p->optional = true;
        p->bit = r->q->optionals++;
    }
    if (r->q->optionals > OPTIONAL_MAX) {
        query_refuse(r->q, line.p, "more than %d optional parameters: over 16 statements", OPTIONAL_MAX);
    }
    sql_line(r, str_trim(str_from(rest, n + 1)), index + 1);
}

/* ---- annotations ---- */

static struct query *query_find(const struct query_file *f, str name)
{
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(f->queries[i].name, name)) {
            return &f->queries[i];
        }
    }
    return NULL;
}

static bool kind_read(str word, enum query_kind *out)
{
    static const char *const names[] = {[KIND_ONE] = ":one", [KIND_MANY] = ":many", [KIND_EXEC] = ":exec"};
    for (enum query_kind k = KIND_ONE; k <= KIND_EXEC; k++) {
        if (str_is(word, names[k])) {
            *out = k;
            return true;
        }
    }
    return false;
}

static void name_line(struct reading *r, str rest)
{
    const char *at = rest.p;
    const str name = str_word(&rest), kind_word = str_word(&rest);
    enum query_kind kind = KIND_ONE;
    const bool kind_ok = kind_read(kind_word, &kind) || (r->override && kind_word.n == 0);
    if (!name_valid(name) || !kind_ok || str_trim(rest).n > 0) {
        refuse_at(r->source, at, "a query begins: -- name: NAME :one, :many or :exec");
    }
    if (str_ends(name, "_in")) {
        refuse_at(r->source, at, "a query's name does not end in _in: that is the struct of its parameters");
    }
    struct query *known = query_find(r->file, name);
    r->ended = false;
    if (r->override) {
        if (known == NULL || known->pg.n > 0 || (kind_word.n > 0 && kind != known->kind)) {
            refuse_at(r->source, at, "'%.*s' overrides no query of that name and kind, or a second time",
                      STR_F(name));
        }
        r->q = known;
        r->st = &known->pg;
    } else {
        PUSH(r->file->queries, r->file->n) =
            (struct query){.name = name, .kind = kind, .source = r->source, .at = at};
        r->q = &r->file->queries[r->file->n - 1];
        r->st = &r->q->lite;
    }
    r->st->source = r->source;
}

/* `-- col n i64?` and `-- in root i64` */
static void typed_line(struct reading *r, str rest, struct column **list, size_t *n, const char *word)
{
    const char *at = rest.p;
    const str name = str_word(&rest), type = str_word(&rest);
    struct column c = {.name = name, .at = at};
    if (!name_valid(name) || !type_read(type, &c.type, &c.nullable) || str_trim(rest).n > 0) {
        query_refuse(r->q, at,
                     "-- %s NAME TYPE, where TYPE is i64, text or blob, with a ? when it may be NULL", word);
    }
    const enum type usual = types_find(r->types, name);
    if (usual != TYPE_NONE && usual != c.type) {
        query_refuse(r->q, at, "'%.*s' is %s by types.def: one name, one type", STR_F(name),
                     type_name(usual));
    }
    for (size_t i = 0; i < *n; i++) {
        if (str_eq((*list)[i].name, name)) {
            query_refuse(r->q, at, "'%.*s' is declared twice", STR_F(name));
        }
    }
    PUSH(*list, *n) = c;
}

/* `-- page due_ms desc, id desc` */
static void page_line(struct reading *r, str rest)
{
    struct query *q = r->q;
    const char *at = rest.p;
    if (q->page_n > 0 || q->kind != KIND_MANY) {
        query_refuse(q, at, "one `-- page` line, and only in a :many query");
    }
    while (rest.n > 0) {
        str item = str_cut(&rest, ',');
        const str column = str_word(&item), direction = str_word(&item);
        const bool desc = str_is(direction, "desc");
        const size_t head = name_length(column);
        const bool plain = head > 0 && head == column.n;
        const bool dotted = head > 0 && head < column.n && column.p[head] == '.' &&
                            head + 1 + name_length(str_from(column, head + 1)) == column.n &&
                            column.n > head + 1;
        if ((!plain && !dotted) || str_trim(item).n > 0 ||
            (direction.n > 0 && !desc && !str_is(direction, "asc"))) {
            query_refuse(q, at, "-- page COLUMN, COLUMN: each may be followed by desc");
        }
        if (q->page_n > 0 && desc != q->page_desc) {
            query_refuse(q, at, "all columns of a page run in the same direction");
        }
        q->page_desc = desc;
        PUSH(q->page, q->page_n) = column;
    }
    if (q->page_n == 0) {
        query_refuse(q, at, "-- page needs a column");
    }
}

/* `-- row: case_list` */
static void row_line(struct reading *r, str rest)
{
    struct query *q = r->q;
    const char *at = rest.p;
    const str name = str_word(&rest);
    if (!name_valid(name) || str_trim(rest).n > 0 || q->row.n > 0 || q->kind == KIND_EXEC) {
        query_refuse(q, at,
                     "one `-- row: NAME`, the query whose rows these are too, and not in an :exec query");
    }
    q->row = name;
    q->row_at = at;
}

/* `-- listing` and, behind it, `-- fact KEY VALUE…` */
static void fact_line(struct reading *r, str rest)
{
    struct query *q = r->q;
    const char *at = rest.p;
    const str key = str_word(&rest), value = str_trim(rest);
    if (!q->listing || !name_valid(key) || value.n == 0) {
        query_refuse(q, at, "`-- fact KEY VALUE` stands behind `-- listing`");
    }
    PUSH(q->facts, q->facts_n) = (struct fact){key, value};
}

static bool annotates(str word)
{
    static const char *const words[] = {"col", "in", "page", "row:", "scan:", "listing", "fact"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static void comment_line(struct reading *r, str line)
{
    str rest = str_trim(str_from(line, 2));
    const str whole = rest;
    const str word = str_word(&rest);
    struct query *q = r->q;
    if (str_is(word, "name:")) {
        name_line(r, rest);
        return;
    }
    if (annotates(word) && (q == NULL || r->override)) {
        refuse_at(r->source, line.p, "`-- %.*s` belongs to a query of the shared text", STR_F(word));
    }
    if (str_is(word, "col")) {
        typed_line(r, rest, &q->declared, &q->declared_n, "col");
    } else if (str_is(word, "in")) {
        typed_line(r, rest, &q->typed, &q->typed_n, "in");
    } else if (str_is(word, "page")) {
        page_line(r, str_trim(rest));
    } else if (str_is(word, "row:")) {
        row_line(r, str_trim(rest));
    } else if (str_is(word, "listing") && str_trim(rest).n == 0) {
        q->listing = true;
    } else if (str_is(word, "fact")) {
        fact_line(r, str_trim(rest));
    } else if (str_is(word, "scan:")) {
        if (str_trim(rest).n == 0) {
            query_refuse(q, line.p, "-- scan: needs a reason");
        }
        q->scan_allowed = true;
    } else if (q != NULL && !r->override && q->lite.n == 0 && whole.n > 0) {
        if (str_find(whole, "*/", NULL) || str_find(whole, "/*", NULL)) {
            query_refuse(q, line.p, "/* and */ cannot stand in a comment that becomes C");
        }
        PUSH(q->comment, q->comment_n) = whole;
    }
}

static void lines_read(struct reading *r)
{
    struct lines lines = lines_of(r->source);
    for (str line; lines_next(&lines, &line);) {
        line = str_trim(line);
        if (line.n == 0) {
            continue;
        }
        if (str_starts(line, "--?")) {
            optional_line(r, line);
        } else if (str_starts(line, "--")) {
            comment_line(r, line);
        } else {
            sql_line(r, line, 0);
        }
    }
}

/* ---- when the whole file is read ---- */

static void page_tail(struct query *q, struct statement *st)
{
    struct out o = {0};
    out_c(&o, "\norder by ");
    for (size_t i = 0; i < q->page_n; i++) {
        out_printf(&o, "%s%.*s%s", i > 0 ? ", " : "", STR_F(q->page[i]), q->page_desc ? " desc" : "");
    }
    out_c(&o, "\nlimit ");
    const size_t limit = (size_t)(param_find(q, S("limit")) - q->params);
    PUSH(st->pieces, st->n) = (struct piece){PIECE_TEXT, out_text(&o), 0, 0, st->at};
    PUSH(st->pieces, st->n) = (struct piece){PIECE_PARAM, {0}, limit, 0, st->at};
}

static void page_finish(struct query *q)
{
    for (size_t i = 0; i < q->page_n; i++) {
        size_t dot = 0;
        const bool dotted = str_find(q->page[i], ".", &dot);
        const str column = dotted ? str_from(q->page[i], dot + 1) : q->page[i];
        const str name = str_printf("after_%.*s", STR_F(column));
        if (param_find(q, name) != NULL) {
            query_refuse(q, q->at, "-- page makes :%.*s itself", STR_F(name));
        }
        PUSH(q->params, q->params_n) = (struct param){.name = name, .cursor = true, .at = q->at};
    }
    if (param_find(q, S("limit")) == NULL) {
        PUSH(q->params, q->params_n) = (struct param){.name = S("limit"), .at = q->at};
    }
    page_tail(q, &q->lite);
    if (q->pg.n > 0) {
        page_tail(q, &q->pg);
    }
}

static void statement_check(const struct query *q, const struct statement *st)
{
    size_t markers = 0;
    for (size_t i = 0; i < st->n; i++) {
        const struct piece *p = &st->pieces[i];
        markers += p->kind == PIECE_AFTER;
        if (p->kind != PIECE_PARAM && p->kind != PIECE_LIST) {
            continue;
        }
        const struct param *param = &q->params[p->param];
        if (param->optional && p->optional != p->param + 1) {
            query_refuse(q, p->at, ":%.*s is optional and may stand only in its own --? lines",
                         STR_F(param->name));
        }
        if (param->list && (p->kind != PIECE_LIST || param->optional)) {
            query_refuse(q, p->at, ":%.*s is a list: it is written in (:%.*s*) and is not optional",
                         STR_F(param->name), STR_F(param->name));
        }
    }
    if (markers != (q->page_n > 0 ? 1 : 0)) {
        query_refuse(q, st->at, "a query with -- page, and only that, has the marker /*after*/ once");
    }
}

static void param_type(const struct query *q, struct param *p, const struct types *types)
{
    const str prefix = S("after_");
    const str column = p->cursor ? str_from(p->name, prefix.n) : p->name;
    p->type = str_is(p->name, "limit") ? TYPE_I64 : types_find(types, column);
    if (p->type == TYPE_NONE && p->list && str_ends(column, "s")) {
        p->type = types_find(types, (str){column.p, column.n - 1});
    }
    for (size_t i = 0; i < q->typed_n; i++) {
        if (str_eq(q->typed[i].name, p->name)) {
            q->typed[i].found = true;
            p->type = q->typed[i].type;
            p->nullable = q->typed[i].nullable;
            p->declared = true;
        }
    }
    if (p->type == TYPE_NONE) {
        query_refuse(q, p->at, "parameter :%.*s: no line of types.def covers this name; say `-- in %.*s i64`",
                     STR_F(p->name), STR_F(p->name));
    }
    if (p->list && p->type == TYPE_BLOB) {
        query_refuse(q, p->at, "a list is of i64 or text");
    }
    if (p->nullable && (p->list || p->optional || p->cursor || str_is(p->name, "limit"))) {
        query_refuse(q, p->at, ":%.*s cannot be declared NULL-able: it is a list, optional, or of a page",
                     STR_F(p->name));
    }
}

static void query_finish(struct query *q, const struct types *types)
{
    if (q->lite.n == 0) {
        query_refuse(q, q->at, "has no SQL");
    }
    if (q->listing && (q->kind != KIND_MANY || q->page_n > 0 || q->optionals > 0 || q->row.n > 0)) {
        query_refuse(q, q->at, "a listing is :many, whole, and without optional lines");
    }
    if (q->page_n > 0) {
        page_finish(q);
    }
    size_t scalars = 0;
    for (size_t i = 0; i < q->params_n; i++) {
        struct param *p = &q->params[i];
        param_type(q, p, types);
        if (!p->list) {
            p->value = scalars++;
        }
        q->limited = q->limited || str_is(p->name, "limit");
    }
    for (size_t i = 0; i < q->params_n; i++) {
        if (q->params[i].list) {
            q->params[i].value = scalars;
        }
    }
    for (size_t i = 0; i < q->typed_n; i++) {
        if (!q->typed[i].found) {
            query_refuse(q, q->typed[i].at, "-- in '%.*s': there is no such parameter",
                         STR_F(q->typed[i].name));
        }
    }
    if (query_values(q) > VALUES_MAX) {
        query_refuse(q, q->at, "%zu values for one query; at most %d", query_values(q), VALUES_MAX);
    }
    statement_check(q, &q->lite);
    if (q->pg.n > 0) {
        statement_check(q, &q->pg);
    }
}

struct query_file query_file_read(const char *path, const char *root, const struct types *types)
{
    struct query_file f = {.path = path, .below = path_below(path, root)};
    if (!str_ends(f.below, ".sql") || str_ends(f.below, ".pg.sql")) {
        refuse(path, 0, "query files are named X.sql, with X.pg.sql beside them");
    }
    struct reading r = {.source = source_read(path), .file = &f, .types = types};
    lines_read(&r);
    const char *pg = str_c(str_printf("%.*s.pg.sql", (int)(strlen(path) - strlen(".sql")), path));
    if (access(pg, F_OK) == 0) {
        struct reading o = {.source = source_read(pg), .file = &f, .types = types, .override = true};
        lines_read(&o);
    }
    for (size_t i = 0; i < f.n; i++) {
        query_finish(&f.queries[i], types);
    }
    return f;
}
