/* Three people, one after another; what is approved counts, and nothing else. */
#include "sheet_testing.h"

#include "audit.h"
#include "sheet.h"

static const struct period quarter = {20260101, 20260331};

/* An event with 30 women and 2 officials, in the quarter that is over; closed when `close`. */
static str event_held(bool close)
{
    str code;
    char sql[1200];
    assert_int_equal(written_as(who(DESK), testing_event_open, &code), ERR_OK);
    (void)snprintf(
        sql, sizeof sql,
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', 'citizen', 'woman', 30, 6 from event where event_code = '%.*s';"
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', 'official', 'man', 2, 1 from event where event_code = '%.*s';"
        "insert into event_signature (home, event_id, sign_no, post_text, how_code, signed_ms)"
        " select home, id, 1, 'AC', 'signature', 1 from event where event_code = '%.*s';"
        "update event set event_day = 20260210 where event_code = '%.*s'",
        STR_F(code), STR_F(code), STR_F(code), STR_F(code));
    run_script(sql);
    if (close) {
        assert_int_equal(written_as(who(SUPERVISOR), testing_event_close, &code), ERR_OK);
    }
    return code;
}

struct justifying {
    str event; /* else the quarter */
    str rule, place, why;
};
static err sheet_named(struct ctx *c, str event, struct sheet_view *out);

static err run_justify(struct ctx *c, void *arg)
{
    const struct justifying *j = arg;
    struct sheet_view v;
    TRY(sheet_named(c, j->event, &v));
    return sheet_justify(c, &v, j->rule, j->place, j->why);
}

static enum err_code justified(str event, str rule, str place, str why)
{
    struct justifying j = {event, rule, place, why};
    return written_as(who(DESK), run_justify, &j);
}

struct acting {
    str event; /* else the quarter */
    enum sheet_action action;
    str words;
    bool stale;                    /* approving what was seen otherwise */
    const struct sheet_seen *seen; /* what the page said on which she acts; NULL: there was none */
    enum sheet_state state;
};

static err sheet_named(struct ctx *c, str event, struct sheet_view *out)
{
    struct event_view e;
    if (event.p == NULL) {
        return sheet_begin_quarter(c, NOWSHERA, quarter, out);
    }
    TRY(event_find(c, event, &e));
    return sheet_begin_event(c, &e, out);
}

static err run_act(struct ctx *c, void *arg)
{
    struct acting *a = arg;
    struct sheet_view v;
    struct snapshot_set set;
    uint8_t seen[DIGEST_LEN];
    str content;
    TRY(sheet_named(c, a->event, &v));
    TRY(a->seen != NULL ? sheet_as_seen(c, &v, a->action, a->seen) : OK);
    if (a->action != SHEET_APPROVE) {
        TRY(sheet_act(c, &v, a->action, a->words));
    } else if (a->event.p != NULL) {
        TRY(sheet_approve(c, &v, NULL, NULL));
    } else {
        TRY(snapshot_count(c, NOWSHERA, quarter, &set));
        TRY(sheet_quarter_content(c, &set, &content));
        sheet_hash(content, seen);
        seen[0] ^= a->stale ? 1 : 0;
        TRY(sheet_approve(c, &v, &set, seen));
    }
    a->state = v.state;
    return OK;
}

static void acted(enum testing_who by, str event, enum sheet_action action, enum sheet_state then)
{
    struct acting a = {.event = event, .action = action, .words = S("Because")};
    assert_int_equal(written_as(who(by), run_act, &a), ERR_OK);
    assert_int_equal(a.state, then);
}

static void refused(enum testing_who by, str event, enum sheet_action action, enum err_code code)
{
    struct acting a = {.event = event, .action = action, .words = S("Because")};
    assert_int_equal(written_as(who(by), run_act, &a), code);
}

static int64_t women(void)
{
    struct ctx c = reading_as(who(KP_MONITOR));
    const int64_t home = NOWSHERA;
    const struct indicator *i = indicator_find(S("attendance"));
    struct snapshot_sum sum;
    int64_t num;
    int64_t den;
    assert_err(snapshot_read(&c, i, &home, 1, period_all(), &sum), ok);
    figure_sum(i, &sum.figure, &(struct figure_pick){.role = S("citizen"), .sex = S("woman")}, &num, &den);
    return num;
}

static void three_people_make_it_official(void **state)
{
    (void)state;
    const str code = event_held(true);
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED);
    refused(DESK, code, SHEET_VERIFY, ERR_DENIED);
    refused(MONITOR, code, SHEET_APPROVE, ERR_CONFLICT); /* not verified yet */
    acted(MONITOR, code, SHEET_VERIFY, SHEET_VERIFIED);
    refused(MONITOR, code, SHEET_APPROVE, ERR_DENIED); /* of the district, and verified it */
    refused(MANAGER, code, SHEET_APPROVE, ERR_DENIED);
    acted(KP_MONITOR, code, SHEET_APPROVE, SHEET_APPROVED);
    assert_int_equal(women(), 0); /* the quarter is not approved yet */
    acted(MONITOR, STR_NONE, SHEET_SUBMIT, SHEET_SUBMITTED);
    refused(MONITOR, STR_NONE, SHEET_VERIFY, ERR_DENIED); /* her own */
    acted(KP_MONITOR, STR_NONE, SHEET_VERIFY, SHEET_VERIFIED);
    refused(KP_MONITOR, STR_NONE, SHEET_APPROVE, ERR_DENIED); /* verified it */
    acted(KP_MONITOR_2, STR_NONE, SHEET_APPROVE, SHEET_APPROVED);
    assert_int_equal(women(), 30);
}

static void approve_event(str code)
{
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted(MONITOR, code, SHEET_VERIFY, SHEET_VERIFIED);
    acted(KP_MONITOR, code, SHEET_APPROVE, SHEET_APPROVED);
}

static void approve_quarter(void)
{
    acted(DESK, STR_NONE, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted(MONITOR, STR_NONE, SHEET_VERIFY, SHEET_VERIFIED);
    acted(KP_MONITOR, STR_NONE, SHEET_APPROVE, SHEET_APPROVED);
}

static void nothing_moves_until_it_is_approved_again(void **state)
{
    (void)state;
    const str code = event_held(true);
    approve_event(code);
    approve_quarter();
    assert_int_equal(women(), 30);
    run_script("update event_count set people_n = 31 where role_code = 'citizen'");
    assert_int_equal(women(), 30);
    refused(MONITOR, code, SHEET_UNLOCK, ERR_DENIED);
    acted(KP_MONITOR, code, SHEET_UNLOCK, SHEET_DRAFT);
    assert_int_equal(women(), 30);
    approve_event(code);
    assert_int_equal(women(), 30);
    acted(KP_MONITOR, STR_NONE, SHEET_UNLOCK, SHEET_DRAFT);
    assert_int_equal(women(), 30);
    approve_quarter();
    assert_int_equal(women(), 31);
    /* What was approved first can still be read. */
    struct ctx c = reading_as(who(KP_MONITOR));
    struct q_snapshot_versions *v;
    struct q_sheet_versions *said;
    struct sheet_view sheet;
    size_t n;
    assert_err(snapshot_versions(&c, NOWSHERA, S("attendance"), quarter.from_day, &v, &n), ok);
    assert_int_equal(n, 2);
    assert_int_equal(v[1].num_n, 32);
    assert_err(sheet_of_quarter(&c, NOWSHERA, quarter, &sheet), ok);
    assert_int_equal(sheet.row.version_no, 2);
    assert_err(sheet_versions(&c, &sheet, &said, &n), ok);
    assert_int_equal(n, 2);
    assert_true(str_eq(said[1].unlock_text, S("Because")));
    struct snapshot_report report;
    assert_err(snapshot_verify(&c, NOWSHERA, &report), ok);
    assert_int_equal(report.broken, 0);
}

static void said_by(str code, uint8_t out[DIGEST_LEN])
{
    struct ctx c = reading_as(who(DESK));
    struct event_view e;
    str content;
    assert_err(event_find(&c, code, &e), ok);
    assert_err(sheet_event_content(&c, &e, &content), ok);
    sheet_hash(content, out);
}

/* From a page that says where the sheet stood, and what it said. */
static void acted_on(const struct sheet_seen *seen, str event, enum sheet_action action, enum err_code code)
{
    struct acting a = {.event = event, .action = action, .words = S("Because"), .seen = seen};
    assert_int_equal(written_as(who(action == SHEET_SUBMIT ? DESK : MONITOR), run_act, &a), code);
}

static void what_changed_meanwhile_is_approved_by_nobody(void **state)
{
    (void)state;
    uint8_t said[DIGEST_LEN];
    struct sheet_seen seen = {.step = 0, .said = said};
    const str code = event_held(true);
    said_by(code, said);
    run_script("update event_count set people_n = 31 where role_code = 'citizen'");
    acted_on(&seen, code, SHEET_SUBMIT, ERR_CONFLICT); /* never put forward unseen */
    assert_int_equal(testing_now->fail.message, MSG_SHEET_SAYS_OTHER);
    said_by(code, said);
    acted_on(&seen, code, SHEET_SUBMIT, ERR_OK);
    seen.step = 2;
    acted(MONITOR, code, SHEET_RETURN, SHEET_DRAFT);
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted_on(&seen, code, SHEET_VERIFY, ERR_CONFLICT); /* it was returned and put forward again */
    assert_int_equal(testing_now->fail.message, MSG_FLOW_CHANGED_MEANWHILE);
    seen.step = FLOW_UNSEEN;
    acted_on(&seen, code, SHEET_VERIFY, ERR_CONFLICT); /* nor from a form that does not say */
    assert_int_equal(testing_now->fail.message, MSG_FLOW_CHANGED_MEANWHILE);
    run_script("update event_count set people_n = 99 where role_code = 'citizen'");
    refused(MONITOR, code, SHEET_VERIFY, ERR_CONFLICT);
    acted(MONITOR, code, SHEET_RETURN, SHEET_DRAFT);
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted(MONITOR, code, SHEET_VERIFY, SHEET_VERIFIED);
    run_script("delete from event_count where role_code = 'official'");
    refused(KP_MONITOR, code, SHEET_APPROVE, ERR_CONFLICT);
    refused(DESK, STR_NONE, SHEET_SUBMIT, ERR_CONFLICT); /* an event of the quarter stands in no figure */
    assert_int_equal(justified(STR_NONE, S("sheets_missing"), S(""), S("It is counted again")), ERR_OK);
    acted(DESK, STR_NONE, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted(MONITOR, STR_NONE, SHEET_VERIFY, SHEET_VERIFIED);
    struct acting stale = {.action = SHEET_APPROVE, .stale = true};
    assert_int_equal(written_as(who(KP_MONITOR), run_act, &stale), ERR_CONFLICT);
}

static err run_reopen(struct ctx *c, void *arg)
{
    const str *code = arg;
    struct event_view v;
    TRY(event_find(c, *code, &v));
    return close_reopen(c, &v, S("Because"));
}

static void an_event_stays_closed_under_an_approved_sheet(void **state)
{
    (void)state;
    str code = event_held(true);
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted(MONITOR, code, SHEET_VERIFY, SHEET_VERIFIED);
    acted(KP_MONITOR, code, SHEET_APPROVE, SHEET_APPROVED);
    assert_int_equal(written_as(who(SUPERVISOR), run_reopen, &code), ERR_CONFLICT);
    acted(KP_MONITOR, code, SHEET_UNLOCK, SHEET_DRAFT);
    assert_int_equal(written_as(who(SUPERVISOR), run_reopen, &code), ERR_OK);
}

static void reasons_reach_and_time(void **state)
{
    (void)state;
    str open = event_held(false);
    refused(DESK, open, SHEET_SUBMIT, ERR_CONFLICT);
    assert_int_equal(written_as(who(SUPERVISOR), testing_event_close, &open), ERR_OK);
    refused(OTHER_DESK, open, SHEET_SUBMIT, ERR_NOT_FOUND);
    refused(OTHER_DESK, STR_NONE, SHEET_SUBMIT, ERR_NOT_FOUND);
    refused(ADC, open, SHEET_SUBMIT, ERR_DENIED);
    acted(DESK, open, SHEET_SUBMIT, SHEET_SUBMITTED);
    struct acting silent = {.event = open, .action = SHEET_RETURN, .words = S("  ")};
    assert_int_equal(written_as(who(MONITOR), run_act, &silent), ERR_INVALID);
    struct ctx c = reading_as(who(MONITOR));
    struct q_sheet_owed_events *owed;
    const int64_t home = NOWSHERA;
    size_t n;
    assert_err(sheet_owed(&c, &home, 1, period_fiscal(2025), &owed, &n), ok);
    assert_int_equal(n, 1);
    assert_int_equal(owed[0].flow_state.v, SHEET_SUBMITTED);
}

/* ---- rules ---- */

static struct sheet_finding found(const struct sheet_finding *f, size_t n, str rule, str place)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(f[i].rule, rule) && str_eq(f[i].place, place)) {
            return f[i];
        }
    }
    return (struct sheet_finding){.rule = STR_NONE};
}

static size_t findings(str code, struct sheet_finding **out)
{
    struct ctx c = reading_as(who(DESK));
    struct event_view e;
    struct sheet_view v;
    struct sheet_found found;
    assert_err(event_find(&c, code, &e), ok);
    assert_err(sheet_of_event(&c, &e, &v), ok);
    assert_err(sheet_findings(&c, &v, &found), ok);
    *out = found.v;
    return found.n;
}

/* Of an event that was written down 106 times. */
static void a_sheet_of_which_much_does_not_fit_can_be_opened(void **state)
{
    (void)state;
    struct sheet_finding *found;
    const str code = event_held(true);
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted(MONITOR, code, SHEET_RETURN, SHEET_DRAFT);
    const char *numbers = "(with recursive n(i) as (select 1 union all select i + 1 from n where i < 105)"
                          " select i from n) n";
    char sql[1600];
    (void)snprintf(
        sql, sizeof sql,
        "create table again as select e.*, n.i from event e cross join %s;"
        "update again set id = id + i, event_no = event_no + i, event_code = event_code || '-' || i;"
        "alter table again drop column i; insert into event select * from again; drop table again;"
        "create table again as select f.*, n.i from flow f cross join %s where f.kind_no = 3;"
        "update again set subject_id = subject_id + i;"
        "alter table again drop column i; insert into flow select * from again; drop table again",
        numbers, numbers);
    run_script(sql);
    assert_true(findings(code, &found) > 100);
    assert_true(str_eq(found[0].rule, S("twice")));
    refused(DESK, code, SHEET_SUBMIT, ERR_CONFLICT);
    assert_int_equal(testing_now->fail.message, MSG_SHEET_HAS_WARNINGS);
}

static void one_that_a_desk_wrote_down_twice_is_told_whatever_it_calls_the_place(void **state)
{
    (void)state;
    struct sheet_finding *f;
    char code[60];
    const str held = event_held(true); /* what is read next lies where this lies */
    acted(DESK, held, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted(MONITOR, held, SHEET_RETURN, SHEET_DRAFT);
    (void)snprintf(code, sizeof code, "%.*s", STR_F(held));
    run_script("create table again as select * from event;"
               "update again set id = id + 1, event_no = event_no + 1, event_code = 'AGAIN';"
               "insert into event select * from again; drop table again;"
               "create table again as select * from flow where kind_no = 3;"
               "update again set subject_id = subject_id + 1; insert into flow select * from again;"
               "drop table again");
    const str first = S("AGAIN");
    const str second = str_of(code);
    size_t n = findings(second, &f);
    assert_true(str_eq(found(f, n, S("twice"), first).rule, S("twice")));
    assert_null(found(f, n, S("twice_by_desk"), first).rule.p);
    run_script("update event set venue_text = 'The hall, ' || event_code");
    n = findings(second, &f);
    assert_null(found(f, n, S("twice"), first).rule.p);
    const struct sheet_finding by_desk = found(f, n, S("twice_by_desk"), first);
    assert_true(str_eq(by_desk.rule, S("twice_by_desk")));
    assert_false(by_desk.error);
}

struct papering {
    str event;
    bool kept;
};

/* 31 citizens, 30 women, 32 in all. */
static err run_paper(struct ctx *c, void *arg)
{
    struct papering *p = arg;
    struct event_view e;
    const struct sheet_sum sums[] = {{S("citizen"), S(""), 31}, {S(""), S("woman"), 30}, {S(""), S(""), 32}};
    TRY(event_find(c, p->event, &e));
    return sheet_paper_keep(c, &e, sums, sizeof sums / sizeof sums[0], &p->kept);
}

static void a_workbook_is_compared_with_a_draft(str code)
{
    struct sheet_finding *f;
    struct papering p = {.event = code};
    assert_int_equal(written_as(who(MANAGER), run_paper, &p), ERR_DENIED);
    assert_int_equal(written_as(who(OTHER_DESK), run_paper, &p), ERR_NOT_FOUND);
    assert_int_equal(written_as(who(MONITOR), run_paper, &p), ERR_OK);
    assert_true(p.kept);
    assert_int_equal(written_as(who(MONITOR), run_paper, &p), ERR_OK); /* in place of the same */
    assert_int_equal(findings(code, &f), 1);
    assert_true(str_eq(f[0].rule, S("workbook_differs")));
    assert_true(str_eq(f[0].place, S("citizen")));
    assert_int_equal(f[0].left, 30);
    assert_int_equal(f[0].right, 31);
    refused(DESK, code, SHEET_SUBMIT, ERR_CONFLICT);
    assert_int_equal(justified(code, S("workbook_differs"), S("citizen"), S("One twice")), ERR_OK);
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED);
    assert_int_equal(written_as(who(MONITOR), run_paper, &p), ERR_OK);
    assert_false(p.kept); /* no draft any more */
    acted(MONITOR, code, SHEET_RETURN, SHEET_DRAFT);
    run_script("delete from sheet_paper");
}

static void what_does_not_fit_stops_or_is_explained(void **state)
{
    (void)state;
    struct sheet_finding *f;
    const str code = event_held(true);
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED); /* everything fits */
    assert_int_equal(findings(code, &f), 0);
    acted(MONITOR, code, SHEET_RETURN, SHEET_DRAFT);
    a_workbook_is_compared_with_a_draft(code);
    run_script("insert into event_paper (home, event_id, role_code, sex_code, people_n)"
               " select home, id, 'citizen', 'woman', 31 from event;"
               "update event set room_n = 20;"
               "update event_count set people_n = 0 where role_code = 'official';"
               "insert into event_margin (home, event_id, role_code, margin_code, value_code, people_n)"
               " select home, id, 'citizen', 'age', '18_29', 31 from event");
    size_t n = findings(code, &f);
    assert_int_equal(n, 4);
    const struct sheet_finding paper = found(f, n, S("paper_differs"), S("citizen.woman"));
    assert_non_null(paper.rule.p);
    assert_int_equal(paper.left, 30);
    assert_int_equal(paper.right, 31);
    assert_non_null(found(f, n, S("more_than_room"), S("")).rule.p);
    assert_non_null(found(f, n, S("no_official"), S("")).rule.p);
    assert_true(found(f, n, S("told_more_than_came"), S("citizen.age")).error);
    /* An error is mended, never explained away. */
    assert_int_equal(justified(code, S("told_more_than_came"), S("citizen.age"), S("So")), ERR_CONFLICT);
    refused(DESK, code, SHEET_SUBMIT, ERR_CONFLICT);
    run_script("update event_margin set people_n = 30");
    refused(DESK, code, SHEET_SUBMIT, ERR_CONFLICT);
    assert_int_equal(justified(code, S("no_official"), S(""), S(" ")), ERR_INVALID);
    assert_int_equal(justified(code, S("no_official"), S(""), S("He was called away")), ERR_OK);
    assert_int_equal(justified(code, S("more_than_room"), S(""), S("They stood")), ERR_OK);
    refused(DESK, code, SHEET_SUBMIT, ERR_CONFLICT);
    assert_int_equal(justified(code, S("paper_differs"), S("citizen.woman"), S("One signed twice")), ERR_OK);
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED);
    n = findings(code, &f);
    assert_true(str_eq(found(f, n, S("no_official"), S("")).why, S("He was called away")));
    /* It was said of these numbers: of others it is said anew. */
    acted(MONITOR, code, SHEET_RETURN, SHEET_DRAFT);
    run_script("update event_paper set people_n = 29");
    refused(DESK, code, SHEET_SUBMIT, ERR_CONFLICT);
}

static void nobody_verifies_what_nobody_signed(void **state)
{
    (void)state;
    const str code = event_held(true);
    run_script("update event_signature set how_code = 'refused'");
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED);
    refused(MONITOR, code, SHEET_VERIFY, ERR_CONFLICT);
    run_script("update event_signature set how_code = 'thumb'");
    acted(MONITOR, code, SHEET_VERIFY, SHEET_VERIFIED);
}

static void what_was_approved_is_compared_with_its_hash(void **state)
{
    (void)state;
    struct sheet_report r = {0};
    struct audit_report chains = {0};
    const str code = event_held(true);
    approve_event(code);
    approve_quarter();
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    assert_err(audit_verify(&c, &chains), ok);
    assert_err(sheet_verify(&c, &chains, &r), ok);
    assert_int_equal(r.versions, 2);
    assert_true(r.figures > 20);
    run_script("update snapshot_cell set num_n = num_n + 1 where role_code = 'citizen'");
    assert_int_equal(sheet_verify(&c, &chains, &r).code, ERR_CONFLICT);
    assert_string_equal(r.broken, "figure");
    run_script("update snapshot_cell set num_n = num_n - 1 where role_code = 'citizen'");
    assert_err(sheet_verify(&c, &chains, &r), ok);
    run_script("update sheet_version set content_text = content_text || ' '");
    assert_int_equal(sheet_verify(&c, &chains, &r).code, ERR_CONFLICT);
    assert_string_equal(r.broken, "sheet");
    assert_int_equal(r.broken_home, NOWSHERA);
}

/* ---- many districts ---- */

static void how_far_a_district_is(void **state)
{
    (void)state;
    struct sheet_district *d;
    struct q_sheet_open *open;
    size_t n;
    const int64_t homes[] = {HARIPUR, NOWSHERA, PROVINCE};
    const str code = event_held(true);
    struct ctx c = reading_as(who(KP_MONITOR));
    assert_err(sheet_districts(&c, homes, 3, quarter, &d, &n), ok);
    assert_int_equal(n, 2); /* a desk stands in both */
    assert_int_equal(d[1].events, 1);
    assert_int_equal(d[1].submitted, 0);
    acted(DESK, code, SHEET_SUBMIT, SHEET_SUBMITTED); /* months after it was due */
    assert_err(sheet_open(&c, homes, 3, &open, &n), ok);
    assert_int_equal(n, 1);
    assert_true(str_eq(open[0].event_code, code));
    assert_err(sheet_districts(&c, homes, 3, quarter, &d, &n), ok);
    assert_int_equal(d[1].submitted, 1);
    assert_int_equal(d[1].timely, 0);
    assert_int_equal(d[1].approved, 0);
    run_script("update sheet set first_day = due_day");
    acted(MONITOR, code, SHEET_VERIFY, SHEET_VERIFIED);
    acted(KP_MONITOR, code, SHEET_APPROVE, SHEET_APPROVED);
    assert_err(sheet_districts(&c, homes, 3, quarter, &d, &n), ok);
    assert_int_equal(d[1].timely, 1);
    assert_int_equal(d[1].approved, 1);
    assert_false(d[1].begun);
}

struct together {
    struct sheet_ready_all all;
    bool stale;
};

static err run_together(struct ctx *c, void *arg)
{
    struct together *t = arg;
    uint8_t seen[DIGEST_LEN];
    memcpy(seen, t->all.hash, sizeof seen);
    seen[3] ^= t->stale ? 1 : 0;
    return sheet_approve_ready(c, &t->all, seen);
}

static void a_province_is_approved_in_one_go(void **state)
{
    (void)state;
    struct together t = {.stale = true};
    const int64_t homes[] = {HARIPUR, NOWSHERA};
    acted(DESK, STR_NONE, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted(MONITOR, STR_NONE, SHEET_VERIFY, SHEET_VERIFIED);
    struct ctx c = reading_as(who(KP_MONITOR));
    assert_err(sheet_ready(&c, homes, 2, quarter, &t.all), ok);
    assert_int_equal(t.all.n, 1);
    acted(MONITOR, STR_NONE, SHEET_RETURN, SHEET_DRAFT);
    acted(DESK, STR_NONE, SHEET_SUBMIT, SHEET_SUBMITTED);
    acted(MONITOR, STR_NONE, SHEET_VERIFY, SHEET_VERIFIED);
    t.stale = false;
    assert_int_equal(written_as(who(KP_MONITOR), run_together, &t),
                     ERR_CONFLICT); /* it came back meanwhile */
    assert_err(sheet_ready(&c, homes, 2, quarter, &t.all), ok);
    t.stale = true;
    assert_int_equal(written_as(who(KP_MONITOR), run_together, &t), ERR_CONFLICT);
    t.stale = false;
    assert_int_equal(written_as(who(MONITOR), run_together, &t), ERR_DENIED);
    assert_int_equal(written_as(who(KP_MONITOR), run_together, &t), ERR_OK);
    assert_int_equal(written_as(who(KP_MONITOR_2), run_together, &t), ERR_CONFLICT); /* it is, by now */
    refused(MONITOR, STR_NONE, SHEET_LOCK, ERR_DENIED);
    acted(KP_MONITOR, STR_NONE, SHEET_LOCK, SHEET_LOCKED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(three_people_make_it_official),
        FEATURE_TEST(nothing_moves_until_it_is_approved_again),
        FEATURE_TEST(what_changed_meanwhile_is_approved_by_nobody),
        FEATURE_TEST(an_event_stays_closed_under_an_approved_sheet),
        FEATURE_TEST(reasons_reach_and_time),
        FEATURE_TEST(what_does_not_fit_stops_or_is_explained),
        FEATURE_TEST(nobody_verifies_what_nobody_signed),
        FEATURE_TEST(a_sheet_of_which_much_does_not_fit_can_be_opened),
        FEATURE_TEST(one_that_a_desk_wrote_down_twice_is_told_whatever_it_calls_the_place),
        FEATURE_TEST(what_was_approved_is_compared_with_its_hash),
        FEATURE_TEST(how_far_a_district_is),
        FEATURE_TEST(a_province_is_approved_in_one_go),
    };
    return FEATURE_TESTS(tests);
}
