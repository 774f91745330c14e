/* shift.c: the members, and whose turn it is. */
#include "rota_inside.h"

#include "clock.h"
#include "msg.h"

enum { MINUTE_MS = 60 * 1000, NEXT_FEW = 8, WEEK_DAYS = 7, MONDAY = 1 };

/* ---- the members ---- */

bool member_former(const struct q_member_list *m, int64_t on_day)
{
    return m->seat_to_day < on_day;
}

err member_set(struct ctx *c, const struct q_rota_desk *desk, const struct member_new *n)
{
    struct account member;
    const err e = account_find(c, n->login, &member);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && (member.role != ROLE_MEMBER || member.office_id != desk->id))) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_MEMBER_UNKNOWN, NULL);
    }
    TRY(e);
    const int64_t today = local_day(c->now_ms);
    if (n->seat_to_day < today && str_trim(n->endorsed).n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_ENDORSED_MISSING, "endorsed");
    }
    const struct q_member_put_in row = {.body_id = desk->id,
                                        .account_id = member.id,
                                        .seat_text = n->seat,
                                        .seat_to_day = n->seat_to_day,
                                        .endorsed_text = str_trim(n->endorsed),
                                        .from_day = today};
    TRY(q_member_put(c->db, &row, NULL));
    return rota_audit(c, S("rota.member"), desk);
}

static err member_find(struct ctx *c, const struct q_rota_desk *desk, str login, struct q_member_list *out)
{
    struct q_member_list *rows;
    size_t n;
    TRY(q_member_list(c->db, c->arena, desk->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].login_code, login)) {
            *out = rows[i];
            return OK;
        }
    }
    return fail_set(c->fail, ERR_INVALID, MSG_ROTA_MEMBER_UNKNOWN, NULL);
}

err member_over(struct ctx *c, const struct q_rota_desk *desk, str login)
{
    struct q_member_list m;
    const int64_t today = local_day(c->now_ms);
    TRY(member_find(c, desk, login, &m));
    TRY(q_shift_drop_later(
        c->db,
        &(struct q_shift_drop_later_in){.body_id = desk->id, .account_id = m.account_id, .after_day = today},
        NULL));
    const struct q_member_end_in in = {
        .body_id = desk->id, .account_id = m.account_id, .ended_day = SOME(today)};
    TRY(q_member_end(c->db, &in, NULL));
    return rota_audit(c, S("rota.member"), desk);
}

/* ---- whose turn it is ---- */

static bool between(int64_t from, int64_t to, int64_t day, int64_t now_ms)
{
    const int64_t at = (now_ms - day_at_ms(day, 0, 0)) / MINUTE_MS;
    return at >= from && at < to;
}

bool shift_lasts(const struct q_shift_list *s, int64_t now_ms)
{
    return str_eq(s->state_code, S("planned")) && s->shift_day == local_day(now_ms) &&
           between(s->from_min_n, s->to_min_n, s->shift_day, now_ms);
}

err rota_turn(struct ctx *c, int64_t account_id, int64_t desk, struct rota_turn *out)
{
    struct q_shift_next *rows;
    size_t n;
    struct rota_turn turn = {.on = false};
    const int64_t today = local_day(c->now_ms);
    const struct q_shift_next_in in = {
        .account_id = account_id, .from_day = today, .body_id = desk, .limit = NEXT_FEW};
    TRY(q_shift_next(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n && turn.day == 0; i++) {
        const struct q_shift_next *s = &rows[i];
        if (day_at_ms(s->shift_day, 0, 0) + s->to_min_n * MINUTE_MS > c->now_ms) {
            turn = (struct rota_turn){.on = s->shift_day == today &&
                                            between(s->from_min_n, s->to_min_n, today, c->now_ms),
                                      .day = s->shift_day,
                                      .from = s->from_min_n,
                                      .to = s->to_min_n};
        }
    }
    *out = turn;
    return OK;
}

int64_t week_of(int64_t day)
{
    return day_add(day, -((day_weekday(day) + WEEK_DAYS - MONDAY) % WEEK_DAYS));
}

static bool comes(const struct q_shift_list *s)
{
    return str_eq(s->state_code, S("planned"));
}

static err day_check(struct ctx *c, int64_t day)
{
    const int64_t today = local_day(c->now_ms);
    if (day < today) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_DAY_PAST, NULL);
    }
    return days_between(today, day) > ROTA_AHEAD_DAYS ? fail_set(c->fail, ERR_INVALID, MSG_ROTA_DAY_FAR, NULL)
                                                      : OK;
}

/* Behind the end of her council's term she comes only when a letter says so. */
static err may_come(struct ctx *c, const struct q_member_list *m, int64_t day)
{
    return member_former(m, day) && m->endorsed_text.n == 0
               ? fail_set(c->fail, ERR_INVALID, MSG_ROTA_ENDORSED_MISSING, "login")
               : OK;
}

/* Whether she has a shift on that day, and how many come. */
static err day_read(struct ctx *c, int64_t desk, int64_t day, int64_t account_id, bool *out_hers,
                    size_t *out_n)
{
    struct q_shift_list *rows;
    size_t n;
    const struct q_shift_list_in in = {.body_id = desk, .from_day = day, .to_day = day};
    *out_hers = false;
    *out_n = 0;
    TRY(q_shift_list(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        *out_hers = *out_hers || rows[i].account_id == account_id;
        *out_n += comes(&rows[i]);
    }
    return OK;
}

struct shift_new {
    const struct q_member_list *who;
    int64_t day, from, to;
    struct opt_i64 instead; /* whose shift it was */
};

static err shift_put(struct ctx *c, const struct q_rota_desk *desk, const struct shift_new *n)
{
    bool hers;
    size_t there;
    TRY(may_come(c, n->who, n->day));
    TRY(day_read(c, desk->id, n->day, n->who->account_id, &hers, &there));
    if (hers) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_ROTA_SHIFT_THERE, NULL);
    }
    if (there >= ROTA_TEAM) {
        return fail_set(c->fail, ERR_LIMIT, MSG_ROTA_TEAM_FULL, NULL);
    }
    const struct q_shift_add_in row = {.body_id = desk->id,
                                       .shift_day = n->day,
                                       .account_id = n->who->account_id,
                                       .from_min_n = n->from,
                                       .to_min_n = n->to,
                                       .instead_id = n->instead,
                                       .planned_by_id = c->actor.user_id};
    return q_shift_add(c->db, &row, NULL);
}

err shift_set(struct ctx *c, const struct q_rota_desk *desk, str login, int64_t day, int64_t from, int64_t to)
{
    struct q_member_list who;
    TRY(member_find(c, desk, login, &who));
    TRY(day_check(c, day));
    if (to <= from || to > ROTA_DAY_MINUTES) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_HOURS_WRONG, NULL);
    }
    const struct shift_new n = {.who = &who, .day = day, .from = from, .to = to, .instead = NONE_I64};
    TRY(shift_put(c, desk, &n));
    return rota_audit(c, S("rota.shift"), desk);
}

/* The hours of a day, when the desk is open on it. */
static err open_on(struct ctx *c, int64_t desk, int64_t day, bool *out, int64_t *out_from, int64_t *out_to)
{
    struct q_hours_list *hours;
    struct q_closed_list *closed;
    size_t n;
    size_t closed_n;
    const struct q_closed_list_in in = {.body_id = desk, .from_day = day, .to_day = day};
    *out = false;
    TRY(q_closed_list(c->db, c->arena, &in, &closed, &closed_n));
    TRY(q_hours_list(c->db, c->arena, desk, &hours, &n));
    for (size_t i = 0; i < n && closed_n == 0; i++) {
        if (hours[i].weekday_no == day_weekday(day)) {
            *out = true;
            *out_from = hours[i].from_min_n;
            *out_to = hours[i].to_min_n;
        }
    }
    return OK;
}

static err day_plan(struct ctx *c, const struct q_rota_desk *desk, const struct shift_new *n, int64_t *io_n)
{
    bool hers;
    size_t there;
    TRY(day_read(c, desk->id, n->day, n->who->account_id, &hers, &there));
    if (hers) {
        return OK;
    }
    *io_n += 1;
    return shift_put(c, desk, n);
}

err week_plan(struct ctx *c, const struct q_rota_desk *desk, int64_t day, const str *logins, size_t n,
              int64_t *out_shifts)
{
    const int64_t monday = week_of(day);
    const int64_t today = local_day(c->now_ms);
    int64_t shifts = 0;
    int64_t days = 0;
    TRY(day_check(c, day_add(monday, WEEK_DAYS - 1)));
    for (int64_t d = 0; d < WEEK_DAYS; d++) {
        struct shift_new at = {.day = day_add(monday, d), .instead = NONE_I64};
        bool open = false;
        TRY(open_on(c, desk->id, at.day, &open, &at.from, &at.to));
        if (!open || at.day < today) {
            continue;
        }
        days++;
        for (size_t i = 0; i < n; i++) {
            struct q_member_list who;
            TRY(member_find(c, desk, logins[i], &who));
            at.who = &who;
            TRY(day_plan(c, desk, &at, &shifts));
        }
    }
    if (days == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_WEEK_CLOSED, NULL);
    }
    *out_shifts = shifts;
    return rota_audit(c, S("rota.week"), desk);
}

/* ---- she does not come ---- */

static err shift_find(struct ctx *c, const struct q_rota_desk *desk, str login, int64_t day,
                      struct q_member_list *out_who, struct q_shift_get *out)
{
    TRY(member_find(c, desk, login, out_who));
    TRY(day_check(c, day));
    const err e = q_shift_get(
        c->db, c->arena,
        &(struct q_shift_get_in){.body_id = desk->id, .shift_day = day, .account_id = out_who->account_id},
        out);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !str_eq(out->state_code, S("planned")))) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_SHIFT_NONE, NULL);
    }
    return e;
}

static err shift_given_up(struct ctx *c, const struct q_rota_desk *desk, int64_t account_id, int64_t day,
                          struct opt_i64 instead)
{
    const struct q_shift_mark_in in = {.state_code = instead.given ? S("swapped") : S("absent"),
                                       .instead_id = instead,
                                       .body_id = desk->id,
                                       .shift_day = day,
                                       .account_id = account_id};
    return q_shift_mark(c->db, &in, NULL);
}

err shift_absent(struct ctx *c, const struct q_rota_desk *desk, str login, int64_t day)
{
    struct q_member_list who;
    struct q_shift_get shift;
    TRY(shift_find(c, desk, login, day, &who, &shift));
    TRY(shift_given_up(c, desk, who.account_id, day, NONE_I64));
    return rota_audit(c, S("rota.absent"), desk);
}

err shift_swap(struct ctx *c, const struct q_rota_desk *desk, str login, int64_t day, str instead)
{
    struct q_member_list who = {0};
    struct q_member_list other = {0};
    struct q_shift_get shift;
    TRY(shift_find(c, desk, login, day, &who, &shift));
    TRY(member_find(c, desk, instead, &other));
    TRY(shift_given_up(c, desk, who.account_id, day, SOME(other.account_id)));
    const struct shift_new n = {.who = &other,
                                .day = day,
                                .from = shift.from_min_n,
                                .to = shift.to_min_n,
                                .instead = SOME(who.account_id)};
    TRY(shift_put(c, desk, &n));
    return rota_audit(c, S("rota.swapped"), desk);
}

/* ---- what the next shift has to know ---- */

err note_set(struct ctx *c, const struct q_rota_desk *desk, str words)
{
    const str said = str_trim(words);
    if (said.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_NOTE_MISSING, "words");
    }
    const struct q_note_add_in row = {.body_id = desk->id,
                                      .id = id_next(c),
                                      .noted_day = local_day(c->now_ms),
                                      .by_id = c->actor.user_id,
                                      .words_text = said,
                                      .noted_ms = c->now_ms};
    TRY(q_note_add(c->db, &row, NULL));
    return rota_audit(c, S("rota.note"), desk);
}
