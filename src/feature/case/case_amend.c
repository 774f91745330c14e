/* case_amend.c: correcting what was taken down: the old value stays in the timeline. */
#include "case_acting.h"
#include "case_seal.h"
#include "case_text.h"
#include "clock.h"
#include "msg.h"

static bool consents(const struct case_act *act)
{
    bool any = false;
    for (size_t i = 0; i < CASE_purpose_n; i++) {
        any = any || act->consent[i].n > 0;
    }
    return any;
}

/* How she is reached. */
static bool contacts(const struct case_act *act)
{
    return act->whose_phone.n > 0 || act->safe_call.given || act->safe_sms.given || act->when.n > 0;
}

/* Whether something that was taken down shall be another. */
bool act_corrects(const struct case_act *act)
{
    return str_trim(act->description).n > 0 || act->service.n > 0 || act->unit.n > 0 ||
           act->phone.e164.n > 0 || contacts(act) || act->documents.n > 0 || consents(act);
}

/* A step of its own for one corrected thing: which one, and what stood there before. */
static err amend_step(struct acting *a, str what, str before)
{
    struct seal said;
    TRY(case_seal(a->c, &a->v.row, &said));
    const struct flow_step_in step = {.action = CASE_AMEND,
                                      .result = RESULT_CORRECTED,
                                      .detail = what,
                                      .words = before,
                                      .content = seal_text(&said)};
    return flow_act(a->c, &a->v.subject, &a->v.flow, &step);
}

err case_corrected(struct ctx *c, const case_ref *ref, str what, str before)
{
    struct acting a = {.c = c};
    struct q_case_ref_get at;
    struct case_view *v = &a.v;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, &v->row));
    TRY(case_kind_of(v->row.case_kind_code, &v->kind));
    v->subject = (struct subject){.kind = &case_kinds[v->kind], .home = at.home, .id = at.case_id};
    TRY(flow_now(c, &v->subject, &v->flow));
    return amend_step(&a, what, before);
}

static err case_store(struct acting *a)
{
    struct q_case_get *row = &a->v.row;
    str searchable;
    TRY(search_text_of(a->c, row->home, row->words_text, row->place_text, &searchable));
    const struct q_case_set_in in = {
        .service_id = row->service_id,
        .unit_id = row->unit_id,
        .tehsil_id = row->tehsil_id,
        .words_text = row->words_text,
        .reachable_flag = row->reachable_flag,
        .search_text = searchable,
        .home = row->home,
        .id = row->id,
    };
    TRY(q_case_search_drop(a->c->db, row->home, row->id, NULL));
    TRY(q_case_set(a->c->db, &in, NULL));
    return q_case_search_add(a->c->db, row->id, searchable, NULL);
}

static err amend_words(struct acting *a)
{
    const str before = a->v.row.words_text;
    a->v.row.words_text = a->act->description;
    TRY(case_store(a));
    return amend_step(a, S("description"), before);
}

/* Another matter or place has another limit, as it was in force on the day of filing. */
static err amend_clock(struct acting *a)
{
    struct q_service_term_on term;
    const struct q_case_get *row = &a->v.row;
    const err e = a->v.kind == KIND_SUGGESTION /* answered, not owed by a date */
                      ? FAIL(NOT_FOUND)
                      : catalogue_term(a->c, row->service_id, row->unit_id, local_day(row->filed_ms), &term);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !term.limit_days.given)) {
        a->v.flow.due_ms = case_no_due();
        const err stopped = clock_stop(a->c, &a->v.subject, CASE_CLOCK);
        return stopped.code == ERR_NOT_FOUND ? OK : stopped;
    }
    TRY(e);
    const err moved =
        clock_move(a->c, &a->v.subject, CASE_CLOCK, term.limit_days.v, term.basis_text, &a->v.flow.due_ms);
    if (moved.code == ERR_NOT_FOUND) {
        const struct promise p = {row->filed_ms, term.limit_days.v, term.basis_text};
        return clock_start(a->c, &a->v.subject, CASE_CLOCK, &p, &a->v.flow.due_ms);
    }
    return moved;
}

static err amend_service(struct acting *a)
{
    struct q_service_by_code service;
    const str before = a->v.service_code;
    const err e = catalogue_find(a->c, a->act->service, &service);
    if (e.code == ERR_NOT_FOUND) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_SERVICE_UNKNOWN, "service");
    }
    TRY(e);
    if (!catalogue_takes_down(service.sensitivity_code)) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_SERVICE_POINTED, "service");
    }
    if (a->v.flow.office_id.given) { /* it turned out to be about the staff of the very office that has it */
        bool past;
        TRY(act_past_offices(a, service.id, a->v.flow.office_id.v, &past));
        if (past) {
            return fail_set(a->c->fail, ERR_CONFLICT, MSG_CASE_PAST_HOLDER, "service");
        }
    }
    a->v.row.service_id = service.id;
    a->v.flow.topic_id = service.id;
    TRY(amend_clock(a));
    TRY(case_store(a));
    return amend_step(a, S("service"), before);
}

static err amend_unit(struct acting *a)
{
    struct q_place_by_code unit;
    const str before = a->v.unit_code;
    const err e = place_find(a->c, a->act->unit, &unit);
    if (e.code == ERR_NOT_FOUND ||
        (e.code == ERR_OK && (!unit.district_id.given || unit.district_id.v != a->v.row.home))) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_UNIT_ELSEWHERE, "unit");
    }
    TRY(e);
    a->v.row.unit_id = unit.id;
    TRY(place_tehsil(a->c, unit.id, &a->v.row.tehsil_id));
    a->v.flow.tehsil_id = a->v.row.tehsil_id;
    a->v.flow.unit_id = unit.id;
    TRY(amend_clock(a));
    TRY(case_store(a));
    return amend_step(a, S("unit"), before);
}

static err phone_index_row(struct ctx *c, const struct case_view *v, phone p, bool add)
{
    uint8_t blind[BLIND_LEN];
    vault_blind(store_vault(c->store), S("phone"), p.e164, blind);
    const str hash = arena_str(c->arena, (str){(const char *)blind, sizeof blind});
    if (add) {
        const struct q_identity_index_add_in in = {
            .home = v->row.home, .index_kind_code = S("phone"), .blind_hash = hash, .case_id = v->row.id};
        return q_identity_index_add(c->db, &in, NULL);
    }
    const struct q_identity_index_remove_in in = {
        .home = v->row.home, .index_kind_code = S("phone"), .blind_hash = hash, .case_id = v->row.id};
    return q_identity_index_remove(c->db, &in, NULL);
}

/* The look-up by her old number goes. A key may be gone with a backup that was restored without its keys:
 * then nobody knows which number it was. */
static err phone_forget(struct ctx *c, const struct case_view *v, str sealed)
{
    phone old = {.e164 = STR_NONE};
    const err e = vault_unseal(c, v->row.key_no, S("phone"), sealed, &old.e164);
    if (e.code == ERR_NOT_FOUND) {
        const struct q_identity_index_drop_in in = {
            .home = v->row.home, .index_kind_code = S("phone"), .case_id = v->row.id};
        return q_identity_index_drop(c->db, &in, NULL);
    }
    TRY(e);
    return phone_index_row(c, v, old, false);
}

/* A number is identity: the old one is replaced, and the timeline says only that it was. That it was safe to
 * call was said of the old one. */
static err amend_phone(struct acting *a)
{
    struct ctx *c = a->c;
    struct q_identity_get row;
    str sealed;
    TRY(q_identity_get(c->db, c->arena, a->v.row.home, a->v.row.id, &row));
    if (a->v.row.anonymous_flag) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_CASE_ANONYMOUS_PHONE, "phone");
    }
    if (row.phone_enc.p != NULL) {
        TRY(phone_forget(c, &a->v, row.phone_enc));
    }
    const err e = vault_seal(c, a->v.row.key_no, S("phone"), a->act->phone.e164, &sealed);
    if (e.code == ERR_NOT_FOUND) {
        return fail_set(c->fail, ERR_CONFLICT, MSG_CASE_IDENTITY_LOST, "phone");
    }
    TRY(e);
    const struct q_identity_set_phone_in in = {
        .phone_enc = sealed, .home = a->v.row.home, .case_id = a->v.row.id};
    TRY(q_identity_set_phone(c->db, &in, NULL));
    TRY(phone_index_row(c, &a->v, a->act->phone, true));
    a->v.row.reachable_flag = 0;
    TRY(case_store(a));
    return amend_step(a, S("phone"), STR_NONE);
}

/* Whether there is a number that she wants to be called at, as things stand now. */
static err reachable_again(struct acting *a)
{
    struct q_identity_get row;
    str agreed[CASE_purpose_n];
    TRY(q_identity_get(a->c->db, a->c->arena, a->v.row.home, a->v.row.id, &row));
    TRY(case_consents(a->c, &a->v, agreed));
    const bool reachable =
        row.phone_enc.p != NULL && row.safe_call_flag && !str_eq(agreed[CASE_purpose_call], S("no"));
    if (reachable == (a->v.row.reachable_flag != 0)) {
        return OK;
    }
    a->v.row.reachable_flag = reachable;
    return case_store(a);
}

/* Whose number it is and when it is safe: what she says now holds, what is not said stays. */
static err amend_contact(struct acting *a)
{
    const struct case_act *act = a->act;
    struct q_identity_get row;
    TRY(q_identity_get(a->c->db, a->c->arena, a->v.row.home, a->v.row.id, &row));
    if (row.phone_enc.p == NULL) {
        return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_NO_NUMBER, "phone");
    }
    const struct q_identity_set_contact_in in = {
        .whose_phone_code = act->whose_phone.n > 0 ? act->whose_phone : row.whose_phone_code,
        .safe_call_flag = act->safe_call.given ? act->safe_call.v : row.safe_call_flag,
        .safe_sms_flag = act->safe_sms.given ? act->safe_sms.v : row.safe_sms_flag,
        .when_code = act->when.n > 0 ? act->when : row.when_code,
        .home = a->v.row.home,
        .case_id = a->v.row.id,
    };
    TRY(q_identity_set_contact(a->c->db, &in, NULL));
    TRY(reachable_again(a));
    return amend_step(a, S("contact"), STR_NONE);
}

/* Papers that were missing and are here now. */
static err amend_documents(struct acting *a)
{
    for (str rest = a->act->documents; rest.n > 0;) {
        const str code = str_trim(str_cut(&rest, '\n'));
        const struct q_case_document_give_in in = {
            .home = a->v.row.home, .case_id = a->v.row.id, .document_code = code};
        int64_t changed = 0;
        if (code.n == 0) {
            continue;
        }
        TRY(q_case_document_give(a->c->db, &in, &changed));
        if (changed != 1) {
            return fail_set(a->c->fail, ERR_INVALID, MSG_CASE_DOCUMENT_UNKNOWN, "documents");
        }
    }
    return amend_step(a, S("documents"), a->act->documents);
}

/* She no longer wants it written down who she is: nothing of it is left, in backups neither, for the key is
 * destroyed. The matter itself goes on. */
static err forget_her(struct acting *a)
{
    struct ctx *c = a->c;
    struct q_case_get *row = &a->v.row;
    struct q_identity_get kept;
    if (row->anonymous_flag) {
        return OK;
    }
    TRY(q_identity_get(c->db, c->arena, row->home, row->id, &kept));
    if (kept.phone_enc.p != NULL) {
        TRY(phone_forget(c, &a->v, kept.phone_enc));
    }
    TRY(q_identity_erase(c->db, row->home, row->id, NULL));
    TRY(q_identity_unsign(c->db, row->home, row->id, NULL));
    TRY(q_case_forget(c->db, row->home, row->id, NULL));
    row->anonymous_flag = 1;
    row->reachable_flag = 0;
    return vault_destroy(c, row->key_no);
}

/* What she agrees to from now on: each answer is kept, the last one holds. */
static err amend_consents(struct acting *a)
{
    TRY(consent_write(a->c, a->v.row.home, a->v.row.id, a->v.flow.step_no + 1, a->act->consent));
    if (str_eq(a->act->consent[CASE_purpose_record], S("no"))) {
        TRY(forget_her(a));
    }
    TRY(reachable_again(a));
    return amend_step(a, S("consent"), STR_NONE);
}

err amend_all(struct acting *a)
{
    const struct case_act *act = a->act;
    if (act_corrects(act) && a->c->actor.role != ROLE_DESK) {
        return fail_set(a->c->fail, ERR_DENIED, MSG_FLOW_NOT_YOURS, "action");
    }
    if (a->step.words.n > 0) {
        TRY(flow_act(a->c, &a->v.subject, &a->v.flow, &a->step));
    }
    if (str_trim(act->description).n > 0) {
        TRY(amend_words(a));
    }
    if (act->service.n > 0) {
        TRY(amend_service(a));
    }
    if (act->unit.n > 0) {
        TRY(amend_unit(a));
    }
    if (act->phone.e164.n > 0) {
        TRY(amend_phone(a));
    }
    if (contacts(act)) {
        TRY(amend_contact(a));
    }
    if (act->documents.n > 0) {
        TRY(amend_documents(a));
    }
    return consents(act) ? amend_consents(a) : OK;
}
