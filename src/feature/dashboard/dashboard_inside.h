/* dashboard_inside.h: the parts of the page among themselves. */
#ifndef SUNWAI_DASHBOARD_INSIDE_H
#define SUNWAI_DASHBOARD_INSIDE_H

#include "dashboard.h"
#include "dashboard_models.h"
#include "web.h"

/* A line over the quarters of a figure. */
err trend_fill(struct web *w, const struct dash_figure *f, struct dash_trend_view *out);
/* The districts of an area by an approved figure; *out_shown is false when there is nothing to compare. */
err map_fill(struct web *w, const struct dash_area *area, const struct dash_figure *f,
             struct dash_map_view *out);
/* A period in words. */
str span_words(struct web *w, struct period p);

/* The running quarter: numbers that lead to their lists, and by district. */
err running_fill(struct web *w, const struct dash_area *area, struct dash_view *io);
/* This page of another unit, over the same period. */
struct url dash_url(struct web *w, str unit, struct period p);

#endif
