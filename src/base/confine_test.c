/* confine_test.c: each rule is tried by a child that has confined itself, and by one that has not. */
#include "confine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include <errno.h>
#include <linux/capability.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char inside[64];  /* a folder that the plan allows */
static char outside[64]; /* one that it does not */
static char inside_file[80];
static char outside_file[80];

static void file_make(const char *path)
{
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    assert_int_equal(fclose(f), 0);
}

static int folders_make(void **state)
{
    (void)state;
    (void)snprintf(inside, sizeof inside, "/tmp/sunwai-confine.XXXXXX");
    (void)snprintf(outside, sizeof outside, "/tmp/sunwai-confine.XXXXXX");
    if (mkdtemp(inside) == NULL || mkdtemp(outside) == NULL) {
        return -1;
    }
    (void)snprintf(inside_file, sizeof inside_file, "%s/f", inside);
    (void)snprintf(outside_file, sizeof outside_file, "%s/f", outside);
    file_make(inside_file);
    file_make(outside_file);
    return 0;
}

static int folders_remove(void **state)
{
    (void)state;
    return unlink(inside_file) + unlink(outside_file) + rmdir(inside) + rmdir(outside);
}

static struct confine_plan plan_of(const struct confine_path *path, unsigned calls)
{
    return (struct confine_plan){.paths = path, .paths_n = 1, .calls = calls};
}

/* What the child's `check` says, 0 to 99; minus the signal that ended it; 100: it could not be confined. */
static int in_child(const struct confine_plan *plan, enum confine_mode mode, int (*check)(void))
{
    (void)fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        struct confine_report report;
        struct fail f;
        _exit(confine_enter(plan, mode, &report, &f).code == ERR_OK ? check() : 100);
    }
    int status = 0;
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* Digits: what came of each. */
static int read_and_write(void)
{
    return (int)try_read(inside_file) * 10 + (int)try_read(outside_file) + 3 * (int)try_write(outside);
}

static void reads_only_what_it_may(void **state)
{
    (void)state;
    if (confine_abi() == 0) {
        skip();
    }
    const struct confine_path may = {inside, MAY_READ};
    struct confine_plan plan = plan_of(&may, CALLS_FILES);
    assert_int_equal(in_child(&plan, CONFINE_TRY, read_and_write), 10);
    assert_int_equal(in_child(&plan, CONFINE_OFF, read_and_write), 14);
    plan.without_calls = true; /* Landlock alone */
    assert_int_equal(in_child(&plan, CONFINE_TRY, read_and_write), 10);
    plan.abi_most = -1; /* neither: the controls of this test can fail */
    assert_int_equal(in_child(&plan, CONFINE_TRY, read_and_write), 14);
}

static int write_inside(void)
{
    return (int)try_write(inside);
}

static void writes_only_where_it_may(void **state)
{
    (void)state;
    if (confine_abi() == 0) {
        skip();
    }
    const struct confine_path reads = {inside, MAY_READ};
    const struct confine_path writes = {inside, MAY_READ | MAY_WRITE};
    struct confine_plan plan = plan_of(&reads, CALLS_FILES);
    assert_int_equal(in_child(&plan, CONFINE_TRY, write_inside), TRIED_REFUSED);
    plan.paths = &writes;
    assert_int_equal(in_child(&plan, CONFINE_TRY, write_inside), TRIED_DONE);
}

/* As on the kernels that there are: 5.13, 5.19, 6.2, 6.7, 6.10, 6.12. */
static void each_abi_does_what_it_can(void **state)
{
    (void)state;
    static const unsigned wants[] = {
        0, 0, 0, 0, CONFINED_PORTS, CONFINED_PORTS, CONFINED_PORTS | CONFINED_SIGNALS};
    const struct confine_path may = {inside, MAY_READ | MAY_WRITE};
    for (int abi = 1; abi <= 6 && abi <= confine_abi(); abi++) {
        struct confine_plan plan = plan_of(&may, CALLS_FILES);
        plan.abi_most = abi;
        assert_int_equal(in_child(&plan, CONFINE_TRY, read_and_write), 10);
        assert_int_equal(in_child(&plan, CONFINE_TRY, write_inside), TRIED_DONE);
        (void)fflush(NULL);
        const pid_t child = fork();
        if (child == 0) {
            struct confine_report r = {0};
            struct fail f;
            const bool entered = confine_enter(&plan, CONFINE_TRY, &r, &f).code == ERR_OK;
            const unsigned always = CONFINED_PRIVILEGES | CONFINED_MEMORY | CONFINED_FILES | CONFINED_CALLS;
            _exit(entered && r.abi == abi && r.done == (always | wants[abi]) ? 0 : 1);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
    }
}

static void required_means_all_of_it(void **state)
{
    (void)state;
    const struct confine_path may = {inside, MAY_READ};
    struct confine_plan plan = plan_of(&may, CALLS_FILES);
    assert_int_equal(in_child(&plan, CONFINE_REQUIRED, read_and_write), confine_abi() >= 6 ? 10 : 100);
    plan.abi_most = 3;
    assert_int_equal(in_child(&plan, CONFINE_REQUIRED, read_and_write), 100);
    plan.abi_most = -1;
    assert_int_equal(in_child(&plan, CONFINE_REQUIRED, read_and_write), 100);
    plan.abi_most = 0;
    plan.without_calls = true;
    assert_int_equal(in_child(&plan, CONFINE_REQUIRED, read_and_write), 100);
}

static int network(void)
{
    return (int)try_connect();
}

static void the_network_is_of_those_who_need_it(void **state)
{
    (void)state;
    const struct confine_path may = {inside, MAY_READ};
    struct confine_plan plan = plan_of(&may, CALLS_SERVE);
    assert_int_equal(in_child(&plan, CONFINE_TRY, network), TRIED_REFUSED);
    plan.calls = CALLS_NET;
    plan.connects = true;
    assert_int_equal(in_child(&plan, CONFINE_TRY, network), TRIED_DONE);
    plan.connects = false;
    assert_int_equal(in_child(&plan, CONFINE_TRY, network), confine_abi() >= 4 ? TRIED_REFUSED : TRIED_DONE);
    assert_int_equal(in_child(&plan, CONFINE_OFF, network), TRIED_DONE);
}

static int run(void)
{
    return (int)try_run();
}

static void only_who_starts_others_can(void **state)
{
    (void)state;
    const struct confine_path may = {inside, MAY_READ};
    struct confine_plan plan = plan_of(&may, CALLS_FILES | CALLS_SERVE);
    assert_int_equal(in_child(&plan, CONFINE_TRY, run), TRIED_REFUSED);
    plan.calls = CALLS_FILES;
    assert_int_equal(in_child(&plan, CONFINE_TRY, run), TRIED_REFUSED);
    plan.calls = CALLS_FILES | CALLS_START;
    assert_int_equal(in_child(&plan, CONFINE_TRY, run), TRIED_DONE);
    assert_int_equal(in_child(&plan, CONFINE_OFF, run), TRIED_DONE);
}

static int call_of_no_list(void)
{
    return (int)(syscall(SYS_acct, NULL) != 0); /* an admin's: never ours */
}

static void a_call_of_no_list_ends_it(void **state)
{
    (void)state;
    const struct confine_path may = {inside, MAY_READ};
    const struct confine_plan plan = plan_of(&may, CALLS_FILES | CALLS_SERVE);
#ifndef __SANITIZE_ADDRESS__
    assert_int_equal(in_child(&plan, CONFINE_TRY, call_of_no_list), -SIGSYS);
#endif
    assert_true(in_child(&plan, CONFINE_OFF, call_of_no_list) >= 0);
}

/* Cut to nothing, or given to everybody, a file outside: the sum of what came of it. */
static int touch_by_name(void)
{
    const bool cut = truncate(outside_file, 0) == 0;
    const bool opened = chmod(outside_file, 0600) == 0;
    return cut + opened * 2;
}

/* Landlock lets both through on Debian 12, and the second everywhere. */
static void no_file_outside_is_changed_by_name(void **state)
{
    (void)state;
    const struct confine_path may = {inside, MAY_READ | MAY_WRITE};
    struct confine_plan plan = plan_of(&may, CALLS_FILES | CALLS_SERVE);
    plan.abi_most = 2;
    assert_int_equal(in_child(&plan, CONFINE_TRY, touch_by_name), 0);
    assert_int_equal(in_child(&plan, CONFINE_OFF, touch_by_name), 3);
}

static void *nothing(void *arg)
{
    return arg;
}

/* A server's: threads, memory that is written and later run is refused, a call that there is not yet. */
static int what_a_server_does(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, nothing, NULL) != 0 || pthread_join(thread, NULL) != 0) {
        return 1;
    }
    void *plain = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (plain == MAP_FAILED || mprotect(plain, 4096, PROT_READ | PROT_WRITE | PROT_EXEC) == 0 ||
        errno != EPERM) {
        return 2;
    }
    if (mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED) {
        return 3;
    }
    if (syscall(500) != -1 || errno != ENOSYS) {
        return 4;
    }
    return fork() < 0 && errno == EPERM ? 0 : 5;
}

/* Each of them, as one process of a user may do to another: the sum of what came of it. */
static int touch_others(void)
{
    struct rlimit was;
    const int parent = (int)getppid();
    const bool kills = syscall(SYS_tgkill, parent, parent, 0) == 0;
    const bool limits = prlimit(parent, RLIMIT_CPU, NULL, &was) == 0;
    const bool own = syscall(SYS_tgkill, getpid(), getpid(), 0) == 0 && getrlimit(RLIMIT_CPU, &was) == 0;
    return kills + limits * 2 + own * 4;
}

/* By the list of calls: an old kernel's Landlock knows no signals. */
static void others_are_left_alone(void **state)
{
    (void)state;
    const struct confine_path may = {inside, MAY_READ};
    struct confine_plan plan = plan_of(&may, CALLS_FILES);
    plan.abi_most = 1;
    assert_int_equal(in_child(&plan, CONFINE_TRY, touch_others), 4);
    plan.calls = CALLS_FILES | CALLS_SERVE;
    assert_int_equal(in_child(&plan, CONFINE_TRY, touch_others), 4);
    plan.calls = CALLS_FILES | CALLS_START;
    assert_int_equal(in_child(&plan, CONFINE_TRY, touch_others) & 5, 5);
    assert_int_equal(in_child(&plan, CONFINE_OFF, touch_others), 7);
}

static void a_server_works_confined(void **state)
{
    (void)state;
    const struct confine_path may = {inside, MAY_READ};
    const struct confine_plan plan = plan_of(&may, CALLS_FILES | CALLS_SERVE);
    assert_int_equal(in_child(&plan, CONFINE_TRY, what_a_server_does), 0);
    assert_int_equal(in_child(&plan, CONFINE_OFF, what_a_server_does), 2);
}

static int no_privilege_is_left(void)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct caps[2];
    const bool none = syscall(SYS_capget, &head, caps) == 0 && caps[0].effective == 0 &&
                      caps[0].permitted == 0 && caps[1].effective == 0 && caps[1].permitted == 0;
    return none && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 1;
}

static void privileges_go(void **state)
{
    (void)state;
    const struct confine_path may = {inside, MAY_READ};
    const struct confine_plan plan = plan_of(&may, CALLS_FILES | CALLS_START);
    assert_int_equal(in_child(&plan, CONFINE_TRY, no_privilege_is_left), 0);
    assert_int_equal(in_child(&plan, CONFINE_OFF, no_privilege_is_left), 1);
}

static void names_are_told(void **state)
{
    (void)state;
    char names[96];
    confine_names(CONFINED_FILES | CONFINED_CALLS, names, sizeof names);
    assert_string_equal(names, "files calls");
    confine_names(0, names, sizeof names);
    assert_string_equal(names, "");
    confine_names(CONFINED_ALL, names, sizeof names);
    assert_string_equal(names, "privileges memory files ports signals calls");
    char small[10];
    confine_names(CONFINED_ALL, small, sizeof small);
    assert_int_equal(strlen(small), 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_only_what_it_may),
        cmocka_unit_test(writes_only_where_it_may),
        cmocka_unit_test(each_abi_does_what_it_can),
        cmocka_unit_test(required_means_all_of_it),
        cmocka_unit_test(the_network_is_of_those_who_need_it),
        cmocka_unit_test(only_who_starts_others_can),
        cmocka_unit_test(a_call_of_no_list_ends_it),
        cmocka_unit_test(no_file_outside_is_changed_by_name),
        cmocka_unit_test(others_are_left_alone),
        cmocka_unit_test(a_server_works_confined),
        cmocka_unit_test(privileges_go),
        cmocka_unit_test(names_are_told),
    };
    return cmocka_run_group_tests(tests, folders_make, folders_remove);
}
