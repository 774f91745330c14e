#include "case_person.h"

int64_t person_signed(const struct case_new *n)
{
    int64_t names = 0;
    for (str rest = n->signatories; rest.n > 0;) {
        names += str_trim(str_cut(&rest, '\n')).n > 0;
    }
    return names;
}

bool person_reachable(const struct person *who)
{
    const struct case_new *n = who->told;
    return !who->anonymous && n->phone.e164.n > 0 && n->safe_call &&
           !str_eq(n->consent[CASE_purpose_call], S("no"));
}

str person_figure(const struct person *who, str told, str otherwise)
{
    const bool wanted = !str_eq(who->told->consent[CASE_purpose_figures], S("no"));
    return wanted && told.n > 0 ? told : otherwise;
}

str person_disability(const struct person *who)
{
    bool asked = false;
    bool much = false;
    for (size_t i = 0; i < CASE_DIFFICULTIES_ASKED; i++) {
        const str d = who->told->difficulty[i];
        asked = asked || d.n > 0;
        much = much || str_eq(d, S("lot")) || str_eq(d, S("cannot"));
    }
    return much ? S("yes") : asked ? S("no") : S("");
}

err person_seal(struct ctx *c, int64_t key_no, str field, str plain, str *out)
{
    if (plain.n == 0) {
        *out = STR_NONE;
        return OK;
    }
    return vault_seal(c, key_no, field, plain, out);
}

err person_unseal(struct ctx *c, int64_t key_no, str field, str sealed, str *out)
{
    if (sealed.p == NULL) {
        *out = S("");
        return OK;
    }
    return vault_unseal(c, key_no, field, sealed, out);
}

static err phone_index(struct ctx *c, const struct person *who)
{
    uint8_t blind[BLIND_LEN];
    vault_blind(store_vault(c->store), S("phone"), who->told->phone.e164, blind);
    const struct q_identity_index_add_in row = {
        .home = who->home,
        .index_kind_code = S("phone"),
        .blind_hash = arena_str(c->arena, (str){(const char *)blind, sizeof blind}),
        .case_id = who->case_id,
    };
    return q_identity_index_add(c->db, &row, NULL);
}

/* Her six answers as one text, in the order in which they are asked. */
static str difficulties_text(struct ctx *c, const struct person *who)
{
    const str *d = who->told->difficulty;
    if (person_disability(who).n == 0 || str_eq(who->told->consent[CASE_purpose_figures], S("no"))) {
        return STR_NONE;
    }
    return arena_printf(c->arena, "%.*s,%.*s,%.*s,%.*s,%.*s,%.*s", STR_F(d[0]), STR_F(d[1]), STR_F(d[2]),
                        STR_F(d[3]), STR_F(d[4]), STR_F(d[5]));
}

static str or_none(str s)
{
    return s.n == 0 ? STR_NONE : s;
}

static err her_row(struct ctx *c, const struct person *who)
{
    const struct case_new *n = who->told;
    struct q_identity_add_in row = {.home = who->home, .case_id = who->case_id, .party_no = 1};
    if (who->anonymous) {
        return q_identity_add(c->db, &row, NULL);
    }
    row.relation_code = or_none(n->relation);
    row.whose_phone_code = or_none(n->whose_phone);
    row.safe_call_flag = n->safe_call;
    row.safe_sms_flag = n->safe_sms;
    row.when_code = or_none(n->when);
    TRY(person_seal(c, who->key_no, S("name"), n->name, &row.name_enc));
    TRY(person_seal(c, who->key_no, S("alias"), n->alias, &row.alias_enc));
    TRY(person_seal(c, who->key_no, S("relation_name"), n->relation_name, &row.relation_name_enc));
    TRY(person_seal(c, who->key_no, S("phone"), n->phone.e164, &row.phone_enc));
    TRY(person_seal(c, who->key_no, S("address"), n->address, &row.address_enc));
    TRY(person_seal(c, who->key_no, S("cnic"), n->cnic, &row.cnic_enc));
    TRY(person_seal(c, who->key_no, S("difficulty"), difficulties_text(c, who), &row.difficulty_enc));
    TRY(q_identity_add(c->db, &row, NULL));
    return n->phone.e164.n == 0 ? OK : phone_index(c, who);
}

static err signatories_write(struct ctx *c, const struct person *who)
{
    int64_t party = 2;
    for (str rest = who->told->signatories; rest.n > 0 && !who->anonymous;) {
        const str name = str_trim(str_cut(&rest, '\n'));
        if (name.n == 0) {
            continue;
        }
        struct q_identity_add_in row = {.home = who->home, .case_id = who->case_id, .party_no = party++};
        TRY(person_seal(c, who->key_no, S("signatory"), name, &row.name_enc));
        TRY(q_identity_add(c->db, &row, NULL));
    }
    return OK;
}

err consent_write(struct ctx *c, int64_t home, int64_t case_id, int64_t step_no,
                  const str answers[CASE_purpose_n])
{
    for (size_t i = 0; i < CASE_purpose_n; i++) {
        if (answers[i].n == 0) {
            continue;
        }
        const struct q_consent_add_in row = {
            .home = home,
            .case_id = case_id,
            .id = id_next(c),
            .purpose_code = case_purpose_words[i].code,
            .given_flag = str_eq(answers[i], S("yes")),
            .step_no = step_no,
            .asked_ms = c->now_ms,
            .asked_by_id = c->actor.user_id != 0 ? SOME(c->actor.user_id) : NONE_I64,
        };
        TRY(q_consent_add(c->db, &row, NULL));
    }
    return OK;
}

err person_write(struct ctx *c, const struct person *who)
{
    TRY(her_row(c, who));
    TRY(signatories_write(c, who));
    return consent_write(c, who->home, who->case_id, 1, who->told->consent);
}
