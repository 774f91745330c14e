/* id.c: internal ids: 41 bits of ms since 2024, 10 of the writer, 12 of sequence.
 *
 * A stretch of time ahead is reserved in the database in the same transaction, and a start begins behind it:
 * a clock set back can slow ids down, but never make one twice.
 */
#include "check.h"
#include "clock.h"
#include "meta.sql.h"
#include "store_inside.h"

#define EPOCH_2024_MS INT64_C(1704067200000)
enum { SEQUENCE_BITS = 12, NODE_BITS = 10, RESERVE_MS = 60000 };

struct writer *writer_of(const struct ctx *c)
{
    CHECK(c->writing && c->store != NULL && c->writer >= 0 && c->writer < (int)c->store->writers_n);
    return &c->store->writers[c->writer];
}

int64_t id_next(struct ctx *c)
{
    struct writer *w = writer_of(c);
    const int64_t now = clock_now_ms() - EPOCH_2024_MS;
    if (now > w->id_ms) {
        w->id_ms = now;
        w->id_seq = 0;
    } else if (++w->id_seq == 1 << SEQUENCE_BITS) {
        w->id_ms++;
        w->id_seq = 0;
    }
    if (w->id_ms >= w->marks.id_reserved_ms) {
        const int64_t until = w->id_ms + RESERVE_MS;
        const struct q_mark_put_in in = {.mark_name = S("id"), .chain_no = w->chain, .mark_no = until};
        if (q_mark_put(c->db, &in, NULL).code == ERR_OK) {
            w->marks.id_reserved_ms = until;
        } /* else the connection has noted it, and the job fails with it whatever it returns */
    }
    return w->id_ms << (NODE_BITS + SEQUENCE_BITS) | w->chain << SEQUENCE_BITS | w->id_seq;
}
