/* What somebody changes around the program in a case, its steps or where it stands no longer fits the chain.
 */
#include "case_testing.h"

#include "case_seal.h"

static struct flow_report verify_on(struct db *db, enum err_code want)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    struct audit_report chains = {0};
    struct flow_report report = {0};
    c.db = db;
    assert_err(audit_verify(&c, &chains), ok);
    assert_int_equal(case_verify(&c, &chains, &report).code, want);
    return report;
}

/* Three cases with all that changes one: steps there and back, corrections, another who takes over. */
static void lives(void)
{
    struct case_new n = told("M-WAT-01", "PK52601", "No water");
    n.phone = (phone){.e164 = S_INIT("+923001234567")};
    n.safe_call = true;
    n.name = S("Zarmina");
    const case_ref a = file_as(who(DESK), n).ref;
    assert_done(do_as(DESK, &a, ACT(AMEND, .description = S("No water at all"), .unit = S("PK52602"))));
    assert_done(do_as(DESK, &a, ACT(AMEND, .service = S("M-LGT-01"))));
    assert_done(do_as(DESK, &a, ACT(AMEND, .phone = {.e164 = S_INIT("+923331234567")})));
    assert_done(do_as(SUPERVISOR, &a, ASSIGN("officer.nowshera")));
    assert_done(do_as(SUPERVISOR, &a, ACT(UNDO, .words = STR_NONE)));
    assert_done(do_as(SUPERVISOR, &a, ASSIGN("officer.nowshera")));
    assert_done(do_as(OFFICER, &a, NOT_POSSIBLE("no_funds")));
    const case_ref b = file_reported();
    assert_done(do_as(DESK, &b, ANSWER("not_solved", "desk")));
    assert_done(do_as(DESK, &b, ACT(AMEND, .consent = {[CASE_purpose_record] = S_INIT("no")})));
    (void)file_as((struct actor){.role = ROLE_PUBLIC}, told("M-LGT-01", "PK52601", "Dark"));
    struct case_new past = told("M-LGT-01", "PK52601", "The clerk of this desk wants money");
    past.past_desk = true;
    past.room = S("nobody");
    const case_ref d = file_as(who(DESK), past).ref;
    assert_done(do_as(ADC, &d, ASSIGN("officer.pabbi")));
    /* What is corrected afterwards is sealed with it again. */
    struct case_new room = told("M-LGT-01", "PK52601", "The lane floods");
    room.room = S("nobody");
    const case_ref e = file_as(who(DESK), room).ref;
    assert_done(do_as(DESK, &e, ACT(AMEND, .unit = S("PK52602"))));
}

static struct db *around_the_program(void)
{
    struct fail f = {0};
    struct db *db = NULL;
    char path[TESTING_PATH];
    testing_path(testing_now, "sunwai.db", path);
    assert_err(on_pg() ? pg_open(testing_address, DB_WRITE, &db, &f) : sqlite_open(path, DB_WRITE, &db, &f),
               ok);
    return db;
}

static void what_the_program_does_fits(void **state)
{
    (void)state;
    struct db *db = around_the_program();
    assert_int_equal(verify_on(db, ERR_OK).subjects, 0);
    lives();
    const struct flow_report r = verify_on(db, ERR_OK);
    assert_int_equal(r.subjects, 5);
    assert_int_equal(r.steps, number_of("select count(*) from flow_step", NULL, 0));
    assert_true(r.steps > 14);
    db_close(db);
}

static const struct {
    const char *sql, *broken;
} attacks[] = {
    {"update cases set words_text = 'All is well' where words_text = 'Dark'", "content"},
    {"update cases set sex_code = 'man' where words_text = 'Dark'", "content"},
    {"update cases set place_text = '' where words_text = 'Dark'", "content"},
    {"update cases set service_id = 400 where words_text = 'Dark'", "content"},
    {"update cases set filed_day = filed_day - 1 where words_text = 'Dark'", "content"},
    {"update cases set anonymous_flag = 0, reachable_flag = 1 where anonymous_flag = 1 and words_text <> "
     "'Dark'",
     "content"},
    {"update cases set past_id = 302 where past_id is not null", "content"},
    {"delete from case_bar", "content"},
    {"update case_bar set barred_id = barred_id + 1000", "content"},
    {"update case_bar set why_code = 'asked'", "content"},
    {"insert into case_bar select home, 999, id, 'about' from cases where words_text = 'Dark'", "content"},
    {"delete from case_room", "content"},
    {"update case_room set room_code = 'somebody'", "content"},
    {"update flow set flow_state = flow_state + 1 where open_flag = 1", "state"},
    {"update flow set open_flag = 1 - open_flag", "state"},
    {"update flow set due_ms = due_ms + 86400000", "state"},
    {"update flow set office_id = 303 where office_id is not null", "state"},
    {"update flow set reason_code = '' where reason_code <> ''", "state"},
    {"update flow set assignee_id = null where assignee_id is not null", "state"},
    {"update flow set step_no = step_no - 1 where step_no > 1", "state"},
    {"update flow_step set words_text = 'Nothing was said' where words_text is not null", "step"},
    {"update flow_step set result_code = 'done' where result_code = 'not_possible'", "step"},
    {"update flow_step set actor_id = 503 where actor_id = 502", "step"},
    {"update flow_step set at_day = at_day - 1 where step_no = 2", "step"},
    {"update flow_step set at_ms = at_ms - 1 where step_no = 2", "step"},
    {"update flow_step set to_state = from_state where step_no = 3 and to_state <> from_state", "step"},
    {"update flow_step set step_no = -1 where step_no = 3; update flow_step set step_no = 3 where step_no = "
     "2; "
     "update flow_step set step_no = 2 where step_no = -1",
     "step"},
    {"delete from flow_step where step_no = 2 and subject_id in"
     " (select subject_id from flow_step where step_no = 3)",
     "step"},
    {"delete from flow_step where step_no = 4 and subject_id in"
     " (select subject_id from flow_step where step_no = 5)",
     "step"},
    {"insert into flow_step select home, kind_no, subject_id, step_no + 100, action_no, from_state, to_state,"
     " at_ms, at_day, role_no, actor_id, actor_office_id, result_code, via_code, detail_code, reason_code,"
     " next_day, words_text, inside_flag from flow_step where step_no = 2",
     "step"},
    {"insert into flow select home, kind_no, subject_id + 1, flow_state, open_flag, since_ms, step_no, "
     "action_no,"
     " step_ms, office_id, assignee_id, marked_id, reason_code, next_day, mark_no, spent_days, unit_id, "
     "tehsil_id,"
     " topic_id, due_ms from flow",
     "state"},
};

static void every_change_around_it_is_found(void **state)
{
    (void)state;
    lives();
    struct db *db = around_the_program();
    for (size_t i = 0; i < sizeof attacks / sizeof attacks[0]; i++) {
        assert_err(db_begin(db), ok);
        if (db->engine->script(db, attacks[i].sql).code != ERR_OK) {
            fail_msg("%s: %s", attacks[i].sql, db_error(db));
        }
        const struct flow_report r = verify_on(db, ERR_CONFLICT);
        if (strcmp(r.broken, attacks[i].broken) != 0 || r.broken_id == 0) {
            fail_msg("%s: found as %s", attacks[i].sql, r.broken);
        }
        assert_err(db_rollback(db), ok);
        verify_on(db, ERR_OK);
    }
    db_close(db);
}

/* A whole case with all that hangs on it. */
static void a_case_that_is_gone_is_missed(void **state)
{
    (void)state;
    static const char *const tables[] = {"flow_before", "seen",   "call_back", "deadline",
                                         "assignment",  "outbox", "flow_step", "flow"};
    lives();
    struct db *db = around_the_program();
    assert_err(db_begin(db), ok);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char sql[200];
        (void)snprintf(sql, sizeof sql,
                       "delete from %s where subject_id in (select id from cases where words_text = 'Dark')",
                       tables[i]);
        assert_err(db->engine->script(db, sql), ok);
    }
    const struct flow_report r = verify_on(db, ERR_CONFLICT);
    assert_string_equal(r.broken, "missing");
    assert_err(db_rollback(db), ok);
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(what_the_program_does_fits),
        FEATURE_TEST(every_change_around_it_is_found),
        FEATURE_TEST(a_case_that_is_gone_is_missed),
    };
    return FEATURE_TESTS(tests);
}
