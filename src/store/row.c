#include "row.h"

#include <string.h>

#include "check.h"

void *rows_next(struct rows *r)
{
    if (r->n == r->max) {
        r->past_max = true;
        return NULL;
    }
    if (r->n == r->cap) {
        size_t cap = r->cap == 0 ? 8 : r->cap * 2;
        cap = cap > r->max ? r->max : cap;
        char *items = arena_try_array(r->arena, r->size, cap);
        if (items == NULL) {
            return NULL;
        }
        if (r->n > 0) {
            memcpy(items, r->items, r->n * r->size);
        }
        r->items = items;
        r->cap = cap;
    }
    return (char *)r->items + r->size * r->n++;
}

err rows_taken(const struct rows *r)
{
    return arena_full(r->arena) ? FAIL(LIMIT) : OK;
}

err rows_one(const struct rows *r, err e)
{
    if (e.code != ERR_OK && !(e.code == ERR_LIMIT && r->past_max)) {
        return e;
    }
    return r->n > 0 ? OK : FAIL(NOT_FOUND);
}

struct opt_i64 row_opt(const struct value *v)
{
    return v->type == VALUE_NULL ? NONE_I64 : SOME(v->i);
}

str row_str(struct rows *r, const struct value *v)
{
    return v->type == VALUE_NULL ? STR_NONE : arena_str(r->arena, v->s);
}

struct value value_i64(int64_t v)
{
    return (struct value){.type = VALUE_I64, .i = v};
}

struct value value_opt(struct opt_i64 v)
{
    return v.given ? value_i64(v.v) : (struct value){.type = VALUE_NULL};
}

struct value value_text(str s)
{
    return (struct value){.type = s.p != NULL ? VALUE_TEXT : VALUE_NULL, .s = s};
}

struct value value_blob(str s)
{
    return (struct value){.type = s.p != NULL ? VALUE_BLOB : VALUE_NULL, .s = s};
}

unsigned list_form(size_t n)
{
    CHECK(n >= 1 && n <= LIST_MAX);
    return n == 1 ? 0 : n <= 4 ? 1 : n <= 16 ? 2 : 3;
}
