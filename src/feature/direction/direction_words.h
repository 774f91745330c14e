/* direction_words.h: the closed sets of a direction: codes, as forms, API and tables have them, and words. */
#ifndef SUNWAI_DIRECTION_WORDS_H
#define SUNWAI_DIRECTION_WORDS_H

#include "case_words.h"

#define DIRECTION_SETS(SET)          \
    SET(side, DIRECTION_SIDES)       \
    SET(horizon, DIRECTION_HORIZONS) \
    SET(report, DIRECTION_REPORTS)   \
    SET(answer, DIRECTION_ANSWERS)

#define DIRECTION_SIDES(X)                     \
    X("official", MSG_DIRECTION_SIDE_OFFICIAL) \
    X("member", MSG_DIRECTION_SIDE_MEMBER)     \
    X("women", MSG_DIRECTION_SIDE_WOMEN)       \
    X("cso", MSG_DIRECTION_SIDE_CSO)
#define DIRECTION_HORIZONS(X)               \
    X("short", MSG_DIRECTION_HORIZON_SHORT) \
    X("long", MSG_DIRECTION_HORIZON_LONG)
#define DIRECTION_REPORTS(X)                 \
    X("done", MSG_DIRECTION_REPORT_DONE)     \
    X("partly", MSG_DIRECTION_REPORT_PARTLY) \
    X("not_possible", MSG_DIRECTION_REPORT_NOT_POSSIBLE)
/* Of the follow-up event. */
#define DIRECTION_ANSWERS(X)                         \
    X("done", MSG_DIRECTION_ANSWER_DONE)             \
    X("partly", MSG_DIRECTION_ANSWER_PARTLY)         \
    X("not_done", MSG_DIRECTION_ANSWER_NOT_DONE)     \
    X("carried_on", MSG_DIRECTION_ANSWER_CARRIED_ON) \
    X("dropped", MSG_DIRECTION_ANSWER_DROPPED)

#define DIRECTION_SET_DECLARE(name, LIST)                                        \
    enum { DIRECTION_##name##_n = 0 LIST(CASE_COUNT_ONE) };                      \
    extern const char *const direction_##name##_codes[DIRECTION_##name##_n + 1]; \
    extern const struct case_word direction_##name##_words[DIRECTION_##name##_n];
DIRECTION_SETS(DIRECTION_SET_DECLARE)

#endif
