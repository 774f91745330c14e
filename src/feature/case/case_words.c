#include "case_words.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                          \
    const char *const case_##name##_codes[CASE_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct case_word case_##name##_words[CASE_##name##_n] = {LIST(WORD)};
CASE_SETS(DEFINE)

enum msg case_word_of(const struct case_word *words, size_t n, str code)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(words[i].code, code)) {
            return words[i].text;
        }
    }
    return MSG_NONE;
}
