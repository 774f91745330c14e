/* sign_in.c: wrong tries, sessions and tokens. */
#include "account_inside.h"
#include "check.h"
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

static void hash_of_token(str token, uint8_t out[TOKEN_HASH_LEN])
{
    content_hash(token, out);
}

void account_token_make(char out[TOKEN_TEXT_LEN], uint8_t out_hash[TOKEN_HASH_LEN])
{
    uint8_t bytes[32];
    char text[(sizeof bytes + 2) / 3 * 4];
    do { /* one that begins with a dash would be taken for a flag where people paste it */
        random_bytes(bytes, sizeof bytes);
        CHECK(base64url_of(bytes, sizeof bytes, text) == TOKEN_TEXT_LEN);
    } while (text[0] == '-');
    memcpy(out, text, TOKEN_TEXT_LEN);
    hash_of_token((str){out, TOKEN_TEXT_LEN}, out_hash);
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
    struct q_account_by_login row = {0};
    const err e = q_account_by_login(c->db, c->arena, name, &row);
    const bool known = e.code == ERR_OK && !row.disabled_ms.given;
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    const bool right = password_right(known ? row.password_text : STR_NONE, password);
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

static err session_open(struct ctx *c, const struct sign_in *s, int64_t home)
{
    const struct q_session_add_in in = {
        .token_hash = {(const char *)s->token_hash, sizeof s->token_hash},
        .account_id = s->account_id,
        .session_secret = {(const char *)s->secret, sizeof s->secret},
        .created_ms = c->now_ms,
        .expires_ms = c->now_ms + (int64_t)SESSION_SECONDS * 1000,
    };
    TRY(q_session_add(c->db, &in, NULL));
    return account_audit(c, S("account.signed_in"), home, s->account_id);
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
    if (!still_right(s, &row)) {
        TRY(sign_in_wrong_try(c, s->login, row.home, s->account_id));
        *out = SIGN_IN_WRONG;
        return OK;
    }
    if (row.must_change_flag != 0) {
        *out = SIGN_IN_CHANGE;
        return OK;
    }
    TRY(session_open(c, s, row.home));
    *out = SIGN_IN_OK;
    return OK;
}

err first_password_check(struct ctx *c, str login, const uint8_t mark[PASSWORD_MARK_LEN], str password,
                         struct sign_in *out, char out_token[TOKEN_TEXT_LEN])
{
    struct q_account_by_login row;
    const err e = q_account_by_login(c->db, c->arena, login, &row);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND) {
        return e;
    }
    struct sign_in s = {.verdict = SIGN_IN_WRONG, .login = login};
    if (e.code == ERR_OK && password_has_mark(row.password_text, mark)) {
        if (password_right(row.password_text, password)) {
            return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_PASSWORD_SAME, "password");
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
    if (!still_right(s, &row) || row.must_change_flag == 0) {
        *out = SIGN_IN_WRONG;
        return OK;
    }
    TRY(q_account_change_password(c->db, encoded, row.id, NULL));
    TRY(account_audit(c, S("account.password_changed"), row.home, row.id));
    TRY(session_open(c, s, row.home));
    *out = SIGN_IN_OK;
    return OK;
}

err sign_out(struct ctx *c, int64_t account_id, const uint8_t secret[SESSION_SECRET_LEN])
{
    TRY(q_session_end(c->db, account_id, (str){(const char *)secret, SESSION_SECRET_LEN}, NULL));
    return account_audit(c, S("account.signed_out"), c->actor.home, account_id);
}

err account_of_session(struct ctx *c, str token, struct account *out, uint8_t out_secret[SESSION_SECRET_LEN])
{
    if (token.n != TOKEN_TEXT_LEN) {
        return FAIL(NOT_FOUND);
    }
    uint8_t hash[TOKEN_HASH_LEN];
    hash_of_token(token, hash);
    struct q_session_find row;
    TRY(q_session_find(c->db, c->arena, (str){(const char *)hash, sizeof hash}, c->now_ms, &row));
    if (row.session_secret.n != SESSION_SECRET_LEN) {
        return FAIL(BUG);
    }
    *out = (struct account){.id = row.id,
                            .login = row.login_code,
                            .name = row.name_text,
                            .role = (enum role)row.role_no,
                            .home = row.home,
                            .unit_id = row.unit_id.v,
                            .office_id = row.office_id.v};
    memcpy(out_secret, row.session_secret.p, SESSION_SECRET_LEN);
    return OK;
}

err account_of_token(struct ctx *c, str token, struct account *out)
{
    if (token.n != TOKEN_TEXT_LEN) {
        return FAIL(NOT_FOUND);
    }
    uint8_t hash[TOKEN_HASH_LEN];
    hash_of_token(token, hash);
    struct q_token_find row;
    TRY(q_token_find(c->db, c->arena, (str){(const char *)hash, sizeof hash}, &row));
    *out = (struct account){.id = row.id,
                            .login = row.login_code,
                            .name = row.name_text,
                            .role = (enum role)row.role_no,
                            .home = row.home,
                            .unit_id = row.unit_id.v,
                            .office_id = row.office_id.v};
    return OK;
}

err account_token_create(struct ctx *c, str login, const uint8_t hash[TOKEN_HASH_LEN])
{
    struct account a;
    TRY(account_find(c, login, &a));
    const struct q_token_add_in in = {
        .token_hash = {(const char *)hash, TOKEN_HASH_LEN}, .account_id = a.id, .created_ms = c->now_ms};
    TRY(q_token_add(c->db, &in, NULL));
    return account_audit(c, S("account.token_created"), a.home, a.id);
}

err session_expire(struct ctx *c, int64_t *out_done)
{
    int64_t sessions = 0;
    int64_t tries = 0;
    TRY(q_session_remove_old(c->db, c->now_ms, &sessions));
    TRY(tries_forget_old(c, &tries));
    *out_done = sessions + tries;
    return OK;
}
