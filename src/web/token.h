/* token.h: texts that go out to a browser and come back only unchanged, in time and for the same purpose.
 *
 * A signed token is base64url of: expiry in seconds (8 bytes, big end first), 16 bytes keyed BLAKE2b over
 * purpose, expiry and text, then the text itself. Not secret: whoever holds it can read it.
 *
 * A sealed token is secret too: base64url of a random nonce (24 bytes) and XChaCha20-Poly1305 (libsodium)
 * over expiry and text, with a key that is the keyed BLAKE2b of the purpose. Two of the same text differ. For
 * what names internal ids, which never leave the server.
 */
#ifndef SUNWAI_TOKEN_H
#define SUNWAI_TOKEN_H

#include "arena.h"
#include "err.h"

enum { TOKEN_KEY_LEN = 32, TOKEN_TEXT_MAX = 2000, TOKEN_SEALED_MAX = 64 * 1024 };
#define TOKEN_FOREVER INT64_MAX

/* STR_NONE when the text is longer than TOKEN_TEXT_MAX or the arena is full. `purpose` has no NUL. */
str token_make(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str text, int64_t expires_s);
/* INVALID when it is not ours, altered, for another purpose or too old. */
err token_read(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str token, int64_t now_s,
               str *out_text);

/* The same, sealed. STR_NONE when the text is longer than TOKEN_SEALED_MAX or the arena is full. */
str token_seal(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str text, int64_t expires_s);
/* As token_read(). */
err token_unseal(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str token, int64_t now_s,
                 str *out_text);

#endif
