/* paper_shown.h: what paper.html shows: the pieces of a paper in blocks. */
#ifndef SUNWAI_PAPER_SHOWN_H
#define SUNWAI_PAPER_SHOWN_H

#include "paper.h"

/* A bar, in hundredths of the scale from where the paper begins: "12.5%". */
struct paper_bar_shown {
    str from, wide;
    int64_t series;
};
struct paper_said_shown {
    const struct paper_words *series, *text;
};
/* Bars on one line, and what they say. */
struct paper_lane_shown {
    const struct paper_bar_shown *bars;
    size_t bars_n;
    const struct paper_said_shown *said;
    size_t said_n;
};
struct paper_point_shown {
    const struct paper_words *label;
    const struct paper_lane_shown *lanes;
    size_t lanes_n;
};
/* A line over points: pieces of known ones in a box of 1000 by 1000; marks on them in hundredths. */
struct paper_stretch_shown {
    str points;
};
struct paper_mark_shown {
    str x, y;
};
struct paper_line_shown {
    int64_t series;
    const struct paper_words *name, *last; /* last: what its last known point says; NULL: none is known */
    const struct paper_stretch_shown *stretches;
    size_t stretches_n;
    const struct paper_mark_shown *marks;
    size_t marks_n;
};
struct paper_key_shown {
    int64_t series;
    const struct paper_words *name;
};
struct paper_chart_shown {
    str said;                           /* the whole in words */
    const struct paper_key_shown *keys; /* which is which; none where there is one series */
    size_t keys_n;
    const struct paper_point_shown *points; /* of bars */
    size_t points_n;
    const struct paper_line_shown *lines;
    size_t lines_n;
    const struct paper_words *top, *first, *last; /* of the scale; first and last point */
};
struct paper_area_shown {
    const struct paper_words *text;
    str path, x, y;
    int64_t step; /* below 0: the ground around */
};
struct paper_step_shown {
    int64_t step;
    const struct paper_words *words;
};
struct paper_map_shown {
    str said;
    str box;  /* "x y width height" */
    str size; /* of its letters */
    const struct paper_area_shown *areas;
    size_t areas_n;
    const struct paper_step_shown *steps;
    size_t steps_n;
};

struct paper_block {
    enum paper_kind kind;
    const struct paper_words *words; /* of its first piece: the heads of a table */
    size_t words_n;
    const struct paper_piece *pieces; /* facts, or the rows of a table */
    size_t pieces_n;
    str qr_path;
    int64_t qr_size;
    const struct paper_chart_shown *chart; /* of a chart */
    const struct paper_map_shown *map;     /* of a map */
};

struct paper_shown {
    const struct paper *paper;
    struct paper_ways ways;
    const struct paper_block *blocks;
    size_t blocks_n;
    bool drawn, mapped; /* there is a chart, a map */
};

str paper_dir(const struct paper_words *w);   /* "rtl", "ltr", "auto" */
str paper_class(const struct paper_words *w); /* "led", "end", "strong" or none */

#endif
