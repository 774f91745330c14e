/* msg_table.h: what msggen writes into messages.c and only msg.c reads. */
#ifndef SUNWAI_MSG_TABLE_H
#define SUNWAI_MSG_TABLE_H

#include "msg.h"

struct msg_row {
    const char *key; /* "track.title" */
    bool plural;
};

extern const struct msg_row msg_rows[MSG_N];      /* sorted by key, MSG_NONE ("") first */
extern const str *const msg_texts[LANG_N][MSG_N]; /* one str for each plural form; NULL: no translation */
extern size_t (*const msg_plurals[LANG_N])(uint64_t n); /* index of the form for n */

#endif
