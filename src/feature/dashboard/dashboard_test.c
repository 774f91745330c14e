/* The running quarter is what stands in the rows, approved figures are what snapshots say. */
#include "case_testing.h"

#include "dashboard.h"
#include "event_close.h"
#include "outline.h"
#include "sheet.h"

static const struct period last = {20260101, 20260331};

/* ---- an event of the last quarter, its sheet, the quarter's ---- */

static err run_hold(struct ctx *c, void *arg)
{
    str *code = arg;
    const struct event_new n = {.at = {.unit = S("PK52601"),
                                       .venue = S("School"),
                                       .venue_kind = S("school"),
                                       .day = local_day(c->now_ms),
                                       .from_min = 540,
                                       .to_min = 720},
                                .kind = S("khuli_kacheri"),
                                .audience = S("women"),
                                .why = S("For the test")};
    struct event_view v;
    TRY(event_plan(c, &n, code));
    TRY(event_open(c, *code));
    TRY(event_find(c, *code, &v));
    TRY(close_sign(c, &v, S("AC"), S("signature")));
    return OK;
}

static err run_close(struct ctx *c, void *arg)
{
    const str *code = arg;
    struct event_view v;
    TRY(event_find(c, *code, &v));
    return event_step(c, &v, EVENT_CLOSE, STR_NONE, STR_NONE);
}

static err run_reopen(struct ctx *c, void *arg)
{
    const str *code = arg;
    struct event_view v;
    TRY(event_find(c, *code, &v));
    return close_reopen(c, &v, S("Because"));
}

static str event_of_february(void)
{
    str code;
    char sql[600];
    assert_int_equal(written_as(who(DESK), run_hold, &code), ERR_OK);
    (void)snprintf(
        sql, sizeof sql,
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', 'citizen', 'woman', 30, 6 from event where event_code = '%.*s';"
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', 'official', 'man', 2, 1 from event where event_code = '%.*s';"
        "update event set event_day = 20260210 where event_code = '%.*s'",
        STR_F(code), STR_F(code), STR_F(code));
    run_script(sql);
    assert_int_equal(written_as(who(SUPERVISOR), run_close, &code), ERR_OK);
    return code;
}

struct stepping {
    str event; /* else the quarter */
    enum sheet_action action;
};

static err run_step(struct ctx *c, void *arg)
{
    const struct stepping *s = arg;
    struct event_view e;
    struct sheet_view v;
    struct snapshot_set set;
    uint8_t seen[DIGEST_LEN];
    str content;
    if (s->event.p != NULL) {
        TRY(event_find(c, s->event, &e));
        TRY(sheet_begin_event(c, &e, &v));
        return s->action == SHEET_APPROVE ? sheet_approve(c, &v, NULL, NULL)
                                          : sheet_act(c, &v, s->action, S("Because"));
    }
    TRY(sheet_begin_quarter(c, NOWSHERA, last, &v));
    if (s->action != SHEET_APPROVE) {
        return sheet_act(c, &v, s->action, S("Because"));
    }
    TRY(snapshot_count(c, NOWSHERA, last, &set));
    TRY(sheet_quarter_content(c, &set, &content));
    sheet_hash(content, seen);
    return sheet_approve(c, &v, &set, seen);
}

static void steps(str event, enum testing_who by, enum sheet_action action)
{
    struct stepping s = {event, action};
    if (written_as(who(by), run_step, &s) != ERR_OK) {
        fail_msg("step %d: %s", (int)action, testing_now->fail.log);
    }
}

static void approved(str event)
{
    steps(event, DESK, SHEET_SUBMIT);
    steps(event, MONITOR, SHEET_VERIFY);
    steps(event, KP_MONITOR, SHEET_APPROVE);
}

/* ---- what stands ---- */

static struct dash_area area_of(struct ctx *c, str unit)
{
    struct dash_area area;
    assert_err(dash_area_of(c, unit, &area), ok);
    return area;
}

static struct dash_running running(enum testing_who w, str unit)
{
    struct ctx c = reading_as(who(w));
    const struct dash_area area = area_of(&c, unit);
    struct dash_running r;
    assert_err(dash_running(&c, &area, &r), ok);
    return r;
}

static struct dash_figure figure(enum testing_who w, str code, struct period p)
{
    struct ctx c = reading_as(who(w));
    const struct dash_area area = area_of(&c, STR_NONE);
    struct dash_figure *all;
    size_t n;
    assert_err(dash_figures(&c, &area, p, &all, &n), ok);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].of->code, code)) {
            assert_err(dash_by_home(&c, &area, &all[i]), ok);
            return all[i];
        }
    }
    fail_msg("no indicator %.*s", STR_F(code));
    return (struct dash_figure){.of = NULL};
}

static void filed(enum testing_who w, const char *unit, const char *sex)
{
    struct case_new n = told("M-WAT-01", unit, "No water");
    n.kind = S("complaint");
    n.sex = str_of(sex);
    (void)file_as(who(w), n);
}

static void the_running_quarter_is_what_stands(void **state)
{
    (void)state;
    struct ctx c = reading_as(who(DESK));
    struct dash_area area;
    assert_int_equal(dash_area_of(&c, S("PK511"), &area).code, ERR_NOT_FOUND);
    assert_int_equal(dash_area_of(&c, S("PK5"), &area).code, ERR_NOT_FOUND);
    filed(DESK, "PK52601", "woman");
    filed(DESK, "PK52601", "woman");
    filed(DESK, "PK52602", "man");
    filed(OTHER_DESK, "PK51101", "woman");
    str code = event_of_february();
    struct dash_running r = running(KP_MONITOR, STR_NONE);
    assert_int_equal(r.all.cases, 4);
    assert_int_equal(r.all.women, 3);
    assert_int_equal(r.all.late, 0);
    assert_int_equal(r.all.held, 0);
    assert_int_equal(r.all.owed, 1);
    assert_int_equal(r.all.due, 1);
    assert_int_equal(r.all.sent, 0);
    assert_int_equal(r.quarters_owed, 2);       /* a desk stands in both */
    clock_fix(clock_now_ms() + 4 * MS_PER_DAY); /* water has three days */
    assert_int_equal(running(DESK, STR_NONE).all.late, 3);
    assert_int_equal(running(KP_MONITOR, S("PK511")).all.late, 1);
    /* Reopened it is no event that is over; closed again it is one. */
    assert_int_equal(written_as(who(SUPERVISOR), run_reopen, &code), ERR_OK);
    assert_int_equal(running(DESK, STR_NONE).all.due, 0);
    assert_int_equal(written_as(who(SUPERVISOR), run_close, &code), ERR_OK);
    steps(code, DESK, SHEET_SUBMIT);
    r = running(DESK, STR_NONE);
    assert_int_equal(r.all.sent, 1);
    assert_int_equal(r.all.timely, 0); /* months later */
    assert_int_equal(r.all.owed, 1);
    run_script("update sheet set first_day = due_day");
    steps(code, MONITOR, SHEET_VERIFY);
    steps(code, KP_MONITOR, SHEET_APPROVE);
    r = running(DESK, STR_NONE);
    assert_int_equal(r.all.timely, 1);
    assert_int_equal(r.all.owed, 0);
    steps(code, KP_MONITOR, SHEET_UNLOCK);
    assert_int_equal(running(DESK, STR_NONE).all.owed, 1);
}

static void approved_figures_are_what_snapshots_say(void **state)
{
    (void)state;
    struct snapshot_sum sum;
    const int64_t home = NOWSHERA;
    const str code = event_of_february();
    approved(code);
    assert_int_equal(figure(KP_MONITOR, S("attendance"), period_all()).found, 0);
    approved(STR_NONE);
    const struct dash_figure f = figure(KP_MONITOR, S("attendance"), period_all());
    struct ctx c = reading_as(who(KP_MONITOR));
    assert_err(snapshot_read(&c, f.of, &home, 1, period_all(), &sum), ok);
    assert_int_equal(f.num, 32);
    assert_int_equal(f.num, sum.figure.num);
    assert_int_equal(f.found, 1);
    assert_int_equal(f.trend[DASH_TREND - 1].found, 0); /* the quarter that runs */
    assert_int_equal(f.trend[DASH_TREND - 2].from_day, last.from_day);
    assert_int_equal(f.trend[DASH_TREND - 2].num, 32);
    assert_int_equal(running(KP_MONITOR, STR_NONE).quarters_owed, 1);
    int64_t by_home = 0;
    for (size_t i = 0; i < area_of(&c, STR_NONE).homes_n; i++) {
        by_home += f.by_home[i].num;
    }
    assert_int_equal(by_home, 32);
    assert_int_equal(figure(KP_MONITOR, S("attendance"), period_fiscal(2024)).found, 0);
    assert_int_equal(figure(DESK, S("attendance"), last).num, 32);
    assert_int_equal(figure(OTHER_DESK, S("attendance"), last).found, 0);
    /* A district that was made of this one tells its trend on, and has no figure of its own yet. */
    run_script("insert into unit values (600, 'PK591', 3, 10, 10, 600, null, 0, 20260401, 99991231);"
               "insert into unit_successor (from_id, to_id, from_day) values (100, 600, 20260401)");
    run_script(
        "insert into snapshot_cell (home, snapshot_id, fact_month, role_code, sex_code, part_code, num_n, "
        "den_n)"
        " select home, id, 202602, '', '', '4', 3, 0 from snapshot where indicator_code = "
        "'cases_median_days';"
        "insert into snapshot_cell (home, snapshot_id, fact_month, role_code, sex_code, part_code, num_n, "
        "den_n)"
        " select home, id, 202602, '', '', '10', 2, 0 from snapshot where indicator_code = "
        "'cases_median_days'");
    const struct dash_area part = area_of(&c, S("PK591"));
    struct dash_figure *all;
    size_t all_n;
    assert_err(dash_figures(&c, &part, period_all(), &all, &all_n), ok);
    for (size_t i = 0; i < all_n; i++) {
        if (str_eq(all[i].of->code, S("attendance"))) {
            assert_int_equal(all[i].found, 0);
            assert_int_equal(all[i].num, 0);
            assert_int_equal(all[i].trend[DASH_TREND - 2].num, 32);
        }
        if (str_eq(all[i].of->code, S("cases_median_days"))) { /* of its values */
            assert_int_equal(all[i].den, 0);
            assert_int_equal(all[i].trend[DASH_TREND - 2].num, 4);
            assert_int_equal(all[i].trend[DASH_TREND - 2].den, 5);
            assert_int_equal(all[i].trend[DASH_TREND - 3].found, 0);
        }
    }
    /* What nobody approved again moves nothing. */
    run_script("update event_count set people_n = 99");
    assert_int_equal(figure(KP_MONITOR, S("attendance"), period_all()).num, 32);
}

/* ---- outlines ---- */

static void every_outline_is_of_a_district(void **state)
{
    (void)state;
    size_t n;
    const struct outline *all = outline_all(&n);
    assert_true(n > 100);
    assert_non_null(outline_find(S("PK526")));
    assert_null(outline_find(S("PK999")));
    for (size_t i = 0; i < n; i++) {
        const struct outline *o = &all[i];
        assert_true(o->left < o->right && o->top < o->bottom);
        assert_true(o->x >= o->left && o->x <= o->right && o->y >= o->top && o->y <= o->bottom);
        assert_true(str_starts(o->path, S("M")) &&
                    str_eq(str_sub(o->path, o->path.n - 1, o->path.n), S("z")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(the_running_quarter_is_what_stands),
        FEATURE_TEST(approved_figures_are_what_snapshots_say),
        cmocka_unit_test(every_outline_is_of_a_district),
    };
    return FEATURE_TESTS(tests);
}
