/* Pieces of evidence on a subject of a kind that stands for a case, and a real database. */
#include "feature_testing.h"

#include "evidence.h"
#include "evidence_feature.h"
#include "evidence_later.h"
#include "evidence_verify.h"
#include "msg.h"
#include "vault.h"

enum { LONG_BYTES = 200 * 1000, EVER = 1000 };

static const char *const states[] = {"new"};
static const char *const actions[] = {"file"};
static const char *const results[] = {""};
static const struct flow_transition table[] = {{0, 0, 0, 0, FLOW_ROLE(DESK)}};
static const struct flow_kind kind = {.kind_no = 1,
                                      .name = "case",
                                      .states = states,
                                      .states_n = 1,
                                      .open_states = 1,
                                      .actions = actions,
                                      .actions_n = 1,
                                      .undo = 1,
                                      .results = results,
                                      .results_n = 1,
                                      .table = table,
                                      .table_n = 1};
static const struct subject mine = {.kind = &kind, .home = NOWSHERA, .id = 1};

static char voice_bytes[LONG_BYTES];
static const str photo = S_INIT("this picture was made anew and is the one that is shown");
static const str small = S_INIT("and this is the same picture but small");
static const str raw = S_INIT("as it came from a telephone with the place where it was taken");

struct doing {
    struct evidence_for to;
    struct evidence_pieces pieces;
    int64_t key_no, piece_no;
    bool flag;
};
static struct doing doing;

static err run_start(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    const struct q_flow_get facets = {.unit_id = PABBI, .topic_id = WATER, .due_ms = TESTING_NOON};
    const struct flow_step_in step = {.action = 0, .via = S("desk")};
    TRY(vault_key_take(c, &d->key_no));
    return flow_start(c, &mine, 0, &facets, &step);
}

static err run_add(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    return evidence_add(c, &d->to, &d->pieces);
}

static err run_let_see(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    return evidence_let_see(c, &mine, d->piece_no, d->flag);
}

static err run_typed(struct ctx *c, void *arg)
{
    (void)arg;
    return evidence_typed(c, &mine, 1);
}

static err run_destroy(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    return vault_destroy(c, d->key_no);
}

static struct blob sealed(str bytes)
{
    struct blob b;
    assert_err(blob_seal(bytes, &b), ok);
    return b;
}

static void start(void)
{
    doing = (struct doing){.key_no = 0};
    for (size_t i = 0; i < sizeof voice_bytes; i++) {
        voice_bytes[i] = (char)(i * 7 + i / 251);
    }
    assert_int_equal(written_as(who(DESK), run_start, &doing), ERR_OK);
}

static struct evidence_piece photo_piece(void)
{
    return (struct evidence_piece){.kind = FILE_PHOTO,
                                   .type = "image/jpeg",
                                   .received = "image/png",
                                   .shown = sealed(photo),
                                   .small = sealed(small),
                                   .bytes = (int64_t)photo.n,
                                   .wide = 4,
                                   .high = 3};
}

static struct evidence_piece voice_piece(void)
{
    const str said = {voice_bytes, sizeof voice_bytes};
    return (struct evidence_piece){.kind = FILE_VOICE,
                                   .type = "audio/webm",
                                   .received = "audio/ogg",
                                   .shown = sealed(said),
                                   .kept = sealed(raw),
                                   .bytes = (int64_t)said.n,
                                   .seconds = 12};
}

static void add(enum testing_who w, enum evidence_from from, bool alone, struct evidence_piece p)
{
    doing.to = (struct evidence_for){
        .subject = mine, .step_no = 1, .key_no = doing.key_no, .from = from, .alone = alone};
    doing.pieces = (struct evidence_pieces){.v = {p}, .n = 1};
    assert_int_equal(written_as(who(w), run_add, &doing), ERR_OK);
    evidence_pieces_free(&doing.pieces);
}

static enum err_code opened_by(struct actor who_asks, int64_t piece, enum evidence_what what, bool audited,
                               str want)
{
    struct ctx c = reading_as(who_asks);
    SCOPED(buf_free) struct buf out = buf_new(1 << 20);
    str type;
    c.may_show_identity = audited;
    const err e = evidence_open(&c, &mine, piece, what, &out, &type);
    if (e.code == ERR_OK) {
        assert_true(str_eq(buf_str(&out), want));
        assert_true(type.n > 0);
    }
    return e.code;
}

static enum err_code opened(enum testing_who w, int64_t piece, enum evidence_what what, bool audited,
                            str want)
{
    return opened_by(who(w), piece, what, audited, want);
}

static err verify(struct evidence_report *out)
{
    struct ctx c = reading_as(who(DESK));
    struct audit_report chains;
    c.actor.role = ROLE_SYSTEM;
    TRY(audit_verify(&c, &chains));
    return evidence_verify(&c, &chains, out);
}

static void it_fits(int64_t pieces)
{
    struct evidence_report report;
    assert_int_equal(verify(&report).code, ERR_OK);
    assert_int_equal(report.pieces, pieces);
}

static void broken_by(const char *sql, const char *what)
{
    struct evidence_report report;
    run_script(sql);
    assert_int_equal(verify(&report).code, ERR_CONFLICT);
    assert_string_equal(report.broken, what);
}

/* ---- who may see what ---- */

static void a_photo_of_hers_is_closed_until_the_desk_opens_it(void **state)
{
    (void)state;
    start();
    add(DESK, EVIDENCE_COMPLAINANT, false, photo_piece());
    static const enum testing_who others[] = {OFFICER, SUPERVISOR, ADC, ADMIN};
    assert_int_equal(opened(DESK, 1, EVIDENCE_SHOWN, false, photo), ERR_OK);
    assert_int_equal(opened(DESK, 1, EVIDENCE_SMALL, false, small), ERR_OK);
    assert_int_equal(opened(DESK, 1, EVIDENCE_KEPT, false, raw),
                     ERR_NOT_FOUND); /* of a photo nothing else is */
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(opened(others[i], 1, EVIDENCE_SHOWN, true, photo), ERR_DENIED);
    }
    doing.piece_no = 1;
    doing.flag = true;
    assert_int_equal(written_as(who(SUPERVISOR), run_let_see, &doing), ERR_DENIED);
    assert_int_equal(written_as(who(DESK), run_let_see, &doing), ERR_OK);
    assert_int_equal(opened(OFFICER, 1, EVIDENCE_SHOWN, false, photo), ERR_OK);
    assert_int_equal(opened(SUPERVISOR, 1, EVIDENCE_SMALL, false, small), ERR_OK);
    assert_int_equal(opened(ADMIN, 1, EVIDENCE_SHOWN, true, photo), ERR_DENIED);
    doing.flag = false;
    assert_int_equal(written_as(who(DESK), run_let_see, &doing), ERR_OK);
    assert_int_equal(opened(OFFICER, 1, EVIDENCE_SHOWN, false, photo), ERR_DENIED);
    it_fits(1);
}

static void an_officers_own_photo_is_open_and_a_voice_never_is(void **state)
{
    (void)state;
    start();
    add(OFFICER, EVIDENCE_OFFICER, false, photo_piece());
    add(DESK, EVIDENCE_COMPLAINANT, true, voice_piece());
    const str said = {voice_bytes, sizeof voice_bytes};
    assert_int_equal(opened(OFFICER_2, 1, EVIDENCE_SHOWN, false, photo), ERR_OK);
    assert_int_equal(opened(DESK, 2, EVIDENCE_SHOWN, false, said), ERR_DENIED); /* the look was not audited */
    assert_int_equal(opened(DESK, 2, EVIDENCE_SHOWN, true, said), ERR_OK);
    assert_int_equal(opened(DESK, 2, EVIDENCE_KEPT, true, raw), ERR_OK);
    assert_int_equal(opened(ADC, 2, EVIDENCE_SHOWN, true, said), ERR_DENIED);
    doing.piece_no = 2;
    doing.flag = true;
    assert_int_equal(written_as(who(DESK), run_let_see, &doing), ERR_CONFLICT);
    assert_int_equal(testing_now->fail.message, MSG_EVIDENCE_VOICE_CLOSED);
    assert_int_equal(opened(DESK, 3, EVIDENCE_SHOWN, true, said), ERR_NOT_FOUND);
}

static void she_whom_her_pin_let_in_hears_what_she_said_herself(void **state)
{
    (void)state;
    const struct actor her = {.role = ROLE_PUBLIC};
    const str said = {voice_bytes, sizeof voice_bytes};
    start();
    add(DESK, EVIDENCE_COMPLAINANT, true, voice_piece());
    add(DESK, EVIDENCE_DESK, true, voice_piece());
    add(OFFICER, EVIDENCE_OFFICER, false, voice_piece());
    add(DESK, EVIDENCE_COMPLAINANT, false, photo_piece());
    assert_int_equal(opened_by(her, 1, EVIDENCE_SHOWN, false, said), ERR_DENIED); /* not audited */
    assert_int_equal(opened_by(her, 1, EVIDENCE_SHOWN, true, said), ERR_OK);
    for (int64_t others = 2; others <= 4; others++) {
        assert_int_equal(opened_by(her, others, EVIDENCE_SHOWN, true, said), ERR_DENIED);
    }
}

static void of_what_goes_past_the_desk_the_adc_is_the_keeper(void **state)
{
    (void)state;
    int64_t count = -1;
    start();
    const str said = {voice_bytes, sizeof voice_bytes};
    doing.to = (struct evidence_for){.subject = mine,
                                     .step_no = 1,
                                     .key_no = doing.key_no,
                                     .from = EVIDENCE_COMPLAINANT,
                                     .keeper = SOME(who(ADC).office_id),
                                     .alone = true};
    doing.pieces = (struct evidence_pieces){.v = {voice_piece()}, .n = 1};
    assert_int_equal(written_as(who(DESK), run_add, &doing), ERR_OK);
    evidence_pieces_free(&doing.pieces);
    assert_int_equal(opened(DESK, 1, EVIDENCE_SHOWN, true, said), ERR_DENIED);
    assert_int_equal(opened(SUPERVISOR, 1, EVIDENCE_SHOWN, true, said), ERR_DENIED);
    assert_int_equal(opened(ADC, 1, EVIDENCE_SHOWN, false, said), ERR_DENIED); /* not audited */
    assert_int_equal(opened(ADC, 1, EVIDENCE_SHOWN, true, said), ERR_OK);
    struct ctx c = reading_as(who(DESK));
    assert_err(evidence_untyped_count(&c, &kind, NOWSHERA, &count), ok);
    assert_int_equal(count, 0);
    c = reading_as(who(ADC));
    assert_err(evidence_untyped_count(&c, &kind, NOWSHERA, &count), ok);
    assert_int_equal(count, 1);
    it_fits(1);
    broken_by("update attachment set keeper_id = null", "row");
}

static void a_list_says_what_is_there_and_what_may_be_seen(void **state)
{
    (void)state;
    start();
    add(DESK, EVIDENCE_DESK, false, photo_piece());
    add(OFFICER, EVIDENCE_OFFICER, false, photo_piece());
    struct ctx c = reading_as(who(OFFICER));
    struct evidence_row *rows;
    size_t n;
    assert_err(evidence_list(&c, &mine, &rows, &n), ok);
    assert_int_equal(n, 2);
    assert_false(rows[0].may);
    assert_true(rows[1].may);
    assert_true(str_eq(rows[0].at.media_code, S("photo")) && str_eq(rows[0].at.from_code, S("desk")));
    assert_int_equal(rows[1].at.piece_no, 2);
    assert_int_equal(rows[1].at.wide_n.v, 4);
}

static void what_came_with_a_step_taken_back_did_not_come(void **state)
{
    (void)state;
    int64_t count = -1, step = -1;
    struct evidence_row *rows;
    size_t n;
    start();
    add(DESK, EVIDENCE_COMPLAINANT, true, photo_piece());
    run_script(
        "insert into flow_step (home, kind_no, subject_id, step_no, action_no, from_state, to_state, at_ms, "
        "at_day, role_no, inside_flag) select home, kind_no, subject_id, step_no + 1, 1, 0, 0, at_ms, "
        "at_day, role_no, 0 from flow_step");
    assert_int_equal(opened(DESK, 1, EVIDENCE_SHOWN, true, photo), ERR_NOT_FOUND);
    assert_int_equal(opened(DESK, 1, EVIDENCE_SMALL, true, small), ERR_NOT_FOUND);
    struct ctx c = reading_as(who(DESK));
    assert_err(evidence_list(&c, &mine, &rows, &n), ok);
    assert_int_equal(n, 0);
    assert_err(evidence_untyped_count(&c, &kind, NOWSHERA, &count), ok);
    assert_int_equal(count, 0);
    assert_err(evidence_untyped_step(&c, &mine, &step), ok);
    assert_int_equal(step, 0);
    doing.piece_no = 1;
    doing.flag = true;
    assert_int_equal(written_as(who(DESK), run_let_see, &doing), ERR_NOT_FOUND);
    add(DESK, EVIDENCE_COMPLAINANT, true, photo_piece()); /* its number is not given again */
    it_fits(2);
}

/* ---- what is stored ---- */

static void nothing_stands_readable_and_all_is_gone_with_the_key(void **state)
{
    (void)state;
    start();
    add(DESK, EVIDENCE_COMPLAINANT, false, photo_piece());
    add(DESK, EVIDENCE_COMPLAINANT, false, voice_piece());
    assert_false(database_holds(str_sub(photo, 0, 24)));
    assert_false(database_holds(str_sub(raw, 0, 24)));
    assert_false(database_holds(str_sub((str){voice_bytes, sizeof voice_bytes}, 100000, 24)));
    assert_true(count_of("select count(*) from blob") >= 4 + 3); /* the voice in four parts */
    assert_true(count_of("select max(length(part_enc)) from blob") <= 65536);
    assert_int_equal(written_as(who(DESK), run_destroy, &doing), ERR_OK);
    assert_int_equal(opened(DESK, 1, EVIDENCE_SHOWN, true, photo), ERR_NOT_FOUND);
    assert_int_equal(opened(DESK, 2, EVIDENCE_KEPT, true, raw), ERR_NOT_FOUND);
    it_fits(2); /* that it stands as it stood needs no key */
}

static void verifying_finds_what_was_exchanged_changed_put_in_or_taken(void **state)
{
    (void)state;
    start();
    add(DESK, EVIDENCE_COMPLAINANT, false, photo_piece());
    add(DESK, EVIDENCE_COMPLAINANT, false, voice_piece());
    it_fits(2);
    broken_by("update attachment set open_flag = 1 where piece_no = 1", "row");
    run_script("update attachment set open_flag = 0 where piece_no = 1");
    broken_by(
        "update attachment set received_hash = (select secret_enc from attachment b where b.piece_no = 2)"
        " where piece_no = 1",
        "row"); /* another file than the one that was received */
    run_script(
        "update attachment set received_hash = (select received_hash from attachment b where b.piece_no = 2)"
        " where piece_no = 1");
    it_fits(2);
    broken_by("update blob set part_no = part_no + 100 where part_no = 3", "bytes");
    run_script("update blob set part_no = part_no - 100 where part_no = 103");
    it_fits(2);
    broken_by("update blob set part_enc = (select part_enc from blob b where part_no = 3) where part_no = 0",
              "bytes");
}

static void verifying_finds_one_that_is_gone(void **state)
{
    (void)state;
    start();
    add(DESK, EVIDENCE_COMPLAINANT, false, photo_piece());
    add(DESK, EVIDENCE_COMPLAINANT, false, photo_piece());
    broken_by("delete from attachment where piece_no = 2", "missing");
}

static void too_many_are_refused(void **state)
{
    (void)state;
    start();
    add(DESK, EVIDENCE_COMPLAINANT, false, photo_piece());
    run_script("update attachment set piece_no = 60");
    doing.pieces = (struct evidence_pieces){.v = {photo_piece()}, .n = 1};
    assert_int_equal(written_as(who(DESK), run_add, &doing), ERR_LIMIT);
    assert_int_equal(testing_now->fail.message, MSG_EVIDENCE_TOO_MANY);
    evidence_pieces_free(&doing.pieces);
}

/* ---- what waits ---- */

struct remaking {
    struct q_evidence_get was;
    struct evidence_piece piece;
    bool refused;
};

static err run_remake(struct ctx *c, void *arg)
{
    const struct remaking *r = arg;
    return evidence_remake(c, &r->was, r->refused ? NULL : &r->piece);
}

static struct evidence_piece waiting_piece(void)
{
    return (struct evidence_piece){.kind = FILE_PHOTO,
                                   .waiting = true,
                                   .type = "image/jpeg",
                                   .received = "image/jpeg",
                                   .kept = sealed(raw),
                                   .bytes = (int64_t)raw.n};
}

static struct remaking waiting_one(int64_t piece_no)
{
    struct ctx c = reading_as(who(DESK));
    SCOPED(buf_free) struct buf out = buf_new(1 << 20);
    struct remaking r = {.piece = photo_piece()};
    const struct q_evidence_get_in in = {
        .home = NOWSHERA, .kind_no = 1, .subject_id = 1, .piece_no = piece_no};
    assert_err(q_evidence_get(c.db, c.arena, &in, &r.was), ok);
    assert_err(evidence_received(&c, &r.was, &out), ok);
    assert_true(str_eq(buf_str(&out), raw));
    return r;
}

static void what_waits_is_nobodys_until_it_is_made(void **state)
{
    (void)state;
    start();
    add(DESK, EVIDENCE_COMPLAINANT, false, waiting_piece());
    add(DESK, EVIDENCE_COMPLAINANT, false, waiting_piece());
    assert_int_equal(opened(DESK, 1, EVIDENCE_KEPT, true, raw), ERR_NOT_FOUND);
    it_fits(2);
    struct remaking r = waiting_one(1);
    assert_int_equal(written_as(who(DESK), run_remake, &r), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_remake, &r), ERR_OK); /* again: it is done */
    assert_int_equal(opened(DESK, 1, EVIDENCE_SHOWN, false, photo), ERR_OK);
    assert_int_equal(opened(DESK, 1, EVIDENCE_KEPT, true, raw), ERR_NOT_FOUND); /* with where it was taken */
    it_fits(2);
    blob_free(&r.piece.shown);
    blob_free(&r.piece.small);
    r = waiting_one(2);
    r.refused = true;
    assert_int_equal(written_as(who(DESK), run_remake, &r), ERR_OK);
    assert_int_equal(opened(DESK, 2, EVIDENCE_KEPT, true, raw), ERR_NOT_FOUND);
    assert_int_equal(count_of("select count(*) from blob"),
                     3); /* shown and small of one, received of the other */
    assert_int_equal(count_of("select count(*) from attachment where piece_code = 'waiting'"), 0);
    it_fits(2);
    blob_free(&r.piece.shown);
    blob_free(&r.piece.small);
}

static void what_cannot_be_read_keeps_nobody_waiting(void **state)
{
    (void)state;
    enum { BROKEN = 5 };
    start();
    int64_t done = 0;
    for (int64_t i = 0; i <= BROKEN; i++) {
        clock_fix(TESTING_NOON + i);
        add(DESK, EVIDENCE_COMPLAINANT, false, waiting_piece());
    }
    run_script("update blob set part_no = 7 where blob_id in"
               " (select kept_id from attachment where piece_no <= 5)");
    struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
    assert_err(evidence_feature.jobs[0].beside(&c, &done), ok);
    assert_int_equal(done, 1);
    assert_int_equal(count_of("select piece_no from attachment where piece_code <> 'waiting'"), BROKEN + 1);
}

/* ---- to be typed ---- */

static void alone_at_filing_it_waits_to_be_typed(void **state)
{
    (void)state;
    start();
    int64_t count;
    int64_t untyped = -1;
    struct q_evidence_untyped *rows;
    size_t n;
    add(DESK, EVIDENCE_COMPLAINANT, true, voice_piece());
    add(DESK, EVIDENCE_COMPLAINANT, true, photo_piece());
    struct ctx c = reading_as(who(DESK));
    assert_err(evidence_untyped_count(&c, &kind, NOWSHERA, &count), ok);
    assert_int_equal(count, 1); /* one matter, with two pieces */
    assert_err(evidence_untyped_count(&c, &kind, HARIPUR, &count), ok);
    assert_int_equal(count, 0);
    assert_err(evidence_untyped(&c, &kind, NOWSHERA, EVER, &rows, &n), ok);
    assert_int_equal(n, 2);
    assert_int_equal(rows[0].subject_id, 1);
    assert_err(evidence_untyped_step(&c, &mine, &untyped), ok);
    assert_int_equal(untyped, 1);
    assert_int_equal(written_as(who(DESK), run_typed, NULL), ERR_OK);
    c = reading_as(who(DESK));
    assert_err(evidence_untyped_count(&c, &kind, NOWSHERA, &count), ok);
    assert_int_equal(count, 0);
    assert_err(evidence_untyped_step(&c, &mine, &untyped), ok);
    assert_int_equal(untyped, 0);
    it_fits(2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_photo_of_hers_is_closed_until_the_desk_opens_it),
        FEATURE_TEST(an_officers_own_photo_is_open_and_a_voice_never_is),
        FEATURE_TEST(she_whom_her_pin_let_in_hears_what_she_said_herself),
        FEATURE_TEST(of_what_goes_past_the_desk_the_adc_is_the_keeper),
        FEATURE_TEST(a_list_says_what_is_there_and_what_may_be_seen),
        FEATURE_TEST(what_came_with_a_step_taken_back_did_not_come),
        FEATURE_TEST(nothing_stands_readable_and_all_is_gone_with_the_key),
        FEATURE_TEST(verifying_finds_what_was_exchanged_changed_put_in_or_taken),
        FEATURE_TEST(verifying_finds_one_that_is_gone),
        FEATURE_TEST(too_many_are_refused),
        FEATURE_TEST(what_waits_is_nobodys_until_it_is_made),
        FEATURE_TEST(what_cannot_be_read_keeps_nobody_waiting),
        FEATURE_TEST(alone_at_filing_it_waits_to_be_typed),
    };
    return FEATURE_TESTS(tests);
}
