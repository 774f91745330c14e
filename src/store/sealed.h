/* sealed.h: a file that only who holds the master key can read, and that nobody can change unseen.
 *
 * In front stand a few readable lines (what it is, when it was made, which key opens it: never the key), then
 * pieces under XChaCha20-Poly1305 (libsodium's secretstream) with a key derived from the master key, the kind
 * and a random salt. The lines in front are bound to the first piece and the pieces to their order; the last
 * one is marked as such. So a changed bit, an exchanged head, a piece left out and a file cut short are all
 * refused. A file is written as PATH.part and gets its name when it is whole and on the disk.
 */
#ifndef SUNWAI_SEALED_H
#define SUNWAI_SEALED_H

#include "vault.h"

enum { SEALED_FORMAT = 1, SEALED_PIECE = 256 * 1024, SEALED_CODE = 32, SEALED_PROGRAM = 16, SEALED_KEY = 64 };

enum sealed_kind { SEALED_DATA, SEALED_KEYS };

/* Texts are terminated. */
struct sealed_head {
    enum sealed_kind kind;
    char program[SEALED_PROGRAM];
    int64_t schema;             /* number of the database's last migration */
    int64_t made_ms, until_ms;  /* until_ms: past that it is not to be used; 0: for ever */
    char code[SEALED_CODE + 1]; /* of the backup: its files have the same one */
    char key[SEALED_KEY + 1];   /* what the key is known by */
};

struct sealed_out;
/* PATH.part, 0600. CONFLICT: there is a file PATH; BUSY: another process writes it. program and key of the
 * head are filled in. */
err sealed_create(const char *path, const uint8_t master[VAULT_KEY_LEN], const struct sealed_head *head,
                  struct sealed_out **out, struct fail *f);
/* At most SEALED_PIECE bytes, at least one. */
err sealed_put(struct sealed_out *o, str piece, struct fail *f);
/* The last piece, which is the caller's summary; on the disk when it returns. The file is still PATH.part. */
err sealed_end(struct sealed_out *o, str summary, struct fail *f);
/* PATH.part becomes PATH, durably. CONFLICT: somebody has taken the name meanwhile. */
err sealed_publish(struct sealed_out *o, struct fail *f);
int64_t sealed_bytes(const struct sealed_out *o);
/* Takes NULL. What was not published is removed. */
void sealed_close(struct sealed_out *o);

struct sealed_in;
/* Refuses in words of its own: not such a file, a newer format, another kind (INVALID), another key (DENIED).
 */
err sealed_open(const char *path, enum sealed_kind kind, const uint8_t master[VAULT_KEY_LEN],
                struct sealed_in **out, struct fail *f);
/* What is still being written, read back. */
err sealed_open_part(const struct sealed_out *o, const uint8_t master[VAULT_KEY_LEN], struct sealed_in **out,
                     struct fail *f);
const struct sealed_head *sealed_head_of(const struct sealed_in *in);
/* The next piece, borrowed until the next call; *out_last: it is the summary, and nothing may follow it. IO:
 * changed, damaged or cut short. */
err sealed_next(struct sealed_in *in, str *out_piece, bool *out_last, struct fail *f);
void sealed_done(struct sealed_in *in); /* takes NULL */

#endif
