#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "log.h"
#include "str.h"

/* Runs CHECK(v == 1) in a child that logs into a pipe; gives what it logged and how it ended. */
static str check_in_child(int v, char *text, size_t size, int *out_status)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        log_to(ends[1]);
        CHECK(v == 1);
        _exit(0);
    }
    close(ends[1]);
    const ssize_t n = read(ends[0], text, size);
    close(ends[0]);
    assert_int_equal(waitpid(child, out_status, 0), child);
    return (str){text, n > 0 ? (size_t)n : 0};
}

static void a_broken_invariant_aborts_with_its_place(void **state)
{
    (void)state;
    char text[1000];
    int status = 0;
    const str log = check_in_child(2, text, sizeof text, &status);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    assert_non_null(memmem(log.p, log.n, "check.failed", 12));
    assert_non_null(memmem(log.p, log.n, "check_test.c", 12));
    assert_non_null(memmem(log.p, log.n, "v == 1", 6));
}

static void a_kept_one_is_silent(void **state)
{
    (void)state;
    char text[1000];
    int status = 1;
    assert_int_equal(check_in_child(1, text, sizeof text, &status).n, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_broken_invariant_aborts_with_its_place),
        cmocka_unit_test(a_kept_one_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
