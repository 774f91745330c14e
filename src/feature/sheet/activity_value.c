/* activity_value.c: values that people say on the sheet of an activity, because nothing computes them. */
#include "activity.h"
#include "sheet_inside.h"

bool activity_reports(const struct q_plan_indicators *i)
{
    return str_eq(i->indicator_code, S("reported"));
}

err activity_values(struct ctx *c, const struct sheet_view *v, struct q_activity_values **out, size_t *out_n)
{
    return q_activity_values(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}

static err refuse(struct ctx *c, enum msg m, const char *field)
{
    return fail_set(c->fail, ERR_INVALID, (int)m, field);
}

/* A whole number; of a percentage a part and the whole it is of. */
static err value_check(struct ctx *c, const struct q_plan_indicators *i, const struct activity_value *value)
{
    const bool share = str_eq(i->measure_code, S("percentage"));
    if (share && (!value->den.given || value->den.v == 0)) {
        return refuse(c, MSG_ACTIVITY_VALUE_DEN_MISSING, "value_den");
    }
    if (share && value->n.v > value->den.v) {
        return refuse(c, MSG_ACTIVITY_VALUE_MORE, "value_n");
    }
    if (!share && value->den.given) {
        return refuse(c, MSG_ACTIVITY_VALUE_DEN_NONE, "value_den");
    }
    return str_trim(value->means).n == 0 ? refuse(c, MSG_ACTIVITY_VALUE_MEANS_MISSING, "value_means") : OK;
}

static err said_elsewhere(struct ctx *c, const struct sheet_view *v, const struct q_plan_indicators *i)
{
    struct q_activity_value_elsewhere *rows;
    size_t n;
    const struct q_activity_value_elsewhere_in in = {.plan_home_id = i->home,
                                                     .indicator_id = i->id,
                                                     .home = v->row.home,
                                                     .from_day = v->row.from_day,
                                                     .id = v->row.id};
    TRY(q_activity_value_elsewhere(c->db, c->arena, &in, &rows, &n));
    return n == 0 ? OK : fail_set(c->fail, ERR_CONFLICT, MSG_ACTIVITY_VALUE_TWICE, "value_of");
}

/* What stands of it beside this one is split in the same way; else some would count twice. */
static err split_alike(struct ctx *c, const struct sheet_view *v, const struct activity_value *value)
{
    struct q_activity_values *rows;
    size_t n;
    TRY(activity_values(c, v, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].indicator_no == value->indicator && ((rows[i].role_code.n > 0) != (value->role.n > 0) ||
                                                         (rows[i].sex_code.n > 0) != (value->sex.n > 0))) {
            return refuse(c, MSG_ACTIVITY_VALUE_MIXED, "value_role");
        }
    }
    return OK;
}

static str or_all(str code)
{
    return code.p == NULL ? S("") : code;
}

err activity_value_put(struct ctx *c, const struct activity *a, struct sheet_view *io,
                       const struct activity_value *value)
{
    const struct q_plan_indicators *i = plan_indicator_of(&a->whole, value->indicator);
    TRY(sheet_open_for(c, io, SHEET_EDIT));
    if (i == NULL || !activity_reports(i)) {
        return refuse(c, MSG_ACTIVITY_VALUE_OF_MISSING, "value_of");
    }
    const struct q_activity_value_drop_in drop = {.home = io->row.home,
                                                  .sheet_id = io->row.id,
                                                  .role_code = or_all(value->role),
                                                  .sex_code = or_all(value->sex),
                                                  .indicator_no = i->indicator_no};
    TRY(q_activity_value_drop(c->db, &drop, NULL));
    if (value->n.given) {
        TRY(value_check(c, i, value));
        TRY(said_elsewhere(c, io, i));
        TRY(split_alike(c, io, value));
        const struct q_activity_value_put_in put = {
            .home = io->row.home,
            .sheet_id = io->row.id,
            .plan_home_id = i->home,
            .indicator_id = i->id,
            .role_code = or_all(value->role),
            .sex_code = or_all(value->sex),
            .num_n = value->n.v,
            .den_n = value->den.given ? value->den.v : 1,
            .means_text = str_trim(value->means),
            .said_by_id = c->actor.user_id != 0 ? SOME(c->actor.user_id) : NONE_I64,
            .said_ms = SOME(c->now_ms)};
        TRY(q_activity_value_put(c->db, &put, NULL));
    }
    TRY(q_activity_touched(c->db, io->row.home, io->row.id, NULL));
    return sheet_step(c, io, SHEET_EDIT, S("value"));
}
