#include "handover.h"

#include "audit.h"
#include "case_scope.h"
#include "clock.h"
#include "fold.h"
#include "lang.h"
#include "vault.h"

enum { LOOK_AGAIN_DAYS = 7, LOOK_FIRST_DAYS = 14, LOOK_DAYS_MAX = 365 };

/* ---- what is out ---- */

static bool serves(const struct actor *who)
{
    return who->role == ROLE_DESK || who->role == ROLE_SUPERVISOR || who->role == ROLE_ADC;
}

static err rows_of(struct ctx *c, const struct case_view *v, struct q_external_list **out, size_t *out_n)
{
    const struct q_external_list_in in = {
        .home = v->subject.home, .kind_no = v->subject.kind->kind_no, .subject_id = v->subject.id};
    return q_external_list(c->db, c->arena, &in, out, out_n);
}

static int64_t day_or_none(struct opt_i64 day)
{
    return day.given ? day.v : 0;
}

static str text_of(str s)
{
    return s.p == NULL ? S("") : s;
}

static err row_fill(struct ctx *c, const struct q_external_list *r, struct handover_row *out)
{
    struct portal p;
    const int64_t today = local_day(c->now_ms);
    TRY(portal_known(c, r->system_code, &p));
    *out = (struct handover_row){
        .no = r->ref_no,
        .portal_code = p.code,
        .portal = p.name,
        .number = text_of(r->number_text),
        .given_day = r->given_day,
        .days = days_between(r->given_day, r->outcome_day.given ? r->outcome_day.v : today),
        .next_day = day_or_none(r->next_check_day),
        .looked_day = day_or_none(r->looked_day),
        .out = r->outcome_code.p == NULL,
        .named = r->named_flag != 0,
        .code_taken = r->code_taken_flag != 0,
        .warm = r->warm_flag != 0,
        .account = r->account_code,
        .receiver = text_of(r->receiver_text),
        .outcome = text_of(r->outcome_code),
        .outcome_text = text_of(r->outcome_text),
        .outcome_day = day_or_none(r->outcome_day),
    };
    out->escalated = out->out && p.escalated_days > 0 && out->days > p.escalated_days;
    if (!serves(&c->actor)) {
        out->account = out->receiver = S("");
        out->code_taken = false;
    }
    return OK;
}

err handover_of(struct ctx *c, const struct case_view *v, struct handover_row **out, size_t *out_n)
{
    struct q_external_list *rows;
    size_t n = 0;
    if (serves(&c->actor) || c->actor.role == ROLE_PUBLIC) {
        TRY(rows_of(c, v, &rows, &n));
    }
    struct handover_row *all = arena_array_of(c->arena, struct handover_row, n + 1);
    if (all == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(row_fill(c, &rows[i], &all[i]));
    }
    *out = all;
    *out_n = n;
    return OK;
}

err handover_find(struct ctx *c, const struct case_view *v, int64_t no, struct handover_row *out)
{
    struct handover_row *rows;
    size_t n;
    TRY(handover_of(c, v, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].no == no) {
            *out = rows[i];
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

bool handover_may(struct ctx *c, const struct case_view *v)
{
    return serves(&c->actor) && case_may(c, v, CASE_HAND_OVER);
}

/* ---- when somebody looks there ---- */

/* The first of the institution's own dates behind `day`; `otherwise` days later when there is none. */
static int64_t look_behind(const struct portal *p, int64_t given_day, int64_t day, int64_t otherwise)
{
    for (size_t i = 0; i < p->looks_n; i++) {
        const int64_t look = day_add(given_day, p->looks[i]);
        if (look > day) {
            return look;
        }
    }
    return day_add(day, otherwise);
}

/* Calls of one sort end together, so all that are still owed are planned anew: for each hand-over that is
 * out its next date and the institution's own dates behind that. */
static err calls_plan(struct ctx *c, const struct case_view *v)
{
    struct q_external_list *rows;
    size_t n;
    TRY(call_back_done(c, &v->subject, S("look_up")));
    TRY(rows_of(c, v, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct portal p;
        if (rows[i].outcome_code.p != NULL || !rows[i].next_check_day.given) {
            continue;
        }
        const int64_t next = rows[i].next_check_day.v;
        TRY(portal_known(c, rows[i].system_code, &p));
        TRY(call_back_plan(c, &v->subject, S("look_up"), next));
        for (size_t k = 0; k < p.looks_n; k++) {
            const int64_t look = day_add(rows[i].given_day, p.looks[k]);
            if (look > next) {
                TRY(call_back_plan(c, &v->subject, S("look_up"), look));
            }
        }
    }
    return OK;
}

/* What she reads in the timeline, in her language. */
static err hers_of(struct ctx *c, const struct case_view *v, struct ctx *out)
{
    enum lang hers;
    *out = *c;
    out->lang = lang_of(v->row.lang_code, &hers) ? (int)hers : (int)LANG_UR;
    return OK;
}

static err name_for_her(struct ctx *c, const struct case_view *v, int64_t portal_id, str *out)
{
    struct ctx hers;
    TRY(hers_of(c, v, &hers));
    return label_find(&hers, S("portal"), portal_id, out);
}

/* ---- handing over ---- */

static err refuse(struct ctx *c, enum msg m, const char *field)
{
    return fail_set(c->fail, ERR_INVALID, (int)m, field);
}

/* What she says now or said before; only the desk, which speaks with her, notes another answer. */
static err consent_settle(struct ctx *c, const case_ref *ref, const struct case_view *v, str said, str *out)
{
    str recorded[CASE_purpose_n];
    TRY(case_consents(c, v, recorded));
    const str before = recorded[CASE_purpose_hand_over];
    const str now = said.n > 0 ? said : before;
    if (now.n == 0) {
        return refuse(c, MSG_HANDOVER_CONSENT_ASK, "consent");
    }
    *out = now;
    if (str_eq(now, before)) {
        return OK;
    }
    if (c->actor.role != ROLE_DESK) {
        return refuse(c, MSG_HANDOVER_CONSENT_DESK, "consent");
    }
    struct case_receipt done;
    struct case_act act = {.action = CASE_AMEND};
    act.consent[CASE_purpose_hand_over] = now;
    return case_do(c, ref, &act, &done);
}

/* Nobody who works here stands in for her: neither with what is typed now nor with the number in the case. */
static err nobody_of_ours(struct ctx *c, const struct case_view *v, const struct handover_new *n)
{
    bool staff = false;
    struct q_staff_phone_of_case *rows;
    size_t rows_n;
    if (n->phone.e164.n > 0) {
        TRY(account_contact_is_staff(c, S("phone"), n->phone.e164, &staff));
    }
    if (staff) {
        return refuse(c, MSG_HANDOVER_STAFF, "account_phone");
    }
    if (n->cnic.digits[0] != '\0') {
        TRY(account_contact_is_staff(c, S("cnic"), (str){n->cnic.digits, sizeof n->cnic.digits}, &staff));
    }
    if (staff) {
        return refuse(c, MSG_HANDOVER_STAFF, "account_cnic");
    }
    if (!str_eq(n->account, S("hers")) || n->phone.e164.n > 0) {
        return OK;
    }
    TRY(q_staff_phone_of_case(c->db, c->arena, v->row.home, v->row.id, &rows, &rows_n));
    return rows_n > 0 ? refuse(c, MSG_HANDOVER_STAFF, "account_phone") : OK;
}

static err account_settle(struct ctx *c, const struct case_view *v, const struct portal *p, bool named,
                          const struct handover_new *n, str *out)
{
    const str account = n->account.n > 0 ? n->account : p->account ? STR_NONE : S("none");
    if (account.n == 0) {
        return refuse(c, MSG_HANDOVER_ACCOUNT_MISSING, "account");
    }
    if (str_eq(account, S("desk"))) {
        return refuse(c, MSG_HANDOVER_ACCOUNT_DESK, "account");
    }
    if (p->account && str_eq(account, S("none"))) {
        return refuse(c, MSG_HANDOVER_ACCOUNT_NEEDED, "account");
    }
    if (!named && !str_eq(account, S("none"))) {
        return refuse(c, MSG_HANDOVER_NO_NAME, "account");
    }
    TRY(nobody_of_ours(c, v, n));
    *out = account;
    return OK;
}

static err run_check(struct ctx *c, const struct case_view *v, str number)
{
    cnic card;
    phone typed;
    uint8_t blind[BLIND_LEN];
    struct q_phone_of_case *rows;
    size_t n;
    if (cnic_of(c->arena, number, &card).code == ERR_OK) {
        return refuse(c, MSG_HANDOVER_NUMBER_HERS, "number");
    }
    if (phone_of(c->arena, number, &typed).code != ERR_OK) {
        return OK;
    }
    vault_blind(store_vault(c->store), S("phone"), typed.e164, blind);
    const struct q_phone_of_case_in in = {
        .home = v->row.home, .case_id = v->row.id, .blind_hash = (str){(const char *)blind, sizeof blind}};
    TRY(q_phone_of_case(c->db, c->arena, &in, &rows, &n));
    return n > 0 ? refuse(c, MSG_HANDOVER_NUMBER_HERS, "number") : OK;
}

static bool of_number(char ch)
{
    return (ch >= '0' && ch <= '9') || ch == '-' || ch == ' ' || ch == '+';
}

/* A number of theirs stands on lists and on her page: neither it nor a part of it is her own number or
 * identity card. */
static err number_check(struct ctx *c, const struct case_view *v, str number)
{
    const str typed = digits_ascii(c->arena, number);
    TRY(run_check(c, v, typed));
    for (size_t i = 0; i < typed.n;) {
        size_t end = i;
        while (end < typed.n && of_number(typed.p[end])) {
            end++;
        }
        TRY(run_check(c, v, str_trim(str_sub(typed, i, end - i))));
        i = end + 1;
    }
    return OK;
}

static err row_add(struct ctx *c, const struct case_view *v, const struct portal *p,
                   const struct handover_new *n, const struct q_external_add_in *settled, int64_t *out_no)
{
    struct q_external_list *rows;
    size_t rows_n;
    const int64_t today = local_day(c->now_ms);
    TRY(rows_of(c, v, &rows, &rows_n));
    if (rows_n >= HANDOVER_OUT_MAX) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_HANDOVER_ENOUGH, "portal");
    }
    struct q_external_add_in in = *settled;
    in.home = v->subject.home;
    in.kind_no = v->subject.kind->kind_no;
    in.subject_id = v->subject.id;
    in.id = id_next(c);
    in.ref_no = (int64_t)rows_n + 1; /* rows are never removed */
    in.system_code = p->code;
    in.number_text = str_trim(n->number).n > 0 ? str_trim(n->number) : STR_NONE;
    in.given_day = today;
    in.given_by_id = c->actor.user_id != 0 ? SOME(c->actor.user_id) : NONE_I64;
    in.code_taken_flag = n->code_taken;
    in.warm_flag = n->warm;
    in.receiver_text = str_trim(n->receiver).n > 0 ? str_trim(n->receiver) : STR_NONE;
    in.next_check_day = SOME(look_behind(p, today, today, LOOK_FIRST_DAYS));
    *out_no = in.ref_no;
    return q_external_add(c->db, &in, NULL);
}

static err step_of(struct ctx *c, const case_ref *ref, unsigned action, str words, bool some_back,
                   struct case_receipt *out)
{
    const struct case_act act = {.action = action, .words = words, .some_back = some_back};
    return case_do(c, ref, &act, out);
}

/* What may be handed over at all: nothing that is only pointed to. */
static err matter_check(struct ctx *c, const struct case_view *v, bool *out_private)
{
    struct q_service_by_id service;
    TRY(q_service_by_id(c->db, c->arena, v->row.service_id, &service));
    if (!catalogue_takes_down(service.sensitivity_code)) {
        return refuse(c, MSG_HANDOVER_POINTED, "portal");
    }
    *out_private = str_eq(service.sensitivity_code, S("P"));
    return OK;
}

err handover_give(struct ctx *c, const case_ref *ref, const struct handover_new *n,
                  struct handover_receipt *out)
{
    struct case_view v;
    struct portal p;
    struct q_external_add_in settled = {.home = 0};
    struct handover_receipt made = {.no = 0};
    bool private = false;
    str consent = STR_NONE;
    str name;
    TRY(case_find(c, ref, &v));
    if (!handover_may(c, &v)) {
        return step_of(c, ref, CASE_HAND_OVER, STR_NONE, false, &made.done);
    }
    TRY(matter_check(c, &v, &private));
    if (portal_find(c, &v, n->portal, &p).code != ERR_OK) {
        return refuse(c, MSG_HANDOVER_PORTAL_UNKNOWN, "portal");
    }
    TRY(consent_settle(c, ref, &v, n->consent, &consent));
    const bool agreed = str_eq(consent, S("yes"));
    if (private && !agreed) { /* her "no" is kept, so it is no failure of the job */
        *out = (struct handover_receipt){{*ref, v.state, v.flow.due_ms}, 0};
        return OK;
    }
    settled.named_flag = agreed && !v.row.anonymous_flag;
    TRY(account_settle(c, &v, &p, settled.named_flag != 0, n, &settled.account_code));
    TRY(number_check(c, &v, str_trim(n->number)));
    TRY(row_add(c, &v, &p, n, &settled, &made.no));
    TRY(name_for_her(c, &v, p.id, &name));
    TRY(step_of(c, ref, CASE_HAND_OVER, name, false, &made.done));
    TRY(calls_plan(c, &v));
    *out = made;
    return OK;
}

/* ---- following it ---- */

struct following {
    struct case_view v;
    struct handover_row row;
    struct portal portal;
};

static err follow(struct ctx *c, const case_ref *ref, int64_t no, struct following *out)
{
    TRY(case_find(c, ref, &out->v));
    if (!serves(&c->actor)) {
        return FAIL(DENIED);
    }
    TRY(handover_find(c, &out->v, no, &out->row));
    return portal_known(c, out->row.portal_code, &out->portal);
}

static err note(struct ctx *c, const struct case_view *v, str event, struct case_receipt *out)
{
    const struct audit_entry entry = {.event = event,
                                      .home = v->row.home,
                                      .subject_kind = str_of(v->subject.kind->name),
                                      .subject_id = v->row.id,
                                      .detail = STR_NONE};
    TRY(case_ref_of(c->arena, v->row.ref_code, &out->ref));
    out->state = v->state;
    out->due_ms = v->flow.due_ms;
    return audit_add(c, &entry);
}

err handover_number(struct ctx *c, const case_ref *ref, int64_t no, str number, struct case_receipt *out)
{
    struct following f;
    number = str_trim(number);
    TRY(follow(c, ref, no, &f));
    if (number.n == 0) {
        return refuse(c, MSG_HANDOVER_NUMBER_MISSING, "number");
    }
    TRY(number_check(c, &f.v, number));
    const struct q_external_set_number_in in = {.number_text = number,
                                                .home = f.v.subject.home,
                                                .kind_no = f.v.subject.kind->kind_no,
                                                .subject_id = f.v.subject.id,
                                                .ref_no = no};
    TRY(q_external_set_number(c->db, &in, NULL));
    return note(c, &f.v, S("handover.number"), out);
}

static err still_out(struct ctx *c, const struct following *f)
{
    return f->row.out ? OK : fail_set(c->fail, ERR_CONFLICT, MSG_HANDOVER_BACK_ALREADY, "outcome");
}

err handover_look(struct ctx *c, const case_ref *ref, int64_t no, int64_t next_day, struct case_receipt *out)
{
    struct following f;
    str name;
    const int64_t today = local_day(c->now_ms);
    TRY(follow(c, ref, no, &f));
    TRY(still_out(c, &f));
    if (f.row.looked_day == today) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_HANDOVER_LOOKED_TODAY, "next_date");
    }
    if (next_day != 0 && (next_day <= today || days_between(today, next_day) > LOOK_DAYS_MAX)) {
        return refuse(c, MSG_HANDOVER_NEXT_WHEN, "next_date");
    }
    const int64_t next =
        next_day != 0 ? next_day : look_behind(&f.portal, f.row.given_day, today, LOOK_AGAIN_DAYS);
    const struct q_external_set_looked_in in = {.looked_day = SOME(today),
                                                .next_check_day = SOME(next),
                                                .home = f.v.subject.home,
                                                .kind_no = f.v.subject.kind->kind_no,
                                                .subject_id = f.v.subject.id,
                                                .ref_no = no};
    TRY(q_external_set_looked(c->db, &in, NULL));
    TRY(name_for_her(c, &f.v, f.portal.id, &name));
    TRY(case_may(c, &f.v, CASE_LOOK_UP) ? step_of(c, ref, CASE_LOOK_UP, name, false, out)
                                        : note(c, &f.v, S("handover.looked"), out));
    return flow_open(f.v.subject.kind, f.v.state) ? calls_plan(c, &f.v) : OK;
}

/* Their words: as copied from there, else how they call such an outcome. */
static err words_settle(struct ctx *c, const struct following *f, str outcome, str said, str *out)
{
    struct ctx hers;
    struct portal_word *words;
    size_t n;
    *out = str_trim(said);
    if (out->n > 0) {
        return OK;
    }
    TRY(hers_of(c, &f->v, &hers));
    TRY(portal_words(&hers, f->portal.id, &words, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(words[i].code, outcome)) {
            *out = words[i].text;
            return OK;
        }
    }
    *out = msg_text((enum lang)hers.lang, case_word_of(handover_result_words, HANDOVER_result_n, outcome));
    return OK;
}

static err another_out(struct ctx *c, const struct following *f, bool *out)
{
    struct handover_row *rows;
    size_t n;
    *out = false;
    TRY(handover_of(c, &f->v, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        *out |= rows[i].out && rows[i].no != f->row.no;
    }
    return OK;
}

err handover_outcome(struct ctx *c, const case_ref *ref, int64_t no, str outcome, str words,
                     struct case_receipt *out)
{
    struct following f;
    str theirs;
    bool others;
    TRY(follow(c, ref, no, &f));
    TRY(still_out(c, &f));
    if (case_word_of(handover_result_words, HANDOVER_result_n, outcome) == MSG_NONE) {
        return refuse(c, MSG_HANDOVER_OUTCOME_MISSING, "outcome");
    }
    TRY(words_settle(c, &f, outcome, words, &theirs));
    TRY(another_out(c, &f, &others));
    const struct q_external_set_outcome_in in = {.outcome_code = outcome,
                                                 .outcome_text = theirs,
                                                 .outcome_day = SOME(local_day(c->now_ms)),
                                                 .home = f.v.subject.home,
                                                 .kind_no = f.v.subject.kind->kind_no,
                                                 .subject_id = f.v.subject.id,
                                                 .ref_no = no};
    TRY(q_external_set_outcome(c->db, &in, NULL));
    /* Where the case went on here meanwhile, what came back is told without moving it. */
    TRY(step_of(c, ref, case_may(c, &f.v, CASE_OUTCOME) ? CASE_OUTCOME : CASE_COMMENT, theirs, others, out));
    return flow_open(f.v.subject.kind, f.v.state) ? calls_plan(c, &f.v) : OK;
}

/* ---- the list ---- */

err handover_out(struct ctx *c, const struct handover_list *in, struct q_external_out **out, size_t *out_n,
                 bool *out_more)
{
    struct scope s;
    *out_n = 0;
    *out_more = false;
    *out = NULL;
    if (!serves(&c->actor)) {
        return OK;
    }
    TRY(scope_of(c, &s));
    const struct q_external_out_in q = {.homes = s.homes,
                                        .homes_n = s.homes_n,
                                        .tehsil_id = s.tehsil.given ? s.tehsil.v : 0,
                                        .barred_id = s.barred,
                                        .also_id = s.also,
                                        .after_day = in->after_day,
                                        .after_id = in->after_id,
                                        .limit = in->limit + 1};
    TRY(q_external_out(c->db, c->arena, &q, out, out_n));
    *out_more = *out_n > (size_t)in->limit;
    *out_n = *out_more ? (size_t)in->limit : *out_n;
    return OK;
}
