/* What again.h and again_page.c promise: a page is sent again to whoever asks the very same while nothing was
 * written, and to nobody else; what is for one sending is new each time. */
#include "web_testing.h"

#include <semaphore.h>

#include "again.h"
#include "clock.h"
#include "meta.sql.h"
#include "random.h"
#include "vault.h"

#define NOON_MS INT64_C(1795330800000)
enum { TOKEN_SECONDS = 30, LONG_BYTES = 4000 };

static struct reply reply, before;
static _Atomic int made; /* how often a handler ran */

/* ---- the table ---- */

static const struct again_state noon = {.commits = 3, .minute = 100};

static struct again_page *keep(struct again *a, struct again_state state, str key, str words, str once)
{
    SCOPED(buf_free) struct buf b = buf_new(1 << 20);
    buf_put(&b, words);
    struct again_page *p = again_keep(a, state, key, &b, once);
    assert_true((p == NULL) == (b.n > 0 || words.n == 0)); /* taken over, or left where it was */
    return p;
}

static bool finds(struct again *a, struct again_state state, str key, str words)
{
    struct again_page *p = again_find(a, state, key);
    const bool found = p != NULL;
    assert_true(!found || str_eq(again_made(p), words));
    again_drop(p);
    return found;
}

static void another_key_or_state_finds_nothing(void **state)
{
    (void)state;
    struct again *a = again_open();
    again_drop(keep(a, noon, S("key one, a long one"), S("page"), STR_NONE));
    assert_true(finds(a, noon, S("key one, a long one"), S("page")));
    assert_false(finds(a, noon, S("key one, a long on"), S("")));
    assert_false(finds(a, noon, S("key one, a long two"), S("")));
    assert_false(finds(a, (struct again_state){4, 100}, S("key one, a long one"), S("")));
    assert_false(finds(a, (struct again_state){3, 101}, S("key one, a long one"), S("")));
    again_drop(keep(a, (struct again_state){4, 100}, S("other"), S("later"), STR_NONE));
    assert_false(finds(a, noon, S("key one, a long one"), S(""))); /* it was emptied */
    assert_null(
        keep(a, noon, S("key one, a long one"), S("page"), STR_NONE)); /* what is older comes too late */
    assert_true(finds(a, (struct again_state){4, 100}, S("other"), S("later")));
    again_close(a);
}

static void who_holds_a_page_keeps_it(void **state)
{
    (void)state;
    struct again *a = again_open();
    struct again_page *p = keep(a, noon, S("k"), S("words of the page"), STR_NONE);
    again_drop(keep(a, (struct again_state){4, 100}, S("k"), S("others"), STR_NONE));
    again_close(a);
    assert_true(str_eq(again_made(p), S("words of the page")));
    again_drop(p);
}

static void pages_and_bytes_are_bounded(void **state)
{
    (void)state;
    struct again *a = again_open();
    char key[16], large[40000];
    memset(large, 'x', sizeof large);
    for (int i = 0; i < 2 * AGAIN_PAGES; i++) {
        snprintf(key, sizeof key, "k%03d", i);
        again_drop(keep(a, noon, str_of(key), S("small"), STR_NONE));
        assert_true(finds(a, noon, S("k000"), S("small"))); /* asked for again and again: it stays */
    }
    assert_false(finds(a, noon, S("k001"), S("")));
    assert_true(finds(a, noon, S("k200"), S("small")));
    for (int i = 0; i < AGAIN_PAGES; i++) {
        snprintf(key, sizeof key, "l%03d", i);
        again_drop(keep(a, noon, str_of(key), (str){large, sizeof large}, STR_NONE));
    }
    assert_false(finds(a, noon, S("l020"), S(""))); /* 128 of 40 kB would be more than the bytes of all */
    assert_true(finds(a, noon, S("l127"), (str){large, sizeof large}));
    SCOPED(buf_free) struct buf too_long = buf_new(1 << 20);
    for (size_t i = 0; i <= AGAIN_PAGE_BYTES; i++) {
        buf_putc(&too_long, 'y');
    }
    assert_null(again_keep(a, noon, S("long"), &too_long, STR_NONE));
    again_close(a);
}

static void what_is_for_once_is_found_and_changed(void **state)
{
    (void)state;
    struct again *a = again_open();
    struct again_page *p = keep(a, noon, S("k"), S("AAA one AAA two AAAA"), S("AAA"));
    SCOPED(buf_free) struct buf out = buf_new(1000);
    assert_true(again_has_once(p));
    again_body(p, S("bcd"), &out);
    assert_true(str_eq(buf_str(&out), S("bcd one bcd two bcdA")));
    assert_true(str_eq(again_made(p), S("AAA one AAA two AAAA")));
    again_drop(p);
    SCOPED(buf_free) struct buf many = buf_new(1000);
    for (int i = 0; i <= AGAIN_MARKS; i++) {
        buf_put(&many, S("AAA,"));
    }
    assert_null(again_keep(a, noon, S("many"), &many, S("AAA")));
    assert_true(many.n > 0);
    again_close(a);
}

/* ---- toy pages ---- */

static err show(struct web *w)
{
    made++;
    assert_true(w->faults > 0 || w->x == NULL);
    assert_true(w->faults > 0 || w->client.p == NULL);
    struct q_meta_get row = {.meta_text = S("nothing")};
    IGNORE(q_meta_get(w->ctx.db, w->arena, S("toy"), &row)); /* nobody has written it yet */
    const str said = w->route->inputs_n > 0 && w->in[0].given ? w->in[0].text : S("");
    buf_printf(w->page.out, "user=%lld role=%u lang=%u phone=%d row=%.*s said=%.*s ",
               (long long)w->who.actor.user_id, (unsigned)w->who.actor.role, (unsigned)w->lang, w->on_phone,
               STR_F(row.meta_text), STR_F(said));
    buf_printf(w->page.out, "key=\"%.*s\" again \"%.*s\"", STR_F(w->page.idem_key), STR_F(w->page.idem_key));
    return web_html(w, 200);
}

static err show_long(struct web *w)
{
    for (int i = 0; i < LONG_BYTES; i++) {
        buf_putc(w->page.out, 'z');
    }
    return show(w);
}

static err show_cookie(struct web *w)
{
    web_set_cookie(w, S("toy"), S("1"), 60);
    return show(w);
}

static err show_own_cookie(struct web *w)
{
    const str cookie = web_cookie(w, S("toy"));
    buf_printf(w->page.out, "cookie=%.*s ", STR_F(cookie));
    return show(w);
}

static err show_header(struct web *w)
{
    web_header(w, "X-Toy", S("1"));
    return show(w);
}

static err show_identity(struct web *w)
{
    w->ctx.may_show_identity = true;
    return show(w);
}

static err show_pin(struct web *w)
{
    char pin[PIN_LEN];
    vault_pin(store_vault(w->ctx.store), S("4128063357"), 1, pin);
    return show(w);
}

static err show_missing(struct web *w)
{
    made++;
    buf_put(w->page.out, S("missing"));
    return web_html(w, 404);
}

static err show_sign(struct web *w)
{
    buf_printf(w->page.out, "token=\"%.*s\"", STR_F(web_sign(w, S("case"), S("her words"), TOKEN_SECONDS)));
    return web_html(w, 200);
}

static err write_row(struct ctx *c, struct write_job *job)
{
    (void)job;
    return q_meta_put(c->db, S("toy"), S("written"), NULL);
}

/* Somebody else writes while it is made, after it was read. */
static err show_overtaken(struct web *w)
{
    struct write_job job = {.run = write_row};
    TRY(show(w));
    return store_write(w->ctx.store, &job);
}

static sem_t gate; /* a note waits here when `gated` */
static _Atomic bool gated, all_seen;

static bool toy_unseen(struct ctx *c, const struct given *in)
{
    (void)in;
    if (all_seen) {
        return false;
    }
    struct q_meta_get row;
    return q_meta_get(c->db, c->arena, S("toy.seen"), &row).code != ERR_OK;
}

static bool note_fails;

static err toy_note(struct ctx *c, const struct given *in)
{
    (void)in;
    if (gated) {
        sem_wait(&gate);
    }
    if (note_fails) {
        return fail_log(c->fail, ERR_IO, "nothing can be written");
    }
    return q_meta_put(c->db, S("toy.seen"), S("1"), NULL);
}

static const struct seen_fns toy_seen = {toy_unseen, toy_note};

/* ---- who asks ---- */

static bool revoked;
static enum role role_of_seven = ROLE_DESK;

static err resolve(struct ctx *c, str session, str bearer, struct who *out)
{
    (void)c;
    (void)bearer;
    const bool seven = str_eq(session, S("seven")) || str_eq(session, S("second"));
    if ((!seven && !str_eq(session, S("nine"))) || revoked) {
        return FAIL(NOT_FOUND);
    }
    *out = (struct who){
        .actor = {.role = seven ? role_of_seven : ROLE_DESK, .user_id = seven ? 7 : 9, .home = 1}};
    memset(out->secret, session.p[session.n - 1], sizeof out->secret);
    return OK;
}

static const struct input case_inputs[] = {{"case", IN_SIGNED, MSG_NONE}};

static const struct route toys[] = {
    {HTTP_GET, "/page", P_PUBLIC, ROUTE_AGAIN, INPUTS(case_inputs), .show = show},
    {HTTP_GET, "/staff", P_CASE_READ, ROUTE_AGAIN, .show = show},
    {HTTP_GET, "/slow", P_PUBLIC, ROUTE_AGAIN | ROUTE_SLOW, .show = show},
    {HTTP_GET, "/seen", P_PUBLIC, ROUTE_AGAIN, .show = show, .seen = &toy_seen},
    {HTTP_GET, "/long", P_PUBLIC, ROUTE_AGAIN, .show = show_long},
    {HTTP_GET, "/cookie", P_PUBLIC, ROUTE_AGAIN, .show = show_cookie},
    {HTTP_GET, "/own-cookie", P_PUBLIC, ROUTE_AGAIN, .show = show_own_cookie},
    {HTTP_GET, "/header", P_PUBLIC, ROUTE_AGAIN, .show = show_header},
    {HTTP_GET, "/identity", P_PUBLIC, ROUTE_AGAIN, .show = show_identity},
    {HTTP_GET, "/pin", P_PUBLIC, ROUTE_AGAIN, .show = show_pin},
    {HTTP_GET, "/slow-pin", P_PUBLIC, ROUTE_AGAIN | ROUTE_SLOW, .show = show_pin},
    {HTTP_GET, "/missing", P_PUBLIC, ROUTE_AGAIN, .show = show_missing},
    {HTTP_GET, "/overtaken", P_PUBLIC, ROUTE_AGAIN | ROUTE_SLOW, .show = show_overtaken},
    {HTTP_GET, "/sign", P_PUBLIC, 0, .show = show_sign},
};
static const struct route *const tables[] = {toys, NULL};
static const size_t tables_n[] = {sizeof toys / sizeof *toys};

#define SEVEN "Cookie: sunwai=seven\r\n"
#define SECOND "Cookie: sunwai=second\r\n"
#define NINE "Cookie: sunwai=nine\r\n"

static int set_up(void **state)
{
    made = 0;
    revoked = false;
    role_of_seven = ROLE_DESK;
    clock_fix(NOON_MS);
    *state = rig_new((struct web_config){.tables = tables, .tables_n = tables_n, .resolve = resolve}, 0);
    return 0;
}

static int set_up_hasty(void **state)
{
    enum { HASTY_MS = 300 };
    set_up(state);
    rig_free(*state);
    *state = rig_new(
        (struct web_config){.tables = tables, .tables_n = tables_n, .resolve = resolve, .park_ms = HASTY_MS},
        0);
    sem_init(&gate, 0, 0);
    return 0;
}

static int tear_down(void **state)
{
    clock_fix(0);
    rig_free(*state);
    return 0;
}

/* Whether a handler ran for it. */
static bool anew(struct rig *r, const char *target, const char *more)
{
    const int was = made;
    rig_get(r, target, more, &reply);
    return made > was;
}

static void the_same_is_sent_again(void **state)
{
    struct rig *r = *state;
    assert_true(anew(r, "/page", ""));
    before = reply;
    assert_false(anew(r, "/page", ""));
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "user=0"));
    assert_int_equal(reply.body.n, before.body.n);
    assert_true(reply_heads(&reply, "Cache-Control: no-store"));
    assert_true(reply_heads(&reply, "Content-Security-Policy: "));
    assert_int_equal(reply.head.n, before.head.n);
    assert_true(anew(r, "/page?x=1", "")); /* the language links of that page say it */
    assert_true(anew(r, "/slow", ""));
    assert_false(anew(r, "/slow", ""));
    assert_true(reply_says(&reply, "user=0"));
    assert_true(anew(r, "/missing", ""));
    assert_true(anew(r, "/missing", ""));
}

static void each_sending_has_its_own_key(void **state)
{
    struct rig *r = *state;
    str keys[3];
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(anew(r, "/page", ""), i == 0);
        keys[i] = reply_value(r, &reply, "key=\"");
        assert_true(ulid_valid(keys[i]));
        assert_true(str_eq(reply_value(r, &reply, "again \""), keys[i])); /* in each of its forms */
        for (size_t j = 0; j < i; j++) {
            assert_false(str_eq(keys[i], keys[j]));
        }
    }
}

static void nobody_gets_what_was_made_for_another(void **state)
{
    struct rig *r = *state;
    assert_true(anew(r, "/staff", SEVEN));
    assert_true(reply_says(&reply, "user=7 "));
    assert_true(anew(r, "/staff", NINE));
    assert_true(reply_says(&reply, "user=9 "));
    assert_false(anew(r, "/staff", SEVEN));
    assert_true(reply_says(&reply, "user=7 "));
    assert_true(anew(r, "/staff", SECOND)); /* another session of hers: the token in its forms is another */
    assert_false(anew(r, "/staff", ""));
    assert_int_equal(reply.status, 303);
    assert_true(anew(r, "/page", SEVEN));
    assert_true(anew(r, "/page", ""));
    assert_true(reply_says(&reply, "user=0 "));
}

static void a_session_that_is_over_gets_nothing(void **state)
{
    struct rig *r = *state;
    assert_true(anew(r, "/staff", SEVEN));
    assert_false(anew(r, "/staff", SEVEN));
    assert_int_equal(reply.status, 200);
    role_of_seven = ROLE_OFFICER;
    assert_true(anew(r, "/staff", SEVEN));
    role_of_seven = ROLE_AWAY;
    assert_false(anew(r, "/staff", SEVEN));
    assert_int_equal(reply.status, 403);
    role_of_seven = ROLE_DESK;
    revoked = true;
    assert_false(anew(r, "/staff", SEVEN));
    assert_int_equal(reply.status, 303);
    assert_false(reply_says(&reply, "user=7"));
}

static void languages_and_devices_are_others(void **state)
{
    struct rig *r = *state;
    assert_true(anew(r, "/page", "Accept-Language: en\r\n"));
    assert_true(reply_heads(&reply, "Content-Language: en"));
    assert_true(anew(r, "/page", "Accept-Language: ps\r\n"));
    assert_true(reply_heads(&reply, "Content-Language: ps"));
    assert_false(anew(r, "/page", "Cookie: lang=en\r\n"));
    assert_true(reply_heads(&reply, "Content-Language: en"));
    assert_true(anew(r, "/page", "Accept-Language: en\r\nUser-Agent: x Mobi\r\n"));
    assert_true(reply_says(&reply, "phone=1"));
    assert_true(anew(r, "/page?lang=ps", ""));
    assert_false(anew(r, "/page?lang=ps", ""));
    assert_true(reply_heads(&reply, "Set-Cookie: lang=ps"));
}

static void a_write_of_anybody_ends_it(void **state)
{
    struct rig *r = *state;
    struct write_job job = {.run = write_row};
    assert_true(anew(r, "/page", ""));
    assert_true(reply_says(&reply, "row=nothing "));
    assert_false(anew(r, "/page", ""));
    assert_err(store_write(r->store->store, &job), ok);
    assert_true(anew(r, "/page", ""));
    assert_true(reply_says(&reply, "row=written "));
    assert_false(anew(r, "/page", ""));
    assert_true(anew(r, "/overtaken", "")); /* a write meanwhile: what was read is older than what is there */
    assert_true(anew(r, "/overtaken", ""));
}

static void the_next_minute_ends_it(void **state)
{
    struct rig *r = *state;
    assert_true(anew(r, "/page", ""));
    clock_fix(NOON_MS + 59999);
    assert_false(anew(r, "/page", ""));
    clock_fix(NOON_MS + 60000);
    assert_true(anew(r, "/page", ""));
}

static void a_link_that_expired_opens_nothing(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/sign", "", &reply);
    const str token = reply_value(r, &reply, "token=\"");
    const str path = arena_printf(r->store->arena, "/page?case=%.*s%c", STR_F(token), '\0');
    assert_true(anew(r, path.p, ""));
    assert_true(reply_says(&reply, "her words"));
    assert_false(anew(r, path.p, ""));
    assert_true(reply_says(&reply, "her words"));
    clock_fix(NOON_MS + (TOKEN_SECONDS + 10) * 1000); /* in the same minute */
    anew(r, path.p, "");
    assert_false(reply_says(&reply, "her words"));
}

static void what_is_hers_alone_is_not_kept(void **state)
{
    static const char *const pages[] = {"/cookie",   "/own-cookie", "/header",
                                        "/identity", "/pin",        "/slow-pin"};
    struct rig *r = *state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        assert_true(anew(r, pages[i], ""));
        assert_int_equal(reply.status, 200);
        assert_true(anew(r, pages[i], ""));
    }
    note_fails = true;
    assert_true(anew(r, "/seen", ""));
    assert_true(anew(r, "/seen", "")); /* that it is seen is to be noted still */
    note_fails = false;
    assert_true(anew(r, "/seen", ""));
    assert_true(anew(r, "/seen", ""));
    assert_false(anew(r, "/seen", ""));
}

/* Its note is not written in time; meanwhile the same page was made for another request. */
static void who_waited_too_long_gets_what_was_made_meanwhile(void **state)
{
    struct rig *r = *state;
    gated = true;
    const int waiting = rig_send(r, rig_request(r, "GET", "/seen", "", STR_NONE));
    struct http_stats now;
    do {
        http_stats(r->server, &now);
    } while (now.parked == 0 && now.timed_out == 0);
    all_seen = true;
    assert_true(anew(r, "/seen", ""));
    assert_false(anew(r, "/seen", ""));
    const int was = made;
    rig_read(waiting, &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "user=0 "));
    assert_int_equal(made, was);
    gated = all_seen = false;
    sem_post(&gate);
}

static void a_wrong_input_is_never_kept(void **state)
{
    struct rig *r = *state;
    assert_true(anew(r, "/page?case=x", ""));
    assert_int_equal(reply.status, 422);
    assert_true(anew(r, "/page?case=x", ""));
}

static void what_is_sent_again_is_compressed_too(void **state)
{
    struct rig *r = *state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(anew(r, "/long", "Accept-Encoding: gzip\r\n"), i == 0);
        assert_true(reply_heads(&reply, "Content-Encoding: gzip"));
        assert_true(reply.body.n < LONG_BYTES);
    }
    assert_false(anew(r, "/long", ""));
    assert_false(reply_heads(&reply, "Content-Encoding: gzip"));
    assert_true(reply.body.n > LONG_BYTES);
    assert_false(anew(r, "/long", "Accept-Encoding: gzip\r\n"));
    rig_read(rig_send(r, rig_request(r, "HEAD", "/long", "", STR_NONE)), &reply);
    assert_int_equal(reply.status, 200);
    assert_int_equal(reply.body.n, 0);
}

static void what_is_kept_is_counted(void **state)
{
    struct rig *r = *state;
    SCOPED(buf_free) struct buf text = buf_new(1 << 20);
    for (int i = 0; i < 4; i++) {
        anew(r, "/page", "");
    }
    web_metrics(r->app, &text);
    assert_non_null(memmem(text.p, text.n, "sunwai_pages_again_total 3\n", 27));
}

#define TEST(f) cmocka_unit_test(f)
#define RIG(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(another_key_or_state_finds_nothing),
        TEST(who_holds_a_page_keeps_it),
        TEST(pages_and_bytes_are_bounded),
        TEST(what_is_for_once_is_found_and_changed),
        RIG(the_same_is_sent_again),
        RIG(each_sending_has_its_own_key),
        RIG(nobody_gets_what_was_made_for_another),
        RIG(a_session_that_is_over_gets_nothing),
        RIG(languages_and_devices_are_others),
        RIG(a_write_of_anybody_ends_it),
        RIG(the_next_minute_ends_it),
        RIG(a_link_that_expired_opens_nothing),
        RIG(what_is_hers_alone_is_not_kept),
        cmocka_unit_test_setup_teardown(who_waited_too_long_gets_what_was_made_meanwhile, set_up_hasty,
                                        tear_down),
        RIG(a_wrong_input_is_never_kept),
        RIG(what_is_sent_again_is_compressed_too),
        RIG(what_is_kept_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
