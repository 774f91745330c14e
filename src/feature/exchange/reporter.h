/* reporter.h: who reports a programme in IATI: its identifier as registered (iatistandard.org, organisation
 * identifiers), what kind of organisation it is, and the purpose of the programme (OECD DAC, five digits). */
#ifndef SUNWAI_REPORTER_H
#define SUNWAI_REPORTER_H

#include "case_words.h"
#include "exchange.sql.h"
#include "store.h"

/* IATI OrganisationType, those that may run such a programme. */
#define REPORTER_TYPES(X)                 \
    X("10", MSG_EXCHANGE_TYPE_GOVERNMENT) \
    X("11", MSG_EXCHANGE_TYPE_LOCAL)      \
    X("15", MSG_EXCHANGE_TYPE_PUBLIC)     \
    X("21", MSG_EXCHANGE_TYPE_INGO) X("22", MSG_EXCHANGE_TYPE_NGO) X("40", MSG_EXCHANGE_TYPE_MULTILATERAL)
enum { REPORTER_TYPES_N = 0 REPORTER_TYPES(CASE_COUNT_ONE) };
extern const char *const reporter_type_codes[REPORTER_TYPES_N + 1];
extern const struct case_word reporter_type_words[REPORTER_TYPES_N];

enum { REPORTER_REF_MAX = 100, REPORTER_NAME_MAX = 160, REPORTER_SECTOR_DIGITS = 5 };

struct reporter {
    str programme; /* code */
    str ref, type, name, sector;
};
/* As it is said now; NOT_FOUND: no such programme. */
err reporter_get(struct ctx *c, str programme, struct q_exchange_programmes *out);
/* In a write job. INVALID with field ref or sector. */
err reporter_put(struct ctx *c, const struct reporter *r);

#endif
