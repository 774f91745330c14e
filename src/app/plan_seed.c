#include "plan_seed.h"

#include "lang.h"
#include "plan.sql.h"

static const struct seed_labels programme_names = {S_INIT("name"), S_INIT("programme"), 1u << LANG_PS};
static const struct seed_labels funder_names = {S_INIT("name"), S_INIT("funder"), 1u << LANG_PS};

static err programme_row(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct q_programme_add_in in = {.id = id_next(s->c)};
    TRY(seed_cell(t, row, S("code"), &in.programme_code));
    TRY(seed_i64(t, row, S("from_day"), &in.from_day));
    TRY(seed_i64(t, row, S("to_day"), &in.to_day));
    TRY(seed_i64(t, row, S("project_month"), &in.project_month_n));
    TRY(q_programme_add(s->c->db, &in, NULL));
    return seed_labels_add(s->c, t, row, &programme_names, in.id);
}

static err funder_row(struct seeding *s, const struct seed_table *t, size_t row)
{
    const int64_t id = id_next(s->c);
    str code;
    TRY(seed_cell(t, row, S("code"), &code));
    TRY(q_funder_add(s->c->db, id, code, NULL));
    return seed_labels_add(s->c, t, row, &funder_names, id);
}

err programmes_write(struct seeding *s)
{
    TRY(seed_each(s, S("programmes.csv"), programme_row));
    return seed_each(s, S("funders.csv"), funder_row);
}
