/* message_words.h: the closed sets of the library: their codes, as forms and tables have them, and the words
 * for them. */
#ifndef SUNWAI_MESSAGE_WORDS_H
#define SUNWAI_MESSAGE_WORDS_H

#include <stddef.h>

#include "msg.h"
#include "str.h"

struct message_word {
    str code;
    enum msg text;
};

#define MESSAGE_SETS(SET)            \
    SET(topic, MESSAGE_TOPICS)       \
    SET(form, MESSAGE_FORMS)         \
    SET(channel, MESSAGE_CHANNELS)   \
    SET(audience, MESSAGE_AUDIENCES) \
    SET(lang, MESSAGE_LANGUAGES)     \
    SET(state, MESSAGE_STATES)

#define MESSAGE_TOPICS(X)                   \
    X("rts", MSG_LIBRARY_TOPIC_RTS)         \
    X("rti", MSG_LIBRARY_TOPIC_RTI)         \
    X("desk", MSG_LIBRARY_TOPIC_DESK)       \
    X("kacheri", MSG_LIBRARY_TOPIC_KACHERI) \
    X("municipal", MSG_LIBRARY_TOPIC_MUNICIPAL) X("other", MSG_LIBRARY_TOPIC_OTHER)
#define MESSAGE_FORMS(X) \
    X("text", MSG_LIBRARY_FORM_TEXT) X("poster", MSG_LIBRARY_FORM_POSTER) X("audio", MSG_LIBRARY_FORM_AUDIO)
#define MESSAGE_CHANNELS(X)                       \
    X("notice_board", MSG_LIBRARY_CHANNEL_BOARD)  \
    X("leaflet", MSG_LIBRARY_CHANNEL_LEAFLET)     \
    X("event", MSG_LIBRARY_CHANNEL_EVENT)         \
    X("desk", MSG_LIBRARY_CHANNEL_DESK)           \
    X("radio", MSG_LIBRARY_CHANNEL_RADIO)         \
    X("cable", MSG_LIBRARY_CHANNEL_CABLE)         \
    X("loudspeaker", MSG_LIBRARY_CHANNEL_SPEAKER) \
    X("sms", MSG_LIBRARY_CHANNEL_SMS)             \
    X("social", MSG_LIBRARY_CHANNEL_SOCIAL) X("other", MSG_LIBRARY_CHANNEL_OTHER)
#define MESSAGE_AUDIENCES(X)                      \
    X("everybody", MSG_LIBRARY_FOR_EVERYBODY)     \
    X("women", MSG_LIBRARY_FOR_WOMEN)             \
    X("young_women", MSG_LIBRARY_FOR_YOUNG_WOMEN) \
    X("members", MSG_LIBRARY_FOR_MEMBERS)         \
    X("officials", MSG_LIBRARY_FOR_OFFICIALS) X("students", MSG_LIBRARY_FOR_STUDENTS)
#define MESSAGE_LANGUAGES(X) X("ur", MSG_LANG_UR) X("ps", MSG_LANG_PS) X("en", MSG_LANG_EN)
/* By enum message_state of message.h. */
#define MESSAGE_STATES(X)               \
    X("draft", MSG_LIBRARY_STATE_DRAFT) \
    X("approved", MSG_LIBRARY_STATE_APPROVED) X("withdrawn", MSG_LIBRARY_STATE_WITHDRAWN)

#define MESSAGE_COUNT_ONE(code, text) +1
#define MESSAGE_SET_DECLARE(name, LIST)                                      \
    enum { MESSAGE_##name##_n = 0 LIST(MESSAGE_COUNT_ONE) };                 \
    extern const char *const message_##name##_codes[MESSAGE_##name##_n + 1]; \
    extern const struct message_word message_##name##_words[MESSAGE_##name##_n];
MESSAGE_SETS(MESSAGE_SET_DECLARE)

/* MSG_NONE when the code is not in the set. */
enum msg message_word_of(const struct message_word *words, size_t n, str code);

#endif
