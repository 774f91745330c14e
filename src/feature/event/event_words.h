/* event_words.h: the closed sets of an event: their codes, as forms, API and tables have them, and the words
 * for them. Each set is written once (see case_words.h).
 */
#ifndef SUNWAI_EVENT_WORDS_H
#define SUNWAI_EVENT_WORDS_H

#include "case_words.h"

#define EVENT_SETS(SET)            \
    SET(kind, EVENT_KIND_WORDS)    \
    SET(audience, EVENT_AUDIENCES) \
    SET(venue, EVENT_VENUES)       \
    SET(seating, EVENT_SEATINGS)   \
    SET(came, EVENT_CAME_WORDS)    \
    SET(role, EVENT_ROLES)         \
    SET(sex, EVENT_SEXES)          \
    SET(sight, EVENT_SIGHT)        \
    SET(state, EVENT_STATE_WORDS)

#define EVENT_KIND_WORDS(X)                          \
    X("khuli_kacheri", MSG_EVENT_KIND_KHULI_KACHERI) \
    X("desk_outreach", MSG_EVENT_KIND_DESK_OUTREACH) \
    X("mobilisation", MSG_EVENT_KIND_MOBILISATION)   \
    X("training", MSG_EVENT_KIND_TRAINING)           \
    X("consultation", MSG_EVENT_KIND_CONSULTATION)   \
    X("dialogue", MSG_EVENT_KIND_DIALOGUE)           \
    X("coordination", MSG_EVENT_KIND_COORDINATION)   \
    X("rts_rti_session", MSG_EVENT_KIND_RTS_RTI)     \
    X("exchange", MSG_EVENT_KIND_EXCHANGE) X("other", MSG_EVENT_KIND_OTHER)
#define EVENT_AUDIENCES(X) X("women", MSG_EVENT_AUDIENCE_WOMEN) X("mixed", MSG_EVENT_AUDIENCE_MIXED)
#define EVENT_VENUES(X)                                 \
    X("school", MSG_EVENT_VENUE_SCHOOL)                 \
    X("college", MSG_EVENT_VENUE_COLLEGE)               \
    X("council_office", MSG_EVENT_VENUE_COUNCIL_OFFICE) \
    X("tma_hall", MSG_EVENT_VENUE_TMA_HALL)             \
    X("dc_office", MSG_EVENT_VENUE_DC_OFFICE)           \
    X("circuit_house", MSG_EVENT_VENUE_CIRCUIT_HOUSE)   \
    X("health_centre", MSG_EVENT_VENUE_HEALTH_CENTRE)   \
    X("community_hall", MSG_EVENT_VENUE_COMMUNITY_HALL) \
    X("house", MSG_EVENT_VENUE_HOUSE)                   \
    X("open_air", MSG_EVENT_VENUE_OPEN_AIR) X("other", MSG_EVENT_VENUE_OTHER)
#define EVENT_SEATINGS(X)                         \
    X("not_stated", MSG_EVENT_SEATING_NOT_STATED) \
    X("chairs", MSG_EVENT_SEATING_CHAIRS)         \
    X("floor", MSG_EVENT_SEATING_FLOOR) X("officers_only", MSG_EVENT_SEATING_OFFICERS_ONLY)
#define EVENT_CAME_WORDS(X)                    \
    X("not_known", MSG_EVENT_CAME_NOT_KNOWN)   \
    X("came", MSG_EVENT_CAME_CAME)             \
    X("sent_other", MSG_EVENT_CAME_SENT_OTHER) \
    X("absent", MSG_EVENT_CAME_ABSENT) X("excused", MSG_EVENT_CAME_EXCUSED)
/* In the order of the cells. */
#define EVENT_ROLES(X)                         \
    X("councillor", MSG_EVENT_ROLE_COUNCILLOR) \
    X("official", MSG_EVENT_ROLE_OFFICIAL)     \
    X("citizen", MSG_EVENT_ROLE_CITIZEN) X("cso", MSG_EVENT_ROLE_CSO) X("other", MSG_EVENT_ROLE_OTHER)
#define EVENT_SEXES(X)        \
    X("woman", MSG_SEX_WOMAN) \
    X("man", MSG_SEX_MAN) X("transgender", MSG_SEX_TRANSGENDER) X("not_stated", MSG_SEX_NOT_STATED)
/* What may be said of somebody by sight. */
#define EVENT_SIGHT(X) X("woman", MSG_SEX_WOMAN) X("man", MSG_SEX_MAN) X("not_stated", MSG_SEX_NOT_STATED)
/* In the order of enum event_state. */
#define EVENT_STATE_WORDS(X)              \
    X("planned", MSG_EVENT_STATE_PLANNED) \
    X("open", MSG_EVENT_STATE_OPEN)       \
    X("closed", MSG_EVENT_STATE_CLOSED) X("cancelled", MSG_EVENT_STATE_CANCELLED)

enum { EVENT_role_councillor, EVENT_role_official, EVENT_role_citizen, EVENT_role_cso, EVENT_role_other };
enum { EVENT_sex_woman, EVENT_sex_man, EVENT_sex_transgender, EVENT_sex_not_stated };

#define EVENT_SET_DECLARE(name, LIST)                                    \
    enum { EVENT_##name##_n = 0 LIST(CASE_COUNT_ONE) };                  \
    extern const char *const event_##name##_codes[EVENT_##name##_n + 1]; \
    extern const struct case_word event_##name##_words[EVENT_##name##_n];
EVENT_SETS(EVENT_SET_DECLARE)

#endif
