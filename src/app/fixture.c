/* fixture.c: who is there, and the cases; the gatherings stand in fixture_events.c. */
#include "fixture.h"

#include "account.h"
#include "case.h"
#include "clock.h"
#include "fixture.sql.h"
#include "fixture_inside.h"
#include "handover.h"
#include "lang.h"
#include "narrative.h"
#include "reference.h"
#include "seed_rows.h"
#include "visit.h"

enum {
    FIXTURE_ARENA = 32 * 1024 * 1024,
    DESK_FROM_DAY = 20210802,     /* "since August 2021" */
    DESK_DAYS = 150,              /* over which the cases are spread: until the end of that year */
    PLANNED_FROM_DAY = 20990101,  /* no day is fixed yet */
    SERVICES_FROM_DAY = 20190701, /* what people asked for, before its limits were notified */
    MINUTES_BETWEEN = 20
};

struct fixture_job {
    struct write_job base; /* first */
    const struct seed_user *users;
    size_t users_n;
};

bool fixture_known(str name)
{
    return str_eq(name, S("logo2"));
}

str fixture_users(void)
{
    return S("logo2_users.csv");
}

static err people_run(struct ctx *c, struct write_job *base)
{
    const struct fixture_job *job = (const struct fixture_job *)base;
    TRY(reference_write(c));
    TRY(q_fixture_services_since(c->db, SERVICES_FROM_DAY, NULL));
    TRY(q_fixture_portals_since(c->db, SERVICES_FROM_DAY, NULL));
    TRY(q_fixture_programmes_since(c->db, SERVICES_FROM_DAY, NULL));
    TRY(seed_offices(c, S("logo2_offices.csv"), SEED_FROM_DAY));
    TRY(seed_offices(c, S("logo2_desk.csv"), DESK_FROM_DAY));
    TRY(seed_offices(c, S("logo2_desks_planned.csv"), PLANNED_FROM_DAY));
    TRY(seed_users_add(c, job->users, job->users_n));
    return seed_marked(c, S("fixture.seeded"));
}

/* ---- the cases ---- */

struct casework {
    struct ctx *c;
    struct account desk, officer, supervisor;
    const struct q_service_all **ours, **others;
    size_t ours_n, others_n;
};

/* Only what anybody may read on a list: nothing that is private or that is not taken down. */
static err services_sort(struct casework *w)
{
    struct q_service_all *all;
    size_t n;
    TRY(catalogue_list(w->c, &all, &n));
    w->ours = arena_array_of(w->c->arena, const struct q_service_all *, n);
    w->others = arena_array_of(w->c->arena, const struct q_service_all *, n);
    if (w->ours == NULL || w->others == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].sensitivity_code, S("N"))) {
            continue;
        }
        if (all[i].municipal_flag != 0) {
            w->ours[w->ours_n++] = &all[i];
        } else {
            w->others[w->others_n++] = &all[i];
        }
    }
    return w->ours_n > 0 && w->others_n > 0 ? OK : FAIL(BUG);
}

static void as(struct ctx *to, const struct casework *w, const struct account *who, int64_t *io_ms)
{
    *to = *w->c;
    to->actor = who == NULL ? (struct actor){.role = ROLE_SYSTEM} : account_actor(who);
    to->now_ms = *io_ms;
    *io_ms += (int64_t)MINUTES_BETWEEN * MS_PER_MINUTE;
}

static err does(const struct casework *w, const struct account *who, const case_ref *ref, struct case_act act,
                int64_t *io_ms)
{
    struct ctx c;
    struct case_receipt done;
    as(&c, w, who, io_ms);
    return case_do(&c, ref, &act, &done);
}

/* To the first that takes such matters without an account of hers. */
static err hands_over(const struct casework *w, const case_ref *ref, int64_t *io_ms)
{
    struct ctx c;
    struct case_view v;
    struct portal *all;
    size_t n;
    struct handover_receipt done;
    as(&c, w, &w->desk, io_ms);
    TRY(case_find(&c, ref, &v));
    TRY(portals_for(&c, &v, &all, &n));
    for (size_t i = 0; i < n; i++) {
        if (!all[i].account) {
            const struct handover_new to = {.portal = all[i].code, .account = S("none")};
            return handover_give(&c, ref, &to, &done);
        }
    }
    return FAIL(BUG);
}

/* Every case says of itself that it is none that anybody could look into. */
static err words_of(struct ctx *c, size_t k, str *out)
{
    enum { WORDS_MAX = 1000 };
    SCOPED(buf_free) struct buf b = buf_new(WORDS_MAX);
    const struct msg_arg args[] = {
        {"no", arena_printf(c->arena, "%zu", k + 1)},
        {"all", arena_printf(c->arena, "%d", FIXTURE_CASES)},
    };
    msg_put(&b, LANG_UR, MSG_FIXTURE_CASE, 1, args, sizeof args / sizeof args[0]);
    *out = arena_str(c->arena, buf_str(&b));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

static int64_t came_at(size_t k)
{
    int64_t day = day_add(DESK_FROM_DAY, (int64_t)k * DESK_DAYS / FIXTURE_CASES);
    day = day_weekday(day) == 0 ? day_add(day, 1) : day;
    return day_at_ms(day, 9 + (int)(k % 5), 0);
}

bool fixture_among(size_t k, size_t of, size_t all)
{
    return (k + 1) * of / all != k * of / all;
}

static err one_case(const struct casework *w, size_t k)
{
    static const str units[] = {S_INIT("PK52601"), S_INIT("PK52602"), S_INIT("PK52603")};
    const bool ours = fixture_among(k, FIXTURE_MUNICIPAL, FIXTURE_CASES);
    const size_t nth = k * FIXTURE_MUNICIPAL / FIXTURE_CASES; /* of the municipal ones, from 0 */
    struct case_receipt receipt;
    struct ctx c;
    int64_t ms = came_at(k);
    struct case_new n = {.service = ours ? w->ours[nth % w->ours_n]->service_code
                                         : w->others[k % w->others_n]->service_code,
                         .unit = units[k % (sizeof units / sizeof units[0])],
                         .lang = S("ur"),
                         .channel = S("desk"),
                         .sex = S("woman"),
                         .anonymous = true};
    if (!ours) { /* nothing says that she agreed: it goes without anything of hers */
        n.consent[CASE_purpose_hand_over] = S("no");
    }
    TRY(words_of(w->c, k, &n.words));
    as(&c, w, &w->desk, &ms);
    TRY(case_file(&c, &n, &receipt));
    if (!ours) {
        return hands_over(w, &receipt.ref, &ms);
    }
    if (fixture_among(nth, FIXTURE_REPORTED, FIXTURE_MUNICIPAL)) {
        const struct case_act close = {.action = CASE_CLOSE_UNCONFIRMED, .reported = true};
        return does(w, NULL, &receipt.ref, close, &ms);
    }
    const struct case_act give = {.action = CASE_ASSIGN, .to = w->officer.login};
    TRY(does(w, &w->supervisor, &receipt.ref, give, &ms));
    return does(w, &w->officer, &receipt.ref, (struct case_act){.action = CASE_ACCEPT}, &ms);
}

static err cases_run(struct ctx *c, struct write_job *base)
{
    (void)base;
    struct casework w = {.c = c};
    TRY(account_find(c, S("desk.nowshera"), &w.desk));
    TRY(account_find(c, S("officer.nowshera"), &w.officer));
    TRY(account_find(c, S("supervisor.nowshera"), &w.supervisor));
    TRY(services_sort(&w));
    const struct arena_mark mark = arena_mark(c->arena);
    for (size_t k = 0; k < FIXTURE_CASES; k++) {
        TRY(one_case(&w, k));
        if (arena_full(c->arena)) {
            return FAIL(LIMIT);
        }
        arena_reset(c->arena, mark);
    }
    return OK;
}

/* "150 RTI brochures": what was given out there, as one line of its stock. */
static err brochures_run(struct ctx *c, struct write_job *base)
{
    enum { NAME_MAX_BYTES = 200 };
    (void)base;
    struct account desk;
    int64_t no;
    SCOPED(buf_free) struct buf name = buf_new(NAME_MAX_BYTES);
    TRY(account_find(c, S("desk.nowshera"), &desk));
    msg_put(&name, LANG_UR, MSG_FIXTURE_BROCHURE, 1, NULL, 0);
    struct ctx there = *c;
    there.actor = account_actor(&desk);
    there.now_ms = day_at_ms(day_add(DESK_FROM_DAY, DESK_DAYS), 12, 0);
    const struct material_new m = {
        .name = buf_str(&name), .form = S("brochure"), .lang = S("ur"), .stock = FIXTURE_BROCHURES};
    TRY(material_add(&there, &m, &no));
    return material_move(&there, no, S("given"), FIXTURE_BROCHURES, STR_NONE);
}

static err events_run(struct ctx *c, struct write_job *base)
{
    (void)base;
    return fixture_events(c);
}

/* The two fiscal years of the gatherings, then that of the desk: only after the cases, for these count as
 * they stand when the quarter is approved. */
static err years_run(struct ctx *c, struct write_job *base)
{
    static const int held_2019[] = {2, 3};
    static const int held_2020[] = {2};
    static const int desk_2021[] = {1, 2};
    (void)base;
    TRY(fixture_year(c, 2019, held_2019, 2, false));
    TRY(fixture_year(c, 2020, held_2020, 1, false));
    return fixture_year(c, 2021, desk_2021, 2, true);
}

/* What the papers say beside the figures: which of them nobody reported. */
static err words_run(struct ctx *c, struct write_job *base)
{
    enum { WORDS_MAX = 1500 };
    static const enum lang langs[] = {LANG_EN, LANG_UR};
    struct ctx there;
    (void)base;
    TRY(fixture_as(c, S("manager"), day_add(DESK_FROM_DAY, 2 * DESK_DAYS), &there));
    for (size_t l = 0; l < sizeof langs / sizeof langs[0]; l++) {
        SCOPED(buf_free) struct buf words = buf_new(WORDS_MAX);
        msg_put(&words, langs[l], MSG_FIXTURE_RESULTS, 1, NULL, 0);
        for (size_t d = 0; d < STORY_document_n; d++) {
            const struct narrative_key k = {.kind = story_document_words[d].code,
                                            .period = period_all(),
                                            .lang = lang_table[langs[l]].code};
            int64_t version;
            TRY(narrative_save(&there, &k, S("results"), buf_str(&words), 0, &version));
        }
    }
    return OK;
}

err fixture_fill(struct store *s, const struct seed_user *users, size_t users_n, struct fail *f)
{
    static err (*const parts[])(struct ctx *, struct write_job *) = {people_run,    cases_run, events_run,
                                                                     brochures_run, years_run, words_run};
    struct arena *a = arena_open(FIXTURE_ARENA);
    err e = OK;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && e.code == ERR_OK; i++) {
        struct fixture_job job = {.base = {.run = parts[i], .arena = a, .actor = {.role = ROLE_SYSTEM}},
                                  .users = users,
                                  .users_n = users_n};
        e = store_write(s, &job.base);
        *f = job.base.fail;
    }
    arena_free(a);
    return e;
}
