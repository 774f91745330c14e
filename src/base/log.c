#include "log.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "clock.h"

/* A line of at most PIPE_BUF bytes reaches a pipe or the journal in one piece (POSIX, write). The stack holds
 * it: the log must also work for a process that has no memory left. */
enum { LINE_MAX_BYTES = 4096, TEXT_MAX_BYTES = 300, TAIL = sizeof ",\"cut\":true}\n" };

struct line {
    size_t n;
    bool full;
    char p[LINE_MAX_BYTES];
};

static atomic_int log_fd = STDERR_FILENO;

struct log_pair log_i64(const char *key, int64_t v)
{
    return (struct log_pair){.key = key, .is_number = true, .number = v};
}

struct log_pair log_text(const char *key, str v)
{
    return (struct log_pair){.key = key, .text = v};
}

void log_to(int fd)
{
    atomic_store(&log_fd, fd);
}

static void put(struct line *l, str s)
{
    if (l->full || s.n > sizeof l->p - TAIL - l->n) {
        l->full = true;
        return;
    }
    memcpy(l->p + l->n, s.p, s.n);
    l->n += s.n;
}

static void put_number(struct line *l, int64_t v)
{
    char digits[24];
    const int n = snprintf(digits, sizeof digits, "%lld", (long long)v);
    put(l, (str){digits, (size_t)n});
}

static void put_escaped(struct line *l, str whole, size_t from, size_t to, uint32_t c)
{
    if (c == '"' || c == '\\') {
        const char pair[2] = {'\\', (char)c};
        put(l, (str){pair, sizeof pair});
        return;
    }
    if (c < 0x20 || c == 0x7F) {
        char code[8];
        const int n = snprintf(code, sizeof code, "\\u%04x", (unsigned)c);
        put(l, (str){code, (size_t)n});
        return;
    }
    if (c == 0xFFFD) { /* also what str_next() says of an ill-formed byte */
        put(l, S("\xEF\xBF\xBD"));
        return;
    }
    put(l, str_sub(whole, from, to - from));
}

/* As a JSON string, cut between characters at TEXT_MAX_BYTES of what was given. */
static void put_quoted(struct line *l, str s)
{
    put(l, S("\""));
    for (size_t at = 0; at < s.n;) {
        const size_t from = at;
        const uint32_t c = str_next(s, &at);
        if (at > TEXT_MAX_BYTES) {
            put(l, S("…"));
            break;
        }
        put_escaped(l, s, from, at, c);
    }
    put(l, S("\""));
}

static void put_time(struct line *l, int64_t ms)
{
    const struct local_time t = local_of(ms - LOCAL_OFFSET_MS);
    const int64_t milli = (ms % 1000 + 1000) % 1000;
    char text[64];
    const int n = snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", t.year, t.month, t.day,
                           t.hour, t.minute, t.second, (int)milli);
    put(l, (str){text, (size_t)n});
}

static void put_pair(struct line *l, const struct log_pair *pair)
{
    const size_t before = l->n;
    put(l, S(","));
    put_quoted(l, str_of(pair->key));
    put(l, S(":"));
    if (pair->is_number) {
        put_number(l, pair->number);
    } else if (pair->text.p == NULL) {
        put(l, S("null"));
    } else {
        put_quoted(l, pair->text);
    }
    if (l->full) {
        l->n = before; /* a pair stands whole or not at all, so that the line stays JSON */
    }
}

static void line_make(struct line *l, enum log_level level, const char *event, const struct log_pair *pairs,
                      size_t n)
{
    static const str names[] = {S_INIT("info"), S_INIT("warn"), S_INIT("error")};
    l->n = 0;
    l->full = false;
    put(l, S("{\"time\":\""));
    put_time(l, clock_now_ms());
    put(l, S("\",\"level\":\""));
    put(l, names[level]);
    put(l, S("\",\"event\":"));
    put_quoted(l, str_of(event));
    for (size_t i = 0; i < n && !l->full; i++) {
        put_pair(l, &pairs[i]);
    }
    const str tail = l->full ? S(",\"cut\":true}\n") : S("}\n");
    memcpy(l->p + l->n, tail.p, tail.n);
    l->n += tail.n;
}

static void write_out(int fd, const char *p, size_t n)
{
    while (n > 0 && write(fd, p, n) < 0 && errno == EINTR) {
    }
}

/* ---- lines that may wait: together as long as one line may be, so that they too stay whole ---- */

static pthread_mutex_t waiting_mutex = PTHREAD_MUTEX_INITIALIZER;
static char waiting[LINE_MAX_BYTES];
static _Atomic size_t waiting_n;

/* With the mutex. */
static void waiting_write(int fd)
{
    write_out(fd, waiting, atomic_load(&waiting_n));
    atomic_store(&waiting_n, 0);
}

void log_flush(void)
{
    const int saved = errno;
    if (atomic_load(&waiting_n) > 0) {
        pthread_mutex_lock(&waiting_mutex);
        waiting_write(atomic_load(&log_fd));
        pthread_mutex_unlock(&waiting_mutex);
    }
    errno = saved;
}

void log_later(const char *event, const struct log_pair *pairs, size_t n)
{
    const int fd = atomic_load(&log_fd);
    if (fd < 0) {
        return;
    }
    const int saved = errno;
    UNSET struct line l;
    line_make(&l, LOG_INFO, event, pairs, n);
    pthread_mutex_lock(&waiting_mutex);
    if (l.n > sizeof waiting - atomic_load(&waiting_n)) {
        waiting_write(fd);
    }
    memcpy(waiting + atomic_load(&waiting_n), l.p, l.n);
    atomic_fetch_add(&waiting_n, l.n);
    pthread_mutex_unlock(&waiting_mutex);
    errno = saved;
}

void log_line(enum log_level level, const char *event, const struct log_pair *pairs, size_t n)
{
    const int fd = atomic_load(&log_fd);
    if (fd < 0) {
        return;
    }
    const int saved = errno;
    UNSET struct line l;
    line_make(&l, level, event, pairs, n);
    log_flush(); /* what was before stands before */
    write_out(fd, l.p, l.n);
    errno = saved;
}
