#include "kept.h"

#include "store_inside.h"

enum { SLOTS = 512 };

struct slot {
    int64_t commits, at_ms;
    uint16_t key_n, value_n;
    char key[KEPT_KEY_MAX];
    char value[KEPT_VALUE_MAX];
};

struct kept {
    pthread_mutex_t mutex;
    struct slot slots[SLOTS];
};

struct kept *kept_open(void)
{
    struct kept *k = mem_new(sizeof *k);
    pthread_mutex_init(&k->mutex, NULL);
    return k;
}

void kept_close(struct kept *k)
{
    if (k != NULL) {
        pthread_mutex_destroy(&k->mutex);
        mem_free(k);
    }
}

/* FNV-1a: keys are ours, so nobody can choose them to collide. */
static struct slot *slot_of(struct kept *k, str key)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key.n; i++) {
        hash = (hash ^ (uint8_t)key.p[i]) * 16777619u;
    }
    return &k->slots[(hash ^ hash >> 16) % SLOTS];
}

/* c->commits is 0 where nobody looked when the reading began. */
static bool usable(const struct ctx *c, str key, size_t n)
{
    return c->store != NULL && !c->writing && c->commits != 0 && key.n > 0 && key.n <= KEPT_KEY_MAX &&
           n <= KEPT_VALUE_MAX;
}

bool kept_get(const struct ctx *c, str key, enum kept_for good, int64_t ms, void *out, size_t n)
{
    if (!usable(c, key, n) || (good == KEPT_UNTIL_WRITE && c->store->is_pg)) {
        return false;
    }
    struct kept *k = c->store->kept;
    pthread_mutex_lock(&k->mutex);
    const struct slot *s = slot_of(k, key);
    const int64_t age = c->now_ms - s->at_ms;
    const bool found = str_eq((str){s->key, s->key_n}, key) && s->value_n == n && age >= 0 && age <= ms &&
                       (good == KEPT_ANYWAY || s->commits == c->commits);
    if (found) {
        memcpy(out, s->value, n);
    }
    pthread_mutex_unlock(&k->mutex);
    return found;
}

void kept_put(const struct ctx *c, str key, const void *value, size_t n)
{
    if (!usable(c, key, n)) {
        return;
    }
    struct kept *k = c->store->kept;
    pthread_mutex_lock(&k->mutex);
    struct slot *s = slot_of(k, key);
    s->commits = c->commits;
    s->at_ms = c->now_ms;
    s->key_n = (uint16_t)key.n;
    s->value_n = (uint16_t)n;
    memcpy(s->key, key.p, key.n);
    memcpy(s->value, value, n);
    pthread_mutex_unlock(&k->mutex);
}
