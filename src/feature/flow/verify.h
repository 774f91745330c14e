/* verify.h: whether subjects stand as the audit chain says. */
#ifndef SUNWAI_VERIFY_H
#define SUNWAI_VERIFY_H

#include "audit.h"
#include "flow.h"

/* The seal of what a subject says now; NOT_FOUND: it is gone. */
typedef err (*content_fn)(struct ctx *c, int64_t home, int64_t id, struct seal *out);

struct flow_report {
    int64_t subjects, steps;
    int64_t broken_home, broken_id; /* the first that does not fit; 0 when none is to be named */
    const char *broken;             /* what of it: "step", "state", "content", "missing"; NULL: all fits */
};
/* Walks every subject of the kind on a reader, behind audit_verify() whose report is `chains`: finds any
 * change of a step, of where a subject stands and of what it says, a step or subject taken away and one put
 * in. What is written meanwhile does not disturb. CONFLICT when broken. */
err flow_verify(struct ctx *c, const struct flow_kind *kind, const struct audit_report *chains,
                content_fn content, struct flow_report *out);

#endif
