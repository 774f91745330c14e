#include "event_words.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                            \
    const char *const event_##name##_codes[EVENT_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct case_word event_##name##_words[EVENT_##name##_n] = {LIST(WORD)};
EVENT_SETS(DEFINE)
