/* account_inside.h: what the rules of accounts share, for the files of this folder only. */
#ifndef SUNWAI_ACCOUNT_INSIDE_H
#define SUNWAI_ACCOUNT_INSIDE_H

#include "account.h"

err account_audit(struct ctx *c, str event, int64_t home, int64_t account_id);

/* Slow: whether `typed` is the password behind `encoded`; STR_NONE: of nobody, which takes as long. */
bool password_right(str encoded, str typed);
void password_mark(str encoded, uint8_t out[PASSWORD_MARK_LEN]);
bool password_has_mark(str encoded, const uint8_t mark[PASSWORD_MARK_LEN]);

/* Whether there were too many wrong tries for this login. */
err sign_in_must_wait(struct ctx *c, str login, bool *out);
/* In a write job: one more. Counted and audited up to the bound and not beyond: who goes on guessing fills no
 * disk. */
err sign_in_wrong_try(struct ctx *c, str login, int64_t home, int64_t account_id);

#endif
