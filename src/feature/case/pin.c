/* pin.c: the six digits that go with a reference. */
#include "audit.h"
#include "case.h"
#include "random.h"
#include "tries.h"

err case_pin(struct ctx *c, const case_ref *ref, char out[PIN_LEN])
{
    struct q_case_ref_get at;
    struct q_case_get row;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, &row));
    vault_pin(store_vault(c->store), case_ref_digits(ref), row.pin_generation_no, out);
    return OK;
}

err case_open_by_pin(struct ctx *c, const case_ref *ref, str pin, bool *out_right)
{
    const str digits = case_ref_digits(ref);
    TRY(tries_allowed(c, TRIES_PIN, digits));

    /* An unknown number is compared with the PIN it would have, and both answers count as a wrong try. */
    struct q_case_ref_get at = {.home = 0, .case_id = 0};
    struct q_case_get row = {.pin_generation_no = 0};
    const err known = q_case_ref_get(c->db, c->arena, digits, &at);
    if (known.code != ERR_OK && known.code != ERR_NOT_FOUND) {
        return known;
    }
    const err found = q_case_get(c->db, c->arena, at.home, at.case_id, &row);
    if (found.code != ERR_OK && found.code != ERR_NOT_FOUND) {
        return found;
    }
    char right[PIN_LEN];
    vault_pin(store_vault(c->store), digits, row.pin_generation_no, right);
    const bool same = pin.n == PIN_LEN && secret_eq(pin.p, right, PIN_LEN);
    if (same && found.code == ERR_OK) {
        /* Both answers cost a write: when nothing can be written and counted, nobody can go on guessing. */
        const struct audit_entry e = {.event = S("case.opened_by_pin"),
                                      .home = at.home,
                                      .subject_kind = S("case"),
                                      .subject_id = at.case_id};
        *out_right = true;
        return audit_add(c, &e);
    }
    TRY(tries_note(c, TRIES_PIN, digits));
    *out_right = false;
    return OK;
}

err case_admit(struct ctx *c, const case_ref *ref)
{
    struct q_case_ref_get at;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    c->actor = (struct actor){.role = ROLE_PUBLIC, .home = at.home, .case_id = at.case_id};
    c->may_show_identity = false;
    return OK;
}
