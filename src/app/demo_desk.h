/* demo_desk.h: a desk of the demonstration as a place of work. */
#ifndef SUNWAI_DEMO_DESK_H
#define SUNWAI_DEMO_DESK_H

#include "store.h"

/* The desk of Nowshera: letter, funder, room, posts; three members on its rota, of whom one has a shift all
 * day long, every day of the next weeks, so that her work can be tried at any hour; a hand-over note. And
 * messages to the public that were approved (by an invented post). */
err demo_desk(struct store *s, struct arena *a, struct fail *f);

#endif
