/* pdf_work.h: a PDF that came in: looked at, written anew, and looked at again as it goes out. */
#ifndef SUNWAI_PDF_WORK_H
#define SUNWAI_PDF_WORK_H

#include "answering.h"

/* made[0] the paper as it goes out; a: pages. In a child of the worker. */
enum wire_why pdf_work(str input, struct companion_made *out);

#endif
