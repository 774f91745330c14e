/* case_count.c: how many cases stand where, for pages: read from summary rows, of the districts of the
 * actor's scope. */
#include "case_scope.h"
#include "kept.h"

enum { COUNTS_KEPT_MS = 5000, SHARE_KEPT_MS = 60000 };

/* `sign` is 1, or -1 for what is closed to her. */
static void counts_add(struct case_counts *sum, const struct q_tally_by_state *rows, size_t n, int64_t sign)
{
    for (size_t i = 0; i < n; i++) {
        const struct q_tally_by_state *r = &rows[i];
        const bool known = r->flow_state >= 0 && r->flow_state < CASE_STATES;
        const bool open = known && flow_open(&complaint_kind, (unsigned)r->flow_state);
        if (known) {
            sum->by_state[r->flow_state] += sign * r->cases_n;
        }
        sum->all += sign * r->cases_n;
        sum->women += str_eq(r->sex_code, S("woman")) ? sign * r->cases_n : 0;
        sum->no_funds += open && str_eq(r->reason_code, S("no_funds")) ? sign * r->cases_n : 0;
    }
}

err case_count(struct ctx *c, enum case_kind kind, struct case_counts *out)
{
    struct scope scope;
    struct case_counts sum = {.all = 0};
    const str key = arena_printf(c->arena, "count/%d/%d/%llx/%llx/%llx", (int)kind, (int)c->actor.role,
                                 (unsigned long long)c->actor.home, (unsigned long long)c->actor.unit_id,
                                 (unsigned long long)c->actor.office_id);
    if (kept_get(c, key, KEPT_UNTIL_WRITE, COUNTS_KEPT_MS, out, sizeof *out)) {
        return OK;
    }
    TRY(scope_of(c, &scope));
    for (size_t i = 0; i < scope.homes_n && scope.desk == 0; i++) {
        struct q_tally_by_state *rows;
        size_t n;
        if (scope.tehsil.given) {
            const struct q_tally_by_state_tehsil_in in = {
                .home = scope.homes[i], .case_kind_code = case_kind_code(kind), .tehsil_id = scope.tehsil.v};
            TRY(q_tally_by_state_tehsil(c->db, c->arena, &in, &rows, &n));
        } else {
            TRY(q_tally_by_state(c->db, c->arena, scope.homes[i], case_kind_code(kind), &rows, &n));
        }
        counts_add(&sum, rows, n, 1);
        const struct q_bar_by_state_in in = {.home = scope.homes[i],
                                             .case_kind_code = case_kind_code(kind),
                                             .barred_id = scope.barred,
                                             .also_id = scope.also,
                                             .tehsil_id = scope.tehsil.given ? scope.tehsil.v : 0};
        TRY(q_bar_by_state(c->db, c->arena, &in, &rows, &n));
        counts_add(&sum, rows, n, -1);
    }
    kept_put(c, key, &sum, sizeof sum);
    *out = sum;
    return OK;
}

/* Beside this figure a desk has its own, without what went past it: the difference is a cell like any other,
 * and counts from the fifth on. */
static err past_unsaid(struct ctx *c, int64_t few, int64_t *io_women, int64_t *io_all)
{
    struct q_bar_by_sex *rows;
    size_t n;
    int64_t women = 0;
    int64_t others = 0;
    TRY(q_bar_by_sex(c->db, c->arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        *(str_eq(rows[i].sex_code, S("woman")) ? &women : &others) += rows[i].cases_n;
    }
    women = women < few ? women : 0;
    *io_women -= women;
    *io_all -= women + (others < few ? others : 0);
    return OK;
}

err case_women_share(struct ctx *c, int64_t *out_women, int64_t *out_all)
{
    enum { TOO_FEW = 5 };
    struct q_tally_by_sex *rows;
    size_t n;
    int64_t women = 0;
    int64_t all = 0;
    int64_t kept[2];
    if (kept_get(c, S("share"), KEPT_UNTIL_WRITE, SHARE_KEPT_MS, kept, sizeof kept)) {
        *out_women = kept[0];
        *out_all = kept[1];
        return OK;
    }
    TRY(q_tally_by_sex(c->db, c->arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        all += rows[i].cases_n;
        women += str_eq(rows[i].sex_code, S("woman")) ? rows[i].cases_n : 0;
    }
    TRY(past_unsaid(c, TOO_FEW, &women, &all));
    const bool few = women < TOO_FEW || all - women < TOO_FEW;
    kept[0] = few ? 0 : women;
    kept[1] = few ? 0 : all;
    kept_put(c, S("share"), kept, sizeof kept);
    *out_women = kept[0];
    *out_all = kept[1];
    return OK;
}
