/* Taking down a case, its number and PIN, and who is never shown. */
#include "case_testing.h"

#include "account.h"
#include "audit.h"
#include "tries.h"

static int64_t local(int64_t day)
{
    return day_at_ms(day, 16, 0);
}

/* ---- filing ---- */

static void the_least_is_enough(void **state)
{
    (void)state;
    const struct case_receipt r = file_as(who(DESK), told("M-WAT-01", "PK526", "No water"));
    assert_int_equal(r.state, CASE_REGISTERED);
    assert_int_equal(r.due_ms, local(20260608));
    const struct case_view v = view_of(&r.ref);
    assert_int_equal(v.state, CASE_REGISTERED);
    assert_int_equal(v.row.home, NOWSHERA);
    assert_int_equal(v.row.service_id, WATER);
    assert_false(v.row.tehsil_id.given);
    assert_int_equal(v.row.filed_by_id.v, who(DESK).user_id);
    assert_int_equal(v.row.filed_office_id.v, DESK_OFFICE);
    assert_int_equal(v.row.filed_ms, TESTING_NOON);
    assert_int_equal(v.row.filed_month, 202606);
    assert_null(v.row.place_text.p);
    assert_true(str_eq(v.row.lang_code, S("ur")) && str_eq(v.row.sex_code, S("woman")));
    assert_true(str_eq(v.service_code, S("M-WAT-01")) && str_eq(v.service_name, S("No water")));
    assert_true(str_eq(v.unit_code, S("PK526")) && str_eq(v.unit_name, S("Nowshera")));
    assert_true(str_eq(v.office_name, S("")));
    struct ctx c = reading_as(who(DESK));
    c.may_show_identity = true;
    struct case_identity id;
    assert_err(case_identity(&c, &v, &id), ok);
    assert_true(id.name.n == 0 && id.phone.n == 0 && id.address.n == 0 && !id.safe_call);
    assert_int_equal(count_of("select count(*) from identity_index"), 0);
    assert_int_equal(count_of("select count(*) from outbox where news_code = 'case.filed'"), 1);
    assert_int_equal(count_of("select count(*) from audit where event_name = 'case.file'"), 1);
}

static void everything_told_is_kept(void **state)
{
    (void)state;
    struct case_new n = told("M-LGT-01", "PK52602", "گلی میں اندھیرا ہے");
    phone p;
    assert_err(phone_of(testing_now->arena, S("0300 1234567"), &p), ok);
    n.place = S("Behind the school");
    n.name = S("Zarmina Bibi");
    n.phone = p;
    n.whose_phone = S("neighbour");
    n.address = S("House 7");
    n.safe_call = true;
    n.sex = S("transgender");
    n.channel = S("phone");
    const struct case_receipt r = file_as(who(DESK), n);
    assert_int_equal(r.due_ms, local(20260612));
    const struct case_view v = view_of(&r.ref);
    assert_int_equal(v.row.tehsil_id.v, PABBI);
    assert_true(str_eq(v.unit_name, S("Pabbi, Nowshera")));
    assert_true(str_eq(v.row.words_text, n.words) && str_eq(v.row.place_text, n.place));
    assert_true(str_eq(v.row.sex_code, n.sex) && str_eq(v.row.channel_code, n.channel));
    struct ctx c = reading_as(who(DESK_2));
    c.may_show_identity = true;
    struct case_identity id;
    assert_err(case_identity(&c, &v, &id), ok);
    assert_true(str_eq(id.name, n.name) && str_eq(id.address, n.address) &&
                str_eq(id.phone, S("+923001234567")));
    assert_true(str_eq(id.whose_phone, n.whose_phone) && id.safe_call);
}

/* A council lies in its tehsil, and the case is counted there. */
static void a_place_below_the_tehsil_is_of_its_tehsil(void **state)
{
    (void)state;
    const case_ref ref = file_as(who(DESK), told("M-WAT-01", "PK5260201", "No water")).ref;
    const struct case_view v = view_of(&ref);
    assert_int_equal(v.row.unit_id, PABBI_COUNCIL);
    assert_int_equal(v.row.tehsil_id.v, PABBI);
}

static void what_cannot_be_filed(void **state)
{
    (void)state;
    static const struct {
        const char *service, *unit, *field;
        enum msg message;
    } cases[] = {
        {"M-XXX-99", "PK52601", "service", MSG_CASE_SERVICE_UNKNOWN},
        {"", "PK52601", "service", MSG_CASE_SERVICE_UNKNOWN},
        {"M-WAT-01", "PK99999", "unit", MSG_CASE_UNIT_UNKNOWN},
        {"M-WAT-01", "", "unit", MSG_CASE_UNIT_UNKNOWN},
        {"M-WAT-01", "PK5", "unit", MSG_CASE_UNIT_UNKNOWN},       /* a province */
        {"M-WAT-01", "PK52699", "unit", MSG_CASE_UNIT_UNKNOWN},   /* no longer valid */
        {"M-WAT-01", "PK51101", "unit", MSG_CASE_UNIT_ELSEWHERE}, /* of Haripur */
        {"M-WAT-01", "PK511", "unit", MSG_CASE_UNIT_ELSEWHERE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct testing_filing f = {.told = told(cases[i].service, cases[i].unit, "Words")};
        assert_int_equal(written_as(who(DESK), testing_run_file, &f), ERR_INVALID);
        assert_int_equal(testing_now->fail.message, cases[i].message);
        assert_string_equal(testing_now->fail.field, cases[i].field);
    }
    assert_int_equal(count_of("select count(*) from cases"), 0);
    assert_int_equal(count_of("select count(*) from case_ref"), 0);
}

static void the_public_files_anywhere(void **state)
{
    (void)state;
    const struct case_receipt r =
        file_as((struct actor){.role = ROLE_PUBLIC}, told("M-WAT-01", "PK51101", "No water"));
    struct ctx c = reading_as(who(OTHER_DESK));
    struct case_view v;
    assert_err(case_find(&c, &r.ref, &v), ok);
    assert_int_equal(v.row.home, HARIPUR);
    assert_false(v.row.filed_by_id.given || v.row.filed_office_id.given);
    assert_int_equal(v.row.tehsil_id.v, GHAZI);
}

static void without_a_limit_there_is_no_clock(void **state)
{
    (void)state;
    static const char *const services[] = {"M-LIB-01", "M-PRK-01"};
    for (size_t i = 0; i < 2; i++) {
        const struct case_receipt r = file_as(who(DESK), told(services[i], "PK52601", "Words"));
        assert_int_equal(r.due_ms, case_no_due());
        assert_int_equal(view_of(&r.ref).flow.due_ms, case_no_due());
    }
    assert_int_equal(count_of("select count(*) from deadline"), 0);
}

/* The term in force on the day of filing, by the local day. */
static void the_limit_is_that_of_the_day(void **state)
{
    (void)state;
    clock_fix(day_at_ms(20260630, 23, 59));
    assert_int_equal(file_as(who(DESK), told("M-WAT-01", "PK526", "a")).due_ms, local(20260703));
    clock_fix(day_at_ms(20260701, 0, 0));
    assert_int_equal(file_as(who(DESK), told("M-WAT-01", "PK526", "b")).due_ms, local(20260711));
}

/* ---- the number and its PIN ---- */

static void every_reference_is_another_and_checks(void **state)
{
    (void)state;
    enum { N = 60 };
    case_ref refs[N];
    for (size_t i = 0; i < N; i++) {
        refs[i] = file_water();
        const str digits = case_ref_digits(&refs[i]);
        case_ref again;
        assert_int_equal(digits.n, 10);
        assert_int_equal(damm_digit(str_sub(digits, 0, 9)), digits.p[9]);
        assert_err(case_ref_of(testing_now->arena, case_ref_text(testing_now->arena, refs[i]), &again), ok);
        for (size_t k = 0; k < i; k++) {
            assert_memory_not_equal(refs[i].digits, refs[k].digits, 10);
        }
    }
    assert_int_equal(count_of("select count(*) from case_ref"), N);
    assert_int_equal(
        count_of("select count(*) from case_ref r join cases c on c.home = r.home and c.id = r.case_id"
                 " and c.ref_code = r.ref_code"),
        N);
    assert_int_equal(count_of("select count(distinct key_no) from cases"), N); /* a key for each */
}

static void pin_of(const case_ref *ref, char out[PIN_LEN])
{
    struct ctx c = reading_as(who(DESK));
    assert_err(case_pin(&c, ref, out), ok);
}

static void a_pin_stays_and_stands_nowhere(void **state)
{
    (void)state;
    char first[PIN_LEN];
    char again[PIN_LEN];
    char other[PIN_LEN];
    const case_ref ref = file_water();
    pin_of(&ref, first);
    assert_done(do_as(DESK, &ref, ACT(COMMENT, .words = S("She came by"))));
    testing_close(testing_now);
    testing_open(testing_now);
    pin_of(&ref, again);
    assert_memory_equal(first, again, PIN_LEN);
    for (size_t i = 0; i < PIN_LEN; i++) {
        assert_true(first[i] >= '0' && first[i] <= '9');
    }
    size_t differ = 0;
    for (int i = 0; i < 5; i++) {
        const case_ref next = file_water();
        pin_of(&next, other);
        differ += memcmp(first, other, PIN_LEN) != 0;
    }
    assert_true(differ >= 4);
}

struct opening {
    case_ref ref;
    str pin;
    enum case_opened opened;
};

static err run_open(struct ctx *c, void *arg)
{
    struct opening *o = arg;
    return case_open_by_pin(c, &o->ref, o->pin, &o->opened);
}

/* 1: right, 0: wrong, -1: too many tries. */
static int opens(const case_ref *ref, str pin)
{
    struct opening o = {.ref = *ref, .pin = pin};
    const enum err_code e = written_as((struct actor){.role = ROLE_PUBLIC}, run_open, &o);
    if (e == ERR_LIMIT) {
        return -1;
    }
    assert_int_equal(e, ERR_OK);
    return o.opened == CASE_PIN_RIGHT;
}

static int64_t tries_counted(void)
{
    return count_of(
        "select cast(coalesce(sum(tries_n), 0) as bigint) from wrong_try where try_key_text = '*'");
}

static void a_pin_opens_its_own_case(void **state)
{
    (void)state;
    char pin[PIN_LEN];
    char other_pin[PIN_LEN];
    const case_ref ref = file_water();
    const case_ref other = file_water();
    pin_of(&ref, pin);
    pin_of(&other, other_pin);
    assert_int_equal(opens(&ref, (str){pin, PIN_LEN}), 1);
    assert_int_equal(tries_counted(), 0);
    assert_int_equal(opens(&ref, (str){other_pin, PIN_LEN}), 0);
    assert_int_equal(opens(&ref, (str){pin, PIN_LEN - 1}), 0);
    assert_int_equal(opens(&ref, STR_NONE), 0);
    assert_int_equal(tries_counted(), 3);
}

/* A number that nobody has is not told apart: it is counted and bounded like a known one, even with "its"
 * PIN. */
static void an_unknown_number_looks_the_same(void **state)
{
    (void)state;
    case_ref unknown;
    const str nine = S("123456789");
    char pin[PIN_LEN];
    memcpy(unknown.digits, nine.p, nine.n);
    unknown.digits[9] = damm_digit(nine);
    vault_pin(store_vault(testing_now->store), case_ref_digits(&unknown), 0, pin);
    assert_int_equal(opens(&unknown, (str){pin, PIN_LEN}), 0);
    assert_int_equal(tries_counted(), 1);
    for (int i = 0; i < 9; i++) {
        assert_int_equal(opens(&unknown, S("000000")), 0);
    }
    assert_int_equal(opens(&unknown, S("000000")), -1);
}

static void guessing_a_pin_is_bounded(void **state)
{
    (void)state;
    char pin[PIN_LEN];
    testing_client = S("192.0.2.1");
    const case_ref ref = file_water();
    const case_ref other = file_water();
    pin_of(&ref, pin);
    const str wrong = memcmp(pin, "000000", PIN_LEN) == 0 ? S("000001") : S("000000");
    for (int i = 0; i < 10; i++) {
        assert_int_equal(opens(&ref, wrong), 0);
    }
    assert_int_equal(opens(&ref, (str){pin, PIN_LEN}), -1); /* the right one neither */
    testing_client = S("192.0.2.2");
    assert_int_equal(opens(&ref, (str){pin, PIN_LEN}), 1); /* whoever guesses shuts out himself only */
    for (int i = 0; i < 30; i++) {
        static const str more[] = {S_INIT("192.0.2.3"), S_INIT("192.0.2.4"), S_INIT("192.0.2.5")};
        testing_client = more[i / 10];
        assert_int_equal(opens(&ref, wrong), 0);
    }
    testing_client = S("192.0.2.6");
    assert_int_equal(opens(&ref, (str){pin, PIN_LEN}), -1); /* many together: this number, for a day */
    pin_of(&other, pin);
    assert_int_equal(opens(&other, (str){pin, PIN_LEN}), 1);
    pin_of(&ref, pin);
    clock_fix(TESTING_NOON + 23 * HOUR_MS);
    assert_int_equal(opens(&ref, (str){pin, PIN_LEN}), -1);
    clock_fix(TESTING_NOON + 25 * HOUR_MS);
    assert_int_equal(opens(&ref, (str){pin, PIN_LEN}), 1);
}

static err run_admit(struct ctx *c, void *arg)
{
    const case_ref *refs = arg;
    struct case_view v;
    c->may_show_identity = true;
    TRY(case_admit(c, &refs[0]));
    TRY(case_find(c, &refs[0], &v));
    struct case_identity id;
    assert_false(c->may_show_identity);
    assert_err(case_identity(c, &v, &id), denied);
    return case_find(c, &refs[1], &v);
}

static void her_pin_reaches_one_case_only(void **state)
{
    (void)state;
    case_ref refs[] = {file_water(), file_water()};
    assert_int_equal(written_as((struct actor){.role = ROLE_PUBLIC}, run_admit, refs), ERR_NOT_FOUND);
}

/* ---- a job may run again ---- */

struct twice {
    struct testing_filing filing;
    bool fails; /* each time it runs: a job that fails behind a write may run again at once */
};

static err run_file_and_fail(struct ctx *c, void *arg)
{
    struct twice *t = arg;
    TRY(testing_run_file(c, &t->filing));
    return t->fails ? FAIL(BUSY) : OK;
}

static void what_was_rolled_back_left_nothing(void **state)
{
    (void)state;
    static const char *const tables[] = {"cases",     "case_ref", "identity", "identity_index", "flow",
                                         "flow_step", "deadline", "outbox",   "audit"};
    struct twice t = {.filing = {.told = told("M-WAT-01", "PK52601", "No water")}, .fails = true};
    assert_err(phone_of(testing_now->arena, S("03001234567"), &t.filing.told.phone), ok);
    assert_int_equal(written_as(who(DESK), run_file_and_fail, &t), ERR_BUSY);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        const str sql = arena_printf(testing_now->arena, "select count(*) from %s", tables[i]);
        assert_int_equal(count_of(sql.p), 0);
    }
    t.fails = false;
    assert_int_equal(written_as(who(DESK), run_file_and_fail, &t), ERR_OK);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        const str sql = arena_printf(testing_now->arena, "select count(*) from %s", tables[i]);
        assert_int_equal(count_of(sql.p), 1);
    }
    assert_int_equal(count_of("select cast(sum(cases_n) as bigint) from (select cases_n from tally union all"
                              " select cases_n from tally_delta) t"),
                     1);
}

/* ---- identity ---- */

#define CANARY_NAME "Qandeel Canarywala"
#define CANARY_ADDRESS "Canary Mansion 9"

static case_ref file_canary(void)
{
    struct case_new n = told("M-WAT-01", "PK52601", "Wordsofhers no water");
    assert_err(phone_of(testing_now->arena, S("0345-9876501"), &n.phone), ok);
    n.name = S(CANARY_NAME);
    n.address = S(CANARY_ADDRESS);
    n.whose_phone = S("own");
    n.safe_call = true;
    return file_as(who(DESK), n).ref;
}

static void only_her_desk_sees_who_she_is(void **state)
{
    (void)state;
    const case_ref ref = file_canary();
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    const struct case_view v = view_of(&ref);
    for (int w = 0; w < PEOPLE; w++) {
        const bool hers = w == DESK || w == DESK_2 || w == DESK_OF_TMA;
        struct case_identity id = {.name = S("untouched")};
        struct ctx c = reading_as(who((enum testing_who)w));
        assert_int_equal(case_identity_for(&c.actor, &v), hers);
        assert_err(case_identity(&c, &v, &id), denied); /* the look is in no chain */
        c.may_show_identity = true;
        assert_int_equal(case_identity(&c, &v, &id).code, hers ? ERR_OK : ERR_DENIED);
        assert_true(str_eq(id.name, hers ? S(CANARY_NAME) : S("untouched")));
    }
}

static void her_name_stands_nowhere(void **state)
{
    (void)state;
    static const char *const canaries[] = {CANARY_NAME,     "Qandeel",    "qandeel",      CANARY_ADDRESS,
                                           "+923459876501", "3459876501", "0345-9876501", "9876501",
                                           "+923331234999", "3331234999"};
    const case_ref ref = file_canary();
    struct case_act amend = ACT(AMEND, .words = STR_NONE);
    assert_err(phone_of(testing_now->arena, S("0333 1234999"), &amend.phone), ok);
    assert_done(do_as(SUPERVISOR, &ref, ASSIGN("officer.nowshera")));
    assert_done(do_as(DESK, &ref, amend));
    assert_true(database_holds(S("Wordsofhers"))); /* the scan finds what is there */
    for (size_t i = 0; i < sizeof canaries / sizeof canaries[0]; i++) {
        if (database_holds(str_of(canaries[i]))) {
            fail_msg("%s stands in the database", canaries[i]);
        }
    }
}

/* The key of the case is gone: what was known of her too, and the matter stays. */
static err run_destroy(struct ctx *c, void *arg)
{
    return vault_destroy(c, *(int64_t *)arg);
}

static void an_erased_identity_is_not_found(void **state)
{
    (void)state;
    const case_ref ref = file_canary();
    const struct case_view v = view_of(&ref);
    int64_t key = v.row.key_no;
    assert_int_equal(written_as((struct actor){.role = ROLE_SYSTEM}, run_destroy, &key), ERR_OK);
    struct ctx c = reading_as(who(DESK));
    struct case_identity id;
    c.may_show_identity = true;
    assert_err(case_identity(&c, &v, &id), not_found);
    assert_int_equal(state_of(&ref), CASE_REGISTERED);
}

/* ---- numbers drawn ahead ---- */

static const struct case_hold pad = {NOWSHERA, CASE_HELD_PAD, 7};
static const struct case_hold tablet = {NOWSHERA, CASE_HELD_DEVICE, 7};

struct holding {
    const struct case_hold *by;
    case_ref refs[3];
};
static err run_hold(struct ctx *c, void *arg)
{
    struct holding *h = arg;
    return case_refs_hold(c, h->by, 3, h->refs);
}
static err run_bar(struct ctx *c, void *arg)
{
    const struct holding *h = arg;
    return case_ref_bar(c, h->by, &h->refs[0]);
}

static struct case_new on_paper(const struct case_hold *by, case_ref ref)
{
    struct case_new n = told("M-WAT-01", "PK526", "No water");
    n.hold = by;
    n.ref = ref;
    return n;
}

static void a_held_number_is_its_holders_alone(void **state)
{
    (void)state;
    struct holding h = {.by = &pad};
    char before[PIN_LEN];
    char after[PIN_LEN];
    struct q_case_held_list *rows;
    size_t n;
    assert_int_equal(written_as(who(DESK), run_hold, &h), ERR_OK);
    struct ctx c = reading_as(who(DESK));
    case_held_pin(&c, &h.refs[1], before);
    struct testing_filing f = {.told = on_paper(&tablet, h.refs[1])};
    assert_int_equal(written_as(who(DESK), testing_run_file, &f), ERR_INVALID);
    f.told = on_paper(&pad, h.refs[1]);
    assert_int_equal(written_as(who(DESK), testing_run_file, &f), ERR_OK);
    assert_true(str_eq(case_ref_digits(&f.receipt.ref), case_ref_digits(&h.refs[1])));
    c = reading_as(who(DESK));
    assert_err(case_pin(&c, &h.refs[1], after), ok);
    assert_memory_equal(before, after, PIN_LEN);
    assert_int_equal(written_as(who(DESK), testing_run_file, &f), ERR_CONFLICT);
    c = reading_as(who(DESK));
    assert_err(case_refs_held(&c, &pad, STR_NONE, 10, &rows, &n), ok);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(rows[i].case_id.given, str_eq(rows[i].ref_code, case_ref_digits(&h.refs[1])));
    }
}

static void a_barred_number_is_nobodys(void **state)
{
    (void)state;
    struct holding h = {.by = &pad};
    assert_int_equal(written_as(who(DESK), run_hold, &h), ERR_OK);
    h.by = &tablet;
    assert_int_equal(written_as(who(DESK), run_bar, &h), ERR_NOT_FOUND);
    h.by = &pad;
    assert_int_equal(written_as(who(DESK), run_bar, &h), ERR_OK);
    struct testing_filing f = {.told = on_paper(&pad, h.refs[0])};
    assert_int_equal(written_as(who(DESK), testing_run_file, &f), ERR_INVALID);
    h.refs[0] = file_as(who(DESK), on_paper(&pad, h.refs[1])).ref;
    assert_int_equal(written_as(who(DESK), run_bar, &h), ERR_CONFLICT);
}

/* Promises count from the day she told it; the step says when it came here. */
static void what_was_told_before_is_filed_then(void **state)
{
    (void)state;
    struct case_new n = told("M-WAT-01", "PK526", "No water");
    n.filed_ms = day_at_ms(20260520, 12, 0);
    const struct case_receipt r = file_as(who(DESK), n);
    const struct case_view v = view_of(&r.ref);
    assert_int_equal(v.row.filed_day, 20260520);
    assert_int_equal(v.row.filed_month, 202605);
    assert_true(r.due_ms < local(20260608));
    assert_int_equal(count_of("select count(*) from flow_step where at_day = 20260605"), 1);
    struct testing_filing f = {.told = n};
    f.told.filed_ms = TESTING_NOON + 1;
    assert_int_equal(written_as(who(DESK), testing_run_file, &f), ERR_INVALID);
    f.told.filed_ms = TESTING_NOON - (int64_t)(CASE_LATE_DAYS + 2) * 86400000;
    assert_int_equal(written_as(who(DESK), testing_run_file, &f), ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(the_least_is_enough),
        FEATURE_TEST(everything_told_is_kept),
        FEATURE_TEST(a_place_below_the_tehsil_is_of_its_tehsil),
        FEATURE_TEST(what_cannot_be_filed),
        FEATURE_TEST(the_public_files_anywhere),
        FEATURE_TEST(without_a_limit_there_is_no_clock),
        FEATURE_TEST(the_limit_is_that_of_the_day),
        FEATURE_TEST(every_reference_is_another_and_checks),
        FEATURE_TEST(a_pin_stays_and_stands_nowhere),
        FEATURE_TEST(a_pin_opens_its_own_case),
        FEATURE_TEST(an_unknown_number_looks_the_same),
        FEATURE_TEST(guessing_a_pin_is_bounded),
        FEATURE_TEST(her_pin_reaches_one_case_only),
        FEATURE_TEST(what_was_rolled_back_left_nothing),
        FEATURE_TEST(only_her_desk_sees_who_she_is),
        FEATURE_TEST(her_name_stands_nowhere),
        FEATURE_TEST(an_erased_identity_is_not_found),
        FEATURE_TEST(a_held_number_is_its_holders_alone),
        FEATURE_TEST(a_barred_number_is_nobodys),
        FEATURE_TEST(what_was_told_before_is_filed_then),
    };
    return FEATURE_TESTS(tests);
}
