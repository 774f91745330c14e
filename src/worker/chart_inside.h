/* chart_inside.h: what the drawings of charts and maps share. */
#ifndef SUNWAI_CHART_INSIDE_H
#define SUNWAI_CHART_INSIDE_H

#include "chart.h"

/* Where one is being drawn. Positions `from`, `to` are counted from the side where the paper begins. */
struct place {
    const struct chart *c;
    cairo_t *cr; /* NULL: only measured */
    double x;
    double letters; /* points of plain text */
    bool rtl;
};

/* Where a box from `from` to `to` has its left side. */
double chart_left(const struct place *p, double from, double to);
/* Words in such a box with their top at y; their height. */
double chart_words(const struct place *p, const struct paper_words *w, double scale, bool bold, double from,
                   double to, double y);
/* How wide they are on one line. */
double chart_words_width(const struct place *p, const struct paper_words *w, double scale);

/* Fills the path that stands in cr: series of a chart, steps of a map; and strokes its edge. */
void chart_fill_series(const struct place *p, size_t series);
void chart_fill_step(const struct place *p, int step);

/* Keys: for each a little drawing and its words, beside each other as far as they fit. */
struct chart_keys {
    size_t n;
    const struct paper_words *words;
    void (*draw)(const struct place *p, size_t i, double x, double y, double wide, double high);
};
double chart_keys(const struct place *p, const struct chart_keys *keys, double y);

/* Below the title; the height they take. */
double chart_lines(const struct place *p, double y);
double chart_map(const struct place *p, double y);

#endif
