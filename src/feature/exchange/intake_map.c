/* intake_map.c: columns by the words above them. */
#include "intake_map.h"

#include "audit.h"
#include "place.h"

void map_none(struct intake_map *m)
{
    *m = (struct intake_map){.head = 0};
    for (size_t f = 0; f < INTAKE_COLUMNS; f++) {
        m->at[f] = SIZE_MAX;
    }
}

bool map_useful(const struct intake_book *b, const struct intake_map *m)
{
    bool says = false;
    for (size_t f = 0; f < b->columns_n; f++) {
        if (b->columns[f].needed && m->at[f] == SIZE_MAX) {
            return false;
        }
        says = says || (f >= b->says && m->at[f] != SIZE_MAX);
    }
    return says;
}

static err row_try(struct ctx *c, const struct grid *g, size_t row, const str words[INTAKE_COLUMNS],
                   struct intake_map *out)
{
    map_none(out);
    out->head = row;
    for (size_t i = 0; i < g->columns_n; i++) {
        for (size_t f = 0; f < INTAKE_COLUMNS; f++) {
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

err map_kept(struct ctx *c, int64_t programme, const struct intake_book *b, struct q_map_get **out,
             size_t *out_n)
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
    const struct q_map_get_in in = {
        .programme_id = programme, .homes = homes, .homes_n = n, .book_code = b->code};
    TRY(q_map_get(c->db, c->arena, &in, out, out_n));
    for (size_t i = 0; i < *out_n; i++) {
        if ((*out)[i].home != (*out)[0].home) {
            *out_n = i;
        }
    }
    return OK;
}

err map_find(struct ctx *c, int64_t programme, const struct intake_book *b, const struct grid *g,
             struct intake_map *out, bool *out_some)
{
    struct q_map_get *rows;
    size_t n;
    str words[INTAKE_COLUMNS] = {0};
    TRY(map_kept(c, programme, b, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        for (size_t f = 0; f < b->columns_n; f++) {
            words[f] = str_eq(rows[i].field_code, b->columns[f].code) ? rows[i].column_text : words[f];
        }
    }
    *out_some = false;
    map_none(out);
    for (size_t row = 0; n > 0 && row < g->rows_n && row < INTAKE_HEAD_WITHIN && !*out_some; row++) {
        TRY(row_try(c, g, row, words, out));
        *out_some = map_useful(b, out);
    }
    return OK;
}

size_t map_head(const struct grid *g)
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

err map_keep(struct ctx *c, int64_t programme, const struct intake_book *b, const struct grid *g,
             const struct intake_map *m)
{
    int64_t base;
    TRY(base_of(c, &base));
    const struct q_map_clear_in old = {.programme_id = programme, .home = base, .book_code = b->code};
    TRY(q_map_clear(c->db, &old, NULL));
    for (size_t f = 0; f < b->columns_n; f++) {
        const struct q_map_put_in row = {
            .programme_id = programme,
            .home = base,
            .book_code = b->code,
            .field_code = b->columns[f].code,
            .column_text = m->at[f] == SIZE_MAX ? S("") : grid_at(g, m->head, m->at[f]).text,
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

err map_table(struct ctx *c, const struct intake_book *b, const struct grid *g, const struct intake_map *m,
              struct intake *out)
{
    struct intake t = {.c = c,
                       .grid = g,
                       .columns = b->columns,
                       .columns_n = b->columns_n,
                       .head = m->head,
                       .faults = arena_array_of(c->arena, struct intake_fault, INTAKE_FAULTS_MAX)};
    if (t.faults == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t f = 0; f < INTAKE_COLUMNS; f++) {
        t.at[f] = m->at[f];
    }
    *out = t;
    return OK;
}
