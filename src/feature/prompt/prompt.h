/* prompt.h: the questions of the public pages as recordings, for whoever does not read: which stand, in which
 * language, whose voice it is; and what a program spoke is said to be that.
 *
 * One recording stands for each question and language; a new one takes its place, and the address of each
 * changes with its content. One set for the whole installation: only its administrator and the
 * manager of the programme put and take away; what changes something belongs in a write job.
 */
#ifndef SUNWAI_PROMPT_H
#define SUNWAI_PROMPT_H

#include "evidence.h"
#include "msg.h"
#include "prompt.sql.h"

enum { PROMPT_SPEAKER_MAX = 60, PROMPT_LIGHT = 15 * 1024 /* bytes of one that is light on the phone */ };

/* Their keys, as templates name them, and the words that are read aloud. */
#define PROMPT_KEYS(X)                    \
    X("new.kind", MSG_NEW_KIND_ASK)       \
    X("new.group", MSG_NEW_SERVICE)       \
    X("new.service", MSG_NEW_SERVICE_ONE) \
    X("new.unit", MSG_NEW_UNIT)           \
    X("new.place", MSG_NEW_PLACE_ASK)     \
    X("new.same", MSG_NEW_SAME)           \
    X("new.papers", MSG_NEW_PAPERS)       \
    X("new.words", MSG_NEW_WORDS)         \
    X("new.reach", MSG_NEW_YOU)           \
    X("new.you", MSG_NEW_SEX)             \
    X("new.details", MSG_NEW_DETAILS)     \
    X("new.consent", MSG_NEW_CONSENT)     \
    X("new.check", MSG_NEW_CHECK)         \
    X("new.done", MSG_NEW_DONE_KEEP)      \
    X("track.answer", MSG_TRACK_ANSWER_TITLE)
#define PROMPT_ONE(key, words) +1
enum { PROMPTS_N = 0 PROMPT_KEYS(PROMPT_ONE) };
struct prompt_key {
    str key;
    enum msg words;
};
extern const struct prompt_key prompt_keys[PROMPTS_N];
extern const char *const prompt_codes[PROMPTS_N + 1]; /* NULL-terminated */

struct prompt_new {
    str key, lang, speaker;
    bool machine; /* a placeholder, spoken by a program */
    const struct evidence_pieces *files;
};
/* DENIED: somebody of one district. INVALID with field "sound": none came, or no recording; BUSY: there is no
 * worker now. */
err prompt_put(struct ctx *c, const struct prompt_new *n);
/* One that stands elsewhere and came with a kit (kit_sound.h has looked at it): as prompt_put(). */
struct prompt_brought {
    str key, lang, speaker, type, sound;
    bool machine;
    int64_t seconds;
};
err prompt_bring(struct ctx *c, const struct prompt_brought *b);
/* As prompt_bring(), where none stands; *out_put: false: one does, and it stays. INVALID: no such question.
 */
err prompt_fill(struct ctx *c, const struct prompt_brought *b, bool *out_put);
/* NOT_FOUND: none stands. */
err prompt_take_away(struct ctx *c, str key, str lang);

/* Those that stand, by key and language. */
err prompt_standing(struct ctx *c, struct q_prompt_standing **out, size_t *out_n);
/* Of one that stands, appended to *out. NOT_FOUND. */
err prompt_sound(struct ctx *c, str hash, struct buf *out, str *out_type);

#endif
