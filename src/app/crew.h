/* crew.h: the web process's side of the companions: asks who is there and proves that each is confined.
 *
 * One thread of its own speaks to them; what it learnt is read by /metrics and /healthz. A companion that
 * sends something malformed is asked to end and counts as down until it says hello again: nothing that it
 * says can harm this process. Nothing here holds up a request but crew_work(), which whoever calls it waits
 * for.
 */
#ifndef SUNWAI_CREW_H
#define SUNWAI_CREW_H

#include "buf.h"
#include "companion.h"
#include "confinement.h"
#include "work.h"

struct crew;

enum crew_state {
    CREW_MISSING, /* it was not started: its file is not there */
    CREW_DOWN,    /* it does not answer */
    CREW_UP
};

/* fds: the ends that the supervisor handed down, -1 for none; they are the crew's from now on. NULL when
 * there is no thread to be had: then nothing is known of them. */
struct crew *crew_open(const int fds[COMPANIONS], const struct config *config);
void crew_close(struct crew *c); /* takes NULL */

/* By number, as in companion.c: 0 worker, 1 courier. CREW_MISSING for NULL. */
enum crew_state crew_state(struct crew *c, size_t which);
/* A work_fn (render/work.h) for this crew. */
err crew_work(void *crew, enum work_kind kind, str input, struct work_done *out);
const char *crew_name(size_t which);            /* static */
const char *crew_state_name(enum crew_state s); /* "missing", "down", "up"; static */
/* Prometheus text, a family each; all take NULL. The last two begin with the lines of this process itself. */
void crew_put_states(struct crew *c, struct buf *out);
void crew_put_confined(struct crew *c, const struct confine_tries *own, struct buf *out);
void crew_put_refused(struct crew *c, const struct confine_tries *own, struct buf *out);

#endif
