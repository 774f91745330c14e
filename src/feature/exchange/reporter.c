/* reporter.c: who reports, by programme. */
#include "reporter.h"

#include "audit.h"
#include "msg.h"

#define CODE(code, text) (code),
#define WORD(code, text) {S_INIT(code), (text)},
const char *const reporter_type_codes[REPORTER_TYPES_N + 1] = {REPORTER_TYPES(CODE) NULL};
const struct case_word reporter_type_words[REPORTER_TYPES_N] = {REPORTER_TYPES(WORD)};

err reporter_get(struct ctx *c, str programme, struct q_exchange_programmes *out)
{
    struct q_exchange_programmes *rows;
    size_t n;
    TRY(q_exchange_programmes(c->db, c->arena, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].programme_code, programme)) {
            *out = rows[i];
            return OK;
        }
    }
    return FAIL(NOT_FOUND);
}

/* What the standard allows in an identifier: an agency's prefix, then anything but a few marks. */
static bool ref_fine(str ref)
{
    size_t dash;
    if (!str_find(ref, '-', &dash) || dash == 0 || dash + 1 == ref.n) {
        return false;
    }
    for (size_t i = 0; i < ref.n; i++) {
        const char c = ref.p[i];
        if (c <= ' ' || c == '/' || c == '&' || c == '|' || c == '?') {
            return false;
        }
    }
    return true;
}

static bool sector_fine(str sector)
{
    int64_t n;
    return sector.n == REPORTER_SECTOR_DIGITS && str_i64(sector, &n) && n > 0;
}

err reporter_put(struct ctx *c, const struct reporter *r)
{
    struct q_exchange_programmes programme;
    int64_t type = 0;
    TRY(reporter_get(c, r->programme, &programme));
    if (!ref_fine(r->ref)) {
        return fail_set(c->fail, ERR_INVALID, MSG_EXCHANGE_REF_WRONG, "ref");
    }
    if (!sector_fine(r->sector)) {
        return fail_set(c->fail, ERR_INVALID, MSG_EXCHANGE_SECTOR_WRONG, "sector");
    }
    if (!str_i64(r->type, &type)) {
        return FAIL(INVALID);
    }
    const struct q_exchange_reporter_put_in row = {.programme_id = programme.id,
                                                   .reporter_code = r->ref,
                                                   .reporter_type_no = type,
                                                   .reporter_text = r->name,
                                                   .sector_code = r->sector};
    const struct audit_entry e = {.event = S("exchange.reporter_set"),
                                  .home = c->actor.home,
                                  .subject_kind = S("programme"),
                                  .subject_id = programme.id};
    TRY(q_exchange_reporter_put(c->db, &row, NULL));
    return audit_add(c, &e);
}
