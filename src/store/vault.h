/* vault.h: identity apart from content, encrypted by field, and what is derived from the key file.
 *
 * DIR/key (0600) holds one master secret. From it come, by keyed BLAKE2b with a purpose name, the keys for
 * wrapping case keys, blind indexes, PINs and form tokens. Each case has a key of its own, wrapped, in
 * DIR/keys.db, made ahead in batches so that a case costs no second fsync; destroying that row makes its
 * identity unreadable for ever (crypto-erasure). Fields are XChaCha20-Poly1305 with (key number, field name)
 * as associated data, so that a ciphertext cannot be moved to another case or column.
 */
#ifndef SUNWAI_VAULT_H
#define SUNWAI_VAULT_H

#include "store.h"

enum { VAULT_KEY_LEN = 32, BLIND_LEN = 16, PIN_LEN = 6 };

/* The number of an unused case key, stored with the case. Only in a write job. */
err vault_key_take(struct ctx *c, int64_t *out_key_no);
err vault_seal(struct ctx *c, int64_t key_no, str field, str plain, str *out_sealed);
/* NOT_FOUND when the case key was destroyed; IO when the bytes were tampered with. */
err vault_unseal(struct ctx *c, int64_t key_no, str field, str sealed, str *out_plain);
err vault_destroy(struct ctx *c, int64_t key_no);
/* The same, but up to a second later, together with others: destroying is two more syncs. For what nobody
 * waits for. Recorded at once all the same. */
err vault_retire(struct ctx *c, int64_t key_no);

/* How many fields and PINs this thread has read: more than before means that protected data was. */
int64_t vault_opened(void);

/* A keyed index of a normalised value (phone, CNIC) for look-up by equality; `kind` keeps them apart. */
void vault_blind(const struct vault *v, str kind, str normal, uint8_t out[BLIND_LEN]);
/* Six digits from the ten digits of a reference and its generation counter. */
void vault_pin(const struct vault *v, str ref_digits, int64_t generation, char out[PIN_LEN]);
/* A key for another purpose ("form-token", "cursor"); purpose is static text. */
void vault_derive(const struct vault *v, str purpose, uint8_t out[VAULT_KEY_LEN]);

#endif
