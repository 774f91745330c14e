/* fake.c: see fake.h. */
#include "fake.h"

#include "check.h"
#include "engine.h"
#include "store_inside.h"
#include "vault_open.h"

enum { ANSWERS_MAX = 256, CALLS_MAX = 4096, FAKE_ARENA = 16 * 1024 * 1024 };

struct fake {
    struct db db;
    struct arena *arena;
    struct store *store;
    struct fail fail;
    struct fake_answer answers[ANSWERS_MAX];
    bool used[ANSWERS_MAX];
    size_t answers_n;
    struct fake_call calls[CALLS_MAX];
    size_t calls_n;
};

/* What the store itself asks while a rule runs: nothing stored yet, and every write goes well. */
static const struct fake_answer own[] = {
    {.query = "audit_append", .changed = 1},
    {.query = "audit_head", .rows_n = 0},
    {.query = "mark_put", .changed = 1},
    {.query = "destroyed_key_add", .changed = 1},
};

static void record(struct fake *k, const struct query *q, const struct value *params)
{
    CHECK(k->calls_n < CALLS_MAX);
    struct value *copy = arena_array_of(k->arena, struct value, (size_t)q->params_n + 1);
    CHECK(copy != NULL);
    for (size_t i = 0; i < q->params_n; i++) {
        copy[i] = params[i];
        copy[i].s = arena_str(k->arena, params[i].s);
    }
    k->calls[k->calls_n++] = (struct fake_call){.query = q->name, .params = copy, .params_n = q->params_n};
}

/* The first answer to that name that was not used, else the last that was. */
static const struct fake_answer *answer_to(struct fake *k, const char *name)
{
    const struct fake_answer *last = NULL;
    for (size_t i = 0; i < k->answers_n; i++) {
        if (strcmp(k->answers[i].query, name) != 0) {
            continue;
        }
        last = &k->answers[i];
        if (!k->used[i]) {
            k->used[i] = true;
            return last;
        }
    }
    for (size_t i = 0; last == NULL && i < sizeof own / sizeof own[0]; i++) {
        last = strcmp(own[i].query, name) == 0 ? &own[i] : NULL;
    }
    return last;
}

static err run(struct db *db, const struct query *q, unsigned form, const struct value *params, row_fn row,
               void *arg, int64_t *out_changed)
{
    struct fake *k = (struct fake *)(void *)db;
    (void)form;
    record(k, q, params);
    const struct fake_answer *a = answer_to(k, q->name);
    if (a == NULL) {
        return db_note(db, ERR_BUG, DB_CAUSE_OTHER, "no answer to %s was given", q->name);
    }
    if (a->fails != ERR_OK) {
        return db_note(db, a->fails, DB_CAUSE_OTHER, "%s fails as told", q->name);
    }
    for (size_t i = 0; row != NULL && i < a->rows_n; i++) {
        TRY(row(arg, a->rows + i * q->columns_n));
    }
    if (out_changed != NULL) {
        *out_changed = a->changed;
    }
    return OK;
}

static err nothing(struct db *db)
{
    (void)db;
    return OK;
}

static err describe(struct db *db, const struct query *q, unsigned form)
{
    (void)db;
    (void)q;
    (void)form;
    return OK;
}

static err script(struct db *db, const char *sql)
{
    (void)db;
    (void)sql;
    return OK;
}

static err version(struct db *db, int64_t *out)
{
    (void)db;
    *out = 0;
    return OK;
}

static void stays(struct db *db)
{
    (void)db; /* the fake owns it */
}

static const struct db_engine fake_engine = {
    .name = "fake",
    .run = run,
    .begin = nothing,
    .commit = nothing,
    .rollback = nothing,
    .savepoint = nothing,
    .release = nothing,
    .rollback_to = nothing,
    .describe = describe,
    .script = script,
    .version = version,
    .tidy = nothing,
    .close = stays,
};

struct fake *fake_open(struct ctx *out_ctx)
{
    static const uint8_t master[VAULT_KEY_LEN] = {1, 2, 3};
    struct fake *k = mem_new(sizeof *k);
    k->db.engine = &fake_engine;
    k->db.writable = true;
    k->db.in_tx = true;
    k->arena = arena_open(FAKE_ARENA);
    k->store = mem_new(sizeof *k->store);
    k->store->writers_n = 1;
    k->store->writers[0] = (struct writer){.store = k->store, .db = &k->db};
    k->store->vault = vault_open(master);
    CHECK(keys_open(":memory:", false, vault_wrap_key(k->store->vault), 0, &k->store->keys, &k->fail).code ==
          ERR_OK);
    *out_ctx = (struct ctx){.arena = k->arena,
                            .db = &k->db,
                            .store = k->store,
                            .fail = &k->fail,
                            .actor = {.role = ROLE_SYSTEM},
                            .now_ms = INT64_C(1767225600000), /* 2026-01-01 00:00 UTC */
                            .writing = true};
    return k;
}

void fake_close(struct fake *k)
{
    if (k == NULL) {
        return;
    }
    keys_close(k->store->keys);
    vault_close(k->store->vault);
    mem_free(k->store->writers[0].doomed);
    mem_free(k->store);
    arena_free(k->arena);
    mem_free(k);
}

void fake_answer(struct fake *k, const struct fake_answer *a)
{
    CHECK(k->answers_n < ANSWERS_MAX);
    k->answers[k->answers_n++] = *a;
}

size_t fake_calls(const struct fake *k, const char *query)
{
    size_t n = 0;
    for (size_t i = 0; i < k->calls_n; i++) {
        n += strcmp(k->calls[i].query, query) == 0;
    }
    return n;
}

const struct fake_call *fake_call(const struct fake *k, const char *query, size_t n)
{
    for (size_t i = 0; i < k->calls_n; i++) {
        if (strcmp(k->calls[i].query, query) == 0 && n-- == 0) {
            return &k->calls[i];
        }
    }
    return NULL;
}
