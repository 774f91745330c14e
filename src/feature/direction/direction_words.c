#include "direction_words.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                                    \
    const char *const direction_##name##_codes[DIRECTION_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct case_word direction_##name##_words[DIRECTION_##name##_n] = {LIST(WORD)};
DIRECTION_SETS(DEFINE)
