/* keep_witness.h: the server writes the heads of the audit chains to a file elsewhere (config audit_witness):
 * when it starts, on every hour, and when it stops.
 *
 * The file lies on another disk or host, where whoever can write the database cannot shorten it. When it
 * cannot be written, or does not fit the database when the server starts, the log says so loudly, and
 * /metrics and /healthz do; service goes on.
 */
#ifndef SUNWAI_KEEP_WITNESS_H
#define SUNWAI_KEEP_WITNESS_H

#include "store.h"

struct keep_witness;
/* NULL when there is no path. The path lives as long as the server. */
struct keep_witness *keep_witness_start(struct store *s, const char *path);
/* With a last line, unless the file's disk does not answer within seconds. Before store_close(). Takes NULL.
 */
void keep_witness_stop(struct keep_witness *k);

struct witness_state {
    bool kept;       /* there is a witness */
    bool failing;    /* the last line could not be written */
    bool disagrees;  /* at the start the file told of rows that are not there */
    int64_t last_ms; /* when the last line was written; 0: none yet */
};
/* Any thread, at any time. */
struct witness_state witness_state(void);

#endif
