/* case_find.c: one case, its timeline, and who it is of. */
#include "case_person.h"
#include "case_scope.h"
#include "clock.h"
#include "lang.h"

/* In her language, or that of whoever looks. Rules go by codes, and a write shows nothing: six look-ups less.
 */
static err names_fill(struct ctx *c, struct case_view *v)
{
    v->service_name = S("");
    v->unit_name = S("");
    v->office_name = S("");
    if (c->writing) {
        return OK;
    }
    TRY(label_find(c, S("service"), v->row.service_id, &v->service_name));
    TRY(label_find(c, S("unit"), v->row.unit_id, &v->unit_name));
    if (v->row.unit_id != v->row.district_id) {
        str district;
        TRY(label_find(c, S("unit"), v->row.district_id, &district));
        TRY(place_within(c, v->unit_name, district, &v->unit_name));
    }
    return v->flow.office_id.given ? label_find(c, S("body"), v->flow.office_id.v, &v->office_name) : OK;
}

static err codes_fill(struct ctx *c, struct case_view *v)
{
    struct q_service_by_id service;
    struct q_place_by_id unit;
    TRY(q_service_by_id(c->db, c->arena, v->row.service_id, &service));
    v->service_code = service.service_code;
    TRY(q_place_by_id(c->db, c->arena, v->row.unit_id, &unit));
    v->unit_code = unit.unit_code;
    return OK;
}

/* How many told of the same fault. */
static err told_count(struct ctx *c, struct case_view *v)
{
    struct q_case_told row;
    const int64_t first = v->row.same_as_id.given ? v->row.same_as_id.v : v->row.id;
    TRY(q_case_told(c->db, c->arena, v->row.home, first, &row));
    v->told_n = row.cases_n + 1;
    return OK;
}

/* Who just gave it back as not his own has it no more, but may still take that back. */
static bool gave_back_now(struct ctx *c, const struct case_view *v)
{
    return c->actor.role == ROLE_OFFICER && v->flow.action_no == CASE_WRONG_DEPARTMENT &&
           flow_undoable(c, &v->subject, &v->flow);
}

/* Where it stands, when it is in reach; without names and counts. */
static err reach(struct ctx *c, const case_ref *ref, struct case_view *v)
{
    struct q_case_ref_get at;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, &v->row));
    TRY(case_kind_of(v->row.case_kind_code, &v->kind));
    v->subject = (struct subject){.kind = &case_kinds[v->kind], .home = at.home, .id = at.case_id};
    TRY(flow_now(c, &v->subject, &v->flow));
    v->state = (unsigned)v->flow.flow_state;
    bool reached;
    TRY(scope_reaches(c, &v->row, &v->flow, &reached));
    return reached || gave_back_now(c, v) ? OK : FAIL(NOT_FOUND);
}

err case_find(struct ctx *c, const case_ref *ref, struct case_view *out)
{
    struct case_view v = {.state = 0};
    TRY(reach(c, ref, &v));
    TRY(codes_fill(c, &v));
    TRY(names_fill(c, &v));
    TRY(told_count(c, &v));
    *out = v;
    return OK;
}

/* Words that were corrected may have been corrected because they named somebody: the department no longer
 * reads them. */
static bool words_shown(const struct actor *who, const struct q_step_list *s)
{
    return who->role != ROLE_OFFICER || s->action_no != CASE_AMEND ||
           !str_eq(s->detail_code, S("description"));
}

/* What stays between offices, and what was taken back before anybody saw it, is none of her story. */
static bool shown_to_her(const struct q_step_list *s, bool undone)
{
    return s->inside_flag == 0 && s->action_no != CASE_UNDO && !undone;
}

err case_timeline(struct ctx *c, const struct case_view *v, struct q_step_list **out, size_t *out_n,
                  bool *out_more)
{
    struct q_step_list *rows;
    size_t n;
    TRY(flow_timeline(c, &v->subject, 0, CASE_STEPS_SHOWN + 1, &rows, &n));
    *out_more = n > CASE_STEPS_SHOWN;
    n = *out_more ? CASE_STEPS_SHOWN : n;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const bool undone = i > 0 && rows[i - 1].action_no == CASE_UNDO;
        if (c->actor.role == ROLE_PUBLIC && !shown_to_her(&rows[i], undone)) {
            continue;
        }
        rows[kept] = rows[i];
        if (!words_shown(&c->actor, &rows[i])) {
            rows[kept].words_text = STR_NONE;
        }
        kept++;
    }
    *out = rows;
    *out_n = kept;
    return OK;
}

bool case_identity_for(const struct actor *who, const struct case_view *v)
{
    return who->role == ROLE_DESK && who->home == v->row.home;
}

bool case_calls_for(const struct actor *who, const struct case_view *v)
{
    return case_identity_for(who, v) ||
           (who->role == ROLE_ADC && v->row.past_id.given && v->row.past_id.v == who->office_id);
}

/* "none,some,,lot,…" as difficulties_text() of case_person.c wrote it. */
static void difficulties_of(str text, str out[CASE_DIFFICULTIES_ASKED])
{
    for (size_t i = 0; i < CASE_DIFFICULTIES_ASKED; i++) {
        out[i] = str_cut(&text, ',');
    }
}

static err signatories_fill(struct ctx *c, const struct case_view *v, struct case_identity *who)
{
    struct q_identity_signed *rows;
    size_t n;
    TRY(q_identity_signed(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    str *names = arena_array_of(c->arena, str, n + 1);
    if (names == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(person_unseal(c, v->row.key_no, S("signatory"), rows[i].name_enc, &names[i]));
    }
    who->signatories = names;
    who->signatories_n = n;
    return OK;
}

/* What a call needs. */
static err contact_fill(struct ctx *c, const struct case_view *v, const struct q_identity_get *row,
                        struct case_identity *who)
{
    const int64_t key = v->row.key_no;
    TRY(person_unseal(c, key, S("name"), row->name_enc, &who->name));
    TRY(person_unseal(c, key, S("alias"), row->alias_enc, &who->alias));
    TRY(person_unseal(c, key, S("phone"), row->phone_enc, &who->phone));
    who->whose_phone = row->whose_phone_code;
    who->when = row->when_code;
    who->safe_call = row->safe_call_flag != 0;
    who->safe_sms = row->safe_sms_flag != 0;
    return OK;
}

err case_identity(struct ctx *c, const struct case_view *v, struct case_identity *out)
{
    if (!c->may_show_identity || !case_calls_for(&c->actor, v)) {
        return FAIL(DENIED);
    }
    struct q_identity_get row;
    struct case_identity who = {.relation = S("")};
    str difficulty;
    const int64_t key = v->row.key_no;
    TRY(q_identity_get(c->db, c->arena, v->row.home, v->row.id, &row));
    TRY(contact_fill(c, v, &row, &who));
    if (!case_identity_for(&c->actor, v)) {
        *out = who;
        return OK;
    }
    TRY(person_unseal(c, key, S("relation_name"), row.relation_name_enc, &who.relation_name));
    TRY(person_unseal(c, key, S("cnic"), row.cnic_enc, &who.cnic));
    TRY(person_unseal(c, key, S("address"), row.address_enc, &who.address));
    TRY(person_unseal(c, key, S("difficulty"), row.difficulty_enc, &difficulty));
    difficulties_of(difficulty, who.difficulty);
    who.relation = row.relation_code;
    TRY(signatories_fill(c, v, &who));
    *out = who;
    return OK;
}

err case_consents(struct ctx *c, const struct case_view *v, str out[CASE_purpose_n])
{
    struct q_consent_list *rows;
    size_t n;
    TRY(q_consent_list(c->db, c->arena, v->row.home, v->row.id, &rows, &n));
    for (size_t p = 0; p < CASE_purpose_n; p++) {
        out[p] = S("");
        for (size_t i = 0; i < n; i++) {
            if (str_eq(rows[i].purpose_code, case_purpose_words[p].code)) {
                out[p] = rows[i].given_flag ? S("yes") : S("no");
            }
        }
    }
    return OK;
}

err case_seen(struct ctx *c, const case_ref *ref)
{
    struct case_view v = {.state = 0};
    TRY(reach(c, ref, &v));
    return flow_seen(c, &v.subject, v.flow.step_no);
}

bool case_unseen(struct ctx *c, const case_ref *ref)
{
    struct case_view v = {.state = 0};
    return reach(c, ref, &v).code == ERR_OK && flow_unseen(c, &v.subject, v.flow.step_no);
}

err case_papers(struct ctx *c, const struct case_view *v, struct case_paper **out, size_t *out_n)
{
    struct q_case_document_list *rows;
    TRY(q_case_document_list(c->db, c->arena, v->row.home, v->row.id, &rows, out_n));
    struct case_paper *papers = arena_array_of(c->arena, struct case_paper, *out_n + 1);
    if (papers == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < *out_n; i++) {
        int64_t id;
        papers[i] = (struct case_paper){.code = rows[i].document_code, .given = rows[i].given_flag != 0};
        TRY(catalogue_document_find(c, papers[i].code, &id));
        TRY(label_find(c, S("document"), id, &papers[i].name));
    }
    *out = papers;
    return OK;
}
