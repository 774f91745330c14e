/* direction_parts_pages.c: see direction_parts.h. */
#include "direction_parts.h"

#include "case_parts.h"
#include "clock.h"
#include "format.h"
#include "lang.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    str kind;
    enum msg text;
} looks[DIRECTION_STATES] = {
    [DIRECTION_GIVEN] = {S_INIT("new"), MSG_DIRECTION_STATE_GIVEN},
    [DIRECTION_ACCEPTED] = {S_INIT("busy"), MSG_DIRECTION_STATE_ACCEPTED},
    [DIRECTION_REPORTED] = {S_INIT("wait"), MSG_DIRECTION_STATE_REPORTED},
    [DIRECTION_RETURNED] = {S_INIT("wait"), MSG_DIRECTION_STATE_RETURNED},
    [DIRECTION_CONFIRMED] = {S_INIT("done"), MSG_DIRECTION_STATE_CONFIRMED},
    [DIRECTION_UNCONFIRMED] = {S_INIT("closed"), MSG_DIRECTION_STATE_UNCONFIRMED},
    [DIRECTION_PARTLY] = {S_INIT("late"), MSG_DIRECTION_STATE_PARTLY},
    [DIRECTION_NOT_DONE] = {S_INIT("late"), MSG_DIRECTION_STATE_NOT_DONE},
    [DIRECTION_CARRIED_ON] = {S_INIT("closed"), MSG_DIRECTION_STATE_CARRIED_ON},
    [DIRECTION_CANCELLED] = {S_INIT("closed"), MSG_DIRECTION_STATE_CANCELLED},
};

struct chip_view direction_chip(const struct page *p, unsigned state)
{
    return (struct chip_view){looks[state].kind, page_msg(p, looks[state].text)};
}

str direction_state_code(unsigned state)
{
    return str_of(direction_kind.states[state]);
}

str direction_owner(const struct web *w, const struct direction_view *v)
{
    const str side =
        page_msg(&w->page, case_word_of(direction_side_words, DIRECTION_side_n, v->row.side_code));
    const bool office = v->office_name.n > 0;
    str post = v->row.post_text;
    if (v->row.vacant_flag != 0) {
        const struct msg_arg arg = {"post", post};
        post = page_msg_args(&w->page, MSG_DIRECTION_VACANT_POST, 0, &arg, 1);
    }
    return arena_printf(w->arena, "%.*s · %.*s", STR_F(post), STR_F(office ? v->office_name : side));
}

struct url direction_url(struct web *w, const struct direction_view *v)
{
    return url_local(w->arena, arena_printf(w->arena, "/directions/%.*s/%d", STR_F(v->row.event_code),
                                            (int)v->row.direction_no));
}

void direction_office_owed(struct web *w, size_t side, size_t office)
{
    const struct given *in = w->in;
    if (w->step && in[side].given && str_eq(in[side].text, S("official")) && !in[office].given &&
        in[office].fault.n == 0) {
        web_fault(w, office, MSG_DIRECTION_OFFICE_MISSING);
    }
}

err direction_offices(struct web *w, size_t input, int64_t home, str preset, struct field_view *out)
{
    struct q_direction_offices *rows;
    size_t n;
    const struct q_direction_offices_in in = {
        .lang_code = lang_table[w->lang].code, .home = home, .on_day = local_day(w->ctx.now_ms)};
    TRY(q_direction_offices(w->ctx.db, w->arena, &in, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = rows[i].body_code, .text = rows[i].name_text};
    }
    web_choose(w, input, c, n, preset);
    out->choices = c;
    out->choices_n = n;
    return OK;
}

enum { COL_NO, COL_DUE, COL_WORDS, COL_OWNER, COL_STATE, COLS };

static void cells_fill(struct web *w, const struct direction_view *v, struct cell_view *c)
{
    const struct chip_view chip = direction_chip(&w->page, v->state);
    const bool open = flow_open(&direction_kind, v->state);
    c[COL_NO] = (struct cell_view){.text = v->number, .dir = S("ltr"), .to = direction_url(w, v)};
    c[COL_DUE] = (struct cell_view){.text = format_day(w->arena, w->lang, v->row.due_day),
                                    .note = open ? due_left_words(w, v->flow.due_ms) : S(""),
                                    .chip = v->late ? S("late") : STR_NONE};
    c[COL_WORDS] = (struct cell_view){.text = v->row.words_text, .dir = S("auto")};
    c[COL_OWNER] = (struct cell_view){.text = direction_owner(w, v)};
    c[COL_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
}

err direction_table(struct web *w, const struct direction_view *rows, size_t n, struct table_view *out)
{
    static const enum msg texts[COLS] = {
        [COL_NO] = MSG_DIRECTION_COL_NO,       [COL_DUE] = MSG_DIRECTION_COL_DUE,
        [COL_WORDS] = MSG_DIRECTION_COL_WORDS, [COL_OWNER] = MSG_DIRECTION_COL_OWNER,
        [COL_STATE] = MSG_DIRECTION_COL_STATE,
    };
    struct cell_view *cells = arena_array_of(w->arena, struct cell_view, n * COLS + 1);
    struct row_view *views = arena_array_of(w->arena, struct row_view, n + 1);
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    if (cells == NULL || views == NULL || columns == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t k = 0; k < COLS; k++) {
        columns[k] = (struct column_view){.text = page_msg(&w->page, texts[k])};
    }
    for (size_t i = 0; i < n; i++) {
        views[i] = (struct row_view){&cells[i * COLS], COLS};
        cells_fill(w, &rows[i], &cells[i * COLS]);
    }
    *out = (struct table_view){.caption = page_msg(&w->page, MSG_DIRECTION_LIST),
                               .columns = columns,
                               .columns_n = COLS,
                               .rows = views,
                               .rows_n = n,
                               .empty = page_msg(&w->page, MSG_DIRECTION_LIST_NONE)};
    return OK;
}

/* ---- what happened ---- */

static enum msg step_message(const struct q_step_list *s)
{
    static const struct {
        unsigned action;
        str result;
        enum msg text;
    } words[] = {
        {DIRECTION_GIVE, S_INIT(""), MSG_DIRECTION_STEP_GIVE},
        {DIRECTION_ACCEPT, S_INIT(""), MSG_DIRECTION_STEP_ACCEPT},
        {DIRECTION_NOTE, S_INIT(""), MSG_DIRECTION_STEP_NOTE},
        {DIRECTION_REPORT, S_INIT("done"), MSG_DIRECTION_STEP_REPORT_DONE},
        {DIRECTION_REPORT, S_INIT("partly"), MSG_DIRECTION_STEP_REPORT_PARTLY},
        {DIRECTION_REPORT, S_INIT("not_possible"), MSG_DIRECTION_STEP_REPORT_NOT_POSSIBLE},
        {DIRECTION_WRONG_OFFICE, S_INIT(""), MSG_DIRECTION_STEP_WRONG_OFFICE},
        {DIRECTION_SEND, S_INIT(""), MSG_DIRECTION_STEP_SEND},
        {DIRECTION_MOVE, S_INIT(""), MSG_DIRECTION_STEP_MOVE},
        {DIRECTION_ANSWER, S_INIT("done"), MSG_DIRECTION_STEP_ANSWER_DONE},
        {DIRECTION_ANSWER, S_INIT("unasked"), MSG_DIRECTION_STEP_ANSWER_UNASKED},
        {DIRECTION_ANSWER, S_INIT("partly"), MSG_DIRECTION_STEP_ANSWER_PARTLY},
        {DIRECTION_ANSWER, S_INIT("not_done"), MSG_DIRECTION_STEP_ANSWER_NOT_DONE},
        {DIRECTION_ANSWER, S_INIT("carried_on"), MSG_DIRECTION_STEP_ANSWER_CARRIED_ON},
        {DIRECTION_ANSWER, S_INIT("dropped"), MSG_DIRECTION_STEP_ANSWER_DROPPED},
        {DIRECTION_CANCEL, S_INIT(""), MSG_DIRECTION_STEP_CANCEL},
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].action == (unsigned)s->action_no && str_eq(words[i].result, s->result_code)) {
            return words[i].text;
        }
    }
    return MSG_DIRECTION_STEP_NOTE;
}

err direction_story(struct web *w, const struct direction_view *v, struct timeline_view *out)
{
    struct q_step_list *steps;
    size_t n;
    TRY(direction_timeline(&w->ctx, v, &steps, &n));
    struct timeline_row *rows = arena_array_of(w->arena, struct timeline_row, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_step_list *s = &steps[i];
        str who = role_words(&w->page, (enum role)s->role_no);
        str office = S("");
        if (s->actor_office_id.given) {
            TRY(label_find(&w->ctx, S("body"), s->actor_office_id.v, &office));
        }
        rows[i] = (struct timeline_row){
            .when = format_time(w->arena, w->lang, s->at_ms),
            .what = page_msg(&w->page, step_message(s)),
            .who = office.n > 0 ? arena_printf(w->arena, "%.*s · %.*s", STR_F(who), STR_F(office)) : who,
            .words = s->words_text.p == NULL ? S("") : s->words_text,
            .more = s->next_day.given ? format_day(w->arena, w->lang, s->next_day.v) : S("")};
    }
    *out = (struct timeline_view){rows, n};
    return OK;
}
