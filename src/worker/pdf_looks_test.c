/* pdf_looks_test.c: pages of papers as pictures, compared with those kept in tests/looks, which somebody has
 * looked at. A line that is clipped or stands 3 mm off is found; what another day's libraries draw a little
 * darker is not.
 *
 * After a change that is meant: LOOKS=anew build/release/worker/pdf_looks_test, look at the pictures, commit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cairo.h>
#include <cmocka.h>

#include "fonts.h"
#include "papers_testing.h"
#include "pdf.h"
#include "photo_testing.h"

enum {
    DOTS_TO_INCH = 50,
    SHIFT = 6, /* 3 mm */
    PICTURE_BYTES = 8 << 20,
    DARKER = 16, /* of 255, of what is blurred */
    ODD_MOST = 8 /* so many dots may be */
};

/* Fonts are held until the process ends: that is their purpose. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:jpeg_read\nleak:libfontconfig\nleak:libpango\nleak:libcairo\nleak:libglib\n";
}

struct dots {
    uint8_t *dots; /* 255: white */
    size_t wide, high;
};

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_open(96 << 20);
    return fonts_open().code == ERR_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* ---- pictures ---- */

static struct dots picture_new(size_t wide, size_t high)
{
    struct dots p = {arena_array_of(arena, uint8_t, wide * high), wide, high};
    assert_non_null(p.dots);
    memset(p.dots, 255, wide * high);
    return p;
}

/* Each dot with its neighbours: where exactly an edge falls does not matter, and that there is one does. */
static struct dots blurred(const struct dots *p)
{
    struct dots b = picture_new(p->wide, p->high);
    for (size_t y = 1; y + 1 < p->high; y++) {
        for (size_t x = 1; x + 1 < p->wide; x++) {
            unsigned sum = 0;
            for (size_t k = 0; k < 9; k++) {
                sum += p->dots[(y + k / 3 - 1) * p->wide + x + k % 3 - 1];
            }
            b.dots[y * p->wide + x] = (uint8_t)(sum / 9);
        }
    }
    return b;
}

/* Whether a dot of one picture is like any at that place or beside it in another: a hairline may fall on the
 * next row. */
static bool like_there(const struct dots *one, size_t at, const struct dots *other)
{
    int least = 255;
    int most = 0;
    for (size_t k = 0; k < 9; k++) {
        const int dot = other->dots[at + k / 3 * other->wide + k % 3 - other->wide - 1];
        least = dot < least ? dot : least;
        most = dot > most ? dot : most;
    }
    return one->dots[at] >= least - DARKER && one->dots[at] <= most + DARKER;
}

/* How many dots are not as they should be. */
static size_t odd_dots(const struct dots *kept, const struct dots *now)
{
    if (kept->wide != now->wide || kept->high != now->high) {
        return SIZE_MAX;
    }
    const struct dots a = blurred(kept);
    const struct dots b = blurred(now);
    size_t n = 0;
    for (size_t i = a.wide + 1; i + a.wide + 1 < a.wide * a.high; i++) {
        n += !like_there(&a, i, &b) || !like_there(&b, i, &a);
    }
    return n;
}

/* One number of a PGM's head. */
static size_t number_cut(str *rest)
{
    size_t n = 0;
    size_t i = 0;
    for (; i < rest->n && rest->p[i] >= '0' && rest->p[i] <= '9'; i++) {
        n = 10 * n + (size_t)(rest->p[i] - '0');
    }
    *rest = str_sub(*rest, i + 1, rest->n);
    return n;
}

/* One sheet of a PDF, drawn by poppler. */
static struct dots drawn(const struct buf *pdf, int sheet)
{
    char path[] = "/tmp/sunwai-looks-XXXXXX";
    char number[8];
    const int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, pdf->p, pdf->n) == (ssize_t)pdf->n);
    (void)close(fd);
    (void)snprintf(number, sizeof number, "%d", sheet);
    const char *const args[] = {"pdftoppm", "-r", "50", "-gray", "-f", number, "-l", number, path, NULL};
    str pgm = testing_said(arena, args, PICTURE_BYTES);
    (void)unlink(path);
    assert_true(str_starts(pgm, S("P5\n")));
    str rest = str_sub(pgm, 3, pgm.n);
    const size_t wide = number_cut(&rest);
    const size_t high = number_cut(&rest);
    (void)number_cut(&rest);
    assert_true(pgm.n >= wide * high);
    const struct dots p = picture_new(wide, high);
    memcpy(p.dots, pgm.p + pgm.n - wide * high, wide * high);
    return p;
}

/* ---- kept ones ---- */

static void path_of(char *out, size_t n, const char *name)
{
    const char *from = access("tests/looks", F_OK) == 0 ? "tests/looks" : "../tests/looks";
    (void)snprintf(out, n, "%s/%s.png", from, name);
}

static struct dots kept_of(const char *name)
{
    char path[200];
    path_of(path, sizeof path, name);
    cairo_surface_t *s = cairo_image_surface_create_from_png(path);
    assert_int_equal(cairo_surface_status(s), CAIRO_STATUS_SUCCESS);
    struct dots p =
        picture_new((size_t)cairo_image_surface_get_width(s), (size_t)cairo_image_surface_get_height(s));
    const unsigned char *data = cairo_image_surface_get_data(s);
    const size_t stride = (size_t)cairo_image_surface_get_stride(s);
    for (size_t y = 0; y < p.high; y++) {
        for (size_t x = 0; x < p.wide; x++) {
            p.dots[y * p.wide + x] = data[y * stride + 4 * x];
        }
    }
    cairo_surface_destroy(s);
    return p;
}

static void keep(const char *name, const struct dots *p)
{
    char path[200];
    path_of(path, sizeof path, name);
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)p->wide, (int)p->high);
    unsigned char *data = cairo_image_surface_get_data(s);
    const size_t stride = (size_t)cairo_image_surface_get_stride(s);
    for (size_t i = 0; i < p->wide * p->high; i++) {
        memset(&data[i / p->wide * stride + 4 * (i % p->wide)], p->dots[i], 3);
    }
    cairo_surface_mark_dirty(s);
    assert_int_equal(cairo_surface_write_to_png(s, path), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(s);
}

/* ---- what may happen to a line ---- */

/* Rows of dots from `from` on that have ink, between rows that have none: a line, or a bar. */
struct band {
    size_t from, to;
};

static size_t ink_in(const struct dots *p, size_t row)
{
    size_t n = 0;
    for (size_t x = 0; x < p->wide; x++) {
        n += p->dots[row * p->wide + x] < 160;
    }
    return n;
}

static bool next_band(const struct dots *p, size_t from, struct band *out)
{
    size_t y = from;
    while (y < p->high && ink_in(p, y) == 0) {
        y++;
    }
    out->from = y;
    while (y < p->high && ink_in(p, y) > 0) {
        y++;
    }
    out->to = y;
    return out->from < p->high;
}

static size_t ink_of(const struct dots *p, const struct band *b)
{
    size_t n = 0;
    for (size_t y = b->from; y < b->to; y++) {
        n += ink_in(p, y);
    }
    return n;
}

/* The band 3 mm to the side; or without its upper or lower third, as if something stood over it. */
static struct dots harmed(const struct dots *p, const struct band *b, int how)
{
    struct dots h = picture_new(p->wide, p->high);
    memcpy(h.dots, p->dots, p->wide * p->high);
    const size_t third = (b->to - b->from + 2) / 3;
    for (size_t y = b->from; y < b->to; y++) {
        uint8_t *row = &h.dots[y * p->wide];
        if (how == 0) {
            memmove(row + SHIFT, row, p->wide - SHIFT);
        } else if (how == 1 ? y < b->from + third : y >= b->to - third) {
            memset(row, 255, p->wide);
        }
    }
    return h;
}

/* Every line of it, harmed in each way, is noticed: the comparison can fail. */
static void each_harm_is_noticed(const struct dots *kept)
{
    enum { HOWS = 3, LEAST_INK = 40, LEAST_HIGH = 5 };
    struct band b = {0, 0};
    while (next_band(kept, b.to, &b)) {
        if (b.to - b.from < LEAST_HIGH || ink_of(kept, &b) < LEAST_INK) {
            continue; /* a rule, or a page's number */
        }
        for (int how = 0; how < HOWS; how++) {
            struct arena *all = arena;
            arena = arena_open(8 << 20);
            const struct dots h = harmed(kept, &b, how);
            const size_t odd = odd_dots(kept, &h);
            arena_free(arena);
            arena = all;
            if (odd <= ODD_MOST) {
                print_message("rows %zu to %zu, harm %d: %zu odd dots\n", b.from, b.to, how, odd);
            }
            assert_true(odd > ODD_MOST);
        }
    }
}

static void looks_as_kept(const struct paper *p, const char *name, int from, int to)
{
    SCOPED(buf_free) struct buf pdf = buf_new(PDF_MAX);
    int sheets = 0;
    assert_int_equal(pdf_of(p, &pdf, &sheets).code, ERR_OK);
    assert_true(sheets >= to);
    for (int i = from; i <= to; i++) {
        const struct arena_mark mark = arena_mark(arena);
        char page[60];
        (void)snprintf(page, sizeof page, "%s-%d", name, i);
        const struct dots now = drawn(&pdf, i);
        if (getenv("LOOKS") != NULL) {
            keep(page, &now);
        }
        const struct dots kept = kept_of(page);
        const size_t odd = odd_dots(&kept, &now);
        if (odd > ODD_MOST) {
            print_message("%s: %zu dots are not as in tests/looks\n", page, odd);
        }
        assert_true(odd <= ODD_MOST);
        each_harm_is_noticed(&kept);
        arena_reset(arena, mark);
    }
}

static void minutes_look_as_kept(void **state)
{
    (void)state;
    const struct paper p = testing_minutes(arena);
    looks_as_kept(&p, "minutes-ur", 1, 1);
    looks_as_kept(&p, "minutes-ur", 4, 4);
}

static void figures_look_as_kept(void **state)
{
    (void)state;
    const struct paper ur = testing_figures(arena, true);
    const struct paper en = testing_figures(arena, false);
    looks_as_kept(&ur, "figures-ur", 1, 3);
    looks_as_kept(&en, "figures-en", 1, 2);
}

static void the_annual_report_looks_as_kept(void **state)
{
    (void)state;
    const struct paper ur = testing_annual(arena, true);
    const struct paper en = testing_annual(arena, false);
    looks_as_kept(&ur, "annual-ur", 1, 1);
    looks_as_kept(&en, "annual-en", 1, 1);
}

/* A photo in its size and place, its words below it; one that cannot be read leaves no hole. */
static void a_photo_looks_as_kept(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf jpeg = testing_jpeg();
    const struct paper ur = testing_story(arena, true, buf_str(&jpeg));
    const struct paper en = testing_story(arena, false, buf_str(&jpeg));
    looks_as_kept(&ur, "story-ur", 1, 1);
    looks_as_kept(&en, "story-en", 1, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minutes_look_as_kept),
        cmocka_unit_test(figures_look_as_kept),
        cmocka_unit_test(the_annual_report_looks_as_kept),
        cmocka_unit_test(a_photo_looks_as_kept),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
