/* image_png.c: libpng, row by row; an interlaced one, whose rows come in seven passes, is unpacked whole. */
#include <setjmp.h>

#include <png.h>

#include "arena.h"
#include "image_read.h"

enum { RGB = 3, RGBA = 4, SIXTEEN = 16, ROWS_MAX = 64 << 20 /* of an interlaced one */ };

struct png {
    str left;
    png_structp read;
    png_infop info;
    struct shrink *shrink;
    uint8_t *row, *plain;
};

static _Noreturn void on_error(png_structp p, png_const_charp why)
{
    (void)why;
    png_longjmp(p, 1);
}

static void say_nothing(png_structp p, png_const_charp why)
{
    (void)p;
    (void)why;
}

static void more(png_structp p, png_bytep out, size_t n)
{
    struct png *from = png_get_io_ptr(p);
    if (from->left.n < n) {
        png_error(p, "cut off");
    }
    memcpy(out, from->left.p, n);
    from->left = str_sub(from->left, n, from->left.n);
}

/* Whatever it is, as eight bits of red, green, blue and how much of it shows. */
static int ask_for_rgba(struct png *p)
{
    png_set_expand(p->read);
    if (png_get_bit_depth(p->read, p->info) == SIXTEEN) {
        png_set_scale_16(p->read);
    }
    png_set_gray_to_rgb(p->read);
    png_set_add_alpha(p->read, UINT8_MAX, PNG_FILLER_AFTER);
    const int passes = png_set_interlace_handling(p->read);
    png_read_update_info(p->read, p->info);
    return passes;
}

static void on_white(const uint8_t *rgba, uint8_t *rgb, uint32_t wide)
{
    for (uint32_t x = 0; x < wide; x++) {
        const int shows = rgba[RGB];
        for (int c = 0; c < RGB; c++) {
            rgb[c] = (uint8_t)((rgba[c] * shows + UINT8_MAX * (UINT8_MAX - shows)) / UINT8_MAX);
        }
        rgba += RGBA;
        rgb += RGB;
    }
}

static void read_rows(struct png *p, uint32_t wide, uint32_t high, int passes)
{
    const size_t row_n = (size_t)wide * RGBA;
    const uint32_t kept = passes > 1 ? high : 1;
    p->row = mem_new(row_n * kept);
    p->plain = mem_new((size_t)wide * RGB);
    for (int pass = 1; pass < passes; pass++) {
        for (uint32_t y = 0; y < high; y++) {
            png_read_row(p->read, p->row + row_n * y, NULL);
        }
    }
    for (uint32_t y = 0; y < high; y++) {
        uint8_t *row = p->row + (passes > 1 ? row_n * y : 0);
        png_read_row(p->read, row, NULL);
        on_white(row, p->plain, wide);
        shrink_row(p->shrink, p->plain);
    }
    png_read_end(p->read, NULL);
}

static enum wire_why read_all(struct png *p, uint32_t side_max, struct picture *out)
{
    png_set_read_fn(p->read, p, more);
    png_set_user_limits(p->read, UINT16_MAX, UINT16_MAX);
    /* Chunks beside the picture are passed over unread. */
    png_set_keep_unknown_chunks(p->read, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(p->read, p->info);
    const uint32_t wide = png_get_image_width(p->read, p->info),
                   high = png_get_image_height(p->read, p->info);
    if (!image_fits(wide, high)) {
        return WHY_TOO_BIG;
    }
    const int passes = ask_for_rgba(p);
    if (passes > 1 && (size_t)wide * high * RGBA > ROWS_MAX) {
        return WHY_TOO_BIG;
    }
    p->shrink = shrink_begin(wide, high, side_max);
    read_rows(p, wide, high, passes);
    *out = shrink_end(p->shrink);
    return WHY_FINE;
}

enum wire_why png_read(str input, uint32_t side_max, struct picture *out)
{
    struct png p = {.left = input};
    p.read = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, say_nothing);
    p.info = p.read != NULL ? png_create_info_struct(p.read) : NULL;
    if (p.info == NULL || setjmp(png_jmpbuf(p.read)) != 0) {
        return WHY_BROKEN; /* what it holds ends with the child */
    }
    const enum wire_why why = read_all(&p, side_max, out);
    png_destroy_read_struct(&p.read, &p.info, NULL);
    mem_free(p.row);
    mem_free(p.plain);
    return why;
}
