/* circle_pages.c: a new group, and the page of one: who belongs to it, when it met. */
#include "case_parts.h"
#include "clock.h"
#include "format.h"
#include "partner.html.h"
#include "partner_pages.h"
#include "place.h"

static str text_or_none(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

/* ---- a new one ---- */

const struct input circle_new_inputs[CN_N] = {
    [CN_KIND] = {"kind", IN_CHOICE, MSG_PARTNER_KIND, .required = true, .choices = partner_kind_codes},
    [CN_SERIES] = {"series", IN_LINE, MSG_PARTNER_SERIES, EVENT_LINE_MAX, .required = true},
    [CN_GOALS] = {"goals", IN_WORDS, MSG_PARTNER_GOALS, PARTNER_WORDS_MAX},
};

err show_circle_new(struct web *w)
{
    struct circle_form m = {.kind = web_field(w, CN_KIND, MSG_NONE),
                            .series = web_field(w, CN_SERIES, MSG_PARTNER_SERIES_HINT),
                            .goals = web_field(w, CN_GOALS, MSG_NONE)};
    m.series.dir = S("auto");
    m.goals.rows = 3;
    TRY(choices_words(w, CN_KIND, partner_kind_words, PARTNER_kind_n, STR_NONE, &m.kind));
    w->page.title = page_msg(&w->page, MSG_PARTNER_CIRCLE_NEW);
    w->page.back = url_local(w->arena, S("/twinning"));
    w->page.form_id = S("partners");
    circle_new_page(&w->page, &m);
    return web_html(w, 200);
}

err write_circle_new(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct circle_new n = {.kind = str_of(partner_kind_codes[in[CN_KIND].n]),
                                 .series = in[CN_SERIES].text,
                                 .goals = text_or_none(&in[CN_GOALS])};
    return circle_make(c, &n, &out->note);
}

err answer_circle(struct web *w)
{
    return web_redirect(w, partner_url(w, S("groups"), w->receipt.note, S("")));
}

/* ---- one of them ---- */

const struct input circle_inputs[CI_N] = {
    [CI_CODE] = {"code", IN_CODE, MSG_PARTNER_CODE, 60, .required = true},
    [CI_SIDE] = {"side", IN_CHOICE, MSG_PARTNER_SIDE, .choices = partner_side_codes},
    [CI_POST] = {"post", IN_LINE, MSG_PARTNER_POST, PARTNER_NAME_MAX},
    [CI_OFFICE] = {"office", IN_CODE, MSG_PARTNER_OFFICE, 60},
    [CI_NO] = {"no", IN_NUMBER, MSG_PARTNER_WHO_LEAVES, PARTNER_MEMBERS_MAX},
};

err write_join(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct circle_member m = {.side = text_or_none(&in[CI_SIDE]),
                                    .post = text_or_none(&in[CI_POST]),
                                    .office = text_or_none(&in[CI_OFFICE])};
    out->note = in[CI_CODE].text;
    return circle_join(c, in[CI_CODE].text, &m);
}

err write_leave(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[CI_CODE].text;
    return circle_leave(c, in[CI_CODE].text, in[CI_NO].given ? in[CI_NO].n : 0);
}

enum { M_POST, M_SIDE, M_OFFICE, M_SINCE, M_COLS };

static err member_row(struct web *w, const struct q_circle_members *r, struct cell_view *c)
{
    const enum msg side = case_word_of(partner_side_words, PARTNER_side_n, r->side_code);
    str office = S("");
    if (r->body_id.given) {
        TRY(label_find(&w->ctx, S("body"), r->body_id.v, &office));
    }
    const struct msg_arg until = {"day", format_day(w->arena, w->lang, r->to_day)};
    c[M_POST] = (struct cell_view){.text = r->post_text, .dir = S("auto")};
    c[M_SIDE].text = page_msg(&w->page, side);
    c[M_OFFICE].text = office;
    c[M_SINCE] = (struct cell_view){
        .text = format_day(w->arena, w->lang, r->from_day),
        .note = r->to_day < DAY_OPEN ? page_msg_args(&w->page, MSG_PARTNER_UNTIL, 0, &until, 1) : S("")};
    return OK;
}

static err members_table(struct web *w, const struct q_circle_members *rows, size_t n, struct table_view *out)
{
    static const enum msg heads[M_COLS] = {[M_POST] = MSG_PARTNER_POST,
                                           [M_SIDE] = MSG_PARTNER_SIDE,
                                           [M_OFFICE] = MSG_PARTNER_OFFICE,
                                           [M_SINCE] = MSG_PARTNER_SINCE};
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * M_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(member_row(w, &rows[i], &cells[i * M_COLS]));
    }
    return web_table(w, heads, M_COLS, cells, n, MSG_PARTNER_MEMBERS, MSG_PARTNER_MEMBERS_NONE, out);
}

/* Who belongs to it today: one of them may leave. */
static err leaving_choices(struct web *w, const struct q_circle_members *rows, size_t n,
                           struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    size_t kept = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].to_day == DAY_OPEN) {
            c[kept++] =
                (struct choice_view){.value = arena_printf(w->arena, "%lld", (long long)rows[i].member_no),
                                     .text = rows[i].post_text};
        }
    }
    web_choose(w, CI_NO, c, kept, STR_NONE);
    out->choices = c;
    out->choices_n = kept;
    return OK;
}

enum { E_CODE, E_DAY, E_STATE, E_COLS };

static err events_table(struct web *w, const struct q_circle_get *g, struct table_view *out)
{
    static const enum msg heads[E_COLS] = {
        [E_CODE] = MSG_PARTNER_EVENT, [E_DAY] = MSG_PARTNER_DAY, [E_STATE] = MSG_PARTNER_STATE};
    struct q_circle_events *rows;
    size_t n;
    TRY(circle_events(&w->ctx, g, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * E_COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * E_COLS];
        c[E_CODE] = (struct cell_view){.text = rows[i].event_code,
                                       .dir = S("ltr"),
                                       .to = partner_url(w, S("events"), rows[i].event_code, S(""))};
        c[E_DAY].text = format_day(w->arena, w->lang, rows[i].event_day);
        c[E_STATE].text = page_msg(&w->page, event_state_words[rows[i].flow_state].text);
    }
    return web_table(w, heads, E_COLS, cells, n, MSG_PARTNER_MEETINGS, MSG_PARTNER_MEETINGS_NONE, out);
}

err show_circle(struct web *w)
{
    struct q_circle_get g;
    struct q_circle_members *members;
    size_t n;
    TRY(circle_find(&w->ctx, w->in[CI_CODE].text, &g));
    TRY(circle_members(&w->ctx, &g, &members, &n));
    const struct url plan =
        url_with(w->arena, url_local(w->arena, S("/events/new")), S("kind"), g.event_kind_code);
    struct circle_page_view m = {
        .code = g.circle_code,
        .kind = page_msg(&w->page, case_word_of(partner_kind_words, PARTNER_kind_n, g.event_kind_code)),
        .plan = url_with(w->arena, plan, S("series"), g.series_text),
        .goals = g.goals_text,
        .may_plan = permission_of(w->ctx.actor.role, P_EVENT_PLAN) && w->ctx.actor.home == g.home,
        .join = partner_url(w, S("groups"), g.circle_code, S("/join")),
        .leave = partner_url(w, S("groups"), g.circle_code, S("/leave")),
        .side = web_field(w, CI_SIDE, MSG_NONE),
        .post = web_field(w, CI_POST, MSG_PARTNER_POST_HINT),
        .office = web_field(w, CI_OFFICE, MSG_NONE),
        .no = web_field(w, CI_NO, MSG_NONE),
    };
    m.side.optional = m.post.optional = m.no.optional = false;
    m.post.dir = S("auto");
    TRY(choices_words(w, CI_SIDE, partner_side_words, PARTNER_side_n, STR_NONE, &m.side));
    TRY(offices_offered(w, CI_OFFICE, false, &m.office));
    TRY(members_table(w, members, n, &m.members));
    TRY(leaving_choices(w, members, n, &m.no));
    TRY(events_table(w, &g, &m.events));
    w->page.title = g.series_text;
    w->page.back = url_local(w->arena, S("/twinning"));
    w->page.script = true;
    circle_page(&w->page, &m);
    return web_html(w, 200);
}
