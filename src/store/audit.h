/* audit.h: the append-only chain of who did what, and of every look at protected data.
 *
 * One chain for each writer: (chain, seq) with the hash of the row before it, written in the transaction of
 * the fact itself. `detail` holds no personal data and no words a person wrote.
 */
#ifndef SUNWAI_AUDIT_H
#define SUNWAI_AUDIT_H

#include "store.h"

struct audit_entry {
    str event; /* identifier: "case.filed", "identity.viewed" */
    int64_t home;
    str subject_kind; /* "case"; STR_NONE when about nothing in particular */
    int64_t subject_id;
    str detail; /* short, "from=assigned to=in_progress"; may be STR_NONE */
};

err audit_add(struct ctx *c, const struct audit_entry *e);

struct audit_report {
    int64_t rows, chains;
    int64_t broken_chain, broken_seq; /* the first place that does not fit; 0 when all do */
    char head[65]; /* hash over all chain heads, hex, terminated: what a witness writes down */
};
/* Walks every chain: finds any edit, deletion, swap or cut inside. A cut of the tail shows only against a
 * head written down outside. CONFLICT when broken. */
err audit_verify(struct ctx *c, struct audit_report *out);

#endif
