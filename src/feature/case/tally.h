/* tally.h: summary rows of cases, by month of filing, service, sex and state; and a coarser one without
 * service. Written in the transaction of the fact. With several writers (PostgreSQL) changes are appended and
 * folded by the job tally.fold; the nightly recount compares with the cases themselves. */
#ifndef SUNWAI_TALLY_H
#define SUNWAI_TALLY_H

#include "store.h"

struct tally_key {
    int64_t home;
    int64_t filed_month; /* yyyymm */
    int64_t kind_no;
    int64_t service_id;
    str sex;
    int64_t state;
};

err tally_change(struct ctx *c, const struct tally_key *k, int64_t n);

#endif
