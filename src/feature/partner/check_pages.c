/* check_pages.c: what an office can do, filled in item by item. */
#include "partner.html.h"
#include "partner_pages.h"

#define ITEM_INPUT(code, text) {"item_" code, IN_CHOICE, text, .choices = partner_level_codes},

const struct input check_inputs[CH_N] = {
    {"code", IN_CODE, MSG_PARTNER_CODE, 60, .required = true},
    {"part", IN_CHOICE, MSG_PARTNER_PART, .required = true, .choices = partner_part_codes},
    {"when", IN_CHOICE, MSG_PARTNER_WHEN, .required = true, .choices = partner_when_codes},
    PARTNER_ITEMS(ITEM_INPUT)};

static err items_fill(struct web *w, const struct twinning_levels *now, struct check_page_view *m)
{
    struct field_view *f = arena_array_of(w->arena, struct field_view, PARTNER_item_n);
    struct choice_view *c =
        arena_array_of(w->arena, struct choice_view, (size_t)PARTNER_item_n * PARTNER_level_n);
    if (f == NULL || c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < PARTNER_item_n; i++) {
        struct choice_view *levels = c + i * PARTNER_level_n;
        for (size_t l = 0; l < PARTNER_level_n; l++) {
            levels[l] = (struct choice_view){.value = partner_level_words[l].code,
                                             .text = page_msg(&w->page, partner_level_words[l].text)};
        }
        const struct opt_i64 is = now->at[i];
        web_choose(w, CH_ITEMS + i, levels, PARTNER_level_n,
                   is.given ? partner_level_words[is.v].code : STR_NONE);
        f[i] = web_field(w, CH_ITEMS + i, MSG_NONE);
        f[i].optional = false;
        f[i].choices = levels;
        f[i].choices_n = PARTNER_level_n;
    }
    m->items = f;
    m->items_n = PARTNER_item_n;
    return OK;
}

err show_check(struct web *w)
{
    static const enum msg titles[PARTNER_part_n][PARTNER_when_n] = {
        {MSG_PARTNER_FILL_HOST_BEFORE, MSG_PARTNER_FILL_HOST_AFTER},
        {MSG_PARTNER_FILL_PARTNER_BEFORE, MSG_PARTNER_FILL_PARTNER_AFTER}};
    struct twinning_view v;
    struct twinning_checks checks;
    const size_t part = w->in[CH_PART].given ? (size_t)w->in[CH_PART].n : 0;
    const size_t when = w->in[CH_WHEN].given ? (size_t)w->in[CH_WHEN].n : 0;
    TRY(twinning_find(&w->ctx, w->in[CH_CODE].text, &v));
    TRY(twinning_checked(&w->ctx, &v, &checks));
    struct check_page_view m = {.title = page_msg(&w->page, titles[part][when]),
                                .post = partner_url(w, S("twinning"), v.row.twinning_code, S("/check")),
                                .part = partner_part_words[part].code,
                                .when = partner_when_words[when].code};
    TRY(items_fill(w, &checks.of[part][when], &m));
    w->page.title = m.title;
    w->page.back = partner_url(w, S("twinning"), v.row.twinning_code, S(""));
    w->page.form_id = S("partners");
    check_page(&w->page, &m);
    return web_html(w, 200);
}

err write_check(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct twinning_levels levels;
    for (size_t i = 0; i < PARTNER_item_n; i++) {
        const struct given *g = &in[CH_ITEMS + i];
        levels.at[i] = g->given ? SOME(g->n) : NONE_I64;
    }
    out->note = in[CH_CODE].text;
    return twinning_check(c, in[CH_CODE].text, partner_part_words[in[CH_PART].n].code,
                          partner_when_words[in[CH_WHEN].n].code, &levels);
}
