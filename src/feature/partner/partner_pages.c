/* partner_pages.c: the two lists, what their pages share, and the routes. */
#include "partner_pages.h"

#include "case_parts.h"
#include "format.h"
#include "partner.html.h"
#include "partner_feature.h"

struct url partner_url(struct web *w, str base, str code, str rest)
{
    return url_local(w->arena,
                     arena_printf(w->arena, "/%.*s/%.*s%.*s", STR_F(base), STR_F(code), STR_F(rest)));
}

err offices_offered(struct web *w, size_t input, bool preset, struct field_view *out)
{
    str own = STR_NONE;
    struct q_partner_offices *rows;
    size_t n;
    TRY(partner_offices(&w->ctx, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = rows[i].body_code, .text = rows[i].name_text};
        own = preset && rows[i].id == w->ctx.actor.office_id ? rows[i].body_code : own;
    }
    web_choose(w, input, c, n, own);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

/* ---- both lists ---- */

enum { COL_CODE, COL_HOST, COL_PARTNER, COL_FROM, COL_TO, COLS };

static err twinnings_table(struct web *w, struct table_view *out)
{
    static const enum msg heads[COLS] = {[COL_CODE] = MSG_PARTNER_CODE,
                                         [COL_HOST] = MSG_PARTNER_HOST,
                                         [COL_PARTNER] = MSG_PARTNER_PARTNER,
                                         [COL_FROM] = MSG_PARTNER_FROM,
                                         [COL_TO] = MSG_PARTNER_TO};
    struct twinning_view *rows;
    size_t n;
    TRY(twinning_all(&w->ctx, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_twinning_get *r = &rows[i].row;
        struct cell_view *c = &cells[i * COLS];
        c[COL_CODE] = (struct cell_view){.text = r->twinning_code,
                                         .dir = S("ltr"),
                                         .to = partner_url(w, S("twinning"), r->twinning_code, S(""))};
        c[COL_HOST].text = rows[i].host_name;
        c[COL_PARTNER] = (struct cell_view){.text = rows[i].partner_name, .dir = S("auto")};
        c[COL_FROM].text = format_day(w->arena, w->lang, r->from_day);
        c[COL_TO].text = format_day(w->arena, w->lang, r->to_day);
    }
    return web_table(w, heads, COLS, cells, n, MSG_PARTNER_TWINNINGS, MSG_PARTNER_TWINNINGS_NONE, out);
}

enum { COL_SERIES, COL_KIND, CIRCLE_COLS };

static err circles_table(struct web *w, struct table_view *out)
{
    static const enum msg heads[CIRCLE_COLS] = {
        [COL_SERIES] = MSG_PARTNER_SERIES, [COL_KIND] = MSG_PARTNER_KIND};
    struct q_circle_get *rows;
    size_t n;
    TRY(circle_all(&w->ctx, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * CIRCLE_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const enum msg kind = case_word_of(partner_kind_words, PARTNER_kind_n, rows[i].event_kind_code);
        cells[i * CIRCLE_COLS + COL_SERIES] =
            (struct cell_view){.text = rows[i].series_text,
                               .dir = S("auto"),
                               .to = partner_url(w, S("groups"), rows[i].circle_code, S(""))};
        cells[i * CIRCLE_COLS + COL_KIND].text = page_msg(&w->page, kind);
    }
    return web_table(w, heads, CIRCLE_COLS, cells, n, MSG_PARTNER_CIRCLES, MSG_PARTNER_CIRCLES_NONE, out);
}

static err show_partners(struct web *w)
{
    struct partners_view m = {.may_plan = permission_of(w->ctx.actor.role, P_EVENT_PLAN)};
    TRY(twinnings_table(w, &m.twinnings));
    TRY(circles_table(w, &m.circles));
    w->page.title = page_msg(&w->page, MSG_PARTNER_TITLE);
    w->page.back = url_local(w->arena, S("/events"));
    partners_page(&w->page, &m);
    return web_html(w, 200);
}

static const struct route routes[] = {
    {HTTP_GET, "/twinning", P_EVENT_READ, 0, .show = show_partners, .doc = MSG_DOC_PARTNERS},
    {HTTP_GET, "/twinning/new", P_EVENT_PLAN, 0, INPUTS(twinning_new_inputs), .show = show_twinning_new,
     .doc = MSG_DOC_TWINNING_NEW},
    {HTTP_POST, "/twinning/new", P_EVENT_PLAN, 0, INPUTS(twinning_new_inputs), .show = show_twinning_new,
     .write = write_twinning_new, .answer = answer_twinning, .doc = MSG_DOC_TWINNING_NEW},
    {HTTP_GET, "/twinning/{code}", P_EVENT_READ, 0, INPUTS(twinning_inputs), .show = show_twinning,
     .doc = MSG_DOC_TWINNING},
    {HTTP_POST, "/twinning/{code}/exchange", P_EVENT_PLAN, 0, INPUTS(twinning_inputs), .show = show_twinning,
     .write = write_exchange, .answer = answer_twinning, .doc = MSG_DOC_TWINNING_EXCHANGE},
    {HTTP_POST, "/twinning/{code}/held", P_EVENT_PLAN, 0, INPUTS(twinning_inputs), .show = show_twinning,
     .write = write_held, .answer = answer_twinning, .doc = MSG_DOC_TWINNING_HELD},
    {HTTP_GET, "/twinning/{code}/agreement", P_EVENT_READ, 0, INPUTS(twinning_paper_inputs),
     .show = show_agreement, .doc = MSG_DOC_TWINNING_AGREEMENT},
    {HTTP_GET, "/twinning/{code}/agreement.pdf", P_EVENT_READ, ROUTE_SLOW, INPUTS(twinning_paper_inputs),
     .show = show_agreement_pdf, .doc = MSG_DOC_TWINNING_AGREEMENT},
    {HTTP_GET, "/twinning/{code}/agreement.docx", P_EVENT_READ, ROUTE_SLOW, INPUTS(twinning_paper_inputs),
     .show = show_agreement_docx, .doc = MSG_DOC_TWINNING_AGREEMENT},
    {HTTP_GET, "/twinning/{code}/progress", P_EVENT_READ, 0, INPUTS(twinning_paper_inputs),
     .show = show_progress, .doc = MSG_DOC_TWINNING_PROGRESS},
    {HTTP_GET, "/twinning/{code}/progress.pdf", P_EVENT_READ, ROUTE_SLOW, INPUTS(twinning_paper_inputs),
     .show = show_progress_pdf, .doc = MSG_DOC_TWINNING_PROGRESS},
    {HTTP_GET, "/twinning/{code}/progress.docx", P_EVENT_READ, ROUTE_SLOW, INPUTS(twinning_paper_inputs),
     .show = show_progress_docx, .doc = MSG_DOC_TWINNING_PROGRESS},
    {HTTP_GET, "/twinning/{code}/check", P_EVENT_PLAN, 0, INPUTS(check_inputs), .show = show_check,
     .doc = MSG_DOC_TWINNING_CHECK},
    {HTTP_POST, "/twinning/{code}/check", P_EVENT_PLAN, 0, INPUTS(check_inputs), .show = show_check,
     .write = write_check, .answer = answer_twinning, .doc = MSG_DOC_TWINNING_CHECK},
    {HTTP_GET, "/groups/new", P_EVENT_PLAN, 0, INPUTS(circle_new_inputs), .show = show_circle_new,
     .doc = MSG_DOC_CIRCLE_NEW},
    {HTTP_POST, "/groups/new", P_EVENT_PLAN, 0, INPUTS(circle_new_inputs), .show = show_circle_new,
     .write = write_circle_new, .answer = answer_circle, .doc = MSG_DOC_CIRCLE_NEW},
    {HTTP_GET, "/groups/{code}", P_EVENT_READ, 0, INPUTS(circle_inputs), .show = show_circle,
     .doc = MSG_DOC_CIRCLE},
    {HTTP_POST, "/groups/{code}/join", P_EVENT_PLAN, 0, INPUTS(circle_inputs), .show = show_circle,
     .write = write_join, .answer = answer_circle, .doc = MSG_DOC_CIRCLE_JOIN},
    {HTTP_POST, "/groups/{code}/leave", P_EVENT_PLAN, 0, INPUTS(circle_inputs), .show = show_circle,
     .write = write_leave, .answer = answer_circle, .doc = MSG_DOC_CIRCLE_LEAVE},
};

const struct feature partner_feature = {.name = "partner", .routes = routes, .routes_n = COUNT(routes)};
