/* case_seal.h: what a case says, bound to the audit chain (see flow/seal.h), and whether it still does. */
#ifndef SUNWAI_CASE_SEAL_H
#define SUNWAI_CASE_SEAL_H

#include "audit.h"
#include "case.sql.h"
#include "verify.h"

/* All columns of cases but the PIN's counter and the search text, which follows from them; and to whom the
 * case is closed (case_bar.h), as it stands in the database: a bar that is taken away opens it to those whom
 * it is about. */
err case_new_seal(struct ctx *c, const struct q_case_add_in *row, struct seal *out);
err case_seal(struct ctx *c, const struct q_case_get *row, struct seal *out);

/* flow_verify() of all cases, with what they say. */
err case_verify(struct ctx *c, const struct audit_report *chains, struct flow_report *out);

#endif
