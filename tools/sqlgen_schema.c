/* The schema: DDL without types becomes a script for each engine, and is applied to a database in memory. */
#include <dirent.h>
#include <errno.h>

#include "sqlgen.h"

struct reading {
    const struct source *source;
    const struct types *types;
    struct migration *out;
    sqlite3 *db;
};

static int name_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names of the *.sql files in a folder, in order; a folder that is not there has none. */
static const char **folder_files(const char *folder, size_t *out_n)
{
    const char **names = NULL;
    size_t n = 0;
    DIR *dir = opendir(folder);
    if (dir == NULL && errno != ENOENT) {
        refuse(folder, 0, "cannot be read: %s", strerrordesc_np(errno));
    }
    for (const struct dirent *d; dir != NULL && (d = readdir(dir)) != NULL;) {
        if (str_ends(str_of(d->d_name), ".sql")) {
            PUSH(names, n) = str_c(str_of(d->d_name));
        }
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    if (n > 0) {
        qsort(names, n, sizeof *names, name_order);
    }
    *out_n = n;
    return names;
}

/* Behind a quoted text, a comment or one character, whichever begins at p. */
static const char *skip_one(const struct source *s, const char *p, const char *end)
{
    const char *from = p;
    if (*p == '\'' || *p == '"') {
        const char quote = *p++;
        while (p < end && *p != quote) {
            p++;
        }
        if (p == end) {
            refuse_at(s, from, "a quote is not closed");
        }
        return p + 1;
    }
    if (p + 1 < end && p[0] == '-' && p[1] == '-') {
        while (p < end && *p != '\n') {
            p++;
        }
        return p;
    }
    return p + 1;
}

/* Where the statement or list item that begins at p ends: at `stop` outside of quotes, comments and
 * parentheses. */
static const char *find_stop(const struct source *s, const char *p, const char *end, char stop)
{
    int depth = 0;
    while (p < end) {
        if (*p == stop && depth == 0) {
            return p;
        }
        depth += (*p == '(') - (*p == ')');
        if (depth < 0) {
            refuse_at(s, p, "a parenthesis closes that was not opened");
        }
        p = skip_one(s, p, end);
    }
    return end;
}

/* Past white space and comments. */
static const char *skip_blank(const struct source *s, const char *p, const char *end)
{
    while (p < end && (is_space(*p) || (p + 1 < end && p[0] == '-' && p[1] == '-'))) {
        p = skip_one(s, p, end);
    }
    return p;
}

/* The text without comments, trimmed. */
static str without_comments(const struct source *s, str text)
{
    struct out o = {0};
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end;) {
        const char *next = skip_one(s, p, end);
        if (*p != '-' || next == p + 1) {
            out_str(&o, str_range(p, next));
        }
        p = next;
    }
    return str_trim(out_text(&o));
}

/* The first words of a statement in lower case, one space between: "create unique index". */
static str first_words(str text, int count)
{
    struct out o = {0};
    for (int i = 0; i < count; i++) {
        const str word = str_word(&text);
        const size_t n = name_length(word);
        for (size_t k = 0; k < n; k++) {
            const char c = word.p[k];
            out_char(&o, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
        }
        if (n < word.n || i + 1 == count) {
            break;
        }
        out_char(&o, ' ');
    }
    return str_trim(out_text(&o));
}

static bool begins_with(str text, const char *words)
{
    int count = 1;
    for (const char *p = words; *p != '\0'; p++) {
        count += *p == ' ';
    }
    return str_is(first_words(text, count), words);
}

/* Puts both scripts' text of one column definition: the type of each engine behind the name. */
static void put_column(struct reading *r, const char *at, str item)
{
    const size_t n = name_length(item);
    const str name = {item.p, n};
    if (!name_valid(name)) {
        refuse_at(r->source, at, "'%.*s' is no column name (lower case, no keyword of C)",
                  STR_F(first_words(item, 1)));
    }
    const enum type type = types_find(r->types, name);
    if (type == TYPE_NONE) {
        refuse_at(r->source, at, "column '%.*s': no line of types.def covers this name", STR_F(name));
    }
    str rest = str_from(item, n);
    const str next = first_words(rest, 1);
    static const char *const type_words[] = {"integer",   "int",         "bigint", "text",    "varchar",
                                             "char",      "blob",        "bytea",  "boolean", "date",
                                             "timestamp", "timestamptz", "real",   "numeric"};
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++) {
        if (str_is(next, type_words[i])) {
            refuse_at(r->source, at, "column '%.*s': write no type here, types.def gives it", STR_F(name));
        }
    }
    out_printf(&r->out->sqlite, "%.*s %s%.*s", STR_F(name), type_sqlite(type), STR_F(rest));
    out_printf(&r->out->pg, "%.*s %s%.*s", STR_F(name), type_pg(type), STR_F(rest));
}

static bool is_constraint(str item)
{
    static const char *const words[] = {"primary key", "unique", "check", "foreign key", "constraint"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (begins_with(item, words[i])) {
            return true;
        }
    }
    return false;
}

static void put_both(struct reading *r, str text)
{
    out_str(&r->out->sqlite, text);
    out_str(&r->out->pg, text);
}

static void put_table(struct reading *r, str text)
{
    const struct source *s = r->source;
    const char *end = text.p + text.n;
    const char *open = find_stop(s, text.p, end, '(');
    if (open == end) {
        refuse_at(s, text.p, "create table NAME (columns)");
    }
    const char *close = find_stop(s, open + 1, end, ')');
    const str options = without_comments(s, str_range(close < end ? close + 1 : end, end));
    const bool rowid = options.n == 0;
    if (close == end || (!rowid && !str_is(first_words(options, 2), "without rowid"))) {
        refuse_at(s, close, "behind the closing parenthesis of a table stands nothing, or `without rowid`");
    }
    put_both(r, without_comments(s, str_range(text.p, open)));
    put_both(r, S(" (\n"));
    for (const char *p = open + 1; p < close;) {
        const char *comma = find_stop(s, p, close, ',');
        const str item = without_comments(s, str_range(p, comma));
        if (item.n == 0) {
            refuse_at(s, comma, "an empty item in the list of columns");
        }
        const char *at = skip_blank(s, p, comma);
        put_both(r, S("    "));
        if (is_constraint(item)) {
            put_both(r, item);
        } else {
            put_column(r, at, item);
        }
        put_both(r, comma < close ? S(",\n") : S("\n"));
        p = comma + 1;
    }
    out_c(&r->out->sqlite, rowid ? ") strict" : ") strict, without rowid");
    out_c(&r->out->pg, ")");
}

/* Whether text is `alter table NAME add [column] …`; *out_rest is the column's definition. */
static bool is_add_column(str text, str *out_table, str *out_rest)
{
    if (!begins_with(text, "alter table")) {
        return false;
    }
    (void)str_word(&text);
    (void)str_word(&text);
    *out_table = str_word(&text);
    if (!str_is(first_words(str_word(&text), 1), "add")) {
        return false;
    }
    if (begins_with(text, "column")) {
        (void)str_word(&text);
    }
    *out_rest = str_trim(text);
    return true;
}

static void apply(const struct reading *r, const char *at, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(r->db, sql, NULL, NULL, &message) != SQLITE_OK) {
        refuse_at(r->source, at, "%s", message);
    }
}

static bool is_plain(str text)
{
    static const char *const plain[] = {"create index", "create unique index", "insert into", "update",
                                        "delete from",  "drop index",          "drop table"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (begins_with(text, plain[i])) {
            return true;
        }
    }
    return false;
}

static void put_statement(struct reading *r, str raw)
{
    const char *end = raw.p + raw.n;
    const char *at = skip_blank(r->source, raw.p, end);
    const str text = without_comments(r->source, raw);
    const size_t before = r->out->sqlite.n;
    str table = {0}, column = {0};
    if (text.n == 0) {
        return;
    }
    if (begins_with(text, "create table")) {
        put_table(r, str_range(at, end));
    } else if (is_add_column(text, &table, &column)) {
        put_both(r, str_printf("alter table %.*s add column ", STR_F(table)));
        put_column(r, at, column);
    } else if (is_plain(text)) {
        put_both(r, text);
    } else {
        refuse_at(r->source, at,
                  "a schema file holds create table, create index, alter table … add column, insert, update, "
                  "delete, drop; anything else stands between --sqlite or --pg and --end");
    }
    put_both(r, S(";\n"));
    apply(r, at, r->out->sqlite.p + before);
}

/* The part of the file between the engine blocks. */
static void put_shared(struct reading *r, str text)
{
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end;) {
        const char *stop = find_stop(r->source, p, end, ';');
        if (stop == end && without_comments(r->source, str_range(p, end)).n > 0) {
            refuse_at(r->source, end - 1, "the last statement does not end with ;");
        }
        put_statement(r, str_range(p, stop));
        p = stop + 1;
    }
}

static void put_block(struct reading *r, bool sqlite, str text)
{
    struct out *o = sqlite ? &r->out->sqlite : &r->out->pg;
    const size_t before = o->n;
    out_str(o, str_trim(text));
    out_c(o, "\n");
    if (sqlite) {
        apply(r, text.p, o->p + before);
    }
}

static void file_read(struct reading *r)
{
    struct lines lines = lines_of(r->source);
    const char *from = r->source->text.p;
    const char *block = NULL;
    bool sqlite = false;
    for (str line; lines_next(&lines, &line);) {
        const str word = str_trim(line);
        const bool begins = str_is(word, "--sqlite") || str_is(word, "--pg");
        const bool ends = str_is(word, "--end");
        if (!begins && !ends) {
            continue;
        }
        if (begins == (block != NULL)) {
            refuse_at(r->source, line.p,
                      begins ? "the block before has no --end" : "--end without --sqlite or --pg");
        }
        if (begins) {
            put_shared(r, str_range(from, line.p));
            block = line.p;
            sqlite = str_is(word, "--sqlite");
        } else {
            put_block(r, sqlite, str_range(from, line.p));
            block = NULL;
        }
        from = line.p + line.n < lines.rest.p ? lines.rest.p : line.p + line.n;
    }
    if (block != NULL) {
        refuse_at(r->source, block, "this block has no --end");
    }
    put_shared(r, str_range(from, r->source->text.p + r->source->text.n));
}

static int version_of(const char *path, str name)
{
    const bool shaped = name.n > 9 && is_digit(name.p[0]) && is_digit(name.p[1]) && is_digit(name.p[2]) &&
                        is_digit(name.p[3]) && name.p[4] == '_';
    if (!shaped) {
        refuse(path, 0, "a schema file is named NNNN_name.sql");
    }
    const int version = (int)strtol(name.p, NULL, 10);
    if (version == 0) {
        refuse(path, 0, "versions begin with 0001");
    }
    return version;
}

struct schema schema_read(const char *folder, const struct types *types)
{
    struct schema schema = {0};
    if (sqlite3_open(":memory:", &schema.db) != SQLITE_OK) {
        refuse("sqlite", 0, "no database in memory");
    }
    size_t n = 0;
    const char **names = folder_files(folder, &n);
    for (size_t i = 0; i < n; i++) {
        const char *path = str_c(str_printf("%s/%s", folder, names[i]));
        const str name = str_of(names[i]);
        const int version = version_of(path, name);
        if (schema.n > 0 && schema.migrations[schema.n - 1].version == version) {
            refuse(path, 0, "version %04d is taken by %.*s", version,
                   STR_F(schema.migrations[schema.n - 1].name));
        }
        PUSH(schema.migrations, schema.n) =
            (struct migration){.version = version, .name = {name.p, name.n - 4}};
        struct reading r = {source_read(path), types, &schema.migrations[schema.n - 1], schema.db};
        file_read(&r);
    }
    return schema;
}

bool schema_has_table(const struct schema *s, str name)
{
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(s->db, "select 1 from sqlite_schema where type = 'table' and name = ?1", -1, &stmt,
                           NULL) != SQLITE_OK) {
        refuse("sqlite", 0, "%s", sqlite3_errmsg(s->db));
    }
    (void)sqlite3_bind_text(stmt, 1, name.p, (int)name.n, SQLITE_TRANSIENT);
    const bool found = sqlite3_step(stmt) == SQLITE_ROW;
    (void)sqlite3_finalize(stmt);
    return found;
}

bool schema_column(const struct schema *s, str table, str column, bool *out_nullable)
{
    int not_null = 0, key = 0, counted = 0;
    if (sqlite3_table_column_metadata(s->db, NULL, str_c(table), str_c(column), NULL, NULL, &not_null, &key,
                                      &counted) != SQLITE_OK) {
        return false;
    }
    *out_nullable = not_null == 0 && key == 0;
    return true;
}
