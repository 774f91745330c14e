/* digest.c: what is due, by office, for a sheet of paper. */
#include "case_scope.h"
#include "oversight.h"

#include "clock.h"

/* The first rows of one list of a sheet. */
static err rows_of(struct ctx *c, const struct digest_sheet *s, bool mine, str login, enum case_due due,
                   int64_t most, struct q_case_list **out, size_t *out_n)
{
    bool more;
    struct case_filter f = {.open = true,
                            .due = due,
                            .unit = s->unit,
                            .office = s->code,
                            .officer = mine ? login : STR_NONE,
                            .limit = most};
    return case_list(c, &f, out, out_n, &more);
}

/* Whose sheets are made. */
struct asking {
    const struct scope *scope;
    bool mine;
    str login;
    int64_t officer; /* 0: whoever */
};

static err dates_counted(struct ctx *c, const struct asking *a, struct digest_sheet *io)
{
    const struct q_list_due_count_in in = {.home = io->home,
                                           .office_id = io->office,
                                           .tehsil_id = a->scope->tehsil,
                                           .officer_id = {a->officer != 0, a->officer},
                                           .now_ms = c->now_ms,
                                           .today_ms = case_due_until(c, 1),
                                           .until_ms = case_due_until(c, CASE_WEEK_DAYS),
                                           .barred_id = a->scope->barred,
                                           .also_id = a->scope->also};
    struct q_list_due_count n;
    TRY(q_list_due_count(c->db, c->arena, &in, &n));
    io->late_n = n.late_n;
    io->today_n = n.today_n;
    io->soon_n = n.soon_n;
    return OK;
}

static err office_sheet(struct ctx *c, const struct asking *a, struct digest_sheet *io)
{
    const int64_t today = local_day(c->now_ms);
    struct q_digest_calls calls;
    const struct q_digest_promised_in promised = {.home = io->home,
                                                  .office_id = io->office,
                                                  .tehsil_id = a->scope->tehsil,
                                                  .officer_id = a->officer,
                                                  .until_day = today,
                                                  .barred_id = a->scope->barred,
                                                  .also_id = a->scope->also,
                                                  .limit = DIGEST_PROMISED_ROWS};
    const struct q_digest_calls_in in = {.home = io->home,
                                         .until_day = today,
                                         .office_id = io->office.v,
                                         .barred_id = a->scope->barred,
                                         .also_id = a->scope->also};
    TRY(dates_counted(c, a, io));
    TRY(q_digest_promised(c->db, c->arena, &promised, &io->promised, &io->promised_rows));
    TRY(q_digest_calls(c->db, c->arena, &in, &calls));
    io->calls_n = calls.calls_n;
    TRY(rows_of(c, io, a->mine, a->login, DUE_LATE, DIGEST_LATE_ROWS, &io->late, &io->late_rows));
    return rows_of(c, io, a->mine, a->login, DUE_WEEK, DIGEST_SOON_ROWS, &io->soon, &io->soon_rows);
}

/* What nobody has yet: of all kinds, the most urgent first. */
static err unassigned_sheet(struct ctx *c, struct digest_sheet *io)
{
    bool more;
    for (int k = 0; k < CASE_KINDS; k++) {
        struct case_counts counts;
        TRY(case_count(c, (enum case_kind)k, &counts));
        io->unassigned_n += counts.by_state[CASE_REGISTERED];
    }
    const struct case_filter f = {.state = SOME(CASE_REGISTERED),
                                  .limit = DIGEST_LATE_ROWS + DIGEST_SOON_ROWS};
    return case_list(c, &f, &io->late, &io->late_rows, &more);
}

static bool quiet(const struct digest_sheet *s)
{
    return s->late_n == 0 && s->soon_n == 0 && s->promised_rows == 0 && s->calls_n == 0 &&
           s->unassigned_n == 0;
}

/* All sheets of a scope. */
struct sheets {
    struct digest_sheet *v;
    size_t n, max, quiet;
};

static err sheet_add(struct ctx *c, struct sheets *all, const struct digest_sheet *s)
{
    if (quiet(s)) {
        all->quiet += s->office.given;
        return OK;
    }
    if (all->n == all->max) {
        enum { MORE = 32 };
        struct digest_sheet *v = arena_array_of(c->arena, struct digest_sheet, all->max + MORE);
        if (v == NULL) {
            return FAIL(LIMIT);
        }
        for (size_t i = 0; i < all->n; i++) {
            v[i] = all->v[i];
        }
        all->v = v;
        all->max += MORE;
    }
    all->v[all->n++] = *s;
    return OK;
}

/* The district in which a sheet counts. */
static err home_named(struct ctx *c, struct digest_sheet *io)
{
    struct q_place_names *names;
    size_t n;
    TRY(place_names(c, &io->home, 1, &names, &n));
    io->unit = n > 0 ? names[0].unit_code : S("");
    io->district = n > 0 ? names[0].name_text : S("");
    return OK;
}

static err office_named(struct ctx *c, struct digest_sheet *io)
{
    struct q_body_names *names;
    size_t n;
    TRY(office_names(c, &io->office.v, 1, &names, &n));
    io->code = n > 0 ? names[0].body_code : S("");
    io->name = n > 0 ? names[0].name_text : S("");
    return OK;
}

static err sheet_of(struct ctx *c, const struct asking *a, int64_t home, int64_t office, struct sheets *io)
{
    struct digest_sheet s = {.home = home, .office = SOME(office)};
    TRY(home_named(c, &s));
    TRY(office_named(c, &s));
    TRY(office_sheet(c, a, &s));
    return sheet_add(c, io, &s);
}

/* Those of the district, and the departments above it that may have something of it. */
static err home_sheets(struct ctx *c, const struct asking *a, int64_t home, struct sheets *io)
{
    struct q_office_of_home *offices;
    struct place_at at;
    size_t n;
    const int64_t today = local_day(c->now_ms);
    TRY(q_office_of_home(c->db, c->arena, home, today, &offices, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_of(c, a, home, offices[i].id, io));
    }
    TRY(place_ancestors(c, home, &at));
    const int64_t above[] = {at.at[LEVEL_DIVISION], at.at[LEVEL_PROVINCE], at.at[LEVEL_COUNTRY]};
    TRY(q_office_above(c->db, c->arena, above, sizeof above / sizeof above[0], today, &offices, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_of(c, a, home, offices[i].id, io));
    }
    return OK;
}

err digest_of(struct ctx *c, bool mine, struct digest_sheet **out, size_t *out_n, size_t *out_quiet)
{
    struct scope scope;
    struct sheets all = {.n = 0};
    struct q_account_names *self;
    size_t self_n;
    TRY(scope_of(c, &scope));
    struct asking a = {.scope = &scope};
    if (c->actor.role == ROLE_OFFICER) {
        TRY(q_account_names(c->db, c->arena, &c->actor.user_id, 1, &self, &self_n));
        a.mine = mine && self_n == 1;
        a.login = a.mine ? self[0].login_code : STR_NONE;
        a.officer = a.mine ? c->actor.user_id : 0;
        for (size_t i = 0; i < scope.homes_n; i++) {
            TRY(sheet_of(c, &a, scope.homes[i], scope.office.v, &all));
        }
    } else {
        struct digest_sheet first = {.home = c->actor.home};
        TRY(unassigned_sheet(c, &first));
        TRY(sheet_add(c, &all, &first));
        for (size_t i = 0; i < scope.homes_n; i++) {
            TRY(home_sheets(c, &a, scope.homes[i], &all));
        }
    }
    *out = all.v;
    *out_n = all.n;
    *out_quiet = all.quiet;
    return OK;
}
