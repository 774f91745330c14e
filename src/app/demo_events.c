#include "demo_events.h"

#include "account.h"
#include "clock.h"
#include "event.h"

#define DEMO_DESK "desk.nowshera"

enum { INVITED_IN_DAYS = 6, COURT_IN_DAYS = 12, TEN = 600, ONE = 780, NOON = 720 };

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
