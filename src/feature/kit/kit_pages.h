/* kit_pages.h: what the pages of kits share. */
#ifndef SUNWAI_KIT_PAGES_H
#define SUNWAI_KIT_PAGES_H

#include "kit_models.h"
#include "web.h"

/* "Name, اردو (draft)" of "name.ur.draft". */
str kit_field_word(struct web *w, str name);
/* A value as people read it: 0 and 1 of what is so or not. */
str kit_field_said(struct web *w, str name, str value);

#endif
