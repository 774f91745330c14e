/* seal.h: what binds the rows of a subject to the audit chain.
 *
 * The detail of a step's audit row ends in `row=… now=…`: the seal of its flow_step row and of the flow row
 * as it stands behind it; `text=…` with it where the step changed what the subject says. Hidden words stay
 * hidden: a seal is a hash of many columns together.
 */
#ifndef SUNWAI_SEAL_H
#define SUNWAI_SEAL_H

#include "audit.h"
#include "flow.h"

str seal_detail(struct arena *a, const struct flow_kind *kind, const struct q_step_add_in *step,
                const struct q_flow_get *now, str content);

#endif
