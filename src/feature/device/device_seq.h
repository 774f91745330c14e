/* device_seq.h: which of the records that a device made are here, so that one which never came is seen.
 *
 * A device counts what it records. The numbers that were heard of stand as stretches; what lies between two
 * stretches was made there and is not here: it waits there still, or was deleted or lost. What somebody
 * deleted before it was sent says so (a record of kind "gone") and is no gap. What a device made last and
 * never told of, nobody can know. In write jobs, but for the two that read.
 */
#ifndef SUNWAI_DEVICE_SEQ_H
#define SUNWAI_DEVICE_SEQ_H

#include "device.h"

enum { DEVICE_SEQ_MAX = 1000000000 };

/* Number `no`, recorded at told_ms, was heard of; again is nothing. */
err device_seq_saw(struct ctx *c, int64_t home, int64_t device_id, int64_t no, int64_t told_ms);

struct device_gap {
    int64_t n;              /* how many are not here; 0: none */
    int64_t from_ms, to_ms; /* recorded between these */
};
err device_gap(struct ctx *c, int64_t home, int64_t device_id, struct device_gap *out);

#endif
