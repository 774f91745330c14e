/* people.c: who brought cases with a number. */
#include "people.h"

#include "audit.h"
#include "case_person.h"
#include "fold.h"
#include "msg.h"
#include "tries.h"
#include "vault.h"

/* What tells two people of one number apart. */
struct mark {
    str name; /* folded; empty: not given */
    str alias;
};

static err cases_of(struct ctx *c, phone number, int64_t limit, struct q_case_of_blind **out, size_t *out_n)
{
    uint8_t blind[BLIND_LEN];
    vault_blind(store_vault(c->store), S("phone"), number.e164, blind);
    const struct q_case_of_blind_in in = {
        .home = c->actor.home,
        .index_kind_code = S("phone"),
        .blind_hash = arena_str(c->arena, (str){(const char *)blind, sizeof blind}),
        .barred_id = c->actor.office_id, /* not even that she came */
        .limit = limit,
    };
    return q_case_of_blind(c->db, c->arena, &in, out, out_n);
}

static err mark_of(struct ctx *c, int64_t home, int64_t case_id, int64_t key_no, struct mark *out)
{
    struct q_identity_get row;
    str name;
    TRY(q_identity_get(c->db, c->arena, home, case_id, &row));
    TRY(person_unseal(c, key_no, S("name"), row.name_enc, &name));
    TRY(person_unseal(c, key_no, S("alias"), row.alias_enc, &out->alias));
    return fold(c->arena, name, &out->name);
}

/* Those without a name are told apart by alias; those without either are somebody each. */
static bool same_person(const struct mark *a, const struct mark *b)
{
    if (a->name.n > 0 || b->name.n > 0) {
        return str_eq(a->name, b->name);
    }
    return a->alias.n > 0 && str_eq(a->alias, b->alias);
}

static bool allowed(const struct ctx *c)
{
    return c->may_show_identity && c->actor.role == ROLE_DESK;
}

err people_known(struct ctx *c, phone number, bool *out)
{
    struct q_case_of_blind *rows;
    size_t n;
    TRY(cases_of(c, number, 1, &rows, &n));
    *out = n > 0;
    return OK;
}

err people_find(struct ctx *c, phone number, struct candidate **out, size_t *out_n)
{
    struct q_case_of_blind *rows;
    size_t n;
    size_t kept = 0;
    if (!allowed(c)) {
        return FAIL(DENIED);
    }
    TRY(cases_of(c, number, PEOPLE_CASES_MAX, &rows, &n));
    struct candidate *who = arena_array_of(c->arena, struct candidate, n + 1);
    struct mark *marks = arena_array_of(c->arena, struct mark, n + 1);
    if (who == NULL || marks == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = n; i-- > 0;) { /* oldest first */
        struct mark is;
        const err e = mark_of(c, c->actor.home, rows[i].id, rows[i].key_no, &is);
        if (e.code == ERR_NOT_FOUND) {
            continue; /* erased */
        }
        TRY(e);
        size_t at = 0;
        while (at < kept && !same_person(&marks[at], &is)) {
            at++;
        }
        TRY(case_ref_of(c->arena, rows[i].ref_code, &who[at].key));
        who[at].alias = is.alias.n > 0 || at == kept ? is.alias : who[at].alias;
        who[at].has_name = is.name.n > 0;
        marks[at] = is;
        kept += at == kept;
    }
    *out = who;
    *out_n = kept;
    return OK;
}

/* A folded name in words: whether every word of one is among those of the other. */
static bool words_among(str few, str many)
{
    while (few.n > 0) {
        const str word = str_cut(&few, ' ');
        bool found = false;
        for (str rest = many; rest.n > 0 && !found;) {
            found = str_eq(str_cut(&rest, ' '), word);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* What stands in half of all names tells nobody apart, in whichever language it is written. */
static bool is_title(str word)
{
    for (enum lang l = 0; l < LANG_N; l++) {
        if (words_among(word, msg_text(l, MSG_PEOPLE_TITLES))) {
            return true;
        }
    }
    return false;
}

/* The first word of a folded name that is hers alone; empty when it has none but titles. */
static str own_word(str name)
{
    while (name.n > 0) {
        const str word = str_cut(&name, ' ');
        if (!is_title(word)) {
            return word;
        }
    }
    return S("");
}

/* "Shazia" is the Shazia Bibi of this number, and "Shazia Bibi Khan" is its Shazia. "Bibi" alone is nobody,
 * nor is a row of names in which hers stands somewhere: each try guesses one. */
static bool name_right(str typed, str name)
{
    const str own = own_word(typed);
    return typed.n > 0 && name.n > 0 &&
           ((own.n > 0 && words_among(typed, name)) ||
            (str_eq(own, own_word(name)) && words_among(name, typed)));
}

err people_open(struct ctx *c, const case_ref *key, str name, bool *out_right)
{
    struct case_view v;
    struct mark is;
    str typed;
    *out_right = false;
    const str tried = arena_printf(c->arena, "name/%.*s", STR_F(case_ref_digits(key)));
    TRY(case_find(c, key, &v));
    if (!case_identity_for(&c->actor, &v)) {
        return FAIL(DENIED);
    }
    const err allowed = tries_allowed(c, TRIES_PIN, tried);
    if (allowed.code == ERR_LIMIT) {
        return fail_set(c->fail, ERR_LIMIT, MSG_CASE_FACTS_WAIT, NULL);
    }
    TRY(allowed);
    TRY(mark_of(c, v.row.home, v.row.id, v.row.key_no, &is));
    TRY(fold(c->arena, name, &typed));
    if (!name_right(typed, is.name)) {
        return tries_note(c, TRIES_PIN, tried);
    }
    const struct audit_entry e = {.event = S("identity.viewed"),
                                  .home = v.row.home,
                                  .subject_kind = S("case"),
                                  .subject_id = v.row.id,
                                  .detail = S("by=number")};
    *out_right = true;
    return audit_add(c, &e);
}

err people_cases(struct ctx *c, const case_ref *key, phone number, case_ref **out, size_t *out_n)
{
    struct case_view v;
    struct mark hers;
    struct q_case_of_blind *rows;
    size_t n;
    size_t kept = 0;
    if (!allowed(c)) {
        return FAIL(DENIED);
    }
    TRY(case_find(c, key, &v));
    TRY(mark_of(c, v.row.home, v.row.id, v.row.key_no, &hers));
    TRY(cases_of(c, number, PEOPLE_CASES_MAX, &rows, &n));
    case_ref *refs = arena_array_of(c->arena, case_ref, n + 1);
    if (refs == NULL) {
        return FAIL(LIMIT);
    }
    for (size_t i = 0; i < n; i++) {
        struct mark is;
        const err e = mark_of(c, c->actor.home, rows[i].id, rows[i].key_no, &is);
        if (e.code == ERR_NOT_FOUND) {
            continue;
        }
        TRY(e);
        if (same_person(&is, &hers)) {
            TRY(case_ref_of(c->arena, rows[i].ref_code, &refs[kept++]));
        }
    }
    *out = refs;
    *out_n = kept;
    return OK;
}
