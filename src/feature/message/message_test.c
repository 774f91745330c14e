#include "feature_testing.h"

#include "message.h"

struct testing_act {
    struct message_new message;
    struct message_said said;
    struct message_version version;
    struct message_reached reached;
    str code, post;
    int64_t day, no;
};

static err run_add(struct ctx *c, void *arg)
{
    struct testing_act *a = arg;
    return message_add(c, &a->message, &a->code);
}

static err run_revise(struct ctx *c, void *arg)
{
    struct testing_act *a = arg;
    return message_revise(c, a->code, &a->said, &a->no);
}

static err run_approve(struct ctx *c, void *arg)
{
    const struct testing_act *a = arg;
    return message_approve(c, &a->version, a->post, a->day);
}

static err run_withdraw(struct ctx *c, void *arg)
{
    return message_withdraw(c, &((const struct testing_act *)arg)->version);
}

static err run_reach(struct ctx *c, void *arg)
{
    return message_reach(c, &((const struct testing_act *)arg)->reached);
}

static const int64_t today = 20260605;

static struct testing_act text_of(const char *unit)
{
    return (struct testing_act){
        .message = {.unit = str_of(unit),
                    .topic = S("rti"),
                    .form = S("text"),
                    .author = S("Information Commission"),
                    .channel = S("leaflet"),
                    .audience = S("women"),
                    .said = {.lang = S("ur"), .title = S("One"), .words = S("Ask.")}}};
}

static struct testing_act added(void)
{
    struct testing_act a = text_of("PK5");
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &a), ERR_OK);
    a.version = (struct message_version){a.code, S("ur"), 1};
    a.said = (struct message_said){.lang = S("ur"), .title = S("Two"), .words = S("Ask in ten days.")};
    a.post = S("Secretary of the commission");
    a.day = today;
    return a;
}

static size_t shown_in(enum lang lang, struct q_message_all *out_first)
{
    struct q_message_all *rows;
    size_t n;
    struct ctx c = reading_as((struct actor){.role = ROLE_PUBLIC});
    c.lang = (int)lang;
    assert_int_equal(message_public(&c, &rows, &n).code, ERR_OK);
    if (n > 0) {
        *out_first = rows[0];
    }
    return n;
}

static void test_only_what_is_approved_is_shown(void **state)
{
    (void)state;
    struct q_message_all first;
    struct q_message_by_code m;
    struct q_version_all v;
    struct testing_act a = added();
    struct ctx c = reading_as((struct actor){.role = ROLE_PUBLIC});
    assert_int_equal(shown_in(LANG_UR, &first), 0);
    assert_int_equal(message_shown(&c, a.code, &m, &v).code, ERR_NOT_FOUND);
    assert_int_equal(written_as(who(SUPERVISOR), run_approve, &a), ERR_OK);
    assert_int_equal(shown_in(LANG_UR, &first), 1);
    assert_int_equal(shown_in(LANG_PS, &first), 1); /* who reads Pashto reads Urdu sooner than English */
    c = reading_as((struct actor){.role = ROLE_PUBLIC});
    assert_int_equal(message_shown(&c, a.code, &m, &v).code, ERR_OK);
    assert_int_equal(v.version_no, 1);
    assert_int_equal(written_as(who(SUPERVISOR), run_approve, &a), ERR_CONFLICT);
}

static void test_a_new_version_replaces_nothing(void **state)
{
    (void)state;
    struct q_message_all first;
    struct testing_act a = added();
    assert_int_equal(written_as(who(SUPERVISOR), run_approve, &a), ERR_OK);
    assert_int_equal(written_as(who(SUPERVISOR), run_revise, &a), ERR_OK);
    assert_int_equal(a.no, 2);
    assert_int_equal(shown_in(LANG_UR, &first), 1);
    assert_int_equal(first.version_no, 1); /* the new one is not approved */
    a.version.no = 2;
    assert_int_equal(written_as(who(ADC), run_approve, &a), ERR_OK);
    assert_int_equal(shown_in(LANG_UR, &first), 1);
    assert_int_equal(first.version_no, 2);
    assert_int_equal(count_of("select count(*) from message_version where words_text = 'Ask.'"), 1);
    assert_int_equal(written_as(who(ADC), run_withdraw, &a), ERR_OK);
    assert_int_equal(shown_in(LANG_UR, &first), 0); /* nothing older comes back */
    assert_int_equal(written_as(who(ADC), run_withdraw, &a), ERR_CONFLICT);
}

static void test_her_own_language_comes_first(void **state)
{
    (void)state;
    struct q_message_all first;
    struct testing_act a = added();
    a.said.lang = S("en");
    assert_int_equal(written_as(who(SUPERVISOR), run_approve, &a), ERR_OK);
    assert_int_equal(written_as(who(SUPERVISOR), run_revise, &a), ERR_OK);
    a.version = (struct message_version){a.code, S("en"), 1};
    assert_int_equal(written_as(who(SUPERVISOR), run_approve, &a), ERR_OK);
    assert_int_equal(shown_in(LANG_EN, &first), 1);
    assert_true(str_eq(first.lang_code, S("en")));
    assert_int_equal(shown_in(LANG_PS, &first), 1);
    assert_true(str_eq(first.lang_code, S("ur")));
}

static void test_who_may_change_one(void **state)
{
    (void)state;
    struct testing_act a = text_of("PK526");
    struct testing_act elsewhere = text_of("PK511");
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &a), ERR_OK);
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &elsewhere), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "unit");
    a.version = (struct message_version){a.code, S("ur"), 1};
    a.post = S("Deputy Commissioner");
    a.day = today;
    assert_int_equal(written_as(who(OTHER_SUPERVISOR), run_approve, &a), ERR_NOT_FOUND);
    a.day = 20260606;
    assert_int_equal(written_as(who(SUPERVISOR), run_approve, &a), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "day");
}

/* A district looks after what holds in the province while nobody works there. */
static void test_the_province_keeps_its_own(void **state)
{
    (void)state;
    struct testing_act a = text_of("PK5");
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &a), ERR_OK);
    a.version = (struct message_version){a.code, S("ur"), 1};
    a.post = S("Deputy Commissioner");
    a.day = today;
    run_script(
        "insert into account (id, login_code, name_text, role_no, home, unit_id, password_text,"
        " password_ms, created_ms) select 9001, 'adc.province', 'Somebody', role_no, 0,"
        " (select unit_id from message where unit_id in (select id from unit where unit_code = 'PK5')),"
        " 'none', 1, 1 from account where login_code = 'adc.nowshera'");
    assert_int_equal(written_as(who(SUPERVISOR), run_approve, &a), ERR_NOT_FOUND);
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &a), ERR_INVALID);
    struct testing_act own = text_of("PK526");
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &own), ERR_OK);
    run_script("update account set disabled_ms = 2 where login_code = 'adc.province'");
    assert_int_equal(written_as(who(SUPERVISOR), run_approve, &a), ERR_OK);
}

static void test_a_poster_has_its_picture(void **state)
{
    (void)state;
    struct evidence_pieces files = {.n = 1};
    SCOPED(buf_free) struct buf out = buf_new(1000);
    str type;
    struct testing_act a = text_of("PK5");
    a.message.form = S("poster");
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &a), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "file");
    files.v[0] = (struct evidence_piece){.kind = FILE_VOICE, .type = "audio/webm"};
    assert_int_equal(blob_seal(S("picture"), &files.v[0].shown).code, ERR_OK);
    a.message.said.files = &files;
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &a), ERR_INVALID);
    files.v[0].kind = FILE_PHOTO;
    files.v[0].type = "image/jpeg";
    assert_int_equal(written_as(who(SUPERVISOR), run_add, &a), ERR_OK);
    evidence_pieces_free(&files);
    const struct message_version v = {a.code, S("ur"), 1};
    struct ctx c = reading_as(who(DESK));
    assert_int_equal(message_file(&c, &v, false, &out, &type).code, ERR_OK);
    assert_true(str_eq(buf_str(&out), S("picture")));
    assert_int_equal(message_file(&c, &v, true, &out, &type).code, ERR_NOT_FOUND);
    c = reading_as((struct actor){.role = ROLE_PUBLIC}); /* it is not approved */
    assert_int_equal(message_file(&c, &v, false, &out, &type).code, ERR_NOT_FOUND);
}

static void test_reach_is_of_what_was_approved(void **state)
{
    (void)state;
    struct testing_act a = added();
    a.reached = (struct message_reached){.version = a.version,
                                         .unit = S("PK52602"),
                                         .channel = S("leaflet"),
                                         .day = today,
                                         .n = 40,
                                         .women = SOME(41)};
    assert_int_equal(written_as(who(DESK), run_reach, &a), ERR_CONFLICT);
    assert_int_equal(written_as(who(SUPERVISOR), run_approve, &a), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_reach, &a), ERR_INVALID);
    assert_string_equal(testing_now->fail.field, "women");
    a.reached.women = SOME(40);
    a.reached.record = S("01J0000000000000000000REACH");
    assert_int_equal(written_as(who(DESK), run_reach, &a), ERR_OK);
    assert_int_equal(written_as(who(DESK), run_reach, &a), ERR_OK); /* the same again */
    a.reached.n++;
    assert_int_equal(written_as(who(DESK), run_reach, &a), ERR_CONFLICT); /* and something else */
    a.reached.n--;
    a.reached.record = STR_NONE;
    a.reached.unit = S("PK51101");
    assert_int_equal(written_as(who(DESK), run_reach, &a), ERR_INVALID); /* not her district */
    a.reached.unit = S("PK52602");
    a.reached.day = 20260604;
    assert_int_equal(written_as(who(DESK), run_reach, &a), ERR_INVALID); /* before it was approved */
    assert_int_equal(count_of("select cast(sum(reached_n) as bigint) from message_reach"), 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(test_only_what_is_approved_is_shown), FEATURE_TEST(test_a_new_version_replaces_nothing),
        FEATURE_TEST(test_her_own_language_comes_first),   FEATURE_TEST(test_who_may_change_one),
        FEATURE_TEST(test_the_province_keeps_its_own),     FEATURE_TEST(test_a_poster_has_its_picture),
        FEATURE_TEST(test_reach_is_of_what_was_approved),
    };
    return FEATURE_TESTS(tests);
}
