/* report_models.h: what the pages of this feature show. */
#ifndef SUNWAI_REPORT_MODELS_H
#define SUNWAI_REPORT_MODELS_H

#include "page.h"

struct attendance_view {
    struct table_view own;       /* by province, or the districts in reach */
    struct table_view districts; /* below the provinces; no rows: none in reach */
    str events;                  /* how many, in words */
    str imported;                /* of these, from an earlier programme; empty: none */
    str others;                  /* who stands in no column; empty: nobody */
    struct url csv, json;
};

#endif
