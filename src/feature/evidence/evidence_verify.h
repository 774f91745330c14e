/* evidence_verify.h: whether every piece of evidence stands as the audit chain says. Needs no case key. */
#ifndef SUNWAI_EVIDENCE_VERIFY_H
#define SUNWAI_EVIDENCE_VERIFY_H

#include "audit.h"

struct evidence_report {
    int64_t pieces;
    int64_t broken_home, broken_id, broken_piece;
    const char *broken; /* "row", "bytes", "missing"; NULL: all fits */
};
/* On a reader, behind audit_verify() whose report is `chains`. CONFLICT when broken: a piece was exchanged,
 * changed, put in or taken away. */
err evidence_verify(struct ctx *c, const struct audit_report *chains, struct evidence_report *out);

#endif
