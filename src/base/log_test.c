#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"

static int ends[2];
static char text[1 << 20];

static int open_pipe(void **state)
{
    (void)state;
    if (pipe(ends) != 0) {
        return -1;
    }
    log_to(ends[1]);
    clock_fix(1773486000123);
    return 0;
}

static int close_pipe(void **state)
{
    (void)state;
    log_to(-1);
    clock_fix(0);
    close(ends[0]);
    close(ends[1]);
    return 0;
}

static str logged(void)
{
    const ssize_t n = read(ends[0], text, sizeof text);
    assert_true(n > 0);
    return (str){text, (size_t)n};
}

static bool holds(str s, str part)
{
    return memmem(s.p, s.n, part.p, part.n) != NULL;
}

static void a_line_is_json(void **state)
{
    (void)state;
    LOG("http.start", log_i64("port", INT64_MIN), log_text("host", S("127.0.0.1")),
        log_text("none", STR_NONE));
    assert_true(
        str_eq(logged(),
               S("{\"time\":\"2026-03-14T11:00:00.123Z\",\"level\":\"info\",\"event\":\"http.start\",\"v\":1,"
                 "\"port\":-9223372036854775808,\"host\":\"127.0.0.1\",\"none\":null}\n")));
    WARN("a.b");
    assert_true(str_ends(logged(), S("\"level\":\"warn\",\"event\":\"a.b\",\"v\":1}\n")));
    ERROR("a.b");
    assert_true(holds(logged(), S("\"level\":\"error\"")));
}

static void nothing_breaks_out_of_its_quotes(void **state)
{
    (void)state;
    LOG("e", log_text("t", (str){"a\"b\\c\n\x01\x7F\xFF\xC3(\0z", 13}));
    assert_true(holds(
        logged(), S("\"t\":\"a\\\"b\\\\c\\u000a\\u0001\\u007f\xEF\xBF\xBD\xEF\xBF\xBD(\xEF\xBF\xBDz\"}\n")));
}

static void long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    char many[601];
    for (size_t i = 0; i < 600; i += 2) {
        memcpy(many + i, "\xDB\x8C", 2);
    }
    many[600] = 'x';
    LOG("e", log_text("t", (str){many + 1, 600}), log_text("u", (str){many, 300}),
        log_text("v", (str){many, 302}));
    const str line = logged();
    assert_true(str_utf8(line));
    size_t letters = 0;
    for (size_t at = 0; at < line.n;) {
        letters += str_next(line, &at) == 0x06CC;
    }
    /* 149 behind the half character that t begins with and that counts as one byte, 150 and 150 */
    assert_int_equal(letters, 449);
    assert_true(holds(line, S("ی\",\"v\":\"ی")));
    assert_true(str_ends(line, S("ی…\"}\n")));
}

static void a_line_that_grows_too_long_stays_whole(void **state)
{
    (void)state;
    char noise[300];
    memset(noise, '"', sizeof noise);
    const struct log_pair p = log_text("t", (str){noise, sizeof noise});
    LOG("e", p, p, p, p, p, p, p, p, p, p);
    const str line = logged();
    assert_true(line.n <= 4096);
    assert_true(str_ends(line, S("\\\"\",\"cut\":true}\n")));
    size_t at;
    assert_true(str_find(line, '\n', &at));
    assert_int_equal(at, line.n - 1);
}

static void *many_lines(void *arg)
{
    (void)arg;
    for (int i = 0; i < 40; i++) {
        LOG("thread", log_text("t", S("0123456789012345678901234567890123456789")));
    }
    return NULL;
}

static void threads_do_not_mix_their_lines(void **state)
{
    (void)state;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, many_lines, NULL), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    str all = logged();
    int lines = 0;
    while (all.n > 0) {
        const str line = str_cut(&all, '\n');
        assert_true(str_starts(line, S("{\"time\"")) && str_ends(line, S("6789\"}")));
        lines++;
    }
    assert_int_equal(lines, 160);
}

static bool nothing_logged(void)
{
    struct pollfd p = {.fd = ends[0], .events = POLLIN};
    return poll(&p, 1, 0) == 0;
}

static void lines_that_may_wait_keep_their_order(void **state)
{
    (void)state;
    LOG_LATER("first");
    LOG_LATER("second");
    assert_true(nothing_logged());
    log_flush();
    str all = logged();
    assert_true(holds(str_cut(&all, '\n'), S("first")));
    assert_true(holds(str_cut(&all, '\n'), S("second")));
    assert_int_equal(all.n, 0);
    LOG_LATER("third");
    WARN("fourth"); /* waits for nobody, and overtakes nobody */
    all = logged(); /* two writes, both made */
    assert_true(holds(str_cut(&all, '\n'), S("third")));
    assert_true(holds(str_cut(&all, '\n'), S("fourth")));
    log_flush();
    assert_true(nothing_logged());
}

static void no_more_waits_than_fits_in_one_piece(void **state)
{
    (void)state;
    size_t lines = 0;
    while (nothing_logged()) {
        LOG_LATER("e", log_i64("n", (int64_t)lines));
        lines++;
        assert_true(lines < 4096);
    }
    str all = logged();
    assert_true(all.n <= 4096 && all.n > 3900);
    assert_true(str_ends(all, S("}\n")));
    size_t seen = 0;
    while (all.n > 0) {
        assert_true(str_starts(str_cut(&all, '\n'), S("{\"time\"")));
        seen++;
    }
    assert_int_equal(seen, lines - 1);
    log_flush();
    assert_true(str_ends(logged(), S("}\n")));
}

static void silence(void **state)
{
    (void)state;
    log_to(-1);
    LOG("nobody.hears");
    log_to(ends[1]);
    LOG("heard");
    assert_true(holds(logged(), S("\"event\":\"heard\"")));
    assert_false(holds((str){text, 400}, S("nobody")));
}

#define LOG_TEST(f) cmocka_unit_test_setup_teardown(f, open_pipe, close_pipe)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOG_TEST(a_line_is_json),
        LOG_TEST(nothing_breaks_out_of_its_quotes),
        LOG_TEST(long_texts_are_cut_between_characters),
        LOG_TEST(a_line_that_grows_too_long_stays_whole),
        LOG_TEST(threads_do_not_mix_their_lines),
        LOG_TEST(lines_that_may_wait_keep_their_order),
        LOG_TEST(no_more_waits_than_fits_in_one_piece),
        LOG_TEST(silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
