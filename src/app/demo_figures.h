/* demo_figures.h: what was approved before the demonstration begins: quarters that are over. */
#ifndef SUNWAI_DEMO_FIGURES_H
#define SUNWAI_DEMO_FIGURES_H

#include "store.h"

/* Open courts of the last four quarters in two districts, their data sheets and the sheets of the quarters,
 * by the real steps of three people. Nowshera's last quarter waits to be put forward. */
err demo_figures(struct store *s, struct arena *a, struct fail *f);

#endif
