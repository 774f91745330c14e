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

/* The one size that text is laid out in; what is larger or smaller is scaled when it is drawn. Each new size,
 * family or language would make pango ask its configuration again, on threads and in files that the worker
 * has not. */
enum { FONTS_POINTS = 10 };

/* Once. NOT_FOUND: a file is missing, and no PDF can be made. */
err fonts_open(void);
bool fonts_ready(void);
/* A context of its own that measures as a PDF does (72 dots an inch, no hinting), its language English
 * whatever is set; g_object_unref() it. */
PangoContext *fonts_context(void);
/* Whether the fonts have letters for it, or it is a mark or space that needs none. */
bool fonts_have(uint32_t code_point);
/* Families for a language, Latin digits first: those of the Arabic fonts are heavy. Static. */
const char *fonts_family(str lang);
/* How large letters of that language are set, so that they look as large as others. */
double fonts_scale(str lang);

#endif
