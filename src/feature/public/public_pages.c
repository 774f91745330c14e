/* public_pages.c: the start page, filing in small steps, looking a complaint up, and her answer. No log-in. */
#include "public_feature.h"

#include "case_parts.h"
#include "case_write.h"
#include "clock.h"
#include "fold.h"
#include "format.h"
#include "public.html.h"
#include "web.h"

enum { UNITS_MAX = 400, CASE_TOKEN_SECONDS = 1800 };

/* ---- start ---- */

static err show_home(struct web *w)
{
    w->page.title = page_msg(&w->page, MSG_HOME_TITLE);
    home_page(&w->page);
    return web_html(w, 200);
}

static err show_help(struct web *w)
{
    w->page.title = page_msg(&w->page, MSG_HELP_TITLE);
    w->page.back = url_local(w->arena, S("/"));
    help_page(&w->page);
    return web_html(w, 200);
}

/* ---- filing in small steps: every answer so far travels along in the form ---- */

enum { N_STEP = F_N, N_TO };

static const struct input new_inputs[] = {
    [F_SERVICE] = {"service", IN_CODE, MSG_NEW_SERVICE},
    [F_UNIT] = {"unit", IN_CODE, MSG_NEW_UNIT_LABEL},
    [F_WORDS] = {"description", IN_WORDS, MSG_NEW_WORDS_LABEL, CASE_WORDS_MAX},
    [F_PLACE] = {"place", IN_LINE, MSG_NEW_PLACE},
    [F_NAME] = {"name", IN_LINE, MSG_NEW_NAME},
    [F_PHONE] = {"phone", IN_PHONE, MSG_NEW_PHONE},
    [F_WHOSE] = {"whose_phone", IN_CHOICE, MSG_NEW_WHOSE, .choices = choices_whose},
    [F_SAFE] = {"safe_call", IN_FLAG, MSG_NEW_SAFE_CALL},
    [F_SEX] = {"sex", IN_CHOICE, MSG_NEW_SEX, .choices = choices_sex},
    [F_ADDRESS] = {"address", IN_LINE, MSG_DESK_ADDRESS},
    [F_LANG] = {"language", IN_CHOICE, MSG_DESK_LANG, .choices = choices_lang},
    [F_CHANNEL] = {"channel", IN_CHOICE, MSG_DESK_CHANNEL, .choices = choices_channel},
    [N_STEP] = {"step", IN_NUMBER, MSG_NONE, STEP_CHECK},
    [N_TO] = {"to", IN_NUMBER, MSG_NONE, STEP_CHECK},
};

static const struct input send_inputs[] = {
    [F_SERVICE] = {"service", IN_CODE, MSG_NEW_SERVICE, .required = true, .missing = MSG_NEW_SERVICE_MISSING},
    [F_UNIT] = {"unit", IN_CODE, MSG_NEW_UNIT_LABEL, .required = true, .missing = MSG_NEW_UNIT_MISSING},
    [F_WORDS] = {"description", IN_WORDS, MSG_NEW_WORDS_LABEL, CASE_WORDS_MAX, .required = true,
                 .missing = MSG_NEW_WORDS_MISSING},
    [F_PLACE] = {"place", IN_LINE, MSG_NEW_PLACE},
    [F_NAME] = {"name", IN_LINE, MSG_NEW_NAME},
    [F_PHONE] = {"phone", IN_PHONE, MSG_NEW_PHONE},
    [F_WHOSE] = {"whose_phone", IN_CHOICE, MSG_NEW_WHOSE, .choices = choices_whose},
    [F_SAFE] = {"safe_call", IN_FLAG, MSG_NEW_SAFE_CALL},
    [F_SEX] = {"sex", IN_CHOICE, MSG_NEW_SEX, .required = true, .missing = MSG_NEW_SEX_MISSING,
               .choices = choices_sex},
    [F_ADDRESS] = {"address", IN_LINE, MSG_DESK_ADDRESS},
    [F_LANG] = {"language", IN_CHOICE, MSG_DESK_LANG, .choices = choices_lang},
    [F_CHANNEL] = {"channel", IN_CHOICE, MSG_DESK_CHANNEL, .choices = choices_channel},
    [N_STEP] = {"step", IN_NUMBER, MSG_NONE, STEP_CHECK},
};

/* Which question each answer belongs to, and what is said when it is missing there. */
static const struct {
    enum new_step step;
    enum msg missing; /* MSG_NONE: it may be left out */
} questions[F_N] = {
    [F_SERVICE] = {STEP_SERVICE, MSG_NEW_SERVICE_MISSING},
    [F_UNIT] = {STEP_UNIT, MSG_NEW_UNIT_MISSING},
    [F_PLACE] = {STEP_UNIT, MSG_NONE},
    [F_WORDS] = {STEP_WORDS, MSG_NEW_WORDS_MISSING},
    [F_SEX] = {STEP_YOU, MSG_NEW_SEX_MISSING},
    [F_NAME] = {STEP_YOU, MSG_NONE},
    [F_PHONE] = {STEP_YOU, MSG_NONE},
    [F_WHOSE] = {STEP_YOU, MSG_NONE},
    [F_SAFE] = {STEP_YOU, MSG_NONE},
};

/* The first step, up to `last`, in which something is wrong or missing; 0 when none is. Notes what is missing. */
static int64_t step_at_fault(struct web *w, int64_t last)
{
    int64_t first = 0;
    for (size_t i = 0; i < F_N; i++) {
        const int64_t at = questions[i].step;
        if (at == 0 || at > last) {
            continue;
        }
        if (questions[i].missing != MSG_NONE && !w->in[i].given && w->in[i].fault.n == 0) {
            web_fault(w, i, questions[i].missing);
        }
        if (w->in[i].fault.n > 0 && (first == 0 || at < first)) {
            first = at;
        }
    }
    return first;
}

/* A fault of another question is not said on this page. */
static void faults_of_step(struct web *w, int64_t step)
{
    struct page_fault *kept = arena_array_of(w->arena, struct page_fault, w->page.faults_n + 1);
    size_t n = 0;
    for (size_t i = 0; kept != NULL && i < w->page.faults_n; i++) {
        bool other = false;
        for (size_t k = 0; k < F_N; k++) {
            other = other || (str_eq(w->page.faults[i].field, str_of(w->route->inputs[k].name)) &&
                              questions[k].step != step);
        }
        if (!other) {
            kept[n++] = w->page.faults[i];
        }
    }
    w->page.faults = kept;
    w->page.faults_n = kept == NULL ? 0 : n;
}

static err hidden_fill(struct web *w, struct new_view *m)
{
    struct hidden_view *rows = arena_array_of(w->arena, struct hidden_view, F_N);
    size_t n = 0;
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < F_N; i++) {
        if (questions[i].step != m->step && w->in[i].raw.n > 0) {
            rows[n++] = (struct hidden_view){str_of(w->route->inputs[i].name), w->in[i].raw};
        }
    }
    m->hidden = rows;
    m->hidden_n = n;
    return OK;
}

static err check_fill(struct web *w, struct new_view *m)
{
    enum { FACTS = 9 };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    struct q_service_by_code service;
    struct q_place_by_code unit;
    str service_name = S("");
    str unit_name = S("");
    const struct given *in = w->in;
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    if (catalogue_find(&w->ctx, in[F_SERVICE].text, &service).code == ERR_OK) {
        TRY(label_find(&w->ctx, S("service"), service.id, &service_name));
    }
    if (place_find(&w->ctx, in[F_UNIT].text, &unit).code == ERR_OK) {
        TRY(label_find(&w->ctx, S("unit"), unit.id, &unit_name));
    }
    const str none = page_msg(&w->page, MSG_NEW_NOT_GIVEN);
    const struct url to_service = {S("1")};
    const struct url to_unit = {S("2")};
    const struct url to_words = {S("3")};
    const struct url to_you = {S("4")};
    size_t n = 0;
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_CASE_SERVICE), service_name, STR_NONE, to_service};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_CASE_UNIT), unit_name, STR_NONE, to_unit};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_PLACE), in[F_PLACE].given ? in[F_PLACE].text : none,
                                S("auto"), to_unit};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_WORDS), in[F_WORDS].text, S("auto"), to_words};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_SEX),
                                in[F_SEX].given ? sex_words(&w->page, in[F_SEX].text) : none, STR_NONE, to_you};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_NAME), in[F_NAME].given ? in[F_NAME].text : none,
                                S("auto"), to_you};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_PHONE),
                                in[F_PHONE].given ? phone_local(w->arena, in[F_PHONE].as.phone) : none,
                                in[F_PHONE].given ? S("ltr") : STR_NONE, to_you};
    m->facts = (struct facts_view){f, n};
    return OK;
}

static err show_step(struct web *w, int64_t step)
{
    struct new_view m = {.step = step};
    w->page.title = page_msg(&w->page, MSG_NEW_TITLE);
    w->page.form_id = S("new");
    w->page.back = step == STEP_SERVICE ? url_local(w->arena, S("/")) : (struct url){STR_NONE};
    faults_of_step(w, step);
    TRY(hidden_fill(w, &m));
    if (step == STEP_SERVICE) {
        m.service = web_field(w, F_SERVICE, MSG_NONE);
        m.service.heading = true;
        m.service.optional = false;
        TRY(choices_service(w, F_SERVICE, &m.service));
    } else if (step == STEP_UNIT) {
        m.unit = web_field(w, F_UNIT, MSG_NONE);
        m.unit.optional = false;
        TRY(choices_unit(w, F_UNIT, 0, &m.unit));
        m.place = web_field(w, F_PLACE, MSG_NEW_PLACE_HINT);
    } else if (step == STEP_WORDS) {
        m.words = web_field(w, F_WORDS, MSG_NEW_WORDS_HINT);
        m.words.optional = false;
    } else if (step == STEP_YOU) {
        m.sex = web_field(w, F_SEX, MSG_NEW_SEX_HINT);
        m.sex.optional = false;
        TRY(choices_of_sex(w, F_SEX, &m.sex));
        m.name = web_field(w, F_NAME, MSG_NEW_NAME_HINT);
        m.name.complete = S("name");
        m.phone = web_field(w, F_PHONE, MSG_NEW_PHONE_HINT);
        m.whose = web_field(w, F_WHOSE, MSG_NONE);
        TRY(choices_of_whose(w, F_WHOSE, &m.whose));
        m.safe = web_field(w, F_SAFE, MSG_NONE);
    } else {
        TRY(check_fill(w, &m));
    }
    new_page(&w->page, &m);
    return web_html(w, 200);
}

static err show_new(struct web *w)
{
    return show_step(w, STEP_SERVICE);
}

/* One step was sent: look at it, and show the next one. */
static err show_new_step(struct web *w)
{
    const int64_t sent = w->in[N_STEP].given && w->in[N_STEP].n > 0 ? w->in[N_STEP].n : STEP_SERVICE;
    if (w->in[N_TO].given && w->in[N_TO].n > 0) {
        return show_step(w, w->in[N_TO].n);
    }
    if (w->step) { /* something is wrong in it, or it is wanted in another language */
        return show_step(w, sent);
    }
    const int64_t at_fault = step_at_fault(w, sent);
    return show_step(w, at_fault > 0 ? at_fault : sent < STEP_CHECK ? sent + 1 : STEP_CHECK);
}

static err show_new_again(struct web *w)
{
    const int64_t at_fault = step_at_fault(w, STEP_CHECK);
    return show_step(w, at_fault > 0 ? at_fault : STEP_CHECK);
}

static err answer_new(struct web *w)
{
    case_ref ref;
    char pin[PIN_LEN];
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    TRY(case_pin(&w->ctx, &ref, pin));
    const struct done_view m = {
        .panel = {page_msg(&w->page, MSG_NEW_DONE_TITLE), case_ref_text(w->arena, ref),
                  arena_str(w->arena, (str){pin, PIN_LEN})},
        .due = due_words(w, w->receipt.due_ms),
    };
    w->page.title = m.panel.title;
    w->page.script = true;
    done_page(&w->page, &m);
    return web_html(w, 200);
}

/* ---- looking a complaint up ---- */

enum { T_REF, T_PIN, T_N };

static const struct input track_inputs[] = {
    /* A mistyped number, an unknown one and a wrong PIN are answered alike, so neither is checked before the other. */
    [T_REF] = {"ref", IN_LINE, MSG_NEW_REF, .required = true},
    [T_PIN] = {"pin", IN_LINE, MSG_NEW_PIN, .required = true},
};

static err track_form(struct web *w)
{
    struct track_view m = {.ref = web_field(w, T_REF, MSG_TRACK_REF_HINT), .pin = web_field(w, T_PIN, MSG_TRACK_PIN_HINT)};
    m.ref.inputmode = m.pin.inputmode = S("numeric");
    m.ref.dir = m.pin.dir = S("ltr");
    w->page.title = page_msg(&w->page, MSG_TRACK_TITLE);
    w->page.form_id = S("track");
    w->page.back = url_local(w->arena, S("/"));
    track_page(&w->page, &m);
    return web_html(w, w->page.faults_n > 0 ? 422 : 200);
}

/* Whoever works here does not answer in a complainant's place, however he came by her PIN. */
static err not_staff(struct ctx *c)
{
    return c->actor.user_id == 0 ? OK : fail_set(c->fail, ERR_DENIED, MSG_TRACK_STAFF, NULL);
}

/* Six digits as people type them; anything else is a PIN that is wrong. */
static str pin_typed(struct ctx *c, str typed)
{
    SCOPED(buf_free) struct buf digits = buf_new(PIN_LEN + 1);
    const str ascii = digits_ascii(c->arena, typed);
    for (size_t i = 0; i < ascii.n; i++) {
        if (ascii.p[i] >= '0' && ascii.p[i] <= '9') {
            buf_putc(&digits, ascii.p[i]);
        }
    }
    return arena_str(c->arena, buf_str(&digits));
}

/* A wrong PIN is counted, so looking is a write; the answer to it is no failure of that write. */
static err write_track(struct ctx *c, const struct given *in, struct receipt *out)
{
    /* A number with a wrong check digit is nobody's: it goes the way of one that nobody has. */
    case_ref ref = {.digits = {'0', '0', '0', '0', '0', '0', '0', '0', '0', '0'}};
    bool right = false;
    TRY(not_staff(c));
    const bool well_formed = case_ref_of(c->arena, in[T_REF].text, &ref).code == ERR_OK;
    const err e = case_open_by_pin(c, &ref, pin_typed(c, in[T_PIN].text), &right);
    if (e.code == ERR_LIMIT) {
        out->note = S("wait");
        return OK;
    }
    TRY(e);
    out->note = right && well_formed ? S("open") : S("wrong");
    out->ref = arena_str(c->arena, case_ref_digits(&ref));
    return OK;
}

static enum msg next_words(unsigned state)
{
    static const enum msg words[CASE_STATES] = {
        [CASE_REGISTERED] = MSG_NEXT_REGISTERED,
        [CASE_ASSIGNED] = MSG_NEXT_ASSIGNED,
        [CASE_IN_PROGRESS] = MSG_NEXT_IN_PROGRESS,
        [CASE_INFO_ASKED] = MSG_NEXT_INFO_ASKED,
        [CASE_AWAITING_ANSWER] = MSG_NEXT_AWAITING_ANSWER,
        [CASE_SOLVED] = MSG_NEXT_SOLVED,
        [CASE_PARTLY] = MSG_NEXT_PARTLY,
        [CASE_NOT_SOLVED] = MSG_NEXT_NOT_SOLVED,
        [CASE_CLOSED_UNCONFIRMED] = MSG_NEXT_CLOSED_UNCONFIRMED,
        [CASE_REOPENED] = MSG_NEXT_REOPENED,
        [CASE_WITHDRAWN] = MSG_NEXT_WITHDRAWN,
        [CASE_REJECTED] = MSG_NEXT_REJECTED,
    };
    return words[state];
}

static err status_facts(struct web *w, const struct case_view *v, struct facts_view *out)
{
    enum { FACTS = 6 };
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    const bool open = flow_open(&complaint_kind, v->state);
    size_t n = 0;
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_CASE_SERVICE), v->service_name, STR_NONE, {STR_NONE}};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_CASE_UNIT), v->unit_name, STR_NONE, {STR_NONE}};
    if (open) {
        f[n++] = (struct fact_view){page_msg(&w->page, MSG_TRACK_WITH),
                                    v->office_name.n > 0 ? v->office_name
                                                         : page_msg(&w->page, MSG_TRACK_WITH_NOBODY),
                                    STR_NONE, {STR_NONE}};
    }
    if (open && v->flow.due_ms < case_no_due()) {
        f[n++] = (struct fact_view){page_msg(&w->page, MSG_TRACK_DUE), due_with_left(w, v->flow.due_ms), STR_NONE,
                                    {STR_NONE}};
    }
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_TRACK_FILED),
                                format_day(w->arena, w->lang, local_day(v->row.filed_ms)), STR_NONE, {STR_NONE}};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_WORDS), v->row.words_text, S("auto"), {STR_NONE}};
    *out = (struct facts_view){f, n};
    return OK;
}

/* ---- what she may do there ---- */

enum { P_CASE, P_ACTION, P_OUTCOME, P_ANSWER_WORDS, P_INFO, P_REOPEN, P_WITHDRAW, P_COMMENT, P_N_INPUTS };

static const char *const choices_her_action[] = {"answer", "amend", "reopen", "withdraw", "comment", NULL};

static const struct input status_inputs[] = {
    [P_CASE] = {"case", IN_SIGNED, MSG_NEW_REF, .required = true, .missing = MSG_TRACK_EXPIRED},
    [P_ACTION] = {"action", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = choices_her_action},
    [P_OUTCOME] = {"outcome", IN_CHOICE, MSG_TRACK_ANSWER_TITLE, .choices = choices_outcome},
    [P_ANSWER_WORDS] = {"answer_words", IN_WORDS, MSG_TRACK_ANSWER_WORDS, CASE_WORDS_MAX},
    [P_INFO] = {"info", IN_WORDS, MSG_TRACK_INFO_WORDS, CASE_WORDS_MAX},
    [P_REOPEN] = {"reopen_words", IN_WORDS, MSG_TRACK_REOPEN_WORDS, CASE_WORDS_MAX},
    [P_WITHDRAW] = {"withdraw_words", IN_WORDS, MSG_TRACK_WITHDRAW_WORDS, CASE_WORDS_MAX},
    [P_COMMENT] = {"comment_words", IN_WORDS, MSG_TRACK_COMMENT_WORDS, CASE_WORDS_MAX},
};

/* A field of the status page, also on the page that follows the PIN, whose route has other inputs. */
static struct field_view her_field(struct web *w, size_t input)
{
    if (w->route->inputs == status_inputs) {
        return web_field(w, input, MSG_NONE);
    }
    const struct input *in = &status_inputs[input];
    return (struct field_view){.name = str_of(in->name), .label = page_msg(&w->page, in->label), .dir = S("auto")};
}

static err her_fields(struct web *w, struct status_view *m)
{
    static const struct {
        str value;
        enum msg text;
        str icon;
    } faces[] = {
        {S_INIT("solved"), MSG_TRACK_SOLVED, S_INIT("solved")},
        {S_INIT("partly"), MSG_TRACK_PARTLY, S_INIT("partly")},
        {S_INIT("not_solved"), MSG_TRACK_NOT_SOLVED, S_INIT("notsolved")},
    };
    enum { FACES = 3 };
    struct choice_view *c = arena_array_of(w->arena, struct choice_view, FACES);
    if (c == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < FACES; i++) {
        c[i] = (struct choice_view){.value = faces[i].value, .text = page_msg(&w->page, faces[i].text),
                                    .icon = faces[i].icon};
    }
    m->answer = her_field(w, P_OUTCOME);
    m->answer.type = S("faces");
    m->answer.hint = page_msg(&w->page, MSG_TRACK_ANSWER_LEAD);
    m->answer.optional = false;
    m->answer.choices = c;
    m->answer.choices_n = FACES;
    if (w->route->inputs == status_inputs) {
        web_choose(w, P_OUTCOME, c, FACES, STR_NONE);
    }
    m->answer_words = her_field(w, P_ANSWER_WORDS);
    m->answer_words.optional = true;
    m->info = her_field(w, P_INFO);
    m->reopen = her_field(w, P_REOPEN);
    m->withdraw = her_field(w, P_WITHDRAW);
    m->withdraw.optional = true;
    m->comment = her_field(w, P_COMMENT);
    m->info.optional = m->reopen.optional = m->comment.optional = false;
    return OK;
}

static err show_status(struct web *w, const case_ref *ref, enum msg thanks)
{
    struct case_view v;
    struct status_view m = {.ref = case_ref_text(w->arena, *ref)};
    TRY(case_admit(&w->ctx, ref));
    TRY(case_find(&w->ctx, ref, &v));
    m.case_token = web_sign(w, S("case"), case_ref_digits(ref), CASE_TOKEN_SECONDS);
    m.thanks = thanks == MSG_NONE ? STR_NONE : page_msg(&w->page, thanks);
    m.chip = state_chip(&w->page, v.state, false);
    m.next = page_msg(&w->page, next_words(v.state));
    m.may_answer = case_may(&w->ctx, &v, CASE_ANSWER);
    m.may_inform = case_may(&w->ctx, &v, CASE_AMEND);
    m.may_reopen = case_may(&w->ctx, &v, CASE_REOPEN);
    m.may_withdraw = case_may(&w->ctx, &v, CASE_WITHDRAW);
    m.may_comment = case_may(&w->ctx, &v, CASE_COMMENT);
    TRY(status_facts(w, &v, &m.facts));
    TRY(timeline_fill(w, &v, &m.timeline));
    TRY(her_fields(w, &m));
    w->page.title = page_msg(&w->page, MSG_TRACK_TITLE); /* a neutral one: it stands in the browser's history */
    w->page.form_id = m.may_answer ? S("status") : STR_NONE;
    status_page(&w->page, &m);
    return web_html(w, 200);
}

static err answer_track(struct web *w)
{
    case_ref ref;
    if (!str_eq(w->receipt.note, S("open"))) {
        web_fault(w, T_PIN, str_eq(w->receipt.note, S("wait")) ? MSG_CASE_PIN_WAIT : MSG_CASE_PIN_WRONG);
        return track_form(w);
    }
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    return show_status(w, &ref, MSG_NONE);
}

/* The words of each action stand under a name of their own, for they stand on one page. */
static size_t words_of(str action)
{
    static const struct {
        str action;
        size_t input;
    } words[] = {
        {S_INIT("answer"), P_ANSWER_WORDS}, {S_INIT("amend"), P_INFO},      {S_INIT("reopen"), P_REOPEN},
        {S_INIT("withdraw"), P_WITHDRAW},   {S_INIT("comment"), P_COMMENT},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_eq(words[i].action, action)) {
            return words[i].input;
        }
    }
    return P_COMMENT;
}

static err write_status(struct ctx *c, const struct given *in, struct receipt *out)
{
    case_ref ref;
    struct case_receipt done;
    const struct given *words = &in[words_of(in[P_ACTION].text)];
    struct case_act act = {
        .words = words->given ? words->text : STR_NONE,
        .outcome = in[P_OUTCOME].given ? in[P_OUTCOME].text : STR_NONE,
        .via = S("public"),
    };
    TRY(not_staff(c));
    TRY(case_ref_of(c->arena, in[P_CASE].text, &ref));
    TRY(flow_action_of(&complaint_kind, in[P_ACTION].text, &act.action));
    TRY(case_admit(c, &ref));
    TRY(case_do(c, &ref, &act, &done));
    receipt_of(c, &done, out);
    return OK;
}

static err show_status_again(struct web *w)
{
    case_ref ref;
    if (!w->in[P_CASE].given || case_ref_of(w->arena, w->in[P_CASE].text, &ref).code != ERR_OK) {
        return web_redirect(w, url_local(w->arena, S("/track")));
    }
    if (w->fail.message != MSG_NONE && w->fail.field != NULL) { /* the rules call them "words" */
        const bool outcome = str_eq(str_of(w->fail.field), S("outcome"));
        web_fault(w, outcome ? P_OUTCOME : words_of(w->in[P_ACTION].text), (enum msg)w->fail.message);
    }
    return show_status(w, &ref, MSG_NONE);
}

static err answer_status(struct web *w)
{
    case_ref ref;
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    return show_status(w, &ref, MSG_TRACK_THANKS);
}

static const struct route routes[] = {
    {HTTP_GET, "/", P_PUBLIC, 0, .show = show_home, .doc = MSG_DOC_HOME},
    {HTTP_GET, "/help", P_PUBLIC, 0, .show = show_help, .doc = MSG_DOC_HELP},
    {HTTP_GET, "/new", P_PUBLIC, ROUTE_FORM, INPUTS(new_inputs), .show = show_new, .doc = MSG_DOC_NEW},
    {HTTP_POST, "/new", P_PUBLIC, ROUTE_FORM, INPUTS(new_inputs), .show = show_new_step, .doc = MSG_DOC_NEW},
    {HTTP_POST, "/new/send", P_PUBLIC, ROUTE_FORM, INPUTS(send_inputs), .show = show_new_again,
     .write = write_case_public, .answer = answer_new, .doc = MSG_DOC_NEW_SEND},
    {HTTP_GET, "/track", P_PUBLIC, ROUTE_FORM, INPUTS(track_inputs), .show = track_form, .doc = MSG_DOC_TRACK},
    {HTTP_POST, "/track", P_PUBLIC, ROUTE_FORM | ROUTE_NO_REPLAY, INPUTS(track_inputs), .show = track_form, .write = write_track,
     .answer = answer_track, .doc = MSG_DOC_TRACK},
    {HTTP_POST, "/track/act", P_PUBLIC, ROUTE_FORM, INPUTS(status_inputs), .show = show_status_again,
     .write = write_status, .answer = answer_status, .doc = MSG_DOC_TRACK_ACT},
};
const struct feature public_feature = {
    .name = "public", .routes = routes, .routes_n = sizeof routes / sizeof routes[0]};
