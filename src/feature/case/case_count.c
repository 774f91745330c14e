/* case_count.c: how many cases stand where, for pages: read from summary rows, of the districts of the
 * actor's scope. */
#include "case_scope.h"

static void counts_add(struct case_counts *sum, const struct q_tally_by_state *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct q_tally_by_state *r = &rows[i];
        const bool known = r->flow_state >= 0 && r->flow_state < CASE_STATES;
        const bool open = known && flow_open(&complaint_kind, (unsigned)r->flow_state);
        if (known) {
            sum->by_state[r->flow_state] += r->cases_n;
        }
        sum->all += r->cases_n;
        sum->women += str_eq(r->sex_code, S("woman")) ? r->cases_n : 0;
        sum->no_funds += open && str_eq(r->reason_code, S("no_funds")) ? r->cases_n : 0;
    }
}

err case_count(struct ctx *c, enum case_kind kind, struct case_counts *out)
{
    struct scope scope;
    struct case_counts sum = {.all = 0};
    TRY(scope_of(c, &scope));
    for (size_t i = 0; i < scope.homes_n; i++) {
        struct q_tally_by_state *rows;
        size_t n;
        if (scope.tehsil.given) {
            const struct q_tally_by_state_tehsil_in in = {
                .home = scope.homes[i], .case_kind_code = case_kind_code(kind), .tehsil_id = scope.tehsil.v};
            TRY(q_tally_by_state_tehsil(c->db, c->arena, &in, &rows, &n));
        } else {
            TRY(q_tally_by_state(c->db, c->arena, scope.homes[i], case_kind_code(kind), &rows, &n));
        }
        counts_add(&sum, rows, n);
    }
    *out = sum;
    return OK;
}

err case_women_share(struct ctx *c, int64_t *out_women, int64_t *out_all)
{
    enum { TOO_FEW = 5 };
    struct q_tally_by_sex *rows;
    size_t n;
    int64_t women = 0;
    int64_t all = 0;
    TRY(q_tally_by_sex(c->db, c->arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        all += rows[i].cases_n;
        women += str_eq(rows[i].sex_code, S("woman")) ? rows[i].cases_n : 0;
    }
    const bool few = women < TOO_FEW || all - women < TOO_FEW;
    *out_women = few ? 0 : women;
    *out_all = few ? 0 : all;
    return OK;
}
