/* pdf_look.h: whether a PDF is one, whole, and only paper: asked of what comes in, and of what was made of
 * it.
 *
 * No program (JavaScript, Launch), no enclosed file, no form that runs, no password; its objects are looked
 * for in compressed object streams too, whatever spelling their names have. What cannot be looked into is
 * refused. In a child of the worker.
 */
#ifndef SUNWAI_PDF_LOOK_H
#define SUNWAI_PDF_LOOK_H

#include "answering.h"

enum { PDF_PAGES_MAX = 200, PDF_UNPACKED_MAX = 64 << 20 };

/* FINE, BROKEN, ACTIVE, or TOO_BIG: too many pages, as far as they can be counted. */
enum wire_why pdf_look(str input);

#endif
