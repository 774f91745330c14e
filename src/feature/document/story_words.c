#include "story_words.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                            \
    const char *const story_##name##_codes[STORY_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct case_word story_##name##_words[STORY_##name##_n] = {LIST(WORD)};
STORY_SETS(DEFINE)

bool story_has(const struct case_word *words, size_t n, str code)
{
    return case_word_of(words, n, code) != MSG_NONE;
}
