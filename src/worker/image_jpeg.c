/* image_jpeg.c: libjpeg-turbo; it shrinks by eighths while it unpacks. */
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "arena.h"
#include "image_read.h"

/* The library's messages by their names; its macros beside them use a function that does not exist here. */
#define JERROR_H
#define JMESSAGE(code, string) code,
enum {
#include <jerror.h>
    JPEG_MESSAGES
};

enum {
    EXIF = JPEG_APP0 + 1,
    EXIF_MAX = 65535,
    ORIENTATION = 0x0112,
    ENTRY = 12,
    EIGHTHS = 8,
    RGB = 3,
    CMYK = 4,
    ROOM = 65536,
    SCANS_MAX = 50, /* of a progressive one; programs write about ten */
};

struct jpeg {
    struct jpeg_error_mgr errors; /* first: the library hands it back */
    jmp_buf over;
    struct jpeg_progress_mgr progress;
    bool cut; /* data was missing and made up */
    struct shrink *shrink;
    uint8_t *row, *plain;
};

static _Noreturn void on_error(j_common_ptr c)
{
    struct jpeg *j = (struct jpeg *)c->err;
    longjmp(j->over, 1);
}

/* Telephones write bytes too many, which is no harm; bytes that are missing are grey. */
static void on_message(j_common_ptr c, int level)
{
    struct jpeg *j = (struct jpeg *)c->err;
    const int code = c->err->msg_code;
    j->cut = j->cut || (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER));
}

static void say_nothing(j_common_ptr c)
{
    (void)c;
}

/* Each scan costs as much as the whole picture, and only some bytes. */
static void on_progress(j_common_ptr c)
{
    const struct jpeg_decompress_struct *d = (const struct jpeg_decompress_struct *)c;
    if (d->input_scan_number > SCANS_MAX) {
        on_error(c);
    }
}

static struct jpeg_error_mgr *errors_of(struct jpeg *j)
{
    (void)jpeg_std_error(&j->errors);
    j->errors.error_exit = on_error;
    j->errors.emit_message = on_message;
    j->errors.output_message = say_nothing;
    return &j->errors;
}

/* ---- which way is up: of all that a camera writes the one thing that is read ---- */

static uint32_t number_at(const uint8_t *p, size_t bytes, bool big)
{
    uint32_t v = 0;
    for (size_t i = 0; i < bytes; i++) {
        v = v << 8 | p[big ? i : bytes - 1 - i];
    }
    return v;
}

static bool is_exif(jpeg_saved_marker_ptr m)
{
    return m->marker == EXIF && m->data_length >= 14 && memcmp(m->data, "Exif\0", 6) == 0;
}

static int orientation_in(const uint8_t *p, size_t n)
{
    p += 6;
    n -= 6;
    const bool big = p[0] == 'M';
    const size_t at = number_at(p + 4, 4, big);
    if (at > n - 2) {
        return 1;
    }
    const size_t entries = number_at(p + at, 2, big);
    for (size_t i = 0; i < entries && at + 2 + (i + 1) * ENTRY <= n; i++) {
        const uint8_t *entry = p + at + 2 + i * ENTRY;
        if (number_at(entry, 2, big) == ORIENTATION) {
            return (int)number_at(entry + 8, 2, big);
        }
    }
    return 1;
}

static int orientation_of(const struct jpeg_decompress_struct *d)
{
    for (jpeg_saved_marker_ptr m = d->marker_list; m != NULL; m = m->next) {
        if (is_exif(m)) { /* others write beside it under the same number, and before it */
            return orientation_in(m->data, m->data_length);
        }
    }
    return 1;
}

/* ---- reading ---- */

/* The fewest eighths that still give the side. */
static unsigned eighths_for(uint32_t longer, uint32_t side_max)
{
    unsigned n = 1;
    while (n < EIGHTHS && (uint64_t)longer * n / EIGHTHS < side_max) {
        n++;
    }
    return n;
}

/* Printers' colours, as Adobe writes them: turned round. */
static void plain_of_print(const uint8_t *cmyk, uint8_t *rgb, uint32_t wide)
{
    for (uint32_t x = 0; x < wide; x++) {
        for (int c = 0; c < RGB; c++) {
            rgb[x * RGB + (uint32_t)c] =
                (uint8_t)(cmyk[x * CMYK + (uint32_t)c] * cmyk[x * CMYK + RGB] / UINT8_MAX);
        }
    }
}

static void begin_rows(struct jpeg *j, struct jpeg_decompress_struct *d, uint32_t side_max)
{
    const uint32_t longer = d->image_width > d->image_height ? d->image_width : d->image_height;
    const bool print = d->jpeg_color_space == JCS_CMYK || d->jpeg_color_space == JCS_YCCK;
    d->scale_num = eighths_for(longer, side_max);
    d->scale_denom = EIGHTHS;
    d->out_color_space = print ? JCS_CMYK : JCS_RGB;
    d->dct_method = JDCT_ISLOW;
    (void)jpeg_start_decompress(d);
    j->row = mem_new((size_t)d->output_width * CMYK);
    j->plain = mem_new((size_t)d->output_width * RGB);
    j->shrink = shrink_begin(d->output_width, d->output_height, side_max);
}

static void read_rows(struct jpeg *j, struct jpeg_decompress_struct *d)
{
    const bool print = d->out_color_space == JCS_CMYK;
    while (d->output_scanline < d->output_height) {
        JSAMPROW rows[] = {j->row};
        (void)jpeg_read_scanlines(d, rows, 1);
        if (print) {
            plain_of_print(j->row, j->plain, d->output_width);
        }
        shrink_row(j->shrink, print ? j->plain : j->row);
    }
    (void)jpeg_finish_decompress(d);
}

enum wire_why jpeg_read(str input, uint32_t side_max, struct picture *out)
{
    struct jpeg j = {0};
    struct jpeg_decompress_struct d = {.err = errors_of(&j)};
    if (setjmp(j.over) != 0) {
        return WHY_BROKEN; /* what it holds ends with the child */
    }
    jpeg_create_decompress(&d);
    j.progress.progress_monitor = on_progress;
    d.progress = &j.progress;
    jpeg_mem_src(&d, (const unsigned char *)input.p, input.n);
    jpeg_save_markers(&d, EXIF, EXIF_MAX);
    (void)jpeg_read_header(&d, TRUE);
    if (!image_fits(d.image_width, d.image_height)) {
        return WHY_TOO_BIG;
    }
    const int orientation = orientation_of(&d);
    begin_rows(&j, &d, side_max);
    read_rows(&j, &d);
    *out = picture_turn(shrink_end(j.shrink), orientation);
    jpeg_destroy_decompress(&d);
    mem_free(j.row);
    mem_free(j.plain);
    return j.cut ? WHY_BROKEN : WHY_FINE;
}

/* ---- writing ---- */

static void write_rows(struct jpeg_compress_struct *c, const struct picture *p, int quality)
{
    c->image_width = p->wide;
    c->image_height = p->high;
    c->input_components = RGB;
    c->in_color_space = JCS_RGB;
    jpeg_set_defaults(c);
    jpeg_set_quality(c, quality, TRUE);
    jpeg_start_compress(c, TRUE);
    while (c->next_scanline < c->image_height) {
        JSAMPROW rows[] = {p->rgb + (size_t)c->next_scanline * p->wide * RGB};
        (void)jpeg_write_scanlines(c, rows, 1);
    }
    jpeg_finish_compress(c);
}

/* Into room that a picture of that size never fills. */
bool jpeg_write(const struct picture *p, int quality, struct buf *out)
{
    struct jpeg j = {0};
    struct jpeg_compress_struct c = {.err = errors_of(&j)};
    unsigned long n = ROOM + (unsigned long)p->wide * p->high * RGB;
    unsigned char *room = mem_new(n), *bytes = room;
    if (setjmp(j.over) != 0) {
        return false;
    }
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &n);
    write_rows(&c, p, quality);
    jpeg_destroy_compress(&c);
    buf_put(out, (str){(const char *)bytes, n});
    mem_free(room);
    return !out->full;
}
