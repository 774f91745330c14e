#include "case_evidence.h"

#include "msg.h"

/* Where nobody looks into it, nobody would hear or see it. */
static err keeper_of(struct ctx *c, const struct q_case_get *row, struct opt_i64 *out)
{
    bool past;
    const struct case_view v = {.row = *row};
    TRY(case_past_desk(c, &v, &past));
    if (past && !row->past_id.given) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVIDENCE_PAST_DESK, "voice");
    }
    *out = past ? row->past_id : NONE_I64;
    return OK;
}

/* Who looks into it in the desk's stead takes her voice and pictures as the desk does. */
static enum evidence_from from_of(const struct actor *who, struct opt_i64 keeper)
{
    if (who->role == ROLE_PUBLIC) {
        return EVIDENCE_COMPLAINANT;
    }
    return who->role == ROLE_DESK || evidence_keeps(who, keeper) ? EVIDENCE_DESK : EVIDENCE_OFFICER;
}

err case_evidence_put(struct ctx *c, const case_ref *ref, enum evidence_pair pair, bool alone,
                      const struct evidence_pieces *p)
{
    struct q_case_ref_get at;
    struct q_case_get row;
    struct q_flow_get now;
    if (p->n == 0) {
        return OK;
    }
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, &row));
    struct opt_i64 keeper = NONE_I64;
    TRY(keeper_of(c, &row, &keeper));
    const struct subject s = {.kind = &complaint_kind, .home = at.home, .id = at.case_id};
    TRY(flow_now(c, &s, &now));
    const struct evidence_for to = {.subject = s,
                                    .step_no = now.step_no,
                                    .key_no = row.key_no,
                                    .from = from_of(&c->actor, keeper),
                                    .keeper = keeper,
                                    .pair = pair,
                                    .alone = alone};
    return evidence_add(c, &to, p);
}

str case_evidence_alone(const struct ctx *c, bool past)
{
    return msg_text((enum lang)c->lang, past ? MSG_EVIDENCE_ALONE_PAST : MSG_EVIDENCE_ALONE);
}

/* Who reads a note of the desk has to know that these are her words. */
static str typed_note(struct ctx *c, str words)
{
    SCOPED(buf_free) struct buf b = buf_new(4 * CASE_WORDS_MAX + 1000);
    msg_put(&b, (enum lang)c->lang, MSG_EVIDENCE_TYPED_NOTE, 0, NULL, 0);
    buf_putc(&b, '\n');
    buf_put(&b, words);
    return arena_str(c->arena, buf_str(&b));
}

err case_evidence_typed(struct ctx *c, const case_ref *ref, int64_t step_no, str words)
{
    enum { FILED = 1 }; /* the first step */
    struct case_view v;
    struct opt_i64 keeper = NONE_I64;
    struct case_receipt done;
    struct case_act act = {.action = CASE_AMEND, .description = words};
    if (words.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVIDENCE_TYPED_MISSING, "typed");
    }
    TRY(case_find(c, ref, &v));
    TRY(keeper_of(c, &v.row, &keeper));
    if (!evidence_keeps(&c->actor, keeper)) {
        return FAIL(NOT_FOUND);
    }
    if (step_no != FILED || !case_may(c, &v, CASE_AMEND)) {
        act = (struct case_act){.action = CASE_COMMENT, .words = typed_note(c, words)};
    }
    TRY(case_do(c, ref, &act, &done));
    return evidence_typed(c, &v.subject, step_no);
}

bool case_evidence_may(struct ctx *c, const struct case_view *v)
{
    return case_may(c, v, CASE_COMMENT);
}
