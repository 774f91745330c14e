/* intake_sheets.c: columns by their words, and totals side by side. */
#include "intake_sheets.h"

#include "audit.h"
#include "event.h"
#include "place.h"
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

/* ---- the map ---- */

static void none(struct sheets_map *m)
{
    *m = (struct sheets_map){.head = 0};
    for (size_t f = 0; f < SF_N; f++) {
        m->at[f] = SIZE_MAX;
    }
}

static bool useful(const struct sheets_map *m)
{
    size_t numbers = 0;
    for (size_t f = SF_EVENT + 1; f < SF_N; f++) {
        numbers += m->at[f] != SIZE_MAX;
    }
    return m->at[SF_EVENT] != SIZE_MAX && numbers > 0;
}

static err row_try(struct ctx *c, const struct grid *g, size_t row, const str words[SF_N],
                   struct sheets_map *out)
{
    none(out);
    out->head = row;
    for (size_t i = 0; i < g->columns_n; i++) {
        for (size_t f = 0; f < SF_N; f++) {
            bool same = false;
            if (words[f].n > 0 && out->at[f] == SIZE_MAX) {
                TRY(intake_same(c->arena, grid_at(g, row, i).text, words[f], &same));
            }
            if (same) {
                out->at[f] = i;
                break;
            }
        }
    }
    return OK;
}

static err base_of(struct ctx *c, int64_t *out)
{
    struct q_place_by_code country;
    *out = c->actor.home != 0 ? c->actor.home : c->actor.unit_id;
    if (*out == 0) {
        TRY(place_find(c, S("PK"), &country));
        *out = country.id;
    }
    return OK;
}

err sheets_map_kept(struct ctx *c, int64_t programme, struct q_map_get **out, size_t *out_n)
{
    struct place_at at;
    int64_t homes[LEVEL_N];
    size_t n = 0;
    int64_t base;
    TRY(base_of(c, &base));
    TRY(place_ancestors(c, base, &at));
    for (int level = LEVEL_COUNTRY; level <= LEVEL_DISTRICT; level++) {
        if (at.at[level] != 0) {
            homes[n++] = at.at[level];
        }
    }
    TRY(q_map_get(c->db, c->arena, programme, homes, n, out, out_n));
    for (size_t i = 0; i < *out_n; i++) {
        if ((*out)[i].home != (*out)[0].home) {
            *out_n = i;
        }
    }
    return OK;
}

err sheets_map_find(struct ctx *c, int64_t programme, const struct grid *g, struct sheets_map *out,
                    bool *out_some)
{
    struct q_map_get *rows;
    size_t n;
    str words[SF_N] = {0};
    TRY(sheets_map_kept(c, programme, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        for (size_t f = 0; f < SF_N; f++) {
            words[f] = str_eq(rows[i].field_code, sheets_columns[f].code) ? rows[i].column_text : words[f];
        }
    }
    *out_some = false;
    none(out);
    for (size_t row = 0; n > 0 && row < g->rows_n && row < INTAKE_HEAD_WITHIN && !*out_some; row++) {
        TRY(row_try(c, g, row, words, out));
        *out_some = useful(out);
    }
    return OK;
}

size_t sheets_head(const struct grid *g)
{
    size_t best = 0;
    size_t most = 0;
    for (size_t row = 0; row < g->rows_n && row < INTAKE_HEAD_WITHIN; row++) {
        size_t words = 0;
        for (size_t i = 0; i < g->columns_n; i++) {
            const str text = grid_at(g, row, i).text;
            int64_t number;
            words += text.n > 0 && !str_i64(text, &number);
        }
        if (words > most) {
            most = words;
            best = row;
        }
    }
    return best;
}

err sheets_map_keep(struct ctx *c, int64_t programme, const struct grid *g, const struct sheets_map *m)
{
    int64_t base;
    TRY(base_of(c, &base));
    TRY(q_map_clear(c->db, programme, base, NULL));
    for (size_t f = 0; f < SF_N; f++) {
        const struct q_map_put_in row = {.programme_id = programme,
                                         .home = base,
                                         .field_code = sheets_columns[f].code,
                                         .column_text = grid_at(g, m->head, m->at[f]).text,
                                         .column_no = (int64_t)m->at[f] + 1};
        if (m->at[f] != SIZE_MAX && row.column_text.n > 0) {
            TRY(q_map_put(c->db, &row, NULL));
        }
    }
    const struct audit_entry e = {.event = S("exchange.map_kept"),
                                  .home = c->actor.home,
                                  .subject_kind = S("programme"),
                                  .subject_id = programme};
    return audit_add(c, &e);
}

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

static err table_of(struct ctx *c, const struct grid *g, const struct sheets_map *m, struct intake *out)
{
    struct intake t = {.c = c,
                       .grid = g,
                       .columns = sheets_columns,
                       .columns_n = SF_N,
                       .head = m->head,
                       .faults = arena_array_of(c->arena, struct intake_fault, INTAKE_FAULTS_MAX)};
    if (t.faults == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t f = 0; f < SF_N; f++) {
        t.at[f] = m->at[f];
    }
    *out = t;
    return OK;
}

err sheets_compare(struct ctx *c, const struct grid *g, const struct sheets_map *m,
                   struct sheets_compared *out)
{
    struct sheets_compared k = {
        .v = arena_array_of(c->arena, struct sheets_difference, (size_t)INTAKE_ROWS_MAX * SF_N + 1)};
    if (k.v == NULL) {
        return FAIL(LIMIT);
    }
    TRY(table_of(c, g, m, &k.table));
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

err sheets_keep(struct ctx *c, const struct grid *g, const struct sheets_map *m, int64_t *out_n)
{
    struct intake t;
    size_t rows = 0;
    *out_n = 0;
    TRY(table_of(c, g, m, &t));
    for (size_t row = m->head; intake_next(&t, &row) && rows < INTAKE_ROWS_MAX; rows++) {
        TRY(row_keep(&t, row, out_n));
    }
    return OK;
}
