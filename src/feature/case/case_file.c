/* case_file.c: taking down a case. */
#include "case.h"
#include "case_bar.h"
#include "case_held.h"
#include "case_seal.h"
#include "case_text.h"
#include "clock.h"
#include "lang.h"
#include "msg.h"
#include "case_person.h"
#include "tally.h"

int64_t case_no_due(void)
{
    return day_at_ms(DAY_OPEN, 0, 0);
}

/* The place and the matter, looked up and allowed. */
struct matter {
    enum case_kind kind;
    struct opt_i64 division;
    struct opt_i64 same_as;
    bool anonymous;
    int64_t filed_ms;
    struct q_place_by_code unit;
    struct opt_i64 tehsil;
    struct q_service_by_code service;
    struct q_service_term_on term;
    struct bar_past past; /* nobody, unless it goes past the desk */
};

static err unit_find(struct ctx *c, const struct case_new *n, struct matter *out)
{
    struct place_at around;
    int64_t nearer;
    err e = place_find(c, n->unit, &out->unit);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !out->unit.district_id.given)) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_UNIT_UNKNOWN, "unit");
    }
    TRY(e);
    if (c->actor.role != ROLE_PUBLIC && c->actor.home != out->unit.district_id.v) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_UNIT_ELSEWHERE, "unit");
    }
    /* A village that is known by name says more than the tehsil that was chosen with it. */
    e = n->place.n == 0 ? FAIL(NOT_FOUND) : place_locality(c, out->unit.district_id.v, n->place, &nearer);
    bool inside = false;
    if (e.code == ERR_OK) {
        TRY(place_lies_in(c, nearer, out->unit.id, &inside));
    } else if (e.code != ERR_NOT_FOUND) {
        return e;
    }
    if (inside) {
        out->unit.id = nearer;
    }
    TRY(place_ancestors(c, out->unit.id, &around));
    out->division = around.at[LEVEL_DIVISION] != 0 ? SOME(around.at[LEVEL_DIVISION]) : NONE_I64;
    return place_tehsil(c, out->unit.id, &out->tehsil);
}

/* Nobody would see what is filed where no desk stands. */
static err unit_served(struct ctx *c, const struct matter *m)
{
    struct q_desk_of row;
    const err e = q_desk_of(c->db, c->arena, m->unit.district_id.v, local_day(c->now_ms), &row);
    return e.code == ERR_NOT_FOUND ? fail_set(c->fail, ERR_INVALID, MSG_CASE_UNIT_NOT_SERVED, "unit") : e;
}

static err service_find(struct ctx *c, const struct case_new *n, struct matter *out)
{
    err e = catalogue_find(c, n->service, &out->service);
    if (e.code == ERR_NOT_FOUND) {
        return fail_set(c->fail, ERR_INVALID,
                        catalogue_over(c, n->service) ? MSG_CASE_SERVICE_OVER : MSG_CASE_SERVICE_UNKNOWN,
                        "service");
    }
    TRY(e);
    if (!catalogue_takes_down(out->service.sensitivity_code)) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_SERVICE_POINTED, "service");
    }
    if (out->kind == KIND_APPLICATION && out->service.application_flag == 0) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_NO_APPLICATION, "kind");
    }
    /* A suggestion is answered, not owed by a date. */
    e = out->kind == KIND_SUGGESTION
            ? FAIL(NOT_FOUND)
            : catalogue_term(c, out->service.id, out->unit.id, local_day(out->filed_ms), &out->term);
    if (e.code == ERR_NOT_FOUND) {
        out->term = (struct q_service_term_on){.limit_days = NONE_I64, .basis_text = S("")};
        return OK;
    }
    return e;
}

/* "Me too": the first case of the fault, in the same district. */
static err same_find(struct ctx *c, const struct case_new *n, struct matter *out)
{
    case_ref ref;
    struct q_case_ref_get at;
    struct q_case_get first;
    out->same_as = NONE_I64;
    if (n->same_as.n == 0) {
        return OK;
    }
    const bool known = case_ref_of(c->arena, n->same_as, &ref).code == ERR_OK &&
                       q_case_ref_get(c->db, c->arena, case_ref_digits(&ref), &at).code == ERR_OK &&
                       at.home == out->unit.district_id.v;
    if (!known) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_SAME_UNKNOWN, "same_as");
    }
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, &first));
    out->same_as = first.same_as_id.given ? first.same_as_id : SOME(first.id);
    return OK;
}

/* What she told before today is filed on that day, where it is not too long ago. */
static err filed_find(struct ctx *c, const struct case_new *n, struct matter *out)
{
    const int64_t oldest = c->now_ms - (int64_t)(CASE_LATE_DAYS + 1) * 86400000;
    out->filed_ms = n->filed_ms == 0 ? c->now_ms : n->filed_ms;
    return out->filed_ms > c->now_ms || out->filed_ms < oldest
               ? fail_set(c->fail, ERR_INVALID, MSG_CASE_FILED_WHEN, "filed")
               : OK;
}

static err matter_find(struct ctx *c, const struct case_new *n, struct matter *out)
{
    TRY(filed_find(c, n, out));
    out->kind = KIND_COMPLAINT;
    if (n->kind.n > 0 && case_kind_of(n->kind, &out->kind).code != ERR_OK) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_KIND_UNKNOWN, "kind");
    }
    /* Without her consent nothing that says who she is can be kept; the matter still is. */
    out->anonymous = n->anonymous || str_eq(n->consent[CASE_purpose_record], S("no"));
    TRY(unit_find(c, n, out));
    TRY(unit_served(c, out));
    TRY(service_find(c, n, out));
    out->past = (struct bar_past){.to = NONE_I64};
    TRY(n->past_desk ? bar_past_find(c, out->unit.district_id.v, out->division, &out->past) : OK);
    return same_find(c, n, out);
}

static err content_write(struct ctx *c, const struct case_new *n, const struct matter *m,
                         const struct person *who, const case_ref *ref, struct q_case_add_in *out)
{
    str searchable;
    TRY(search_text_of(c, who->home, n->words, n->place, &searchable));
    const bool by_staff = c->actor.user_id != 0;
    const struct q_case_add_in row = {
        .home = who->home,
        .id = who->case_id,
        .case_kind_code = case_kind_code(m->kind),
        .ref_code = arena_str(c->arena, case_ref_digits(ref)),
        .service_id = m->service.id,
        .unit_id = m->unit.id,
        .province_id = m->unit.province_id.v,
        .division_id = m->division,
        .district_id = who->home,
        .tehsil_id = m->tehsil,
        .filed_office_id = by_staff ? SOME(c->actor.office_id) : NONE_I64,
        .filed_by_id = by_staff ? SOME(c->actor.user_id) : NONE_I64,
        .channel_code = n->channel,
        .lang_code = n->lang,
        .spoken_code = n->spoken.n == 0 ? STR_NONE : n->spoken,
        .behalf_code = n->behalf.n == 0 ? S("self") : n->behalf,
        .anonymous_flag = m->anonymous,
        .reachable_flag = person_reachable(who),
        .group_n = who->signed_n,
        .sex_code = n->sex,
        .age_code = person_figure(who, n->age, S("not_stated")),
        .disability_code = person_figure(who, person_disability(who), S("not_asked")),
        .minority_code = person_figure(who, n->minority, S("not_stated")),
        .same_as_id = m->same_as,
        .past_id = m->past.to,
        .words_text = n->words,
        .place_text = n->place.n == 0 ? STR_NONE : n->place,
        .filed_ms = m->filed_ms,
        .filed_day = local_day(m->filed_ms),
        .filed_month = local_month(m->filed_ms),
        .key_no = who->key_no,
        .search_text = searchable,
    };
    TRY(q_case_add(c->db, &row, NULL));
    const struct q_case_ref_add_in number = {
        .ref_code = row.ref_code, .home = who->home, .case_id = who->case_id};
    TRY(q_case_ref_add(c->db, &number, NULL));
    TRY(q_case_search_add(c->db, who->case_id, searchable, NULL));
    *out = row;
    return OK;
}

static bool brought(str documents, str code)
{
    while (documents.n > 0) {
        if (str_eq(str_trim(str_cut(&documents, '\n')), code)) {
            return true;
        }
    }
    return false;
}

/* The checklist as it was on the day: which papers came along, and which are still missing. A missing one
 * never stops an application; one that is not on the list is said to be so. */
static err documents_write(struct ctx *c, const struct case_new *n, const struct matter *m, int64_t case_id)
{
    struct q_service_documents *list;
    size_t list_n;
    if (m->kind != KIND_APPLICATION) {
        return OK;
    }
    TRY(catalogue_documents(c, m->service.id, &list, &list_n));
    for (str rest = n->documents; rest.n > 0;) {
        const str code = str_trim(str_cut(&rest, '\n'));
        bool known = code.n == 0;
        for (size_t i = 0; i < list_n; i++) {
            known = known || str_eq(list[i].document_code, code);
        }
        if (!known) {
            return fail_set(c->fail, ERR_INVALID, MSG_CASE_DOCUMENT_UNKNOWN, "documents");
        }
    }
    for (size_t i = 0; i < list_n; i++) {
        const struct q_case_document_add_in row = {.home = m->unit.district_id.v,
                                                   .case_id = case_id,
                                                   .document_code = list[i].document_code,
                                                   .given_flag =
                                                       brought(n->documents, list[i].document_code)};
        TRY(q_case_document_add(c->db, &row, NULL));
    }
    return OK;
}

/* Where it stands first, and the promise that begins with it. */
static err flow_begin(struct ctx *c, const struct case_new *n, const struct matter *m,
                      const struct subject *subject, const struct seal *said, int64_t *out_due)
{
    *out_due = m->term.limit_days.given ? due_at(m->filed_ms, m->term.limit_days.v) : case_no_due();
    const struct q_flow_get facets = {.office_id = m->past.to,
                                      .unit_id = m->unit.id,
                                      .tehsil_id = m->tehsil,
                                      .topic_id = m->service.id,
                                      .due_ms = *out_due};
    const struct flow_step_in step = {.action = CASE_FILE, .via = n->channel, .content = seal_text(said)};
    TRY(flow_start(c, subject, CASE_REGISTERED, &facets, &step));
    if (!m->term.limit_days.given) {
        return OK;
    }
    const struct promise p = {m->filed_ms, m->term.limit_days.v, m->term.basis_text};
    return clock_start(c, subject, CASE_CLOCK, &p, out_due);
}

err case_file(struct ctx *c, const struct case_new *n, struct case_receipt *out)
{
    struct matter m;
    struct person who = {.told = n};
    struct q_case_add_in row;
    struct seal said;
    case_ref ref;
    int64_t due;
    TRY(matter_find(c, n, &m));
    who.home = m.unit.district_id.v;
    who.anonymous = m.anonymous;
    who.signed_n = person_signed(n);
    who.case_id = id_next(c);
    const struct subject subject = {.kind = &case_kinds[m.kind], .home = who.home, .id = who.case_id};
    TRY(n->hold != NULL ? held_take(c, n, who.home, &ref) : ref_draw(c, &ref));
    TRY(vault_key_take(c, &who.key_no));
    TRY(content_write(c, n, &m, &who, &ref, &row));
    TRY(person_write(c, &who));
    TRY(documents_write(c, n, &m, who.case_id));
    const struct bar_case at = {who.home, who.case_id};
    TRY(bar_past_add(c, &at, &m.past));
    TRY(bar_room(c, &at, n->room));
    TRY(case_new_seal(c, &row, &said));
    TRY(flow_begin(c, n, &m, &subject, &said, &due));
    const struct tally_key counted = {
        .home = who.home,
        .filed_month = row.filed_month,
        .kind = case_kind_code(m.kind),
        .service_id = m.service.id,
        .tehsil_id = m.tehsil.given ? m.tehsil.v : 0,
        .sex = n->sex,
        .state = CASE_REGISTERED,
        .reason = S(""),
    };
    TRY(tally_begin(c, &counted));
    TRY(flow_news(c, &subject, S("case.filed")));
    *out = (struct case_receipt){.ref = ref, .state = CASE_REGISTERED, .due_ms = due};
    return OK;
}
