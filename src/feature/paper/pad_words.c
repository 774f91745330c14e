/* pad_words.c: see pad_words.h. */
#include "pad_words.h"

#define PAD_WORD(code, text) {S_INIT(code), text},
#define PAD_CODE(code, text) code,
#define PAD_SET(name, list)                                                       \
    const struct case_word pad_##name##_words[PAD_##name##_n] = {list(PAD_WORD)}; \
    const char *const pad_##name##_codes[PAD_##name##_n + 1] = {list(PAD_CODE) NULL};
PAD_SETS(PAD_SET)
