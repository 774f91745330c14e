/* catalogue_pages.h: the routes of pages about services. */
#ifndef SUNWAI_CATALOGUE_PAGES_H
#define SUNWAI_CATALOGUE_PAGES_H

#include "web.h"

enum { CATALOGUE_ROUTES = 5, BOARD_INPUTS = 2, BOARDS_INPUTS = 1 };
extern const struct route catalogue_routes[CATALOGUE_ROUTES];

/* catalogue_board_pages.c: the service display board of an office. */
extern const struct input board_inputs[BOARD_INPUTS];
err show_board(struct web *w);
err show_board_pdf(struct web *w);
err show_board_docx(struct web *w);

/* catalogue_boards_pages.c: which boards there are. */
extern const struct input boards_inputs[BOARDS_INPUTS];
err show_boards(struct web *w);

#endif
