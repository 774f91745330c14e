#include "case_scope.h"

static bool is(struct opt_i64 a, int64_t b)
{
    return a.given && a.v == b;
}

/* Whoever has no district of her own stands above: at a division or a province. */
static bool within_unit(const struct actor *who, const struct q_case_get *row)
{
    if (who->home != 0) {
        return who->home == row->home &&
               (who->unit_id == 0 || who->unit_id == who->home || is(row->tehsil_id, who->unit_id));
    }
    return who->unit_id != 0 && (who->unit_id == row->province_id || is(row->division_id, who->unit_id));
}

static bool stands_in(const struct actor *who, const struct q_case_get *row, const struct q_flow_get *flow)
{
    switch (who->role) {
    case ROLE_PUBLIC:
        return who->case_id != 0 && who->case_id == row->id;
    case ROLE_DESK:
        return who->home != 0 && who->home == row->home;
    case ROLE_MEMBER:
        return who->home != 0 && who->home == row->home && is(row->filed_office_id, who->office_id);
    case ROLE_SUPERVISOR:
    case ROLE_ADC:
    case ROLE_MONITOR:
    case ROLE_MANAGER:
        return within_unit(who, row);
    case ROLE_OFFICER:
        return (who->home == 0 || who->home == row->home) && is(flow->office_id, who->office_id);
    case ROLE_SYSTEM:
        return true;
    case ROLE_NOBODY:
    case ROLE_ADMIN:
    case ROLE_AWAY:
    case ROLE_N:
        break;
    }
    return false;
}

/* Those who read for the figures, and act on nothing. */
static bool figures_only(const struct actor *who)
{
    return who->role == ROLE_MONITOR || who->role == ROLE_MANAGER;
}

void scope_barred(const struct actor *who, int64_t *out_barred, int64_t *out_also)
{
    const bool member = who->role == ROLE_MEMBER;
    const bool heads = who->role == ROLE_SUPERVISOR || who->role == ROLE_ADC || figures_only(who);
    *out_also = member ? who->user_id : heads ? who->home : 0;
    *out_barred = who->office_id != 0 ? who->office_id : *out_also; /* 0: nothing is asked */
}

err scope_reaches(struct ctx *c, const struct q_case_get *row, const struct q_flow_get *flow, bool *out)
{
    struct q_bar_get *rows;
    struct q_bar_get_in in = {.home = row->home, .case_id = row->id};
    size_t n = 0;
    *out = stands_in(&c->actor, row, flow);
    if (!*out && figures_only(&c->actor) && c->actor.home == 0 && c->actor.unit_id != 0) {
        TRY(place_lies_in(c, row->province_id, c->actor.unit_id, out)); /* of the whole country */
    }
    if (!*out || c->actor.role == ROLE_PUBLIC || c->actor.role == ROLE_SYSTEM) {
        return OK;
    }
    scope_barred(&c->actor, &in.barred_id, &in.also_id);
    TRY(q_bar_get(c->db, c->arena, &in, &rows, &n));
    *out = n == 0;
    return OK;
}

/* Mostly nothing is closed to anybody; then no list asks for it with each row. */
static err barred_settle(struct ctx *c, struct scope *io)
{
    struct q_bar_any *rows;
    size_t n = 0;
    for (size_t i = 0; i < io->homes_n && n == 0; i++) {
        TRY(q_bar_any(c->db, c->arena, &(struct q_bar_any_in){io->homes[i], io->barred, io->also}, &rows,
                      &n));
    }
    if (n == 0) {
        io->barred = 0;
        io->also = 0;
    }
    return OK;
}

static err homes_below(struct ctx *c, int64_t unit, struct scope *out)
{
    int64_t *homes;
    TRY(place_districts(c, unit, &homes, &out->homes_n));
    out->homes = homes;
    return OK;
}

static err stands_where(struct ctx *c, struct scope *out)
{
    const struct actor *who = &c->actor;
    *out = (struct scope){.homes_n = 0};
    if (who->role != ROLE_DESK && who->role != ROLE_OFFICER && who->role != ROLE_SUPERVISOR &&
        who->role != ROLE_ADC && who->role != ROLE_MEMBER && !figures_only(who)) {
        return OK;
    }
    out->desk = who->role == ROLE_MEMBER ? who->office_id : 0;
    if (who->role == ROLE_OFFICER) {
        out->office = SOME(who->office_id);
    }
    if (who->home == 0) {
        return who->unit_id == 0 ? OK : homes_below(c, who->unit_id, out);
    }
    const bool tehsil_only = (who->role == ROLE_SUPERVISOR || who->role == ROLE_ADC || figures_only(who)) &&
                             who->unit_id != 0 && who->unit_id != who->home;
    if (tehsil_only) {
        out->tehsil = SOME(who->unit_id);
    }
    out->homes = &who->home;
    out->homes_n = 1;
    return OK;
}

err scope_of(struct ctx *c, struct scope *out)
{
    struct scope s;
    TRY(stands_where(c, &s));
    scope_barred(&c->actor, &s.barred, &s.also);
    TRY(barred_settle(c, &s));
    *out = s;
    return OK;
}
