/* kit_pages.h: what the pages of kits share. */
#ifndef SUNWAI_KIT_PAGES_H
#define SUNWAI_KIT_PAGES_H

#include "kit.h"
#include "kit_models.h"
#include "web.h"

/* "Name, اردو (draft)" of "name.ur.draft". */
str kit_field_word(struct web *w, str name);
/* What people call an entry, in the language of the page where it says so; empty: it has no name. */
str kit_entry_name(struct web *w, const struct kit_entry *e);
/* A value as people read it: 0 and 1 of what is so or not. */
str kit_field_said(struct web *w, str name, str value);

#endif
