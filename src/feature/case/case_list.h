/* case_list.h: codes and names of the ids in a list of cases, looked up once for the whole list: only what is
 * in it, also services and places that are no longer valid. */
#ifndef SUNWAI_CASE_LIST_H
#define SUNWAI_CASE_LIST_H

#include "case.h"

struct case_names {
    struct q_service_names *services;
    size_t services_n;
    struct q_place_names *units;
    size_t units_n;
};

err case_names_of(struct ctx *c, const struct q_case_list *rows, size_t n, struct case_names *out);
/* Empty when the id is not among them. */
str case_service_code(const struct case_names *k, int64_t id);
str case_service_name(const struct case_names *k, int64_t id);
str case_unit_code(const struct case_names *k, int64_t id);
str case_unit_name(const struct case_names *k, int64_t id);

#endif
