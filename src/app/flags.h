/* flags.h: what stands behind the command's name: --name VALUE, --name=VALUE, --name.
 *
 * Values are borrowed from argv. A flag that a command does not know, or one without its value, is refused.
 */
#ifndef SUNWAI_FLAGS_H
#define SUNWAI_FLAGS_H

#include "err.h"

enum flag {
    FLAG_DATA,
    FLAG_CONFIG,
    FLAG_DATABASE,
    FLAG_LISTEN,
    FLAG_PORT,
    FLAG_THREADS,
    FLAG_HTTPS,
    FLAG_ALLOW,
    FLAG_METRICS_TOKEN,
    FLAG_CHECK_CONFIG,
    FLAG_LOGIN,
    FLAG_ROLE,
    FLAG_DISTRICT, /* the same as --unit */
    FLAG_UNIT,
    FLAG_OFFICE,
    FLAG_NAME,
    FLAG_USER,
    FLAG_FROM,
    FLAG_UNTIL,
    FLAG_FD,
    FLAG_READY,
    FLAG_WORKER, /* ends of the companions' sockets */
    FLAG_COURIER,
    FLAG_CASES,
    FLAG_SEED,
    FLAG_DAYS,
    FLAG_OUT,
    FLAG_KEY,
    FLAG_KEYS,
    FLAG_WITNESS,
    FLAG_HEAD,
    FLAG_TLS_CERT,
    FLAG_TLS_KEY,
    FLAG_REDIRECT_PORT,
    FLAG_PLAIN_FD,
    FLAG_AFTER,
    FLAG_HOST,
    FLAG_FIXTURE,
    FLAG_FORMAT,
    FLAG_PERIOD,
    FLAG_LANG,
    FLAG_FOR,
    FLAG_DRY_RUN,
    FLAG_ACCEPT,
    FLAG_DAY,
    FLAG_FINGERPRINT,
    FLAG_N
};
#define FLAG_BIT(f) (UINT64_C(1) << FLAG_##f)
/* Where the data are, and how they are reached. */
#define FLAGS_DATA (FLAG_BIT(DATA) | FLAG_BIT(CONFIG) | FLAG_BIT(DATABASE))
#define FLAGS_SERVE                                                                         \
    (FLAGS_DATA | FLAG_BIT(LISTEN) | FLAG_BIT(PORT) | FLAG_BIT(THREADS) | FLAG_BIT(HTTPS) | \
     FLAG_BIT(TLS_CERT) | FLAG_BIT(TLS_KEY) | FLAG_BIT(REDIRECT_PORT) | FLAG_BIT(ALLOW) |   \
     FLAG_BIT(METRICS_TOKEN) | FLAG_BIT(CHECK_CONFIG) | FLAG_BIT(WITNESS))

enum { FLAGS_WORDS = 2 };

struct flags {
    str value[FLAG_N];      /* STR_NONE: not given; "yes" for one that takes no value */
    str words[FLAGS_WORDS]; /* what is no flag: add */
    size_t words_n;
};

enum flags_fault { FLAGS_FINE, FLAGS_UNKNOWN, FLAGS_NO_VALUE, FLAGS_TOO_MANY };

/* argv without program and command. When it does not say FLAGS_FINE, *out_culprit is the word at fault.
 */
enum flags_fault flags_read(int argc, char *const argv[], uint64_t allowed, unsigned words_max,
                            struct flags *out, str *out_culprit);
const char *flag_name(enum flag f); /* "check-config" */

#endif
