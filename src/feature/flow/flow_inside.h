/* flow_inside.h: what undo.c needs of flow.c. */
#ifndef SUNWAI_FLOW_INSIDE_H
#define SUNWAI_FLOW_INSIDE_H

#include "flow.h"

/* The undoing step: from where it stands to `after`, which is written as it is. */
err flow_step_back(struct ctx *c, const struct subject *s, const struct q_flow_get *from,
                   const struct q_flow_get *after);

#endif
