/* confinement_test.c: each plan of this program, tried by a child that has entered it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "confinement.h"

enum { LANDLOCK_FILES = 1, LANDLOCK_PORTS = 4, PROVED_NOTHING = 99 };

/* A data folder with a program in it, beside one that is none of ours. */
static char home[64];
static char data[80];
static char planted[96]; /* what somebody who broke in may have put there */
static char strange[80];
static struct config config;

static void program_copy(const char *from, const char *to)
{
    struct stat s;
    const int in = open(from, O_RDONLY | O_CLOEXEC);
    const int out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
    assert_true(in >= 0 && out >= 0 && fstat(in, &s) == 0);
    assert_int_equal(sendfile(out, in, NULL, (size_t)s.st_size), s.st_size);
    (void)close(in);
    (void)close(out);
}

static int folders_make(void **state)
{
    (void)state;
    (void)snprintf(home, sizeof home, "/tmp/sunwai-plans.XXXXXX");
    assert_non_null(mkdtemp(home));
    (void)snprintf(data, sizeof data, "%s/data", home);
    (void)snprintf(strange, sizeof strange, "%s/strange", home);
    (void)snprintf(planted, sizeof planted, "%s/planted", data);
    assert_int_equal(mkdir(data, 0700) + mkdir(strange, 0700), 0);
    program_copy("/bin/true", planted);
    config = (struct config){.data = data};
    return 0;
}

static int folders_remove(void **state)
{
    (void)state;
    return unlink(planted) + rmdir(data) + rmdir(strange) + rmdir(home);
}

/* Bits of what could be done. */
enum {
    READ_ELSEWHERE = 1,
    WRITE_DATA = 2,
    WRITE_BESIDE = 4,
    WRITE_ELSEWHERE = 8,
    RUN_SYSTEM = 16,
    RUN_PLANTED = 32,
    BIND = 64
};

static bool runs(const char *path)
{
    const pid_t child = fork();
    if (child == 0) {
        char word[] = "true";
        char *const argv[] = {word, NULL};
        (void)execv(path, argv);
        _exit(1);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static bool binds(void)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const struct sockaddr_in any = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    return fd >= 0 && bind(fd, (const struct sockaddr *)&any, sizeof any) == 0;
}

static int tried(bool starts_others)
{
    int done = 0;
    done |= try_read("/proc/version") == TRIED_DONE ? READ_ELSEWHERE : 0;
    done |= try_write(data) == TRIED_DONE ? WRITE_DATA : 0;
    done |= try_write(home) == TRIED_DONE ? WRITE_BESIDE : 0;
    done |= try_write("/dev/shm") == TRIED_DONE ? WRITE_ELSEWHERE : 0;
    done |= starts_others && runs("/bin/true") ? RUN_SYSTEM : 0;
    done |= starts_others && runs(planted) ? RUN_PLANTED : 0;
    done |= binds() ? BIND : 0;
    return done;
}

enum plan { SUPERVISOR, WEB, COMMAND, RESTORE };

static int in_plan(enum plan plan, enum confine_mode mode)
{
    config.confine = mode;
    (void)fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        struct confine_report report;
        struct fail f = {0};
        const err entered = plan == SUPERVISOR ? confine_supervisor(&config, strange, &report, &f)
                            : plan == WEB      ? confine_web(&config, &report, &f)
                            : plan == COMMAND  ? confine_command(&config, &f)
                                               : confine_restore(&config, &f);
        _exit(entered.code == ERR_OK ? tried(plan == SUPERVISOR) : PROVED_NOTHING);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void each_process_does_its_own_and_no_more(void **state)
{
    (void)state;
    if (confine_abi() < LANDLOCK_PORTS) {
        skip();
    }
    /* What was planted in the data folder is run by nobody. */
    assert_int_equal(in_plan(SUPERVISOR, CONFINE_TRY), READ_ELSEWHERE | WRITE_DATA | RUN_SYSTEM);
    assert_int_equal(in_plan(WEB, CONFINE_TRY), WRITE_DATA);
    assert_int_equal(in_plan(COMMAND, CONFINE_TRY), WRITE_DATA);
    assert_int_equal(in_plan(RESTORE, CONFINE_TRY), READ_ELSEWHERE | WRITE_DATA | WRITE_BESIDE);
}

static void not_confined_they_all_could(void **state)
{
    (void)state;
    const int all = READ_ELSEWHERE | WRITE_DATA | WRITE_BESIDE | WRITE_ELSEWHERE | BIND;
    assert_int_equal(in_plan(SUPERVISOR, CONFINE_OFF), all | RUN_SYSTEM | RUN_PLANTED);
    assert_int_equal(in_plan(WEB, CONFINE_OFF), all);
    assert_int_equal(in_plan(RESTORE, CONFINE_OFF), all);
}

/* A far database is connected to, and ports are still not taken. */
static void a_far_database_may_be_reached(void **state)
{
    (void)state;
    if (confine_abi() < LANDLOCK_PORTS) {
        skip();
    }
    config.database = "host=db.example dbname=s";
    assert_int_equal(in_plan(WEB, CONFINE_TRY), WRITE_DATA);
    config.database = NULL;
}

static void the_witness_may_lie_elsewhere(void **state)
{
    (void)state;
    if (confine_abi() < LANDLOCK_FILES) {
        skip();
    }
    config.audit_witness = "/dev/shm/sunwai-heads";
    assert_int_equal(in_plan(WEB, CONFINE_TRY), WRITE_DATA | WRITE_ELSEWHERE);
    config.audit_witness = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_process_does_its_own_and_no_more),
        cmocka_unit_test(not_confined_they_all_could),
        cmocka_unit_test(a_far_database_may_be_reached),
        cmocka_unit_test(the_witness_may_lie_elsewhere),
    };
    return cmocka_run_group_tests(tests, folders_make, folders_remove);
}
