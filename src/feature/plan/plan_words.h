/* plan_words.h: the closed sets of plans: codes, as forms and tables have them, and words. Roles, sexes and
 * kinds of events are those of event_words.h. */
#ifndef SUNWAI_PLAN_WORDS_H
#define SUNWAI_PLAN_WORDS_H

#include "case_words.h"

#define PLAN_SETS(SET)              \
    SET(kind, PLAN_KIND_WORDS)      \
    SET(result, PLAN_RESULT_KINDS)  \
    SET(measure, PLAN_MEASURES)     \
    SET(counting, PLAN_COUNTINGS)   \
    SET(aggregate, PLAN_AGGREGATES) \
    SET(every, PLAN_EVERIES)        \
    SET(target, PLAN_TARGET_KINDS)  \
    SET(likely, PLAN_LIKELIES)      \
    SET(scheme, PLAN_SCHEMES)       \
    SET(cite, PLAN_CITES)           \
    SET(quarter, PLAN_QUARTERS)     \
    SET(answer, PLAN_ANSWERS)       \
    SET(state, PLAN_STATE_WORDS)    \
    SET(action_state, PLAN_ACTION_STATES)

#define PLAN_KIND_WORDS(X)                              \
    X("operational", MSG_PLAN_KIND_OPERATIONAL)         \
    X("national_action", MSG_PLAN_KIND_NATIONAL_ACTION) \
    X("community_development", MSG_PLAN_KIND_COMMUNITY)
#define PLAN_RESULT_KINDS(X)              \
    X("impact", MSG_PLAN_RESULT_IMPACT)   \
    X("outcome", MSG_PLAN_RESULT_OUTCOME) \
    X("output", MSG_PLAN_RESULT_OUTPUT)
/* IATI IndicatorMeasure 1 to 5. */
#define PLAN_MEASURES(X)                         \
    X("unit", MSG_PLAN_MEASURE_UNIT)             \
    X("percentage", MSG_PLAN_MEASURE_PERCENTAGE) \
    X("nominal", MSG_PLAN_MEASURE_NOMINAL)       \
    X("ordinal", MSG_PLAN_MEASURE_ORDINAL)       \
    X("qualitative", MSG_PLAN_MEASURE_QUALITATIVE)
#define PLAN_COUNTINGS(X)                           \
    X("attendances", MSG_PLAN_COUNTING_ATTENDANCES) \
    X("persons", MSG_PLAN_COUNTING_PERSONS)         \
    X("cases", MSG_PLAN_COUNTING_CASES)             \
    X("events", MSG_PLAN_COUNTING_EVENTS)           \
    X("directions", MSG_PLAN_COUNTING_DIRECTIONS)   \
    X("needs", MSG_PLAN_COUNTING_NEEDS)             \
    X("visits", MSG_PLAN_COUNTING_VISITS)           \
    X("other", MSG_PLAN_COUNTING_OTHER)
#define PLAN_AGGREGATES(X)                 \
    X("sum", MSG_PLAN_AGGREGATE_SUM)       \
    X("ratio", MSG_PLAN_AGGREGATE_RATIO)   \
    X("latest", MSG_PLAN_AGGREGATE_LATEST) \
    X("none", MSG_PLAN_AGGREGATE_NONE)
#define PLAN_EVERIES(X) X("quarter", MSG_PLAN_EVERY_QUARTER) X("year", MSG_PLAN_EVERY_YEAR)
#define PLAN_TARGET_KINDS(X)                     \
    X("gender_centric", MSG_PLAN_TARGET_CENTRIC) \
    X("gender_mainstreaming", MSG_PLAN_TARGET_MAINSTREAMING)
#define PLAN_LIKELIES(X)                \
    X("low", MSG_PLAN_LIKELY_LOW)       \
    X("middle", MSG_PLAN_LIKELY_MIDDLE) \
    X("high", MSG_PLAN_LIKELY_HIGH)
#define PLAN_SCHEMES(X)           \
    X("dac", MSG_PLAN_SCHEME_DAC) \
    X("gg", MSG_PLAN_SCHEME_GG)   \
    X("gen", MSG_PLAN_SCHEME_GEN) \
    X("sdg", MSG_PLAN_SCHEME_SDG)
#define PLAN_CITES(X)                     \
    X("need", MSG_PLAN_CITE_NEED)         \
    X("snapshot", MSG_PLAN_CITE_SNAPSHOT) \
    X("finding", MSG_PLAN_CITE_FINDING)
/* Of the planning year: the first is July to September. "0": the whole year. */
#define PLAN_QUARTERS(X)           \
    X("0", MSG_PLAN_WHOLE_YEAR)    \
    X("1", MSG_PLAN_QUARTER_1)     \
    X("2", MSG_PLAN_QUARTER_2)     \
    X("3", MSG_PLAN_QUARTER_3)     \
    X("4", MSG_PLAN_QUARTER_4)     \
    X("5", MSG_PLAN_CALENDAR_YEAR) \
    X("6", MSG_PLAN_PROJECT_YEAR)
/* What became of a need. */
#define PLAN_ANSWERS(X)                       \
    X("in_plan", MSG_PLAN_ANSWER_IN_PLAN)     \
    X("in_budget", MSG_PLAN_ANSWER_IN_BUDGET) \
    X("done", MSG_PLAN_ANSWER_DONE)           \
    X("declined", MSG_PLAN_ANSWER_DECLINED)
/* In the order of enum plan_state and enum action_state. */
#define PLAN_STATE_WORDS(X)                    \
    X("draft", MSG_PLAN_STATE_DRAFT)           \
    X("submitted", MSG_PLAN_STATE_SUBMITTED)   \
    X("approved", MSG_PLAN_STATE_APPROVED)     \
    X("superseded", MSG_PLAN_STATE_SUPERSEDED) \
    X("dropped", MSG_PLAN_STATE_DROPPED)
#define PLAN_ACTION_STATES(X)                       \
    X("planned", MSG_PLAN_ACTION_STATE_PLANNED)     \
    X("under_way", MSG_PLAN_ACTION_STATE_UNDER_WAY) \
    X("late", MSG_PLAN_ACTION_STATE_LATE)           \
    X("done", MSG_PLAN_ACTION_STATE_DONE)           \
    X("cancelled", MSG_PLAN_ACTION_STATE_CANCELLED)

/* Places in the sets. */
enum { PLAN_result_impact, PLAN_result_outcome, PLAN_result_output };
enum { PLAN_scheme_dac, PLAN_scheme_gg, PLAN_scheme_gen, PLAN_scheme_sdg };

#define PLAN_SET_DECLARE(name, LIST)                                   \
    enum { PLAN_##name##_n = 0 LIST(CASE_COUNT_ONE) };                 \
    extern const char *const plan_##name##_codes[PLAN_##name##_n + 1]; \
    extern const struct case_word plan_##name##_words[PLAN_##name##_n];
PLAN_SETS(PLAN_SET_DECLARE)

#endif
