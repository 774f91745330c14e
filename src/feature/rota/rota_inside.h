/* rota_inside.h: what the rules of the desk share, for the files of this folder only. */
#ifndef SUNWAI_ROTA_INSIDE_H
#define SUNWAI_ROTA_INSIDE_H

#include "rota.h"

/* In a write job: somebody changed something at a desk. */
err rota_audit(struct ctx *c, str event, const struct q_rota_desk *desk);

#endif
