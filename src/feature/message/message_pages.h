/* message_pages.h: the pages of this feature among themselves. */
#ifndef SUNWAI_MESSAGE_PAGES_H
#define SUNWAI_MESSAGE_PAGES_H

#include "message.h"
#include "message_models.h"
#include "web.h"

/* The words for a stored code; empty for none. */
str message_words(const struct page *p, const struct message_word *words, size_t n, str code);
/* A field over a closed set; `preset` is chosen when nothing was sent. */
err message_field(struct web *w, size_t input, const struct message_word *words, size_t n, str preset,
                  struct field_view *out);
struct url message_url(struct web *w, str before, str code, str rest);
/* Where the file of a version is had; `small`: the poster, small. */
struct url message_file_url(struct web *w, str code, str lang, int64_t no, bool small);
str approved_words(struct web *w, str post, struct opt_i64 day);
/* By its code: "ltr" or "rtl". */
str lang_dir(str code);

enum { SHOWN_INPUTS = 1, FILE_INPUTS = 4, LIBRARY_INPUTS = 3 };
extern const struct input shown_inputs[SHOWN_INPUTS];
extern const struct input file_inputs[FILE_INPUTS];
err show_shown_list(struct web *w);
err show_shown(struct web *w);
err show_message_file(struct web *w);

extern const struct input library_inputs[LIBRARY_INPUTS];
err show_library(struct web *w);

/* One list for all that is sent about a message, so that its page can be shown again with what was typed;
 * what must be there is asked by each route. The file stands last: only a POST can bring one. */
enum message_input {
    M_CODE,
    M_UNIT,
    M_TOPIC,
    M_FORM,
    M_AUTHOR,
    M_CHANNEL,
    M_AUDIENCE,
    M_LANG,
    M_TITLE,
    M_WORDS,
    M_BASIS,
    M_VERSION,
    M_POST,
    M_DAY,
    M_WHICH, /* a version to be chosen: "ur.2" */
    M_ON,
    M_N,
    M_WOMEN,
    M_RECORD,
    M_FILE,
    MESSAGE_INPUTS = M_FILE,
    NEW_INPUTS
};
extern const struct input message_new_inputs[NEW_INPUTS];
extern const struct input message_revise_inputs[NEW_INPUTS];
extern const struct input message_get_inputs[MESSAGE_INPUTS];
extern const struct input approve_inputs[MESSAGE_INPUTS];
extern const struct input withdraw_inputs[MESSAGE_INPUTS];
extern const struct input reach_inputs[MESSAGE_INPUTS];
err message_form_fill(struct web *w, bool fresh, bool file, struct message_form_view *out);
err show_message_new(struct web *w);
err prepare_message(struct web *w);
err write_message_new(struct ctx *c, const struct given *in, struct receipt *out);
err write_message_revise(struct ctx *c, const struct given *in, struct receipt *out);
err answer_message(struct web *w);

err show_message(struct web *w);
err write_approve(struct ctx *c, const struct given *in, struct receipt *out);
err write_withdraw(struct ctx *c, const struct given *in, struct receipt *out);
err write_reach(struct ctx *c, const struct given *in, struct receipt *out);

#endif
