#include "case_bar.h"

#include "clock.h"
#include "msg.h"

static err bar(struct ctx *c, const struct bar_case *at, int64_t who, str why)
{
    const struct q_bar_add_in row = {
        .home = at->home, .barred_id = who, .case_id = at->case_id, .why_code = why};
    return q_bar_add(c->db, &row, NULL);
}

static err head_find(struct ctx *c, int64_t unit, str kind, struct opt_i64 *out)
{
    struct q_past_to *rows;
    size_t n;
    const struct q_past_to_in in = {.unit_id = unit, .body_kind_code = kind, .on_day = local_day(c->now_ms)};
    TRY(q_past_to(c->db, c->arena, &in, &rows, &n));
    *out = n > 0 ? SOME(rows[0].id) : NONE_I64;
    return OK;
}

err bar_past_find(struct ctx *c, int64_t home, struct opt_i64 division, struct bar_past *out)
{
    struct q_past_desks *desks;
    size_t n;
    bool head = false;
    TRY(q_past_desks(c->db, c->arena, local_day(c->now_ms), home, &desks, &n));
    struct bar_past p = {.closed = arena_array_of(c->arena, int64_t, 2 * n + 1), .to = NONE_I64};
    if (p.closed == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (c->actor.role == ROLE_DESK && desks[i].id != c->actor.office_id) {
            continue;
        }
        p.closed[p.closed_n++] = desks[i].id;
        if (desks[i].host_id.given) {
            p.closed[p.closed_n++] = desks[i].host_id.v;
            head = head || str_eq(desks[i].host_kind_code, S("dc"));
        }
    }
    if (head) { /* the head of the district is the host: nobody of the district looks into it */
        p.closed[p.closed_n++] = home;
        TRY(division.given ? head_find(c, division.v, S("commissioner"), &p.to) : OK);
    } else {
        TRY(head_find(c, home, S("dc"), &p.to));
    }
    *out = p;
    return OK;
}

err bar_past_add(struct ctx *c, const struct bar_case *at, const struct bar_past *past)
{
    for (size_t i = 0; i < past->closed_n; i++) {
        TRY(bar(c, at, past->closed[i], S("about")));
    }
    return OK;
}

err bar_room(struct ctx *c, const struct bar_case *at, str said)
{
    struct account member;
    const bool somebody = said.n > 0 && !str_eq(said, S("nobody"));
    if (said.n == 0) {
        return OK;
    }
    const struct q_room_add_in row = {
        .home = at->home, .case_id = at->case_id, .room_code = somebody ? S("somebody") : S("nobody")};
    TRY(q_room_add(c->db, &row, NULL));
    if (!somebody) {
        return OK;
    }
    const err e = account_find(c, said, &member);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && (member.role != ROLE_MEMBER || member.office_id != c->actor.office_id))) {
        return fail_set(c->fail, ERR_INVALID, MSG_DESK_ROOM_UNKNOWN, "room");
    }
    TRY(e);
    return bar(c, at, member.id, S("asked"));
}

err bar_stands(struct ctx *c, const struct case_view *v, int64_t office_id, bool *out)
{
    struct q_bar_get *rows;
    size_t n;
    const struct q_bar_get_in in = {
        .home = v->row.home, .barred_id = office_id, .also_id = office_id, .case_id = v->row.id};
    TRY(q_bar_get(c->db, c->arena, &in, &rows, &n));
    *out = n > 0;
    return OK;
}

err case_past_desk(struct ctx *c, const struct case_view *v, bool *out)
{
    struct q_bar_list *rows;
    size_t n;
    TRY(q_bar_list(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    *out = false;
    for (size_t i = 0; i < n; i++) {
        *out = *out || str_eq(rows[i].why_code, S("about"));
    }
    return OK;
}

err case_room(struct ctx *c, const struct case_view *v, str *out)
{
    struct q_room_list *rows;
    size_t n;
    TRY(q_room_list(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    *out = n > 0 ? rows[0].room_code : S("");
    return OK;
}
