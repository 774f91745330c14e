/* tls_ca.c: see tls_ca.h. */
#include "tls_ca.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "authority.h"
#include "certificate.h"
#include "cli.h"

enum {
    FILE_BYTES_MAX = 32 * 1024,
    PORT_USUAL = 8443,
    PLAIN_PORT_USUAL = 8080,
    GROUP = 4, /* hexadecimal digits that are compared at a glance */
    TEXT_BYTES_MAX = 8192
};

/* ---- files ---- */

static const char *path_of(const struct call *call, const char *name)
{
    return arena_printf(call->arena, "%s/%s", call->config->data, name).p;
}

/* STR_NONE: there is none. */
static str file_get(struct arena *a, const char *path)
{
    char text[FILE_BYTES_MAX];
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    const ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
    if (fd >= 0) {
        (void)close(fd);
    }
    const str s = n > 0 ? arena_str(a, (str){text, (size_t)n}) : STR_NONE;
    explicit_bzero(text, sizeof text);
    return s;
}

static bool write_through(int fd, str text)
{
    while (text.n > 0) {
        const ssize_t n = write(fd, text.p, text.n);
        if (n <= 0) {
            return false;
        }
        text = str_sub(text, (size_t)n, text.n);
    }
    return fsync(fd) == 0;
}

/* Whole or not at all; for its owner only. */
static bool file_put(const struct call *call, const char *name, str text)
{
    const char *path = path_of(call, name);
    const char *fresh = arena_printf(call->arena, "%s.new", path).p;
    (void)unlink(fresh);
    const int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written = fd >= 0 && write_through(fd, text);
    const int why = errno;
    if (fd >= 0) {
        (void)close(fd);
    }
    if (written && rename(fresh, path) == 0) {
        return true;
    }
    CLI_COMPLAIN(MSG_CLI_CA_CANNOT_WRITE, CLI_ARG("file", str_of(path)),
                 CLI_ARG("why", str_of(errno_text(written ? errno : why))));
    return false;
}

static bool folder_made(const struct call *call)
{
    struct stat s;
    if (stat(call->config->data, &s) != 0) {
        CLI_COMPLAIN(MSG_CLI_CA_NO_FOLDER, CLI_ARG("dir", str_of(call->config->data)));
        return false;
    }
    const char *path = path_of(call, CERTIFICATE_DIR);
    if (mkdir(path, 0700) == 0 || errno == EEXIST) {
        return true;
    }
    CLI_COMPLAIN(MSG_CLI_CA_CANNOT_WRITE, CLI_ARG("file", str_of(path)),
                 CLI_ARG("why", str_of(errno_text(errno))));
    return false;
}

/* ---- what is made ---- */

static bool names_of(const struct call *call, struct local_names *out)
{
    const str list = call->flags->value[FLAG_HOST];
    str wrong;
    if (list.p == NULL) {
        local_names_find(call->arena, out);
        return true;
    }
    if (local_names_read(call->arena, list, out, &wrong)) {
        return true;
    }
    CLI_COMPLAIN(MSG_CLI_CA_HOST, CLI_ARG("host", wrong));
    return false;
}

/* The one that is there, or a new one. */
static bool authority_ready(const struct call *call, const struct local_names *names, struct authority *out,
                            bool *out_new)
{
    struct arena *a = call->arena;
    struct fail f = {0};
    out->certificate = file_get(a, path_of(call, CERTIFICATE_AUTHORITY));
    out->key = file_get(a, path_of(call, CERTIFICATE_AUTHORITY_KEY));
    *out_new = out->certificate.p == NULL;
    if (!*out_new && out->key.p == NULL) {
        CLI_COMPLAIN(MSG_CLI_CA_KEY_AWAY, CLI_ARG("file", str_of(path_of(call, CERTIFICATE_AUTHORITY_KEY))));
        return false;
    }
    if (!*out_new) {
        return true;
    }
    const str given = call->flags->value[FLAG_NAME];
    const err e = authority_make(a, given.n > 0 ? given : names->name[0], names, out, &f);
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return false;
    }
    /* The key first: a certificate without one could never be renewed. */
    return file_put(call, CERTIFICATE_AUTHORITY_KEY, out->key) &&
           file_put(call, CERTIFICATE_AUTHORITY, out->certificate);
}

static bool server_made(const struct call *call, const struct authority *by, const struct local_names *names)
{
    struct fail f = {0};
    str pem;
    const err e = authority_vouch(call->arena, by, names, &pem, &f);
    if (e.code == ERR_CONFLICT || e.code == ERR_INVALID) {
        CLI_COMPLAIN(e.code == ERR_CONFLICT ? MSG_CLI_CA_NOT_ITS_NAMES : MSG_CLI_CA_NOT_ITS_KEY,
                     CLI_ARG("dir", str_of(path_of(call, CERTIFICATE_DIR))));
        return false;
    }
    if (e.code != ERR_OK) {
        cli_complain_fail(e, &f);
        return false;
    }
    return file_put(call, CERTIFICATE_PAIR, pem);
}

/* ---- the sheet ---- */

static str groups_of(struct arena *a, str fingerprint)
{
    SCOPED(buf_free) struct buf b = buf_new(TEXT_BYTES_MAX);
    for (size_t i = 0; i < fingerprint.n; i += GROUP) {
        if (i > 0) {
            buf_put(&b, i % (GROUP * 4) == 0 ? S("\n      ") : S("  "));
        }
        buf_put(&b, str_sub(fingerprint, i, GROUP));
    }
    for (size_t i = 0; i < b.n; i++) {
        b.p[i] = b.p[i] >= 'a' && b.p[i] <= 'f' ? (char)(b.p[i] - 'a' + 'A') : b.p[i];
    }
    return arena_str(a, buf_str(&b));
}

static str urls_of(struct arena *a, const struct local_names *names, const char *scheme, int64_t port,
                   const char *path)
{
    SCOPED(buf_free) struct buf b = buf_new(TEXT_BYTES_MAX);
    for (size_t i = 0; i < names->n; i++) {
        size_t at;
        const bool v6 = str_find(names->name[i], ':', &at);
        if (str_starts(names->name[i], S("127.")) || str_eq(names->name[i], S("::1")) ||
            str_eq(names->name[i], S("localhost"))) {
            continue;
        }
        buf_printf(&b, v6 ? "%s%s://[%.*s]:%lld%s" : "%s%s://%.*s:%lld%s", b.n > 0 ? "\n      " : "", scheme,
                   STR_F(names->name[i]), (long long)port, path);
    }
    return arena_str(a, buf_str(&b));
}

static void say(const struct call *call, const struct authority *by, const struct local_names *names,
                bool fresh)
{
    struct arena *a = call->arena;
    struct tls own = {0};
    struct tls authority = {0};
    if (!tls_describe(a, file_get(a, path_of(call, CERTIFICATE_PAIR)), &own) ||
        !tls_describe(a, by->certificate, &authority)) {
        return;
    }
    const bool ports_said = call->config->redirect_port > 0;
    const int64_t port = ports_said ? call->config->port : PORT_USUAL;
    const int64_t plain = ports_said ? call->config->redirect_port : PLAIN_PORT_USUAL;
    CLI_SAY(fresh ? MSG_CLI_CA_MADE : MSG_CLI_CA_RENEWED, CLI_ARG("names", own.names),
            CLI_ARG("day", certificate_day(a, own.until_ms)),
            CLI_ARG("authority_day", certificate_day(a, authority.until_ms)),
            CLI_ARG("key", str_of(path_of(call, CERTIFICATE_AUTHORITY_KEY))));
    CLI_SAY(MSG_CLI_CA_SHEET, CLI_ARG("urls", urls_of(a, names, "https", port, "/")),
            CLI_ARG("install", urls_of(a, names, "http", plain, "/install-certificate")),
            CLI_ARG("fingerprint", groups_of(a, authority.fingerprint)));
    if (fresh && !ports_said) {
        CLI_SAY(MSG_CLI_CA_NEXT, CLI_ARG("dir", str_of(call->config->data)),
                CLI_ARG("port", arena_printf(a, "%lld", (long long)port)),
                CLI_ARG("plain", arena_printf(a, "%lld", (long long)plain)));
    }
    if (!fresh) {
        CLI_SAY(MSG_CLI_CA_RESTART, CLI_ARG("dir", str_of(call->config->data)));
    }
}

int tls_ca_command(const struct call *call)
{
    struct local_names names;
    struct authority by = {STR_NONE, STR_NONE};
    bool fresh = false;
    if (!names_of(call, &names)) {
        return EXIT_USAGE;
    }
    if (!folder_made(call) || !authority_ready(call, &names, &by, &fresh) ||
        !server_made(call, &by, &names)) {
        return EXIT_FAILED;
    }
    say(call, &by, &names, fresh);
    return EXIT_FINE;
}
