/* http.h: HTTP/1.1 in and out, over GNU libmicrohttpd, with an admission layer of our own.
 *
 * Promise to the floor above: the handler is called once for each request, with the whole head checked (RFC
 * 9110 and 9112, strictly: what could mean two things is refused) and the whole body in memory, within
 * the declared caps and total deadlines. The handler answers at once or parks the exchange; a parked one has
 * an owner, who resumes it from any thread, and a deadline, after which the server resumes it with
 * http_timed_out(). The exchange and its arena live until the answer has been sent.
 * Event threads must not block: work that waits goes to the writer queue or a pool.
 */
#ifndef SUNWAI_HTTP_H
#define SUNWAI_HTTP_H

#include "arena.h"
#include "buf.h"
#include "err.h"

struct http_server;
struct http_exchange;

enum http_method { HTTP_GET, HTTP_POST, HTTP_HEAD, HTTP_OTHER };

struct http_request {
    enum http_method method; /* HEAD reaches the handler as GET; the body is dropped behind it */
    str path;                /* percent-decoded once, starts with '/', no NUL, no "//", no dot segments */
    str query;               /* raw, without '?' */
    str body;
    str content_type;        /* without parameters, lower case */
    str client;              /* address as text, for caps and logs; never stored with a case */
};

enum http_next { HTTP_ANSWERED, HTTP_PARKED };

/* Called on an event thread; after a resume it is called again with the same exchange. */
typedef enum http_next (*http_handler)(struct http_exchange *x, void *app);

struct http_config {
    int listen_fd;              /* listening socket, owned by the caller */
    unsigned threads;           /* event threads; 0: 2 */
    unsigned connections_max;   /* in all; 0: 4096 */
    unsigned per_address_max;   /* 0: 256 */
    const char *const *allow;   /* addresses without the per-address cap; NULL-terminated, may be NULL */
    unsigned header_seconds;    /* total, for the head; 0: 10 */
    unsigned body_seconds;      /* total, for the body; 0: 60 */
    unsigned body_min_rate;     /* bytes a second after the first 5 s; 0: 256 */
    unsigned idle_seconds;      /* keep-alive; 0: 30 */
    size_t body_max;            /* 0: 1 MiB */
    size_t arena_cap;           /* each exchange; 0: 8 MiB */
    http_handler handler;
    void *app;
    /* The page for a refusal by the admission layer itself (400, 413, 431, …): fills body, returns its type. */
    str (*refusal)(void *app, int status, str accept_language, bool wants_json, struct buf *body);
};

err http_start(const struct http_config *config, struct http_server **out, struct fail *f);
/* Orderly: quiesce (accept no more), let every parked exchange be resumed by its owner or its deadline, send
 * what is owed for at most drain_ms, then stop. Takes NULL. */
void http_stop(struct http_server *s, int64_t drain_ms);

const struct http_request *http_request(const struct http_exchange *x);
struct arena *http_arena(struct http_exchange *x);
str http_header(const struct http_exchange *x, const char *name); /* STR_NONE when absent */
str http_cookie(const struct http_exchange *x, str name);
void *http_state(const struct http_exchange *x);
void http_set_state(struct http_exchange *x, void *state, void (*release)(void *state));

/* Park until http_resume(), at the longest until deadline_ms from now. Call before handing x to the owner. */
enum http_next http_park(struct http_exchange *x, int64_t deadline_ms);
void http_resume(struct http_exchange *x); /* any thread; once */
bool http_timed_out(const struct http_exchange *x);

/* The answer. Headers may be added before http_answer(); names and values are checked (no CR, LF). */
void http_add_header(struct http_exchange *x, const char *name, str value);
enum http_next http_answer(struct http_exchange *x, int status, str type, str body); /* body is copied */
enum http_next http_answer_static(struct http_exchange *x, int status, str type, str body); /* body outlives all */

struct http_stats {
    int64_t accepted, live, requests, parked, refused_head, refused_cap, timed_out;
};
void http_stats(const struct http_server *s, struct http_stats *out);

#endif
