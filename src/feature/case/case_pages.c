/* case_pages.c: one case and its steps, as those see it who work on it; and the routes of all pages here. */
#include "case_pages.h"

#include "case.html.h"
#include "case_api.h"
#include "case_feature.h"
#include "case_parts.h"
#include "clock.h"
#include "format.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct url case_url(struct web *w, const case_ref *ref, str rest)
{
    return url_local(w->arena,
                     arena_printf(w->arena, "/cases/%.*s%.*s", STR_F(case_ref_digits(ref)), STR_F(rest)));
}

enum { S_ASK = A_N, S_REPORT, S_ANSWER, S_REOPEN, S_WITHDRAW, S_REJECT, S_COMMENT, S_AMEND };

/* The words of each action stand under a name of their own, for all forms stand on one page. */
static const struct input act_inputs[] = {
    ACT_INPUTS,
    [S_ASK] = {"ask_words", IN_WORDS, MSG_ACT_ASK_WORDS, CASE_WORDS_MAX},
    [S_REPORT] = {"report_words", IN_WORDS, MSG_ACT_REPORT_WORDS, CASE_WORDS_MAX},
    [S_ANSWER] = {"answer_words", IN_WORDS, MSG_ACT_ANSWER_WORDS, CASE_WORDS_MAX},
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
    {CASE_WITHDRAW, MSG_ACT_WITHDRAW, MSG_ACT_WITHDRAW_LEAD, NO_INPUT, NO_INPUT, S_WITHDRAW, false},
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
                               .dir = words                  ? S("auto")
                                      : in->type == IN_PHONE ? S("ltr")
                                                             : STR_NONE};
}

static err act_choose(struct web *w, size_t input, const struct case_word *words, size_t n,
                      struct field_view *out)
{
    if (w->route->inputs == act_inputs) {
        return choices_words(w, input, words, n, STR_NONE, out);
    }
    return choices_plain(w, words, n, out);
}

/* The officer of the body that answers for this service in this place is proposed. */
static err officers_choose(struct web *w, const struct case_view *v, struct field_view *out)
{
    int64_t answers = 0;
    struct q_officer_list *rows;
    size_t n;
    const err body = catalogue_body(&w->ctx, v->row.service_id, v->row.unit_id, &answers);
    if (body.code != ERR_OK && body.code != ERR_NOT_FOUND) {
        return body;
    }
    TRY(case_officers(&w->ctx, v, &rows, &n));
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, n + 1);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        str office;
        TRY(label_find(&w->ctx, S("body"), rows[i].office_id.v, &office));
        c[i] = (struct choice_view){
            .value = rows[i].login_code,
            .text = arena_printf(w->arena, "%.*s · %.*s", STR_F(office), STR_F(rows[i].name_text)),
            .chosen = n == 1 || rows[i].office_id.v == answers};
    }
    if (w->route->inputs == act_inputs) {
        web_choose(w, A_TO, c, n, STR_NONE);
    }
    out->choices = c;
    out->choices_n = n;
    return OK;
}

static err act_selects(struct web *w, const struct case_view *v, const struct act_form *f,
                       struct field_view *out)
{
    *out = act_field(w, f->select);
    /* The desk takes an answer in three ways; the fourth is the public page. */
    return f->select == A_TO ? officers_choose(w, v, out)
                             : act_choose(w, A_VIA, case_via_words, CASE_via_n - 1, out);
}

static err act_choices(struct web *w, const struct act_form *f, struct field_view *out)
{
    *out = act_field(w, f->choice);
    return f->choice == A_OUTCOME ? act_choose(w, A_OUTCOME, case_outcome_words, CASE_outcome_n, out)
                                  : act_choose(w, A_RESULT, case_report_words, CASE_report_n, out);
}

/* What can be corrected: her words, the matter, the place, the number. */
static err act_corrections(struct web *w, struct act_view *out)
{
    enum { SELECTS = 2 };
    struct field_view *f = arena_array_of(w->arena, struct field_view, SELECTS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    f[0] = act_field(w, A_SERVICE);
    TRY(choices_service(w, SIZE_MAX, &f[0]));
    f[1] = act_field(w, A_UNIT);
    TRY(choices_unit(w, SIZE_MAX, w->ctx.actor.home, &f[1]));
    f[0].optional = f[1].optional = true;
    out->selects = f;
    out->selects_n = SELECTS;
    return OK;
}

static err act_fill(struct web *w, const struct case_view *v, const struct act_form *f, struct act_view *out)
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
        TRY(act_selects(w, v, f, &fields[1]));
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
        TRY(act_corrections(w, out));
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
            TRY(act_fill(w, v, &act_forms[i], &acts[n]));
            acts[n].open = (w->page.faults_n > 0 || w->step) && str_eq(sent, acts[n].action);
            n++;
        }
    }
    /* The first one is what the case waits for: it stands open. */
    if (n > 0 && w->page.faults_n == 0 && !w->step) {
        acts[0].open = !str_eq(acts[0].action, S("comment")) && !str_eq(acts[0].action, S("reopen"));
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
    fact(f, &n, page_msg(p, MSG_CASE_DUE),
         open ? due_with_left(w, v->flow.due_ms) : due_words(w, v->flow.due_ms), STR_NONE);
    fact(f, &n, page_msg(p, MSG_CASE_OFFICE),
         v->office_name.n > 0 ? v->office_name : page_msg(p, MSG_CASE_OFFICE_NONE), STR_NONE);
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
        fact(f, &n, page_msg(p, MSG_CASE_SAFE), page_msg(p, who.safe_call ? MSG_CASE_YES : MSG_CASE_NO),
             STR_NONE);
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
        .act = case_url(w, ref, S("/act")),
        .recorded = recorded ? page_msg(&w->page, MSG_CASE_RECORDED) : STR_NONE,
        .chip = state_chip(&w->page, v.state, true),
    };
    if (permission_of(w->ctx.actor.role, P_SLIP_PRINT)) {
        m.slip = case_url(w, ref, S("/slip"));
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
    if (f != NULL && f->words != NO_INPUT && w->fail.field != NULL &&
        str_eq(str_of(w->fail.field), S("words"))) {
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
    return web_redirect(w, url_with(w->arena, case_url(w, &ref, S("")), S("done"), S("1")));
}

static bool unseen_case(struct ctx *c, const struct given *in)
{
    return case_unseen(c, &in[A_REF].as.ref);
}

static err note_case(struct ctx *c, const struct given *in)
{
    return case_seen(c, &in[A_REF].as.ref);
}

static const struct seen_fns case_seen_fns = {unseen_case, note_case};

static const struct input case_inputs[] = {{"ref", IN_REF, MSG_NEW_REF, .required = true},
                                           {"done", IN_FLAG, MSG_CASE_RECORDED}};

static const struct route desk_routes[] = {
    {HTTP_GET, "/cases", P_CASE_READ, 0, INPUTS(case_list_inputs), .show = show_case_list,
     .doc = MSG_DOC_CASE_LIST},
    {HTTP_GET, "/cases/print", P_CASE_READ, ROUTE_SLOW, INPUTS(case_list_inputs), .show = show_case_print,
     .doc = MSG_DOC_CASE_PRINT},
    {HTTP_GET, "/cases.csv", P_CASE_READ, ROUTE_SLOW, INPUTS(case_list_inputs), .show = show_case_file,
     .doc = MSG_DOC_CASE_FILE},
    {HTTP_GET, "/cases/{ref}", P_CASE_READ, ROUTE_IDENTITY, INPUTS(case_inputs), .show = show_case,
     .look = look_case, .seen = &case_seen_fns, .doc = MSG_DOC_CASE_SHOW},
    {HTTP_POST, "/cases/{ref}/act", P_CASE_ACT, 0, INPUTS(act_inputs), .show = show_case_again,
     .write = write_page_act, .answer = answer_act, .doc = MSG_DOC_CASE_ACT},
};

static const struct feature_job jobs[] = {
    {"tally.fold", 60000, tally_fold},
    {"tally.check", 0, tally_check},
    {"case.silent", 0, case_silent},
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
