/* calls.c: whom to call now, and when it is safe to. */
#include "clock.h"
#include "desk.h"

/* Whole hours of the local day in which she may be called; what was never asked is any hour of the office. */
static const struct {
    str code;
    int from, to;
} hours[] = {
    {S_INIT("any"), 9, 20},        {S_INIT("morning"), 9, 12},  {S_INIT("midday"), 12, 15},
    {S_INIT("afternoon"), 15, 18}, {S_INIT("evening"), 18, 20},
};

bool call_hour_safe(str when, int hour)
{
    const size_t any = 0;
    size_t at = any;
    for (size_t i = 0; i < sizeof hours / sizeof hours[0]; i++) {
        if (str_eq(hours[i].code, when)) {
            at = i;
        }
    }
    return hour >= hours[at].from && hour < hours[at].to;
}

enum call_time call_time_of(const struct q_calls_due *row, int64_t now_ms)
{
    if (!row->reachable_flag) {
        return CALL_WHEN_SHE_COMES;
    }
    return call_hour_safe(row->when_code, local_of(now_ms).hour) ? CALL_NOW : CALL_LATER;
}

err calls_due(struct ctx *c, struct q_calls_due **out, size_t *out_n)
{
    const struct q_calls_due_in in = {.home = c->actor.home,
                                      .until_day = local_day(c->now_ms),
                                      .barred_id = c->actor.office_id,
                                      .limit = CALLS_SHOWN};
    return q_calls_due(c->db, c->arena, &in, out, out_n);
}

err elsewhere_waiting(struct ctx *c, struct q_elsewhere_waiting **out, size_t *out_n)
{
    const struct q_elsewhere_waiting_in in = {.home = c->actor.home,
                                              .flow_state = CASE_REGISTERED,
                                              .barred_id = c->actor.office_id,
                                              .limit = CALLS_SHOWN};
    return q_elsewhere_waiting(c->db, c->arena, &in, out, out_n);
}
