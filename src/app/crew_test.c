/* crew_test.c: the test plays the companion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "crew.h"
#include "log.h"
#include "wire.h"

enum { WAIT_MS = 5000 };

struct played {
    struct crew *crew;
    int fd; /* the companion's end */
    char packet[WIRE_MAX];
};

static void open_crew(struct played *p)
{
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    const int fds[COMPANIONS] = {pair[0], -1};
    const struct config config = {.data = "/tmp"};
    p->fd = pair[1];
    p->crew = crew_open(fds, &config);
    assert_non_null(p->crew);
}

static void close_crew(struct played *p)
{
    crew_close(p->crew);
    (void)close(p->fd);
}

/* The next question of that kind. */
static struct wire asked(struct played *p, enum wire_kind kind)
{
    for (;;) {
        struct wire w;
        const ssize_t n = recv(p->fd, p->packet, sizeof p->packet, 0);
        assert_true(n > 0);
        assert_int_equal(wire_open((str){p->packet, (size_t)n}, &w).code, ERR_OK);
        if (w.kind == kind) {
            return w;
        }
    }
}

static void say_hello(const struct played *p, uint32_t number, uint32_t pid)
{
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    const struct wire_hello hello = {
        .name = S("worker"), .version = S("1"), .pid = pid, .abi = 7, .done = 63};
    wire_hello_put(&packet, number, &hello);
    assert_true(send(p->fd, packet.p, packet.n, 0) > 0);
}

static void becomes(const struct played *p, enum crew_state state)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    for (int i = 0; i < WAIT_MS && crew_state(p->crew, 0) != state; i++) {
        (void)nanosleep(&nap, NULL);
    }
    assert_int_equal(crew_state(p->crew, 0), state);
}

static bool says(const struct played *p, void (*put)(struct crew *c, struct buf *out), const char *line)
{
    SCOPED(buf_free) struct buf out = buf_new(64 * 1024);
    put(p->crew, &out);
    buf_putc(&out, '\0');
    return strstr(out.p, line) != NULL;
}

static void put_refused(struct crew *c, struct buf *out)
{
    const struct confine_tries own = {.read = TRIED_DONE};
    crew_put_refused(c, &own, out);
}

static void what_it_says_is_shown(void **state)
{
    (void)state;
    struct played p;
    open_crew(&p);
    assert_int_equal(crew_state(p.crew, 0), CREW_DOWN);
    assert_int_equal(crew_state(p.crew, 1), CREW_MISSING);
    say_hello(&p, asked(&p, WIRE_ASK_HELLO).number, 11);
    const struct wire w = asked(&p, WIRE_ASK_CHECK);
    struct wire_ask_check ask;
    assert_int_equal(wire_ask_check_get(&w, &ask).code, ERR_OK);
    assert_true(str_eq(ask.key, S("/tmp/key")) && str_eq(ask.folder, S("/tmp")));
    becomes(&p, CREW_UP);
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    const struct wire_check check = {.key = TRIED_REFUSED, .database = TRIED_ABSENT, .run = TRIED_DONE};
    wire_check_put(&packet, w.number, &check);
    assert_true(send(p.fd, packet.p, packet.n, 0) > 0);
    (void)asked(&p, WIRE_ASK_HELLO); /* a round later: all that was said has been heard */
    assert_true(says(&p, put_refused, "{process=\"worker\",what=\"key\"} 1\n"));
    assert_true(says(&p, put_refused, "{process=\"worker\",what=\"run\"} 0\n"));
    assert_true(says(&p, put_refused, "{process=\"web\",what=\"read\"} 0\n"));
    assert_false(says(&p, put_refused, "database"));
    close_crew(&p);
}

static void what_is_malformed_is_counted_and_ends_the_companion(void **state)
{
    (void)state;
    struct played p;
    open_crew(&p);
    say_hello(&p, asked(&p, WIRE_ASK_HELLO).number, 11);
    becomes(&p, CREW_UP);
    static char long_one[WIRE_MAX + 1] = "Sw\1\2";
    assert_true(send(p.fd, "Sw\1\2\0\0\0\0\2\0\0\0\377\377", 14, 0) > 0);
    (void)asked(&p, WIRE_END);
    becomes(&p, CREW_DOWN);
    assert_true(send(p.fd, long_one, sizeof long_one, 0) > 0);
    (void)asked(&p, WIRE_END);
    assert_true(says(&p, crew_put_states, "faults_total{name=\"worker\"} 2\n"));
    say_hello(&p, 0, 12); /* another one, started in its place */
    becomes(&p, CREW_UP);
    assert_true(says(&p, crew_put_states, "starts_total{name=\"worker\"} 2\n"));
    close_crew(&p);
}

static void *flood(void *arg)
{
    const struct played *p = arg;
    while (send(p->fd, "Sw\1\2", 4, MSG_NOSIGNAL) == 4) {
    }
    return NULL;
}

/* Who talks without end does not keep those waiting who ask for its state, and is heard fifty times a second.
 */
static void a_flood_keeps_nobody_waiting(void **state)
{
    (void)state;
    enum { ASKED = 20, NAP_MS = 20 };
    const struct timespec nap = {.tv_nsec = NAP_MS * 1000000L};
    struct played p;
    pthread_t talker;
    open_crew(&p);
    assert_int_equal(pthread_create(&talker, NULL, flood, &p), 0);
    (void)alarm(20); /* without a bound nobody else ever gets the mutex */
    for (int i = 0; i < ASKED; i++) {
        (void)crew_state(p.crew, 0);
        (void)nanosleep(&nap, NULL);
    }
    (void)alarm(0);
    SCOPED(buf_free) struct buf out = buf_new(64 * 1024);
    crew_put_states(p.crew, &out);
    buf_putc(&out, '\0');
    const char *faults = strstr(out.p, "faults_total{name=\"worker\"} ");
    assert_non_null(faults);
    assert_in_range(strtol(strchr(faults, ' ') + 1, NULL, 10), 1, 2000);
    crew_close(p.crew);
    (void)pthread_join(talker, NULL);
    (void)close(p.fd);
}

static void an_answer_to_somebody_else_is_none(void **state)
{
    (void)state;
    struct played p;
    open_crew(&p);
    say_hello(&p, asked(&p, WIRE_ASK_HELLO).number + 1000, 11);
    (void)asked(&p, WIRE_ASK_HELLO);
    assert_int_equal(crew_state(p.crew, 0), CREW_DOWN);
    close_crew(&p);
}

static void *has_work(void *arg)
{
    struct played *p = arg;
    struct work_done done;
    assert_int_equal(crew_work(p->crew, WORK_PDF, S("%PDF-"), &done).code, ERR_BUSY);
    return NULL;
}

static uint32_t number_of_work(void)
{
    struct played p;
    pthread_t asks;
    open_crew(&p);
    say_hello(&p, asked(&p, WIRE_ASK_HELLO).number, 11);
    becomes(&p, CREW_UP);
    assert_int_equal(pthread_create(&asks, NULL, has_work, &p), 0);
    const uint32_t number = asked(&p, WIRE_ASK_WORK).number;
    SCOPED(buf_free) struct buf packet = buf_new(WIRE_MAX);
    const struct wire_work busy = {.why = WHY_BUSY};
    wire_work_put(&packet, number, &busy);
    assert_true(send(p.fd, packet.p, packet.n, 0) > 0);
    (void)pthread_join(asks, NULL);
    close_crew(&p);
    return number;
}

/* A picture that the web process before this one sent may be done now: it is not this one's first. */
static void work_of_a_process_that_ended_is_nobodys(void **state)
{
    (void)state;
    assert_int_not_equal(number_of_work(), number_of_work());
}

static void without_a_crew_nothing_is_known(void **state)
{
    (void)state;
    const struct played p = {0};
    assert_int_equal(crew_state(NULL, 1), CREW_MISSING);
    assert_true(says(&p, crew_put_states, "up{name=\"courier\"} 0\n"));
    crew_close(NULL);
}

int main(void)
{
    log_to(-1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_says_is_shown),
        cmocka_unit_test(what_is_malformed_is_counted_and_ends_the_companion),
        cmocka_unit_test(a_flood_keeps_nobody_waiting),
        cmocka_unit_test(an_answer_to_somebody_else_is_none),
        cmocka_unit_test(work_of_a_process_that_ended_is_nobodys),
        cmocka_unit_test(without_a_crew_nothing_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
