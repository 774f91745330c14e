/* snapshot.h: approved figures. What somebody approved is frozen with its cells, the records it was counted
 * from and its hash, and never changes: a correction is the next version beside it.
 *
 * One snapshot is of one indicator, one district and one quarter of the planning year; its cells are kept by
 * month, so that any period of whole months is a sum of them. Districts add up to divisions, provinces, the
 * country and named groups; ratios are the sum of nums over the sum of dens. A median's cells are its
 * values, so it is exact over any of them.
 *
 * The canonical form, over which the SHA-256 goes (UTF-8, each line ended by a line feed, cells and rows in
 * the order of struct figure):
 *
 *   sunwai-figure 1
 *   indicator CODE
 *   unit PCODE
 *   from YYYY-MM-DD
 *   to YYYY-MM-DD
 *   source HEX                           only of what was brought in: the SHA-256 of its rows
 *   cell YYYYMM ROLE SEX PART NUM DEN    "-" for an empty word
 *   row KIND ID VERSION
 *
 * and snapshots of a district are chained: chain_hash is the SHA-256 of the one before it (none: 32 zeros)
 * and of this content_hash.
 */
#ifndef SUNWAI_SNAPSHOT_H
#define SUNWAI_SNAPSHOT_H

#include "digest.h"
#include "indicator.h"
#include "snapshot.sql.h"

/* One figure made ready to be frozen. */
struct snapshot_made {
    const struct indicator *of;
    struct figure figure; /* its rows are packed already: rows is NULL, rows_n stands */
    str packed;
    uint8_t hash[DIGEST_LEN];
};
/* All indicators of one district and quarter, as they are now. */
struct snapshot_set {
    int64_t home;
    struct period period;
    struct snapshot_made *v;
    size_t n;
};
/* The slow half, on a reader, before the write job: counts all of them. Lives in c->arena. INVALID: the
 * period is no quarter. */
err snapshot_count(struct ctx *c, int64_t home, struct period quarter, struct snapshot_set *out);
/* In a write job: freezes what is other than the version in force; *out_n of them. approver and time are
 * those of c. */
err snapshot_freeze(struct ctx *c, const struct snapshot_set *set, int64_t sheet_id, int64_t sheet_version,
                    int64_t *out_n);

/* Figures of the time before, brought in from a table with this hash; approved by c's actor, in a write job.
 * They have no contributing records. CONFLICT: one that was counted from records is in force there. What is
 * counted later takes its place, unless it counts no record at all. */
err snapshot_bring(struct ctx *c, int64_t home, struct period quarter, const struct indicator *i,
                   const struct figure *f, str source_hash);
/* Whether a figure is in force, and whether it was brought in. */
struct snapshot_origin {
    bool some, brought;
};
err snapshot_origin(struct ctx *c, int64_t home, str indicator, struct period quarter,
                    struct snapshot_origin *out);

/* An approved figure over districts and whole months. */
struct snapshot_sum {
    struct figure figure; /* no rows */
    int64_t expected;     /* district-quarters of the period that have begun, while the district stood; the
                           * last may still run */
    int64_t found;        /* of them: approved */
    int64_t last_ms;      /* when the newest of them was approved; 0: none was */
    uint8_t hash[DIGEST_LEN]; /* over the content hashes in force, by district and quarter: what is printed */
};
/* INVALID: the period is not one of whole months. Figures that nobody approved are not in it. */
err snapshot_read(struct ctx *c, const struct indicator *i, const int64_t *homes, size_t homes_n,
                  struct period p, struct snapshot_sum *out);

/* All that was ever approved, district by district: out[k] is of homes[k]. Cells alone: no hash, no counts of
 * quarters. One query for many districts, where documents would else ask for each. */
err snapshot_by_home(struct ctx *c, const struct indicator *i, const int64_t *homes, size_t homes_n,
                     struct figure *out);

/* The versions of one figure, newest first; by a quarter. */
err snapshot_versions(struct ctx *c, int64_t home, str indicator, int64_t from_day,
                      struct q_snapshot_versions **out, size_t *out_n);
/* The records that one counted. */
err snapshot_rows(struct ctx *c, int64_t home, int64_t id, struct figure_row **out, size_t *out_n);

/* Compared with what stands in the database: cells, rows and chain of a district against their hashes. */
struct snapshot_report {
    int64_t checked;
    int64_t broken;    /* cells or rows are not what was approved, or the chain has a gap */
    int64_t broken_no; /* snapshot_no of the first */
};
err snapshot_verify(struct ctx *c, int64_t home, struct snapshot_report *out);

#endif
