/* crew_work.h: pieces of work on their way to the worker and back; the threads that wait for them.
 *
 * A question goes out by the thread that asks, with two descriptors: a sealed copy of what came in, and room
 * for what is made. The crew's own thread hears the answer. What lies in the room is read when the child that
 * made it is gone, and is believed no further than its length and its first bytes.
 */
#ifndef SUNWAI_CREW_WORK_H
#define SUNWAI_CREW_WORK_H

#include "wire.h"
#include "work.h"

struct works;

struct works *works_open(int fd);  /* of the worker's socket; stays the caller's */
void works_close(struct works *w); /* nobody waits any more; takes NULL */

/* work_fn of render/work.h; `up`: somebody answers at the other end. */
err works_do(struct works *w, bool up, enum work_kind kind, str input, struct work_done *out);
/* By the crew's thread: an answer; INVALID: malformed. One that nobody waits for is passed over. */
err works_hear(struct works *w, const struct wire *answer);
/* The worker is another one, or was ended: what it was asked it will not answer. */
void works_lost(struct works *w);

#endif
