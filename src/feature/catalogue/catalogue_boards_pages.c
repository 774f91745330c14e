/* catalogue_boards_pages.c: the boards of a district in one list. */
#include "catalogue.h"
#include "catalogue.html.h"
#include "catalogue_pages.h"
#include "clock.h"
#include "lang.h"
#include "place.h"

const struct input boards_inputs[BOARDS_INPUTS] = {{"district", IN_CODE, MSG_BOARDS_DISTRICT, .max = 40}};

static err offices_fill(struct web *w, int64_t home, struct boards_view *m)
{
    struct q_board_offices *rows;
    size_t n;
    const struct q_board_offices_in in = {
        .on_day = local_day(w->ctx.now_ms), .lang_code = lang_table[w->lang].code, .home = home};
    TRY(q_board_offices(w->ctx.db, w->arena, &in, &rows, &n));
    struct page_link *links = arena_array_of(w->arena, struct page_link, n + 1);
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        links[i] = (struct page_link){
            .to = url_local(w->arena, arena_printf(w->arena, "/board/%.*s", STR_F(rows[i].body_code))),
            .text = rows[i].name_text};
    }
    m->rows = links;
    m->rows_n = n;
    return label_find(&w->ctx, S("unit"), home, &m->place);
}

static err districts_fill(struct web *w, const struct q_desk_homes *homes, size_t n, struct boards_view *m)
{
    struct page_link *links = arena_array_of(w->arena, struct page_link, n + 1);
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct q_place_by_id unit;
        TRY(q_place_by_id(w->ctx.db, w->arena, homes[i].home, &unit));
        links[i].to = url_with(w->arena, url_local(w->arena, S("/boards")), S("district"), unit.unit_code);
        TRY(label_find(&w->ctx, S("unit"), homes[i].home, &links[i].text));
    }
    m->rows = links;
    m->rows_n = n;
    return OK;
}

/* The district that was asked for, her own, or the only one; 0: one has to be chosen. */
static err district_of(struct web *w, const struct q_desk_homes *homes, size_t n, int64_t *out)
{
    struct q_place_by_code unit;
    const bool all = w->in[0].given && str_eq(w->in[0].text, S("all"));
    *out = all ? 0 : w->ctx.actor.home != 0 ? w->ctx.actor.home : n == 1 ? homes[0].home : 0;
    if (!w->in[0].given || all) {
        return OK;
    }
    TRY(place_find(&w->ctx, w->in[0].text, &unit));
    if (unit.level_no != LEVEL_DISTRICT) {
        return FAIL(NOT_FOUND);
    }
    *out = unit.id;
    return OK;
}

err show_boards(struct web *w)
{
    struct q_desk_homes *homes;
    struct boards_view m = {.rows = NULL};
    size_t n;
    int64_t district;
    TRY(place_desk_homes(&w->ctx, &homes, &n));
    TRY(district_of(w, homes, n, &district));
    TRY(district != 0 ? offices_fill(w, district, &m) : districts_fill(w, homes, n, &m));
    m.all = district != 0 && n > 1;
    w->page.title = page_msg(&w->page, MSG_BOARDS_TITLE);
    w->page.back = url_local(w->arena, w->page.staff ? S("/library") : S("/desks"));
    boards_page(&w->page, &m);
    return web_html(w, 200);
}
