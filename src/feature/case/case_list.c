#include "case_list.h"

#include "case_scope.h"
#include "kept.h"
#include "lang.h"

enum { WAITING_KEPT_MS = 5000 };

/* Each query takes a few ids at a time. */
typedef err (*few_fn)(struct ctx *c, const int64_t *ids, size_t n, struct case_names *io);

static err in_portions(struct ctx *c, const int64_t *ids, size_t n, few_fn take, struct case_names *io)
{
    struct id_set asked;
    TRY(id_set_of(c->arena, ids, n, &asked));
    for (size_t at = 0; at < asked.n; at += ID_LIST_MAX) {
        const size_t few = asked.n - at < ID_LIST_MAX ? asked.n - at : ID_LIST_MAX;
        TRY(take(c, asked.ids + at, few, io));
    }
    return OK;
}

static err few_officers(struct ctx *c, const int64_t *ids, size_t n, struct case_names *io)
{
    struct q_account_names *rows;
    size_t rows_n;
    TRY(q_account_names(c->db, c->arena, ids, n, &rows, &rows_n));
    for (size_t i = 0; i < rows_n; i++) {
        io->officers[io->officers_n++] = rows[i];
    }
    return OK;
}

static err few_offices(struct ctx *c, const int64_t *ids, size_t n, struct case_names *io)
{
    struct q_body_names *rows;
    size_t rows_n;
    TRY(q_body_names(c->db, c->arena, lang_table[c->lang].code, ids, n, &rows, &rows_n));
    for (size_t i = 0; i < rows_n; i++) {
        io->offices[io->offices_n++] = rows[i];
    }
    return OK;
}

err office_names(struct ctx *c, const int64_t *ids, size_t n, struct q_body_names **out, size_t *out_n)
{
    struct case_names k = {.offices = arena_array_of(c->arena, struct q_body_names, n + 1)};
    if (k.offices == NULL) {
        return FAIL(LIMIT);
    }
    TRY(in_portions(c, ids, n, few_offices, &k));
    *out = k.offices;
    *out_n = k.offices_n;
    return OK;
}

static int64_t or_none(struct opt_i64 id)
{
    return id.given ? id.v : 0;
}

err case_names_of(struct ctx *c, const struct q_case_list *rows, size_t n, struct case_names *out)
{
    enum { LISTS = 4 };
    int64_t *ids[LISTS];
    for (size_t i = 0; i < LISTS; i++) {
        ids[i] = arena_array_of(c->arena, int64_t, 2 * n + 1);
        if (ids[i] == NULL) {
            return FAIL(LIMIT);
        }
    }
    for (size_t i = 0; i < n; i++) {
        ids[0][i] = rows[i].topic_id;
        ids[1][i] = rows[i].unit_id;
        ids[2][2 * i] = or_none(rows[i].assignee_id);
        ids[2][2 * i + 1] = or_none(rows[i].marked_id);
        ids[3][i] = or_none(rows[i].office_id);
    }
    *out = (struct case_names){.officers = arena_array_of(c->arena, struct q_account_names, 2 * n + 1)};
    if (out->officers == NULL) {
        return FAIL(LIMIT);
    }
    TRY(catalogue_names(c, ids[0], n, &out->services, &out->services_n));
    TRY(place_names(c, ids[1], n, &out->units, &out->units_n));
    TRY(in_portions(c, ids[2], 2 * n, few_officers, out));
    return office_names(c, ids[3], n, &out->offices, &out->offices_n);
}

/* The row of an id in one of the lists above, or NULL. */
#define NAMED(what, row, list)                                            \
    static const struct row *what(const struct case_names *k, int64_t id) \
    {                                                                     \
        for (size_t i = 0; i < k->list##_n; i++) {                        \
            if (k->list[i].id == id) {                                    \
                return &k->list[i];                                       \
            }                                                             \
        }                                                                 \
        return NULL;                                                      \
    }
NAMED(service_named, q_service_names, services)
NAMED(unit_named, q_place_names, units)
NAMED(officer_named, q_account_names, officers)
NAMED(office_named, q_body_names, offices)

str case_service_code(const struct case_names *k, int64_t id)
{
    const struct q_service_names *s = service_named(k, id);
    return s == NULL ? S("") : s->service_code;
}

str case_service_name(const struct case_names *k, int64_t id)
{
    const struct q_service_names *s = service_named(k, id);
    return s == NULL ? S("") : s->name_text;
}

str case_unit_code(const struct case_names *k, int64_t id)
{
    const struct q_place_names *u = unit_named(k, id);
    return u == NULL ? S("") : u->unit_code;
}

str case_unit_name(const struct case_names *k, int64_t id)
{
    const struct q_place_names *u = unit_named(k, id);
    return u == NULL ? S("") : u->name_text;
}

str case_officer_code(const struct case_names *k, struct opt_i64 id)
{
    const struct q_account_names *a = officer_named(k, or_none(id));
    return a == NULL ? S("") : a->login_code;
}

str case_officer_name(const struct case_names *k, struct opt_i64 id)
{
    const struct q_account_names *a = officer_named(k, or_none(id));
    return a == NULL ? S("") : a->name_text;
}

str case_office_name(const struct case_names *k, struct opt_i64 id)
{
    const struct q_body_names *b = office_named(k, or_none(id));
    return b == NULL ? S("") : b->name_text;
}

/* ---- how many wait ---- */

static err waiting_in(struct ctx *c, int64_t home, const struct scope *scope, struct case_waiting *io)
{
    const struct q_list_due_some_in due = {.home = home,
                                           .office_id = scope->office,
                                           .tehsil_id = scope->tehsil,
                                           .now_ms = c->now_ms,
                                           .today_ms = case_due_until(c, 1),
                                           .until_ms = case_due_until(c, CASE_WEEK_DAYS),
                                           .barred_id = scope->barred,
                                           .also_id = scope->also,
                                           .limit = CASE_WAITING_MOST + 1};
    const struct q_list_unseen_count_in fresh = {.home = home,
                                                 .office_id = scope->office,
                                                 .tehsil_id = scope->tehsil,
                                                 .viewer_id = c->actor.user_id,
                                                 .barred_id = scope->barred,
                                                 .also_id = scope->also,
                                                 .limit = CASE_UNSEEN_MOST};
    struct q_list_due_some dates;
    struct q_list_unseen_count unseen;
    TRY(q_list_due_some(c->db, c->arena, &due, &dates));
    TRY(q_list_unseen_count(c->db, c->arena, &fresh, &unseen));
    io->late += dates.late_n;
    io->today += dates.today_n;
    io->week += dates.soon_n;
    io->unseen += unseen.unseen_n;
    if (scope->office.given) {
        const struct q_list_mine_some_in mine = {.home = home,
                                                 .officer_id = c->actor.user_id,
                                                 .office_id = scope->office.v,
                                                 .barred_id = scope->barred,
                                                 .also_id = scope->also,
                                                 .limit = CASE_WAITING_MOST + 1};
        struct q_list_mine_some own;
        TRY(q_list_mine_some(c->db, c->arena, &mine, &own));
        io->mine += own.given_n + own.marked_n;
    }
    return OK;
}

/* Whose numbers they are: a person who is moved to another office has others. */
static str waiting_key(const struct ctx *c)
{
    const struct actor *a = &c->actor;
    return arena_printf(c->arena, "wait/%llx/%d/%llx/%llx/%llx", (unsigned long long)a->user_id, (int)a->role,
                        (unsigned long long)a->home, (unsigned long long)a->office_id,
                        (unsigned long long)a->unit_id);
}

err case_waiting(struct ctx *c, struct case_waiting *out)
{
    struct scope scope;
    struct case_waiting sum = {.late = 0};
    const str key = waiting_key(c);
    if (kept_get(c, key, KEPT_UNTIL_WRITE, WAITING_KEPT_MS, out, sizeof *out)) {
        return OK;
    }
    TRY(scope_of(c, &scope));
    /* Of one desk alone nothing is counted ahead: a member sees its list, and no numbers on top. */
    for (size_t i = 0; i < scope.homes_n && scope.desk == 0; i++) {
        TRY(waiting_in(c, scope.homes[i], &scope, &sum));
    }
    kept_put(c, key, &sum, sizeof sum);
    *out = sum;
    return OK;
}

err case_list_officers(struct ctx *c, struct q_officer_of_home **out, size_t *out_n)
{
    struct q_officer_of_home *rows = NULL;
    size_t n = 0;
    size_t kept = 0;
    if (c->actor.home != 0) {
        TRY(q_officer_of_home(c->db, c->arena, c->actor.home, ROLE_OFFICER, &rows, &n));
    }
    for (size_t i = 0; i < n; i++) {
        if (c->actor.role != ROLE_OFFICER || rows[i].office_id.v == c->actor.office_id) {
            rows[kept++] = rows[i];
        }
    }
    *out = rows;
    *out_n = kept;
    return OK;
}
