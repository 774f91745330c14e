/* place_split.c: districts that are made of tehsils of others (place_import.h). */
#include "audit.h"
#include "clock.h"
#include "fold.h"
#include "import.sql.h"
#include "place.h"
#include "place_import.h"

struct splitting {
    struct import i;
    int64_t from;
    str basis;
};

/* A row that was read, and is right in itself. */
struct part {
    str code, tehsils;
    struct import_names names;
    int64_t invented;
};

/* A unit begun anew in place of one that ends. */
struct begun {
    int64_t id, parent, province, district;
};

static err ended(struct splitting *s, int64_t unit)
{
    s->i.report->ended++;
    return q_council_end(s->i.c->db, s->from, unit, NULL);
}

static err came_from(struct splitting *s, int64_t from, int64_t to)
{
    const struct q_split_successor_add_in in = {
        .from_id = from, .to_id = to, .from_day = s->from, .basis_text = s->basis};
    return q_split_successor_add(s->i.c->db, &in, NULL);
}

/* The villages that people name are found in the new district as they were in the old one. */
static err localities_again(struct splitting *s, int64_t old, const struct begun *b)
{
    struct ctx *c = s->i.c;
    struct q_split_localities *rows;
    size_t n;
    TRY(q_split_localities(c->db, c->arena, old, &rows, &n));
    for (size_t k = 0; k < n; k++) {
        const struct q_locality_add_in in = {.id = id_next(c),
                                             .unit_id = b->id,
                                             .name_text = rows[k].name_text,
                                             .invented_flag = rows[k].invented_flag};
        const struct q_split_aliases_in names = {
            .new_district_id = b->district, .new_id = in.id, .locality_id = rows[k].id};
        TRY(q_locality_add(c->db, &in, NULL));
        TRY(q_split_aliases(c->db, &names, NULL));
    }
    return OK;
}

/* The same unit in another place: ended there, begun here. */
static err begin_again(struct splitting *s, const struct q_split_unit *old, struct begun *b)
{
    struct ctx *c = s->i.c;
    b->id = id_next(c);
    const struct q_split_unit_add_in in = {.id = b->id,
                                           .unit_code = old->unit_code,
                                           .level_no = old->level_no,
                                           .parent_id = SOME(b->parent),
                                           .province_id = SOME(b->province),
                                           .district_id = SOME(b->district),
                                           .council_code = old->council_code,
                                           .invented_flag = old->invented_flag,
                                           .valid_from_day = s->from};
    const struct q_split_groups_in groups = {.new_id = b->id, .on_day = s->from, .id = old->id};
    TRY(q_split_unit_add(c->db, &in, NULL));
    TRY(q_split_labels(c->db, b->id, old->id, NULL));
    TRY(q_split_groups(c->db, &groups, NULL));
    TRY(localities_again(s, old->id, b));
    TRY(came_from(s, old->id, b->id));
    return ended(s, old->id);
}

/* A tehsil and its councils. */
static err tehsil_move(struct splitting *s, const struct q_split_unit *old, const struct begun *district)
{
    struct ctx *c = s->i.c;
    struct q_split_unit *below;
    size_t n;
    struct begun tehsil = {0, district->id, district->province, district->id};
    TRY(q_split_below(c->db, c->arena, old->id, s->from, &below, &n));
    TRY(begin_again(s, old, &tehsil));
    for (size_t k = 0; k < n; k++) {
        struct begun council = {0, tehsil.id, tehsil.province, tehsil.district};
        TRY(begin_again(s, &below[k], &council));
    }
    return OK;
}

/* The old district, as one that the new one came from; it ends when nothing of it is left. */
static err district_left(struct splitting *s, int64_t old, int64_t new)
{
    struct ctx *c = s->i.c;
    struct q_split_left left;
    const struct q_split_groups_in groups = {.new_id = new, .on_day = s->from, .id = old};
    TRY(came_from(s, old, new));
    TRY(q_split_groups(c->db, &groups, NULL));
    TRY(q_split_left(c->db, c->arena, old, s->from, &left));
    return left.left_n == 0 ? ended(s, old) : OK;
}

/* *out_some false: it is wrong, or was moved by this very list before. */
static err tehsil_read(struct splitting *s, str code, int64_t district, struct q_split_unit *out,
                       bool *out_some)
{
    struct ctx *c = s->i.c;
    struct q_split_there there;
    *out_some = false;
    const err e = q_split_unit(c->db, c->arena, code, s->from, out);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && out->level_no != LEVEL_TEHSIL)) {
        import_fault(&s->i, MSG_CLI_IMPORT_SPLIT_TEHSIL, code);
        return OK;
    }
    TRY(e);
    const err moved = q_split_there(c->db, c->arena, code, s->from, &there);
    if (moved.code != ERR_OK && moved.code != ERR_NOT_FOUND) {
        return moved;
    }
    *out_some = out->valid_to_day > s->from;
    if (!*out_some && (moved.code != ERR_OK || there.parent_id.v != district)) {
        import_fault(&s->i, MSG_CLI_IMPORT_SPLIT_ENDS, code);
    }
    return OK;
}

/* Its row; *out_id 0: the code is another place's. The first tehsil says in which province and division. */
static err district_row(struct splitting *s, const struct part *p, const struct q_split_unit *first,
                        struct begun *out, bool *out_added)
{
    struct ctx *c = s->i.c;
    struct q_split_there there;
    struct q_split_taken *taken;
    struct q_place_by_id old;
    size_t n;
    const err e = q_split_there(c->db, c->arena, p->code, s->from, &there);
    TRY(q_place_by_id(c->db, c->arena, first->district_id.v, &old));
    *out = (struct begun){0, old.parent_id.v, first->province_id.v, 0};
    if (e.code == ERR_OK) {
        out->id = out->district = there.level_no == LEVEL_DISTRICT ? there.id : 0;
    }
    if (e.code != ERR_NOT_FOUND) {
        return e;
    }
    TRY(q_split_taken(c->db, c->arena, p->code, s->from, &taken, &n));
    if (n > 0) {
        return OK;
    }
    out->id = out->district = id_next(c);
    *out_added = true;
    const struct q_split_unit_add_in in = {.id = out->id,
                                           .unit_code = p->code,
                                           .level_no = LEVEL_DISTRICT,
                                           .parent_id = old.parent_id,
                                           .province_id = first->province_id,
                                           .district_id = SOME(out->id),
                                           .council_code = STR_NONE,
                                           .invented_flag = p->invented,
                                           .valid_from_day = s->from};
    return q_split_unit_add(c->db, &in, NULL);
}

static err tehsils_take(struct splitting *s, const struct part *p, const struct begun *district)
{
    str rest = p->tehsils;
    while (rest.n > 0) {
        struct q_split_unit old;
        bool some;
        const str code = str_cut(&rest, ' ');
        if (code.n == 0) {
            continue;
        }
        TRY(tehsil_read(s, code, district->id, &old, &some));
        if (some) {
            TRY(tehsil_move(s, &old, district));
            TRY(district_left(s, old.district_id.v, district->id));
        }
    }
    return OK;
}

static err part_read(struct splitting *s, struct part *out, bool *out_fine)
{
    struct import *i = &s->i;
    bool fine = import_code(i, S("code"), &out->code);
    fine = import_names(i, &out->names) && fine;
    fine = import_flag(i, S("invented"), &out->invented) && fine;
    out->tehsils = import_cell(i, S("tehsils"));
    s->basis = import_cell(i, S("basis"));
    if (s->basis.n == 0 || text_check(s->basis, false) != TEXT_OK || str_chars(s->basis) > IMPORT_NAME_MAX) {
        import_fault(i, MSG_CLI_IMPORT_SPLIT_BASIS, out->code);
        fine = false;
    }
    if (out->tehsils.n == 0) {
        import_fault(i, MSG_CLI_IMPORT_SPLIT_NONE, out->code);
        fine = false;
    }
    *out_fine = fine;
    return OK;
}

static err part_take(struct splitting *s)
{
    struct part p;
    struct q_split_unit first;
    struct begun district;
    bool fine;
    bool twice;
    bool added = false;
    bool changed = false;
    TRY(part_read(s, &p, &fine));
    if (!fine) {
        return OK;
    }
    str rest = p.tehsils;
    const str code = str_cut(&rest, ' ');
    const err e = q_split_unit(s->i.c->db, s->i.c->arena, code, s->from, &first);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && first.level_no != LEVEL_TEHSIL)) {
        import_fault(&s->i, MSG_CLI_IMPORT_SPLIT_TEHSIL, code);
        return OK;
    }
    TRY(e);
    TRY(district_row(s, &p, &first, &district, &added));
    if (district.id == 0) {
        import_fault(&s->i, MSG_CLI_IMPORT_CODE_TAKEN, p.code);
        return OK;
    }
    TRY(import_twice(&s->i, district.id, &twice));
    if (twice) {
        import_fault(&s->i, MSG_CLI_IMPORT_TWICE, p.code);
        return OK;
    }
    TRY(import_labels(&s->i, S("unit"), district.id, &p.names, &changed));
    TRY(tehsils_take(s, &p, &district));
    s->i.report->added += added;
    s->i.report->changed += !added && changed;
    s->i.report->same += !added && !changed;
    return OK;
}

err place_import_districts(struct ctx *c, str text, int64_t from_day, struct import_report *io)
{
    static const char *const columns[] = {"code",    "tehsils", "basis",    "name_en",
                                          "name_ur", "name_ps", "invented", NULL};
    struct splitting s = {.from = from_day != 0 ? from_day : local_day(c->now_ms)};
    err e;
    TRY(import_begin(c, text, columns, io, &s.i));
    while ((e = import_next(&s.i)).code == ERR_OK) {
        TRY(part_take(&s));
    }
    TRY(e.code == ERR_INVALID || e.code == ERR_NOT_FOUND ? import_end(&s.i) : e);
    const struct audit_entry entry = {
        .event = S("districts.imported"), .subject_kind = STR_NONE, .detail = STR_NONE};
    return audit_add(c, &entry);
}
