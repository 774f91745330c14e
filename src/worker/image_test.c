/* image_test.c: pictures made here, mislabelled, cut off, turned, too large by what they say of themselves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"
#include "clock.h"
#include "image.h"
#include "image_read.h"

#ifdef __SANITIZE_ADDRESS__
/* What a piece of work holds when it refuses ends with its child. */
__attribute__((visibility("default"))) const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

enum { RGB = 3, RED = 0, GREEN = 1, BIG_BYTES = 10 << 20, BIG_WIDE = 5200, BIG_HIGH = 3900, MOST_MS = 1500 };

/* The left half red, the right half green, the top row of the left half white. */
static struct picture halves(uint32_t wide, uint32_t high)
{
    struct picture p = {.wide = wide, .high = high, .rgb = mem_new((size_t)wide * high * RGB)};
    for (uint32_t y = 0; y < high; y++) {
        for (uint32_t x = 0; x < wide; x++) {
            uint8_t *at = p.rgb + ((size_t)y * wide + x) * RGB;
            at[x < wide / 2 ? RED : GREEN] = 250;
            if (y < high / 4 && x < wide / 2) {
                memset(at, 250, RGB);
            }
        }
    }
    return p;
}

static struct buf jpeg_of(struct picture p)
{
    struct buf out = buf_new(64 << 20);
    assert_true(jpeg_write(&p, 90, &out));
    mem_free(p.rgb);
    return out;
}

static struct companion_made made_new(void)
{
    return (struct companion_made){.made = {buf_new(WIRE_MADE_MAX), buf_new(WIRE_MADE_MAX)}};
}

static void made_free(struct companion_made *m)
{
    buf_free(&m->made[0]);
    buf_free(&m->made[1]);
}

static enum wire_why work_on(str input)
{
    struct companion_made m = made_new();
    const enum wire_why why = image_work(input, &m);
    made_free(&m);
    return why;
}

/* At a place of the picture, in thousandths: 'r', 'g', 'w' or '?'. */
static char colour(const struct picture *p, uint32_t x, uint32_t y)
{
    const uint8_t *at = p->rgb + ((size_t)(y * p->high / 1000) * p->wide + x * p->wide / 1000) * RGB;
    const bool red = at[0] > 180, green = at[1] > 180;
    return red && green ? 'w' : red ? 'r' : green ? 'g' : '?';
}

static void it_is_made_small_and_says_nothing_else(void **state)
{
    (void)state;
    struct buf in = jpeg_of(halves(2400, 1200));
    struct companion_made m = made_new();
    struct picture p = {0}, small = {0};
    assert_int_equal(image_work(buf_str(&in), &m), WHY_FINE);
    assert_int_equal(m.a, 1600);
    assert_int_equal(m.b, 800);
    assert_int_equal(jpeg_read(buf_str(&m.made[0]), PICTURE_SIDE, &p), WHY_FINE);
    assert_int_equal(jpeg_read(buf_str(&m.made[1]), PICTURE_SIDE, &small), WHY_FINE);
    assert_true(p.wide == 1600 && p.high == 800 && small.wide == 240 && small.high == 120);
    assert_true(colour(&p, 100, 900) == 'r' && colour(&p, 900, 900) == 'g' && colour(&p, 100, 100) == 'w');
    assert_true(colour(&small, 100, 900) == 'r' && colour(&small, 900, 100) == 'g');
    mem_free(p.rgb);
    mem_free(small.rgb);
    made_free(&m);
    buf_free(&in);
}

/* What a camera writes beside the picture: which way is up, and where it was taken. */
static struct buf with_exif(const struct buf *jpeg, uint8_t orientation)
{
    struct buf out = buf_new(64 << 20);
    buf_put(&out, str_sub(buf_str(jpeg), 0, 2));
    buf_put(&out, S("\xff\xe1\x00\x1f"
                    "http://ns.adobe.com/xap/1.0/\0")); /* another program's, under the same number */
    buf_put(&out, S("\xff\xe1\x00\x47"
                    "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"));
    buf_putc(&out, (char)orientation);
    buf_put(&out, S("\0\0\0\0\0\0\0LAT 34.0159 LON 71.9747 CANARY camera"));
    buf_put(&out, str_sub(buf_str(jpeg), 2, jpeg->n));
    return out;
}

static void it_stands_upright_and_tells_no_place(void **state)
{
    (void)state;
    /* For each orientation: what is seen left below, right below, and where the white is. */
    static const struct {
        char below_left, below_right, above_left, above_right;
        bool lying;
    } want[9] = {
        [1] = {'r', 'g', 'w', 'g', false}, [2] = {'g', 'r', 'g', 'w', false},
        [3] = {'g', 'w', 'g', 'r', false}, [4] = {'w', 'g', 'r', 'g', false},
        [5] = {'g', 'g', 'w', 'r', true},  [6] = {'g', 'g', 'r', 'w', true},
        [7] = {'r', 'w', 'g', 'g', true},  [8] = {'w', 'r', 'g', 'g', true},
    };
    struct buf plain = jpeg_of(halves(400, 200));
    for (uint8_t o = 1; o <= 8; o++) {
        struct buf in = with_exif(&plain, o);
        struct companion_made m = made_new();
        struct picture p = {0};
        assert_non_null(memmem(in.p, in.n, "CANARY", 6));
        assert_int_equal(image_work(buf_str(&in), &m), WHY_FINE);
        assert_null(memmem(m.made[0].p, m.made[0].n, "CANARY", 6));
        assert_null(memmem(m.made[0].p, m.made[0].n, "Exif", 4));
        assert_int_equal(jpeg_read(buf_str(&m.made[0]), PICTURE_SIDE, &p), WHY_FINE);
        assert_int_equal(p.wide, want[o].lying ? 200 : 400);
        assert_int_equal(colour(&p, 100, 900), want[o].below_left);
        assert_int_equal(colour(&p, 900, 900), want[o].below_right);
        assert_int_equal(colour(&p, 100, 100), want[o].above_left);
        assert_int_equal(colour(&p, 900, 100), want[o].above_right);
        mem_free(p.rgb);
        made_free(&m);
        buf_free(&in);
    }
    buf_free(&plain);
}

static void what_is_cut_off_or_something_else_is_refused(void **state)
{
    (void)state;
    struct buf in = jpeg_of(halves(800, 600));
    for (size_t tenth = 0; tenth < 10; tenth++) {
        assert_int_equal(work_on(str_sub(buf_str(&in), 0, in.n * tenth / 10)), WHY_BROKEN);
    }
    assert_int_equal(work_on(str_sub(buf_str(&in), 0, in.n - 2)), WHY_BROKEN);
    buf_free(&in);
    static const str wrong[] = {
        S_INIT("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
        S_INIT("\xff\xd8\xff\xe0 no picture"),
        S_INIT("\x89PNG\r\n\x1a\n no picture"),
        S_INIT("RIFF\x20\0\0\0WEBPVP8 no picture"),
        S_INIT("GIF89a"),
        S_INIT("%PDF-1.4"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(work_on(wrong[i]), WHY_BROKEN);
    }
}

/* 65,000 by 65,000 in a hundred bytes: refused by what it says of itself. */
static void a_bomb_is_refused_before_it_is_unpacked(void **state)
{
    (void)state;
    static const str png =
        S_INIT("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xfd\xe8\0\0\xfd\xe8\x08\x02\0\0\0\x23\xe4\xd4\x41"
               "\0\0\0\0IDAT\x35\xaf\x06\x1e");
    const int64_t began = clock_mono_ms();
    struct buf jpeg = jpeg_of(halves(16, 16));
    char *size = memmem(jpeg.p, jpeg.n, "\xff\xc0\0\x11\x08", 5);
    assert_non_null(size);
    memcpy(size + 5, "\xfd\xe8\xfd\xe8", 4);
    assert_int_equal(work_on(buf_str(&jpeg)), WHY_TOO_BIG);
    const enum wire_why why = work_on(png);
    assert_true(why == WHY_TOO_BIG || why == WHY_BROKEN); /* its sums are not right either */
    assert_in_range(clock_mono_ms() - began, 0, 200);
    buf_free(&jpeg);
}

/* Twenty megapixels of noise, as heavy as a photo may be. */
/* A progressive picture comes in a few scans; each more costs as much as the whole, and only some bytes. */
static void a_picture_in_a_hundred_scans_is_refused(void **state)
{
    (void)state;
    static const uint8_t head[] = {
        0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01, 0x00,
        0x01, 0x00, 0x00, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x1b, 0x12, 0x14, 0x17, 0x14, 0x11, 0x1b, 0x17, 0x16,
        0x17, 0x1e, 0x1c, 0x1b, 0x20, 0x28, 0x42, 0x2b, 0x28, 0x25, 0x25, 0x28, 0x51, 0x3a, 0x3d, 0x30, 0x42,
        0x60, 0x55, 0x65, 0x64, 0x5f, 0x55, 0x5d, 0x5b, 0x6a, 0x78, 0x99, 0x81, 0x6a, 0x71, 0x90, 0x73, 0x5b,
        0x5d, 0x85, 0xb5, 0x86, 0x90, 0x9e, 0xa3, 0xab, 0xad, 0xab, 0x67, 0x80, 0xbc, 0xc9, 0xba, 0xa6, 0xc7,
        0x99, 0xa8, 0xab, 0xa4, 0xff, 0xc2, 0x00, 0x0b, 0x08, 0x00, 0x08, 0x00, 0x08, 0x01, 0x01, 0x11, 0x00,
        0xff, 0xc4, 0x00, 0x14, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x00, 0x01, 0x7f, 0xff,
        0xc4, 0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x01, 0x05, 0x02, 0x7f, 0xff, 0xc4,
        0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x06, 0x3f, 0x02, 0x7f, 0xff, 0xc4, 0x00,
        0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x01, 0x3f, 0x21, 0x7f, 0xff, 0xda, 0x00, 0x08,
        0x01, 0x01, 0x00, 0x00, 0x00, 0x10, 0x7f, 0xff, 0xc4, 0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
    static const uint8_t scan[] = {0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x01, 0x3f, 0x10, 0x7f};
    static const struct {
        int scans;
        enum wire_why why;
    } cases[] = {{1, WHY_FINE}, {20, WHY_FINE}, {100, WHY_BROKEN}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        SCOPED(buf_free) struct buf in = buf_new(1 << 16);
        buf_put(&in, (str){(const char *)head, sizeof head});
        for (int n = 0; n < cases[i].scans; n++) {
            buf_put(&in, (str){(const char *)scan, sizeof scan});
        }
        buf_put(&in, S("\xff\xd9"));
        assert_int_equal(work_on(buf_str(&in)), cases[i].why);
    }
}

static void a_photo_of_ten_megabytes_is_quick(void **state)
{
    (void)state;
    struct picture p = {
        .wide = BIG_WIDE, .high = BIG_HIGH, .rgb = mem_new((size_t)BIG_WIDE * BIG_HIGH * RGB)};
    uint32_t seed = 1;
    for (size_t i = 0; i < (size_t)BIG_WIDE * BIG_HIGH * RGB; i++) {
        seed = seed * 1664525 + 1013904223;
        p.rgb[i] = (uint8_t)(64 + (seed >> 24) / 2);
    }
    struct buf in = buf_new(64 << 20);
    assert_true(jpeg_write(&p, 84, &in));
    mem_free(p.rgb);
    struct companion_made m = made_new();
    struct timespec from, to;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    assert_int_equal(image_work(buf_str(&in), &m), WHY_FINE);
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    const int64_t ms = (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
    print_message("%zu bytes, %d megapixels: %d ms\n", in.n, BIG_WIDE * BIG_HIGH / 1000000, (int)ms);
    assert_true(in.n > BIG_BYTES);
#ifndef __SANITIZE_ADDRESS__
    assert_in_range(ms, 0, MOST_MS);
#endif
    made_free(&m);
    buf_free(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_made_small_and_says_nothing_else),
        cmocka_unit_test(it_stands_upright_and_tells_no_place),
        cmocka_unit_test(what_is_cut_off_or_something_else_is_refused),
        cmocka_unit_test(a_bomb_is_refused_before_it_is_unpacked),
        cmocka_unit_test(a_picture_in_a_hundred_scans_is_refused),
        cmocka_unit_test(a_photo_of_ten_megabytes_is_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
