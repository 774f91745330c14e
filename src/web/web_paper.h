/* web_paper.h: a paper as a file to keep: the answer of a ROUTE_SLOW page. */
#ifndef SUNWAI_WEB_PAPER_H
#define SUNWAI_WEB_PAPER_H

#include "paper.h"
#include "web.h"

enum paper_form { PAPER_AS_PDF, PAPER_AS_DOCX };

/* `name` without its ending, which is added: ASCII, nothing personal. When the worker cannot make it now a
 * page says so in words (503). */
err web_paper(struct web *w, const struct paper *m, enum paper_form form, str name);

#endif
