/* rota_pages.c: the page of a desk, who is away, and the addresses of this feature. */
#include "rota_pages.h"

#include "account_feature.h"
#include "clock.h"
#include "format.h"
#include "rota.html.h"
#include "rota_feature.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { WEEKS_DAYS = 14, FACTS = 7, WEEK_COLUMNS = 4, HOUR_COLUMNS = 2, POST_COLUMNS = 2, HOUR = 60 };

/* ---- words ---- */

str weekday_text(const struct page *p, int64_t weekday)
{
    static const enum msg days[ROTA_WEEKDAYS] = {MSG_ROTA_SUNDAY,    MSG_ROTA_MONDAY,   MSG_ROTA_TUESDAY,
                                                 MSG_ROTA_WEDNESDAY, MSG_ROTA_THURSDAY, MSG_ROTA_FRIDAY,
                                                 MSG_ROTA_SATURDAY};
    return page_msg(p, days[weekday % ROTA_WEEKDAYS]);
}

str shift_clock(const struct page *p, int64_t minutes)
{
    const str text = arena_printf(p->arena, "%02d:%02d", (int)(minutes / HOUR), (int)(minutes % HOUR));
    return page_isolate(p, text);
}

static str hours_text(const struct page *p, int64_t from, int64_t to)
{
    const struct msg_arg args[] = {{"from", shift_clock(p, from)}, {"to", shift_clock(p, to)}};
    return page_msg_args(p, MSG_ROTA_HOURS_OF, 0, args, COUNT(args));
}

str post_text(const struct page *p, str code)
{
    static const struct {
        str code;
        enum msg text;
    } posts[] = {{S_INIT("it_expert"), MSG_ROTA_POST_IT_EXPERT},
                 {S_INIT("finance_officer"), MSG_ROTA_POST_FINANCE_OFFICER},
                 {S_INIT("coordinator"), MSG_ROTA_POST_COORDINATOR},
                 {S_INIT("mobiliser"), MSG_ROTA_POST_MOBILISER}};
    for (size_t i = 0; i < COUNT(posts); i++) {
        if (str_eq(posts[i].code, code)) {
            return page_msg(p, posts[i].text);
        }
    }
    return page_msg(p, MSG_ROTA_POST_OTHER);
}

err rota_desk_name(struct web *w, const struct q_rota_desk *desk, str *out)
{
    return label_find(&w->ctx, S("body"), desk->id, out);
}

/* ---- who is away ---- */

err rota_resolve(struct ctx *c, str session, str bearer, struct who *out)
{
    struct who who = {0};
    struct rota_turn turn;
    TRY(account_resolve(c, session, bearer, &who));
    if (who.actor.role == ROLE_MEMBER) {
        TRY(rota_turn(c, who.actor.user_id, who.actor.office_id, &turn));
        who.actor.role = turn.on ? ROLE_MEMBER : ROLE_AWAY;
    }
    *out = who;
    return OK;
}

str rota_away_words(struct web *w)
{
    struct rota_turn turn;
    const struct actor *who = &w->who.actor;
    const struct page *p = &w->page;
    if (rota_turn(&w->ctx, who->user_id, who->office_id, &turn).code != ERR_OK || turn.day == 0) {
        return page_msg(p, MSG_ROTA_AWAY_NONE);
    }
    const struct msg_arg args[] = {{"day", format_day(w->arena, w->lang, turn.day)},
                                   {"from", shift_clock(p, turn.from)},
                                   {"to", shift_clock(p, turn.to)}};
    return page_msg_args(p, MSG_ROTA_AWAY_NEXT, 0, args, COUNT(args));
}

/* ---- the page ---- */

static err columns_of(struct web *w, const enum msg *heads, size_t n, struct table_view *out)
{
    struct column_view *columns = arena_array_of(w->arena, struct column_view, n);
    if (columns == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        columns[i].text = page_msg(&w->page, heads[i]);
    }
    out->columns = columns;
    out->columns_n = n;
    return OK;
}

/* Room for so many rows of so many cells, one behind the other. */
static err rows_of(struct web *w, size_t n, size_t cells_n, struct row_view **out,
                   struct cell_view **out_cells)
{
    struct row_view *rows = arena_array_of(w->arena, struct row_view, n + 1);
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * cells_n + 1);
    if (rows == NULL || cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct row_view){.cells = cells + i * cells_n, .cells_n = cells_n};
    }
    *out = rows;
    *out_cells = cells;
    return OK;
}

static str shift_state(const struct page *p, const struct q_shift_list *s)
{
    if (str_eq(s->state_code, S("absent"))) {
        return page_msg(p, MSG_ROTA_ABSENT);
    }
    if (str_eq(s->state_code, S("swapped"))) {
        return page_msg(p, MSG_ROTA_SWAPPED);
    }
    return page_msg(p, s->instead_id.given ? MSG_ROTA_INSTEAD_OF : MSG_ROTA_PLANNED);
}

/* "Former member", with the day on which her council's term ended. */
static str former_note(struct web *w, const struct q_member_list *members, size_t n,
                       const struct q_shift_list *s)
{
    for (size_t i = 0; i < n; i++) {
        if (members[i].account_id == s->account_id && member_former(&members[i], s->shift_day)) {
            const struct msg_arg day = {"day", format_day(w->arena, w->lang, members[i].seat_to_day)};
            const str until = page_msg_args(&w->page, MSG_ROTA_FORMER_UNTIL, 0, &day, 1);
            return arena_printf(w->arena, "%.*s · %.*s", STR_F(page_msg(&w->page, MSG_ROTA_FORMER)),
                                STR_F(until));
        }
    }
    return S("");
}

static str day_text(struct web *w, int64_t day)
{
    const str date = format_day(w->arena, w->lang, day);
    return arena_printf(w->arena, "%.*s %.*s", STR_F(weekday_text(&w->page, day_weekday(day))), STR_F(date));
}

/* This week and the next; and who is here now. */
static err weeks_fill(struct web *w, const struct q_rota_desk *desk, struct rota_view *m)
{
    static const enum msg heads[WEEK_COLUMNS] = {MSG_ROTA_DAY, MSG_ROTA_MEMBER, MSG_ROTA_HOURS,
                                                 MSG_ROTA_STATE};
    struct q_shift_list *shifts;
    struct q_member_list *members;
    struct row_view *rows;
    struct cell_view *cells;
    size_t n;
    size_t members_n;
    const int64_t monday = week_of(local_day(w->ctx.now_ms));
    const struct q_shift_list_in in = {
        .body_id = desk->id, .from_day = monday, .to_day = day_add(monday, WEEKS_DAYS - 1)};
    TRY(q_shift_list(w->ctx.db, w->arena, &in, &shifts, &n));
    TRY(q_member_list(w->ctx.db, w->arena, desk->id, &members, &members_n));
    TRY(columns_of(w, heads, WEEK_COLUMNS, &m->weeks));
    TRY(rows_of(w, n, WEEK_COLUMNS, &rows, &cells));
    for (size_t i = 0; i < n; i++) {
        const struct q_shift_list *s = &shifts[i];
        struct cell_view *cell = cells + i * WEEK_COLUMNS;
        const bool here = shift_lasts(s, w->ctx.now_ms);
        cell[0] = (struct cell_view){.text = day_text(w, s->shift_day)};
        cell[1] = (struct cell_view){.text = s->name_text, .note = former_note(w, members, members_n, s)};
        cell[2] = (struct cell_view){.text = hours_text(&w->page, s->from_min_n, s->to_min_n)};
        cell[3] = (struct cell_view){.text = shift_state(&w->page, s), .chip = here ? S("done") : STR_NONE};
        if (here) {
            const struct msg_arg until = {"time", shift_clock(&w->page, s->to_min_n)};
            m->now = arena_printf(w->arena, "%.*s%s%.*s (%.*s)", STR_F(m->now), m->now.n > 0 ? " · " : "",
                                  STR_F(page_isolate(&w->page, s->name_text)),
                                  STR_F(page_msg_args(&w->page, MSG_ROTA_UNTIL, 0, &until, 1)));
        }
    }
    m->weeks.caption = page_msg(&w->page, MSG_ROTA_WEEKS);
    m->weeks.rows = rows;
    m->weeks.rows_n = n;
    m->weeks.empty = page_msg(&w->page, MSG_ROTA_NONE_PLANNED);
    return OK;
}

static err hours_fill(struct web *w, const struct q_rota_desk *desk, struct rota_view *m)
{
    static const enum msg heads[HOUR_COLUMNS] = {MSG_ROTA_DAY, MSG_ROTA_HOURS};
    enum { MONDAY = 1 };
    struct q_hours_list *hours;
    struct q_closed_list *closed;
    struct row_view *rows;
    struct cell_view *cells;
    size_t n;
    const int64_t today = local_day(w->ctx.now_ms);
    const struct q_closed_list_in in = {
        .body_id = desk->id, .from_day = today, .to_day = day_add(today, ROTA_AHEAD_DAYS)};
    TRY(q_hours_list(w->ctx.db, w->arena, desk->id, &hours, &n));
    TRY(q_closed_list(w->ctx.db, w->arena, &in, &closed, &m->closed_n));
    TRY(columns_of(w, heads, HOUR_COLUMNS, &m->hours));
    TRY(rows_of(w, ROTA_WEEKDAYS, HOUR_COLUMNS, &rows, &cells));
    for (size_t d = 0; d < ROTA_WEEKDAYS; d++) {
        const int64_t weekday = (int64_t)(d + MONDAY) % ROTA_WEEKDAYS;
        str text = page_msg(&w->page, MSG_ROTA_CLOSED);
        struct cell_view *cell = cells + d * HOUR_COLUMNS;
        for (size_t i = 0; i < n; i++) {
            if (hours[i].weekday_no == weekday) {
                text = hours_text(&w->page, hours[i].from_min_n, hours[i].to_min_n);
            }
        }
        cell[0] = (struct cell_view){.text = weekday_text(&w->page, weekday)};
        cell[1] = (struct cell_view){.text = text};
    }
    m->hours.caption = page_msg(&w->page, MSG_ROTA_OPEN_DAYS);
    m->hours.rows = rows;
    m->hours.rows_n = ROTA_WEEKDAYS;
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, m->closed_n + 1);
    for (size_t i = 0; c != NULL && i < m->closed_n; i++) {
        c[i] = (struct choice_view){.text = day_text(w, closed[i].closed_day), .hint = closed[i].why_text};
    }
    m->closed = c;
    return c == NULL ? FAIL(LIMIT) : OK;
}

static err posts_fill(struct web *w, const struct q_rota_desk *desk, struct rota_view *m)
{
    static const enum msg heads[POST_COLUMNS] = {MSG_ROTA_POST, MSG_ROTA_HOLDER};
    struct q_post_list *posts;
    struct row_view *rows;
    struct cell_view *cells;
    size_t n;
    TRY(q_post_list(w->ctx.db, w->arena, desk->id, &posts, &n));
    TRY(columns_of(w, heads, POST_COLUMNS, &m->posts));
    TRY(rows_of(w, n, POST_COLUMNS, &rows, &cells));
    for (size_t i = 0; i < n; i++) {
        struct cell_view *cell = cells + i * POST_COLUMNS;
        const bool works = str_eq(posts[i].role_code, S("desk"));
        const enum msg nobody = works ? MSG_ROTA_VACANT : MSG_ROTA_NO_ACCOUNT;
        cell[0] = (struct cell_view){.text = post_text(&w->page, posts[i].post_code)};
        cell[1] = (struct cell_view){.text = posts[i].account_id.given ? posts[i].name_text
                                                                       : page_msg(&w->page, nobody)};
    }
    m->posts.caption = page_msg(&w->page, MSG_ROTA_POSTS);
    m->posts.rows = rows;
    m->posts.rows_n = n;
    return OK;
}

static void fact_put(struct web *w, struct rota_view *m, struct fact_view *f, enum msg name, str value,
                     str dir)
{
    f[m->facts.rows_n++] =
        (struct fact_view){.name = page_msg(&w->page, name),
                           .value = value.n > 0 ? value : page_msg(&w->page, MSG_ROTA_NOT_GIVEN),
                           .dir = value.n > 0 ? dir : STR_NONE};
}

static str run_by(struct web *w, const struct q_profile_get *p)
{
    if (str_eq(p->operator_code, S("host"))) {
        return page_msg(&w->page, MSG_ROTA_RUN_HOST);
    }
    const enum msg kind = str_eq(p->operator_code, S("cso")) ? MSG_ROTA_RUN_CSO : MSG_ROTA_RUN_OTHER;
    return arena_printf(w->arena, "%.*s (%.*s)", STR_F(page_isolate(&w->page, p->operator_text)),
                        STR_F(page_msg(&w->page, kind)));
}

static str letter_text(struct web *w, const struct q_profile_get *p)
{
    const str day = p->letter_day.given ? format_day(w->arena, w->lang, p->letter_day.v) : S("");
    if (p->letter_text.n == 0) {
        return S("");
    }
    return arena_printf(w->arena, "%.*s%s%.*s%s%.*s", STR_F(page_isolate(&w->page, p->letter_text)),
                        day.n > 0 ? " · " : "", STR_F(day), p->letter_by_text.n > 0 ? " · " : "",
                        STR_F(page_isolate(&w->page, p->letter_by_text)));
}

static err facts_fill(struct web *w, const struct q_rota_desk *desk, struct rota_view *m)
{
    struct q_profile_get p = {.host_id = 0};
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    str host = S("");
    const err e = profile_now(&w->ctx, desk->id, &p);
    const bool known = e.code == ERR_OK;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    TRY(known || e.code == ERR_NOT_FOUND ? OK : e);
    TRY(known ? label_find(&w->ctx, S("body"), p.host_id, &host) : OK);
    m->facts.rows = f;
    fact_put(w, m, f, MSG_ROTA_HOST, host, S("name"));
    fact_put(w, m, f, MSG_ROTA_RUN_BY, known ? run_by(w, &p) : S(""), STR_NONE);
    fact_put(w, m, f, MSG_ROTA_LETTER, known ? letter_text(w, &p) : S(""), STR_NONE);
    fact_put(w, m, f, MSG_ROTA_FUNDER, known ? p.funder_text : S(""), S("name"));
    fact_put(w, m, f, MSG_ROTA_ROOM, known ? p.room_text : S(""), S("name"));
    fact_put(w, m, f, MSG_ROTA_PHONE, known ? p.phone_text : S(""), S("ltr"));
    return OK;
}

static err notes_fill(struct web *w, const struct q_rota_desk *desk, struct rota_view *m)
{
    struct q_note_list *notes;
    TRY(q_note_list(w->ctx.db, w->arena, desk->id, ROTA_NOTES_SHOWN, &notes, &m->notes_n));
    struct rota_note_view *v = arena_array_of(w->arena, struct rota_note_view, m->notes_n + 1);
    for (size_t i = 0; v != NULL && i < m->notes_n; i++) {
        v[i] = (struct rota_note_view){.when = format_time(w->arena, w->lang, notes[i].noted_ms),
                                       .who = notes[i].name_text,
                                       .words = notes[i].words_text};
    }
    m->notes = v;
    return v == NULL ? FAIL(LIMIT) : OK;
}

static err desks_fill(struct web *w, const struct q_rota_desk *here, struct rota_view *m)
{
    struct q_rota_desk *desks;
    TRY(rota_desks(&w->ctx, &desks, &m->desks_n));
    struct page_link *links = arena_array_of(w->arena, struct page_link, m->desks_n + 1);
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < m->desks_n; i++) {
        links[i].to = url_with(w->arena, url_local(w->arena, S("/rota")), S("desk"), desks[i].body_code);
        links[i].here = desks[i].id == here->id;
        TRY(rota_desk_name(w, &desks[i], &links[i].text));
    }
    m->desks = links;
    return OK;
}

enum { IN_DESK, IN_NOTE, IN_NOTED = IN_NOTE, ROTA_INPUTS };
static const struct input rota_inputs[ROTA_INPUTS] = {
    [IN_DESK] = {"desk", IN_CODE, MSG_ROTA_TITLE},
    [IN_NOTED] = {"noted", IN_FLAG, MSG_ROTA_NOTE},
};
static const struct input note_inputs[ROTA_INPUTS] = {
    [IN_DESK] = {"desk", IN_CODE, MSG_ROTA_TITLE},
    [IN_NOTE] = {"words", IN_WORDS, MSG_ROTA_NOTE, ROTA_NOTE_MAX, true, .missing = MSG_ROTA_NOTE_MISSING},
};

static str desk_asked(const struct given *in)
{
    return in[IN_DESK].given ? in[IN_DESK].text : STR_NONE;
}

static struct field_view note_field(struct web *w)
{
    const bool posted = w->route->inputs == note_inputs;
    struct field_view f = posted ? web_field(w, IN_NOTE, MSG_ROTA_NOTE_HINT)
                                 : (struct field_view){.name = S("words"),
                                                       .label = page_msg(&w->page, MSG_ROTA_NOTE),
                                                       .hint = page_msg(&w->page, MSG_ROTA_NOTE_HINT),
                                                       .dir = S("auto")};
    f.rows = 3;
    return f;
}

static err show_rota(struct web *w)
{
    struct q_rota_desk desk;
    struct rota_view m = {.now = S("")};
    TRY(rota_desk(&w->ctx, desk_asked(w->in), &desk));
    TRY(rota_desk_name(w, &desk, &m.name));
    m.desk = desk.body_code;
    m.may_note = permission_of(w->who.actor.role, P_VISIT_RECORD);
    m.may_manage = permission_of(w->who.actor.role, P_ROTA_MANAGE);
    m.manage = url_with(w->arena, url_local(w->arena, S("/rota/manage")), S("desk"), desk.body_code);
    m.note = note_field(w);
    if (w->route->inputs == rota_inputs && w->in[IN_NOTED].given && w->in[IN_NOTED].n == 1) {
        m.note_done = page_msg(&w->page, MSG_ROTA_DONE);
    }
    TRY(desks_fill(w, &desk, &m));
    TRY(weeks_fill(w, &desk, &m));
    TRY(notes_fill(w, &desk, &m));
    TRY(facts_fill(w, &desk, &m));
    TRY(hours_fill(w, &desk, &m));
    TRY(posts_fill(w, &desk, &m));
    w->page.title = page_msg(&w->page, MSG_ROTA_TITLE);
    w->page.form_id = m.may_note ? S("note") : STR_NONE;
    rota_page(&w->page, &m);
    return web_html(w, 200);
}

static err write_note(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct q_rota_desk desk;
    TRY(rota_desk(c, desk_asked(in), &desk));
    out->note = desk.body_code;
    return note_set(c, &desk, in[IN_NOTE].text);
}

static err answer_note(struct web *w)
{
    const struct url to = url_with(w->arena, url_local(w->arena, S("/rota")), S("desk"), w->receipt.note);
    return web_redirect(w, url_with(w->arena, to, S("noted"), S("1")));
}

static const struct route routes[] = {
    {HTTP_GET, "/rota", P_ROTA_READ, 0, INPUTS(rota_inputs), .show = show_rota, .doc = MSG_ROTA_DOC_SHOW},
    {HTTP_POST, "/rota/note", P_VISIT_RECORD, 0, INPUTS(note_inputs), .show = show_rota, .write = write_note,
     .answer = answer_note, .doc = MSG_ROTA_DOC_NOTE},
    {HTTP_GET, "/rota/manage", P_ROTA_MANAGE, 0, INPUTS(manage_inputs), .show = show_manage,
     .doc = MSG_ROTA_DOC_MANAGE},
    {HTTP_POST, "/rota/manage", P_ROTA_MANAGE, 0, INPUTS(manage_inputs), .show = show_manage,
     .write = write_manage, .answer = answer_manage, .doc = MSG_ROTA_DOC_MANAGE},
};

const struct feature rota_feature = {.name = "rota", .routes = routes, .routes_n = COUNT(routes)};
