/* msg.h: what the program says to people, in their language.
 *
 * The texts stand in en.po, ur.po and ps.po; msggen makes `enum msg` (MSG_NONE = 0, MSG_…) in msg_ids.h from
 * en.po's msgids ("track.title" is MSG_TRACK_TITLE) and the tables behind these functions. A text missing in
 * a language falls back along lang_table[].fallback; msg_lang() tells in which language the text really is,
 * so that a page can mark it with `lang`.
 * Placeholders are named: "Due on {date}". A message with a plural has msgid_plural; the form is chosen by
 * the number given as `n`, by the rule in the .po header.
 */
#ifndef SUNWAI_MSG_H
#define SUNWAI_MSG_H

#include "buf.h"
#include "lang.h"
#include "msg_ids.h" /* generated: enum msg, MSG_N */

struct msg_arg {
    const char *name;
    str value;
};

str msg_text(enum lang lang, enum msg id);       /* static; without arguments filled in */
enum lang msg_lang(enum lang lang, enum msg id); /* the language msg_text() really gave */
const char *msg_key(enum msg id);                /* "track.title" */
bool msg_of_key(str key, enum msg *out);
/* The text with its placeholders filled in, unescaped; n chooses the plural form (any value where none), and
 * is what {n} shows unless args name an n themselves. A placeholder without a value stays visible as {name}.
 */
void msg_put(struct buf *b, enum lang lang, enum msg id, int64_t n, const struct msg_arg *args,
             size_t args_n);

/* The same piece by piece, for those who mark what was filled in. A piece is borrowed until the next one. */
struct msg_walk {
    enum lang lang; /* in which the text really is */
    str rest;
    int64_t n;
    const struct msg_arg *args;
    size_t args_n;
    char number[80];
};
struct msg_walk msg_walk(enum lang lang, enum msg id, int64_t n, const struct msg_arg *args, size_t args_n);
bool msg_walk_next(struct msg_walk *w, str *out_piece, bool *out_filled); /* false at the end */

#endif
