/* certificate.c: see certificate.h. */
#include "certificate.h"

#include <fcntl.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"

enum { AUTHORITY_MAX = 16 * 1024 };

static const enum msg words[] = {
    [TLS_NO_CERTIFICATE] = MSG_CLI_TLS_UNREADABLE, [TLS_NO_KEY] = MSG_CLI_TLS_KEY_UNREADABLE,
    [TLS_KEY_OPEN] = MSG_CLI_TLS_KEY_OPEN,         [TLS_CERTIFICATE_BROKEN] = MSG_CLI_TLS_NO_CERTIFICATE,
    [TLS_KEY_BROKEN] = MSG_CLI_TLS_NO_KEY,         [TLS_MISMATCH] = MSG_CLI_TLS_MISMATCH,
};

/* Where certificate and key stand; false: nowhere. */
static bool choose(const struct config *c, struct arena *a, const char **out_path, const char **out_key)
{
    if (c->tls_cert != NULL) {
        *out_path = c->tls_cert;
        *out_key = c->tls_key != NULL ? c->tls_key : c->tls_cert;
        return true;
    }
    const char *own = c->data == NULL ? NULL : arena_printf(a, "%s/" CERTIFICATE_PAIR, c->data).p;
    *out_path = *out_key = own;
    return own != NULL && access(own, F_OK) == 0;
}

static str authority_of(const struct config *c, struct arena *a)
{
    const int fd = open(arena_printf(a, "%s/" CERTIFICATE_AUTHORITY, c->data).p, O_RDONLY | O_CLOEXEC);
    char text[AUTHORITY_MAX];
    const ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);
    if (fd >= 0) {
        (void)close(fd);
    }
    return n > 0 ? arena_str(a, (str){text, (size_t)n}) : S("");
}

bool certificate_load(const struct config *c, struct arena *a, struct certificate *out)
{
    struct certificate found = {.authority = S("")};
    const char *key;
    str why;
    if (!choose(c, a, &found.path, &key)) {
        if (c->redirect_port >= 0) {
            CLI_COMPLAIN(MSG_CLI_TLS_REDIRECT_ALONE);
            return false;
        }
        *out = found;
        return true;
    }
    const enum tls_fault fault = tls_read(a, found.path, key, &found.tls, &why);
    if (fault != TLS_FINE) {
        CLI_COMPLAIN(words[fault], CLI_ARG("file", str_of(found.path)), CLI_ARG("key", str_of(key)),
                     CLI_ARG("why", why));
        return false;
    }
    found.used = true;
    if (c->tls_cert == NULL) {
        found.authority = authority_of(c, a);
    }
    *out = found;
    return true;
}

int64_t certificate_days_left(int64_t until_ms)
{
    const int64_t left = until_ms - clock_now_ms();
    return left < 0 ? -1 - (-left / MS_PER_DAY) : left / MS_PER_DAY;
}

str certificate_day(struct arena *a, int64_t ms)
{
    const struct local_time t = local_of(ms);
    return arena_printf(a, "%04d-%02d-%02d", t.year, t.month, t.day);
}

bool certificate_days_fine(const struct certificate *c, struct arena *a)
{
    if (!c->used) {
        return true;
    }
    const int64_t days = certificate_days_left(c->tls.until_ms);
    const bool early = clock_now_ms() < c->tls.from_ms;
    const enum msg said = early                          ? MSG_CLI_TLS_EARLY
                          : days < 0                     ? MSG_CLI_TLS_OVER
                          : days < CERTIFICATE_SOON_DAYS ? MSG_CLI_TLS_SOON
                                                         : MSG_NONE;
    if (said != MSG_NONE) {
        CLI_COMPLAIN(said, CLI_ARG("file", str_of(c->path)),
                     CLI_ARG("day", certificate_day(a, early ? c->tls.from_ms : c->tls.until_ms)),
                     CLI_ARG("days", arena_printf(a, "%lld", (long long)days)));
    }
    return !early && days >= 0;
}
