/* chart.h: charts and maps of a paper, drawn the same on a sheet of a PDF and into a picture for a DOCX.
 *
 * What is bar, line or district is told apart by pattern, mark and words, never by colour alone: it is
 * printed in grey. Everything begins where the paper does: bars of an Urdu paper on the right, and its time
 * runs from there. A function of the paper alone.
 */
#ifndef SUNWAI_CHART_H
#define SUNWAI_CHART_H

#include "ink.h"

struct chart {
    const struct ink_contexts *contexts;
    const struct paper *paper;
    const struct paper_piece *head; /* of a chart or map; what belongs to it follows */
    size_t points_n;
    double width; /* points of the paper */
};
struct chart chart_of(const struct ink_contexts *contexts, const struct paper *p,
                      const struct paper_piece *head, double width);

/* Each draws with its upper left corner at x, y, or only measures (cr NULL), and returns the height it takes.
 * The top is title and legend, and the whole of what is not drawn point by point. */
double chart_top(const struct chart *c, cairo_t *cr, double x, double y);
double chart_point(const struct chart *c, const struct paper_piece *point, cairo_t *cr, double x, double y);
double chart_whole(const struct chart *c, cairo_t *cr, double x, double y);

/* The whole as a picture (PNG); its height in points of the paper. LIMIT: it does not fit into out. */
err chart_picture(const struct chart *c, struct buf *out, double *out_height);

#endif
