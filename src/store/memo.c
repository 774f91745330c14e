#include "memo.h"

#include <stdatomic.h>
#include <string.h>

#include "arena.h"

enum { BUCKETS = 1024, ROOM = 1024 * 1024, KEY_MAX = 1024 };

struct memo_row {
    struct memo_row *next;
    struct value columns[];
};

struct memo_answer {
    struct memo_answer *next; /* of its bucket */
    str key;
    uint32_t hash;
    struct memo_row *first, *last;
};

struct memo {
    struct arena *arena; /* everything kept; full: all of it is forgotten */
    int64_t version;
    struct memo_answer *buckets[BUCKETS];
};

static _Atomic int64_t written = 1;

int64_t memo_version(void)
{
    return atomic_load(&written);
}

void memo_written(void)
{
    atomic_fetch_add(&written, 1);
}

bool memo_table(const char *name)
{
    static const char *const tables[] = {
        "label",          "unit",           "unit_successor", "unit_group",       "unit_group_member",
        "locality",       "body",           "locality_alias", "service_group",    "service",
        "service_term",   "service_body",   "document",       "service_document", "portal",
        "portal_service", "portal_outcome", "account",        "prompt_sound",
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (strcmp(name, tables[i]) == 0) {
            return true;
        }
    }
    return false;
}

struct memo *memo_open(void)
{
    struct memo *m = mem_new(sizeof *m);
    m->arena = arena_open(ROOM);
    return m;
}

void memo_close(struct memo *m)
{
    if (m != NULL) {
        arena_free(m->arena);
        mem_free(m);
    }
}

static void forget(struct memo *m)
{
    arena_clear(m->arena);
    memset(m->buckets, 0, sizeof m->buckets);
}

/* ---- what was asked ---- */

struct key {
    size_t n;
    uint32_t hash;
    bool full;
    char p[KEY_MAX];
};

static void key_put(struct key *k, const void *bytes, size_t n)
{
    if (k->full || n > sizeof k->p - k->n) {
        k->full = true;
        return;
    }
    if (n > 0) {
        memcpy(k->p + k->n, bytes, n);
    }
    k->n += n;
}

/* Of a table that nobody outside fills: only spread, not secrecy, is wanted (Knuth's multiplicative hash). */
static uint32_t hash_of(const char *p, size_t n)
{
    uint64_t h = n;
    for (size_t at = 0; at < n; at += sizeof(uint64_t)) {
        uint64_t word = 0;
        memcpy(&word, p + at, n - at < sizeof word ? n - at : sizeof word);
        h = (h ^ word) * 0x9E3779B97F4A7C15U;
        h ^= h >> 32;
    }
    return (uint32_t)h;
}

/* False: too long to be kept. */
static bool key_of(const void *statement, const struct value *const *params, int n, struct key *out)
{
    out->n = 0;
    out->full = false;
    key_put(out, &statement, sizeof statement);
    for (int i = 0; i < n; i++) {
        const struct value *v = params[i];
        const char type = (char)v->type;
        key_put(out, &type, 1);
        if (v->type == VALUE_I64) {
            key_put(out, &v->i, sizeof v->i);
        } else if (v->type != VALUE_NULL) {
            const int64_t length = v->s.p == NULL ? -1 : (int64_t)v->s.n;
            key_put(out, &length, sizeof length);
            key_put(out, v->s.p, v->s.p == NULL ? 0 : v->s.n);
        }
    }
    out->hash = out->full ? 0 : hash_of(out->p, out->n);
    return !out->full;
}

const struct memo_answer *memo_find(struct memo *m, int64_t version, const void *statement,
                                    const struct value *const *params, int n)
{
    UNSET struct key k;
    if (m->version != version) {
        forget(m);
        m->version = version;
    }
    if (!key_of(statement, params, n, &k)) {
        return NULL;
    }
    const struct memo_answer *a = m->buckets[k.hash % BUCKETS];
    while (a != NULL && (a->hash != k.hash || !str_eq(a->key, (str){k.p, k.n}))) {
        a = a->next;
    }
    return a;
}

/* ---- what was answered ---- */

struct memo_answer *memo_begin(struct memo *m, const void *statement, const struct value *const *params,
                               int n)
{
    UNSET struct key k;
    if (!key_of(statement, params, n, &k)) {
        return NULL;
    }
    if (arena_full(m->arena) || arena_used(m->arena) > ROOM / 2) {
        forget(m);
    }
    struct memo_answer *a = arena_new_of(m->arena, struct memo_answer);
    if (a == NULL) {
        return NULL;
    }
    *a = (struct memo_answer){.hash = k.hash, .key = arena_str(m->arena, (str){k.p, k.n})};
    return a;
}

void memo_add(struct memo *m, struct memo_answer *to, const struct value *columns, int columns_n)
{
    struct memo_row *row = arena_try(m->arena, sizeof *row + (size_t)columns_n * sizeof row->columns[0]);
    if (row == NULL) {
        return;
    }
    for (int i = 0; i < columns_n; i++) {
        row->columns[i] = columns[i];
        if (columns[i].type == VALUE_TEXT || columns[i].type == VALUE_BLOB) {
            row->columns[i].s = arena_str(m->arena, columns[i].s);
        }
    }
    if (to->last == NULL) {
        to->first = row;
    } else {
        to->last->next = row;
    }
    to->last = row;
}

void memo_end(struct memo *m, struct memo_answer *a)
{
    if (arena_full(m->arena)) { /* it is not whole; the next one makes room */
        return;
    }
    a->next = m->buckets[a->hash % BUCKETS];
    m->buckets[a->hash % BUCKETS] = a;
}

const struct memo_row *memo_next(const struct memo_answer *a, const struct memo_row *row)
{
    return row == NULL ? a->first : row->next;
}

const struct value *memo_columns(const struct memo_row *row)
{
    return row->columns;
}
