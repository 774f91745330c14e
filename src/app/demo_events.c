/* demo_events.c: one open court that is over, with what was ordered there; one today; one to come. */
#include "demo_events.h"

#include "account.h"
#include "clock.h"
#include "event_close.h"
#include "event_day.h"

#define DEMO_DESK "desk.nowshera"

enum {
    INVITED_IN_DAYS = 6,
    COURT_IN_DAYS = 12,
    HELD_DAYS_AGO = 9,
    PLANNED_BEFORE = 14,
    TEN = 600,
    ONE = 780,
    NOON = 720
};
enum { DIRECTION_LATE = -2, DIRECTION_SOON = 3, DIRECTION_LONG = 75 }; /* days from today */

struct events_job {
    struct write_job base; /* first */
};

static struct event_new event_in(const struct ctx *c, int64_t days, str kind, enum msg venue, str venue_kind)
{
    return (struct event_new){.at = {.unit = S("PK52602"),
                                     .venue = msg_text(LANG_UR, venue),
                                     .venue_kind = venue_kind,
                                     .day = day_add(local_day(c->now_ms), days),
                                     .from_min = TEN,
                                     .to_min = ONE},
                              .kind = kind,
                              .audience = S("women"),
                              .seating = S("chairs"),
                              .spoken = S("pashto"),
                              .why = msg_text(LANG_UR, MSG_DEMO_EVENT_WHY),
                              .transport = true,
                              .purdah = true,
                              .female_staff = 2};
}

/* ---- the one that is over ---- */

static err held_people(struct ctx *c, const struct event_view *v)
{
    static const struct day_count came[] = {
        {.role = S_INIT("citizen"), .sex = S_INIT("woman"), .people = 38, .spoke = 11},
        {.role = S_INIT("councillor"), .sex = S_INIT("woman"), .people = 4, .spoke = 2},
        {.role = S_INIT("official"), .sex = S_INIT("man"), .people = 3, .spoke = 3},
        {.role = S_INIT("official"), .sex = S_INIT("woman"), .people = 1, .spoke = 1},
        {.role = S_INIT("cso"), .sex = S_INIT("woman"), .people = 2},
    };
    for (size_t i = 0; i < sizeof came / sizeof came[0]; i++) {
        TRY(day_count(c, v, &came[i]));
    }
    return OK;
}

static err held_needs(struct ctx *c, const struct event_view *v)
{
    const struct day_need needs[] = {
        {.words = msg_text(LANG_UR, MSG_DEMO_NEED_WATER), .service = S("M-WAT-01"), .women = 24},
        {.words = msg_text(LANG_UR, MSG_DEMO_NEED_LIGHT), .service = S("M-LGT-01"), .women = 17},
        {.words = msg_text(LANG_UR, MSG_DEMO_NEED_CENTRE), .women = 9},
    };
    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++) {
        int64_t no;
        TRY(day_need_add(c, v, &needs[i], &no));
    }
    return OK;
}

/* One that is late, one that is due soon, one of a post that nobody holds. */
static err held_directions(struct ctx *c, struct event_view *v, int64_t today)
{
    const struct direction_new ordered[] = {
        {.office = S("PK52601-TMA"),
         .post = msg_text(LANG_UR, MSG_DEMO_POST_WATER),
         .words = msg_text(LANG_UR, MSG_DEMO_DIRECTION_WATER),
         .horizon = S("short"),
         .need_no = 1,
         .due_day = day_add(today, DIRECTION_LATE)},
        {.office = S("PK52601-TMA"),
         .post = msg_text(LANG_UR, MSG_DEMO_POST_LIGHT),
         .words = msg_text(LANG_UR, MSG_DEMO_DIRECTION_LIGHT),
         .horizon = S("short"),
         .need_no = 2,
         .due_day = day_add(today, DIRECTION_SOON)},
        {.office = S("PK52602-TMA"),
         .post = msg_text(LANG_UR, MSG_DEMO_POST_PLANNING),
         .words = msg_text(LANG_UR, MSG_DEMO_DIRECTION_CENTRE),
         .horizon = S("long"),
         .need_no = 3,
         .vacant = true,
         .due_day = day_add(today, DIRECTION_LONG)},
    };
    for (size_t i = 0; i < sizeof ordered / sizeof ordered[0]; i++) {
        struct direction_new n = ordered[i];
        int64_t no;
        n.side = S("official");
        TRY(close_direction(c, v, &n, &no));
    }
    return OK;
}

/* The paper sheet says the same as the roster. */
static err held_paper(struct ctx *c, struct event_view *v)
{
    struct close_paper paper;
    struct event_cells cells;
    TRY(event_cells(c, v->row.home, v->row.id, &cells));
    for (size_t r = 0; r < EVENT_role_n; r++) {
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            paper.at[r][s] = SOME(cells.at[r][s].people);
        }
    }
    return close_paper_set(c, v, &paper, STR_NONE);
}

static err held_run(struct ctx *c)
{
    const int64_t today = local_day(c->now_ms);
    const int64_t day = day_add(today, -HELD_DAYS_AGO);
    struct ctx then = *c;
    struct event_view v;
    str code;
    struct event_new n = event_in(c, -HELD_DAYS_AGO, S("khuli_kacheri"), MSG_DEMO_EVENT_SCHOOL, S("school"));
    n.chair = msg_text(LANG_UR, MSG_DEMO_EVENT_CHAIR);
    n.address_public = true;
    n.summoned = S("PK52601-TMA\nPK52602-TMA");
    then.now_ms = day_at_ms(day_add(day, -PLANNED_BEFORE), 10, 0);
    TRY(event_plan(&then, &n, &code));
    TRY(event_announce(&then, code, true));
    then.now_ms = day_at_ms(day, 10, 0);
    TRY(event_open(&then, code));
    const struct event_came came[] = {{S("PK52601-TMA"), S("came"), msg_text(LANG_UR, MSG_DEMO_POST_WATER)},
                                      {S("PK52602-TMA"), S("absent"), STR_NONE}};
    TRY(event_came(&then, code, came, 2));
    TRY(event_find(&then, code, &v));
    TRY(held_people(&then, &v));
    TRY(held_needs(&then, &v));
    then.now_ms = day_at_ms(day, 12, 0);
    TRY(held_directions(&then, &v, today));
    then.now_ms = day_at_ms(day, 13, 0);
    TRY(held_paper(&then, &v));
    TRY(close_minutes_set(&then, &v, msg_text(LANG_UR, MSG_DEMO_EVENT_MINUTES)));
    TRY(close_sign(&then, &v, msg_text(LANG_UR, MSG_DEMO_EVENT_CHAIR), S("signature")));
    return close_event(&then, &v, true);
}

static err events_run(struct ctx *c, struct write_job *base)
{
    struct account desk;
    str invited;
    str court;
    str today;
    (void)base;
    TRY(account_find(c, S(DEMO_DESK), &desk));
    c->actor = account_actor(&desk);
    struct event_new n =
        event_in(c, INVITED_IN_DAYS, S("mobilisation"), MSG_DEMO_EVENT_COUNCIL, S("council_office"));
    TRY(held_run(c));
    TRY(event_plan(c, &n, &invited));
    n = event_in(c, COURT_IN_DAYS, S("khuli_kacheri"), MSG_DEMO_EVENT_SCHOOL, S("school"));
    n.at.female_from = SOME(TEN);
    n.at.female_to = SOME(NOON);
    n.childcare = true;
    n.address_public = true;
    n.chair = msg_text(LANG_UR, MSG_DEMO_EVENT_CHAIR);
    n.ties = invited;
    n.summoned = S("PK52601-TMA\nPK52602-TMA");
    TRY(event_plan(c, &n, &court));
    TRY(event_announce(c, court, true));
    n = event_in(c, 0, S("khuli_kacheri"), MSG_DEMO_EVENT_COUNCIL, S("council_office"));
    n.summoned = S("PK52601-TMA");
    TRY(event_plan(c, &n, &today));
    return event_open(c, today);
}

err demo_events(struct store *s, struct arena *a, struct fail *f)
{
    struct events_job job = {.base = {.run = events_run, .arena = a, .actor = {.role = ROLE_SYSTEM}}};
    const err e = store_write(s, &job.base);
    *f = job.base.fail;
    return e;
}
