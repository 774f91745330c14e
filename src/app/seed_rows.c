/* seed_rows.c: the offices and people of the demonstration into tables. */
#include "seed_rows.h"

#include "account.h"
#include "audit.h"
#include "clock.h"
#include "lang.h"
#include "meta.sql.h"
#include "place.h"
#include "portal_seed.h"
#include "reference.h"
#include "seed.sql.h"

static const struct seed_labels body_names = {S_INIT("name"), S_INIT("body"), 1u << LANG_PS};

static err body_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    struct seed_known k = {.id = id_next(s->c)};
    const struct seed_known *unit;
    TRY(seed_cell(t, row, S("code"), &k.code));
    TRY(seed_cell(t, row, S("kind"), &k.kind));
    TRY(seed_ref(&s->units, t, row, S("unit"), &unit));
    k.unit_id = unit->id;
    k.district_id = unit->district_id;
    const struct q_seed_body_add_in in = {
        .id = k.id,
        .body_code = k.code,
        .body_kind_code = k.kind,
        .unit_id = k.unit_id,
        .home = k.district_id != 0 ? SOME(k.district_id) : NONE_I64,
        .valid_from_day = SEED_FROM_DAY,
        .valid_to_day = DAY_OPEN,
    };
    TRY(q_seed_body_add(s->c->db, &in, NULL));
    TRY(seed_note(&s->bodies, &k));
    return seed_labels_add(s->c, t, row, &body_names, k.id);
}

/* Municipal services are answered for by the kind of office that services.csv names, each in its own unit;
 * all others are handed over. */
static err answers_add(struct seeding *s, const struct seed_table *t, size_t row)
{
    const struct seed_known *service;
    str kind;
    TRY(seed_ref(&s->services, t, row, S("code"), &service));
    TRY(seed_cell(t, row, S("answered_by"), &kind));
    for (size_t i = 0; kind.n > 0 && i < s->bodies.n; i++) {
        if (!str_eq(s->bodies.all[i].kind, kind)) {
            continue;
        }
        const struct q_seed_service_body_add_in in = {
            .service_id = service->id,
            .unit_id = s->bodies.all[i].unit_id,
            .body_id = s->bodies.all[i].id,
            .valid_from_day = SEED_FROM_DAY,
            .valid_to_day = DAY_OPEN,
        };
        TRY(q_seed_service_body_add(s->c->db, &in, NULL));
    }
    return OK;
}

static err users_add(struct ctx *c, const struct seed_user *users, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct seed_user *u = &users[i];
        struct account_place at;
        struct account_new new = {.login = u->login, .name = u->name, .password_hash = u->hash};
        int64_t id;
        TRY(account_role_find(c, u->role, &new.role));
        TRY(account_place_find(c, u->district, u->office, &at));
        new.home = at.home;
        new.unit_id = at.unit_id;
        new.office_id = at.office_id;
        TRY(account_create(c, &new, &id));
    }
    return OK;
}

err seed_users(struct ctx *c, struct seed_user **out, size_t *out_n)
{
    struct seed_table t;
    TRY(seed_read(c->arena, S("users.csv"), &t));
    struct seed_user *users = arena_array_of(c->arena, struct seed_user, t.n);
    if (users == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < t.n; i++) {
        struct seed_user *u = &users[i];
        TRY(seed_cell(&t, i, S("login"), &u->login));
        TRY(seed_cell(&t, i, S("role"), &u->role));
        TRY(seed_cell(&t, i, S("district"), &u->district));
        TRY(seed_cell(&t, i, S("office"), &u->office));
        TRY(seed_cell(&t, i, S("name"), &u->name));
        char made[PASSWORD_MADE_LEN];
        password_make(made);
        u->password = arena_str(c->arena, (str){made, sizeof made});
        TRY(password_hash(c, u->password, &u->hash));
    }
    *out = users;
    *out_n = t.n;
    return OK;
}

err seed_write(struct ctx *c, const struct seed_user *users, size_t users_n)
{
    struct seeding s;
    TRY(seeding_begin(c, &s));
    TRY(reference_write(&s));
    TRY(portals_write(&s));
    TRY(seed_each(&s, S("bodies.csv"), body_add));
    TRY(seed_each(&s, S("services.csv"), answers_add));
    TRY(users_add(c, users, users_n));
    TRY(q_meta_put(c->db, S("demo"), S("1"), NULL));
    const struct audit_entry entry = {
        .event = S("demo.seeded"), .subject_kind = STR_NONE, .detail = STR_NONE};
    return audit_add(c, &entry);
}
