/* visit_demo.c: who came to the desk of Nowshera in the last weeks. */
#include "visit_demo.h"

#include "account.h"
#include "clock.h"
#include "msg.h"
#include "visit.h"

#define DEMO_DESK "desk.nowshera"

enum { DEMO_DAYS = 20, DEMO_A_DAY = 6, DEMO_STOCK = 150, DEMO_GIVEN_A_DAY = 3, DEMO_ARENA = 1 << 20 };

struct demo_day {
    struct write_job base; /* first */
    int64_t back;          /* days ago */
};

static const struct visit_new demo_visits[DEMO_A_DAY] = {
    {.sex = S_INIT("woman"), .outcome = S_INIT("information"), .online = S_INIT("")},
    {.sex = S_INIT("woman"), .outcome = S_INIT("online"), .online = S_INIT("identity"), .self = true},
    {.sex = S_INIT("woman"), .outcome = S_INIT("form"), .online = S_INIT("")},
    {.sex = S_INIT("man"), .outcome = S_INIT("referred"), .online = S_INIT("")},
    {.sex = S_INIT("woman"), .outcome = S_INIT("online"), .online = S_INIT("own_phone"), .self = true},
    {.sex = S_INIT("woman"), .outcome = S_INIT("case"), .online = S_INIT("")},
};

/* The same every time: what is shown to one is found again by the next. */
static err one_day(struct ctx *c, const struct visit_desk *d, int64_t back)
{
    static const char *const faces[] = {"good", "good", "middling", "good", "bad", "good"};
    const int64_t n = 2 + (back * 7) % (DEMO_A_DAY - 1);
    const int64_t begin = c->now_ms;
    for (int64_t i = 0; i < n; i++) {
        int64_t no;
        struct visit_new v = demo_visits[(i + back) % DEMO_A_DAY];
        TRY(token_give(c, (i + back) % 4 == 0 ? S("first") : S("usual"), STR_NONE, &no));
        v.token = SOME(no);
        v.minutes = SOME(5 + (i * 3 + back) % 20);
        c->now_ms += (4 + (i * 5 + back) % 15) * MS_PER_MINUTE;
        TRY(visit_add(c, &v, &no));
        TRY(exit_answer(c, d, str_of(faces[(i + back) % DEMO_A_DAY]),
                        arena_printf(c->arena, "demo-%d", (int)i)));
    }
    c->now_ms = begin;
    return back == DEMO_DAYS ? OK : material_move(c, 1, S("given"), DEMO_GIVEN_A_DAY, STR_NONE);
}

static err demo_run(struct ctx *c, struct write_job *base)
{
    const struct demo_day *job = (const struct demo_day *)base;
    struct account worker;
    struct visit_desk desk;
    int64_t no;
    struct ctx as = *c;
    TRY(account_find(c, S(DEMO_DESK), &worker));
    as.actor = account_actor(&worker);
    TRY(visit_desk_own(&as, &desk));
    as.now_ms = day_at_ms(day_add(local_day(c->now_ms), -job->back), 10, 0);
    if (job->back == DEMO_DAYS) {
        const struct material_new m = {.name = msg_text(LANG_EN, MSG_CLI_DEMO_BROCHURE),
                                       .form = S("brochure"),
                                       .lang = S("ur"),
                                       .stock = DEMO_STOCK};
        TRY(material_add(&as, &m, &no));
    }
    return one_day(&as, &desk, job->back);
}

err visits_demo(struct store *s, struct fail *f)
{
    struct arena *a = arena_open(DEMO_ARENA);
    err e = OK;
    for (int64_t back = DEMO_DAYS; back > 0 && e.code == ERR_OK; back--) {
        struct demo_day job = {.base = {.run = demo_run, .arena = a, .actor = {.role = ROLE_SYSTEM}},
                               .back = back};
        e = store_write(s, &job.base);
        *f = job.base.fail;
    }
    arena_free(a);
    return e;
}
