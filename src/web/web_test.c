/* The web floor over a real server and a real SQLite store, with toy routes. */
#include "web_testing.h"

#include <jansson.h>
#include <semaphore.h>
#include <zlib.h>

#include "clock.h"
#include "json.h"
#include "meta.sql.h"
#include "random.h"

static sem_t gate; /* the toy write waits here when `gated` */
static _Atomic bool gated;
static struct reply reply; /* of the request last sent; large */

static void pause_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

/* ---- toy rules ---- */

static int64_t count_in(struct db *db, struct arena *a)
{
    struct q_meta_get row;
    int64_t n = 0;
    if (q_meta_get(db, a, S("toy"), &row).code == ERR_OK && !str_i64(row.meta_text, &n)) {
        n = -1;
    }
    return n;
}

static err toy_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    if (gated) {
        sem_wait(&gate);
    }
    if (str_eq(in[0].text, S("conflict"))) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_WEB_PROBLEM_429_TITLE, "words");
    }
    if (str_eq(in[0].text, S("broken"))) {
        return fail_log(c->fail, ERR_BUG, "toy is broken");
    }
    const int64_t n = count_in(c->db, c->arena) + 1;
    TRY(q_meta_put(c->db, S("toy"), arena_printf(c->arena, "%lld", (long long)n), NULL));
    out->ref = arena_printf(c->arena, "R%lld", (long long)n);
    out->status = S("received");
    out->note = in[0].text;
    return OK;
}

/* ---- toy pages ---- */

static void put_field(struct web *w, size_t i)
{
    const struct field_view f = web_field(w, i, MSG_NONE);
    put_raw(&w->page, S("<input name=\""));
    put_text(&w->page, f.name);
    put_raw(&w->page, S("\" value=\""));
    put_text(&w->page, f.value);
    put_raw(&w->page, S("\"><i>"));
    put_text(&w->page, f.fault);
    put_raw(&w->page, S("</i>\n"));
}

static err show_form(struct web *w)
{
    struct page *p = &w->page;
    buf_printf(p->out, "<html lang=\"%.*s\" path=\"%.*s\">", STR_F(lang_table[p->lang].code), STR_F(p->path));
    buf_printf(p->out, "<b token=\"%.*s\" key=\"%.*s\" step=\"%d\" staff=\"%d\">\n", STR_F(p->form_token),
               STR_F(p->idem_key), w->step, p->staff);
    for (size_t i = 0; i < p->faults_n; i++) {
        put_raw(p, S("<li>"));
        put_text(p, p->faults[i].field);
        put_raw(p, S(":"));
        put_text(p, p->faults[i].text);
        put_raw(p, S("</li>\n"));
    }
    for (size_t i = 0; i < w->route->inputs_n; i++) {
        put_field(w, i);
    }
    return web_html(w, 200);
}

static err answer_page(struct web *w)
{
    buf_printf(w->page.out, "stored \"%.*s\" \"%.*s\" replayed=%d", STR_F(w->receipt.ref),
               STR_F(w->receipt.note), w->replayed);
    return web_html(w, 200);
}

static err answer_json(struct web *w)
{
    SCOPED(buf_free) struct buf b = buf_new(1000);
    struct json j = json_to(&b);
    json_object_begin(&j);
    json_member(&j, S("ref"), w->receipt.ref);
    json_member(&j, S("words"), w->receipt.note);
    json_member_flag(&j, S("replayed"), w->replayed);
    json_end(&j);
    return web_json(w, 201, &b);
}

static err show_identity(struct web *w)
{
    buf_printf(w->page.out, "identity=%d ref=%.*s", w->ctx.may_show_identity, 10, w->in[0].as.ref.digits);
    return web_html(w, 200);
}

static int64_t seen_in(struct db *db, struct arena *a)
{
    struct q_meta_get row;
    return q_meta_get(db, a, S("toy.seen"), &row).code == ERR_OK ? 1 : 0;
}

static bool toy_unseen(struct ctx *c, const struct given *in)
{
    return in[0].n == 13 || seen_in(c->db, c->arena) == 0;
}

static err toy_note(struct ctx *c, const struct given *in)
{
    TRY(q_meta_put(c->db, S("toy.seen"), S("1"), NULL));
    return in[0].n == 13 ? fail_log(c->fail, ERR_IO, "nothing can be written") : OK;
}

static const struct seen_fns toy_seen = {toy_unseen, toy_note};

static err show_seen(struct web *w)
{
    buf_printf(w->page.out, "seen=%d", (int)seen_in(w->ctx.db, w->arena));
    return web_html(w, 200);
}

static err show_list(struct web *w)
{
    int64_t keys[2] = {0, 0};
    if (w->in[0].given) {
        TRY(web_cursor_keys(w, 0, keys, 2));
    }
    const int64_t next[] = {1780642800123, 7380645557043};
    const str cursor = web_cursor(w, next, 2);
    buf_printf(w->page.out, "cursor=\"%.*s\" fault=\"%.*s\" at=%lld,%lld", STR_F(cursor),
               STR_F(w->in[0].fault), (long long)keys[0], (long long)keys[1]);
    return web_html(w, 200);
}

static err show_big(struct web *w)
{
    for (int i = 0; i < 1000; i++) {
        put_raw(&w->page, S("the same again "));
    }
    return web_html(w, 200);
}

static err show_slow(struct web *w)
{
    assert_null(w->x);
    assert_non_null(w->ctx.db);
    buf_put(w->page.out, S("slow"));
    return web_html(w, 200);
}

static err show_silent(struct web *w)
{
    (void)w;
    return OK;
}

static err show_step(struct web *w)
{
    if (w->faults == 0 && str_eq(w->in[0].text, S("odd"))) {
        web_fault(w, 0, MSG_WEB_FAULT_CHOICE);
        web_fault(w, SIZE_MAX, MSG_WEB_FORM_REFUSED);
    }
    return show_form(w);
}

static err prepare_toy(struct web *w)
{
    w->in[0].text = arena_printf(w->arena, "prepared %.*s", STR_F(w->in[0].text));
    return OK;
}

/* ---- signing in ---- */

static err toy_resolve(struct ctx *c, str session, str bearer, struct who *out)
{
    assert_non_null(c->db);
    static const struct {
        const char *session;
        int64_t user_id;
        char secret;
    } sessions[] = {{"good", 7, 's'}, {"again", 7, 't'}, {"other", 9, 's'}};
    for (size_t i = 0; i < sizeof sessions / sizeof *sessions; i++) {
        if (str_eq(session, str_of(sessions[i].session))) {
            *out = (struct who){.actor = {.role = ROLE_DESK, .user_id = sessions[i].user_id, .home = 1}};
            memset(out->secret, sessions[i].secret, sizeof out->secret);
            return OK;
        }
    }
    if (!str_eq(bearer, S("token"))) {
        return FAIL(NOT_FOUND);
    }
    *out = (struct who){.actor = {.role = ROLE_DESK, .user_id = 8, .home = 1}};
    return OK;
}

static err login_write(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    if (!str_eq(in[1].text, S("right"))) {
        return fail_set(c->fail, ERR_INVALID, MSG_WEB_PROBLEM_401_DETAIL, NULL);
    }
    return OK;
}

static err login_show(struct web *w)
{
    return web_show_sign_in(w, 200, MSG_NONE, w->in[2].text);
}

static err login_answer(struct web *w)
{
    const str session = str_eq(w->in[0].text, S("amina")) ? S("good") : S("other");
    web_set_session(w, session, 3600);
    bool shown;
    TRY(web_show_kept(w, session, &shown));
    return shown ? OK : web_redirect(w, url_local(w->arena, S("/cases")));
}

/* ---- the table ---- */

static const char *const sexes[] = {"f", "m", NULL};
static const struct input say_inputs[] = {
    {.name = "words", .type = IN_WORDS, .label = MSG_WEB_SIGNIN_LOGIN, .required = true},
    {.name = "name", .type = IN_LINE},
};
static const struct input api_inputs[] = {
    {.name = "words", .type = IN_WORDS, .required = true},
    {.name = "age", .type = IN_NUMBER, .max = 120},
    {.name = "complainant.sex", .type = IN_CHOICE, .choices = sexes},
    {.name = "complainant.phone", .type = IN_PHONE},
};
static const struct input note_inputs[] = {
    {.name = "note", .type = IN_WORDS, .required = true},
    {.name = "secret", .type = IN_SECRET},
};
static const struct input login_inputs[] = {
    {.name = "login", .type = IN_CODE, .required = true},
    {.name = "password", .type = IN_SECRET, .required = true},
    {.name = "next", .type = IN_LINE},
};
static const struct input list_inputs[] = {{.name = "after", .type = IN_CURSOR}};
static const struct input seen_inputs[] = {{"n", IN_NUMBER, MSG_NONE}};
static const struct input ref_inputs[] = {{.name = "ref", .type = IN_REF, .required = true}};

static const struct route toys[] = {
    {HTTP_GET, "/say", P_PUBLIC, 0, INPUTS(say_inputs), .show = show_form},
    {HTTP_POST, "/say", P_PUBLIC, ROUTE_FORM, INPUTS(say_inputs), .show = show_form, .write = toy_write,
     .answer = answer_page},
    {HTTP_POST, "/step", P_PUBLIC, ROUTE_FORM, INPUTS(say_inputs), .show = show_step},
    {HTTP_POST, "/prepared", P_PUBLIC, ROUTE_FORM, INPUTS(say_inputs), .show = show_form,
     .prepare = prepare_toy, .write = toy_write, .answer = answer_page},
    {HTTP_POST, "/api/v1/say", P_SIGNED_IN, ROUTE_API, INPUTS(api_inputs), .write = toy_write,
     .answer = answer_json},
    {HTTP_POST, "/note", P_SIGNED_IN, 0, INPUTS(note_inputs), .show = show_form, .write = toy_write,
     .answer = answer_page},
    {HTTP_GET, "/note", P_SIGNED_IN, 0, INPUTS(note_inputs), .show = show_form},
    {HTTP_GET, "/users", P_USER_MANAGE, 0, .show = show_big},
    {HTTP_GET, "/case/{ref}", P_SIGNED_IN, ROUTE_IDENTITY, INPUTS(ref_inputs), .show = show_identity},
    {HTTP_GET, "/file", P_SIGNED_IN, ROUTE_TAKEN, .show = show_big},
    {HTTP_GET, "/seen", P_SIGNED_IN, 0, INPUTS(seen_inputs), .show = show_seen, .seen = &toy_seen},
    {HTTP_GET, "/slow", P_PUBLIC, ROUTE_SLOW, .show = show_slow},
    {HTTP_GET, "/big", P_PUBLIC, 0, .show = show_big},
    {HTTP_GET, "/list", P_PUBLIC, 0, INPUTS(list_inputs), .show = show_list},
    {HTTP_GET, "/list/other", P_PUBLIC, 0, INPUTS(list_inputs), .show = show_list},
    {HTTP_GET, "/silent", P_PUBLIC, 0, .show = show_silent},
    {HTTP_GET, "/login", P_PUBLIC, 0, INPUTS(login_inputs), .show = login_show},
    {HTTP_POST, "/login", P_PUBLIC, ROUTE_FORM, INPUTS(login_inputs), .show = login_show,
     .write = login_write, .answer = login_answer},
};
static const struct route *const tables[] = {toys, NULL};
static const size_t tables_n[] = {sizeof toys / sizeof *toys};

static int set_up_with(void **state, unsigned queue_max, int64_t park_ms)
{
    gated = false;
    sem_init(&gate, 0, 0);
    const struct web_config config = {
        .tables = tables, .tables_n = tables_n, .resolve = toy_resolve, .park_ms = park_ms};
    *state = rig_new(config, queue_max);
    return 0;
}

static int set_up(void **state)
{
    return set_up_with(state, 0, 0);
}

static int set_up_narrow(void **state)
{
    return set_up_with(state, 1, 0);
}

static int set_up_hasty(void **state)
{
    return set_up_with(state, 0, 150);
}

static int tear_down(void **state)
{
    rig_free(*state);
    sem_destroy(&gate);
    return 0;
}

static int64_t stored(struct rig *r)
{
    return count_in(store_reader(r->store->store), r->store->arena);
}

/* A form body with the token of the page; `fields` are encoded already. */
static str form_with(struct rig *r, const char *page, const char *more, const char *key, const char *fields)
{
    rig_get(r, page, more, &reply);
    const str token = reply_value(r, &reply, "token=\"");
    return arena_printf(r->store->arena, "_token=%.*s&_key=%s&%s", STR_F(token), key, fields);
}

static str say_form(struct rig *r, const char *key, const char *fields)
{
    return form_with(r, "/say", "", key, fields);
}

#define STAFF "Cookie: sunwai=good\r\n"
#define BEARER "Authorization: Bearer token\r\n"

/* ---- reading ---- */

static void page_has_its_headers(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/say?name=Zainab&lang=ur", "", &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "lang=\"ur\""));
    assert_true(reply_says(&reply, "value=\"Zainab\""));
    assert_true(reply_says(&reply, "path=\"/say?name=Zainab\""));
    assert_true(reply_heads(&reply, "Content-Security-Policy: default-src 'none'; style-src 'self';"));
    assert_true(reply_heads(&reply, "frame-ancestors 'none'"));
    assert_true(reply_heads(&reply, "Referrer-Policy: no-referrer"));
    assert_true(reply_heads(&reply, "X-Frame-Options: DENY"));
    assert_true(reply_heads(&reply, "Cross-Origin-Opener-Policy: same-origin"));
    assert_true(reply_heads(&reply, "Cache-Control: no-store"));
    assert_true(reply_heads(&reply, "X-Content-Type-Options: nosniff"));
    assert_true(reply_heads(&reply, "Set-Cookie: lang=ur; Path=/; Max-Age=31536000; SameSite=Lax\r\n"));
    assert_true(reply_heads(&reply, "Vary: Cookie"));
    assert_true(reply_heads(&reply, "base-uri 'none'"));
    assert_false(reply_heads(&reply, "Access-Control-Allow"));
}

static void language_is_chosen_in_order(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/say?lang=ps", "Cookie: lang=ur\r\nAccept-Language: en\r\n", &reply);
    assert_true(reply_says(&reply, "lang=\"ps\""));
    rig_get(r, "/say?lang=xx", "Cookie: lang=ur\r\nAccept-Language: en\r\n", &reply);
    assert_true(reply_says(&reply, "lang=\"ur\""));
    assert_false(reply_heads(&reply, "Set-Cookie"));
    rig_get(r, "/say", "Accept-Language: fr, ps;q=0.5\r\n", &reply);
    assert_true(reply_says(&reply, "lang=\"ps\""));
}

static void unknown_address_is_404_in_her_language(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/nowhere?lang=ur", "", &reply);
    assert_int_equal(reply.status, 404);
    assert_true(reply_says(&reply, "یہ صفحہ نہیں ملا"));
    rig_get(r, "/api/v1/nowhere", "Accept-Language: ur\r\n", &reply);
    assert_int_equal(reply.status, 404);
    assert_true(reply_heads(&reply, "Content-Type: application/problem+json"));
    assert_true(reply_says(&reply, "\"status\":404"));
    rig_get(r, "/say/", "", &reply);
    assert_int_equal(reply.status, 404);
}

static void wrong_method_is_405_with_allow(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/big", FORM_TYPE, S("a=b"), &reply);
    assert_int_equal(reply.status, 405);
    assert_true(reply_heads(&reply, "Allow: GET, HEAD\r\n"));
    rig_get(r, "/prepared", "", &reply);
    assert_int_equal(reply.status, 405);
    assert_true(reply_heads(&reply, "Allow: POST\r\n"));
}

static void too_many_parameters_are_400(void **state)
{
    struct rig *r = *state;
    static const int numbers[] = {200, 201, 300, 600, 2600};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        SCOPED(buf_free) struct buf b = buf_new(16 * 1024);
        buf_put(&b, S("/say?"));
        for (int n = 0; n < numbers[i]; n++) {
            buf_put(&b, S("a=&"));
        }
        buf_putc(&b, '\0');
        rig_get(r, b.p, "", &reply);
        assert_int_equal(reply.status, numbers[i] <= 200 ? 200 : 400);
    }
}

static void head_is_get_without_body(void **state)
{
    struct rig *r = *state;
    rig_read(rig_send(r, rig_request(r, "HEAD", "/big", "", STR_NONE)), &reply);
    assert_int_equal(reply.status, 200);
    assert_int_equal(reply.body.n, 0);
    assert_true(reply_heads(&reply, "Content-Length: 15000"));
}

static void pages_without_session_are_compressed(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/big", "Accept-Encoding: br, gzip\r\n", &reply);
    assert_true(reply_heads(&reply, "Content-Encoding: gzip"));
    assert_true(reply.body.n < 1000);
    z_stream z = {.next_in = (Bytef *)(uintptr_t)reply.body.p, .avail_in = (uInt)reply.body.n};
    static unsigned char plain[20000];
    z.next_out = plain;
    z.avail_out = sizeof plain;
    assert_int_equal(inflateInit2(&z, 15 + 32), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, 15000);
    inflateEnd(&z);
    rig_get(r, "/big", "Accept-Encoding: gzip;q=0\r\n", &reply);
    assert_false(reply_heads(&reply, "Content-Encoding"));
    rig_get(r, "/big", "Accept-Encoding: gzip\r\nCookie: sunwai=anything\r\n", &reply);
    assert_false(reply_heads(&reply, "Content-Encoding"));
}

static void slow_page_runs_in_the_pool(void **state)
{
    rig_get(*state, "/slow", "", &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "slow"));
}

static void silent_handler_is_a_bug_with_a_number(void **state)
{
    rig_get(*state, "/silent", "", &reply);
    assert_int_equal(reply.status, 500);
    assert_true(reply_says(&reply, "Error number"));
}

static void look_at_identity_is_audited_first(void **state)
{
    struct rig *r = *state;
    struct store_stats before, after;
    store_stats(r->store->store, &before);
    const case_ref ref = case_ref_random();
    const str path = arena_printf(r->store->arena, "/case/%.*s%c", STR_F(case_ref_digits(&ref)), '\0');
    rig_get(r, path.p, STAFF, &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "identity=1"));
    store_stats(r->store->store, &after);
    assert_int_equal(after.jobs, before.jobs + 1);
    rig_get(r, "/case/1234567890", STAFF, &reply);
    assert_int_equal(reply.status, 404);
}

static int64_t jobs_of(struct rig *r, const char *target)
{
    struct store_stats before, after;
    store_stats(r->store->store, &before);
    rig_get(r, target, STAFF, &reply);
    assert_int_equal(reply.status, 200);
    store_stats(r->store->store, &after);
    return (int64_t)(after.jobs - before.jobs);
}

static void what_is_shown_counts_as_seen_before_it_is_shown(void **state)
{
    struct rig *r = *state;
    assert_int_equal(jobs_of(r, "/file"), 1); /* what is taken out is recorded */
    assert_int_equal(jobs_of(r, "/seen"), 1);
    assert_true(reply_says(&reply, "seen=1"));
    assert_int_equal(jobs_of(r, "/seen"), 0); /* nothing new: nothing is written */
    assert_true(reply_says(&reply, "seen=1"));
}

static void a_page_is_shown_although_nobody_could_note_it(void **state)
{
    struct rig *r = *state;
    assert_int_equal(jobs_of(r, "/seen?n=13"), 1);
    assert_true(reply_says(&reply, "seen=0"));
}

static void assets_are_cached_for_ever_under_their_tag(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/nowhere", "", &reply);
    const str query = reply_value(r, &reply, "/assets/site.css?v=");
    const str path = arena_printf(r->store->arena, "/assets/site.css?v=%.*s%c", STR_F(query), '\0');
    rig_get(r, path.p, "Cookie: sunwai=good\r\n", &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_heads(&reply, "immutable"));
    assert_true(reply_heads(&reply, "Content-Type: text/css"));
    const char *tag = strstr(reply.bytes, "ETag: ");
    assert_non_null(tag);
    const str line = arena_printf(r->store->arena, "If-None-Match: %.*s\r\n%c", (int)strcspn(tag + 6, "\r"),
                                  tag + 6, '\0');
    rig_get(r, "/assets/site.css", line.p, &reply);
    assert_int_equal(reply.status, 304);
    rig_get(r, "/assets/site.css", "", &reply);
    assert_true(reply_heads(&reply, "Cache-Control: no-cache"));
    rig_get(r, "/assets/none.css", "", &reply);
    assert_int_equal(reply.status, 404);
    assert_true(reply_heads(&reply, "Cache-Control: no-store"));
}

static str list_after(struct rig *r, const char *page, str cursor)
{
    const str path = arena_printf(r->store->arena, "%s?after=%.*s%c", page, STR_F(cursor), '\0');
    rig_get(r, path.p, "", &reply);
    return reply_value(r, &reply, "cursor=\"");
}

static void cursors_show_no_keys(void **state)
{
    struct rig *r = *state;
    const str one = list_after(r, "/list", S(""));
    const str two = list_after(r, "/list", S(""));
    assert_false(str_eq(one, two));
    uint8_t bytes[300];
    size_t n;
    assert_true(base64url_to(one, bytes, sizeof bytes, &n));
    assert_null(memmem(bytes, n, "7380645557043", 13));
    assert_null(memmem(bytes, n, "1780642800123", 13));
    list_after(r, "/list", one);
    assert_true(reply_says(&reply, "at=1780642800123,7380645557043"));
    list_after(r, "/list/other", one);
    assert_int_equal(reply.status, 422);
    assert_true(reply_says(&reply, "at=0,0"));
    char bent[400];
    memcpy(bent, one.p, one.n);
    bent[one.n - 5] = bent[one.n - 5] == 'A' ? 'B' : 'A';
    list_after(r, "/list", (str){bent, one.n});
    assert_int_equal(reply.status, 422);
    assert_true(reply_says(&reply, "fault=\"This list was open too long"));
}

/* ---- public forms ---- */

static void form_is_stored_once_and_replayed(void **state)
{
    struct rig *r = *state;
    const str body = say_form(r, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "words=No+water&name=Gul");
    rig_post(r, "/say", FORM_TYPE, body, &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "stored \"R1\" \"No water\" replayed=0"));
    rig_post(r, "/say", FORM_TYPE, body, &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "stored \"R1\" \"No water\" replayed=1"));
    assert_int_equal(stored(r), 1);
}

static void changed_replay_is_409_with_a_new_key(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/say", FORM_TYPE, say_form(r, "key1", "words=one"), &reply);
    assert_int_equal(reply.status, 200);
    rig_post(r, "/say", FORM_TYPE, say_form(r, "key1", "words=two"), &reply);
    assert_int_equal(reply.status, 409);
    assert_true(reply_says(&reply, "value=\"two\""));
    assert_true(reply_says(&reply, "already sent once"));
    const str key = reply_value(r, &reply, "key=\"");
    assert_true(ulid_valid(key));
    assert_int_equal(stored(r), 1);
}

static void key_is_kept_when_a_form_is_given_back(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/say", FORM_TYPE, say_form(r, "mine", "words="), &reply);
    assert_int_equal(reply.status, 422);
    assert_true(reply_says(&reply, "key=\"mine\""));
    assert_true(reply_says(&reply, "<li>words:User name: please give an answer.</li>"));
    assert_true(reply_says(&reply, "step=\"1\""));
}

static void missing_and_wrong_tokens_give_the_form_back(void **state)
{
    struct rig *r = *state;
    static const char *const bodies[] = {"words=No+water",
                                         "words=No+water&_token=", "words=No+water&_token=AAAA"};
    for (size_t i = 0; i < 3; i++) {
        rig_post(r, "/say", FORM_TYPE, str_of(bodies[i]), &reply);
        assert_int_equal(reply.status, 403);
        assert_true(reply_says(&reply, "value=\"No water\""));
        assert_true(reply_says(&reply, "open too long"));
    }
    const str fresh = reply_value(r, &reply, "token=\"");
    rig_post(r, "/say", FORM_TYPE, arena_printf(r->store->arena, "words=a&_token=%.*s", STR_F(fresh)),
             &reply);
    assert_int_equal(reply.status, 200);
    rig_post(r, "/say", FORM_TYPE "Sec-Fetch-Site: cross-site\r\n", say_form(r, "k", "words=a"), &reply);
    assert_int_equal(reply.status, 403);
    assert_int_equal(stored(r), 1);
}

static void other_language_keeps_the_text_and_stores_nothing(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/say", FORM_TYPE, say_form(r, "k", "words=&name=%D8%B2%DB%8C%D9%86%D8%A8&_lang=ps"), &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "lang=\"ps\""));
    assert_true(reply_says(&reply, "value=\"زینب\""));
    assert_false(reply_says(&reply, "<li>"));
    assert_true(reply_heads(&reply, "Set-Cookie: lang=ps;"));
    assert_int_equal(stored(r), 0);
}

static void hidden_marks_are_shown_removed(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/say", FORM_TYPE, say_form(r, "k", "words=a%E2%80%AEb"), &reply);
    assert_int_equal(reply.status, 422);
    assert_true(reply_says(&reply, "value=\"ab\""));
    assert_true(reply_says(&reply, "Hidden direction marks were removed"));
    rig_post(r, "/say", FORM_TYPE, say_form(r, "k", "words=a%00b"), &reply);
    assert_int_equal(reply.status, 422);
    assert_true(reply_says(&reply, "value=\"ab\""));
    rig_post(r, "/say", FORM_TYPE, say_form(r, "k", "words=a%FFz"), &reply);
    assert_int_equal(reply.status, 422);
    assert_true(reply_says(&reply, "a\xEF\xBF\xBDz"));
    assert_int_equal(stored(r), 0);
}

static void long_text_comes_back_whole_with_its_length(void **state)
{
    struct rig *r = *state;
    char text[5001];
    memset(text, 'x', 5000);
    text[5000] = '\0';
    const str fields = arena_printf(r->store->arena, "words=%s%c", text, '\0');
    rig_post(r, "/say", FORM_TYPE, say_form(r, "k", fields.p), &reply);
    assert_int_equal(reply.status, 422);
    assert_true(reply_says(&reply, text));
    assert_true(reply_says(&reply, "This has 5000 characters. At most 3000 are allowed."));
}

static void multipart_is_read_too(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/say", "", &reply);
    const str token = reply_value(r, &reply, "token=\"");
    const str body =
        arena_printf(r->store->arena,
                     "--XX\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n%.*s\r\n"
                     "--XX\r\nContent-Disposition: form-data; name=\"words\"\r\n\r\none\r\ntwo\r\n--XX--\r\n",
                     STR_F(token));
    rig_post(r, "/say", "Content-Type: multipart/form-data; boundary=\"XX\"\r\n", body, &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "\"one\ntwo\""));
    rig_post(r, "/say", "Content-Type: multipart/form-data\r\n", body, &reply);
    assert_int_equal(reply.status, 400);
    rig_post(r, "/say", "Content-Type: text/plain\r\n", S("words=a"), &reply);
    assert_int_equal(reply.status, 415);
}

static void step_without_write_shows_the_next_page(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/step", FORM_TYPE, say_form(r, "k", "words=even"), &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "step=\"0\""));
    rig_post(r, "/step", FORM_TYPE, say_form(r, "k", "words="), &reply);
    assert_int_equal(reply.status, 422);
    rig_post(r, "/step", FORM_TYPE, say_form(r, "k", "words=odd"), &reply);
    assert_true(reply_says(&reply, "<li>:This cannot be stored as it is."));
    assert_true(reply_says(&reply, "<li>words:Please choose one"));
    assert_int_equal(stored(r), 0);
}

static void prepare_runs_before_the_write(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/prepared", FORM_TYPE, say_form(r, "k", "words=tea"), &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "\"prepared tea\""));
}

static void refused_write_gives_the_form_back_beside_its_field(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/say", FORM_TYPE, say_form(r, "k", "words=conflict"), &reply);
    assert_int_equal(reply.status, 409);
    assert_true(reply_says(&reply, "<li>words:Too many tries</li>"));
    assert_true(reply_says(&reply, "key=\"k\""));
    rig_post(r, "/say", FORM_TYPE, say_form(r, "k", "words=broken"), &reply);
    assert_int_equal(reply.status, 500);
    assert_true(reply_says(&reply, "Error number"));
    assert_false(reply_says(&reply, "toy is broken"));
}

static void full_queue_is_503_with_the_form(void **state)
{
    struct rig *r = *state;
    gated = true;
    const str body = say_form(r, "k", "words=busy");
    const str unlike = say_form(r, "other", "words=busy+too");
    const int first = rig_send(r, rig_request(r, "POST", "/say", FORM_TYPE, body));
    pause_ms(200); /* the writer has taken it, and waits at the gate */
    const int second = rig_send(r, rig_request(r, "POST", "/say", FORM_TYPE, unlike));
    pause_ms(200); /* the only place in the queue is taken */
    const case_ref ref = case_ref_random();
    const str path = arena_printf(r->store->arena, "/case/%.*s%c", STR_F(case_ref_digits(&ref)), '\0');
    rig_get(r, path.p, STAFF, &reply);
    const bool without_identity = reply.status == 200 && reply_says(&reply, "identity=0");
    rig_get(r, "/file", STAFF, &reply);
    const bool no_file = reply.status == 503;
    rig_post(r, "/say", FORM_TYPE, say_form(r, "third", "words=no+room"), &reply);
    gated = false;
    sem_post(&gate);
    sem_post(&gate);
    assert_true(without_identity);
    assert_true(no_file);
    assert_int_equal(reply.status, 503);
    assert_true(reply_heads(&reply, "Retry-After: 2"));
    assert_true(reply_says(&reply, "value=\"no room\""));
    assert_true(reply_says(&reply, "key=\"third\""));
    assert_true(reply_says(&reply, "Nothing is lost"));
    rig_read(first, &reply);
    assert_int_equal(reply.status, 200);
    rig_read(second, &reply);
    assert_int_equal(reply.status, 200);
    assert_int_equal(stored(r), 2);
}

static void late_write_is_said_to_be_unknown_and_safe_to_repeat(void **state)
{
    struct rig *r = *state;
    gated = true;
    const str body = say_form(r, "k", "words=late");
    rig_post(r, "/say", FORM_TYPE, body, &reply);
    assert_int_equal(reply.status, 503);
    assert_true(reply_says(&reply, "not stored twice"));
    assert_true(reply_says(&reply, "key=\"k\""));
    assert_true(reply_says(&reply, "value=\"late\""));
    gated = false;
    sem_post(&gate);
    rig_post(r, "/say", FORM_TYPE, body, &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "replayed=1"));
    assert_int_equal(stored(r), 1);
}

/* ---- staff ---- */

static void staff_pages_ask_to_sign_in(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/note?note=a%20b", "", &reply);
    assert_int_equal(reply.status, 303);
    assert_true(reply_heads(&reply, "Location: /login?next=%2Fnote%3Fnote%3Da%2520b\r\n"));
    char longer[2048] = "/note?note=";
    memset(longer + 11, 'a', 1000);
    rig_get(r, longer, "", &reply);
    assert_true(reply_heads(&reply, "Location: /login\r\n"));
    rig_get(r, "/note", STAFF, &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "staff=\"1\""));
    rig_get(r, "/users", STAFF, &reply);
    assert_int_equal(reply.status, 403);
    assert_true(reply_says(&reply, "You may not do this"));
}

static void staff_post_needs_the_sessions_token(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/note", FORM_TYPE STAFF, form_with(r, "/note", STAFF, "k1", "note=one"), &reply);
    assert_int_equal(reply.status, 200);
    rig_post(r, "/note", FORM_TYPE STAFF, say_form(r, "k2", "note=two"), &reply);
    assert_int_equal(reply.status, 403);
    assert_true(reply_says(&reply, "value=\"two\""));
    /* A public form takes the token of the session too. */
    rig_post(r, "/say", FORM_TYPE STAFF, form_with(r, "/note", STAFF, "k3", "words=three"), &reply);
    assert_int_equal(reply.status, 200);
    assert_int_equal(stored(r), 2);
}

/* ---- a session that ended while she typed ---- */

#define ENDED "Cookie: sunwai=old\r\n"
#define HIDDEN_KEPT "name=\"kept\" value=\""

/* What a form of amina's session left open gives when it is sent after the session's end. */
static str kept_of(struct rig *r, const char *fields)
{
    const str body = form_with(r, "/note", STAFF, "k", fields);
    rig_post(r, "/note?x=1", FORM_TYPE ENDED, body, &reply);
    assert_int_equal(reply.status, 401);
    return reply_value(r, &reply, HIDDEN_KEPT);
}

/* Signs in with what `more` adds to the form. */
static void sign_in_with(struct rig *r, const char *login, str more)
{
    rig_get(r, "/login", "", &reply);
    const str token = reply_value(r, &reply, "name=\"_token\" value=\"");
    const str body = arena_printf(r->store->arena, "_token=%.*s&login=%s&password=right&%.*s", STR_F(token),
                                  login, STR_F(more));
    rig_post(r, "/login", FORM_TYPE, body, &reply);
}

static str kept_field(struct rig *r, str kept)
{
    return arena_printf(r->store->arena, "kept=%.*s", STR_F(kept));
}

static void ended_session_keeps_what_was_typed(void **state)
{
    struct rig *r = *state;
    const str kept = kept_of(r, "note=long+%3Cwords%3E&secret=hush&other=1");
    assert_false(reply_says(&reply, "hush"));
    assert_true(reply_says(&reply, "what you typed is kept"));
    const str token = reply_value(r, &reply, "name=\"_token\" value=\"");
    const str wrong = arena_printf(r->store->arena, "_token=%.*s&login=amina&password=wrong&kept=%.*s",
                                   STR_F(token), STR_F(kept));
    rig_post(r, "/login", FORM_TYPE, wrong, &reply);
    assert_int_equal(reply.status, 422);
    assert_true(str_eq(reply_value(r, &reply, HIDDEN_KEPT), kept));
    assert_true(reply_says(&reply, "value=\"amina\""));
    sign_in_with(r, "amina", kept_field(r, kept));
    assert_int_equal(reply.status, 200);
    assert_true(
        reply_heads(&reply, "Set-Cookie: sunwai=good; Path=/; Max-Age=3600; SameSite=Lax; HttpOnly\r\n"));
    assert_true(reply_says(&reply, "You are signed in again"));
    assert_true(reply_says(&reply, "action=\"/note?x=1\""));
    assert_true(reply_says(&reply, "name=\"note\" value=\"long &lt;words&gt;\""));
    assert_true(reply_says(&reply, "name=\"other\" value=\"1\""));
    assert_false(reply_says(&reply, "hush"));
    assert_true(reply_says(&reply, "name=\"_lang\" value=\"en\""));
}

/* The one button leads into the form, and only the form's own button sends it. */
static void going_on_shows_the_form_and_stores_nothing(void **state)
{
    struct rig *r = *state;
    sign_in_with(r, "amina", kept_field(r, kept_of(r, "note=long+%3Cwords%3E")));
    const str fresh = reply_value(r, &reply, "name=\"_token\" value=\"");
    const str key = reply_value(r, &reply, "name=\"_key\" value=\"");
    const str go_on = arena_printf(r->store->arena, "_token=%.*s&_key=%.*s&_lang=en&note=long+%%3Cwords%%3E",
                                   STR_F(fresh), STR_F(key));
    rig_post(r, "/note?x=1", FORM_TYPE STAFF, go_on, &reply);
    assert_int_equal(reply.status, 200);
    assert_true(reply_says(&reply, "step=\"1\""));
    assert_true(reply_says(&reply, "value=\"long &lt;words&gt;\""));
    assert_int_equal(stored(r), 0);
    const str own = reply_value(r, &reply, "token=\"");
    rig_post(r, "/note?x=1", FORM_TYPE STAFF,
             arena_printf(r->store->arena, "_token=%.*s&note=long+%%3Cwords%%3E", STR_F(own)), &reply);
    assert_int_equal(reply.status, 200);
    assert_int_equal(stored(r), 1);
}

static void kept_is_for_her_who_typed_it(void **state)
{
    struct rig *r = *state;
    const str kept = kept_of(r, "note=hers");
    sign_in_with(r, "zainab", kept_field(r, kept));
    assert_int_equal(reply.status, 303);
    assert_true(reply_heads(&reply, "Location: /cases\r\n"));
    assert_false(reply_says(&reply, "hers"));
}

/* A link to the sign-in page plants nothing, whatever it says. */
static void nothing_is_kept_from_an_address(void **state)
{
    struct rig *r = *state;
    const str kept = kept_of(r, "note=planted");
    rig_get(r, "/login?return_to=/note&keep.note=planted", "", &reply);
    assert_false(reply_says(&reply, "planted"));
    assert_false(reply_says(&reply, "return_to"));
    const str link = arena_printf(r->store->arena, "/login?kept=%.*s%c", STR_F(kept), '\0');
    rig_get(r, link.p, "", &reply);
    assert_false(reply_says(&reply, HIDDEN_KEPT));
    const str token = reply_value(r, &reply, "name=\"_token\" value=\"");
    rig_post(r, link.p, FORM_TYPE,
             arena_printf(r->store->arena, "_token=%.*s&login=amina&password=right", STR_F(token)), &reply);
    assert_int_equal(reply.status, 303);
    /* The token of a form does not count from an address either. */
    rig_get(r, "/note", STAFF, &reply);
    const str form = reply_value(r, &reply, "token=\"");
    const str with = arena_printf(r->store->arena, "/note?_token=%.*s%c", STR_F(form), '\0');
    rig_post(r, with.p, FORM_TYPE ENDED, S("note=planted"), &reply);
    assert_int_equal(reply.status, 401);
    assert_false(reply_says(&reply, HIDDEN_KEPT));
    rig_post(r, with.p, FORM_TYPE STAFF, S("note=planted"), &reply);
    assert_int_equal(reply.status, 403);
    assert_int_equal(stored(r), 0);
}

/* A staff route asked without a session keeps nothing of what came, unless it is a form of somebody's
 * session. */
static void nothing_is_kept_without_a_sessions_token(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/say", "", &reply);
    const str public = reply_value(r, &reply, "token=\"");
    const str bodies[] = {
        S("note=planted"),
        S("note=planted&_token="),
        S("note=planted&_token=t"),
        arena_printf(r->store->arena, "note=planted&_token=%.*s", STR_F(public)),
        S("note=planted&return_to=%2Fnote&keep.note=planted&next=%2Fcases"),
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        rig_post(r, "/note", FORM_TYPE, bodies[i], &reply);
        assert_int_equal(reply.status, 401);
        assert_false(reply_says(&reply, "planted"));
        assert_false(reply_says(&reply, HIDDEN_KEPT));
        assert_true(reply_says(&reply, "fill in the form again"));
    }
}

static void sign_in_page_gives_back_only_what_is_genuine(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/login", FORM_TYPE, S("_token=bad&return_to=%2Fnote&keep.note=planted&kept=AAAA&login=a"),
             &reply);
    assert_int_equal(reply.status, 403);
    assert_false(reply_says(&reply, "planted"));
    assert_false(reply_says(&reply, HIDDEN_KEPT));
    const str kept = kept_of(r, "note=hers");
    char bent[4000];
    assert_true(kept.n < sizeof bent);
    memcpy(bent, kept.p, kept.n);
    bent[kept.n / 2] = bent[kept.n / 2] == 'A' ? 'B' : 'A';
    sign_in_with(r, "amina", kept_field(r, (str){bent, kept.n}));
    assert_int_equal(reply.status, 303);
    sign_in_with(r, "amina", S("return_to=%2Fnote&keep.note=planted"));
    assert_int_equal(reply.status, 303);
    assert_true(reply_heads(&reply, "Location: /cases\r\n"));
    rig_get(r, "/login?next=/cases", "", &reply);
    assert_true(reply_says(&reply, "name=\"next\" value=\"/cases\""));
    rig_get(r, "/login?next=//evil", "", &reply);
    assert_false(reply_says(&reply, "evil"));
}

static void kept_is_bounded_in_size_and_time(void **state)
{
    struct rig *r = *state;
    static char big[70 * 1024];
    memset(big, 'x', sizeof big - 1);
    memcpy(big, "note=", 5);
    rig_post(r, "/note", FORM_TYPE ENDED, form_with(r, "/note", STAFF, "k", big), &reply);
    assert_int_equal(reply.status, 401);
    assert_false(reply_says(&reply, HIDDEN_KEPT));
    clock_fix(1780642800000);
    const str body = form_with(r, "/note", STAFF, "k", "note=late");
    clock_fix(1780642800000 + 24 * 3600000LL - 1);
    rig_post(r, "/note", FORM_TYPE ENDED, body, &reply);
    assert_true(reply_says(&reply, HIDDEN_KEPT));
    clock_fix(1780642800000 + 24 * 3600000LL);
    rig_post(r, "/note", FORM_TYPE ENDED, body, &reply);
    assert_false(reply_says(&reply, HIDDEN_KEPT));
    rig_post(r, "/note", FORM_TYPE STAFF, body, &reply);
    assert_int_equal(reply.status, 403);
    clock_fix(0);
}

/* Of a live session both must match: who, and which session. */
static void a_form_token_is_good_in_its_session_only(void **state)
{
    struct rig *r = *state;
    const str body = form_with(r, "/note", STAFF, "k", "note=one");
    static const char *const others[] = {"Cookie: sunwai=again\r\n", "Cookie: sunwai=other\r\n"};
    for (size_t i = 0; i < 2; i++) {
        const str more = arena_printf(r->store->arena, "%s%s%c", FORM_TYPE, others[i], '\0');
        rig_post(r, "/note", more.p, body, &reply);
        assert_int_equal(reply.status, 403);
    }
    rig_get(r, "/note", STAFF, &reply);
    const str token = reply_value(r, &reply, "token=\"");
    uint8_t bytes[200];
    size_t n;
    assert_true(base64url_to(token, bytes, sizeof bytes, &n));
    assert_null(memmem(bytes, n, "\0\0\0\0\0\0\0\7", 8)); /* her id stays here */
    assert_int_equal(stored(r), 0);
    rig_post(r, "/note", FORM_TYPE STAFF, body, &reply);
    assert_int_equal(stored(r), 1);
}

static void what_another_site_sends_is_refused_unshown(void **state)
{
    struct rig *r = *state;
    static const struct {
        const char *head;
        int status;
    } rows[] = {
        {"", 200},
        {"Sec-Fetch-Site: same-origin\r\n", 200},
        {"Sec-Fetch-Site: none\r\n", 200},
        {"Sec-Fetch-Site: same-origin\r\nOrigin: null\r\n", 200},
        {"Origin: null\r\n", 200},
        {"Origin: http://test\r\n", 200},
        {"Origin: https://TEST:8443\r\n", 200},
        {"Sec-Fetch-Site: cross-site\r\n", 403},
        {"Sec-Fetch-Site: same-site\r\n", 403},
        {"Sec-Fetch-Site: cross-site\r\nOrigin: http://test\r\n", 403},
        {"Origin: http://evil.example\r\n", 403},
        {"Origin: http://test.evil.example\r\n", 403},
        {"Origin: http://[::1]:80\r\n", 403},
    };
    static const char *const pages[] = {"/say", "/note", "/login"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const str more = arena_printf(r->store->arena, "%s%s%c", FORM_TYPE STAFF, rows[i].head, '\0');
        rig_post(r, "/say", more.p, form_with(r, "/note", STAFF, "", "words=planted&_lang=en"), &reply);
        assert_int_equal(reply.status, rows[i].status);
        for (size_t p = 0; rows[i].status == 403 && p < 3; p++) {
            rig_post(r, pages[p], more.p, S("words=planted&note=planted&login=planted&_lang=ur"), &reply);
            assert_int_equal(reply.status, 403);
            assert_false(reply_says(&reply, "planted"));
        }
    }
    rig_post(r, "/api/v1/say", JSON_TYPE BEARER "Sec-Fetch-Site: cross-site\r\n", S("{\"words\":\"a\"}"),
             &reply);
    assert_int_equal(reply.status, 403);
    assert_int_equal(stored(r), 0);
}

/* ---- the API ---- */

static void api_wants_a_bearer_and_no_cookie(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/api/v1/say", JSON_TYPE STAFF, S("{\"words\":\"a\"}"), &reply);
    assert_int_equal(reply.status, 401);
    assert_true(reply_heads(&reply, "WWW-Authenticate: Bearer"));
    assert_true(reply_heads(&reply, "application/problem+json"));
    rig_post(r, "/api/v1/say", JSON_TYPE BEARER,
             S("{\"words\":\"a\",\"other\":[1,{\"x\":null}],\"age\":null}"), &reply);
    assert_int_equal(reply.status, 201);
    assert_true(reply_says(&reply, "{\"ref\":\"R1\",\"words\":\"a\",\"replayed\":false}"));
}

static void api_replays_by_header(void **state)
{
    struct rig *r = *state;
    rig_post(r, "/api/v1/say", JSON_TYPE BEARER "Idempotency-Key: a1\r\n", S("{\"words\":\"a\",\"age\":5}"),
             &reply);
    assert_int_equal(reply.status, 201);
    rig_post(r, "/api/v1/say", JSON_TYPE BEARER "Idempotency-Key: a1\r\n", S("{\"age\":5,  \"words\":\"a\"}"),
             &reply);
    assert_int_equal(reply.status, 201);
    assert_true(reply_says(&reply, "\"ref\":\"R1\",\"words\":\"a\",\"replayed\":true"));
    rig_post(r, "/api/v1/say", JSON_TYPE BEARER "Idempotency-Key: a1\r\n", S("{\"words\":\"b\",\"age\":5}"),
             &reply);
    assert_int_equal(reply.status, 409);
    assert_true(reply_says(&reply, "\"status\":409"));
    rig_post(r, "/api/v1/say", JSON_TYPE BEARER "Idempotency-Key: a b\r\n", S("{\"words\":\"b\"}"), &reply);
    assert_int_equal(reply.status, 400);
    assert_int_equal(stored(r), 1);
}

static void api_says_what_is_wrong_with_json(void **state)
{
    struct rig *r = *state;
    static const struct {
        const char *body;
        int status;
        const char *says;
    } rows[] = {
        {"{\"words\":", 400, "line 1"},
        {"{\"words\":\"a\"\n,,}", 400, "line 2, column"},
        {"[1]", 400, "one JSON object"},
        {"{\"words\":\"a\",\"words\":\"b\"}", 400, "line 1"},
        {"{\"words\":\"a\\u0000b\"}", 400, "line 1"},
        {"{\"words\":5}", 422, "{\"field\":\"words\",\"detail\":\"This must be of the JSON type string.\"}"},
        {"{\"words\":\"a\",\"age\":\"5\"}", 422, "JSON type integer"},
        {"{\"words\":\"a\",\"age\":5.5}", 422, "JSON type integer"},
        {"{\"words\":\"a\",\"age\":121}", 422, "0 to 120"},
        {"{\"words\":\"a\",\"complainant\":{\"sex\":\"x\"}}", 422, "\"field\":\"complainant.sex\""},
        {"{\"words\":\"a\",\"complainant\":{\"phone\":\"12\"}}", 422, "0300-1234567"},
        {"{\"words\":\"a\",\"complainant\":{\"sex\":\"f\"},\"complainant.sex\":\"m\"}", 400, "JSON"},
        {"{\"words\":\"a\\u202eb\"}", 422, "direction marks"},
        {"{}", 422, "words"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        rig_post(r, "/api/v1/say", JSON_TYPE BEARER, str_of(rows[i].body), &reply);
        if (reply.status != rows[i].status || !reply_says(&reply, rows[i].says)) {
            fail_msg("%s: %d %.*s", rows[i].body, reply.status, STR_F(reply.body));
        }
        json_error_t e;
        json_t *root = json_loadb(reply.body.p, reply.body.n, 0, &e);
        assert_non_null(root);
        json_decref(root);
    }
    rig_post(r, "/api/v1/say", "Content-Type: text/plain\r\n" BEARER, S("{}"), &reply);
    assert_int_equal(reply.status, 415);
    assert_int_equal(stored(r), 0);
}

static void openapi_is_served(void **state)
{
    rig_get(*state, "/api/v1/openapi.json", "", &reply);
    assert_int_equal(reply.status, 200);
    json_error_t e;
    json_t *root = json_loadb(reply.body.p, reply.body.n, JSON_REJECT_DUPLICATES, &e);
    assert_non_null(root);
    assert_non_null(json_object_get(json_object_get(root, "paths"), "/api/v1/say"));
    assert_null(json_object_get(json_object_get(root, "paths"), "/say"));
    json_decref(root);
}

static void metrics_count_what_was_answered(void **state)
{
    struct rig *r = *state;
    rig_get(r, "/big", "", &reply);
    rig_get(r, "/nowhere", "", &reply);
    SCOPED(buf_free) struct buf b = buf_new(1 << 20);
    web_metrics(r->app, &b);
    buf_putc(&b, '\0');
    assert_non_null(strstr(b.p, "sunwai_requests_total{method=\"GET\",route=\"/big\",status=\"2xx\"} 1\n"));
    assert_non_null(strstr(b.p, "sunwai_requests_total{method=\"\",route=\"none\",status=\"4xx\"} 1\n"));
    assert_non_null(strstr(b.p, "sunwai_request_seconds_count 2\n"));
}

static void refusal_is_a_page_or_a_problem(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf b = buf_new(1 << 20);
    struct http_refused r = {.status = 431, .accept_language = S("ur")};
    assert_true(str_eq(web_refusal(NULL, &r, &b), S("text/html; charset=utf-8")));
    buf_putc(&b, '\0');
    assert_non_null(strstr(b.p, "یہ درخواست سمجھی نہیں جا سکی"));
    buf_clear(&b);
    r = (struct http_refused){.status = 503, .accept_language = S("en"), .cookies = S("sunwai=x; lang=ps")};
    (void)web_refusal(NULL, &r, &b);
    buf_putc(&b, '\0');
    assert_non_null(strstr(b.p, "<html lang=\"ps\"")); /* what she chose counts before her browser's */
    buf_clear(&b);
    r = (struct http_refused){.status = 413, .accept_language = S("en"), .wants_json = true};
    assert_true(str_eq(web_refusal(NULL, &r, &b), S("application/problem+json")));
    json_error_t e;
    json_t *root = json_loadb(b.p, b.n, 0, &e);
    assert_int_equal(json_integer_value(json_object_get(root, "status")), 413);
    json_decref(root);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(page_has_its_headers),
        T(language_is_chosen_in_order),
        T(unknown_address_is_404_in_her_language),
        T(wrong_method_is_405_with_allow),
        T(too_many_parameters_are_400),
        T(head_is_get_without_body),
        T(pages_without_session_are_compressed),
        T(slow_page_runs_in_the_pool),
        T(silent_handler_is_a_bug_with_a_number),
        T(look_at_identity_is_audited_first),
        T(what_is_shown_counts_as_seen_before_it_is_shown),
        T(a_page_is_shown_although_nobody_could_note_it),
        T(assets_are_cached_for_ever_under_their_tag),
        T(form_is_stored_once_and_replayed),
        T(changed_replay_is_409_with_a_new_key),
        T(key_is_kept_when_a_form_is_given_back),
        T(missing_and_wrong_tokens_give_the_form_back),
        T(other_language_keeps_the_text_and_stores_nothing),
        T(hidden_marks_are_shown_removed),
        T(long_text_comes_back_whole_with_its_length),
        T(multipart_is_read_too),
        T(step_without_write_shows_the_next_page),
        T(prepare_runs_before_the_write),
        T(refused_write_gives_the_form_back_beside_its_field),
        cmocka_unit_test_setup_teardown(full_queue_is_503_with_the_form, set_up_narrow, tear_down),
        cmocka_unit_test_setup_teardown(late_write_is_said_to_be_unknown_and_safe_to_repeat, set_up_hasty,
                                        tear_down),
        T(staff_pages_ask_to_sign_in),
        T(staff_post_needs_the_sessions_token),
        T(ended_session_keeps_what_was_typed),
        T(going_on_shows_the_form_and_stores_nothing),
        T(kept_is_for_her_who_typed_it),
        T(nothing_is_kept_from_an_address),
        T(nothing_is_kept_without_a_sessions_token),
        T(sign_in_page_gives_back_only_what_is_genuine),
        T(kept_is_bounded_in_size_and_time),
        T(a_form_token_is_good_in_its_session_only),
        T(what_another_site_sends_is_refused_unshown),
        T(cursors_show_no_keys),
        T(api_wants_a_bearer_and_no_cookie),
        T(api_replays_by_header),
        T(api_says_what_is_wrong_with_json),
        T(openapi_is_served),
        T(metrics_count_what_was_answered),
        T(refusal_is_a_page_or_a_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
