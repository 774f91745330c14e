/* keys.c: see keys.h.
 *
 * keys.db has a schema of its own, which sqlgen does not know: its few statements stand here, in the shape
 * that sqlgen gives to all others. One connection writes and checkpoints, one reads, each under its mutex.
 */
#include "keys.h"

#include <endian.h>
#include <pthread.h>
#include <sodium.h>

#include "arena.h"
#include "check.h"
#include "engine.h"
#include "random.h"

enum {
    NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    WRAPPED_LEN = NONCE_LEN + CASE_KEY_LEN + TAG_LEN
};
_Static_assert((int)WRAPPED_LEN == (int)KEY_WRAPPED_LEN, "what keys.h promises");

static const char schema[] =
    "create table if not exists case_key (key_no integer not null primary key, wrapped blob not null) strict;"
    "create table if not exists made (one integer not null primary key check (one = 1), "
    "top_no integer not null) strict;"
    "insert into made (one, top_no) values (1, 0) on conflict do nothing;"
    "pragma secure_delete = on;";

static const enum value_type of_number[] = {VALUE_I64};
static const enum value_type of_key[] = {VALUE_I64, VALUE_BLOB};
static const enum value_type of_wrapped[] = {VALUE_BLOB};
static const bool never_null[] = {false};
static const uint16_t first[] = {0}, both[] = {0, 1};

static const struct query_form get_form = {"select wrapped from case_key where key_no = ?1", "", first, 1};
static const struct query_form add_form = {"insert into case_key (key_no, wrapped) values (?1, ?2)", "", both,
                                           2};
static const struct query_form drop_form = {"delete from case_key where key_no = ?1", "", first, 1};
static const struct query_form top_form = {"select top_no from made where one = 1", "", first, 0};
static const struct query_form raise_form = {"update made set top_no = ?1 where one = 1", "", first, 1};

static const struct query_form walk_form = {
    "select key_no, wrapped from case_key where key_no > ?1 order by key_no limit ?2", "", both, 2};

static const enum value_type of_walk[] = {VALUE_I64, VALUE_I64};
static const bool never_null_both[] = {false, false};

static const struct query walk_query = {.name = "keys_walk",
                                        .slot = 5,
                                        .forms_n = 1,
                                        .forms = &walk_form,
                                        .params = of_walk,
                                        .params_n = 2,
                                        .columns = of_key,
                                        .nullable = never_null_both,
                                        .columns_n = 2,
                                        .writes = false};
static const struct query get_query = {.name = "keys_get",
                                       .slot = 0,
                                       .forms_n = 1,
                                       .forms = &get_form,
                                       .params = of_number,
                                       .params_n = 1,
                                       .columns = of_wrapped,
                                       .nullable = never_null,
                                       .columns_n = 1,
                                       .writes = false};
static const struct query add_query = {.name = "keys_add",
                                       .slot = 1,
                                       .forms_n = 1,
                                       .forms = &add_form,
                                       .params = of_key,
                                       .params_n = 2,
                                       .writes = true};
static const struct query drop_query = {.name = "keys_drop",
                                        .slot = 2,
                                        .forms_n = 1,
                                        .forms = &drop_form,
                                        .params = of_number,
                                        .params_n = 1,
                                        .writes = true};
static const struct query top_query = {.name = "keys_top",
                                       .slot = 3,
                                       .forms_n = 1,
                                       .forms = &top_form,
                                       .columns = of_number,
                                       .nullable = never_null,
                                       .columns_n = 1,
                                       .writes = false};
static const struct query raise_query = {.name = "keys_raise",
                                         .slot = 4,
                                         .forms_n = 1,
                                         .forms = &raise_form,
                                         .params = of_number,
                                         .params_n = 1,
                                         .writes = true};

struct keys {
    pthread_mutex_t writing, reading;
    struct db *writer; /* NULL when read-only */
    struct db *reader;
    int64_t next, last; /* the batch in hand; next > last: none left */
    uint8_t wrap[CASE_KEY_LEN];
};

static err number_row(void *arg, const struct value *columns)
{
    *(int64_t *)arg = columns[0].i;
    return OK;
}

struct wrapped {
    bool found;
    size_t n;
    uint8_t bytes[WRAPPED_LEN];
};

static err wrapped_row(void *arg, const struct value *columns)
{
    struct wrapped *w = arg;
    w->found = true;
    w->n = columns[0].s.n;
    memcpy(w->bytes, columns[0].s.p, w->n < WRAPPED_LEN ? w->n : WRAPPED_LEN);
    return OK;
}

err keys_open(const char *path, bool read_only, const uint8_t wrap[CASE_KEY_LEN], int64_t floor,
              struct keys **out, struct fail *f)
{
    struct keys *k = mem_new(sizeof *k);
    pthread_mutex_init(&k->writing, NULL);
    pthread_mutex_init(&k->reading, NULL);
    memcpy(k->wrap, wrap, CASE_KEY_LEN);
    err e = OK;
    int64_t top = 0;
    if (!read_only) {
        e = sqlite_open(path, DB_WRITE, &k->writer, f);
        if (e.code == ERR_OK) {
            e = k->writer->engine->script(k->writer, schema);
        }
        if (e.code == ERR_OK) {
            e = db_run(k->writer, &top_query, 0, NULL, number_row, &top, NULL);
        }
        if (e.code != ERR_OK && k->writer != NULL) {
            (void)fail_log(f, e.code, "keys.db: %s", db_error(k->writer));
        }
    }
    if (e.code == ERR_OK && strcmp(path, ":memory:") == 0) {
        k->reader = k->writer; /* the fake store of rule tests, in one thread */
    } else if (e.code == ERR_OK) {
        e = sqlite_open(path, DB_READ, &k->reader, f);
    }
    if (e.code != ERR_OK) {
        keys_close(k);
        return e;
    }
    /* Which of an earlier batch were used is not known: those left of it are passed over. */
    k->last = top > floor ? top : floor;
    k->next = k->last + 1;
    *out = k;
    return OK;
}

void keys_close(struct keys *k)
{
    if (k == NULL) {
        return;
    }
    if (k->reader != k->writer) {
        db_close(k->reader);
    }
    db_close(k->writer);
    sodium_memzero(k->wrap, sizeof k->wrap);
    pthread_mutex_destroy(&k->writing);
    pthread_mutex_destroy(&k->reading);
    mem_free(k);
}

/* ---- making ahead ---- */

/* The number is bound to the wrapped key, so that two rows cannot be exchanged. */
static void key_wrap(const struct keys *k, int64_t no, uint8_t out[WRAPPED_LEN])
{
    uint8_t key[CASE_KEY_LEN];
    const uint64_t bound = htobe64((uint64_t)no);
    random_bytes(key, sizeof key);
    random_bytes(out, NONCE_LEN);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE_LEN, NULL, key, sizeof key,
                                               (const uint8_t *)&bound, sizeof bound, NULL, out, k->wrap);
    sodium_memzero(key, sizeof key);
}

static err batch_write(struct keys *k, int64_t from, int64_t to)
{
    for (int64_t no = from; no <= to; no++) {
        uint8_t bytes[WRAPPED_LEN];
        key_wrap(k, no, bytes);
        const struct value row[] = {{.type = VALUE_I64, .i = no},
                                    {.type = VALUE_BLOB, .s = {(const char *)bytes, sizeof bytes}}};
        TRY(db_run(k->writer, &add_query, 0, row, NULL, NULL, NULL));
    }
    const struct value top = {.type = VALUE_I64, .i = to};
    return db_run(k->writer, &raise_query, 0, &top, NULL, NULL, NULL);
}

/* All or nothing; what failed stays readable in the writer's error and cause. */
static err batch_make(struct keys *k)
{
    const int64_t from = k->last + 1, to = k->last + KEYS_AHEAD;
    TRY(db_begin(k->writer));
    err e = batch_write(k, from, to);
    e = e.code == ERR_OK ? db_commit(k->writer) : e;
    if (e.code != ERR_OK) {
        IGNORE(db_rollback(k->writer)); /* what counts is why it came to that */
        return e;
    }
    k->next = from;
    k->last = to;
    e = k->writer->engine->tidy(k->writer);
    return e.code != ERR_OK && k->writer->cause == DB_CAUSE_BROKEN ? e : OK; /* a full disk can wait */
}

err keys_take(struct keys *k, struct db *blamed, int64_t *out_no, int64_t *out_reserved)
{
    CHECK(k->writer != NULL);
    pthread_mutex_lock(&k->writing);
    err e = k->next > k->last ? batch_make(k) : OK;
    if (e.code == ERR_OK) {
        *out_no = k->next++;
        *out_reserved = k->last;
    } else {
        e = db_blame(blamed, k->writer, e);
    }
    pthread_mutex_unlock(&k->writing);
    return e;
}

/* ---- reading and destroying ---- */

err keys_get(struct keys *k, int64_t no, uint8_t out[CASE_KEY_LEN], struct fail *f)
{
    struct wrapped w = {.found = false};
    const struct value at = {.type = VALUE_I64, .i = no};
    pthread_mutex_lock(&k->reading);
    const err e = db_run(k->reader, &get_query, 0, &at, wrapped_row, &w, NULL);
    const err told = e.code == ERR_OK ? OK : fail_log(f, e.code, "keys.db: %s", db_error(k->reader));
    pthread_mutex_unlock(&k->reading);
    TRY(told);
    if (!w.found) {
        return fail_log(f, ERR_NOT_FOUND, "case key %lld is destroyed", (long long)no);
    }
    const uint64_t bound = htobe64((uint64_t)no);
    if (w.n != WRAPPED_LEN || crypto_aead_xchacha20poly1305_ietf_decrypt(
                                  out, NULL, NULL, w.bytes + NONCE_LEN, WRAPPED_LEN - NONCE_LEN,
                                  (const uint8_t *)&bound, sizeof bound, w.bytes, k->wrap) != 0) {
        return fail_log(f, ERR_IO,
                        "case key %lld does not open: keys.db was changed or is of another key file",
                        (long long)no);
    }
    return OK;
}

static err rows_drop(struct keys *k, const int64_t *nos, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct value no = {.type = VALUE_I64, .i = nos[i]};
        TRY(db_run(k->writer, &drop_query, 0, &no, NULL, NULL, NULL));
    }
    return OK;
}

err keys_destroy(struct keys *k, const int64_t *nos, size_t n, struct fail *f)
{
    CHECK(k->writer != NULL);
    pthread_mutex_lock(&k->writing);
    err e = db_begin(k->writer);
    if (e.code == ERR_OK) {
        e = rows_drop(k, nos, n);
        e = e.code == ERR_OK ? db_commit(k->writer) : e;
        if (e.code != ERR_OK) {
            IGNORE(db_rollback(k->writer)); /* what counts is why it came to that */
        }
    }
    /* The old pages stand in the log until it is cut. A reader in the middle of a read keeps it: then the
     * next destruction cuts it. */
    if (e.code == ERR_OK) {
        e = k->writer->engine->script(k->writer, "pragma wal_checkpoint(truncate)");
    }
    if (e.code != ERR_OK) {
        (void)fail_log(f, e.code, "keys.db: %s", db_error(k->writer));
    }
    pthread_mutex_unlock(&k->writing);
    return e;
}

bool keys_broken(struct keys *k)
{
    pthread_mutex_lock(&k->writing);
    const bool broken = k->writer != NULL && k->writer->cause == DB_CAUSE_BROKEN;
    pthread_mutex_unlock(&k->writing);
    return broken;
}

/* ---- for backups ---- */

struct walk {
    struct wrapped_key *out;
    size_t max, n;
};

static err walk_row(void *arg, const struct value *columns)
{
    struct walk *w = arg;
    if (columns[1].s.n != WRAPPED_LEN || w->n == w->max) {
        return FAIL(IO);
    }
    w->out[w->n].no = columns[0].i;
    memcpy(w->out[w->n].bytes, columns[1].s.p, WRAPPED_LEN);
    w->n++;
    return OK;
}

err keys_export(struct keys *k, int64_t after, struct wrapped_key *out, size_t max, size_t *out_n,
                struct fail *f)
{
    struct walk w = {.out = out, .max = max};
    const struct value in[] = {{.type = VALUE_I64, .i = after}, {.type = VALUE_I64, .i = (int64_t)max}};
    pthread_mutex_lock(&k->reading);
    const err e = db_run(k->reader, &walk_query, 0, in, walk_row, &w, NULL);
    const err told = e.code == ERR_OK ? OK : fail_log(f, e.code, "keys.db: %s", db_error(k->reader));
    pthread_mutex_unlock(&k->reading);
    TRY(told);
    *out_n = w.n;
    return OK;
}

err keys_top(struct keys *k, int64_t *out, struct fail *f)
{
    pthread_mutex_lock(&k->reading);
    const err e = db_run(k->reader, &top_query, 0, NULL, number_row, out, NULL);
    const err told = e.code == ERR_OK ? OK : fail_log(f, e.code, "keys.db: %s", db_error(k->reader));
    pthread_mutex_unlock(&k->reading);
    return told;
}

static err rows_import(struct keys *k, const struct wrapped_key *rows, size_t n, int64_t top)
{
    for (size_t i = 0; i < n; i++) {
        const struct value row[] = {
            {.type = VALUE_I64, .i = rows[i].no},
            {.type = VALUE_BLOB, .s = {(const char *)rows[i].bytes, sizeof rows[i].bytes}}};
        TRY(db_run(k->writer, &add_query, 0, row, NULL, NULL, NULL));
    }
    const struct value to = {.type = VALUE_I64, .i = top};
    return db_run(k->writer, &raise_query, 0, &to, NULL, NULL, NULL);
}

err keys_import(struct keys *k, const struct wrapped_key *rows, size_t n, int64_t top, struct fail *f)
{
    pthread_mutex_lock(&k->writing);
    err e = db_begin(k->writer);
    if (e.code == ERR_OK) {
        e = rows_import(k, rows, n, top);
        e = e.code == ERR_OK ? db_commit(k->writer) : e;
        if (e.code != ERR_OK) {
            IGNORE(db_rollback(k->writer)); /* what counts is why it came to that */
        }
    }
    if (e.code == ERR_OK) {
        e = k->writer->engine->tidy(k->writer);
    }
    if (e.code != ERR_OK) {
        (void)fail_log(f, e.code, "keys.db: %s", db_error(k->writer));
    }
    k->last = top > k->last ? top : k->last;
    k->next = k->last + 1;
    pthread_mutex_unlock(&k->writing);
    return e;
}
