/* event_summon.c: departments that are summoned and who came; what an event is tied to. */
#include "clock.h"
#include "event_inside.h"
#include "lang.h"
#include "msg.h"

static err bodies_of(struct ctx *c, int64_t home, struct q_event_bodies **out, size_t *out_n)
{
    const struct q_event_bodies_in in = {
        .lang_code = lang_table[c->lang].code, .home = home, .on_day = local_day(c->now_ms)};
    return q_event_bodies(c->db, c->arena, &in, out, out_n);
}

static bool listed(str lines, str code)
{
    while (lines.n > 0) {
        if (str_eq(str_trim(str_cut(&lines, '\n')), code)) {
            return true;
        }
    }
    return false;
}

static err body_known(struct ctx *c, const struct q_event_bodies *all, size_t n, str code)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].body_code, code)) {
            return OK;
        }
    }
    return fail_set(c->fail, ERR_INVALID, MSG_EVENT_BODY_UNKNOWN, "summoned");
}

static bool summoned_already(const struct q_event_summons_list *have, size_t n, int64_t body)
{
    for (size_t i = 0; i < n; i++) {
        if (have[i].body_id == body) {
            return true;
        }
    }
    return false;
}

err event_summons_write(struct ctx *c, const struct event_view *v, str bodies)
{
    struct q_event_bodies *all;
    struct q_event_summons_list *have;
    size_t all_n;
    size_t have_n;
    TRY(bodies_of(c, v->row.home, &all, &all_n));
    TRY(event_summoned(c, v, &have, &have_n));
    for (str rest = bodies; rest.n > 0;) {
        const str code = str_trim(str_cut(&rest, '\n'));
        if (code.n > 0) {
            TRY(body_known(c, all, all_n, code));
        }
    }
    for (size_t i = 0; i < all_n; i++) {
        const bool wanted = listed(bodies, all[i].body_code);
        const bool there = summoned_already(have, have_n, all[i].id);
        if (wanted && !there) {
            const struct q_event_summons_add_in row = {.home = v->row.home,
                                                       .event_id = v->row.id,
                                                       .body_id = all[i].id,
                                                       .asked_day = local_day(c->now_ms)};
            TRY(q_event_summons_add(c->db, &row, NULL));
        } else if (!wanted && there) {
            const struct q_event_summons_remove_in row = {
                .home = v->row.home, .event_id = v->row.id, .body_id = all[i].id};
            TRY(q_event_summons_remove(c->db, &row, NULL));
        }
    }
    return OK;
}

err event_summon(struct ctx *c, str code, str bodies)
{
    struct event_view v;
    TRY(event_find(c, code, &v));
    TRY(event_summons_write(c, &v, bodies));
    return event_take(c, &v, &(struct flow_step_in){.action = EVENT_SUMMON, .inside = true}, false);
}

err event_came(struct ctx *c, str code, const struct event_came *rows, size_t n)
{
    struct event_view v;
    struct q_event_summons_list *have;
    size_t have_n;
    TRY(event_find(c, code, &v));
    TRY(event_summoned(c, &v, &have, &have_n));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < have_n; k++) {
            if (!str_eq(have[k].body_code, rows[i].body)) {
                continue;
            }
            const struct q_event_summons_came_in in = {.came_code = rows[i].came,
                                                       .post_text = event_some(rows[i].post),
                                                       .home = v.row.home,
                                                       .event_id = v.row.id,
                                                       .body_id = have[k].body_id};
            TRY(q_event_summons_came(c->db, &in, NULL));
        }
    }
    return event_take(c, &v, &(struct flow_step_in){.action = EVENT_CAME, .inside = true}, false);
}

err event_ties_write(struct ctx *c, const struct event_view *v, str codes)
{
    for (str rest = codes; rest.n > 0;) {
        struct event_view earlier;
        const str code = str_trim(str_cut(&rest, '\n'));
        if (code.n == 0) {
            continue;
        }
        const err e = event_find(c, code, &earlier);
        const bool fits = e.code == ERR_OK && earlier.row.home == v->row.home &&
                          earlier.row.id != v->row.id && earlier.row.event_day <= v->row.event_day;
        if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
            return e;
        }
        if (!fits) {
            return fail_set(c->fail, ERR_INVALID, MSG_EVENT_UNKNOWN, "ties");
        }
        const struct q_event_tie_add_in row = {
            .home = v->row.home, .event_id = earlier.row.id, .for_id = v->row.id};
        TRY(q_event_tie_add(c->db, &row, NULL));
    }
    return OK;
}
