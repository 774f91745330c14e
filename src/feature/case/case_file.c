/* case_file.c: taking down a case. */
#include "case.h"
#include "case_text.h"
#include "clock.h"
#include "lang.h"
#include "msg.h"
#include "tally.h"

int64_t case_no_due(void)
{
    return day_at_ms(DAY_OPEN, 0, 0);
}

/* The place and the matter, looked up and allowed. */
struct matter {
    struct q_place_by_code unit;
    struct opt_i64 tehsil;
    struct q_service_by_code service;
    struct q_service_term_on term;
};

static err matter_find(struct ctx *c, const struct case_new *n, struct matter *out)
{
    err e = place_find(c, n->unit, &out->unit);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_OK && !out->unit.district_id.given)) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_UNIT_UNKNOWN, "unit");
    }
    TRY(e);
    if (c->actor.role != ROLE_PUBLIC && c->actor.home != out->unit.district_id.v) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_UNIT_ELSEWHERE, "unit");
    }
    TRY(place_tehsil(c, out->unit.id, &out->tehsil));
    e = catalogue_find(c, n->service, &out->service);
    if (e.code == ERR_NOT_FOUND) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_SERVICE_UNKNOWN, "service");
    }
    TRY(e);
    if (!catalogue_takes_down(out->service.sensitivity_code)) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_SERVICE_POINTED, "service");
    }
    e = catalogue_term(c, out->service.id, out->unit.id, local_day(c->now_ms), &out->term);
    if (e.code == ERR_NOT_FOUND) {
        out->term = (struct q_service_term_on){.limit_days = NONE_I64, .basis_text = S("")};
        return OK;
    }
    return e;
}

/* A number nobody has yet. It is drawn, never counted, so that one number tells nothing about another. */
static err ref_draw(struct ctx *c, case_ref *out)
{
    enum { DRAWS = 20 };
    for (int i = 0; i < DRAWS; i++) {
        const case_ref ref = case_ref_random();
        struct q_case_ref_get taken;
        const err e = q_case_ref_get(c->db, c->arena, case_ref_digits(&ref), &taken);
        if (e.code == ERR_OK) {
            continue;
        }
        if (e.code != ERR_NOT_FOUND) {
            return e;
        }
        *out = ref;
        return OK;
    }
    return fail_log(c->fail, ERR_LIMIT, "no free reference in %d draws", DRAWS);
}

static err seal(struct ctx *c, int64_t key_no, str field, str plain, str *out)
{
    if (plain.n == 0) {
        *out = STR_NONE;
        return OK;
    }
    return vault_seal(c, key_no, field, plain, out);
}

static err phone_index(struct ctx *c, int64_t home, int64_t id, phone p)
{
    uint8_t blind[BLIND_LEN];
    vault_blind(store_vault(c->store), S("phone"), p.e164, blind);
    const struct q_identity_index_add_in row = {
        .home = home,
        .index_kind_code = S("phone"),
        .blind_hash = arena_str(c->arena, (str){(const char *)blind, sizeof blind}),
        .case_id = id,
    };
    return q_identity_index_add(c->db, &row, NULL);
}

static err identity_write(struct ctx *c, const struct case_new *n, int64_t home, int64_t id, int64_t key_no)
{
    struct q_identity_add_in row = {
        .home = home,
        .case_id = id,
        .whose_phone_code = n->whose_phone.n == 0 ? STR_NONE : n->whose_phone,
        .safe_call_flag = n->safe_call,
    };
    TRY(seal(c, key_no, S("name"), n->name, &row.name_enc));
    TRY(seal(c, key_no, S("phone"), n->phone.e164, &row.phone_enc));
    TRY(seal(c, key_no, S("address"), n->address, &row.address_enc));
    TRY(q_identity_add(c->db, &row, NULL));
    return n->phone.e164.n == 0 ? OK : phone_index(c, home, id, n->phone);
}

static err content_write(struct ctx *c, const struct case_new *n, const struct matter *m, int64_t id,
                         const case_ref *ref, int64_t key_no)
{
    const int64_t home = m->unit.district_id.v;
    str searchable;
    TRY(search_text_of(c, home, n->words, n->place, &searchable));
    const bool by_staff = c->actor.user_id != 0;
    const struct q_case_add_in row = {
        .home = home,
        .id = id,
        .case_kind_code = S("complaint"),
        .ref_code = arena_str(c->arena, case_ref_digits(ref)),
        .service_id = m->service.id,
        .unit_id = m->unit.id,
        .province_id = m->unit.province_id.v,
        .district_id = home,
        .tehsil_id = m->tehsil,
        .filed_office_id = by_staff ? SOME(c->actor.office_id) : NONE_I64,
        .filed_by_id = by_staff ? SOME(c->actor.user_id) : NONE_I64,
        .channel_code = n->channel,
        .lang_code = n->lang,
        .sex_code = n->sex,
        .words_text = n->words,
        .place_text = n->place.n == 0 ? STR_NONE : n->place,
        .filed_ms = c->now_ms,
        .filed_day = local_day(c->now_ms),
        .filed_month = local_month(c->now_ms),
        .key_no = key_no,
        .search_text = searchable,
    };
    TRY(q_case_add(c->db, &row, NULL));
    const struct q_case_ref_add_in number = {.ref_code = row.ref_code, .home = home, .case_id = id};
    TRY(q_case_ref_add(c->db, &number, NULL));
    return q_case_search_add(c->db, id, searchable, NULL);
}

err case_file(struct ctx *c, const struct case_new *n, struct case_receipt *out)
{
    struct matter m;
    TRY(matter_find(c, n, &m));
    const int64_t home = m.unit.district_id.v;
    const int64_t id = id_next(c);
    const struct subject subject = {.kind = &complaint_kind, .home = home, .id = id};
    int64_t due = case_no_due();
    case_ref ref;
    int64_t key_no;
    TRY(ref_draw(c, &ref));
    TRY(vault_key_take(c, &key_no));
    TRY(content_write(c, n, &m, id, &ref, key_no));
    TRY(identity_write(c, n, home, id, key_no));

    if (m.term.limit_days.given) {
        due = due_at(c->now_ms, m.term.limit_days.v);
    }
    const struct q_flow_get facets = {
        .unit_id = m.unit.id, .tehsil_id = m.tehsil, .topic_id = m.service.id, .due_ms = due};
    const struct flow_step_in step = {.action = CASE_FILE, .via = n->channel};
    TRY(flow_start(c, &subject, CASE_REGISTERED, &facets, &step));
    if (m.term.limit_days.given) {
        const struct promise p = {c->now_ms, m.term.limit_days.v, m.term.basis_text};
        TRY(clock_start(c, &subject, S("resolve"), &p, &due));
    }
    const struct tally_key counted = {
        .home = home,
        .filed_month = local_month(c->now_ms),
        .kind_no = complaint_kind.kind_no,
        .service_id = m.service.id,
        .sex = n->sex,
        .state = CASE_REGISTERED,
    };
    TRY(tally_change(c, &counted, 1));
    TRY(flow_news(c, &subject, S("case.filed")));
    *out = (struct case_receipt){.ref = ref, .state = CASE_REGISTERED, .due_ms = due};
    return OK;
}
