/* plan_programme_pages.c: programmes and funders: a list for whoever plans, forms for a manager. */
#include "clock.h"
#include "format.h"
#include "lang.h"
#include "place.h"
#include "plan.html.h"
#include "plan_pages.h"

static const char *const parts[] = {"programme", "funder", NULL};
enum { WHAT_PROGRAMME, WHAT_FUNDER, MONTHS = 12 };

const struct input plan_programme_inputs[PG_N] = {
    [PG_WHAT] = {"what", IN_CHOICE, MSG_PLAN_WHAT, .choices = parts},
    [PG_WHICH] = {"which", IN_CODE, MSG_PLAN_PROGRAMME, 40},
    [PG_CODE] = {"code", IN_CODE, MSG_PLAN_SHORT_CODE, 40},
    [PG_EN] = {"name_en", IN_LINE, MSG_PLAN_NAME_EN, PLAN_LINE_MAX},
    [PG_UR] = {"name_ur", IN_LINE, MSG_PLAN_NAME_UR, PLAN_LINE_MAX},
    [PG_PS] = {"name_ps", IN_LINE, MSG_PLAN_NAME_PS, PLAN_LINE_MAX},
    [PG_FROM] = {"from_day", IN_DAY, MSG_PLAN_FROM},
    [PG_TO] = {"to_day", IN_DAY, MSG_PLAN_TO},
    [PG_MONTH] = {"month", IN_NUMBER, MSG_PLAN_PROJECT_MONTH, MONTHS},
    [PG_FUNDER] = {"funder", IN_CODE, MSG_PLAN_FUNDER, 40},
    [PG_FUNDER_CODE] = {"funder_code", IN_CODE, MSG_PLAN_SHORT_CODE, 40},
    [PG_FUNDER_EN] = {"funder_en", IN_LINE, MSG_PLAN_NAME_EN, PLAN_LINE_MAX},
    [PG_FUNDER_UR] = {"funder_ur", IN_LINE, MSG_PLAN_NAME_UR, PLAN_LINE_MAX},
    [PG_FUNDER_PS] = {"funder_ps", IN_LINE, MSG_PLAN_NAME_PS, PLAN_LINE_MAX},
    [PG_FUNDER_LAST] = {"funder_last", IN_DAY, MSG_PLAN_FUNDER_LAST},
    [PG_FUNDER_WHY] = {"funder_why", IN_LINE, MSG_PLAN_FUNDER_WHY, PLAN_LINE_MAX},
};

static struct plan_names names_of(const struct given *in, size_t en, size_t ur, size_t ps)
{
    struct plan_names names = {.in = {STR_NONE}};
    names.in[LANG_EN] = plan_given(&in[en]);
    names.in[LANG_UR] = plan_given(&in[ur]);
    names.in[LANG_PS] = plan_given(&in[ps]);
    return names;
}

err write_plan_programme(struct ctx *c, const struct given *in, struct receipt *out)
{
    (void)out;
    if (in[PG_WHAT].given && in[PG_WHAT].n == WHAT_FUNDER) {
        const struct plan_funder_edit f = {.which = plan_given(&in[PG_FUNDER]),
                                           .code = plan_given(&in[PG_FUNDER_CODE]),
                                           .names = names_of(in, PG_FUNDER_EN, PG_FUNDER_UR, PG_FUNDER_PS),
                                           .last_day = plan_given_n(&in[PG_FUNDER_LAST]),
                                           .why = plan_given(&in[PG_FUNDER_WHY])};
        return plan_funder_put(c, &f);
    }
    const struct plan_programme_edit e = {.which = plan_given(&in[PG_WHICH]),
                                          .code = plan_given(&in[PG_CODE]),
                                          .names = names_of(in, PG_EN, PG_UR, PG_PS),
                                          .from_day = plan_given_n(&in[PG_FROM]),
                                          .to_day = plan_given_n(&in[PG_TO]),
                                          .month = plan_given_n(&in[PG_MONTH])};
    return plan_programme_put(c, &e);
}

err answer_plan_programme(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/plans/programmes")));
}

/* ---- the page ---- */

enum { P_NAME, P_CODE, P_SPAN, P_MONTH, P_COLS };

static err programmes_table(struct web *w, struct plan_table *out, struct choice_view **out_c, size_t *out_n)
{
    static const enum msg heads[P_COLS] = {[P_NAME] = MSG_PLAN_PROGRAMME,
                                           [P_CODE] = MSG_PLAN_SHORT_CODE,
                                           [P_SPAN] = MSG_PLAN_WHEN,
                                           [P_MONTH] = MSG_PLAN_PROJECT_MONTH};
    struct q_programme_list *rows;
    size_t n;
    TRY(q_programme_list(w->ctx.db, w->arena, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * P_COLS + 1);
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (cells == NULL || c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *row = &cells[i * P_COLS];
        TRY(label_find(&w->ctx, S("programme"), rows[i].id, &row[P_NAME].text));
        c[i] = (struct choice_view){.value = rows[i].programme_code, .text = row[P_NAME].text};
        row[P_CODE] = (struct cell_view){.text = rows[i].programme_code, .dir = S("ltr")};
        const struct msg_arg from = {"from", format_day(w->arena, w->lang, rows[i].from_day)};
        row[P_SPAN].text = rows[i].to_day == DAY_OPEN ? page_msg_args(&w->page, MSG_PLAN_SINCE, 0, &from, 1)
                                                      : plan_span_words(w, rows[i].from_day, rows[i].to_day);
        row[P_MONTH] = (struct cell_view){.text = format_number(w->arena, w->lang, rows[i].project_month_n),
                                          .dir = S("ltr")};
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_PROGRAMMES_LIST)};
    *out_c = c;
    *out_n = n;
    return web_table(w, heads, P_COLS, cells, n, MSG_PLAN_PROGRAMMES_LIST, MSG_PLAN_PROGRAMMES_NONE,
                     &out->table);
}

static err funders_table(struct web *w, struct plan_table *out, struct choice_view **out_c, size_t *out_n)
{
    static const enum msg heads[] = {MSG_PLAN_FUNDER, MSG_PLAN_SHORT_CODE, MSG_PLAN_FUNDER_LAST};
    struct q_funder_all *rows;
    size_t n;
    TRY(q_funder_all(w->ctx.db, w->arena, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COUNT(heads) + 1);
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (cells == NULL || c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *row = &cells[i * COUNT(heads)];
        TRY(label_find(&w->ctx, S("funder"), rows[i].id, &row[0].text));
        c[i] = (struct choice_view){.value = rows[i].funder_code, .text = row[0].text};
        row[1] = (struct cell_view){.text = rows[i].funder_code, .dir = S("ltr")};
        row[2] = (struct cell_view){
            .text = rows[i].to_day == DAY_OPEN ? S("–") : format_day(w->arena, w->lang, rows[i].to_day),
            .note = rows[i].end_text};
    }
    *out = (struct plan_table){.title = page_msg(&w->page, MSG_PLAN_FUNDERS)};
    *out_c = c;
    *out_n = n;
    return web_table(w, heads, COUNT(heads), cells, n, MSG_PLAN_FUNDERS, MSG_PLAN_FUNDERS_NONE, &out->table);
}

static err fold_end(struct web *w, const struct plan_fields *f, enum msg title, int64_t what,
                    struct plan_fold *out)
{
    out->title = page_msg(&w->page, title);
    out->what = str_of(parts[what]);
    out->hint = page_msg(&w->page, MSG_PLAN_PROGRAMME_HINT);
    out->save = page_msg(&w->page, MSG_PLAN_SAVE);
    out->post = url_local(w->arena, S("/plans/programmes"));
    out->open = w->in[PG_WHAT].given && w->in[PG_WHAT].n == what;
    return plan_fields_keep(w, f, &out->fields, &out->fields_n);
}

static err programme_fold(struct web *w, struct choice_view *c, size_t n, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    TRY(plan_field_choices(w, &f, FIELD_SELECT, PG_WHICH, c, n, STR_NONE));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_CODE, MSG_PLAN_SHORT_CODE_HINT, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_EN, MSG_NONE, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_UR, MSG_NONE, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_PS, MSG_NONE, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_FROM, MSG_NONE, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_TO, MSG_PLAN_PROGRAMME_END_HINT, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_MONTH, MSG_PLAN_PROJECT_MONTH_HINT, S(""));
    return fold_end(w, &f, MSG_PLAN_PROGRAMME_PUT, WHAT_PROGRAMME, out);
}

static err funder_fold(struct web *w, struct choice_view *c, size_t n, struct plan_fold *out)
{
    struct plan_fields f = {.n = 0};
    TRY(plan_field_choices(w, &f, FIELD_SELECT, PG_FUNDER, c, n, STR_NONE));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_FUNDER_CODE, MSG_PLAN_SHORT_CODE_HINT, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_FUNDER_EN, MSG_NONE, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_FUNDER_UR, MSG_NONE, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_FUNDER_PS, MSG_NONE, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_FUNDER_LAST, MSG_PLAN_FUNDER_LAST_HINT, S(""));
    (void)plan_field_add(w, &f, FIELD_LINE, PG_FUNDER_WHY, MSG_NONE, S(""));
    return fold_end(w, &f, MSG_PLAN_FUNDER_PUT, WHAT_FUNDER, out);
}

err show_plan_programmes(struct web *w)
{
    enum { PARTS = 2 };
    struct plan_line_view m = {.tables_n = PARTS};
    struct plan_table *tables = arena_array_of(w->arena, struct plan_table, PARTS);
    struct plan_fold *folds = arena_array_of(w->arena, struct plan_fold, PARTS);
    struct choice_view *programmes = NULL;
    struct choice_view *funders = NULL;
    size_t programmes_n, funders_n;
    if (tables == NULL || folds == NULL) {
        return FAIL(LIMIT);
    }
    TRY(programmes_table(w, &tables[0], &programmes, &programmes_n));
    TRY(funders_table(w, &tables[1], &funders, &funders_n));
    if (plan_programme_may(&w->ctx)) {
        TRY(programme_fold(w, programmes, programmes_n, &folds[m.folds_n++]));
        TRY(funder_fold(w, funders, funders_n, &folds[m.folds_n++]));
    }
    m.tables = tables;
    m.folds = folds;
    w->page.title = page_msg(&w->page, MSG_PLAN_PROGRAMMES);
    w->page.back = url_local(w->arena, S("/plans"));
    plan_line_page(&w->page, &m);
    return web_html(w, 200);
}
