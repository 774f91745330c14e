/* prompts.h: questions that somebody recorded, for those who do not read: files DIR/prompts/KEY.LANG.ogg (or
 * .mp3), such as new.kind.ur.ogg. They are read once, before the server accepts; what is none of these is
 * left alone.
 */
#ifndef SUNWAI_PROMPTS_H
#define SUNWAI_PROMPTS_H

#include "web.h"

enum { PROMPTS_MAX = 200, PROMPT_BYTES = 256 * 1024 };

void prompts_open(const char *dir); /* no folder: no prompts */
void prompts_close(void);           /* after the server has stopped */
/* What stands in the library of recordings (feature/prompt), then these files. */
void prompts_dress(struct web *w);
err prompts_show(struct web *w); /* w->in[0]: the name of one; NOT_FOUND */

#endif
