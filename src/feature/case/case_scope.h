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
    int64_t desk;         /* a member of its rota: only what this desk took down; 0: any */
    int64_t barred, also; /* what is closed to one of these (case_bar) is none of hers; 0: nobody */
};

err scope_of(struct ctx *c, struct scope *out);
/* Under which ids a case may be closed to somebody: her office; as a member she herself; as supervisor or ADC
 * her district. Every list and count leaves out what stands in case_bar under one of them. */
void scope_barred(const struct actor *who, int64_t *out_barred, int64_t *out_also);
/* Whether a case is in reach, wherever it stands. Nobody learns from a refusal whether it exists. */
err scope_reaches(struct ctx *c, const struct q_case_get *row, const struct q_flow_get *flow, bool *out);

#endif
