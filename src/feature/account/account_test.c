/* Accounts, sign-in and its bounds, sessions and tokens, on a real database. */
#include "feature_testing.h"

#include "account.h"
#include "account_feature.h"
#include "clock.h"
#include "log.h"
#include "msg.h"
#include "random.h"
#include "tries.h"

#define NOON TESTING_NOON /* a full hour */

static str password_hashed; /* "correct horse" */

static str right_password(void)
{
    return S("correct horse");
}

/* ---- working with the store ---- */

static struct ctx reader(struct fail *f)
{
    struct ctx c = reading_as((struct actor){.role = ROLE_NOBODY});
    c.fail = f;
    c.client = testing_client;
    return c;
}

/* One write job; the message of its failure, if wanted, goes to *out_fail. */
static enum err_code written_by(struct actor actor, err (*run)(struct ctx *c, void *arg), void *arg,
                                struct fail *out_fail)
{
    const enum err_code e = written_as(actor, run, arg);
    if (out_fail != NULL) {
        *out_fail = testing_now->fail;
    }
    return e;
}

static enum err_code written(err (*run)(struct ctx *c, void *arg), void *arg)
{
    return written_by((struct actor){.role = ROLE_SYSTEM}, run, arg, NULL);
}

static err run_create(struct ctx *c, void *arg)
{
    int64_t id;
    return account_create(c, arg, &id);
}

static err run_disable(struct ctx *c, void *arg)
{
    return account_disable(c, *(const str *)arg);
}

static err run_code(struct ctx *c, void *arg)
{
    const str *pair = arg;
    return account_code_set(c, pair[0], pair[1]);
}

static err run_expire(struct ctx *c, void *arg)
{
    return session_expire(c, arg);
}

static struct account_new desk_user(str login)
{
    return (struct account_new){.login = login,
                                .name = S("Desk officer"),
                                .role = ROLE_DESK,
                                .home = NOWSHERA,
                                .unit_id = NOWSHERA,
                                .office_id = DESK_OFFICE,
                                .password_hash = password_hashed};
}

static void create(str login)
{
    struct account_new n = desk_user(login);
    assert_int_equal(written(run_create, &n), ERR_OK);
}

struct signing {
    struct sign_in checked;
    enum sign_in_verdict verdict;
    char token[TOKEN_TEXT_LEN];
};

static err run_sign_in(struct ctx *c, void *arg)
{
    struct signing *s = arg;
    return sign_in_write(c, &s->checked, &s->verdict);
}

static void check_only(str login, str password, struct signing *out)
{
    struct fail f = {0};
    struct ctx c = reader(&f);
    assert_int_equal(sign_in_check(&c, login, password, &out->checked, out->token).code, ERR_OK);
}

static enum sign_in_verdict sign_in(str login, str password, struct signing *out)
{
    check_only(login, password, out);
    assert_int_equal(written(run_sign_in, out), ERR_OK);
    return out->verdict;
}

static enum sign_in_verdict try_sign_in(str login, str password)
{
    struct signing s;
    return sign_in(login, password, &s);
}

static bool session_lives(const struct signing *s)
{
    struct fail f = {0};
    struct ctx c = reader(&f);
    struct account a;
    uint8_t secret[SESSION_SECRET_LEN];
    return account_of_session(&c, (str){s->token, TOKEN_TEXT_LEN}, &a, secret).code == ERR_OK;
}

/* How many rows of the audit have this event. */
static int64_t audited(const char *event)
{
    const struct value name = {.type = VALUE_TEXT, .s = str_of(event)};
    return number_of("select count(*) from audit where event_name = $1", &name, 1);
}

static int open_all(void **state)
{
    struct fail f = {0};
    (void)testing_set_up(state);
    struct ctx c = reader(&f);
    assert_int_equal(password_hash(&c, right_password(), &password_hashed).code, ERR_OK);
    return 0;
}

/* ---- accounts ---- */

static void logins_have_a_shape(void **state)
{
    (void)state;
    static const struct {
        const char *login;
        enum err_code want;
    } cases[] = {
        {"ab", ERR_OK},
        {"desk.kohat", ERR_OK},
        {"a-b_c.9", ERR_OK},
        {"9lives", ERR_OK},
        {"a", ERR_INVALID},
        {"", ERR_INVALID},
        {" Desk ", ERR_OK}, /* as a telephone types it: desk */
        {"desk", ERR_CONFLICT},
        {".desk", ERR_INVALID},
        {"-desk", ERR_INVALID},
        {"de sk", ERR_INVALID},
        {"de/sk", ERR_INVALID},
        {"d\xd8\xa7", ERR_INVALID},
        {"aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd", ERR_OK},
        {"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx", ERR_INVALID},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct account_new n = desk_user(str_of(cases[i].login));
        struct fail f = {0};
        assert_int_equal(written_by((struct actor){.role = ROLE_SYSTEM}, run_create, &n, &f), cases[i].want);
        if (cases[i].want == ERR_INVALID) {
            assert_string_equal(f.field, "login");
            assert_int_equal(f.message, MSG_ACCOUNT_LOGIN_WRONG);
        }
    }
}

static void roles_need_their_place(void **state)
{
    (void)state;
    static const struct {
        enum role role;
        int64_t home, unit, office;
        const char *field; /* NULL: allowed */
    } cases[] = {
        {ROLE_DESK, NOWSHERA, NOWSHERA, DESK_OFFICE, NULL},
        {ROLE_DESK, NOWSHERA, NOWSHERA, 0, "office"},
        {ROLE_DESK, 0, 0, 0, "office"},
        {ROLE_OFFICER, NOWSHERA, NOWSHERA_TEHSIL, TMA_OFFICE, NULL},
        {ROLE_OFFICER, NOWSHERA, NOWSHERA, TMA_OFFICE, "office"}, /* not where her office is */
        {ROLE_OFFICER, NOWSHERA, NOWSHERA, 0, "office"},
        {ROLE_SUPERVISOR, NOWSHERA, NOWSHERA, 0, NULL},
        {ROLE_SUPERVISOR, NOWSHERA, NOWSHERA, DC_OFFICE, NULL},
        {ROLE_SUPERVISOR, 0, 0, 0, "office"},
        {ROLE_ADC, NOWSHERA, NOWSHERA, 0, NULL},
        {ROLE_ADC, NOWSHERA, NOWSHERA_TEHSIL, 0, NULL}, /* an Assistant Commissioner */
        {ROLE_ADC, 0, PROVINCE, 0, NULL},               /* above the districts */
        {ROLE_ADC, 0, 0, 0, "office"},
        {ROLE_ADC, 0, NOWSHERA, 0, "unit"}, /* a district that is not said to be her home */
        {ROLE_ADC, NOWSHERA, PROVINCE, 0, "unit"},
        {ROLE_ADC, HARIPUR, NOWSHERA_TEHSIL, 0, "unit"},
        {ROLE_ADC, NOWSHERA, PABBI_COUNCIL, 0, "unit"},
        {ROLE_ADMIN, 0, 0, 0, NULL},
        {ROLE_PUBLIC, NOWSHERA, NOWSHERA, DESK_OFFICE, "role"},
        {ROLE_SYSTEM, NOWSHERA, NOWSHERA, DESK_OFFICE, "role"},
        {ROLE_NOBODY, NOWSHERA, NOWSHERA, DESK_OFFICE, "role"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct account_new n = desk_user(arena_printf(testing_now->arena, "place%zu", i));
        n.role = cases[i].role;
        n.home = cases[i].home;
        n.unit_id = cases[i].unit;
        n.office_id = cases[i].office;
        struct fail f = {0};
        const enum err_code code = written_by((struct actor){.role = ROLE_SYSTEM}, run_create, &n, &f);
        assert_int_equal(code, cases[i].field == NULL ? ERR_OK : ERR_INVALID);
        if (cases[i].field != NULL) {
            assert_string_equal(f.field, cases[i].field);
        }
    }
}

/* Nobody of the office complained of hears complaints, and nobody of the desk works on them. */
static void a_role_fits_its_kind_of_office(void **state)
{
    (void)state;
    static const struct {
        enum role role;
        int64_t fitting;
    } roles[] = {{ROLE_DESK, DESK_OFFICE},
                 {ROLE_OFFICER, TMA_OFFICE},
                 {ROLE_SUPERVISOR, DC_OFFICE},
                 {ROLE_ADC, DC_OFFICE},
                 {ROLE_ADMIN, 0}};
    static const int64_t offices[] = {DESK_OFFICE, TMA_OFFICE, DC_OFFICE};
    static const int64_t units[] = {NOWSHERA, NOWSHERA_TEHSIL, NOWSHERA};
    for (size_t i = 0; i < 5; i++) {
        for (size_t k = 0; k < 3; k++) {
            struct account_new n = desk_user(arena_printf(testing_now->arena, "fits%zu%zu", i, k));
            n.role = roles[i].role;
            n.office_id = offices[k];
            n.unit_id = units[k];
            struct fail f = {0};
            /* A complaint about an office's staff is looked into at the DC's. */
            const bool fits =
                offices[k] == roles[i].fitting || (roles[i].role == ROLE_OFFICER && offices[k] == DC_OFFICE);
            const enum err_code code = written_by((struct actor){.role = ROLE_SYSTEM}, run_create, &n, &f);
            assert_int_equal(code, fits ? ERR_OK : ERR_INVALID);
            if (!fits) {
                assert_string_equal(f.field, "office");
                assert_int_equal(f.message, MSG_ACCOUNT_OFFICE_KIND);
            }
        }
    }
    struct account_new n = desk_user(S("elsewhere"));
    n.office_id = HARIPUR_DESK;
    assert_int_equal(written(run_create, &n), ERR_INVALID);
}

/* Over all provinces only whoever has the plans of the whole programme. */
static void over_the_country_only_a_manager(void **state)
{
    (void)state;
    static const struct {
        enum role role;
        enum err_code code;
    } cases[] = {{ROLE_MANAGER, ERR_OK},
                 {ROLE_MONITOR, ERR_INVALID},
                 {ROLE_ADC, ERR_INVALID},
                 {ROLE_SUPERVISOR, ERR_INVALID},
                 {ROLE_OFFICER, ERR_INVALID}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct account_new n = desk_user(S("over.all"));
        n.role = cases[i].role;
        n.home = 0;
        n.office_id = 0;
        n.unit_id = 1;
        assert_int_equal(written(run_create, &n), cases[i].code);
    }
}

static void codes_become_places(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *office;
        int64_t home, office_id, unit_id;
        const char *field;
    } cases[] = {
        {"PK526", "PK526-WFD", NOWSHERA, DESK_OFFICE, NOWSHERA, NULL},
        {"PK526", "PK52601-TMA", NOWSHERA, TMA_OFFICE, NOWSHERA_TEHSIL,
         NULL}, /* she sees the tehsil of her office */
        {"PK526", "", NOWSHERA, 0, NOWSHERA, NULL},
        {"", "", 0, 0, 0, NULL},
        {"PK526", "PK511-WFD", 0, 0, 0, "office"}, /* of another district */
        {"PK526", "NONE", 0, 0, 0, "office"},
        {"PK52602", "PK52601-TMA", 0, 0, 0, "office"}, /* of another tehsil */
        {"PK5", "PK52601-TMA", NOWSHERA, TMA_OFFICE, NOWSHERA_TEHSIL, NULL},
        {"PK52601", "", NOWSHERA, 0, NOWSHERA_TEHSIL, NULL},
        {"PK5", "", 0, 0, PROVINCE, NULL},
        {"PK", "", 0, 0, 1, NULL},          /* who may work there is asked of the role */
        {"PK5260201", "", 0, 0, 0, "unit"}, /* nobody works at a council */
        {"PK999", "", 0, 0, 0, "unit"},
        {"", "PK526-WFD", NOWSHERA, DESK_OFFICE, NOWSHERA, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fail f = {0};
        struct ctx c = reader(&f);
        struct account_place at = {0};
        const err e = account_place_find(&c, str_of(cases[i].unit), str_of(cases[i].office), &at);
        assert_int_equal(e.code, cases[i].field == NULL ? ERR_OK : ERR_INVALID);
        assert_int_equal(at.home, cases[i].home);
        assert_int_equal(at.office_id, cases[i].office_id);
        assert_int_equal(at.unit_id, cases[i].unit_id);
        if (cases[i].field != NULL) {
            assert_string_equal(f.field, cases[i].field);
        }
    }
    struct fail f = {0};
    struct ctx c = reader(&f);
    enum role r;
    assert_int_equal(account_role_find(&c, S("adc"), &r).code, ERR_OK);
    assert_int_equal(r, ROLE_ADC);
    assert_int_equal(account_role_find(&c, S("system"), &r).code, ERR_INVALID);
    assert_int_equal(account_role_find(&c, S("public"), &r).code, ERR_INVALID);
}

static void a_login_is_taken_once(void **state)
{
    (void)state;
    create(S("once"));
    struct account_new n = desk_user(S("once"));
    struct fail f = {0};
    assert_int_equal(written_by((struct actor){.role = ROLE_SYSTEM}, run_create, &n, &f), ERR_CONFLICT);
    assert_int_equal(f.message, MSG_ACCOUNT_LOGIN_TAKEN);
    assert_int_equal(audited("account.created"), 1);
    str login = S("once");
    assert_int_equal(written(run_disable, &login), ERR_OK);
    assert_int_equal(written(run_create, &n), ERR_CONFLICT); /* a login is never given to somebody else */
}

/* ---- passwords ---- */

static void passwords_are_argon2id(void **state)
{
    (void)state;
    assert_true(str_starts(password_hashed, S("$argon2id$v=19$m=19456,t=3,p=1$")));
    create(S("hashed"));
    assert_true(database_holds(password_hashed));
    assert_false(database_holds(right_password()));
    static const struct {
        const char *password;
        enum err_code want;
    } cases[] = {{"123456789", ERR_INVALID},
                 {"ten letter", ERR_OK},
                 {"", ERR_INVALID},
                 {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", ERR_INVALID},
                 {"\u0634\u06a9\u0627\u06cc\u062a\u0634\u06a9\u0627\u06cc",
                  ERR_INVALID}}; /* nine letters of two bytes each */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fail f = {0};
        struct ctx c = reader(&f);
        str encoded;
        assert_int_equal(password_hash(&c, str_of(cases[i].password), &encoded).code, cases[i].want);
    }
}

static void what_many_people_have_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *password;
        bool refused;
    } cases[] = {{"1234567890", true},
                 {"qwertyuiop", true},
                 {"basketball", true},
                 {"Password1234", true},
                 {"sunshine2026", true},
                 {"2026-Sunshine!", true},
                 {"Nowshera2026", true},
                 {"Desk.Nowshera", true},
                 {"sunwai-20261122", true},
                 {"pakistan pakistan", true},
                 {"battery staple", false},
                 {"quiet river stone", false},
                 {"7305186492", false},
                 {"sunwai hears us", false},
                 {"desk 9182736450", false},
                 {"sunshine over kabul", false},
                 {"\u062f\u0631\u06cc\u0627 \u06a9\u0627 \u067e\u0627\u0646\u06cc", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fail f = {0};
        struct ctx c = reader(&f);
        str encoded;
        const err e = password_hash(&c, str_of(cases[i].password), &encoded);
        assert_int_equal(e.code, cases[i].refused ? ERR_INVALID : ERR_OK);
        assert_int_equal(f.message, cases[i].refused ? MSG_ACCOUNT_PASSWORD_FREQUENT : 0);
    }
}

static void made_passwords_can_be_read_aloud(void **state)
{
    (void)state;
    char seen[50][PASSWORD_MADE_LEN];
    for (size_t i = 0; i < 50; i++) {
        password_make(seen[i]);
        for (size_t k = 0; k < PASSWORD_MADE_LEN; k++) {
            const char ch = seen[i][k];
            if (k % 5 == 4) {
                assert_int_equal(ch, '-');
            } else {
                assert_non_null(memchr("abcdefghjkmnpqrstuvwxyz23456789", ch, 31));
            }
        }
        for (size_t k = 0; k < i; k++) {
            assert_memory_not_equal(seen[i], seen[k], PASSWORD_MADE_LEN);
        }
    }
}

/* ---- signing in ---- */

static void right_password_opens_a_session(void **state)
{
    (void)state;
    create(S("amna"));
    struct signing s;
    assert_int_equal(sign_in(S(" Amna "), right_password(), &s), SIGN_IN_OK); /* as a telephone types it */
    const str token = {s.token, TOKEN_TEXT_LEN};
    struct fail f = {0};
    struct ctx c = reader(&f);
    struct who who;
    assert_int_equal(account_resolve(&c, token, STR_NONE, &who).code, ERR_OK);
    assert_int_equal(who.actor.role, ROLE_DESK);
    assert_int_equal(who.actor.home, NOWSHERA);
    assert_int_equal(who.actor.office_id, DESK_OFFICE);
    assert_int_equal(who.actor.unit_id, NOWSHERA);
    assert_true(who.actor.user_id > 0);
    assert_true(str_eq(who.login, S("amna")));
    assert_true(str_eq(who.name, S("Desk officer")));
    assert_true(str_eq(who.office, S("The desk")));
    assert_memory_equal(who.secret, s.checked.secret, SESSION_SECRET_LEN);
    assert_false(who.by_token);
    assert_false(database_holds(token)); /* a stolen copy of the database opens no session */
    assert_int_equal(audited("account.signed_in"), 1);
}

static void two_sessions_differ(void **state)
{
    (void)state;
    create(S("twice"));
    struct signing a;
    struct signing b;
    assert_int_equal(sign_in(S("twice"), right_password(), &a), SIGN_IN_OK);
    assert_int_equal(sign_in(S("twice"), right_password(), &b), SIGN_IN_OK);
    assert_memory_not_equal(a.token, b.token, TOKEN_TEXT_LEN);
    assert_memory_not_equal(a.checked.secret, b.checked.secret, SESSION_SECRET_LEN);
    assert_true(session_lives(&a) && session_lives(&b));
}

static void wrong_and_unknown_look_alike(void **state)
{
    (void)state;
    create(S("known"));
    struct signing s;
    assert_int_equal(sign_in(S("known"), S("wrong horse"), &s), SIGN_IN_WRONG);
    assert_false(session_lives(&s));
    assert_int_equal(sign_in(S("unheard-of"), right_password(), &s), SIGN_IN_WRONG);
    assert_false(session_lives(&s));
    assert_int_equal(sign_in(S("known"), S(""), &s), SIGN_IN_WRONG);
    assert_int_equal(sign_in(S(""), S(""), &s), SIGN_IN_WRONG);
    assert_int_equal(audited("account.sign_in_wrong"), 4);
    assert_false(database_holds(S("unheard-of"))); /* people type passwords there */
}

static int64_t cpu_ns(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now), 0);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t fastest_check(str login)
{
    int64_t best = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        struct signing s;
        const int64_t from = cpu_ns();
        check_only(login, S("wrong horse"), &s);
        const int64_t took = cpu_ns() - from;
        best = took < best ? took : best;
    }
    return best;
}

static void unknown_logins_take_as_long(void **state)
{
    (void)state;
    create(S("timed"));
    const int64_t known = fastest_check(S("timed"));
    const int64_t unknown = fastest_check(S("not-there"));
    assert_true(unknown * 2 > known);
    assert_true(known * 2 > unknown);
}

/* ---- the bound ---- */

static void ten_wrong_tries_and_no_more(void **state)
{
    (void)state;
    create(S("guessed"));
    create(S("bystander"));
    struct signing early;
    check_only(S("guessed"), right_password(), &early);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(try_sign_in(S("guessed"), S("wrong horse")), SIGN_IN_WRONG);
    }
    assert_int_equal(try_sign_in(S("guessed"), right_password()), SIGN_IN_WAIT);
    assert_int_equal(try_sign_in(S("GUESSED"), right_password()), SIGN_IN_WAIT);
    /* Checked before the bound was reached, written after it: many guesses at once gain nothing. */
    assert_int_equal(written(run_sign_in, &early), ERR_OK);
    assert_int_equal(early.verdict, SIGN_IN_WAIT);
    assert_false(session_lives(&early));
    assert_int_equal(try_sign_in(S("bystander"), right_password()), SIGN_IN_OK);
    /* Refusals are no tries, and fill no disk. */
    assert_int_equal(count_of("select tries_n from wrong_try where try_key_text = '*'"), 10);
    assert_int_equal(audited("account.sign_in_wrong"), 10);
    assert_int_equal(audited("account.sign_in_refused"), 1);
}

static void unknown_logins_are_bounded_too(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(try_sign_in(S("ghost"), S("wrong horse")), SIGN_IN_WRONG);
    }
    assert_int_equal(try_sign_in(S("ghost"), S("wrong horse")), SIGN_IN_WAIT);
}

static void the_bound_lasts_an_hour(void **state)
{
    (void)state;
    create(S("patient"));
    clock_fix(NOON + 30 * MINUTE_MS);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(try_sign_in(S("patient"), S("wrong horse")), SIGN_IN_WRONG);
    }
    clock_fix(NOON + HOUR_MS); /* the full hour is no new beginning */
    assert_int_equal(try_sign_in(S("patient"), right_password()), SIGN_IN_WAIT);
    clock_fix(NOON + HOUR_MS + 30 * MINUTE_MS);
    assert_int_equal(try_sign_in(S("patient"), right_password()), SIGN_IN_OK);
}

struct many {
    int n;
    str key;  /* none: another one each time */
    str from; /* none: from somewhere else each time */
    enum tries_kind kind;
};

static err run_many_tries(struct ctx *c, void *arg)
{
    const struct many *m = arg;
    for (int i = 0; i < m->n; i++) {
        const struct arena_mark mark = arena_mark(c->arena);
        c->client = m->from.p != NULL ? m->from : arena_printf(c->arena, "192.0.%d.%d", i / 250, i % 250);
        TRY(tries_note(c, m->kind, m->key.p != NULL ? m->key : arena_printf(c->arena, "guess%d", i)));
        arena_reset(c->arena, mark);
    }
    return OK;
}

static void many_tries(int n, str key, str from)
{
    struct many m = {n, key, from, TRIES_LOGIN};
    assert_int_equal(written(run_many_tries, &m), ERR_OK);
}

/* Whether somebody at that address may try this name or number. */
static bool may_try(enum tries_kind kind, str key, const char *from)
{
    struct fail f = {0};
    struct ctx c = reader(&f);
    c.client = str_of(from);
    const err e = tries_allowed(&c, kind, key);
    assert_true(e.code == ERR_OK || e.code == ERR_LIMIT);
    return e.code == ERR_OK;
}

/* A stranger who guesses shuts himself out, not the person whose name he guesses at. */
static void a_stranger_shuts_nobody_out(void **state)
{
    (void)state;
    create(S("wanted"));
    many_tries(10, S("wanted"), S("192.0.2.7"));
    assert_false(may_try(TRIES_LOGIN, S("wanted"), "192.0.2.7"));
    assert_true(may_try(TRIES_LOGIN, S("wanted"), "192.0.2.8"));
    assert_true(may_try(TRIES_LOGIN, S("another"), "192.0.2.7"));
    assert_true(may_try(TRIES_PIN, S("wanted"), "192.0.2.7"));
    testing_client = S("192.0.2.7");
    assert_int_equal(try_sign_in(S("wanted"), right_password()), SIGN_IN_WAIT);
    testing_client = S("192.0.2.8");
    assert_int_equal(try_sign_in(S("wanted"), right_password()), SIGN_IN_OK);
}

static void a_whole_network_of_ipv6_is_one_stranger(void **state)
{
    (void)state;
    many_tries(9, S("wanted"), S("2001:db8:1:2::1"));
    many_tries(1, S("wanted"), S("2001:db8:1:2:ffff::9"));
    assert_false(may_try(TRIES_LOGIN, S("wanted"), "2001:db8:1:2:3:4:5:6"));
    assert_true(may_try(TRIES_LOGIN, S("wanted"), "2001:db8:1:3::1"));
}

/* From everywhere a login has a hundred a day, a PIN forty. */
static void one_name_is_bounded_from_everywhere_for_a_day(void **state)
{
    (void)state;
    create(S("wanted"));
    many_tries(99, S("wanted"), STR_NONE);
    assert_true(may_try(TRIES_LOGIN, S("wanted"), "198.51.100.1"));
    many_tries(1, S("wanted"), S("203.0.113.1"));
    assert_false(may_try(TRIES_LOGIN, S("wanted"), "198.51.100.1"));
    assert_true(may_try(TRIES_LOGIN, S("another"), "198.51.100.1"));
    struct many pins = {39, S("4128063357"), STR_NONE, TRIES_PIN};
    assert_int_equal(written(run_many_tries, &pins), ERR_OK);
    assert_true(may_try(TRIES_PIN, S("4128063357"), "198.51.100.1"));
    pins.n = 1;
    assert_int_equal(written(run_many_tries, &pins), ERR_OK);
    assert_false(may_try(TRIES_PIN, S("4128063357"), "198.51.100.1"));
    clock_fix(NOON + 24 * HOUR_MS - MINUTE_MS);
    int64_t removed;
    assert_int_equal(written(run_expire, &removed), ERR_OK);
    assert_false(may_try(TRIES_LOGIN, S("wanted"), "198.51.100.1"));
    assert_false(may_try(TRIES_PIN, S("4128063357"), "198.51.100.1"));
    clock_fix(NOON + 25 * HOUR_MS);
    assert_true(may_try(TRIES_LOGIN, S("wanted"), "198.51.100.1"));
    assert_true(may_try(TRIES_PIN, S("4128063357"), "198.51.100.1"));
    assert_int_equal(written(run_expire, &removed), ERR_OK);
    assert_true(removed > 0);
    assert_int_equal(count_of("select count(*) from wrong_try"), 0);
}

/* Whoever tries many names from one address. PINs hold no sign-in up, and nobody who shares the address and
 * types her own PIN. */
static void one_address_is_bounded_for_an_hour(void **state)
{
    (void)state;
    create(S("neighbour"));
    clock_fix(NOON + 30 * MINUTE_MS);
    many_tries(199, STR_NONE, S("192.0.2.7"));
    struct many pins = {200, STR_NONE, S("192.0.2.7"), TRIES_PIN};
    assert_int_equal(written(run_many_tries, &pins), ERR_OK);
    struct many tried = {3, S("7209134589"), STR_NONE, TRIES_PIN};
    assert_int_equal(written(run_many_tries, &tried), ERR_OK);
    assert_true(may_try(TRIES_PIN, S("4128063357"), "192.0.2.7"));
    assert_false(may_try(TRIES_PIN, S("7209134589"), "192.0.2.7"));
    assert_true(may_try(TRIES_PIN, S("7209134589"), "192.0.2.8"));
    assert_true(may_try(TRIES_LOGIN, S("neighbour"), "192.0.2.7"));
    many_tries(1, STR_NONE, S("192.0.2.7"));
    assert_false(may_try(TRIES_LOGIN, S("neighbour"), "192.0.2.7"));
    assert_true(may_try(TRIES_LOGIN, S("neighbour"), "192.0.2.8"));
    /* A new password does not end it: it is not for her name. */
    str pair[2] = {S("neighbour"), password_hashed};
    assert_int_equal(written(run_code, pair), ERR_OK);
    assert_false(may_try(TRIES_LOGIN, S("neighbour"), "192.0.2.7"));
    clock_fix(NOON + 90 * MINUTE_MS + 1);
    assert_true(may_try(TRIES_LOGIN, S("neighbour"), "192.0.2.7"));
}

/* What the log said during a run of tries. */
static int said_many(int n)
{
    int ends[2];
    char text[8192];
    assert_int_equal(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
    log_to(ends[1]);
    many_tries(n, STR_NONE, STR_NONE);
    log_to(-1);
    close(ends[1]);
    const ssize_t got = read(ends[0], text, sizeof text);
    close(ends[0]);
    int lines = 0;
    for (str rest = {text, got > 0 ? (size_t)got : 0}; rest.n > 0;) {
        const str line = str_cut(&rest, '\n');
        lines +=
            memmem(line.p, line.n, "tries.many", 10) != NULL && memmem(line.p, line.n, "warn", 4) != NULL;
    }
    return lines;
}

/* Nobody is refused for what all others do together; the log says it once in that hour. */
static void many_strangers_are_told_of_and_shut_nobody_out(void **state)
{
    (void)state;
    assert_int_equal(said_many(7), 0);
    run_script("update wrong_try set tries_n = 4990 where tries_n = 7;"); /* to write each takes long */
    assert_int_equal(said_many(10), 0);
    assert_int_equal(said_many(1), 1);
    assert_int_equal(said_many(10), 0);
    run_script("update wrong_try set tries_n = 1000000 where tries_n = 5011;");
    assert_int_equal(said_many(10), 0);
    assert_true(may_try(TRIES_LOGIN, S("one-of-many"), "198.51.100.1"));
    assert_true(may_try(TRIES_PIN, S("4128063357"), "198.51.100.1"));
    clock_fix(NOON + HOUR_MS);
    assert_int_equal(said_many(7), 0);
    run_script("update wrong_try set tries_n = 5000 where tries_n = 7;");
    assert_int_equal(said_many(2), 1);
}

static void a_new_password_ends_the_wait(void **state)
{
    (void)state;
    create(S("helped"));
    struct signing before;
    assert_int_equal(sign_in(S("helped"), right_password(), &before), SIGN_IN_OK);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(try_sign_in(S("helped"), S("wrong horse")), SIGN_IN_WRONG);
    }
    struct fail f = {0};
    struct ctx c = reader(&f);
    str pair[2] = {S("helped"), STR_NONE};
    assert_int_equal(code_hash(&c, S("battery staple"), &pair[1]).code, ERR_OK);
    assert_int_equal(written(run_code, pair), ERR_OK);
    assert_false(session_lives(&before));
    assert_int_equal(try_sign_in(S("helped"), right_password()), SIGN_IN_WRONG);
    assert_int_equal(try_sign_in(S("helped"), S("battery staple")), SIGN_IN_CHANGE);
    pair[0] = S("nobody-here");
    assert_int_equal(written(run_code, pair), ERR_NOT_FOUND);
}

/* ---- a password of one's own ---- */

struct new_token {
    str login;
    char text[TOKEN_TEXT_LEN];
    uint8_t hash[TOKEN_HASH_LEN];
};

static err run_token(struct ctx *c, void *arg)
{
    const struct new_token *n = arg;
    return account_token_create(c, n->login, n->hash);
}

static str hashed(const char *password)
{
    struct fail f = {0};
    struct ctx c = reader(&f);
    str encoded;
    assert_int_equal(password_hash(&c, str_of(password), &encoded).code, ERR_OK);
    return encoded;
}

struct changing {
    struct password_change change;
    enum sign_in_verdict verdict;
    uint8_t mark[PASSWORD_MARK_LEN];
};

static err run_change(struct ctx *c, void *arg)
{
    struct changing *h = arg;
    return password_change(c, &h->change, &h->verdict);
}

static struct actor actor_of(const struct signing *s)
{
    return (struct actor){.role = ROLE_DESK, .home = NOWSHERA, .user_id = s->checked.account_id};
}

static void change_checked(const struct signing *s, str old, struct changing *out)
{
    struct fail f = {0};
    struct ctx c = reader(&f);
    c.actor = actor_of(s);
    assert_int_equal(password_check(&c, old, &out->change.checked, out->mark).code, ERR_OK);
    out->change.mark = out->mark;
    out->change.secret = s->checked.secret;
}

static enum sign_in_verdict change(const struct signing *s, str old, str encoded)
{
    struct changing h = {.change = {.encoded = encoded}};
    change_checked(s, old, &h);
    assert_int_equal(written_as(actor_of(s), run_change, &h), ERR_OK);
    return h.verdict;
}

static void she_changes_her_password_and_stays(void **state)
{
    (void)state;
    create(S("owner"));
    create(S("bystander"));
    struct signing here;
    struct signing elsewhere;
    struct signing other;
    struct new_token n = {.login = S("owner")};
    assert_int_equal(sign_in(S("owner"), right_password(), &here), SIGN_IN_OK);
    assert_int_equal(sign_in(S("owner"), right_password(), &elsewhere), SIGN_IN_OK);
    assert_int_equal(sign_in(S("bystander"), right_password(), &other), SIGN_IN_OK);
    account_token_make(n.text, n.hash);
    assert_int_equal(written(run_token, &n), ERR_OK);
    assert_int_equal(change(&here, right_password(), hashed("battery staple")), SIGN_IN_OK);
    assert_true(session_lives(&here));
    assert_false(session_lives(&elsewhere));
    assert_true(session_lives(&other));
    assert_int_equal(try_sign_in(S("owner"), right_password()), SIGN_IN_WRONG);
    assert_int_equal(try_sign_in(S("owner"), S("battery staple")), SIGN_IN_OK);
    assert_int_equal(try_sign_in(S("bystander"), right_password()), SIGN_IN_OK);
    struct fail f = {0};
    struct ctx c = reader(&f);
    struct account a;
    assert_int_equal(account_of_token(&c, (str){n.text, TOKEN_TEXT_LEN}, &a).code, ERR_OK);
    assert_int_equal(audited("account.password_changed"), 1);
}

static void a_wrong_old_password_counts_as_a_try(void **state)
{
    (void)state;
    create(S("lent"));
    struct signing s;
    assert_int_equal(sign_in(S("lent"), right_password(), &s), SIGN_IN_OK);
    struct changing early = {.change = {.encoded = hashed("battery staple")}};
    change_checked(&s, right_password(), &early);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(change(&s, S("wrong horse"), early.change.encoded), SIGN_IN_WRONG);
        assert_int_equal(try_sign_in(S("lent"), S("wrong horse")), SIGN_IN_WRONG);
    }
    assert_int_equal(audited("account.sign_in_wrong"), 10);
    assert_int_equal(change(&s, right_password(), early.change.encoded), SIGN_IN_WAIT);
    assert_int_equal(written_as(actor_of(&s), run_change, &early), ERR_OK);
    assert_int_equal(early.verdict, SIGN_IN_WAIT);
    assert_int_equal(audited("account.password_changed"), 0);
    assert_true(session_lives(&s));
    clock_fix(NOON + 2 * HOUR_MS);
    assert_int_equal(try_sign_in(S("lent"), right_password()), SIGN_IN_OK);
}

/* What was found out is about the password of that moment. */
static void a_change_between_check_and_write_is_seen(void **state)
{
    (void)state;
    create(S("raced"));
    struct signing s;
    struct signing signing;
    assert_int_equal(sign_in(S("raced"), right_password(), &s), SIGN_IN_OK);
    struct changing late = {.change = {.encoded = hashed("battery staple")}};
    change_checked(&s, right_password(), &late);
    check_only(S("raced"), right_password(), &signing);
    assert_int_equal(change(&s, right_password(), hashed("quiet river stone")), SIGN_IN_OK);
    assert_int_equal(written_as(actor_of(&s), run_change, &late), ERR_OK);
    assert_int_equal(late.verdict, SIGN_IN_WRONG);
    assert_int_equal(written(run_sign_in, &signing), ERR_OK);
    assert_int_equal(signing.verdict, SIGN_IN_WRONG);
    assert_int_equal(try_sign_in(S("raced"), S("quiet river stone")), SIGN_IN_OK);
}

static void new_passwords_are_looked_at_first(void **state)
{
    (void)state;
    static const struct {
        const char *old, *password, *again, *field;
        int message;
    } cases[] = {{"old one here", "new one here", "new one here", NULL, 0},
                 {"old one here", "new one here", "new one hare", "again", MSG_ACCOUNT_PASSWORD_AGAIN_WRONG},
                 {"old one here", "new one here", "", "again", MSG_ACCOUNT_PASSWORD_AGAIN_WRONG},
                 {"old one here", "old one here", "old one here", "password", MSG_ACCOUNT_PASSWORD_SAME}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fail f = {0};
        struct ctx c = reader(&f);
        const err e =
            password_new_check(&c, str_of(cases[i].old), str_of(cases[i].password), str_of(cases[i].again));
        assert_int_equal(e.code, cases[i].field == NULL ? ERR_OK : ERR_INVALID);
        assert_int_equal(f.message, cases[i].message);
        if (cases[i].field != NULL) {
            assert_string_equal(f.field, cases[i].field);
        }
    }
}

/* ---- a password that somebody else chose ---- */

struct first {
    struct signing s;
    str encoded;
};

static err run_first(struct ctx *c, void *arg)
{
    struct first *h = arg;
    return first_password_write(c, &h->s.checked, h->encoded, &h->s.verdict);
}

static enum err_code first_checked(str login, const uint8_t *mark, const char *password, struct first *out)
{
    struct fail f = {0};
    struct ctx c = reader(&f);
    out->encoded = hashed(password);
    return first_password_check(&c, login, mark, str_of(password), &out->s.checked, out->s.token).code;
}

static str hashed_code(const char *code)
{
    struct fail f = {0};
    struct ctx c = reader(&f);
    str encoded;
    assert_int_equal(code_hash(&c, str_of(code), &encoded).code, ERR_OK);
    return encoded;
}

static void create_given(str login)
{
    struct account_new n = desk_user(login);
    n.one_time = true;
    n.password_hash = hashed_code("correct horse");
    assert_int_equal(written(run_create, &n), ERR_OK);
}

static void a_given_password_opens_nothing_but_its_change(void **state)
{
    (void)state;
    create_given(S("newcomer"));
    struct signing s;
    assert_int_equal(sign_in(S("newcomer"), S("wrong horse"), &s), SIGN_IN_WRONG);
    assert_int_equal(sign_in(S("newcomer"), right_password(), &s), SIGN_IN_CHANGE);
    assert_false(session_lives(&s));
    assert_int_equal(count_of("select count(*) from session"), 0);
    struct first h = {0};
    assert_int_equal(first_checked(S("newcomer"), s.checked.mark, "correct horse", &h),
                     ERR_INVALID); /* the same */
    assert_int_equal(first_checked(S("newcomer"), s.checked.mark, "battery staple", &h), ERR_OK);
    assert_int_equal(written(run_first, &h), ERR_OK);
    assert_int_equal(h.s.verdict, SIGN_IN_OK);
    assert_true(session_lives(&h.s));
    assert_int_equal(audited("account.code_used"), 1);
    assert_int_equal(try_sign_in(S("newcomer"), right_password()), SIGN_IN_WRONG);
    assert_int_equal(try_sign_in(S("newcomer"), S("battery staple")),
                     SIGN_IN_OK); /* and is not asked again */
    /* The same mark does not serve twice, and counts as no try. */
    const int64_t tries = audited("account.sign_in_wrong");
    assert_int_equal(first_checked(S("newcomer"), s.checked.mark, "quiet river stone", &h), ERR_OK);
    assert_int_equal(written(run_first, &h), ERR_OK);
    assert_int_equal(h.s.verdict, SIGN_IN_WRONG);
    assert_int_equal(count_of("select count(*) from session"), 2); /* the two before */
    assert_int_equal(audited("account.sign_in_wrong"), tries);
}

static void who_was_not_asked_sets_no_first_password(void **state)
{
    (void)state;
    create(S("settled"));
    create_given(S("leaving"));
    struct signing s;
    struct first h = {0};
    check_only(S("settled"), right_password(),
               &s); /* the mark of her own password is right, but it is hers */
    assert_int_equal(first_checked(S("settled"), s.checked.mark, "battery staple", &h), ERR_OK);
    assert_int_equal(written(run_first, &h), ERR_OK);
    assert_int_equal(h.s.verdict, SIGN_IN_WRONG);
    const uint8_t nothing[PASSWORD_MARK_LEN] = {0};
    assert_int_equal(first_checked(S("leaving"), nothing, "battery staple", &h), ERR_OK);
    assert_int_equal(h.s.checked.verdict, SIGN_IN_WRONG);
    assert_int_equal(first_checked(S("nobody-here"), nothing, "battery staple", &h), ERR_OK);
    assert_int_equal(written(run_first, &h), ERR_OK);
    assert_int_equal(h.s.verdict, SIGN_IN_WRONG);
    assert_int_equal(sign_in(S("leaving"), right_password(), &s), SIGN_IN_CHANGE);
    assert_int_equal(first_checked(S("leaving"), s.checked.mark, "battery staple", &h), ERR_OK);
    str login = S("leaving");
    assert_int_equal(written(run_disable, &login), ERR_OK); /* meanwhile */
    assert_int_equal(written(run_first, &h), ERR_OK);
    assert_int_equal(h.s.verdict, SIGN_IN_WRONG);
    assert_int_equal(count_of("select count(*) from session"), 0);
}

static void a_code_is_typed_as_it_comes(void **state)
{
    (void)state;
    static const char *const typed[] = {"abcd-2345-wxyz", "ABCD-2345-WXYZ", "abcd2345wxyz",
                                        " abcd 2345 wxyz ",
                                        "abcd\xe2\x80\x93\xdb\xb2\xdb\xb3\xdb\xb4\xdb\xb5-wxyz"};
    struct account_new n = desk_user(S("typist"));
    n.one_time = true;
    n.password_hash = hashed_code("abcd-2345-wxyz");
    assert_int_equal(written(run_create, &n), ERR_OK);
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        assert_int_equal(try_sign_in(S("typist"), str_of(typed[i])), SIGN_IN_CHANGE);
    }
    assert_int_equal(try_sign_in(S("typist"), S("abcd-2345-wxy")), SIGN_IN_WRONG);
    assert_int_equal(try_sign_in(S("typist"), S("")), SIGN_IN_WRONG);
    assert_false(database_holds(S("abcd2345wxyz")));
    assert_false(database_holds(S("abcd-2345-wxyz")));
}

static void a_code_is_good_for_three_days(void **state)
{
    (void)state;
    create_given(S("slow"));
    struct signing s;
    clock_fix(NOON + 72 * HOUR_MS - 1);
    assert_int_equal(sign_in(S("slow"), right_password(), &s), SIGN_IN_CHANGE);
    struct first h = {0};
    assert_int_equal(first_checked(S("slow"), s.checked.mark, "battery staple", &h), ERR_OK);
    clock_fix(NOON + 72 * HOUR_MS);
    assert_int_equal(written(run_first, &h), ERR_OK);
    assert_int_equal(h.s.verdict, SIGN_IN_WRONG);
    assert_int_equal(sign_in(S("slow"), right_password(), &s), SIGN_IN_OVER);
    assert_int_equal(count_of("select count(*) from session"), 0);
    str pair[2] = {S("slow"), hashed_code("another code")};
    assert_int_equal(written(run_code, pair), ERR_OK);
    assert_int_equal(try_sign_in(S("slow"), right_password()), SIGN_IN_WRONG);
    assert_int_equal(try_sign_in(S("slow"), S("another code")), SIGN_IN_CHANGE);
}

static void where_a_code_is_asked_for_a_password_is_none(void **state)
{
    (void)state;
    create(S("settled"));
    struct signing s;
    check_only(S("settled"), right_password(), &s);
    s.checked.by_code = true;
    assert_int_equal(written(run_sign_in, &s), ERR_OK);
    assert_int_equal(s.verdict, SIGN_IN_WRONG);
    assert_int_equal(count_of("select count(*) from session"), 0);
    assert_int_equal(audited("account.sign_in_wrong"), 1);
}

/* ---- who looks after whose account ---- */

static err run_enable(struct ctx *c, void *arg)
{
    return account_enable(c, *(const str *)arg);
}

static err run_sign_out_all(struct ctx *c, void *arg)
{
    return account_sign_out_all(c, *(const str *)arg);
}

/* An Assistant Commissioner of Pabbi, and the administration above the districts. */
static const struct actor ac_pabbi = {.role = ROLE_ADC, .user_id = 900, .home = NOWSHERA, .unit_id = PABBI};
static const struct actor above = {.role = ROLE_ADC, .user_id = 901, .unit_id = PROVINCE};
static const struct actor supervisor_above = {.role = ROLE_SUPERVISOR, .user_id = 902, .unit_id = PROVINCE};
static const struct actor command = {.role = ROLE_SYSTEM};

static bool manages(const struct actor *by, const struct actor *whom)
{
    struct ctx c = reading_as(*by);
    const struct account a = {
        .id = whom->user_id, .role = whom->role, .home = whom->home, .unit_id = whom->unit_id};
    bool may;
    assert_int_equal(account_manages(&c, &a, &may).code, ERR_OK);
    return may;
}

static void whom_one_looks_after(void **state)
{
    (void)state;
    /* Rows look after columns: d desk, o officer of the TMA, p officer of Pabbi, s supervisor, a ADC, c AC of
     * Pabbi, m admin, D O S A the same of Haripur, + those above the districts (ADC, supervisor). */
    const struct actor people[] = {
        who(DESK),      who(OFFICER), who(PABBI_OFFICER), who(SUPERVISOR),    who(ADC),
        ac_pabbi,       who(ADMIN),   who(OTHER_DESK),    who(OTHER_OFFICER), who(OTHER_SUPERVISOR),
        who(OTHER_ADC), above,        supervisor_above};
    static const struct {
        int by;
        const char *whom;
    } rows[] = {
        {0, "............."},                                             /* a desk nobody's */
        {1, "............."}, {2, "............."}, {3, "xxx.........."}, /* not her own */
        {4, "xxxx.x......."},                                             /* the AC below her */
        {5, "..x.........."},                                             /* her tehsil's */
        {6, "xxxxxx.xxxxxx"}, {9, ".......xx...."}, {11, ".xxxxx..xxx.x"}, {12, ".xxx....xx..."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t k = 0; k < sizeof people / sizeof people[0]; k++) {
            if (manages(&people[rows[i].by], &people[k]) != (rows[i].whom[k] == 'x')) {
                fail_msg("row %d, column %zu", rows[i].by, k);
            }
        }
    }
    for (size_t k = 0; k < sizeof people / sizeof people[0]; k++) {
        assert_true(manages(&command, &people[k]));
    }
}

static void what_one_does_is_bounded_by_whom_one_looks_after(void **state)
{
    (void)state;
    const struct actor supervisor = who(SUPERVISOR);
    struct fail f = {0};
    static const char *const not_hers[] = {"adc.nowshera", "admin", "desk.haripur", "officer.haripur",
                                           "nobody"};
    for (size_t i = 0; i < sizeof not_hers / sizeof not_hers[0]; i++) {
        str login = str_of(not_hers[i]);
        str pair[2] = {login, password_hashed};
        assert_int_equal(written_by(supervisor, run_disable, &login, NULL), ERR_NOT_FOUND);
        assert_int_equal(written_by(supervisor, run_enable, &login, NULL), ERR_NOT_FOUND);
        assert_int_equal(written_by(supervisor, run_sign_out_all, &login, NULL), ERR_NOT_FOUND);
        assert_int_equal(written_by(supervisor, run_code, pair, NULL), ERR_NOT_FOUND);
    }
    str own[2] = {S("supervisor.nowshera"), password_hashed};
    assert_int_equal(written_by(supervisor, run_code, own, &f), ERR_CONFLICT);
    assert_int_equal(f.message, MSG_ACCOUNT_NOT_OWN);
    struct account_new n = desk_user(S("another.desk"));
    assert_int_equal(written_by(supervisor, run_create, &n, NULL), ERR_OK);
    n = desk_user(S("another.adc"));
    n.role = ROLE_ADC;
    n.office_id = DC_OFFICE;
    assert_int_equal(written_by(supervisor, run_create, &n, &f), ERR_INVALID);
    assert_int_equal(f.message, MSG_ACCOUNT_NOT_YOURS);
    n = desk_user(S("far.desk"));
    n.home = HARIPUR;
    n.unit_id = HARIPUR;
    n.office_id = HARIPUR_DESK;
    assert_int_equal(written_by(supervisor, run_create, &n, NULL), ERR_INVALID);
    assert_int_equal(written_by(who(DESK), run_create, &n, NULL), ERR_INVALID);
}

static void who_is_enabled_again_signs_in_anew(void **state)
{
    (void)state;
    create(S("back"));
    struct signing s;
    str login = S("back");
    assert_int_equal(sign_in(S("back"), right_password(), &s), SIGN_IN_OK);
    assert_int_equal(written(run_enable, &login), ERR_CONFLICT);
    assert_int_equal(written(run_disable, &login), ERR_OK);
    str pair[2] = {login, password_hashed};
    assert_int_equal(written(run_code, pair), ERR_NOT_FOUND);
    assert_int_equal(written(run_enable, &login), ERR_OK);
    assert_false(session_lives(&s));
    assert_int_equal(sign_in(S("back"), right_password(), &s), SIGN_IN_OK);
    assert_int_equal(written(run_sign_out_all, &login), ERR_OK);
    assert_false(session_lives(&s));
    assert_int_equal(try_sign_in(S("back"), right_password()), SIGN_IN_OK);
    assert_int_equal(audited("account.enabled"), 1);
    assert_int_equal(audited("account.signed_out_all"), 1);
}

static size_t listed(struct actor by, const char *after, const char *first)
{
    struct ctx c = reading_as(by);
    struct q_account_list_after *rows;
    size_t n;
    assert_int_equal(account_list(&c, str_of(after), 100, &rows, &n).code, ERR_OK);
    if (n > 0 && !str_eq(rows[0].login_code, str_of(first))) {
        fail_msg("first is %.*s", STR_F(rows[0].login_code));
    }
    for (size_t i = 1; i < n; i++) {
        assert_true(str_cmp(rows[i - 1].login_code, rows[i].login_code) < 0);
    }
    return n;
}

static void one_sees_the_people_of_ones_unit(void **state)
{
    (void)state;
    assert_int_equal(listed(who(ADMIN), "", "adc.haripur"), PEOPLE);
    assert_int_equal(listed(who(SUPERVISOR), "", "adc.nowshera"), 11);
    assert_int_equal(listed(who(SUPERVISOR), "officer.gone", "officer.nowshera"), 4);
    assert_int_equal(listed(ac_pabbi, "", "officer.pabbi"), 1);
    assert_int_equal(listed(who(OTHER_ADC), "", "adc.haripur"), 4);
    assert_int_equal(
        listed(above, "", "adc.haripur"),
        PEOPLE - 1); /* not whoever works over the whole country; testing puts the admin into a district */
}

/* ---- one's own sessions ---- */

static err run_end_session(struct ctx *c, void *arg)
{
    const struct signing *s = arg;
    return account_session_end(c, (str){(const char *)s->checked.token_hash, TOKEN_HASH_LEN});
}

static err run_end_others(struct ctx *c, void *arg)
{
    return account_session_end_others(c, ((const struct signing *)arg)->checked.secret);
}

static void sessions_are_seen_and_ended(void **state)
{
    (void)state;
    create(S("owner"));
    create(S("stranger"));
    struct signing s[3];
    struct signing strange;
    for (size_t i = 0; i < 3; i++) {
        clock_fix(NOON + (int64_t)i * MINUTE_MS);
        check_only(S("owner"), right_password(), &s[i]);
        s[i].checked.on_phone = i == 1;
        assert_int_equal(written(run_sign_in, &s[i]), ERR_OK);
    }
    assert_int_equal(sign_in(S("stranger"), right_password(), &strange), SIGN_IN_OK);
    const struct actor owner = {.role = ROLE_DESK, .user_id = s[0].checked.account_id, .home = NOWSHERA};
    struct ctx c = reading_as(owner);
    struct q_session_list *rows;
    size_t n;
    assert_int_equal(account_session_list(&c, &rows, &n).code, ERR_OK);
    assert_int_equal(n, 3);
    assert_true(str_eq(rows[0].device_code, S("computer")));
    assert_true(str_eq(rows[1].device_code, S("phone")));
    assert_int_equal(rows[0].used_ms, NOON + 2 * MINUTE_MS);
    assert_int_equal(written_by(owner, run_end_session, &strange, NULL), ERR_OK); /* not hers: nothing */
    assert_true(session_lives(&strange));
    assert_int_equal(written_by(owner, run_end_session, &s[1], NULL), ERR_OK);
    assert_false(session_lives(&s[1]));
    assert_int_equal(written_by(owner, run_end_others, &s[2], NULL), ERR_OK);
    assert_false(session_lives(&s[0]));
    assert_true(session_lives(&s[2]));
    assert_true(session_lives(&strange));
}

/* ---- the end of things ---- */

static int64_t last_used(void)
{
    return count_of("select max(used_ms) from session");
}

/* The note that it is used is a write that nobody waits for. */
static void wait_until_used(int64_t ms)
{
    const struct timespec pause = {.tv_nsec = 2 * 1000000};
    for (int i = 0; i < 2000 && last_used() != ms; i++) {
        (void)nanosleep(&pause, NULL);
    }
    assert_int_equal(last_used(), ms);
}

static void a_session_is_over_after_ten_hours(void **state)
{
    (void)state;
    create(S("tired"));
    struct signing s;
    assert_int_equal(sign_in(S("tired"), right_password(), &s), SIGN_IN_OK);
    for (int64_t at = 10 * MINUTE_MS; at < 10 * HOUR_MS; at += 10 * MINUTE_MS) { /* in use all the time */
        clock_fix(NOON + at);
        assert_true(session_lives(&s));
        wait_until_used(NOON + at);
    }
    clock_fix(NOON + 10 * HOUR_MS - 1);
    assert_true(session_lives(&s));
    int64_t removed = -1;
    assert_int_equal(written(run_expire, &removed), ERR_OK);
    assert_int_equal(removed, 0);
    clock_fix(NOON + 10 * HOUR_MS);
    assert_int_equal(written(run_expire, &removed), ERR_OK);
    assert_int_equal(removed, 1);
    assert_false(session_lives(&s));
    assert_int_equal(written(run_expire, &removed), ERR_OK);
    assert_int_equal(removed, 0);
}

static void a_session_that_was_over_does_not_live_again(void **state)
{
    (void)state;
    create(S("sleepy"));
    struct signing s;
    assert_int_equal(sign_in(S("sleepy"), right_password(), &s), SIGN_IN_OK);
    clock_fix(NOON + 20 * MINUTE_MS);
    assert_false(session_lives(&s));
    int64_t nothing = 0;
    assert_int_equal(written(run_expire, &nothing),
                     ERR_OK);      /* behind what the look has left to be written … */
    if (testing_address != NULL) { /* … unless another writer has that */
        (void)nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    }
    clock_fix(NOON);
    assert_false(session_lives(&s));
    clock_fix(NOON + 10 * HOUR_MS); /* a clock that is ahead */
    assert_int_equal(sign_in(S("sleepy"), right_password(), &s), SIGN_IN_OK);
    clock_fix(NOON);
    assert_false(session_lives(&s));
}

static void a_session_that_nobody_uses_is_over_after_a_quarter_of_an_hour(void **state)
{
    (void)state;
    create(S("idle"));
    struct signing s;
    assert_int_equal(sign_in(S("idle"), right_password(), &s), SIGN_IN_OK);
    clock_fix(NOON + MINUTE_MS); /* within the minute nothing is written */
    assert_true(session_lives(&s));
    clock_fix(NOON + MINUTE_MS + 1);
    assert_int_equal(last_used(), NOON);
    assert_true(session_lives(&s));
    wait_until_used(NOON + MINUTE_MS + 1);
    clock_fix(NOON + 16 * MINUTE_MS);
    assert_true(session_lives(&s));
    wait_until_used(NOON + 16 * MINUTE_MS);
    clock_fix(NOON + 31 * MINUTE_MS);
    assert_false(session_lives(&s));
    assert_int_equal(sign_in(S("idle"), right_password(), &s), SIGN_IN_OK);
    assert_true(session_lives(&s));
}

/* ---- whose telephone it is ---- */

struct contact {
    int64_t account_id;
    const char *kind;
    str normal;
};

static err run_contact(struct ctx *c, void *arg)
{
    const struct contact *k = arg;
    return account_contact_set(c, k->account_id, str_of(k->kind), k->normal);
}

static bool is_staff(const char *kind, str normal)
{
    struct fail f = {0};
    struct ctx c = reader(&f);
    bool is;
    assert_int_equal(account_contact_is_staff(&c, str_of(kind), normal, &is).code, ERR_OK);
    return is;
}

static void a_telephone_of_staff_is_known_and_stands_nowhere(void **state)
{
    (void)state;
    const str number = S("+923009998877");
    const str card = S("1720111122223");
    struct contact k = {who(OFFICER).user_id, "phone", number};
    assert_false(is_staff("phone", number));
    assert_int_equal(written(run_contact, &k), ERR_OK);
    k = (struct contact){who(OFFICER).user_id, "cnic", card};
    assert_int_equal(written(run_contact, &k), ERR_OK);
    assert_true(is_staff("phone", number));
    assert_true(is_staff("cnic", card));
    assert_false(is_staff("cnic", number));
    assert_false(is_staff("phone", S("+923009998878")));
    assert_false(database_holds(S("9998877")));
    assert_false(database_holds(S("11122223")));
    k = (struct contact){who(OFFICER).user_id, "phone", S("+923000000001")}; /* another one */
    assert_int_equal(written(run_contact, &k), ERR_OK);
    assert_false(is_staff("phone", number));
    k.normal = S("");
    assert_int_equal(written(run_contact, &k), ERR_OK);
    assert_false(is_staff("phone", S("+923000000001")));
    k = (struct contact){who(GONE_OFFICER).user_id, "phone", number}; /* works here no more */
    assert_int_equal(written(run_contact, &k), ERR_OK);
    assert_false(is_staff("phone", number));
}

static void an_office_lists_its_officers(void **state)
{
    (void)state;
    struct fail f = {0};
    struct ctx c = reader(&f);
    struct q_account_of_office *rows;
    size_t n;
    assert_int_equal(account_office_list(&c, TMA_OFFICE, &rows, &n).code, ERR_OK);
    assert_int_equal(n, 2); /* neither the one who left, nor a desk officer who sits there */
    assert_true(str_eq(rows[0].login_code, S("officer.nowshera")));
    assert_true(str_eq(rows[1].login_code, S("officer2.nowshera")));
}

static err run_sign_out(struct ctx *c, void *arg)
{
    const struct signing *s = arg;
    return sign_out(c, s->checked.account_id, s->checked.secret);
}

static void signing_out_ends_this_session_only(void **state)
{
    (void)state;
    create(S("leaver"));
    struct signing a;
    struct signing b;
    assert_int_equal(sign_in(S("leaver"), right_password(), &a), SIGN_IN_OK);
    assert_int_equal(sign_in(S("leaver"), right_password(), &b), SIGN_IN_OK);
    assert_int_equal(written(run_sign_out, &a), ERR_OK);
    assert_false(session_lives(&a));
    assert_true(session_lives(&b));
    assert_int_equal(written(run_sign_out, &a), ERR_OK);
    assert_int_equal(audited("account.signed_out"), 2);
}

static void tokens_open_the_api(void **state)
{
    (void)state;
    create(S("program"));
    struct new_token n = {.login = S("program")};
    account_token_make(n.text, n.hash);
    assert_int_equal(written(run_token, &n), ERR_OK);
    const str token = {n.text, TOKEN_TEXT_LEN};
    struct fail f = {0};
    struct ctx c = reader(&f);
    struct who who;
    assert_int_equal(account_resolve(&c, STR_NONE, token, &who).code, ERR_OK);
    assert_true(who.by_token);
    assert_int_equal(who.actor.role, ROLE_DESK);
    assert_int_equal(account_resolve(&c, token, STR_NONE, &who).code, ERR_NOT_FOUND); /* it is no session */
    assert_false(database_holds(token));
    n.text[5] = n.text[5] == 'A' ? 'B' : 'A';
    assert_int_equal(account_resolve(&c, STR_NONE, token, &who).code, ERR_NOT_FOUND);
    assert_int_equal(account_resolve(&c, STR_NONE, S("short"), &who).code, ERR_NOT_FOUND);
    n.login = S("no-such-program");
    assert_int_equal(written(run_token, &n), ERR_NOT_FOUND);
}

static void a_new_password_revokes_tokens(void **state)
{
    (void)state;
    create(S("robbed"));
    create(S("bystander"));
    struct new_token own = {.login = S("robbed")};
    struct new_token other = {.login = S("bystander")};
    account_token_make(own.text, own.hash);
    account_token_make(other.text, other.hash);
    assert_int_equal(written(run_token, &own), ERR_OK);
    assert_int_equal(written(run_token, &other), ERR_OK);
    str pair[2] = {S("robbed"), password_hashed};
    assert_int_equal(written(run_code, pair), ERR_OK);
    struct fail f = {0};
    struct ctx c = reader(&f);
    struct who who;
    assert_int_equal(account_resolve(&c, STR_NONE, (str){own.text, TOKEN_TEXT_LEN}, &who).code,
                     ERR_NOT_FOUND);
    assert_int_equal(account_resolve(&c, STR_NONE, (str){other.text, TOKEN_TEXT_LEN}, &who).code, ERR_OK);
}

static err run_end_token(struct ctx *c, void *arg)
{
    const struct new_token *t = arg;
    return account_token_end(c, (str){(const char *)t->hash, TOKEN_HASH_LEN});
}

static void tokens_of_ones_own_are_seen_and_ended(void **state)
{
    (void)state;
    struct new_token t[2] = {{.login = S("officer.nowshera")}, {.login = S("officer.nowshera")}};
    for (size_t i = 0; i < 2; i++) {
        account_token_make(t[i].text, t[i].hash);
        assert_int_equal(written(run_token, &t[i]), ERR_OK);
    }
    struct ctx c = reading_as(who(OFFICER));
    struct q_token_list *rows;
    struct who found;
    size_t n;
    assert_int_equal(written_by(who(OFFICER_2), run_end_token, &t[0], NULL), ERR_OK); /* not hers: nothing */
    assert_int_equal(account_token_list(&c, &rows, &n).code, ERR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(written_by(who(OFFICER), run_end_token, &t[0], NULL), ERR_OK);
    assert_int_equal(account_token_list(&c, &rows, &n).code, ERR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(account_resolve(&c, STR_NONE, (str){t[0].text, TOKEN_TEXT_LEN}, &found).code,
                     ERR_NOT_FOUND);
    assert_int_equal(account_resolve(&c, STR_NONE, (str){t[1].text, TOKEN_TEXT_LEN}, &found).code, ERR_OK);
}

static void a_disabled_account_is_nobody(void **state)
{
    (void)state;
    create(S("gone"));
    struct signing s;
    struct signing checked;
    assert_int_equal(sign_in(S("gone"), right_password(), &s), SIGN_IN_OK);
    struct new_token n = {.login = S("gone")};
    account_token_make(n.text, n.hash);
    assert_int_equal(written(run_token, &n), ERR_OK);
    check_only(S("gone"), right_password(), &checked);
    str login = S("gone");
    assert_int_equal(written(run_disable, &login), ERR_OK);
    struct fail f = {0};
    struct ctx c = reader(&f);
    struct who who;
    assert_false(session_lives(&s));
    assert_int_equal(account_resolve(&c, STR_NONE, (str){n.text, TOKEN_TEXT_LEN}, &who).code, ERR_NOT_FOUND);
    assert_int_equal(written(run_sign_in, &checked), ERR_OK); /* disabled between check and write */
    assert_int_equal(checked.verdict, SIGN_IN_WRONG);
    assert_int_equal(try_sign_in(S("gone"), right_password()), SIGN_IN_WRONG);
    assert_int_equal(written(run_disable, &login), ERR_CONFLICT);
    login = S("never-was");
    assert_int_equal(written(run_disable, &login), ERR_NOT_FOUND);
    assert_int_equal(audited("account.disabled"), 1);
    /* Sessions and tokens are gone themselves: they would not live again with the account. */
    run_script("update account set disabled_ms = null");
    assert_false(session_lives(&s));
    assert_int_equal(account_resolve(&c, STR_NONE, (str){n.text, TOKEN_TEXT_LEN}, &who).code, ERR_NOT_FOUND);
}

static void nobody_disables_herself(void **state)
{
    (void)state;
    create(S("self"));
    struct signing s;
    assert_int_equal(sign_in(S("self"), right_password(), &s), SIGN_IN_OK);
    str login = S("self");
    struct fail f = {0};
    const struct actor actor = {.role = ROLE_ADMIN, .user_id = s.checked.account_id};
    assert_int_equal(written_by(actor, run_disable, &login, &f), ERR_CONFLICT);
    assert_int_equal(f.message, MSG_ACCOUNT_NOT_OWN);
    assert_true(session_lives(&s));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_all, testing_tear_down)
    const struct CMUnitTest tests[] = {
        T(logins_have_a_shape),
        T(roles_need_their_place),
        T(a_role_fits_its_kind_of_office),
        T(codes_become_places),
        T(over_the_country_only_a_manager),
        T(a_login_is_taken_once),
        T(passwords_are_argon2id),
        T(what_many_people_have_is_refused),
        T(made_passwords_can_be_read_aloud),
        T(right_password_opens_a_session),
        T(two_sessions_differ),
        T(wrong_and_unknown_look_alike),
        T(unknown_logins_take_as_long),
        T(ten_wrong_tries_and_no_more),
        T(unknown_logins_are_bounded_too),
        T(the_bound_lasts_an_hour),
        T(a_stranger_shuts_nobody_out),
        T(a_whole_network_of_ipv6_is_one_stranger),
        T(one_name_is_bounded_from_everywhere_for_a_day),
        T(one_address_is_bounded_for_an_hour),
        T(many_strangers_are_told_of_and_shut_nobody_out),
        T(a_new_password_ends_the_wait),
        T(she_changes_her_password_and_stays),
        T(a_wrong_old_password_counts_as_a_try),
        T(a_change_between_check_and_write_is_seen),
        T(new_passwords_are_looked_at_first),
        T(a_given_password_opens_nothing_but_its_change),
        T(who_was_not_asked_sets_no_first_password),
        T(a_code_is_typed_as_it_comes),
        T(a_code_is_good_for_three_days),
        T(where_a_code_is_asked_for_a_password_is_none),
        T(whom_one_looks_after),
        T(what_one_does_is_bounded_by_whom_one_looks_after),
        T(who_is_enabled_again_signs_in_anew),
        T(one_sees_the_people_of_ones_unit),
        T(sessions_are_seen_and_ended),
        T(a_session_is_over_after_ten_hours),
        T(a_session_that_was_over_does_not_live_again),
        T(a_session_that_nobody_uses_is_over_after_a_quarter_of_an_hour),
        T(a_telephone_of_staff_is_known_and_stands_nowhere),
        T(an_office_lists_its_officers),
        T(signing_out_ends_this_session_only),
        T(tokens_open_the_api),
        T(a_new_password_revokes_tokens),
        T(tokens_of_ones_own_are_seen_and_ended),
        T(a_disabled_account_is_nobody),
        T(nobody_disables_herself),
    };
    return FEATURE_TESTS(tests);
}
