/* case_find.c: who reaches which case, lists and search. */
#include "case.h"
#include "case_text.h"
#include "clock.h"
#include "lang.h"

/* The whole rule of reach. Nobody learns from a refusal whether the case exists. */
static bool reaches(const struct actor *who, const struct q_case_get *row, const struct q_flow_get *flow)
{
    switch (who->role) {
    case ROLE_PUBLIC:
        return who->case_id != 0 && who->case_id == row->id;
    case ROLE_DESK:
    case ROLE_SUPERVISOR:
    case ROLE_ADC:
        return who->home != 0 && who->home == row->home;
    case ROLE_OFFICER:
        return who->home == row->home && flow->office_id.given && who->office_id == flow->office_id.v;
    case ROLE_SYSTEM:
        return true;
    case ROLE_NOBODY:
    case ROLE_ADMIN:
    case ROLE_N:
        break;
    }
    return false;
}

static err names_fill(struct ctx *c, struct case_view *v)
{
    struct q_service_by_id service;
    struct q_place_by_id unit;
    TRY(q_service_by_id(c->db, c->arena, v->row.service_id, &service));
    v->service_code = service.service_code;
    TRY(label_find(c, S("service"), v->row.service_id, &v->service_name));
    TRY(q_place_by_id(c->db, c->arena, v->row.unit_id, &unit));
    v->unit_code = unit.unit_code;
    TRY(label_find(c, S("unit"), v->row.unit_id, &v->unit_name));
    if (v->row.unit_id != v->row.district_id) {
        str district;
        TRY(label_find(c, S("unit"), v->row.district_id, &district));
        TRY(place_within(c, v->unit_name, district, &v->unit_name));
    }
    v->office_name = S("");
    if (v->flow.office_id.given) {
        TRY(label_find(c, S("body"), v->flow.office_id.v, &v->office_name));
    }
    return OK;
}

err case_find(struct ctx *c, const case_ref *ref, struct case_view *out)
{
    struct q_case_ref_get at;
    struct case_view v = {.state = 0};
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, &v.row));
    v.subject = (struct subject){.kind = &complaint_kind, .home = at.home, .id = at.case_id};
    TRY(flow_now(c, &v.subject, &v.flow));
    if (!reaches(&c->actor, &v.row, &v.flow)) {
        return FAIL(NOT_FOUND);
    }
    v.state = (unsigned)v.flow.flow_state;
    TRY(names_fill(c, &v));
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
        if (c->actor.role == ROLE_PUBLIC && rows[i].inside_flag != 0) {
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

static err unseal(struct ctx *c, const struct case_view *v, str field, str sealed, str *out)
{
    if (sealed.p == NULL) {
        *out = S("");
        return OK;
    }
    return vault_unseal(c, v->row.key_no, field, sealed, out);
}

err case_identity(struct ctx *c, const struct case_view *v, struct case_identity *out)
{
    if (!c->may_show_identity || !case_identity_for(&c->actor, v)) {
        return FAIL(DENIED);
    }
    struct q_identity_get row;
    struct case_identity who = {.name = S("")};
    TRY(q_identity_get(c->db, c->arena, v->row.home, v->row.id, &row));
    TRY(unseal(c, v, S("name"), row.name_enc, &who.name));
    TRY(unseal(c, v, S("phone"), row.phone_enc, &who.phone));
    TRY(unseal(c, v, S("address"), row.address_enc, &who.address));
    who.whose_phone = row.whose_phone_code;
    who.safe_call = row.safe_call_flag != 0;
    *out = who;
    return OK;
}

/* Whose work lists are: the public and administrators reach no list, whatever else they are. */
static bool lists(const struct actor *who)
{
    return who->home != 0 && (who->role == ROLE_DESK || who->role == ROLE_OFFICER ||
                              who->role == ROLE_SUPERVISOR || who->role == ROLE_ADC);
}

/* The filter with codes turned into ids; *out_none when nothing can match. */
struct asked {
    struct opt_i64 state, office, topic, tehsil;
    bool none;
};

static err filter_resolve(struct ctx *c, const struct case_filter *f, struct asked *out)
{
    *out = (struct asked){.state = f->state};
    if (c->actor.role == ROLE_OFFICER) {
        out->office = SOME(c->actor.office_id);
    }
    if (f->service.n > 0) {
        struct q_service_by_code service;
        const err e = catalogue_find(c, f->service, &service);
        if (e.code == ERR_NOT_FOUND) {
            out->none = true;
            return OK;
        }
        TRY(e);
        out->topic = SOME(service.id);
    }
    if (f->unit.n > 0) {
        struct q_place_by_code unit;
        const err e = place_find(c, f->unit, &unit);
        if (e.code == ERR_NOT_FOUND) {
            out->none = true;
            return OK;
        }
        TRY(e);
        TRY(place_tehsil(c, unit.id, &out->tehsil));
        out->none = unit.district_id.given && unit.district_id.v != c->actor.home;
    }
    return OK;
}

static err list_by_due(struct ctx *c, const struct case_filter *f, const struct asked *a,
                       struct q_case_list **out, size_t *out_n)
{
    if (f->open) {
        const struct q_case_open_list_in in = {
            .home = c->actor.home,
            .office_id = a->office,
            .topic_id = a->topic,
            .tehsil_id = a->tehsil,
            .after_due_ms = f->after_due_ms,
            .after_id = f->after_id,
            .limit = f->limit + 1,
        };
        return q_case_open_list(c->db, c->arena, &in, out, out_n);
    }
    const struct q_case_list_in in = {
        .home = c->actor.home,
        .flow_state = a->state,
        .office_id = a->office,
        .topic_id = a->topic,
        .tehsil_id = a->tehsil,
        .after_due_ms = f->after_due_ms,
        .after_id = f->after_id,
        .limit = f->limit + 1,
    };
    return q_case_list(c->db, c->arena, &in, out, out_n);
}

/* A whole reference finds its case, if it is within reach. */
static err list_by_ref(struct ctx *c, const case_ref *ref, struct q_case_list **out, size_t *out_n)
{
    struct case_view v;
    struct q_case_list *row = arena_new_of(c->arena, struct q_case_list);
    *out = row;
    *out_n = 0;
    const err e = case_find(c, ref, &v);
    if (e.code == ERR_NOT_FOUND || row == NULL) {
        return row == NULL ? FAIL(LIMIT) : OK;
    }
    TRY(e);
    TRY(q_case_row(c->db, c->arena, v.row.home, v.row.id, row));
    *out_n = 1;
    return OK;
}

/* Lists that are newest first go on behind the id of the last row. */
static int64_t before(const struct case_filter *f)
{
    return f->after_id == 0 ? INT64_MAX : f->after_id;
}

static err list_by_phone(struct ctx *c, phone p, const struct case_filter *f, struct q_case_list **out,
                         size_t *out_n)
{
    uint8_t blind[BLIND_LEN];
    vault_blind(store_vault(c->store), S("phone"), p.e164, blind);
    const struct q_case_by_blind_in in = {
        .home = c->actor.home,
        .index_kind_code = S("phone"),
        .blind_hash = {(const char *)blind, sizeof blind},
        .before_id = before(f),
        .limit = f->limit + 1,
    };
    return q_case_by_blind(c->db, c->arena, &in, out, out_n);
}

static err list_by_words(struct ctx *c, const struct case_filter *f, const struct asked *a,
                         struct q_case_list **out, size_t *out_n)
{
    struct q_case_by_words_in in = {
        .home = c->actor.home,
        .before_id = before(f),
        .flow_state = a->state,
        .office_id = a->office,
        .topic_id = a->topic,
        .tehsil_id = a->tehsil,
        .limit = f->limit + 1,
    };
    const err e = search_terms_of(c, c->actor.home, f->words, &in.terms_text);
    if (e.code == ERR_INVALID) { /* no word in it: nothing is found, which is no failure */
        *out_n = 0;
        return OK;
    }
    TRY(e);
    return q_case_by_words(c->db, c->arena, &in, out, out_n);
}

err case_list(struct ctx *c, const struct case_filter *f, struct q_case_list **out, size_t *out_n,
              bool *out_more)
{
    struct asked a;
    struct q_case_list *rows = NULL;
    size_t n = 0;
    case_ref ref;
    phone number;
    TRY(filter_resolve(c, f, &a));
    if (a.none || !lists(&c->actor)) {
        *out = NULL;
        *out_n = 0;
        *out_more = false;
        return OK;
    }
    if (f->words.n == 0) {
        TRY(list_by_due(c, f, &a, &rows, &n));
    } else if (case_ref_of(c->arena, f->words, &ref).code == ERR_OK) {
        TRY(list_by_ref(c, &ref, &rows, &n));
    } else if (c->actor.role == ROLE_DESK && phone_of(c->arena, f->words, &number).code == ERR_OK) {
        TRY(list_by_phone(c, number, f, &rows, &n));
    } else {
        TRY(list_by_words(c, f, &a, &rows, &n));
    }
    *out_more = (int64_t)n > f->limit;
    *out = rows;
    *out_n = *out_more ? (size_t)f->limit : n;
    return OK;
}
