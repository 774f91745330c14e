#include "feature_testing.h"

#include "curriculum.h"
#include "kit.h"
#include "kit_sound.h"
#include "msg.h"
#include "random.h"

struct testing_act {
    str text, typed, print;
    struct kit_choice choice;
    struct kit_plan plan;
    int64_t no;
    size_t taken;
};

static uint8_t secret[KIT_SECRET_LEN];

static err run_keep(struct ctx *c, void *arg)
{
    struct testing_act *a = arg;
    return kit_keep(c, a->text, a->typed, &a->no);
}

static err run_take(struct ctx *c, void *arg)
{
    struct testing_act *a = arg;
    if (a->choice.seen.n == 0) { /* what she would have before her eyes */
        struct kit_plan plan;
        TRY(kit_compare(c, a->text, &plan));
        a->choice.seen = kit_mark(c, &plan);
    }
    return kit_take(c, a->no, &a->choice, &a->taken);
}

static err run_leave(struct ctx *c, void *arg)
{
    return kit_leave(c, ((const struct testing_act *)arg)->no);
}

static const struct actor kit_system = {.role = ROLE_SYSTEM};

static enum err_code keep(struct testing_act *a)
{
    return written_as(kit_system, run_keep, a);
}

/* What stands here, with one text put in place of another, signed. */
static str kit_with(const char *was, const char *is)
{
    struct ctx c = reading_as(kit_system);
    struct kit k;
    SCOPED(buf_free) struct buf b = buf_new(KIT_BYTES_MAX);
    SCOPED(buf_free) struct buf changed = buf_new(KIT_BYTES_MAX);
    assert_int_equal(kit_stands(&c, S(""), &k).code, ERR_OK);
    assert_int_equal(kit_sign(&k, secret, &b).code, ERR_OK);
    buf_putc(&b, '\0');
    const char *end = strstr(b.p, "\n[signed]\n");
    const char *at = was == NULL ? end : strstr(b.p, was);
    assert_non_null(at);
    assert_true(at <= end);
    buf_put(&changed, (str){b.p, (size_t)(at - b.p)});
    buf_put(&changed, str_of(is));
    at += was == NULL ? 0 : strlen(was);
    buf_put(&changed, (str){at, (size_t)(end - at)});
    kit_sign_text(secret, &changed);
    return arena_str(testing_now->arena, buf_str(&changed));
}

static struct testing_act taking(str text, enum kit_how how)
{
    struct testing_act a = {.text = text};
    struct ctx c = reading_as(kit_system);
    struct kit k;
    struct kit_fault f;
    char print[KIT_PRINT_LEN];
    assert_int_equal(kit_read(c.arena, text, &k, &f).code, ERR_OK);
    assert_true(kit_print(k.key, print));
    a.typed = arena_str(c.arena, (str){print, sizeof print});
    for (enum kit_kind i = 0; i < KIT_KINDS; i++) {
        a.choice.how[i] = how;
    }
    return a;
}

static size_t take(str text, enum kit_how how)
{
    struct testing_act a = taking(text, how);
    assert_int_equal(keep(&a), ERR_OK);
    assert_int_equal(written_as(kit_system, run_take, &a), ERR_OK);
    return a.taken;
}

static void refused(str text, int message)
{
    struct testing_act a = {.text = text};
    assert_int_equal(keep(&a), ERR_INVALID);
    assert_int_equal(testing_now->fail.message, message);
}

/* One folder for all that is refused: nothing of it stays. */
static void test_what_cannot_stand_is_refused(void **state)
{
    (void)state;
    refused(S("hello"), MSG_KIT_NO_KIT);
    SCOPED(buf_free) struct buf empty = buf_new(KIT_BYTES_MAX);
    buf_put(&empty, S("sunwai kit 1\ncountry: PK\nfor: PK5\n"));
    kit_sign_text(secret, &empty);
    refused(buf_str(&empty), MSG_KIT_EMPTY);
    refused(kit_with("country: PK", "country: AF"), MSG_KIT_COUNTRY);
    refused(kit_with("for: PK\n", "for: PK99\n"), MSG_KIT_UNIT_UNKNOWN);
    refused(kit_with("days: 3\n", "days: three\n"), MSG_KIT_FIELD_WRONG);
    refused(kit_with("days: 3\n", "days: 3\nanswers.en: a\n"), MSG_KIT_TWICE);
    refused(kit_with("verify: 1\n", "verify: 1\nzeal: 1\n"), MSG_KIT_FIELD_UNKNOWN);
    refused(kit_with("group: water\n", ""), MSG_KIT_FIELD_MISSING);
    refused(kit_with("group: water\n", "group: fire\n"), MSG_KIT_NAMES_UNKNOWN);
    refused(kit_with("[term M-WAT-01/PK5]", "[term M-WAT-01/PK9]"), MSG_KIT_NAMES_UNKNOWN);
    refused(kit_with("sensitivity: X", "sensitivity: N"), MSG_KIT_UNPROTECTS);
    refused(kit_with("days: 3\n", "days: 4\n"), MSG_KIT_KEY_NEW);
    struct testing_act a = {.text = kit_with("days: 3\n", "days: 4\n"), .typed = S("1234")};
    assert_int_equal(keep(&a), ERR_INVALID);
    assert_int_equal(testing_now->fail.message, MSG_KIT_KEY_OTHER);
    assert_int_equal(count_of("select count(*) from kit") + count_of("select count(*) from kit_key"), 0);
    a = taking(a.text, KIT_NEW);
    assert_int_equal(written_as(who(ADC), run_keep, &a), ERR_NOT_FOUND); /* of one district */
}

static void test_what_was_changed_here_stays(void **state)
{
    (void)state;
    const int64_t words = count_of("select count(*) from label");
    /* The first one: all is as it is here. */
    assert_int_equal(take(kit_with(NULL, ""), KIT_NEW), 0);
    assert_int_equal(count_of("select count(*) from label"), words);
    /* A limit changes: a new row from today on, the old one ends; so does the name of a service. */
    const str next = kit_with("days: 3\n", "days: 4\n");
    assert_int_equal(take(next, KIT_NEW), 1);
    assert_int_equal(take(next, KIT_NEW), 0);
    assert_int_equal(
        count_of("select limit_days from service_term where service_id = 400 and valid_from_day = 20260605"),
        4);
    assert_int_equal(count_of("select valid_to_day from service_term where id = 450"), 20260605);
    assert_int_equal(
        count_of("select valid_to_day from service_term where service_id = 400 and limit_days = 4"),
        20260701);
    assert_int_equal(count_of("select count(*) from label where label_kind_code = 'term_appeal'"), 2);
    /* A new service with its limit and papers, and a message. */
    const str more =
        kit_with(NULL, "\n[bylaw desk]\nbasis: Act of 2013\ntitle.en: Desk\nunit: PK5\nwords.en: One.\n"
                       "\n[ready room]\nfrom: stated\nleast: 0\nname.en: A room\norder: 2\n");
    assert_int_equal(take(more, KIT_NEW), 2);
    assert_int_equal(count_of("select count(*) from bylaw_model_text"), 1);
    assert_int_equal(count_of("select count(*) from ready_item where valid_to_day = 99991231"), 1);
    /* Somebody here decides otherwise: a later kit leaves that alone until it is said that it shall not. */
    const str back = kit_with("name.en: A room\n", "name.en: A room of one's own\n");
    run_script("update label set label_text = 'A large room' where label_kind_code = 'ready_item'");
    assert_int_equal(take(back, KIT_NEW), 0);
    assert_int_equal(count_of("select count(*) from label where label_text = 'A large room'"), 1);
    assert_int_equal(take(back, KIT_LEAVE), 0);
    assert_int_equal(take(back, KIT_ALL), 1);
    assert_int_equal(count_of("select count(*) from label where label_text = 'A room of one''s own'"), 1);
    /* What a later kit has no more ends. */
    const str less =
        kit_with("\n[bylaw desk]\nbasis: Act of 2013\ntitle.en: Desk\nunit: PK5\nwords.en: One.\n", "");
    (void)take(kit_with(NULL, ""), KIT_NEW);
    assert_int_equal(take(less, KIT_NEW), 1);
    assert_int_equal(count_of("select count(*) from bylaw_model where valid_to_day = 20260605"), 1);
    /* Of a district no limit is in a kit for the country. */
    assert_int_equal(count_of("select limit_days from service_term where id = 455"), 5);
}

static void test_messages_are_the_same_ones_afterwards(void **state)
{
    (void)state;
    const char *message =
        "\n[message PK5/0123456789ab]\napproved.en: Secretary\napproved_day.en: 20260501\n"
        "audience: women\nauthor: Commission\nchannel: leaflet\ntitle.en: Ask\ntitle.ur: پوچھیے\n"
        "topic: rti\nunit: PK5\nwords.en: Ask in ten days.\nwords.ur: دس دن میں پوچھیے۔\n";
    assert_int_equal(take(kit_with(NULL, message), KIT_NEW), 1);
    assert_int_equal(count_of("select count(*) from message_version"), 2);
    assert_int_equal(count_of("select approved_day from message_version where lang_code = 'en'"), 20260501);
    assert_int_equal(take(kit_with(NULL, ""), KIT_NEW), 0); /* under the name that it came with */
    assert_int_equal(take(kit_with("in ten days", "in ten working days"), KIT_NEW), 1);
    assert_int_equal(count_of("select count(*) from message"), 1);
    assert_int_equal(count_of("select count(*) from message_version"), 3);
    assert_int_equal(take(kit_with("in ten working days", "in ten working days"), KIT_NEW), 0);
}

static void test_curricula_and_institutions_come_with_a_kit(void **state)
{
    (void)state;
    const char *both =
        "\n[curriculum first-days]\ntitle.en: First days\ntopics.en: One.\\nTwo.\nunit: PK5\n"
        "\n[portal far]\naccount: 0\nfields: name,area,ours\nhelpline: 1334\nlang: ur\nlooks: 3,7\n"
        "name.en: Far\norder: 1\noutcome1: granted\noutcome1.en: Done\noutcome2: partly\n"
        "outcome2.en: Half\nservices: M-WAT-01\nunit: PK5\nverify: 1\nway: form\n";
    assert_int_equal(take(kit_with(NULL, both), KIT_NEW), 2);
    assert_int_equal(count_of("select count(*) from curriculum_model_text"), 1);
    assert_int_equal(count_of("select count(*) from portal_outcome"), 2);
    assert_int_equal(count_of("select count(*) from label where label_kind_code = 'portal_outcome'"), 2);
    assert_int_equal(count_of("select count(*) from portal_service"), 1);
    assert_int_equal(take(kit_with(NULL, ""), KIT_NEW), 0); /* what stands is what came */
    assert_int_equal(take(kit_with("outcome2: partly\noutcome2.en: Half\n", ""), KIT_NEW), 1);
    assert_int_equal(count_of("select count(*) from label where label_kind_code = 'portal_outcome'"), 1);
    assert_int_equal(take(kit_with("topics.en: One.", "topics.en: Three."), KIT_NEW), 1);
    assert_int_equal(count_of("select count(*) from curriculum_model"), 1); /* of today: mended */
    refused(kit_with("looks: 3,7\n", "looks: 7,3\n"), MSG_KIT_FIELD_WRONG);
    refused(kit_with("fields: name,area,ours\n", "fields: name,secrets\n"), MSG_KIT_FIELD_WRONG);
    refused(kit_with("outcome1: granted\noutcome1.en: Done\n", "outcome2: granted\noutcome2.en: Done\n"),
            MSG_KIT_FIELD_WRONG);
    refused(kit_with("services: M-WAT-01\n", "services: M-NO-01\n"), MSG_KIT_NAMES_UNKNOWN);
    refused(kit_with("title.en: First days\n", ""), MSG_KIT_FIELD_MISSING);
    /* For a later kit without them they end. */
    struct ctx c = reading_as(who(ADC));
    struct curriculum_model *models;
    size_t n;
    assert_int_equal(curriculum_models(&c, &models, &n).code, ERR_OK);
    assert_int_equal(n, 1);
    assert_true(str_eq(models[0].topics, S("Three.\nTwo.")));
    assert_int_equal(
        take(
            kit_with("\n[curriculum first-days]\ntitle.en: First days\ntopics.en: Three.\\nTwo.\nunit: PK5\n",
                     ""),
            KIT_NEW),
        1);
    assert_int_equal(curriculum_models(&c, &models, &n).code, ERR_OK);
    assert_int_equal(n, 0);
    /* Taken again on the very day on which they ended. */
    const char *again =
        "\n[curriculum first-days]\ntitle.en: First days\ntopics.en: Four.\nunit: PK5\n\n[portal far]\n";
    assert_int_equal(take(kit_with("\n[portal far]\n", again), KIT_ALL), 1);
    assert_int_equal(count_of("select count(*) from curriculum_model where valid_to_day = 99991231"), 1);
    assert_int_equal(count_of("select count(*) from curriculum_model"), 1);
}

/* ---- recordings ---- */

/* The smallest one that is as the worker makes them: a head, one track of sound in Opus, a cluster. */
static const char webm[] = "\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"
                           "\x18\x53\x80\x67\x98\x16\x54\xae\x6b\x8d\xae\x8b\x83\x81\x02\x86\x86"
                           "A_OPUS\x1f\x43\xb6\x75\x81";
static const str sound_of = {webm, sizeof webm}; /* with the byte of its cluster, 0 */

static void test_a_recording_is_whole_or_none(void **state)
{
    (void)state;
    char other[sizeof webm];
    char longer[sizeof webm + 1] = {0};
    memcpy(longer, webm, sizeof webm);
    assert_false(kit_sound_right((str){longer, sizeof longer})); /* something hangs on */
    assert_true(kit_sound_right(sound_of));
    for (size_t i = 0; i < sizeof webm; i++) {
        assert_false(kit_sound_right((str){webm, i}));
    }
    for (size_t i = 0; i + 1 < sizeof webm; i++) { /* all of these bytes mean something */
        memcpy(other, webm, sizeof webm);
        other[i] ^= 1;
        assert_false(kit_sound_right((str){other, sizeof other}));
    }
    assert_false(kit_sound_right(S("OggS")));
}

static const char *prompt_entry(str sound, const char *hash)
{
    SCOPED(buf_free) struct buf b = buf_new(4096);
    char text[200];
    char hex[HEX_OF_32];
    uint8_t digest[32];
    content_hash(sound, digest);
    hex_of(digest, sizeof digest, hex);
    const size_t n = base64url_of((const uint8_t *)sound.p, sound.n, text);
    buf_printf(&b,
               "\n[prompt new.kind/ur]\nbytes: %zu\nhash: %.*s\nmachine: 0\nseconds: 1\nsound.01: "
               "b:%.*s\nspeaker: M1\n",
               sound.n, (int)sizeof hex, hash != NULL ? hash : hex, (int)n, text);
    buf_put(&b, S("type: audio/webm\n"));
    return arena_cstr(testing_now->arena, buf_str(&b));
}

static void test_a_recording_comes_with_a_kit(void **state)
{
    (void)state;
    char hash[HEX_OF_32 + 1];
    memset(hash, 'a', HEX_OF_32);
    hash[HEX_OF_32] = '\0';
    refused(kit_with(NULL, prompt_entry(sound_of, hash)), MSG_KIT_SOUND_WRONG);
    refused(kit_with(NULL, prompt_entry(S("no sound"), NULL)), MSG_KIT_SOUND_WRONG);
    const str text = kit_with(NULL, prompt_entry(sound_of, NULL));
    assert_int_equal(take(text, KIT_NEW), 1);
    assert_int_equal(
        count_of("select count(*) from prompt_sound where ended_ms is null and speaker_text = 'M1'"), 1);
    /* It stands as it came: the same kit changes nothing, and what is made here is the same text. */
    assert_true(str_eq(kit_with(NULL, ""), text));
    assert_int_equal(take(text, KIT_ALL), 0);
    /* A later kit without it takes nothing away. */
    (void)take(kit_with(prompt_entry(sound_of, NULL), ""), KIT_ALL);
    assert_int_equal(count_of("select count(*) from prompt_sound where ended_ms is null"), 1);
    /* What somebody took away here is not brought back unasked. */
    run_script("update prompt_sound set ended_ms = 1");
    (void)take(text, KIT_NEW);
    assert_int_equal(count_of("select count(*) from prompt_sound where ended_ms is null"), 0);
    assert_int_equal(take(text, KIT_ALL), 1);
}

/* What is taken is what was looked at: something else here since, and nothing of it is. */
static void test_only_what_was_seen_is_taken(void **state)
{
    (void)state;
    struct testing_act a = taking(kit_with("days: 3\n", "days: 4\n"), KIT_NEW);
    assert_int_equal(keep(&a), ERR_OK);
    struct ctx c = reading_as(kit_system);
    assert_int_equal(kit_compare(&c, a.text, &a.plan).code, ERR_OK);
    a.choice.seen = arena_str(testing_now->arena, kit_mark(&c, &a.plan));
    run_script(
        "update label set label_text = 'Other' where label_kind_code = 'service' and lang_code = 'en'");
    assert_int_equal(written_as(kit_system, run_take, &a), ERR_CONFLICT);
    assert_int_equal(testing_now->fail.message, MSG_KIT_OTHER_NOW);
    assert_int_equal(count_of("select count(*) from service_term where limit_days = 4 and service_id = 400"),
                     0);
    a.choice.seen = S("-");
    assert_int_equal(written_as(kit_system, run_take, &a), ERR_CONFLICT);
    /* A manager of the programme looks, and takes nothing. */
    const struct actor manager = {.role = ROLE_MANAGER};
    struct q_kit_get row;
    c = reading_as(manager);
    assert_int_equal(kit_waiting(&c, a.no, &row).code, ERR_OK);
    a.choice.seen = S("");
    assert_int_equal(written_as(manager, run_take, &a), ERR_NOT_FOUND);
    assert_int_equal(written_as(manager, run_leave, &a), ERR_NOT_FOUND);
    a.choice.seen = S(""); /* as it stands now */
    assert_int_equal(written_as(kit_system, run_take, &a), ERR_OK);
}

int main(void)
{
    kit_key_make(secret);
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(test_what_cannot_stand_is_refused),
        FEATURE_TEST(test_what_was_changed_here_stays),
        FEATURE_TEST(test_messages_are_the_same_ones_afterwards),
        FEATURE_TEST(test_only_what_was_seen_is_taken),
        FEATURE_TEST(test_curricula_and_institutions_come_with_a_kit),
        cmocka_unit_test(test_a_recording_is_whole_or_none),
        FEATURE_TEST(test_a_recording_comes_with_a_kit),
    };
    return FEATURE_TESTS(tests);
}
