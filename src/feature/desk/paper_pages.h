/* paper_pages.h: what the desk gives her in the hand: number and PIN, the slip, the application on A4. */
#ifndef SUNWAI_PAPER_PAGES_H
#define SUNWAI_PAPER_PAGES_H

#include "case_write.h"
#include "web.h"

err show_case_filed(struct web *w);
err show_case_slip(struct web *w);

#endif
