/* sign_in.c: passwords, wrong tries, sessions and tokens. */
#include <sodium.h>

#include "account.h"
#include "audit.h"
#include "check.h"
#include "msg.h"
#include "random.h"
#include "tries.h"

enum { HASH_PASSES = 3, HASH_BYTES = 19 * 1024 * 1024 };

/* Of a random password that nobody has: verified against for unknown logins, so that they take as long. Same
 * parameters as HASH_PASSES and HASH_BYTES. */
static const char nobody_hash[crypto_pwhash_STRBYTES] =
    "$argon2id$v=19$m=19456,t=3,p=1$9BXMBeez5o4njPw/mJGdYQ$BxwUlNzxLwryfJHKMpwNX3E1yIrhY7+hN8i1623v3cg";

err password_hash(struct ctx *c, str password, str *out_encoded)
{
    if (!str_utf8(password) || str_chars(password) < PASSWORD_MIN || str_chars(password) > PASSWORD_MAX) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_PASSWORD_LENGTH, "password");
    }
    char encoded[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(encoded, password.p, password.n, HASH_PASSES, HASH_BYTES,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return fail_log(c->fail, ERR_IO, "no memory to hash a password");
    }
    const str kept = arena_str(c->arena, str_of(encoded));
    if (kept.p == NULL) {
        return FAIL(LIMIT);
    }
    *out_encoded = kept;
    return OK;
}

void password_make(char out[PASSWORD_MADE_LEN])
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* without i l o 0 1 */
    for (size_t i = 0; i < PASSWORD_MADE_LEN; i++) {
        out[i] = i % 5 == 4 ? '-' : letters[random_below(sizeof letters - 1)];
    }
}

static err must_wait(struct ctx *c, str login, bool *out)
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

/* Logins are lower case; a telephone's keyboard starts with a capital. */
static str lower_of(struct arena *a, str typed)
{
    char *p = arena_array_of(a, char, typed.n + 1);
    if (p == NULL) {
        return STR_NONE;
    }
    for (size_t i = 0; i < typed.n; i++) {
        const char ch = typed.p[i];
        p[i] = ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
    }
    return (str){p, typed.n};
}

err sign_in_check(struct ctx *c, str login, str password, struct sign_in *out, char out_token[TOKEN_TEXT_LEN])
{
    const str name = lower_of(c->arena, str_trim(login));
    if (arena_full(c->arena)) {
        return FAIL(LIMIT);
    }
    struct sign_in s = {.verdict = SIGN_IN_WAIT, .login = name};
    bool wait;
    TRY(must_wait(c, name, &wait));
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
    char encoded[crypto_pwhash_STRBYTES] = {0};
    if (known && row.password_text.n < sizeof encoded) {
        memcpy(encoded, row.password_text.p, row.password_text.n);
    } else {
        memcpy(encoded, nobody_hash, sizeof encoded);
    }
    const bool right =
        crypto_pwhash_str_verify(encoded, password.p != NULL ? password.p : "", password.n) == 0;
    s.account_id = known ? row.id : 0;
    s.verdict = known && right ? SIGN_IN_OK : SIGN_IN_WRONG;
    account_token_make(out_token, s.token_hash);
    random_bytes(s.secret, sizeof s.secret);
    *out = s;
    return OK;
}

static err sign_in_audit(struct ctx *c, str event, int64_t home, int64_t account_id)
{
    const struct audit_entry entry = {.event = event,
                                      .home = home,
                                      .subject_kind = S("account"),
                                      .subject_id = account_id,
                                      .detail = STR_NONE};
    return audit_add(c, &entry);
}

/* Counted and audited up to the bound and not beyond: who goes on guessing fills no disk. */
static err wrong_try(struct ctx *c, const struct sign_in *s, int64_t home)
{
    TRY(tries_note(c, TRIES_LOGIN, s->login));
    TRY(sign_in_audit(c, S("account.sign_in_wrong"), home, s->account_id));
    bool wait;
    TRY(must_wait(c, s->login, &wait));
    return wait ? sign_in_audit(c, S("account.sign_in_refused"), home, s->account_id) : OK;
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
    return sign_in_audit(c, S("account.signed_in"), home, s->account_id);
}

err sign_in_write(struct ctx *c, const struct sign_in *s, enum sign_in_verdict *out)
{
    bool wait;
    TRY(must_wait(c, s->login, &wait));
    if (wait || s->verdict == SIGN_IN_WAIT) {
        *out = SIGN_IN_WAIT;
        return OK;
    }
    struct q_account_get row = {0};
    if (s->account_id != 0) {
        TRY(q_account_get(c->db, c->arena, s->account_id, &row));
    }
    if (s->verdict == SIGN_IN_OK && s->account_id != 0 && !row.disabled_ms.given) {
        TRY(session_open(c, s, row.home));
        *out = SIGN_IN_OK;
        return OK;
    }
    TRY(wrong_try(c, s, row.home));
    *out = SIGN_IN_WRONG;
    return OK;
}

err sign_out(struct ctx *c, int64_t account_id, const uint8_t secret[SESSION_SECRET_LEN])
{
    TRY(q_session_end(c->db, account_id, (str){(const char *)secret, SESSION_SECRET_LEN}, NULL));
    return sign_in_audit(c, S("account.signed_out"), c->actor.home, account_id);
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
    return sign_in_audit(c, S("account.token_created"), a.home, a.id);
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
