/* account.c: people who work here: made, and found again. */
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
    for (enum role r = ROLE_DESK; r <= ROLE_MANAGER; r++) {
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
    if (n->role < ROLE_DESK || n->role > ROLE_MANAGER) {
        return fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_ROLE_UNKNOWN, "role");
    }
    return OK;
}

/* She makes accounts only for those whom she then looks after. */
static err creates_check(struct ctx *c, const struct account_new *n)
{
    const struct account new = {.role = n->role, .home = n->home, .unit_id = n->unit_id};
    bool manages;
    TRY(account_manages(c, &new, &manages));
    return manages ? OK : fail_set(c->fail, ERR_INVALID, MSG_ACCOUNT_NOT_YOURS, "role");
}

err account_create(struct ctx *c, const struct account_new *n, int64_t *out_id)
{
    const str login = login_fold(c->arena, n->login);
    TRY(account_check(c, n, login));
    TRY(account_place_check(c, n));
    TRY(creates_check(c, n));
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
        .code_until_ms = n->one_time ? SOME(code_until(c)) : NONE_I64,
        .code_by_id = n->one_time ? SOME(c->actor.user_id) : NONE_I64,
        .created_ms = c->now_ms,
    };
    TRY(q_account_add(c->db, &in, NULL));
    TRY(account_contact_set(c, in.id, S("phone"), n->phone));
    TRY(account_contact_set(c, in.id, S("cnic"), n->cnic));
    TRY(account_audit(c, S("account.created"), n->home, in.id));
    if (n->one_time) {
        TRY(account_audit(c, S("account.code_made"), n->home, in.id));
    }
    *out_id = in.id;
    return OK;
}

struct account account_of_row(const struct q_account_get *row)
{
    return (struct account){.id = row->id,
                            .login = row->login_code,
                            .name = row->name_text,
                            .role = (enum role)row->role_no,
                            .home = row->home,
                            .unit_id = row->unit_id.v,
                            .office_id = row->office_id.v};
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
    struct q_account_get row = {0};
    TRY(account_active(c, login, &row));
    *out = account_of_row(&row);
    return OK;
}
