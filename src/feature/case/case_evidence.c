#include "case_evidence.h"

#include "msg.h"

static enum evidence_from from_of(enum role r)
{
    return r == ROLE_DESK ? EVIDENCE_DESK : r == ROLE_PUBLIC ? EVIDENCE_COMPLAINANT : EVIDENCE_OFFICER;
}

/* What goes past the desk is read by others, and a voice or picture of hers is opened by nobody but the desk:
 * it would be heard by no one. */
static err heard_by_nobody(struct ctx *c, int64_t home, int64_t case_id)
{
    struct q_bar_list *rows;
    size_t n;
    if (c->actor.role != ROLE_PUBLIC && c->actor.role != ROLE_DESK) {
        return OK;
    }
    TRY(q_bar_list(c->db, c->arena, home, case_id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].why_code, S("about"))) {
            return fail_set(c->fail, ERR_INVALID, MSG_EVIDENCE_PAST_DESK, "voice");
        }
    }
    return OK;
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
    TRY(heard_by_nobody(c, at.home, at.case_id));
    const struct subject s = {.kind = &complaint_kind, .home = at.home, .id = at.case_id};
    TRY(flow_now(c, &s, &now));
    const struct evidence_for to = {.subject = s,
                                    .step_no = now.step_no,
                                    .key_no = row.key_no,
                                    .from = from_of(c->actor.role),
                                    .pair = pair,
                                    .alone = alone};
    return evidence_add(c, &to, p);
}

str case_evidence_alone(const struct ctx *c)
{
    return msg_text((enum lang)c->lang, MSG_EVIDENCE_ALONE);
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
    struct case_receipt done;
    struct case_act act = {.action = CASE_AMEND, .description = words};
    if (words.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_EVIDENCE_TYPED_MISSING, "typed");
    }
    TRY(case_find(c, ref, &v));
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
