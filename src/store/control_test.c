/* The control socket: a command's message reaches its handler, and whatever else comes is refused in words.
 */
#include "store_testing.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "control.h"
#include "lock.h"

static char dir[64];
static struct control *server;
static struct arena *arena;
static struct fail why;

static err echo(void *arg, struct arena *a, str body, str *out_reply, struct fail *f)
{
    (void)f;
    *out_reply = arena_printf(a, "%s:%.*s", (const char *)arg, STR_F(body));
    return OK;
}

static err refuse(void *arg, struct arena *a, str body, str *out_reply, struct fail *f)
{
    (void)arg;
    (void)a;
    (void)out_reply;
    return fail_log(f, ERR_CONFLICT, "no room for %.*s", STR_F(body));
}

static err vanish(void *arg, struct arena *a, str body, str *out_reply, struct fail *f)
{
    (void)arg;
    (void)a;
    (void)body;
    (void)out_reply;
    (void)f;
    _exit(0);
}

static err large(void *arg, struct arena *a, str body, str *out_reply, struct fail *f)
{
    (void)arg;
    (void)body;
    (void)f;
    char *p = arena_try(a, CONTROL_BODY_MAX);
    memset(p, 'y', CONTROL_BODY_MAX);
    *out_reply = (str){p, CONTROL_BODY_MAX};
    return OK;
}

static void serve_here(void)
{
    static char name[] = "echo";
    assert_err(control_open(dir, &server, &why), ok);
    control_handle(server, 1, 100, echo, name);
    control_handle(server, 2, 100, refuse, NULL);
    control_handle(server, 3, CONTROL_BODY_MAX, vanish, NULL);
    control_handle(server, 4, CONTROL_BODY_MAX, large, NULL);
    assert_err(control_start(server, &why), ok);
}

static int set_up(void **state)
{
    (void)state;
    log_to(-1);
    snprintf(dir, sizeof dir, "/tmp/sunwai-control.XXXXXX");
    assert_non_null(mkdtemp(dir));
    arena = arena_open(4 * CONTROL_BODY_MAX);
    why = (struct fail){0};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    control_close(server);
    server = NULL;
    arena_free(arena);
    testing_remove(dir);
    return 0;
}

static void a_message_is_answered(void **state)
{
    (void)state;
    str reply = STR_NONE;
    serve_here();
    for (int i = 0; i < 50; i++) {
        assert_err(control_call(dir, 1, S("lock user 7"), arena, &reply, &why), ok);
        assert_true(str_eq(reply, S("echo:lock user 7")));
    }
    assert_err(control_call(dir, 1, S(""), arena, &reply, &why), ok);
    assert_true(str_eq(reply, S("echo:")));
    assert_err(control_call(dir, 4, S(""), arena, &reply, &why), ok);
    assert_int_equal(reply.n, CONTROL_BODY_MAX);
}

static void a_failure_comes_with_its_words(void **state)
{
    (void)state;
    str reply = STR_NONE;
    serve_here();
    assert_err(control_call(dir, 2, S("seven"), arena, &reply, &why), conflict);
    assert_string_equal(why.log, "no room for seven");
    assert_null(reply.p);
}

static void what_is_not_known_is_refused(void **state)
{
    (void)state;
    static char much[CONTROL_BODY_MAX + 1];
    str reply = STR_NONE;
    serve_here();
    assert_err(control_call(dir, 9, S("x"), arena, &reply, &why), invalid);
    assert_err(control_call(dir, 0, S("x"), arena, &reply, &why), invalid);
    assert_err(control_call(dir, 60000, S("x"), arena, &reply, &why), invalid);
    assert_err(control_call(dir, 1, (str){much, 101}, arena, &reply, &why), limit);
    assert_err(control_call(dir, 1, (str){much, sizeof much}, arena, &reply, &why), limit);
    assert_err(control_call(dir, 1, S("still there"), arena, &reply, &why), ok);
}

static int raw(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/control.sock", dir);
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void noise_is_refused_and_does_no_harm(void **state)
{
    (void)state;
    str reply = STR_NONE;
    serve_here();
    static const char noise[] = "GET / HTTP/1.1\r\n\r\n";
    int fd = raw();
    assert_int_equal(send(fd, noise, sizeof noise, MSG_NOSIGNAL), sizeof noise);
    shutdown(fd, SHUT_WR);
    uint32_t head[3] = {0};
    assert_int_equal(recv(fd, head, sizeof head, MSG_WAITALL), sizeof head);
    assert_int_equal(head[1] >> 16, ERR_INVALID);
    close(fd);
    fd = raw();
    assert_int_equal(send(fd, noise, 3, MSG_NOSIGNAL), 3); /* cut short */
    close(fd);
    assert_err(control_call(dir, 1, S("x"), arena, &reply, &why), ok);
}

static void only_the_owner_can_reach_it(void **state)
{
    (void)state;
    char path[TESTING_PATH + 16];
    struct stat st;
    const mode_t before = umask(0);
    serve_here();
    umask(before);
    snprintf(path, sizeof path, "%s/control.sock", dir);
    assert_int_equal(stat(path, &st), 0);
    assert_true(S_ISSOCK(st.st_mode));
    assert_int_equal(st.st_mode & 0777, 0600);
    control_close(server);
    server = NULL;
    assert_int_equal(stat(path, &st), -1);
}

static void another_user_is_turned_away(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        print_message("[ SKIPPED ] becoming another user needs root\n");
        return;
    }
    char path[TESTING_PATH + 16];
    serve_here();
    snprintf(path, sizeof path, "%s/control.sock", dir);
    assert_int_equal(chmod(dir, 0755), 0);
    assert_int_equal(chmod(path, 0666), 0); /* even if someone opened the file to all */
    const pid_t child = fork();
    if (child == 0) {
        if (setuid(65534) != 0) {
            _exit(9);
        }
        str reply = STR_NONE;
        const bool denied = control_call(dir, 1, S("x"), arena, &reply, &why).code == ERR_DENIED;
        char byte;
        const bool answered = recv(raw(), &byte, 1, 0) > 0; /* even had she not looked whose server it is */
        _exit(denied && !answered ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void no_server_is_not_found(void **state)
{
    (void)state;
    str reply = STR_NONE;
    assert_err(control_call(dir, 1, S("x"), arena, &reply, &why), not_found);
    serve_here();
    control_close(server);
    server = NULL;
    assert_err(control_call(dir, 1, S("x"), arena, &reply, &why), not_found);
}

static void a_server_that_dies_leaves_it_uncertain(void **state)
{
    (void)state;
    int ready[2];
    str reply = STR_NONE;
    assert_int_equal(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        serve_here();
        (void)!write(ready[1], "x", 1);
        for (;;) {
            pause();
        }
    }
    char x = 0;
    assert_int_equal(read(ready[0], &x, 1), 1);
    assert_err(control_call(dir, 3, S("x"), arena, &reply, &why), uncertain);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_err(control_call(dir, 1, S("x"), arena, &reply, &why), not_found); /* a dead socket */
    serve_here(); /* which the next server replaces */
    assert_err(control_call(dir, 1, S("x"), arena, &reply, &why), ok);
}

static void a_name_too_long_is_said_so(void **state)
{
    (void)state;
    char name[200];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_err(control_open(name, &server, &why), limit);
}

/* ---- the lock ---- */

static void a_lock_goes_with_its_holder(void **state)
{
    (void)state;
    struct lock *mine = NULL, *second = NULL;
    assert_err(lock_take(dir, &mine, &why), ok);
    assert_err(lock_take(dir, &second, &why), busy);
    assert_non_null(strstr(why.log, "held by process"));
    lock_release(mine);
    const pid_t child = fork();
    if (child == 0) {
        (void)!lock_take(dir, &mine, &why).code;
        raise(SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_err(lock_take(dir, &second, &why), ok);
    lock_release(second);
    assert_err(lock_take("/nonexistent", &second, &why), io);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_message_is_answered),        TEST(a_failure_comes_with_its_words),
        TEST(what_is_not_known_is_refused), TEST(noise_is_refused_and_does_no_harm),
        TEST(only_the_owner_can_reach_it),  TEST(another_user_is_turned_away),
        TEST(no_server_is_not_found),       TEST(a_server_that_dies_leaves_it_uncertain),
        TEST(a_name_too_long_is_said_so),   TEST(a_lock_goes_with_its_holder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
