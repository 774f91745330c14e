/* dialogue.c: who was there, what was decided, who owes what and has answered. */
#include "dialogue.h"

#include "event_inside.h"
#include "msg.h"

bool dialogue_is(str event_kind_code)
{
    return str_eq(event_kind_code, S("dialogue")) || str_eq(event_kind_code, S("consultation")) ||
           str_eq(event_kind_code, S("coordination"));
}

/* An elected woman is there as a member, an officer as an official: women's side is who was asked to come as
 * a woman of the place. */
static void sides_count(const struct event_cells *cells, int64_t out[DIALOGUE_SIDES])
{
    static const int women[] = {EVENT_role_citizen, EVENT_role_cso, EVENT_role_other};
    out[SIDE_WOMEN] = out[SIDE_MEMBERS] = out[SIDE_OFFICIALS] = 0;
    for (size_t i = 0; i < sizeof women / sizeof women[0]; i++) {
        out[SIDE_WOMEN] += cells->at[women[i]][EVENT_sex_woman].people;
    }
    for (int s = 0; s < EVENT_sex_n; s++) {
        out[SIDE_MEMBERS] += cells->at[EVENT_role_councillor][s].people;
        out[SIDE_OFFICIALS] += cells->at[EVENT_role_official][s].people;
    }
}

err dialogue_of(struct ctx *c, const struct event_view *v, struct dialogue *out)
{
    struct event_cells cells;
    struct dialogue d = {.points = 0};
    const struct q_dialogue_owed_in in = {.home = v->row.home,
                                          .event_id = v->row.id,
                                          .cancelled_state = DIRECTION_CANCELLED,
                                          .reported_state = DIRECTION_REPORTED,
                                          .given_state = DIRECTION_GIVEN,
                                          .returned_state = DIRECTION_RETURNED};
    TRY(event_cells(c, v->row.home, v->row.id, &cells));
    TRY(q_dialogue_owed(c->db, c->arena, &in, &d.owed, &d.owed_n));
    sides_count(&cells, d.present);
    for (size_t i = 0; i < d.owed_n; i++) {
        d.points += d.owed[i].points_n;
        d.answered += d.owed[i].answered_n;
    }
    d.three_sided = d.present[SIDE_WOMEN] > 0 && d.present[SIDE_MEMBERS] > 0 &&
                    d.present[SIDE_OFFICIALS] > 0 && d.points > 0 && d.points == d.answered;
    *out = d;
    return OK;
}

/* ---- decisions and action points ---- */

static bool side_known(str side)
{
    for (size_t i = 0; i < DIRECTION_side_n; i++) {
        if (str_eq(direction_side_words[i].code, side)) {
            return true;
        }
    }
    return str_eq(side, S("all"));
}

static err open_find(struct ctx *c, str code, struct event_view *out)
{
    TRY(event_find(c, code, out));
    return event_recordable(c, out);
}

err dialogue_decide(struct ctx *c, str code, str side, str words)
{
    struct event_view v;
    struct q_dialogue_decision_last last;
    TRY(open_find(c, code, &v));
    if (!side_known(side)) {
        return fail_set(c->fail, ERR_INVALID, MSG_DIALOGUE_SIDE_MISSING, "brought_by");
    }
    if (str_trim(words).n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_DIALOGUE_DECISION_MISSING, "decision");
    }
    TRY(q_dialogue_decision_last(c->db, c->arena, v.row.home, v.row.id, &last));
    if (last.last_no >= DIALOGUE_DECISIONS_MAX) {
        return FAIL(LIMIT);
    }
    const struct q_dialogue_decision_add_in row = {.home = v.row.home,
                                                   .event_id = v.row.id,
                                                   .decision_no = last.last_no + 1,
                                                   .side_code = side,
                                                   .words_text = str_trim(words)};
    TRY(q_dialogue_decision_add(c->db, &row, NULL));
    return event_step(c, &v, EVENT_RECORD, S("decision"), STR_NONE);
}

err dialogue_decisions(struct ctx *c, const struct event_view *v, struct q_dialogue_decisions **out,
                       size_t *out_n)
{
    return q_dialogue_decisions(c->db, c->arena, v->row.home, v->row.id, out, out_n);
}

err dialogue_point(struct ctx *c, str code, struct direction_new *n)
{
    struct event_view v;
    int64_t no;
    TRY(open_find(c, code, &v));
    n->home = v.row.home;
    n->event_id = v.row.id;
    n->unit_id = v.row.unit_id;
    n->tehsil_id = v.row.tehsil_id;
    TRY(direction_give(c, n, &no));
    return event_step(c, &v, EVENT_RECORD, S("direction"), STR_NONE);
}

/* ---- one of a series ---- */

err event_series_of(struct ctx *c, const struct event_view *v, struct event_series *out)
{
    if (v->row.series_text.n == 0) {
        return FAIL(NOT_FOUND);
    }
    const struct q_series_events_in in = {.home = v->row.home,
                                          .event_kind_code = v->row.event_kind_code,
                                          .series_text = v->row.series_text,
                                          .planned_state = EVENT_PLANNED,
                                          .cancelled_state = EVENT_CANCELLED};
    const struct q_series_attendances_in people_in = {in.home, in.event_kind_code, in.series_text,
                                                      in.planned_state, in.cancelled_state};
    const struct q_series_persons_in persons_in = {in.home, in.event_kind_code, in.series_text,
                                                   in.planned_state, in.cancelled_state};
    struct q_series_events events;
    struct q_series_attendances people;
    struct q_series_persons persons;
    TRY(q_series_events(c->db, c->arena, &in, &events));
    TRY(q_series_attendances(c->db, c->arena, &people_in, &people));
    TRY(q_series_persons(c->db, c->arena, &persons_in, &persons));
    *out = (struct event_series){events.events_n, people.people_n, persons.told_n, persons.persons_n};
    return OK;
}
