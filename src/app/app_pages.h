/* app_pages.h: what operators and their machines ask: is it well, and how much is it doing. */
#ifndef SUNWAI_APP_PAGES_H
#define SUNWAI_APP_PAGES_H

#include "feature.h"

extern const struct feature app_feature;

/* Said once before the first request; all of it outlives the server. */
struct app_watch {
    struct store *store;
    struct http_server *http;
    const struct web_app *web;
    str metrics_token; /* empty: /metrics answers only to this machine */
};
void app_pages_watch(const struct app_watch *watch);

#endif
