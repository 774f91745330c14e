/* pin.c: the six digits that go with a reference. */
#include "audit.h"
#include "case_person.h"
#include "clock.h"
#include "fold.h"
#include "msg.h"
#include "random.h"
#include "tries.h"

err case_pin(struct ctx *c, const case_ref *ref, char out[PIN_LEN])
{
    struct q_case_ref_get at;
    struct q_case_get row;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, &row));
    vault_pin(store_vault(c->store), case_ref_digits(ref), row.pin_generation_no, out);
    return OK;
}

/* Hers is the PIN of this number, and there is no case. Nobody hears from here that a number is held who has
 * not its PIN: only then is it asked for. */
static err away_of(struct ctx *c, str digits, enum case_opened *out)
{
    struct q_case_held_get held;
    TRY(q_case_held_get(c->db, c->arena, digits, &held));
    const struct audit_entry e = {.event = S("case.away_by_pin"),
                                  .home = held.home,
                                  .subject_kind = held.holder_kind,
                                  .subject_id = held.holder_id};
    *out = held.barred_ms.given ? CASE_PIN_BARRED : CASE_PIN_AWAY;
    return audit_add(c, &e);
}

err case_open_by_pin(struct ctx *c, const case_ref *ref, str pin, enum case_opened *out)
{
    const str digits = case_ref_digits(ref);
    TRY(tries_allowed(c, TRIES_PIN, digits));

    /* An unknown number is compared with the PIN it would have, and both answers count as a wrong try. */
    struct q_case_ref_get at = {.home = 0, .case_id = 0};
    struct q_case_get row = {.pin_generation_no = 0};
    const err known = q_case_ref_get(c->db, c->arena, digits, &at);
    if (known.code != ERR_OK && known.code != ERR_NOT_FOUND) {
        return known;
    }
    const err found = q_case_get(c->db, c->arena, at.home, at.case_id, &row);
    if (found.code != ERR_OK && found.code != ERR_NOT_FOUND) {
        return found;
    }
    char right[PIN_LEN];
    vault_pin(store_vault(c->store), digits, row.pin_generation_no, right);
    const bool same = pin.n == PIN_LEN && secret_eq(pin.p, right, PIN_LEN);
    if (same && found.code == ERR_OK) {
        /* Both answers cost a write: when nothing can be written and counted, nobody can go on guessing. */
        const struct audit_entry e = {.event = S("case.opened_by_pin"),
                                      .home = at.home,
                                      .subject_kind = S("case"),
                                      .subject_id = at.case_id};
        *out = CASE_PIN_RIGHT;
        return audit_add(c, &e);
    }
    const err away = same ? away_of(c, digits, out) : FAIL(NOT_FOUND);
    if (away.code != ERR_NOT_FOUND) {
        return away;
    }
    TRY(tries_note(c, TRIES_PIN, digits));
    *out = CASE_PIN_WRONG;
    return OK;
}

static err generation_of(struct ctx *c, const case_ref *ref, int64_t *out)
{
    struct q_case_ref_get at;
    struct q_case_get row;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    TRY(q_case_get(c->db, c->arena, at.home, at.case_id, &row));
    *out = row.pin_generation_no;
    return OK;
}

err case_key(struct ctx *c, const case_ref *ref, str *out)
{
    int64_t generation;
    TRY(generation_of(c, ref, &generation));
    *out = arena_printf(c->arena, "%.*s %lld", STR_F(case_ref_digits(ref)), (long long)generation);
    return out->p == NULL ? FAIL(LIMIT) : OK;
}

err case_of_key(struct ctx *c, str key, case_ref *out)
{
    case_ref ref;
    int64_t then;
    int64_t now;
    if (case_ref_of(c->arena, str_cut(&key, ' '), &ref).code != ERR_OK || !str_i64(key, &then)) {
        return FAIL(NOT_FOUND);
    }
    TRY(generation_of(c, &ref, &now));
    if (then != now) {
        return FAIL(NOT_FOUND);
    }
    *out = ref;
    return OK;
}

err case_admit(struct ctx *c, const case_ref *ref)
{
    struct q_case_ref_get at;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    c->actor = (struct actor){.role = ROLE_PUBLIC, .home = at.home, .case_id = at.case_id};
    c->may_show_identity = false;
    return OK;
}

/* ---- a lost slip ---- */

/* What is remembered of a fact: nothing asked, right, or wrong. */
enum fact { FACT_NOT_ASKED, FACT_RIGHT, FACT_WRONG };

static enum fact fact_of(bool asked, bool right)
{
    return !asked ? FACT_NOT_ASKED : right ? FACT_RIGHT : FACT_WRONG;
}

/* The same name, however it was typed. */
static bool name_fits(struct ctx *c, str given, str kept)
{
    str a;
    str b;
    return fold(c->arena, given, &a).code == ERR_OK && fold(c->arena, kept, &b).code == ERR_OK && a.n > 0 &&
           str_eq(a, b);
}

static err facts_count(struct ctx *c, const struct case_view *v, const struct case_facts *f, int *out_right,
                       int *out_wrong)
{
    enum { DAYS_OFF = 3 };
    struct q_identity_get row;
    str name;
    str number;
    const int64_t key = v->row.key_no;
    TRY(q_identity_get(c->db, c->arena, v->row.home, v->row.id, &row));
    TRY(person_unseal(c, key, S("name"), row.name_enc, &name));
    TRY(person_unseal(c, key, S("phone"), row.phone_enc, &number));
    const int64_t off = f->filed_day == 0 ? 0 : days_between(f->filed_day, v->row.filed_day);
    struct place_at around;
    struct q_place_by_code unit = {.id = 0};
    TRY(place_ancestors(c, v->row.unit_id, &around));
    const err placed = f->place.n == 0 ? FAIL(NOT_FOUND) : place_find(c, f->place, &unit);
    if (placed.code != ERR_OK && placed.code != ERR_NOT_FOUND) {
        return placed;
    }
    const bool there =
        unit.id != 0 && (unit.id == around.at[LEVEL_TEHSIL] || unit.id == around.at[LEVEL_COUNCIL]);
    const enum fact facts[] = {
        fact_of(f->name.n > 0, name.n > 0 && name_fits(c, f->name, name)),
        fact_of(f->phone.e164.n > 0, number.n > 0 && str_eq(f->phone.e164, number)),
        fact_of(f->place.n > 0, there),
        fact_of(f->service.n > 0, str_eq(f->service, v->service_code)),
        fact_of(f->filed_day != 0, off >= -DAYS_OFF && off <= DAYS_OFF),
    };
    *out_right = 0;
    *out_wrong = 0;
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        *out_right += facts[i] == FACT_RIGHT;
        *out_wrong += facts[i] == FACT_WRONG;
    }
    return OK;
}

err case_pin_retire(struct ctx *c, const case_ref *ref)
{
    struct q_case_ref_get at;
    TRY(q_case_ref_get(c->db, c->arena, case_ref_digits(ref), &at));
    return q_case_pin_next(c->db, at.home, at.case_id, NULL);
}

err case_pin_new(struct ctx *c, const case_ref *ref, const struct case_facts *facts, bool *out_done)
{
    enum { FACTS_NEEDED = 2 };
    struct case_view v;
    struct case_receipt done;
    int right;
    int wrong;
    const str digits = case_ref_digits(ref);
    const struct case_act act = {.action = CASE_PIN_NEW};
    *out_done = false;
    TRY(case_find(c, ref, &v));
    /* Counted apart from wrong PINs: who guesses at hers does not keep her from another one. */
    const str tried = arena_printf(c->arena, "facts/%.*s", STR_F(digits));
    const err allowed = tries_allowed(c, TRIES_PIN, tried);
    if (allowed.code == ERR_LIMIT) {
        return fail_set(c->fail, ERR_LIMIT, MSG_CASE_FACTS_WAIT, NULL);
    }
    TRY(allowed);
    TRY(facts_count(c, &v, facts, &right, &wrong));
    if (wrong == 0 && right < FACTS_NEEDED) {
        return fail_set(c->fail, ERR_INVALID, MSG_CASE_FACTS_TWO, "facts");
    }
    if (wrong > 0) {
        return tries_note(c, TRIES_PIN, tried);
    }
    TRY(case_do(c, ref, &act, &done));
    TRY(q_case_pin_next(c->db, v.row.home, v.row.id, NULL));
    TRY(tries_forget(c, TRIES_PIN, digits)); /* guesses at a PIN that is none any more */
    *out_done = true;
    return OK;
}
