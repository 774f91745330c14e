/* session.c: sessions of the pages and tokens of the API: opened, found again, over. */
#include "account_inside.h"
#include "check.h"
#include "pool.h"
#include "random.h"
#include "tries.h"

enum {
    MS_PER_MINUTE = 60 * 1000,
    AHEAD_MINUTES = SESSION_IDLE_MINUTES /* a clock that was corrected by less ends no session */
};

void token_hash_of(str token, uint8_t out[TOKEN_HASH_LEN])
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
    token_hash_of((str){out, TOKEN_TEXT_LEN}, out_hash);
}

int64_t session_idle_since(const struct ctx *c)
{
    return c->now_ms - (int64_t)SESSION_IDLE_MINUTES * MS_PER_MINUTE;
}

err session_open(struct ctx *c, const struct sign_in *s, int64_t home)
{
    const struct q_session_add_in in = {
        .token_hash = {(const char *)s->token_hash, sizeof s->token_hash},
        .account_id = s->account_id,
        .session_secret = {(const char *)s->secret, sizeof s->secret},
        .device_code = s->on_phone ? S("phone") : S("computer"),
        .created_ms = c->now_ms,
        .used_ms = c->now_ms,
        .expires_ms = c->now_ms + (int64_t)SESSION_SECONDS * 1000,
    };
    TRY(q_session_add(c->db, &in, NULL));
    TRY(q_account_note_coming(c->db, SOME(c->now_ms), s->account_id, NULL));
    return account_audit(c, S("account.signed_in"), home, s->account_id);
}

/* ---- that it is used ---- */

struct touch_job {
    struct write_job base; /* first */
    uint8_t token_hash[TOKEN_HASH_LEN];
};

static err touch_run(struct ctx *c, struct write_job *base)
{
    const struct touch_job *job = (const struct touch_job *)base;
    const struct q_session_touch_in in = {
        .used_ms = c->now_ms,
        .token_hash = {(const char *)job->token_hash, sizeof job->token_hash},
        .before_ms = c->now_ms - MS_PER_MINUTE};
    return q_session_touch(c->db, &in, NULL);
}

static void touch_done(struct write_job *base, err result)
{
    IGNORE(result); /* the next request tries again */
    mem_free(base);
}

/* A session that was found to be over is removed, so that it does not live again when the clock is set back.
 */
static err drop_run(struct ctx *c, struct write_job *base)
{
    const struct touch_job *job = (const struct touch_job *)base;
    return q_session_drop(c->db, (str){(const char *)job->token_hash, sizeof job->token_hash}, NULL);
}

/* Nobody waits for it. */
static void note(struct ctx *c, const uint8_t token_hash[TOKEN_HASH_LEN],
                 err (*run)(struct ctx *, struct write_job *))
{
    struct touch_job *job = mem_new(sizeof *job);
    *job = (struct touch_job){
        .base = {.run = run, .done = touch_done, .actor = {.role = ROLE_SYSTEM}, .small = true}};
    memcpy(job->token_hash, token_hash, TOKEN_HASH_LEN);
    if (store_submit(c->store, &job->base).code != ERR_OK) {
        mem_free(job);
    }
}

static void drop_if_there(struct ctx *c, const uint8_t token_hash[TOKEN_HASH_LEN])
{
    struct q_session_there row;
    if (q_session_there(c->db, c->arena, (str){(const char *)token_hash, TOKEN_HASH_LEN}, &row).code ==
        ERR_OK) {
        note(c, token_hash, drop_run);
    }
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
    token_hash_of(token, hash);
    struct q_session_find row;
    const struct q_session_find_in in = {.token_hash = {(const char *)hash, sizeof hash},
                                         .expires_ms = c->now_ms,
                                         .idle_since_ms = session_idle_since(c),
                                         .not_after_ms = c->now_ms + (int64_t)AHEAD_MINUTES * MS_PER_MINUTE};
    const err e = q_session_find(c->db, c->arena, &in, &row);
    if (e.code == ERR_NOT_FOUND) {
        drop_if_there(c, hash);
    }
    TRY(e);
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
    if (row.used_ms < c->now_ms - MS_PER_MINUTE) {
        note(c, hash, touch_run);
    }
    return OK;
}

err account_of_token(struct ctx *c, str token, struct account *out)
{
    if (token.n != TOKEN_TEXT_LEN) {
        return FAIL(NOT_FOUND);
    }
    uint8_t hash[TOKEN_HASH_LEN];
    token_hash_of(token, hash);
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

/* ---- one's own ---- */

err account_session_list(struct ctx *c, struct q_session_list **out, size_t *out_n)
{
    const struct q_session_list_in in = {
        .account_id = c->actor.user_id, .expires_ms = c->now_ms, .idle_since_ms = session_idle_since(c)};
    return q_session_list(c->db, c->arena, &in, out, out_n);
}

err account_session_end(struct ctx *c, str token_hash)
{
    TRY(q_session_end_one(c->db, c->actor.user_id, token_hash, NULL));
    return account_audit(c, S("account.session_ended"), c->actor.home, c->actor.user_id);
}

err account_session_end_others(struct ctx *c, const uint8_t secret[SESSION_SECRET_LEN])
{
    const str own = {(const char *)secret, SESSION_SECRET_LEN};
    TRY(q_session_end_others(c->db, c->actor.user_id, own, NULL));
    return account_audit(c, S("account.sessions_ended"), c->actor.home, c->actor.user_id);
}

err account_token_list(struct ctx *c, struct q_token_list **out, size_t *out_n)
{
    return q_token_list(c->db, c->arena, c->actor.user_id, out, out_n);
}

err account_token_end(struct ctx *c, str token_hash)
{
    const struct q_token_revoke_in in = {
        .revoked_ms = SOME(c->now_ms), .account_id = c->actor.user_id, .token_hash = token_hash};
    TRY(q_token_revoke(c->db, &in, NULL));
    return account_audit(c, S("account.token_ended"), c->actor.home, c->actor.user_id);
}

/* ---- what is over ---- */

err session_expire(struct ctx *c, int64_t *out_done)
{
    int64_t sessions = 0;
    int64_t tries = 0;
    TRY(q_session_remove_old(c->db, c->now_ms, &sessions));
    TRY(tries_forget_old(c, &tries));
    *out_done = sessions + tries;
    return OK;
}
