/* event_file_models.h: what the page of an event's files shows. */
#ifndef SUNWAI_EVENT_FILE_MODELS_H
#define SUNWAI_EVENT_FILE_MODELS_H

#include "event_models.h"

struct event_file_row {
    str title; /* "File 2 · Minutes" */
    str seen;  /* who opens it */
    str when;  /* day, and who added it */
    str said;  /* why it cannot be opened; empty: it can */
    str hash;  /* of the file as it was received */
    struct url open;
    str open_words;
    bool held; /* each look is recorded */
};
struct event_files_view {
    struct tabs_view tabs;
    bool counted; /* a signed count sheet is there */
    const struct event_file_row *rows;
    size_t rows_n;
    bool may_add, may_keep;  /* may_keep: and there is one that stands */
    bool changing, removing; /* came back with a fault */
    struct url add, change, remove;
    struct field_view files, paper, seen, agreed;
    struct field_view piece, now_seen, now_agreed;
    struct field_view gone, why;
};

#endif
