/* sign_in.c: who proves to be somebody, and how often it may be tried. */
#include "account_inside.h"
#include "msg.h"
#include "random.h"
#include "tries.h"

err sign_in_must_wait(struct ctx *c, str login, bool *out)
{
    const err e = tries_allowed(c, TRIES_LOGIN, login);
    if (e.code != ERR_OK && e.code != ERR_LIMIT) {
        return e;
    }
    *out = e.code == ERR_LIMIT;
    return OK;
}

err sign_in_check(struct ctx *c, str login, str password, struct sign_in *out, char out_token[TOKEN_TEXT_LEN])
{
    const str name = login_fold(c->arena, login);
    if (arena_full(c->arena)) {
        return FAIL(LIMIT);
    }
    struct sign_in s = {.verdict = SIGN_IN_WAIT, .login = name};
    bool wait;
    TRY(sign_in_must_wait(c, name, &wait));
    if (wait) {
        *out = s;
        return OK;
    }
    struct q_account_get row = {0};
    const err e = q_account_by_login(c->db, c->arena, name, &row);
    const bool known = e.code == ERR_OK && !row.disabled_ms.given;
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    const bool code = known && row.code_until_ms.given;
    const str typed = code ? code_normal(c->arena, password) : password;
    const bool right = password_right(known ? row.password_text : STR_NONE, typed);
    s.account_id = known ? row.id : 0;
    s.verdict = right ? SIGN_IN_OK : SIGN_IN_WRONG;
    password_mark(known ? row.password_text : S(""), s.mark);
    account_token_make(out_token, s.token_hash);
    random_bytes(s.secret, sizeof s.secret);
    *out = s;
    return OK;
}

err sign_in_wrong_try(struct ctx *c, str login, int64_t home, int64_t account_id)
{
    TRY(tries_note(c, TRIES_LOGIN, login));
    TRY(account_audit(c, S("account.sign_in_wrong"), home, account_id));
    bool wait;
    TRY(sign_in_must_wait(c, login, &wait));
    return wait ? account_audit(c, S("account.sign_in_refused"), home, account_id) : OK;
}

/* Neither disabled nor given another password since it was looked at. */
static bool still_right(const struct sign_in *s, const struct q_account_get *row)
{
    return s->verdict == SIGN_IN_OK && s->account_id != 0 && !row->disabled_ms.given &&
           password_has_mark(row->password_text, s->mark);
}

err sign_in_write(struct ctx *c, const struct sign_in *s, enum sign_in_verdict *out)
{
    bool wait;
    TRY(sign_in_must_wait(c, s->login, &wait));
    if (wait || s->verdict == SIGN_IN_WAIT) {
        *out = SIGN_IN_WAIT;
        return OK;
    }
    struct q_account_get row = {0};
    if (s->account_id != 0) {
        TRY(q_account_get(c->db, c->arena, s->account_id, &row));
    }
    if (!still_right(s, &row) || (s->by_code && !row.code_until_ms.given)) {
        TRY(sign_in_wrong_try(c, s->login, row.home, s->account_id));
        *out = SIGN_IN_WRONG;
        return OK;
    }
    if (row.code_until_ms.given) {
        *out = row.code_until_ms.v > c->now_ms ? SIGN_IN_CHANGE : SIGN_IN_OVER;
        return OK;
    }
    TRY(session_open(c, s, row.home));
    *out = SIGN_IN_OK;
    return OK;
}

err first_password_check(struct ctx *c, str login, const uint8_t mark[PASSWORD_MARK_LEN], str password,
                         struct sign_in *out, char out_token[TOKEN_TEXT_LEN])
{
    struct q_account_get row;
    const err e = q_account_by_login(c->db, c->arena, login, &row);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    struct sign_in s = {.verdict = SIGN_IN_WRONG, .login = login};
    if (e.code == ERR_OK && password_has_mark(row.password_text, mark)) {
        if (password_right(row.password_text, code_normal(c->arena, password))) {
            return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_CODE_NO_PASSWORD, "password");
        }
        s.verdict = SIGN_IN_OK;
        s.account_id = row.id;
        memcpy(s.mark, mark, sizeof s.mark);
        account_token_make(out_token, s.token_hash);
        random_bytes(s.secret, sizeof s.secret);
    }
    *out = s;
    return OK;
}

err first_password_write(struct ctx *c, const struct sign_in *s, str encoded, enum sign_in_verdict *out)
{
    struct q_account_get row = {0};
    if (s->account_id != 0) {
        TRY(q_account_get(c->db, c->arena, s->account_id, &row));
    }
    if (!still_right(s, &row) || !row.code_until_ms.given || row.code_until_ms.v <= c->now_ms) {
        *out = SIGN_IN_WRONG;
        return OK;
    }
    TRY(password_keep(c, row.id, encoded));
    TRY(account_audit(c, S("account.code_used"), row.home, row.id));
    TRY(session_open(c, s, row.home));
    *out = SIGN_IN_OK;
    return OK;
}
