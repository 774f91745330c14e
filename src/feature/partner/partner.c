/* partner.c: who reaches what, offices, and groups with their members. */
#include "partner.h"

#include "audit.h"
#include "case_scope.h"
#include "clock.h"
#include "lang.h"
#include "msg.h"
#include "partner_inside.h"
#include "place.h"

/* ---- shared ---- */

err partner_reaches(struct ctx *c, int64_t home, bool *out)
{
    struct scope s;
    *out = false;
    TRY(scope_of(c, &s));
    for (size_t i = 0; i < s.homes_n; i++) {
        *out = *out || s.homes[i] == home;
    }
    return OK;
}

err partner_plans(struct ctx *c, int64_t home)
{
    const enum role r = c->actor.role;
    const bool may = r == ROLE_DESK || r == ROLE_SUPERVISOR || r == ROLE_ADC;
    return may && c->actor.home == home ? OK : fail_set(c->fail, ERR_DENIED, MSG_PARTNER_NOT_YOURS, "action");
}

err partner_code(struct ctx *c, str kind, int64_t home, int64_t no, str *out)
{
    struct q_place_by_id unit;
    TRY(q_place_by_id(c->db, c->arena, home, &unit));
    *out = arena_printf(c->arena, "%.*s-%.*s-%03lld", STR_F(kind), STR_F(unit.unit_code), (long long)no);
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

err partner_audit(struct ctx *c, int64_t home, int64_t id, str event, str code)
{
    const struct audit_entry entry = {
        .event = event, .home = home, .subject_kind = S("partner"), .subject_id = id, .detail = code};
    return audit_add(c, &entry);
}

err partner_office(struct ctx *c, str code, int64_t home, enum partner_office_as as, int64_t *out)
{
    static const char *const fields[] = {
        [OFFICE_HOST] = "host", [OFFICE_PARTNER] = "partner", [OFFICE_MEMBER] = "office"};
    struct q_partner_office row;
    const err e = q_partner_office(c->db, c->arena, code, local_day(c->now_ms), &row);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && home != 0 && !(row.home.given && row.home.v == home))) {
        return fail_set(c->fail, ERR_INVALID, MSG_PARTNER_OFFICE_UNKNOWN, fields[as]);
    }
    TRY(e);
    *out = row.id;
    return OK;
}

err partner_offices(struct ctx *c, struct q_partner_offices **out, size_t *out_n)
{
    const struct q_partner_offices_in in = {
        .lang_code = lang_table[c->lang].code, .home = c->actor.home, .on_day = local_day(c->now_ms)};
    return q_partner_offices(c->db, c->arena, &in, out, out_n);
}

/* ---- groups ---- */

err circle_make(struct ctx *c, const struct circle_new *n, str *out_code)
{
    struct q_circle_last_no last;
    struct q_circle_of_series there;
    const int64_t home = c->actor.home;
    TRY(partner_plans(c, home));
    const str series = str_trim(n->series);
    if (series.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_PARTNER_SERIES_MISSING, "series");
    }
    const struct q_circle_of_series_in key = {
        .home = home, .event_kind_code = n->kind, .series_text = series};
    const err e = q_circle_of_series(c->db, c->arena, &key, &there);
    if (e.code != ERR_NOT_FOUND) {
        return e.code == ERR_OK ? fail_set(c->fail, ERR_CONFLICT, MSG_PARTNER_SERIES_THERE, "series") : e;
    }
    TRY(q_circle_last_no(c->db, c->arena, home, &last));
    struct q_circle_add_in row = {
        .home = home,
        .id = id_next(c),
        .circle_no = last.last_no + 1,
        .event_kind_code = n->kind,
        .series_text = series,
        .goals_text = n->goals.n == 0 ? S("") : str_trim(n->goals),
        .created_by_id = SOME(c->actor.user_id),
        .created_ms = c->now_ms,
    };
    TRY(partner_code(c, S("GR"), home, row.circle_no, &row.circle_code));
    TRY(q_circle_add(c->db, &row, NULL));
    *out_code = row.circle_code;
    return partner_audit(c, home, row.id, S("circle.made"), row.circle_code);
}

err circle_find(struct ctx *c, str code, struct q_circle_get *out)
{
    struct q_circle_get row;
    bool reached;
    TRY(q_circle_get(c->db, c->arena, code, &row));
    TRY(partner_reaches(c, row.home, &reached));
    if (!reached) {
        return FAIL(NOT_FOUND);
    }
    *out = row;
    return OK;
}

err circle_all(struct ctx *c, struct q_circle_get **out, size_t *out_n)
{
    struct scope s;
    struct q_circle_get *all = arena_array_of(c->arena, struct q_circle_get, PARTNER_LIST_MAX);
    size_t all_n = 0;
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    TRY(scope_of(c, &s));
    for (size_t at = 0; at < s.homes_n; at += ID_LIST_MAX) {
        const size_t part = s.homes_n - at < ID_LIST_MAX ? s.homes_n - at : ID_LIST_MAX;
        struct q_circle_get *rows;
        size_t n;
        TRY(q_circle_list(c->db, c->arena, s.homes + at, part, &rows, &n));
        for (size_t i = 0; i < n && all_n < PARTNER_LIST_MAX; i++) {
            all[all_n++] = rows[i];
        }
    }
    *out = all;
    *out_n = all_n;
    return OK;
}

err circle_join(struct ctx *c, str code, const struct circle_member *m)
{
    struct q_circle_get g;
    struct q_circle_member_last last;
    int64_t office = 0;
    TRY(circle_find(c, code, &g));
    TRY(partner_plans(c, g.home));
    if (case_word_of(partner_side_words, PARTNER_side_n, m->side) == MSG_NONE) {
        return fail_set(c->fail, ERR_INVALID, MSG_DIRECTION_SIDE_MISSING, "side");
    }
    if (str_trim(m->post).n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_PARTNER_POST_MISSING, "post");
    }
    if (m->office.n > 0) {
        TRY(partner_office(c, m->office, g.home, OFFICE_MEMBER, &office));
    }
    TRY(q_circle_member_last(c->db, c->arena, g.home, g.id, &last));
    if (last.last_no >= PARTNER_MEMBERS_MAX) {
        return FAIL(LIMIT);
    }
    const struct q_circle_member_add_in row = {.home = g.home,
                                               .circle_id = g.id,
                                               .member_no = last.last_no + 1,
                                               .side_code = m->side,
                                               .post_text = str_trim(m->post),
                                               .body_id = office == 0 ? NONE_I64 : SOME(office),
                                               .from_day = local_day(c->now_ms),
                                               .to_day = DAY_OPEN};
    TRY(q_circle_member_add(c->db, &row, NULL));
    return partner_audit(c, g.home, g.id, S("circle.joined"), g.circle_code);
}

err circle_leave(struct ctx *c, str code, int64_t no)
{
    struct q_circle_get g;
    int64_t changed = 0;
    TRY(circle_find(c, code, &g));
    TRY(partner_plans(c, g.home));
    const struct q_circle_member_end_in in = {
        .to_day = local_day(c->now_ms), .home = g.home, .circle_id = g.id, .member_no = no};
    TRY(q_circle_member_end(c->db, &in, &changed));
    if (changed == 0) {
        return FAIL(NOT_FOUND);
    }
    return partner_audit(c, g.home, g.id, S("circle.left"), g.circle_code);
}

err circle_members(struct ctx *c, const struct q_circle_get *g, struct q_circle_members **out, size_t *out_n)
{
    return q_circle_members(c->db, c->arena, g->home, g->id, out, out_n);
}

err circle_events(struct ctx *c, const struct q_circle_get *g, struct q_circle_events **out, size_t *out_n)
{
    const struct q_circle_events_in in = {.home = g->home,
                                          .event_kind_code = g->event_kind_code,
                                          .series_text = g->series_text,
                                          .limit = CIRCLE_EVENTS_SHOWN};
    return q_circle_events(c->db, c->arena, &in, out, out_n);
}
