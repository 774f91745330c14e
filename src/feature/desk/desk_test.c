/* desk_test.c: unfinished forms that nobody else reads, people behind a number, hours that are safe. */
#include "feature_testing.h"

#include "desk.h"
#include "people.h"

/* ---- drafts ---- */

struct draft_call {
    const char *code, *content; /* content NULL: it ends */
    int64_t done;
};

static err run_keep(struct ctx *c, void *arg)
{
    const struct draft_call *d = arg;
    return d->content == NULL ? draft_end(c, str_of(d->code))
                              : draft_keep(c, str_of(d->code), str_of(d->content));
}

static err run_expire(struct ctx *c, void *arg)
{
    return draft_expire(c, &((struct draft_call *)arg)->done);
}

static enum err_code keep(enum testing_who w, const char *code, const char *content)
{
    struct draft_call d = {code, content, 0};
    return written_as(who(w), run_keep, &d);
}

static enum err_code read_draft(enum testing_who w, const char *code, str *out)
{
    struct ctx c = reading_as(who(w));
    return draft_read(&c, str_of(code), out).code;
}

static void drafts_are_kept_encrypted_for_one_account(void **state)
{
    str text;
    (void)state;
    assert_int_equal(keep(DESK, "one", "Canaryname"), ERR_OK);
    assert_int_equal(keep(DESK, "one", "Canaryname again"), ERR_OK);
    assert_int_equal(read_draft(DESK, "one", &text), ERR_OK);
    assert_true(str_eq(text, S("Canaryname again")));
    assert_int_equal(read_draft(DESK_2, "one", &text), ERR_NOT_FOUND);
    assert_false(database_holds(S("Canaryname")));
    assert_int_equal(count_of("select count(*) from draft"), 1);
}

static void a_draft_ends_with_its_key(void **state)
{
    str text;
    (void)state;
    assert_int_equal(keep(DESK, "one", "Canaryname"), ERR_OK);
    assert_int_equal(keep(DESK_2, "one", NULL), ERR_OK); /* another account's code ends nothing */
    assert_int_equal(read_draft(DESK, "one", &text), ERR_OK);
    assert_int_equal(keep(DESK, "one", NULL), ERR_OK);
    assert_int_equal(read_draft(DESK, "one", &text), ERR_NOT_FOUND);
    assert_int_equal(count_of("select count(*) from destroyed_key"), 1);
    assert_int_equal(keep(DESK, "one", NULL), ERR_OK);
}

static void drafts_are_bounded_and_expire(void **state)
{
    struct draft_call d = {.done = 0};
    char code[20];
    (void)state;
    for (int i = 0; i < DRAFTS_KEPT + 3; i++) {
        (void)snprintf(code, sizeof code, "d%02d", i);
        clock_fix(TESTING_NOON + i * MINUTE_MS);
        assert_int_equal(keep(DESK, code, "something"), ERR_OK);
    }
    assert_int_equal(count_of("select count(*) from draft"), DRAFTS_KEPT);
    assert_int_equal(count_of("select count(*) from draft where draft_code = 'd00'"), 0);
    assert_int_equal(written_as(who(DESK), run_expire, &d), ERR_OK);
    assert_int_equal(d.done, 0);
    clock_fix(TESTING_NOON + (int64_t)(DRAFT_DAYS + 1) * 24 * HOUR_MS);
    assert_int_equal(written_as(who(DESK), run_expire, &d), ERR_OK);
    assert_int_equal(d.done, DRAFTS_KEPT);
    assert_int_equal(count_of("select count(*) from draft"), 0);
}

/* ---- people ---- */

struct filing {
    struct case_new told;
    struct case_receipt receipt;
};

static err run_file(struct ctx *c, void *arg)
{
    struct filing *f = arg;
    return case_file(c, &f->told, &f->receipt);
}

static const phone shared = {S_INIT("+923001112223")};

static case_ref brought(const char *name, const char *alias)
{
    struct filing f = {.told = {.service = S("M-WAT-01"),
                                .unit = S("PK52601"),
                                .words = S("No water"),
                                .lang = S("ur"),
                                .channel = S("desk"),
                                .sex = S("woman"),
                                .name = str_of(name),
                                .alias = str_of(alias),
                                .phone = shared,
                                .safe_call = true,
                                .when = S("morning")}};
    assert_int_equal(written_as(who(DESK), run_file, &f), ERR_OK);
    return f.receipt.ref;
}

struct opening {
    case_ref key;
    const char *name;
    bool right;
};

static err run_open(struct ctx *c, void *arg)
{
    struct opening *o = arg;
    return people_open(c, &o->key, str_of(o->name), &o->right);
}

static bool opens(const case_ref *key, const char *name)
{
    struct opening o = {*key, name, false};
    assert_int_equal(written_as(who(DESK), run_open, &o), ERR_OK);
    return o.right;
}

static void five_women_share_a_number_and_are_never_merged(void **state)
{
    static const char *const names[] = {"Shazia", "Rabia", "Gulalai", "Palwasha", "Zarmina"};
    struct candidate *found;
    size_t n;
    (void)state;
    for (int i = 0; i < 5; i++) {
        (void)brought(names[i], i == 2 ? "Baji" : "");
    }
    const case_ref again = brought("shazia", "");
    struct ctx c = reading_as(who(DESK));
    assert_int_equal(people_find(&c, shared, &found, &n).code, ERR_DENIED); /* no look is recorded */
    c.may_show_identity = true;
    assert_int_equal(people_find(&c, shared, &found, &n).code, ERR_OK);
    assert_int_equal(n, 5);
    size_t baji = 0; /* ids of one millisecond have no order between writers */
    size_t without = 0;
    for (size_t i = 0; i < n; i++) {
        baji += str_eq(found[i].alias, S("Baji"));
        without += found[i].alias.n == 0;
    }
    assert_int_equal(baji, 1);
    assert_int_equal(without, 4);
    case_ref *refs;
    assert_int_equal(people_cases(&c, &again, shared, &refs, &n).code, ERR_OK);
    assert_int_equal(n, 2); /* hers, however it was typed; nobody else's */
    struct ctx other = reading_as(who(OTHER_DESK));
    other.may_show_identity = true;
    assert_int_equal(people_find(&other, shared, &found, &n).code, ERR_OK);
    assert_int_equal(n, 0);
}

static void opening_needs_her_name_and_guessing_is_bounded(void **state)
{
    (void)state;
    const case_ref ref = brought("Shazia Bibi", "");
    assert_true(opens(&ref, "SHAZIA"));
    assert_true(opens(&ref, "Shazia Bibi Khan"));
    assert_false(opens(&ref, "Bibi")); /* a title is no name, and a row of names is no guess */
    assert_false(opens(&ref, "Amina Rabia Zarmina Shazia Bibi Gulalai"));
    assert_int_equal(count_of("select count(*) from audit where event_name = 'identity.viewed'"), 2);
    assert_false(opens(&ref, "Rabia"));
    assert_false(opens(&ref, "Rabia Bibi"));
    enum err_code e = ERR_OK;
    for (int i = 0; i < 100 && e == ERR_OK; i++) {
        struct opening o = {ref, "Nobody", false};
        e = written_as(who(DESK), run_open, &o);
    }
    assert_int_equal(e, ERR_LIMIT);
    struct opening elsewhere = {ref, "Shazia", false};
    assert_int_equal(written_as(who(OTHER_DESK), run_open, &elsewhere), ERR_NOT_FOUND);
}

/* ---- calls ---- */

static void calls_are_made_in_safe_hours(void **state)
{
    (void)state;
    assert_true(call_hour_safe(S("morning"), 9) && call_hour_safe(S("morning"), 11));
    assert_false(call_hour_safe(S("morning"), 12) || call_hour_safe(S("evening"), 17));
    assert_true(call_hour_safe(S("any"), 19) && call_hour_safe(S(""), 12));
    assert_false(call_hour_safe(S("any"), 20) || call_hour_safe(S(""), 8));
    const struct q_calls_due morning = {.reachable_flag = 1, .when_code = S("morning")};
    const struct q_calls_due nowhere = {.reachable_flag = 0, .when_code = S("any")};
    assert_int_equal(call_time_of(&morning, TESTING_NOON), CALL_LATER);
    assert_int_equal(call_time_of(&morning, TESTING_NOON - 2 * HOUR_MS), CALL_NOW);
    assert_int_equal(call_time_of(&nowhere, TESTING_NOON), CALL_WHEN_SHE_COMES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEATURE_TEST(drafts_are_kept_encrypted_for_one_account),
        FEATURE_TEST(a_draft_ends_with_its_key),
        FEATURE_TEST(drafts_are_bounded_and_expire),
        FEATURE_TEST(five_women_share_a_number_and_are_never_merged),
        FEATURE_TEST(opening_needs_her_name_and_guessing_is_bounded),
        FEATURE_TEST(calls_are_made_in_safe_hours),
    };
    return FEATURE_TESTS(tests);
}
