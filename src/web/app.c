/* The start and end of the web floor, and what it says about itself. */
#include "check.h"
#include "life.h"
#include "log.h"
#include "vault.h"
#include "web_lang.h"

enum { OPENAPI_MAX = 4 << 20, POOL_THREADS = 2, POOL_QUEUE = 64, FILES_QUEUE = 16 };

/* A row that contradicts itself would be a hole: the program does not start with one. */
static void check_row(const struct route *r)
{
    const bool post = r->method == HTTP_POST;
    const bool api = (r->flags & ROUTE_API) != 0;
    CHECK(post || r->method == HTTP_GET);
    CHECK(r->permission > P_UNSAID && r->permission < P_N);
    CHECK(!post || api || r->permission != P_PUBLIC || (r->flags & ROUTE_FORM) != 0);
    CHECK(post || (r->show != NULL && r->write == NULL && r->prepare == NULL));
    CHECK(!post || r->write != NULL || r->show != NULL);
    CHECK(r->write == NULL || api || r->answer != NULL);
    CHECK((r->flags & ROUTE_STATIC) == 0 || (!post && r->permission == P_PUBLIC));
    CHECK(!api || (r->flags & ROUTE_FORM) == 0);
    CHECK((r->flags & ROUTE_AGAIN) == 0 ||
          (!post && !api && (r->flags & (ROUTE_IDENTITY | ROUTE_TAKEN | ROUTE_STATIC | ROUTE_PLAIN)) == 0));
    CHECK((r->flags & ROUTE_DEVICE) == 0 || (r->inputs_n > 0 && r->inputs[0].type == IN_CODE));
    CHECK(r->seen == NULL || (!post && r->seen->unseen != NULL && r->seen->note != NULL));
    for (size_t i = 0; i < r->inputs_n; i++) {
        CHECK(r->inputs[i].name != NULL && r->inputs[i].name[0] != '_' && r->inputs[i].name[0] != '\0');
        CHECK((r->inputs[i].type == IN_CHOICE) == (r->inputs[i].choices != NULL));
        CHECK((r->inputs[i].type == IN_FILES) == (r->inputs[i].takes != 0));
        CHECK(r->inputs[i].type != IN_FILES || (post && r->prepare != NULL));
    }
}

static size_t count_rows(const struct web_config *c)
{
    size_t n = web_routes_n;
    for (size_t t = 0; c->tables[t] != NULL; t++) {
        n += c->tables_n[t];
    }
    return n;
}

static const struct route **gather_rows(const struct web_config *c, size_t *out_n)
{
    const struct route **rows = mem_new(count_rows(c) * sizeof *rows);
    size_t n = 0;
    for (size_t t = 0; c->tables[t] != NULL; t++) {
        for (size_t i = 0; i < c->tables_n[t]; i++) {
            rows[n++] = &c->tables[t][i];
        }
    }
    for (size_t i = 0; i < web_routes_n; i++) {
        rows[n++] = &web_routes[i];
    }
    *out_n = n;
    return rows;
}

struct web_app *web_open(const struct web_config *config)
{
    struct web_app *a = mem_new(sizeof *a);
    a->config = *config;
    a->config.park_ms = config->park_ms > 0 ? config->park_ms : PARK_MS;
    a->routes = gather_rows(config, &a->routes_n);
    for (size_t i = 0; i < a->routes_n; i++) {
        check_row(a->routes[i]);
    }
    a->matcher = match_open(a->routes, a->routes_n);
    a->pool = pool_open(POOL_THREADS, POOL_QUEUE);
    a->files_pool = pool_open(POOL_THREADS, FILES_QUEUE);
    a->again = again_open();
    a->metrics = metrics_open(a->routes, a->routes_n);
    a->openapi = buf_new(OPENAPI_MAX);
    openapi_put(a->routes, a->routes_n, &a->openapi);
    vault_derive(store_vault(config->store), WEB_TOKEN_KEY, a->token_key);
    vault_derive(store_vault(config->store), S("web-content"), a->content_key);
    return a;
}

void web_close(struct web_app *a)
{
    if (a == NULL) {
        return;
    }
    pool_close(a->pool);
    pool_close(a->files_pool);
    again_close(a->again);
    metrics_close(a->metrics);
    match_close(a->matcher);
    buf_free(&a->openapi);
    mem_free((void *)a->routes);
    mem_free(a);
}

str web_refusal(void *app, const struct http_refused *r, struct buf *body)
{
    (void)app;
    const str over_tls = http_cookie_in(r->cookies, S("__Host-lang"));
    const str kept = over_tls.p != NULL ? over_tls : http_cookie_in(r->cookies, S("lang"));
    return answer_refusal(r->status, web_lang(STR_NONE, STR_NONE, kept, r->accept_language), r->wants_json,
                          body);
}

static void put_flags(const struct route *r, struct buf *out)
{
    static const struct {
        unsigned flag;
        const char *name;
    } flags[] = {{ROUTE_API, "api"},     {ROUTE_FORM, "form"},   {ROUTE_IDENTITY, "identity"},
                 {ROUTE_TAKEN, "taken"}, {ROUTE_SLOW, "slow"},   {ROUTE_STATIC, "static"},
                 {ROUTE_PLAIN, "plain"}, {ROUTE_AGAIN, "again"}, {ROUTE_DEVICE, "device"}};
    bool first = true;
    for (size_t f = 0; f < sizeof flags / sizeof *flags; f++) {
        if ((r->flags & flags[f].flag) != 0) {
            buf_printf(out, "%s%s", first ? "" : ",", flags[f].name);
            first = false;
        }
    }
}

static void put_inputs(const struct route *r, struct buf *out)
{
    static const char *const types[] = {
        [IN_LINE] = "line",     [IN_WORDS] = "words",   [IN_LIST] = "list",     [IN_PHONE] = "phone",
        [IN_CNIC] = "cnic",     [IN_REF] = "ref",       [IN_PIN] = "pin",       [IN_CODE] = "code",
        [IN_CHOICE] = "choice", [IN_NUMBER] = "number", [IN_DAY] = "day",       [IN_FLAG] = "flag",
        [IN_SECRET] = "secret", [IN_CURSOR] = "cursor", [IN_SIGNED] = "signed", [IN_FILES] = "files",
    };
    for (size_t i = 0; i < r->inputs_n; i++) {
        const struct input *in = &r->inputs[i];
        buf_printf(out, "%s%s:%s%s", i == 0 ? "" : ",", in->name, types[in->type], in->required ? "!" : "");
        for (size_t c = 0; in->choices != NULL && in->choices[c] != NULL; c++) {
            buf_printf(out, "%c%s", c == 0 ? ':' : '|', in->choices[c]);
        }
    }
}

void web_routes_list(const struct web_config *config, struct buf *out)
{
    size_t n;
    const struct route **rows = gather_rows(config, &n);
    for (size_t i = 0; i < n; i++) {
        buf_printf(out, "%s\t%s\t%s\t", rows[i]->method == HTTP_POST ? "POST" : "GET", rows[i]->pattern,
                   permission_name(rows[i]->permission));
        put_flags(rows[i], out);
        buf_putc(out, '\t');
        put_inputs(rows[i], out);
        buf_putc(out, '\n');
    }
    mem_free((void *)rows);
}

void web_metrics(const struct web_app *a, struct buf *out)
{
    metrics_put(a->metrics, out);
    struct store_stats s;
    store_stats(a->config.store, &s);
    const struct {
        const char *name, *type;
        int64_t value;
    } rows[] = {
        {"store_jobs_total", "counter", s.jobs},        {"store_commits_total", "counter", s.commits},
        {"store_failed_total", "counter", s.failed},    {"store_queue", "gauge", s.queue_now},
        {"store_queue_max", "gauge", s.queue_max_seen}, {"store_wal_bytes", "gauge", s.wal_bytes},
        {"store_rows_total", "counter", s.rows},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_printf(out, "# TYPE sunwai_%s %s\nsunwai_%s %lld\n", rows[i].name, rows[i].type, rows[i].name,
                   (long long)rows[i].value);
    }
}

bool web_room(void *app, enum http_method method, str path, struct http_room *out)
{
    const struct web_app *a = app;
    struct match m;
    if (match_find(a->matcher, method, path, &m).code != ERR_OK || m.route == NULL) {
        return false;
    }
    for (size_t i = 0; i < m.route->inputs_n; i++) {
        if (m.route->inputs[i].type == IN_FILES) {
            *out = (struct http_room){.body_max = FILES_BYTES_MAX, .file_max = FILES_PHOTO_MAX};
            return true;
        }
    }
    return false;
}
