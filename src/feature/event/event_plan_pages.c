/* event_plan_pages.c: planning an event; changing its plan, its place and day; cancelling it. */
#include "clock.h"
#include "curriculum_pages.h"
#include "event.html.h"
#include "event_inside.h"
#include "event_pages.h"
#include "format.h"
#include "lang.h"

/* What is asked of a plan beside place and time: the same of a new one and of one that is changed. */
enum {
    A_KIND,
    A_AUDIENCE,
    A_SERIES,
    A_TITLE,
    A_SEATING,
    A_TRANSPORT,
    A_CHILDCARE,
    A_PURDAH,
    A_ADDRESS,
    A_STAFF,
    A_ROOM,
    A_CHAIR,
    A_SPOKEN,
    A_PLAN,
    A_WHY,
    A_TAUGHT,
    A_CURRICULUM,
    A_N
};
enum { N_PARENT = A_N, N_SUMMONED, N_TIES, N_RECORD, N_AT };
enum { AM_CODE = A_N };

#define ABOUT_INPUTS                                                                                         \
    [A_KIND] = {"kind", IN_CHOICE, MSG_EVENT_KIND, .required = true, .choices = event_kind_codes},           \
    [A_AUDIENCE] = {"audience", IN_CHOICE, MSG_EVENT_AUDIENCE, .required = true,                             \
                    .choices = event_audience_codes},                                                        \
    [A_SERIES] = {"series", IN_LINE, MSG_EVENT_SERIES}, [A_TITLE] = {"title", IN_LINE, MSG_EVENT_TITLE_OWN}, \
    [A_SEATING] = {"seating", IN_CHOICE, MSG_EVENT_SEATING, .choices = event_seating_codes},                 \
    [A_TRANSPORT] = {"transport", IN_FLAG, MSG_EVENT_TRANSPORT},                                             \
    [A_CHILDCARE] = {"childcare", IN_FLAG, MSG_EVENT_CHILDCARE},                                             \
    [A_PURDAH] = {"purdah", IN_FLAG, MSG_EVENT_PURDAH},                                                      \
    [A_ADDRESS] = {"address_public", IN_FLAG, MSG_EVENT_ADDRESS_PUBLIC},                                     \
    [A_STAFF] = {"female_staff", IN_NUMBER, MSG_EVENT_FEMALE_STAFF, EVENT_FEMALE_STAFF_MAX},                 \
    [A_ROOM] = {"room", IN_NUMBER, MSG_EVENT_ROOM, EVENT_ROOM_MAX},                                          \
    [A_CHAIR] = {"chair", IN_LINE, MSG_EVENT_CHAIR},                                                         \
    [A_SPOKEN] = {"spoken", IN_CHOICE, MSG_EVENT_SPOKEN, .choices = case_spoken_codes},                      \
    [A_PLAN] = {"plan", IN_LINE, MSG_EVENT_PLAN_LINE}, [A_WHY] = {"why", IN_LINE, MSG_EVENT_WHY},            \
    [A_TAUGHT] = {"taught", IN_CODE, MSG_CURRICULUM_TAUGHT, 20},                                             \
    [A_CURRICULUM] = {"curriculum", IN_WORDS, MSG_EVENT_CURRICULUM, EVENT_WORDS_MAX}

const struct input plan_inputs[PLAN_INPUTS_N] = {
    ABOUT_INPUTS,
    [N_PARENT] = {"parent", IN_CODE, MSG_EVENT_PARENT, 60},
    [N_SUMMONED] = {"summoned", IN_LIST, MSG_EVENT_SUMMONED, EVENT_SUMMONED_MAX},
    [N_TIES] = {"ties", IN_LIST, MSG_EVENT_TIES, 30},
    [N_RECORD] = {"record", IN_CODE, MSG_VISIT_RECORD, 26},
    WHERE_INPUTS(N_AT),
};

const struct input amend_inputs[AMEND_INPUTS_N] = {
    ABOUT_INPUTS,
    [AM_CODE] = EVENT_CODE_INPUT,
};

static str text_of(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

static str choice_of(const struct given *g, const char *const *codes)
{
    return g->given ? str_of(codes[g->n]) : STR_NONE;
}

static bool ticked(const struct given *g)
{
    return g->given && g->n == 1;
}

static struct event_new about_of(const struct given *in)
{
    return (struct event_new){
        .kind = choice_of(&in[A_KIND], event_kind_codes),
        .audience = choice_of(&in[A_AUDIENCE], event_audience_codes),
        .series = text_of(&in[A_SERIES]),
        .title = text_of(&in[A_TITLE]),
        .seating = choice_of(&in[A_SEATING], event_seating_codes),
        .transport = ticked(&in[A_TRANSPORT]),
        .childcare = ticked(&in[A_CHILDCARE]),
        .purdah = ticked(&in[A_PURDAH]),
        .address_public = ticked(&in[A_ADDRESS]),
        .female_staff = in[A_STAFF].given ? in[A_STAFF].n : 0,
        .room = in[A_ROOM].given ? SOME(in[A_ROOM].n) : NONE_I64,
        .chair = text_of(&in[A_CHAIR]),
        .spoken = choice_of(&in[A_SPOKEN], case_spoken_codes),
        .plan = text_of(&in[A_PLAN]),
        .why = text_of(&in[A_WHY]),
        .taught = text_of(&in[A_TAUGHT]),
        .curriculum = text_of(&in[A_CURRICULUM]),
    };
}

/* ---- fields ---- */

static str number_text(struct web *w, struct opt_i64 n)
{
    return n.given ? arena_printf(w->arena, "%lld", (long long)n.v) : S("");
}

/* A line or number as typed, else as it stands. */
static struct field_view line(struct web *w, size_t input, enum msg hint, str now)
{
    struct field_view f = web_field(w, input, hint);
    if (f.value.p == NULL) {
        f.value = now;
    }
    return f;
}

/* A box: a form that was sent says by its absence that it is not ticked. */
static struct field_view box(struct web *w, size_t input, bool now)
{
    struct field_view f = web_field(w, input, MSG_NONE);
    if (f.value.p == NULL && !w->in[A_KIND].given) {
        f.value = now ? S("1") : S("");
    }
    return f;
}

static err chosen(struct web *w, size_t input, const struct case_word *words, size_t n, str now,
                  struct field_view *out)
{
    *out = web_field(w, input, MSG_NONE);
    return choices_words(w, input, words, n, now, out);
}

static str or_empty(str s)
{
    return s.p == NULL ? S("") : s;
}

/* Lines of plans that are in force: to choose from, while older words may still be written. */
static err lines_fill(struct web *w, struct plan_view *m)
{
    enum { DAYS_BACK = 60, DAYS_AHEAD = 400 };
    const int64_t today = local_day(w->ctx.now_ms);
    struct q_event_lines *rows;
    size_t n;
    if (w->ctx.actor.home == 0) {
        return OK;
    }
    TRY(event_lines(&w->ctx, w->ctx.actor.home, day_add(today, -DAYS_BACK), day_add(today, DAYS_AHEAD), &rows,
                    &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = event_line_code(w->arena, &rows[i]), .text = rows[i].title_text};
    }
    m->lines = c;
    m->lines_n = n;
    m->plan.known = n > 0 ? S("lines") : STR_NONE;
    m->plan.hint = n > 0 ? page_msg(&w->page, MSG_EVENT_LINE_HINT) : m->plan.hint;
    return OK;
}

static err about_fill(struct web *w, const struct q_event_get *r, struct plan_view *m)
{
    TRY(chosen(w, A_KIND, event_kind_words, EVENT_kind_n, r->event_kind_code, &m->kind));
    TRY(chosen(w, A_AUDIENCE, event_audience_words, EVENT_audience_n, r->audience_code, &m->audience));
    TRY(chosen(w, A_SEATING, event_seating_words, EVENT_seating_n, r->seating_code, &m->seating));
    TRY(chosen(w, A_SPOKEN, case_spoken_words, CASE_spoken_n, r->spoken_code, &m->spoken));
    m->audience.type = S("pair");
    m->series = line(w, A_SERIES, MSG_EVENT_SERIES_HINT, or_empty(r->series_text));
    m->name = line(w, A_TITLE, MSG_EVENT_TITLE_HINT, or_empty(r->title_text));
    m->transport = box(w, A_TRANSPORT, r->transport_flag == 1);
    m->childcare = box(w, A_CHILDCARE, r->childcare_flag == 1);
    m->purdah = box(w, A_PURDAH, r->purdah_flag == 1);
    m->address = box(w, A_ADDRESS, r->address_flag == 1);
    m->female_staff = line(w, A_STAFF, MSG_NONE, m->amends ? number_text(w, SOME(r->female_staff_n)) : S(""));
    m->room = line(w, A_ROOM, MSG_NONE, number_text(w, r->room_n));
    m->chair = line(w, A_CHAIR, MSG_EVENT_CHAIR_HINT, or_empty(r->chair_text));
    m->plan = line(w, A_PLAN, MSG_EVENT_PLAN_HINT, or_empty(r->plan_text));
    m->why = line(w, A_WHY, MSG_EVENT_WHY_HINT, or_empty(r->why_text));
    m->plan.optional = m->why.optional = false; /* one of the two is needed */
    TRY(lines_fill(w, m));
    m->curriculum = line(w, A_CURRICULUM, MSG_CURRICULUM_WORDS_HINT, or_empty(r->curriculum_text));
    return curriculum_choices(w, A_TAUGHT, r, &m->taught);
}

err bodies_choices(struct web *w, size_t input, str preset, struct field_view *out)
{
    struct q_event_bodies *rows;
    size_t n;
    const struct q_event_bodies_in in = {
        .lang_code = lang_table[w->lang].code, .home = w->ctx.actor.home, .on_day = local_day(w->ctx.now_ms)};
    TRY(q_event_bodies(w->ctx.db, w->arena, &in, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = rows[i].body_code, .text = rows[i].name_text};
    }
    web_choose(w, input, c, n, preset);
    *out = web_field(w, input, MSG_NONE);
    out->type = S("checkbox");
    out->choices = c;
    out->choices_n = n;
    return OK;
}

/* Mobilisation and outreach of the months before a day, that may have led there; `preset`: codes, one in a
 * line. */
static err ties_fill(struct web *w, size_t input, int64_t day, str preset, struct field_view *out)
{
    enum { DAYS_BACK = 120, MOST = 40 };
    const struct event_filter f = {.from_day = day_add(day, -DAYS_BACK), .limit = MOST};
    struct q_event_list *rows;
    size_t n;
    size_t kept = 0;
    TRY(event_list(&w->ctx, &f, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const bool leads = str_eq(rows[i].event_kind_code, S("mobilisation")) ||
                           str_eq(rows[i].event_kind_code, S("desk_outreach"));
        if (leads && rows[i].flow_state != EVENT_CANCELLED) {
            c[kept++] = (struct choice_view){
                .value = rows[i].event_code,
                .text = event_title(&w->page, rows[i].event_kind_code, rows[i].title_text),
                .hint = event_day_words(w, rows[i].event_day)};
        }
    }
    web_choose(w, input, c, kept, preset);
    *out = web_field(w, input, MSG_EVENT_TIES_HINT);
    out->type = S("checkbox");
    out->choices = c;
    out->choices_n = kept;
    return OK;
}

/* ---- a new one ---- */

err show_plan(struct web *w)
{
    struct plan_view m = {.to = url_local(w->arena, S("/events/new"))};
    const struct q_event_get nothing = {.event_kind_code = S("khuli_kacheri"), .audience_code = S("women")};
    struct event_view parent;
    const bool follows =
        w->in[N_PARENT].given && event_find(&w->ctx, w->in[N_PARENT].text, &parent).code == ERR_OK;
    TRY(about_fill(w, &nothing, &m));
    TRY(where_fill(w, N_AT, NULL, &m.where));
    if (follows && !w->step && w->in[N_AT + W_UNIT].raw.p == NULL) {
        struct where_view same;
        TRY(where_fill(w, N_AT, &parent, &same));
        same.day.value = S("");
        m.where = same;
    }
    TRY(bodies_choices(w, N_SUMMONED, STR_NONE, &m.summoned));
    TRY(ties_fill(w, N_TIES, local_day(w->ctx.now_ms), STR_NONE, &m.ties));
    m.parent = web_field(w, N_PARENT, MSG_EVENT_PARENT_HINT);
    m.title = page_msg(&w->page, MSG_EVENT_NEW);
    w->page.title = m.title;
    w->page.back = url_local(w->arena, S("/events"));
    w->page.form_id = S("event");
    plan_page(&w->page, &m);
    return web_html(w, 200);
}

err write_plan(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_new n = about_of(in);
    n.parent = text_of(&in[N_PARENT]);
    n.summoned = text_of(&in[N_SUMMONED]);
    n.ties = text_of(&in[N_TIES]);
    n.record = text_of(&in[N_RECORD]);
    n.again = ticked(&in[N_AT + W_AGAIN]);
    TRY(where_of(c, &in[N_AT], &n.at));
    return event_plan(c, &n, &out->note);
}

err answer_event(struct web *w)
{
    return web_redirect(w, url_with(w->arena, event_url(w, w->receipt.note, S("")), S("done"), S("1")));
}

/* ---- another plan ---- */

err show_amend(struct web *w)
{
    struct event_view v;
    struct plan_view m = {.amends = true};
    TRY(event_of(w, AM_CODE, MSG_EVENT_AMEND, &v));
    TRY(about_fill(w, &v.row, &m));
    m.title = w->page.title;
    m.to = event_url(w, v.row.event_code, S("/plan"));
    w->page.form_id = S("event");
    plan_page(&w->page, &m);
    return web_html(w, 200);
}

err write_amend(struct ctx *c, const struct given *in, struct receipt *out)
{
    const struct event_new n = about_of(in);
    out->note = in[AM_CODE].text;
    return event_amend(c, in[AM_CODE].text, &n);
}

/* ---- what it is tied to ---- */

enum { TI_CODE, TI_PARENT, TI_TIES };
const struct input tie_inputs[TIE_INPUTS_N] = {
    [TI_CODE] = EVENT_CODE_INPUT,
    [TI_PARENT] = {"parent", IN_CODE, MSG_EVENT_PARENT, 60},
    [TI_TIES] = {"ties", IN_LIST, MSG_EVENT_TIES, 30},
};

err show_tie(struct web *w)
{
    struct event_view v;
    struct event_view parent;
    struct q_event_tie_list *rows;
    size_t n;
    str preset = S("");
    TRY(event_of(w, TI_CODE, MSG_EVENT_TIE, &v));
    TRY(event_ties(&w->ctx, &v, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        preset = arena_printf(w->arena, "%.*s%.*s\n", STR_F(preset), STR_F(rows[i].event_code));
    }
    struct plan_view m = {.to = event_url(w, v.row.event_code, S("/ties")), .title = w->page.title};
    TRY(ties_fill(w, TI_TIES, v.row.event_day, preset, &m.ties));
    m.parent = web_field(w, TI_PARENT, MSG_EVENT_PARENT_HINT);
    const bool follows = v.row.parent_id.given && !w->step &&
                         event_find_id(&w->ctx, v.row.home, v.row.parent_id.v, &parent).code == ERR_OK;
    if (follows) {
        m.parent.value = parent.row.event_code;
    }
    w->page.form_id = S("ties");
    ties_page(&w->page, &m);
    return web_html(w, 200);
}

err write_tie(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[TI_CODE].text;
    return event_tie(c, in[TI_CODE].text, text_of(&in[TI_TIES]), text_of(&in[TI_PARENT]));
}

/* ---- another day or place; none at all ---- */

enum { MV_WHY = W_N, MV_CODE };
const struct input move_inputs[MOVE_INPUTS_N] = {
    WHERE_INPUTS(0),
    [MV_WHY] = {"why", IN_LINE, MSG_EVENT_MOVE_WHY, .required = true, .missing = MSG_EVENT_MOVE_WHY_MISSING},
    [MV_CODE] = EVENT_CODE_INPUT,
};

static err told_already(struct web *w, const struct event_view *v, bool *out)
{
    struct q_event_summons_list *rows;
    size_t n;
    TRY(event_summoned(&w->ctx, v, &rows, &n));
    *out = n > 0;
    return OK;
}

err show_move(struct web *w)
{
    struct event_view v;
    TRY(event_of(w, MV_CODE, MSG_EVENT_MOVE, &v));
    struct reason_view m = {.title = w->page.title,
                            .to = event_url(w, v.row.event_code, S("/move")),
                            .why = web_field(w, MV_WHY, MSG_EVENT_MOVE_WHY_HINT),
                            .moves = true,
                            .announced = v.row.announced_flag == 1};
    TRY(told_already(w, &v, &m.told));
    TRY(where_fill(w, 0, &v, &m.where));
    w->page.form_id = S("move");
    reason_page(&w->page, &m);
    return web_html(w, 200);
}

err write_move(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct event_place at;
    TRY(where_of(c, in, &at));
    out->note = in[MV_CODE].text;
    return event_move(c, in[MV_CODE].text, &at, in[MV_WHY].text, ticked(&in[W_AGAIN]));
}

enum { CN_WHY, CN_CODE };
const struct input cancel_inputs[CANCEL_INPUTS_N] = {
    [CN_WHY] = {"why", IN_LINE, MSG_EVENT_CANCEL_WHY, .required = true,
                .missing = MSG_EVENT_CANCEL_WHY_MISSING},
    [CN_CODE] = EVENT_CODE_INPUT,
};

err show_cancel(struct web *w)
{
    struct event_view v;
    TRY(event_of(w, CN_CODE, MSG_EVENT_CANCEL, &v));
    struct reason_view m = {.title = w->page.title,
                            .to = event_url(w, v.row.event_code, S("/cancel")),
                            .why = web_field(w, CN_WHY, MSG_EVENT_CANCEL_WHY_HINT),
                            .announced = v.row.announced_flag == 1};
    TRY(told_already(w, &v, &m.told));
    w->page.form_id = S("cancel");
    reason_page(&w->page, &m);
    return web_html(w, 200);
}

err write_cancel(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[CN_CODE].text;
    return event_cancel(c, in[CN_CODE].text, in[CN_WHY].text);
}
