/* What was approved cannot be changed around the program without `sunwai verify` finding it: plans, sheets
 * and figures, at random, each change on a copy that is thrown away; and by somebody who makes every hash
 * anew. TAMPERS says how many random ones (160; 40 on PostgreSQL), SEED which (printed). */
#include "sheet_testing.h"

#include "audit.h"
#include "engine.h"
#include "plan.h"
#include "random.h"
#include "sheet.h"

enum { SQL_MAX = 900 };

static const struct period quarter = {20260101, 20260331};

/* ---- an approved event, quarter and plan, a second version of the plan, and a sheet that was unlocked ----
 */

struct doing {
    enum sheet_action action;
    bool of_quarter;
    str plan;
    enum plan_action step;
};

static str event_code;

static err run_sheet(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    struct sheet_view v;
    struct event_view e;
    struct snapshot_set set;
    uint8_t seen[DIGEST_LEN];
    str content;
    if (d->of_quarter) {
        TRY(sheet_begin_quarter(c, NOWSHERA, quarter, &v));
    } else {
        TRY(event_find(c, event_code, &e));
        TRY(sheet_begin_event(c, &e, &v));
    }
    if (d->action != SHEET_APPROVE) {
        return sheet_act(c, &v, d->action, S("It was counted again"));
    }
    if (!d->of_quarter) {
        return sheet_approve(c, &v, NULL, NULL);
    }
    TRY(snapshot_count(c, NOWSHERA, quarter, &set));
    TRY(sheet_quarter_content(c, &set, &content));
    sheet_hash(content, seen);
    return sheet_approve(c, &v, &set, seen);
}

static void sheet_does(enum testing_who by, enum sheet_action action, bool of_quarter)
{
    struct doing d = {.action = action, .of_quarter = of_quarter};
    assert_int_equal(written_as(who(by), run_sheet, &d), ERR_OK);
}

static void sheet_approved(bool of_quarter)
{
    sheet_does(DESK, SHEET_SUBMIT, of_quarter);
    sheet_does(MONITOR, SHEET_VERIFY, of_quarter);
    sheet_does(KP_MONITOR, SHEET_APPROVE, of_quarter);
}

static err plan_fill(struct ctx *c, struct planned *v)
{
    int64_t no;
    struct plan_people people = {.at = {{0}}};
    people.at[0][0] = 12;
    people.at[1][1] = 3;
    TRY(plan_result_put(
        c, v,
        &(struct plan_result_edit){.kind = S("outcome"), .title = S("Heard"), .assumption = S("They come")}));
    TRY(plan_result_put(c, v,
                        &(struct plan_result_edit){
                            .kind = S("output"), .title = S("Courts"), .assumption = S(""), .parent = 1}));
    TRY(plan_indicator_put(c, v,
                           &(struct plan_indicator_edit){.result = 2,
                                                         .indicator = S("attendance"),
                                                         .baseline = SOME(4),
                                                         .baseline_day = 20250630,
                                                         .baseline_source = S("Counted"),
                                                         .means = S("Sheets")}));
    TRY(plan_target_put(c, v, &(struct plan_target_edit){.indicator = 1, .unit = S("PK526"), .n = SOME(40)}));
    TRY(plan_target_put(c, v,
                        &(struct plan_target_edit){.indicator = 1,
                                                   .unit = S("PK52601"),
                                                   .quarter = 2,
                                                   .role = S("citizen"),
                                                   .sex = S("woman"),
                                                   .n = SOME(9)}));
    for (int i = 0; i < 2; i++) {
        TRY(plan_action_put(c, v,
                            &(struct plan_action_edit){.result = 2,
                                                       .title = i == 0 ? S("Hear") : S("Answer\nsoon"),
                                                       .target = S("gender_centric"),
                                                       .event_kind = S("khuli_kacheri"),
                                                       .events = 2,
                                                       .from_day = 20250701,
                                                       .to_day = 20260630,
                                                       .post = S("Desk officer"),
                                                       .budget = S("B-1"),
                                                       .rupees = SOME(1000),
                                                       .units = S("PK52601\nPK52602")},
                            &no));
    }
    TRY(plan_people_put(c, v, 1, &people));
    TRY(plan_partner_add(c, v, 1, S("PK526-DC"), S("The office"), S("Gives the hall")));
    TRY(plan_partner_add(c, v, 1, STR_NONE, S("A group"), S("Invites")));
    TRY(plan_share_put(c, v, 1, S("government"), 600));
    TRY(plan_share_put(c, v, 1, S("partner-1"), 400));
    TRY(plan_risk_add(c, v, 1, S("Rain"), S("low"), S("A hall")));
    return plan_risk_add(c, v, 0, S("Strike"), S("high"), S("Later"));
}

static err plan_say_why(struct ctx *c, struct planned *v)
{
    TRY(plan_marker_add(
        c, v,
        &(struct plan_marker_new){
            .result = 2, .scheme = S("dac"), .value = S("2"), .why = S("It is its purpose")}));
    TRY(plan_marker_add(
        c, v,
        &(struct plan_marker_new){.action = 1, .scheme = S("sdg"), .value = S("5.5"), .why = S("Voice")}));
    TRY(plan_cite_add(c, v, 1,
                      &(struct plan_cite_new){
                          .kind = S("need"), .event = event_code, .need = 1, .words = S("They asked")}));
    TRY(plan_cite_add(c, v, 1,
                      &(struct plan_cite_new){.kind = S("snapshot"),
                                              .indicator = S("attendance"),
                                              .unit = S("PK526"),
                                              .period = S("FY2025-26Q3"),
                                              .words = S("So few")}));
    return plan_cite_add(c, v, 2, &(struct plan_cite_new){.kind = S("finding"), .words = S("It was far")});
}

static err run_make_plan(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    struct planned v;
    const struct plan_new n = {
        .programme = S("women-kacheri"), .kind = S("operational"), .unit = S("PK526"), .year = 2025};
    TRY(plan_make(c, &n, &d->plan));
    TRY(plan_find(c, d->plan, &v));
    TRY(plan_fill(c, &v));
    TRY(plan_say_why(c, &v));
    return plan_act(c, &v, PLAN_SUBMIT, STR_NONE);
}

static err run_plan_step(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    struct planned v;
    TRY(plan_find(c, d->plan, &v));
    if (d->step == PLAN_BEGIN) {
        return plan_revise(c, &v, &d->plan);
    }
    return plan_act(c, &v, d->step, STR_NONE);
}

static err run_go(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    struct planned v;
    TRY(plan_find(c, d->plan, &v));
    TRY(plan_action_act(c, &v, 1, ACTION_BEGIN, STR_NONE));
    return plan_event_tie(c, &v, 1, event_code, true);
}

static void all_stands(void)
{
    struct doing d = {.step = PLAN_APPROVE};
    run_script(
        "insert into programme values (900, 'women-kacheri', 20200101, 99991231, 1);"
        "insert into funder values (910, 'government', 99991231, ''), (911, 'partner-1', 99991231, '')");
    assert_int_equal(written_as(who(DESK), testing_event_open, &event_code), ERR_OK);
    run_script("insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
               " select home, id, '', 'citizen', 'woman', 30, 6 from event;"
               "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
               " select home, id, '', 'official', 'man', 2, 1 from event;"
               "insert into event_signature (home, event_id, sign_no, post_text, how_code, signed_ms)"
               " select home, id, 1, 'AC', 'signature', 1 from event;"
               "insert into event_need (home, event_id, need_no, words_text, women_n, others_n)"
               " select home, id, 1, 'A tap', 5, 0 from event");
    assert_int_equal(written_as(who(SUPERVISOR), testing_event_close, &event_code), ERR_OK);
    run_script("update event set event_day = 20260210");
    sheet_approved(false);
    sheet_approved(true);
    run_script("update event_count set people_n = 31 where role_code = 'citizen'");
    sheet_does(KP_MONITOR, SHEET_UNLOCK, false);
    sheet_approved(false);
    sheet_does(KP_MONITOR, SHEET_UNLOCK, true);
    sheet_approved(true);
    assert_int_equal(written_as(who(MONITOR), run_make_plan, &d), ERR_OK);
    assert_int_equal(written_as(who(MANAGER), run_plan_step, &d), ERR_OK);
    assert_int_equal(written_as(who(MONITOR), run_go, &d), ERR_OK);
    d.step = PLAN_BEGIN; /* the next version */
    assert_int_equal(written_as(who(MONITOR), run_plan_step, &d), ERR_OK);
    /* An event is sealed with its plan, which is none of ours here: what the scripts above did to it is not
     * looked at. */
}

/* ---- comparing ---- */

enum found { FOUND_NOWHERE, IN_CHAIN, IN_PLANS, IN_SHEETS };

static enum found found_in(struct ctx *c)
{
    struct audit_report chains = {0};
    struct plan_report plans = {.plans = {0}};
    struct sheet_report sheets = {0};
    const err chain = audit_verify(c, &chains);
    if (chain.code != ERR_OK) {
        assert_int_equal(chain.code, ERR_CONFLICT);
        return IN_CHAIN;
    }
    const err plan = plan_verify(c, &chains, &plans);
    if (plan.code != ERR_OK) {
        assert_int_equal(plan.code, ERR_CONFLICT);
        return IN_PLANS;
    }
    const err sheet = sheet_verify(c, &chains, &sheets);
    if (sheet.code != ERR_OK) {
        assert_int_equal(sheet.code, ERR_CONFLICT);
        return IN_SHEETS;
    }
    return FOUND_NOWHERE;
}

static struct db *around_the_program(void)
{
    char file[TESTING_PATH];
    struct db *db = NULL;
    testing_path(testing_now, "sunwai.db", file);
    const err e = on_pg() ? pg_open(testing_address, DB_WRITE, &db, &testing_now->fail)
                          : sqlite_open(file, DB_WRITE, &db, &testing_now->fail);
    assert_int_equal(e.code, ERR_OK);
    return db;
}

/* What a change leads to; it is taken back. FOUND_NOWHERE with *out_done false: the schema refused it. */
static enum found tried(struct db *db, const char *sql, bool *out_done)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    const struct arena_mark mark = arena_mark(c.arena);
    enum found found = FOUND_NOWHERE;
    c.db = db;
    assert_err(db_begin(db), ok);
    *out_done = db->engine->script(db, sql).code == ERR_OK;
    if (*out_done) {
        found = found_in(&c);
    }
    assert_err(db_rollback(db), ok);
    arena_reset(c.arena, mark);
    return found;
}

/* ---- at random ---- */

static uint64_t state_of_dice;

static uint64_t dice(uint64_t below)
{
    state_of_dice ^= state_of_dice << 13;
    state_of_dice ^= state_of_dice >> 7;
    state_of_dice ^= state_of_dice << 17;
    return state_of_dice % below;
}

/* Columns by what they hold. What only counts edits (changed_n) is not said by anything. */
struct attacked {
    const char *table, *key, *numbers, *texts;
    enum found where;
};
static const struct attacked tables[] = {
    {"plan", "home, id",
     "fiscal_no version_no from_day to_day created_ms approved_ms approver_id created_by_id",
     "title_text plan_code", IN_PLANS},
    {"plan_result", "home, id", "result_no", "title_text assumption_text", IN_PLANS},
    {"plan_indicator", "home, id", "indicator_no baseline_n baseline_day",
     "indicator_code title_text baseline_text means_text", IN_PLANS},
    {"plan_target", "home, indicator_id, unit_id, from_day, to_day, role_code, sex_code",
     "num_n den_n from_day to_day", "", IN_PLANS},
    {"plan_action", "home, id", "action_no events_n from_day to_day budget_n",
     "title_text event_kind_code post_text budget_text", IN_PLANS},
    {"plan_action_people", "home, action_id, role_code, sex_code", "people_n", "", IN_PLANS},
    {"plan_partner", "home, action_id, partner_no", "partner_no", "name_text part_text", IN_PLANS},
    {"plan_share", "home, action_id, funder_id", "share_n", "", IN_PLANS},
    {"plan_risk", "home, plan_id, risk_no", "risk_no", "words_text answer_text", IN_PLANS},
    {"plan_marker", "home, plan_id, marker_no", "marker_no set_ms set_by_id", "value_code why_text",
     IN_PLANS},
    {"plan_cite", "home, action_id, cite_no", "cite_no need_no", "words_text", IN_PLANS},
    {"sheet", "home, id",
     "from_day to_day due_day version_no first_day author_ms verifier_ms approver_ms author_id verifier_id "
     "approver_id",
     "why_text done_text narrative_text", IN_SHEETS},
    {"sheet_version", "home, sheet_id, version_no", "approved_ms version_no unlocked_ms unlocked_by_id",
     "content_text unlock_text", IN_SHEETS},
    {"snapshot", "home, id",
     "snapshot_no from_day to_day version_no sheet_version_no num_n den_n rows_n made_ms approver_id",
     "indicator_code", IN_SHEETS},
    {"snapshot_cell", "home, snapshot_id, fact_month, role_code, sex_code, part_code",
     "num_n den_n fact_month", "role_code sex_code part_code", IN_SHEETS},
};
enum { TABLES = sizeof tables / sizeof tables[0] };

static int64_t rows_in[TABLES];

static void one_of(const char *names, char out[64])
{
    size_t n = 1;
    str rest = str_of(names);
    for (size_t i = 0; i < rest.n; i++) {
        n += rest.p[i] == ' ';
    }
    str name = STR_NONE;
    for (uint64_t k = dice(n) + 1; k > 0; k--) {
        name = str_cut(&rest, ' ');
    }
    (void)snprintf(out, 64, "%.*s", STR_F(name));
}

static void random_attack(const struct attacked *t, int64_t rows, char sql[SQL_MAX])
{
    char column[64];
    char where[300];
    const long long row = (long long)dice((uint64_t)rows);
    (void)snprintf(where, sizeof where, "where (%s) = (select %s from %s order by %s limit 1 offset %lld)",
                   t->key, t->key, t->table, t->key, row);
    const uint64_t kind = dice(5);
    if (kind == 0) {
        (void)snprintf(sql, SQL_MAX, "delete from %s %s", t->table, where);
    } else if (kind < 3 || t->texts[0] == '\0') {
        one_of(t->numbers, column);
        (void)snprintf(sql, SQL_MAX, "update %s set %s = coalesce(%s, 0) %s %lld %s", t->table, column,
                       column, dice(2) == 0 ? "+" : "-", 1LL << dice(16), where);
    } else if (kind == 3) {
        one_of(t->texts, column);
        (void)snprintf(sql, SQL_MAX, "update %s set %s = %s || '%s' %s", t->table, column, column,
                       dice(2) == 0 ? " " : "x", where);
    } else { /* the same a second time */
        one_of(t->texts, column);
        (void)snprintf(sql, SQL_MAX, "update %s set %s = 'x' || %s %s", t->table, column, column, where);
    }
}

static void every_change_at_random_is_found(void **state)
{
    (void)state;
    const char *how_many = getenv("TAMPERS");
    const char *seed = getenv("SEED");
    const long n = how_many != NULL ? strtol(how_many, NULL, 10) : on_pg() ? 40 : 160;
    random_bytes(&state_of_dice, sizeof state_of_dice);
    state_of_dice = seed != NULL ? strtoull(seed, NULL, 10) : state_of_dice | 1;
    const uint64_t first = state_of_dice;
    long refused = 0;
    bool done;
    struct db *db = around_the_program();
    assert_int_equal(tried(db, "select 1", &done), FOUND_NOWHERE); /* nobody touched it */
    for (size_t i = 0; i < TABLES; i++) {
        char sql[SQL_MAX];
        (void)snprintf(sql, sizeof sql, "select count(*) from %s", tables[i].table);
        rows_in[i] = count_of(sql);
        assert_true(rows_in[i] > 0);
    }
    for (long i = 0; i < n; i++) {
        char sql[SQL_MAX];
        const size_t which = (size_t)i < TABLES ? (size_t)i : dice(TABLES); /* each table at least once */
        random_attack(&tables[which], rows_in[which], sql);
        const enum found found = tried(db, sql, &done);
        /* A figure that a plan cites is missed there first. */
        const bool cited = tables[which].where == IN_SHEETS && found == IN_PLANS;
        if (done && found != tables[which].where && !cited) {
            fail_msg("found %d: %s (SEED=%llu, attack %ld)", (int)found, sql, (unsigned long long)first, i);
        }
        refused += !done;
    }
    print_message("%ld of %ld found, %ld refused by the schema (SEED=%llu)\n", n - refused, n, refused,
                  (unsigned long long)first);
    assert_true(refused < n * 3 / 4);
    db_close(db);
}

/* ---- what takes a thought: codes, swaps, what is put in, what is cut off ---- */

static const struct {
    const char *sql;
    enum found where;
} thoughts[] = {
    {"select 1", FOUND_NOWHERE},
    {"update plan set plan_kind_code = 'national_action' where version_no = 2", IN_PLANS},
    {"update plan set content_hash = null where content_hash is not null", IN_PLANS},
    {"update plan_result set parent_id = null", IN_PLANS},
    {"update plan_indicator set ascending_flag = 1 - ascending_flag", IN_PLANS},
    {"update plan_indicator set every_code = 'year', measure_code = 'nominal'", IN_PLANS},
    {"update plan_indicator set counting_code = 'other'", IN_PLANS},
    {"update plan_indicator set aggregate_code = 'latest'", IN_PLANS},
    {"update plan_target set sex_code = 'man' where sex_code = 'woman'", IN_PLANS},
    {"update plan_target set unit_id = 102 where unit_id = 101", IN_PLANS},
    {"insert into plan_target select home, indicator_id, unit_id, from_day, to_day, 'official', sex_code, "
     "num_n,"
     " den_n from plan_target where sex_code = 'woman'",
     IN_PLANS},
    {"update plan_action set target_kind_code = 'gender_mainstreaming' where action_no = 2", IN_PLANS},
    {"update plan_action set title_text = case action_no when 1 then 'Answer' else 'Hear' end", IN_PLANS},
    {"update plan_action set title_text = replace(title_text, chr(10), ' ')", IN_PLANS},
    {"update plan_action set budget_n = null where action_no = 2", IN_PLANS},
    {"update plan_action_unit set unit_id = 103 where unit_id = 102", IN_PLANS},
    {"delete from plan_action_unit where unit_id = 102", IN_PLANS},
    {"update plan_partner set body_id = 300 where body_id is not null", IN_PLANS},
    {"update plan_partner set body_id = null", IN_PLANS},
    /* 600 and 400 become 400 and 600: the sum stays */
    {"update plan_share set share_n = 1000 - share_n", IN_PLANS},
    {"update plan_risk set action_id = null", IN_PLANS},
    {"update plan_risk set likely_code = 'middle' where likely_code = 'high'", IN_PLANS},
    {"update plan_marker set scheme_code = 'gg' where scheme_code = 'dac'", IN_PLANS},
    {"update plan_cite set snapshot_id = (select s.id from snapshot s where s.indicator_code = 'attendance' "
     "and"
     " s.version_no = 1) where snapshot_id is not null",
     IN_PLANS},
    {"update plan_cite set event_id = null, event_home_id = null, need_no = null", IN_PLANS},
    {"update plan_cite set action_id = (select id from plan_action where action_no = 2 and plan_id ="
     " (select id from plan where version_no = 1)), cite_no = 7 where cite_no = 1 and cite_kind_code = 'need'"
     " and action_id = (select id from plan_action where action_no = 1 and plan_id ="
     " (select id from plan where version_no = 1))",
     IN_PLANS},
    {"delete from flow_step where kind_no = 5 and step_no = 2", IN_PLANS},
    {"update flow set flow_state = 0 where kind_no = 4 and flow_state = 2", IN_PLANS},
    {"delete from flow_step where kind_no = 5; delete from flow where kind_no = 5", IN_PLANS},
    {"update need_answer set answer_code = 'declined'", IN_PLANS},
    {"update need_answer set words_text = 'Never'", IN_PLANS},
    {"update need_answer set answered_ms = answered_ms + 1", IN_PLANS},
    {"update need_answer set by_id = 1", IN_PLANS},
    {"update need_answer set answer_no = 2", IN_PLANS},
    {"delete from need_answer", IN_PLANS},
    {"delete from plan_event", IN_PLANS},
    {"update plan_event set tied_ms = tied_ms + 1", IN_PLANS},
    {"update plan_event set tied_by_id = 1", IN_PLANS},
    {"update plan_event set action_id = (select max(id) from plan_action where home = plan_home_id)",
     IN_PLANS},
    {"insert into need_answer select home, event_id, need_no, answer_no + 1, 'declined', 'No', by_id,"
     " answered_ms from need_answer",
     IN_PLANS},
    {"update sheet set approver_id = verifier_id", IN_SHEETS},
    {"update sheet_version set content_hash = (select content_hash from sheet_version order by"
     " version_no desc, sheet_id limit 1)",
     IN_SHEETS},
    /* the newest version is cut off and the one before stands again */
    {"delete from sheet_version where version_no = 2;"
     " update sheet_version set unlock_text = '', unlocked_by_id = null, unlocked_ms = null",
     IN_SHEETS},
    {"update snapshot set last_flag = 1 - last_flag where indicator_code = 'attendance'", IN_SHEETS},
    {"delete from snapshot_rows where part_no = 1", IN_SHEETS},
    /* the newest figures are cut off, the chain before them is whole */
    {"delete from plan_cite where snapshot_id is not null; delete from snapshot_rows where snapshot_id in"
     " (select id from snapshot where version_no = 2); delete from snapshot_cell where snapshot_id in"
     " (select id from snapshot where version_no = 2); delete from snapshot where version_no = 2;"
     " update snapshot set last_flag = 1",
     IN_PLANS},
    {"delete from snapshot_rows where snapshot_id in (select id from snapshot where version_no = 2); delete "
     "from"
     " snapshot_cell where snapshot_id in (select id from snapshot where version_no = 2);"
     " update plan_cite set snapshot_id = 1 where snapshot_id is not null;"
     " delete from snapshot where version_no = 2; update snapshot set last_flag = 1",
     IN_PLANS},
    {"delete from flow_step where kind_no = 6; delete from flow where kind_no = 6", IN_SHEETS},
    /* what nobody put there: a deed, an event, a value, an answered warning */
    {"insert into sheet_follow (home, sheet_id, follow_no, words_text, post_text, due_day)"
     " select home, id, 9, 'Asked', 'Desk officer', 20260401 from sheet",
     IN_SHEETS},
    {"insert into sheet_event (home, sheet_id, event_id) select s.home, s.id, e.id from sheet s, event e",
     IN_SHEETS},
    {"insert into sheet_value (home, sheet_id, plan_home_id, indicator_id, role_code, sex_code, num_n, den_n,"
     " means_text) select s.home, s.id, i.home, i.id, '', '', 9, 1, 'Sheets' from sheet s, plan_indicator i",
     IN_SHEETS},
    {"insert into sheet_finding (home, sheet_id, rule_code, place_code, severity_code, left_n, right_n, "
     "why_text)"
     " select home, id, 'no_official', '', 'warning', 0, 1, 'He was away' from sheet",
     IN_SHEETS},
};

static void what_takes_a_thought_is_found_too(void **state)
{
    (void)state;
    bool done;
    struct db *db = around_the_program();
    for (size_t i = 0; i < sizeof thoughts / sizeof thoughts[0]; i++) {
        const char *chr = strstr(thoughts[i].sql, "chr(10)");
        char sql[SQL_MAX];
        (void)snprintf(sql, sizeof sql, "%s", thoughts[i].sql);
        if (chr != NULL && !on_pg()) { /* the same in the words of SQLite */
            (void)snprintf(sql + (chr - thoughts[i].sql), sizeof sql - (size_t)(chr - thoughts[i].sql),
                           "char(10)%s", chr + strlen("chr(10)"));
        }
        const enum found found = tried(db, sql, &done);
        if (!done || found != thoughts[i].where) {
            fail_msg("%s: found %d, done %d: %s", db_error(db), (int)found, done, sql);
        }
    }
    db_close(db);
}

/* ---- whoever knows how hashes are made ---- */

static enum found stands(struct sheet_report *out)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    struct audit_report chains = {0};
    assert_err(audit_verify(&c, &chains), ok);
    return sheet_verify(&c, &chains, out).code == ERR_OK ? FOUND_NOWHERE : IN_SHEETS;
}

static int64_t figures_broken(void)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    struct snapshot_report report;
    assert_err(snapshot_verify(&c, NOWSHERA, &report), ok);
    return report.broken;
}

/* Past all steps: the figures as they are now, with cells, hashes and chain that fit each other. */
static err run_freeze(struct ctx *c, void *arg)
{
    struct snapshot_set set;
    struct sheet_view v;
    int64_t n;
    TRY(sheet_of_quarter(c, NOWSHERA, quarter, &v));
    TRY(snapshot_count(c, NOWSHERA, quarter, &set));
    TRY(snapshot_freeze(c, &set, v.row.id, v.row.version_no, &n));
    *(int64_t *)arg = n;
    return OK;
}

static void figures_with_hashes_made_anew_are_found(void **state)
{
    (void)state;
    struct sheet_report r;
    int64_t n = 0;
    assert_int_equal(stands(&r), FOUND_NOWHERE);
    /* The second version of one figure is thrown away, with all that proves it, and made again otherwise. */
    run_script(
        "update event_count set people_n = 99 where role_code = 'citizen';"
        "delete from plan_cite where snapshot_id is not null;"
        "delete from snapshot_rows where snapshot_id in (select id from snapshot where version_no = 2);"
        "delete from snapshot_cell where snapshot_id in (select id from snapshot where version_no = 2);"
        "delete from snapshot where version_no = 2; update snapshot set last_flag = 1");
    assert_int_equal(figures_broken(), 0); /* by itself the chain is whole */
    assert_int_equal(stands(&r), IN_SHEETS);
    assert_string_equal(r.broken, "content");
    assert_int_equal(r.broken_home, NOWSHERA);
    assert_int_equal(written_as((struct actor){.role = ROLE_SYSTEM}, run_freeze, &n), ERR_OK);
    assert_true(n > 0);
    assert_int_equal(figures_broken(), 0);
    assert_int_equal(stands(&r), IN_SHEETS);
}

enum { SET_MAX = 120 };

static void hash_in_sql(const uint8_t hash[DIGEST_LEN], char sql[SET_MAX])
{
    char hex[DIGEST_HEX + 1];
    digest_hex(hash, hex);
    (void)snprintf(sql, SET_MAX, "content_hash = %s%s'", on_pg() ? "'\\x" : "x'", hex);
}

static void a_sheet_with_its_hash_made_anew_is_found(void **state)
{
    (void)state;
    uint8_t hash[DIGEST_LEN];
    char set[SET_MAX];
    char sql[SQL_MAX];
    bool done;
    struct db *db = around_the_program();
    sheet_hash(S("sunwai-sheet 1"), hash);
    hash_in_sql(hash, set);
    (void)snprintf(sql, sizeof sql,
                   "update sheet_version set %s, content_text = 'sunwai-sheet 1' where version_no = 1", set);
    assert_int_equal(tried(db, sql, &done), IN_SHEETS);
    (void)snprintf(sql, sizeof sql,
                   "update sheet_version set %s, content_text = 'sunwai-sheet 1' where version_no = 2;"
                   " update sheet set %s",
                   set, set);
    assert_int_equal(tried(db, sql, &done), IN_SHEETS);
    assert_true(done);
    db_close(db);
}

static err plan_hash_of(struct ctx *c, str code, uint8_t hash[DIGEST_LEN])
{
    struct planned v;
    struct plan_whole w;
    struct digest d;
    str content;
    TRY(plan_find(c, code, &v));
    TRY(plan_whole(c, &v, &w));
    TRY(plan_content(c, &v, &w, &content));
    digest_begin(&d);
    digest_put(&d, content);
    digest_end(&d, hash);
    return OK;
}

static void a_plan_with_its_hash_made_anew_is_found(void **state)
{
    (void)state;
    uint8_t before[DIGEST_LEN];
    uint8_t hash[DIGEST_LEN];
    char set[SET_MAX];
    char sql[SQL_MAX];
    const str code = S("OP-PK526-2025-26-V1");
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    struct db *db = around_the_program();
    c.db = db;
    assert_err(db_begin(db), ok);
    assert_err(plan_hash_of(&c, code, before), ok);
    assert_err(db->engine->script(db, "update plan_target set num_n = 41 where num_n = 40"), ok);
    assert_err(plan_hash_of(&c, code, hash), ok);
    assert_memory_not_equal(hash, before, DIGEST_LEN);
    hash_in_sql(hash, set);
    (void)snprintf(sql, sizeof sql, "update plan set %s where version_no = 1", set);
    assert_err(db->engine->script(db, sql), ok);
    assert_int_equal(found_in(&c), IN_PLANS);
    assert_err(db_rollback(db), ok);
    assert_int_equal(found_in(&c), FOUND_NOWHERE);
    db_close(db);
}

/* ---- a recount ---- */

static void recounted(void)
{
    struct ctx c = reading_as(who(KP_MONITOR));
    struct snapshot_set set;
    struct sheet_view v;
    uint8_t hash[DIGEST_LEN];
    str content;
    assert_err(snapshot_count(&c, NOWSHERA, quarter, &set), ok);
    assert_true(set.n > 20);
    for (size_t i = 0; i < set.n; i++) {
        struct q_snapshot_versions *rows;
        size_t n;
        assert_err(snapshot_versions(&c, NOWSHERA, set.v[i].of->code, quarter.from_day, &rows, &n), ok);
        assert_true(n > 0);
        if (!str_eq(rows[0].content_hash, (str){(const char *)set.v[i].hash, DIGEST_LEN})) {
            fail_msg("%.*s is counted otherwise", STR_F(set.v[i].of->code));
        }
    }
    assert_err(sheet_of_quarter(&c, NOWSHERA, quarter, &v), ok);
    assert_err(sheet_quarter_content(&c, &set, &content), ok);
    sheet_hash(content, hash);
    assert_true(str_eq(v.row.content_hash, (str){(const char *)hash, DIGEST_LEN}));
}

/* The last two change what stands. */
static void a_recount_from_raw_rows_gives_the_same_hashes(void **state)
{
    (void)state;
    run_script("delete from plan_cite; delete from need_answer"); /* what came of needs later is news */
    recounted();
    /* The order in which rows were written is none of its business. */
    run_script("create table again as select * from event_count;"
               "delete from event_count; insert into event_count select * from again order by people_n;"
               "drop table again");
    recounted();
    run_script("update event_count set people_n = people_n + 1 where role_code = 'official'");
    struct ctx c = reading_as(who(KP_MONITOR));
    struct snapshot_set set;
    struct q_snapshot_versions *rows;
    size_t n;
    assert_err(snapshot_count(&c, NOWSHERA, quarter, &set), ok);
    assert_err(snapshot_versions(&c, NOWSHERA, S("attendance"), quarter.from_day, &rows, &n), ok);
    for (size_t i = 0; i < set.n; i++) {
        assert_true(!str_eq(set.v[i].of->code, S("attendance")) ||
                    !str_eq(rows[0].content_hash, (str){(const char *)set.v[i].hash, DIGEST_LEN}));
    }
}

/* One folder for all of them: making it takes longer than they do. */
static int set_up(void **state)
{
    const int failed = testing_set_up(state);
    all_stands();
    return failed;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_at_random_is_found),
        cmocka_unit_test(what_takes_a_thought_is_found_too),
        cmocka_unit_test(a_sheet_with_its_hash_made_anew_is_found),
        cmocka_unit_test(a_plan_with_its_hash_made_anew_is_found),
        cmocka_unit_test(a_recount_from_raw_rows_gives_the_same_hashes),
        cmocka_unit_test(figures_with_hashes_made_anew_are_found),
    };
    testing_address = getenv("SUNWAI_TEST_PG");
    return cmocka_run_group_tests(tests, set_up, testing_tear_down);
}
