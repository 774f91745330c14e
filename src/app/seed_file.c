#include "seed_file.h"

#include "csv.h"
#include "lang.h"
#include "seed.h"
#include "seed.sql.h"

enum { ROWS_MAX = 1200, KNOWN_MAX = 1200 };

static err set_new(struct arena *a, struct seed_known_set *out)
{
    out->all = arena_array_of(a, struct seed_known, KNOWN_MAX);
    out->max = KNOWN_MAX;
    return out->all == NULL ? FAIL(LIMIT) : OK;
}

err seeding_begin(struct ctx *c, struct seeding *out)
{
    struct seeding s = {.c = c};
    TRY(set_new(c->arena, &s.units));
    TRY(set_new(c->arena, &s.groups));
    TRY(set_new(c->arena, &s.services));
    TRY(set_new(c->arena, &s.documents));
    *out = s;
    return OK;
}

static err rows_read(struct arena *a, str text, struct seed_table *out)
{
    struct seed_table t = {.rows = arena_array_of(a, const str *, ROWS_MAX)};
    struct csv csv = csv_read(text);
    if (t.rows == NULL) {
        return FAIL(LIMIT);
    }
    TRY(csv_row(&csv, a, &t.head, &t.columns));
    size_t n;
    err e = OK;
    while (t.n < ROWS_MAX && (e = csv_row(&csv, a, &t.rows[t.n], &n)).code == ERR_OK) {
        t.n++;
    }
    if (e.code != ERR_NOT_FOUND) {
        return e.code == ERR_LIMIT ? e : FAIL(BUG);
    }
    *out = t;
    return OK;
}

err seed_text(str file, str *out)
{
    for (size_t i = 0; i < seeds_n; i++) {
        if (str_eq(seeds[i].name, file)) {
            *out = seeds[i].plain;
            return OK;
        }
    }
    return FAIL(BUG);
}

err seed_read(struct arena *a, str file, struct seed_table *out)
{
    str text;
    TRY(seed_text(file, &text));
    return rows_read(a, text, out);
}

err seed_cell(const struct seed_table *t, size_t row, str column, str *out)
{
    size_t at;
    if (csv_column(t->head, t->columns, column, &at).code != ERR_OK) {
        return FAIL(BUG);
    }
    *out = t->rows[row][at];
    return OK;
}

err seed_i64(const struct seed_table *t, size_t row, str column, int64_t *out)
{
    str text;
    TRY(seed_cell(t, row, column, &text));
    return str_i64(text, out) ? OK : FAIL(BUG);
}

const struct seed_known *seed_find(const struct seed_known_set *all, str code)
{
    for (size_t i = all->n; i > 0; i--) {
        if (str_eq(all->all[i - 1].code, code)) {
            return &all->all[i - 1];
        }
    }
    return NULL;
}

err seed_ref(const struct seed_known_set *all, const struct seed_table *t, size_t row, str column,
             const struct seed_known **out)
{
    str code;
    TRY(seed_cell(t, row, column, &code));
    const struct seed_known *k = seed_find(all, code);
    if (k == NULL) {
        return FAIL(BUG);
    }
    *out = k;
    return OK;
}

err seed_note(struct seed_known_set *all, const struct seed_known *k)
{
    if (all->n == all->max) {
        return FAIL(LIMIT);
    }
    all->all[all->n++] = *k;
    return OK;
}

err seed_labels_add(struct ctx *c, const struct seed_table *t, size_t row, const struct seed_labels *as,
                    int64_t id)
{
    for (unsigned lang = 0; lang < LANG_N; lang++) {
        struct q_seed_label_add_in in = {.label_kind_code = as->kind,
                                         .id = id,
                                         .lang_code = lang_table[lang].code,
                                         .draft_flag = (as->drafts >> lang & 1u) != 0};
        const str column = arena_printf(c->arena, "%.*s_%.*s", STR_F(as->prefix), STR_F(in.lang_code));
        if (column.p == NULL) {
            return FAIL(LIMIT);
        }
        size_t at;
        if (lang > LANG_EN && csv_column(t->head, t->columns, column, &at).code != ERR_OK) {
            continue; /* a language that the lists do not have yet: it falls back */
        }
        TRY(seed_cell(t, row, column, &in.label_text));
        if (in.label_text.n > 0) {
            TRY(q_seed_label_add(c->db, &in, NULL));
        }
    }
    return OK;
}

err seed_each(struct seeding *s, str file,
              err (*add)(struct seeding *s, const struct seed_table *t, size_t row))
{
    struct seed_table t;
    TRY(seed_read(s->c->arena, file, &t));
    for (size_t row = 0; row < t.n; row++) {
        TRY(add(s, &t, row));
    }
    return OK;
}
