/* hands.h: a worker of a command's own, for as long as it makes files: the same executable, confined the same
 * way, as that which serves pages has.
 *
 * hands_open() before there is any thread: it forks. Meanwhile work_do() (render/work.h) reaches it.
 */
#ifndef SUNWAI_HANDS_H
#define SUNWAI_HANDS_H

#include "companion.h"

struct crew;
struct hands {
    struct companions companions;
    struct crew *crew; /* NULL: there is no worker, and work_do() says BUSY */
};

/* False: there is none; words have been said when its file is missing. Close it all the same. */
bool hands_open(struct hands *h, const struct config *config);
void hands_close(struct hands *h);

#endif
