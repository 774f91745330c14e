/* prompt_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_PROMPT_FEATURE_H
#define SUNWAI_PROMPT_FEATURE_H

#include "feature.h"

extern const struct feature prompt_feature;

/* The names of those that stand, for p->prompts (page.h): "new.kind.ur.HASH.said", of a program
 * "new.kind.ur.HASH.machine"; at most `room`. */
size_t prompt_names(struct web *w, str *out, size_t room);
/* The sound of such a name; NOT_FOUND: it is none, or stands no more. */
err prompt_answer(struct web *w, str name);

#endif
