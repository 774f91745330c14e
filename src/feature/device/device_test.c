/* Devices, their keys and numbers, and what they bring, on either engine. */
#include "case_testing.h"

#include "device_key.h"
#include "device_lease.h"
#include "device_pages.h"
#include "device_record.h"
#include "device_ticket_api.h"
#include "token.h"
#include "vault.h"

#define DAY_MS INT64_C(86400000)
#define TOKEN_A S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
#define TOKEN_B S("BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")

struct work {
    str token, code, clock;
    struct q_device_get d;
    int64_t n, no;
    struct record_part part;
    enum record_verdict verdict;
};

static err run_enrol(struct ctx *c, void *arg)
{
    struct work *w = arg;
    TRY(device_key_ready(c));
    TRY(device_enrol(c, S("Tablet"), w->token, &w->code));
    TRY(device_by_cookie(c, w->token, &w->d));
    return device_given(c, &w->d);
}

static err run_lease(struct ctx *c, void *arg)
{
    struct work *w = arg;
    return lease_take(c, &w->d, w->n, S(""), 0, &w->no);
}

static err run_add(struct ctx *c, void *arg)
{
    struct work *w = arg;
    return record_add(c, &w->d, &w->part, &w->verdict);
}

static err run_turn(struct ctx *c, void *arg)
{
    return device_key_turn(c, &((struct work *)arg)->n);
}

static err run_revoke(struct ctx *c, void *arg)
{
    return device_revoke(c, ((struct work *)arg)->code, S("Lost"));
}

static struct work enrolled(str token)
{
    struct work w = {.token = token};
    assert_done(written_as(who(DESK), run_enrol, &w));
    return w;
}

/* ---- keys ---- */

static enum err_code pair_now(const uint8_t id[RECORD_KEY_LEN])
{
    struct record_pair pair;
    struct ctx c = reading_as(who(DESK));
    return device_key_pair(&c, id, &pair).code;
}

static void a_key_follows_in_time_and_an_old_one_is_destroyed(void **state)
{
    (void)state;
    struct work w = enrolled(TOKEN_A);
    struct q_device_key_open *keys;
    uint8_t id[RECORD_KEY_LEN];
    size_t n;
    struct ctx c = reading_as(who(DESK));
    assert_err(device_keys(&c, &keys, &n), ok);
    assert_int_equal(n, 1);
    assert_true(hex_to(keys[0].key_code, id, sizeof id));
    clock_fix(TESTING_NOON + 21 * DAY_MS);
    assert_done(written_as((struct actor){.role = ROLE_SYSTEM}, run_turn, &w));
    c = reading_as(who(DESK));
    assert_err(device_keys(&c, &keys, &n), ok);
    assert_int_equal(n, 2);
    clock_fix(TESTING_NOON + (DEVICE_KEY_DAYS + DEVICE_KEY_KEPT_DAYS) * DAY_MS - 1);
    assert_done(written_as((struct actor){.role = ROLE_SYSTEM}, run_turn, &w));
    assert_int_equal(pair_now(id), ERR_OK); /* 60 days late is not too late */
    clock_fix(TESTING_NOON + (DEVICE_KEY_DAYS + DEVICE_KEY_KEPT_DAYS) * DAY_MS + 1);
    assert_int_equal(pair_now(id), ERR_DENIED);
    assert_done(written_as((struct actor){.role = ROLE_SYSTEM}, run_turn, &w));
    assert_int_equal(w.n, 1);
    assert_int_equal(count_of("select count(*) from destroyed_key"), 1);
}

/* ---- numbers ---- */

static void numbers_of_two_devices_are_never_the_same(void **state)
{
    (void)state;
    struct work a = enrolled(TOKEN_A);
    struct work b = enrolled(TOKEN_B);
    a.n = b.n = 100;
    assert_done(written_as(who(DESK), run_lease, &a));
    assert_done(written_as(who(DESK), run_lease, &b));
    assert_done(written_as(who(DESK), run_lease, &a));
    assert_int_equal(count_of("select count(distinct ref_code) from device_lease_ref"), 300);
    a.n = LEASE_FREE_MAX;
    assert_int_equal(written_as(who(DESK), run_lease, &a), ERR_LIMIT);
    struct lease l;
    struct ctx c = reading_as(who(DESK));
    assert_err(lease_read(&c, &b.d, 1, &l), ok);
    assert_int_equal(l.refs_n, 100);
    assert_int_equal(lease_read(&c, &b.d, 2, &l).code, ERR_NOT_FOUND);
}

/* ---- records ---- */

static str ulid_no(int n)
{
    return arena_printf(testing_now->arena, "01JXW3C5M0%016d", n);
}

/* Sealed, as one part; `damaged`: announced with another hash. */
static void part_make(struct work *w, int no, str json, bool damaged)
{
    struct q_device_key_open *keys;
    size_t n;
    str sealed;
    char hex[HEX_OF_32];
    struct ctx c = reading_as(who(DESK));
    const str ulid = ulid_no(no);
    assert_err(device_keys(&c, &keys, &n), ok);
    const uint8_t *point = (const uint8_t *)keys[0].point_packed.p;
    assert_err(record_seal(testing_now->arena, point, ulid, json, STR_NONE, &sealed), ok);
    w->part = (struct record_part){.ulid = ulid, .total = (int64_t)sealed.n, .bytes = sealed, .clock = S("")};
    sha256_hex(sealed, hex);
    assert_true(hex_to((str){hex, sizeof hex}, w->part.hash, sizeof w->part.hash));
    w->part.hash[0] ^= damaged;
}

static void bring(struct work *w, int no, str json)
{
    part_make(w, no, json, false);
    assert_done(written_as(who(DESK), run_add, w));
    assert_int_equal(w->verdict, RECORD_HAD);
}

/* As whoever is given a pack on it at that time would bring it. */
static str ticket_of(const struct work *w, enum testing_who person, int64_t given_ms)
{
    uint8_t key[VAULT_KEY_LEN];
    const struct device_ticket t = {w->d.id, who(person).user_id, given_ms};
    vault_derive(store_vault(testing_now->store), S("web-token"), key);
    return token_seal(testing_now->arena, key, S("sign/ticket"), device_ticket_text(testing_now->arena, &t),
                      given_ms / 1000 + 1);
}

static str filing_by(const struct work *w, int no, const char *unit, const char *by, str ticket)
{
    return arena_printf(
        testing_now->arena,
        "{\"kind\":\"filing\",\"record\":\"%.*s\",\"at\":\"%lld\",\"by\":\"%s\","
        "\"device\":\"%.*s\",\"ticket\":\"%.*s\",\"fields\":{\"service\":\"M-WAT-01\",\"unit\":\"%s\","
        "\"description\":\"Number %d\",\"sex\":\"woman\",\"consent_record\":\"yes\","
        "\"agreed\":\"1\"}}",
        STR_F(ulid_no(no)), (long long)clock_now_ms(), by, STR_F(w->code), STR_F(ticket), unit, no);
}

static str filing_of(const struct work *w, int no, const char *unit)
{
    return filing_by(w, no, unit, "desk.nowshera", S(""));
}

static void intake_all(void)
{
    int64_t done = 1;
    while (done > 0) {
        struct ctx c = reading_as((struct actor){.role = ROLE_SYSTEM});
        assert_err(device_intake(&c, &done), ok);
    }
}

static void many_of_two_devices_are_each_one_case(void **state)
{
    (void)state;
    enum { EACH = 20 };
    struct work a = enrolled(TOKEN_A);
    struct work b = enrolled(TOKEN_B);
    for (int i = 0; i < EACH; i++) {
        bring(&a, i, filing_of(&a, i, "PK52601"));
        bring(&b, EACH + i, filing_of(&b, EACH + i, i == 3 ? "PK511" : "PK52602"));
    }
    const struct record_part same = a.part;
    intake_all();
    assert_int_equal(count_of("select count(*) from cases"), 2 * EACH - 1);
    assert_int_equal(count_of("select count(*) from device_record where record_state_code = 'taken'"),
                     2 * EACH - 1);
    assert_int_equal(count_of("select count(*) from device_record where why_code = 'case.unit_elsewhere'"),
                     1);
    assert_int_equal(count_of("select count(distinct record_code) from device_part"), 1);
    b.part = same; /* one record from two devices */
    assert_done(written_as(who(DESK), run_add, &b));
    assert_int_equal(b.verdict, RECORD_HAD);
    b.part.hash[0] ^= 1;
    assert_done(written_as(who(DESK), run_add, &b));
    assert_int_equal(b.verdict, RECORD_OTHER);
    intake_all();
    assert_int_equal(count_of("select count(*) from cases"), 2 * EACH - 1);
}

static int64_t stopped_for(const char *why)
{
    return count_of(
        arena_printf(testing_now->arena, "select count(*) from device_record where why_code = '%s'%c", why, 0)
            .p);
}

static void a_damaged_record_holds_nobody_up(void **state)
{
    (void)state;
    struct work a = enrolled(TOKEN_A);
    struct work b = enrolled(TOKEN_B);
    part_make(&a, 1, filing_of(&a, 1, "PK52601"), true);
    assert_done(written_as(who(DESK), run_add, &a));
    assert_int_equal(a.verdict, RECORD_GAP); /* it begins again */
    assert_int_equal(count_of("select have_n from device_record"), 0);
    assert_int_equal(count_of("select count(*) from device_part"), 0);
    part_make(&a, 1, filing_of(&a, 1, "PK52601"), true);
    a.part.hash[0] ^= 1; /* another record, by its hash */
    assert_done(written_as(who(DESK), run_add, &a));
    assert_int_equal(a.verdict, RECORD_OTHER);
    bring(&a, 2, filing_of(&a, 2, "PK52601"));
    bring(&b, 3, filing_of(&b, 3, "PK52601"));
    run_script("update device_part set part_packed = substr(part_packed, 1, 90) where record_code like '%2'");
    intake_all(); /* what was spoilt here is said, and no more is waited for */
    assert_int_equal(stopped_for("device.why_broken"), 1);
    assert_int_equal(count_of("select count(*) from cases"), 1);
}

static void nobody_files_in_the_name_of_another(void **state)
{
    (void)state;
    struct work a = enrolled(TOKEN_A);
    const int64_t given = TESTING_NOON;
    clock_fix(given + 3 * DAY_MS);
    bring(&a, 1, filing_by(&a, 1, "PK52601", "desk.nowshera", ticket_of(&a, DESK, given)));
    bring(&a, 2, filing_by(&a, 2, "PK52601", "desk2.nowshera", ticket_of(&a, DESK, given)));
    bring(&a, 3, filing_by(&a, 3, "PK52601", "desk.nowshera", S("AAAA")));
    bring(&a, 4, filing_by(&a, 4, "PK52601", "desk.nowshera", S(""))); /* her word, three days later */
    bring(&a, 5, filing_by(&a, 5, "PK52601", "desk.nowshera", ticket_of(&a, DESK, given - 5 * DAY_MS)));
    bring(&a, 6, filing_by(&a, 6, "PK52601", "desk.nowshera", ticket_of(&a, DESK, given + 4 * DAY_MS)));
    intake_all();
    assert_int_equal(count_of("select count(*) from cases"), 1);
    assert_int_equal(stopped_for("device.why_person"), 5);
}

static void what_a_stopped_device_brings_waits_for_a_supervisor(void **state)
{
    (void)state;
    struct work a = enrolled(TOKEN_A);
    assert_int_equal(written_as(who(OTHER_DESK), run_revoke, &a), ERR_NOT_FOUND);
    assert_done(written_as(who(DESK_2), run_revoke, &a));
    struct ctx c = reading_as(who(DESK));
    assert_err(device_by_cookie(&c, TOKEN_A, &a.d), ok);
    bring(&a, 1, filing_of(&a, 1, "PK52601"));
    intake_all();
    assert_int_equal(count_of("select count(*) from cases"), 0);
    assert_int_equal(count_of("select count(*) from device_record where record_state_code = 'quarantined'"),
                     1);
}

/* ---- how much may wait here, and how long ---- */

static err run_expire(struct ctx *c, void *arg)
{
    return records_expire(c, &((struct work *)arg)->n);
}

static void what_began_to_come_and_did_not_go_on_begins_again(void **state)
{
    (void)state;
    struct work a = enrolled(TOKEN_A);
    part_make(&a, 1, filing_of(&a, 1, "PK52601"), false);
    const struct record_part whole = a.part;
    a.part.bytes.n = 100;
    assert_done(written_as(who(DESK), run_add, &a));
    assert_done(written_as(who(DESK), run_expire, &a));
    assert_int_equal(a.n, 0);
    clock_fix(clock_now_ms() + (RECORD_PART_DAYS + 1) * DAY_MS);
    assert_done(written_as(who(DESK), run_expire, &a));
    assert_int_equal(a.n, 1);
    assert_int_equal(count_of("select count(*) from device_part"), 0);
    assert_int_equal(count_of("select count(*) from device_record where have_n = 0 and record_state_code = "
                              "'partial' and why_code = 'device.why_expired'"),
                     1);
    a.part = whole;
    a.part.offset = 100;
    a.part.bytes = str_sub(whole.bytes, 100, whole.bytes.n);
    assert_done(written_as(who(DESK), run_add, &a));
    assert_int_equal(a.verdict, RECORD_GAP);
    a.part = whole;
    assert_done(written_as(who(DESK), run_add, &a));
    assert_int_equal(count_of("select count(*) from device_record where record_state_code = 'waiting'"), 1);
}

static void one_device_does_not_fill_the_disk(void **state)
{
    (void)state;
    struct work a = enrolled(TOKEN_A);
    int n = 0;
    for (enum err_code e = ERR_OK; e == ERR_OK && n < 200;) {
        a.part = (struct record_part){
            .ulid = ulid_no(n + 1), .total = RECORD_MAX, .bytes = S("x"), .clock = S("")};
        e = written_as(who(DESK), run_add, &a);
        n += e == ERR_OK;
    }
    assert_int_equal(n, RECORDS_BYTES_MAX / RECORD_MAX);
    clock_fix(clock_now_ms() + (RECORD_PART_DAYS + 1) * DAY_MS); /* what is thrown away takes no room */
    for (a.n = 1; a.n > 0;) {
        assert_done(written_as(who(DESK), run_expire, &a));
    }
    for (int i = 0; i < RECORDS_BYTES_MAX / RECORD_MAX; i++) {
        a.part.ulid = ulid_no(500 + i);
        assert_done(written_as(who(DESK), run_add, &a));
    }
    a.part.ulid = ulid_no(1); /* one that begins anew asks as any other */
    assert_refused(written_as(who(DESK), run_add, &a), LIMIT, DEVICE_BYTES_ENOUGH);
    struct work b = enrolled(TOKEN_B);
    b.part = (struct record_part){.ulid = ulid_no(999), .total = 10, .bytes = S("x"), .clock = S("")};
    assert_done(written_as(who(DESK), run_add, &b));
}

/* ---- past the desk ---- */

/* As where nobody is the head of the district yet. */
static err run_headless(struct ctx *c, void *arg)
{
    static const char sql[] = "update body set valid_to_day = 20200101 where body_kind_code = 'dc'";
    static const struct query_form form = {.sqlite = sql, .pg = sql};
    static const struct query q = {.name = "headless", .slot = 1991, .forms_n = 1, .forms = &form};
    (void)arg;
    return db_run(c->db, &q, 0, NULL, NULL, NULL, NULL);
}

static void what_she_only_said_about_the_desk_is_filed_when_somebody_hears_it(void **state)
{
    (void)state;
    struct work a = enrolled(TOKEN_A);
    const str json = arena_printf(
        testing_now->arena,
        "{\"kind\":\"filing\",\"record\":\"%.*s\",\"at\":\"%lld\",\"by\":\"desk.nowshera\","
        "\"device\":\"%.*s\",\"fields\":{\"service\":\"M-WAT-01\",\"unit\":\"PK52601\",\"sex\":\"woman\","
        "\"consent_record\":\"yes\",\"agreed\":\"1\",\"alone\":\"1\",\"past_desk\":\"1\"}}",
        STR_F(ulid_no(1)), (long long)clock_now_ms(), STR_F(a.code));
    assert_done(written_as(who(DESK), run_headless, &a));
    bring(&a, 1, json);
    intake_all();
    assert_int_equal(count_of("select count(*) from cases"), 0);
    assert_int_equal(
        count_of("select count(*) from device_record where record_state_code = 'quarantined' and "
                 "why_code = 'evidence.past_desk'"),
        1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(a_key_follows_in_time_and_an_old_one_is_destroyed),
        FEATURE_TEST(numbers_of_two_devices_are_never_the_same),
        FEATURE_TEST(many_of_two_devices_are_each_one_case),
        FEATURE_TEST(a_damaged_record_holds_nobody_up),
        FEATURE_TEST(nobody_files_in_the_name_of_another),
        FEATURE_TEST(what_a_stopped_device_brings_waits_for_a_supervisor),
        FEATURE_TEST(what_began_to_come_and_did_not_go_on_begins_again),
        FEATURE_TEST(one_device_does_not_fill_the_disk),
        FEATURE_TEST(what_she_only_said_about_the_desk_is_filed_when_somebody_hears_it),
    };
    return FEATURE_TESTS(tests);
}
