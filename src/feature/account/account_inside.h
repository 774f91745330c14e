/* account_inside.h: what the rules of accounts share, for the files of this folder only. */
#ifndef SUNWAI_ACCOUNT_INSIDE_H
#define SUNWAI_ACCOUNT_INSIDE_H

#include "account.h"

/* Whether her role, place and office fit each other: INVALID. */
err account_place_check(struct ctx *c, const struct account_new *n);
/* Whether a unit is the other one or lies in it. */
err account_unit_within(struct ctx *c, int64_t unit, int64_t around, bool *out);
err account_audit(struct ctx *c, str event, int64_t home, int64_t account_id);

struct account account_of_row(const struct q_account_get *row);
int64_t code_until(const struct ctx *c); /* of one that is made now */
/* A code as it is hashed: what was typed, small letters and digits only. STR_NONE: the arena is full. */
str code_normal(struct arena *a, str typed);

/* In a write job: a session for whoever was found right. */
err session_open(struct ctx *c, const struct sign_in *s, int64_t home);
int64_t session_idle_since(const struct ctx *c);
void token_hash_of(str token, uint8_t out[TOKEN_HASH_LEN]);

/* Slow: whether `typed` is the password behind `encoded`; STR_NONE: of nobody, which takes as long. */
bool password_right(str encoded, str typed);
/* Whether many people have it, also with a year behind it, or it is made of words of this house. */
bool password_is_frequent(str password);
/* In a write job: her own, from password_hash(). */
err password_keep(struct ctx *c, int64_t account_id, str encoded);
void password_mark(str encoded, uint8_t out[PASSWORD_MARK_LEN]);
bool password_has_mark(str encoded, const uint8_t mark[PASSWORD_MARK_LEN]);

/* Whether there were too many wrong tries for this login. */
err sign_in_must_wait(struct ctx *c, str login, bool *out);
/* In a write job: one more. Counted and audited up to the bound and not beyond: who goes on guessing fills no
 * disk. */
err sign_in_wrong_try(struct ctx *c, str login, int64_t home, int64_t account_id);

#endif
