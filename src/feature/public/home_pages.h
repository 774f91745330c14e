/* home_pages.h: the start page and what it leads to that is no form, for the table of routes. */
#ifndef SUNWAI_HOME_PAGES_H
#define SUNWAI_HOME_PAGES_H

#include "web.h"

err show_home(struct web *w);
err show_help(struct web *w);
err show_desks(struct web *w);

#endif
