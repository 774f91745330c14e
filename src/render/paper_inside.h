/* paper_inside.h: what the files that put papers together share. */
#ifndef SUNWAI_PAPER_INSIDE_H
#define SUNWAI_PAPER_INSIDE_H

#include "paper_shown.h"

/* A piece at the end; its texts are made fitting. */
void paper_add(struct paper_draft *d, enum paper_kind kind, const struct paper_words *words, size_t n);
/* A chart, or a map, as the page shows it. LIMIT: the arena is full. */
err paper_chart_fill(struct arena *a, const struct paper *m, struct paper_block *b);
err paper_map_fill(struct arena *a, const struct paper *m, struct paper_block *b);

#endif
