/* fixture_sheets.c: what was held and what was done, put forward, verified and approved by three people each:
 * the sheets of the gatherings, then those of the activities and of the quarters, which freeze the figures.
 */
#include "activity.h"
#include "clock.h"
#include "fixture.sql.h"
#include "fixture_inside.h"
#include "lang.h"
#include "msg.h"
#include "place.h"
#include "plan.h"
#include "seed_file.h"
#include "sheet.h"

/* Days after the gathering, or after the end of the quarter. */
enum { PUT_FORWARD = 2, VERIFIED = 4, APPROVED = 6 };

struct hands {
    str author, verifier, approver;
};

/* Who does it for a province; at the desk of Nowshera its own people, once there is one. */
static const struct hands of_kp = {S_INIT("records.kp"), S_INIT("checks.kp"), S_INIT("monitor.kp")};
static const struct hands of_punjab = {S_INIT("records.punjab"), S_INIT("checks.punjab"),
                                       S_INIT("monitor.punjab")};
static const struct hands of_desk = {S_INIT("desk.nowshera"), S_INIT("monitor.nowshera"),
                                     S_INIT("monitor.kp")};

static const struct hands *hands_of(str province)
{
    return str_eq(province, S("PK5")) ? &of_kp : &of_punjab;
}

/* What a rule remarks is answered with what is known; what it forbids stays forbidden. */
static err remarks_answered(struct ctx *c, struct sheet_view *io)
{
    enum { WORDS_MAX = 1000 };
    struct sheet_found found;
    SCOPED(buf_free) struct buf why = buf_new(WORDS_MAX);
    TRY(sheet_findings(c, io, &found));
    msg_put(&why, LANG_EN, MSG_FIXTURE_WHY, 1, NULL, 0);
    for (size_t i = 0; i < found.n; i++) {
        if (!found.v[i].error) {
            TRY(sheet_justify(c, io, found.v[i].rule, found.v[i].place, buf_str(&why)));
        }
    }
    return OK;
}

static err verified(struct ctx *c, const struct hands *h, int64_t day, struct sheet_view *io)
{
    struct ctx there;
    TRY(fixture_as(c, h->author, day_add(day, PUT_FORWARD), &there));
    TRY(remarks_answered(&there, io));
    TRY(sheet_act(&there, io, SHEET_SUBMIT, STR_NONE));
    TRY(fixture_as(c, h->verifier, day_add(day, VERIFIED), &there));
    TRY(sheet_find(&there, io->row.home, io->row.id, io));
    return sheet_act(&there, io, SHEET_VERIFY, STR_NONE);
}

static err event_sheet(struct ctx *c, const struct q_fixture_events *e)
{
    static const uint8_t unseen[DIGEST_LEN] = {0};
    const struct hands *h = hands_of(e->province_code);
    struct event_view event;
    struct sheet_view v;
    struct ctx there;
    TRY(fixture_as(c, h->author, day_add(e->event_day, 1), &there));
    TRY(event_find_id(&there, e->home, e->id, &event));
    TRY(sheet_begin_event(&there, &event, &v));
    TRY(verified(c, h, e->event_day, &v));
    TRY(fixture_as(c, h->approver, day_add(e->event_day, APPROVED), &there));
    TRY(sheet_find(&there, v.row.home, v.row.id, &v));
    return sheet_approve(&there, &v, NULL, unseen);
}

static err quarter_sheet(struct ctx *c, const struct hands *h, int64_t home, struct period quarter)
{
    struct sheet_view v;
    struct snapshot_set set;
    struct ctx there;
    uint8_t hash[DIGEST_LEN];
    str content;
    TRY(fixture_as(c, h->author, day_add(quarter.to_day, 1), &there));
    TRY(sheet_begin_quarter(&there, home, quarter, &v));
    TRY(verified(c, h, quarter.to_day, &v));
    TRY(fixture_as(c, h->approver, day_add(quarter.to_day, APPROVED), &there));
    TRY(sheet_find(&there, home, v.row.id, &v));
    TRY(snapshot_count(&there, home, quarter, &set));
    TRY(sheet_quarter_content(&there, &set, &content));
    sheet_hash(content, hash);
    return sheet_approve(&there, &v, &set, hash);
}

static err events_approved(struct ctx *c, const struct planned *plan)
{
    struct q_fixture_events *rows;
    size_t n;
    TRY(q_fixture_events(c->db, c->arena, plan->row.from_day, plan->row.to_day, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct arena_mark mark = arena_mark(c->arena);
        TRY(fixture_plan_tie(c, plan, rows[i].event_code, rows[i].event_day, rows[i].unit_code));
        TRY(event_sheet(c, &rows[i]));
        arena_reset(c->arena, mark);
    }
    return OK;
}

/* ---- activities ---- */

/* One line of the plan, as logo2_plan_activities.csv has it. */
struct line {
    int64_t no, from_day, to_day;
    str units, ends, note, done;
};

static err line_read(const struct seed_table *t, size_t row, struct line *out)
{
    TRY(seed_i64(t, row, S("no"), &out->no));
    TRY(seed_i64(t, row, S("from_day"), &out->from_day));
    TRY(seed_i64(t, row, S("to_day"), &out->to_day));
    TRY(seed_cell(t, row, S("units"), &out->units));
    TRY(seed_cell(t, row, S("ends"), &out->ends));
    TRY(seed_cell(t, row, S("done"), &out->done));
    return seed_cell(t, row, S("note"), &out->note);
}

static struct activity_edit said_of(const struct line *l, struct period quarter)
{
    const bool over = str_eq(l->ends, S("finish")) && l->to_day <= quarter.to_day;
    return (struct activity_edit){.seen = -1,
                                  .progress = over                          ? S("completed")
                                              : str_eq(l->ends, S("delay")) ? S("delayed")
                                                                            : S("on_track"),
                                  .began = SOME(l->from_day),
                                  .ended = over ? SOME(l->to_day) : NONE_I64,
                                  .why = l->note,
                                  .done = over ? l->done : S(""),
                                  .narrative = S("")};
}

static err activity_approved(struct ctx *c, const struct planned *plan, const struct line *l, str district,
                             struct period quarter, const struct hands *h)
{
    static const uint8_t unseen[DIGEST_LEN] = {0};
    const struct activity_edit said = said_of(l, quarter);
    struct activity a;
    struct sheet_view v;
    struct ctx there;
    TRY(fixture_as(c, h->author, day_add(quarter.to_day, 1), &there));
    TRY(activity_find(&there, plan->row.plan_code, l->no, district, quarter, &a));
    TRY(activity_begin(&there, &a, &v));
    TRY(activity_write(&there, &v, &said));
    TRY(verified(c, h, quarter.to_day, &v));
    TRY(fixture_as(c, h->approver, day_add(quarter.to_day, APPROVED), &there));
    TRY(sheet_find(&there, v.row.home, v.row.id, &v));
    return sheet_approve(&there, &v, NULL, unseen);
}

static err activities_approved(struct ctx *c, const struct planned *plan, struct period quarter, bool desk)
{
    struct seed_table t;
    struct line l;
    int64_t year;
    TRY(seed_read(c->arena, S("logo2_plan_activities.csv"), &t));
    for (size_t i = 0; i < t.n; i++) {
        TRY(seed_i64(&t, i, S("year"), &year));
        TRY(line_read(&t, i, &l));
        const bool touches = l.from_day <= quarter.to_day && l.to_day >= quarter.from_day;
        while (year == plan->row.fiscal_no && touches && l.units.n > 0) {
            const str district = str_cut(&l.units, ' ');
            const bool own = desk && str_eq(district, S("PK526"));
            const struct arena_mark mark = arena_mark(c->arena);
            TRY(activity_approved(c, plan, &l, district, quarter,
                                  own ? &of_desk : hands_of(str_sub(district, 0, S("PK5").n))));
            arena_reset(c->arena, mark);
        }
    }
    return OK;
}

/* ---- quarters ---- */

static err district_quarter(struct ctx *c, str province, str district, struct period quarter, bool desk)
{
    struct q_place_by_code unit;
    const bool own = desk && str_eq(district, S("PK526"));
    const struct arena_mark mark = arena_mark(c->arena);
    TRY(place_find(c, district, &unit));
    TRY(quarter_sheet(c, own ? &of_desk : hands_of(province), unit.id, quarter));
    arena_reset(c->arena, mark);
    return OK;
}

/* All pilot districts, whether something was held there in it or not. */
static err quarter_approved(struct ctx *c, struct period quarter, bool desk)
{
    struct seed_table t;
    TRY(seed_read(c->arena, S("logo2_totals.csv"), &t));
    for (size_t i = 0; i < t.n; i++) {
        str province;
        str districts;
        TRY(seed_cell(&t, i, S("province"), &province));
        TRY(seed_cell(&t, i, S("districts"), &districts));
        while (districts.n > 0) {
            TRY(district_quarter(c, province, str_cut(&districts, ' '), quarter, desk));
        }
    }
    return OK;
}

err fixture_year(struct ctx *c, int64_t year, const int *quarters, size_t quarters_n, bool desk)
{
    struct planned plan;
    TRY(fixture_plan(c, year, &plan));
    TRY(events_approved(c, &plan));
    for (size_t i = 0; i < quarters_n; i++) {
        const struct period quarter = period_quarter(year, quarters[i]);
        TRY(activities_approved(c, &plan, quarter, desk));
        TRY(quarter_approved(c, quarter, desk));
    }
    return fixture_plan_carry(c, &plan);
}
