/* web.h: one request on its way, as handlers see it, and the ways to answer.
 *
 * The web floor holds routing, languages, sessions, form tokens, idempotency and error pages; it knows
 * nothing of cases. Who somebody is, is asked of a resolver that the account feature hands down once.
 */
#ifndef SUNWAI_WEB_H
#define SUNWAI_WEB_H

#include "form.h"
#include "route.h"

/* Who sends a request. */
struct who {
    struct actor actor;
    str login;
    str name;           /* shown to herself on her pages */
    str office;         /* name of the body she sits in, in the page's language */
    uint8_t secret[32]; /* of the session: form tokens are made from it */
    bool by_token;      /* bearer token of the API */
};

struct web {
    struct http_exchange *x; /* NULL in the pool (prepare, ROUTE_SLOW): what they need is copied here */
    const struct route *route;
    struct arena *arena;
    struct ctx ctx; /* reader; ctx.actor is who.actor */
    enum lang lang;
    str client;    /* address as text, for caps on tries; never stored with a case */
    bool on_phone; /* the browser says that it runs on one */
    struct who who;
    struct given *in; /* as many as route->inputs_n */
    struct fail fail; /* why the write was refused, when `show` is called after that */
    int faults;       /* how many inputs are wrong */
    struct page page; /* ready to be used by templates; set title, back, form_id */
    struct receipt receipt;
    bool replayed; /* this is the answer to a repeated write */
    bool step;     /* `show` is called to give a form back (wrong input, refused write, new language) */
    void *local;   /* a handler's own, e.g. from prepare to write's inputs */
};

/* Answers. Each may be called once; the handler returns what they return. They only note what is to be said:
 * it is sent on the event thread after the handler returned, so they may be called in the pool too. When a
 * form is given back its status is the floor's (422, 403, 409, 503), whatever the handler says.
 * LIMIT when the page has outgrown its buf. */
err web_html(struct web *w, int status); /* what templates wrote into w->page.out */
err web_json(struct web *w, int status, const struct buf *json);
err web_text(struct web *w, int status, str type, const struct buf *text); /* type with its charset, static */
err web_csv(struct web *w, str file_name, const struct buf *csv);
/* Bytes of any kind, up to 16 MB: a picture, sound, a paper. What io holds is taken over, io is empty then.
 * file_name: STR_NONE: shown in its place, and in parts when it is asked for so (Range); else saved under
 * that name, of which odd characters are changed.
 */
err web_bytes(struct web *w, str type, str file_name, struct buf *io);
err web_redirect(struct web *w, struct url to);             /* 303 */
err web_problem(struct web *w, int status, enum msg title); /* page or problem+json, in her language */

err web_asset(struct web *w, str name); /* an embedded file, at an address of its own */
/* The text of one, and the entity tags of all together: they change with any of them. NOT_FOUND. */
err web_asset_text(struct web *w, str name, str *out_text, str *out_tags);
/* The address of what was just answered carries the hash of its content: it may be kept for ever. Only on a
 * ROUTE_STATIC. */
void web_for_ever(struct web *w);
void web_header(struct web *w, const char *name, str value); /* one more header; name is static */
/* A path of this site that may stand in a redirect: starts with one '/', no "//", no backslash, no control.
 */
bool web_local(str path);
/* The address of a public page as people outside type it ("https://sunwai.example/kacheri"), for codes on
 * paper; empty: nobody said where they reach us. */
str web_public(struct web *w, str path);
/* Whether there is a page at this local address, and its permission is one of that role. */
bool web_may_open(struct web *w, enum role role, str address);

/* What features above the one that shows a subject (kind, home, id) have to say of it on its page, for
 * whoever looks: those that have nothing, or nothing for her, are not among them. */
struct aside_view;
err web_asides(struct web *w, int64_t kind_no, int64_t home, int64_t id, struct aside_view **out,
               size_t *out_n);
/* One feature's part of that: *out_some is false when it has none. */
typedef err (*aside_fn)(struct web *w, int64_t kind_no, int64_t home, int64_t id, struct aside_view *out,
                        bool *out_some);

/* Memory that prepare or show made outside the arena: freed when the request is over, and the write job with
 * it. At most 8 in one request; one more is freed at once: false. */
bool web_keep(struct web *w, void *p, void (*release)(void *p));

/* Fields of a form: label, value as typed, fault; hint may be MSG_NONE. */
struct field_view web_field(struct web *w, size_t input, enum msg hint);
/* Choices with the one that was sent (or `preset`) chosen. */
void web_choose(struct web *w, size_t input, struct choice_view *choices, size_t n, str preset);
/* A table with words for its heads: `cells` row by row, columns of each. LIMIT: no memory left. */
err web_table(struct web *w, const enum msg *heads, size_t columns, const struct cell_view *cells,
              size_t rows, enum msg caption, enum msg empty, struct table_view *out);
/* Note a fault of one input (or of the whole: input = SIZE_MAX) found by the handler itself. */
void web_fault(struct web *w, size_t input, enum msg message);

/* The sign-in page of the web floor, with `login` and `password` posted to /login. What was typed into a form
 * whose session had ended it carries on as one sealed field, `kept`; and `next` (may be STR_NONE; only a
 * local path is). `notice`: why it is shown, MSG_NONE for no words. Faults of w->in are shown. */
err web_show_sign_in(struct web *w, int status, enum msg notice, str next);
/* The answer to a right POST /login: when something was kept, by the very person whom `session` (the new
 * token) resolves to, for a form that there is: "you are signed in again", with a way back into that form,
 * filled in. Else *out_shown is false and nothing is said. */
err web_show_kept(struct web *w, str session, bool *out_shown);

/* Cookies of a session: set at sign-in, removed at sign-out. */
void web_set_session(struct web *w, str token, int64_t seconds);
void web_clear_session(struct web *w);
/* Any other cookie, for this browser alone: set, and as it came (STR_NONE: it did not). Over TLS it has
 * another name, so that one which was set without is not believed. */
void web_set_cookie(struct web *w, str name, str value, int64_t seconds);
str web_cookie(struct web *w, str name);

/* A short-lived signed token that stands for something (a case that a PIN opened, a step of a form): no state
 * on the server. `purpose` is static; the text comes back only unchanged and in time (else INVALID), and
 * nobody but the server reads it: such tokens stand in addresses, and so in the history of a shared
 * telephone. */
str web_sign(struct web *w, str purpose, str text, int64_t seconds);
err web_signed(struct web *w, str purpose, str token, str *out_text);
/* Outside a request, whenever its time ended: for what was sealed away with it. */
err web_signed_ever(struct ctx *c, str purpose, str token, str *out_text);
/* Where a list goes on, for the next page's link: comes back checked as IN_CURSOR, to the same route only.
 * Sealed: the keys may be ids. */
str web_cursor(struct web *w, const int64_t *keys, size_t n);
err web_cursor_keys(struct web *w, size_t input, int64_t *keys, size_t n);

/* The floor's own start: routes of all features, one resolver. */
struct web_app;
struct web_config {
    struct store *store;
    const struct route *const *tables; /* NULL-terminated array of arrays */
    const size_t *tables_n;
    /* Finds who a session cookie or a bearer token is; NOT_FOUND when nobody (any more). */
    err (*resolve)(struct ctx *c, str session, str bearer, struct who *out);
    /* Fills page.nav, helpline and what else the layout shows to this person; w->route is NULL on a page for
     * an address that none has. May be NULL. */
    void (*dress)(struct web *w);
    const aside_fn *asides; /* NULL-terminated; may be NULL */
    str public_url; /* where people reach the public pages, without a slash at the end; empty: not said */
    bool demo;
    bool https; /* all that comes, came over TLS, whatever a proxy says: cookies are Secure and __Host- */
    int64_t park_ms; /* how long an answer waits for the writer or the pool; 0: 30000 */
};
/* config->tables, tables_n and their rows outlive the app. Aborts on a table that contradicts itself: two
 * rows for one address, no permission said, a public POST without ROUTE_FORM or ROUTE_API. */
struct web_app *web_open(const struct web_config *config);
/* Takes NULL. After http_quiesce() and before store_close(), which waits for the writes. */
void web_close(struct web_app *a);
enum http_next web_handle(struct http_exchange *x, void *app);
/* The handler of a plain port beside one with TLS: shows what is needed before a certificate is trusted
 * (ROUTE_PLAIN), and sends everybody else there. */
struct web_plain {
    struct web_app *app;
    int https_port;
};
enum http_next web_handle_plain(struct http_exchange *x, void *plain);
/* http_config.room: routes with an IN_FILES input. */
bool web_room(void *app, enum http_method method, str path, struct http_room *out);
/* In the language that she chose before (cookie), else in that of her browser. */
str web_refusal(void *app, const struct http_refused *r, struct buf *body);
/* What else such a page says: it may not be kept, the policies that every page has, and over TLS that there
 * is nothing but TLS here. */
const struct http_field *web_refusal_headers(bool over_tls);
/* `sunwai routes`: method, pattern, permission, flags, inputs (name:type, "!" when required, the choices);
 * tab-separated. */
void web_routes_list(const struct web_config *config, struct buf *out);
void web_metrics(const struct web_app *a, struct buf *out); /* Prometheus text */

#endif
