/* dress.h: what the frame of every page shows to this person: where she can go, and the way out. */
#ifndef SUNWAI_DRESS_H
#define SUNWAI_DRESS_H

#include "web.h"

void dress(struct web *w); /* for web_config.dress */

#endif
