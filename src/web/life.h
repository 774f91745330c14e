/* life.h: what the web floor knows of one request beyond what handlers see. Inside src/web only.
 *
 * A life stands in the exchange's arena and ends with the exchange. While it is parked it belongs to whom it
 * was handed (writer, pool); the event thread does not touch it. When the deadline passes first, the event
 * thread begins a second life in the fresh arena that http.h then gives, only to say so.
 */
#ifndef SUNWAI_LIFE_H
#define SUNWAI_LIFE_H

#include "again.h"
#include "idem.h"
#include "input.h"
#include "match.h"
#include "metrics.h"
#include "pool.h"
#include "raw.h"
#include "replay.h"
#include "token.h"
#include "web.h"

/* What the vault derives the key of all tokens by. */
#define WEB_TOKEN_KEY S("web-token")

enum {
    PAGE_MAX = 4 << 20,
    HEADERS_MAX = 12,
    KEEPS_MAX = 8,
    FAULTS_WHOLE = 4, /* faults of the form as a whole, beside one for each input */
    FORM_TOKEN_S = 12 * 3600,
    SESSION_TOKEN_S = 24 * 3600, /* longer than any session: what was typed outlives it */
    PARK_MS = 30000
};

enum stage { STAGE_NEW, STAGE_LOOK, STAGE_SEEN, STAGE_SLOW, STAGE_PREPARE, STAGE_WRITE };

struct header {
    const char *name;
    str value;
};

/* What is to be said; sent when the handler has returned. */
struct answer {
    bool noted;
    int status;
    str type;
    str body;
    bool is_static; /* body outlives all */
    bool sought;    /* a part of it may be asked for */
    str etag;       /* of a static answer */
    bool immutable;
};

struct life {
    struct web web; /* first: the web of a handler is its life */
    struct web_app *app;
    struct http_exchange *x;
    const struct http_request *request;
    struct match match;
    int https_port;   /* it came to the plain port beside that one; 0: it did not */
    bool api;         /* problems are JSON, and no cookie was looked at */
    bool had_session; /* a session cookie came with the request: its answer is not compressed */
    bool by_cookie;   /* somebody is signed in through it */
    bool lang_chosen;
    bool relang;        /* this POST only asks for the form in another language */
    bool resolver_down; /* nobody could be asked who this is */
    bool fresh_key;     /* the form given back is another write */
    str accept_encoding;
    struct raws raws;
    struct input_file *files;
    size_t files_n;
    size_t body_end;   /* raws behind the path's parts and up to here came in the body */
    str key;           /* idempotency key; STR_NONE when there is none */
    int forced_status; /* of a form given back; 0: what the handler says */
    struct page_fault whole[FAULTS_WHOLE];
    size_t whole_n;
    struct buf page_out;
    struct buf body; /* JSON and CSV answers, problems */
    struct {
        void *p;
        void (*release)(void *p);
    } keeps[KEEPS_MAX];
    size_t keeps_n;
    struct header headers[HEADERS_MAX];
    size_t headers_n;
    struct answer answer;
    int64_t began_ms;
    /* Of a page that may be kept (again_page.c): */
    str again_key; /* STR_NONE: it may not */
    struct again_state again_state;
    struct again_page *again; /* held; what is sent is a part of it, or its copy */
    bool own;                 /* it depends on more than its key says */
    int64_t vault_opened;     /* before it was made */
    /* Parked: */
    enum stage stage;
    err result;
    struct write_job job;
    struct idem_key idem;
    str receipt_text;
    bool changed_replay;
};

struct web_app {
    struct web_config config;
    const struct route **routes; /* all tables, ours last */
    size_t routes_n;
    struct matcher *matcher;
    struct pool *pool;
    struct pool *
        files_pool; /* for forms with files, which wait for the worker: nobody's password waits behind them */
    struct metrics *metrics;
    struct again *again;
    struct buf openapi;
    uint8_t token_key[TOKEN_KEY_LEN];
    uint8_t content_key[REPLAY_KEY_LEN];
};

static inline struct life *life_of(struct web *w)
{
    return (struct life *)w;
}

/* begin.c */
/* NULL when the arena is full. commits: store_commits() before the reading of this call began. */
struct life *life_new(struct web_app *app, struct http_exchange *x, int64_t commits);
bool life_begin(struct life *l);                   /* false: an answer has been noted */
void life_reader(struct life *l, int64_t commits); /* ctx.db of the calling thread */
void life_release(void *state);

/* answer.c */
enum http_next answer_send(struct life *l); /* adds headers, logs, counts */
err answer_problem(struct life *l, int status, enum msg title, enum msg detail);
err answer_code(struct life *l, err e);                    /* the problem that a failed handler means */
str answer_fail_words(struct life *l, enum msg otherwise); /* w->fail in her language */
void answer_faults(struct life *l);                        /* page.faults from w->in and the whole */
void answer_fault_whole(struct life *l, str words);
err answer_receipt(struct life *l); /* of an API route without its own answer */
bool answer_gzip_wanted(str accept_encoding);
/* The page or problem+json where there is no life: returns the type. */
str answer_refusal(int status, enum lang lang, bool as_json, struct buf *body);

/* again_page.c */
void again_ask(struct life *l);    /* fills l->again when the page was made before */
void again_making(struct life *l); /* around the handler */
void again_made_it(struct life *l);
void again_offer(struct life *l); /* keeps what was made */
err again_answer(struct life *l); /* what l->again is */

/* openapi.c: OpenAPI 3.1 of all rows with ROUTE_API */
void openapi_put(const struct route *const *routes, size_t n, struct buf *out);

/* session.c */
err session_resolve(struct life *l); /* who sends this: fills w->who and the flags */
str session_form_token(struct life *l, const struct who *who, bool signed_in);
bool session_form_token_good(struct life *l);
/* Whose form it is, also when her session is over: false when it has no genuine, unexpired token of a
 * session. */
bool session_form_user(struct life *l, int64_t *out_user_id);
bool session_from_elsewhere(struct life *l); /* a form of another site */
str host_alone(str host);                    /* without its port; an IPv6 address in its brackets */
void session_lang_cookie(struct life *l);
str session_lang_kept(struct life *l); /* of that cookie */

/* page_part.c */
void page_begin(struct life *l);          /* w->page as templates want it */
err page_sign_in_expired(struct life *l); /* 401, with everything typed */

/* away.c: 403, with everything typed */
err page_away(struct life *l);

/* plain.c */
err plain_redirect(struct life *l); /* to the same address over TLS */

/* static.c, openapi.c */
extern const struct route web_routes[];
extern const size_t web_routes_n;

#endif
