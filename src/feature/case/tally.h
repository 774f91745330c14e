/* tally.h: summary rows of cases, by month of filing, kind, service, tehsil, sex, state and reason why it is
 * not possible now; a coarser one without service and tehsil; and what cases have gone through (asked,
 * answered, reopened, days until she called it solved). Written in the transaction of the fact. With several
 * writers (PostgreSQL) changes are appended and folded by the job tally.fold; the nightly recount compares
 * with the cases themselves. */
#ifndef SUNWAI_TALLY_H
#define SUNWAI_TALLY_H

#include "store.h"

struct tally_key {
    int64_t home;
    int64_t filed_month; /* yyyymm */
    str kind;            /* complaint, application, suggestion */
    int64_t service_id;
    int64_t tehsil_id; /* 0: only the district is known */
    str sex;
    int64_t state;
    str reason;           /* empty: it is not impossible now */
    int64_t marks;        /* enum case_mark bits */
    struct opt_i64 spent; /* days until she called it solved */
};

/* A case that was not counted before. */
err tally_begin(struct ctx *c, const struct tally_key *is);
/* A case that is counted under another key from now on; nothing is written when both are the same. */
err tally_move(struct ctx *c, const struct tally_key *was, const struct tally_key *is);

#endif
