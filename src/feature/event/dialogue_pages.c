/* dialogue_pages.c: what was decided at an event, who owes what, and whether all three sides were there. */
#include "dialogue_pages.h"

#include "curriculum_pages.h"
#include "dialogue.html.h"
#include "dialogue_feature.h"
#include "direction_parts.h"
#include "format.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum dialogue_input {
    DI_CODE,
    DI_BY,
    DI_DECISION,
    DI_SIDE,
    DI_OFFICE,
    DI_POST,
    DI_WORDS,
    DI_HORIZON,
    DI_DAY,
    DI_N
};

/* Who brings a decision: one of the sides, or all of them. */
static const char *const by_codes[] = {"official", "member", "women", "cso", "all", NULL};
static const struct case_word by_words[] = {{S_INIT("official"), MSG_DIRECTION_SIDE_OFFICIAL},
                                            {S_INIT("member"), MSG_DIRECTION_SIDE_MEMBER},
                                            {S_INIT("women"), MSG_DIRECTION_SIDE_WOMEN},
                                            {S_INIT("cso"), MSG_DIRECTION_SIDE_CSO},
                                            {S_INIT("all"), MSG_DIALOGUE_ALL}};

static const struct input inputs[DI_N] = {
    [DI_CODE] = EVENT_CODE_INPUT,
    [DI_BY] = {"brought_by", IN_CHOICE, MSG_DIALOGUE_BROUGHT_BY, .choices = by_codes},
    [DI_DECISION] = {"decision", IN_WORDS, MSG_DIALOGUE_DECISION, DIALOGUE_WORDS_MAX},
    [DI_SIDE] = {"side", IN_CHOICE, MSG_DIALOGUE_OWES, .choices = direction_side_codes},
    [DI_OFFICE] = {"office", IN_CODE, MSG_DIALOGUE_OFFICE, 60},
    [DI_POST] = {"post", IN_LINE, MSG_DIRECTION_POST, DIRECTION_POST_MAX},
    [DI_WORDS] = {"words", IN_WORDS, MSG_DIRECTION_COL_WORDS, DIRECTION_WORDS_MAX},
    [DI_HORIZON] = {"horizon", IN_CHOICE, MSG_DIRECTION_HORIZON, .choices = direction_horizon_codes},
    [DI_DAY] = {"due_day", IN_DAY, MSG_DIRECTION_COL_DUE},
};

err series_facts(struct web *w, const struct event_view *v, struct fact_view *f, size_t *io_n)
{
    struct event_series s;
    const err e = event_series_of(&w->ctx, v, &s);
    if (e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    const struct page *p = &w->page;
    const struct msg_arg args[] = {{"events", format_number(w->arena, w->lang, s.events)},
                                   {"people", format_number(w->arena, w->lang, s.attendances)},
                                   {"told", format_number(w->arena, w->lang, s.told)},
                                   {"persons", format_number(w->arena, w->lang, s.persons)}};
    const enum msg persons = s.told > 0 ? MSG_DIALOGUE_PERSONS : MSG_DIALOGUE_PERSONS_UNKNOWN;
    f[(*io_n)++] = (struct fact_view){
        .name = page_msg(p, MSG_EVENT_SERIES), .value = v->row.series_text, .dir = S("auto")};
    f[(*io_n)++] = (struct fact_view){.name = page_msg(p, MSG_DIALOGUE_SERIES_ATTENDANCES),
                                      .value = page_msg_args(p, MSG_DIALOGUE_SERIES, 0, args, COUNT(args))};
    f[(*io_n)++] = (struct fact_view){.name = page_msg(p, MSG_DIALOGUE_SERIES_PERSONS),
                                      .value = page_msg_args(p, persons, 0, args, COUNT(args))};
    return OK;
}

/* ---- what is there ---- */

static const enum msg side_texts[DIALOGUE_SIDES] = {[SIDE_WOMEN] = MSG_DIALOGUE_WOMEN,
                                                    [SIDE_MEMBERS] = MSG_DIALOGUE_MEMBERS,
                                                    [SIDE_OFFICIALS] = MSG_DIALOGUE_OFFICIALS};

/* "Officials: 1 of 2 without an answer." */
static str owed_words(struct web *w, const struct q_dialogue_owed *owed)
{
    static const struct case_word sides[] = {{S_INIT("official"), MSG_DIALOGUE_OFFICIALS},
                                             {S_INIT("member"), MSG_DIALOGUE_MEMBERS},
                                             {S_INIT("women"), MSG_DIALOGUE_WOMEN},
                                             {S_INIT("cso"), MSG_DIRECTION_SIDE_CSO}};
    const enum msg side = case_word_of(sides, COUNT(sides), owed->side_code);
    const struct msg_arg args[] = {{"side", page_msg(&w->page, side)},
                                   {"n", format_number(w->arena, w->lang, owed->points_n - owed->answered_n)},
                                   {"all", format_number(w->arena, w->lang, owed->points_n)}};
    return page_msg_args(&w->page, MSG_DIALOGUE_OWED, 0, args, COUNT(args));
}

err dialogue_lacks(struct web *w, const struct dialogue *d, const str **out, size_t *out_n)
{
    static const enum msg lacks[DIALOGUE_SIDES] = {[SIDE_WOMEN] = MSG_DIALOGUE_NO_WOMEN,
                                                   [SIDE_MEMBERS] = MSG_DIALOGUE_NO_MEMBERS,
                                                   [SIDE_OFFICIALS] = MSG_DIALOGUE_NO_OFFICIALS};
    str *missing = arena_array_of(w->arena, str, DIALOGUE_SIDES + 1 + d->owed_n);
    size_t n = 0;
    if (missing == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < DIALOGUE_SIDES; i++) {
        if (d->present[i] == 0) {
            missing[n++] = page_msg(&w->page, lacks[i]);
        }
    }
    if (d->points == 0) {
        missing[n++] = page_msg(&w->page, MSG_DIALOGUE_NO_POINTS);
    }
    for (size_t i = 0; i < d->owed_n; i++) {
        if (d->owed[i].answered_n < d->owed[i].points_n) {
            missing[n++] = owed_words(w, &d->owed[i]);
        }
    }
    *out = missing;
    *out_n = n;
    return OK;
}

static err missing_fill(struct web *w, const struct dialogue *d, struct dialogue_page_view *m)
{
    TRY(dialogue_lacks(w, d, &m->missing, &m->missing_n));
    m->chip = d->three_sided ? (struct chip_view){S("done"), page_msg(&w->page, MSG_DIALOGUE_THREE_SIDED)}
                             : (struct chip_view){S("wait"), page_msg(&w->page, MSG_DIALOGUE_NOT_YET)};
    return OK;
}

static err sides_fill(struct web *w, const struct event_view *v, const struct dialogue *d,
                      struct facts_view *out)
{
    enum { FACTS = DIALOGUE_SIDES + 1 + SERIES_FACTS };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < DIALOGUE_SIDES; i++) {
        f[n++] = (struct fact_view){.name = page_msg(&w->page, side_texts[i]),
                                    .value = format_number(w->arena, w->lang, d->present[i])};
    }
    const struct msg_arg args[] = {{"answered", format_number(w->arena, w->lang, d->answered)},
                                   {"all", format_number(w->arena, w->lang, d->points)}};
    f[n++] =
        (struct fact_view){.name = page_msg(&w->page, MSG_DIALOGUE_POINTS),
                           .value = page_msg_args(&w->page, MSG_DIALOGUE_ANSWERED, 0, args, COUNT(args))};
    TRY(series_facts(w, v, f, &n));
    *out = (struct facts_view){f, n};
    return OK;
}

enum { COL_NO, COL_WORDS, COL_BY, COLS };

static err decisions_table(struct web *w, const struct event_view *v, struct table_view *out)
{
    static const enum msg heads[COLS] = {[COL_NO] = MSG_DIRECTION_COL_NO,
                                         [COL_WORDS] = MSG_DIALOGUE_DECISION,
                                         [COL_BY] = MSG_DIALOGUE_BROUGHT_BY};
    struct q_dialogue_decisions *rows;
    size_t n;
    TRY(dialogue_decisions(&w->ctx, v, &rows, &n));
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COLS + 1);
    if (cells == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell_view *c = &cells[i * COLS];
        c[COL_NO] = (struct cell_view){.text = format_number(w->arena, w->lang, rows[i].decision_no),
                                       .dir = S("ltr")};
        c[COL_WORDS] = (struct cell_view){.text = rows[i].words_text, .dir = S("auto")};
        c[COL_BY].text = page_msg(&w->page, case_word_of(by_words, COUNT(by_words), rows[i].side_code));
    }
    return web_table(w, heads, COLS, cells, n, MSG_DIALOGUE_DECISIONS, MSG_DIALOGUE_DECISIONS_NONE, out);
}

static err points_table(struct web *w, const struct event_view *v, struct table_view *out)
{
    struct direction_view *rows;
    size_t n;
    TRY(direction_of_event(&w->ctx, v->row.home, v->row.id, &rows, &n));
    TRY(direction_table(w, rows, n, out));
    out->empty = page_msg(&w->page, MSG_DIALOGUE_POINTS_NONE);
    return OK;
}

static err fields_fill(struct web *w, const struct event_view *v, struct dialogue_page_view *m)
{
    m->decide = event_url(w, v->row.event_code, S("/decisions"));
    m->point = event_url(w, v->row.event_code, S("/points"));
    direction_office_owed(w, DI_SIDE, DI_OFFICE);
    m->brought_by = web_field(w, DI_BY, MSG_NONE);
    m->decision = web_field(w, DI_DECISION, MSG_NONE);
    m->side = web_field(w, DI_SIDE, MSG_NONE);
    m->office = web_field(w, DI_OFFICE, MSG_DIALOGUE_OFFICE_HINT);
    m->post = web_field(w, DI_POST, MSG_NONE);
    m->words = web_field(w, DI_WORDS, MSG_NONE);
    m->horizon = web_field(w, DI_HORIZON, MSG_NONE);
    m->due_day = web_field(w, DI_DAY, MSG_NONE);
    m->due_day.type = S("date");
    m->due_day.dir = S("ltr");
    m->post.dir = S("auto");
    m->decision.rows = m->words.rows = 3;
    m->brought_by.optional = m->decision.optional = m->side.optional = m->post.optional = false;
    m->words.optional = m->horizon.optional = m->due_day.optional = false;
    TRY(choices_words(w, DI_BY, by_words, COUNT(by_words), STR_NONE, &m->brought_by));
    TRY(choices_words(w, DI_SIDE, direction_side_words, DIRECTION_side_n, STR_NONE, &m->side));
    TRY(choices_words(w, DI_HORIZON, direction_horizon_words, DIRECTION_horizon_n, S("short"), &m->horizon));
    return direction_offices(w, DI_OFFICE, v->row.home, STR_NONE, &m->office);
}

static bool plans(const struct web *w, const struct event_view *v)
{
    return v->state == EVENT_OPEN && permission_of(w->ctx.actor.role, P_EVENT_PLAN);
}

static err show_dialogue(struct web *w)
{
    struct event_view v;
    struct dialogue d;
    TRY(event_of(w, DI_CODE, MSG_EVENT_TAB_DIALOGUE, &v));
    const bool held = v.state == EVENT_OPEN || v.state == EVENT_CLOSED;
    struct dialogue_page_view m = {.sided = held && dialogue_is(v.row.event_kind_code),
                                   .planned = v.state == EVENT_PLANNED,
                                   .open = plans(w, &v)};
    TRY(event_tabs(w, &v, &m.tabs));
    TRY(dialogue_of(&w->ctx, &v, &d));
    TRY(missing_fill(w, &d, &m));
    TRY(sides_fill(w, &v, &d, &m.sides));
    TRY(decisions_table(w, &v, &m.decisions));
    TRY(points_table(w, &v, &m.points));
    TRY(fields_fill(w, &v, &m));
    dialogue_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- writing ---- */

static str text_or_none(const struct given *g)
{
    return g->given ? g->text : STR_NONE;
}

static err write_decision(struct ctx *c, const struct given *in, struct receipt *out)
{
    out->note = in[DI_CODE].text;
    return dialogue_decide(c, in[DI_CODE].text, text_or_none(&in[DI_BY]), text_or_none(&in[DI_DECISION]));
}

static err write_point(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct direction_new n = {.side = text_or_none(&in[DI_SIDE]),
                              .office = text_or_none(&in[DI_OFFICE]),
                              .post = text_or_none(&in[DI_POST]),
                              .horizon = text_or_none(&in[DI_HORIZON]),
                              .words = text_or_none(&in[DI_WORDS]),
                              .due_day = in[DI_DAY].given ? in[DI_DAY].n : 0};
    out->note = in[DI_CODE].text;
    return dialogue_point(c, in[DI_CODE].text, &n);
}

static err answer_dialogue(struct web *w)
{
    return web_redirect(w, event_url(w, w->receipt.note, S("/dialogue")));
}

static const struct route routes[] = {
    {HTTP_GET, "/events/{code}/dialogue", P_EVENT_READ, 0, INPUTS(inputs), .show = show_dialogue,
     .doc = MSG_DOC_DIALOGUE},
    {HTTP_POST, "/events/{code}/decisions", P_EVENT_PLAN, 0, INPUTS(inputs), .show = show_dialogue,
     .write = write_decision, .answer = answer_dialogue, .doc = MSG_DOC_DIALOGUE_DECIDE},
    {HTTP_POST, "/events/{code}/points", P_EVENT_PLAN, 0, INPUTS(inputs), .show = show_dialogue,
     .write = write_point, .answer = answer_dialogue, .doc = MSG_DOC_DIALOGUE_POINT},
    {HTTP_GET, "/events/{code}/training", P_EVENT_PLAN, 0, INPUTS(training_inputs), .show = show_training,
     .doc = MSG_DOC_TRAINING},
    {HTTP_POST, "/events/{code}/numbers", P_EVENT_PLAN, 0, INPUTS(training_inputs), .show = show_training,
     .write = write_number, .answer = answer_training, .doc = MSG_DOC_TRAINING_NUMBER},
    {HTTP_POST, "/events/{code}/scores", P_EVENT_PLAN, 0, INPUTS(training_inputs), .show = show_training,
     .write = write_scores, .answer = answer_training, .doc = MSG_DOC_TRAINING_SCORES},
    {HTTP_GET, "/curricula", P_EVENT_READ, 0, INPUTS(curriculum_inputs), .show = show_curricula,
     .doc = MSG_DOC_CURRICULA},
    {HTTP_POST, "/curricula", P_EVENT_PLAN, 0, INPUTS(curriculum_inputs), .show = show_curricula,
     .write = write_curriculum, .answer = answer_curriculum, .doc = MSG_DOC_CURRICULUM_ADD},
    {HTTP_POST, "/curricula/end", P_EVENT_PLAN, 0, INPUTS(curriculum_end_inputs), .show = show_curricula,
     .write = write_curriculum_end, .answer = answer_curriculum, .doc = MSG_DOC_CURRICULUM_END},
};

const struct feature dialogue_feature = {.name = "dialogue", .routes = routes, .routes_n = COUNT(routes)};
