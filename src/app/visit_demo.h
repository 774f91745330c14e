/* visit_demo.h: some visitors of a desk, for the demonstration. */
#ifndef SUNWAI_VISIT_DEMO_H
#define SUNWAI_VISIT_DEMO_H

#include "store.h"

/* Of the last weeks, at the desk of Nowshera. Each day is one write job. */
err visits_demo(struct store *s, struct fail *f);

#endif
