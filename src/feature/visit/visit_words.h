/* visit_words.h: the closed sets of a visit: their codes, as forms and tables have them, and the words for
 * them. */
#ifndef SUNWAI_VISIT_WORDS_H
#define SUNWAI_VISIT_WORDS_H

#include <stddef.h>

#include "msg.h"
#include "str.h"

struct visit_word {
    str code;
    enum msg text;
};

#define VISIT_SETS(SET)          \
    SET(turn, VISIT_TURNS)       \
    SET(sex, VISIT_SEXES)        \
    SET(outcome, VISIT_OUTCOMES) \
    SET(online, VISIT_ONLINE)    \
    SET(face, VISIT_FACES)       \
    SET(form, VISIT_FORMS)       \
    SET(move, VISIT_MOVES)       \
    SET(written, VISIT_LANGUAGES)

#define VISIT_TURNS(X) X("usual", MSG_VISIT_TURN_USUAL) X("first", MSG_VISIT_TURN_FIRST)
/* By sight; whoever wants to say more does so in private, at a case. */
#define VISIT_SEXES(X)        \
    X("woman", MSG_SEX_WOMAN) \
    X("man", MSG_SEX_MAN) X("not_stated", MSG_SEX_NOT_STATED)
#define VISIT_OUTCOMES(X)                           \
    X("information", MSG_VISIT_OUTCOME_INFORMATION) \
    X("form", MSG_VISIT_OUTCOME_FORM)               \
    X("online", MSG_VISIT_OUTCOME_ONLINE)           \
    X("referred", MSG_VISIT_OUTCOME_REFERRED)       \
    X("case", MSG_VISIT_OUTCOME_CASE) X("other", MSG_VISIT_OUTCOME_OTHER)
#define VISIT_ONLINE(X)                            \
    X("identity", MSG_VISIT_ONLINE_IDENTITY)       \
    X("certificate", MSG_VISIT_ONLINE_CERTIFICATE) \
    X("portal", MSG_VISIT_ONLINE_PORTAL)           \
    X("payment", MSG_VISIT_ONLINE_PAYMENT)         \
    X("support", MSG_VISIT_ONLINE_SUPPORT)         \
    X("education", MSG_VISIT_ONLINE_EDUCATION)     \
    X("own_phone", MSG_VISIT_ONLINE_OWN_PHONE) X("other", MSG_VISIT_ONLINE_OTHER)
#define VISIT_FACES(X)             \
    X("good", MSG_VISIT_FACE_GOOD) \
    X("middling", MSG_VISIT_FACE_MIDDLING) X("bad", MSG_VISIT_FACE_BAD)
#define VISIT_FORMS(X)                   \
    X("leaflet", MSG_MATERIAL_LEAFLET)   \
    X("brochure", MSG_MATERIAL_BROCHURE) \
    X("booklet", MSG_MATERIAL_BOOKLET)   \
    X("poster", MSG_MATERIAL_POSTER)     \
    X("form", MSG_MATERIAL_FORM) X("other", MSG_MATERIAL_OTHER)
#define VISIT_MOVES(X)                   \
    X("given", MSG_MATERIAL_GIVEN)       \
    X("received", MSG_MATERIAL_RECEIVED) \
    X("counted", MSG_MATERIAL_COUNTED)   \
    X("lost", MSG_MATERIAL_LOST)
#define VISIT_LANGUAGES(X) X("ur", MSG_LANG_UR) X("ps", MSG_LANG_PS) X("en", MSG_LANG_EN)

#define VISIT_COUNT_ONE(code, text) +1
#define VISIT_SET_DECLARE(name, LIST)                                    \
    enum { VISIT_##name##_n = 0 LIST(VISIT_COUNT_ONE) };                 \
    extern const char *const visit_##name##_codes[VISIT_##name##_n + 1]; \
    extern const struct visit_word visit_##name##_words[VISIT_##name##_n];
VISIT_SETS(VISIT_SET_DECLARE)

/* MSG_NONE when the code is not in the set. */
enum msg visit_word_of(const struct visit_word *words, size_t n, str code);

#endif
