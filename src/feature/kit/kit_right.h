/* kit_right.h: whether what a kit says can stand: fields that are known, numbers in their bounds, and what
 * its entries name: there in the kit or here. */
#ifndef SUNWAI_KIT_RIGHT_H
#define SUNWAI_KIT_RIGHT_H

#include "kit.h"

/* INVALID with words naming the entry and the field. */
err kit_right(struct ctx *c, const struct kit *theirs, const struct kit *ours);

#endif
