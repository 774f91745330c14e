/* password.c: passwords hashed, made, and changed by those whose they are. */
#include <sodium.h>

#include "account_inside.h"
#include "buf.h"
#include "digits.h"
#include "msg.h"
#include "random.h"

enum { HASH_PASSES = 3, HASH_BYTES = 19 * 1024 * 1024 };

/* Of a random password that nobody has: verified against for unknown logins, so that they take as long. Same
 * parameters as HASH_PASSES and HASH_BYTES. */
static const char nobody_hash[crypto_pwhash_STRBYTES] =
    "$argon2id$v=19$m=19456,t=3,p=1$9BXMBeez5o4njPw/mJGdYQ$BxwUlNzxLwryfJHKMpwNX3E1yIrhY7+hN8i1623v3cg";

static err hash(struct ctx *c, str password, str *out_encoded)
{
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

err password_hash(struct ctx *c, str password, str *out_encoded)
{
    if (!str_utf8(password) || str_chars(password) < PASSWORD_MIN || str_chars(password) > PASSWORD_MAX) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_PASSWORD_LENGTH, "password");
    }
    if (password_is_frequent(password)) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_PASSWORD_FREQUENT, "password");
    }
    return hash(c, password, out_encoded);
}

void password_make(char out[PASSWORD_MADE_LEN])
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* without i l o 0 1 */
    for (size_t i = 0; i < PASSWORD_MADE_LEN; i++) {
        out[i] = i % 5 == 4 ? '-' : letters[random_below(sizeof letters - 1)];
    }
}

static bool code_letter(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9');
}

str code_normal(struct arena *a, str typed)
{
    SCOPED(buf_free) struct buf b = buf_new(typed.n + 1);
    for (size_t i = 0; i < typed.n;) {
        const uint32_t cp = str_next(typed, &i);
        const int digit = digit_value(cp);
        char ch = digit >= 0 ? (char)('0' + digit) : cp < 0x80 ? (char)cp : ' ';
        ch = ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
        if (code_letter(ch)) {
            buf_putc(&b, ch);
        }
    }
    return arena_str(a, buf_str(&b));
}

err code_hash(struct ctx *c, str code, str *out_encoded)
{
    const str normal = code_normal(c->arena, code);
    return normal.p == NULL ? FAIL(LIMIT) : hash(c, normal, out_encoded);
}

bool password_right(str encoded, str typed)
{
    char text[crypto_pwhash_STRBYTES] = {0};
    const bool known = encoded.n > 0 && encoded.n < sizeof text;
    if (known) {
        memcpy(text, encoded.p, encoded.n);
    } else {
        memcpy(text, nobody_hash, sizeof text);
    }
    return crypto_pwhash_str_verify(text, typed.p != NULL ? typed.p : "", typed.n) == 0 && known;
}

err password_keep(struct ctx *c, int64_t account_id, str encoded)
{
    const struct q_account_change_password_in in = {
        .password_text = encoded, .password_ms = c->now_ms, .id = account_id};
    return q_account_change_password(c->db, &in, NULL);
}

void password_mark(str encoded, uint8_t out[PASSWORD_MARK_LEN])
{
    content_hash(encoded, out);
}

bool password_has_mark(str encoded, const uint8_t mark[PASSWORD_MARK_LEN])
{
    uint8_t own[PASSWORD_MARK_LEN];
    password_mark(encoded, own);
    return secret_eq(own, mark, sizeof own);
}

err password_new_check(struct ctx *c, str old, str password, str again)
{
    if (!str_eq(password, again)) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_PASSWORD_AGAIN_WRONG, "again");
    }
    if (str_eq(password, old)) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_PASSWORD_SAME, "password");
    }
    return OK;
}

err password_check(struct ctx *c, str password, enum sign_in_verdict *out,
                   uint8_t out_mark[PASSWORD_MARK_LEN])
{
    struct q_account_get row;
    bool wait;
    TRY(q_account_get(c->db, c->arena, c->actor.user_id, &row));
    TRY(sign_in_must_wait(c, row.login_code, &wait));
    password_mark(row.password_text, out_mark);
    if (wait) {
        *out = SIGN_IN_WAIT;
        return OK;
    }
    *out = password_right(row.password_text, password) ? SIGN_IN_OK : SIGN_IN_WRONG;
    return OK;
}

err password_change(struct ctx *c, const struct password_change *p, enum sign_in_verdict *out)
{
    struct q_account_get row;
    bool wait;
    TRY(q_account_get(c->db, c->arena, c->actor.user_id, &row));
    TRY(sign_in_must_wait(c, row.login_code, &wait));
    if (wait || p->checked == SIGN_IN_WAIT) {
        *out = SIGN_IN_WAIT;
        return OK;
    }
    if (p->checked != SIGN_IN_OK || row.disabled_ms.given || !password_has_mark(row.password_text, p->mark)) {
        TRY(sign_in_wrong_try(c, row.login_code, row.home, row.id));
        *out = SIGN_IN_WRONG;
        return OK;
    }
    TRY(password_keep(c, row.id, p->encoded));
    TRY(q_session_end_others(c->db, row.id, (str){(const char *)p->secret, SESSION_SECRET_LEN}, NULL));
    TRY(account_audit(c, S("account.password_changed"), row.home, row.id));
    *out = SIGN_IN_OK;
    return OK;
}
