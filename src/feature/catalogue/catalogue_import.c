#include "catalogue_import.h"

#include "audit.h"
#include "catalogue_import.sql.h"
#include "clock.h"
#include "place.h"

/* Where each kind of office stands. */
static const struct kind {
    const char *code;
    int64_t level, level_too;
} kinds[] = {
    {"desk", LEVEL_DISTRICT, LEVEL_TEHSIL},
    {"dc", LEVEL_DISTRICT, LEVEL_DISTRICT},
    {"tma", LEVEL_TEHSIL, LEVEL_TEHSIL},
    {"ac", LEVEL_TEHSIL, LEVEL_TEHSIL},
    {"commissioner", LEVEL_DIVISION, LEVEL_DIVISION},
    {"department", LEVEL_PROVINCE, LEVEL_DISTRICT},
};

struct office {
    str code, kind;
    struct import_names names, address, hours;
    struct q_place_by_code unit;
};

static bool kind_stands(struct import *i, str kind, int64_t level)
{
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (!str_eq(kind, str_of(kinds[k].code))) {
            continue;
        }
        const bool here = level == kinds[k].level || level == kinds[k].level_too;
        if (!here) {
            import_fault(i, MSG_CLI_IMPORT_OFFICE_LEVEL, kind);
        }
        return here;
    }
    import_fault(i, MSG_CLI_IMPORT_OFFICE_KIND, kind);
    return false;
}

/* Where people find it and when, if the list says so: shown to the public of a desk. */
#define ADDRESS_COLUMN(id, code, ...) [LANG_##id] = S_INIT("address_" code),
#define HOURS_COLUMN(id, code, ...) [LANG_##id] = S_INIT("hours_" code),
static const str address_columns[LANG_N] = {LANG_LIST(ADDRESS_COLUMN)};
static const str hours_columns[LANG_N] = {LANG_LIST(HOURS_COLUMN)};

static err office_read(struct import *i, struct office *out, bool *out_fine)
{
    str unit;
    bool fine = import_code(i, S("code"), &out->code);
    fine = import_names(i, &out->names) && fine;
    fine = import_words(i, address_columns, &out->address) && fine;
    fine = import_words(i, hours_columns, &out->hours) && fine;
    out->kind = import_cell(i, S("kind"));
    if (!import_code(i, S("unit"), &unit)) {
        *out_fine = false;
        return OK;
    }
    const err e = place_find(i->c, unit, &out->unit);
    if (e.code == ERR_NOT_FOUND) {
        import_fault(i, MSG_CLI_IMPORT_OFFICE_UNIT, unit);
        *out_fine = false;
        return OK;
    }
    TRY(e);
    *out_fine = kind_stands(i, out->kind, out->unit.level_no) && fine;
    return OK;
}

/* 0: the code is another office's. */
static err office_row(struct import *i, const struct office *o, int64_t from, int64_t *out_id,
                      bool *out_added)
{
    struct ctx *c = i->c;
    struct q_office_find there;
    const err e = q_office_find(c->db, c->arena, o->code, from, &there);
    if (e.code == ERR_NOT_FOUND) {
        const struct q_office_add_in in = {.id = id_next(c),
                                           .body_code = o->code,
                                           .body_kind_code = o->kind,
                                           .unit_id = o->unit.id,
                                           .home = o->unit.district_id,
                                           .valid_from_day = from};
        *out_id = in.id;
        *out_added = true;
        return q_office_add(c->db, &in, NULL);
    }
    TRY(e);
    const bool same = there.unit_id == o->unit.id && str_eq(there.body_kind_code, o->kind);
    if (!same) {
        import_fault(i, MSG_CLI_IMPORT_OFFICE_TAKEN, o->code);
    }
    *out_id = same ? there.id : 0;
    return OK;
}

static err office_take(struct import *i, int64_t from)
{
    struct office o = {.code = S("")};
    bool fine;
    bool twice;
    bool added = false;
    bool changed = false;
    int64_t answers;
    int64_t id;
    TRY(office_read(i, &o, &fine));
    if (!fine) {
        return OK;
    }
    TRY(office_row(i, &o, from, &id, &added));
    if (id == 0) {
        return OK;
    }
    TRY(import_twice(i, id, &twice));
    if (twice) {
        import_fault(i, MSG_CLI_IMPORT_TWICE, o.code);
        return OK;
    }
    TRY(import_labels(i, S("body"), id, &o.names, &changed));
    TRY(import_labels(i, S("body_address"), id, &o.address, &changed));
    TRY(import_labels(i, S("body_hours"), id, &o.hours, &changed));
    TRY(q_office_answers(i->c->db, id, &answers));
    changed = changed || answers > 0;
    i->report->added += added;
    i->report->changed += !added && changed;
    i->report->same += !added && !changed;
    return OK;
}

err catalogue_import_offices(struct ctx *c, str text, int64_t from_day, struct import_report *io)
{
    static const char *const columns[] = {"code", "kind", "unit", "name_en", "name_ur", "name_ps", NULL};
    const int64_t from = from_day != 0 ? from_day : local_day(c->now_ms);
    struct import i;
    err e;
    TRY(import_begin(c, text, columns, io, &i));
    while ((e = import_next(&i)).code == ERR_OK) {
        TRY(office_take(&i, from));
    }
    TRY(e.code == ERR_INVALID || e.code == ERR_NOT_FOUND ? import_end(&i) : e);
    const struct audit_entry entry = {
        .event = S("offices.imported"), .subject_kind = STR_NONE, .detail = STR_NONE};
    return audit_add(c, &entry);
}
