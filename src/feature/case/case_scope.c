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

bool scope_reaches(const struct actor *who, const struct q_case_get *row, const struct q_flow_get *flow)
{
    switch (who->role) {
    case ROLE_PUBLIC:
        return who->case_id != 0 && who->case_id == row->id;
    case ROLE_DESK:
        return who->home != 0 && who->home == row->home;
    case ROLE_SUPERVISOR:
    case ROLE_ADC:
        return within_unit(who, row);
    case ROLE_OFFICER:
        return (who->home == 0 || who->home == row->home) && is(flow->office_id, who->office_id);
    case ROLE_SYSTEM:
        return true;
    case ROLE_NOBODY:
    case ROLE_ADMIN:
    case ROLE_N:
        break;
    }
    return false;
}

static err homes_below(struct ctx *c, int64_t unit, struct scope *out)
{
    int64_t *homes;
    TRY(place_districts(c, unit, &homes, &out->homes_n));
    out->homes = homes;
    return OK;
}

err scope_of(struct ctx *c, struct scope *out)
{
    const struct actor *who = &c->actor;
    *out = (struct scope){.homes_n = 0};
    if (who->role != ROLE_DESK && who->role != ROLE_OFFICER && who->role != ROLE_SUPERVISOR &&
        who->role != ROLE_ADC) {
        return OK;
    }
    if (who->role == ROLE_OFFICER) {
        out->office = SOME(who->office_id);
    }
    if (who->home == 0) {
        return who->unit_id == 0 ? OK : homes_below(c, who->unit_id, out);
    }
    const bool tehsil_only =
        who->role != ROLE_DESK && who->role != ROLE_OFFICER && who->unit_id != 0 && who->unit_id != who->home;
    if (tehsil_only) {
        out->tehsil = SOME(who->unit_id);
    }
    out->homes = &who->home;
    out->homes_n = 1;
    return OK;
}
