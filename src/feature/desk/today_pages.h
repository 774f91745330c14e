/* today_pages.h: what waits at the desk, and a call. */
#ifndef SUNWAI_TODAY_PAGES_H
#define SUNWAI_TODAY_PAGES_H

#include "web.h"

err show_today(struct web *w);
err show_call(struct web *w);
err look_call(struct ctx *c, const struct given *in, struct audit_entry *io);

#endif
