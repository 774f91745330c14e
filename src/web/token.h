/* token.h: texts that go out to a browser and come back only unchanged, in time and for the same purpose.
 *
 * base64url of: expiry in seconds (8 bytes, big end first), 16 bytes keyed BLAKE2b over purpose, expiry and
 * text, then the text itself. Not secret: whoever holds it can read it.
 */
#ifndef SUNWAI_TOKEN_H
#define SUNWAI_TOKEN_H

#include "arena.h"
#include "err.h"

enum { TOKEN_KEY_LEN = 32, TOKEN_TEXT_MAX = 2000 };

/* STR_NONE when the text is too long or the arena is full. `purpose` has no NUL. */
str token_make(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str text, int64_t expires_s);
/* INVALID when it is not ours, altered, for another purpose or too old. */
err token_read(struct arena *a, const uint8_t key[TOKEN_KEY_LEN], str purpose, str token, int64_t now_s,
               str *out_text);

/* The form token of a session: the same as long as the session lasts, useless in any other. */
str token_of_session(struct arena *a, const uint8_t secret[32]);
bool token_is_session(const uint8_t secret[32], str token);

#endif
