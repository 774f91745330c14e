/* http.h: HTTP/1.1 in and out, over GNU libmicrohttpd, with an admission layer of our own.
 *
 * Promise to the floor above: the handler is called once for each request, with the whole head checked (RFC
 * 9110 and 9112, strictly: what could mean two things is refused) and the whole body in memory, within
 * the declared caps and total deadlines. The handler answers at once or parks the exchange; a parked one has
 * an owner, who resumes it from any thread, and a deadline, after which the server resumes it with
 * http_timed_out(). The exchange, its request and its arena live until the answer has been sent and its
 * owner, if it was parked, has called http_resume(): an owner who comes too late, or whose client is gone,
 * touches no freed memory and changes nothing. Event threads must not block: work that waits goes to the
 * writer queue or a pool.
 *
 * What the library below answers by itself, with its own short page and without our headers: a request line
 * that is none, a version other than 1.x, a header line without colon, a head above about 24 KiB and a
 * malformed chunk. It closes the connection after each.
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
    str path;  /* percent-decoded once, UTF-8, starts with '/', no control byte, no "//", no dot segments */
    str query; /* raw, without '?'; "" when there is none */
    str body;
    str content_type;   /* without parameters, lower case */
    str client;         /* address as text, to bound guessing; never stored with a case. The peer's; when that
                         * is on the allow list, the last one in X-Forwarded-For, if that is an address */
    uint64_t files_cut; /* of a multipart body that was sieved: bit for each of the first files whose end was
                         * thrown away because it was too long */
    bool files_full;    /* … because all of them together were */
    bool secure;        /* it came over TLS, or a proxy on the allow list says that it came to it so
                         * (X-Forwarded-Proto: https) */
};

enum http_next { HTTP_ANSWERED, HTTP_PARKED };

/* Called on an event thread; after a resume it is called again with the same exchange. */
typedef enum http_next (*http_handler)(struct http_exchange *x, void *app);

enum { IDLE_CROWDED_S = 2, HTTP_FILES_COUNTED = 64 };

struct http_field {
    const char *name, *value;
};

/* Of a route that takes files (multipart/form-data). */
struct http_room {
    size_t body_max, file_max;
};

/* A request that is refused, as far as its head was read; texts are borrowed, STR_NONE where there is none.
 */
struct http_refused {
    int status;
    str accept_language, cookies;
    bool wants_json;
};

struct http_config {
    int listen_fd;             /* listening socket, owned by the caller; made non-blocking */
    unsigned threads;          /* event threads; 0: 2 */
    unsigned connections_max;  /* in all; 0: 4096 */
    unsigned per_address_max;  /* 0: 256 */
    const char *const *allow;  /* addresses without the per-address cap, whose X-Forwarded-For is believed:
                                * our own proxies. NULL-terminated, may be NULL */
    const char *const *crowds; /* addresses without the per-address cap that nothing else is believed of: the
                                * phones of an event behind one address; the same form */
    const char *tls_certificate; /* PEM, read before http_start() returns; NULL: plain HTTP */
    const char *tls_key;
    unsigned header_seconds; /* total, for the head; 0: 10 */
    unsigned body_seconds;   /* total, for the body; 0: 60 */
    unsigned body_min_rate;  /* bytes a second after the first 5 s; 0: 256 */
    unsigned send_seconds;   /* total, for the answer, beyond what it takes at send_min_rate; 0: 60 */
    unsigned send_min_rate;  /* bytes a second; 0: 4096 */
    unsigned idle_seconds;   /* keep-alive, up to the next request line; 0: 30 */
    size_t body_max;         /* 0: 1 MiB; see room */
    size_t arena_cap;        /* each exchange; 0: 8 MiB */
    /* Whether what is sent there may be longer than body_max, because it has files: of those that are too
     * long only the beginning is kept then, and the handler is told (files_cut). Any event thread. NULL: none
     * may.
     */
    bool (*room)(void *app, enum http_method method, str path, struct http_room *out);
    size_t bodies_max; /* of such bodies in memory, as far as they have come, all requests together; beyond:
                        * 503, when what was sent has been heard. 0: 96 MiB */
    http_handler handler;
    void *app;
    /* The page for a refusal by the admission layer itself (400, 413, 431, 503 over a cap, …) and for a
     * handler that failed to answer (500, 503), and 426 for plain HTTP that is spoken to TLS: fills body,
     * returns its type. Any event thread. NULL: an empty body. */
    str (*refusal)(void *app, const struct http_refused *r, struct buf *body);
    const struct http_field *refusal_headers; /* of such a page; ends with a name of NULL; may be NULL */
};

/* A listening TCP socket (close-on-exec, non-blocking, SO_REUSEADDR) on an address or host name; NULL or ""
 * is every address. Port 0 lets the system choose; *out_port is what it became. */
err http_listen(const char *host, int port, int *out_fd, int *out_port, struct fail *f);

/* INVALID for a wrong allow list, IO when threads cannot be had. The listening socket stays the caller's. */
err http_start(const struct http_config *config, struct http_server **out, struct fail *f);
/* The first half of an orderly stop: accept no more (clients wait in the backlog of listen_fd), wait a moment
 * for what is already on its way, and for at most drain_ms until every request has its answer; what is still
 * parked then is timed out. When it returns the handler will not be called again, so that what it stands on
 * may be closed while slow clients still read. followed: another process accepts from listen_fd now; what
 * still comes on connections that were kept alive is sent to it (307 to the same address), not refused (503).
 * Not from a handler. Takes NULL; a second time does nothing. */
void http_quiesce(struct http_server *s, int64_t drain_ms, bool followed);
/* The second: send what is owed, for at most drain_ms, and stop; when it is followed, hear idle connections
 * some seconds more. Does the first when nobody did. Owners may call http_resume() even after this. Takes
 * NULL. */
void http_stop(struct http_server *s, int64_t drain_ms);

const struct http_request *http_request(const struct http_exchange *x);
/* Within the handler only; an owner keeps the pointer it was given. After a time-out this is a second, fresh
 * arena, because the first is still its owner's. */
struct arena *http_arena(struct http_exchange *x);
/* Within the handler only; copied into the arena. A header that stands twice: the first. STR_NONE when
 * absent. */
str http_header(struct http_exchange *x, const char *name);
str http_cookie(struct http_exchange *x, str name);
/* The same in the value of a Cookie field, borrowed from it. */
str http_cookie_in(str cookies, str name);
void *http_state(const struct http_exchange *x);
/* release may run on the owner's thread: when the last of answer and owner is done. May be NULL. */
void http_set_state(struct http_exchange *x, void *state, void (*release)(void *state));

/* Park until http_resume(), at the longest until deadline_ms from now. Call before handing x to the owner,
 * then return what this returns. An exchange that timed out cannot be parked again: that is answered 503. */
enum http_next http_park(struct http_exchange *x, int64_t deadline_ms);
/* Any thread; exactly once for each http_park(), in time or not. The caller may not touch x afterwards. */
void http_resume(struct http_exchange *x);
bool http_timed_out(const struct http_exchange *x); /* any thread */

/* The answer, within the handler. Headers may be added before; a name that is no token, a value that is empty
 * or has a control byte is left out and logged. X-Content-Type-Options: nosniff, Date, Content-Length and
 * Connection are added to every answer. To HEAD the body is not sent. */
void http_add_header(struct http_exchange *x, const char *name, str value);
enum http_next http_answer(struct http_exchange *x, int status, str type, str body); /* body is copied */
enum http_next http_answer_static(struct http_exchange *x, int status, str type,
                                  str body); /* body outlives all */

/* … and is given back by release(owner), on any thread, when nothing is sent of it any more. */
enum http_next http_answer_held(struct http_exchange *x, int status, str type, str body,
                                void (*release)(void *owner), void *owner);

/* accepted: connections ever; live: now; requests: that reached the handler; parked: now; refused_head: by
 * admission; refused_cap: connections above a cap; timed_out: heads, bodies, answers and parked exchanges
 * (not idle ones). */
struct http_stats {
    int64_t accepted, live, requests, parked, refused_head, refused_cap, timed_out;
};
void http_stats(const struct http_server *s, struct http_stats *out);

#endif
