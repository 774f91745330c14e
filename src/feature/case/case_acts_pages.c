/* case_acts_pages.c: what can be done with a case now, as forms: what it waits for stands open, the others
 * open when they are asked for. */
#include "case_show.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const struct input act_inputs[ACT_PAGE_INPUTS] = {
    ACT_INPUTS,
    [S_ASK] = {"ask_words", IN_WORDS, MSG_ACT_ASK_WORDS, CASE_WORDS_MAX},
    [S_REPORT] = {"report_words", IN_WORDS, MSG_ACT_REPORT_WORDS, CASE_WORDS_MAX},
    [S_ANSWER] = {"answer_words", IN_WORDS, MSG_ACT_ANSWER_WORDS, CASE_WORDS_MAX},
    [S_REOPEN] = {"reopen_words", IN_WORDS, MSG_ACT_REASON, CASE_WORDS_MAX},
    [S_WITHDRAW] = {"withdraw_words", IN_WORDS, MSG_ACT_REASON, CASE_WORDS_MAX},
    [S_REJECT] = {"reject_words", IN_WORDS, MSG_ACT_REASON, CASE_WORDS_MAX},
    [S_COMMENT] = {"comment_words", IN_WORDS, MSG_ACT_COMMENT_WORDS, CASE_WORDS_MAX},
    [S_AMEND] = {"amend_words", IN_WORDS, MSG_ACT_AMEND_WORDS, CASE_WORDS_MAX},
    [S_WRONG] = {"wrong_words", IN_WORDS, MSG_ACT_REASON, CASE_WORDS_MAX},
    [S_VISIT] = {"visit_words", IN_WORDS, MSG_ACT_VISIT_WORDS, CASE_WORDS_MAX},
};

/* ---- what each action asks for on the page ---- */

enum { ASKED_MAX = 6, NO_MORE = 0 };

static const struct act_form {
    unsigned action;
    enum msg title, lead;
    uint8_t asks[ASKED_MAX]; /* inputs in their order, ended by NO_MORE (no form asks for A_REF) */
    uint8_t words;           /* among them: its words; 0: none */
    bool words_needed;
} act_forms[] = {
    {CASE_ANSWER, MSG_ACT_ANSWER, MSG_ACT_ANSWER_LEAD, {A_OUTCOME, A_VIA, S_ANSWER}, S_ANSWER, false},
    {CASE_CALL_FAILED, MSG_ACT_CALL_FAILED, MSG_ACT_CALL_FAILED_LEAD, {NO_MORE}, 0, false},
    {CASE_ASSIGN, MSG_ACT_ASSIGN, MSG_NONE, {A_TO}, 0, false},
    {CASE_ACCEPT, MSG_ACT_ACCEPT, MSG_NONE, {NO_MORE}, 0, false},
    {CASE_REPORT_ACTION,
     MSG_ACT_REPORT_ACTION,
     MSG_ACT_REPORT_LEAD,
     {A_RESULT, A_REASON, A_NEXT, S_REPORT},
     S_REPORT,
     true},
    {CASE_MARK, MSG_ACT_MARK, MSG_ACT_MARK_LEAD, {A_TO}, 0, false},
    {CASE_ASK, MSG_ACT_ASK, MSG_ACT_ASK_LEAD, {S_ASK}, S_ASK, true},
    {CASE_VISIT, MSG_ACT_VISIT, MSG_ACT_VISIT_LEAD, {S_VISIT}, S_VISIT, true},
    {CASE_WRONG_DEPARTMENT,
     MSG_ACT_WRONG_DEPARTMENT,
     MSG_ACT_WRONG_DEPARTMENT_LEAD,
     {S_WRONG},
     S_WRONG,
     true},
    {CASE_AMEND, MSG_ACT_AMEND, MSG_NONE, {S_AMEND}, S_AMEND, false},
    {CASE_COMMENT, MSG_ACT_COMMENT, MSG_ACT_COMMENT_LEAD, {S_COMMENT}, S_COMMENT, true},
    {CASE_REOPEN, MSG_ACT_REOPEN, MSG_NONE, {S_REOPEN}, S_REOPEN, true},
    {CASE_REJECT, MSG_ACT_REJECT, MSG_ACT_REJECT_LEAD, {S_REJECT}, S_REJECT, true},
    {CASE_WITHDRAW, MSG_ACT_WITHDRAW, MSG_ACT_WITHDRAW_LEAD, {S_WITHDRAW}, S_WITHDRAW, false},
};

/* What a case in a state waits for, from whom. */
static const struct {
    unsigned state;
    enum role role;
    unsigned action;
} waits[] = {
    {CASE_REGISTERED, ROLE_SUPERVISOR, CASE_ASSIGN}, {CASE_REGISTERED, ROLE_ADC, CASE_ASSIGN},
    {CASE_REOPENED, ROLE_SUPERVISOR, CASE_ASSIGN},   {CASE_REOPENED, ROLE_ADC, CASE_ASSIGN},
    {CASE_PARTLY, ROLE_SUPERVISOR, CASE_ASSIGN},     {CASE_PARTLY, ROLE_ADC, CASE_ASSIGN},
    {CASE_NOT_SOLVED, ROLE_SUPERVISOR, CASE_ASSIGN}, {CASE_NOT_SOLVED, ROLE_ADC, CASE_ASSIGN},
    {CASE_ASSIGNED, ROLE_OFFICER, CASE_ACCEPT},      {CASE_IN_PROGRESS, ROLE_OFFICER, CASE_REPORT_ACTION},
    {CASE_INFO_ASKED, ROLE_DESK, CASE_AMEND},        {CASE_AWAITING_ANSWER, ROLE_DESK, CASE_ANSWER},
    {CASE_INFO_ASKED, ROLE_ADC, CASE_AMEND},         {CASE_AWAITING_ANSWER, ROLE_ADC, CASE_ANSWER},
};

static bool waits_for(const struct case_view *v, enum role role, unsigned action)
{
    for (size_t i = 0; i < COUNT(waits); i++) {
        if (waits[i].state == v->state && waits[i].role == role && waits[i].action == action) {
            return true;
        }
    }
    return false;
}

size_t act_words_input(unsigned action)
{
    for (size_t i = 0; i < COUNT(act_forms); i++) {
        if (act_forms[i].action == action && act_forms[i].words != 0) {
            return act_forms[i].words;
        }
    }
    return SIZE_MAX;
}

/* ---- one question ---- */

/* Whether this is a form that came back. */
static bool came_back(const struct web *w)
{
    return w->route->inputs == act_inputs;
}

/* An input of the page's forms, also where the page is shown by GET, whose route has fewer inputs. */
static struct field_view act_field(struct web *w, size_t input)
{
    if (came_back(w)) {
        struct field_view f = web_field(w, input, MSG_NONE);
        f.optional = false;
        f.complete = STR_NONE; /* what somebody else tells: the browser has nothing to fill in */
        return f;
    }
    const struct input *in = &act_inputs[input];
    const bool words = in->type == IN_WORDS;
    const bool number = in->type == IN_PHONE;
    return (struct field_view){.name = str_of(in->name),
                               .label = page_msg(&w->page, in->label),
                               .type = number               ? S("tel")
                                       : in->type == IN_DAY ? S("date")
                                                            : STR_NONE,
                               .dir = words    ? S("auto")
                                      : number ? S("ltr")
                                               : STR_NONE};
}

static err act_choose(struct web *w, size_t input, const struct case_word *words, size_t n,
                      struct field_view *out)
{
    return choices_words(w, came_back(w) ? input : SIZE_MAX, words, n, STR_NONE, out);
}

/* Officers of one office below its name. */
static err group_fill(struct web *w, const struct q_officer_list *rows, size_t n, int64_t office,
                      str proposed, struct group_view *out)
{
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    size_t kept = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].office_id.v == office && rows[i].id != w->ctx.actor.user_id) {
            c[kept++] = (struct choice_view){.value = rows[i].login_code,
                                             .text = rows[i].name_text,
                                             .chosen = str_eq(rows[i].login_code, proposed)};
        }
    }
    TRY(label_find(&w->ctx, S("body"), office, &out->text));
    out->choices = c;
    out->choices_n = kept;
    return OK;
}

/* Whom it is given to when nobody chooses otherwise: somebody of the office that answers. */
static str proposed_of(struct web *w, const struct q_officer_list *rows, size_t n, int64_t answers)
{
    if (came_back(w) && w->in[A_TO].raw.n > 0) {
        return w->in[A_TO].raw;
    }
    for (size_t i = 0; i < n; i++) {
        if (rows[i].office_id.v == answers) {
            return rows[i].login_code;
        }
    }
    return n == 1 ? rows[0].login_code : S("");
}

static bool listed_before(const struct q_officer_list *rows, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (rows[k].office_id.v == rows[i].office_id.v) {
            return true;
        }
    }
    return false;
}

/* Every office with its officers; for marking, one's own office alone. */
static err officers_choose(struct web *w, const struct case_view *v, bool own, struct part_view *out)
{
    int64_t answers = 0;
    struct q_officer_list *rows;
    size_t n;
    const err body = catalogue_body(&w->ctx, v->row.service_id, v->row.unit_id, &answers);
    if (body.code != ERR_OK && body.code != ERR_NOT_FOUND) {
        return body;
    }
    TRY(case_officers(&w->ctx, v, &rows, &n));
    struct group_view *groups = arena_array_of(w->arena, struct group_view, n + 1);
    const str proposed = own ? S("") : proposed_of(w, rows, n, answers);
    if (groups == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const bool wanted = !own || rows[i].office_id.v == w->ctx.actor.office_id;
        if (wanted && !listed_before(rows, i)) {
            TRY(group_fill(w, rows, n, rows[i].office_id.v, proposed, &groups[out->groups_n]));
            out->groups_n += groups[out->groups_n].choices_n > 0;
        }
    }
    out->groups = groups;
    if (!own && body.code == ERR_OK) {
        struct msg_arg arg = {"office", S("")};
        TRY(label_find(&w->ctx, S("body"), answers, &arg.value));
        out->f.hint = page_msg_args(&w->page, MSG_ACT_TO_HINT, 0, &arg, 1);
    }
    return OK;
}

/* Yes or no, for a flag that may stay as it was. */
static err flag_choose(struct web *w, size_t input, struct field_view *out)
{
    return act_choose(w, input, case_yes_no_words, CASE_yes_no_n, out);
}

static err part_fill(struct web *w, const struct case_view *v, const struct act_form *form, size_t input,
                     struct part_view *out)
{
    out->f = act_field(w, input);
    switch (input) {
    case A_OUTCOME:
        out->look = PART_CHOICES;
        return act_choose(w, input, case_outcome_words, CASE_outcome_n, &out->f);
    case A_RESULT:
        out->look = PART_CHOICES;
        return act_choose(w, input, case_report_words, CASE_report_n, &out->f);
    case A_VIA: /* the desk takes an answer in three ways; the fourth is the public page */
        out->look = PART_SELECT;
        return act_choose(w, input, case_via_words, CASE_via_n - 1, &out->f);
    case A_TO:
        out->look = PART_GROUPS;
        return officers_choose(w, v, form->action == CASE_MARK, out);
    case A_REASON:
        out->look = PART_SELECT;
        out->only_not_possible = true;
        out->f.label = page_msg(&w->page, MSG_ACT_REASON_NOT_POSSIBLE);
        out->f.hint = page_msg(&w->page, MSG_ACT_REASON_HINT);
        return act_choose(w, input, case_reason_words, CASE_reason_n, &out->f);
    case A_NEXT:
        out->look = PART_LINE;
        out->only_not_possible = true;
        out->f.hint = page_msg(&w->page, MSG_ACT_NEXT_HINT);
        return OK;
    default:
        out->look = PART_WORDS;
        out->f.rows = 4;
        out->f.optional = input == form->words && !form->words_needed;
        return OK;
    }
}

/* ---- correcting: what can be another, one below the other ---- */

/* Papers that are still missing, to be ticked when she brings them. */
static err papers_choose(struct web *w, const struct case_view *v, struct field_view *out)
{
    struct case_paper *rows;
    size_t n;
    TRY(case_papers(&w->ctx, v, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    size_t kept = 0;
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        if (!rows[i].given) {
            c[kept++] = (struct choice_view){.value = rows[i].code, .text = rows[i].name};
        }
    }
    if (came_back(w)) {
        web_choose(w, A_DOCUMENTS, c, kept, STR_NONE);
    }
    out->type = S("checkbox");
    out->choices = c;
    out->choices_n = kept;
    return OK;
}

static err correction_choose(struct web *w, const struct case_view *v, size_t input, struct part_view *out)
{
    const size_t sent = came_back(w) ? input : SIZE_MAX;
    switch (input) {
    case A_SERVICE:
        return choices_service(w, sent, &out->f);
    case A_UNIT:
        return choices_unit(w, sent, w->ctx.actor.home, &out->f);
    case A_WHOSE:
        return act_choose(w, input, case_whose_words, CASE_whose_n, &out->f);
    case A_WHEN:
        return act_choose(w, input, case_when_words, CASE_when_n, &out->f);
    case A_DOCUMENTS:
        out->look = PART_CHOICES;
        return papers_choose(w, v, &out->f);
    case A_PHONE:
        out->look = PART_LINE;
        return OK;
    case A_DESCRIPTION:
        out->look = PART_WORDS;
        out->f.rows = 4;
        return OK;
    default: /* flags and consents */
        return flag_choose(w, input, &out->f);
    }
}

/* What she agrees to, in fewer words than it is asked in. */
static enum msg correction_label(size_t input)
{
    switch (input) {
    case A_CONSENT_RECORD:
        return MSG_CASE_AGREES_RECORD;
    case A_CONSENT_CALL:
        return MSG_CASE_AGREES_CALL;
    case A_CONSENT_HAND_OVER:
        return MSG_CASE_AGREES_HAND_OVER;
    case A_CONSENT_FIGURES:
        return MSG_CASE_AGREES_FIGURES;
    case A_WHOSE:
        return MSG_CASE_WHOSE;
    default:
        return act_inputs[input].label;
    }
}

static err corrections(struct web *w, const struct case_view *v, struct act_view *out)
{
    static const uint8_t inputs[] = {
        A_DOCUMENTS,
        A_DESCRIPTION,
        A_SERVICE,
        A_UNIT,
        A_PHONE,
        A_WHOSE,
        A_SAFE,
        A_SMS,
        A_WHEN,
        A_CONSENT_CALL,
        A_CONSENT_HAND_OVER,
        A_CONSENT_FIGURES,
        A_CONSENT_RECORD,
    };
    struct part_view *parts = arena_array_of(w->arena, struct part_view, COUNT(inputs));
    size_t n = 0;
    if (parts == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(inputs); i++) {
        struct part_view *x = &parts[n];
        const bool of_her = inputs[i] == A_PHONE || (inputs[i] >= A_WHOSE && inputs[i] <= A_WHEN);
        if (of_her && v->row.anonymous_flag) {
            continue;
        }
        *x = (struct part_view){.look = PART_SELECT, .f = act_field(w, inputs[i])};
        TRY(correction_choose(w, v, inputs[i], x));
        x->f.label = page_msg(&w->page, correction_label(inputs[i]));
        x->f.optional = true;
        out->more_open = out->more_open || (came_back(w) && w->in[inputs[i]].raw.n > 0);
        n += inputs[i] != A_DOCUMENTS || x->f.choices_n > 0;
    }
    out->more = parts;
    out->more_n = n;
    return OK;
}

/* ---- the forms ---- */

/* What the office said last: she is asked about the report, or answers the question. */
static err said_put(struct web *w, const struct case_view *v, unsigned of, struct act_view *out)
{
    struct q_step_list *steps;
    size_t n;
    bool more;
    TRY(case_timeline(&w->ctx, v, &steps, &n, &more));
    for (size_t i = 0; i < n; i++) {
        const bool undone = i > 0 && steps[i - 1].action_no == CASE_UNDO;
        const bool spot = of == CASE_REPORT_ACTION && steps[i].action_no == CASE_SPOT;
        if ((steps[i].action_no == (int64_t)of || spot) && !undone) {
            out->said = steps[i].words_text;
            out->said_title = step_words(w, &steps[i]);
            return OK;
        }
    }
    return OK;
}

static err act_fill(struct web *w, const struct case_view *v, const struct act_form *form,
                    struct act_view *out)
{
    struct part_view *parts = arena_array_of(w->arena, struct part_view, ASKED_MAX);
    size_t n = 0;
    if (parts == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < ASKED_MAX && form->asks[i] != NO_MORE; i++) {
        TRY(part_fill(w, v, form, form->asks[i], &parts[n++]));
    }
    *out = (struct act_view){.action = str_of(complaint_kind.actions[form->action]),
                             .title = page_msg(&w->page, form->title),
                             .lead = form->lead == MSG_NONE ? S("") : page_msg(&w->page, form->lead),
                             .parts = parts};
    if (form->action == CASE_AMEND && v->state == CASE_INFO_ASKED) {
        out->title = page_msg(&w->page, MSG_ACT_AMEND_INFO);
        parts[0].f.optional = false;
        TRY(said_put(w, v, CASE_ASK, out));
    }
    if (form->action == CASE_ANSWER) {
        TRY(said_put(w, v, CASE_REPORT_ACTION, out));
    }
    if (form->action == CASE_AMEND && w->ctx.actor.role == ROLE_DESK) {
        TRY(corrections(w, v, out));
    }
    out->parts_n = n;
    return OK;
}

/* Whether the form would lead anywhere; what else can go wrong is said when it is sent. */
static bool offered(struct web *w, const struct case_view *v, unsigned action)
{
    const struct opt_i64 head = v->flow.assignee_id;
    if (!case_may(&w->ctx, v, action)) {
        return false;
    }
    if (action == CASE_CALL_FAILED) {
        return v->row.reachable_flag != 0;
    }
    return action != CASE_MARK || !head.given || head.v == w->ctx.actor.user_id;
}

/* The action that is asked for: of the form that came back, or named in the address. */
static str asked_for(const struct web *w)
{
    if (came_back(w)) {
        return w->page.faults_n > 0 || w->step ? w->in[A_ACTION].text : STR_NONE;
    }
    return w->in[SHOW_ACT].given ? w->in[SHOW_ACT].text : STR_NONE;
}

/* What was typed into a form that is not offered any more is not lost. */
static err typed_keep(struct web *w, str action, struct show_view *m)
{
    enum { TYPED = 2 };
    unsigned a;
    struct name_view *rows = arena_array_of(w->arena, struct name_view, TYPED);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    if (!came_back(w) || flow_action_of(&complaint_kind, action, &a).code != ERR_OK) {
        return OK;
    }
    const size_t words = act_words_input(a);
    if (words != SIZE_MAX && w->in[words].raw.n > 0) {
        rows[m->typed_n++].text = w->in[words].raw;
    }
    if (a == CASE_AMEND && w->in[A_DESCRIPTION].raw.n > 0) {
        rows[m->typed_n++].text = w->in[A_DESCRIPTION].raw;
    }
    m->typed = rows;
    return OK;
}

err show_acts(struct web *w, const struct case_view *v, struct show_view *m)
{
    struct act_view *acts = arena_array_of(w->arena, struct act_view, COUNT(act_forms));
    const str asked = asked_for(w);
    bool found = false;
    size_t n = 0;
    if (acts == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < COUNT(act_forms); i++) {
        const unsigned action = act_forms[i].action;
        if (!offered(w, v, action)) {
            continue;
        }
        TRY(act_fill(w, v, &act_forms[i], &acts[n]));
        acts[n].open = asked.n > 0 ? str_eq(asked, acts[n].action) : waits_for(v, w->ctx.actor.role, action);
        found = found || str_eq(asked, acts[n].action);
        n++;
    }
    m->acts = acts;
    m->acts_n = n;
    return found ? OK : typed_keep(w, asked, m);
}
