/* event_seal.c: what the plan of an event says, bound to the audit chain (see flow/seal.h). What is recorded
 * on the day is audited row by row by those who record it. */
#include "event_inside.h"

#include "buf.h"
#include "verify.h"

enum { SAID_MAX = 64 * 1024 };

static void put_place(struct buf *b, const struct q_event_get *r)
{
    hashed_number(b, r->home);
    hashed_number(b, r->id);
    hashed_text(b, r->event_code);
    hashed_number(b, r->unit_id);
    hashed_option(b, r->tehsil_id);
    hashed_text(b, r->venue_text);
    hashed_text(b, r->venue_kind_code);
    hashed_number(b, r->event_day);
    hashed_number(b, r->from_min_n);
    hashed_number(b, r->to_min_n);
    hashed_option(b, r->female_from_n);
    hashed_option(b, r->female_to_n);
    hashed_number(b, r->announced_flag);
    hashed_number(b, r->address_flag);
    hashed_number(b, r->sequence_no);
}

static void put_plan(struct buf *b, const struct q_event_get *r)
{
    hashed_text(b, r->event_kind_code);
    hashed_text(b, r->audience_code);
    hashed_text(b, r->series_text);
    hashed_text(b, r->title_text);
    hashed_text(b, r->seating_code);
    hashed_number(b, r->transport_flag);
    hashed_number(b, r->childcare_flag);
    hashed_number(b, r->purdah_flag);
    hashed_number(b, r->female_staff_n);
    hashed_option(b, r->room_n);
    hashed_text(b, r->chair_text);
    hashed_text(b, r->spoken_code);
    hashed_option(b, r->desk_id);
    hashed_option(b, r->parent_id);
    hashed_text(b, r->plan_text);
    hashed_text(b, r->why_text);
    hashed_option(b, r->curriculum_no);
    hashed_option(b, r->curriculum_version_no);
    hashed_text(b, r->curriculum_text);
    hashed_text(b, r->source_code);
    hashed_number(b, r->key_no);
    hashed_option(b, r->created_by_id);
    hashed_number(b, r->created_ms);
}

err event_seal(struct ctx *c, int64_t home, int64_t id, struct seal *out)
{
    struct q_event_get row;
    SCOPED(buf_free) struct buf b = buf_new(SAID_MAX);
    TRY(q_event_get(c->db, c->arena, home, id, &row));
    put_place(&b, &row);
    put_plan(&b, &row);
    *out = seal_of(&b);
    return b.full ? FAIL(LIMIT) : OK;
}

err event_verify(struct ctx *c, const struct audit_report *chains, struct flow_report *out)
{
    return flow_verify(c, &event_kind, chains, event_seal, out);
}
