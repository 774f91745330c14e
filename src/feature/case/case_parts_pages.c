#include "case_parts.h"

#include "clock.h"
#include "format.h"
#include "lang.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static str words_of(const struct page *p, const struct case_word *words, size_t n, str code)
{
    const enum msg text = case_word_of(words, n, code);
    return text == MSG_NONE ? S("") : page_msg(p, text);
}

str sex_words(const struct page *p, str code)
{
    return words_of(p, case_sex_words, CASE_sex_n, code);
}

str whose_words(const struct page *p, str code)
{
    return words_of(p, case_whose_words, CASE_whose_n, code);
}

str channel_words(const struct page *p, str code)
{
    return words_of(p, case_channel_words, CASE_channel_n, code);
}

str role_words(const struct page *p, enum role r)
{
    static const enum msg words[ROLE_N] = {
        [ROLE_PUBLIC] = MSG_ROLE_PUBLIC,   [ROLE_DESK] = MSG_ROLE_DESK,
        [ROLE_OFFICER] = MSG_ROLE_OFFICER, [ROLE_SUPERVISOR] = MSG_ROLE_SUPERVISOR,
        [ROLE_ADC] = MSG_ROLE_ADC,         [ROLE_ADMIN] = MSG_ROLE_ADMIN,
        [ROLE_SYSTEM] = MSG_ROLE_SYSTEM,   [ROLE_MEMBER] = MSG_ROLE_MEMBER,
        [ROLE_MONITOR] = MSG_ROLE_MONITOR, [ROLE_MANAGER] = MSG_ROLE_MANAGER,
    };
    return words[r] == MSG_NONE ? S("") : page_msg(p, words[r]);
}

/* ---- states ---- */

static const struct {
    str kind; /* of the chip: shape and colour */
    enum msg her;
    enum msg staff; /* MSG_NONE: the same */
} looks[CASE_STATES] = {
    [CASE_REGISTERED] = {S_INIT("new"), MSG_STATE_REGISTERED, MSG_NONE},
    [CASE_ASSIGNED] = {S_INIT("busy"), MSG_STATE_ASSIGNED, MSG_NONE},
    [CASE_IN_PROGRESS] = {S_INIT("busy"), MSG_STATE_IN_PROGRESS, MSG_NONE},
    [CASE_INFO_ASKED] = {S_INIT("wait"), MSG_STATE_INFO_ASKED, MSG_STAFFSTATE_INFO_ASKED},
    [CASE_AWAITING_ANSWER] = {S_INIT("wait"), MSG_STATE_AWAITING_ANSWER, MSG_STAFFSTATE_AWAITING_ANSWER},
    [CASE_SOLVED] = {S_INIT("done"), MSG_STATE_SOLVED, MSG_NONE},
    [CASE_PARTLY] = {S_INIT("late"), MSG_STATE_PARTLY, MSG_NONE},
    [CASE_NOT_SOLVED] = {S_INIT("late"), MSG_STATE_NOT_SOLVED, MSG_NONE},
    [CASE_CLOSED_UNCONFIRMED] = {S_INIT("closed"), MSG_STATE_CLOSED_UNCONFIRMED,
                                 MSG_STAFFSTATE_CLOSED_UNCONFIRMED},
    [CASE_REOPENED] = {S_INIT("new"), MSG_STATE_REOPENED, MSG_NONE},
    [CASE_WITHDRAWN] = {S_INIT("closed"), MSG_STATE_WITHDRAWN, MSG_NONE},
    [CASE_REJECTED] = {S_INIT("closed"), MSG_STATE_REJECTED, MSG_NONE},
    [CASE_HANDED_OVER] = {S_INIT("wait"), MSG_STATE_HANDED_OVER, MSG_NONE},
};

str state_words(const struct page *p, unsigned state, int64_t marks, bool staff)
{
    if (state == CASE_CLOSED_UNCONFIRMED && (marks & MARK_REPORTED) != 0) {
        return page_msg(p, MSG_STATE_REPORTED);
    }
    return page_msg(p, staff && looks[state].staff != MSG_NONE ? looks[state].staff : looks[state].her);
}

struct chip_view state_chip(const struct page *p, unsigned state, int64_t marks, bool staff)
{
    return (struct chip_view){looks[state].kind, state_words(p, state, marks, staff)};
}

/* ---- dates ---- */

str due_words(const struct web *w, int64_t due_ms)
{
    return due_ms >= case_no_due() ? S("") : format_day(w->arena, w->lang, local_day(due_ms));
}

str due_left_words(const struct web *w, int64_t due_ms)
{
    if (due_ms >= case_no_due()) {
        return S("");
    }
    const int64_t days = days_between(local_day(w->ctx.now_ms), local_day(due_ms));
    const bool late = due_ms < w->ctx.now_ms;
    const int64_t shown = late ? -days : days;
    const struct msg_arg arg = {"days", format_number(w->arena, w->lang, shown)};
    str left = page_msg(&w->page, MSG_TRACK_TODAY);
    if (shown > 0) {
        left = page_msg_args(&w->page, late ? MSG_TRACK_LATE : MSG_TRACK_LEFT, shown, &arg, 1);
    } else if (late) {
        left = page_msg(&w->page, MSG_TRACK_LATE_TODAY);
    }
    return left;
}

str due_with_left(const struct web *w, int64_t due_ms)
{
    const str left = due_left_words(w, due_ms);
    return left.n == 0 ? left
                       : arena_printf(w->arena, "%.*s · %.*s", STR_F(due_words(w, due_ms)), STR_F(left));
}

str not_possible_words(struct web *w, str reason, struct opt_i64 next_day)
{
    const enum msg text = case_word_of(case_reason_words, CASE_reason_n, reason);
    if (text == MSG_NONE || !next_day.given) {
        return text == MSG_NONE ? S("") : page_msg(&w->page, text);
    }
    const struct msg_arg args[] = {{"reason", page_msg(&w->page, text)},
                                   {"day", format_day(w->arena, w->lang, next_day.v)}};
    return page_msg_args(&w->page, MSG_CASE_NOT_POSSIBLE_WORDS, 0, args, COUNT(args));
}

str told_words(const struct web *w, int64_t told_n)
{
    return page_msg_args(&w->page, MSG_CASE_TOLD_N, told_n, NULL, 0);
}

/* ---- the timeline ---- */

static enum msg step_message(const struct q_step_list *s)
{
    static const struct {
        unsigned action;
        str detail; /* result, or what was corrected */
        enum msg text;
    } words[] = {
        {CASE_FILE, S_INIT(""), MSG_STEP_FILE},
        {CASE_ASSIGN, S_INIT(""), MSG_STEP_ASSIGN},
        {CASE_ACCEPT, S_INIT(""), MSG_STEP_ACCEPT},
        {CASE_ASK, S_INIT(""), MSG_STEP_ASK},
        {CASE_REPORT_ACTION, S_INIT("done"), MSG_STEP_REPORT_ACTION_DONE},
        {CASE_REPORT_ACTION, S_INIT("partly"), MSG_STEP_REPORT_ACTION_PARTLY},
        {CASE_REPORT_ACTION, S_INIT("not_possible"), MSG_STEP_REPORT_ACTION_NOT_POSSIBLE},
        {CASE_SPOT, S_INIT("done"), MSG_STEP_SPOT_DONE},
        {CASE_SPOT, S_INIT("not_possible"), MSG_STEP_SPOT_NOT_POSSIBLE},
        {CASE_ANSWER, S_INIT("solved"), MSG_STEP_ANSWER_SOLVED},
        {CASE_ANSWER, S_INIT("partly"), MSG_STEP_ANSWER_PARTLY},
        {CASE_ANSWER, S_INIT("not_solved"), MSG_STEP_ANSWER_NOT_SOLVED},
        {CASE_ANSWER, S_INIT("solved_by_proxy"), MSG_STEP_ANSWER_SOLVED_BY_PROXY},
        {CASE_REOPEN, S_INIT(""), MSG_STEP_REOPEN},
        {CASE_WITHDRAW, S_INIT(""), MSG_STEP_WITHDRAW},
        {CASE_REJECT, S_INIT(""), MSG_STEP_REJECT},
        {CASE_COMMENT, S_INIT(""), MSG_STEP_COMMENT},
        {CASE_WRONG_DEPARTMENT, S_INIT(""), MSG_STEP_WRONG_DEPARTMENT},
        {CASE_MARK, S_INIT(""), MSG_STEP_MARK},
        {CASE_VISIT, S_INIT(""), MSG_STEP_VISIT},
        {CASE_CALL_FAILED, S_INIT(""), MSG_STEP_CALL_FAILED},
        {CASE_CLOSE_UNCONFIRMED, S_INIT(""), MSG_STEP_CLOSE_UNCONFIRMED},
        {CASE_CLOSE_UNCONFIRMED, S_INIT("reported_by_programme"), MSG_STEP_CLOSE_REPORTED},
        {CASE_HAND_OVER, S_INIT(""), MSG_STEP_HAND_OVER},
        {CASE_OUTCOME, S_INIT("all_back"), MSG_STEP_OUTCOME},
        {CASE_OUTCOME, S_INIT("some_back"), MSG_STEP_OUTCOME},
        {CASE_LOOK_UP, S_INIT(""), MSG_STEP_LOOK_UP},
        {CASE_PIN_NEW, S_INIT(""), MSG_STEP_PIN_NEW},
        {CASE_UNDO, S_INIT(""), MSG_STEP_UNDO},
        {CASE_AMEND, S_INIT("consent"), MSG_STEP_AMEND_CONSENT},
        {CASE_AMEND, S_INIT("description"), MSG_STEP_AMEND_DESCRIPTION},
        {CASE_AMEND, S_INIT("service"), MSG_STEP_AMEND_SERVICE},
        {CASE_AMEND, S_INIT("unit"), MSG_STEP_AMEND_UNIT},
        {CASE_AMEND, S_INIT("phone"), MSG_STEP_AMEND_PHONE},
        {CASE_AMEND, S_INIT("contact"), MSG_STEP_AMEND_CONTACT},
        {CASE_AMEND, S_INIT("documents"), MSG_STEP_AMEND_DOCUMENTS},
        {CASE_AMEND, S_INIT(""), MSG_STEP_AMEND},
    };
    const str detail = s->action_no == CASE_AMEND ? s->detail_code : s->result_code;
    for (size_t i = 0; i < COUNT(words); i++) {
        if (words[i].action == (unsigned)s->action_no && str_eq(words[i].detail, detail)) {
            return words[i].text;
        }
    }
    return MSG_STEP_COMMENT;
}

str step_words(const struct web *w, const struct q_step_list *s)
{
    return page_msg(&w->page, step_message(s));
}

/* Papers by their names. */
static err papers_said(struct web *w, str codes, str *out)
{
    str names = S("");
    while (codes.n > 0) {
        int64_t id;
        str name = str_trim(str_cut(&codes, '\n'));
        if (catalogue_document_find(&w->ctx, name, &id).code == ERR_OK) {
            TRY(label_find(&w->ctx, S("document"), id, &name));
        }
        names = arena_printf(w->arena, "%.*s%s%.*s", STR_F(names), names.n > 0 ? "\n" : "", STR_F(name));
    }
    *out = names;
    return OK;
}

/* A corrected service or place, and papers that were brought, are kept as codes; people read their names. */
static err step_said(struct web *w, const struct q_step_list *s, str *out)
{
    struct q_service_by_code service;
    struct q_place_by_code unit;
    *out = s->words_text.p == NULL ? S("") : s->words_text;
    if (s->action_no != CASE_AMEND) {
        return OK;
    }
    if (str_eq(s->detail_code, S("service")) &&
        catalogue_find(&w->ctx, s->words_text, &service).code == ERR_OK) {
        return label_find(&w->ctx, S("service"), service.id, out);
    }
    if (str_eq(s->detail_code, S("unit")) && place_find(&w->ctx, s->words_text, &unit).code == ERR_OK) {
        return label_find(&w->ctx, S("unit"), unit.id, out);
    }
    return str_eq(s->detail_code, S("documents")) ? papers_said(w, s->words_text, out) : OK;
}

/* Who took a step: for staff the office, when it is known; for her the role. */
err step_who(struct web *w, const struct q_step_list *s, str *out)
{
    *out = role_words(&w->page, (enum role)s->role_no);
    if (w->ctx.actor.role == ROLE_PUBLIC || !s->actor_office_id.given) {
        return OK;
    }
    str office;
    const bool above = s->role_no == ROLE_SUPERVISOR || s->role_no == ROLE_ADC;
    TRY(label_find(&w->ctx, S("body"), s->actor_office_id.v, &office));
    if (office.n > 0) { /* the desk and the department are their offices */
        *out = above ? arena_printf(w->arena, "%.*s · %.*s", STR_F(*out), STR_F(office)) : office;
    }
    return OK;
}

/* Why it is not possible now; for staff also to whom it was given. */
static err step_more(struct web *w, const struct q_step_list *s, str *out)
{
    struct account officer;
    *out = not_possible_words(w, s->reason_code, s->next_day);
    if (w->ctx.actor.role == ROLE_PUBLIC || s->detail_code.n == 0 ||
        (s->action_no != CASE_ASSIGN && s->action_no != CASE_MARK)) {
        return OK;
    }
    if (account_find(&w->ctx, s->detail_code, &officer).code == ERR_OK) {
        *out = officer.name;
    }
    return OK;
}

err timeline_fill(struct web *w, const struct case_view *v, struct timeline_view *out)
{
    struct q_step_list *steps;
    size_t n;
    bool more;
    TRY(case_timeline(&w->ctx, v, &steps, &n, &more));
    struct timeline_row *rows = arena_array_of(w->arena, struct timeline_row, n + 1);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    if (more) {
        rows[n].what = page_msg(&w->page, MSG_STEP_OLDER);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_step_list *s = &steps[i];
        rows[i].when = format_time(w->arena, w->lang, s->at_ms);
        rows[i].what = step_words(w, s);
        rows[i].undone = i > 0 && steps[i - 1].action_no == CASE_UNDO;
        TRY(step_who(w, s, &rows[i].who));
        TRY(step_more(w, s, &rows[i].more));
        TRY(step_said(w, s, &rows[i].words));
    }
    *out = (struct timeline_view){rows, more ? n + 1 : n};
    return OK;
}

/* ---- choices ---- */

static err choices_put(struct web *w, size_t input, struct choice_view *c, size_t n, str preset,
                       struct field_view *out)
{
    if (input != SIZE_MAX) {
        web_choose(w, input, c, n, preset);
    }
    out->choices = c;
    out->choices_n = n;
    return OK;
}

err choices_words(struct web *w, size_t input, const struct case_word *words, size_t n, str preset,
                  struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = words[i].code, .text = page_msg(&w->page, words[i].text)};
    }
    return choices_put(w, input, c, n, preset, out);
}

err choices_plain(struct web *w, const struct case_word *words, size_t n, struct field_view *out)
{
    return choices_words(w, SIZE_MAX, words, n, STR_NONE, out);
}

err choices_service(struct web *w, size_t input, struct field_view *out)
{
    struct q_service_all *rows;
    size_t n;
    TRY(catalogue_list(&w->ctx, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (catalogue_takes_down(rows[i].sensitivity_code)) {
            c[kept++] = (struct choice_view){
                .value = rows[i].service_code, .text = rows[i].name_text, .icon = rows[i].icon_code};
        }
    }
    return choices_put(w, input, c, kept, STR_NONE, out);
}

/* Districts and what lies in them, each tehsil behind its district and named with it. */
err choices_unit(struct web *w, size_t input, int64_t district, struct field_view *out)
{
    struct q_place_all *rows;
    size_t n;
    size_t kept = 0;
    TRY(district != 0 ? place_list_district(&w->ctx, district, &rows, &n)
                      : place_list_served(&w->ctx, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t d = 0; d < n; d++) {
        if (rows[d].level_no != LEVEL_DISTRICT || (district != 0 && rows[d].id != district)) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            if (rows[i].level_no == LEVEL_TEHSIL && rows[i].district_id.given &&
                rows[i].district_id.v == rows[d].id) {
                c[kept].value = rows[i].unit_code;
                c[kept].lang = place_fallback(&w->ctx, rows[i].lang_code);
                TRY(place_within(&w->ctx, rows[i].name_text, rows[d].name_text, &c[kept++].text));
            }
        }
        const struct msg_arg arg = {"district", rows[d].name_text};
        c[kept++] = (struct choice_view){.value = rows[d].unit_code,
                                         .text = page_msg_args(&w->page, MSG_NEW_UNIT_WHOLE, 0, &arg, 1)};
    }
    return choices_put(w, input, c, kept, STR_NONE, out);
}
