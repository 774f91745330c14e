/* direction_parts.h: parts that the pages of directions and of events share: states, owners, tables. */
#ifndef SUNWAI_DIRECTION_PARTS_H
#define SUNWAI_DIRECTION_PARTS_H

#include "direction.h"
#include "web.h"

struct chip_view direction_chip(const struct page *p, unsigned state);
/* Its state in a word, as the API and files have it. */
str direction_state_code(unsigned state);
/* "Assistant Director, Public Health · TMA Nowshera"; of another side its name. */
str direction_owner(const struct web *w, const struct direction_view *v);
/* "/directions/EDS-…/3" */
struct url direction_url(struct web *w, const struct direction_view *v);
/* Offices of a district that can be chosen; one that was sent or `preset` (a code) is chosen. */
err direction_offices(struct web *w, size_t input, int64_t home, str preset, struct field_view *out);
/* On a form that comes back: officials owe it and no office was chosen. Said at once, beside all else that is
 * missing. */
void direction_office_owed(struct web *w, size_t side, size_t office);
/* What happened to it, newest first. */
err direction_story(struct web *w, const struct direction_view *v, struct timeline_view *out);
/* A table of directions, by date or number: number, words, who, date, state. */
err direction_table(struct web *w, const struct direction_view *rows, size_t n, struct table_view *out);

#endif
