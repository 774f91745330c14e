/* audit_said.h: what the audit chains say happened under one name, row by row, for comparing it with what
 * stands: each kind of record that is bound to the chains brings the comparison, and walks them here. */
#ifndef SUNWAI_AUDIT_SAID_H
#define SUNWAI_AUDIT_SAID_H

#include "audit.h"
#include "audit.sql.h"

/* *out_stop: something does not fit, and the walk is over. What `io` borrows of the arena lives on only then.
 */
typedef err (*audit_said_fn)(struct ctx *c, const struct q_audit_said *said, void *io, bool *out_stop);
err audit_said_each(struct ctx *c, const struct audit_report *chains, str event, audit_said_fn check,
                    void *io);

#endif
