/* case_words.h: the closed sets of a case: their codes, as forms, API and tables have them, and the words for
 * them.
 *
 * Each set is written once. From it come the choices that an input allows, the choices that a page shows and
 * the words for a stored code. States, actions and results are those of case_kind.h.
 */
#ifndef SUNWAI_CASE_WORDS_H
#define SUNWAI_CASE_WORDS_H

#include <stddef.h>

#include "msg.h"
#include "str.h"

struct case_word {
    str code;
    enum msg text;
};

/* NULL-terminated codes, for the inputs of routes; and the same with words, as many as the set has. */
#define CASE_SETS(SET)          \
    SET(sex, CASE_SEXES)        \
    SET(whose, CASE_PHONES)     \
    SET(lang, CASE_LANGS)       \
    SET(channel, CASE_CHANNELS) \
    SET(report, CASE_REPORTS)   \
    SET(outcome, CASE_OUTCOMES) \
    SET(via, CASE_VIAS)

#define CASE_SEXES(X)         \
    X("woman", MSG_SEX_WOMAN) \
    X("man", MSG_SEX_MAN) X("transgender", MSG_SEX_TRANSGENDER) X("not_stated", MSG_SEX_NOT_STATED)
#define CASE_PHONES(X)                  \
    X("own", MSG_NEW_WHOSE_OWN)         \
    X("husband", MSG_NEW_WHOSE_HUSBAND) \
    X("family", MSG_NEW_WHOSE_FAMILY) X("neighbour", MSG_NEW_WHOSE_NEIGHBOUR) X("other", MSG_NEW_WHOSE_OTHER)
#define CASE_LANGS(X) X("ur", MSG_LANG_UR) X("ps", MSG_LANG_PS) X("en", MSG_LANG_EN)
#define CASE_CHANNELS(X)        \
    X("desk", MSG_CHANNEL_DESK) \
    X("phone", MSG_CHANNEL_PHONE) X("event", MSG_CHANNEL_EVENT) X("public", MSG_CHANNEL_PUBLIC)
#define CASE_REPORTS(X)            \
    X("done", MSG_ACT_RESULT_DONE) \
    X("partly", MSG_ACT_RESULT_PARTLY) X("not_possible", MSG_ACT_RESULT_NOT_POSSIBLE)
#define CASE_OUTCOMES(X) \
    X("solved", MSG_STATE_SOLVED) X("partly", MSG_STATE_PARTLY) X("not_solved", MSG_STATE_NOT_SOLVED)
#define CASE_VIAS(X)            \
    X("desk", MSG_ACT_VIA_DESK) \
    X("phone", MSG_ACT_VIA_PHONE) X("proxy", MSG_ACT_VIA_PROXY) X("public", MSG_ACT_VIA_PUBLIC)

#define CASE_COUNT_ONE(code, text) +1
#define CASE_SET_DECLARE(name, LIST)                                   \
    enum { CASE_##name##_n = 0 LIST(CASE_COUNT_ONE) };                 \
    extern const char *const case_##name##_codes[CASE_##name##_n + 1]; \
    extern const struct case_word case_##name##_words[CASE_##name##_n];
CASE_SETS(CASE_SET_DECLARE)

/* MSG_NONE when the code is not in the set. */
enum msg case_word_of(const struct case_word *words, size_t n, str code);

#endif
