/* dress.h: what the frame of every page shows to this person: where she can go, and the way out. */
#ifndef SUNWAI_DRESS_H
#define SUNWAI_DRESS_H

#include "config.h"
#include "web.h"

/* Before the server accepts; config outlives it. */
void dress_with(const struct config *config);

void dress(struct web *w); /* for web_config.dress */

#endif
