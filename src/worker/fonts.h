/* fonts.h: the fonts of papers, opened once before the process confines itself.
 *
 * Only these files are known, whatever is installed beside them: Noto Sans, Noto Naskh Arabic and Noto
 * Nastaliq Urdu, regular and bold (fonts-noto-core). They are held open for the life of the process, so that
 * nothing needs to be opened later; a child that is forked has them too. Not for two threads at once.
 */
#ifndef SUNWAI_FONTS_H
#define SUNWAI_FONTS_H

#include <pango/pango.h>

#include "err.h"

/* Once. NOT_FOUND: a file is missing, and no PDF can be made. */
err fonts_open(void);
bool fonts_ready(void);
/* A context of its own that measures as a PDF does (72 dots an inch, no hinting); g_object_unref() it. */
PangoContext *fonts_context(void);
/* Families for a language, Latin digits first: those of the Arabic fonts are heavy. Static. */
const char *fonts_family(str lang);
/* How large letters of that language are set, so that they look as large as others. */
double fonts_scale(str lang);

#endif
