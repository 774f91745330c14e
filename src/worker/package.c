/* package.c: parts into a zip. */
#include "package.h"

#include <zip.h>

void package_escape(struct buf *out, uint32_t c)
{
    switch (c) {
    case '&':
        buf_put(out, S("&amp;"));
        return;
    case '<':
        buf_put(out, S("&lt;"));
        return;
    case '>':
        buf_put(out, S("&gt;"));
        return;
    case '"':
        buf_put(out, S("&quot;"));
        return;
    case 0xfffe: /* no characters of XML */
    case 0xffff:
        buf_utf8(out, 0xfffd);
        return;
    default:
        buf_utf8(out, c);
    }
}

/* ---- the zip: made in memory; each text lives until it is closed ---- */

static bool add_part(zip_t *zip, const char *name, const struct buf *text)
{
    zip_source_t *source = text->full ? NULL : zip_source_buffer(zip, text->p, text->n, 0);
    const zip_int64_t at = source == NULL ? -1 : zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return false;
    }
    const zip_uint16_t day = 1 << 5 | 1; /* 1 January 1980: the first that a zip knows */
    return zip_file_set_dostime(zip, (zip_uint64_t)at, 0, day, 0) == 0;
}

static err read_back(zip_source_t *whole, struct buf *out)
{
    if (zip_source_open(whole) != 0) {
        return FAIL(LIMIT);
    }
    char part[16 * 1024];
    zip_int64_t n = 0;
    while ((n = zip_source_read(whole, part, sizeof part)) > 0) {
        buf_put(out, (str){part, (size_t)n});
    }
    (void)zip_source_close(whole);
    return n < 0 || out->full ? FAIL(LIMIT) : OK;
}

err package_of(const struct package_part *parts, size_t n, struct buf *out)
{
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = whole == NULL ? NULL : zip_open_from_source(whole, ZIP_TRUNCATE, NULL);
    if (zip == NULL) {
        zip_source_free(whole);
        return FAIL(LIMIT);
    }
    zip_source_keep(whole); /* zip_close() lets go of its own */
    bool fine = true;
    for (size_t i = 0; i < n; i++) {
        fine = fine && add_part(zip, parts[i].name, parts[i].bytes);
    }
    err e = FAIL(LIMIT);
    if (!fine || zip_close(zip) != 0) {
        zip_discard(zip);
    } else {
        e = read_back(whole, out);
    }
    zip_source_free(whole);
    return e;
}
