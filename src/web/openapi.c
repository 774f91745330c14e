/* OpenAPI 3.1 of every row with ROUTE_API: made once at start from what the rows say, so that it cannot
 * differ from what is checked. Texts are English. */
#include "json.h"
#include "life.h"

enum { NAME_MAX_N = 120, LINE = 200, WORDS = 3000, CODE = 500, LIST = 30, NUMBER = 999999999 };

static bool is_api(const struct route *r)
{
    return (r->flags & ROUTE_API) != 0;
}

static bool in_pattern(const struct route *r, str name)
{
    str part;
    for (size_t i = 0; (part = match_part_name(r, i)).p != NULL; i++) {
        if (str_eq(part, name)) {
            return true;
        }
    }
    return false;
}

/* ---- schemas --------------------------------------------------------------------------------------------
 */

static void put_text_schema(struct json *j, const char *format, const char *pattern, int64_t max)
{
    json_member(j, S("type"), S("string"));
    if (format != NULL) {
        json_member(j, S("format"), str_of(format));
    }
    if (pattern != NULL) {
        json_member(j, S("pattern"), str_of(pattern));
    }
    if (max > 0) {
        json_member_i64(j, S("maxLength"), max);
    }
}

static void put_choices(struct json *j, const struct input *in)
{
    json_member(j, S("type"), S("string"));
    json_key(j, S("enum"));
    json_array_begin(j);
    for (size_t i = 0; in->choices != NULL && in->choices[i] != NULL; i++) {
        json_text(j, str_of(in->choices[i]));
    }
    json_end(j);
}

static void put_type(struct json *j, const struct input *in)
{
    const int64_t max = in->max;
    switch (in->type) {
    case IN_LINE:
    case IN_PHONE:
    case IN_CNIC:
    case IN_REF:
        put_text_schema(j, NULL, NULL, max > 0 ? max : LINE);
        return;
    case IN_WORDS:
        put_text_schema(j, NULL, NULL, max > 0 ? max : WORDS);
        return;
    case IN_LIST:
        json_member(j, S("type"), S("array"));
        json_key(j, S("items"));
        json_object_begin(j);
        json_member(j, S("type"), S("string"));
        json_end(j);
        json_member_i64(j, S("maxItems"), max > 0 ? max : LIST);
        return;
    case IN_PIN:
        put_text_schema(j, NULL, "^[0-9]{6}$", 0);
        return;
    case IN_CODE:
    case IN_CURSOR:
    case IN_SIGNED:
        put_text_schema(j, NULL, "^[A-Za-z0-9._-]+$", max > 0 ? max : CODE);
        return;
    case IN_DAY:
        put_text_schema(j, "date", NULL, 0);
        return;
    case IN_SECRET:
        put_text_schema(j, "password", NULL, max > 0 ? max : LINE);
        return;
    case IN_CHOICE:
        put_choices(j, in);
        return;
    case IN_FLAG:
        json_member(j, S("type"), S("boolean"));
        return;
    case IN_NUMBER:
        json_member(j, S("type"), S("integer"));
        json_member_i64(j, S("minimum"), 0);
        json_member_i64(j, S("maximum"), max > 0 ? max : NUMBER);
        return;
    case IN_FILES:
        json_member(j, S("type"), S("array"));
        json_key(j, S("items"));
        json_object_begin(j);
        put_text_schema(j, "binary", NULL, 0);
        json_end(j);
        json_member_i64(j, S("maxItems"), max > 0 ? max : FILES_MAX);
        return;
    }
}

static void put_description(struct json *j, enum msg id)
{
    if (id != MSG_NONE) {
        json_member(j, S("description"), msg_text(LANG_EN, id));
    }
}

/* The member of an input's dotted name just below `before`: "sex" of "complainant.sex" below "complainant.";
 * STR_NONE when it is not below. */
static str member_below(const struct input *in, str before, bool *out_nested)
{
    const str name = str_of(in->name);
    if (!str_starts(name, before)) {
        return STR_NONE;
    }
    const str rest = str_sub(name, before.n, name.n);
    size_t dot;
    *out_nested = str_find(rest, '.', &dot);
    return *out_nested ? str_sub(rest, 0, dot) : rest;
}

static bool seen_before(const struct route *r, size_t i, str before, str member)
{
    bool nested;
    for (size_t k = 0; k < i; k++) {
        if (str_eq(member_below(&r->inputs[k], before, &nested), member)) {
            return true;
        }
    }
    return false;
}

static bool wants(const struct route *r, str before, str member)
{
    for (size_t i = 0; i < r->inputs_n; i++) {
        bool nested;
        if (r->inputs[i].required && str_eq(member_below(&r->inputs[i], before, &nested), member)) {
            return true;
        }
    }
    return false;
}

/* The names at this level, each once; `required` only those that are. */
static size_t put_names(struct json *j, const struct route *r, str before)
{
    size_t n = 0;
    for (size_t i = 0; i < r->inputs_n; i++) {
        bool nested;
        const str member = member_below(&r->inputs[i], before, &nested);
        const bool body = member.n > 0 && !in_pattern(r, str_of(r->inputs[i].name));
        if (body && !seen_before(r, i, before, member) && wants(r, before, member)) {
            if (j != NULL) {
                json_text(j, member);
            }
            n++;
        }
    }
    return n;
}

static void put_object(struct json *j, const struct route *r, str before);

static void put_member(struct json *j, const struct route *r, size_t i, str before)
{
    bool nested;
    const str member = member_below(&r->inputs[i], before, &nested);
    if (member.n == 0 || in_pattern(r, str_of(r->inputs[i].name)) || seen_before(r, i, before, member)) {
        return;
    }
    json_key(j, member);
    json_object_begin(j);
    if (nested) {
        put_object(j, r, str_sub(str_of(r->inputs[i].name), 0, before.n + member.n + 1));
    } else {
        put_type(j, &r->inputs[i]);
        put_description(j, r->inputs[i].label);
    }
    json_end(j);
}

static void put_object(struct json *j, const struct route *r, str before)
{
    json_member(j, S("type"), S("object"));
    json_key(j, S("properties"));
    json_object_begin(j);
    for (size_t i = 0; i < r->inputs_n; i++) {
        put_member(j, r, i, before);
    }
    json_end(j);
    if (put_names(NULL, r, before) > 0) {
        json_key(j, S("required"));
        json_array_begin(j);
        put_names(j, r, before);
        json_end(j);
    }
}

/* ---- operations -----------------------------------------------------------------------------------------
 */

static void put_parameter(struct json *j, str name, str where, bool required, const struct input *in)
{
    json_object_begin(j);
    json_member(j, S("name"), name);
    json_member(j, S("in"), where);
    json_member_flag(j, S("required"), required);
    if (in != NULL) {
        put_description(j, in->label);
    }
    json_key(j, S("schema"));
    json_object_begin(j);
    if (in != NULL) {
        put_type(j, in);
    } else {
        put_text_schema(j, NULL, NULL, LINE);
    }
    json_end(j);
    json_end(j);
}

static const struct input *input_named(const struct route *r, str name)
{
    for (size_t i = 0; i < r->inputs_n; i++) {
        if (str_eq(str_of(r->inputs[i].name), name)) {
            return &r->inputs[i];
        }
    }
    return NULL;
}

static void put_parameters(struct json *j, const struct route *r)
{
    json_key(j, S("parameters"));
    json_array_begin(j);
    str part;
    for (size_t i = 0; (part = match_part_name(r, i)).p != NULL; i++) {
        put_parameter(j, part, S("path"), true, input_named(r, part));
    }
    for (size_t i = 0; r->method == HTTP_GET && i < r->inputs_n; i++) {
        const str name = str_of(r->inputs[i].name);
        if (!in_pattern(r, name)) {
            put_parameter(j, name, S("query"), r->inputs[i].required, &r->inputs[i]);
        }
    }
    if (r->write != NULL) {
        json_object_begin(j);
        json_member(j, S("$ref"), S("#/components/parameters/IdempotencyKey"));
        json_end(j);
    }
    json_end(j);
}

static bool has_body(const struct route *r)
{
    for (size_t i = 0; r->method == HTTP_POST && i < r->inputs_n; i++) {
        if (!in_pattern(r, str_of(r->inputs[i].name))) {
            return true;
        }
    }
    return false;
}

/* With files it is a form, of which each part is one value. */
static str body_type(const struct route *r)
{
    for (size_t i = 0; i < r->inputs_n; i++) {
        if (r->inputs[i].type == IN_FILES) {
            return S("multipart/form-data");
        }
    }
    return S("application/json");
}

static void put_body(struct json *j, const struct route *r)
{
    json_key(j, S("requestBody"));
    json_object_begin(j);
    json_member_flag(j, S("required"), true);
    json_key(j, S("content"));
    json_object_begin(j);
    json_key(j, body_type(r));
    json_object_begin(j);
    json_key(j, S("schema"));
    json_object_begin(j);
    put_object(j, r, STR_NONE);
    for (int i = 0; i < 4; i++) {
        json_end(j);
    }
}

static void put_problem(struct json *j, const char *status)
{
    json_key(j, str_of(status));
    json_object_begin(j);
    json_member(j, S("$ref"), S("#/components/responses/Problem"));
    json_end(j);
}

/* ---- answers: "due:string?" is a member that may be null; what "cases:array" and "complainant:object" hold
 * is said by "cases.ref:string" and its like ---- */

/* The rest of a dotted name below another one; empty: it does not stand there. */
static str rest_below(str name, str before)
{
    if (before.n == 0) {
        return name;
    }
    const bool below = str_starts(name, before) && name.n > before.n && name.p[before.n] == '.';
    return below ? str_sub(name, before.n + 1, name.n) : S("");
}

static void put_returned(struct json *j, const struct route *r, str name, str type);

/* Returns how many stand just below `before`; j NULL: counts only. */
static size_t put_returned_below(struct json *j, const struct route *r, str before)
{
    size_t n = 0;
    for (const char *const *m = r->returns; *m != NULL; m++) {
        str type = str_of(*m);
        const str name = str_cut(&type, ':');
        const str rest = rest_below(name, before);
        size_t dot;
        if (rest.n == 0 || str_find(rest, '.', &dot)) {
            continue;
        }
        n++;
        if (j != NULL) {
            json_key(j, rest);
            put_returned(j, r, name, type);
        }
    }
    return n;
}

static void put_returned(struct json *j, const struct route *r, str name, str type)
{
    const bool nullable = str_ends(type, S("?"));
    const str plain = nullable ? str_sub(type, 0, type.n - 1) : type;
    const bool array = str_eq(plain, S("array"));
    json_object_begin(j);
    json_key(j, S("type"));
    if (nullable) {
        json_array_begin(j);
        json_text(j, plain);
        json_text(j, S("null"));
        json_end(j);
    } else {
        json_text(j, plain);
    }
    if (put_returned_below(NULL, r, name) > 0) {
        if (array) {
            json_key(j, S("items"));
            json_object_begin(j);
            json_member(j, S("type"), S("object"));
        }
        json_key(j, S("properties"));
        json_object_begin(j);
        put_returned_below(j, r, name);
        json_end(j);
        if (array) {
            json_end(j);
        }
    }
    json_end(j);
}

static void put_answer(struct json *j, const struct route *r)
{
    json_object_begin(j);
    json_member(j, S("type"), S("object"));
    if (r->returns != NULL) {
        json_key(j, S("properties"));
        json_object_begin(j);
        put_returned_below(j, r, S(""));
        json_end(j);
    }
    json_end(j);
}

static void put_responses(struct json *j, const struct route *r)
{
    json_key(j, S("responses"));
    json_object_begin(j);
    json_key(j, S("2XX"));
    json_object_begin(j);
    json_member(j, S("description"), msg_text(LANG_EN, MSG_OPENAPI_DONE));
    json_key(j, S("content"));
    json_object_begin(j);
    json_key(j, S("application/json"));
    json_object_begin(j);
    json_key(j, S("schema"));
    put_answer(j, r);
    json_end(j);
    json_end(j);
    json_end(j);
    if (r->permission != P_PUBLIC) {
        put_problem(j, "401");
        put_problem(j, "403");
    }
    if (match_part_name(r, 0).p != NULL) {
        put_problem(j, "404");
    }
    if (r->write != NULL) {
        put_problem(j, "409");
    }
    if (r->inputs_n > 0) {
        put_problem(j, "422");
    }
    put_problem(j, "default");
    json_end(j);
}

/* "get_cases_ref" of GET /api/v1/cases/{ref} */
static void put_operation_id(struct json *j, const struct route *r)
{
    SCOPED(buf_free) struct buf id = buf_new(NAME_MAX_N);
    buf_put(&id, r->method == HTTP_POST ? S("post") : S("get"));
    str rest = str_of(r->pattern);
    rest = str_starts(rest, S("/api/v1")) ? str_sub(rest, 7, rest.n) : rest;
    for (size_t i = 0; i < rest.n; i++) {
        const char c = rest.p[i];
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (word || (c != '{' && c != '}')) {
            buf_putc(&id, word ? c : '_');
        }
    }
    json_member(j, S("operationId"), buf_str(&id));
}

static void put_operation(struct json *j, const struct route *r)
{
    json_key(j, r->method == HTTP_POST ? S("post") : S("get"));
    json_object_begin(j);
    put_operation_id(j, r);
    if (r->doc != MSG_NONE) {
        json_member(j, S("summary"), msg_text(LANG_EN, r->doc));
    }
    put_parameters(j, r);
    if (has_body(r)) {
        put_body(j, r);
    }
    put_responses(j, r);
    json_key(j, S("security"));
    json_array_begin(j);
    if (r->permission != P_PUBLIC) {
        json_object_begin(j);
        json_key(j, S("bearer"));
        json_array_begin(j);
        json_end(j);
        json_end(j);
    }
    json_end(j);
    json_member(j, S("x-permission"), str_of(permission_name(r->permission)));
    json_end(j);
}

static bool pattern_before(const struct route *const *routes, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (is_api(routes[k]) && strcmp(routes[k]->pattern, routes[i]->pattern) == 0) {
            return true;
        }
    }
    return false;
}

static void put_paths(struct json *j, const struct route *const *routes, size_t n)
{
    json_key(j, S("paths"));
    json_object_begin(j);
    for (size_t i = 0; i < n; i++) {
        if (!is_api(routes[i]) || pattern_before(routes, i)) {
            continue;
        }
        json_key(j, str_of(routes[i]->pattern));
        json_object_begin(j);
        for (size_t k = i; k < n; k++) {
            if (is_api(routes[k]) && strcmp(routes[k]->pattern, routes[i]->pattern) == 0) {
                put_operation(j, routes[k]);
            }
        }
        json_end(j);
    }
    json_end(j);
}

/* ---- what all operations share --------------------------------------------------------------------------
 */

static void put_property(struct json *j, str name, str type)
{
    json_key(j, name);
    json_object_begin(j);
    json_member(j, S("type"), type);
    json_end(j);
}

static void put_problem_schema(struct json *j)
{
    json_key(j, S("Problem"));
    json_object_begin(j);
    json_member(j, S("type"), S("object"));
    json_key(j, S("properties"));
    json_object_begin(j);
    put_property(j, S("type"), S("string"));
    put_property(j, S("title"), S("string"));
    put_property(j, S("status"), S("integer"));
    put_property(j, S("detail"), S("string"));
    put_property(j, S("instance"), S("string"));
    json_key(j, S("errors"));
    json_object_begin(j);
    json_member(j, S("type"), S("array"));
    json_key(j, S("items"));
    json_object_begin(j);
    json_member(j, S("type"), S("object"));
    json_key(j, S("properties"));
    json_object_begin(j);
    json_key(j, S("field"));
    json_object_begin(j);
    json_key(j, S("type"));
    json_array_begin(j);
    json_text(j, S("string"));
    json_text(j, S("null"));
    json_end(j);
    json_end(j);
    put_property(j, S("detail"), S("string"));
    for (int i = 0; i < 5; i++) {
        json_end(j);
    }
}

static void put_components(struct json *j)
{
    json_key(j, S("components"));
    json_object_begin(j);
    json_key(j, S("securitySchemes"));
    json_object_begin(j);
    json_key(j, S("bearer"));
    json_object_begin(j);
    json_member(j, S("type"), S("http"));
    json_member(j, S("scheme"), S("bearer"));
    json_end(j);
    json_end(j);
    json_key(j, S("parameters"));
    json_object_begin(j);
    json_key(j, S("IdempotencyKey"));
    json_object_begin(j);
    json_member(j, S("name"), S("Idempotency-Key"));
    json_member(j, S("in"), S("header"));
    json_member_flag(j, S("required"), false);
    json_member(j, S("description"), msg_text(LANG_EN, MSG_OPENAPI_KEY));
    json_key(j, S("schema"));
    json_object_begin(j);
    put_text_schema(j, NULL, "^[!-~]+$", REPLAY_KEY_MAX);
    json_end(j);
    json_end(j);
    json_end(j);
    json_key(j, S("responses"));
    json_object_begin(j);
    json_key(j, S("Problem"));
    json_object_begin(j);
    json_member(j, S("description"), msg_text(LANG_EN, MSG_OPENAPI_PROBLEM));
    json_key(j, S("content"));
    json_object_begin(j);
    json_key(j, S("application/problem+json"));
    json_object_begin(j);
    json_key(j, S("schema"));
    json_object_begin(j);
    json_member(j, S("$ref"), S("#/components/schemas/Problem"));
    for (int i = 0; i < 5; i++) {
        json_end(j);
    }
    json_key(j, S("schemas"));
    json_object_begin(j);
    put_problem_schema(j);
    json_end(j);
    json_end(j);
}

void openapi_put(const struct route *const *routes, size_t n, struct buf *out)
{
    struct json j = json_to(out);
    json_object_begin(&j);
    json_member(&j, S("openapi"), S("3.1.0"));
    json_key(&j, S("info"));
    json_object_begin(&j);
    json_member(&j, S("title"), S("Sunwai"));
    json_member(&j, S("version"), S("1"));
    json_end(&j);
    put_paths(&j, routes, n);
    put_components(&j);
    json_end(&j);
}
