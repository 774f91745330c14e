#include "feature_testing.h"

#include "quote.h"
#include "verify.h"

static const int64_t today = 20260605;

struct doing {
    struct quote_new quote;
    struct quote_consent consent;
    struct quote_printed *rows;
    size_t n;
    str code, document;
};

static err run_add(struct ctx *c, void *arg)
{
    struct doing *d = arg;
    return quote_add(c, &d->quote, &d->code);
}

static err run_consent(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    struct quote_view v;
    TRY(quote_find(c, d->code, &v));
    return quote_consent_put(c, &v, &d->consent);
}

static err run_withdraw(struct ctx *c, void *arg)
{
    struct quote_view v;
    TRY(quote_find(c, ((const struct doing *)arg)->code, &v));
    return quote_withdraw(c, &v);
}

static err run_hold(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    return quote_hold(c, d->rows, d->n, d->document);
}

static err run_look(struct ctx *c, void *arg)
{
    const struct doing *d = arg;
    return quote_look(c, d->rows, d->n, d->document);
}

static struct doing a_quote(void)
{
    return (struct doing){
        .quote = {.unit = S(""),
                  .kind = S("quote"),
                  .about = S("service"),
                  .section = S("successes"),
                  .role = S("citizen"),
                  .sex = S("woman"),
                  .spoken = S("ps"),
                  .words = S("Canarywords: water comes now."),
                  .name = S("Canaryname"),
                  .day = today,
                  .consent = {today, S("IT expert of the desk"), S("thumb"), QUOTE_REPORT, false, false}}};
}

static struct doing added(enum testing_who by)
{
    struct doing d = a_quote();
    assert_int_equal(written_as(who(by), run_add, &d), ERR_OK);
    return d;
}

/* What a report of Nowshera has of this planning year. */
static size_t printed(enum quote_purpose purpose, struct quote_printed **out)
{
    static const int64_t homes[] = {NOWSHERA};
    struct ctx c = reading_as(who(MANAGER));
    size_t n = 99;
    assert_int_equal(quote_list(&c, homes, 1, period_fiscal(2025), purpose, out, &n).code, ERR_OK);
    return n;
}

static void test_it_is_printed_for_what_she_agreed_to(void **state)
{
    (void)state;
    struct quote_printed *rows;
    struct doing d = added(MONITOR);
    assert_true(str_eq(d.code, S("S-PK526-0001")));
    assert_int_equal(printed(QUOTE_REPORT, &rows), 1);
    assert_true(str_eq(rows[0].words, d.quote.words));
    assert_int_equal(rows[0].name.n, 0); /* not her name */
    assert_int_equal(printed(QUOTE_POSTER, &rows), 0);
    d.consent = d.quote.consent;
    d.consent.purposes = QUOTE_POSTER;
    d.consent.name = true;
    assert_int_equal(written_as(who(DESK), run_consent, &d), ERR_OK);
    assert_int_equal(printed(QUOTE_REPORT, &rows), 0); /* the last consent counts, and it is narrower */
    assert_int_equal(printed(QUOTE_POSTER, &rows), 1);
    assert_int_equal(rows[0].name.n, 0); /* until the look is written down */
    assert_true(rows[0].named);
    struct ctx c = reading_as(who(MANAGER));
    assert_int_equal(quote_name(&c, &rows[0]).code, ERR_DENIED);
    d.rows = rows;
    d.n = 1;
    d.document = S("D-0001");
    assert_int_equal(written_as(who(MANAGER), run_look, &d), ERR_OK);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'quote.named'"), 1);
    c.may_show_identity = true;
    assert_int_equal(quote_name(&c, &rows[0]).code, ERR_OK);
    assert_true(str_eq(rows[0].name, S("Canaryname")));
    d.consent.purposes = 0;
    assert_int_equal(written_as(who(DESK), run_consent, &d), ERR_INVALID);
    assert_int_equal(count_of("select count(*) from quote_consent"), 2);
}

static void test_what_she_takes_back_is_gone(void **state)
{
    (void)state;
    struct quote_printed *rows;
    struct quote_view v;
    int64_t gone = 9;
    struct doing d = added(DESK);
    d.n = printed(QUOTE_REPORT, &rows);
    d.rows = rows;
    d.document = S("D-0001");
    assert_int_equal(written_as(who(MANAGER), run_hold, &d), ERR_OK);
    assert_int_equal(written_as(who(MONITOR), run_withdraw, &d), ERR_OK);
    assert_int_equal(printed(QUOTE_REPORT, &rows), 0); /* out of the next document */
    struct ctx c = reading_as(who(MANAGER));
    assert_int_equal(quote_gone(&c, S("D-0001"), &gone).code, ERR_OK);
    assert_int_equal(gone, 1); /* and the one that holds it says so */
    struct q_quote_documents *held;
    size_t held_n;
    assert_int_equal(quote_find(&c, d.code, &v).code, ERR_OK);
    assert_int_equal(quote_documents(&c, &v, &held, &held_n).code, ERR_OK);
    assert_int_equal(held_n, 1);
    assert_int_equal(v.state, QUOTE_WITHDRAWN);
    assert_int_equal(v.words.n, 0);
    assert_false(v.named);
    assert_int_equal(count_of("select count(*) from quote_person"), 0);
    assert_int_equal(count_of("select count(*) from quote where words_enc is not null"), 0);
    /* A document that was under way is not kept with it. */
    d.document = S("D-0002");
    assert_int_equal(written_as(who(MANAGER), run_hold, &d), ERR_CONFLICT);
    assert_int_equal(written_as(who(MONITOR), run_withdraw, &d), ERR_CONFLICT);
    d.consent = d.quote.consent;
    assert_int_equal(written_as(who(DESK), run_consent, &d), ERR_CONFLICT);
}

static void test_name_and_words_stand_nowhere_in_clear(void **state)
{
    (void)state;
    (void)added(DESK);
    assert_false(database_holds(S("Canaryname")));
    assert_false(database_holds(S("Canarywords")));
}

static str speaker(enum testing_who by, str code, bool audited)
{
    struct ctx c = reading_as(who(by));
    struct quote_view v;
    str name;
    c.may_show_identity = audited;
    assert_int_equal(quote_find(&c, code, &v).code, ERR_OK);
    assert_int_equal(quote_speaker(&c, &v, &name).code, ERR_OK);
    return name;
}

static void test_only_the_desk_of_the_district_reads_who_she_is(void **state)
{
    (void)state;
    struct quote_view v;
    const struct doing d = added(MONITOR);
    assert_true(str_eq(speaker(DESK, d.code, true), S("Canaryname")));
    assert_int_equal(speaker(DESK, d.code, false).n, 0);
    assert_int_equal(speaker(MONITOR, d.code, true).n, 0);
    assert_int_equal(speaker(MANAGER, d.code, true).n, 0);
    struct ctx c = reading_as(who(OTHER_DESK));
    assert_int_equal(quote_find(&c, d.code, &v).code, ERR_NOT_FOUND);
    struct q_quote_list *list;
    size_t n;
    assert_int_equal(quote_all(&c, &list, &n).code, ERR_OK);
    assert_int_equal(n, 0);
    c = reading_as(who(KP_MONITOR));
    assert_int_equal(quote_all(&c, &list, &n).code, ERR_OK);
    assert_int_equal(n, 1);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    struct quote_printed *rows;
    struct doing d = a_quote();
    d.quote.about = S("protected");
    assert_int_equal(written_as(who(DESK), run_add, &d), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "about");
    d = a_quote();
    d.quote.consent.purposes = 0;
    assert_int_equal(written_as(who(DESK), run_add, &d), ERR_INVALID);
    d = a_quote();
    d.quote.consent.name = true;
    d.quote.name = S(" ");
    assert_int_equal(written_as(who(DESK), run_add, &d), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "name");
    d = a_quote();
    d.quote.consent.day = today + 1;
    assert_int_equal(written_as(who(DESK), run_add, &d), ERR_INVALID);
    d = a_quote();
    d.quote.kind = S("photo");
    assert_int_equal(written_as(who(DESK), run_add, &d), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "photos");
    d = a_quote();
    d.quote.unit = S("PK511");
    assert_int_equal(written_as(who(MONITOR), run_add, &d), ERR_INVALID);
    d = a_quote();
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &d), ERR_DENIED);
    assert_int_equal(written_as(who(MANAGER), run_add, &d), ERR_INVALID); /* of which district? */
    d.quote.unit = S("PK526");
    assert_int_equal(written_as(who(MANAGER), run_add, &d), ERR_OK);
    assert_int_equal(printed(QUOTE_REPORT, &rows), 1);
}

static enum err_code verified(void)
{
    struct ctx c = reading_as(who(MANAGER));
    struct audit_report chains;
    struct flow_report report;
    assert_int_equal(audit_verify(&c, &chains).code, ERR_OK);
    return flow_verify(&c, &quote_kind, &chains, quote_says, &report).code;
}

/* What somebody changes around the program does not fit the audit chain any more. */
static void test_consents_are_bound_to_the_chain(void **state)
{
    (void)state;
    struct doing d = added(DESK);
    assert_int_equal(verified(), ERR_OK);
    d.consent = d.quote.consent;
    d.consent.purposes = QUOTE_POSTER;
    assert_int_equal(written_as(who(DESK), run_consent, &d), ERR_OK);
    assert_int_equal(verified(), ERR_OK);
    run_script("update quote_consent set poster_flag = 0 where consent_no = 2");
    assert_int_equal(verified(), ERR_CONFLICT);
    run_script("update quote_consent set poster_flag = 1 where consent_no = 2");
    assert_int_equal(verified(), ERR_OK);
    run_script("delete from quote_consent where consent_no = 2");
    assert_int_equal(verified(), ERR_CONFLICT);
}

static enum err_code picture(enum testing_who by, str code)
{
    struct ctx c = reading_as(who(by));
    struct quote_view v;
    SCOPED(buf_free) struct buf out = buf_new(1000);
    str type;
    assert_int_equal(quote_find(&c, code, &v).code, ERR_OK);
    return quote_picture(&c, &v, false, &out, &type).code;
}

/* A photo is closed until she agrees to its being shown, but to the desk that sat with her. */
static void test_a_photo_is_shown_when_she_agreed(void **state)
{
    (void)state;
    struct evidence_pieces files = {.n = 1};
    struct quote_printed *rows;
    SCOPED(buf_free) struct buf out = buf_new(1000);
    str type;
    struct doing d = a_quote();
    files.v[0].kind = FILE_PHOTO;
    files.v[0].type = "image/jpeg";
    assert_int_equal(blob_seal(S("Canarypicture"), &files.v[0].shown).code, ERR_OK);
    d.quote.kind = S("photo");
    d.quote.photo = &files;
    assert_int_equal(written_as(who(MONITOR), run_add, &d), ERR_OK);
    assert_int_equal(picture(MONITOR, d.code), ERR_NOT_FOUND);
    assert_int_equal(picture(DESK, d.code), ERR_OK);
    assert_int_equal(printed(QUOTE_REPORT, &rows), 1);
    assert_false(rows[0].photo);
    struct ctx c = reading_as(who(MANAGER));
    assert_int_equal(quote_photo(&c, &rows[0], false, &out, &type).code, ERR_NOT_FOUND);
    d.consent = d.quote.consent;
    d.consent.photo = true;
    assert_int_equal(written_as(who(DESK), run_consent, &d), ERR_OK);
    assert_int_equal(picture(MONITOR, d.code), ERR_OK);
    assert_int_equal(printed(QUOTE_REPORT, &rows), 1);
    c = reading_as(who(MANAGER));
    assert_int_equal(quote_photo(&c, &rows[0], true, &out, &type).code, ERR_OK);
    assert_true(str_eq(buf_str(&out), S("Canarypicture")));
    assert_int_equal(written_as(who(DESK), run_withdraw, &d), ERR_OK);
    assert_int_equal(picture(DESK, d.code), ERR_NOT_FOUND);
    assert_int_equal(count_of("select count(*) from blob"), 0);
    evidence_pieces_free(&files);
}

/* A narrower consent closes the documents that hold more than she agrees to now; one that is as wide does
 * not. */
static void test_a_narrower_consent_closes_documents(void **state)
{
    (void)state;
    struct quote_printed *rows;
    int64_t gone = 9;
    struct doing d = a_quote();
    d.quote.consent.name = true;
    assert_int_equal(written_as(who(DESK), run_add, &d), ERR_OK);
    d.n = printed(QUOTE_REPORT, &rows);
    d.rows = rows;
    d.document = S("D-0001");
    assert_int_equal(written_as(who(MANAGER), run_hold, &d), ERR_OK);
    d.consent = d.quote.consent;
    assert_int_equal(written_as(who(DESK), run_consent, &d), ERR_OK);
    struct ctx c = reading_as(who(MANAGER));
    assert_int_equal(quote_gone(&c, d.document, &gone).code, ERR_OK);
    assert_int_equal(gone, 0);
    d.consent.name = false; /* her words still, but not her name */
    assert_int_equal(written_as(who(DESK), run_consent, &d), ERR_OK);
    c = reading_as(who(MANAGER));
    assert_int_equal(quote_gone(&c, d.document, &gone).code, ERR_OK);
    assert_int_equal(gone, 1);
}

/* The same of a picture, whose every reading for a document is written down. */
static void test_without_her_picture_documents_close(void **state)
{
    (void)state;
    struct evidence_pieces files = {.n = 1};
    struct quote_printed *rows;
    int64_t gone = 9;
    struct doing d = a_quote();
    files.v[0].kind = FILE_PHOTO;
    files.v[0].type = "image/jpeg";
    assert_int_equal(blob_seal(S("Canarypicture"), &files.v[0].shown).code, ERR_OK);
    d.quote.photo = &files;
    d.quote.consent.photo = true;
    assert_int_equal(written_as(who(DESK), run_add, &d), ERR_OK);
    d.n = printed(QUOTE_REPORT, &rows);
    d.rows = rows;
    d.document = S("D-0001");
    assert_int_equal(written_as(who(MANAGER), run_look, &d), ERR_OK);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'quote.named'"), 0);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'quote.pictured'"), 1);
    assert_int_equal(written_as(who(MANAGER), run_hold, &d), ERR_OK);
    struct ctx c = reading_as(who(MANAGER));
    assert_int_equal(quote_gone(&c, d.document, &gone).code, ERR_OK);
    assert_int_equal(gone, 0);
    d.consent = d.quote.consent;
    d.consent.photo = false;
    assert_int_equal(written_as(who(DESK), run_consent, &d), ERR_OK);
    c = reading_as(who(MANAGER));
    assert_int_equal(quote_gone(&c, d.document, &gone).code, ERR_OK);
    assert_int_equal(gone, 1);
    assert_int_equal(printed(QUOTE_REPORT, &rows), 1);
    assert_false(rows[0].photo);
    evidence_pieces_free(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(test_it_is_printed_for_what_she_agreed_to),
        FEATURE_TEST(test_what_she_takes_back_is_gone),
        FEATURE_TEST(test_name_and_words_stand_nowhere_in_clear),
        FEATURE_TEST(test_only_the_desk_of_the_district_reads_who_she_is),
        FEATURE_TEST(test_what_is_refused),
        FEATURE_TEST(test_a_photo_is_shown_when_she_agreed),
        FEATURE_TEST(test_consents_are_bound_to_the_chain),
        FEATURE_TEST(test_a_narrower_consent_closes_documents),
        FEATURE_TEST(test_without_her_picture_documents_close),
    };
    return FEATURE_TESTS(tests);
}
