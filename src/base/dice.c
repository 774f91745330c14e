#include "dice.h"

#include "check.h"

uint64_t dice_next(struct dice *d)
{
    d->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = d->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

struct dice dice_of(uint64_t seed, uint64_t stream)
{
    struct dice d = {seed};
    const uint64_t mixed = dice_next(&d);
    d.state = mixed ^ stream * UINT64_C(0xD1342543DE82EF95);
    d.state = dice_next(&d);
    return d;
}

/* The high half times the bound: no modulus, and the bias is below one in 2^32 / bound. */
uint32_t dice_below(struct dice *d, uint32_t bound)
{
    CHECK(bound > 0);
    return (uint32_t)((dice_next(d) >> 32) * bound >> 32);
}

uint32_t dice_between(struct dice *d, uint32_t low, uint32_t high)
{
    CHECK(low <= high && high - low < UINT32_MAX);
    return low + dice_below(d, high - low + 1);
}

bool dice_in_1000(struct dice *d, uint32_t times)
{
    return dice_below(d, 1000) < times;
}

size_t dice_weighed(struct dice *d, const uint32_t *weights, size_t n)
{
    uint32_t all = 0;
    for (size_t i = 0; i < n; i++) {
        all += weights[i];
    }
    uint32_t at = dice_below(d, all);
    size_t i = 0;
    while (at >= weights[i]) {
        at -= weights[i++];
    }
    return i;
}

size_t dice_skewed(struct dice *d, size_t n)
{
    enum { ONE = 1000000 };
    uint32_t all = 0;
    CHECK(n > 0 && n < 10000);
    for (size_t k = 0; k < n; k++) {
        all += ONE / (uint32_t)(k + 1);
    }
    uint32_t at = dice_below(d, all);
    size_t k = 0;
    while (at >= ONE / (uint32_t)(k + 1)) {
        at -= ONE / (uint32_t)(k++ + 1);
    }
    return k;
}
