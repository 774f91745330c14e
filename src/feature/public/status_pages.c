/* status_pages.c: how a matter stands, as she sees it who brought it: plainly, and with what she may do. */
#include "case_evidence.h"
#include "case_parts.h"
#include "clock.h"
#include "format.h"
#include "handover.h"
#include "track.html.h"
#include "track_pages.h"

static enum msg next_words(const struct case_view *v)
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
        [CASE_HANDED_OVER] = MSG_NEXT_HANDED_OVER,
    };
    const unsigned state = v->state;
    if (state == CASE_CLOSED_UNCONFIRMED && (v->flow.mark_no & MARK_REPORTED) != 0) {
        return MSG_NEXT_REPORTED;
    }
    if (state == CASE_CLOSED_UNCONFIRMED && v->flow.action_no == CASE_CLOSE_UNCONFIRMED) {
        return MSG_NEXT_CLOSED_SILENT;
    }
    return words[state];
}

/* How far it has come, in four stages; none when it ended otherwise than by her word. */
static err stages_fill(struct web *w, const struct case_view *v, struct steps_view *out)
{
    enum { STAGES = 4, NOWHERE = -1 };
    static const enum msg texts[STAGES] = {MSG_STAGE_REGISTERED, MSG_STAGE_OFFICE, MSG_STAGE_ASKED,
                                           MSG_STAGE_SOLVED};
    static const int at[CASE_STATES] = {
        [CASE_REGISTERED] = 0,
        [CASE_REOPENED] = 0,
        [CASE_ASSIGNED] = 1,
        [CASE_IN_PROGRESS] = 1,
        [CASE_INFO_ASKED] = 1,
        [CASE_HANDED_OVER] = 1,
        [CASE_PARTLY] = 1,
        [CASE_NOT_SOLVED] = 1,
        [CASE_AWAITING_ANSWER] = 2,
        [CASE_SOLVED] = STAGES,
        [CASE_CLOSED_UNCONFIRMED] = NOWHERE,
        [CASE_WITHDRAWN] = NOWHERE,
        [CASE_REJECTED] = NOWHERE,
    };
    struct step_view *rows = arena_array_of(w->arena, struct step_view, STAGES);
    if (rows == NULL) {
        return FAIL(LIMIT);
    }
    for (int i = 0; i < STAGES; i++) {
        rows[i] = (struct step_view){
            .text = page_msg(&w->page, texts[i]), .past = i < at[v->state], .here = i == at[v->state]};
    }
    *out = (struct steps_view){rows, at[v->state] == NOWHERE ? 0 : STAGES};
    return OK;
}

/* Since when it is where it is: since it was given there. */
static int64_t with_since(struct web *w, const struct case_view *v)
{
    struct q_step_list *steps;
    size_t n;
    bool more;
    if (v->office_name.n == 0 || case_timeline(&w->ctx, v, &steps, &n, &more).code != ERR_OK) {
        return v->flow.since_ms;
    }
    for (size_t i = 0; i < n; i++) {
        if (steps[i].action_no == CASE_ASSIGN) {
            return steps[i].at_ms;
        }
    }
    return v->flow.since_ms;
}

static str with_words(struct web *w, const struct case_view *v)
{
    const struct msg_arg args[] = {
        {"who", v->office_name.n > 0 ? v->office_name : page_msg(&w->page, MSG_TRACK_WITH_NOBODY)},
        {"day", format_day(w->arena, w->lang, local_day(with_since(w, v)))}};
    return page_msg_args(&w->page, MSG_TRACK_WITH_SINCE, 0, args, sizeof args / sizeof args[0]);
}

/* Late where somebody else than she has to act. */
static str late_words(struct web *w, const struct case_view *v)
{
    const bool hers = v->state == CASE_AWAITING_ANSWER || v->state == CASE_INFO_ASKED;
    if (hers || !flow_open(&complaint_kind, v->state) || v->flow.due_ms >= w->ctx.now_ms) {
        return S("");
    }
    const int64_t days = days_between(local_day(v->flow.due_ms), local_day(w->ctx.now_ms));
    const struct msg_arg args[] = {
        {"days", format_number(w->arena, w->lang, days)},
        {"who", v->office_name.n > 0 ? v->office_name : page_msg(&w->page, MSG_TRACK_WITH_NOBODY)}};
    return days == 0 ? page_msg(&w->page, MSG_TRACK_LATE_TODAY)
                     : page_msg_args(&w->page, MSG_TRACK_LATE_WITH, days, args, 2);
}

/* Where it was handed over to: its number there is hers to ask with. */
static err away_fill(struct web *w, const struct case_view *v, struct status_view *m)
{
    struct handover_row *rows;
    size_t n;
    TRY(handover_of(&w->ctx, v, &rows, &n));
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, n + 1);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct handover_row *r = &rows[i];
        const struct msg_arg args[] = {
            {"day", format_day(w->arena, w->lang, r->out ? r->given_day : r->outcome_day)},
            {"number", r->number.n > 0 ? page_isolate(&w->page, r->number)
                                       : page_msg(&w->page, MSG_TRACK_AWAY_NO_NUMBER)}};
        f[i] = (struct fact_view){
            .name = r->portal,
            .value = page_msg_args(&w->page, r->out ? MSG_TRACK_AWAY : MSG_TRACK_AWAY_BACK, 0, args, 2)};
    }
    m->away = (struct facts_view){f, n};
    return OK;
}

static err papers_missing(struct web *w, const struct case_view *v, str *out)
{
    struct case_paper *papers;
    size_t n;
    *out = S("");
    TRY(case_papers(&w->ctx, v, &papers, &n));
    for (size_t i = 0; i < n; i++) {
        if (!papers[i].given) {
            *out = arena_printf(w->arena, "%.*s%s%.*s", STR_F(*out), out->n > 0 ? "\n" : "",
                                STR_F(papers[i].name));
        }
    }
    return OK;
}

static err status_facts(struct web *w, const struct case_view *v, struct facts_view *out)
{
    enum { FACTS = 10 };
    str missing;
    struct fact_view *f = arena_array_of(w->arena, struct fact_view, FACTS);
    if (f == NULL) {
        return FAIL(LIMIT);
    }
    const bool open = flow_open(&complaint_kind, v->state);
    size_t n = 0;
    TRY(papers_missing(w, v, &missing));
    f[n++] = (struct fact_view){
        .name = page_msg(&w->page, MSG_NEW_KIND),
        .value = page_msg(&w->page, case_word_of(case_kind_words, CASE_kind_n, v->row.case_kind_code))};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_CASE_SERVICE), v->service_name, STR_NONE, {STR_NONE}};
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_CASE_UNIT), v->unit_name, STR_NONE, {STR_NONE}};
    if (open) {
        f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_TRACK_WITH), .value = with_words(w, v)};
    }
    if (open && v->flow.due_ms < case_no_due()) {
        f[n++] = (struct fact_view){
            page_msg(&w->page, MSG_TRACK_DUE), due_with_left(w, v->flow.due_ms), STR_NONE, {STR_NONE}};
    }
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_TRACK_FILED),
                                format_day(w->arena, w->lang, local_day(v->row.filed_ms)),
                                STR_NONE,
                                {STR_NONE}};
    if (v->told_n > 1) {
        f[n++] = (struct fact_view){.name = page_msg(&w->page, MSG_NEW_SAME_SHORT),
                                    .value = format_number(w->arena, w->lang, v->told_n)};
    }
    if (open && missing.n > 0) {
        f[n++] = (struct fact_view){
            .name = page_msg(&w->page, MSG_TRACK_PAPERS), .value = missing, .dir = S("auto")};
    }
    f[n++] = (struct fact_view){page_msg(&w->page, MSG_NEW_WORDS), v->row.words_text, S("auto"), {STR_NONE}};
    *out = (struct facts_view){f, n};
    return OK;
}

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
    m->answer.value = STR_NONE; /* each touch begins anew */
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
        const bool reported = steps[i].action_no == CASE_REPORT_ACTION || steps[i].action_no == CASE_SPOT;
        if (asked ? steps[i].action_no == CASE_ASK : reported) {
            m->said_title = page_msg(&w->page, asked ? MSG_TRACK_QUESTION : MSG_TRACK_REPORT);
            m->said = steps[i].words_text;
            if (str_eq(steps[i].result_code, S("not_possible"))) {
                m->next = page_msg(&w->page, MSG_NEXT_AWAITING_NOT_POSSIBLE);
            }
            return;
        }
    }
}

static struct url shot_url(struct web *w, str token, int64_t no, bool small)
{
    struct url u = url_with(w->arena, url_local(w->arena, S("/track/picture")), S("case"), token);
    u = url_with(w->arena, u, S("piece"), arena_printf(w->arena, "%lld", (long long)no));
    return small ? url_with(w->arena, u, S("small"), S("1")) : u;
}

/* What the office shows of its work. */
static err shots_fill(struct web *w, const struct case_view *v, struct status_view *m)
{
    struct evidence_row *rows;
    size_t n;
    TRY(evidence_list(&w->ctx, &v->subject, &rows, &n));
    struct shot_view *shots = arena_array_of(w->arena, struct shot_view, n + 1);
    if (shots == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const enum msg words = str_eq(rows[i].at.pair_code, S("before"))  ? MSG_EVIDENCE_BEFORE
                               : str_eq(rows[i].at.pair_code, S("after")) ? MSG_EVIDENCE_AFTER
                                                                          : MSG_EVIDENCE_A_PHOTO;
        if (rows[i].may && str_eq(rows[i].at.media_code, S("photo"))) {
            shots[m->shots_n++] = (struct shot_view){shot_url(w, m->case_token, rows[i].at.piece_no, true),
                                                     shot_url(w, m->case_token, rows[i].at.piece_no, false),
                                                     page_msg(&w->page, words)};
        }
    }
    m->shots = shots;
    return OK;
}

static str voice_words(struct web *w, const struct q_evidence_list *r)
{
    const str what = page_msg(&w->page, MSG_TRACK_VOICE);
    if (!r->seconds_n.given) {
        return what;
    }
    const struct msg_arg n = {"n", format_number(w->arena, w->lang, r->seconds_n.v)};
    const struct msg_arg args[] = {
        {"what", what}, {"length", page_msg_args(&w->page, MSG_EVIDENCE_SECONDS, r->seconds_n.v, &n, 1)}};
    return page_msg_args(&w->page, MSG_EVIDENCE_WHAT_LONG, 0, args, 2);
}

err her_voices(struct web *w, const struct case_view *v, str token, struct heard_view **out, size_t *out_n)
{
    struct evidence_row *rows;
    size_t n;
    size_t m = 0;
    TRY(evidence_list(&w->ctx, &v->subject, &rows, &n));
    struct heard_view *heard = arena_array_of(w->arena, struct heard_view, n + 1);
    if (heard == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        const struct q_evidence_list *r = &rows[i].at;
        if (!str_eq(r->media_code, S("voice")) || !str_eq(r->from_code, S("complainant"))) {
            continue;
        }
        struct heard_view x = {.text = voice_words(w, r)};
        if (str_eq(r->piece_code, S("waiting"))) {
            x.said = page_msg(&w->page, MSG_EVIDENCE_WAITING);
        } else if (!rows[i].may) {
            x.said = page_msg(&w->page, MSG_TRACK_VOICE_REFUSED);
        } else if (token.n > 0) {
            x.to = url_with(w->arena, url_local(w->arena, S("/track/voice")), S("case"), token);
            x.to =
                url_with(w->arena, x.to, S("piece"), arena_printf(w->arena, "%lld", (long long)r->piece_no));
        }
        heard[m++] = x;
    }
    *out = heard;
    *out_n = m;
    return OK;
}

const struct input shot_inputs[SHOT_INPUTS] = {
    [0] = {"case", IN_SIGNED, MSG_NEW_REF},
    [1] = {"piece", IN_NUMBER, MSG_EVIDENCE_NUMBER, EVIDENCE_PIECES_MAX},
    [2] = {"small", IN_FLAG, MSG_NONE},
};

const struct input hear_inputs[HEAR_INPUTS] = {
    [0] = {"case", IN_SIGNED, MSG_NEW_REF},
    [1] = {"piece", IN_NUMBER, MSG_EVIDENCE_NUMBER, EVIDENCE_PIECES_MAX},
};

/* A look at what is not hers to hear is none: nothing is recorded, and show_hers() gives nothing. */
err look_hers(struct ctx *c, const struct given *in, struct audit_entry *io)
{
    struct case_view v;
    case_ref ref;
    struct evidence_row *rows;
    size_t n;
    TRY(her_case(c, in, &ref));
    TRY(case_find(c, &ref, &v));
    TRY(evidence_list(c, &v.subject, &rows, &n));
    for (size_t i = 0; in[1].given && i < n; i++) {
        if (rows[i].at.piece_no == in[1].n && rows[i].may && str_eq(rows[i].at.media_code, S("voice"))) {
            io->home = v.row.home;
            io->subject_kind = str_of(complaint_kind.name);
            io->subject_id = v.row.id;
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

/* Behind the same token as her page, once the look was recorded. */
err show_hers(struct web *w)
{
    struct case_view v;
    case_ref ref;
    str type;
    const bool recorded = w->ctx.may_show_identity;
    SCOPED(buf_free) struct buf bytes = buf_new(BLOB_MAX);
    const err hers = her_case(&w->ctx, w->in, &ref);
    if (!recorded || hers.code == ERR_DENIED || !w->in[1].given) {
        return FAIL(NOT_FOUND);
    }
    TRY(hers);
    TRY(case_find(&w->ctx, &ref, &v));
    w->ctx.may_show_identity = true; /* her_case() took it away with whoever she was before */
    const err e = evidence_open(&w->ctx, &v.subject, w->in[1].n, EVIDENCE_SHOWN, &bytes, &type);
    TRY(e.code == ERR_DENIED ? FAIL(NOT_FOUND) : e);
    return web_bytes(w, type, STR_NONE, &bytes);
}

/* Behind the same token as her page. */
err show_shot(struct web *w)
{
    struct case_view v;
    case_ref ref;
    str type;
    SCOPED(buf_free) struct buf bytes = buf_new(BLOB_MAX);
    if (!w->in[0].given || !w->in[1].given || case_of_key(&w->ctx, w->in[0].text, &ref).code != ERR_OK) {
        return FAIL(NOT_FOUND);
    }
    TRY(case_admit(&w->ctx, &ref));
    TRY(case_find(&w->ctx, &ref, &v));
    const enum evidence_what what = w->in[2].given && w->in[2].n == 1 ? EVIDENCE_SMALL : EVIDENCE_SHOWN;
    const err e = evidence_open(&w->ctx, &v.subject, w->in[1].n, what, &bytes, &type);
    TRY(e.code == ERR_DENIED ? FAIL(NOT_FOUND) : e);
    return web_bytes(w, type, STR_NONE, &bytes);
}

err show_status(struct web *w, const case_ref *ref, enum msg thanks)
{
    struct case_view v;
    str key;
    struct status_view m = {.ref = case_ref_text(w->arena, *ref)};
    TRY(case_admit(&w->ctx, ref));
    TRY(case_find(&w->ctx, ref, &v));
    TRY(case_key(&w->ctx, ref, &key));
    m.case_token = web_sign(w, S("case"), key, CASE_TOKEN_SECONDS);
    m.thanks = thanks == MSG_NONE ? STR_NONE : page_msg(&w->page, thanks);
    m.chip = state_chip(&w->page, v.state, v.flow.mark_no, false);
    m.next = page_msg(&w->page, next_words(&v));
    m.may_answer = case_may(&w->ctx, &v, CASE_ANSWER);
    m.may_inform = case_may(&w->ctx, &v, CASE_AMEND);
    m.may_reopen = case_may(&w->ctx, &v, CASE_REOPEN);
    m.may_withdraw = case_may(&w->ctx, &v, CASE_WITHDRAW);
    m.may_comment = case_may(&w->ctx, &v, CASE_COMMENT);
    if (flow_open(&complaint_kind, v.state)) {
        m.why = not_possible_words(w, v.flow.reason_code, v.flow.next_day);
    }
    m.late = late_words(w, &v);
    TRY(stages_fill(w, &v, &m.stages));
    struct heard_view *heard;
    TRY(shots_fill(w, &v, &m));
    TRY(her_voices(w, &v, m.case_token, &heard, &m.heard_n));
    m.heard = heard;
    TRY(away_fill(w, &v, &m));
    TRY(status_facts(w, &v, &m.facts));
    TRY(timeline_fill(w, &v, &m.timeline));
    TRY(her_fields(w, &m));
    said_fill(w, &v, &m);
    w->page.title =
        page_msg(&w->page, MSG_TITLE_LOOK); /* a neutral one: it stands in the browser's history */

    status_page(&w->page, &m);
    return web_html(w, 200);
}
