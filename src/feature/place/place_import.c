#include "place_import.h"

#include "audit.h"
#include "clock.h"
#include "fold.h"
#include "import.sql.h"
#include "place.h"

static err audited(struct ctx *c, str event)
{
    const struct audit_entry entry = {.event = event, .subject_kind = STR_NONE, .detail = STR_NONE};
    return audit_add(c, &entry);
}

static void count(struct import *i, bool added, bool changed)
{
    i->report->added += added;
    i->report->changed += !added && changed;
    i->report->same += !added && !changed;
}

/* ---- councils ---- */

enum { TEHSILS_MAX = 600 };

struct councils {
    struct import i;
    int64_t from, until;
    int64_t tehsils[TEHSILS_MAX];
    size_t tehsils_n;
};

/* A row that was read, and is right in itself. */
struct council {
    str code, kind, was;
    struct import_names names;
    struct q_place_by_code tehsil;
    int64_t invented;
};

static bool kind_known(struct import *i, str *out)
{
    static const char *const kinds[] = {"VC", "NC", "UC", "MC"};
    *out = import_cell(i, S("kind"));
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (str_eq(*out, str_of(kinds[k]))) {
            return true;
        }
    }
    import_fault(i, MSG_CLI_IMPORT_COUNCIL_KIND, *out);
    return false;
}

/* *out_fine: false when the row is refused. */
static err council_read(struct councils *s, struct council *out, bool *out_fine)
{
    struct import *i = &s->i;
    str tehsil;
    bool fine = import_code(i, S("code"), &out->code);
    fine = kind_known(i, &out->kind) && fine;
    fine = import_names(i, &out->names) && fine;
    fine = import_flag(i, S("invented"), &out->invented) && fine;
    out->was = import_cell(i, S("was"));
    if (!import_code(i, S("tehsil"), &tehsil)) {
        *out_fine = false;
        return OK;
    }
    const err e = place_find(i->c, tehsil, &out->tehsil);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && out->tehsil.level_no != LEVEL_TEHSIL)) {
        import_fault(i, MSG_CLI_IMPORT_TEHSIL, tehsil);
        *out_fine = false;
        return OK;
    }
    *out_fine = fine;
    return e;
}

static err council_new(struct councils *s, const struct council *k, int64_t id)
{
    const struct q_council_add_in in = {
        .id = id,
        .unit_code = k->code,
        .parent_id = SOME(k->tehsil.id),
        .province_id = k->tehsil.province_id,
        .district_id = k->tehsil.district_id,
        .council_code = k->kind,
        .invented_flag = k->invented,
        .valid_from_day = s->from,
    };
    return q_council_add(s->i.c->db, &in, NULL);
}

/* The council's row, new or not; 0 when this code stands for something else. */
static err council_row(struct councils *s, const struct council *k, int64_t *out_id, bool *out_added,
                       bool *out_changed)
{
    struct ctx *c = s->i.c;
    struct q_council_find there;
    const err e = q_council_find(c->db, c->arena, k->code, s->from, &there);
    if (e.code == ERR_NOT_FOUND) {
        *out_id = id_next(c);
        *out_added = true;
        return council_new(s, k, *out_id);
    }
    TRY(e);
    if (there.level_no != LEVEL_COUNCIL || there.parent_id.v != k->tehsil.id) {
        import_fault(&s->i, MSG_CLI_IMPORT_CODE_TAKEN, k->code);
        *out_id = 0;
        return OK;
    }
    *out_id = there.id;
    if (!str_eq(there.council_code, k->kind) || there.invented_flag != k->invented) {
        *out_changed = true;
        const struct q_council_set_in in = {
            .council_code = k->kind, .invented_flag = k->invented, .id = there.id};
        TRY(q_council_set(c->db, &in, NULL));
    }
    if (there.valid_to_day != DAY_OPEN) { /* it was to end, and is there again */
        *out_changed = true;
        TRY(q_council_end(c->db, DAY_OPEN, there.id, NULL));
    }
    return OK;
}

/* "was": where it came from, so that figures can be told on over the years. */
static err council_came_from(struct councils *s, const struct council *k, int64_t id)
{
    struct ctx *c = s->i.c;
    str rest = k->was;
    while (rest.n > 0) {
        const str code = str_cut(&rest, ' ');
        struct q_council_before before;
        if (code.n == 0) {
            continue;
        }
        const err e = q_council_before(c->db, c->arena, code, &before);
        if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && before.id == id)) {
            import_fault(&s->i, MSG_CLI_IMPORT_WAS, code);
            continue;
        }
        TRY(e);
        const struct q_successor_add_in in = {.from_id = before.id, .to_id = id, .from_day = s->from};
        TRY(q_successor_add(c->db, &in, NULL));
    }
    return OK;
}

static err tehsil_note(struct councils *s, int64_t tehsil)
{
    for (size_t k = 0; k < s->tehsils_n; k++) {
        if (s->tehsils[k] == tehsil) {
            return OK;
        }
    }
    if (s->tehsils_n == TEHSILS_MAX) {
        return FAIL(LIMIT);
    }
    s->tehsils[s->tehsils_n++] = tehsil;
    return OK;
}

static err council_take(struct councils *s)
{
    struct council k = {.code = S("")};
    bool fine;
    bool twice;
    bool added = false;
    bool changed = false;
    int64_t id;
    TRY(council_read(s, &k, &fine));
    if (!fine) {
        return OK;
    }
    TRY(council_row(s, &k, &id, &added, &changed));
    if (id == 0) {
        return OK;
    }
    TRY(import_twice(&s->i, id, &twice));
    if (twice) {
        import_fault(&s->i, MSG_CLI_IMPORT_TWICE, k.code);
        return OK;
    }
    TRY(tehsil_note(s, k.tehsil.id));
    TRY(import_labels(&s->i, S("unit"), id, &k.names, &changed));
    TRY(council_came_from(s, &k, id));
    count(&s->i, added, changed);
    return OK;
}

static bool was_read(const struct import *i, int64_t id)
{
    for (size_t k = 0; k < i->ids_n; k++) {
        if (i->ids[k] == id) {
            return true;
        }
    }
    return false;
}

/* What the file's tehsils have no more ends; their old cases stay theirs. */
static err councils_end(struct councils *s)
{
    struct ctx *c = s->i.c;
    const int64_t end = day_add(s->until, 1);
    for (size_t t = 0; t < s->tehsils_n; t++) {
        struct q_council_of_tehsil *rows;
        size_t n;
        TRY(q_council_of_tehsil(c->db, c->arena, s->tehsils[t], end, &rows, &n));
        for (size_t k = 0; k < n; k++) {
            if (!was_read(&s->i, rows[k].id)) {
                TRY(q_council_end(c->db, end, rows[k].id, NULL));
                s->i.report->ended++;
            }
        }
    }
    return OK;
}

err place_import_councils(struct ctx *c, str text, const struct council_days *days, struct import_report *io)
{
    static const char *const columns[] = {"code",    "tehsil",  "kind",     "name_en",
                                          "name_ur", "name_ps", "invented", NULL};
    struct councils *s = arena_new_of(c->arena, struct councils);
    err e;
    if (s == NULL) {
        return FAIL(LIMIT);
    }
    s->from = days->from_day != 0 ? days->from_day : local_day(c->now_ms);
    s->until = days->until_day;
    TRY(import_begin(c, text, columns, io, &s->i));
    while ((e = import_next(&s->i)).code == ERR_OK) {
        TRY(council_take(s));
    }
    TRY(e.code == ERR_INVALID || e.code == ERR_NOT_FOUND ? import_end(&s->i) : e);
    if (s->until != 0) {
        TRY(councils_end(s));
    }
    return audited(c, S("councils.imported"));
}

/* ---- villages and mohallas ---- */

struct locality {
    str name, aliases;
    struct q_place_by_code unit;
    int64_t invented;
};

static bool name_fine(str name)
{
    return text_check(name, false) == TEXT_OK && str_chars(name) <= IMPORT_NAME_MAX;
}

static err locality_read(struct import *i, struct locality *out, bool *out_fine)
{
    str unit;
    bool fine = import_flag(i, S("invented"), &out->invented);
    out->name = import_cell(i, S("name"));
    out->aliases = import_cell(i, S("aliases"));
    if (out->name.n == 0 || !name_fine(out->name)) {
        import_fault(i, out->name.n == 0 ? MSG_CLI_IMPORT_NAME_MISSING : MSG_CLI_IMPORT_NAME_WRONG,
                     S("name"));
        fine = false;
    }
    if (!import_code(i, S("unit"), &unit)) {
        *out_fine = false;
        return OK;
    }
    const err e = place_find(i->c, unit, &out->unit);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && out->unit.level_no != LEVEL_TEHSIL && out->unit.level_no != LEVEL_COUNCIL)) {
        import_fault(i, MSG_CLI_IMPORT_UNIT, unit);
        *out_fine = false;
        return OK;
    }
    *out_fine = fine;
    return e;
}

/* The folded names of a place, each once; a name that folds to nothing is a fault. */
enum { ALIASES_MAX = 40 };
struct aliases {
    str folded[ALIASES_MAX];
    size_t n;
};

static err alias_fold(struct import *i, str alias, struct aliases *io)
{
    str folded;
    TRY(fold(i->c->arena, alias, &folded));
    if (folded.n == 0 || !name_fine(alias) || io->n == ALIASES_MAX) {
        import_fault(i, MSG_CLI_IMPORT_ALIAS, alias);
        return OK;
    }
    for (size_t k = 0; k < io->n; k++) {
        if (str_eq(io->folded[k], folded)) {
            return OK;
        }
    }
    io->folded[io->n++] = folded;
    return OK;
}

static err aliases_of(struct import *i, const struct locality *l, struct aliases *out)
{
    str rest = l->aliases;
    TRY(alias_fold(i, l->name, out));
    while (rest.n > 0) {
        const str alias = str_trim(str_cut(&rest, ';'));
        if (alias.n > 0) {
            TRY(alias_fold(i, alias, out));
        }
    }
    return OK;
}

static bool same_aliases(const struct aliases *want, const struct q_locality_aliases *rows, size_t n)
{
    for (size_t k = 0; k < want->n; k++) {
        bool there = false;
        for (size_t r = 0; r < n; r++) {
            there = there || str_eq(rows[r].folded_text, want->folded[k]);
        }
        if (!there) {
            return false;
        }
    }
    return n == want->n;
}

static err aliases_put(struct import *i, const struct locality *l, int64_t id, bool *io_changed)
{
    struct ctx *c = i->c;
    struct aliases want = {.n = 0};
    struct q_locality_aliases *rows;
    size_t n;
    TRY(aliases_of(i, l, &want));
    TRY(q_locality_aliases(c->db, c->arena, id, &rows, &n));
    if (same_aliases(&want, rows, n)) {
        return OK;
    }
    *io_changed = true;
    TRY(q_locality_alias_clear(c->db, id, NULL));
    for (size_t k = 0; k < want.n; k++) {
        const struct q_locality_alias_add_in in = {
            .district_id = l->unit.district_id.v, .folded_text = want.folded[k], .locality_id = id};
        TRY(q_locality_alias_add(c->db, &in, NULL));
    }
    return OK;
}

static err locality_row(struct import *i, const struct locality *l, int64_t *out_id, bool *out_added,
                        bool *out_changed)
{
    struct ctx *c = i->c;
    struct q_locality_find there;
    const err e = q_locality_find(c->db, c->arena, l->unit.id, l->name, &there);
    if (e.code == ERR_NOT_FOUND) {
        const struct q_locality_add_in in = {
            .id = id_next(c), .unit_id = l->unit.id, .name_text = l->name, .invented_flag = l->invented};
        *out_id = in.id;
        *out_added = true;
        return q_locality_add(c->db, &in, NULL);
    }
    TRY(e);
    *out_id = there.id;
    *out_changed = there.invented_flag != l->invented;
    return *out_changed ? q_locality_set(c->db, l->invented, there.id, NULL) : OK;
}

static err locality_take(struct import *i)
{
    struct locality l = {.name = S("")};
    bool fine;
    bool twice;
    bool added = false;
    bool changed = false;
    int64_t id;
    TRY(locality_read(i, &l, &fine));
    if (!fine) {
        return OK;
    }
    TRY(locality_row(i, &l, &id, &added, &changed));
    TRY(import_twice(i, id, &twice));
    if (twice) {
        import_fault(i, MSG_CLI_IMPORT_TWICE, l.name);
        return OK;
    }
    TRY(aliases_put(i, &l, id, &changed));
    count(i, added, changed);
    return OK;
}

err place_import_localities(struct ctx *c, str text, struct import_report *io)
{
    static const char *const columns[] = {"unit", "name", "aliases", "invented", NULL};
    struct import i;
    err e;
    TRY(import_begin(c, text, columns, io, &i));
    while ((e = import_next(&i)).code == ERR_OK) {
        TRY(locality_take(&i));
    }
    TRY(e.code == ERR_INVALID || e.code == ERR_NOT_FOUND ? import_end(&i) : e);
    return audited(c, S("localities.imported"));
}
