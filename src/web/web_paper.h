/* web_paper.h: a paper or a workbook as a file to keep: the answer of a ROUTE_SLOW page. */
#ifndef SUNWAI_WEB_PAPER_H
#define SUNWAI_WEB_PAPER_H

#include "book.h"
#include "paper.h"
#include "web.h"

enum paper_form { PAPER_AS_PDF, PAPER_AS_DOCX };

/* `name` without its ending, which is added: ASCII, nothing personal. When the worker cannot make it now a
 * page says so in words (503). */
err web_paper(struct web *w, const struct paper *m, enum paper_form form, str name);
/* The same for a workbook. */
err web_book(struct web *w, const struct book *b, str name);

#endif
