/* What embed made holds the files byte by byte, and what it compressed unpacks to them. */
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "assets.h"

static int same(const struct asset *a, const char *folder) {
    char path[4096], file[65536], unpacked[65536];
    (void)snprintf(path, sizeof path, "%s/%.*s", folder, STR_F(a->name));
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        return 0;
    }
    const size_t n = fread(file, 1, sizeof file, f);
    (void)fclose(f);
    if (a->plain.n != n || memcmp(a->plain.p, file, n) != 0 || a->etag.n != 18 || a->etag.p[0] != '"') {
        return 0;
    }
    if (a->gzip.p == NULL) {
        return 1;
    }
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)a->gzip.p, .avail_in = (unsigned)a->gzip.n,
                  .next_out = (unsigned char *)unpacked, .avail_out = sizeof unpacked};
    const int ended = inflateInit2(&z, 15 + 16) == Z_OK ? inflate(&z, Z_FINISH) : Z_ERRNO;
    (void)inflateEnd(&z);
    return ended == Z_STREAM_END && z.total_out == n && memcmp(unpacked, file, n) == 0 && a->gzip.n < n;
}

int main(int argc, char **argv) {
    size_t packed = 0;
    for (size_t i = 0; argc == 2 && i < assets_n; i++) {
        if (!same(&assets[i], argv[1])) {
            (void)fprintf(stderr, "%.*s differs\n", STR_F(assets[i].name));
            return 1;
        }
        packed += assets[i].gzip.p != NULL;
    }
    (void)fprintf(stderr, "%zu files, %zu compressed\n", assets_n, packed);
    return assets_n == 4 && packed == 1 && assets[4].plain.p == NULL ? 0 : 1;
}
