/* case_scope.h: whose cases a person works on: those of a district or tehsil, of all districts of a division
 * or province, or what was given to an office. */
#ifndef SUNWAI_CASE_SCOPE_H
#define SUNWAI_CASE_SCOPE_H

#include "case.h"

struct scope {
    const int64_t *homes; /* districts */
    size_t homes_n;       /* 0: no list is hers */
    struct opt_i64 tehsil;
    struct opt_i64 office;
};

err scope_of(struct ctx *c, struct scope *out);
/* Whether a case is in reach, wherever it stands. Nobody learns from a refusal whether it exists. */
bool scope_reaches(const struct actor *who, const struct q_case_get *row, const struct q_flow_get *flow);

#endif
