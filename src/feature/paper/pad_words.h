/* pad_words.h: the closed sets of pads, with their words (pad.h): codes for inputs, NULL-terminated. */
#ifndef SUNWAI_PAD_WORDS_H
#define SUNWAI_PAD_WORDS_H

#include "case_words.h"
#include "pad.h"

#define PAD_SETS(SET)     \
    SET(why, PAD_WHYS)    \
    SET(loss, PAD_LOSSES) \
    SET(state, PAD_STATES)

#define PAD_COUNT_1(code, text) +1
#define PAD_SET(name, list)                                           \
    enum { PAD_##name##_n = 0 list(PAD_COUNT_1) };                    \
    extern const struct case_word pad_##name##_words[PAD_##name##_n]; \
    extern const char *const pad_##name##_codes[PAD_##name##_n + 1];
PAD_SETS(PAD_SET)
#undef PAD_SET

#endif
