/* track_pages.c: looking a complaint up with number and PIN, and what the complainant may do there. */
#include "track_pages.h"

#include "case_parts.h"
#include "case_write.h"
#include "clock.h"
#include "fold.h"
#include "format.h"
#include "track.html.h"
#include "random.h"
#include "web.h"

enum { CASE_TOKEN_SECONDS = 1800 };

enum { T_REF, T_PIN };

const struct input track_inputs[TRACK_INPUTS] = {
    /* A mistyped number, an unknown one and a wrong PIN are answered alike, so neither is checked before the
       other. */
    [T_REF] = {"ref", IN_LINE, MSG_NEW_REF, .required = true},
    [T_PIN] = {"pin", IN_LINE, MSG_NEW_PIN, .required = true},
};

err show_track(struct web *w)
{
    struct track_view m = {.ref = web_field(w, T_REF, MSG_TRACK_REF_HINT),
                           .pin = web_field(w, T_PIN, MSG_TRACK_PIN_HINT)};
    m.ref.inputmode = m.pin.inputmode = S("numeric");
    m.ref.dir = m.pin.dir = S("ltr");
    w->page.title = page_msg(&w->page, MSG_TITLE_LOOK);
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

/* A number with a wrong check digit is nobody's. It goes the way of one that nobody has, under a number made
 * from it that nobody can have, so that each mistyped one is counted for itself. */
static case_ref nobodys(str typed)
{
    case_ref ref;
    uint8_t hash[32];
    content_hash(typed, hash);
    for (size_t i = 0; i < sizeof ref.digits; i++) {
        ref.digits[i] = (char)('0' + hash[i] % 10);
    }
    const char check = damm_digit((str){ref.digits, sizeof ref.digits - 1});
    ref.digits[sizeof ref.digits - 1] = check == '9' ? '0' : (char)(check + 1);
    return ref;
}

/* A wrong PIN is counted, so looking is a write; the answer to it is no failure of that write. */
err write_track(struct ctx *c, const struct given *in, struct receipt *out)
{
    bool right = false;
    TRY(not_staff(c));
    case_ref ref = nobodys(in[T_REF].text);
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
                                    STR_NONE,
                                    {STR_NONE}};
    }
    if (open && v->flow.due_ms < case_no_due()) {
        f[n++] = (struct fact_view){
            page_msg(&w->page, MSG_TRACK_DUE), due_with_left(w, v->flow.due_ms), STR_NONE, {STR_NONE}};
    }
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_TRACK_FILED),
                                format_day(w->arena, w->lang, local_day(v->row.filed_ms)),
                                STR_NONE,
                                {STR_NONE}};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_WORDS), v->row.words_text, S("auto"), {STR_NONE}};
    *out = (struct facts_view){f, n};
    return OK;
}

/* ---- what she may do there ---- */

const struct input opened_inputs[OPENED_INPUTS] = {
    [0] = {"case", IN_SIGNED, MSG_NEW_REF},
    [1] = {"thanks", IN_FLAG, MSG_NONE},
};

enum { P_CASE, P_ACTION, P_OUTCOME, P_ANSWER_WORDS, P_INFO, P_REOPEN, P_WITHDRAW, P_COMMENT };

static const char *const choices_her_action[] = {"answer", "amend", "reopen", "withdraw", "comment", NULL};

const struct input status_inputs[STATUS_INPUTS] = {
    [P_CASE] = {"case", IN_SIGNED, MSG_NEW_REF, .required = true, .missing = MSG_TRACK_EXPIRED},
    [P_ACTION] = {"action", IN_CHOICE, MSG_CASE_ACTIONS, .required = true, .choices = choices_her_action},
    [P_OUTCOME] = {"outcome", IN_CHOICE, MSG_TRACK_ANSWER_TITLE, .choices = case_outcome_codes},
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
    return (struct field_view){
        .name = str_of(in->name), .label = page_msg(&w->page, in->label), .dir = S("auto")};
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
        c[i] = (struct choice_view){
            .value = faces[i].value, .text = page_msg(&w->page, faces[i].text), .icon = faces[i].icon};
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

/* What the department asked or reported last stands where she answers it. */
static void said_fill(struct web *w, const struct case_view *v, struct status_view *m)
{
    struct q_step_list *steps;
    size_t n;
    bool more;
    const bool asked = v->state == CASE_INFO_ASKED;
    if ((!asked && !m->may_answer) || case_timeline(&w->ctx, v, &steps, &n, &more).code != ERR_OK) {
        return;
    }
    for (size_t i = 0; i < n; i++) { /* the newest first */
        if (steps[i].action_no == (asked ? CASE_ASK : CASE_REPORT_ACTION)) {
            m->said_title = page_msg(&w->page, asked ? MSG_TRACK_QUESTION : MSG_TRACK_REPORT);
            m->said = steps[i].words_text;
            if (str_eq(steps[i].result_code, S("not_possible"))) {
                m->next = page_msg(&w->page, MSG_NEXT_AWAITING_NOT_POSSIBLE);
            }
            return;
        }
    }
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
    said_fill(w, &v, &m);
    w->page.title =
        page_msg(&w->page, MSG_TITLE_LOOK); /* a neutral one: it stands in the browser's history */
    w->page.form_id = m.may_answer ? S("status") : STR_NONE;
    status_page(&w->page, &m);
    return web_html(w, 200);
}

/* The case stands on a page of its own, which may be loaded again and turned into another language. */
static err to_status(struct web *w, str digits, bool thanks)
{
    struct url u = url_local(w->arena, S("/track/case"));
    u = url_with(w->arena, u, S("case"), web_sign(w, S("case"), digits, CASE_TOKEN_SECONDS));
    return web_redirect(w, thanks ? url_with(w->arena, u, S("thanks"), S("1")) : u);
}

err answer_track(struct web *w)
{
    if (!str_eq(w->receipt.note, S("open"))) {
        web_fault(w, T_PIN, str_eq(w->receipt.note, S("wait")) ? MSG_CASE_PIN_WAIT : MSG_CASE_PIN_WRONG);
        return show_track(w);
    }
    return to_status(w, w->receipt.ref, false);
}

err show_opened(struct web *w)
{
    case_ref ref;
    if (!w->in[0].given || case_ref_of(w->arena, w->in[0].text, &ref).code != ERR_OK) {
        return web_redirect(w, url_local(w->arena, S("/track")));
    }
    TRY(not_staff(&w->ctx));
    return show_status(w, &ref, w->in[1].given && w->in[1].n == 1 ? MSG_TRACK_THANKS : MSG_NONE);
}

err show_track_start(struct web *w)
{
    return web_redirect(w, url_local(w->arena, S("/track")));
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

err write_status(struct ctx *c, const struct given *in, struct receipt *out)
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

err show_status_again(struct web *w)
{
    case_ref ref;
    if (!w->in[P_CASE].given || case_ref_of(w->arena, w->in[P_CASE].text, &ref).code != ERR_OK) {
        return web_redirect(w, url_local(w->arena, S("/track")));
    }
    if (w->fail.message != MSG_NONE && w->fail.field != NULL) { /* the rules call them "words" */
        const bool outcome = str_eq(str_of(w->fail.field), S("outcome"));
        if (outcome) { /* the rule speaks to the desk */
            web_fault(w, P_OUTCOME, MSG_TRACK_OUTCOME_MISSING);
        } else {
            web_fault(w, words_of(w->in[P_ACTION].text), (enum msg)w->fail.message);
        }
    }
    return show_status(w, &ref, MSG_NONE);
}

err answer_status(struct web *w)
{
    return to_status(w, w->receipt.ref, true);
}
