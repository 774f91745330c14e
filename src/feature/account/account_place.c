/* account_place.c: where somebody works, and which role may work there. */
#include "account_inside.h"
#include "clock.h"
#include "lang.h"
#include "msg.h"
#include "place.h"

static bool works_at(int64_t level)
{
    return level >= LEVEL_COUNTRY && level <= LEVEL_TEHSIL;
}

err account_unit_within(struct ctx *c, int64_t unit, int64_t around, bool *out)
{
    struct opt_i64 at = SOME(unit);
    for (int level = LEVEL_PLACE; at.given && at.v != around && level >= LEVEL_COUNTRY; level--) {
        struct q_place_code_of row;
        TRY(q_place_code_of(c->db, c->arena, at.v, &row));
        at = row.parent_id;
    }
    *out = at.given && at.v == around;
    return OK;
}

static err unit_find(struct ctx *c, str code, struct account_place *out)
{
    struct q_place_by_code unit;
    const err e = place_find(c, code, &unit);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !works_at(unit.level_no))) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_DISTRICT_UNKNOWN, "unit");
    }
    TRY(e);
    *out = (struct account_place){.home = unit.district_id.v, .unit_id = unit.id};
    return OK;
}

static err office_find(struct ctx *c, str code, struct account_place *io)
{
    struct q_office_by_code office;
    bool inside = true;
    const err e = q_office_by_code(c->db, c->arena, code, local_day(c->now_ms), &office);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    if (e.code == ERR_OK && io->unit_id != 0) {
        TRY(account_unit_within(c, office.unit_id, io->unit_id, &inside));
    }
    if (e.code == ERR_NOT_FOUND || !inside) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_OFFICE_UNKNOWN, "office");
    }
    *io = (struct account_place){
        .home = office.district_id.v, .unit_id = office.unit_id, .office_id = office.id};
    return OK;
}

err account_place_find(struct ctx *c, str unit_code, str office_code, struct account_place *out)
{
    struct account_place at = {0};
    if (unit_code.n > 0) {
        TRY(unit_find(c, unit_code, &at));
    }
    if (office_code.n > 0) {
        TRY(office_find(c, office_code, &at));
    }
    *out = at;
    return OK;
}

/* What a role may do follows from the office that does it: the desk hears, TMA and department act, the DC's,
 * the AC's and the commissioner's office watch. A complaint about the staff of an office is looked into at
 * the DC's: so an officer may sit there too. A clerk of the office complained of can never be given the
 * desk's role there. */
enum { KINDS_MAX = 3 };
static const struct {
    bool place, office, district; /* what she cannot be without */
    str kinds[KINDS_MAX];         /* of her office, if she has one */
    bool country;                 /* she may work over all provinces */
} needs[ROLE_N] = {
    [ROLE_DESK] = {true, true, true, {S_INIT("desk")}},
    [ROLE_MEMBER] = {true, true, true, {S_INIT("desk")}},
    [ROLE_OFFICER] = {true, true, false, {S_INIT("tma"), S_INIT("department"), S_INIT("dc")}},
    [ROLE_SUPERVISOR] = {true, false, false, {S_INIT("dc"), S_INIT("ac"), S_INIT("commissioner")}},
    [ROLE_MONITOR] = {true, false, false, {S_INIT("dc"), S_INIT("commissioner"), S_INIT("department")}},
    [ROLE_MANAGER] = {true, false, false, {S_INIT("dc"), S_INIT("commissioner"), S_INIT("department")}, true},
    [ROLE_ADC] = {true, false, false, {S_INIT("dc"), S_INIT("ac"), S_INIT("commissioner")}},
};

static bool kind_fits(enum role role, str kind)
{
    for (size_t i = 0; i < KINDS_MAX; i++) {
        if (needs[role].kinds[i].n > 0 && str_eq(kind, needs[role].kinds[i])) {
            return true;
        }
    }
    return false;
}

static err office_check(struct ctx *c, const struct account_new *n)
{
    struct q_office_get office;
    const err e = q_office_get(c->db, c->arena, n->office_id, &office);
    if (e.code == ERR_OK && !kind_fits(n->role, office.body_kind_code)) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_OFFICE_KIND, "office");
    }
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && office.unit_id != n->unit_id)) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_OFFICE_UNKNOWN, "office");
    }
    return e;
}

/* The district of an account is that of its unit. */
static err unit_check(struct ctx *c, const struct account_new *n)
{
    struct q_place_by_id unit;
    const err e = q_place_by_id(c->db, c->arena, n->unit_id, &unit);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && (!works_at(unit.level_no) || unit.district_id.v != n->home ||
                              (unit.level_no == LEVEL_COUNTRY && !needs[n->role].country)))) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_DISTRICT_UNKNOWN, "unit");
    }
    return e;
}

err account_place_check(struct ctx *c, const struct account_new *n)
{
    if (needs[n->role].place && n->unit_id == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_DISTRICT_MISSING, "office");
    }
    if (needs[n->role].office && n->office_id == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_OFFICE_MISSING, "office");
    }
    if (n->unit_id != 0) {
        TRY(unit_check(c, n));
    }
    if (n->office_id != 0) {
        TRY(office_check(c, n));
    }
    if (needs[n->role].district && n->home == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_OFFICE_KIND, "office");
    }
    return OK;
}

static bool kind_managed(const struct actor *by, str kind)
{
    for (enum role r = ROLE_DESK; r <= ROLE_MANAGER; r++) {
        if (account_role_managed(by, r) && kind_fits(r, kind)) {
            return true;
        }
    }
    return false;
}

err account_offices(struct ctx *c, struct q_office_all **out, size_t *out_n)
{
    const str lang = lang_table[c->lang].code;
    const int64_t today = local_day(c->now_ms);
    struct q_office_all *rows;
    size_t n;
    if (c->actor.role == ROLE_ADMIN) {
        TRY(q_office_all(c->db, c->arena, lang, today, &rows, &n));
    } else {
        const struct q_office_below_in in = {
            .around_id = c->actor.unit_id, .lang_code = lang, .on_day = today};
        TRY(q_office_below(c->db, c->arena, &in, &rows, &n));
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (kind_managed(&c->actor, rows[i].body_kind_code)) {
            rows[kept++] = rows[i];
        }
    }
    *out = rows;
    *out_n = kept;
    return OK;
}

err account_office_list(struct ctx *c, int64_t office_id, struct q_account_of_office **out, size_t *out_n)
{
    return q_account_of_office(c->db, c->arena, office_id, ROLE_OFFICER, out, out_n);
}
