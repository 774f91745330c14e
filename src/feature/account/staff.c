/* staff.c: those who look after other people's accounts: whom, and what they can do. */
#include "account_inside.h"
#include "msg.h"
#include "tries.h"

/* Whose accounts each role looks after, within its own unit. */
#define BIT(r) (1u << ROLE_##r)
static const unsigned looks_after[ROLE_N] = {
    [ROLE_SUPERVISOR] = BIT(DESK) | BIT(MEMBER) | BIT(OFFICER) | BIT(SUPERVISOR),
    [ROLE_ADC] = BIT(DESK) | BIT(MEMBER) | BIT(OFFICER) | BIT(SUPERVISOR) | BIT(ADC),
    [ROLE_ADMIN] = BIT(DESK) | BIT(MEMBER) | BIT(OFFICER) | BIT(SUPERVISOR) | BIT(ADC) | BIT(MONITOR) |
                   BIT(MANAGER) | BIT(ADMIN),
    [ROLE_SYSTEM] = BIT(DESK) | BIT(MEMBER) | BIT(OFFICER) | BIT(SUPERVISOR) | BIT(ADC) | BIT(MONITOR) |
                    BIT(MANAGER) | BIT(ADMIN),
};
#undef BIT

bool account_role_managed(const struct actor *by, enum role r)
{
    return (unsigned)r < ROLE_N && (looks_after[by->role] & (1u << r)) != 0;
}

err account_manages(struct ctx *c, const struct account *who, bool *out)
{
    const struct actor *by = &c->actor;
    bool manages = account_role_managed(by, who->role) && (who->id == 0 || who->id != by->user_id);
    if (manages && by->role != ROLE_ADMIN && by->role != ROLE_SYSTEM) {
        /* An ADC looks after those of her own role who stand below her: an Assistant Commissioner. The desk,
         * which sees names, is looked after from its own district only. */
        manages = by->unit_id != 0 && who->unit_id != 0 &&
                  (who->role != ROLE_ADC || who->unit_id != by->unit_id) &&
                  (who->role != ROLE_DESK || (by->home != 0 && who->home == by->home));
        if (manages) {
            TRY(account_unit_within(c, who->unit_id, by->unit_id, &manages));
        }
    }
    *out = manages;
    return OK;
}

err account_managed(struct ctx *c, str login, struct q_account_get *out)
{
    struct q_account_get row;
    bool manages = false;
    const err e = q_account_by_login(c->db, c->arena, login, &row);
    if (e.code == ERR_OK && row.id == c->actor.user_id && c->actor.role != ROLE_SYSTEM) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_ACCOUNT_NOT_OWN, NULL);
    }
    if (e.code == ERR_OK) {
        const struct account a = account_of_row(&row);
        TRY(account_manages(c, &a, &manages));
    }
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !manages)) {
        return fail_set(c->fail, ERR_NOT_FOUND, MSG_ACCOUNT_LOGIN_UNKNOWN, "login");
    }
    TRY(e);
    *out = row;
    return OK;
}

err account_list(struct ctx *c, str after, int64_t most, struct q_account_list_after **out, size_t *out_n)
{
    if (c->actor.role == ROLE_ADMIN || c->actor.role == ROLE_SYSTEM) {
        return q_account_list_after(c->db, c->arena, after, most, out, out_n);
    }
    const struct q_account_below_after_in in = {
        .around_id = c->actor.unit_id, .login_code = after, .limit = most};
    return q_account_below_after(c->db, c->arena, &in, out, out_n);
}

/* Signed in nowhere any more, neither by a page nor by a program. */
static err end_everywhere(struct ctx *c, int64_t account_id)
{
    TRY(q_session_end_all(c->db, account_id, NULL));
    return q_token_revoke_all(c->db, SOME(c->now_ms), account_id, NULL);
}

err account_disable(struct ctx *c, str login)
{
    struct q_account_get row = {.id = 0};
    TRY(account_managed(c, login, &row));
    if (row.disabled_ms.given) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_ACCOUNT_DISABLED_ALREADY, NULL);
    }
    TRY(q_account_set_disabled(c->db, SOME(c->now_ms), row.id, NULL));
    TRY(end_everywhere(c, row.id));
    return account_audit(c, S("account.disabled"), row.home, row.id);
}

err account_enable(struct ctx *c, str login)
{
    struct q_account_get row = {.id = 0};
    TRY(account_managed(c, login, &row));
    if (!row.disabled_ms.given) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_ACCOUNT_ENABLED_ALREADY, NULL);
    }
    TRY(q_account_set_disabled(c->db, NONE_I64, row.id, NULL));
    return account_audit(c, S("account.enabled"), row.home, row.id);
}

err account_sign_out_everybody(struct ctx *c)
{
    TRY(q_session_end_everyone(c->db, NULL));
    return q_token_revoke_everyone(c->db, SOME(c->now_ms), NULL);
}

err account_sign_out_all(struct ctx *c, str login)
{
    struct q_account_get row = {.id = 0};
    TRY(account_managed(c, login, &row));
    TRY(end_everywhere(c, row.id));
    return account_audit(c, S("account.signed_out_all"), row.home, row.id);
}

int64_t code_until(const struct ctx *c)
{
    return c->now_ms + (int64_t)CODE_HOURS * 3600 * 1000;
}

err account_code_set(struct ctx *c, str login, str encoded)
{
    struct q_account_get row = {.id = 0};
    TRY(account_managed(c, login, &row));
    if (row.disabled_ms.given) {
        return fail_set(c->fail, ERR_NOT_FOUND, MSG_ACCOUNT_LOGIN_UNKNOWN, "login");
    }
    const struct q_account_set_code_in in = {.password_text = encoded,
                                             .password_ms = c->now_ms,
                                             .code_until_ms = SOME(code_until(c)),
                                             .code_by_id = SOME(c->actor.user_id),
                                             .id = row.id};
    TRY(q_account_set_code(c->db, &in, NULL));
    TRY(end_everywhere(c, row.id));
    TRY(tries_forget(c, TRIES_LOGIN, row.login_code));
    return account_audit(c, S("account.code_made"), row.home, row.id);
}
