#include "clock.h"
#include "flow.h"

enum { OFFICE_CLOSES_HOUR = 16 };

int64_t due_at(int64_t from_ms, int64_t days)
{
    return day_at_ms(day_add(local_day(from_ms), days), OFFICE_CLOSES_HOUR, 0);
}

static err last_round(struct ctx *c, const struct subject *s, str clock, struct q_deadline_last *out)
{
    const struct q_deadline_last_in in = {
        .home = s->home, .kind_no = s->kind->kind_no, .subject_id = s->id, .clock_code = clock};
    return q_deadline_last(c->db, c->arena, &in, out);
}

static err round_set(struct ctx *c, const struct subject *s, str clock, const struct q_deadline_last *round)
{
    const struct q_deadline_set_in in = {
        .due_ms = round->due_ms,
        .paused_ms = round->paused_ms,
        .paused_days = round->paused_days,
        .stopped_ms = round->stopped_ms,
        .basis_text = round->basis_text,
        .home = s->home,
        .kind_no = s->kind->kind_no,
        .subject_id = s->id,
        .clock_code = clock,
        .round_no = round->round_no,
    };
    return q_deadline_set(c->db, &in, NULL);
}

err clock_start(struct ctx *c, const struct subject *s, str clock, const struct promise *p,
                int64_t *out_due_ms)
{
    struct q_deadline_last before;
    const err found = last_round(c, s, clock, &before);
    if (found.code != ERR_OK && found.code != ERR_NOT_FOUND) {
        return found;
    }
    const struct q_deadline_add_in row = {
        .home = s->home,
        .kind_no = s->kind->kind_no,
        .subject_id = s->id,
        .clock_code = clock,
        .round_no = found.code == ERR_OK ? before.round_no + 1 : 1,
        .started_ms = p->from_ms,
        .due_ms = due_at(p->from_ms, p->days),
        .basis_text = p->basis,
    };
    TRY(q_deadline_add(c->db, &row, NULL));
    *out_due_ms = row.due_ms;
    return OK;
}

err clock_pause(struct ctx *c, const struct subject *s, str clock)
{
    struct q_deadline_last round;
    TRY(last_round(c, s, clock, &round));
    if (round.paused_ms.given || round.stopped_ms.given) {
        return OK;
    }
    round.paused_ms = SOME(c->now_ms);
    return round_set(c, s, clock, &round);
}

err clock_go_on(struct ctx *c, const struct subject *s, str clock, int64_t *out_due_ms)
{
    struct q_deadline_last round;
    TRY(last_round(c, s, clock, &round));
    if (round.paused_ms.given && !round.stopped_ms.given) {
        const int64_t left = PAUSE_DAYS_MAX - round.paused_days;
        int64_t days = days_between(local_day(round.paused_ms.v), local_day(c->now_ms));
        days = days < 0 ? 0 : days > left ? left : days;
        round.due_ms += days * MS_PER_DAY;
        round.paused_days += days;
        round.paused_ms = NONE_I64;
        TRY(round_set(c, s, clock, &round));
    }
    *out_due_ms = round.due_ms;
    return OK;
}

err clock_stop(struct ctx *c, const struct subject *s, str clock)
{
    struct q_deadline_last round;
    TRY(last_round(c, s, clock, &round));
    if (round.stopped_ms.given) {
        return OK;
    }
    round.stopped_ms = SOME(c->now_ms);
    round.paused_ms = NONE_I64;
    return round_set(c, s, clock, &round);
}

err clock_move(struct ctx *c, const struct subject *s, str clock, int64_t days, str basis,
               int64_t *out_due_ms)
{
    struct q_deadline_last round;
    TRY(last_round(c, s, clock, &round));
    round.due_ms = due_at(round.started_ms, days + round.paused_days);
    round.stopped_ms = NONE_I64;
    round.basis_text = basis;
    TRY(round_set(c, s, clock, &round));
    *out_due_ms = round.due_ms;
    return OK;
}
