/* listing.c: what was given is put where a query wants it, by name. */
#include "listing.h"

#include <string.h>

#include "check.h"
#include "row.h"

enum { CELLS_MAX = 64 };

const struct listing *listing_find(const struct listings *in, str name)
{
    for (size_t i = 0; i < in->n; i++) {
        if (str_eq(in->all[i]->name, name)) {
            return in->all[i];
        }
    }
    return NULL;
}

str listing_says(const struct listing *l, str key)
{
    for (size_t i = 0; i < l->facts_n; i++) {
        if (str_eq(l->facts[i].key, key)) {
            return l->facts[i].value;
        }
    }
    return STR_NONE;
}

bool listing_column(const struct listing *l, str name, size_t *out)
{
    for (size_t i = 0; i < l->query->columns_n; i++) {
        if (str_eq(str_of(l->columns[i]), name)) {
            *out = i;
            return true;
        }
    }
    return false;
}

static const struct listing_given *given_find(const struct listing_given *given, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(given[i].name, name) == 0) {
            return &given[i];
        }
    }
    return NULL;
}

struct running {
    const struct listing *of;
    listing_row row;
    void *arg;
};

static err run_row(void *arg, const struct value *columns)
{
    const struct running *r = arg;
    struct listing_cell cells[CELLS_MAX];
    for (size_t i = 0; i < r->of->query->columns_n; i++) {
        cells[i] = (struct listing_cell){.nothing = columns[i].type == VALUE_NULL,
                                         .n = columns[i].type == VALUE_I64 ? columns[i].i : 0,
                                         .text = columns[i].type == VALUE_I64 ? STR_NONE : columns[i].s};
    }
    return r->row(r->arg, cells);
}

err listing_run(struct db *db, const struct listing *l, const struct listing_given *given, size_t given_n,
                listing_row row, void *arg)
{
    struct value values[LISTING_ASKS_MAX + LIST_MAX];
    struct running r = {l, row, arg};
    unsigned form = 0;
    CHECK(l->asks_n <= LISTING_ASKS_MAX && l->query->columns_n <= CELLS_MAX);
    for (size_t i = 0; i < l->asks_n; i++) {
        const struct listing_given *g = given_find(given, given_n, l->asks[i]);
        if (g == NULL) {
            return FAIL(BUG);
        }
        if (!l->list || i + 1 < l->asks_n) {
            values[i] = g->text.p != NULL ? value_text(g->text) : value_i64(g->n);
            continue;
        }
        if (g->list_n == 0) {
            return OK;
        }
        if (g->list_n > LIST_MAX) {
            return FAIL(LIMIT);
        }
        form = list_form(g->list_n);
        for (size_t k = 0; k < LIST_MAX; k++) {
            values[i + k] = value_i64(g->list[k < g->list_n ? k : g->list_n - 1]);
        }
    }
    return db_run(db, l->query, form, values, run_row, &r, NULL);
}
