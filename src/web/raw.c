#include "raw.h"

#include <jansson.h>

#include "buf.h"

const struct raw *raw_find(const struct raws *r, str name)
{
    for (size_t i = 0; i < r->n; i++) {
        if (str_eq(r->v[i].name, name)) {
            return &r->v[i];
        }
    }
    return NULL;
}

const struct raw *raw_list(const struct raws *r, struct arena *a, str name)
{
    const struct raw *first = raw_find(r, name);
    struct raw *all = NULL;
    if (first == NULL || first->kind != RAW_FORM) {
        return first;
    }
    for (const struct raw *v = first + 1; v < r->v + r->n; v++) {
        if (v->kind != RAW_FORM || !str_eq(v->name, name)) {
            continue;
        }
        if (all == NULL && (all = arena_new_of(a, struct raw)) == NULL) {
            return NULL;
        }
        all->value = arena_printf(a, "%.*s\n%.*s", STR_F(all->value.p == NULL ? first->value : all->value),
                                  STR_F(v->value));
    }
    if (all == NULL) {
        return first;
    }
    all->name = name;
    all->kind = RAW_FORM;
    return all;
}

err raw_add(struct raws *r, struct arena *a, str name, str value, enum raw_kind kind)
{
    if (r->v == NULL) {
        r->v = arena_array_of(a, struct raw, RAW_MAX);
    }
    if (r->v == NULL || r->n == RAW_MAX) {
        return FAIL(LIMIT);
    }
    r->v[r->n++] = (struct raw){name, value, kind};
    return OK;
}

err raw_form(struct raws *r, struct arena *a, const struct form *f)
{
    for (size_t i = 0; i < f->n; i++) {
        TRY(raw_add(r, a, f->pairs[i].name, f->pairs[i].value, RAW_FORM));
    }
    return OK;
}

/* {"a.b": 1, "a": {"b": 2}} says two things under one name. A path part of that name is no matter: it counts.
 */
static err unseen(const struct raws *r, str name)
{
    for (size_t i = 0; i < r->n; i++) {
        if (r->v[i].kind != RAW_FORM && str_eq(r->v[i].name, name)) {
            return FAIL(INVALID);
        }
    }
    return OK;
}

/* An array of strings, none of which goes over a line; *out is STR_NONE when it is another one. */
static err lines_of(struct arena *a, const json_t *array, str *out)
{
    SCOPED(buf_free) struct buf lines = buf_new(RAW_JSON_BYTES + RAW_MAX);
    *out = STR_NONE;
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *item = json_array_get(array, i);
        const str text =
            json_is_string(item) ? (str){json_string_value(item), json_string_length(item)} : STR_NONE;
        if (text.p == NULL || memchr(text.p, '\n', text.n) != NULL) {
            return OK;
        }
        buf_put(&lines, text);
        buf_putc(&lines, '\n');
    }
    *out = arena_str(a, buf_str(&lines));
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

/* A member that is no object, under its dotted name. */
static err add_value(struct raws *r, struct arena *a, str name, const json_t *value)
{
    TRY(unseen(r, name));
    str lines = STR_NONE;
    if (json_is_array(value)) {
        TRY(lines_of(a, value, &lines));
    }
    if (lines.p != NULL) {
        return raw_add(r, a, name, lines, RAW_LIST);
    }
    switch (json_typeof(value)) {
    case JSON_STRING: {
        const str text = arena_str(a, (str){json_string_value(value), json_string_length(value)});
        return text.p == NULL ? FAIL(LIMIT) : raw_add(r, a, name, text, RAW_TEXT);
    }
    case JSON_INTEGER: {
        const str text = arena_printf(a, "%lld", (long long)json_integer_value(value));
        return text.p == NULL ? FAIL(LIMIT) : raw_add(r, a, name, text, RAW_NUMBER);
    }
    case JSON_TRUE:
        return raw_add(r, a, name, S("true"), RAW_FLAG);
    case JSON_FALSE:
        return raw_add(r, a, name, S("false"), RAW_FLAG);
    case JSON_NULL:
        return raw_add(r, a, name, S(""), RAW_NULL);
    case JSON_REAL:
    case JSON_ARRAY:
    case JSON_OBJECT:
        break;
    }
    /* Kept as text all the same: what is sent again with another list in it is another content. */
    char *dump = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
    const str text = arena_str(a, str_of(dump));
    free(dump);
    return text.p == NULL ? FAIL(LIMIT) : raw_add(r, a, name, text, RAW_OTHER);
}

static err flatten(struct raws *r, struct arena *a, str before, json_t *object, int depth)
{
    if (depth > RAW_JSON_DEPTH) {
        return FAIL(LIMIT);
    }
    for (void *at = json_object_iter(object); at != NULL; at = json_object_iter_next(object, at)) {
        const char *key = json_object_iter_key(at);
        json_t *value = json_object_iter_value(at);
        const str name =
            before.n == 0 ? arena_printf(a, "%s", key) : arena_printf(a, "%.*s.%s", STR_F(before), key);
        if (name.p == NULL) {
            return FAIL(LIMIT);
        }
        if (!json_is_object(value)) {
            TRY(add_value(r, a, name, value));
            continue;
        }
        TRY(unseen(r, name));
        TRY(flatten(r, a, name, value, depth + 1));
    }
    return OK;
}

err raw_json(struct raws *r, struct arena *a, str body, struct json_place *out_place)
{
    *out_place = (struct json_place){0};
    if (body.n > RAW_JSON_BYTES) {
        return FAIL(LIMIT);
    }
    json_error_t e = {0};
    json_t *root =
        json_loadb(body.p == NULL ? "" : body.p, body.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if (root == NULL) {
        *out_place = (struct json_place){e.line > 0 ? e.line : 1, e.column > 0 ? e.column : 1};
        return FAIL(INVALID);
    }
    const err result = json_is_object(root) ? flatten(r, a, STR_NONE, root, 1) : FAIL(INVALID);
    json_decref(root);
    return result;
}
