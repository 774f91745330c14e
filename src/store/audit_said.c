#include "audit_said.h"

enum { ROWS_AT_ONCE = 100 };

static err chain_walk(struct ctx *c, struct q_audit_said_in *in, audit_said_fn check, void *io,
                      bool *out_stop)
{
    bool stop = false;
    for (size_t n = ROWS_AT_ONCE; n == ROWS_AT_ONCE;) {
        const struct arena_mark mark = arena_mark(c->arena);
        struct q_audit_said *rows;
        TRY(q_audit_said(c->db, c->arena, in, &rows, &n));
        for (size_t i = 0; i < n && !stop; i++) {
            in->after_no = rows[i].seq_no;
            TRY(check(c, &rows[i], io, &stop));
        }
        if (stop) {
            break;
        }
        arena_reset(c->arena, mark);
    }
    *out_stop = stop;
    return OK;
}

err audit_said_each(struct ctx *c, const struct audit_report *chains, str event, audit_said_fn check,
                    void *io)
{
    bool stop = false;
    for (int64_t i = 0; i < chains->chains && !stop; i++) {
        struct q_audit_said_in in = {
            .chain_no = chains->heads[i].chain, .event_name = event, .limit = ROWS_AT_ONCE};
        TRY(chain_walk(c, &in, check, io, &stop));
    }
    return OK;
}
