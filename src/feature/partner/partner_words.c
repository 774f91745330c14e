#include "partner_words.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                                \
    const char *const partner_##name##_codes[PARTNER_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct case_word partner_##name##_words[PARTNER_##name##_n] = {LIST(WORD)};
PARTNER_SETS(DEFINE)
