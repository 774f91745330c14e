/* ink.h: text on a page of a PDF, so that it can be read, and found and copied too.
 *
 * In Nastaliq the letters of one word stand at different heights, and a reader of the file would take them
 * for single letters on many lines. So each letter of a run from the right is written between two blanks
 * on the line: what it says then stands where the line is, whatever its shape does.
 */
#ifndef SUNWAI_INK_H
#define SUNWAI_INK_H

#include <pango/pangocairo.h>

#include "paper_model.h"

/* A layout asks its context for the direction again and again: one for each. */
struct ink_contexts {
    PangoContext *ltr, *rtl;
};
struct ink_contexts ink_open(void);
void ink_close(struct ink_contexts *c);

/* A layout of words in so many points, broken at a width (points). bold: beside what the words say
 * themselves. own_side: it stands at the beginning of its own direction, else of the paper's (rtl). */
struct ink {
    double points, width;
    bool bold, own_side, rtl;
};
PangoLayout *ink_layout(const struct ink_contexts *c, const struct paper_words *w, const struct ink *how);

/* One line of a layout with its base line at y; the layout begins at x. `it` stands on the line. */
void ink_line(cairo_t *cr, PangoLayoutIter *it, double x, double y);

#endif
