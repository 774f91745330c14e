/* intake_sheets.c: totals side by side. */
#include "intake_sheets.h"

#include "event.h"
#include "sheet.h"

const struct intake_column sheets_columns[SF_N] = {
    [SF_EVENT] = {S_INIT("event"), MSG_EXCHANGE_SF_EVENT, true},
    [SF_COUNCILLORS] = {S_INIT("councillors"), MSG_EXCHANGE_SF_COUNCILLORS, false},
    [SF_OFFICIALS] = {S_INIT("officials"), MSG_EXCHANGE_SF_OFFICIALS, false},
    [SF_CITIZENS] = {S_INIT("citizens"), MSG_EXCHANGE_SF_CITIZENS, false},
    [SF_CSO] = {S_INIT("cso"), MSG_EXCHANGE_SF_CSO, false},
    [SF_OTHERS] = {S_INIT("others"), MSG_EXCHANGE_SF_OTHERS, false},
    [SF_WOMEN] = {S_INIT("women"), MSG_EXCHANGE_SF_WOMEN, false},
    [SF_MEN] = {S_INIT("men"), MSG_EXCHANGE_SF_MEN, false},
    [SF_TRANSGENDER] = {S_INIT("transgender"), MSG_EXCHANGE_SF_TRANSGENDER, false},
    [SF_UNSAID] = {S_INIT("not_stated"), MSG_EXCHANGE_SF_UNSAID, false},
    [SF_TOTAL] = {S_INIT("total"), MSG_EXCHANGE_SF_TOTAL, false},
};

const struct intake_book sheets_book = {
    .code = S_INIT("events"), .columns = sheets_columns, .columns_n = SF_N, .says = SF_COUNCILLORS};

/* ---- side by side ---- */

static int64_t of_role(const struct event_cells *cells, size_t role)
{
    int64_t n = 0;
    for (size_t s = 0; s < EVENT_sex_n; s++) {
        n += cells->at[role][s].people;
    }
    return n;
}

static int64_t of_sex(const struct event_cells *cells, size_t sex)
{
    int64_t n = 0;
    for (size_t r = 0; r < EVENT_role_n; r++) {
        n += cells->at[r][sex].people;
    }
    return n;
}

/* Roles and sexes stand in the order of their sets. */
static int64_t counted(const struct event_cells *cells, enum sheets_field f)
{
    return f == SF_TOTAL  ? cells->all.people
           : f < SF_WOMEN ? of_role(cells, (size_t)f - SF_COUNCILLORS)
                          : of_sex(cells, (size_t)f - SF_WOMEN);
}

static err row_compare(struct intake *t, size_t row, struct sheets_compared *io)
{
    struct ctx *c = t->c;
    struct event_view v;
    struct event_cells cells;
    const size_t faults = t->faults_n + t->more;
    const str code = intake_text(t, row, SF_EVENT);
    if (code.n == 0) {
        return OK; /* a sum, or a remark */
    }
    const err e = event_find(c, code, &v);
    if (e.code == ERR_NOT_FOUND) {
        intake_fault(t, row, SF_EVENT, MSG_EXCHANGE_FAULT_EVENT, STR_NONE);
        return OK;
    }
    TRY(e);
    TRY(event_cells(c, v.row.home, v.row.id, &cells));
    io->events++;
    bool same = true;
    for (enum sheets_field f = SF_COUNCILLORS; f < SF_N; f++) {
        const struct opt_i64 theirs = intake_number(t, row, f, INTAKE_LARGEST);
        const int64_t ours = counted(&cells, f);
        if (theirs.given && theirs.v != ours) {
            io->v[io->n++] = (struct sheets_difference){code, f, theirs.v, ours};
            same = false;
        }
    }
    io->agree += same && t->faults_n + t->more == faults;
    return OK;
}

err sheets_compare(struct ctx *c, const struct grid *g, const struct intake_map *m,
                   struct sheets_compared *out)
{
    struct sheets_compared k = {
        .v = arena_array_of(c->arena, struct sheets_difference, (size_t)INTAKE_ROWS_MAX * SF_N + 1)};
    if (k.v == NULL) {
        return FAIL(LIMIT);
    }
    TRY(map_table(c, &sheets_book, g, m, &k.table));
    intake_count(&k.table);
    size_t rows = 0;
    for (size_t row = m->head; intake_next(&k.table, &row) && rows < INTAKE_ROWS_MAX; rows++) {
        TRY(row_compare(&k.table, row, &k));
    }
    *out = k;
    return OK;
}

/* ---- kept beside the sheets ---- */

static struct sheet_sum sum_of(enum sheets_field f, int64_t people)
{
    const bool role = f < SF_WOMEN;
    return (struct sheet_sum){.role = role ? event_role_words[f - SF_COUNCILLORS].code : S(""),
                              .sex = !role && f < SF_TOTAL ? event_sex_words[f - SF_WOMEN].code : S(""),
                              .people = people};
}

static err row_keep(struct intake *t, size_t row, int64_t *io_n)
{
    struct sheet_sum sums[SF_N];
    struct event_view v;
    size_t n = 0;
    bool kept;
    const str code = intake_text(t, row, SF_EVENT);
    if (code.n == 0) {
        return OK;
    }
    const err e = event_find(t->c, code, &v);
    if (e.code != ERR_OK) {
        return e.code == ERR_NOT_FOUND ? OK : e;
    }
    for (enum sheets_field f = SF_COUNCILLORS; f < SF_N; f++) {
        const struct opt_i64 theirs = intake_number(t, row, f, INTAKE_LARGEST);
        if (theirs.given) {
            sums[n++] = sum_of(f, theirs.v);
        }
    }
    TRY(sheet_paper_keep(t->c, &v, sums, n, &kept));
    *io_n += kept;
    return OK;
}

err sheets_keep(struct ctx *c, const struct grid *g, const struct intake_map *m, int64_t *out_n)
{
    struct intake t;
    size_t rows = 0;
    *out_n = 0;
    TRY(map_table(c, &sheets_book, g, m, &t));
    for (size_t row = m->head; intake_next(&t, &row) && rows < INTAKE_ROWS_MAX; rows++) {
        TRY(row_keep(&t, row, out_n));
    }
    return OK;
}
