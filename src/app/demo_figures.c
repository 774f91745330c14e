/* demo_figures.c: gatherings of quarters that are over, and the approval of their figures. */
#include "demo_figures.h"

#include "account.h"
#include "clock.h"
#include "event_close.h"
#include "event_day.h"
#include "place.h"
#include "sheet.h"

/* Days after an event or a quarter, and minutes of the day. */
enum { SENT_AFTER = 2, VERIFIED_AFTER = 4, APPROVED_AFTER = 6, TEN = 600, ONE = 780 };

static const struct gathering {
    str district, place;
    int quarters_ago; /* 1: the last */
    int64_t day;      /* from the first of the quarter */
    int64_t women, councillors, officials, spoke;
} gatherings[] = {
    {S_INIT("PK526"), S_INIT("PK52601"), 4, 30, 31, 3, 2, 6},
    {S_INIT("PK526"), S_INIT("PK52602"), 3, 24, 36, 4, 3, 8},
    {S_INIT("PK526"), S_INIT("PK52601"), 2, 17, 42, 5, 3, 12},
    {S_INIT("PK526"), S_INIT("PK52602"), 2, 61, 27, 3, 2, 9},
    {S_INIT("PK526"), S_INIT("PK52601"), 1, 38, 45, 5, 4, 14},
    {S_INIT("PK511"), S_INIT("PK51102"), 4, 45, 22, 2, 2, 3},
    {S_INIT("PK511"), S_INIT("PK51102"), 3, 52, 26, 3, 2, 4},
    {S_INIT("PK511"), S_INIT("PK51102"), 2, 40, 24, 2, 2, 5},
    {S_INIT("PK511"), S_INIT("PK51102"), 1, 33, 29, 3, 2, 7},
};

static const struct approved_quarter {
    str district;
    int quarters_ago;
} quarters[] = {
    {S_INIT("PK526"), 4}, {S_INIT("PK526"), 3}, {S_INIT("PK526"), 2}, {S_INIT("PK511"), 4},
    {S_INIT("PK511"), 3}, {S_INIT("PK511"), 2}, {S_INIT("PK511"), 1},
};

/* Whoever takes the three steps of a district. */
struct hands {
    struct account author, verifier, approver;
};

static err hands_of(struct ctx *c, str district, struct hands *out)
{
    const bool nowshera = str_eq(district, S("PK526"));
    TRY(account_find(c, nowshera ? S("desk.nowshera") : S("desk.haripur"), &out->author));
    TRY(account_find(c, nowshera ? S("monitor.nowshera") : S("monitor.haripur"), &out->verifier));
    return account_find(c, S("monitor.kp"), &out->approver);
}

/* As one person, at one instant of the past. */
static struct ctx as(const struct ctx *c, const struct account *who, int64_t day)
{
    struct ctx then = *c;
    const int64_t at = day_at_ms(day, 13, 0);
    then.actor = account_actor(who);
    then.now_ms = at < c->now_ms ? at : c->now_ms;
    return then;
}

static struct period quarter_ago(const struct ctx *c, int n)
{
    const int64_t today = local_day(c->now_ms);
    struct period q = period_quarter(period_year_of(today), period_quarter_of(today));
    for (int i = 0; i < n; i++) {
        const int64_t before = day_add(q.from_day, -1);
        q = period_quarter(period_year_of(before), period_quarter_of(before));
    }
    return q;
}

/* ---- what was held ---- */

static err people_put(struct ctx *c, const struct gathering *g, const struct event_view *v)
{
    const struct day_count came[] = {
        {.role = S("citizen"), .sex = S("woman"), .people = g->women, .spoke = g->spoke},
        {.role = S("councillor"), .sex = S("woman"), .people = g->councillors, .spoke = 1},
        {.role = S("official"), .sex = S("man"), .people = g->officials, .spoke = g->officials}};
    for (size_t i = 0; i < sizeof came / sizeof came[0]; i++) {
        TRY(day_count(c, v, &came[i]));
    }
    return OK;
}

/* The paper sheet says the same as the roster. */
static err paper_put(struct ctx *c, struct event_view *v)
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

static err held(const struct ctx *c, const struct hands *h, const struct gathering *g, int64_t day,
                struct event_view *out)
{
    struct ctx then = as(c, &h->author, day);
    const struct event_new n = {.at = {.unit = g->place,
                                       .venue = msg_text(LANG_UR, MSG_DEMO_EVENT_SCHOOL),
                                       .venue_kind = S("school"),
                                       .day = day,
                                       .from_min = TEN,
                                       .to_min = ONE},
                                .kind = S("khuli_kacheri"),
                                .audience = S("women"),
                                .seating = S("chairs"),
                                .why = msg_text(LANG_UR, MSG_DEMO_EVENT_WHY),
                                .female_staff = 2};
    str code;
    TRY(event_plan(&then, &n, &code));
    TRY(event_open(&then, code));
    TRY(event_find(&then, code, out));
    TRY(people_put(&then, g, out));
    TRY(paper_put(&then, out));
    TRY(close_minutes_set(&then, out, msg_text(LANG_UR, MSG_DEMO_EVENT_MINUTES)));
    TRY(close_sign(&then, out, msg_text(LANG_UR, MSG_DEMO_EVENT_CHAIR), S("signature")));
    return close_event(&then, out, true);
}

static err gathering_put(const struct ctx *c, const struct gathering *g)
{
    struct hands h;
    struct event_view e;
    struct sheet_view v;
    struct ctx now = *c;
    const int64_t day = day_add(quarter_ago(c, g->quarters_ago).from_day, (int)g->day);
    TRY(hands_of(&now, g->district, &h));
    TRY(held(c, &h, g, day, &e));
    struct ctx author = as(c, &h.author, day_add(day, SENT_AFTER));
    TRY(sheet_begin_event(&author, &e, &v));
    TRY(sheet_act(&author, &v, SHEET_SUBMIT, STR_NONE));
    struct ctx verifier = as(c, &h.verifier, day_add(day, VERIFIED_AFTER));
    TRY(sheet_act(&verifier, &v, SHEET_VERIFY, STR_NONE));
    struct ctx approver = as(c, &h.approver, day_add(day, APPROVED_AFTER));
    return sheet_approve(&approver, &v, NULL, NULL);
}

/* ---- what was approved ---- */

static err quarter_approve(struct ctx *c, struct sheet_view *io, struct period quarter)
{
    struct snapshot_set set;
    uint8_t seen[DIGEST_LEN];
    str content;
    TRY(snapshot_count(c, io->row.home, quarter, &set));
    TRY(sheet_quarter_content(c, &set, &content));
    sheet_hash(content, seen);
    return sheet_approve(c, io, &set, seen);
}

static err quarter_put(const struct ctx *c, const struct approved_quarter *q)
{
    const struct period quarter = quarter_ago(c, q->quarters_ago);
    struct hands h;
    struct sheet_view v;
    struct ctx now = *c;
    TRY(hands_of(&now, q->district, &h));
    struct ctx author = as(c, &h.author, day_add(quarter.to_day, SENT_AFTER));
    TRY(sheet_begin_quarter(&author, author.actor.home, quarter, &v));
    TRY(sheet_act(&author, &v, SHEET_SUBMIT, STR_NONE));
    struct ctx verifier = as(c, &h.verifier, day_add(quarter.to_day, VERIFIED_AFTER));
    TRY(sheet_act(&verifier, &v, SHEET_VERIFY, STR_NONE));
    struct ctx approver = as(c, &h.approver, day_add(quarter.to_day, APPROVED_AFTER));
    return quarter_approve(&approver, &v, quarter);
}

/* ---- all of it, each in a job of its own ---- */

struct figures_job {
    struct write_job base; /* first */
    const struct gathering *gathering;
    const struct approved_quarter *quarter;
};

static err figures_run(struct ctx *c, struct write_job *base)
{
    const struct figures_job *job = (const struct figures_job *)base;
    return job->gathering != NULL ? gathering_put(c, job->gathering) : quarter_put(c, job->quarter);
}

static err job_done(struct store *s, struct figures_job *job, struct fail *f)
{
    const struct arena_mark mark = arena_mark(job->base.arena);
    const err e = store_write(s, &job->base);
    *f = job->base.fail;
    TRY(e);
    arena_reset(job->base.arena, mark);
    return OK;
}

err demo_figures(struct store *s, struct arena *a, struct fail *f)
{
    const struct write_job base = {.run = figures_run, .arena = a, .actor = {.role = ROLE_SYSTEM}};
    for (size_t i = 0; i < sizeof gatherings / sizeof gatherings[0]; i++) {
        struct figures_job job = {.base = base, .gathering = &gatherings[i]};
        TRY(job_done(s, &job, f));
    }
    for (size_t i = 0; i < sizeof quarters / sizeof quarters[0]; i++) {
        struct figures_job job = {.base = base, .quarter = &quarters[i]};
        TRY(job_done(s, &job, f));
    }
    return OK;
}
