/* fuzz_config: any INI file, through all checks: refused in words, or every setting within its bounds; and
 * what is shown of it holds no secret. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "config.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
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
        CHECK(!str_starts(c.metrics_token, S("secret-")) ||
              memmem(shown.p, shown.n, c.metrics_token.p, c.metrics_token.n) == NULL);
    }
    arena_free(a);
    (void)close(fd);
    return 0;
}
