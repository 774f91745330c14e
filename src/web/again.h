/* again.h: pages that were made a moment ago, to be sent again while nothing was written: a table of their
 * bytes (docs/decisions/0029).
 *
 * All pages in it were made of one state: the same commits, the same minute. What comes of another state
 * empties it. Its size is bounded, in pages and bytes; what was not asked for longest goes first. Which page
 * may be kept, and what its key says, is decided by again_page.c. Any thread.
 */
#ifndef SUNWAI_AGAIN_H
#define SUNWAI_AGAIN_H

#include "buf.h"

enum {
    AGAIN_PAGES = 128,
    AGAIN_BYTES = 4 << 20,       /* of all of them */
    AGAIN_PAGE_BYTES = 64 << 10, /* of one */
    AGAIN_KEY_BYTES = 2000,
    AGAIN_MARKS = 16
};

struct again;

struct again_state {
    int64_t commits; /* store_commits() before the page's reading began */
    int64_t minute;
};

/* Held by whoever found or kept it, until again_drop(): longer than it stands in the table. */
struct again_page;

struct again *again_open(void);
void again_close(struct again *a); /* takes NULL; pages that are held stay */

/* The page of that key, made of that state; NULL: there is none. */
struct again_page *again_find(struct again *a, struct again_state state, str key);
/* Takes over what `body` holds, which is empty then. `once` is a text that stands in a page for one sending
 * only (the key of its forms): again_body() puts another in its places. NULL, and nothing was taken: it is
 * too long, `once` stands in it too often, or a page of a later state was kept meanwhile. */
struct again_page *again_keep(struct again *a, struct again_state state, str key, struct buf *body, str once);

/* As it was made; borrowed from the page. */
str again_made(const struct again_page *p);
/* Whether something in it is for one sending only. */
bool again_has_once(const struct again_page *p);
/* A copy with `once`, which is as long as the other was, in its places. `out` has room for it. */
void again_body(const struct again_page *p, str once, struct buf *out);
void again_drop(void *page);

#endif
