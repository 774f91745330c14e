#include "portal_seed.h"

#include "clock.h"
#include "handover.sql.h"
#include "lang.h"

static const struct seed_labels portal_names = {S_INIT("name"), S_INIT("portal"), 1u << LANG_PS};
static const struct seed_labels place_names = {S_INIT("place"), S_INIT("portal_place"),
                                               1u << LANG_UR | 1u << LANG_PS};
static const struct seed_labels outcome_names = {S_INIT("words"), S_INIT("portal_outcome"),
                                                 1u << LANG_UR | 1u << LANG_PS};

static err portal_row(struct seeding *s, const struct seed_table *t, size_t row)
{
    const struct seed_known *unit;
    str escalated;
    struct q_portal_add_in in = {.id = id_next(s->c),
                                 .sort_no = (int64_t)row + 1,
                                 .valid_from_day = TERM_FROM_DAY,
                                 .valid_to_day = DAY_OPEN};
    TRY(seed_ref(&s->units, t, row, S("unit"), &unit));
    in.unit_id = unit->id;
    TRY(seed_cell(t, row, S("code"), &in.portal_code));
    TRY(seed_cell(t, row, S("way"), &in.way_code));
    TRY(seed_i64(t, row, S("account"), &in.account_flag));
    TRY(seed_cell(t, row, S("looks"), &in.look_text));
    TRY(seed_cell(t, row, S("escalated"), &escalated));
    if (escalated.n > 0) {
        in.escalated_days.given = true;
        TRY(seed_i64(t, row, S("escalated"), &in.escalated_days.v));
    }
    TRY(seed_cell(t, row, S("helpline"), &in.helpline_text));
    in.helpline_text = in.helpline_text.n > 0 ? in.helpline_text : STR_NONE;
    TRY(seed_cell(t, row, S("lang"), &in.lang_code));
    TRY(seed_cell(t, row, S("fields"), &in.fields_text));
    TRY(seed_i64(t, row, S("verify"), &in.verify_flag));
    TRY(q_portal_add(s->c->db, &in, NULL));
    TRY(seed_labels_add(s->c, t, row, &portal_names, in.id));
    return seed_labels_add(s->c, t, row, &place_names, in.id);
}

static err portal_of(struct seeding *s, const struct seed_table *t, size_t row, int64_t *out)
{
    str code;
    struct q_portal_by_code portal;
    TRY(seed_cell(t, row, S("portal"), &code));
    TRY(q_portal_by_code(s->c->db, s->c->arena, code, &portal));
    *out = portal.id;
    return OK;
}

static err outcome_row(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct q_portal_outcome_add_in in = {.id = id_next(s->c), .sort_no = (int64_t)row + 1};
    TRY(portal_of(s, t, row, &in.portal_id));
    TRY(seed_cell(t, row, S("outcome"), &in.outcome_code));
    TRY(q_portal_outcome_add(s->c->db, &in, NULL));
    return seed_labels_add(s->c, t, row, &outcome_names, in.id);
}

static err service_row(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct q_portal_service_add_in in = {.sort_no = (int64_t)row + 1};
    TRY(portal_of(s, t, row, &in.portal_id));
    TRY(seed_cell(t, row, S("service"), &in.service_code));
    return q_portal_service_add(s->c->db, &in, NULL);
}

err portals_write(struct seeding *s)
{
    TRY(seed_each(s, S("portals.csv"), portal_row));
    TRY(seed_each(s, S("portal_outcomes.csv"), outcome_row));
    return seed_each(s, S("portal_services.csv"), service_row);
}
