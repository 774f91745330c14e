/* evidence_seal.c: the audit rows of pieces, and the walk that compares. */
#include "evidence_inside.h"
#include "evidence_verify.h"

enum { SEALED_MAX = 8 * 1024, PAGE_PIECES = 100 };

/* A row to be written and one read back are of different types with the same members. */
#define PUT_PIECE(b, r)                                                                                      \
    (hashed_number((b), (r)->home), hashed_number((b), (r)->kind_no), hashed_number((b), (r)->subject_id),   \
     hashed_number((b), (r)->piece_no), hashed_number((b), (r)->step_no), hashed_text((b), (r)->media_code), \
     hashed_text((b), (r)->from_code), hashed_option((b), (r)->keeper_id), hashed_text((b), (r)->pair_code), \
     hashed_text((b), (r)->piece_code), hashed_text((b), (r)->type_code),                                    \
     hashed_text((b), (r)->kept_type_code), hashed_text((b), (r)->received_hash),                            \
     hashed_number((b), (r)->key_no), hashed_text((b), (r)->secret_enc), hashed_option((b), (r)->shown_id),  \
     hashed_option((b), (r)->small_id), hashed_option((b), (r)->kept_id), hashed_number((b), (r)->bytes_n),  \
     hashed_option((b), (r)->wide_n), hashed_option((b), (r)->high_n), hashed_option((b), (r)->seconds_n),   \
     hashed_number((b), (r)->open_flag), hashed_text((b), (r)->typed_code),                                  \
     hashed_text((b), (r)->paper_code), hashed_text((b), (r)->seen_code),                                    \
     hashed_number((b), (r)->agreed_flag), hashed_text((b), (r)->gone_text),                                 \
     hashed_number((b), (r)->change_no), hashed_option((b), (r)->by_id),                                     \
     hashed_number((b), (r)->created_ms))

struct seal evidence_row_seal(const struct q_evidence_get *row)
{
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    PUT_PIECE(&b, row);
    return seal_of(&b);
}

struct seal evidence_bytes_seal(const uint8_t *const hashes[EVIDENCE_BLOBS])
{
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    for (size_t i = 0; i < EVIDENCE_BLOBS; i++) {
        hashed_text(&b, hashes[i] != NULL ? (str){(const char *)hashes[i], BLOB_HASH_LEN} : STR_NONE);
    }
    return seal_of(&b);
}

err evidence_record(struct ctx *c, str event, str kind_name, const struct q_evidence_get *row,
                    const struct seal *bytes)
{
    const struct seal of_row = evidence_row_seal(row);
    const struct audit_entry e = {
        .event = event,
        .home = row->home,
        .subject_kind = kind_name,
        .subject_id = row->subject_id,
        .detail = arena_printf(c->arena, "piece=%lld change=%lld of=%lld media=%.*s row=%.*s%s%.*s",
                               (long long)row->piece_no, (long long)row->change_no, (long long)row->step_no,
                               STR_F(row->media_code), SEAL_LEN, of_row.hex, bytes != NULL ? " bytes=" : "",
                               bytes != NULL ? SEAL_LEN : 0, bytes != NULL ? bytes->hex : ""),
    };
    return audit_add(c, &e);
}

/* ---- comparing ---- */

static str named(str detail, str name)
{
    while (detail.n > 0) {
        const str word = str_cut(&detail, ' ');
        if (str_starts(word, name)) {
            return str_sub(word, name.n, word.n);
        }
    }
    return S("");
}

/* What the chains say last of one piece. */
struct said {
    str row, bytes;
    int64_t row_change, bytes_change; /* the last of each: rows of one instant have no other order */
    bool added;
    bool later; /* something of it came behind the walk of the chains: the next walk's */
};

static bool walked(const struct audit_report *chains, const struct q_evidence_said *r)
{
    for (int64_t i = 0; i < chains->chains; i++) {
        if (chains->heads[i].chain == r->chain_no) {
            return r->seq_no <= chains->heads[i].seq;
        }
    }
    return false;
}

static err said_of(struct ctx *c, const struct audit_report *chains, const struct q_evidence_walk *p,
                   struct said *out)
{
    struct q_evidence_said *rows;
    size_t n;
    const struct q_evidence_said_in in = {
        .home = p->home, .about_kind = evidence_kind_name(p->kind_no), .about_id = p->subject_id};
    TRY(q_evidence_said(c->db, c->arena, &in, &rows, &n));
    struct said said = {.row = S(""), .bytes = S("")};
    for (size_t i = 0; i < n; i++) {
        const str detail = rows[i].detail_text;
        int64_t piece = 0, change = 0;
        if (!str_i64(named(detail, S("piece=")), &piece) || piece != p->piece_no ||
            !str_i64(named(detail, S("change=")), &change)) {
            continue;
        }
        if (change > said.row_change) {
            said.row = named(detail, S("row="));
            said.row_change = change;
        }
        const str bytes = named(detail, S("bytes="));
        if (bytes.n > 0 && change > said.bytes_change) {
            said.bytes = bytes;
            said.bytes_change = change;
        }
        said.later = said.later || !walked(chains, &rows[i]);
        said.added =
            said.added || (str_eq(rows[i].event_name, S("evidence.added")) && walked(chains, &rows[i]));
    }
    *out = said;
    return OK;
}

static err bytes_of(struct ctx *c, const struct q_evidence_walk *p, struct seal *out)
{
    uint8_t hashes[EVIDENCE_BLOBS][BLOB_HASH_LEN];
    const uint8_t *there[EVIDENCE_BLOBS] = {NULL};
    const struct opt_i64 ids[EVIDENCE_BLOBS] = {p->shown_id, p->small_id, p->kept_id};
    for (size_t i = 0; i < EVIDENCE_BLOBS; i++) {
        if (ids[i].given) {
            TRY(blob_hash(c, p->home, ids[i].v, hashes[i]));
            there[i] = hashes[i];
        }
    }
    *out = evidence_bytes_seal(there);
    return OK;
}

static struct seal walked_seal(const struct q_evidence_walk *p)
{
    SCOPED(buf_free) struct buf b = buf_new(SEALED_MAX);
    PUT_PIECE(&b, p);
    return seal_of(&b);
}

static err piece_check(struct ctx *c, const struct audit_report *chains, const struct q_evidence_walk *p,
                       struct evidence_report *io)
{
    struct said said;
    struct seal bytes;
    TRY(said_of(c, chains, p, &said));
    io->pieces += said.added;
    if (said.later) {
        return OK;
    }
    const struct seal row = walked_seal(p);
    const err e = bytes_of(c, p, &bytes);
    if (e.code != ERR_OK && e.code != ERR_NOT_FOUND && e.code != ERR_IO) {
        return e;
    }
    const char *broken = !str_eq(said.row, seal_text(&row))                           ? "row"
                         : e.code != ERR_OK || !str_eq(said.bytes, seal_text(&bytes)) ? "bytes"
                                                                                      : NULL;
    if (broken == NULL) {
        return OK;
    }
    io->broken = broken;
    io->broken_home = p->home;
    io->broken_id = p->subject_id;
    io->broken_piece = p->piece_no;
    return fail_log(c->fail, ERR_CONFLICT, "piece %lld of %lld does not fit the audit chain: %s",
                    (long long)p->piece_no, (long long)p->subject_id, broken);
}

static err pieces_walk(struct ctx *c, const struct audit_report *chains, struct evidence_report *io)
{
    struct q_evidence_walk_in in = {.limit = PAGE_PIECES};
    for (;;) {
        const struct arena_mark mark = arena_mark(c->arena);
        struct q_evidence_walk *page;
        size_t n;
        TRY(q_evidence_walk(c->db, c->arena, &in, &page, &n));
        for (size_t i = 0; i < n; i++) {
            const struct arena_mark one = arena_mark(c->arena);
            TRY(piece_check(c, chains, &page[i], io));
            arena_reset(c->arena, one);
        }
        if (n > 0) {
            in = (struct q_evidence_walk_in){.home = page[n - 1].home,
                                             .kind_no = page[n - 1].kind_no,
                                             .subject_id = page[n - 1].subject_id,
                                             .piece_no = page[n - 1].piece_no,
                                             .limit = PAGE_PIECES};
        }
        arena_reset(c->arena, mark);
        if (n < PAGE_PIECES) {
            return OK;
        }
    }
}

static err count_added(struct ctx *c, const struct audit_report *chains, int64_t *out)
{
    int64_t added = 0;
    for (int64_t i = 0; i < chains->chains; i++) {
        struct q_evidence_added row;
        TRY(q_evidence_added(c->db, c->arena, chains->heads[i].chain, chains->heads[i].seq, &row));
        added += row.added_n;
    }
    *out = added;
    return OK;
}

err evidence_verify(struct ctx *c, const struct audit_report *chains, struct evidence_report *out)
{
    struct evidence_report report = {0};
    int64_t added = 0;
    err e = pieces_walk(c, chains, &report);
    if (e.code == ERR_OK) {
        e = count_added(c, chains, &added);
    }
    if (e.code == ERR_OK && added != report.pieces) {
        report.broken = "missing";
        e = fail_log(c->fail, ERR_CONFLICT, "%lld pieces of %lld in the audit chains are there",
                     (long long)report.pieces, (long long)added);
    }
    *out = report;
    return e;
}
