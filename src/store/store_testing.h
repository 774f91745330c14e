/* store_testing.h: a store in a folder of its own for tests, on either engine. Tests only. */
#ifndef SUNWAI_STORE_TESTING_H
#define SUNWAI_STORE_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"
#include "store.h"

enum { TESTING_PATH = 256 };

struct testing {
    char dir[TESTING_PATH];
    struct store_config config;
    struct store *store;
    struct arena *arena;
    struct fail fail;
};

__attribute__((unused)) static int testing_remove_one(const char *path, const struct stat *st, int kind,
                                                      struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

__attribute__((unused)) static void testing_remove(const char *dir)
{
    nftw(dir, testing_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* To make all tables anew takes PostgreSQL a fifth of a second, and there are hundreds of tests. When they
 * still are as they were made, only their rows go, of those that ever had some; else everything goes. */
static const char testing_pg_print[] =
    "create or replace function pg_temp.testing_print() returns text language sql as $f$"
    " select md5((select string_agg(c.relname || a.attname || a.atttypid, ',' order by c.relname, a.attnum)"
    "  from pg_class c join pg_attribute a on a.attrelid = c.oid"
    "  where c.relnamespace = 'public'::regnamespace and a.attnum > 0)"
    " || (select string_agg(migration_no::text, ',' order by migration_no) from public.migration)"
    " || (select string_agg(meta_name || meta_text, ',' order by meta_name) from public.meta"
    "  where meta_name like 'schema.%')) $f$;";
static const char testing_pg_made[] =
    "do $d$ begin execute format('comment on schema public is %L', pg_temp.testing_print()); end $d$";
static const char testing_pg_empty[] =
    "do $d$ declare t text; begin"
    " if obj_description('public'::regnamespace) is distinct from pg_temp.testing_print() then"
    "  raise exception 'not as it was made'; end if;"
    " set local session_replication_role = replica;"
    " for t in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
    "  and relname not in ('meta', 'migration') and pg_relation_size(oid) > 0"
    " loop execute format('delete from public.%I', t); end loop;"
    " delete from public.meta where meta_name not like 'schema.%'; end $d$";

static bool testing_pg_do(const char *address, const char *sql)
{
    struct fail f = {0};
    struct db *db = NULL;
    assert_int_equal(pg_open(address, DB_WRITE, &db, &f).code, ERR_OK);
    const bool done = db->engine->script(db, "set check_function_bodies = off").code == ERR_OK &&
                      db->engine->script(db, testing_pg_print).code == ERR_OK &&
                      db->engine->script(db, sql).code == ERR_OK;
    db_close(db);
    return done;
}

/* An empty database for the next test; true when its tables stand and are known to be as they were made. */
__attribute__((unused)) static bool testing_pg_reset(const char *address)
{
    struct fail f = {0};
    struct db *db = NULL;
    if (testing_pg_do(address, testing_pg_empty)) {
        return true;
    }
    assert_int_equal(pg_open(address, DB_WRITE, &db, &f).code, ERR_OK);
    assert_int_equal(db->engine->script(db, "drop schema public cascade; create schema public").code, ERR_OK);
    db_close(db);
    return false;
}

__attribute__((unused)) static void testing_open(struct testing *t)
{
    t->fail = (struct fail){0};
    const err e = store_open(&t->config, &t->store, &t->fail);
    if (e.code != ERR_OK) {
        fail_msg("store_open: %s, %s", err_name(e), t->fail.log);
    }
}

__attribute__((unused)) static void testing_close(struct testing *t)
{
    store_close(t->store);
    t->store = NULL;
}

/* An initialised folder, not opened. address NULL: SQLite. */
__attribute__((unused)) static struct testing *testing_new(const char *address)
{
    struct testing *t = calloc(1, sizeof *t);
    const char *tmp = getenv("TMPDIR");
    assert_true(snprintf(t->dir, sizeof t->dir, "%s/sunwai-test.XXXXXX", tmp != NULL ? tmp : "/tmp") <
                TESTING_PATH);
    assert_non_null(mkdtemp(t->dir));
    log_to(-1);
    t->config = (struct store_config){.dir = t->dir, .address = address};
    t->arena = arena_open(8 * 1024 * 1024);
    const bool stands = address != NULL && testing_pg_reset(address);
    const err e = store_init(&t->config, &t->fail);
    if (e.code != ERR_OK) {
        fail_msg("store_init: %s, %s", err_name(e), t->fail.log);
    }
    if (address != NULL && !stands) {
        assert_true(testing_pg_do(address, testing_pg_made));
    }
    return t;
}

__attribute__((unused)) static void testing_free(struct testing *t)
{
    store_close(t->store);
    arena_free(t->arena);
    testing_remove(t->dir);
    free(t);
}

__attribute__((unused)) static void testing_path(const struct testing *t, const char *name,
                                                 char out[TESTING_PATH])
{
    assert_true(snprintf(out, TESTING_PATH, "%s/%s", t->dir, name) < TESTING_PATH);
}

/* Runs one rule as a write job and waits. */
__attribute__((unused)) static err testing_write(struct testing *t,
                                                 err (*run)(struct ctx *, struct write_job *))
{
    struct write_job job = {.run = run, .arena = t->arena, .actor = {.role = ROLE_SYSTEM}};
    const err e = store_write(t->store, &job);
    t->fail = job.fail;
    return e;
}

/* What a rule works with when it reads. */
__attribute__((unused)) static struct ctx testing_ctx(struct testing *t)
{
    struct db *db = store_reader(t->store);
    assert_non_null(db);
    return (struct ctx){.arena = t->arena, .db = db, .store = t->store, .fail = &t->fail, .writer = -1};
}

#define assert_err(call, want) assert_string_equal(err_name(call), #want)

#endif
