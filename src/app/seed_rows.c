/* seed_rows.c: the files of seed/ into tables. A seed that does not fit together is a mistake of the program:
 * BUG. */
#include "seed_rows.h"

#include "account.h"
#include "audit.h"
#include "clock.h"
#include "csv.h"
#include "lang.h"
#include "meta.sql.h"
#include "place.h"
#include "seed.h"
#include "seed.sql.h"

enum {
    SEED_MAX = 64,            /* rows of one file */
    SEED_FROM_DAY = 20010814, /* places and offices: before any case there can be */
    TERM_FROM_DAY = 20220901  /* limits: the month of the notification */
};

struct table {
    const str *head;
    size_t columns;
    const str *rows[SEED_MAX];
    size_t n;
};

struct known {
    str code;
    str kind; /* of a body */
    int64_t id, unit_id, province_id, district_id;
};

struct seeding {
    struct ctx *c;
    struct known units[SEED_MAX], bodies[SEED_MAX];
    size_t units_n, bodies_n;
};

static err table_read(struct arena *a, str name, struct table *out)
{
    struct table t = {0};
    for (size_t i = 0; i < seeds_n; i++) {
        if (!str_eq(seeds[i].name, name)) {
            continue;
        }
        struct csv csv = csv_read(seeds[i].plain);
        TRY(csv_row(&csv, a, &t.head, &t.columns));
        size_t n;
        err e = OK;
        while (t.n < SEED_MAX && (e = csv_row(&csv, a, &t.rows[t.n], &n)).code == ERR_OK) {
            t.n++;
        }
        if (e.code != ERR_NOT_FOUND) {
            return FAIL(BUG);
        }
        *out = t;
        return OK;
    }
    return FAIL(BUG);
}

static err cell(const struct table *t, size_t row, str column, str *out)
{
    size_t at;
    TRY(csv_column(t->head, t->columns, column, &at));
    *out = t->rows[row][at];
    return OK;
}

static err cell_i64(const struct table *t, size_t row, str column, int64_t *out)
{
    str text;
    TRY(cell(t, row, column, &text));
    return str_i64(text, out) ? OK : FAIL(BUG);
}

/* Column 0 is always the code. */
static const struct known *known_find(const struct known *all, size_t n, str code)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].code, code)) {
            return &all[i];
        }
    }
    return NULL;
}

/* name_en, name_ur, name_ps: the Pashto ones are drafts. */
static err labels_add(struct ctx *c, const struct table *t, size_t row, str kind, int64_t id)
{
    static const str columns[LANG_N] = {
        [LANG_EN] = S_INIT("name_en"), [LANG_UR] = S_INIT("name_ur"), [LANG_PS] = S_INIT("name_ps")};
    for (int lang = 0; lang < LANG_N; lang++) {
        struct q_seed_label_add_in in = {.label_kind_code = kind,
                                         .id = id,
                                         .lang_code = lang_table[lang].code,
                                         .draft_flag = lang == LANG_PS};
        TRY(cell(t, row, columns[lang], &in.label_text));
        TRY(q_seed_label_add(c->db, &in, NULL));
    }
    return OK;
}

static struct opt_i64 some_or_none(int64_t id)
{
    return id != 0 ? SOME(id) : NONE_I64;
}

static err unit_add(struct seeding *s, const struct table *t, size_t row)
{
    struct known k = {.id = id_next(s->c)};
    int64_t level;
    str parent;
    TRY(cell(t, row, S("code"), &k.code));
    TRY(cell(t, row, S("parent"), &parent));
    TRY(cell_i64(t, row, S("level"), &level));
    const struct known *up = known_find(s->units, s->units_n, parent);
    if (up == NULL && parent.n > 0) {
        return FAIL(BUG);
    }
    if (up != NULL) {
        k.province_id = up->province_id;
        k.district_id = up->district_id;
    }
    k.province_id = level == LEVEL_PROVINCE ? k.id : k.province_id;
    k.district_id = level == LEVEL_DISTRICT ? k.id : k.district_id;
    const struct q_seed_unit_add_in in = {
        .id = k.id,
        .unit_code = k.code,
        .level_no = level,
        .parent_id = up != NULL ? SOME(up->id) : NONE_I64,
        .province_id = some_or_none(k.province_id),
        .district_id = some_or_none(k.district_id),
        .valid_from_day = SEED_FROM_DAY,
        .valid_to_day = DAY_OPEN,
    };
    TRY(q_seed_unit_add(s->c->db, &in, NULL));
    s->units[s->units_n++] = k;
    return labels_add(s->c, t, row, S("unit"), k.id);
}

static err body_add(struct seeding *s, const struct table *t, size_t row)
{
    struct known k = {.id = id_next(s->c)};
    str unit_code;
    TRY(cell(t, row, S("code"), &k.code));
    TRY(cell(t, row, S("kind"), &k.kind));
    TRY(cell(t, row, S("unit"), &unit_code));
    const struct known *unit = known_find(s->units, s->units_n, unit_code);
    if (unit == NULL || unit->district_id == 0) {
        return FAIL(BUG);
    }
    k.unit_id = unit->id;
    k.district_id = unit->district_id;
    const struct q_seed_body_add_in in = {
        .id = k.id,
        .body_code = k.code,
        .body_kind_code = k.kind,
        .unit_id = k.unit_id,
        .home = k.district_id,
        .valid_from_day = SEED_FROM_DAY,
        .valid_to_day = DAY_OPEN,
    };
    TRY(q_seed_body_add(s->c->db, &in, NULL));
    s->bodies[s->bodies_n++] = k;
    return labels_add(s->c, t, row, S("body"), k.id);
}

static err term_add(struct seeding *s, const struct table *t, size_t row, int64_t service_id)
{
    struct q_seed_term_add_in in = {
        .service_id = service_id, .valid_from_day = TERM_FROM_DAY, .valid_to_day = DAY_OPEN};
    int64_t days;
    TRY(cell_i64(t, row, S("limit_days"), &days));
    in.limit_days = SOME(days);
    TRY(cell(t, row, S("basis"), &in.basis_text));
    TRY(cell_i64(t, row, S("verify"), &in.verify_flag));
    return q_seed_term_add(s->c->db, &in, NULL);
}

static err answers_add(struct seeding *s, int64_t service_id, str kind)
{
    for (size_t i = 0; i < s->bodies_n; i++) {
        if (!str_eq(s->bodies[i].kind, kind)) {
            continue;
        }
        const struct q_seed_service_body_add_in in = {
            .service_id = service_id,
            .unit_id = s->bodies[i].unit_id,
            .body_id = s->bodies[i].id,
            .valid_from_day = SEED_FROM_DAY,
            .valid_to_day = DAY_OPEN,
        };
        TRY(q_seed_service_body_add(s->c->db, &in, NULL));
    }
    return OK;
}

static err service_add(struct seeding *s, const struct table *t, size_t row)
{
    struct q_seed_service_add_in in = {.id = id_next(s->c),
                                       .municipal_flag = 1,
                                       .sort_no = (int64_t)row + 1,
                                       .valid_from_day = TERM_FROM_DAY,
                                       .valid_to_day = DAY_OPEN};
    str answered_by;
    TRY(cell(t, row, S("code"), &in.service_code));
    TRY(cell(t, row, S("sensitivity"), &in.sensitivity_code));
    TRY(cell(t, row, S("icon"), &in.icon_code));
    TRY(cell(t, row, S("answered_by"), &answered_by));
    TRY(q_seed_service_add(s->c->db, &in, NULL));
    TRY(labels_add(s->c, t, row, S("service"), in.id));
    TRY(term_add(s, t, row, in.id));
    return answers_add(s, in.id, answered_by);
}

static err each(struct seeding *s, str file, err (*add)(struct seeding *s, const struct table *t, size_t row))
{
    struct table t;
    TRY(table_read(s->c->arena, file, &t));
    for (size_t row = 0; row < t.n; row++) {
        TRY(add(s, &t, row));
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
    struct table t;
    TRY(table_read(c->arena, S("users.csv"), &t));
    struct seed_user *users = arena_array_of(c->arena, struct seed_user, t.n);
    if (users == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < t.n; i++) {
        struct seed_user *u = &users[i];
        TRY(cell(&t, i, S("login"), &u->login));
        TRY(cell(&t, i, S("role"), &u->role));
        TRY(cell(&t, i, S("district"), &u->district));
        TRY(cell(&t, i, S("office"), &u->office));
        TRY(cell(&t, i, S("name"), &u->name));
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
    struct seeding s = {.c = c};
    TRY(each(&s, S("units.csv"), unit_add));
    TRY(each(&s, S("bodies.csv"), body_add));
    TRY(each(&s, S("services.csv"), service_add));
    TRY(users_add(c, users, users_n));
    TRY(q_meta_put(c->db, S("demo"), S("1"), NULL));
    const struct audit_entry entry = {
        .event = S("demo.seeded"), .subject_kind = STR_NONE, .detail = STR_NONE};
    return audit_add(c, &entry);
}
