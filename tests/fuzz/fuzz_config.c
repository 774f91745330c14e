/* fuzz_config: any INI file, through all checks: refused in words, or every setting within its bounds; and
 * what is shown of it holds no secret. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "config.h"
#include "fuzz.h"

static size_t times(str in, str what)
{
    size_t n = 0;
    for (const char *at = in.p; (at = memmem(at, (size_t)(in.p + in.n - at), what.p, what.n)) != NULL; at++) {
        n++;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str text = {size == 0 ? "" : (const char *)data, size};
    char path[64];
    const int fd = memfd_create("ini", MFD_CLOEXEC);
    if (size > 8192 || fd < 0 || write(fd, data, size) != (ssize_t)size) {
        (void)close(fd);
        return 0;
    }
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct arena *a = arena_open(1 << 20);
    struct flags flags = {0};
    struct config c = {.port = -1};
    struct fail f = {0};
    flags.value[FLAG_CONFIG] = str_of(path);
    const err e = config_load(a, &flags, &c, &f);
    SCOPED(buf_free) struct buf shown = buf_new(1 << 20);
    struct fail again = {0};
    CHECK(config_show(a, &flags, &shown, &again).code == e.code);
    if (e.code != ERR_OK) {
        CHECK(c.port == -1 && (f.message != 0 || e.code == ERR_LIMIT));
    } else {
        CHECK(c.port >= 0 && c.port <= 65535 && c.threads >= 1 && c.threads <= 64 && c.node >= 0 &&
              c.node <= 63);
        CHECK(c.listen != NULL && str_starts(c.leave, S("https://")));
        CHECK(!str_starts(c.metrics_token, S("secret-")) || times(text, c.metrics_token) != 1 ||
              times(buf_str(&shown), c.metrics_token) == 0);
    }
    arena_free(a);
    (void)close(fd);
    return 0;
}
