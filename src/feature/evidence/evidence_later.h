/* evidence_later.h: what came while there was no worker is made when there is one. */
#ifndef SUNWAI_EVIDENCE_LATER_H
#define SUNWAI_EVIDENCE_LATER_H

#include "evidence.h"

/* In a write job: the piece that waited stands as it was made; p NULL: it was refused, and stays as received,
 * closed to everybody. What was received of a photo or PDF is removed then. OK also when somebody was
 * quicker.
 */
err evidence_remake(struct ctx *c, const struct q_evidence_get *was, const struct evidence_piece *p);
/* As received: of one that waits. For the worker alone. */
err evidence_received(struct ctx *c, const struct q_evidence_get *row, struct buf *out);

#endif
