/* Each rule of sheets finds what it is there for, and only that; and the indicators that rosters make. */
#include "feature_testing.h"

#include "case_kind.h"
#include "direction_kind.h"
#include "sheet.h"

static const struct period quarter = {20260101, 20260331};

struct holding {
    enum testing_who by, closer;
    str unit, venue, kind, code;
};

static err run_plan(struct ctx *c, void *arg)
{
    struct holding *h = arg;
    const struct event_new n = {.at = {.unit = h->unit,
                                       .venue = h->venue,
                                       .venue_kind = S("school"),
                                       .day = local_day(c->now_ms),
                                       .from_min = 540,
                                       .to_min = 720},
                                .kind = h->kind,
                                .audience = S("mixed"),
                                .why = S("For the test")};
    TRY(event_plan(c, &n, &h->code));
    return event_open(c, h->code);
}

static err run_close(struct ctx *c, void *arg)
{
    const struct holding *h = arg;
    struct event_view v;
    TRY(event_find(c, h->code, &v));
    return event_step(c, &v, EVENT_CLOSE, STR_NONE, STR_NONE);
}

/* A closed event with so many women, citizens, on a day; signed by an official who was there. */
static str held(struct holding h, int women, int64_t day)
{
    char sql[1200];
    assert_int_equal(written_as(who(h.by), run_plan, &h), ERR_OK);
    (void)snprintf(
        sql, sizeof sql,
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', 'citizen', 'woman', %d, 0 from event where event_code = '%.*s';"
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', 'official', 'man', 1, 0 from event where event_code = '%.*s';"
        "update event set event_day = %lld where event_code = '%.*s'",
        women, STR_F(h.code), STR_F(h.code), (long long)day, STR_F(h.code));
    run_script(sql);
    assert_int_equal(written_as(who(h.closer), run_close, &h), ERR_OK);
    return h.code;
}

static str nowshera(const char *venue, const char *kind, int women, int64_t day)
{
    const struct holding h = {.by = DESK,
                              .closer = SUPERVISOR,
                              .unit = S("PK52601"),
                              .venue = str_of(venue),
                              .kind = str_of(kind),
                              .code = STR_NONE};
    return held(h, women, day);
}

static struct sheet_finding found_at(const struct sheet_view *v, str rule)
{
    struct ctx c = reading_as(who(DESK));
    struct sheet_found found;
    assert_err(sheet_findings(&c, v, &found), ok);
    for (size_t i = 0; i < found.n; i++) {
        if (str_eq(found.v[i].rule, rule)) {
            return found.v[i];
        }
    }
    return (struct sheet_finding){.rule = STR_NONE};
}

static struct sheet_finding of_event(str code, str rule)
{
    struct ctx c = reading_as(who(DESK));
    struct event_view e;
    assert_err(event_find(&c, code, &e), ok);
    const struct sheet_view v = {.row = {.home = e.row.home,
                                         .sheet_kind_code = S("event"),
                                         .event_id = SOME(e.row.id),
                                         .from_day = e.row.event_day,
                                         .to_day = e.row.event_day}};
    return found_at(&v, rule);
}

static struct sheet_finding of_quarter(str rule)
{
    const struct sheet_view v = {.row = {.home = NOWSHERA,
                                         .sheet_kind_code = S("quarter"),
                                         .from_day = quarter.from_day,
                                         .to_day = quarter.to_day}};
    return found_at(&v, rule);
}

static void names_and_seats(void **state)
{
    (void)state;
    const str code = nowshera("School", "khuli_kacheri", 30, 20260210);
    assert_null(of_event(code, S("names_differ")).rule.p);
    run_script("insert into event_person (home, event_id, person_no, role_code, sex_code, spoke_flag, "
               "device_code, record_code)"
               " select home, id, 1, 'citizen', 'woman', 0, '', 'r1' from event");
    const struct sheet_finding names = of_event(code, S("names_differ"));
    assert_int_equal(names.left, 1);
    assert_int_equal(names.right, 30);
    assert_false(names.error);
    /* Councils of the place whose seats nobody knows are compared with nothing. */
    run_script("insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
               " select home, id, '', 'councillor', 'woman', 9, 0 from event;"
               "insert into unit values (105, 'PK5260101', 5, 101, 10, 100, 'VC', 1, 20010814, 99991231);"
               "insert into unit values (106, 'PK5260102', 5, 101, 10, 100, 'NC', 1, 20010814, 99991231);"
               "insert into unit_seat values (105, 20010814, 99991231, 5, 'By notification')");
    assert_null(of_event(code, S("more_than_seats")).rule.p);
    run_script("insert into unit_seat values (106, 20010814, 99991231, 3, 'By notification')");
    assert_int_equal(of_event(code, S("more_than_seats")).left, 9);
    assert_int_equal(of_event(code, S("more_than_seats")).right, 8);
    run_script("update unit_seat set seats_n = 6 where unit_id = 106");
    assert_null(of_event(code, S("more_than_seats")).rule.p);
    /* By names too: one citizen by name, an official and nine members by sight. */
    run_script("update event set room_n = 10");
    assert_int_equal(of_event(code, S("more_than_room")).left, 11);
    run_script("update event set room_n = 11");
    assert_null(of_event(code, S("more_than_room")).rule.p);
}

static void the_plan_that_it_is_of(void **state)
{
    (void)state;
    const str code = nowshera("School", "khuli_kacheri", 10, 20260210);
    run_script("insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
               " select home, id, '', 'citizen', 'man', 20, 0 from event;"
               "insert into programme values (900, 'women-kacheri', 20200101, 99991231, 1);"
               "insert into plan (home, id, plan_code, programme_id, plan_kind_code, fiscal_no, version_no, "
               "title_text, from_day,"
               " to_day, changed_n, created_ms) values (200, 901, 'OP-PK511-2025-26-V1', 900, 'operational', "
               "2025, 1, '', 20250701,"
               " 20260131, 0, 1);"
               "insert into plan_result (home, id, plan_id, result_no, result_kind_code, title_text, "
               "assumption_text)"
               " values (200, 902, 901, 1, 'output', 'Heard', '');"
               "insert into plan_action (home, id, plan_id, action_no, result_id, title_text, "
               "target_kind_code, event_kind_code,"
               " events_n, from_day, to_day, post_text, budget_text) values (200, 903, 901, 1, 902, 'Hear', "
               "'gender_mainstreaming', '',"
               " 0, 20250701, 20260131, 'Desk', '');"
               "insert into plan_action_unit values (200, 903, 200)");
    assert_null(of_event(code, S("day_outside_plan")).rule.p); /* of no plan */
    assert_null(of_event(code, S("few_women")).rule.p);        /* for all */
    run_script("insert into plan_event (home, event_id, plan_home_id, action_id, tied_ms)"
               " select home, id, 200, 903, 1 from event");
    assert_true(of_event(code, S("day_outside_plan")).error);
    assert_int_equal(of_event(code, S("day_outside_plan")).right, 20260131);
    assert_int_equal(of_event(code, S("day_outside_plan")).shows, SHEET_SHOWS_DAYS);
    assert_true(of_event(code, S("place_outside_plan")).error);
    run_script("update plan set to_day = 20260630; insert into plan_action_unit values (200, 903, 101)");
    assert_null(of_event(code, S("day_outside_plan")).rule.p);
    assert_null(of_event(code, S("place_outside_plan")).rule.p);
    assert_null(of_event(code, S("few_women")).rule.p);
    run_script("update plan_action set target_kind_code = 'gender_centric'");
    assert_int_equal(of_event(code, S("few_women")).left, 10);
    assert_int_equal(of_event(code, S("few_women")).right, 16); /* half of 31, rounded up */
}

static void far_from_what_is_usual_in_the_province(void **state)
{
    (void)state;
    static const char *const venues[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    for (size_t i = 0; i < 8; i++) {
        const struct holding h = {.by = OTHER_DESK,
                                  .closer = OTHER_SUPERVISOR,
                                  .unit = S("PK51101"),
                                  .venue = str_of(venues[i]),
                                  .kind = S("khuli_kacheri"),
                                  .code = STR_NONE};
        (void)held(h, 19 + (int)(i % 3), 20260105 + (int64_t)i);
    }
    const str usual = nowshera("School", "khuli_kacheri", 21, 20260210);
    const str far = nowshera("College", "khuli_kacheri", 90, 20260211);
    const str other = nowshera("Hall", "training", 90, 20260212);
    assert_null(of_event(usual, S("far_from_usual")).rule.p);
    assert_int_equal(of_event(far, S("far_from_usual")).left, 91);
    assert_int_equal(of_event(far, S("far_from_usual")).right, 21);
    assert_null(of_event(other, S("far_from_usual")).rule.p); /* of another kind */
}

static void matters_of_a_quarter(void **state)
{
    (void)state;
    char sql[2000];
    assert_null(of_quarter(S("sums_differ")).rule.p);
    for (int i = 1; i <= 2; i++) { /* in two districts, each with a number of the same portal */
        const long long home = i == 1 ? NOWSHERA : HARIPUR;
        (void)snprintf(
            sql, sizeof sql,
            "insert into cases (home, id, case_kind_code, ref_code, service_id, unit_id, province_id, "
            "district_id,"
            " channel_code, lang_code, behalf_code, anonymous_flag, reachable_flag, group_n, sex_code, "
            "age_code,"
            " disability_code, minority_code, words_text, filed_ms, filed_day, filed_month, key_no,"
            " pin_generation_no, search_text) values (%lld, %d, 'complaint', 'r%d', 402, %lld, 10, %lld, "
            "'desk', 'ur',"
            " 'self', 0, 1, 0, 'woman', 'not_stated', 'not_asked', 'not_stated', '', 0, 20260115, 202601, "
            "%d, 0, '');"
            "insert into flow (home, kind_no, subject_id, flow_state, open_flag, since_ms, step_no, "
            "action_no,"
            " step_ms, reason_code, mark_no, unit_id, topic_id, due_ms) values (%lld, %d, %d, %d, 0, 0, 1, "
            "0, 0, '', %d,"
            " %lld, 402, 0);"
            "insert into external_ref (home, kind_no, subject_id, id, ref_no, system_code, number_text, "
            "given_day,"
            " account_code, code_taken_flag, named_flag, warm_flag) values (%lld, %d, %d, %d, 1, 'pcp', "
            "'N-%d', 20260116,"
            " 'none', 0, 0, 0);",
            home, i, i, home, home, 900000 + i, home, (int)complaint_kind.kind_no, i, CASE_CLOSED_UNCONFIRMED,
            MARK_REPORTED, home, home, (int)complaint_kind.kind_no, i, i, i);
        run_script(sql);
    }
    assert_int_equal(of_quarter(S("sums_differ")).left, 1);
    assert_int_equal(of_quarter(S("sums_differ")).right, 0);
    assert_true(of_quarter(S("sums_differ")).error);
    run_script("insert into tally_coarse values (100, 202601, 'complaint', 'woman', 1, '', 1)");
    assert_null(of_quarter(S("sums_differ")).rule.p);
    assert_null(of_quarter(S("in_two_districts")).rule.p);
    run_script("update external_ref set number_text = 'N-1'");
    assert_true(str_eq(of_quarter(S("in_two_districts")).place, S("PK511")));
    assert_false(
        of_quarter(S("in_two_districts")).error); /* nobody here can mend what another district typed */
    assert_null(of_quarter(S("reported_not_municipal")).rule.p);
    run_script("update service set municipal_flag = 0 where id = 402");
    assert_int_equal(of_quarter(S("reported_not_municipal")).left, 1);
    assert_true(of_quarter(S("reported_not_municipal")).error);
}

/* ---- indicators ---- */

/* Of Nowshera and Haripur, where every event has an approved sheet. */
static int64_t counted(const char *code, int64_t *out_den)
{
    struct ctx c = reading_as(who(KP_MONITOR));
    const int64_t homes[] = {NOWSHERA, HARIPUR};
    const struct indicator *i = indicator_find(str_of(code));
    struct figure f;
    assert_non_null(i);
    assert_err(indicator_count(&c, i, homes, 2, quarter, &f), ok);
    *out_den = f.den;
    return f.num;
}

/* One byte, as the engine writes it. */
static const char *byte_of(const char *hex)
{
    static char out[32];
    (void)snprintf(out, sizeof out, on_pg() ? "'\\x%s'::bytea" : "x'%s'", hex);
    return out;
}

static void approve_all(void)
{
    char sql[1200];
    (void)snprintf(
        sql, sizeof sql,
        "insert into sheet (home, id, sheet_kind_code, event_id, from_day, to_day, version_no, due_day,"
        " progress_code, why_text, done_text, narrative_text, changed_n) select home, id, 'event', id,"
        " event_day, event_day, 1, event_day, '', '', '', '', 0 from event;"
        "insert into sheet_version (home, sheet_id, version_no, content_text, content_hash, approved_ms,"
        " unlock_text) select home, id, 1, '', %s, 1, '' from event",
        byte_of("00"));
    run_script(sql);
}

/* The second person on each roster has no number; the first has this one. */
static void numbered(int person, const char *hex, const char *where)
{
    char sql[400];
    (void)snprintf(sql, sizeof sql,
                   "insert into event_person_index (home, blind_hash, event_id, person_no)"
                   " select home, %s, id, %d from event where %s",
                   byte_of(hex), person, where);
    run_script(sql);
}

static void a_person_is_one_in_a_district_and_quarter(void **state)
{
    (void)state;
    int64_t den;
    (void)nowshera("School", "khuli_kacheri", 0, 20260210);
    (void)nowshera("College", "training", 0, 20260215);
    const struct holding h = {.by = OTHER_DESK,
                              .closer = OTHER_SUPERVISOR,
                              .unit = S("PK51101"),
                              .venue = S("Hall"),
                              .kind = S("training"),
                              .code = STR_NONE};
    (void)held(h, 0, 20260220);
    run_script("insert into event_person (home, event_id, person_no, role_code, sex_code, spoke_flag, "
               "device_code, record_code)"
               " select home, id, 1, 'citizen', 'woman', 0, '', 'r1' from event;"
               "insert into event_person (home, event_id, person_no, role_code, sex_code, spoke_flag, "
               "device_code, record_code)"
               " select home, id, 2, 'citizen', 'woman', 0, '', 'r2' from event;");
    numbered(1, "aa", "1 = 1");
    assert_int_equal(counted("persons", &den), 0); /* nothing is approved */
    approve_all();
    assert_int_equal(counted("persons", &den), 2);    /* at two events of Nowshera, and at one of Haripur */
    assert_int_equal(counted("attendance", &den), 9); /* six by name, three officials by sight */
    /* An earlier event that is not approved takes her from nobody. */
    run_script(
        "delete from sheet_version where sheet_id = (select id from event where event_day = 20260210)");
    assert_int_equal(counted("persons", &den), 2);
    numbered(2, "bb", "event_day = 20260215");
    assert_int_equal(counted("persons", &den), 3);
}

static void a_dialogue_has_three_sides(void **state)
{
    (void)state;
    int64_t den;
    char sql[1600];
    (void)nowshera("School", "dialogue", 12, 20260210);
    approve_all();
    assert_int_equal(counted("dialogues_three_sided", &den), 0);
    assert_int_equal(den, 1);
    (void)snprintf(
        sql, sizeof sql,
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', 'councillor', 'woman', 2, 0 from event;"
        "insert into direction (home, id, event_id, direction_no, side_code, post_text, vacant_flag, "
        "horizon_code, words_text,"
        " due_day, given_day) select home, 77, id, 1, 'official', 'AC', 0, 'short', 'A ramp', 20260301, "
        "20260210 from event;"
        "insert into flow (home, kind_no, subject_id, flow_state, open_flag, since_ms, step_no, action_no, "
        "step_ms, reason_code,"
        " mark_no, unit_id, topic_id, due_ms) values (100, %d, 77, %d, 1, 0, 1, 0, 0, '', 0, 100, 0, 0)",
        (int)direction_kind.kind_no, DIRECTION_GIVEN);
    run_script(sql);
    assert_int_equal(counted("dialogues_three_sided", &den), 0); /* nobody has answered */
    (void)snprintf(sql, sizeof sql,
                   "insert into flow_step (home, kind_no, subject_id, step_no, action_no, from_state, "
                   "to_state, at_ms, at_day,"
                   " role_no, inside_flag) values (100, %d, 77, 1, 0, %d, %d, 0, 20260301, 3, 1)",
                   (int)direction_kind.kind_no, DIRECTION_GIVEN, DIRECTION_REPORTED);
    run_script(sql);
    assert_int_equal(counted("dialogues_three_sided", &den), 1);
    run_script("update event_count set people_n = 0 where role_code = 'official'");
    assert_int_equal(counted("dialogues_three_sided", &den), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(names_and_seats),
        FEATURE_TEST(the_plan_that_it_is_of),
        FEATURE_TEST(far_from_what_is_usual_in_the_province),
        FEATURE_TEST(matters_of_a_quarter),
        FEATURE_TEST(a_person_is_one_in_a_district_and_quarter),
        FEATURE_TEST(a_dialogue_has_three_sides),
    };
    return FEATURE_TESTS(tests);
}
