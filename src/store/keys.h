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

enum { CASE_KEY_LEN = 32, KEYS_AHEAD = 512, KEY_WRAPPED_LEN = 72 };

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

/* For backups: keys as they stand in the file, wrapped. */
struct wrapped_key {
    int64_t no;
    uint8_t bytes[KEY_WRAPPED_LEN];
};
/* At most max keys above `after`, in the order of their numbers. Each call reads for itself: keys that are
 * destroyed or made meanwhile are left out or come along. */
err keys_export(struct keys *k, int64_t after, struct wrapped_key *out, size_t max, size_t *out_n,
                struct fail *f);
/* The highest number that was ever made. */
err keys_top(struct keys *k, int64_t *out, struct fail *f);
/* Into a file that has none of these; one transaction. The next number is above `top`. */
err keys_import(struct keys *k, const struct wrapped_key *rows, size_t n, int64_t top, struct fail *f);

#endif
