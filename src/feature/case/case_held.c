/* case_held.c: numbers of cases: drawn when one is filed, or drawn ahead and held. */
#include "case_held.h"

#include "msg.h"

static str holder_kind(enum case_holder h)
{
    return h == CASE_HELD_DEVICE ? S("device") : S("pad");
}

/* Neither a case's nor held for anybody. */
static err is_free(struct ctx *c, const case_ref *ref, bool *out)
{
    struct q_case_ref_get taken;
    struct q_case_held_get held;
    const err used = q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &taken);
    if (used.code != ERR_NOT_FOUND) {
        *out = false;
        return used;
    }
    const err kept = q_case_held_get(c->db, c->arena, case_ref_digits(ref), &held);
    *out = kept.code == ERR_NOT_FOUND;
    return *out ? OK : kept;
}

/* It is drawn, never counted, so that one number tells nothing about another. */
err ref_draw(struct ctx *c, case_ref *out)
{
    enum { DRAWS = 20 };
    for (int i = 0; i < DRAWS; i++) {
        const case_ref ref = case_ref_random();
        bool vacant;
        TRY(is_free(c, &ref, &vacant));
        if (vacant) {
            *out = ref;
            return OK;
        }
    }
    return fail_log(c->fail, ERR_LIMIT, "no free reference in %d draws", DRAWS);
}

err case_refs_hold(struct ctx *c, const struct case_hold *by, size_t n, case_ref *out)
{
    if (n > CASE_HELD_ONCE) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(ref_draw(c, &out[i]));
        const struct q_case_held_add_in row = {.ref_code = case_ref_digits(&out[i]),
                                               .home = by->home,
                                               .holder_kind = holder_kind(by->holder),
                                               .holder_id = by->id,
                                               .held_ms = c->now_ms};
        TRY(q_case_held_add(c->db, &row, NULL));
    }
    return OK;
}

err case_refs_held(struct ctx *c, const struct case_hold *by, str after, int64_t limit,
                   struct q_case_held_list **out, size_t *out_n)
{
    const struct q_case_held_list_in of = {.holder_kind = holder_kind(by->holder),
                                           .holder_id = by->id,
                                           .after_code = after.n > 0 ? after : S(""),
                                           .limit = limit};
    return q_case_held_list(c->db, c->arena, &of, out, out_n);
}

/* NOT_FOUND: somebody else's, or nobody's. */
static err held_find(struct ctx *c, const struct case_hold *by, const case_ref *ref,
                     struct q_case_held_get *out)
{
    TRY(q_case_held_get(c->db, c->arena, case_ref_digits(ref), out));
    const bool his = out->home == by->home && out->holder_id == by->id &&
                     str_eq(out->holder_kind, holder_kind(by->holder));
    return his ? OK : FAIL(NOT_FOUND);
}

static err is_used(struct ctx *c, const case_ref *ref, bool *out)
{
    struct q_case_ref_get at;
    const err e = q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at);
    *out = e.code == ERR_OK;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err case_ref_bar(struct ctx *c, const struct case_hold *by, const case_ref *ref)
{
    struct q_case_held_get row;
    bool used;
    TRY(held_find(c, by, ref, &row));
    TRY(is_used(c, ref, &used));
    return used ? FAIL(CONFLICT) : q_case_held_bar(c->db, SOME(c->now_ms), case_ref_digits(ref), NULL);
}

err case_ref_takes(struct ctx *c, const struct case_hold *by, const case_ref *ref)
{
    struct q_case_held_get row;
    bool used;
    const err e = held_find(c, by, ref, &row);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && (row.home != by->home || row.barred_ms.given))) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_REF_NOT_HELD, "ref");
    }
    TRY(e);
    TRY(is_used(c, ref, &used));
    return used ? fail_set(c->fail, ERR_CONFLICT, MSG_CASE_REF_USED, "ref") : OK;
}

err held_take(struct ctx *c, const struct case_new *n, int64_t home, case_ref *out)
{
    struct case_hold by = *n->hold;
    by.home = home;
    TRY(case_ref_takes(c, &by, &n->ref));
    *out = n->ref;
    return OK;
}

void case_held_pin(struct ctx *c, const case_ref *ref, char out[PIN_LEN])
{
    vault_pin(store_vault(c->store), case_ref_digits(ref), 0, out);
}
