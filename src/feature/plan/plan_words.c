#include "plan_words.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                          \
    const char *const plan_##name##_codes[PLAN_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct case_word plan_##name##_words[PLAN_##name##_n] = {LIST(WORD)};
PLAN_SETS(DEFINE)
