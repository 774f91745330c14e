#include "caps.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>

#include "arena.h"
#include "check.h"
#include "random.h"

enum { BUCKETS = 1024 };

struct holder {
    struct holder *next;
    struct address address;
    unsigned places;
};

struct caps {
    pthread_mutex_t lock;
    unsigned max, over_max;
    uint64_t seed; /* so that nobody can choose addresses that share a bucket */
    struct address *allow;
    char (*trusted)[ADDRESS_TEXT_MAX]; /* the same, exactly; proxies first */
    size_t allow_n, proxies_n;
    struct holder *buckets[BUCKETS];
};

static struct address address_v6(const struct in6_addr *in)
{
    struct address a = {.counted = true};
    memcpy(a.bytes, in, IN6_IS_ADDR_V4MAPPED(in) ? 16 : 8);
    return a;
}

static struct address address_v4(const struct in_addr *in)
{
    struct address a = {.counted = true, .bytes = {[10] = 0xFF, [11] = 0xFF}};
    memcpy(a.bytes + 12, in, 4);
    return a;
}

struct address address_of(const struct sockaddr *sa)
{
    if (sa->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, sa, sizeof v4);
        return address_v4(&v4.sin_addr);
    }
    if (sa->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, sa, sizeof v6);
        return address_v6(&v6.sin6_addr);
    }
    return (struct address){0};
}

size_t address_text(const struct sockaddr *sa, char out[ADDRESS_TEXT_MAX])
{
    out[0] = '\0';
    if (sa->sa_family == AF_INET) {
        struct sockaddr_in v4;
        memcpy(&v4, sa, sizeof v4);
        inet_ntop(AF_INET, &v4.sin_addr, out, ADDRESS_TEXT_MAX);
    }
    if (sa->sa_family == AF_INET6) {
        struct sockaddr_in6 v6;
        memcpy(&v6, sa, sizeof v6);
        if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
            inet_ntop(AF_INET, (const uint8_t *)&v6.sin6_addr + 12, out, ADDRESS_TEXT_MAX);
            return strlen(out);
        }
        inet_ntop(AF_INET6, &v6.sin6_addr, out, ADDRESS_TEXT_MAX);
    }
    return strlen(out);
}

static bool same(const struct address *a, const struct address *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

/* Without port, brackets or zone. */
static bool sockaddr_read(str text, struct sockaddr_storage *out)
{
    char plain[ADDRESS_TEXT_MAX];
    size_t at;
    if (text.n == 0 || text.n >= sizeof plain || str_find(text, '\0', &at)) {
        return false;
    }
    memcpy(plain, text.p, text.n);
    plain[text.n] = '\0';
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    *out = (struct sockaddr_storage){0};
    if (inet_pton(AF_INET, plain, &v4.sin_addr) == 1) {
        memcpy(out, &v4, sizeof v4);
        return true;
    }
    if (inet_pton(AF_INET6, plain, &v6.sin6_addr) == 1) {
        memcpy(out, &v6, sizeof v6);
        return true;
    }
    return false;
}

size_t address_read(str text, char out[ADDRESS_TEXT_MAX])
{
    struct sockaddr_storage sa;
    return sockaddr_read(text, &sa) ? address_text((const struct sockaddr *)&sa, out) : 0;
}

static err parse_allowed(const char *text, struct address *out, char exact[ADDRESS_TEXT_MAX], struct fail *f)
{
    struct sockaddr_storage sa;
    if (sockaddr_read(str_of(text), &sa)) {
        *out = address_of((const struct sockaddr *)&sa);
        address_text((const struct sockaddr *)&sa, exact);
        return OK;
    }
    return fail_log(f, ERR_INVALID, "http: \"%s\" on the allow list is no address", text);
}

static size_t count(const char *const *list)
{
    size_t n = 0;
    while (list != NULL && list[n] != NULL) {
        n++;
    }
    return n;
}

err caps_open(unsigned per_address_max, const char *const *proxies, const char *const *crowds,
              struct caps **out, struct fail *f)
{
    const size_t proxies_n = count(proxies);
    const size_t n = proxies_n + count(crowds);
    struct address *allowed = mem_new((n + 1) * sizeof *allowed);
    char(*trusted)[ADDRESS_TEXT_MAX] = mem_new((n + 1) * sizeof *trusted);
    for (size_t i = 0; i < n; i++) {
        const err e =
            parse_allowed(i < proxies_n ? proxies[i] : crowds[i - proxies_n], &allowed[i], trusted[i], f);
        if (e.code != ERR_OK) {
            mem_free(allowed);
            mem_free(trusted);
            return e;
        }
    }
    struct caps *c = mem_new(sizeof *c);
    pthread_mutex_init(&c->lock, NULL);
    c->max = per_address_max;
    c->over_max = per_address_max / 4 + 4;
    random_bytes(&c->seed, sizeof c->seed);
    c->allow = allowed;
    c->trusted = trusted;
    c->allow_n = n;
    c->proxies_n = proxies_n;
    *out = c;
    return OK;
}

void caps_close(struct caps *c)
{
    if (c == NULL) {
        return;
    }
    for (size_t i = 0; i < BUCKETS; i++) {
        while (c->buckets[i] != NULL) {
            struct holder *gone = c->buckets[i];
            c->buckets[i] = gone->next;
            mem_free(gone);
        }
    }
    pthread_mutex_destroy(&c->lock);
    mem_free(c->allow);
    mem_free(c->trusted);
    mem_free(c);
}

static bool exempt(const struct caps *c, const struct address *a)
{
    if (!a->counted) {
        return true;
    }
    for (size_t i = 0; i < c->allow_n; i++) {
        if (same(&c->allow[i], a)) {
            return true;
        }
    }
    return false;
}

bool caps_trust(const struct caps *c, str text)
{
    for (size_t i = 0; i < c->proxies_n; i++) {
        if (str_eq(text, str_of(c->trusted[i]))) {
            return true;
        }
    }
    return false;
}

/* The link that points to the holder of a, or the NULL at the end of its chain. */
static struct holder **find(struct caps *c, const struct address *a)
{
    uint64_t hash = c->seed;
    for (size_t i = 0; i < sizeof a->bytes; i++) {
        hash = (hash ^ a->bytes[i]) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    struct holder **at = &c->buckets[hash % BUCKETS];
    while (*at != NULL && !same(&(*at)->address, a)) {
        at = &(*at)->next;
    }
    return at;
}

enum caps_place caps_take(struct caps *c, const struct address *a)
{
    if (exempt(c, a)) {
        return CAPS_FREE;
    }
    pthread_mutex_lock(&c->lock);
    struct holder **at = find(c, a);
    if (*at == NULL) {
        *at = mem_new(sizeof **at);
        (*at)->address = *a;
    }
    enum caps_place place = CAPS_FULL;
    if ((*at)->places < c->max + c->over_max) {
        (*at)->places++;
        place = (*at)->places <= c->max ? CAPS_FREE : CAPS_OVER;
    }
    pthread_mutex_unlock(&c->lock);
    return place;
}

void caps_give(struct caps *c, const struct address *a)
{
    if (exempt(c, a)) {
        return;
    }
    pthread_mutex_lock(&c->lock);
    struct holder **at = find(c, a);
    CHECK(*at != NULL && (*at)->places > 0);
    if (--(*at)->places == 0) {
        struct holder *gone = *at;
        *at = gone->next;
        mem_free(gone);
    }
    pthread_mutex_unlock(&c->lock);
}
