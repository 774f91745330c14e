/* rota.c: the desk itself: which one, who hosts and runs it, when it is open, who works there. */
#include "rota_inside.h"

#include "audit.h"
#include "clock.h"
#include "lang.h"
#include "msg.h"

err rota_audit(struct ctx *c, str event, const struct q_rota_desk *desk)
{
    const struct audit_entry e = {.event = event,
                                  .home = desk->district_id.given ? desk->district_id.v : 0,
                                  .subject_kind = S("desk"),
                                  .subject_id = desk->id,
                                  .detail = STR_NONE};
    return audit_add(c, &e);
}

err rota_desks(struct ctx *c, struct q_rota_desk **out, size_t *out_n)
{
    const struct actor *who = &c->actor;
    const bool sits = who->role == ROLE_DESK || who->role == ROLE_MEMBER;
    struct q_rota_desk own;
    if (!sits) {
        return q_rota_desk(c->db, c->arena, who->unit_id, local_day(c->now_ms), out, out_n);
    }
    TRY(q_rota_desk_get(c->db, c->arena, who->office_id, &own));
    struct q_rota_desk *rows = arena_array_of(c->arena, struct q_rota_desk, 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    rows[0] = own;
    *out = rows;
    *out_n = 1;
    return OK;
}

err rota_desk(struct ctx *c, str code, struct q_rota_desk *out)
{
    struct q_rota_desk *rows;
    size_t n;
    TRY(rota_desks(c, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (code.n == 0 || str_eq(rows[i].body_code, code)) {
            *out = rows[i];
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

/* ---- who hosts and runs it ---- */

err profile_now(struct ctx *c, int64_t desk, struct q_profile_get *out)
{
    return q_profile_get(c->db, c->arena, desk, local_day(c->now_ms), out);
}

static err host_find(struct ctx *c, const struct q_rota_desk *desk, str code, int64_t *out)
{
    struct q_host_list *rows;
    size_t n;
    const struct q_host_list_in in = {
        .home = desk->district_id.v, .lang_code = lang_table[c->lang].code, .on_day = local_day(c->now_ms)};
    TRY(q_host_list(c->db, c->arena, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].body_code, code)) {
            *out = rows[i].id;
            return OK;
        }
    }
    return fail_set(c->fail, ERR_INVALID, MSG_ROTA_HOST_UNKNOWN, "host");
}

err profile_set(struct ctx *c, const struct q_rota_desk *desk, const struct profile_new *n)
{
    const int64_t today = local_day(c->now_ms);
    int64_t host = 0;
    TRY(host_find(c, desk, n->host, &host));
    if (!str_eq(n->run_by, S("host")) && str_trim(n->operator_name).n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_OPERATOR_MISSING, "operator");
    }
    TRY(q_profile_remove(c->db, desk->id, today, NULL));
    TRY(q_profile_end(c->db, today, desk->id, NULL));
    const struct q_profile_add_in row = {.body_id = desk->id,
                                         .valid_from_day = today,
                                         .home = desk->district_id.v,
                                         .host_id = host,
                                         .operator_code = n->run_by,
                                         .operator_text = n->operator_name,
                                         .letter_text = n->letter,
                                         .letter_day = n->letter_day == 0 ? NONE_I64 : SOME(n->letter_day),
                                         .letter_by_text = n->letter_by,
                                         .funder_text = n->funder,
                                         .room_text = n->room,
                                         .phone_text = n->phone};
    TRY(q_profile_add(c->db, &row, NULL));
    return rota_audit(c, S("desk.described"), desk);
}

/* ---- when it is open ---- */

err hours_set(struct ctx *c, const struct q_rota_desk *desk, int64_t weekday, int64_t from, int64_t to)
{
    TRY(q_hours_drop(c->db, desk->id, weekday, NULL));
    if (from == 0 && to == 0) {
        return rota_audit(c, S("desk.hours"), desk);
    }
    if (to <= from || to > ROTA_DAY_MINUTES) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_HOURS_WRONG, NULL);
    }
    const struct q_hours_add_in row = {
        .body_id = desk->id, .weekday_no = weekday, .from_min_n = from, .to_min_n = to};
    TRY(q_hours_add(c->db, &row, NULL));
    return rota_audit(c, S("desk.hours"), desk);
}

err closed_set(struct ctx *c, const struct q_rota_desk *desk, int64_t day, str why)
{
    if (day < local_day(c->now_ms)) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_DAY_PAST, NULL);
    }
    const str reason = str_trim(why);
    if (reason.n == 0) {
        TRY(q_closed_drop(c->db, desk->id, day, NULL));
    } else {
        const struct q_closed_add_in row = {.body_id = desk->id, .closed_day = day, .why_text = reason};
        TRY(q_closed_add(c->db, &row, NULL));
    }
    return rota_audit(c, S("desk.closed_day"), desk);
}

/* ---- who works there ---- */

static err holder_find(struct ctx *c, const struct q_rota_desk *desk, str login, struct opt_i64 *out)
{
    struct account holder;
    *out = NONE_I64;
    if (login.n == 0) {
        return OK;
    }
    const err e = account_find(c, login, &holder);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && (holder.role != ROLE_DESK || holder.office_id != desk->id))) {
        return fail_set(c->fail, ERR_INVALID, MSG_ROTA_HOLDER_UNKNOWN, NULL);
    }
    *out = SOME(holder.id);
    return e;
}

err post_set(struct ctx *c, const struct q_rota_desk *desk, str post, bool works, str login)
{
    struct q_post_last last;
    struct opt_i64 holder;
    TRY(holder_find(c, desk, works ? login : STR_NONE, &holder));
    TRY(q_post_last(c->db, c->arena, desk->id, &last));
    const struct q_post_add_in row = {.body_id = desk->id,
                                      .post_no = last.last_no + 1,
                                      .post_code = post,
                                      .role_code = works ? S("desk") : S("none"),
                                      .account_id = holder,
                                      .since_day = local_day(c->now_ms)};
    TRY(q_post_add(c->db, &row, NULL));
    return rota_audit(c, S("desk.post"), desk);
}

err post_over(struct ctx *c, const struct q_rota_desk *desk, int64_t no)
{
    int64_t ended = 0;
    const struct q_post_end_in in = {
        .body_id = desk->id, .post_no = no, .ended_day = SOME(local_day(c->now_ms))};
    TRY(q_post_end(c->db, &in, &ended));
    return ended == 0 ? FAIL(NOT_FOUND) : rota_audit(c, S("desk.post"), desk);
}
