/* answering_test.c: a companion in a child, spoken to over its socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "answering.h"
#include "log.h"
#include "wire.h"

static const struct companion_role role = {
    .program = "sunwai-tester", .name = S_INIT("tester"), .plan = {.files_max = 16}};

struct other {
    int fd;
    pid_t pid;
    char packet[WIRE_MAX];
};

static void start(struct other *o, const char *mode)
{
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    (void)fflush(NULL);
    o->fd = pair[0];
    o->pid = fork();
    assert_true(o->pid >= 0);
    if (o->pid == 0) {
        char fd[12];
        char words[4][16] = {"sunwai-tester", "--fd", "--confine", ""};
        (void)snprintf(fd, sizeof fd, "%d", pair[1]);
        (void)snprintf(words[3], sizeof words[3], "%s", mode);
        char *argv[] = {words[0], words[1], fd, words[2], words[3], NULL};
        (void)close(pair[0]);
        log_to(-1);
        _exit(companion_main(&role, 5, argv));
    }
    (void)close(pair[1]);
}

static struct wire hear(struct other *o)
{
    struct wire w;
    const ssize_t n = recv(o->fd, o->packet, sizeof o->packet, 0);
    assert_true(n > 0);
    assert_int_equal(wire_open((str){o->packet, (size_t)n}, &w).code, ERR_OK);
    return w;
}

static void say(const struct other *o, str packet)
{
    assert_int_equal(send(o->fd, packet.p, packet.n, MSG_NOSIGNAL), (ssize_t)packet.n);
}

/* How it ended; minus the signal. */
static int end(struct other *o)
{
    int status;
    (void)close(o->fd);
    assert_int_equal(waitpid(o->pid, &status, 0), o->pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void it_says_hello_and_ends_with_the_other_side(void **state)
{
    (void)state;
    struct other o;
    start(&o, "try");
    struct wire_hello hello;
    struct wire w = hear(&o); /* unasked */
    assert_int_equal(w.number, 0);
    assert_int_equal(wire_hello_get(&w, &hello).code, ERR_OK);
    assert_true(str_eq(hello.name, S("tester")));
    assert_int_equal(hello.pid, o.pid);
    assert_int_equal(hello.abi, confine_abi());
    assert_true((hello.done & CONFINED_CALLS) != 0);
    SCOPED(buf_free) struct buf ask = buf_new(WIRE_MAX);
    wire_ask_hello_put(&ask, 77);
    say(&o, buf_str(&ask));
    w = hear(&o);
    assert_int_equal(w.kind, WIRE_HELLO);
    assert_int_equal(w.number, 77);
    assert_int_equal(end(&o), 0);
}

static struct wire_check checked(const char *mode)
{
    struct other o;
    start(&o, mode);
    (void)hear(&o);
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    const struct wire_ask_check ask = {
        .key = S("/proc/version"), .database = S("/nowhere/sunwai.db"), .folder = S("/tmp")};
    wire_ask_check_put(&packet, 5, &ask);
    say(&o, buf_str(&packet));
    const struct wire w = hear(&o);
    struct wire_check check;
    assert_int_equal(w.number, 5);
    assert_int_equal(wire_check_get(&w, &check).code, ERR_OK);
    assert_int_equal(end(&o), 0);
    return check;
}

static void everything_is_refused_to_it_when_confined(void **state)
{
    (void)state;
    const struct wire_check confined = checked("try");
    const struct wire_check refused = {0};
    assert_memory_equal(&confined, &refused, sizeof refused);
    const struct wire_check free = checked("off"); /* the same, not confined: the check can fail */
    assert_int_equal(free.key, TRIED_DONE);
    assert_int_equal(free.database, TRIED_ABSENT);
    assert_int_equal(free.write, TRIED_DONE);
    assert_int_equal(free.connect, TRIED_DONE);
    assert_int_equal(free.run, TRIED_DONE);
}

static void a_malformed_message_ends_it(void **state)
{
    (void)state;
    static char long_one[WIRE_MAX + 1] = "Sw\1\1";
    const str bad[] = {
        S("x"),
        S("Sw\1\1\0\0\0\0\1\0\0\0"),           /* a byte is missing */
        S("Sw\1\11\0\0\0\0\0\0\0\0"),          /* no such kind */
        S("Sw\1\3\0\0\0\0\2\0\0\0\377\377"),   /* a path that is longer than the body */
        S("Sw\1\4\0\0\0\0\5\0\0\0\0\0\0\0\0"), /* an answer, of which there was no question */
        {long_one, sizeof long_one},
        S("Sw\1\6\0\0\0\0\5\0\0\0\1\7\0\0\0"), /* work, of one that does none, and without anything to work on
                                                */
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct other o;
        start(&o, "try");
        (void)hear(&o);
        say(&o, bad[i]);
        char byte;
        assert_true(recv(o.fd, &byte, 1, 0) <= 0); /* no answer, and nobody there any more */
        assert_int_equal(end(&o), 65);
    }
}

static void it_ends_when_told_to(void **state)
{
    (void)state;
    struct other o;
    start(&o, "try");
    (void)hear(&o);
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    wire_end_put(&packet);
    say(&o, buf_str(&packet));
    char byte;
    assert_int_equal(recv(o.fd, &byte, 1, 0), 0);
    assert_int_equal(end(&o), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_hello_and_ends_with_the_other_side),
        cmocka_unit_test(everything_is_refused_to_it_when_confined),
        cmocka_unit_test(a_malformed_message_ends_it),
        cmocka_unit_test(it_ends_when_told_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
