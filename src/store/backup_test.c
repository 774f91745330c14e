/* Backups where the clock matters, and what a restore must remember that no script can wait for: keys past
 * their day, lists of destroyed keys, numbers that must never be given twice. tests/fault/drill.mjs does the
 * rest. */
#include "backup.h"

#include "store_testing.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keys.h"
#include "vault.h"

enum { DAYS_35 = 35 };
static const int64_t day_ms = 86400000;
static int64_t taken[3];

static int set_up(void **state)
{
    *state = testing_new(NULL);
    testing_open(*state);
    return 0;
}

static int tear_down(void **state)
{
    testing_free(*state);
    return 0;
}

static err take_three(struct ctx *c, struct write_job *job)
{
    (void)job;
    for (size_t i = 0; i < 3; i++) {
        TRY(vault_key_take(c, &taken[i]));
    }
    return OK;
}

static err destroy_first(struct ctx *c, struct write_job *job)
{
    (void)job;
    return vault_destroy(c, taken[0]);
}

/* Files stand beside the folder: DIR.NAME. */
static const char *beside(const struct testing *t, const char *name)
{
    static char path[4][TESTING_PATH + 32];
    static size_t turn;
    char *at = path[turn++ % 4];
    (void)snprintf(at, sizeof path[0], "%s.%s", t->dir, name);
    return at;
}

static void remove_beside(const struct testing *t)
{
    static const char *const names[] = {"a", "a.keys", "b", "b.keys", "key"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)unlink(beside(t, names[i]));
    }
    testing_remove(beside(t, "back"));
}

static err make(struct testing *t, const char *name, int64_t now_ms, struct backup_made *out)
{
    const struct backup_wish wish = {.store = &t->config,
                                     .file = beside(t, name),
                                     .now_ms = now_ms,
                                     .keys_until_ms = now_ms + DAYS_35 * day_ms};
    return backup_make(&wish, out, &t->fail);
}

static err restore(struct testing *t, const char *name, int64_t now_ms, struct restored *out)
{
    char key[TESTING_PATH];
    testing_path(t, "key", key);
    testing_remove(beside(t, "back"));
    const struct restore_wish wish = {
        .dir = beside(t, "back"), .file = beside(t, name), .key_file = key, .now_ms = now_ms};
    return backup_restore(&wish, out, &t->fail);
}

/* Whether a key can be had in the restored folder; and the next number that it gives. */
static void look(const struct testing *t, int64_t no, err *out_key, int64_t *out_next)
{
    struct testing back = {.arena = t->arena};
    back.config = (struct store_config){.dir = beside(t, "back")};
    testing_open(&back);
    struct ctx c = testing_ctx(&back);
    str plain;
    /* Bytes that were never sealed: a key that is there says so (IO), one that is not says NOT_FOUND. */
    *out_key = vault_unseal(&c, no, S("name"), S("nothing"), &plain);
    if (out_next != NULL) {
        assert_err(testing_write(&back, take_three), ok);
        *out_next = taken[0];
    }
    testing_close(&back);
}

static void keys_have_a_day(void **state)
{
    struct testing *t = *state;
    struct backup_made made;
    struct restored done;
    assert_err(testing_write(t, take_three), ok);
    assert_err(make(t, "a", 1000, &made), ok);
    assert_int_equal(made.pruned, 0);
    assert_err(restore(t, "a", 1000 + DAYS_35 * day_ms - 1, &done), ok);
    assert_true(done.with_keys);
    assert_err(restore(t, "a", 1000 + DAYS_35 * day_ms, &done), invalid);
    assert_non_null(strstr(t->fail.log, "is over"));
    assert_int_equal(access(beside(t, "back"), F_OK), -1);
    /* The next backup into that folder removes them; then all but names comes back. */
    assert_err(make(t, "b", 1000 + DAYS_35 * day_ms, &made), ok);
    assert_int_equal(made.pruned, 1);
    assert_int_equal(access(beside(t, "a.keys"), F_OK), -1);
    assert_int_equal(access(beside(t, "b.keys"), F_OK), 0);
    assert_err(restore(t, "a", 1000 + DAYS_35 * day_ms, &done), ok);
    assert_false(done.with_keys);
    err key;
    look(t, taken[1], &key, NULL);
    assert_err(key, not_found);
    remove_beside(t);
}

static void what_was_destroyed_stays_so(void **state)
{
    struct testing *t = *state;
    struct backup_made made;
    struct restored done;
    err key;
    int64_t next;
    assert_err(testing_write(t, take_three), ok);
    assert_err(make(t, "a", 1000, &made), ok);
    assert_err(testing_write(t, destroy_first), ok);
    /* Alone the older one does not know: it is the control of this test. */
    const int64_t first = taken[0], second = taken[1], last = taken[2];
    assert_err(restore(t, "a", 2000, &done), ok);
    look(t, first, &key, NULL);
    assert_err(key, io);
    /* With the newer one beside it, it does. */
    assert_err(make(t, "b", 3000, &made), ok);
    assert_int_equal(made.destroyed, 1);
    assert_err(restore(t, "a", 4000, &done), ok);
    assert_int_equal(done.newer_lists, 1);
    assert_int_equal(done.destroyed, 1);
    look(t, second, &key, NULL);
    assert_err(key, io);
    look(t, first, &key, &next);
    assert_err(key, not_found);
    assert_true(next > last + 1); /* the rest of the batch is passed over too */
    remove_beside(t);
}

static err take_many(struct ctx *c, struct write_job *job)
{
    (void)job;
    for (size_t i = 0; i < 2 * KEYS_AHEAD; i++) {
        TRY(vault_key_take(c, &taken[0]));
    }
    return OK;
}

/* Numbers given out after the older backup, and destroyed: given again, their new keys would go with the
 * list. */
/* A folder of others may hold anything: a pipe that nobody writes to, another name of a file. */
static void what_a_cut_left_goes_at_the_next_start(void **state)
{
    struct testing *t = *state;
    char copy[TESTING_PATH], log[TESTING_PATH];
    testing_path(t, "backup.tmp", copy);
    testing_path(t, "backup.tmp-wal", log);
    const int fd = open(copy, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(close(open(log, O_RDWR | O_CREAT | O_CLOEXEC, 0600)), 0);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    testing_close(t);
    testing_open(t);
    assert_int_equal(access(copy, F_OK), 0); /* somebody is making one */
    assert_int_equal(close(fd), 0);
    testing_close(t);
    testing_open(t);
    assert_int_not_equal(access(copy, F_OK), 0);
    assert_int_not_equal(access(log, F_OK), 0);
}

static void what_is_no_file_of_ours_is_left_alone(void **state)
{
    struct testing *t = *state;
    struct backup_made made;
    struct restored done;
    struct stat st;
    assert_err(testing_write(t, take_three), ok);
    assert_int_equal(mkfifo(beside(t, "b.keys"), 0600), 0);
    (void)alarm(20);
    assert_err(make(t, "a", 1000, &made), ok);    /* it looks for keys whose time is over */
    assert_err(restore(t, "a", 2000, &done), ok); /* and for newer lists */
    (void)alarm(0);
    assert_int_equal(unlink(beside(t, "b.keys")), 0);
    FILE *other = fopen(beside(t, "key"), "we");
    assert_non_null(other);
    assert_true(fputs("somebody's", other) >= 0 && fclose(other) == 0);
    assert_int_equal(link(beside(t, "key"), beside(t, "b.part")), 0);
    assert_err(make(t, "b", 3000, &made), denied);
    assert_int_equal(stat(beside(t, "key"), &st), 0);
    assert_int_equal(st.st_size, 10);
    assert_int_equal(access(beside(t, "b"), F_OK), -1);
    assert_int_equal(unlink(beside(t, "b.part")), 0);
    assert_err(make(t, "b", 3000, &made), ok);
    remove_beside(t);
}

/* What a restore that was cut short left is removed; where a link leads, nothing is. */
static void a_restore_follows_no_link(void **state)
{
    struct testing *t = *state;
    struct backup_made made;
    struct restored done;
    char key[TESTING_PATH], at[TESTING_PATH + 64];
    assert_err(testing_write(t, take_three), ok);
    assert_err(make(t, "a", 1000, &made), ok);
    testing_path(t, "key", key);
    testing_remove(beside(t, "back"));
    assert_int_equal(mkdir(beside(t, "back"), 0700), 0);
    (void)snprintf(at, sizeof at, "%s/.restoring", beside(t, "back"));
    assert_int_equal(symlink(t->dir, at), 0);
    const struct restore_wish wish = {
        .dir = beside(t, "back"), .file = beside(t, "a"), .key_file = key, .now_ms = 2000};
    assert_err(backup_restore(&wish, &done, &t->fail), conflict);
    assert_int_equal(access(key, F_OK), 0);
    assert_int_equal(unlink(at), 0);
    assert_int_equal(mkdir(at, 0700), 0);
    assert_err(backup_restore(&wish, &done, &t->fail), ok);
    remove_beside(t);
}

static void numbers_on_a_newer_list_are_passed_over(void **state)
{
    struct testing *t = *state;
    struct backup_made made;
    struct restored done;
    err key;
    int64_t next;
    assert_err(testing_write(t, take_three), ok);
    assert_err(make(t, "a", 1000, &made), ok);
    assert_err(testing_write(t, take_many), ok);
    const int64_t late = taken[0];
    assert_err(testing_write(t, destroy_first), ok);
    assert_err(make(t, "b", 2000, &made), ok);
    assert_err(restore(t, "a", 3000, &done), ok);
    look(t, late, &key, &next);
    assert_err(key, not_found);
    assert_true(next > late);
    remove_beside(t);
}

/* A crash between the record of a destruction and the destruction itself: the backup holds the key still. */
static void a_key_on_the_list_goes_at_the_restore(void **state)
{
    struct testing *t = *state;
    struct backup_made made;
    struct restored done;
    err key;
    assert_err(testing_write(t, take_three), ok);
    const int64_t first = taken[0];
    testing_close(t);
    char path[TESTING_PATH], kept[TESTING_PATH];
    testing_path(t, "keys.db", path);
    testing_path(t, "keys.kept", kept);
    assert_int_equal(link(path, kept), 0);
    assert_int_equal(unlink(path), 0);
    /* The old file is put back behind the program's back, after the key was destroyed in another one. */
    testing_open(t);
    assert_err(testing_write(t, destroy_first), ok);
    testing_close(t);
    assert_int_equal(rename(kept, path), 0);
    assert_err(make(t, "a", 1000, &made), ok);
    assert_true(made.keys > 0);
    assert_err(restore(t, "a", 2000, &done), ok);
    look(t, first, &key, NULL);
    assert_err(key, not_found);
    remove_beside(t);
    testing_open(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_have_a_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_destroyed_stays_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_cut_left_goes_at_the_next_start, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_file_of_ours_is_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_restore_follows_no_link, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_on_a_newer_list_are_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_key_on_the_list_goes_at_the_restore, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
