/* visit.c: the desk, its numbers and its visits. */
#include "visit_inside.h"

#include "audit.h"
#include "clock.h"
#include "made_by.h"

err visit_desk_own(struct ctx *c, struct visit_desk *out)
{
    struct q_visit_desk_by_id row;
    if (c->actor.home == 0 || c->actor.office_id == 0) {
        return FAIL(DENIED);
    }
    const err e = q_visit_desk_by_id(c->db, c->arena, c->actor.office_id, local_day(c->now_ms), &row);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && row.home.v != c->actor.home)) {
        return FAIL(DENIED);
    }
    TRY(e);
    *out = (struct visit_desk){.home = row.home.v, .id = row.id, .code = row.body_code};
    return OK;
}

err visit_desk_find(struct ctx *c, str code, struct visit_desk *out)
{
    struct q_visit_desk_by_code row;
    TRY(q_visit_desk_by_code(c->db, c->arena, code, local_day(c->now_ms), &row));
    *out = (struct visit_desk){.home = row.home, .id = row.id, .code = row.body_code};
    return OK;
}

bool visit_code_in(str code, const char *const *codes)
{
    for (size_t i = 0; codes[i] != NULL; i++) {
        if (str_eq(code, str_of(codes[i]))) {
            return true;
        }
    }
    return false;
}

err desk_note(struct ctx *c, const struct visit_desk *d, str event)
{
    const struct audit_entry e = {
        .event = event, .home = d->home, .subject_kind = S("desk"), .subject_id = d->id};
    return audit_add(c, &e);
}

err figure_note(struct ctx *c, const struct visit_desk *d, str figure, str kind, str sex, int64_t n)
{
    const struct q_figure_add_in in = {.home = d->home,
                                       .desk_id = d->id,
                                       .figure_month = local_month(c->now_ms),
                                       .figure_code = figure,
                                       .figure_kind = kind,
                                       .sex_code = sex,
                                       .figure_n = n};
    return q_figure_add(c->db, &in, NULL);
}

/* ---- numbers ---- */

err record_same(struct ctx *c, bool same)
{
    return same ? OK : fail_set(c->fail, ERR_CONFLICT, MSG_DAY_RECORD_OTHER, "record");
}

static err token_before(struct ctx *c, const struct visit_desk *d, str turn, str record, int64_t *out_no)
{
    struct q_desk_token_by_record row;
    TRY(q_desk_token_by_record(c->db, c->arena, d->home, record, &row));
    *out_no = row.token_no;
    return record_same(c, row.desk_id == d->id && str_eq(row.turn_code, turn));
}

err token_give(struct ctx *c, str turn, str record, int64_t *out_no)
{
    struct visit_desk d;
    struct q_desk_token_last last;
    TRY(visit_desk_own(c, &d));
    if (!visit_code_in(turn, visit_turn_codes)) {
        return fail_set(c->fail, ERR_INVALID, 0, "turn");
    }
    if (record.n > 0) {
        const err e = token_before(c, &d, turn, record, out_no);
        if (e.code != ERR_NOT_FOUND) {
            return e;
        }
    }
    const struct q_desk_token_last_in of = {d.home, d.id, local_day(c->now_ms)};
    TRY(q_desk_token_last(c->db, c->arena, &of, &last));
    if (last.last_n >= TOKENS_DAY_MOST) {
        return fail_set(c->fail, ERR_LIMIT, MSG_VISIT_TOKENS_FULL, NULL);
    }
    const struct q_desk_token_add_in in = {.home = d.home,
                                           .desk_id = d.id,
                                           .token_day = of.token_day,
                                           .token_no = last.last_n + 1,
                                           .turn_code = turn,
                                           .given_ms = c->now_ms,
                                           .record_code = record.n > 0 ? record : STR_NONE};
    TRY(q_desk_token_add(c->db, &in, NULL));
    TRY(figure_note(c, &d, S("token"), turn, S(""), 1));
    TRY(desk_note(c, &d, S("desk.token_given")));
    *out_no = in.token_no;
    return OK;
}

err tokens_open(struct ctx *c, const struct visit_desk *d, struct q_desk_token_open **out, size_t *out_n)
{
    const struct q_desk_token_open_in in = {d->home, d->id, local_day(c->now_ms), TOKENS_SHOWN};
    return q_desk_token_open(c->db, c->arena, &in, out, out_n);
}

static err token_change(struct ctx *c, const struct visit_desk *d, int64_t no, str how, struct opt_i64 called)
{
    const struct q_desk_token_set_in in = {.called_ms = called,
                                           .token_code = how,
                                           .home = d->home,
                                           .desk_id = d->id,
                                           .token_day = local_day(c->now_ms),
                                           .token_no = no};
    return q_desk_token_set(c->db, &in, NULL);
}

/* She waited from the number to the call, in whole minutes: what is asked for is their median. */
static err wait_note(struct ctx *c, const struct visit_desk *d, int64_t given_ms)
{
    enum { WAIT_MOST = 999 };
    int64_t minutes = (c->now_ms - given_ms) / MS_PER_MINUTE;
    minutes = minutes < 0 ? 0 : minutes > WAIT_MOST ? WAIT_MOST : minutes;
    return figure_note(c, d, S("wait"), arena_printf(c->arena, "%03d", (int)minutes), S(""), 1);
}

err token_next(struct ctx *c, int64_t *out_no)
{
    struct visit_desk d;
    struct q_desk_token_open *rows;
    size_t n;
    TRY(visit_desk_own(c, &d));
    const struct q_desk_token_open_in in = {d.home, d.id, local_day(c->now_ms), TOKENS_DAY_MOST};
    TRY(q_desk_token_open(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].token_code, S("waiting"))) {
            TRY(token_change(c, &d, rows[i].token_no, S("called"), SOME(c->now_ms)));
            TRY(wait_note(c, &d, rows[i].given_ms));
            TRY(desk_note(c, &d, S("desk.token_called")));
            *out_no = rows[i].token_no;
            return OK;
        }
    }
    return fail_set(c->fail, ERR_CONFLICT, MSG_VISIT_NOBODY_WAITS, NULL);
}

err token_end(struct ctx *c, const struct visit_desk *d, int64_t no, str how)
{
    struct q_desk_token_get row;
    const struct q_desk_token_get_in in = {d->home, d->id, local_day(c->now_ms), no};
    const err e = q_desk_token_get(c->db, c->arena, &in, &row);
    const bool open =
        e.code == ERR_OK && (str_eq(row.token_code, S("waiting")) || str_eq(row.token_code, S("called")));
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    if (!open) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_VISIT_TOKEN_OVER, "token");
    }
    const bool served = str_eq(how, S("served"));
    if (served && !row.called_ms.given) { /* she was taken without being called */
        TRY(wait_note(c, d, row.given_ms));
    }
    TRY(token_change(c, d, no, how, served ? SOME(c->now_ms) : (struct opt_i64){.given = false}));
    return figure_note(c, d, how, row.turn_code, S(""), 1);
}

err token_left(struct ctx *c, int64_t no)
{
    struct visit_desk d;
    TRY(visit_desk_own(c, &d));
    TRY(token_end(c, &d, no, S("left")));
    return desk_note(c, &d, S("desk.token_left"));
}

/* ---- visits ---- */

static bool showed_herself(const struct visit_new *v)
{
    return v->online.n > 0 && v->self;
}

static err visit_before(struct ctx *c, const struct visit_desk *d, const struct visit_new *v, int64_t *out_no)
{
    struct q_visit_by_record row;
    TRY(q_visit_by_record(c->db, c->arena, d->home, v->record, &row));
    *out_no = row.visit_no;
    return record_same(c, row.desk_id == d->id && str_eq(row.sex_code, v->sex) &&
                              str_eq(row.outcome_code, v->outcome) && str_eq(row.online_code, v->online) &&
                              (row.self_flag != 0) == showed_herself(v) &&
                              row.minutes_n.given == v->minutes.given &&
                              (!v->minutes.given || row.minutes_n.v == v->minutes.v));
}

static err visit_check(struct ctx *c, const struct visit_new *v)
{
    const bool online = str_eq(v->outcome, S("online"));
    if (!visit_code_in(v->sex, visit_sex_codes) || !visit_code_in(v->outcome, visit_outcome_codes)) {
        return fail_set(c->fail, ERR_INVALID, 0, "outcome");
    }
    if (online && !visit_code_in(v->online, visit_online_codes)) {
        return fail_set(c->fail, ERR_INVALID, MSG_VISIT_ONLINE_NEEDED, "online");
    }
    if (v->minutes.given && (v->minutes.v < 0 || v->minutes.v > VISIT_MINUTES_MOST)) {
        return fail_set(c->fail, ERR_INVALID, MSG_VISIT_MINUTES_WRONG, "minutes");
    }
    return OK;
}

/* The figures that one visit is counted in; n is 1, or -1 when it is taken back. */
static err visit_count(struct ctx *c, const struct visit_desk *d, const struct visit_new *v, int64_t n)
{
    TRY(figure_note(c, d, S("visit"), v->outcome, v->sex, n));
    if (v->online.n > 0) {
        TRY(figure_note(c, d, S("online"), v->online, v->sex, n));
    }
    if (v->online.n > 0 && v->self) {
        TRY(figure_note(c, d, S("shown"), v->online, v->sex, n));
    }
    if (v->minutes.given) {
        TRY(figure_note(c, d, S("minutes"), v->outcome, S(""), n * v->minutes.v));
        TRY(figure_note(c, d, S("timed"), v->outcome, S(""), n));
    }
    return OK;
}

static err visit_write(struct ctx *c, const struct visit_desk *d, const struct visit_new *v, int64_t *out_no)
{
    struct q_visit_last last;
    const struct q_visit_last_in of = {d->home, d->id, local_day(c->now_ms)};
    TRY(q_visit_last(c->db, c->arena, &of, &last));
    const struct q_visit_put_in in = {.home = d->home,
                                      .desk_id = d->id,
                                      .visit_day = of.visit_day,
                                      .visit_no = last.last_n + 1,
                                      .sex_code = v->sex,
                                      .outcome_code = v->outcome,
                                      .online_code = v->online,
                                      .self_flag = showed_herself(v),
                                      .minutes_n = v->minutes,
                                      .record_code = v->record.n > 0 ? v->record : STR_NONE,
                                      .made_by_id = made_by(c),
                                      .made_ms = c->now_ms};
    TRY(q_visit_put(c->db, &in, NULL));
    *out_no = in.visit_no;
    return OK;
}

err visit_add(struct ctx *c, const struct visit_new *told, int64_t *out_no)
{
    struct visit_desk d;
    struct visit_new v = *told;
    TRY(visit_desk_own(c, &d));
    TRY(visit_check(c, &v));
    if (!str_eq(v.outcome, S("online"))) {
        v.online = S("");
    }
    if (v.record.n > 0) {
        const err e = visit_before(c, &d, &v, out_no);
        if (e.code != ERR_NOT_FOUND) {
            return e;
        }
    }
    if (v.token.given) {
        TRY(token_end(c, &d, v.token.v, S("served")));
    }
    TRY(visit_write(c, &d, &v, out_no));
    TRY(visit_count(c, &d, &v, 1));
    return desk_note(c, &d, S("desk.visit"));
}

err visit_undo(struct ctx *c, int64_t no)
{
    struct visit_desk d;
    struct q_visit_today row;
    TRY(visit_desk_own(c, &d));
    const struct q_visit_get_in of = {d.home, d.id, local_day(c->now_ms), no};
    TRY(q_visit_get(c->db, c->arena, &of, &row));
    if (row.undone_ms.given || !row.made_by_id.given || row.made_by_id.v != c->actor.user_id) {
        return FAIL(NOT_FOUND);
    }
    const struct q_visit_take_back_in in = {SOME(c->now_ms), d.home, d.id, of.visit_day, no};
    TRY(q_visit_take_back(c->db, &in, NULL));
    const struct visit_new v = {.sex = row.sex_code,
                                .outcome = row.outcome_code,
                                .online = row.online_code,
                                .self = row.self_flag != 0,
                                .minutes = row.minutes_n};
    TRY(visit_count(c, &d, &v, -1));
    return desk_note(c, &d, S("desk.visit_undone"));
}

err visits_today(struct ctx *c, struct q_visit_today **out, size_t *out_n)
{
    struct visit_desk d;
    TRY(visit_desk_own(c, &d));
    const struct q_visit_today_in in = {d.home, d.id, local_day(c->now_ms), VISITS_SHOWN};
    return q_visit_today(c->db, c->arena, &in, out, out_n);
}
