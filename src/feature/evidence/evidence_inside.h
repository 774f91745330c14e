/* evidence_inside.h: what the files of this folder share: how a piece is bound to the audit chain. */
#ifndef SUNWAI_EVIDENCE_INSIDE_H
#define SUNWAI_EVIDENCE_INSIDE_H

#include "evidence.h"

enum { EVIDENCE_BLOBS = 3, EVIDENCE_SECRETS_LEN = EVIDENCE_BLOBS * BLOB_KEY_LEN };

/* Of all columns of the row; its bytes have a seal of their own, so that letting somebody see a picture does
 * not mean reading it again. */
struct seal evidence_row_seal(const struct q_evidence_get *row);
/* Of what is stored of each blob, in the order shown, small, kept; NULL: there is none. */
struct seal evidence_bytes_seal(const uint8_t *const hashes[EVIDENCE_BLOBS]);
/* The audit row of a change: event "evidence.…"; `bytes` may be NULL when they stayed. */
err evidence_record(struct ctx *c, str event, str kind_name, const struct q_evidence_get *row,
                    const struct seal *bytes);

/* Stores the blobs of a piece and their keys, into *io. */
struct evidence_stored {
    str secret;
    struct opt_i64 shown, small, kept;
    struct seal bytes;
};
err evidence_store(struct ctx *c, int64_t home, int64_t key_no, const struct evidence_piece *p,
                   struct evidence_stored *out);
/* "case", "direction", "event". */
str evidence_kind_name(int64_t kind_no);

#endif
