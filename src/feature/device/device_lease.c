/* device_lease.c: see device_lease.h. */
#include "device_lease.h"

#include "event_day.h"
#include "msg.h"

static struct case_hold hold_of(const struct q_device_get *d)
{
    return (struct case_hold){.home = d->home, .holder = CASE_HELD_DEVICE, .id = d->id};
}

static err refs_take(struct ctx *c, const struct q_device_get *d, int64_t no, int64_t n)
{
    struct q_device_free_refs carried;
    const struct case_hold by = hold_of(d);
    case_ref *refs = arena_array_of(c->arena, case_ref, LEASE_REFS_MAX);
    TRY(q_device_free_refs(c->db, c->arena, d->id, &carried));
    if (n > LEASE_REFS_MAX || carried.free_n + n > LEASE_FREE_MAX) {
        return fail_set(c->fail, ERR_LIMIT, MSG_DEVICE_REFS_ENOUGH, "refs");
    }
    if (refs == NULL) {
        return FAIL(LIMIT);
    }
    TRY(case_refs_hold(c, &by, (size_t)n, refs));
    for (int64_t i = 0; i < n; i++) {
        const struct q_device_lease_ref_add_in row = {d->home, d->id, no, case_ref_digits(&refs[i])};
        TRY(q_device_lease_ref_add(c->db, &row, NULL));
    }
    return OK;
}

err lease_take(struct ctx *c, const struct q_device_get *d, int64_t n_refs, str event, int64_t n_tokens,
               int64_t *out_no)
{
    struct q_device_lease_last last;
    struct event_view v;
    TRY(q_device_lease_last(c->db, c->arena, d->home, d->id, &last));
    struct q_device_lease_add_in row = {.home = d->home,
                                        .device_id = d->id,
                                        .lease_no = last.last_no + 1,
                                        .by_id = c->actor.user_id,
                                        .leased_ms = c->now_ms,
                                        .until_ms = c->now_ms + (int64_t)LEASE_DAYS * 86400000,
                                        .refs_n = n_refs};
    if (event.n > 0 && n_tokens > 0) {
        int64_t first;
        TRY(event_find(c, event, &v));
        if (v.row.home != d->home) {
            return FAIL(NOT_FOUND);
        }
        TRY(day_tokens_lease(c, &v, d->device_code, n_tokens, &first));
        row.event_id = SOME(v.row.id);
        row.first_no = SOME(first);
        row.last_no = SOME(first + n_tokens - 1);
    }
    TRY(q_device_lease_add(c->db, &row, NULL));
    TRY(n_refs > 0 ? refs_take(c, d, row.lease_no, n_refs) : OK);
    *out_no = row.lease_no;
    return device_audit(c, d, S("device.leased"),
                        arena_printf(c->arena, "lease=%lld refs=%lld tokens=%lld", (long long)row.lease_no,
                                     (long long)n_refs, (long long)(row.event_id.given ? n_tokens : 0)));
}

err lease_read(struct ctx *c, const struct q_device_get *d, int64_t no, struct lease *out)
{
    struct q_device_lease_get row;
    struct q_device_lease_refs *refs;
    size_t n;
    struct event_view v;
    const struct q_device_lease_get_in in = {d->home, d->id, no};
    TRY(q_device_lease_get(c->db, c->arena, &in, &row));
    const struct q_device_lease_refs_in of = {d->home, d->id, no};
    TRY(q_device_lease_refs(c->db, c->arena, &of, &refs, &n));
    str *all = arena_array_of(c->arena, str, n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        all[i] = refs[i].ref_code;
    }
    struct lease l = {.no = no, .until_ms = row.until_ms, .refs = all, .refs_n = n, .event = S("")};
    if (row.event_id.given) {
        TRY(event_find_id(c, d->home, row.event_id.v, &v));
        l.event = v.row.event_code;
        l.first = row.first_no.v;
        l.last = row.last_no.v;
    }
    *out = l;
    return OK;
}

err lease_return(struct ctx *c, const struct q_device_get *d, str refs, int64_t *out_n)
{
    const struct case_hold by = hold_of(d);
    int64_t done = 0;
    while (refs.n > 0) {
        case_ref ref;
        if (case_ref_of(c->arena, str_cut(&refs, '\n'), &ref).code != ERR_OK) {
            continue;
        }
        const err e = case_ref_bar(c, &by, &ref);
        if (e.code != ERR_NOT_FOUND && e.code != ERR_CONFLICT) {
            TRY(e);
            done++;
        }
    }
    *out_n = done;
    return device_audit(c, d, S("device.returned"), arena_printf(c->arena, "refs=%lld", (long long)done));
}
