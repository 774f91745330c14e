/* web_lang.h: which language a request is answered in: what she chose in the form just sent, then in the
 * address, then before (cookie), then what her browser asks for. Each may be STR_NONE or nonsense, and is
 * then passed over. */
#ifndef SUNWAI_WEB_LANG_H
#define SUNWAI_WEB_LANG_H

#include "arena.h"
#include "lang.h"

enum lang web_lang(str posted, str query, str cookie, str accept);
/* True when `posted` or `query` names a language: the choice is then kept in the cookie. */
bool web_lang_chosen(str posted, str query);
/* The path and query of this page, percent-encoded, without its `lang`: what the language links go on from.
 */
str web_lang_path(struct arena *a, str path, str query);

#endif
