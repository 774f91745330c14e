/* exchange.h: what server.c and exchange.c share; nobody above includes it.
 *
 * A connection (struct conn) is born in the accept thread, lives on one event thread of the library and dies
 * in its closing call-back. An exchange is counted: one reference is the library's, from the request line to
 * the end of the answer, one is the owner's, from http_park() to http_resume(). The server is counted too, so
 * that the last late owner may return after http_stop().
 */
#ifndef SUNWAI_EXCHANGE_H
#define SUNWAI_EXCHANGE_H

#include <microhttpd.h>
#include <pthread.h>

#include "admission.h"
#include "caps.h"
#include "deadline.h"
#include "http.h"
#include "sieve.h"

enum {
    SPARE_MAX = 256,        /* exchanges kept with their first arena block */
    SPARE_BODY_MAX = 65536, /* a larger body buffer is not kept */
    BODY_GRACE_MS = 5000,   /* before the minimum rate counts */
    ANSWER_HEADERS_MAX = 8192,
    AGAIN_MAX = 4096, /* of an address that is sent on */
    REFUSAL_MAX = 65536,
    PLAIN_HEAD_MAX = 65536,
    UPGRADE_REQUIRED = 426,
    SIEVED_MAX = 128 << 20, /* a body with files up to so much is heard to its end, whatever is kept of it */
    BODIES_STEP = 16384,    /* of the server's `bodies` at once */
    SIEVED_RATE = 16384,    /* bytes a second: that much longer than body_seconds may it take */
    SIEVE_SLACK = 64 << 10,
    DRAIN_FACTOR = 16 /* a body up to so many times body_max is read to its end before 413 is said */
};

struct http_server {
    struct http_config config; /* with the defaults filled in */
    struct MHD_Daemon *daemon;
    bool secure;                 /* TLS */
    struct tls_tickets *tickets; /* NULL: none */
    bool knows_layout;           /* the library is the one whose buffers head_altered() knows */
    struct deadlines *deadlines;
    struct caps *caps;
    pthread_t acceptor;
    int wake_fd;
    pthread_mutex_t lock; /* newcomers, spare */
    struct conn *newcomers;
    struct http_exchange *spare;
    unsigned spare_n;
    bool cut_off;         /* by it: a parked exchange was not waited for */
    bool followed;        /* another process accepts after it: late requests are sent there */
    bool quieted;         /* http_quiesce() has been called */
    _Atomic bool quiet;   /* answers close their connection */
    _Atomic bool closing; /* no handler begins any more */
    _Atomic int64_t references;
    _Atomic int64_t busy;   /* handlers running */
    _Atomic int64_t inside; /* exchanges that the handler has seen and not answered, parked ones too */
    _Atomic int64_t owed;   /* of the open ones: those whose answer is not known yet */
    _Atomic int64_t open;   /* exchanges between request line and end of answer */
    _Atomic int64_t bodies; /* bytes set aside for bodies above body_max */
    _Atomic int64_t accepted, live, requests, parked, refused_head, refused_cap, timed_out;
};

struct conn {
    struct deadline life; /* when its socket is shut down */
    struct conn *next;    /* among the newcomers */
    struct http_server *server;
    int fd;
    bool over;    /* above a cap: its first request is answered 503 */
    bool trusted; /* a proxy of ours: it says whose request it passes on */
    _Atomic bool idle;
    int64_t seen; /* requests */
    struct address address;
    char client[ADDRESS_TEXT_MAX];
    size_t client_n;
};

enum stage { STAGE_HEAD, STAGE_BODY, STAGE_DRAIN, STAGE_HANDLER, STAGE_ANSWERED };

struct http_exchange {
    struct http_server *server;
    struct conn *conn;
    struct MHD_Connection *mhd;
    struct http_exchange *next; /* among the spare; or among the heads that this thread waits for */
    _Atomic int references;
    _Atomic bool timed_out;
    enum stage stage;
    bool entered;        /* the handler has seen it */
    bool suspended;      /* parked by the handler just called */
    bool settled;        /* its answer is known: no longer owed */
    bool failed;         /* the answer could not be given to the library */
    uintptr_t target_at; /* where the library holds the request target */
    str target;
    struct arena *arena;
    struct arena *late; /* the handler's after a time-out */
    struct buf body;
    int64_t body_began_ms, body_bytes, body_total_ms;
    bool sieved;
    struct sieve sieve;
    size_t announced;   /* what of a body with files will be kept at most */
    size_t reserved;    /* of the server's `bodies`: what has come of it */
    int refused;        /* what to say when a body has been read and thrown away */
    struct buf headers; /* of the answer: name NUL value NUL … */
    struct http_request request;
    struct deadline park;
    void *state;
    void (*release)(void *state);
    char client[ADDRESS_TEXT_MAX]; /* whose request it is: the peer's, or whom a proxy passes on */
};

/* Call-backs of the library; cls is the server. */
void *on_target(void *cls, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
                           const char *version, const char *upload, size_t *upload_n, void **context);
void on_completed(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_RequestTerminationCode why);
void on_library_said(void *cls, const char *format, va_list args);

/* When a connection ends to which nothing was ever said and whose client is still there, what came was no
 * request line, and the library closed it without a word. Says 400 in its place. */
void refuse_line(const struct conn *c);

void on_park_over(struct deadline *d);

void exchange_free(struct http_exchange *x);
void server_drop(struct http_server *s); /* one reference less; frees after the last */

#endif
