/* overview.c: what waits for a supervisor. */
#include "case_scope.h"
#include "clock.h"
#include "oversight.h"

#include <stdlib.h>

void waiting_filter(enum waiting what, enum case_kind kind, struct case_filter *out)
{
    static const struct {
        int state; /* -1: open ones */
        unsigned marks;
        str reason;
    } of[WAIT_N] = {
        [WAIT_UNASSIGNED] = {.state = CASE_REGISTERED},
        [WAIT_REOPENED] = {.state = CASE_REOPENED},
        [WAIT_CONTESTED] = {.state = CASE_REOPENED, .marks = MARK_REJECTED},
        [WAIT_PARTLY] = {.state = CASE_PARTLY},
        [WAIT_NOT_SOLVED] = {.state = CASE_NOT_SOLVED},
        [WAIT_NO_FUNDS] = {.state = -1, .reason = S_INIT("no_funds")},
        [WAIT_ANSWER] = {.state = CASE_AWAITING_ANSWER},
        [WAIT_HANDED_OVER] = {.state = CASE_HANDED_OVER},
    };
    *out = (struct case_filter){.kind = case_kind_code(kind),
                                .state = {of[what].state >= 0, of[what].state},
                                .open = of[what].state < 0,
                                .marks = of[what].marks,
                                .reason = of[what].reason};
}

static err kind_counted(struct ctx *c, enum case_kind kind, struct overview *io)
{
    struct case_counts counts;
    struct case_filter contested;
    TRY(case_count(c, kind, &counts));
    for (int w = 0; w < WAIT_N; w++) {
        struct case_filter f;
        waiting_filter((enum waiting)w, kind, &f);
        io->n[w][kind] = f.state.given ? counts.by_state[f.state.v] : counts.no_funds;
    }
    waiting_filter(WAIT_CONTESTED, kind, &contested);
    io->n[WAIT_CONTESTED][kind] = 0;
    if (io->n[WAIT_REOPENED][kind] > 0) {
        TRY(case_list_count(c, &contested, CONTESTED_MOST, &io->n[WAIT_CONTESTED][kind]));
    }
    io->all[kind] = counts.all;
    io->women[kind] = counts.women;
    return OK;
}

/* ---- late, by office ---- */

static int64_t late_sum(const struct late_office *o)
{
    int64_t sum = 0;
    for (size_t k = 0; k < CASE_KINDS; k++) {
        sum += o->late[k];
    }
    return sum;
}

static int late_order(const void *left, const void *right)
{
    const int64_t a = late_sum(left);
    const int64_t b = late_sum(right);
    return (b > a) - (b < a);
}

static bool same(struct opt_i64 a, struct opt_i64 b)
{
    return a.given == b.given && (!a.given || a.v == b.v);
}

static err late_add(struct ctx *c, const struct q_late_by_office *rows, size_t n, struct overview *io)
{
    struct late_office *all = arena_array_of(c->arena, struct late_office, io->late_n + n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < io->late_n; i++) {
        all[i] = io->late[i];
    }
    io->late = all;
    for (size_t i = 0; i < n; i++) {
        enum case_kind kind;
        size_t at = 0;
        TRY(case_kind_of(rows[i].case_kind_code, &kind));
        while (at < io->late_n && !same(all[at].office, rows[i].office_id)) {
            at++;
        }
        if (at == io->late_n) {
            all[io->late_n++] = (struct late_office){.office = rows[i].office_id};
        }
        all[at].late[kind] += rows[i].cases_n;
    }
    return OK;
}

static err late_counted(struct ctx *c, struct overview *io)
{
    struct scope scope;
    struct q_body_names *names;
    size_t names_n;
    TRY(scope_of(c, &scope));
    for (size_t i = 0; i < scope.homes_n; i++) {
        const struct q_late_by_office_in in = {.home = scope.homes[i],
                                               .tehsil_id = scope.tehsil,
                                               .now_ms = c->now_ms,
                                               .barred_id = scope.barred,
                                               .also_id = scope.also};
        struct q_late_by_office *rows;
        size_t n;
        TRY(q_late_by_office(c->db, c->arena, &in, &rows, &n));
        TRY(late_add(c, rows, n, io));
    }
    int64_t *ids = arena_array_of(c->arena, int64_t, io->late_n + 1);
    if (ids == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < io->late_n; i++) {
        ids[i] = io->late[i].office.given ? io->late[i].office.v : 0;
    }
    TRY(office_names(c, ids, io->late_n, &names, &names_n));
    for (size_t i = 0; i < io->late_n; i++) {
        for (size_t k = 0; k < names_n; k++) {
            if (io->late[i].office.given && names[k].id == io->late[i].office.v) {
                io->late[i].code = names[k].body_code;
                io->late[i].name = names[k].name_text;
            }
        }
    }
    if (io->late_n == 0) {
        return OK;
    }
    qsort(io->late, io->late_n, sizeof(struct late_office), late_order);
    return OK;
}

err overview_of(struct ctx *c, struct overview *out)
{
    *out = (struct overview){.late_n = 0};
    for (int k = 0; k < CASE_KINDS; k++) {
        TRY(kind_counted(c, (enum case_kind)k, out));
    }
    return late_counted(c, out);
}

err overview_calls(struct ctx *c, struct q_past_calls **out, size_t *out_n)
{
    struct scope scope;
    struct q_past_calls *all = arena_array_of(c->arena, struct q_past_calls, PAST_CALLS_MOST);
    size_t n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    TRY(scope_of(c, &scope));
    for (size_t i = 0; i < scope.homes_n && c->actor.role == ROLE_ADC && n < PAST_CALLS_MOST; i++) {
        struct q_past_calls *rows;
        size_t rows_n;
        const struct q_past_calls_in in = {.home = scope.homes[i],
                                           .past_id = c->actor.office_id,
                                           .until_day = local_day(c->now_ms),
                                           .limit = (int64_t)(PAST_CALLS_MOST - n)};
        TRY(q_past_calls(c->db, c->arena, &in, &rows, &rows_n));
        for (size_t k = 0; k < rows_n; k++) {
            all[n++] = rows[k];
        }
    }
    *out = all;
    *out_n = n;
    return OK;
}
