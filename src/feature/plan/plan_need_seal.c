/* plan_need_seal.c: each answer to a need bound to its row of the audit chain, and the walk that compares. */
#include "plan_inside.h"

#include "audit_said.h"

enum { SEALED_MAX = 16 * 1024 };

/* A row to be written and one read back are of different types with the same members. */
#define PUT_ANSWER(b, r)                                                                                 \
    (hashed_number((b), (r)->home), hashed_number((b), (r)->event_id), hashed_number((b), (r)->need_no), \
     hashed_number((b), (r)->answer_no), hashed_text((b), (r)->answer_code),                             \
     hashed_text((b), (r)->words_text), hashed_option((b), (r)->by_id),                                  \
     hashed_number((b), (r)->answered_ms))

err plan_answer_record(struct ctx *c, const struct q_need_answer_add_in *row)
{
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    PUT_ANSWER(&b, row);
    const struct seal of_row = seal_of(&b);
    const struct audit_entry e = {.event = S("need.answered"),
                                  .home = row->home,
                                  .subject_kind = S("event"),
                                  .subject_id = row->event_id,
                                  .detail = arena_printf(c->arena, "need=%lld answer=%lld code=%.*s row=%.*s",
                                                         (long long)row->need_no, (long long)row->answer_no,
                                                         STR_F(row->answer_code), SEAL_LEN, of_row.hex)};
    return b.full ? FAIL(LIMIT) : audit_add(c, &e);
}

/* ---- comparing ---- */

/* The next word without its name, as a number; 0: it is none. */
static int64_t number_behind(str *rest, str name)
{
    int64_t n = 0;
    const str word = str_cut(rest, ' ');
    return str_starts(word, name) && str_i64(str_sub(word, name.n, word.n), &n) ? n : 0;
}

static err said_check(struct ctx *c, const struct q_audit_said *said, void *arg, bool *out_stop)
{
    struct plan_answers *io = arg;
    struct q_need_answer_sealed row;
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    str rest = said->detail_text;
    struct q_need_answer_sealed_in in = {.home = said->home, .event_id = said->about_id};
    in.need_no = number_behind(&rest, S("need="));
    in.answer_no = number_behind(&rest, S("answer="));
    (void)str_cut(&rest, ' ');
    const err e = q_need_answer_sealed(c->db, c->arena, &in, &row);
    bool fits = e.code == ERR_OK;
    if (fits) {
        PUT_ANSWER(&b, &row);
        const struct seal of_row = seal_of(&b);
        const str name = S("row=");
        fits = str_starts(rest, name) && str_eq(str_sub(rest, name.n, rest.n), seal_text(&of_row));
    }
    if (!fits && (e.code == ERR_OK || e.code == ERR_NOT_FOUND)) {
        *io = (struct plan_answers){io->n, true, said->home, said->about_id, in.need_no};
        *out_stop = true;
        return OK;
    }
    io->n++;
    return e;
}

err plan_answers_verify(struct ctx *c, const struct audit_report *chains, struct plan_answers *out)
{
    struct plan_answers r = {.n = 0};
    struct q_need_answer_count there; /* before the chains: what is answered meanwhile is none too many */
    TRY(q_need_answer_count(c->db, c->arena, &there));
    TRY(audit_said_each(c, chains, S("need.answered"), said_check, &r));
    r.broken = r.broken || there.answers_n > r.n; /* one that nobody gave */
    *out = r;
    return r.broken
               ? fail_log(c->fail, ERR_CONFLICT, "an answer to need %lld of event %lld of %lld does not fit",
                          (long long)r.need_no, (long long)r.event_id, (long long)r.home)
               : OK;
}
