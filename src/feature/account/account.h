/* account.h: who works here, and how they prove it.
 *
 * Passwords are Argon2id (RFC 9106) through libsodium, 3 passes over 19 MiB (the second choice of the OWASP
 * password storage cheat sheet): slow, so password_hash() and sign_in_check() belong in a pool, never on an
 * event or writer thread. Sessions and API tokens are 256 random bits of which only a hash is stored. An
 * unknown login takes the same path and the same time as a known one. Wrong tries are bounded (tries.h); the
 * bounds are enforced in the write job, so that many tries at once gain nothing. Everything here is audited;
 * what was typed as login or password never reaches audit, log or message.
 */
#ifndef SUNWAI_ACCOUNT_H
#define SUNWAI_ACCOUNT_H

#include "account.sql.h"
#include "store.h"

enum {
    LOGIN_MIN = 2,
    LOGIN_MAX = 40,
    PASSWORD_MIN = 10, /* characters */
    PASSWORD_MAX = 200,
    PASSWORD_MADE_LEN = 14,
    TOKEN_TEXT_LEN = 43, /* 32 bytes in base64url */
    TOKEN_HASH_LEN = 32,
    SESSION_SECRET_LEN = 32,
    PASSWORD_MARK_LEN = 32,
    SESSION_SECONDS = 10 * 3600, /* absolute: a working day; use does not prolong it */
    SESSION_IDLE_MINUTES = 15,   /* a desk that was left alone */
    CODE_HOURS = 72
};

/* Where somebody works decides what she sees. `unit_id` is the unit whose matters are hers: a tehsil, a
 * district, a division or a province. `home` is its district; 0 above a district: the rules then go over the
 * districts below unit_id. Of an administrator all three are 0. */
struct account_place {
    int64_t home, unit_id, office_id;
};

struct account {
    int64_t id;
    str login, name;
    enum role role;
    int64_t home, unit_id, office_id;
};

struct account_new {
    str login; /* a-z, 0-9, dot, dash, underscore */
    str name;  /* shown to others: a function, or a name */
    enum role role;
    int64_t home, unit_id, office_id;
    str password_hash; /* from password_hash(), or code_hash() */
    bool one_time;     /* it is a code: no session until she has chosen a password */
    str phone, cnic;   /* normal forms, for account_contact_set(); may be empty */
};

/* From the codes that people type; empty ones: none. The office's unit, and without an office the one that is
 * named. INVALID with field "unit" (no such code, or a level at which nobody works) or "office" (no such
 * code, or it lies outside the unit). */
err account_place_find(struct ctx *c, str unit_code, str office_code, struct account_place *out);
/* desk, officer, supervisor, adc, member, admin; INVALID with field "role". */
err account_role_find(struct ctx *c, str name, enum role *out);

/* A login as it is kept: small letters, nothing around it; a telephone's keyboard starts with a capital.
 * STR_NONE: the arena is full. */
str login_fold(struct arena *a, str typed);

/* In a write job. The login is folded. INVALID (field says which), CONFLICT when it is taken. What a role may
 * do follows from the office that does it: the desk needs an office of kind desk, in a district; an officer
 * one of a TMA or a department; supervisor and ADC need a place, and their office, if any, is that of a DC,
 * AC or commissioner; an administrator has none. */
err account_create(struct ctx *c, const struct account_new *n, int64_t *out_id);
/* Whether c->actor looks after somebody's account: an administrator everybody's; a supervisor the desk's, the
 * officers' and the supervisors' of her own unit and what lies in it; an ADC these, and those of her own role
 * who stand below her. Nobody her own, and nobody that of those above her. */
err account_manages(struct ctx *c, const struct account *who, bool *out);
bool account_role_managed(const struct actor *by, enum role r); /* somewhere */
/* Her account by its login. NOT_FOUND when there is none, or none that c->actor looks after; CONFLICT: it is
 * her own. */
err account_managed(struct ctx *c, str login, struct q_account_get *out);
/* The people at c->actor's unit and below, or all; some of them she may not look after. From behind `after`.
 */
err account_list(struct ctx *c, str after, int64_t most, struct q_account_list_after **out, size_t *out_n);

/* Offices at which c->actor can make accounts, with names in ctx->lang. */
err account_offices(struct ctx *c, struct q_office_all **out, size_t *out_n);

/* In a write job, by whom account_managed() finds her for, with its failures. */
err account_disable(struct ctx *c, str login);      /* ends sessions and tokens too; CONFLICT: already */
err account_enable(struct ctx *c, str login);       /* CONFLICT: she is not disabled */
err account_sign_out_all(struct ctx *c, str login); /* ends sessions and tokens */
/* Of everybody: in a database that was restored stand sessions and tokens that were ended since. */
err account_sign_out_everybody(struct ctx *c);
/* A one-time code takes the place of her password, at once: it is good once, for CODE_HOURS, and opens
 * nothing but the choice of a password. Sessions and tokens end, for whoever knew the old password may have
 * made some; wrong tries are forgotten. NOT_FOUND, also when disabled. */
err account_code_set(struct ctx *c, str login, str encoded);
/* An account that may act. NOT_FOUND when there is none or it is disabled. */
err account_find(struct ctx *c, str login, struct account *out);
struct actor account_actor(const struct account *a);
/* Officers of one office who may act, by login: those whom a matter of the office can be marked to. */
err account_office_list(struct ctx *c, int64_t office_id, struct q_account_of_office **out, size_t *out_n);

/* A telephone (e164) or CNIC (thirteen digits) of one's own, kept only as a keyed mark: so that a desk
 * notices when somebody who works here is about to be named as a complainant's way of being reached, or as
 * the owner of her account elsewhere. `kind` is "phone" or "cnic"; an empty text takes the mark away. In a
 * write job. */
err account_contact_set(struct ctx *c, int64_t account_id, str kind, str normal);
/* The same by herself (c->actor), for what she gave: an empty text leaves the mark as it is. */
struct account_contact {
    str phone, cnic;
    bool forget; /* first takes both away */
};
err account_contact_change(struct ctx *c, const struct account_contact *k);
err account_contact_is_staff(struct ctx *c, str kind, str normal, bool *out);

/* Slow. INVALID (field "password") when too short, too long or one that many people have (password_words.c);
 * IO when there is no memory for it. */
err password_hash(struct ctx *c, str password, str *out_encoded);
/* A password or a one-time code: twelve characters that are not mistaken for one another, in three groups: 59
 * bits. Not terminated. */
void password_make(char out[PASSWORD_MADE_LEN]);
/* Slow: the same of a code, which may be typed with or without its dashes, in capitals, with other digits. */
err code_hash(struct ctx *c, str code, str *out_encoded);

/* CHANGE: right, but it is a one-time code: she chooses a password first. OVER: it was one. */
enum sign_in_verdict { SIGN_IN_OK, SIGN_IN_WRONG, SIGN_IN_WAIT, SIGN_IN_CHANGE, SIGN_IN_OVER };

/* What was found out about a login and a password, for the write job. Holds no password. */
struct sign_in {
    enum sign_in_verdict verdict;
    int64_t account_id; /* 0: unknown */
    str login;          /* lower case; lives in the arena of the check */
    bool on_phone;      /* what she signs in with: set by whoever knows */
    bool by_code;       /* a password is not looked at, only a code: set by whoever asked for one */
    uint8_t token_hash[TOKEN_HASH_LEN];
    uint8_t secret[SESSION_SECRET_LEN];
    uint8_t mark[PASSWORD_MARK_LEN]; /* stands for the password that was looked at: another one has another */
};

/* Slow; on a reader. `password` may be a one-time code, when the account has one. Writes the session's token
 * for the cookie, which is worth something only after sign_in_write() said OK. */
err sign_in_check(struct ctx *c, str login, str password, struct sign_in *out,
                  char out_token[TOKEN_TEXT_LEN]);
/* In a write job: opens the session, or counts a wrong try (and commits that). The verdict may be WAIT where
 * the check said OK or WRONG. */
err sign_in_write(struct ctx *c, const struct sign_in *s, enum sign_in_verdict *out);
/* For whom sign_in_write() said CHANGE, with the login and mark of that check, and her new password. Slow; on
 * a reader. INVALID (field "password") when the new one is the old one. */
err first_password_check(struct ctx *c, str login, const uint8_t mark[PASSWORD_MARK_LEN], str password,
                         struct sign_in *out, char out_token[TOKEN_TEXT_LEN]);
/* In a write job: sets it and opens the session. WRONG, and nothing is counted, when the account has changed
 * since: she signs in again. */
err first_password_write(struct ctx *c, const struct sign_in *s, str encoded, enum sign_in_verdict *out);

/* What can be said of a new password before anything is looked up: INVALID with field "again" or "password".
 */
err password_new_check(struct ctx *c, str old, str password, str again);
/* Slow; on a reader, for c->actor: whether this is her password, and what stands for it in the write job. */
err password_check(struct ctx *c, str password, enum sign_in_verdict *out,
                   uint8_t out_mark[PASSWORD_MARK_LEN]);
struct password_change {
    enum sign_in_verdict checked; /* what password_check() said, and its mark */
    const uint8_t *mark;
    const uint8_t *secret; /* of the session that stays */
    str encoded;           /* the new one, from password_hash() */
};
/* In a write job, for c->actor: sets the password and ends her other sessions (not tokens), or counts a wrong
 * try (and commits that). */
err password_change(struct ctx *c, const struct password_change *p, enum sign_in_verdict *out);

/* In a write job. Ending a session that is over already is no failure. */
err sign_out(struct ctx *c, int64_t account_id, const uint8_t secret[SESSION_SECRET_LEN]);

/* One's own sessions and tokens (c->actor), by the hash that the tables know them by. The last three in a
 * write job; ending what is over already is no failure. */
err account_session_list(struct ctx *c, struct q_session_list **out, size_t *out_n);
err account_token_list(struct ctx *c, struct q_token_list **out, size_t *out_n);
err account_session_end(struct ctx *c, str token_hash);
err account_session_end_others(struct ctx *c, const uint8_t secret[SESSION_SECRET_LEN]);
err account_token_end(struct ctx *c, str token_hash);

/* NOT_FOUND: nobody, or nobody any more: the session is over, or was not used for SESSION_IDLE_MINUTES. That
 * it is used is noted once a minute by a write of its own, for which nobody waits. */
err account_of_session(struct ctx *c, str token, struct account *out, uint8_t out_secret[SESSION_SECRET_LEN]);
err account_of_token(struct ctx *c, str token, struct account *out);
/* In a write job: a token's text is made by the caller with account_token_make(), so that it never passes the
 * queue. */
void account_token_make(char out[TOKEN_TEXT_LEN], uint8_t out_hash[TOKEN_HASH_LEN]);
err account_token_create(struct ctx *c, str login, const uint8_t hash[TOKEN_HASH_LEN]);

/* The job session.expire: sessions that are over, and tries that no longer count. */
err session_expire(struct ctx *c, int64_t *out_done);

#endif
