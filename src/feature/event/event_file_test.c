/* Files of an event: who adds, opens, shows and takes away which, on a real database. */
#include "case_testing.h"

#include "event_file.h"
#include "evidence_verify.h"

struct doing {
    str code, paper, seen, why;
    bool agreed;
    int64_t piece_no;
    struct evidence_pieces files;
};

static err run_plan(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    const struct event_new n = {.at = {.unit = S("PK52602"),
                                       .venue = S("School"),
                                       .venue_kind = S("school"),
                                       .day = local_day(c->now_ms),
                                       .from_min = 600,
                                       .to_min = 780},
                                .kind = S("khuli_kacheri"),
                                .audience = S("women"),
                                .plan = S("3.1"),
                                .again = true};
    str code;
    TRY(event_plan(c, &n, &code));
    d->code = arena_str(testing_now->arena, code);
    return OK;
}

static err run_add(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    struct event_view v;
    TRY(event_find(c, d->code, &v));
    return event_file_add(c, &v, d->paper, d->seen, d->agreed, &d->files);
}

static err run_show_to(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    struct event_view v;
    TRY(event_find(c, d->code, &v));
    return event_file_show_to(c, &v, d->piece_no, d->seen, d->agreed);
}

static err run_remove(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    struct event_view v;
    TRY(event_find(c, d->code, &v));
    return event_file_remove(c, &v, d->piece_no, d->why);
}

static err run_cancel(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    return event_cancel(c, d->code, S("Rain"));
}

static struct doing planned(void)
{
    struct doing d = {.files = {.n = 1}};
    d.files.v[0] = (struct evidence_piece){.kind = FILE_PHOTO, .type = "image/jpeg"};
    memset(d.files.v[0].received_hash, 0xab, DIGEST_LEN);
    assert_err(blob_seal(S("Canarypicture"), &d.files.v[0].shown), ok);
    assert_int_equal(written_as(who(DESK), run_plan, &d), ERR_OK);
    return d;
}

static enum err_code add(struct doing *d, enum testing_who w, const char *paper, const char *seen,
                         bool agreed)
{
    d->paper = str_of(paper);
    d->seen = str_of(seen);
    d->agreed = agreed;
    return written_as(who(w), run_add, d);
}

static enum err_code show_to(struct doing *d, enum testing_who w, int64_t no, const char *seen, bool agreed)
{
    d->piece_no = no;
    d->seen = str_of(seen);
    d->agreed = agreed;
    return written_as(who(w), run_show_to, d);
}

static enum err_code remove_as(struct doing *d, enum testing_who w, int64_t no, const char *why)
{
    d->piece_no = no;
    d->why = str_of(why);
    return written_as(who(w), run_remove, d);
}

static enum err_code opened(const struct doing *d, enum testing_who w, int64_t no, bool audited)
{
    struct ctx c = reading_as(who(w));
    SCOPED(buf_free) struct buf out = buf_new(1000);
    struct event_view v;
    str type;
    const err found = event_find(&c, d->code, &v);
    if (found.code != ERR_OK) {
        return found.code;
    }
    c.may_show_identity = audited;
    return evidence_open(&c, &v.subject, no, EVIDENCE_SHOWN, &out, &type).code;
}

static int64_t counted(const struct doing *d)
{
    struct ctx c = reading_as(who(DESK));
    struct event_view v;
    int64_t n;
    int64_t no = 0;
    assert_err(event_find(&c, d->code, &v), ok);
    assert_err(event_file_counted(&c, &v, &n, &no), ok);
    return n;
}

static void the_desk_adds_and_the_kind_decides(void **state)
{
    (void)state;
    struct doing d = planned();
    assert_int_equal(add(&d, ADC, "minutes", "district", false), ERR_DENIED);
    assert_int_equal(add(&d, OTHER_DESK, "minutes", "district", false), ERR_NOT_FOUND);
    assert_int_equal(add(&d, DESK, "", "desk", false), ERR_INVALID);
    assert_int_equal(add(&d, DESK, "photo", "district", false), ERR_INVALID);
    assert_int_equal(add(&d, DESK, "other", "public", false), ERR_INVALID);
    assert_int_equal(add(&d, DESK, "sign_in", "district", true), ERR_INVALID);
    assert_int_equal(counted(&d), 0);
    assert_int_equal(add(&d, DESK, "photo", "", false), ERR_OK);               /* 1: the desk alone */
    assert_int_equal(add(&d, DESK, "count_sheet", "district", false), ERR_OK); /* 2 */
    assert_int_equal(add(&d, DESK, "press", "programme", false), ERR_OK);      /* 3 */
    assert_int_equal(add(&d, DESK, "sign_in", "", true), ERR_OK);              /* 4 */
    assert_int_equal(counted(&d), 1);
    assert_int_equal(written_as(who(DESK), run_cancel, &d), ERR_OK);
    assert_int_equal(add(&d, DESK, "minutes", "district", false), ERR_CONFLICT);
    evidence_pieces_free(&d.files);
}

static void each_is_opened_by_whom_it_is_shown_to(void **state)
{
    (void)state;
    struct doing d = planned();
    assert_int_equal(add(&d, DESK, "photo", "", false), ERR_OK);
    assert_int_equal(opened(&d, DESK, 1, true), ERR_OK);
    assert_int_equal(opened(&d, DESK, 1, false), ERR_DENIED); /* a look that is not recorded */
    assert_int_equal(opened(&d, ADC, 1, true), ERR_DENIED);
    assert_int_equal(opened(&d, MONITOR, 1, true), ERR_DENIED);
    assert_int_equal(opened(&d, OTHER_DESK, 1, true), ERR_NOT_FOUND);
    assert_int_equal(show_to(&d, ADC, 1, "district", true), ERR_DENIED);
    assert_int_equal(show_to(&d, DESK, 1, "district", false), ERR_INVALID);
    assert_int_equal(show_to(&d, DESK, 9, "district", true), ERR_INVALID);
    assert_int_equal(show_to(&d, DESK, 1, "district", true), ERR_OK);
    assert_int_equal(opened(&d, ADC, 1, false), ERR_OK);
    assert_int_equal(opened(&d, MONITOR, 1, false), ERR_OK);
    assert_int_equal(opened(&d, MANAGER, 1, false), ERR_DENIED);
    assert_int_equal(show_to(&d, DESK, 1, "programme", true), ERR_OK);
    assert_int_equal(opened(&d, MANAGER, 1, false), ERR_OK);
    assert_int_equal(show_to(&d, DESK, 1, "desk", false), ERR_OK);
    assert_int_equal(opened(&d, ADC, 1, false), ERR_DENIED);
    evidence_pieces_free(&d.files);
}

static void what_is_removed_leaves_its_row(void **state)
{
    (void)state;
    struct doing d = planned();
    assert_int_equal(add(&d, DESK, "count_sheet", "district", false), ERR_OK);
    assert_int_equal(count_of("select count(*) from blob"), 1);
    assert_int_equal(remove_as(&d, ADC, 1, "Another event's"), ERR_DENIED);
    assert_int_equal(remove_as(&d, DESK, 1, ""), ERR_INVALID);
    assert_int_equal(remove_as(&d, DESK, 1, "Another event's"), ERR_OK);
    assert_int_equal(opened(&d, DESK, 1, true), ERR_NOT_FOUND);
    assert_int_equal(counted(&d), 0);
    assert_int_equal(count_of("select count(*) from blob"), 0);
    assert_int_equal(count_of("select count(*) from attachment where gone_text = 'Another event''s'"), 1);
    assert_int_equal(remove_as(&d, DESK, 1, "Again"), ERR_INVALID);
    assert_int_equal(show_to(&d, DESK, 1, "programme", true), ERR_INVALID);
    evidence_pieces_free(&d.files);
}

/* The audit chain holds who may open it: a row that is widened behind its back is found. */
static void verify_finds_one_that_was_widened_or_put_back(void **state)
{
    (void)state;
    struct doing d = planned();
    struct ctx c = reading_as(who(DESK));
    struct audit_report chains;
    struct evidence_report report;
    assert_int_equal(add(&d, DESK, "photo", "", false), ERR_OK);
    assert_int_equal(add(&d, DESK, "letter", "district", false), ERR_OK);
    assert_int_equal(show_to(&d, DESK, 1, "district", true), ERR_OK);
    assert_int_equal(remove_as(&d, DESK, 2, "Twice"), ERR_OK);
    assert_err(audit_verify(&c, &chains), ok);
    assert_err(evidence_verify(&c, &chains, &report), ok);
    assert_int_equal(report.pieces, 2);
    run_script("update attachment set seen_code = 'public' where piece_no = 1;");
    c = reading_as(who(DESK));
    assert_int_equal(evidence_verify(&c, &chains, &report).code, ERR_CONFLICT);
    assert_string_equal(report.broken, "row");
    evidence_pieces_free(&d.files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(the_desk_adds_and_the_kind_decides),
        FEATURE_TEST(each_is_opened_by_whom_it_is_shown_to),
        FEATURE_TEST(what_is_removed_leaves_its_row),
        FEATURE_TEST(verify_finds_one_that_was_widened_or_put_back),
    };
    return FEATURE_TESTS(tests);
}
