#include "evidence_later.h"

#include "evidence_inside.h"
#include "vault.h"

err evidence_received(struct ctx *c, const struct q_evidence_get *row, struct buf *out)
{
    str secrets;
    if (!row->kept_id.given) {
        return FAIL(NOT_FOUND);
    }
    TRY(vault_unseal(c, row->key_no, S("evidence"), row->secret_enc, &secrets));
    if (secrets.n != EVIDENCE_SECRETS_LEN) {
        return fail_log(c->fail, ERR_IO, "keys of a piece of evidence are malformed");
    }
    const uint8_t *key = (const uint8_t *)secrets.p + (size_t)EVIDENCE_KEPT * BLOB_KEY_LEN;
    return blob_read(c, row->home, row->kept_id.v, key, out);
}

static struct opt_i64 positive(int64_t n)
{
    return n > 0 ? SOME(n) : NONE_I64;
}

static err put_made(struct ctx *c, const struct q_evidence_get *was, const struct evidence_piece *p,
                    struct evidence_stored *s)
{
    TRY(evidence_store(c, was->home, was->key_no, p, s));
    TRY(blob_remove(c, was->home, was->kept_id.v));
    const struct q_evidence_made_in in = {
        .piece_code = S("ready"),
        .type_code = str_of(p->type),
        .kept_type_code = s->kept.given ? str_of(p->received) : STR_NONE,
        .secret_enc = s->secret,
        .shown_id = s->shown,
        .small_id = s->small,
        .kept_id = s->kept,
        .bytes_n = p->bytes,
        .wide_n = positive(p->wide),
        .high_n = positive(p->high),
        .seconds_n = positive(p->seconds),
        .home = was->home,
        .kind_no = was->kind_no,
        .subject_id = was->subject_id,
        .piece_no = was->piece_no,
    };
    return q_evidence_made(c->db, &in, NULL);
}

static err put_refused(struct ctx *c, const struct q_evidence_get *was)
{
    const struct q_evidence_refused_in in = {
        .home = was->home, .kind_no = was->kind_no, .subject_id = was->subject_id, .piece_no = was->piece_no};
    return q_evidence_refused(c->db, &in, NULL);
}

err evidence_remake(struct ctx *c, const struct q_evidence_get *was, const struct evidence_piece *p)
{
    struct q_evidence_get row;
    struct evidence_stored stored;
    const struct q_evidence_get_in in = {
        .home = was->home, .kind_no = was->kind_no, .subject_id = was->subject_id, .piece_no = was->piece_no};
    TRY(q_evidence_get(c->db, c->arena, &in, &row));
    if (!str_eq(row.piece_code, S("waiting"))) {
        return OK;
    }
    TRY(p != NULL ? put_made(c, &row, p, &stored) : put_refused(c, &row));
    TRY(q_evidence_get(c->db, c->arena, &in, &row));
    return evidence_record(c, p != NULL ? S("evidence.made") : S("evidence.refused"),
                           evidence_kind_name(row.kind_no), &row, p != NULL ? &stored.bytes : NULL);
}
