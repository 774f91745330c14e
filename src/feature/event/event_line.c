/* event_line.c: which line of a plan an event belongs to: "OP-PK526-2026-27-V1/3", or words of its own. */
#include "clock.h"
#include "event_inside.h"
#include "msg.h"
#include "place.h"

err event_lines(struct ctx *c, int64_t district, int64_t from_day, int64_t to_day, struct q_event_lines **out,
                size_t *out_n)
{
    struct place_at at;
    TRY(place_ancestors(c, district, &at));
    const struct q_event_lines_in in = {.country_id = at.at[LEVEL_COUNTRY],
                                        .province_id = at.at[LEVEL_PROVINCE],
                                        .division_id = at.at[LEVEL_DIVISION],
                                        .district_id = district,
                                        .from_day = from_day,
                                        .to_day = to_day};
    return q_event_lines(c->db, c->arena, &in, out, out_n);
}

str event_line_code(struct arena *a, const struct q_event_lines *line)
{
    return arena_printf(a, "%.*s/%lld", STR_F(line->plan_code), (long long)line->action_no);
}

err event_line_means(struct ctx *c, str words, bool *out)
{
    struct q_event_line_plan *rows;
    size_t n = 0;
    str rest = words;
    const str code = str_cut(&rest, '/');
    *out = false;
    if (rest.n > 0) {
        TRY(q_event_line_plan(c->db, c->arena, code, &rows, &n));
        *out = n > 0;
    }
    return OK;
}

err event_line_find(struct ctx *c, int64_t district, int64_t day, str words, struct q_event_lines *out,
                    bool *out_some)
{
    struct q_event_lines *rows;
    size_t n;
    bool means;
    *out_some = false;
    TRY(event_line_means(c, words, &means));
    if (!means) {
        return OK;
    }
    TRY(event_lines(c, district, day, day, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(event_line_code(c->arena, &rows[i]), words)) {
            *out = rows[i];
            *out_some = true;
            return OK;
        }
    }
    return fail_set(c->fail, ERR_INVALID, MSG_EVENT_LINE_WRONG, "plan");
}

err event_line_keep(struct ctx *c, int64_t home, int64_t event, const struct q_event_lines *line)
{
    const struct q_event_line_put_in in = {.home = home,
                                           .event_id = event,
                                           .plan_home_id = line->home,
                                           .action_id = line->id,
                                           .tied_by_id =
                                               c->actor.user_id != 0 ? SOME(c->actor.user_id) : NONE_I64,
                                           .tied_ms = c->now_ms};
    TRY(q_event_line_put(c->db, &in, NULL));
    return event_line_record(c, home, event);
}
