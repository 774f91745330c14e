/* case_pages.c: one case and its steps, as those see it who work on it; and the routes of all pages here. */
#include "case_pages.h"

#include "case.html.h"
#include "case_api.h"
#include "case_evidence_pages.h"
#include "case_feature.h"
#include "case_parts.h"
#include "case_show.h"
#include "clock.h"
#include "format.h"
#include "web.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct url case_url(struct web *w, const case_ref *ref, str rest)
{
    return url_local(w->arena,
                     arena_printf(w->arena, "/cases/%.*s%.*s", STR_F(case_ref_digits(ref)), STR_F(rest)));
}

/* ---- the page ---- */

static void link_put(struct web *w, struct show_view *m, struct page_link *links, const case_ref *ref,
                     const char *rest, enum msg text)
{
    const struct url to = case_url(w, ref, str_of(rest));
    if (web_may_open(w, w->ctx.actor.role, to.s)) {
        links[m->links_n++] = (struct page_link){.to = to, .text = page_msg(&w->page, text)};
    }
}

/* States in which the desk has something to tell or to ask on the telephone. */
static bool call_waits(unsigned state)
{
    return state == CASE_AWAITING_ANSWER || state == CASE_INFO_ASKED || state == CASE_HANDED_OVER;
}

/* Pages of other features about this case, where there are any for this role. */
static err links_fill(struct web *w, const struct case_view *v, struct show_view *m)
{
    enum { LINKS = 6 };
    const case_ref *ref = &w->in[A_REF].as.ref;
    struct page_link *links = arena_array_of(w->arena, struct page_link, LINKS);
    if (links == NULL) {
        return FAIL(LIMIT);
    }
    if (case_may(&w->ctx, v, CASE_HAND_OVER)) {
        const bool gone = v->state == CASE_HANDED_OVER;
        link_put(w, m, links, ref, "/hand-over", gone ? MSG_CASE_ELSEWHERE : MSG_CASE_HAND_OVER);
    }
    if (call_waits(v->state) && case_calls_for(&w->ctx.actor, v)) {
        link_put(w, m, links, ref, "/call", MSG_CASE_CALL);
    }
    link_put(w, m, links, ref, "/evidence", MSG_EVIDENCE_LINK);
    link_put(w, m, links, ref, "/slip", MSG_DESK_SLIP);
    link_put(w, m, links, ref, "/letter", MSG_CASE_LETTER);
    link_put(w, m, links, ref, "/pin", MSG_CASE_PIN_NEW);
    m->links = links;
    return OK;
}

/* "Take back: given to the department. Possible until 10:52." */
static err undo_fill(struct web *w, const struct case_view *v, struct show_view *m)
{
    struct q_step_list *steps;
    size_t n;
    bool more;
    if (!case_may(&w->ctx, v, CASE_UNDO)) {
        return OK;
    }
    TRY(case_timeline(&w->ctx, v, &steps, &n, &more));
    if (n == 0) {
        return OK;
    }
    const str until = format_clock(w->arena, w->lang, steps[0].at_ms + (int64_t)UNDO_MINUTES * MS_PER_MINUTE);
    const struct msg_arg args[] = {{"step", step_words(w, &steps[0])},
                                   {"time", page_isolate(&w->page, until)}};
    m->undo = page_msg_args(&w->page, MSG_CASE_UNDO, 0, args, COUNT(args));
    return OK;
}

/* What others did since the form was loaded that came back. */
static void meanwhile_fill(struct web *w, const struct case_view *v, struct show_view *m)
{
    if (w->route->inputs != act_inputs || !w->in[A_STEP].given || w->in[A_STEP].n >= v->flow.step_no) {
        return;
    }
    const size_t later = (size_t)(v->flow.step_no - w->in[A_STEP].n);
    m->meanwhile = m->timeline;
    m->meanwhile.rows_n = later < m->timeline.rows_n ? later : m->timeline.rows_n;
}

static str title_of(struct web *w, const struct case_view *v)
{
    static const enum msg titles[CASE_KINDS] = {
        [KIND_COMPLAINT] = MSG_CASE_TITLE,
        [KIND_APPLICATION] = MSG_CASE_TITLE_APPLICATION,
        [KIND_SUGGESTION] = MSG_CASE_TITLE_SUGGESTION,
    };
    const str ref = case_ref_text(w->arena, w->in[A_REF].as.ref);
    const struct msg_arg arg = {"ref", page_isolate(&w->page, ref)};
    return page_msg_args(&w->page, titles[v->kind], 0, &arg, 1);
}

/* A report that nothing shows is believed less: the office is asked for a photo, and may go on without. */
static err recorded_fill(struct web *w, const struct case_view *v, struct show_view *m)
{
    struct evidence_row *rows;
    size_t n;
    bool proof = w->ctx.actor.role != ROLE_OFFICER || v->state != CASE_AWAITING_ANSWER;
    TRY(evidence_list(&w->ctx, &v->subject, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        proof = proof || str_eq(rows[i].at.from_code, S("officer"));
    }
    m->recorded = page_msg(&w->page, proof ? MSG_CASE_RECORDED : MSG_EVIDENCE_NO_PROOF);
    return OK;
}

static err asides_fill(struct web *w, const struct case_view *v, struct show_view *m)
{
    struct aside_view *rows;
    TRY(web_asides(w, v->subject.kind->kind_no, v->row.home, v->row.id, &rows, &m->asides_n));
    m->asides = rows;
    return OK;
}

static err show_case(struct web *w)
{
    struct case_view v;
    const case_ref *ref = &w->in[A_REF].as.ref;
    TRY(case_find(&w->ctx, ref, &v));
    const bool again = w->route->inputs == act_inputs;
    const bool recorded = !again && w->in[SHOW_DONE].given && w->in[SHOW_DONE].n == 1;
    struct show_view m = {
        .title = title_of(w, &v),
        .act = case_url(w, ref, S("/act")),
        .step = v.flow.step_no,
        .chip = state_chip(&w->page, v.state, v.flow.mark_no, true),
    };
    w->page.title = m.title;
    w->page.back = url_local(w->arena, S("/cases"));
    TRY(recorded ? recorded_fill(w, &v, &m) : OK);
    TRY(show_facts(w, &v, &m));
    TRY(timeline_fill(w, &v, &m.timeline));
    TRY(show_acts(w, &v, &m));
    TRY(links_fill(w, &v, &m));
    TRY(asides_fill(w, &v, &m));
    TRY(undo_fill(w, &v, &m));
    meanwhile_fill(w, &v, &m);
    show_page(&w->page, &m);
    return web_html(w, 200);
}

static err show_case_again(struct web *w)
{
    return w->in[A_REF].given ? show_case(w) : FAIL(NOT_FOUND);
}

/* ---- acting ---- */

/* The rule speaks of "words"; on this page each action has its own. What is wrong with the action as a whole
 * is said above the forms. */
static void fault_place(struct fail *f, size_t words)
{
    if (f->field == NULL) {
        return;
    }
    const str field = str_of(f->field);
    if (str_eq(field, S("words")) && words != SIZE_MAX) {
        f->field = act_inputs[words].name;
    } else if (str_eq(field, S("step"))) {
        f->field = act_inputs[A_ACTION].name;
    }
}

static err write_page_act(struct ctx *c, const struct given *in, struct receipt *out)
{
    struct case_act act;
    struct case_receipt done;
    act_of(in, &act);
    const size_t words = act_words_input(act.action);
    if (words != SIZE_MAX && in[words].given) {
        act.words = in[words].text;
    }
    const err e = case_do(c, &in[A_REF].as.ref, &act, &done);
    if (e.code != ERR_OK) {
        fault_place(c->fail, words);
        return e;
    }
    receipt_of(c, &done, out);
    return OK;
}

static err answer_act(struct web *w)
{
    case_ref ref;
    TRY(case_ref_of(w->arena, w->receipt.ref, &ref));
    return web_redirect(w, url_with(w->arena, case_url(w, &ref, S("")), S("done"), S("1")));
}

/* `act` opens the form of one action: for pages that lead here to have it done. */
static const struct input case_inputs[SHOW_INPUTS] = {
    [SHOW_REF] = {"ref", IN_REF, MSG_NEW_REF, .required = true},
    [SHOW_DONE] = {"done", IN_FLAG, MSG_CASE_RECORDED},
    [SHOW_ACT] = {"act", IN_CHOICE, MSG_CASE_ACTIONS, .choices = choices_action},
};

static const struct route desk_routes[] = {
    {HTTP_GET, "/cases", P_CASE_READ, ROUTE_AGAIN, INPUTS(case_list_inputs), .show = show_case_list,
     .doc = MSG_DOC_CASE_LIST},
    {HTTP_GET, "/cases/print", P_CASE_TAKE, ROUTE_SLOW | ROUTE_TAKEN, INPUTS(case_list_inputs),
     .show = show_case_print, .doc = MSG_DOC_CASE_PRINT},
    {HTTP_GET, "/cases.csv", P_CASE_TAKE, ROUTE_SLOW | ROUTE_TAKEN, INPUTS(case_list_inputs),
     .show = show_case_file, .doc = MSG_DOC_CASE_FILE},
    {HTTP_GET, "/cases/{ref}", P_CASE_READ, ROUTE_IDENTITY, INPUTS(case_inputs), .show = show_case,
     .look = look_case, .seen = &case_seen_fns, .doc = MSG_DOC_CASE_SHOW},
    {HTTP_POST, "/cases/{ref}/act", P_CASE_ACT, 0, INPUTS(act_inputs), .show = show_case_again,
     .write = write_page_act, .answer = answer_act, .doc = MSG_DOC_CASE_ACT},
    {HTTP_GET, "/cases/{ref}/evidence", P_EVIDENCE_SEE, ROUTE_MICROPHONE, .inputs = piece_inputs,
     .inputs_n = 1, .show = show_evidence, .doc = MSG_DOC_EVIDENCE},
    {HTTP_POST, "/cases/{ref}/evidence", P_EVIDENCE_SEE, ROUTE_MICROPHONE, INPUTS(evidence_inputs),
     .show = show_evidence, .prepare = prepare_evidence, .write = write_evidence, .answer = answer_evidence,
     .doc = MSG_DOC_EVIDENCE_ADD},
    {HTTP_GET, "/cases/{ref}/evidence/{piece}", P_EVIDENCE_SEE, ROUTE_SLOW, .inputs = piece_inputs,
     .inputs_n = 2, .show = show_piece, .doc = MSG_DOC_EVIDENCE_PIECE},
    {HTTP_GET, "/cases/{ref}/evidence/{piece}/small", P_EVIDENCE_SEE, 0, .inputs = piece_inputs,
     .inputs_n = 2, .show = show_piece_small, .doc = MSG_DOC_EVIDENCE_PIECE},
    {HTTP_GET, "/cases/{ref}/voice/{piece}", P_EVIDENCE_KEEP, ROUTE_IDENTITY | ROUTE_SLOW,
     .inputs = piece_inputs, .inputs_n = 2, .show = show_piece, .look = look_voice,
     .doc = MSG_DOC_EVIDENCE_VOICE},
    {HTTP_POST, "/cases/{ref}/evidence-see", P_EVIDENCE_KEEP, 0, INPUTS(piece_inputs), .show = show_evidence,
     .write = write_see, .answer = answer_evidence, .doc = MSG_DOC_EVIDENCE_SEE},
    {HTTP_POST, "/cases/{ref}/evidence-typed", P_EVIDENCE_KEEP, 0, INPUTS(typed_inputs),
     .show = show_evidence, .write = write_typed, .answer = answer_evidence, .doc = MSG_DOC_EVIDENCE_TYPED},
    {HTTP_GET, "/desk/to-type", P_EVIDENCE_KEEP, 0, .show = show_untyped, .doc = MSG_DOC_UNTYPED},
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
