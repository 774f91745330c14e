/* event_file.h: files that show that an event was held: the signed count sheet, the sign-in sheet, minutes,
 * letters, what newspapers wrote, photos.
 *
 * They are evidence (evidence.h) of the event, sealed with the key of its roster. The desk of the district
 * and whoever records its day add them; the desk alone says who else opens one, and takes one away. Three
 * rules: a sign-in sheet holds names: the desk alone opens it, ever a photo, or what is none of the kinds, is
 * the desk's alone until the people in it agreed to more a signed count sheet is enough: nobody's face is
 * ever asked for (event_file_counted) An event out of reach is NOT_FOUND before any of this is asked
 * (event_find).
 */
#ifndef SUNWAI_EVENT_FILE_H
#define SUNWAI_EVENT_FILE_H

#include "event.h"
#include "evidence.h"

enum { EVENT_FILE_WHY_MAX = 200 };

#define EVENT_FILE_SETS(SET)     \
    SET(paper, EVENT_FILE_PAPER) \
    SET(seen, EVENT_FILE_SEEN)
#define EVENT_FILE_PAPER(X)                            \
    X("count_sheet", MSG_EVENT_FILE_PAPER_COUNT_SHEET) \
    X("sign_in", MSG_EVENT_FILE_PAPER_SIGN_IN)         \
    X("minutes", MSG_EVENT_FILE_PAPER_MINUTES)         \
    X("photo", MSG_EVENT_FILE_PAPER_PHOTO)             \
    X("press", MSG_EVENT_FILE_PAPER_PRESS)             \
    X("letter", MSG_EVENT_FILE_PAPER_LETTER)           \
    X("other", MSG_EVENT_FILE_PAPER_OTHER)
#define EVENT_FILE_SEEN(X)                        \
    X("desk", MSG_EVENT_FILE_SEEN_DESK)           \
    X("district", MSG_EVENT_FILE_SEEN_DISTRICT)   \
    X("programme", MSG_EVENT_FILE_SEEN_PROGRAMME) \
    X("public", MSG_EVENT_FILE_SEEN_PUBLIC)
#define EVENT_FILE_DECLARE(name, LIST)                                             \
    enum { EVENT_FILE_##name##_n = 0 LIST(CASE_COUNT_ONE) };                       \
    extern const char *const event_file_##name##_codes[EVENT_FILE_##name##_n + 1]; \
    extern const struct case_word event_file_##name##_words[EVENT_FILE_##name##_n];
EVENT_FILE_SETS(EVENT_FILE_DECLARE)

/* In a write job. DENIED: not hers to add; CONFLICT: the event was cancelled; INVALID with field "paper",
 * "seen" or "agreed": one of the rules above. `seen` may be empty: the desk alone. */
err event_file_add(struct ctx *c, const struct event_view *v, str paper, str seen, bool agreed,
                   const struct evidence_pieces *p);
/* In a write job, by the desk. INVALID with field "piece", "now_seen" or "now_agreed". */
err event_file_show_to(struct ctx *c, const struct event_view *v, int64_t piece_no, str seen, bool agreed);
/* In a write job, by the desk: its bytes go, the row stays with the reason. INVALID with field "gone" or
 * "why". */
err event_file_remove(struct ctx *c, const struct event_view *v, int64_t piece_no, str why);

bool event_file_may_add(const struct ctx *c, const struct event_view *v);
/* Whether this person says who opens them. */
bool event_file_keeps(const struct ctx *c);
/* Opened by its own address alone, where each look is recorded. */
bool event_file_held(const struct evidence_row *row);
/* Signed count sheets that stand; *out_no one of them. */
err event_file_counted(struct ctx *c, const struct event_view *v, int64_t *out_n, int64_t *out_no);

#endif
