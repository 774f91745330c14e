/* flags.c: reading the command line. */
#include "flags.h"

static const struct {
    const char *name;
    bool alone; /* takes no value */
} table[FLAG_N] = {
    [FLAG_DATA] = {"data", false},
    [FLAG_CONFIG] = {"config", false},
    [FLAG_DATABASE] = {"database", false},
    [FLAG_LISTEN] = {"listen", false},
    [FLAG_PORT] = {"port", false},
    [FLAG_THREADS] = {"threads", false},
    [FLAG_HTTPS] = {"https", true},
    [FLAG_ALLOW] = {"allow", false},
    [FLAG_METRICS_TOKEN] = {"metrics-token", false},
    [FLAG_CHECK_CONFIG] = {"check-config", true},
    [FLAG_LOGIN] = {"login", false},
    [FLAG_ROLE] = {"role", false},
    [FLAG_DISTRICT] = {"district", false},
    [FLAG_UNIT] = {"unit", false},
    [FLAG_OFFICE] = {"office", false},
    [FLAG_NAME] = {"name", false},
    [FLAG_USER] = {"user", false},
    [FLAG_FROM] = {"from", false},
    [FLAG_UNTIL] = {"until", false},
    [FLAG_FD] = {"fd", false},
    [FLAG_READY] = {"ready", false},
    [FLAG_WORKER] = {"worker", false},
    [FLAG_COURIER] = {"courier", false},
    [FLAG_CASES] = {"cases", false},
    [FLAG_SEED] = {"seed", false},
    [FLAG_DAYS] = {"days", false},
    [FLAG_OUT] = {"out", false},
    [FLAG_KEY] = {"key", false},
    [FLAG_KEYS] = {"keys", false},
    [FLAG_WITNESS] = {"witness", false},
    [FLAG_HEAD] = {"head", false},
    [FLAG_TLS_CERT] = {"tls-cert", false},
    [FLAG_TLS_KEY] = {"tls-key", false},
    [FLAG_REDIRECT_PORT] = {"http-redirect-port", false},
    [FLAG_PLAIN_FD] = {"plain-fd", false},
    [FLAG_AFTER] = {"after", true},
    [FLAG_HOST] = {"host", false},
    [FLAG_FIXTURE] = {"fixture", false},
    [FLAG_FORMAT] = {"format", false},
    [FLAG_PERIOD] = {"period", false},
    [FLAG_LANG] = {"lang", false},
    [FLAG_FOR] = {"for", false},
    [FLAG_DRY_RUN] = {"dry-run", true},
    [FLAG_ACCEPT] = {"accept", false},
    [FLAG_DAY] = {"day", false},
    [FLAG_FINGERPRINT] = {"fingerprint", false},
};

const char *flag_name(enum flag f)
{
    return table[f].name;
}

static bool flag_find(str name, uint64_t allowed, enum flag *out)
{
    for (enum flag f = 0; f < FLAG_N; f++) {
        if ((allowed & (UINT64_C(1) << f)) != 0 && str_eq(name, str_of(table[f].name))) {
            *out = f;
            return true;
        }
    }
    return false;
}

enum flags_fault flags_read(int argc, char *const argv[], uint64_t allowed, unsigned words_max,
                            struct flags *out, str *out_culprit)
{
    struct flags flags = {0};
    for (int i = 0; i < argc; i++) {
        const str word = str_of(argv[i]);
        *out_culprit = word;
        if (!str_starts(word, S("--"))) {
            if (flags.words_n >= words_max || flags.words_n >= FLAGS_WORDS) {
                return FLAGS_TOO_MANY;
            }
            flags.words[flags.words_n++] = word;
            continue;
        }
        str value = str_sub(word, 2, word.n);
        const str name = str_cut(&value, '=');
        enum flag f;
        if (!flag_find(name, allowed, &f) || (table[f].alone && value.p != NULL)) {
            return FLAGS_UNKNOWN;
        }
        if (table[f].alone) {
            value = S("yes");
        }
        if (value.p == NULL) {
            if (i + 1 >= argc) {
                return FLAGS_NO_VALUE;
            }
            value = str_of(argv[++i]);
        }
        flags.value[f] = value;
    }
    *out = flags;
    return FLAGS_FINE;
}
