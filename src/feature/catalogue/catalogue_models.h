/* catalogue_models.h: what catalogue.html shows. */
#ifndef SUNWAI_CATALOGUE_MODELS_H
#define SUNWAI_CATALOGUE_MODELS_H

#include "page.h"

struct boards_view {
    str place; /* the district; empty: one is to be chosen */
    const struct page_link *rows;
    size_t rows_n;
    bool all; /* there are other districts */
};

#endif
