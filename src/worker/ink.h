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

/* Words set in so many points and broken at a width, both in points of the paper. The layout itself is made
 * at FONTS_POINTS; `scale` is how much larger it is on the paper. */
struct ink {
    double points, width;
    bool bold;          /* beside what the words say themselves */
    bool own_side, rtl; /* it begins where its own direction does, else where the paper's does (rtl) */
};
struct ink_text {
    PangoLayout *layout; /* g_object_unref() */
    double scale;
};
struct ink_text ink_text(const struct ink_contexts *c, const struct paper_words *w, const struct ink *how);
double ink_height(const struct ink_text *t);
double ink_base(const struct ink_text *t); /* of its first line, from its top */

/* One line of it with its base line at y; the text begins at x. `it` stands on the line. */
void ink_line(cairo_t *cr, const struct ink_text *t, PangoLayoutIter *it, double x, double y);

#endif
