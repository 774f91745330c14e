/* plan_programme.c: programmes, from their beginning to their end, and who pays. */
#include "audit.h"
#include "clock.h"
#include "lang.h"
#include "plan_inside.h"

enum { CODE_MIN = 2, CODE_MAX = 40, MONTHS = 12 };

bool plan_programme_may(const struct ctx *c)
{
    return c->actor.role == ROLE_MANAGER;
}

static err allowed(struct ctx *c)
{
    return plan_programme_may(c) ? OK : fail_set(c->fail, ERR_DENIED, MSG_PLAN_NOT_YOURS, "action");
}

/* Small letters, digits and dashes: it stands in addresses and files. */
static bool code_fits(str code)
{
    bool fits = code.n >= CODE_MIN && code.n <= CODE_MAX && code.p[0] != '-' && code.p[code.n - 1] != '-';
    for (size_t i = 0; i < code.n; i++) {
        const char at = code.p[i];
        fits = fits && ((at >= 'a' && at <= 'z') || (at >= '0' && at <= '9') || at == '-');
    }
    return fits;
}

static err names_put(struct ctx *c, str kind, int64_t id, const struct plan_names *names)
{
    for (int lang = 0; lang < LANG_N; lang++) {
        const struct q_plan_label_put_in row = {.label_kind_code = kind,
                                                .id = id,
                                                .lang_code = lang_table[lang].code,
                                                .label_text = str_trim(names->in[lang])};
        if (row.label_text.n > 0) {
            TRY(q_plan_label_put(c->db, &row, NULL));
        }
    }
    return OK;
}

static err noted(struct ctx *c, str event, int64_t id, str code)
{
    const struct audit_entry entry = {.event = event,
                                      .home = plan_base(&c->actor),
                                      .subject_kind = STR_NONE,
                                      .subject_id = id,
                                      .detail = code};
    return audit_add(c, &entry);
}

static err days_fit(struct ctx *c, const struct q_programme_add_in *row)
{
    struct q_programme_last_plan last;
    if (!day_valid(row->from_day) || !day_valid(row->to_day) || row->from_day > row->to_day) {
        return plan_refuse(c, MSG_PLAN_SPAN_WRONG, "to_day");
    }
    if (row->project_month_n < 1 || row->project_month_n > MONTHS) {
        return plan_refuse(c, MSG_PLAN_MONTH_WRONG, "month");
    }
    TRY(q_programme_last_plan(c->db, c->arena, row->id, &last));
    return last.from_day > row->to_day ? fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_PROGRAMME_PLANNED, "to_day")
                                       : OK;
}

static err programme_new(struct ctx *c, const struct plan_programme_edit *e, struct q_programme_add_in *row)
{
    struct q_programme_by_code there;
    const str code = str_trim(e->code);
    if (!code_fits(code)) {
        return plan_refuse(c, MSG_PLAN_CODE_WRONG, "code");
    }
    const err found = q_programme_by_code(c->db, c->arena, code, &there);
    if (found.code != ERR_NOT_FOUND) {
        return found.code == ERR_OK ? plan_refuse(c, MSG_PLAN_CODE_TAKEN, "code") : found;
    }
    if (str_trim(e->names.in[LANG_EN]).n == 0) {
        return plan_refuse(c, MSG_PLAN_TITLE_MISSING, "name_en");
    }
    if (!e->from_day.given) {
        return plan_refuse(c, MSG_PLAN_DAYS_WRONG, "from_day");
    }
    *row = (struct q_programme_add_in){.id = id_next(c),
                                       .programme_code = code,
                                       .from_day = e->from_day.v,
                                       .to_day = e->to_day.given ? e->to_day.v : DAY_OPEN,
                                       .project_month_n = e->month.given ? e->month.v : 1};
    return OK;
}

/* Years that begin in another month would overlap with those that plans aim at already. */
static err month_fits(struct ctx *c, const struct q_programme_add_in *row)
{
    struct q_programme_project_target *plans;
    size_t n;
    const struct q_programme_project_target_in in = {.gone_state = PLAN_SUPERSEDED,
                                                     .dropped_state = PLAN_DROPPED,
                                                     .plan_kind_no = plan_kind.kind_no,
                                                     .programme_id = row->id,
                                                     .project_month_n = row->project_month_n};
    TRY(q_programme_project_target(c->db, c->arena, &in, &plans, &n));
    if (n == 0) {
        return OK;
    }
    const err e = fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_MONTH_PLANNED, "month");
    c->fail->args[0] = (struct fail_arg){"plan", plans[0].plan_code};
    return e;
}

err plan_programme_put(struct ctx *c, const struct plan_programme_edit *e)
{
    struct q_programme_add_in row = {0};
    struct q_programme_whole there;
    TRY(allowed(c));
    if (e->which.n == 0) {
        TRY(programme_new(c, e, &row));
        TRY(days_fit(c, &row));
        TRY(q_programme_add(c->db, &row, NULL));
        TRY(names_put(c, S("programme"), row.id, &e->names));
        return noted(c, S("programme.begun"), row.id, row.programme_code);
    }
    TRY(q_programme_whole(c->db, c->arena, e->which, &there));
    row = (struct q_programme_add_in){.id = there.id,
                                      .programme_code = there.programme_code,
                                      .from_day = e->from_day.given ? e->from_day.v : there.from_day,
                                      .to_day = e->to_day.given ? e->to_day.v : there.to_day,
                                      .project_month_n = e->month.given ? e->month.v : there.project_month_n};
    TRY(days_fit(c, &row));
    TRY(month_fits(c, &row));
    const struct q_programme_set_in set = {
        .from_day = row.from_day, .to_day = row.to_day, .project_month_n = row.project_month_n, .id = row.id};
    TRY(q_programme_set(c->db, &set, NULL));
    TRY(names_put(c, S("programme"), row.id, &e->names));
    const str detail =
        arena_printf(c->arena, "%.*s %lld %lld %lld", STR_F(row.programme_code), (long long)row.from_day,
                     (long long)row.to_day, (long long)row.project_month_n);
    return noted(c, S("programme.changed"), row.id, detail);
}

static err funder_end(struct ctx *c, const struct q_funder_all *f, const struct plan_funder_edit *e)
{
    struct q_funder_counted *plans;
    size_t n;
    const str why = str_trim(e->why);
    if (!e->last_day.given || !day_valid(e->last_day.v)) {
        return plan_refuse(c, MSG_PLAN_FUNDER_DAY_MISSING, "funder_last");
    }
    if (why.n == 0) {
        return plan_refuse(c, MSG_PLAN_FUNDER_WHY_MISSING, "funder_why");
    }
    const struct q_funder_counted_in in = {.plan_kind_no = plan_kind.kind_no,
                                           .approved_state = PLAN_APPROVED,
                                           .funder_id = f->id,
                                           .to_day = e->last_day.v};
    TRY(q_funder_counted(c->db, c->arena, &in, &plans, &n));
    if (n > 0) {
        const err counted = fail_set(c->fail, ERR_CONFLICT, MSG_PLAN_FUNDER_COUNTED, "funder_last");
        c->fail->args[0] = (struct fail_arg){"plan", plans[0].plan_code};
        return counted;
    }
    TRY(q_funder_end(c->db, &(struct q_funder_end_in){.to_day = e->last_day.v, .end_text = why, .id = f->id},
                     NULL));
    return noted(c, S("funder.ended"), f->id,
                 arena_printf(c->arena, "%.*s %lld", STR_F(f->funder_code), (long long)e->last_day.v));
}

static err funder_new(struct ctx *c, str code, const struct plan_names *names)
{
    if (!code_fits(code)) {
        return plan_refuse(c, MSG_PLAN_CODE_WRONG, "funder_code");
    }
    if (str_trim(names->in[LANG_EN]).n == 0) {
        return plan_refuse(c, MSG_PLAN_TITLE_MISSING, "funder_en");
    }
    const int64_t id = id_next(c);
    TRY(q_funder_add(c->db, id, code, NULL));
    TRY(names_put(c, S("funder"), id, names));
    return noted(c, S("funder.begun"), id, code);
}

err plan_funder_put(struct ctx *c, const struct plan_funder_edit *e)
{
    struct q_funder_all *rows;
    size_t n;
    const struct q_funder_all *there = NULL;
    TRY(allowed(c));
    const str wanted = e->which.n > 0 ? e->which : str_trim(e->code);
    TRY(q_funder_all(c->db, c->arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        there = str_eq(rows[i].funder_code, wanted) ? &rows[i] : there;
    }
    if (e->which.n == 0) {
        return there != NULL ? plan_refuse(c, MSG_PLAN_CODE_TAKEN, "funder_code")
                             : funder_new(c, wanted, &e->names);
    }
    if (there == NULL) {
        return FAIL(NOT_FOUND);
    }
    TRY(names_put(c, S("funder"), there->id, &e->names));
    return e->last_day.given || str_trim(e->why).n > 0 ? funder_end(c, there, e)
                                                       : noted(c, S("funder.changed"), there->id, wanted);
}
