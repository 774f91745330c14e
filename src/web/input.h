/* input.h: from what was sent to what a handler may trust: each declared input checked by its type and bound.
 *
 * A fault is said in the person's language, and the value is given back cleaned, so that she sees what was
 * wrong and loses nothing. Checked text is trimmed, NFC, its line ends LF.
 */
#ifndef SUNWAI_INPUT_H
#define SUNWAI_INPUT_H

#include "raw.h"
#include "route.h"
#include "token.h"

struct input_desk {
    struct arena *arena;
    enum lang lang;
    const uint8_t *token_key; /* TOKEN_KEY_LEN bytes, for IN_CURSOR */
    str cursor_purpose;       /* so that a cursor is good for its own list only */
    int64_t now_ms;
    bool missing_is_fine; /* GET of a page: it asks for what is missing */
};

/* Fills one of w->in. `raw` is NULL when nothing of that name was sent. LIMIT when the arena is full. */
err input_check(const struct input_desk *desk, const struct input *input, const struct raw *raw,
                struct given *out);
/* A file as it came: its name and what was said of it are not kept. */
struct input_file {
    str name;        /* of the field */
    str content;     /* of one that was cut: its beginning, by which it is known */
    bool cut;        /* more came than may */
    bool whole_form; /* … and that of all files together */
};
/* The same for an IN_FILES. */
err input_files(const struct input_desk *desk, const struct input *input, const struct input_file *files,
                size_t files_n, struct given *out);
/* The message with the placeholders {label} {length} {max} {kind} filled in; lives in the arena. */
str input_words(struct arena *a, enum lang lang, enum msg id, const struct msg_arg *args, size_t n);

#endif
