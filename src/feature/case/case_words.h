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
#define CASE_SETS(SET)                 \
    SET(kind, CASE_KIND_WORDS)         \
    SET(sex, CASE_SEXES)               \
    SET(whose, CASE_PHONES)            \
    SET(lang, CASE_LANGS)              \
    SET(channel, CASE_CHANNELS)        \
    SET(report, CASE_REPORTS)          \
    SET(reason, CASE_REASONS)          \
    SET(outcome, CASE_OUTCOMES)        \
    SET(via, CASE_VIAS)                \
    SET(behalf, CASE_BEHALVES)         \
    SET(spoken, CASE_SPOKEN)           \
    SET(when, CASE_WHENS)              \
    SET(age, CASE_AGES)                \
    SET(minority, CASE_MINORITIES)     \
    SET(disability, CASE_DISABILITIES) \
    SET(difficulty, CASE_DIFFICULTIES) \
    SET(relation, CASE_RELATIONS)      \
    SET(purpose, CASE_PURPOSES)        \
    SET(yes_no, CASE_YES_NO)

#define CASE_KIND_WORDS(X)             \
    X("complaint", MSG_KIND_COMPLAINT) \
    X("application", MSG_KIND_APPLICATION) X("suggestion", MSG_KIND_SUGGESTION)
/* Who brings it. */
#define CASE_BEHALVES(X)       \
    X("self", MSG_BEHALF_SELF) \
    X("mother", MSG_BEHALF_MOTHER) X("cso", MSG_BEHALF_CSO) X("group", MSG_BEHALF_GROUP)
/* Languages people speak here: more than those that are written to them. */
#define CASE_SPOKEN(X)                         \
    X("pashto", MSG_SPOKEN_PASHTO)             \
    X("pashto_north", MSG_SPOKEN_PASHTO_NORTH) \
    X("urdu", MSG_SPOKEN_URDU)                 \
    X("hindko", MSG_SPOKEN_HINDKO)             \
    X("punjabi", MSG_SPOKEN_PUNJABI)           \
    X("saraiki", MSG_SPOKEN_SARAIKI)           \
    X("gojri", MSG_SPOKEN_GOJRI)               \
    X("kohistani", MSG_SPOKEN_KOHISTANI)       \
    X("khowar", MSG_SPOKEN_KHOWAR)             \
    X("sindhi", MSG_SPOKEN_SINDHI)             \
    X("balochi", MSG_SPOKEN_BALOCHI)           \
    X("dari", MSG_SPOKEN_DARI)                 \
    X("english", MSG_SPOKEN_ENGLISH) X("sign", MSG_SPOKEN_SIGN) X("other", MSG_SPOKEN_OTHER)
/* When it is safe to call: whole hours of the day in case_when_hours(). */
#define CASE_WHENS(X)              \
    X("any", MSG_WHEN_ANY)         \
    X("morning", MSG_WHEN_MORNING) \
    X("midday", MSG_WHEN_MIDDAY) X("afternoon", MSG_WHEN_AFTERNOON) X("evening", MSG_WHEN_EVENING)
#define CASE_AGES(X)                \
    X("under_18", MSG_AGE_UNDER_18) \
    X("18_29", MSG_AGE_18_29)       \
    X("30_44", MSG_AGE_30_44)       \
    X("45_59", MSG_AGE_45_59) X("60_over", MSG_AGE_60_OVER) X("not_stated", MSG_AGE_NOT_STATED)
#define CASE_MINORITIES(X) \
    X("yes", MSG_CASE_YES) \
    X("no", MSG_CASE_NO) X("not_stated", MSG_AGE_NOT_STATED)
/* From the Washington Group short set: "yes" when one of the six is "a lot" or "cannot". */
#define CASE_DISABILITIES(X) \
    X("yes", MSG_CASE_YES)   \
    X("no", MSG_CASE_NO) X("not_asked", MSG_DISABILITY_NOT_ASKED)
#define CASE_DIFFICULTIES(X)       \
    X("none", MSG_DIFFICULTY_NONE) \
    X("some", MSG_DIFFICULTY_SOME) \
    X("lot", MSG_DIFFICULTY_LOT) X("cannot", MSG_DIFFICULTY_CANNOT)
#define CASE_RELATIONS(X)                \
    X("wife", MSG_RELATION_WIFE)         \
    X("daughter", MSG_RELATION_DAUGHTER) \
    X("mother", MSG_RELATION_MOTHER)     \
    X("widow", MSG_RELATION_WIDOW) X("son", MSG_RELATION_SON) X("other", MSG_RELATION_OTHER)
/* What her consent is asked for, each by itself. */
#define CASE_PURPOSES(X)            \
    X("record", MSG_PURPOSE_RECORD) \
    X("call", MSG_PURPOSE_CALL)     \
    X("hand_over", MSG_PURPOSE_HAND_OVER) X("figures", MSG_PURPOSE_FIGURES)
#define CASE_YES_NO(X) X("yes", MSG_CASE_YES) X("no", MSG_CASE_NO)
#define CASE_REASONS(X)                    \
    X("no_funds", MSG_REASON_NO_FUNDS)     \
    X("court_stay", MSG_REASON_COURT_STAY) \
    X("higher_approval", MSG_REASON_HIGHER_APPROVAL) X("not_technical", MSG_REASON_NOT_TECHNICAL)
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
#define CASE_VIAS(X)              \
    X("desk", MSG_ACT_VIA_DESK)   \
    X("phone", MSG_ACT_VIA_PHONE) \
    X("proxy", MSG_ACT_VIA_PROXY) X("event", MSG_ACT_VIA_EVENT) X("public", MSG_ACT_VIA_PUBLIC)

/* Places in CASE_PURPOSES. */
enum { CASE_purpose_record, CASE_purpose_call, CASE_purpose_hand_over, CASE_purpose_figures };

#define CASE_COUNT_ONE(code, text) +1
#define CASE_SET_DECLARE(name, LIST)                                   \
    enum { CASE_##name##_n = 0 LIST(CASE_COUNT_ONE) };                 \
    extern const char *const case_##name##_codes[CASE_##name##_n + 1]; \
    extern const struct case_word case_##name##_words[CASE_##name##_n];
CASE_SETS(CASE_SET_DECLARE)

/* MSG_NONE when the code is not in the set. */
enum msg case_word_of(const struct case_word *words, size_t n, str code);

#endif
