/* Inputs as fields of a form: given back as they were typed, with what is wrong beside them. */
#include "life.h"

enum { WORDS_ROWS = 6 };

/* How a browser should offer each type; by enum input_type. */
static const struct {
    str type, inputmode, complete, dir;
} looks[] = {
    [IN_LINE] = {.dir = S_INIT("auto")},
    [IN_WORDS] = {.dir = S_INIT("auto")},
    [IN_LIST] = {.dir = S_INIT("auto")},
    [IN_PHONE] = {S_INIT("tel"), S_INIT("tel"), S_INIT("tel"), S_INIT("ltr")},
    [IN_CNIC] = {.inputmode = S_INIT("numeric"), .dir = S_INIT("ltr")},
    [IN_REF] = {.inputmode = S_INIT("numeric"), .dir = S_INIT("ltr")},
    [IN_PIN] = {.inputmode = S_INIT("numeric"), .dir = S_INIT("ltr")},
    [IN_CODE] = {.dir = S_INIT("ltr")},
    [IN_CHOICE] = {.dir = S_INIT("")},
    [IN_NUMBER] = {.inputmode = S_INIT("numeric"), .dir = S_INIT("ltr")},
    [IN_DAY] = {.type = S_INIT("date"), .dir = S_INIT("ltr")},
    [IN_FLAG] = {.dir = S_INIT("")},
    [IN_SECRET] = {.type = S_INIT("password"), .complete = S_INIT("current-password"), .dir = S_INIT("ltr")},
    [IN_CURSOR] = {.dir = S_INIT("ltr")},
    [IN_SIGNED] = {.dir = S_INIT("ltr")},
    [IN_FILES] = {.type = S_INIT("file"), .dir = S_INIT("")},
};

struct field_view web_field(struct web *w, size_t input, enum msg hint)
{
    const struct input *in = &w->route->inputs[input];
    const struct given *g = &w->in[input];
    return (struct field_view){
        .name = str_of(in->name),
        .label = in->label == MSG_NONE ? STR_NONE : page_msg(&w->page, in->label),
        .hint = hint == MSG_NONE ? STR_NONE : page_msg(&w->page, hint),
        .value = in->type == IN_SECRET ? STR_NONE : g->raw,
        .fault = g->fault,
        .type = looks[in->type].type,
        .inputmode = looks[in->type].inputmode,
        .complete = looks[in->type].complete,
        .dir = looks[in->type].dir,
        .optional = !in->required,
        .rows = in->type == IN_WORDS || in->type == IN_LIST ? WORDS_ROWS : 0,
    };
}

/* Whether one of the lines is this text. */
static bool among(str lines, str text)
{
    while (lines.n > 0) {
        if (str_eq(str_trim(str_cut(&lines, '\n')), text)) {
            return true;
        }
    }
    return false;
}

void web_choose(struct web *w, size_t input, struct choice_view *choices, size_t n, str preset)
{
    const str sent = w->in[input].raw;
    const str wanted = sent.p != NULL ? sent : preset;
    for (size_t i = 0; i < n; i++) {
        choices[i].chosen = among(wanted, choices[i].value);
    }
}

void web_fault(struct web *w, size_t input, enum msg message)
{
    struct life *l = life_of(w);
    const str words = input_words(w->arena, w->lang, message, NULL, 0);
    if (input >= w->route->inputs_n) {
        answer_fault_whole(l, words);
        return;
    }
    w->in[input].fault = words;
    w->in[input].given = false;
    answer_faults(l);
}

err web_table(struct web *w, const enum msg *heads, size_t columns, const struct cell_view *cells,
              size_t rows, enum msg caption, enum msg empty, struct table_view *out)
{
    struct column_view *c = arena_array_of(w->arena, struct column_view, columns);
    struct row_view *r = arena_array_of(w->arena, struct row_view, rows + 1);
    if (c == NULL || r == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < columns; i++) {
        c[i].text = page_msg(&w->page, heads[i]);
    }
    for (size_t i = 0; i < rows; i++) {
        r[i] = (struct row_view){cells + i * columns, columns};
    }
    *out = (struct table_view){.caption = page_msg(&w->page, caption),
                               .columns = c,
                               .columns_n = columns,
                               .rows = r,
                               .rows_n = rows,
                               .empty = page_msg(&w->page, empty)};
    return OK;
}
