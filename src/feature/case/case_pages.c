/* case_pages.c: the pages of those who work on cases: the list, filing at the desk, one case and its steps. */
#include "case.html.h"
#include "case_api.h"
#include "case_feature.h"
#include "case_parts.h"
#include "case_write.h"
#include "clock.h"
#include "format.h"
#include "slip.html.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct url case_url(struct web *w, const case_ref *ref, const char *rest)
{
    return url_local(w->arena, arena_printf(w->arena, "/cases/%.*s%s", STR_F(case_ref_digits(ref)), rest));
}

/* ---- the list ---- */

enum { L_WORDS, L_STATE, L_SERVICE, L_UNIT, L_AFTER, LIST_ROWS = 30, WORDS_SHOWN = 80 };

static const char *const choices_list_state[] = {
    "open",      "any",      "registered", "assigned",           "in_progress", "info_asked", "awaiting_answer", "solved",
    "partly", "not_solved", "closed_unconfirmed", "reopened",    "withdrawn",  "rejected",        NULL,
};
enum { STATE_OPEN, STATE_ANY, STATE_FIRST };

static const struct input list_inputs[] = {
    [L_WORDS] = {"q", IN_LINE, MSG_DESK_SEARCH_LABEL},
    [L_STATE] = {"status", IN_CHOICE, MSG_DESK_FILTER_STATE, .choices = choices_list_state},
    [L_SERVICE] = {"service", IN_CODE, MSG_DESK_FILTER_SERVICE},
    [L_UNIT] = {"unit", IN_CODE, MSG_DESK_FILTER_UNIT},
    [L_AFTER] = {"after", IN_CURSOR, MSG_DESK_MORE},
};

static err list_fields(struct web *w, struct list_view *m)
{
    struct choice_view *states = arena_array_of(w->arena, struct choice_view, COUNT(choices_list_state));
    size_t n = 0;
    if (states == NULL) {
        return FAIL(LIMIT);
    }
    states[n++] = (struct choice_view){.value = S("open"), .text = page_msg(&w->page, MSG_DESK_FILTER_OPEN)};
    states[n++] = (struct choice_view){.value = S("any"), .text = page_msg(&w->page, MSG_DESK_FILTER_ANY)};
    for (unsigned s = 0; s < CASE_STATES; s++) {
        states[n++] = (struct choice_view){.value = str_of(complaint_kind.states[s]),
                                           .text = state_words(&w->page, s, true)};
    }
    m->words = web_field(w, L_WORDS, MSG_DESK_SEARCH_HINT);
    m->words.type = S("search");
    m->state = web_field(w, L_STATE, MSG_NONE);
    m->state.choices = states;
    m->state.choices_n = n;
    web_choose(w, L_STATE, states, n, S("open"));
    m->service = web_field(w, L_SERVICE, MSG_NONE);
    TRY(choices_service(w, L_SERVICE, &m->service));
    m->unit = web_field(w, L_UNIT, MSG_NONE);
    TRY(choices_unit(w, L_UNIT, w->ctx.actor.home, &m->unit));
    m->words.optional = m->state.optional = m->service.optional = m->unit.optional = false;
    return OK;
}

static err filter_of(struct web *w, struct case_filter *out)
{
    int64_t after[2] = {0, 0};
    if (w->in[L_AFTER].given) {
        TRY(web_cursor_keys(w, L_AFTER, after, 2));
    }
    const bool state_asked = w->in[L_STATE].given;
    const bool searching = w->in[L_WORDS].given;
    *out = (struct case_filter){
        .state = {state_asked && w->in[L_STATE].n >= STATE_FIRST, w->in[L_STATE].n - STATE_FIRST},
        .service = w->in[L_SERVICE].text,
        .unit = w->in[L_UNIT].text,
        .words = w->in[L_WORDS].text,
        .open = !searching && (!state_asked || w->in[L_STATE].n == STATE_OPEN),
        .after_due_ms = after[0],
        .after_id = after[1],
        .limit = LIST_ROWS,
    };
    return OK;
}

/* The beginning of what she said, on one line. */
static str words_begin(struct web *w, str words)
{
    size_t at = 0;
    for (int n = 0; n < WORDS_SHOWN && at < words.n && words.p[at] != '\n'; n++) {
        (void)str_next(words, &at);
    }
    return at < words.n ? arena_printf(w->arena, "%.*s…", (int)at, words.p) : words;
}

struct names {
    struct q_service_all *services;
    size_t services_n;
    struct q_place_in_district *units;
    size_t units_n;
};

static str service_name(const struct names *k, int64_t id)
{
    for (size_t i = 0; i < k->services_n; i++) {
        if (k->services[i].id == id) {
            return k->services[i].name_text;
        }
    }
    return S("");
}

static str unit_name(const struct names *k, int64_t id)
{
    for (size_t i = 0; i < k->units_n; i++) {
        if (k->units[i].id == id) {
            return k->units[i].name_text;
        }
    }
    return S("");
}

enum { COL_REF, COL_SERVICE, COL_UNIT, COL_STATE, COL_DUE, COL_WORDS, COLS };

static err row_fill(struct web *w, const struct names *k, const struct q_case_list *row, struct row_view *out)
{
    case_ref ref;
    struct cell_view *c = arena_array_of(w->arena, struct cell_view, COLS);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(case_ref_of(w->arena, row->ref_code, &ref));
    const unsigned state = (unsigned)row->flow_state;
    const struct chip_view chip = state_chip(&w->page, state, true);
    const bool late = flow_open(&complaint_kind, state) && row->due_ms < w->ctx.now_ms;
    c[COL_REF] = (struct cell_view){.text = case_ref_text(w->arena, ref), .dir = S("ltr"), .to = case_url(w, &ref, "")};
    c[COL_SERVICE] = (struct cell_view){.text = service_name(k, row->topic_id)};
    c[COL_UNIT] = (struct cell_view){.text = unit_name(k, row->unit_id)};
    c[COL_STATE] = (struct cell_view){.text = chip.text, .chip = chip.kind};
    c[COL_DUE] = (struct cell_view){
        .text = flow_open(&complaint_kind, state) ? due_with_left(w, row->due_ms) : due_words(w, row->due_ms),
        .chip = late ? S("late") : STR_NONE};
    c[COL_WORDS] = (struct cell_view){.text = words_begin(w, row->words_text), .dir = S("auto")};
    *out = (struct row_view){c, COLS};
    return OK;
}

static struct url next_page(struct web *w, const struct q_case_list *last)
{
    struct url u = url_local(w->arena, S("/cases"));
    for (size_t i = 0; i < L_AFTER; i++) {
        if (w->in[i].given) {
            u = url_with(w->arena, u, str_of(list_inputs[i].name), w->in[i].text);
        }
    }
    const int64_t keys[] = {last->due_ms, last->subject_id};
    return url_with(w->arena, u, S("after"), web_cursor(w, keys, COUNT(keys)));
}

static err list_table(struct web *w, struct table_view *out)
{
    static const enum msg heads[COLS] = {MSG_DESK_COL_REF,   MSG_DESK_COL_SERVICE, MSG_DESK_COL_UNIT,
                                         MSG_DESK_COL_STATE, MSG_DESK_COL_DUE,     MSG_DESK_COL_WORDS};
    struct case_filter filter;
    struct q_case_list *rows;
    struct names k;
    size_t n;
    bool more;
    TRY(filter_of(w, &filter));
    TRY(case_list(&w->ctx, &filter, &rows, &n, &more));
    TRY(catalogue_list(&w->ctx, &k.services, &k.services_n));
    TRY(place_list_district(&w->ctx, w->ctx.actor.home, &k.units, &k.units_n));
    struct column_view *columns = arena_array_of(w->arena, struct column_view, COLS);
    struct row_view *views = arena_array_of(w->arena, struct row_view, n + 1);
    if (columns == NULL || views == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COLS; i++) {
        columns[i].text = page_msg(&w->page, heads[i]);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(row_fill(w, &k, &rows[i], &views[i]));
    }
    const bool asked = filter.words.n > 0 || filter.service.n > 0 || filter.unit.n > 0;
    *out = (struct table_view){
        .caption = page_msg(&w->page, filter.open ? MSG_DESK_LIST_OPEN : MSG_DESK_LIST),
        .columns = columns,
        .columns_n = COLS,
        .rows = views,
        .rows_n = n,
        .empty = page_msg(&w->page, asked ? MSG_DESK_NONE_FOUND : MSG_DESK_NONE),
    };
    if (more) {
        out->more = next_page(w, &rows[n - 1]);
    }
    return OK;
}

/* How many stand where: the states in which somebody in the district has to act. An officer's list is his own
 * office's, of which no summary is kept. */
static err list_counts(struct web *w, struct list_view *m)
{
    static const unsigned shown[] = {CASE_REGISTERED, CASE_ASSIGNED,  CASE_IN_PROGRESS, CASE_AWAITING_ANSWER,
                                     CASE_PARTLY,     CASE_NOT_SOLVED, CASE_REOPENED};
    struct case_counts counts;
    if (w->ctx.actor.role == ROLE_OFFICER) {
        return OK;
    }
    struct count_view *c = arena_array_of(w->arena, struct count_view, COUNT(shown));
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    TRY(case_count(&w->ctx, &counts));
    for (size_t i = 0; i < COUNT(shown); i++) {
        c[i].n = counts.by_state[shown[i]];
        c[i].text = state_words(&w->page, shown[i], true);
        c[i].to = url_with(w->arena, url_local(w->arena, S("/cases")), S("status"),
                           str_of(complaint_kind.states[shown[i]]));
    }
    m->counts = c;
    m->counts_n = COUNT(shown);
    return OK;
}

static err show_list(struct web *w)
{
    struct list_view m = {.may_file = permission_of(w->ctx.actor.role, P_CASE_FILE)};
    w->page.title = page_msg(&w->page, MSG_DESK_LIST);
    TRY(list_fields(w, &m));
    TRY(list_counts(w, &m));
    TRY(list_table(w, &m.table));
    list_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- filing at the desk ---- */

static const struct input desk_inputs[] = {
    [F_SERVICE] = {"service", IN_CODE, MSG_CASE_SERVICE, .required = true, .missing = MSG_NEW_SERVICE_MISSING},
    [F_UNIT] = {"unit", IN_CODE, MSG_NEW_UNIT_LABEL, .required = true, .missing = MSG_NEW_UNIT_MISSING},
    [F_WORDS] = {"description", IN_WORDS, MSG_CASE_WORDS, CASE_WORDS_MAX, .required = true,
                 .missing = MSG_NEW_WORDS_MISSING},
    [F_PLACE] = {"place", IN_LINE, MSG_NEW_PLACE},
    [F_NAME] = {"name", IN_LINE, MSG_NEW_NAME},
    [F_PHONE] = {"phone", IN_PHONE, MSG_NEW_PHONE},
    [F_WHOSE] = {"whose_phone", IN_CHOICE, MSG_NEW_WHOSE, .choices = choices_whose},
    [F_SAFE] = {"safe_call", IN_FLAG, MSG_NEW_SAFE_CALL},
    [F_SEX] = {"sex", IN_CHOICE, MSG_DESK_SEX, .required = true, .missing = MSG_NEW_SEX_MISSING,
               .choices = choices_sex},
    [F_ADDRESS] = {"address", IN_LINE, MSG_DESK_ADDRESS},
    [F_LANG] = {"language", IN_CHOICE, MSG_DESK_LANG, .choices = choices_lang},
    [F_CHANNEL] = {"channel", IN_CHOICE, MSG_DESK_CHANNEL, .choices = choices_channel},
};

static err show_desk(struct web *w)
{
    static const struct choice_words langs[] = {
        {S_INIT("ur"), MSG_LANG_UR}, {S_INIT("ps"), MSG_LANG_PS}, {S_INIT("en"), MSG_LANG_EN}};
    static const struct choice_words channels[] = {
        {S_INIT("desk"), MSG_CHANNEL_DESK}, {S_INIT("phone"), MSG_CHANNEL_PHONE}, {S_INIT("event"), MSG_CHANNEL_EVENT}};
    struct desk_view m = {
        .service = web_field(w, F_SERVICE, MSG_NONE),
        .unit = web_field(w, F_UNIT, MSG_NONE),
        .place = web_field(w, F_PLACE, MSG_NEW_PLACE_HINT),
        .words = web_field(w, F_WORDS, MSG_NONE),
        .name = web_field(w, F_NAME, MSG_NONE),
        .phone = web_field(w, F_PHONE, MSG_NONE),
        .whose = web_field(w, F_WHOSE, MSG_NONE),
        .safe = web_field(w, F_SAFE, MSG_NONE),
        .sex = web_field(w, F_SEX, MSG_NONE),
        .address = web_field(w, F_ADDRESS, MSG_DESK_ADDRESS_HINT),
        .lang = web_field(w, F_LANG, MSG_NONE),
        .channel = web_field(w, F_CHANNEL, MSG_NONE),
    };
    TRY(choices_service(w, F_SERVICE, &m.service));
    TRY(choices_unit(w, F_UNIT, w->ctx.actor.home, &m.unit));
    TRY(choices_of_whose(w, F_WHOSE, &m.whose));
    TRY(choices_of_sex(w, F_SEX, &m.sex));
    TRY(choices_words(w, F_LANG, langs, COUNT(langs), lang_table[w->lang].code, &m.lang));
    TRY(choices_words(w, F_CHANNEL, channels, COUNT(channels), S("desk"), &m.channel));
    /* The desk keeps what somebody else tells: the browser has nothing to fill in. */
    m.name.complete = m.phone.complete = S("off");
    m.lang.optional = m.channel.optional = false;
    w->page.title = page_msg(&w->page, MSG_DESK_NEW);
    w->page.form_id = S("file");
    desk_page(&w->page, &m);
    return web_html(w, 200);
}

static err answer_desk(struct web *w)
{
    case_ref ref;
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    return web_redirect(w, case_url(w, &ref, "/filed"));
}

/* ---- what is read back and printed ---- */

/* A PIN is shown only when the look at it stands in the audit chain. */
static err pin_for_desk(struct web *w, const case_ref *ref, char out[PIN_LEN])
{
    return w->ctx.may_show_identity ? case_pin(&w->ctx, ref, out) : FAIL(IO);
}

static const struct input ref_inputs[] = {{"ref", IN_REF, MSG_NEW_REF, .required = true}};

/* In her language, not in the officer's. */
static err read_back(struct web *w, const struct case_view *v, str pin, struct filed_view *m)
{
    enum lang hers;
    struct page her_page = w->page;
    struct ctx her_ctx = w->ctx;
    struct case_view her_view;
    if (!lang_of(v->row.lang_code, &hers)) {
        hers = LANG_UR;
    }
    her_page.lang = hers;
    her_ctx.lang = (int)hers;
    TRY(case_find(&her_ctx, &w->in[0].as.ref, &her_view));
    const bool limited = v->flow.due_ms < case_no_due();
    const struct msg_arg what[] = {{"service", her_view.service_name}, {"unit", her_view.unit_name}};
    const struct msg_arg end[] = {{"ref", page_isolate(&w->page, m->panel.ref)},
                                  {"pin", page_isolate(&w->page, pin)},
                                  {"due", limited ? format_day(w->arena, hers, local_day(v->flow.due_ms)) : S("")}};
    m->read_back = page_msg_args(&her_page, MSG_DESK_READ_BACK_WORDS, 0, what, COUNT(what));
    m->read_back_end = page_msg_args(
        &her_page, limited ? MSG_DESK_READ_BACK_END : MSG_DESK_READ_BACK_END_NO_DUE, 0, end, COUNT(end));
    m->words = v->row.words_text;
    m->lang = lang_table[hers].code;
    m->dir = lang_table[hers].dir;
    return OK;
}

static err show_filed(struct web *w)
{
    struct case_view v;
    char pin[PIN_LEN];
    const case_ref *ref = &w->in[0].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    TRY(pin_for_desk(w, ref, pin));
    struct filed_view m = {
        .panel = {page_msg(&w->page, MSG_DESK_FILED_TITLE), case_ref_text(w->arena, *ref),
                  arena_str(w->arena, (str){pin, PIN_LEN})},
        .slip = case_url(w, ref, "/slip"),
        .open = case_url(w, ref, ""),
    };
    TRY(read_back(w, &v, m.panel.pin, &m));
    w->page.title = m.panel.title;
    w->page.back = url_local(w->arena, S("/cases"));
    filed_page(&w->page, &m);
    return web_html(w, 200);
}

static err show_slip(struct web *w)
{
    struct case_view v;
    char pin[PIN_LEN];
    enum lang hers;
    const case_ref *ref = &w->in[0].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    TRY(pin_for_desk(w, ref, pin));
    if (lang_of(v.row.lang_code, &hers)) { /* the slip is for her */
        w->page.lang = hers;
    }
    struct slip_view m = {
        .paper = S("w80"),
        .ref = case_ref_text(w->arena, *ref),
        .pin = arena_str(w->arena, (str){pin, PIN_LEN}),
        .day = format_day(w->arena, w->page.lang, local_day(v.row.filed_ms)),
        .due = v.flow.due_ms < case_no_due() ? format_day(w->arena, w->page.lang, local_day(v.flow.due_ms)) : S(""),
        .office = S(""),
    };
    if (v.row.filed_office_id.given) {
        TRY(label_find_in(&w->ctx, S("body"), v.row.filed_office_id.v, (int)w->page.lang, &m.office));
    }
    w->page.title = page_msg(&w->page, MSG_SLIP_TITLE);
    w->page.script = true;
    w->page.back = case_url(w, ref, "");
    slip_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- one case ---- */

enum { S_DONE = A_N, S_ASK, S_REPORT, S_ANSWER, S_REOPEN, S_WITHDRAW, S_REJECT, S_COMMENT, S_AMEND };

/* The words of each action stand under a name of their own, for all forms stand on one page. */
static const struct input act_inputs[] = {
    [A_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [A_ACTION] = {"action", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = choices_action},
    [A_TO] = {"to", IN_CODE, MSG_ACT_ASSIGN_TO},
    [A_WORDS] = {"words", IN_WORDS, MSG_ACT_COMMENT_WORDS, CASE_WORDS_MAX},
    [A_RESULT] = {"result", IN_CHOICE, MSG_ACT_RESULT, .choices = choices_result},
    [A_OUTCOME] = {"outcome", IN_CHOICE, MSG_ACT_OUTCOME, .choices = choices_outcome},
    [A_VIA] = {"taken_via", IN_CHOICE, MSG_ACT_VIA, .choices = choices_via},
    [A_DESCRIPTION] = {"description", IN_WORDS, MSG_ACT_AMEND_DESCRIPTION, CASE_WORDS_MAX},
    [A_SERVICE] = {"service", IN_CODE, MSG_CASE_SERVICE},
    [A_UNIT] = {"unit", IN_CODE, MSG_CASE_UNIT},
    [A_PHONE] = {"phone", IN_PHONE, MSG_ACT_AMEND_PHONE},
    [S_DONE] = {"done", IN_FLAG, MSG_CASE_RECORDED},
    [S_ASK] = {"ask_words", IN_WORDS, MSG_ACT_ASK_WORDS, CASE_WORDS_MAX},
    [S_REPORT] = {"report_words", IN_WORDS, MSG_ACT_REPORT_WORDS, CASE_WORDS_MAX},
    [S_ANSWER] = {"answer_words", IN_WORDS, MSG_TRACK_ANSWER_WORDS, CASE_WORDS_MAX},
    [S_REOPEN] = {"reopen_words", IN_WORDS, MSG_ACT_REASON, CASE_WORDS_MAX},
    [S_WITHDRAW] = {"withdraw_words", IN_WORDS, MSG_ACT_REASON, CASE_WORDS_MAX},
    [S_REJECT] = {"reject_words", IN_WORDS, MSG_ACT_REASON, CASE_WORDS_MAX},
    [S_COMMENT] = {"comment_words", IN_WORDS, MSG_ACT_COMMENT_WORDS, CASE_WORDS_MAX},
    [S_AMEND] = {"amend_words", IN_WORDS, MSG_ACT_AMEND_WORDS, CASE_WORDS_MAX},
};

/* What each action asks for on the page; NO_INPUT: nothing of that sort. */
enum { NO_INPUT = 255 };
static const struct act_form {
    unsigned action;
    enum msg title, lead;
    uint8_t choice, select, words;
    bool words_needed;
} act_forms[] = {
    {CASE_ANSWER, MSG_ACT_ANSWER, MSG_ACT_ANSWER_LEAD, A_OUTCOME, A_VIA, S_ANSWER, false},
    {CASE_ASSIGN, MSG_ACT_ASSIGN, MSG_NONE, NO_INPUT, A_TO, NO_INPUT, false},
    {CASE_ACCEPT, MSG_ACT_ACCEPT, MSG_NONE, NO_INPUT, NO_INPUT, NO_INPUT, false},
    {CASE_REPORT_ACTION, MSG_ACT_REPORT_ACTION, MSG_NONE, A_RESULT, NO_INPUT, S_REPORT, true},
    {CASE_ASK, MSG_ACT_ASK, MSG_NONE, NO_INPUT, NO_INPUT, S_ASK, true},
    {CASE_COMMENT, MSG_ACT_COMMENT, MSG_NONE, NO_INPUT, NO_INPUT, S_COMMENT, true},
    {CASE_AMEND, MSG_ACT_AMEND, MSG_NONE, NO_INPUT, NO_INPUT, S_AMEND, false},
    {CASE_REOPEN, MSG_ACT_REOPEN, MSG_NONE, NO_INPUT, NO_INPUT, S_REOPEN, true},
    {CASE_REJECT, MSG_ACT_REJECT, MSG_ACT_REJECT_LEAD, NO_INPUT, NO_INPUT, S_REJECT, true},
    {CASE_WITHDRAW, MSG_ACT_WITHDRAW, MSG_TRACK_WITHDRAW_LEAD, NO_INPUT, NO_INPUT, S_WITHDRAW, false},
};

static const struct act_form *form_of(unsigned action)
{
    for (size_t i = 0; i < COUNT(act_forms); i++) {
        if (act_forms[i].action == action) {
            return &act_forms[i];
        }
    }
    return NULL;
}

/* An input of the page's forms, also where the page is shown by GET, whose route has fewer inputs. */
static struct field_view act_field(struct web *w, size_t input)
{
    if (w->route->inputs == act_inputs) {
        struct field_view f = web_field(w, input, MSG_NONE);
        f.optional = false;
        return f;
    }
    const struct input *in = &act_inputs[input];
    const bool words = in->type == IN_WORDS;
    return (struct field_view){.name = str_of(in->name),
                               .label = page_msg(&w->page, in->label),
                               .type = in->type == IN_PHONE ? S("tel") : STR_NONE,
                               .dir = words ? S("auto") : in->type == IN_PHONE ? S("ltr") : STR_NONE};
}

static err act_choose(struct web *w, size_t input, const struct choice_words *words, size_t n,
                      struct field_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        c[i] = (struct choice_view){.value = words[i].value, .text = page_msg(&w->page, words[i].text)};
    }
    if (w->route->inputs == act_inputs) {
        web_choose(w, input, c, n, STR_NONE);
    }
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err officers_choose(struct web *w, struct field_view *out)
{
    struct q_officer_list *rows;
    size_t n;
    TRY(case_officers(&w->ctx, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        str office;
        TRY(label_find(&w->ctx, S("body"), rows[i].office_id.v, &office));
        c[i] = (struct choice_view){.value = rows[i].login_code,
                                    .text = arena_printf(w->arena, "%.*s · %.*s", STR_F(office),
                                                         STR_F(rows[i].name_text)),
                                    .chosen = n == 1};
    }
    if (w->route->inputs == act_inputs) {
        web_choose(w, A_TO, c, n, STR_NONE);
    }
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err act_selects(struct web *w, const struct act_form *f, struct field_view *out)
{
    static const struct choice_words vias[] = {{S_INIT("desk"), MSG_ACT_VIA_DESK},
                                               {S_INIT("phone"), MSG_ACT_VIA_PHONE},
                                               {S_INIT("proxy"), MSG_ACT_VIA_PROXY}};
    *out = act_field(w, f->select);
    return f->select == A_TO ? officers_choose(w, out) : act_choose(w, A_VIA, vias, COUNT(vias), out);
}

static err act_choices(struct web *w, const struct act_form *f, struct field_view *out)
{
    static const struct choice_words outcomes[] = {{S_INIT("solved"), MSG_STATE_SOLVED},
                                                   {S_INIT("partly"), MSG_STATE_PARTLY},
                                                   {S_INIT("not_solved"), MSG_STATE_NOT_SOLVED}};
    static const struct choice_words results[] = {{S_INIT("done"), MSG_ACT_RESULT_DONE},
                                                  {S_INIT("partly"), MSG_ACT_RESULT_PARTLY},
                                                  {S_INIT("not_possible"), MSG_ACT_RESULT_NOT_POSSIBLE}};
    *out = act_field(w, f->choice);
    return f->choice == A_OUTCOME ? act_choose(w, A_OUTCOME, outcomes, COUNT(outcomes), out)
                                  : act_choose(w, A_RESULT, results, COUNT(results), out);
}

static err act_fill(struct web *w, const struct act_form *f, struct act_view *out)
{
    enum { FIELDS = 5 };
    struct field_view *fields = arena_array_of(w->arena, struct field_view, FIELDS);
    if (fields == NULL) {
        return FAIL(LIMIT);
    }
    *out = (struct act_view){.action = str_of(complaint_kind.actions[f->action]),
                             .title = page_msg(&w->page, f->title),
                             .lead = f->lead == MSG_NONE ? S("") : page_msg(&w->page, f->lead)};
    if (f->choice != NO_INPUT) {
        TRY(act_choices(w, f, &fields[0]));
        out->choices = &fields[0];
        out->choices_n = 1;
    }
    if (f->select != NO_INPUT) {
        TRY(act_selects(w, f, &fields[1]));
        out->selects = &fields[1];
        out->selects_n = 1;
    }
    if (f->words != NO_INPUT) {
        fields[2] = act_field(w, f->words);
        fields[2].optional = !f->words_needed;
        out->words = &fields[2];
        out->words_n = 1;
    }
    if (f->action == CASE_AMEND && w->ctx.actor.role == ROLE_DESK) {
        fields[3] = act_field(w, A_DESCRIPTION);
        fields[3].optional = true;
        out->words_n = 2;
        fields[4] = act_field(w, A_PHONE);
        fields[4].optional = true;
        out->lines = &fields[4];
        out->lines_n = 1;
    }
    return OK;
}

static err acts_fill(struct web *w, const struct case_view *v, struct show_view *m)
{
    struct act_view *acts = arena_array_of(w->arena, struct act_view, COUNT(act_forms));
    size_t n = 0;
    if (acts == NULL) {
        return FAIL(LIMIT);
    }
    const str sent = w->route->inputs == act_inputs ? w->in[A_ACTION].text : STR_NONE;
    for (size_t i = 0; i < COUNT(act_forms); i++) {
        if (case_may(&w->ctx, v, act_forms[i].action)) {
            TRY(act_fill(w, &act_forms[i], &acts[n]));
            acts[n].open = w->page.faults_n > 0 && str_eq(sent, acts[n].action);
            n++;
        }
    }
    /* The first one is what the case waits for: it stands open. */
    if (n > 0 && w->page.faults_n == 0 && act_forms[0].action != CASE_COMMENT) {
        const bool waits = !str_eq(acts[0].action, S("comment")) && !str_eq(acts[0].action, S("reopen"));
        acts[0].open = waits;
    }
    m->acts = acts;
    m->acts_n = n;
    return OK;
}

static void fact(struct fact_view *rows, size_t *n, str name, str value, str dir)
{
    if (value.n > 0) {
        rows[(*n)++] = (struct fact_view){name, value, dir, {STR_NONE}};
    }
}

static str channel_words(const struct page *p, str code)
{
    static const struct choice_words words[] = {{S_INIT("desk"), MSG_CHANNEL_DESK},
                                                {S_INIT("phone"), MSG_CHANNEL_PHONE},
                                                {S_INIT("public"), MSG_CHANNEL_PUBLIC},
                                                {S_INIT("event"), MSG_CHANNEL_EVENT}};
    for (size_t i = 0; i < COUNT(words); i++) {
        if (str_eq(words[i].value, code)) {
            return page_msg(p, words[i].text);
        }
    }
    return S("");
}

static err facts_fill(struct web *w, const struct case_view *v, struct facts_view *out)
{
    enum { FACTS = 10 };
    struct page *p = &w->page;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    const bool open = flow_open(&complaint_kind, v->state);
    fact(f, &n, page_msg(p, MSG_CASE_WORDS), v->row.words_text, S("auto"));
    fact(f, &n, page_msg(p, MSG_CASE_SERVICE), v->service_name, STR_NONE);
    fact(f, &n, page_msg(p, MSG_CASE_UNIT), v->unit_name, STR_NONE);
    fact(f, &n, page_msg(p, MSG_CASE_PLACE), v->row.place_text, S("auto"));
    fact(f, &n, page_msg(p, MSG_CASE_DUE), open ? due_with_left(w, v->flow.due_ms) : due_words(w, v->flow.due_ms),
         STR_NONE);
    fact(f, &n, page_msg(p, MSG_CASE_OFFICE), v->office_name.n > 0 ? v->office_name : page_msg(p, MSG_CASE_OFFICE_NONE),
         STR_NONE);
    fact(f, &n, page_msg(p, MSG_CASE_FILED), format_time(w->arena, w->lang, v->row.filed_ms), STR_NONE);
    fact(f, &n, page_msg(p, MSG_CASE_CHANNEL), channel_words(p, v->row.channel_code), STR_NONE);
    fact(f, &n, page_msg(p, MSG_CASE_SEX), sex_words(p, v->row.sex_code), STR_NONE);
    *out = (struct facts_view){f, n};
    return OK;
}

static err identity_fill(struct web *w, const struct case_view *v, struct show_view *m)
{
    enum { FACTS = 5 };
    struct case_identity who;
    struct page *p = &w->page;
    m->identity_for = case_identity_for(&w->ctx.actor, v);
    if (!m->identity_for) {
        return OK;
    }
    const err e = case_identity(&w->ctx, v, &who);
    m->identity_hidden = e.code == ERR_DENIED;
    if (e.code == ERR_DENIED || e.code == ERR_NOT_FOUND) {
        return OK;
    }
    TRY(e);
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    size_t n = 0;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    const str none = page_msg(p, MSG_NEW_NOT_GIVEN);
    const phone number = {who.phone};
    fact(f, &n, page_msg(p, MSG_CASE_NAME), who.name.n > 0 ? who.name : none, S("auto"));
    fact(f, &n, page_msg(p, MSG_CASE_PHONE), who.phone.n > 0 ? phone_local(w->arena, number) : none,
         who.phone.n > 0 ? S("ltr") : STR_NONE);
    if (who.phone.n > 0) {
        fact(f, &n, page_msg(p, MSG_CASE_WHOSE), whose_words(p, who.whose_phone), STR_NONE);
        fact(f, &n, page_msg(p, MSG_CASE_SAFE), page_msg(p, who.safe_call ? MSG_CASE_YES : MSG_CASE_NO), STR_NONE);
    }
    fact(f, &n, page_msg(p, MSG_CASE_ADDRESS), who.address, S("auto"));
    m->identity = (struct facts_view){f, n};
    return OK;
}

static err show_case(struct web *w)
{
    struct case_view v;
    const case_ref *ref = &w->in[A_REF].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    const bool recorded = w->route->inputs != act_inputs && w->in[1].given && w->in[1].n == 1;
    struct show_view m = {
        .ref = case_ref_text(w->arena, *ref),
        .act = case_url(w, ref, "/act"),
        .recorded = recorded ? page_msg(&w->page, MSG_CASE_RECORDED) : STR_NONE,
        .chip = state_chip(&w->page, v.state, true),
    };
    if (permission_of(w->ctx.actor.role, P_SLIP_PRINT)) {
        m.slip = case_url(w, ref, "/slip");
    }
    const struct msg_arg arg = {"ref", page_isolate(&w->page, m.ref)};
    w->page.title = page_msg_args(&w->page, MSG_CASE_TITLE, 0, &arg, 1);
    w->page.back = url_local(w->arena, S("/cases"));
    TRY(facts_fill(w, &v, &m.facts));
    TRY(identity_fill(w, &v, &m));
    TRY(timeline_fill(w, &v, &m.timeline));
    TRY(acts_fill(w, &v, &m));
    show_page(&w->page, &m);
    return web_html(w, 200);
}

static err show_case_again(struct web *w)
{
    unsigned action;
    if (!w->in[A_REF].given) {
        return FAIL(NOT_FOUND);
    }
    const bool known = flow_action_of(&complaint_kind, w->in[A_ACTION].text, &action).code == ERR_OK;
    const struct act_form *f = known ? form_of(action) : NULL;
    if (f != NULL && f->words != NO_INPUT && w->fail.field != NULL && str_eq(str_of(w->fail.field), S("words"))) {
        web_fault(w, f->words, (enum msg)w->fail.message);
    }
    return show_case(w);
}

static err write_page_act(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_act act;
    struct case_receipt done;
    act_of(in, &act);
    const struct act_form *f = form_of(act.action);
    if (f != NULL && f->words != NO_INPUT && in[f->words].given) {
        act.words = in[f->words].text;
    }
    TRY(case_do(c, &in[A_REF].as.ref, &act, &done));
    receipt_of(c, &done, out);
    return OK;
}

static err answer_act(struct web *w)
{
    case_ref ref;
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    return web_redirect(w, url_with(w->arena, case_url(w, &ref, ""), S("done"), S("1")));
}

static const struct input case_inputs[] = {{"ref", IN_REF, MSG_NEW_REF, .required = true},
                                           {"done", IN_FLAG, MSG_CASE_RECORDED}};

static const struct route desk_routes[] = {
    {HTTP_GET, "/cases", P_CASE_READ, 0, INPUTS(list_inputs), .show = show_list, .doc = MSG_DOC_CASE_LIST},
    {HTTP_GET, "/cases/new", P_CASE_FILE, 0, INPUTS(desk_inputs), .show = show_desk, .doc = MSG_DOC_CASE_NEW},
    {HTTP_POST, "/cases/new", P_CASE_FILE, 0, INPUTS(desk_inputs), .show = show_desk, .write = write_case,
     .answer = answer_desk, .doc = MSG_DOC_CASE_NEW},
    {HTTP_GET, "/cases/{ref}/filed", P_SLIP_PRINT, ROUTE_IDENTITY, INPUTS(ref_inputs), .show = show_filed, .look = look_case,
     .doc = MSG_DOC_CASE_SLIP},
    {HTTP_GET, "/cases/{ref}/slip", P_SLIP_PRINT, ROUTE_IDENTITY, INPUTS(ref_inputs), .show = show_slip, .look = look_case,
     .doc = MSG_DOC_CASE_SLIP},
    {HTTP_GET, "/cases/{ref}", P_CASE_READ, ROUTE_IDENTITY, INPUTS(case_inputs), .show = show_case, .look = look_case,
     .doc = MSG_DOC_CASE_SHOW},
    {HTTP_POST, "/cases/{ref}/act", P_CASE_ACT, 0, INPUTS(act_inputs), .show = show_case_again,
     .write = write_page_act, .answer = answer_act, .doc = MSG_DOC_CASE_ACT},
};

static const struct feature_job jobs[] = {
    {"tally.fold", 60000, tally_fold},
    {"tally.check", 0, tally_check},
};

const struct feature case_feature = {
    .name = "case",
    .routes = desk_routes,
    .routes_n = COUNT(desk_routes),
    .api = case_api_routes,
    .api_n = CASE_API_ROUTES,
    .jobs = jobs,
    .jobs_n = COUNT(jobs),
};
