/* pdf_look.h: whether a PDF that came in is one, whole, and only paper.
 *
 * It is handed on as it is, byte for byte, so it is looked at: no program (JavaScript, Launch), no enclosed
 * file, no form that runs, no password; its objects are looked for in compressed object streams too, whatever
 * spelling their names have. What cannot be looked into is refused. In a child of the worker.
 */
#ifndef SUNWAI_PDF_LOOK_H
#define SUNWAI_PDF_LOOK_H

#include "answering.h"

enum { PDF_PAGES_MAX = 200, PDF_UNPACKED_MAX = 64 << 20 };

/* made[0] the same bytes; a: pages, as far as they can be counted. */
enum wire_why pdf_look(str input, struct companion_made *out);

#endif
