/* keys.h: the case keys in DIR/keys.db, each wrapped by a key derived from the key file.
 *
 * Apart from the main database so that it is backed up apart, and for a short time only: a key that was
 * destroyed is then gone everywhere. Keys are made ahead, KEYS_AHEAD at once and durable before the first is
 * used, so that a case costs no fsync of its own. A number is used once for all time, also after a crash.
 * Any thread may call; unwrapped keys are wiped by the caller.
 */
#ifndef SUNWAI_KEYS_H
#define SUNWAI_KEYS_H

#include "err.h"

enum { CASE_KEY_LEN = 32, KEYS_AHEAD = 512 };

struct db;
struct keys;

/* Makes the file when there is none, unless read_only. `wrap` is copied. Numbers up to `floor` were handed
 * out already, by what the main database says. */
err keys_open(const char *path, bool read_only, const uint8_t wrap[CASE_KEY_LEN], int64_t floor,
              struct keys **out, struct fail *f);
void keys_close(struct keys *k); /* takes NULL */

/* An unused number, and the last one of its batch: the caller's database must know that all up to there may
 * be in use. A failure of keys.db is put on `blamed`, the connection whose transaction needs the key. */
err keys_take(struct keys *k, struct db *blamed, int64_t *out_no, int64_t *out_reserved);
/* NOT_FOUND: destroyed, or never made. IO: the row is not what was written, or is of another key file. */
err keys_get(struct keys *k, int64_t no, uint8_t out[CASE_KEY_LEN], struct fail *f);
/* Durable when it returns; the log of keys.db is cut too. OK also for those that are gone already. */
err keys_destroy(struct keys *k, const int64_t *nos, size_t n, struct fail *f);
bool keys_broken(struct keys *k); /* its last write met an I/O error */

#endif
