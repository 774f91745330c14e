/* seed_rows.c: the offices and people of the demonstration into tables. */
#include "seed_rows.h"

#include "account.h"
#include "audit.h"
#include "catalogue_import.h"
#include "meta.sql.h"
#include "place_import.h"
#include "reference.h"
#include "rota.h"

/* The demonstration's own lists come in the way a district's do. */
static err lists_read(struct ctx *c, struct import_report *r)
{
    const struct council_days days = {.from_day = SEED_FROM_DAY};
    str offices;
    str councils;
    str localities;
    TRY(seed_text(S("bodies.csv"), &offices));
    TRY(seed_text(S("councils.csv"), &councils));
    TRY(seed_text(S("localities.csv"), &localities));
    TRY(catalogue_import_offices(c, offices, SEED_FROM_DAY, r));
    TRY(place_import_councils(c, councils, &days, r));
    return place_import_localities(c, localities, r);
}

static err lists_add(struct ctx *c)
{
    enum { SAID_MAX = 4000 };
    struct import_report r = {.said = buf_new(SAID_MAX)};
    const err e = lists_read(c, &r);
    const str said = buf_str(&r.said);
    if (said.n > 0) {
        IGNORE(fail_log(c->fail, e.code, "%.*s", STR_F(said))); /* e is returned */
    }
    buf_free(&r.said);
    return e;
}

err seed_offices(struct ctx *c, str file, int64_t from_day)
{
    enum { SAID_MAX = 4000 };
    struct import_report r = {.said = buf_new(SAID_MAX)};
    str offices;
    err e = seed_text(file, &offices);
    if (e.code == ERR_OK) {
        e = catalogue_import_offices(c, offices, from_day, &r);
    }
    const str said = buf_str(&r.said);
    if (said.n > 0) {
        IGNORE(fail_log(c->fail, e.code, "%.*s", STR_F(said))); /* e is returned */
    }
    buf_free(&r.said);
    return e;
}

err seed_users_add(struct ctx *c, const struct seed_user *users, size_t n)
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

err seed_users(struct ctx *c, str file, struct seed_user **out, size_t *out_n)
{
    struct seed_table t;
    TRY(seed_read(c->arena, file, &t));
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

/* In whose house each desk of the demonstration stands, and its week. */
static err desks_describe(struct ctx *c)
{
    enum { MONDAY = 1, FRIDAY = 5, OPENS = 9 * 60, CLOSES = 15 * 60 };
    static const struct {
        str desk, host;
    } desks[] = {{S_INIT("PK526-WFD"), S_INIT("PK52601-TMA")}, {S_INIT("PK511-WFD"), S_INIT("PK51102-TMA")}};
    for (size_t i = 0; i < sizeof desks / sizeof desks[0]; i++) {
        struct account_place at;
        struct q_rota_desk desk;
        const struct profile_new about = {.host = desks[i].host,
                                          .run_by = S("host"),
                                          .operator_name = S(""),
                                          .letter = S(""),
                                          .letter_by = S(""),
                                          .funder = S(""),
                                          .room = S(""),
                                          .phone = S("")};
        TRY(account_place_find(c, S(""), desks[i].desk, &at));
        TRY(q_rota_desk_get(c->db, c->arena, at.office_id, &desk));
        TRY(profile_set(c, &desk, &about));
        for (int64_t day = MONDAY; day <= FRIDAY; day++) {
            TRY(hours_set(c, &desk, day, OPENS, CLOSES));
        }
    }
    return OK;
}

err seed_write(struct ctx *c, const struct seed_user *users, size_t users_n)
{
    TRY(reference_write(c));
    TRY(lists_add(c));
    TRY(seed_users_add(c, users, users_n));
    TRY(desks_describe(c));
    return seed_marked(c, S("demo.seeded"));
}

err seed_marked(struct ctx *c, str event)
{
    TRY(q_meta_put(c->db, S("demo"), S("1"), NULL));
    const struct audit_entry entry = {.event = event, .subject_kind = STR_NONE, .detail = STR_NONE};
    return audit_add(c, &entry);
}
