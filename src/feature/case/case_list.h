/* case_list.h: codes and names of the ids in a list of cases, looked up once for the whole list. */
#ifndef SUNWAI_CASE_LIST_H
#define SUNWAI_CASE_LIST_H

#include "case.h"

struct case_names {
    struct q_service_all *services;
    size_t services_n;
    struct q_place_in_district *units;
    size_t units_n;
};

err case_names_of(struct ctx *c, struct case_names *out);
/* Empty when the id is not among them (a service or place that is no longer valid). */
str case_service_code(const struct case_names *k, int64_t id);
str case_service_name(const struct case_names *k, int64_t id);
str case_unit_code(const struct case_names *k, int64_t id);
str case_unit_name(const struct case_names *k, int64_t id);

#endif
