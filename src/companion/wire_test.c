/* wire_test.c: what is put is got back; anything else is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire.h"

static const struct wire_hello hello = {
    .name = S_INIT("worker"), .version = S_INIT("0.1.0-rc1"), .pid = 4000000001U, .abi = 7, .done = 63};
static const struct wire_ask_check ask = {
    .key = S_INIT("/srv/s/key"), .database = S_INIT("/srv/s/sunwai.db"), .folder = S_INIT("/srv/s")};

static struct wire opened(const struct buf *packet)
{
    struct wire w;
    assert_false(packet->full);
    assert_int_equal(wire_open(buf_str(packet), &w).code, ERR_OK);
    return w;
}

static void what_is_put_comes_back(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    wire_hello_put(&packet, 0xfedcba98U, &hello);
    struct wire w = opened(&packet);
    struct wire_hello h;
    assert_int_equal(w.kind, WIRE_HELLO);
    assert_int_equal(w.number, 0xfedcba98U);
    assert_int_equal(wire_hello_get(&w, &h).code, ERR_OK);
    assert_true(str_eq(h.name, hello.name) && str_eq(h.version, hello.version));
    assert_true(h.pid == hello.pid && h.abi == hello.abi && h.done == hello.done);

    buf_clear(&packet);
    wire_ask_check_put(&packet, 2, &ask);
    w = opened(&packet);
    struct wire_ask_check q;
    assert_int_equal(wire_ask_check_get(&w, &q).code, ERR_OK);
    assert_true(str_eq(q.key, ask.key) && str_eq(q.database, ask.database) && str_eq(q.folder, ask.folder));

    buf_clear(&packet);
    const struct wire_check check = {.key = 0, .database = 1, .write = 2, .connect = 0, .run = 1};
    wire_check_put(&packet, 3, &check);
    w = opened(&packet);
    struct wire_check c;
    assert_int_equal(wire_check_get(&w, &c).code, ERR_OK);
    assert_memory_equal(&c, &check, sizeof c);
    assert_int_equal(wire_hello_get(&w, &h).code, ERR_INVALID); /* another kind */

    buf_clear(&packet);
    wire_ask_hello_put(&packet, 4);
    assert_int_equal(opened(&packet).kind, WIRE_ASK_HELLO);
    buf_clear(&packet);
    const struct wire_ask_work work = {.task = TASK_SOUND, .input_n = 77};
    wire_ask_work_put(&packet, 5, &work);
    w = opened(&packet);
    struct wire_ask_work k;
    assert_int_equal(wire_ask_work_get(&w, &k).code, ERR_OK);
    assert_true(k.task == TASK_SOUND && k.input_n == 77);
    buf_clear(&packet);
    const struct wire_work done = {.why = WHY_FINE, .a = 3, .b = 4, .made_n = {5, 6}};
    wire_work_put(&packet, 0x80000001U, &done);
    w = opened(&packet);
    struct wire_work m;
    assert_int_equal(wire_work_get(&w, &m).code, ERR_OK);
    assert_true(m.why == WHY_FINE && m.a == 3 && m.b == 4 && m.made_n[0] == 5 && m.made_n[1] == 6);

    buf_clear(&packet);
    wire_end_put(&packet);
    assert_int_equal(opened(&packet).kind, WIRE_END);
}

/* More than there is room for, of a kind that there is not, refused and yet with something made. */
static void work_is_within_its_bounds(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    struct wire_ask_work k;
    struct wire_work m;
    static const struct wire_ask_work asks[] = {
        {0, 1}, {WIRE_TASKS, 1}, {TASK_IMAGE, 0}, {TASK_IMAGE, WIRE_INPUT_MAX + 1}};
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        buf_clear(&packet);
        wire_ask_work_put(&packet, 1, &asks[i]);
        const struct wire w = opened(&packet);
        assert_int_equal(wire_ask_work_get(&w, &k).code, ERR_INVALID);
    }
    static const struct wire_work answers[] = {{.why = WIRE_WHYS},
                                               {.why = WHY_BROKEN, .made_n = {1, 0}},
                                               {.why = WHY_FINE, .made_n = {WIRE_MADE_MAX, 1}},
                                               {.why = WHY_FINE, .made_n = {UINT32_MAX, UINT32_MAX}}};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        buf_clear(&packet);
        wire_work_put(&packet, 1, &answers[i]);
        const struct wire w = opened(&packet);
        assert_int_equal(wire_work_get(&w, &m).code, ERR_INVALID);
    }
}

/* Every byte of a head, every cut, one byte too many. */
static void a_head_that_is_not_ours_is_refused(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    wire_hello_put(&packet, 1, &hello);
    struct wire w;
    for (size_t n = 0; n < packet.n; n++) {
        assert_int_equal(wire_open(str_sub(buf_str(&packet), 0, n), &w).code, ERR_INVALID);
    }
    for (size_t i = 0; i < WIRE_HEAD; i++) {
        const bool of_the_number = i >= 4 && i < 8;
        packet.p[i] = (char)(packet.p[i] ^ 0x40);
        assert_int_equal(wire_open(buf_str(&packet), &w).code, of_the_number ? ERR_OK : ERR_INVALID);
        packet.p[i] = (char)(packet.p[i] ^ 0x40);
    }
    buf_putc(&packet, 'x');
    assert_int_equal(wire_open(buf_str(&packet), &w).code, ERR_INVALID);
}

/* A packet of that kind and body, with a right head. */
static struct wire crafted(struct buf *packet, enum wire_kind kind, str body)
{
    buf_clear(packet);
    wire_end_put(packet);
    packet->p[3] = (char)kind;
    packet->p[8] = (char)(body.n & 0xff);
    packet->p[9] = (char)(body.n >> 8);
    buf_put(packet, body);
    struct wire w = {0};
    if (wire_open(buf_str(packet), &w).code != ERR_OK) {
        w.kind = WIRE_END; /* refused already: no body of any kind */
    }
    return w;
}

static void a_body_out_of_its_bounds_is_refused(void **state)
{
    (void)state;
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    static const str hellos[] = {
        S_INIT(""),
        S_INIT("\x06\0wor"),
        S_INIT("\0\0\x01\0"
               "11234x1234"),
        S_INIT("\x01\0W\x01\0"
               "11234x1234"),
        S_INIT("\xff\xff"),
        S_INIT("\x01\0w\x01\0"
               "1PIDPA"),
        S_INIT("\x01\0w\x01\0"
               "1PIDPADONE+"),
    };
    struct wire_hello h = {.pid = 9};
    for (size_t i = 0; i < sizeof hellos / sizeof hellos[0]; i++) {
        const struct wire w = crafted(&packet, WIRE_HELLO, hellos[i]);
        assert_int_equal(wire_hello_get(&w, &h).code, ERR_INVALID);
    }
    assert_int_equal(h.pid, 9); /* untouched */
    const struct wire fine = crafted(&packet, WIRE_HELLO,
                                     S("\x01\0w\x01\0"
                                       "1PIDPADONE"));
    assert_int_equal(wire_hello_get(&fine, &h).code, ERR_OK);

    static const str asks[] = {
        S_INIT("\x02\0/a\x01\0b\x02\0/c"),         /* no root */
        S_INIT("\x02\0/a\x03\0/\0b\x02\0/c"),      /* NUL */
        S_INIT("\x02\0/a\x02\0/b"),                /* one too few */
        S_INIT("\x02\0/a\x02\0/b\x02\0/c\x02\0/d") /* one too many */
    };
    struct wire_ask_check q;
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++) {
        const struct wire w = crafted(&packet, WIRE_ASK_CHECK, asks[i]);
        assert_int_equal(wire_ask_check_get(&w, &q).code, ERR_INVALID);
    }
    struct wire_check c;
    const struct wire high = crafted(&packet, WIRE_CHECK, S("\0\1\2\3\0"));
    assert_int_equal(wire_check_get(&high, &c).code, ERR_INVALID);
    const struct wire most = crafted(&packet, WIRE_CHECK, S("\0\1\2\2\0"));
    assert_int_equal(wire_check_get(&most, &c).code, ERR_OK);
}

static void what_is_too_long_is_not_put(void **state)
{
    (void)state;
    char path[WIRE_TEXT_MAX + 1];
    memset(path, 'x', sizeof path);
    path[0] = '/';
    struct wire_ask_check q = ask;
    q.folder = (str){path, WIRE_TEXT_MAX};
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    wire_ask_check_put(&packet, 1, &q);
    struct wire w = opened(&packet);
    assert_int_equal(wire_ask_check_get(&w, &q).code, ERR_OK);
    q.folder = (str){path, sizeof path};
    buf_clear(&packet);
    wire_ask_check_put(&packet, 1, &q);
    assert_true(packet.full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_comes_back),
        cmocka_unit_test(work_is_within_its_bounds),
        cmocka_unit_test(a_head_that_is_not_ours_is_refused),
        cmocka_unit_test(a_body_out_of_its_bounds_is_refused),
        cmocka_unit_test(what_is_too_long_is_not_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
