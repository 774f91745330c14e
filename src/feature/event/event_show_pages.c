/* event_show_pages.c: the page of one event: its plan, where it stands, what can be done. */
#include "curriculum_pages.h"
#include "clock.h"
#include "event.html.h"
#include "event_feature.h"
#include "event_pages.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { E_CODE, E_DONE };
const struct input event_inputs[EVENT_INPUTS_N] = {
    [E_CODE] = EVENT_CODE_INPUT,
    [E_DONE] = {"done", IN_FLAG, MSG_CASE_RECORDED},
};

/* ---- facts ---- */

static void fact(struct facts_view *f, struct fact_view *rows, str name, str value, str dir)
{
    if (value.n > 0) {
        rows[f->rows_n++] = (struct fact_view){.name = name, .value = value, .dir = dir};
    }
}

static str venue_words(struct web *w, const struct q_event_get *r)
{
    const str kind = event_words_of(&w->page, event_venue_words, EVENT_venue_n, r->venue_kind_code);
    return r->venue_text.n == 0 ? kind
                                : arena_printf(w->arena, "%.*s · %.*s", STR_F(r->venue_text), STR_F(kind));
}

static err facts_fill(struct web *w, const struct event_view *v, struct facts_view *out)
{
    enum { FACTS = 14 };
    str taught;
    const struct page *p = &w->page;
    const struct q_event_get *r = &v->row;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    TRY(curriculum_words(w, r, &taught));
    *out = (struct facts_view){f, 0};
    fact(out, f, page_msg(p, MSG_EVENT_CODE), r->event_code, S("ltr"));
    fact(out, f, page_msg(p, MSG_EVENT_KIND),
         event_words_of(p, event_kind_words, EVENT_kind_n, r->event_kind_code), STR_NONE);
    fact(out, f, page_msg(p, MSG_EVENT_SERIES), r->series_text, S("name"));
    fact(out, f, page_msg(p, MSG_EVENT_COL_WHEN),
         event_when_words(w, r->event_day, r->from_min_n, r->to_min_n), STR_NONE);
    fact(out, f, page_msg(p, MSG_CASE_UNIT), v->unit_name, STR_NONE);
    fact(out, f, page_msg(p, MSG_EVENT_VENUE), venue_words(w, r), S("name"));
    fact(out, f, page_msg(p, MSG_EVENT_CHAIR), r->chair_text, S("name"));
    fact(out, f, page_msg(p, MSG_EVENT_SPOKEN),
         event_words_of(p, case_spoken_words, CASE_spoken_n, r->spoken_code), STR_NONE);
    fact(out, f, page_msg(p, MSG_EVENT_PLAN_LINE), r->plan_text, S("name"));
    fact(out, f, page_msg(p, MSG_EVENT_WHY), r->why_text, S("name"));
    fact(out, f, page_msg(p, MSG_EVENT_CURRICULUM), taught, S("auto"));
    fact(out, f, page_msg(p, MSG_EVENT_CURRICULUM), r->curriculum_text, S("auto"));
    fact(out, f, page_msg(p, MSG_EVENT_ANNOUNCED),
         page_msg(p, r->announced_flag ? MSG_CASE_YES : MSG_CASE_NO), STR_NONE);
    if (str_eq(r->source_code, S("imported"))) {
        fact(out, f, page_msg(p, MSG_EVENT_SOURCE), page_msg(p, MSG_EVENT_IMPORTED), STR_NONE);
    }
    return OK;
}

/* What was thought of for the women who come. */
static err women_fill(struct web *w, const struct event_view *v, struct facts_view *out)
{
    enum { FACTS = 9 };
    const struct page *p = &w->page;
    const struct q_event_get *r = &v->row;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    const str yes = page_msg(p, MSG_CASE_YES);
    const str no = page_msg(p, MSG_CASE_NO);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    *out = (struct facts_view){f, 0};
    fact(out, f, page_msg(p, MSG_EVENT_AUDIENCE),
         event_words_of(p, event_audience_words, EVENT_audience_n, r->audience_code), STR_NONE);
    if (r->female_from_n.given && r->female_to_n.given) {
        fact(out, f, page_msg(p, MSG_EVENT_FEMALE_HOURS),
             event_hours_words(w, r->female_from_n.v, r->female_to_n.v), STR_NONE);
    }
    fact(out, f, page_msg(p, MSG_EVENT_TRANSPORT), r->transport_flag ? yes : no, STR_NONE);
    fact(out, f, page_msg(p, MSG_EVENT_CHILDCARE), r->childcare_flag ? yes : no, STR_NONE);
    fact(out, f, page_msg(p, MSG_EVENT_PURDAH), r->purdah_flag ? yes : no, STR_NONE);
    fact(out, f, page_msg(p, MSG_EVENT_SEATING),
         event_words_of(p, event_seating_words, EVENT_seating_n, r->seating_code), STR_NONE);
    fact(out, f, page_msg(p, MSG_EVENT_FEMALE_STAFF), format_number(w->arena, w->lang, r->female_staff_n),
         STR_NONE);
    if (r->room_n.given) {
        fact(out, f, page_msg(p, MSG_EVENT_ROOM), format_number(w->arena, w->lang, r->room_n.v), STR_NONE);
    }
    fact(out, f, page_msg(p, MSG_EVENT_ADDRESS_PUBLIC), r->address_flag ? yes : no, STR_NONE);
    return OK;
}

static err moved_fill(struct web *w, const struct event_view *v, struct event_page_view *m)
{
    struct q_event_move_list *rows;
    size_t n;
    TRY(event_moves(&w->ctx, v, &rows, &n));
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, n + 1);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        f[i] = (struct fact_view){
            .name = arena_printf(
                w->arena, "%.*s · %.*s",
                STR_F(event_when_words(w, rows[i].event_day, rows[i].from_min_n, rows[i].to_min_n)),
                STR_F(rows[i].venue_text)),
            .value = rows[i].why_text};
    }
    m->moved = f;
    m->moved_n = n;
    return OK;
}

/* ---- ties ---- */

static struct event_link link_to(struct web *w, str code, str kind, str title, int64_t day)
{
    return (struct event_link){.to = event_url(w, code, S("")),
                               .title = event_title(&w->page, kind, title),
                               .when = event_day_words(w, day),
                               .code = code};
}

/* The three lists have rows of the same members. */
#define LINKS(w, text, rows, n, out)                                                                        \
    do {                                                                                                    \
        struct event_link *links_ = arena_array_of((w)->arena, struct event_link, (n) + 1);                 \
        if (links_ == NULL) {                                                                               \
            return FAIL(LIMIT);                                                                             \
        }                                                                                                   \
        for (size_t i = 0; i < (n); i++) {                                                                  \
            links_[i] = link_to((w), (rows)[i].event_code, (rows)[i].event_kind_code, (rows)[i].title_text, \
                                (rows)[i].event_day);                                                       \
        }                                                                                                   \
        *(out) = (struct event_links){page_msg(&(w)->page, (text)), links_, (n)};                           \
    } while (0)

static err parent_link(struct web *w, const struct event_view *v, struct event_links *out)
{
    struct event_view parent;
    struct event_link *row = arena_new_of(w->arena, struct event_link);
    if (!v->row.parent_id.given || row == NULL) {
        return OK;
    }
    const err e = event_find_id(&w->ctx, v->row.home, v->row.parent_id.v, &parent);
    if (e.code == ERR_OK) {
        *row = link_to(w, parent.row.event_code, parent.row.event_kind_code, parent.row.title_text,
                       parent.row.event_day);
        *out = (struct event_links){page_msg(&w->page, MSG_EVENT_FOLLOWS), row, 1};
    }
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static err ties_show(struct web *w, const struct event_view *v, struct event_page_view *m)
{
    struct q_event_tie_list *before;
    struct q_event_tied_list *after;
    struct q_event_follow_list *follow;
    size_t n;
    TRY(event_ties(&w->ctx, v, &before, &n));
    LINKS(w, MSG_EVENT_TIES, before, n, &m->ties);
    TRY(event_tied(&w->ctx, v, &after, &n));
    LINKS(w, MSG_EVENT_LED_TO, after, n, &m->tied);
    TRY(event_follow_ups(&w->ctx, v, &follow, &n));
    LINKS(w, MSG_EVENT_FOLLOW_UPS, follow, n, &m->follow_ups);
    return parent_link(w, v, &m->parent);
}

static err summoned_show(struct web *w, const struct event_view *v, struct event_page_view *m)
{
    struct q_event_summons_list *rows;
    size_t n;
    TRY(event_summoned(&w->ctx, v, &rows, &n));
    struct summoned_view *s = arena_array_of(w->arena, struct summoned_view, n + 1);
    if (s == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        s[i] = (struct summoned_view){
            .name = rows[i].name_text,
            .came = event_words_of(&w->page, event_came_words, EVENT_came_n, rows[i].came_code),
            .post = rows[i].post_text.n > 0 ? rows[i].post_text : S("")};
    }
    m->summoned = s;
    m->summoned_n = n;
    return OK;
}

/* Role by gender, and how many of them spoke; nothing before anybody was counted. */
static err attendance_fill(struct web *w, const struct event_view *v, struct table_view *out)
{
    enum { COLS = EVENT_sex_n + 2, ALL = EVENT_sex_n + 1 };
    struct event_cells cells;
    TRY(event_cells(&w->ctx, v->row.home, v->row.id, &cells));
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, (size_t)EVENT_role_n * COLS);
    struct row_view *rows = arena_array_of(w->arena, struct row_view, EVENT_role_n);
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    if (c == NULL || rows == NULL || columns == NULL) {
        return FAIL(LIMIT);
    }
    columns[0].text = page_msg(&w->page, MSG_EVENT_ATTENDANCE);
    columns[ALL] = (struct column_view){.text = page_msg(&w->page, MSG_EVENT_ALL), .end = true};
    for (size_t r = 0; r < EVENT_role_n; r++) {
        int64_t all = 0;
        c[r * COLS].text = page_msg(&w->page, event_role_words[r].text);
        for (size_t s = 0; s < EVENT_sex_n; s++) {
            columns[s + 1] =
                (struct column_view){.text = page_msg(&w->page, event_sex_words[s].text), .end = true};
            all += cells.at[r][s].people;
            c[r * COLS + s + 1].text = format_number(w->arena, w->lang, cells.at[r][s].people);
        }
        c[r * COLS + ALL].text = format_number(w->arena, w->lang, all);
        rows[r] = (struct row_view){&c[r * COLS], COLS};
    }
    *out = (struct table_view){.caption = columns[0].text,
                               .columns = columns,
                               .columns_n = COLS,
                               .rows = rows,
                               .rows_n = cells.all.people > 0 ? EVENT_role_n : 0};
    return OK;
}

/* ---- what happened ---- */

/* What was recorded, of a step that only says that something was. */
static enum msg recorded_words(str detail)
{
    static const struct case_word words[] = {
        {S_INIT("paper"), MSG_EVENT_DETAIL_PAPER},         {S_INIT("minutes"), MSG_EVENT_DETAIL_MINUTES},
        {S_INIT("signature"), MSG_EVENT_DETAIL_SIGNATURE}, {S_INIT("decision"), MSG_EVENT_DETAIL_DECISION},
        {S_INIT("direction"), MSG_EVENT_DETAIL_DIRECTION}, {S_INIT("follow"), MSG_EVENT_DETAIL_FOLLOW},
        {S_INIT("scores"), MSG_EVENT_DETAIL_SCORES},       {S_INIT("numbers"), MSG_EVENT_DETAIL_NUMBERS}};
    const enum msg text = case_word_of(words, COUNT(words), detail);
    return text == MSG_NONE ? MSG_EVENT_STEP_RECORD : text;
}

static err steps_fill(struct web *w, const struct event_view *v, struct event_page_view *m)
{
    static const enum msg words[EVENT_ACTIONS] = {
        [EVENT_PLAN] = MSG_EVENT_STEP_PLAN,     [EVENT_AMEND] = MSG_EVENT_STEP_AMEND,
        [EVENT_MOVE] = MSG_EVENT_STEP_MOVE,     [EVENT_ANNOUNCE] = MSG_EVENT_STEP_ANNOUNCE,
        [EVENT_HIDE] = MSG_EVENT_STEP_HIDE,     [EVENT_SUMMON] = MSG_EVENT_STEP_SUMMON,
        [EVENT_CAME] = MSG_EVENT_STEP_CAME,     [EVENT_BEGIN] = MSG_EVENT_STEP_BEGIN,
        [EVENT_RECORD] = MSG_EVENT_STEP_RECORD, [EVENT_CLOSE] = MSG_EVENT_STEP_CLOSE,
        [EVENT_REOPEN] = MSG_EVENT_STEP_REOPEN, [EVENT_CANCEL] = MSG_EVENT_STEP_CANCEL,
        [EVENT_TIE] = MSG_EVENT_STEP_TIE,       [EVENT_BRING] = MSG_EVENT_STEP_BRING,
    };
    struct q_step_list *steps;
    size_t n;
    TRY(event_steps(&w->ctx, v, &steps, &n));
    struct timeline_row *rows = arena_array_of(w->arena, struct timeline_row, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        rows[i].when = format_time(w->arena, w->lang, steps[i].at_ms);
        rows[i].what =
            page_msg(&w->page, steps[i].action_no == EVENT_RECORD ? recorded_words(steps[i].detail_code)
                                                                  : words[steps[i].action_no]);
        rows[i].words = steps[i].words_text.n > 0 ? steps[i].words_text : S("");
        TRY(step_who(w, &steps[i], &rows[i].who));
        if (steps[i].action_no == EVENT_CANCEL) {
            m->cancelled = rows[i].words;
        }
    }
    m->timeline = (struct timeline_view){rows, n};
    return OK;
}

/* ---- what can be done ---- */

static void link_put(struct web *w, struct page_link *rows, size_t *n, struct url to, enum msg text)
{
    str path = to.s;
    path = str_cut(&path, '?');
    if (web_may_open(w, w->ctx.actor.role, path)) {
        rows[(*n)++] = (struct page_link){.to = to, .text = page_msg(&w->page, text)};
    }
}

static err doing_fill(struct web *w, const struct event_view *v, struct event_page_view *m)
{
    enum { LINKS_MOST = 6 };
    const str code = v->row.event_code;
    struct page_link *links = arena_array_of(w->arena, struct page_link, LINKS_MOST);
    struct page_link *prints = arena_array_of(w->arena, struct page_link, LINKS_MOST);
    if (links == NULL || prints == NULL) {
        return FAIL(LIMIT);
    }
    const bool day_is_here = v->row.event_day <= local_day(w->ctx.now_ms);
    m->may_open = event_may(&w->ctx, v, EVENT_BEGIN) && day_is_here;
    m->not_yet = event_may(&w->ctx, v, EVENT_BEGIN) && !day_is_here;
    m->may_announce = event_may(&w->ctx, v, EVENT_ANNOUNCE) && v->row.announced_flag == 0;
    m->may_hide = event_may(&w->ctx, v, EVENT_HIDE) && v->row.announced_flag == 1;
    if (event_may(&w->ctx, v, EVENT_AMEND)) {
        link_put(w, links, &m->links_n, event_url(w, code, S("/plan")), MSG_EVENT_AMEND);
        link_put(w, links, &m->links_n, event_url(w, code, S("/move")), MSG_EVENT_MOVE);
        link_put(w, links, &m->links_n, event_url(w, code, S("/cancel")), MSG_EVENT_CANCEL);
    }
    if (event_may(&w->ctx, v, EVENT_TIE)) {
        link_put(w, links, &m->links_n, event_url(w, code, S("/ties")), MSG_EVENT_TIE);
    }
    if (v->state == EVENT_CLOSED || v->state == EVENT_OPEN) {
        const struct url again = url_local(w->arena, S("/events/new"));
        link_put(w, links, &m->links_n, url_with(w->arena, again, S("parent"), code),
                 MSG_EVENT_PLAN_FOLLOW_UP);
    }
    if (v->state == EVENT_CLOSED) { /* the sheet is of a feature above: a link to whoever may open it */
        const str sheet = arena_printf(w->arena, "/sheets/event/%.*s", STR_F(code));
        link_put(w, links, &m->links_n, url_local(w->arena, sheet), MSG_SHEET_ON_EVENT);
    }
    if (m->summoned_n > 0) {
        link_put(w, prints, &m->prints_n, event_url(w, code, S("/letters")), MSG_EVENT_LETTERS);
    }
    if (v->row.announced_flag == 1) {
        link_put(w, prints, &m->prints_n, event_url(w, code, S("/poster")), MSG_EVENT_POSTER);
        link_put(w, prints, &m->prints_n, kacheri_url(w, code, S("")), MSG_EVENT_PUBLIC_PAGE);
        link_put(w, prints, &m->prints_n, kacheri_url(w, code, S("/invitation.ics")), MSG_EVENT_ICS);
    }
    m->links = links;
    m->prints = prints;
    return OK;
}

err show_event(struct web *w)
{
    struct event_view v;
    TRY(event_of(w, E_CODE, MSG_EVENT_ONE, &v));
    const bool acting = w->route->inputs == act_event_inputs;
    struct event_page_view m = {
        .code = v.row.event_code,
        .recorded = !acting && w->in[E_DONE].n == 1 ? page_msg(&w->page, MSG_CASE_RECORDED) : STR_NONE,
        .chip = event_chip(&w->page, v.state),
        .day = event_day_words(w, v.row.event_day),
        .act = event_url(w, v.row.event_code, S("/act")),
    };
    w->page.title = event_title(&w->page, v.row.event_kind_code, v.row.title_text);
    w->page.back = url_local(w->arena, S("/events"));
    TRY(event_tabs(w, &v, &m.tabs));
    TRY(facts_fill(w, &v, &m.facts));
    TRY(women_fill(w, &v, &m.women));
    TRY(moved_fill(w, &v, &m));
    TRY(ties_show(w, &v, &m));
    TRY(summoned_show(w, &v, &m));
    TRY(attendance_fill(w, &v, &m.attendance));
    TRY(steps_fill(w, &v, &m));
    TRY(doing_fill(w, &v, &m));
    event_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- acting ---- */

enum { DO_CODE, DO_WHAT };
static const char *const choices_do[] = {"announce", "hide", "open", NULL};
enum { DO_ANNOUNCE, DO_HIDE, DO_OPEN };
const struct input act_event_inputs[ACT_EVENT_INPUTS_N] = {
    [DO_CODE] = EVENT_CODE_INPUT,
    [DO_WHAT] = {"do", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = choices_do},
};

err write_event_act(struct ctx *c, const struct given *in, struct receipt *out)
{
    const str code = in[DO_CODE].text;
    out->note = code;
    return in[DO_WHAT].n == DO_OPEN ? event_open(c, code)
                                    : event_announce(c, code, in[DO_WHAT].n == DO_ANNOUNCE);
}

/* ---- the routes ---- */

static const struct route routes[] = {
    {HTTP_GET, "/events", P_EVENT_READ, 0, INPUTS(event_list_inputs), .show = show_events,
     .doc = MSG_DOC_EVENT_LIST},
    {HTTP_GET, "/events/new", P_EVENT_PLAN, 0, INPUTS(plan_inputs), .show = show_plan,
     .doc = MSG_DOC_EVENT_PLAN},
    {HTTP_POST, "/events/new", P_EVENT_PLAN, 0, INPUTS(plan_inputs), .show = show_plan, .write = write_plan,
     .answer = answer_event, .doc = MSG_DOC_EVENT_PLAN},
    {HTTP_GET, "/events/{code}", P_EVENT_READ, 0, INPUTS(event_inputs), .show = show_event,
     .doc = MSG_DOC_EVENT_ONE},
    {HTTP_POST, "/events/{code}/act", P_EVENT_PLAN, 0, INPUTS(act_event_inputs), .show = show_event,
     .write = write_event_act, .answer = answer_event, .doc = MSG_DOC_EVENT_ACT},
    {HTTP_GET, "/events/{code}/plan", P_EVENT_PLAN, 0, INPUTS(amend_inputs), .show = show_amend,
     .doc = MSG_DOC_EVENT_AMEND},
    {HTTP_POST, "/events/{code}/plan", P_EVENT_PLAN, 0, INPUTS(amend_inputs), .show = show_amend,
     .write = write_amend, .answer = answer_event, .doc = MSG_DOC_EVENT_AMEND},
    {HTTP_GET, "/events/{code}/move", P_EVENT_PLAN, 0, INPUTS(move_inputs), .show = show_move,
     .doc = MSG_DOC_EVENT_MOVE},
    {HTTP_POST, "/events/{code}/move", P_EVENT_PLAN, 0, INPUTS(move_inputs), .show = show_move,
     .write = write_move, .answer = answer_event, .doc = MSG_DOC_EVENT_MOVE},
    {HTTP_GET, "/events/{code}/ties", P_EVENT_PLAN, 0, INPUTS(tie_inputs), .show = show_tie,
     .doc = MSG_DOC_EVENT_TIE},
    {HTTP_POST, "/events/{code}/ties", P_EVENT_PLAN, 0, INPUTS(tie_inputs), .show = show_tie,
     .write = write_tie, .answer = answer_event, .doc = MSG_DOC_EVENT_TIE},
    {HTTP_GET, "/events/{code}/cancel", P_EVENT_PLAN, 0, INPUTS(cancel_inputs), .show = show_cancel,
     .doc = MSG_DOC_EVENT_CANCEL},
    {HTTP_POST, "/events/{code}/cancel", P_EVENT_PLAN, 0, INPUTS(cancel_inputs), .show = show_cancel,
     .write = write_cancel, .answer = answer_event, .doc = MSG_DOC_EVENT_CANCEL},
    {HTTP_GET, "/events/{code}/summons", P_EVENT_PLAN, 0, INPUTS(summon_inputs), .show = show_summons,
     .doc = MSG_DOC_EVENT_SUMMONS},
    {HTTP_POST, "/events/{code}/summons", P_EVENT_PLAN, 0, INPUTS(summon_inputs), .show = show_summons,
     .write = write_summon, .answer = answer_summons, .doc = MSG_DOC_EVENT_SUMMONS},
    {HTTP_POST, "/events/{code}/came", P_EVENT_PLAN, 0, INPUTS(came_inputs), .show = show_summons,
     .write = write_came, .answer = answer_summons, .doc = MSG_DOC_EVENT_CAME},
    {HTTP_GET, "/events/{code}/letters", P_EVENT_PLAN, 0, INPUTS(letters_inputs), .show = show_letters,
     .doc = MSG_DOC_EVENT_LETTERS},
    {HTTP_GET, "/events/{code}/letters.pdf", P_EVENT_PLAN, ROUTE_SLOW, INPUTS(letters_inputs),
     .show = show_letters_pdf, .doc = MSG_DOC_EVENT_LETTERS},
    {HTTP_GET, "/events/{code}/letters.docx", P_EVENT_PLAN, ROUTE_SLOW, INPUTS(letters_inputs),
     .show = show_letters_docx, .doc = MSG_DOC_EVENT_LETTERS},
    {HTTP_GET, "/events/{code}/poster", P_EVENT_PLAN, 0, INPUTS(letters_inputs), .show = show_poster,
     .doc = MSG_DOC_EVENT_POSTER},
    {HTTP_GET, "/events/{code}/poster.pdf", P_EVENT_PLAN, ROUTE_SLOW, INPUTS(letters_inputs),
     .show = show_poster_pdf, .doc = MSG_DOC_EVENT_POSTER},
    {HTTP_GET, "/events/{code}/poster.docx", P_EVENT_PLAN, ROUTE_SLOW, INPUTS(letters_inputs),
     .show = show_poster_docx, .doc = MSG_DOC_EVENT_POSTER},
    {HTTP_GET, "/kacheri", P_PUBLIC, 0, INPUTS(kacheris_inputs), .show = show_kacheris,
     .doc = MSG_DOC_KACHERI_LIST},
    {HTTP_GET, "/kacheri/{code}", P_PUBLIC, 0, INPUTS(kacheri_inputs), .show = show_kacheri,
     .doc = MSG_DOC_KACHERI_ONE},
    {HTTP_GET, "/kacheri/{code}/invitation.ics", P_PUBLIC, 0, INPUTS(kacheri_inputs),
     .show = show_kacheri_ics, .doc = MSG_DOC_KACHERI_ICS},
};

const struct feature event_feature = {.name = "event",
                                      .routes = routes,
                                      .routes_n = COUNT(routes),
                                      .api = event_api_routes,
                                      .api_n = EVENT_API_ROUTES};
