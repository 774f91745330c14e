/* partner_words.h: the closed sets of twinning: their codes and the words for them. */
#ifndef SUNWAI_PARTNER_WORDS_H
#define SUNWAI_PARTNER_WORDS_H

#include "case_words.h"

#define PARTNER_SETS(SET)      \
    SET(item, PARTNER_ITEMS)   \
    SET(level, PARTNER_LEVELS) \
    SET(part, PARTNER_PARTS)   \
    SET(when, PARTNER_WHENS)   \
    SET(side, PARTNER_SIDES)   \
    SET(kind, PARTNER_KINDS)

/* What an office can do; the same list for both and for ever, so that before and after can be compared. */
#define PARTNER_ITEMS(X)                           \
    X("register", MSG_PARTNER_ITEM_REGISTER)       \
    X("limit", MSG_PARTNER_ITEM_LIMIT)             \
    X("told", MSG_PARTNER_ITEM_TOLD)               \
    X("woman", MSG_PARTNER_ITEM_WOMAN)             \
    X("room", MSG_PARTNER_ITEM_ROOM)               \
    X("board", MSG_PARTNER_ITEM_BOARD)             \
    X("information", MSG_PARTNER_ITEM_INFORMATION) \
    X("court", MSG_PARTNER_ITEM_COURT)             \
    X("follow", MSG_PARTNER_ITEM_FOLLOW)           \
    X("system", MSG_PARTNER_ITEM_SYSTEM)
/* From 0 on. */
#define PARTNER_LEVELS(X)            \
    X("0", MSG_PARTNER_LEVEL_NONE)   \
    X("1", MSG_PARTNER_LEVEL_BEGUN)  \
    X("2", MSG_PARTNER_LEVEL_MOSTLY) \
    X("3", MSG_PARTNER_LEVEL_FULLY)
#define PARTNER_PARTS(X) X("host", MSG_PARTNER_HOST) X("partner", MSG_PARTNER_PARTNER)
#define PARTNER_WHENS(X) X("before", MSG_PARTNER_BEFORE) X("after", MSG_PARTNER_AFTER)
#define PARTNER_SIDES(X)                       \
    X("official", MSG_DIRECTION_SIDE_OFFICIAL) \
    X("member", MSG_DIRECTION_SIDE_MEMBER)     \
    X("women", MSG_DIRECTION_SIDE_WOMEN) X("cso", MSG_DIRECTION_SIDE_CSO)
#define PARTNER_KINDS(X)                           \
    X("coordination", MSG_EVENT_KIND_COORDINATION) \
    X("consultation", MSG_EVENT_KIND_CONSULTATION) \
    X("dialogue", MSG_EVENT_KIND_DIALOGUE) X("training", MSG_EVENT_KIND_TRAINING)

#define PARTNER_SET_DECLARE(name, LIST)                                      \
    enum { PARTNER_##name##_n = 0 LIST(CASE_COUNT_ONE) };                    \
    extern const char *const partner_##name##_codes[PARTNER_##name##_n + 1]; \
    extern const struct case_word partner_##name##_words[PARTNER_##name##_n];
PARTNER_SETS(PARTNER_SET_DECLARE)

#endif
