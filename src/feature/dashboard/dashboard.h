/* dashboard.h: how a district, a province or the programme stands: approved figures, and beside them the
 * running quarter, which nobody has approved.
 *
 * All of it is of the asking person's own districts (case_scope.h), or of a unit within them. Approved
 * figures are what snapshots say; a figure over quarters is the sum of their nums over the sum of their dens.
 * What runs comes from summary rows, never from a scan, and is as of now. Cases that are closed to whoever
 * asks stand in no running figure and in no list of hers.
 */
#ifndef SUNWAI_DASHBOARD_H
#define SUNWAI_DASHBOARD_H

#include "case_scope.h"
#include "dashboard.sql.h"
#include "place.h"
#include "snapshot.h"

/* ---- where ---- */

struct dash_place {
    int64_t home;
    str code, name;
    bool served; /* a desk stands there */
};
struct dash_area {
    int64_t unit;
    str code, name;
    int64_t level;
    bool own;                  /* the widest that this person has */
    int64_t *homes;            /* districts in it */
    size_t homes_n;            /* 0: none is hers */
    struct dash_place *places; /* beside homes */
    int64_t barred, also;      /* see struct scope */
    bool lists; /* her lists of cases are those of whole districts, so a number can lead to one */
};
/* unit: code of a district, division, province or the country; empty: her own. NOT_FOUND: not within her
 * districts. */
err dash_area_of(struct ctx *c, str unit, struct dash_area *out);

/* ---- the running quarter ---- */

/* Late ones of a district are counted up to a bound, for each asks its index: a lower one when there are many
 * districts. */
enum { DASH_LATE_MOST = 1000, DASH_LATE_LEAST = 100, DASH_LATE_ALL = 4000 };

struct dash_now {
    int64_t home;
    int64_t cases, women, solved, asked, answered; /* complaints filed in the quarter */
    int64_t late;                                  /* open cases past their date, whenever they were filed */
    bool late_more;                                /* there are more than that */
    int64_t held;                                  /* events of the quarter that are over */
    int64_t owed;              /* of this and the last quarter: sheets of events that are not approved; */
    int64_t due, sent, timely; /* of the last one: events, sheets put forward, put forward in time */
    bool quarter_owed;         /* the last quarter's figures are not approved */
};
struct dash_running {
    struct period quarter, last; /* the one that runs, the one before */
    struct dash_now *rows;       /* beside area.homes */
    struct dash_now all;
    int64_t quarters_owed; /* districts with a desk whose last quarter is not approved */
};
/* Numbers of one more district. */
void dash_now_add(struct dash_now *to, const struct dash_now *row);
err dash_running(struct ctx *c, const struct dash_area *area, struct dash_running *out);

/* ---- what was approved ---- */

enum { DASH_TREND = 8 }; /* quarters of a trend */

struct dash_point {
    int64_t from_day;
    int64_t num, den; /* of a median: its value, and of how many */
    int64_t found;    /* districts whose figure is approved; 0: nothing is known */
};
struct dash_figure {
    const struct indicator *of;
    struct period period;
    int64_t num, den, found;
    struct dash_point trend[DASH_TREND]; /* the oldest first; the last: in which the period ends, or now */
    struct dash_point *by_home;          /* beside area.homes, over the period; NULL until asked for */
};
/* Periods of whole quarters, or period_all(). */
bool dash_period_right(struct period p);
/* Quarters of districts within a period of which anything is approved. */
err dash_quarters(struct ctx *c, const struct dash_area *area, struct period p, int64_t *out);
/* Of all indicators, beside indicator_all(). */
err dash_figures(struct ctx *c, const struct dash_area *area, struct period p, struct dash_figure **out,
                 size_t *out_n);
/* What approved activity sheets say of indicators that nothing computes, put together as their plans say
 * (plan_reported): reported, and shown as such. */
enum { DASH_REPORTED_MAX = 40 };
struct dash_reported {
    const struct q_dash_reported *of; /* which one: of its plan, and the plan as it was said last */
    bool share, some;                 /* some: it can be put together */
    int64_t num, den, found;
};
err dash_reported(struct ctx *c, const struct dash_area *area, struct period p, struct dash_reported **out,
                  size_t *out_n);
/* One of them, district by district. */
err dash_by_home(struct ctx *c, const struct dash_area *area, struct dash_figure *io);

#endif
