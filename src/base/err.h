/* err.h: the one way to fail.
 *
 * A function that can fail returns `err`, which cannot be mistaken for a number and must not be dropped.
 * ERR_OK is zero. Out-parameters come last and are untouched on failure. The words that a person reads
 * about a failure are written once, where the cause is known, into a `struct fail`; the caller passes the
 * code on with TRY(), the only hidden control flow in the program.
 */
#ifndef SUNWAI_ERR_H
#define SUNWAI_ERR_H

#include <stddef.h>
#include <stdint.h>

#include "str.h"

enum err_code {
    ERR_OK,
    ERR_NOT_FOUND, /* it is not there, or not for this person to see: the two must look alike */
    ERR_DENIED,    /* she is known, and may not */
    ERR_INVALID,   /* what was given is wrong; the fail record says which field and why */
    ERR_CONFLICT,  /* right in itself, but not in the present state (or a changed replay) */
    ERR_BUSY,      /* a queue is full; the same again later will do */
    ERR_LIMIT,     /* a declared bound was reached */
    ERR_IO,        /* disk, network or database failed; nothing was acknowledged */
    ERR_UNCERTAIN, /* the answer to COMMIT was lost: resolve by the idempotency key, never guess */
    ERR_BUG        /* an invariant is broken */
};

#if defined(__clang__)
#define ERR_MUST_USE __attribute__((warn_unused_result))
#else
#define ERR_MUST_USE /* gcc 12 has no such attribute on a type; every change is built with clang too */
#endif

typedef struct err {
    enum err_code code;
} ERR_MUST_USE err;

#define OK ((err){ERR_OK})
#define FAIL(c) ((err){ERR_##c})

/* Return from the enclosing function when the call failed. */
#define TRY(call)                      \
    do {                               \
        const err try_err_ = (call);   \
        if (try_err_.code != ERR_OK) { \
            return try_err_;           \
        }                              \
    } while (0)

/* For the few places where a failure is really of no interest: say why beside it. */
#define IGNORE(call)                 \
    do {                             \
        const err ignored_ = (call); \
        (void)ignored_;              \
    } while (0)

/* Why something failed, for the person (message id, field, arguments) and apart from it for the log.
 * `message` is an `enum msg` of text/; 0 means that only the code is known. */
enum { FAIL_ARGS = 4, FAIL_LOG_MAX = 240 };

struct fail_arg {
    const char *name; /* placeholder in the message; static */
    str value;        /* lives in the arena of the request or job */
};

struct fail {
    int message;
    const char *field; /* name of the input that is wrong, static; NULL when it is no single one */
    struct fail_arg args[FAIL_ARGS];
    char log[FAIL_LOG_MAX]; /* for operators; never personal data */
};

/* What an errno means, for operators: static, never NULL, also with many threads. */
const char *errno_text(int number);

/* A short lower-case name of the code, for logs: "not_found". Static. */
const char *err_name(err e);

/* Note the person's message and the log's words; returns FAIL(code) so that it can end a function. */
err fail_set(struct fail *f, enum err_code code, int message, const char *field);

/* The log's half of a failure; printf-style, cut at FAIL_LOG_MAX. */
err fail_log(struct fail *f, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
