/* report_feature.h: what the program knows of this feature. */
#ifndef SUNWAI_REPORT_FEATURE_H
#define SUNWAI_REPORT_FEATURE_H

#include "attendance.h"
#include "feature.h"
#include "table.h"

extern const struct feature report_feature;

/* The figures as one table for page, csv and json; the last row is that of all, when it is of more than one.
 */
err attendance_table(struct ctx *c, const struct attendance *of, struct table *out);

#endif
