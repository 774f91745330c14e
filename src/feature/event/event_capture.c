/* event_capture.c: matters taken down at an event, and what was answered to them there. */
#include "case_scope.h"
#include "clock.h"
#include "event_day_inside.h"
#include "format.h"
#include "msg.h"

/* ---- taking down ---- */

/* As it was answered the first time: also to who does not reach it any more. */
static err receipt_again(struct ctx *c, const struct event_view *v, int64_t case_id, struct case_receipt *out)
{
    struct q_case_get row;
    struct q_flow_get flow;
    case_ref ref;
    const struct subject s = {.kind = &complaint_kind, .home = v->row.home, .id = case_id};
    TRY(q_case_get(c->db, c->arena, s.home, s.id, &row));
    TRY(case_ref_of(c->arena, row.ref_code, &ref));
    TRY(flow_now(c, &s, &flow));
    *out = (struct case_receipt){.ref = ref, .state = CASE_REGISTERED, .due_ms = flow.due_ms};
    return OK;
}

/* A paper token that was never drawn here is just a number. */
static err token_heard(struct ctx *c, const struct event_view *v, int64_t no)
{
    if (no == 0) {
        return OK;
    }
    const err e = day_token_put(c, v, no, S("heard"));
    return e.code == ERR_NOT_FOUND ? OK : e;
}

static struct day_content content_of(const struct case_new *n, int64_t token)
{
    struct day_content all = {"matter",
                              {n->kind,        n->service,   n->unit,          n->words,  n->place,
                               n->lang,        n->spoken,    n->sex,           n->behalf, n->name,
                               n->alias,       n->relation,  n->relation_name, n->cnic,   n->phone.e164,
                               n->whose_phone, n->address,   n->when,          n->age,    n->minority,
                               n->signatories, n->documents, n->same_as,       n->room},
                              {token, n->safe_call, n->safe_sms, n->anonymous, n->past_desk}};
    enum { FIXED = 24 };
    _Static_assert(FIXED + CASE_DIFFICULTIES_ASKED + CASE_purpose_n <= DAY_TEXTS, "room for what is asked");
    for (size_t i = 0; i < CASE_DIFFICULTIES_ASKED; i++) {
        all.texts[FIXED + i] = n->difficulty[i];
    }
    for (size_t i = 0; i < CASE_purpose_n; i++) {
        all.texts[FIXED + CASE_DIFFICULTIES_ASKED + i] = n->consent[i];
    }
    return all;
}

/* What goes past the desk is no matter of the desk's event either: no list and no number of it moves. */
static err case_tie(struct ctx *c, const struct event_view *v, const struct case_new *n, int64_t case_id,
                    int64_t token)
{
    const struct q_event_case_add_in row = {v->row.home, v->row.id, case_id,
                                            token > 0 ? SOME(token) : NONE_I64};
    TRY(n->past_desk ? OK : q_event_case_add(c->db, &row, NULL));
    return token_heard(c, v, token);
}

err day_capture(struct ctx *c, const struct event_view *v, const struct case_new *n, int64_t token,
                const struct day_record *from, struct case_receipt *out)
{
    const struct day_content content = content_of(n, token);
    struct case_new told = *n;
    struct q_case_ref_get at;
    struct day_became became;
    TRY(day_begin(c, v, from, &content, &became));
    if (became.again) {
        return receipt_again(c, v, became.case_id.v, out);
    }
    told.channel = S("event");
    TRY(case_file(c, &told, out));
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(&out->ref), &at));
    if (at.home != v->row.home) {
        return day_refuse(c, ERR_INVALID, MSG_CASE_UNIT_ELSEWHERE, "unit");
    }
    TRY(case_tie(c, v, n, at.case_id, token));
    became.case_id = SOME(at.case_id);
    TRY(day_take(c, v, from, &content, &became));
    return day_audit(c, v, S("event.matter"), STR_NONE);
}

/* ---- answering ---- */

err day_case(struct ctx *c, const struct event_view *v, const case_ref *ref, struct case_view *out_case,
             struct q_event_case_get *out)
{
    TRY(case_find(c, ref, out_case));
    const struct q_event_case_get_in in = {v->row.home, v->row.id, out_case->row.id};
    return out_case->row.home == v->row.home ? q_event_case_get(c->db, c->arena, &in, out) : FAIL(NOT_FOUND);
}

static err answer_asked(struct ctx *c, const struct day_answer *n, size_t answer)
{
    const int64_t today = local_day(c->now_ms);
    const bool dated = answer == DAY_answer_promised || answer == DAY_answer_not_possible;
    if (answer == DAY_answer_n) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_ANSWER_NEEDED, "answer");
    }
    if (answer != DAY_answer_promised && str_trim(n->words).n == 0) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_ANSWER_WORDS, "words");
    }
    if (dated && (n->day < today || days_between(today, n->day) > DAY_PROMISE_DAYS_MAX)) {
        return day_refuse(c, ERR_INVALID, MSG_DAY_ANSWER_DAY, "day");
    }
    return OK;
}

/* What she reads of it, in her language: a promise says its date. */
static str words_for_her(struct ctx *c, const struct case_view *v, const struct day_answer *n, size_t answer)
{
    static const enum msg said[DAY_answer_n] = {
        [DAY_answer_promised] = MSG_DAY_SAID_PROMISED,
        [DAY_answer_handed_on] = MSG_DAY_SAID_HANDED_ON,
        [DAY_answer_not_ours] = MSG_DAY_SAID_NOT_OURS,
    };
    enum lang hers = LANG_UR;
    (void)lang_of(v->row.lang_code, &hers);
    if (answer >= DAY_answer_n || said[answer] == MSG_NONE) {
        return str_trim(n->words);
    }
    SCOPED(buf_free) struct buf b = buf_new(4 * CASE_WORDS_MAX + 1000);
    const struct msg_arg args[] = {{"day", n->day == 0 ? S("") : format_day(c->arena, hers, n->day)}};
    msg_put(&b, hers, said[answer], 0, args, answer == DAY_answer_promised ? 1 : 0);
    if (str_trim(n->words).n > 0) {
        buf_putc(&b, '\n');
        buf_put(&b, str_trim(n->words));
    }
    return arena_str(c->arena, buf_str(&b));
}

/* The step of the case that the answer is, where it stands now: his report, or a note. */
static err answer_step(struct ctx *c, const struct case_view *v, const case_ref *ref,
                       const struct day_answer *n, size_t answer)
{
    struct case_receipt done;
    const bool report = answer == DAY_answer_solved_now || answer == DAY_answer_not_possible;
    struct case_act act = {.action = CASE_COMMENT, .words = words_for_her(c, v, n, answer)};
    if (report && case_may(c, v, CASE_SPOT)) {
        act.action = CASE_SPOT;
        act.result = answer == DAY_answer_solved_now ? S("done") : S("not_possible");
        act.reason = n->reason;
        act.next_day = answer == DAY_answer_not_possible ? n->day : 0;
    }
    TRY(case_do(c, ref, &act, &done));
    if (answer != DAY_answer_promised) {
        return OK;
    }
    return call_back_plan(c, &v->subject, S("next"), n->day);
}

err day_answer(struct ctx *c, const struct event_view *v, const case_ref *ref, const struct day_answer *n)
{
    struct case_view found;
    struct q_event_case_get was;
    struct q_event_case_answer_in row = {.home = v->row.home, .event_id = v->row.id};
    const size_t answer = day_index(day_answer_words, DAY_answer_n, n->answer);
    const struct day_content content = {
        "answer", {case_ref_digits(ref), n->answer, n->words, n->reason, n->office, n->post}, {n->day}};
    struct day_became became;
    TRY(day_begin(c, v, &n->from, &content, &became));
    if (became.again) {
        return OK;
    }
    TRY(day_case(c, v, ref, &found, &was));
    TRY(answer_asked(c, n, answer));
    TRY(day_office(c, v, n->office, &row.body_id));
    if (row.body_id.given && row.body_id.v == c->actor.office_id) {
        return day_refuse(c, ERR_DENIED, MSG_CASE_OWN_WORK, "office");
    }
    TRY(answer_step(c, &found, ref, n, answer));
    row.case_id = found.row.id;
    row.answer_code = n->answer;
    row.answer_day = n->day != 0 ? SOME(n->day) : NONE_I64;
    row.answer_text = str_trim(n->words).n > 0 ? str_trim(n->words) : STR_NONE;
    row.post_text = str_trim(n->post).n > 0 ? str_trim(n->post) : STR_NONE;
    row.answered_ms = SOME(c->now_ms);
    TRY(q_event_case_answer(c->db, &row, NULL));
    became.case_id = SOME(found.row.id);
    TRY(day_take(c, v, &n->from, &content, &became));
    return day_audit(c, v, S("event.answered"), arena_printf(c->arena, "answer=%.*s", STR_F(n->answer)));
}

err day_her_answer(struct ctx *c, const struct event_view *v, const case_ref *ref, str outcome,
                   const struct day_record *from)
{
    bool later;
    struct case_view found;
    struct q_event_case_get was;
    struct case_receipt done;
    const struct case_act act = {.action = CASE_ANSWER, .outcome = outcome, .via = S("event")};
    TRY(day_takes(c, v, from, &later));
    TRY(day_case(c, v, ref, &found, &was));
    return case_do(c, ref, &act, &done);
}

/* ---- the list ---- */

bool day_womens_hours(const struct ctx *c, const struct event_view *v)
{
    if (str_eq(v->row.audience_code, S("women"))) {
        return true;
    }
    const int64_t minute = (c->now_ms - day_at_ms(local_day(c->now_ms), 0, 0)) / 60000;
    return v->row.female_from_n.given && v->row.female_to_n.given && minute >= v->row.female_from_n.v &&
           minute < v->row.female_to_n.v;
}

/* Women first, each half in the order it had. */
static void women_first(struct ctx *c, struct q_event_case_list *rows, size_t n)
{
    struct q_event_case_list *sorted = arena_array_of(c->arena, struct q_event_case_list, n + 1);
    size_t k = 0;
    if (sorted == NULL) {
        return;
    }
    for (int turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < n; i++) {
            if (str_eq(rows[i].sex_code, S("woman")) == (turn == 0)) {
                sorted[k++] = rows[i];
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        rows[i] = sorted[i];
    }
}

err day_cases(struct ctx *c, const struct event_view *v, struct q_event_case_list **out, size_t *out_n)
{
    struct q_event_case_list_in in = {
        .home = v->row.home, .event_id = v->row.id, .lang_code = lang_table[c->lang].code};
    scope_barred(&c->actor, &in.barred_id, &in.also_id);
    TRY(q_event_case_list(c->db, c->arena, &in, out, out_n));
    if (day_womens_hours(c, v)) {
        women_first(c, *out, *out_n);
    }
    return OK;
}
