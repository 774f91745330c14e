/* narrative_seal.h: what binds the words beside the figures to the audit chain.
 *
 * Each version is written once, with one audit row whose detail ends in the seal of the version and of the
 * document and section it is of. So an audit row without its version, a version without its row and words
 * that were changed are all found, whatever was done to the tables.
 */
#ifndef SUNWAI_NARRATIVE_SEAL_H
#define SUNWAI_NARRATIVE_SEAL_H

#include "audit.h"

/* The audit row of a version that was put just now, by its writer. */
err narrative_record(struct ctx *c, int64_t id, int64_t version);

struct narrative_report {
    int64_t versions;   /* that stand as they were saved */
    str section, unit;  /* the first that does not fit: where it stands; empty when nobody knows any more */
    int64_t broken_no;  /* its version; 0: none is to be named */
    const char *broken; /* "content", "state" (an older one stands in its place), "missing"; NULL: all fits */
};
/* On a reader, behind audit_verify() whose report is `chains`. CONFLICT when broken. */
err narrative_verify(struct ctx *c, const struct audit_report *chains, struct narrative_report *out);

#endif
