/* case_seal.c: see case_seal.h. */
#include "case_seal.h"

#include "buf.h"
#include "case_kind.h"

enum { SAID_MAX = 64 * 1024 };

/* A row to be written and one read back are of different types with the same members. */
#define PUT_CASE(b, r)                                                                                       \
    (hashed_number((b), (r)->home), hashed_number((b), (r)->id), hashed_text((b), (r)->case_kind_code),      \
     hashed_text((b), (r)->ref_code), hashed_number((b), (r)->service_id), hashed_number((b), (r)->unit_id), \
     hashed_number((b), (r)->province_id), hashed_option((b), (r)->division_id),                             \
     hashed_number((b), (r)->district_id), hashed_option((b), (r)->tehsil_id),                               \
     hashed_option((b), (r)->filed_office_id), hashed_option((b), (r)->filed_by_id),                         \
     hashed_text((b), (r)->channel_code), hashed_text((b), (r)->lang_code),                                  \
     hashed_text((b), (r)->spoken_code), hashed_text((b), (r)->behalf_code),                                 \
     hashed_number((b), (r)->anonymous_flag), hashed_number((b), (r)->reachable_flag),                       \
     hashed_number((b), (r)->group_n), hashed_text((b), (r)->sex_code), hashed_text((b), (r)->age_code),     \
     hashed_text((b), (r)->disability_code), hashed_text((b), (r)->minority_code),                           \
     hashed_option((b), (r)->same_as_id), hashed_option((b), (r)->past_id),                                  \
     hashed_text((b), (r)->words_text), hashed_text((b), (r)->place_text),                                   \
     hashed_number((b), (r)->filed_ms), hashed_number((b), (r)->filed_day),                                  \
     hashed_number((b), (r)->filed_month), hashed_number((b), (r)->key_no))

static err put_closed(struct ctx *c, int64_t home, int64_t id, struct buf *b)
{
    struct q_bar_sealed *rows;
    size_t n;
    TRY(q_bar_sealed(c->db, c->arena, home, id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        hashed_number(b, rows[i].barred_id);
        hashed_text(b, rows[i].why_code);
    }
    return OK;
}

err case_new_seal(struct ctx *c, const struct q_case_add_in *row, struct seal *out)
{
    SCOPED(buf_free) struct buf b = buf_new(SAID_MAX);
    PUT_CASE(&b, row);
    TRY(put_closed(c, row->home, row->id, &b));
    *out = seal_of(&b);
    return OK;
}

err case_seal(struct ctx *c, const struct q_case_get *row, struct seal *out)
{
    SCOPED(buf_free) struct buf b = buf_new(SAID_MAX);
    PUT_CASE(&b, row);
    TRY(put_closed(c, row->home, row->id, &b));
    *out = seal_of(&b);
    return OK;
}

static err says(struct ctx *c, int64_t home, int64_t id, struct seal *out)
{
    struct q_case_get row;
    TRY(q_case_get(c->db, c->arena, home, id, &row));
    return case_seal(c, &row, out);
}

err case_verify(struct ctx *c, const struct audit_report *chains, struct flow_report *out)
{
    return flow_verify(c, &complaint_kind, chains, says, out);
}
