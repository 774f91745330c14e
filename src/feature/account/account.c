/* account.c: people who work here: made, disabled, given a password. */
#include "account_inside.h"

#include "audit.h"
#include "msg.h"
#include "tries.h"

str login_fold(struct arena *a, str typed)
{
    const str name = str_trim(typed);
    char *p = arena_array_of(a, char, name.n + 1);
    if (p == NULL) {
        return STR_NONE;
    }
    for (size_t i = 0; i < name.n; i++) {
        const char ch = name.p[i];
        p[i] = ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
    }
    return (str){p, name.n};
}

static bool login_valid(str login)
{
    if (login.n < LOGIN_MIN || login.n > LOGIN_MAX) {
        return false;
    }
    for (size_t i = 0; i < login.n; i++) {
        const char ch = login.p[i];
        const bool word = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9');
        const bool inner = i > 0 && (ch == '.' || ch == '-' || ch == '_');
        if (!word && !inner) {
            return false;
        }
    }
    return true;
}

err account_role_find(struct ctx *c, str name, enum role *out)
{
    for (enum role r = ROLE_DESK; r <= ROLE_ADMIN; r++) {
        if (str_eq(name, str_of(role_name(r)))) {
            *out = r;
            return OK;
        }
    }
    return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_ROLE_UNKNOWN, "role");
}

struct actor account_actor(const struct account *a)
{
    return (struct actor){
        .role = a->role, .user_id = a->id, .home = a->home, .office_id = a->office_id, .unit_id = a->unit_id};
}

err account_audit(struct ctx *c, str event, int64_t home, int64_t account_id)
{
    const struct audit_entry entry = {.event = event,
                                      .home = home,
                                      .subject_kind = S("account"),
                                      .subject_id = account_id,
                                      .detail = STR_NONE};
    return audit_add(c, &entry);
}

static err account_check(struct ctx *c, const struct account_new *n, str login)
{
    if (!login_valid(login)) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_LOGIN_WRONG, "login");
    }
    if (n->name.n == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_NAME_MISSING, "name");
    }
    if (n->role < ROLE_DESK || n->role > ROLE_ADMIN) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_ROLE_UNKNOWN, "role");
    }
    return OK;
}

static int64_t code_until(const struct ctx *c)
{
    return c->now_ms + (int64_t)CODE_HOURS * 3600 * 1000;
}

err account_create(struct ctx *c, const struct account_new *n, int64_t *out_id)
{
    const str login = login_fold(c->arena, n->login);
    TRY(account_check(c, n, login));
    TRY(account_place_check(c, n));
    struct q_account_get there;
    const err e = q_account_by_login(c->db, c->arena, login, &there);
    if (e.code == ERR_OK) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_ACCOUNT_LOGIN_TAKEN, "login");
    }
    if (e.code != ERR_NOT_FOUND) {
        return e;
    }
    const struct q_account_add_in in = {
        .id = id_next(c),
        .login_code = login,
        .name_text = n->name,
        .role_no = (int64_t)n->role,
        .home = n->home,
        .unit_id = n->unit_id != 0 ? SOME(n->unit_id) : NONE_I64,
        .office_id = n->office_id != 0 ? SOME(n->office_id) : NONE_I64,
        .password_text = n->password_hash,
        .password_ms = c->now_ms,
        .code_until_ms = n->must_change ? SOME(code_until(c)) : NONE_I64,
        .code_by_id = n->must_change ? SOME(c->actor.user_id) : NONE_I64,
        .created_ms = c->now_ms,
    };
    TRY(q_account_add(c->db, &in, NULL));
    TRY(account_audit(c, S("account.created"), n->home, in.id));
    *out_id = in.id;
    return OK;
}

/* The row of an account that is not disabled. */
static err account_active(struct ctx *c, str login, struct q_account_get *out)
{
    struct q_account_get row;
    const err e = q_account_by_login(c->db, c->arena, login, &row);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && row.disabled_ms.given)) {
        return fail_set(c->fail, ERR_NOT_FOUND, MSG_ACCOUNT_LOGIN_UNKNOWN, "login");
    }
    TRY(e);
    *out = row;
    return OK;
}

err account_find(struct ctx *c, str login, struct account *out)
{
    struct q_account_get row;
    TRY(account_active(c, login, &row));
    *out = (struct account){.id = row.id,
                            .login = row.login_code,
                            .name = row.name_text,
                            .role = (enum role)row.role_no,
                            .home = row.home,
                            .unit_id = row.unit_id.v,
                            .office_id = row.office_id.v};
    return OK;
}

err account_disable(struct ctx *c, str login)
{
    struct q_account_get row;
    const err e = q_account_by_login(c->db, c->arena, login, &row);
    if (e.code == ERR_NOT_FOUND) {
        return fail_set(c->fail, ERR_NOT_FOUND, MSG_ACCOUNT_LOGIN_UNKNOWN, "login");
    }
    TRY(e);
    if (row.disabled_ms.given) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_ACCOUNT_DISABLED_ALREADY, NULL);
    }
    if (row.id == c->actor.user_id) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_ACCOUNT_NOT_OWN, NULL);
    }
    TRY(q_account_set_disabled(c->db, SOME(c->now_ms), row.id, NULL));
    TRY(q_session_end_all(c->db, row.id, NULL));
    TRY(q_token_revoke_all(c->db, SOME(c->now_ms), row.id, NULL));
    return account_audit(c, S("account.disabled"), row.home, row.id);
}

err account_password_set(struct ctx *c, str login, str encoded)
{
    struct q_account_get row;
    TRY(account_active(c, login, &row));
    const struct q_account_set_code_in in = {.password_text = encoded,
                                             .password_ms = c->now_ms,
                                             .code_until_ms = SOME(code_until(c)),
                                             .code_by_id = SOME(c->actor.user_id),
                                             .id = row.id};
    TRY(q_account_set_code(c->db, &in, NULL));
    TRY(q_session_end_all(c->db, row.id, NULL));
    TRY(q_token_revoke_all(c->db, SOME(c->now_ms), row.id, NULL));
    TRY(tries_forget(c, TRIES_LOGIN, login));
    return account_audit(c, S("account.password_set"), row.home, row.id);
}
