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

struct intake_view { /* a table comes in: a file, or its rows */
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
