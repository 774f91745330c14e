/* Documents that are kept: who asks for one, who reads it, what stays of it; and what a document counts
 * with. */
#include "feature_testing.h"

#include "document_feature.h"
#include "event.h"
#include "event_file.h"
#include "indicator.h"
#include "sheet.h"

static const struct period quarter = {20260101, 20260331};

#define assert_str(s, text) assert_true(str_eq((s), S(text)))

struct ordering {
    struct document_new n;
    str code;
};

static err run_order(struct ctx *c, void *arg)
{
    struct ordering *o = arg;
    return document_order(c, &o->n, &o->code);
}

static struct ordering order_of(str unit, struct period p)
{
    return (struct ordering){.n = {.kind = S("achievement"), .period = p, .unit = unit, .lang = LANG_UR},
                             .code = S("")};
}

static str ordered(enum testing_who by, str unit)
{
    struct ordering o = order_of(unit, quarter);
    assert_int_equal(written_as(who(by), run_order, &o), ERR_OK);
    return o.code;
}

static enum err_code refused(enum testing_who by, str unit, struct period p)
{
    struct ordering o = order_of(unit, p);
    return written_as(who(by), run_order, &o);
}

static enum err_code found(enum testing_who by, str code, struct q_kept_document_get *out)
{
    struct ctx c = reading_as(who(by));
    return document_find(&c, code, out).code;
}

static size_t listed(enum testing_who by)
{
    struct ctx c = reading_as(who(by));
    struct q_kept_document_get *rows;
    size_t n;
    assert_err(document_list(&c, &rows, &n), ok);
    return n;
}

static void who_asks_and_who_reads(void **state)
{
    (void)state;
    struct q_kept_document_get d;
    assert_int_equal(refused(DESK, S(""), quarter), ERR_DENIED);
    assert_int_equal(refused(SUPERVISOR, S(""), quarter), ERR_DENIED);
    assert_int_equal(refused(MONITOR, S("PK511"), quarter), ERR_INVALID); /* another district */
    assert_int_equal(refused(MONITOR, S("PK5"), quarter), ERR_INVALID);   /* more than is hers */
    assert_int_equal(refused(MONITOR, S(""), (struct period){20260105, 20260331}), ERR_INVALID);
    const str own = ordered(MONITOR, S(""));
    const str above = ordered(KP_MONITOR, S(""));
    assert_str(own, "AD-PK526-1");
    assert_str(above, "AD-PK5-1");
    assert_str(ordered(KP_MONITOR, S("PK526")), "AD-PK526-2");
    static const enum testing_who near[] = {DESK, OFFICER, SUPERVISOR, ADC, MONITOR, KP_MONITOR, MANAGER};
    for (size_t i = 0; i < sizeof near / sizeof near[0]; i++) {
        assert_int_equal(found(near[i], own, &d), ERR_OK);
    }
    assert_int_equal(found(OTHER_DESK, own, &d), ERR_NOT_FOUND);
    assert_int_equal(found(OTHER_SUPERVISOR, own, &d), ERR_NOT_FOUND);
    assert_int_equal(found(DESK, above, &d), ERR_NOT_FOUND);
    assert_int_equal(found(KP_MONITOR, above, &d), ERR_OK);
    assert_int_equal(listed(DESK), 2);
    assert_int_equal(listed(OTHER_DESK), 0);
    assert_int_equal(listed(KP_MONITOR), 3);
    assert_int_equal(listed(MANAGER), 3);
}

static err run_cancel(struct ctx *c, void *arg)
{
    return document_cancel(c, *(const str *)arg);
}

static err run_step(struct ctx *c, void *arg)
{
    return document_step(c, arg, 3);
}

struct keeping {
    struct q_kept_document_get d;
    struct document_kept k;
};

static err run_keep(struct ctx *c, void *arg)
{
    const struct keeping *k = arg;
    return document_keep(c, &k->d, &k->k);
}

static void keeping_make(struct keeping *k)
{
    k->k.standing = S("provisional");
    k->k.hash = STR_NONE;
    k->k.bytes[FILE_AS_CSV] = 5;
    assert_err(blob_seal(S("a,b\r\n"), &k->k.files[FILE_AS_CSV]), ok);
}

static void what_is_ready_stays_and_what_is_cancelled_is_not_made(void **state)
{
    (void)state;
    struct keeping k = {.k = {.standing = S("")}};
    struct buf out = buf_new(100);
    str one = ordered(MONITOR, S(""));
    str two = ordered(MONITOR, S(""));
    struct ctx c = reading_as(who(MONITOR));
    assert_err(document_due(&c, &k.d), ok);
    assert_str(k.d.document_code, "AD-PK526-1"); /* first come */
    assert_int_equal(written_as(who(MONITOR), run_step, &k.d), ERR_OK);
    assert_err(document_file(&c, &k.d, FILE_AS_CSV, &out), not_found);
    keeping_make(&k);
    assert_int_equal(written_as(who(MONITOR), run_keep, &k), ERR_OK);
    c = reading_as(who(DESK));
    assert_err(document_find(&c, one, &k.d), ok);
    assert_str(k.d.making_code, "ready");
    assert_err(document_file(&c, &k.d, FILE_AS_CSV, &out), ok);
    assert_str(buf_str(&out), "a,b\r\n");
    assert_err(document_file(&c, &k.d, FILE_AS_PDF, &out), not_found);
    assert_int_equal(written_as(who(MONITOR), run_cancel, &one), ERR_OK); /* too late: it stays */
    assert_int_equal(found(MONITOR, one, &k.d), ERR_OK);
    assert_str(k.d.making_code, "ready");
    assert_int_equal(written_as(who(DESK), run_cancel, &two), ERR_DENIED);
    assert_int_equal(written_as(who(MONITOR), run_cancel, &two), ERR_OK);
    assert_int_equal(found(MONITOR, two, &k.d), ERR_OK);
    assert_int_equal(written_as(who(MONITOR), run_step, &k.d), ERR_CONFLICT);
    assert_int_equal(written_as(who(MONITOR), run_keep, &k), ERR_CONFLICT);
    c = reading_as(who(MONITOR));
    assert_err(document_due(&c, &k.d), not_found);
    blob_free(&k.k.files[FILE_AS_CSV]);
    buf_free(&out);
}

static void not_too_many_wait(void **state)
{
    (void)state;
    for (int i = 0; i < DOCUMENTS_WAITING; i++) {
        (void)ordered(MONITOR, S(""));
    }
    assert_int_equal(refused(MONITOR, S(""), quarter), ERR_CONFLICT);
    (void)ordered(KP_MONITOR, S("")); /* another place */
}

/* ---- figures ---- */

static err run_freeze(struct ctx *c, void *arg)
{
    struct sheet_view v;
    struct snapshot_set set;
    int64_t n;
    (void)arg;
    TRY(sheet_begin_quarter(c, NOWSHERA, quarter, &v));
    TRY(snapshot_count(c, NOWSHERA, quarter, &set));
    return snapshot_freeze(c, &set, v.row.id, 1, &n);
}

static int64_t registered(const struct document_figures *f, struct period p)
{
    const struct figure_pick pick = document_within(p);
    int64_t num;
    int64_t den;
    assert_err(document_sum(f, document_indicator(f, S("cases_registered")), NULL, &pick, &num, &den), ok);
    return num;
}

static void approved_figures_take_the_place_of_those_of_now(void **state)
{
    (void)state;
    struct document_figures f;
    run_script("insert into label values ('unit', 10, 'en', 'KP', 0);");
    struct ctx c = reading_as(who(KP_MONITOR));
    assert_err(document_figures(&c, quarter, S(""), DOCUMENT_OPEN_TO_HER, &f), ok);
    assert_false(f.approved);
    assert_int_equal(registered(&f, period_all()), 0);
    assert_int_equal(f.homes_n, 0);
    assert_err(document_figures(&c, quarter, S("PK6"), DOCUMENT_OPEN_TO_HER, &f), not_found);
    assert_err(document_figures(&c, (struct period){20260105, 20260331}, S(""), DOCUMENT_OPEN_TO_HER, &f),
               invalid);
    assert_int_equal(written_as(who(KP_MONITOR), run_freeze, NULL), ERR_OK);
    c = reading_as(who(KP_MONITOR));
    assert_err(document_figures(&c, quarter, S(""), DOCUMENT_OPEN_TO_HER, &f), ok);
    assert_true(f.approved);
    assert_int_equal(f.homes_n, 1);
    assert_int_equal(f.found, 1);
    assert_int_equal(f.places_n, 1); /* not its province, of which this is a part */
    assert_int_equal(f.places[0].id, NOWSHERA);
    /* Of another quarter nobody approved anything: nothing of this one is taken for it. */
    assert_err(document_figures(&c, (struct period){20260401, 20260630}, S(""), DOCUMENT_OPEN_TO_HER, &f),
               ok);
    assert_false(f.approved);
}

/* ---- figures of the time before, versions of plans ---- */

static err run_bring(struct ctx *c, void *arg)
{
    static const char source[DIGEST_LEN] = {1};
    struct figure_cell cells[] = {{202108, S("citizen"), S("woman"), S(""), 40, 40}};
    const struct figure f = {.cells = cells, .cells_n = 1, .num = 40, .den = 40};
    (void)arg;
    return snapshot_bring(c, NOWSHERA, (struct period){20210701, 20210930}, indicator_find(S("attendance")),
                          &f, (str){source, DIGEST_LEN});
}

static int64_t brought_in(const struct document_figures *f, str indicator, struct period p)
{
    const struct figure_pick pick = document_within(p);
    return document_brought(f, indicator.n > 0 ? document_indicator(f, indicator) : NULL, NULL, &pick);
}

static struct document_made made_since(int64_t since_ms)
{
    struct document_made m;
    struct ctx c = reading_as(who(KP_MONITOR));
    c.arena = arena_open(DOCUMENT_ARENA);
    const struct document_ask ask = {
        .kind = DOCUMENT_ANNUAL, .period = period_all(), .unit = S("PK526"), .since_ms = since_ms};
    assert_err(document_make(&c, &ask, &m), ok);
    return m;
}

static const struct cell *cell_of(const struct document_made *m, const char *part, size_t row,
                                  const char *column)
{
    const struct document_part *p = document_part_of(m, str_of(part));
    assert_true(p != NULL && row < p->rows_n);
    for (size_t k = 0; k < p->columns_n; k++) {
        if (str_eq(p->columns[k].key, str_of(column))) {
            return &p->cells[row * p->columns_n + k];
        }
    }
    fail();
    return NULL;
}

static void figures_of_the_time_before_are_said_to_be_such(void **state)
{
    (void)state;
    struct document_figures f;
    assert_int_equal(written_as(who(KP_MONITOR), run_bring, NULL), ERR_OK);
    struct ctx c = reading_as(who(KP_MONITOR));
    assert_err(document_figures(&c, period_fiscal(2021), S(""), DOCUMENT_OPEN_TO_HER, &f), ok);
    assert_true(f.approved);
    assert_int_equal(f.homes_n, 1);
    assert_int_equal(brought_in(&f, S("attendance"), period_fiscal(2021)), 1);
    assert_int_equal(brought_in(&f, S(""), period_all()), 1);
    assert_int_equal(brought_in(&f, S("events_held"), period_all()), 0);
    assert_int_equal(brought_in(&f, S("attendance"), quarter), 0);
    struct document_made m = made_since(0);
    assert_str(cell_of(&m, "attendance", 0, "place")->text, "Nowshera *");
    assert_int_equal(cell_of(&m, "attendance", 0, "women_citizens")->n, 40);
    assert_false(document_part_of(&m, S("funnel"))->marked); /* nothing of it was brought in */
    assert_int_equal(cell_of(&m, "quarters", 0, "brought_in")->n, 1);
    assert_int_equal(document_part_of(&m, S("quality"))->notes_n, 2);
    arena_free(m.figures.arena);
}

static err run_bring_before(struct ctx *c, void *arg)
{
    static const char source[DIGEST_LEN] = {2};
    const struct period q = {20250701, 20250930};
    struct figure_cell came[] = {{202507, S("citizen"), S("woman"), S(""), 30, 30}};
    const struct figure women = {.cells = came, .cells_n = 1, .num = 30, .den = 30};
    struct figure_cell days[] = {{202507, S(""), S(""), S("4"), 5, 5}, {202508, S(""), S(""), S("9"), 6, 6}};
    const struct figure median = {.cells = days, .cells_n = 2, .num = 11, .den = 11};
    (void)arg;
    TRY(snapshot_bring(c, HARIPUR, q, indicator_find(S("attendance")), &women, (str){source, DIGEST_LEN}));
    return snapshot_bring(c, HARIPUR, q, indicator_find(S("cases_median_days")), &median,
                          (str){source, DIGEST_LEN});
}

static err run_bring_few(struct ctx *c, void *arg)
{
    static const char source[DIGEST_LEN] = {3};
    struct figure_cell cells[] = {{202507, S("citizen"), S("woman"), S(""), 3, 3}};
    const struct figure f = {.cells = cells, .cells_n = 1, .num = 3, .den = 3};
    (void)arg;
    return snapshot_bring(c, HARIPUR, (struct period){20250701, 20250930},
                          indicator_find(S("cases_women_share")), &f, (str){source, DIGEST_LEN});
}

static struct document_made made_of(str unit, struct period p)
{
    struct document_made m;
    struct ctx c = reading_as(who(KP_MONITOR));
    c.arena = arena_open(DOCUMENT_ARENA);
    const struct document_ask ask = {.kind = DOCUMENT_ACHIEVEMENT, .period = p, .unit = unit};
    assert_err(document_make(&c, &ask, &m), ok);
    return m;
}

static int64_t came(const struct document_made *m)
{
    const struct figure_pick pick = document_within(m->ask.period);
    int64_t num;
    int64_t den;
    assert_err(
        document_sum(&m->figures, document_indicator(&m->figures, S("attendance")), NULL, &pick, &num, &den),
        ok);
    return num;
}

static void what_nobody_approved_is_a_dash_and_no_nought(void **state)
{
    (void)state;
    assert_int_equal(written_as(who(KP_MONITOR), run_bring_before, NULL), ERR_OK);
    assert_int_equal(written_as(who(KP_MONITOR), run_freeze, NULL), ERR_OK);
    struct document_made m = made_of(S("PK5"), quarter); /* of Haripur only the summer before is known */
    static const char *const of[][2] = {{"attendance", "women_citizens"},
                                        {"attendance", "total"},
                                        {"funnel", "received"},
                                        {"pending", "pending"}};
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        const size_t haripur = str_eq(cell_of(&m, of[i][0], 0, "code")->text, S("PK511")) ? 0 : 1;
        assert_str(cell_of(&m, of[i][0], haripur, "code")->text, "PK511");
        assert_true(cell_of(&m, of[i][0], haripur, of[i][1])->empty);
        assert_str(cell_of(&m, of[i][0], haripur, of[i][1])->text, "–");
        assert_true(document_part_of(&m, str_of(of[i][0]))->dashed);
    }
    assert_str(cell_of(&m, "attendance", 0, "code")->text, "PK526");
    assert_false(cell_of(&m, "attendance", 0, "total")->empty); /* counted, and approved: nobody came */
    assert_int_equal(cell_of(&m, "attendance", 0, "total")->n, 0);
    assert_false(cell_of(&m, "attendance", 2, "total")->empty);
    arena_free(m.figures.arena);
    m = made_of(S("PK511"), (struct period){20250701, 20250930}); /* brought in: who came, and no complaint */
    assert_int_equal(cell_of(&m, "attendance", 0, "women_citizens")->n, 30);
    assert_true(cell_of(&m, "desks", 0, "received")->empty);
    arena_free(m.figures.arena);
}

static void figures_from_before_a_split_stay_with_the_old_district(void **state)
{
    (void)state;
    assert_int_equal(written_as(who(KP_MONITOR), run_bring_before, NULL), ERR_OK);
    run_script(
        "update unit set valid_to_day = 20260101 where id = 200;"
        "insert into unit values (600, 'PK511', 3, 10, 10, 600, null, 0, 20260101, 99991231),"
        " (601, 'PK591', 3, 10, 10, 601, null, 0, 20260101, 99991231);"
        "insert into unit_successor (from_id, to_id, from_day) values (200, 600, 20260101),"
        " (200, 601, 20260101);"
        "insert into label values ('unit', 600, 'en', 'Haripur', 0), ('unit', 601, 'en', 'Khanpur', 0);");
    static const str parts[] = {S_INIT("PK591"), S_INIT("PK511")};
    for (size_t i = 0; i < 2; i++) {
        struct document_made m = made_of(parts[i], period_fiscal(2025));
        assert_int_equal(came(&m), 0); /* nothing of it is its own */
        const struct document_part *p = document_part_of(&m, S("before_unit"));
        assert_non_null(p);
        assert_int_equal(p->rows_n, 2);
        assert_str(cell_of(&m, "before_unit", 0, "place")->text,
                   "Haripur (until \u206831 December 2025\u2069) *");
        assert_str(cell_of(&m, "before_unit", 0, "code")->text, "PK511");
        int64_t sum = 0;
        for (size_t r = 0; r < 2; r++) {
            const bool median =
                str_eq(cell_of(&m, "before_unit", r, "indicator")->text, S("cases_median_days"));
            assert_int_equal(cell_of(&m, "before_unit", r, "num")->n, median ? 9 : 30);
            sum += cell_of(&m, "before_unit", r, "num")->n;
        }
        assert_int_equal(sum, 39);
        arena_free(m.figures.arena);
    }
    /* A document of before is the old one's own, and says what it became. */
    struct document_made m = made_of(S("PK511"), (struct period){20250701, 20251231});
    assert_int_equal(came(&m), 30);
    assert_int_equal(document_part_of(&m, S("before_unit"))->rows_n, 0);
    assert_int_equal(document_part_of(&m, S("before_unit"))->notes_n, 2);
    arena_free(m.figures.arena);
    /* Of its province each is told once. */
    m = made_of(S("PK5"), period_fiscal(2025));
    assert_int_equal(came(&m), 30);
    assert_true(document_part_of(&m, S("before_unit")) == NULL);
    arena_free(m.figures.arena);
    /* Of so few complaints it is not told what became of them. */
    assert_int_equal(written_as(who(KP_MONITOR), run_bring_few, NULL), ERR_OK);
    m = made_of(S("PK591"), period_fiscal(2025));
    assert_int_equal(document_part_of(&m, S("before_unit"))->rows_n, 1);
    assert_str(cell_of(&m, "before_unit", 0, "indicator")->text, "attendance");
    arena_free(m.figures.arena);
    m = made_of(S("PK526"), period_fiscal(2025));
    assert_true(document_part_of(&m, S("before_unit")) == NULL);
    arena_free(m.figures.arena);
}

static void versions_of_plans_stand_among_what_changed(void **state)
{
    (void)state;
    run_script(
        "insert into programme values (900, 'women-kacheri', 20200101, 99991231, 1);"
        "insert into plan values"
        " (100, 920, 'OP-PK526-2026-27-V1', 900, 'operational', 2026, 1, 'Plan', 20260701, 20270630, 0,"
        " null, 10, 517, 1000, null),"
        " (100, 921, 'OP-PK526-2026-27-V2', 900, 'operational', 2026, 2, 'Plan', 20260701, 20270630, 0,"
        " null, 10, 517, 2000, null),"
        " (200, 922, 'OP-PK511-2026-27-V2', 900, 'operational', 2026, 2, 'Plan', 20260701, 20270630, 0,"
        " null, 10, 517, 2000, null);"
        "insert into flow values"
        " (100, 4, 920, 3, 0, 0, 1, 5, 0, null, null, null, '', null, 0, null, 100, null, 0, 0),"
        " (100, 4, 921, 2, 1, 0, 1, 4, 0, null, null, null, '', null, 0, null, 100, null, 0, 0),"
        " (200, 4, 922, 2, 1, 0, 1, 4, 0, null, null, null, '', null, 0, null, 200, null, 0, 0);");
    struct document_made m = made_since(0);
    assert_int_equal(document_part_of(&m, S("changes"))->rows_n, 1); /* the first one changed nothing */
    assert_str(cell_of(&m, "changes", 0, "place")->text, "Nowshera");
    assert_str(cell_of(&m, "changes", 0, "what")->to.s, "/plans/OP-PK526-2026-27-V2");
    assert_str(cell_of(&m, "changes", 0, "before")->text, "\u20661\u2069");
    assert_int_equal(cell_of(&m, "changes", 0, "approved_on")->n, 2000);
    arena_free(m.figures.arena);
    m = made_since(500);
    assert_int_equal(document_part_of(&m, S("changes"))->rows_n, 2);
    arena_free(m.figures.arena);
    m = made_since(2000);
    assert_int_equal(document_part_of(&m, S("changes"))->rows_n, 0);
    arena_free(m.figures.arena);
}

/* ---- evidence ---- */

static err run_photo(struct ctx *c, void *arg)
{
    const struct event_new n = {.at = {.unit = S("PK526"),
                                       .venue = S("School"),
                                       .venue_kind = S("school"),
                                       .day = 20260610,
                                       .from_min = 600,
                                       .to_min = 780},
                                .kind = S("khuli_kacheri"),
                                .audience = S("women"),
                                .why = S("Asked for")};
    struct event_view v;
    str code;
    TRY(event_plan(c, &n, &code));
    TRY(event_find(c, code, &v));
    TRY(event_file_add(c, &v, S("photo"), S("district"), true, arg)); /* the district's, and no further */
    return event_file_add(c, &v, S("photo"), S("programme"), true, arg);
}

static void files_are_known_by_their_hash_and_nothing_else(void **state)
{
    (void)state;
    struct evidence_pieces files = {.n = 1};
    char hex[DIGEST_HEX + 1];
    files.v[0].kind = FILE_PHOTO;
    files.v[0].type = "image/jpeg";
    memset(files.v[0].received_hash, 0xab, DIGEST_LEN);
    assert_err(blob_seal(S("Canarypicture"), &files.v[0].shown), ok);
    assert_int_equal(written_as(who(KP_MONITOR), run_bring, NULL), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_photo, &files), ERR_OK);
    struct document_made m = made_since(0);
    assert_true(document_part_of(&m, S("files")) == NULL); /* its sheet is not approved */
    arena_free(m.figures.arena);
    run_script(
        "insert into sheet (home, id, sheet_kind_code, event_id, from_day, to_day, version_no, due_day,"
        " progress_code, why_text, done_text, narrative_text, changed_n, approver_ms)"
        " select home, 930, 'event', id, event_day, event_day, 1, event_day, '', '', '', '', 0, 5"
        " from event;");
    m = made_since(0);
    digest_hex(files.v[0].received_hash, hex);
    assert_str(cell_of(&m, "files", 0, "place")->text, "Nowshera");
    assert_str(cell_of(&m, "files", 0, "kind")->text, "Photo");
    assert_int_equal(document_part_of(&m, S("files"))->rows_n, 1);
    assert_int_equal(cell_of(&m, "files", 0, "no")->n, 2);
    assert_str(cell_of(&m, "files", 0, "seen_by")->text, "The whole programme");
    assert_true(str_eq(cell_of(&m, "files", 0, "sha256")->text, (str){hex, DIGEST_HEX}));
    arena_free(m.figures.arena);
    evidence_pieces_free(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(who_asks_and_who_reads),
        FEATURE_TEST(what_is_ready_stays_and_what_is_cancelled_is_not_made),
        FEATURE_TEST(not_too_many_wait),
        FEATURE_TEST(approved_figures_take_the_place_of_those_of_now),
        FEATURE_TEST(figures_of_the_time_before_are_said_to_be_such),
        FEATURE_TEST(what_nobody_approved_is_a_dash_and_no_nought),
        FEATURE_TEST(figures_from_before_a_split_stay_with_the_old_district),
        FEATURE_TEST(versions_of_plans_stand_among_what_changed),
        FEATURE_TEST(files_are_known_by_their_hash_and_nothing_else),
    };
    return FEATURE_TESTS(tests);
}
