#include "visit_words.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                            \
    const char *const visit_##name##_codes[VISIT_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct visit_word visit_##name##_words[VISIT_##name##_n] = {LIST(WORD)};
VISIT_SETS(DEFINE)

enum msg visit_word_of(const struct visit_word *words, size_t n, str code)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(words[i].code, code)) {
            return words[i].text;
        }
    }
    return MSG_NONE;
}
