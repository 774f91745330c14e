/* app_pages.h: what operators and their machines ask: is it well, and how much is it doing. */
#ifndef SUNWAI_APP_PAGES_H
#define SUNWAI_APP_PAGES_H

#include "confinement.h"
#include "crew.h"
#include "feature.h"

extern const struct feature app_feature;

/* Said before the server starts; all of it outlives the server. */
struct app_watch {
    struct store *store;
    const struct web_app *web;
    str metrics_token; /* empty: /metrics answers only to this machine */
    struct crew *crew; /* may be NULL */
    const struct confine_tries *tries;
};
void app_pages_watch(const struct app_watch *watch);
/* Known once the server runs; until then /metrics leaves its numbers out. */
void app_pages_watch_http(const struct http_server *http);

#endif
