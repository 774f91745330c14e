/* event_line_seal.c: to which line of a plan an event belongs, bound to the audit chain: each change of it is
 * a row that seals what then stands, and the last one of an event has to fit. */
#include "event_inside.h"

#include "audit_said.h"

enum { SAID_MAX = 256 };

/* "row=HEX", or "row=none" when it belongs to none. */
static err said_now(struct ctx *c, int64_t home, int64_t event, str *out)
{
    struct q_event_line_sealed row;
    SCOPED(buf_free) struct buf b = buf_new(SAID_MAX);
    const err e = q_event_line_sealed(c->db, c->arena, home, event, &row);
    if (e.code != ERR_OK) {
        *out = S("row=none");
        return e.code == ERR_NOT_FOUND ? OK : e;
    }
    hashed_number(&b, row.home);
    hashed_number(&b, row.event_id);
    hashed_number(&b, row.plan_home_id);
    hashed_number(&b, row.action_id);
    hashed_option(&b, row.tied_by_id);
    hashed_number(&b, row.tied_ms);
    const struct seal says = seal_of(&b);
    *out = arena_printf(c->arena, "row=%.*s", SEAL_LEN, says.hex);
    return b.full || out->p == NULL ? FAIL(LIMIT) : OK;
}

err event_line_record(struct ctx *c, int64_t home, int64_t event)
{
    struct audit_entry e = {
        .event = S("event.line"), .home = home, .subject_kind = S("event"), .subject_id = event};
    TRY(said_now(c, home, event, &e.detail));
    return audit_add(c, &e);
}

/* ---- comparing ---- */

static err event_check(struct ctx *c, const struct q_audit_said *said, void *arg, bool *out_stop)
{
    struct event_line_report *io = arg;
    struct q_event_line_last last;
    str now;
    TRY(q_event_line_last(c->db, c->arena, said->home, said->about_id, &last));
    TRY(said_now(c, said->home, said->about_id, &now));
    if (str_eq(last.detail_text, now)) {
        io->n++;
        return OK;
    }
    *io = (struct event_line_report){io->n, true, said->home, said->about_id};
    *out_stop = true;
    return OK;
}

err event_lines_verify(struct ctx *c, const struct audit_report *chains, struct event_line_report *out)
{
    struct event_line_report r = {.n = 0};
    struct q_event_line_unsaid *unsaid;
    size_t n;
    TRY(q_event_line_unsaid(c->db, c->arena, &unsaid, &n));
    TRY(audit_said_each(c, chains, S("event.line"), event_check, &r));
    if (!r.broken && n > 0) {
        r = (struct event_line_report){r.n, true, unsaid[0].home, unsaid[0].event_id};
    }
    *out = r;
    return r.broken ? fail_log(c->fail, ERR_CONFLICT, "the line of event %lld of %lld does not fit",
                               (long long)r.event_id, (long long)r.home)
                    : OK;
}
