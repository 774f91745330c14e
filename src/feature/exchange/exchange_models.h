/* exchange_models.h: what the templates of this feature show. */
#ifndef SUNWAI_EXCHANGE_MODELS_H
#define SUNWAI_EXCHANGE_MODELS_H

#include "page.h"

struct exchange_view { /* what goes out, what comes in */
    struct table_view out, reporters;
    bool takes; /* she may bring something in */
    struct table_view drafts;
};

struct reporter_view { /* who reports a programme */
    str programme;
    struct url post;
    struct field_view ref, name, type, sector;
};

struct compare_view { /* the programme's own workbook beside our counts */
    bool compared;
    int64_t events, agree;
    bool wrong;
    struct table_view differences, faults;
    bool keeps; /* she may put the totals beside the events' sheets */
    str kept;   /* that it was done; empty: not now */
    struct url post;
    struct field_view programme, file, rows;
    bool chooses; /* there are rows: which column is what */
    struct table_view first;
    struct field_view head;
    const struct field_view *fields;
    size_t fields_n;
    struct table_view out; /* the other way: files in the same columns */
};

struct brought_view { /* one table of past figures */
    struct chip_view chip;
    bool waits, verifies, takes, declines;
    struct url post;
    struct field_view why;
    struct facts_view facts;
    struct table_view rows;
};

struct intake_view { /* a table comes in: a file, or its rows */
    bool listed;     /* what came before stands above */
    struct table_view list;
    bool asks_source;
    struct field_view source;
    str lead;
    struct facts_view facts;
    struct url post;
    struct field_view file, rows;
    str save;
    bool refused;             /* there are faults; nothing was written */
    int64_t faults_n;         /* all of them */
    struct table_view faults; /* the first of them, by place */
    struct table_view columns;
    const struct page_link *templates;
    size_t templates_n;
};

#endif
