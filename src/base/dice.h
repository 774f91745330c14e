/* dice.h: numbers that look random and come again: for invented populations and for tests.
 *
 * A stream is chosen by a seed and a number of its own, so that each case of a population has its own stream
 * and none depends on how many another one drew. SplitMix64 (Steele, Lea, Flood 2014). Never for anything
 * that must not be guessed: that is random.h.
 */
#ifndef SUNWAI_DICE_H
#define SUNWAI_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

struct dice dice_of(uint64_t seed, uint64_t stream);
uint64_t dice_next(struct dice *d);
uint32_t dice_below(struct dice *d, uint32_t bound);                /* in [0, bound); bound > 0 */
uint32_t dice_between(struct dice *d, uint32_t low, uint32_t high); /* in [low, high]; low <= high */
bool dice_in_1000(struct dice *d, uint32_t times);                  /* true so many times in a thousand */
/* Which one of n, each as likely as its weight says; not all of them 0. */
size_t dice_weighed(struct dice *d, const uint32_t *weights, size_t n);
/* One of n > 0, the first most likely, the k-th as likely as 1/k of it: how services and places are asked
 * for. */
size_t dice_skewed(struct dice *d, size_t n);

#endif
