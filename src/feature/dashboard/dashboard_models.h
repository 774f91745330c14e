/* dashboard_models.h: what the page of this feature shows. */
#ifndef SUNWAI_DASHBOARD_MODELS_H
#define SUNWAI_DASHBOARD_MODELS_H

#include "page.h"

/* One number that leads to its list. */
struct dash_card_view {
    struct url to;
    str number, words, note;
};

/* A line over quarters: pieces of known ones, in a box of 100 by 32. */
struct dash_piece_view {
    str points;
};
struct dash_trend_view {
    str words; /* the same, quarter by quarter */
    const struct dash_piece_view *pieces;
    size_t pieces_n;
    str last_x, last_y; /* the newest known one; empty: none is known */
};

struct dash_row_view {
    struct url to;
    str title, value, standing;
    struct dash_trend_view trend;
};

/* A district on the map, or as a tile beside it. */
struct dash_shape_view {
    str path;
    int64_t step; /* 1 to 5; 0: nothing is known */
    str x, y;     /* where its number stands */
    str number;   /* empty: none */
};
struct dash_tile_view {
    str name, number;
    int64_t step;
};
struct dash_step_view {
    int64_t step;
    str words;
};
struct dash_map_view {
    str box; /* "x y width height" */
    str label;
    str size;                              /* of a number in it */
    const struct dash_shape_view *grounds; /* around: nobody's */
    size_t grounds_n;
    const struct dash_shape_view *shapes;
    size_t shapes_n;
    const struct dash_tile_view *tiles; /* those that no outline is known of */
    size_t tiles_n;
    const struct dash_step_view *steps;
    size_t steps_n;
};

struct dash_view {
    str name, code; /* of the area; code: kept by forms, empty when it is her own */
    str period_code;
    str quarter, now, last; /* in words */
    const struct dash_card_view *cards;
    size_t cards_n;
    struct table_view provinces; /* of the country, when there are several; else no rows */
    struct table_view districts; /* the running quarter by district; no rows: one district */
    const struct page_link *spans;
    size_t spans_n;
    str period, approved; /* in words */
    struct table_view attendance;
    struct table_view reported; /* nothing computes it */
    const struct dash_row_view *rows;
    size_t rows_n;
    struct table_view problems;
    bool map_shown;
    struct field_view mapped; /* of which indicator */
    str map_title, map_how;
    struct dash_map_view map;
    struct table_view map_table;
};

#endif
