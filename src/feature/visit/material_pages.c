/* material_pages.c: what a desk gives out. */
#include "visit_pages.h"

#include "visit.html.h"

enum { I_WHICH, I_MOVE, I_HOW_MANY, I_RECORD, I_NAME, I_FORM, I_LANGUAGE, I_STOCK };

/* Two forms on one page: what each must have is asked of its own route only. */
#define MATERIAL_ROWS(move, fresh)                                                                           \
    {                                                                                                        \
        [I_WHICH] = {"material", IN_NUMBER, MSG_MATERIAL_WHICH, MATERIALS_MOST, .required = (move)},         \
        [I_MOVE] = {"move", IN_CHOICE, MSG_MATERIAL_MOVE, .required = (move), .choices = visit_move_codes},  \
        [I_HOW_MANY] = {"n", IN_NUMBER, MSG_MATERIAL_N, MATERIAL_MOST, .required = (move)},                  \
        [I_RECORD] = {"record", IN_CODE, MSG_VISIT_RECORD, 26},                                              \
        [I_NAME] = {"name", IN_LINE, MSG_MATERIAL_NAME, 120, .required = (fresh)},                           \
        [I_FORM] = {"kind", IN_CHOICE, MSG_MATERIAL_KIND, .required = (fresh), .choices = visit_form_codes}, \
        [I_LANGUAGE] = {"language", IN_CHOICE, MSG_MATERIAL_LANGUAGE, .choices = visit_written_codes},       \
        [I_STOCK] = {"stock", IN_NUMBER, MSG_MATERIAL_STOCK_NOW, MATERIAL_MOST, .required = (fresh)},        \
    }

const struct input material_inputs[MATERIAL_INPUTS] = MATERIAL_ROWS(false, true);
const struct input material_move_inputs[MATERIAL_INPUTS] = MATERIAL_ROWS(true, false);

static err rows_fill(struct web *w, const struct q_material_all *rows, size_t n, struct materials_view *m)
{
    struct material_row *out = arena_array_of(w->arena, struct material_row, n + 1);
    struct choice_view *choices = arena_array_of(w->arena, struct choice_view, n + 1);
    if (out == NULL || choices == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct material_row){
            .no = rows[i].material_no,
            .name = rows[i].name_text,
            .form = visit_words(&w->page, visit_form_words, VISIT_form_n, rows[i].form_code),
            .language = visit_words(&w->page, visit_written_words, VISIT_written_n, rows[i].lang_code),
            .stock = rows[i].stock_n};
        choices[i] = (struct choice_view){.value = arena_printf(w->arena, "%d", (int)rows[i].material_no),
                                          .text = rows[i].name_text};
    }
    m->rows = out;
    m->rows_n = n;
    web_choose(w, I_WHICH, choices, n, STR_NONE);
    m->which = web_field(w, I_WHICH, MSG_NONE);
    m->which.choices = choices;
    m->which.choices_n = n;
    return OK;
}

err show_materials(struct web *w)
{
    struct visit_desk d;
    struct q_material_all *rows;
    size_t n;
    struct materials_view m = {.n = web_field(w, I_HOW_MANY, MSG_NONE),
                               .name = web_field(w, I_NAME, MSG_MATERIAL_NAME_HINT),
                               .stock = web_field(w, I_STOCK, MSG_NONE)};
    TRY(visit_desk_own(&w->ctx, &d));
    TRY(materials(&w->ctx, &d, &rows, &n));
    TRY(rows_fill(w, rows, n, &m));
    TRY(visit_field(w, I_MOVE, visit_move_words, VISIT_move_n, S("given"), MSG_NONE, &m.move));
    TRY(visit_field(w, I_FORM, visit_form_words, VISIT_form_n, STR_NONE, MSG_NONE, &m.form));
    TRY(visit_field(w, I_LANGUAGE, visit_written_words, VISIT_written_n, STR_NONE, MSG_NONE, &m.language));
    m.which.optional = m.move.optional = m.n.optional = false;
    m.name.optional = m.form.optional = m.stock.optional = false;
    w->page.title = page_msg(&w->page, MSG_MATERIAL_TITLE);
    w->page.back = url_local(w->arena, S("/desk/visits"));
    materials_page(&w->page, &m);
    return web_html(w, 200);
}

err write_material(struct ctx *c, const struct given *in, struct receipt *out)
{
    int64_t no;
    const struct material_new m = {.name = in[I_NAME].text,
                                   .form = in[I_FORM].text,
                                   .lang = in[I_LANGUAGE].given ? in[I_LANGUAGE].text : S(""),
                                   .stock = in[I_STOCK].n};
    (void)out;
    return material_add(c, &m, &no);
}

err write_material_move(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    return material_move(c, in[I_WHICH].n, in[I_MOVE].text, in[I_HOW_MANY].n, given_text(&in[I_RECORD]));
}

err answer_material(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/desk/materials")));
}
