#include "message_words.h"

#define CODE(code, text) code,
#define WORD(code, text) {S_INIT(code), text},
#define DEFINE(name, LIST)                                                                \
    const char *const message_##name##_codes[MESSAGE_##name##_n + 1] = {LIST(CODE) NULL}; \
    const struct message_word message_##name##_words[MESSAGE_##name##_n] = {LIST(WORD)};
MESSAGE_SETS(DEFINE)

enum msg message_word_of(const struct message_word *words, size_t n, str code)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(words[i].code, code)) {
            return words[i].text;
        }
    }
    return MSG_NONE;
}
