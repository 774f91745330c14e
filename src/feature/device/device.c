/* device.c: see device.h. */
#include "device.h"

#include "audit.h"
#include "lang.h"
#include "msg.h"
#include "random.h"

enum { TOKEN_HASH = 32 };

static str hash_of_token(struct ctx *c, str token)
{
    uint8_t hash[TOKEN_HASH];
    content_hash(token, hash);
    return arena_str(c->arena, (str){(const char *)hash, sizeof hash});
}

err device_audit(struct ctx *c, const struct q_device_get *d, str event, str detail)
{
    const struct audit_entry e = {
        .event = event, .home = d->home, .subject_kind = S("device"), .subject_id = d->id, .detail = detail};
    return audit_add(c, &e);
}

struct actor device_actor(const struct q_account_get *a)
{
    return (struct actor){.role = (enum role)a->role_no,
                          .user_id = a->id,
                          .home = a->home,
                          .office_id = a->office_id.given ? a->office_id.v : 0,
                          .unit_id = a->unit_id.given ? a->unit_id.v : 0};
}

/* ---- who there is ---- */

/* The desk whose devices she sees; 0: all of her district. */
static int64_t desk_of(const struct ctx *c)
{
    const bool above = c->actor.role == ROLE_SUPERVISOR || c->actor.role == ROLE_ADC;
    return above ? 0 : c->actor.office_id;
}

err device_by_cookie(struct ctx *c, str token, struct q_device_get *out)
{
    return token.n != DEVICE_TOKEN_LEN ? FAIL(NOT_FOUND)
                                       : q_device_by_token(c->db, c->arena, hash_of_token(c, token), out);
}

err device_find(struct ctx *c, str code, struct q_device_get *out)
{
    struct q_device_get d;
    const int64_t desk = desk_of(c);
    TRY(q_device_by_code(c->db, c->arena, code, &d));
    if (c->actor.home == 0 || d.home != c->actor.home || (desk != 0 && d.desk_id != desk)) {
        return FAIL(NOT_FOUND);
    }
    *out = d;
    return OK;
}

err device_list(struct ctx *c, struct q_device_list **out, size_t *out_n)
{
    const struct q_device_list_in in = {
        .lang_code = lang_table[c->lang].code, .home = c->actor.home, .desk_is_id = desk_of(c)};
    return q_device_list(c->db, c->arena, &in, out, out_n);
}

/* ---- enrolled ---- */

/* Without letters and digits that are mistaken for one another. */
static str code_draw(struct ctx *c)
{
    static const char signs[] = "23456789ACDEFGHJKMNPQRTUVWXY";
    char code[DEVICE_CODE_LEN];
    for (size_t i = 0; i < sizeof code; i++) {
        code[i] = signs[random_below(sizeof signs - 1)];
    }
    return arena_str(c->arena, (str){code, sizeof code});
}

static err code_free(struct ctx *c, str *out)
{
    enum { DRAWS = 20 };
    for (int i = 0; i < DRAWS; i++) {
        struct q_device_get taken;
        const str code = code_draw(c);
        const err e = q_device_by_code(c->db, c->arena, code, &taken);
        if (e.code == ERR_NOT_FOUND) {
            *out = code;
            return OK;
        }
        TRY(e);
    }
    return FAIL(LIMIT);
}

err device_enrol(struct ctx *c, str name, str token, str *out_code)
{
    struct q_device_list *all;
    size_t n;
    TRY(device_list(c, &all, &n));
    if (n >= DEVICES_MAX) {
        return fail_set(c->fail, ERR_LIMIT, MSG_DEVICE_ENOUGH, "name");
    }
    if (c->actor.home == 0 || c->actor.office_id == 0) {
        return FAIL(DENIED);
    }
    struct q_device_add_in row = {.home = c->actor.home,
                                  .id = id_next(c),
                                  .desk_id = c->actor.office_id,
                                  .name_text = name,
                                  .token_hash = hash_of_token(c, token),
                                  .enrolled_by_id = c->actor.user_id,
                                  .enrolled_ms = c->now_ms,
                                  .seen_ms = c->now_ms};
    TRY(code_free(c, &row.device_code));
    TRY(q_device_add(c->db, &row, NULL));
    *out_code = row.device_code;
    const struct q_device_get d = {.home = row.home, .id = row.id};
    return device_audit(c, &d, S("device.enrolled"),
                        arena_printf(c->arena, "code=%.*s", STR_F(row.device_code)));
}

err device_revoke(struct ctx *c, str code, str why)
{
    struct q_device_get d;
    TRY(device_find(c, code, &d));
    if (d.revoked_ms.given) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_DEVICE_REVOKED_BEFORE, NULL);
    }
    const struct q_device_revoke_in row = {.revoked_ms = SOME(c->now_ms),
                                           .revoked_by_id = SOME(c->actor.user_id),
                                           .revoked_text = why,
                                           .home = d.home,
                                           .id = d.id};
    TRY(q_device_revoke(c->db, &row, NULL));
    return device_audit(c, &d, S("device.revoked"), STR_NONE);
}

/* ---- heard of ---- */

int64_t device_skew(const struct ctx *c, str clock)
{
    enum { MOST_DAYS = 3650 };
    const int64_t most = (int64_t)MOST_DAYS * 86400000;
    int64_t ms;
    if (!str_i64(clock, &ms) || ms < 0 || ms > c->now_ms + most) {
        return 0;
    }
    const int64_t skew = ms - c->now_ms;
    return skew < -most ? -most : skew;
}

err device_seen(struct ctx *c, const struct q_device_get *d, str clock)
{
    if (clock.n == 0) {
        const struct q_device_seen_at_in row = {.seen_ms = c->now_ms, .home = d->home, .id = d->id};
        return q_device_seen_at(c->db, &row, NULL);
    }
    const struct q_device_see_in row = {
        .seen_ms = c->now_ms, .skew_ms = device_skew(c, clock), .home = d->home, .id = d->id};
    return q_device_see(c->db, &row, NULL);
}

err device_given(struct ctx *c, const struct q_device_get *d)
{
    struct q_device_person_get was;
    const struct q_device_person_get_in in = {d->home, d->id, c->actor.user_id};
    const err e = q_device_person_get(c->db, c->arena, &in, &was);
    if (e.code != ERR_NOT_FOUND) {
        TRY(e);
    }
    const struct q_device_person_set_in row = {.home = d->home,
                                               .device_id = d->id,
                                               .account_id = c->actor.user_id,
                                               .first_ms = c->now_ms,
                                               .last_ms = c->now_ms};
    TRY(q_device_person_set(c->db, &row, NULL));
    return e.code == ERR_NOT_FOUND ? device_audit(c, d, S("device.given"), STR_NONE) : OK;
}

err device_wiped(struct ctx *c, const struct q_device_get *d)
{
    int64_t changed;
    const struct q_device_wiped_in row = {SOME(c->now_ms), d->home, d->id};
    TRY(q_device_wiped(c->db, &row, &changed));
    return changed > 0 ? device_audit(c, d, S("device.wiped"), STR_NONE) : OK;
}
