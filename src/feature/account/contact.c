/* contact.c: telephone and CNIC of those who work here, as keyed marks. */
#include "account_inside.h"
#include "vault.h"

static str mark_of(struct ctx *c, str kind, str normal, uint8_t blind[BLIND_LEN])
{
    vault_blind(store_vault(c->store), kind, normal, blind);
    return (str){(const char *)blind, BLIND_LEN};
}

err account_contact_set(struct ctx *c, int64_t account_id, str kind, str normal)
{
    if (normal.n == 0) {
        return q_contact_drop(c->db, account_id, kind, NULL);
    }
    uint8_t blind[BLIND_LEN];
    const struct q_contact_set_in in = {
        .account_id = account_id, .index_kind_code = kind, .blind_hash = mark_of(c, kind, normal, blind)};
    return q_contact_set(c->db, &in, NULL);
}

err account_contact_is_staff(struct ctx *c, str kind, str normal, bool *out)
{
    uint8_t blind[BLIND_LEN];
    struct q_contact_of_staff *rows;
    size_t n;
    TRY(q_contact_of_staff(c->db, c->arena, kind, mark_of(c, kind, normal, blind), &rows, &n));
    *out = n > 0;
    return OK;
}

err account_contact_change(struct ctx *c, const struct account_contact *k)
{
    const int64_t id = c->actor.user_id;
    if (k->forget || k->phone.n > 0) {
        TRY(account_contact_set(c, id, S("phone"), k->phone));
    }
    if (k->forget || k->cnic.n > 0) {
        TRY(account_contact_set(c, id, S("cnic"), k->cnic));
    }
    return account_audit(c, S("account.contact_kept"), c->actor.home, id);
}
