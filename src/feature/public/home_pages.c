/* home_pages.c: the start page, where the desks are, and who helps in matters that are not taken down here.
 */
#include "home_pages.h"

#include "case.h"
#include "clock.h"
#include "home.html.h"
#include "public.sql.h"

enum { CALLS_MAX = 8, NUMBER_MIN = 3, PLACES_MAX = 8 };

err show_home(struct web *w)
{
    struct home_view m = {.kacheri = web_may_open(w, ROLE_PUBLIC, S("/kacheri"))};
    int64_t women;
    int64_t all;
    TRY(case_women_share(&w->ctx, &women, &all));
    if (all > 0) {
        m.women = (women * 100 + all / 2) / all;
    }
    if (w->page.helpline.n > 0) {
        m.call = w->page.call.s.n > 0 ? w->page.call : url_local(w->arena, S("/desks"));
    }
    w->page.title = page_msg(&w->page, MSG_TITLE_START);
    home_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- desks ---- */

static err desk_fill(struct web *w, const struct q_desk_all *d, struct desk_place_view *out)
{
    enum { FACTS = 3 };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    str address;
    str hours;
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    TRY(label_find(&w->ctx, S("body"), d->id, &out->name));
    TRY(label_find(&w->ctx, S("body_address"), d->id, &address));
    TRY(label_find(&w->ctx, S("body_hours"), d->id, &hours));
    if (address.n == 0) { /* the place it stands in, at least */
        TRY(label_find(&w->ctx, S("unit"), d->unit_id, &address));
    }
    out->board = url_local(w->arena, arena_printf(w->arena, "/board/%.*s", STR_F(d->body_code)));
    f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_DESKS_WHERE), .value = address};
    f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_DESKS_OPEN),
                                .value = hours.n > 0 ? hours : page_msg(&w->page, MSG_DESKS_OPEN_UNKNOWN)};
    if (w->page.helpline.n > 0) {
        f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_HELP_CALL),
                                    .value = w->page.helpline,
                                    .dir = S("ltr"),
                                    .to = w->page.call};
    }
    out->facts = (struct facts_view){f, n};
    return OK;
}

err show_desks(struct web *w)
{
    struct q_desk_all *rows;
    struct desks_view m = {.rows = NULL};
    TRY(q_desk_all(w->ctx.db, w->arena, local_day(w->ctx.now_ms), &rows, &m.rows_n));
    struct desk_place_view *desks = arena_array_of(w->arena, struct desk_place_view, m.rows_n + 1);
    if (desks == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < m.rows_n; i++) {
        TRY(desk_fill(w, &rows[i], &desks[i]));
    }
    m.rows = desks;
    w->page.title = page_msg(&w->page, MSG_TITLE_OFFICES);
    w->page.back = url_local(w->arena, S("/"));
    desks_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- who helps ---- */

static bool of_number(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == ' ';
}

/* The telephone numbers in a text, each to be called by a touch. */
static err calls_fill(struct web *w, str text, struct helper_view *out)
{
    struct page_link *calls = arena_array_of(w->arena, struct page_link, CALLS_MAX);
    if (calls == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < text.n && out->calls_n < CALLS_MAX;) {
        size_t end = i;
        while (end < text.n && of_number(text.p[end])) {
            end++;
        }
        const str number = str_trim(str_sub(text, i, end - i));
        i = end + 1;
        if (number.n < NUMBER_MIN || number.p[0] < '0') {
            continue;
        }
        calls[out->calls_n++] =
            (struct page_link){.to = {arena_printf(w->arena, "tel:%.*s", STR_F(number))}, .text = number};
    }
    out->calls = calls;
    return OK;
}

static err helpers_fill(struct web *w, int64_t province, struct helpers_view *out)
{
    struct pointed *rows;
    TRY(label_find(&w->ctx, S("unit"), province, &out->name));
    TRY(catalogue_pointed(&w->ctx, province, &rows, &out->rows_n));
    struct helper_view *helpers = arena_array_of(w->arena, struct helper_view, out->rows_n + 1);
    if (helpers == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < out->rows_n; i++) {
        helpers[i] = (struct helper_view){.name = rows[i].name, .answered_by = rows[i].answered_by};
        TRY(calls_fill(w, rows[i].helpline, &helpers[i]));
    }
    out->rows = helpers;
    return OK;
}

/* The provinces where a desk stands: each has helplines of its own. */
static err provinces_fill(struct web *w, struct help_view *m)
{
    struct q_place_all *units;
    size_t n;
    int64_t done[PLACES_MAX];
    struct helpers_view *places = arena_array_of(w->arena, struct helpers_view, PLACES_MAX);
    if (places == NULL) {
        return FAIL(LIMIT);
    }
    TRY(place_list_served(&w->ctx, &units, &n));
    for (size_t i = 0; i < n && m->places_n < PLACES_MAX; i++) {
        bool known = !units[i].province_id.given;
        for (size_t k = 0; k < m->places_n; k++) {
            known = known || done[k] == units[i].province_id.v;
        }
        if (!known) {
            done[m->places_n] = units[i].province_id.v;
            TRY(helpers_fill(w, units[i].province_id.v, &places[m->places_n]));
            m->places_n += places[m->places_n].rows_n > 0;
        }
    }
    m->places = places;
    return OK;
}

err show_help(struct web *w)
{
    struct help_view m = {.places = NULL};
    TRY(provinces_fill(w, &m));
    w->page.title = page_msg(&w->page, MSG_TITLE_NUMBERS);
    w->page.back = url_local(w->arena, S("/"));
    help_page(&w->page, &m);
    return web_html(w, 200);
}
