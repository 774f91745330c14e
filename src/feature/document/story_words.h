/* story_words.h: the closed sets of narratives and quotes: codes, as forms and tables have them, and words.
 * Roles and sexes of speakers are those of event_words.h. */
#ifndef SUNWAI_STORY_WORDS_H
#define SUNWAI_STORY_WORDS_H

#include "case_words.h"

#define STORY_SETS(SET)            \
    SET(document, STORY_DOCUMENTS) \
    SET(section, STORY_SECTIONS)   \
    SET(language, STORY_LANGUAGES) \
    SET(kind, STORY_KINDS)         \
    SET(about, STORY_ABOUTS)       \
    SET(how, STORY_HOWS)           \
    SET(spoken, STORY_SPOKEN)

#define STORY_DOCUMENTS(X)                           \
    X("achievement", MSG_STORY_DOCUMENT_ACHIEVEMENT) \
    X("annual", MSG_STORY_DOCUMENT_ANNUAL)
/* In the order in which a document has them. */
#define STORY_SECTIONS(X)                         \
    X("results", MSG_STORY_SECTION_RESULTS)       \
    X("successes", MSG_STORY_SECTION_SUCCESSES)   \
    X("challenges", MSG_STORY_SECTION_CHALLENGES) \
    X("partners", MSG_STORY_SECTION_PARTNERS)     \
    X("lessons", MSG_STORY_SECTION_LESSONS)
/* Of documents. */
#define STORY_LANGUAGES(X) X("en", MSG_LANG_EN) X("ur", MSG_LANG_UR)
/* Of what was said. */
#define STORY_SPOKEN(X) X("ur", MSG_LANG_UR) X("ps", MSG_LANG_PS) X("en", MSG_LANG_EN)
#define STORY_KINDS(X)               \
    X("quote", MSG_STORY_KIND_QUOTE) \
    X("story", MSG_STORY_KIND_STORY) \
    X("photo", MSG_STORY_KIND_PHOTO)
/* The last one is refused: nothing about such a matter is kept. */
#define STORY_ABOUTS(X)                     \
    X("service", MSG_STORY_ABOUT_SERVICE)   \
    X("desk", MSG_STORY_ABOUT_DESK)         \
    X("kacheri", MSG_STORY_ABOUT_KACHERI)   \
    X("training", MSG_STORY_ABOUT_TRAINING) \
    X("rights", MSG_STORY_ABOUT_RIGHTS)     \
    X("dialogue", MSG_STORY_ABOUT_DIALOGUE) \
    X("other", MSG_STORY_ABOUT_OTHER)       \
    X("protected", MSG_STORY_ABOUT_PROTECTED)
/* How her consent was recorded. */
#define STORY_HOWS(X)               \
    X("voice", MSG_STORY_HOW_VOICE) \
    X("thumb", MSG_STORY_HOW_THUMB) \
    X("signature", MSG_STORY_HOW_SIGNATURE)

/* Places in the sets. */
enum { STORY_section_lessons = 4 };

#define STORY_SET_DECLARE(name, LIST)                                    \
    enum { STORY_##name##_n = 0 LIST(CASE_COUNT_ONE) };                  \
    extern const char *const story_##name##_codes[STORY_##name##_n + 1]; \
    extern const struct case_word story_##name##_words[STORY_##name##_n];
STORY_SETS(STORY_SET_DECLARE)

/* Whether a code stands in a set. */
bool story_has(const struct case_word *words, size_t n, str code);

#endif
