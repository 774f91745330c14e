#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>

#include "life.h"

static err nothing(struct web *w)
{
    (void)w;
    return OK;
}

static err write_nothing(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)c;
    (void)in;
    (void)out;
    return OK;
}

static const char *const sexes[] = {"f", "m", NULL};
static const struct input inputs[] = {
    {.name = "ref", .type = IN_REF, .required = true},
    {.name = "words", .type = IN_WORDS, .required = true, .label = MSG_WEB_SIGNIN_LOGIN},
    {.name = "who.sex", .type = IN_CHOICE, .choices = sexes, .required = true},
    {.name = "who.age", .type = IN_NUMBER, .max = 120},
    {.name = "who.home.day", .type = IN_DAY},
    {.name = "agreed", .type = IN_FLAG},
};
static const char *const returned[] = {"notes:array",     "notes.words:string?", "notes.by.role:string",
                                       "notes.by:object", "next:string?",        NULL};
static const struct route rows[] = {
    {HTTP_POST, "/api/v1/cases/{ref}/notes", P_CASE_ACT, ROUTE_API, INPUTS(inputs), .write = write_nothing,
     .answer = nothing, .doc = MSG_WEB_DOC_ASSET},
    {HTTP_GET, "/cases", P_PUBLIC, 0, .show = nothing},
    {HTTP_GET, "/api/v1/cases/{ref}/notes", P_PUBLIC, ROUTE_API, INPUTS(inputs), .show = nothing,
     .returns = returned},
};

/* The value at "a|b|0|c". */
static json_t *at(json_t *j, const char *path)
{
    str rest = str_of(path);
    while (j != NULL && rest.p != NULL) {
        const str step = str_cut(&rest, '|');
        int64_t index;
        char name[100];
        assert_true(step.n < sizeof name);
        memcpy(name, step.p, step.n);
        name[step.n] = '\0';
        j = json_is_array(j) && str_i64(step, &index) ? json_array_get(j, (size_t)index)
                                                      : json_object_get(j, name);
    }
    return j;
}

static void assert_text(json_t *root, const char *path, const char *want)
{
    const char *got = json_string_value(at(root, path));
    if (got == NULL || strcmp(got, want) != 0) {
        fail_msg("%s: %s", path, got == NULL ? "nothing" : got);
    }
}

static json_t *document(void)
{
    SCOPED(buf_free) struct buf b = buf_new(1 << 20);
    const struct route *pointers[] = {&rows[0], &rows[1], &rows[2]};
    openapi_put(pointers, 3, &b);
    assert_false(b.full);
    json_error_t e;
    json_t *root = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, &e);
    if (root == NULL) {
        fail_msg("%s at %d", e.text, e.position);
    }
    return root;
}

#define POST_OP "paths|/api/v1/cases/{ref}/notes|post|"
#define GET_OP "paths|/api/v1/cases/{ref}/notes|get|"
#define BODY POST_OP "requestBody|content|application/json|schema|"

static void rows_become_operations(void **state)
{
    (void)state;
    json_t *root = document();
    assert_text(root, "openapi", "3.1.0");
    assert_int_equal(json_object_size(at(root, "paths")), 1);
    assert_int_equal(json_object_size(at(root, "paths|/api/v1/cases/{ref}/notes")), 2);
    assert_text(root, POST_OP "operationId", "post_cases_ref_notes");
    assert_text(root, POST_OP "summary", "A file that belongs to the look of the pages.");
    assert_int_equal(json_array_size(at(root, POST_OP "security|0|bearer")), 0);
    assert_non_null(at(root, POST_OP "security|0|bearer"));
    assert_int_equal(json_array_size(at(root, GET_OP "security")), 0);
    assert_non_null(at(root, POST_OP "responses|401"));
    assert_null(at(root, GET_OP "responses|401"));
    json_decref(root);
}

static void answers_say_what_they_hold(void **state)
{
    (void)state;
#define ANSWER GET_OP "responses|2XX|content|application/json|schema|properties"
    json_t *root = document();
    assert_int_equal(json_object_size(at(root, ANSWER)), 2);
    assert_text(root, ANSWER "|notes|type", "array");
    assert_int_equal(json_object_size(at(root, ANSWER "|notes|items|properties")), 2);
    assert_text(root, ANSWER "|notes|items|properties|words|type|0", "string");
    assert_text(root, ANSWER "|notes|items|properties|words|type|1", "null");
    assert_text(root, ANSWER "|notes|items|properties|by|properties|role|type", "string");
    assert_null(at(root, ANSWER "|next|properties"));
    json_decref(root);
}

static void inputs_become_parameters_and_bodies(void **state)
{
    (void)state;
    json_t *root = document();
    assert_int_equal(json_array_size(at(root, POST_OP "parameters")), 2);
    assert_text(root, POST_OP "parameters|0|in", "path");
    assert_true(json_is_true(at(root, POST_OP "parameters|0|required")));
    assert_text(root, POST_OP "parameters|1|$ref", "#/components/parameters/IdempotencyKey");
    assert_null(at(root, BODY "properties|ref"));
    assert_text(root, BODY "properties|words|type", "string");
    assert_int_equal(json_integer_value(at(root, BODY "properties|words|maxLength")), 3000);
    assert_text(root, BODY "properties|who|type", "object");
    assert_text(root, BODY "properties|who|properties|sex|enum|1", "m");
    assert_int_equal(json_integer_value(at(root, BODY "properties|who|properties|age|maximum")), 120);
    assert_text(root, BODY "properties|who|properties|home|properties|day|format", "date");
    assert_text(root, BODY "properties|who|required|0", "sex");
    assert_int_equal(json_array_size(at(root, BODY "required")), 2);
    assert_text(root, BODY "required|1", "who");
    assert_text(root, BODY "properties|agreed|type", "boolean");
    assert_null(at(root, GET_OP "requestBody"));
    assert_int_equal(json_array_size(at(root, GET_OP "parameters")), 6);
    assert_text(root, GET_OP "parameters|1|in", "query");
    json_decref(root);
}

/* Every $ref leads somewhere. */
static void check_refs(json_t *root, json_t *j)
{
    const char *key;
    json_t *value;
    json_object_foreach(j, key, value)
    {
        if (strcmp(key, "$ref") == 0) {
            SCOPED(buf_free) struct buf path = buf_new(200);
            const char *ref = json_string_value(value);
            assert_int_equal(strncmp(ref, "#/", 2), 0);
            for (const char *c = ref + 2; *c != '\0'; c++) {
                buf_putc(&path, *c == '/' ? '|' : *c);
            }
            buf_putc(&path, '\0');
            assert_non_null(at(root, path.p));
        }
        check_refs(root, value);
    }
    size_t i;
    json_array_foreach(j, i, value)
    {
        check_refs(root, value);
    }
}

static void references_lead_somewhere(void **state)
{
    (void)state;
    json_t *root = document();
    check_refs(root, root);
    assert_text(root, "components|securitySchemes|bearer|scheme", "bearer");
    assert_text(root, "components|schemas|Problem|properties|errors|items|properties|detail|type", "string");
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_operations),
        cmocka_unit_test(answers_say_what_they_hold),
        cmocka_unit_test(inputs_become_parameters_and_bodies),
        cmocka_unit_test(references_lead_somewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
