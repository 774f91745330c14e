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

/* Freed by the caller. */
static err encode(struct arena *a, str text, QRcode **out)
{
    const char *c = arena_cstr(a, text);
    if (c == NULL || text.n == 0 || text.n > TEXT_MOST) {
        return FAIL(INVALID);
    }
    *out = QRcode_encodeString8bit(c, 0, QR_ECLEVEL_M);
    return *out == NULL ? FAIL(INVALID) : OK;
}

err qr_bits(struct arena *a, str text, int64_t *out_size, str *out_bits)
{
    QRcode *code;
    TRY(encode(a, text, &code));
    const int n = code->width + 2 * QUIET;
    const size_t bytes = ((size_t)n * (size_t)n + 7) / 8;
    uint8_t *bits = arena_array_of(a, uint8_t, bytes);
    for (size_t i = 0; bits != NULL && i < bytes; i++) {
        bits[i] = 0;
    }
    for (int i = 0; bits != NULL && i < code->width * code->width; i++) {
        const size_t at = (size_t)(i / code->width + QUIET) * (size_t)n + (size_t)(i % code->width + QUIET);
        bits[at / 8] |= (uint8_t)((code->data[i] & 1) << (7 - at % 8));
    }
    QRcode_free(code);
    if (bits == NULL) {
        return FAIL(LIMIT);
    }
    *out_size = n;
    *out_bits = (str){(const char *)bits, bytes};
    return OK;
}

err qr_of(struct arena *a, str text, struct qr *out)
{
    QRcode *code;
    TRY(encode(a, text, &code));
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
