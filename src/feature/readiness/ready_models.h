/* ready_models.h: what the template of readiness shows. */
#ifndef SUNWAI_READY_MODELS_H
#define SUNWAI_READY_MODELS_H

#include "page.h"

struct ready_view { /* districts beside what they need */
    struct table_view table;
    bool one; /* one district: below each other, with who said what */
    bool states;
    str said; /* "5 of 8" */
    struct url post;
    struct field_view item, met, day, evidence, who;
};

#endif
