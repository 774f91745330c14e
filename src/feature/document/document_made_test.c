/* What a document says of plans that were revised, of districts that approved nothing and of lists that are
 * too long; that it is read of one state, tried so often, and gone with the words that it held. */
#include "case_testing.h"

#include <string.h>

#include "document_feature.h"
#include "document_job.h"
#include "event.h"
#include "plan.h"
#include "quote.h"
#include "sheet_kind.h"

#define PLAN_1 "OP-PK526-2026-27-V1"
#define PLAN_2 "OP-PK526-2026-27-V2"
#define assert_str(s, text) assert_true(str_eq((s), S(text)))
enum { DAY_MS = 24 * HOUR_MS };

/* ---- a plan with one line and one target of the year, and one of a quarter ---- */

static err fill(struct ctx *c, struct planned *v)
{
    int64_t no;
    const struct plan_result_edit r = {.kind = S("output"), .title = S("Women are heard")};
    const struct plan_indicator_edit i = {.result = 1, .indicator = S("attendance")};
    const struct plan_indicator_edit told = {
        .result = 1, .indicator = S("reported"), .title = S("Leaflets read out"), .means = S("Register")};
    const struct plan_action_edit a = {.result = 1,
                                       .title = S("Hear women"),
                                       .target = S("gender_centric"),
                                       .post = S("Desk officer"),
                                       .from_day = 20260701,
                                       .to_day = 20270630,
                                       .units = S("PK526")};
    struct plan_target_edit t = {
        .indicator = 1, .unit = S("PK526"), .n = SOME(40), .role = STR_NONE, .sex = STR_NONE};
    TRY(plan_result_put(c, v, &r));
    TRY(plan_indicator_put(c, v, &i));
    TRY(plan_indicator_put(c, v, &told));
    TRY(plan_target_put(c, v, &t));
    t.quarter = 2;
    TRY(plan_target_put(c, v, &t));
    t = (struct plan_target_edit){
        .indicator = 2, .unit = S("PK526"), .n = SOME(9), .role = STR_NONE, .sex = STR_NONE};
    TRY(plan_target_put(c, v, &t));
    return plan_action_put(c, v, &a, &no);
}

static err run_plan(struct ctx *c, void *arg)
{
    str code;
    struct planned v;
    const struct plan_new n = {
        .programme = S("women-kacheri"), .kind = S("operational"), .unit = S("PK526"), .year = 2026};
    (void)arg;
    TRY(plan_make(c, &n, &code));
    TRY(plan_find(c, code, &v));
    return fill(c, &v);
}

struct acting {
    str code;
    enum plan_action action;
};

static err run_plan_act(struct ctx *c, void *arg)
{
    const struct acting *a = arg;
    struct planned v;
    TRY(plan_find(c, a->code, &v));
    return plan_act(c, &v, a->action, STR_NONE);
}

static err run_revise(struct ctx *c, void *arg)
{
    struct planned v;
    TRY(plan_find(c, S(PLAN_1), &v));
    return plan_revise(c, &v, arg);
}

static void in_force(str code)
{
    struct acting a = {code, PLAN_SUBMIT};
    assert_int_equal(written_as(who(MONITOR), run_plan_act, &a), ERR_OK);
    a.action = PLAN_APPROVE;
    assert_int_equal(written_as(who(MANAGER), run_plan_act, &a), ERR_OK);
}

static void planned(void)
{
    run_script("insert into programme values (900, 'women-kacheri', 20200101, 99991231, 1);"
               "insert into label values ('unit', 10, 'en', 'KP', 0);");
    assert_int_equal(written_as(who(MONITOR), run_plan, NULL), ERR_OK);
    in_force(S(PLAN_1));
}

static err run_event(struct ctx *c, void *arg)
{
    const struct event_new n = {.at = {.unit = S("PK52601"),
                                       .venue = S("School"),
                                       .venue_kind = S("school"),
                                       .day = 20260801,
                                       .from_min = 540,
                                       .to_min = 720},
                                .kind = S("khuli_kacheri"),
                                .audience = S("women"),
                                .plan = S(PLAN_1 "/1")};
    return event_plan(c, &n, arg);
}

static void flow_at(int home, int sheet, enum sheet_state state)
{
    SCOPED(buf_free) struct buf sql = buf_new(600);
    buf_printf(&sql,
               "insert into flow (home, kind_no, subject_id, flow_state, open_flag, since_ms, step_no,"
               " action_no, step_ms, reason_code, mark_no, unit_id, topic_id, due_ms)"
               " values (%d, %lld, %d, %d, 0, 1, 1, 1, 1, '', 0, 1, 0, 1)",
               home, (long long)sheet_kind.kind_no, sheet, (int)state);
    buf_putc(&sql, '\0');
    run_script(sql.p);
}

/* An event of that line with 30 women and an approved data sheet, and an approved sheet of the line that
 * reports 4 of what nothing computes. */
static void held(void)
{
    str event;
    assert_int_equal(written_as(who(DESK), run_event, &event), ERR_OK);
    run_script(
        "insert into event_count (home, event_id, device_code, role_code, sex_code, people_n, spoke_n)"
        " select home, id, '', 'citizen', 'woman', 30, 6 from event;"
        "insert into sheet (home, id, sheet_kind_code, event_id, from_day, to_day, version_no, due_day,"
        " progress_code, why_text, done_text, narrative_text, changed_n, approver_ms)"
        " select home, 71, 'event', id, 20260801, 20260801, 1, 20260808, '', '', '', '', 0, 5 from event;"
        "insert into sheet (home, id, sheet_kind_code, plan_home_id, action_id, from_day, to_day, version_no,"
        " due_day, progress_code, why_text, done_text, narrative_text, changed_n, approver_ms)"
        " select 100, 72, 'activity', home, id, 20260701, 20260930, 1, 20261015, '', '', '', '', 0, 5"
        " from plan_action;"
        "insert into sheet_value select 100, 72, home, id, '', '', 4, 1, 'Register', null, 5 from "
        "plan_indicator"
        " where indicator_no = 2;");
    flow_at(100, 72, SHEET_APPROVED);
}

static struct document_made made(str unit)
{
    struct ctx c = reading_as(who(KP_MONITOR));
    struct document_made m;
    const struct document_ask ask = {
        .kind = DOCUMENT_ACHIEVEMENT, .period = period_fiscal(2026), .unit = unit};
    assert_err(document_make(&c, &ask, &m), ok);
    return m;
}

static struct cell cell_of(const struct document_made *m, const char *part, size_t row, const char *column)
{
    const struct document_part *p = document_part_of(m, str_of(part));
    assert_true(row < p->rows_n);
    for (size_t k = 0; k < p->columns_n; k++) {
        if (str_eq(p->columns[k].key, str_of(column))) {
            return p->cells[row * p->columns_n + k];
        }
    }
    fail_msg("%s has no %s", part, column);
    return (struct cell){.empty = true};
}

static void line_is(const char *plan)
{
    const struct document_made m = made(S("PK526"));
    assert_true(str_eq(cell_of(&m, "activities", 0, "plan").text, str_of(plan)));
    assert_int_equal(cell_of(&m, "activities", 0, "events_held").n, 1);
    assert_int_equal(cell_of(&m, "activities", 0, "came").n, 30);
    const struct cell told = cell_of(&m, "targets", 2, "num");
    assert_int_equal(told.n, 4);
    assert_false(told.empty);
}

static void a_line_keeps_what_was_done_when_its_plan_is_revised(void **state)
{
    (void)state;
    str next;
    planned();
    held();
    line_is(PLAN_1);
    assert_int_equal(written_as(who(MONITOR), run_revise, &next), ERR_OK);
    in_force(next);
    line_is(PLAN_2);
}

/* ---- what is approved, and what is not ---- */

/* The first quarter of Nowshera, with 30 who came. */
static void approved(void)
{
    run_script(
        "insert into sheet (home, id, sheet_kind_code, from_day, to_day, version_no, due_day,"
        " progress_code, why_text, done_text, narrative_text, changed_n)"
        " values (100, 77, 'quarter', 20260701, 20260930, 1, 20261015, '', '', '', '', 0);"
        "insert into snapshot (home, id, snapshot_no, indicator_code, from_day, to_day, version_no,"
        " last_flag, sheet_id, sheet_version_no, num_n, den_n, rows_n, made_ms, content_hash, chain_hash)"
        " select 100, 78, 1, 'attendance', 20260701, 20260930, 1, 1, 77, 1, 30, 30, 0, 1, row_hash, row_hash"
        " from audit order by seq_no limit 1;"
        "insert into snapshot (home, id, snapshot_no, indicator_code, from_day, to_day, version_no,"
        " last_flag, sheet_id, sheet_version_no, num_n, den_n, rows_n, made_ms, content_hash, chain_hash)"
        " select 100, 79, 2, 'cases_registered', 20260701, 20260930, 1, 1, 77, 1, 0, 0, 0, 1, row_hash,"
        " row_hash from audit order by seq_no limit 1;"
        "insert into snapshot_cell (home, snapshot_id, fact_month, role_code, sex_code, part_code, num_n,"
        " den_n) values (100, 78, 202608, 'citizen', 'woman', 'khuli_kacheri', 30, 30)");
    flow_at(100, 77, SHEET_APPROVED);
}

static void what_nobody_approved_is_not_known_and_who_approved_nothing_is_named(void **state)
{
    (void)state;
    planned();
    clock_fix(TESTING_NOON + INT64_C(60) * DAY_MS); /* August */
    (void)file_as(who(OTHER_DESK), told("M-WAT-01", "PK51101", "No water"));
    clock_fix(TESTING_NOON + INT64_C(220) * DAY_MS); /* January: two quarters are over */
    approved();
    run_script("insert into sheet (home, id, sheet_kind_code, from_day, to_day, version_no, due_day,"
               " progress_code, why_text, done_text, narrative_text, changed_n)"
               " values (200, 90, 'quarter', 20260701, 20260930, 1, 20261015, '', '', '', '', 0);");
    flow_at(200, 90, SHEET_DRAFT);
    const struct document_made m = made(S("PK5"));
    assert_true(m.figures.approved);
    assert_int_equal(cell_of(&m, "targets", 0, "num").n, 30); /* the year */
    assert_false(cell_of(&m, "targets", 0, "num").empty);
    assert_true(cell_of(&m, "targets", 1, "num").empty); /* its second quarter: not a nought */
    assert_true(cell_of(&m, "targets", 1, "reached_percent").empty);
    /* Haripur has a case, and no approved quarter ever. */
    assert_int_equal(m.figures.homes_n, 1);
    assert_int_equal(m.owed, 2);
    assert_int_equal(m.approved, 1);
    assert_int_equal(m.standing, DOCUMENT_PARTLY);
    assert_str(cell_of(&m, "quality", 1, "code").text, "PK511");
    assert_str(cell_of(&m, "quality", 1, "place").text, "Haripur");
    assert_int_equal(cell_of(&m, "quality", 1, "quarters_owed").n, 1);
    const struct document_made own = made(S("PK526"));
    assert_int_equal(own.owed, 1);
}

static void a_list_that_is_cut_says_so_and_keeps_the_newest(void **state)
{
    (void)state;
    planned();
    clock_fix(TESTING_NOON + INT64_C(220) * DAY_MS);
    approved();
    struct document_made m = made(S("PK526"));
    const size_t notes = document_part_of(&m, S("changes"))->notes_n;
    assert_int_equal(document_part_of(&m, S("changes"))->rows_n, 0);
    run_script(
        "with recursive k (n) as (select 2 union all select n + 1 from k where n < 402)"
        " insert into snapshot (home, id, snapshot_no, indicator_code, from_day, to_day, version_no,"
        " last_flag, sheet_id, sheet_version_no, num_n, den_n, rows_n, made_ms, content_hash, chain_hash)"
        " select 100, 1000 + n, 1000 + n, 'attendance', 20260701, 20260930, n, 0, 77, 1, n, n, 0, n,"
        " s.content_hash, s.content_hash from k join snapshot s on s.id = 78;"
        "with recursive k (n) as (select 1 union all select n + 1 from k where n < 301)"
        " insert into sheet_finding (home, sheet_id, rule_code, place_code, severity_code, why_text)"
        " select 100, 77, 'sheets_missing', cast(n as text), 'warning', 'So' from k;");
    m = made(S("PK526"));
    const struct document_part *p = document_part_of(&m, S("changes"));
    assert_int_equal(p->rows_n, 400);
    assert_int_equal(p->notes_n, notes); /* it says that it is cut, and no more that there is nothing */
    assert_non_null(memmem(p->notes[0].p, p->notes[0].n, "400", 3));
    assert_int_equal(cell_of(&m, "changes", 0, "approved_on").n, 3); /* the oldest is not there */
    assert_int_equal(cell_of(&m, "changes", 399, "approved_on").n, 402);
    p = document_part_of(&m, S("warnings"));
    assert_int_equal(p->rows_n, 300);
    assert_int_equal(p->notes_n, 1);
}

static void a_part_for_which_there_is_no_room_is_not_left_out(void **state)
{
    (void)state;
    planned();
    struct ctx c = reading_as(who(KP_MONITOR));
    struct document_made m = made(S("PK526"));
    SCOPED(buf_free) struct buf out = buf_new(1 << 20);
    struct arena *small = arena_open(4096);
    c.arena = small;
    const err e = document_bytes(&c, &m, FILE_AS_JSON, &out);
    arena_free(small);
    assert_int_equal(e.code, ERR_LIMIT);
}

/* ---- made ---- */

static err run_order(struct ctx *c, void *arg)
{
    const struct document_new n = {
        .kind = S("achievement"), .period = period_fiscal(2025), .unit = S(""), .lang = LANG_EN};
    return document_order(c, &n, arg);
}

static str ordered(void)
{
    str code;
    assert_int_equal(written_as(who(MONITOR), run_order, &code), ERR_OK);
    return code;
}

static const struct db_engine *engine;
static int64_t reads_within, reads_outside;

static err spied_run(struct db *db, const struct query *q, unsigned form, const struct value *params,
                     row_fn row, void *arg, int64_t *out_changed)
{
    const bool due = strcmp(q->name, "kept_document_due") == 0;
    reads_within += db->in_tx ? 1 : 0;
    reads_outside += db->in_tx || due ? 0 : 1;
    return engine->run(db, q, form, params, row, arg, out_changed);
}

static struct q_kept_document_get kept(str code)
{
    struct ctx c = reading_as(who(MONITOR));
    struct q_kept_document_get d;
    assert_err(document_find(&c, code, &d), ok);
    return d;
}

/* No worker is there: what needs none is made, then it waits. */
static int64_t job_done(void)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    int64_t done;
    assert_err(document_job(&c, &done), ok);
    return done;
}

static void it_is_read_of_one_state(void **state)
{
    (void)state;
    run_script("insert into label values ('unit', 10, 'en', 'KP', 0);");
    (void)file_water();
    (void)ordered();
    struct db *db = store_reader(testing_now->store);
    engine = db->engine;
    struct db_engine spied = *engine;
    spied.run = spied_run;
    db->engine = &spied;
    reads_within = reads_outside = 0;
    const int64_t done = job_done();
    db->engine = engine;
    assert_int_equal(done, 1);
    assert_true(reads_within > 50);
    assert_int_equal(reads_outside, 0);
    assert_false(db->in_tx);
}

static void it_is_tried_five_times(void **state)
{
    (void)state;
    run_script("insert into label values ('unit', 10, 'en', 'KP', 0);");
    const str code = ordered();
    int64_t now = TESTING_NOON;
    for (int i = 0; i < DOCUMENT_TRIES; i++) {
        assert_int_equal(job_done(), 1);
        assert_int_equal(job_done(), 0); /* not at once again */
        const struct q_kept_document_get d = kept(code);
        const bool last = i + 1 == DOCUMENT_TRIES;
        assert_true(str_eq(d.making_code, last ? S("failed") : S("waiting")));
        assert_true(last || d.due_ms - now == (int64_t)DOCUMENT_RETRY_MS << i);
        now = d.due_ms;
        clock_fix(now);
    }
    clock_fix(now + INT64_C(9) * DAY_MS);
    assert_int_equal(job_done(), 0);
    /* One that the program itself never came to the end of. */
    (void)ordered();
    run_script("update kept_document set making_code = 'making', tries_n = 5 where document_no = 2");
    assert_int_equal(job_done(), 1);
    assert_int_equal(count_of("select count(*) from kept_document where making_code = 'failed'"), 2);
}

/* ---- kept, and gone with what it held ---- */

struct keeping {
    struct q_kept_document_get d;
    struct document_kept k;
    struct quote_printed *quotes;
    size_t n;
};

static err run_keep(struct ctx *c, void *arg)
{
    const struct keeping *k = arg;
    TRY(document_keep(c, &k->d, &k->k));
    return quote_hold(c, k->quotes, k->n, k->d.document_code);
}

static void keep(str code, struct quote_printed *quotes, size_t n)
{
    struct keeping k = {.d = kept(code), .quotes = quotes, .n = n};
    k.k.standing = S("provisional");
    k.k.hash = STR_NONE;
    k.k.bytes[FILE_AS_CSV] = k.k.bytes[FILE_AS_JSON] = 5;
    assert_err(blob_seal(S("a,b\r\n"), &k.k.files[FILE_AS_CSV]), ok);
    assert_err(blob_seal(S("{  }\n"), &k.k.files[FILE_AS_JSON]), ok);
    assert_int_equal(written_as(who(MONITOR), run_keep, &k), ERR_OK);
    blob_free(&k.k.files[FILE_AS_CSV]);
    blob_free(&k.k.files[FILE_AS_JSON]);
}

static err run_quote(struct ctx *c, void *arg)
{
    const struct quote_new n = {
        .unit = S(""),
        .kind = S("quote"),
        .about = S("service"),
        .section = S("successes"),
        .role = S("citizen"),
        .sex = S("woman"),
        .spoken = S("ps"),
        .words = S("Water comes now."),
        .name = S("Canaryname"),
        .day = 20260605,
        .consent = {20260605, S("IT expert of the desk"), S("thumb"), QUOTE_REPORT, true, false}};
    return quote_add(c, &n, arg);
}

static err run_withdraw(struct ctx *c, void *arg)
{
    struct quote_view v;
    TRY(quote_find(c, *(const str *)arg, &v));
    return quote_withdraw(c, &v);
}

/* The same words, and not her name. */
static err run_narrow(struct ctx *c, void *arg)
{
    const struct quote_consent without = {
        20260605, S("IT expert of the desk"), S("thumb"), QUOTE_REPORT, false, false};
    struct quote_view v;
    TRY(quote_find(c, *(const str *)arg, &v));
    return quote_consent_put(c, &v, &without);
}

static enum err_code read_file(str code, enum document_form form)
{
    SCOPED(buf_free) struct buf out = buf_new(100);
    const struct q_kept_document_get d = kept(code);
    struct ctx c = reading_as(who(MONITOR));
    return document_file(&c, &d, form, &out).code;
}

static void what_held_words_that_were_taken_back_is_destroyed(void **state)
{
    (void)state;
    static const int64_t homes[] = {NOWSHERA};
    struct quote_printed *quotes;
    size_t n;
    str quote;
    assert_int_equal(written_as(who(DESK), run_quote, &quote), ERR_OK);
    struct ctx c = reading_as(who(MANAGER));
    assert_err(quote_list(&c, homes, 1, period_fiscal(2025), QUOTE_REPORT, &quotes, &n), ok);
    assert_int_equal(n, 1);
    const str wide = ordered();
    const str with = ordered();
    const str without = ordered();
    keep(wide, quotes, n);
    assert_int_equal(read_file(wide, FILE_AS_CSV), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_narrow, &quote), ERR_OK);
    assert_int_equal(read_file(wide, FILE_AS_CSV), ERR_NOT_FOUND);
    clock_fix(TESTING_NOON + MINUTE_MS);
    c = reading_as(who(MANAGER));
    assert_err(quote_list(&c, homes, 1, period_fiscal(2025), QUOTE_REPORT, &quotes, &n), ok);
    assert_int_equal(n, 1);
    keep(with, quotes, n);
    keep(without, NULL, 0);
    assert_int_equal(read_file(with, FILE_AS_CSV), ERR_OK);
    assert_int_equal(count_of("select count(*) from blob"), 4);
    assert_int_equal(written_as(who(DESK), run_withdraw, &quote), ERR_OK);
    assert_int_equal(count_of("select count(*) from blob"), 2);
    assert_int_equal(count_of("select count(*) from kept_file where length(file_secret) > 0"), 2);
    assert_int_equal(count_of("select count(*) from kept_file"), 6); /* with their hashes */
    assert_int_equal(read_file(with, FILE_AS_CSV), ERR_NOT_FOUND);
    assert_int_equal(read_file(with, FILE_AS_JSON), ERR_NOT_FOUND);
    assert_int_equal(read_file(without, FILE_AS_CSV), ERR_OK);
}

static err run_photo(struct ctx *c, void *arg)
{
    struct evidence_pieces files = {.n = 1};
    files.v[0].kind = FILE_PHOTO;
    files.v[0].type = "image/jpeg";
    TRY(blob_seal(S("\xff\xd8\xff a tap"), &files.v[0].small));
    TRY(blob_seal(S("\xff\xd8\xff a larger tap"), &files.v[0].shown));
    const struct quote_new n = {
        .unit = S(""),
        .kind = S("photo"),
        .about = S("service"),
        .section = S("successes"),
        .role = S("citizen"),
        .sex = S("woman"),
        .spoken = S("en"),
        .words = S("A tap in a street."),
        .name = S(""),
        .photo = &files,
        .day = 20260605,
        .consent = {20260605, S("IT expert of the desk"), S("thumb"), QUOTE_REPORT, false, true}};
    const err e = quote_add(c, &n, arg);
    evidence_pieces_free(&files);
    return e;
}

/* As names: a page and the command have none. */
static size_t pictures_in(struct ctx *c, const struct document_made *m)
{
    struct paper_draft d;
    const struct paper *paper;
    size_t n = 0;
    assert_err(document_as_paper(c, m, &d, &paper), ok);
    for (size_t i = 0; i < paper->pieces_n; i++) {
        const struct paper_piece *piece = &paper->pieces[i];
        if (piece->kind == PAPER_PICTURE) {
            assert_str(paper_picture_of(paper, piece), "\xff\xd8\xff a tap");
            assert_str(piece->words[0].text, "Photo: A tap in a street.");
            n++;
        }
    }
    return n;
}

static void a_picture_stands_in_kept_documents_alone(void **state)
{
    (void)state;
    str quote;
    run_script("insert into label values ('unit', 10, 'en', 'KP', 0);");
    (void)file_water();
    assert_int_equal(written_as(who(DESK), run_photo, &quote), ERR_OK);
    struct document_made m;
    struct ctx c = reading_as(who(KP_MONITOR));
    const struct document_ask ask = {
        .kind = DOCUMENT_ACHIEVEMENT, .period = period_fiscal(2025), .unit = S("PK526")};
    assert_err(document_make(&c, &ask, &m), ok);
    assert_int_equal(pictures_in(&c, &m), 0);
    c.may_show_identity = true;
    assert_err(document_names_read(&c, &m), ok);
    assert_int_equal(pictures_in(&c, &m), 1);
    const str code = ordered();
    keep(code, m.story.quotes, m.story.quotes_n);
    assert_int_equal(read_file(code, FILE_AS_CSV), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_narrow, &quote), ERR_OK);
    assert_int_equal(read_file(code, FILE_AS_CSV), ERR_NOT_FOUND);
    c = reading_as(who(KP_MONITOR));
    assert_err(document_make(&c, &ask, &m), ok);
    c.may_show_identity = true;
    assert_err(document_names_read(&c, &m), ok);
    assert_int_equal(pictures_in(&c, &m), 0);
}

static void changes_are_told_from_when_the_last_one_was_asked_for(void **state)
{
    (void)state;
    const str first = ordered();
    clock_fix(TESTING_NOON + HOUR_MS); /* it waited that long: a quarter approved meanwhile is not in it */
    keep(first, NULL, 0);
    assert_int_equal(kept(ordered()).since_ms, TESTING_NOON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_line_keeps_what_was_done_when_its_plan_is_revised),
        FEATURE_TEST(what_nobody_approved_is_not_known_and_who_approved_nothing_is_named),
        FEATURE_TEST(a_list_that_is_cut_says_so_and_keeps_the_newest),
        FEATURE_TEST(a_part_for_which_there_is_no_room_is_not_left_out),
        FEATURE_TEST(it_is_read_of_one_state),
        FEATURE_TEST(it_is_tried_five_times),
        FEATURE_TEST(what_held_words_that_were_taken_back_is_destroyed),
        FEATURE_TEST(a_picture_stands_in_kept_documents_alone),
        FEATURE_TEST(changes_are_told_from_when_the_last_one_was_asked_for),
    };
    return FEATURE_TESTS(tests);
}
