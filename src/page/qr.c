#include "qr.h"

#include <qrencode.h>

#include "buf.h"

enum { QUIET = 4, TEXT_MOST = 300, PATH_MOST = 64 * 1024 };

/* Runs of dark modules, row by row. */
static void rows_put(const QRcode *code, struct buf *path)
{
    const int n = code->width;
    for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++) {
            const int from = x;
            while (x < n && (code->data[y * n + x] & 1) != 0) {
                x++;
            }
            if (x > from) {
                buf_printf(path, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from, x - from);
            }
        }
    }
}

err qr_of(struct arena *a, str text, struct qr *out)
{
    const char *c = arena_cstr(a, text);
    if (c == NULL || text.n == 0 || text.n > TEXT_MOST) {
        return FAIL(INVALID);
    }
    QRcode *code = QRcode_encodeString8bit(c, 0, QR_ECLEVEL_M);
    if (code == NULL) {
        return FAIL(INVALID);
    }
    SCOPED(buf_free) struct buf path = buf_new(PATH_MOST);
    rows_put(code, &path);
    const struct qr qr = {.size = code->width + 2 * QUIET, .path = arena_str(a, buf_str(&path))};
    QRcode_free(code);
    if (path.full || qr.path.p == NULL) {
        return FAIL(LIMIT);
    }
    *out = qr;
    return OK;
}
