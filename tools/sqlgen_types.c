/* types.def: the ending of a column's name says its type, in C and in both engines. */
#include "sqlgen.h"

struct type_line {
    str name; /* with a leading _ an ending, else a whole name */
    enum type type;
};

struct types {
    struct type_line *lines;
    size_t n;
};

static const struct {
    const char *c, *sqlite, *pg;
} engine_types[] = {
    [TYPE_NONE] = {"?", "?", "?"},
    [TYPE_I64] = {"i64", "INTEGER", "bigint"},
    [TYPE_TEXT] = {"text", "TEXT", "text"},
    [TYPE_BLOB] = {"blob", "BLOB", "bytea"},
};

const char *type_name(enum type t)
{
    return engine_types[t].c;
}

const char *type_sqlite(enum type t)
{
    return engine_types[t].sqlite;
}

const char *type_pg(enum type t)
{
    return engine_types[t].pg;
}

bool type_read(str s, enum type *out, bool *out_nullable)
{
    *out_nullable = str_ends(s, "?");
    if (*out_nullable) {
        s.n--;
    }
    for (enum type t = TYPE_I64; t <= TYPE_BLOB; t++) {
        if (str_is(s, type_name(t))) {
            *out = t;
            return true;
        }
    }
    return false;
}

static struct type_line line_read(const struct source *s, str line)
{
    str rest = line;
    const str name = str_word(&rest);
    const str c = str_word(&rest);
    const str sqlite = str_word(&rest);
    const str pg = str_word(&rest);
    struct type_line t = {.name = name};
    bool nullable = false;
    if (pg.n == 0 || str_trim(rest).n > 0) {
        refuse_at(s, line.p, "a line is: suffix C SQLite PostgreSQL");
    }
    if (!type_read(c, &t.type, &nullable) || nullable) {
        refuse_at(s, c.p, "type '%.*s': i64, text or blob", STR_F(c));
    }
    if (!str_is(sqlite, type_sqlite(t.type)) || !str_is(pg, type_pg(t.type))) {
        refuse_at(s, c.p, "%s is %s in SQLite and %s in PostgreSQL", type_name(t.type), type_sqlite(t.type),
                  type_pg(t.type));
    }
    return t;
}

struct types *types_read(const char *path)
{
    const struct source *s = source_read(path);
    struct types *types = keep(sizeof *types);
    struct lines lines = lines_of(s);
    for (str line; lines_next(&lines, &line);) {
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#') {
            continue;
        }
        const struct type_line t = line_read(s, line);
        for (size_t i = 0; i < types->n; i++) {
            if (str_eq(types->lines[i].name, t.name)) {
                refuse_at(s, line.p, "'%.*s' has a line already", STR_F(t.name));
            }
        }
        PUSH(types->lines, types->n) = t;
    }
    return types;
}

static bool line_covers(const struct type_line *t, str name)
{
    if (t->name.p[0] != '_') {
        return str_eq(t->name, name);
    }
    return name.n > t->name.n && str_eq(str_from(name, name.n - t->name.n), t->name);
}

enum type types_find(const struct types *types, str name)
{
    const struct type_line *best = NULL;
    for (size_t i = 0; i < types->n; i++) {
        const struct type_line *t = &types->lines[i];
        if (line_covers(t, name) && (best == NULL || t->name.n > best->name.n)) {
            best = t;
        }
    }
    return best != NULL ? best->type : TYPE_NONE;
}
