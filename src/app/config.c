/* config.c: settings by a table: name in the file, in the environment, as a flag, its default and its check.
 */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ini.h>

#include "msg.h"

enum setting {
    SET_DATA,
    SET_DATABASE,
    SET_LISTEN,
    SET_PORT,
    SET_THREADS,
    SET_NODE,
    SET_HTTPS,
    SET_TLS_CERT,
    SET_TLS_KEY,
    SET_REDIRECT_PORT,
    SET_METRICS_TOKEN,
    SET_ALLOW,
    SET_CROWDS,
    SET_CONNECTIONS,
    SET_PER_ADDRESS,
    SET_HELPLINE,
    SET_LEAVE,
    SET_PUBLIC_URL,
    SET_BACKUP_KEYS_DAYS,
    SET_BACKUP_WARN_HOURS,
    SET_CONFINE,
    SET_CONFINE_READ,
    SET_AUDIT_WITNESS,
    SET_N
};
enum source { FROM_DEFAULT, FROM_FILE, FROM_ENVIRONMENT, FROM_FLAG };

static const char *const source_names[] = {"default", "file", "environment", "flag"};

static const struct {
    const char *name; /* in the INI file */
    const char *env;
    enum flag flag; /* FLAG_N: none */
    const char *fallback;
    int64_t min, max; /* of a number; both 0: no number */
    bool secret;
} settings[SET_N] = {
    [SET_DATA] = {"data", "SUNWAI_DATA", FLAG_DATA, NULL, 0, 0, false},
    [SET_DATABASE] = {"database", "SUNWAI_DATABASE", FLAG_DATABASE, NULL, 0, 0, true},
    [SET_LISTEN] = {"listen", "SUNWAI_LISTEN", FLAG_LISTEN, "127.0.0.1", 0, 0, false},
    [SET_PORT] = {"port", "SUNWAI_PORT", FLAG_PORT, "8080", 0, 65535, false},
    [SET_THREADS] = {"threads", "SUNWAI_THREADS", FLAG_THREADS, "2", 1, 64, false},
    [SET_NODE] = {"node", "SUNWAI_NODE", FLAG_N, "0", 0, 63, false},
    [SET_HTTPS] = {"https", "SUNWAI_HTTPS", FLAG_HTTPS, "no", 0, 0, false},
    [SET_TLS_CERT] = {"tls_cert", "SUNWAI_TLS_CERT", FLAG_TLS_CERT, NULL, 0, 0, false},
    [SET_TLS_KEY] = {"tls_key", "SUNWAI_TLS_KEY", FLAG_TLS_KEY, NULL, 0, 0, false},
    [SET_REDIRECT_PORT] = {"http_redirect_port", "SUNWAI_HTTP_REDIRECT_PORT", FLAG_REDIRECT_PORT, "", 0,
                           65535, false},
    [SET_METRICS_TOKEN] = {"metrics_token", "SUNWAI_METRICS_TOKEN", FLAG_METRICS_TOKEN, NULL, 0, 0, true},
    [SET_ALLOW] = {"allow", "SUNWAI_ALLOW", FLAG_ALLOW, NULL, 0, 0, false},
    [SET_CROWDS] = {"crowds", "SUNWAI_CROWDS", FLAG_N, NULL, 0, 0, false},
    [SET_CONNECTIONS] = {"connections", "SUNWAI_CONNECTIONS", FLAG_N, "16000", 16, 1000000, false},
    [SET_PER_ADDRESS] = {"per_address", "SUNWAI_PER_ADDRESS", FLAG_N, "512", 4, 1000000, false},
    [SET_HELPLINE] = {"helpline", "SUNWAI_HELPLINE", FLAG_N, NULL, 0, 0, false},
    [SET_LEAVE] = {"leave", "SUNWAI_LEAVE", FLAG_N, "https://www.pmd.gov.pk/en/", 0, 0, false},
    [SET_PUBLIC_URL] = {"public_url", "SUNWAI_PUBLIC_URL", FLAG_N, "", 0, 0, false},
    [SET_BACKUP_KEYS_DAYS] = {"backup_keys_days", "SUNWAI_BACKUP_KEYS_DAYS", FLAG_N, "35", 1, 3650, false},
    [SET_BACKUP_WARN_HOURS] = {"backup_warn_hours", "SUNWAI_BACKUP_WARN_HOURS", FLAG_N, "36", 1, 8760, false},
    [SET_CONFINE] = {"confine", "SUNWAI_CONFINE", FLAG_N, "try", 0, 0, false},
    [SET_CONFINE_READ] = {"confine_read", "SUNWAI_CONFINE_READ", FLAG_N, NULL, 0, 0, false},
    [SET_AUDIT_WITNESS] = {"audit_witness", "SUNWAI_AUDIT_WITNESS", FLAG_WITNESS, NULL, 0, 0, false},
};

struct gathered {
    struct arena *arena;
    str value[SET_N];
    enum source source[SET_N];
    const char *unknown; /* a key of the file that is none of ours */
};

static err refuse(struct arena *a, struct fail *f, enum msg message, const char *what, str value)
{
    f->args[0] = (struct fail_arg){"what", arena_str(a, str_of(what))};
    f->args[1] = (struct fail_arg){"value", value.p != NULL ? value : S("")};
    return fail_set(f, ERR_INVALID, (int)message, NULL);
}

static void take(struct gathered *g, enum setting s, str value, enum source source)
{
    if (value.p != NULL) {
        g->value[s] = value;
        g->source[s] = source;
    }
}

static int file_line(void *arg, const char *section, const char *name, const char *value)
{
    struct gathered *g = arg;
    for (enum setting s = 0; s < SET_N; s++) {
        if (section[0] == '\0' && str_eq(str_of(name), str_of(settings[s].name))) {
            take(g, s, arena_str(g->arena, str_of(value)), FROM_FILE);
            return 1;
        }
    }
    if (g->unknown == NULL) {
        g->unknown = arena_cstr(g->arena, str_of(name));
    }
    return 0;
}

static err file_read(struct gathered *g, const char *path, bool must_be, struct fail *f)
{
    FILE *file = fopen(path, "re");
    if (file == NULL && errno == ENOENT && !must_be) {
        return OK;
    }
    if (file == NULL) {
        return refuse(g->arena, f, MSG_CLI_CONFIG_UNREADABLE, path, str_of(errno_text(errno)));
    }
    const int line = ini_parse_file(file, file_line, g);
    (void)fclose(file);
    if (g->unknown != NULL) {
        return refuse(g->arena, f, MSG_CLI_CONFIG_UNKNOWN, path, str_of(g->unknown));
    }
    if (line != 0) {
        return refuse(g->arena, f, MSG_CLI_CONFIG_LINE, path, arena_printf(g->arena, "%d", line));
    }
    return OK;
}

static err gather_file(struct gathered *g, const struct flags *flags, struct fail *f)
{
    str path = flags->value[FLAG_CONFIG];
    if (path.p == NULL) {
        path = str_of(getenv("SUNWAI_CONFIG"));
    }
    if (path.p != NULL) {
        return file_read(g, arena_cstr(g->arena, path), true, f);
    }
    str data = flags->value[FLAG_DATA];
    if (data.p == NULL) {
        data = str_of(getenv("SUNWAI_DATA"));
    }
    if (data.p == NULL) {
        return OK;
    }
    return file_read(g, arena_printf(g->arena, "%.*s/sunwai.ini", STR_F(data)).p, false, f);
}

static err gather(struct gathered *g, const struct flags *flags, struct fail *f)
{
    for (enum setting s = 0; s < SET_N; s++) {
        take(g, s, str_of(settings[s].fallback), FROM_DEFAULT);
    }
    TRY(gather_file(g, flags, f));
    for (enum setting s = 0; s < SET_N; s++) {
        const str env = str_of(getenv(settings[s].env));
        take(g, s, env.n > 0 ? env : STR_NONE, FROM_ENVIRONMENT);
        if (settings[s].flag != FLAG_N) {
            take(g, s, flags->value[settings[s].flag], FROM_FLAG);
        }
    }
    return arena_full(g->arena) ? FAIL(LIMIT) : OK;
}

static bool address_valid(const char *text)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

static err number_of(struct gathered *g, enum setting s, int64_t *out, struct fail *f)
{
    int64_t n;
    if (!str_i64(str_trim(g->value[s]), &n) || n < settings[s].min || n > settings[s].max) {
        f->args[2] = (struct fail_arg){"max", arena_printf(g->arena, "%lld", (long long)settings[s].max)};
        f->args[3] = (struct fail_arg){"min", arena_printf(g->arena, "%lld", (long long)settings[s].min)};
        return refuse(g->arena, f, MSG_CLI_CONFIG_NUMBER, settings[s].name, g->value[s]);
    }
    *out = n;
    return OK;
}

static err flag_of(struct gathered *g, enum setting s, bool *out, struct fail *f)
{
    const bool yes =
        str_eq(g->value[s], S("yes")) || str_eq(g->value[s], S("true")) || str_eq(g->value[s], S("1"));
    const bool no =
        str_eq(g->value[s], S("no")) || str_eq(g->value[s], S("false")) || str_eq(g->value[s], S("0"));
    if (!yes && !no) {
        return refuse(g->arena, f, MSG_CLI_CONFIG_YES_NO, settings[s].name, g->value[s]);
    }
    *out = yes;
    return OK;
}

/* Addresses apart by spaces or commas. */
static err addresses_of(struct gathered *g, enum setting s, const char **out, struct fail *f)
{
    str rest = g->value[s];
    size_t n = 0;
    str one;
    while (str_word(&rest, &one)) {
        const char *address = arena_cstr(g->arena, one);
        if (n == ALLOW_MAX || address == NULL || !address_valid(address)) {
            return refuse(g->arena, f, MSG_CLI_CONFIG_ADDRESS, settings[s].name, one);
        }
        out[n++] = address;
    }
    return OK;
}

static err confine_of(struct gathered *g, enum confine_mode *out, struct fail *f)
{
    for (enum confine_mode m = CONFINE_TRY; m <= CONFINE_OFF; m++) {
        if (str_eq(g->value[SET_CONFINE], str_of(confine_mode_name(m)))) {
            *out = m;
            return OK;
        }
    }
    return refuse(g->arena, f, MSG_CLI_CONFIG_CONFINE, settings[SET_CONFINE].name, g->value[SET_CONFINE]);
}

/* Paths apart by spaces or commas, each from the root. */
static err confine_read_of(struct gathered *g, const char **out, struct fail *f)
{
    str rest = g->value[SET_CONFINE_READ];
    size_t n = 0;
    str one;
    while (str_word(&rest, &one)) {
        const char *path = arena_cstr(g->arena, one);
        if (n == CONFINE_READ_MAX || path == NULL || path[0] != '/') {
            return refuse(g->arena, f, MSG_CLI_CONFIG_PATH, settings[SET_CONFINE_READ].name, one);
        }
        out[n++] = path;
    }
    return OK;
}

static const char *text_of(struct gathered *g, enum setting s)
{
    return g->value[s].n > 0 ? arena_cstr(g->arena, g->value[s]) : NULL;
}

static err config_of(struct gathered *g, struct config *out, struct fail *f)
{
    struct config c = {
        .data = text_of(g, SET_DATA),
        .database = text_of(g, SET_DATABASE),
        .listen = text_of(g, SET_LISTEN),
        .metrics_token = g->value[SET_METRICS_TOKEN],
        .helpline = str_trim(g->value[SET_HELPLINE]),
        .leave = str_trim(g->value[SET_LEAVE]),
        .public_url = str_trim(g->value[SET_PUBLIC_URL]),
        .audit_witness = text_of(g, SET_AUDIT_WITNESS),
    };
    /* It stands in a link of every page. */
    if (c.public_url.n > 0 && !str_starts(c.public_url, S("https://")) &&
        !str_starts(c.public_url, S("http://"))) {
        return refuse(g->arena, f, MSG_CLI_CONFIG_URL, settings[SET_PUBLIC_URL].name, c.public_url);
    }
    if (!str_starts(c.leave, S("https://"))) {
        return refuse(g->arena, f, MSG_CLI_CONFIG_URL, settings[SET_LEAVE].name, c.leave);
    }
    c.tls_cert = text_of(g, SET_TLS_CERT);
    c.tls_key = text_of(g, SET_TLS_KEY);
    if (c.tls_key != NULL && c.tls_cert == NULL) {
        return refuse(g->arena, f, MSG_CLI_CONFIG_KEY_ALONE, settings[SET_TLS_KEY].name,
                      g->value[SET_TLS_KEY]);
    }
    if (c.listen == NULL || !address_valid(c.listen)) {
        return refuse(g->arena, f, MSG_CLI_CONFIG_ADDRESS, settings[SET_LISTEN].name, g->value[SET_LISTEN]);
    }
    TRY(number_of(g, SET_PORT, &c.port, f));
    c.redirect_port = -1;
    if (g->value[SET_REDIRECT_PORT].n > 0) {
        TRY(number_of(g, SET_REDIRECT_PORT, &c.redirect_port, f));
        if (c.redirect_port == c.port && c.port != 0) {
            return refuse(g->arena, f, MSG_CLI_CONFIG_SAME_PORT, settings[SET_REDIRECT_PORT].name,
                          g->value[SET_REDIRECT_PORT]);
        }
    }
    TRY(number_of(g, SET_THREADS, &c.threads, f));
    TRY(number_of(g, SET_NODE, &c.node, f));
    TRY(number_of(g, SET_BACKUP_KEYS_DAYS, &c.backup_keys_days, f));
    TRY(number_of(g, SET_BACKUP_WARN_HOURS, &c.backup_warn_hours, f));
    TRY(flag_of(g, SET_HTTPS, &c.https, f));
    TRY(confine_of(g, &c.confine, f));
    TRY(confine_read_of(g, c.confine_read, f));
    TRY(number_of(g, SET_CONNECTIONS, &c.connections, f));
    TRY(number_of(g, SET_PER_ADDRESS, &c.per_address, f));
    TRY(addresses_of(g, SET_ALLOW, c.allow, f));
    TRY(addresses_of(g, SET_CROWDS, c.crowds, f));
    *out = c;
    return OK;
}

err config_load(struct arena *a, const struct flags *flags, struct config *out, struct fail *f)
{
    struct gathered g = {.arena = a};
    TRY(gather(&g, flags, f));
    return config_of(&g, out, f);
}

err config_show(struct arena *a, const struct flags *flags, struct buf *out, struct fail *f)
{
    struct gathered g = {.arena = a};
    struct config checked;
    TRY(gather(&g, flags, f));
    TRY(config_of(&g, &checked, f));
    for (enum setting s = 0; s < SET_N; s++) {
        const str value = settings[s].secret && g.value[s].n > 0 ? S("(set)") : g.value[s];
        buf_printf(out, "%-18s = %-24.*s ; %s\n", settings[s].name, STR_F(value), source_names[g.source[s]]);
    }
    return OK;
}

struct store_config config_store(const struct config *c)
{
    return (struct store_config){.dir = c->data, .address = c->database, .node = (unsigned)c->node};
}
