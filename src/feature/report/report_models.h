/* report_models.h: what the pages of this feature show. */
#ifndef SUNWAI_REPORT_MODELS_H
#define SUNWAI_REPORT_MODELS_H

#include "paper_shown.h"

struct report_line_view {
    struct url to;
    str title, how;
};
struct reports_view {
    const struct report_line_view *rows;
    size_t rows_n;
};

struct report_note_view {
    str text;
};
/* Which period and unit: one form for all pages of this feature. */
struct report_ask_view {
    struct url self; /* where the form leads */
    struct field_view period, unit;
    bool unit_asked; /* there is a choice */
};
struct report_view {
    str title, how;
    str of;       /* unit and period, in words */
    str standing; /* approved or provisional */
    bool provisional;
    struct report_ask_view ask;
    struct paper_shown chart;
    struct table_view table;
    const struct table_view *more;
    size_t more_n;
    const struct report_note_view *notes;
    size_t notes_n;
    struct url csv, json, xlsx, pdf, docx;
};

/* One indicator: what it is, of which cells and quarters, of which records. */
struct figure_view {
    str title, how;
    str of;
    str approved, now; /* in words */
    str code_hash;     /* over what is approved; empty: nothing is */
    struct report_ask_view ask;
    struct table_view cells;
    bool cells_provisional;
    struct table_view quarters; /* what is in force; or the versions of one */
    bool versions;              /* the second of these */
    bool trend_shown;           /* there is more than one quarter */
    struct paper_shown chart;   /* over quarters, as approved */
    struct table_view trend;    /* the same in numbers */
    struct table_view records;  /* of one district and quarter */
    bool records_asked;
    str records_more; /* in words; empty: these are all */
};

#endif
