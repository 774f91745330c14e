/* sound_test.c: a tone, as plain samples, made into what browsers play; and again from that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "sniff.h"
#include "sound.h"

#ifdef __SANITIZE_ADDRESS__
/* What a piece of work holds when it refuses ends with its child. */
__attribute__((visibility("default"))) const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}
#endif

enum { RATE = 8000, HEAD = 44 };

static void number(struct buf *b, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        buf_putc(b, (char)(v >> 8 * i & 0xff));
    }
}

/* So many points, and how many of them are said to be a second. */
static struct buf wav_at(uint32_t n, uint32_t rate)
{
    struct buf b = buf_new(16 << 20);
    buf_put(&b, S("RIFF"));
    number(&b, HEAD - 8 + 2 * n, 4);
    buf_put(&b, S("WAVEfmt "));
    number(&b, 16, 4);
    number(&b, 1, 2);
    number(&b, 1, 2);
    number(&b, rate, 4);
    number(&b, 2 * rate, 4);
    number(&b, 2, 2);
    number(&b, 16, 2);
    buf_put(&b, S("data"));
    number(&b, 2 * n, 4);
    for (uint32_t i = 0; i < n; i++) {
        number(&b, i * 500 % 16000, 2);
    }
    return b;
}

static struct buf wav_of(uint32_t seconds)
{
    return wav_at(seconds * RATE, RATE);
}

static enum wire_why work_on(str input, struct companion_made *out)
{
    *out = (struct companion_made){.made = {buf_new(WIRE_MADE_MAX), buf_new(WIRE_MADE_MAX)}};
    return sound_work(input, out);
}

static void it_becomes_what_every_browser_plays(void **state)
{
    (void)state;
    struct buf in = wav_of(10);
    struct companion_made m, again;
    assert_int_equal(work_on(buf_str(&in), &m), WHY_FINE);
    assert_int_equal(sniff(buf_str(&m.made[0])), SNIFF_WEBM);
    assert_in_range(m.a, 9900, 10100);
    assert_in_range(m.made[0].n, 5000, 40000); /* 16 kbit/s: 20,000 */
    assert_non_null(memmem(m.made[0].p, m.made[0].n, "A_OPUS", 6));
    assert_int_equal(work_on(buf_str(&m.made[0]), &again), WHY_FINE); /* what was made can be read */
    assert_in_range(again.a, 9900, 10100);
    buf_free(&m.made[0]);
    buf_free(&again.made[0]);
    buf_free(&in);
}

static void what_is_no_recording_is_refused(void **state)
{
    (void)state;
    struct buf in = wav_of(2);
    struct companion_made m;
    static const str wrong[] = {
        S_INIT("\x1a\x45\xdf\xa3 no film"),
        S_INIT("OggS no sound"),
        S_INIT("#!AMR\n"),
        S_INIT("ID3 nothing"),
        S_INIT("\0\0\0\x18"
               "ftypmp42 nothing"),
        S_INIT("#EXTM3U\nfile:///etc/passwd\n"),
        S_INIT("ffconcat version 1.0\nfile /etc/passwd\n"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(work_on(wrong[i], &m), WHY_BROKEN);
        buf_free(&m.made[0]);
    }
    assert_int_equal(work_on(str_sub(buf_str(&in), 0, HEAD), &m), WHY_BROKEN); /* a head, and nothing said */
    buf_free(&m.made[0]);
    buf_free(&in);
}

static void one_that_goes_on_and_on_is_refused(void **state)
{
    (void)state;
    struct buf in = wav_of(SOUND_SECONDS_MAX + 3);
    struct companion_made m;
    assert_int_equal(work_on(buf_str(&in), &m), WHY_TOO_BIG);
    buf_free(&m.made[0]);
    buf_free(&in);
}

/* Some hundred bytes that say they are hours, or a sound for bats, keep nobody waiting. */
static void what_no_telephone_records_costs_nothing(void **state)
{
    (void)state;
    static const uint32_t rates[] = {1, 20, 3999, 200000, UINT32_MAX / 4};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        struct buf in = wav_at(2000, rates[i]);
        struct companion_made m;
        const clock_t from = clock();
        assert_int_equal(work_on(buf_str(&in), &m), WHY_BROKEN);
        assert_true(clock() - from < CLOCKS_PER_SEC / 2);
        buf_free(&m.made[0]);
        buf_free(&in);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_becomes_what_every_browser_plays),
        cmocka_unit_test(what_is_no_recording_is_refused),
        cmocka_unit_test(one_that_goes_on_and_on_is_refused),
        cmocka_unit_test(what_no_telephone_records_costs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
