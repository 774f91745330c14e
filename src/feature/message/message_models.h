/* message_models.h: what the pages of the library show. */
#ifndef SUNWAI_MESSAGE_MODELS_H
#define SUNWAI_MESSAGE_MODELS_H

#include "page.h"

struct shown_view { /* a message, as people see it */
    struct url to;
    str title, lang, dir, words;
    str author, topic, place;
    str approved; /* "Approved by … on …" */
    str basis;
    struct url small, file, audio; /* empty: none */
};
struct shown_list_view {
    const struct shown_view *rows;
    size_t rows_n;
    struct url boards;
    bool staff;
};

struct library_view {
    struct field_view form, topic, state;
    struct table_view table;
    bool may_add;
};

struct message_form_view { /* a new message, or a new version of one */
    struct url post;
    bool fresh; /* with what holds for all versions */
    bool file;  /* a poster or recording can come with it */
    struct field_view unit, topic, form, author, channel, audience;
    struct field_view lang, title, words, basis, upload;
};

struct version_view {
    int64_t no;
    str lang_code, language, dir;
    struct chip_view state;
    str title, words, basis, approved;
    struct url file, small, audio;
    bool may_approve, may_withdraw;
    bool open; /* it was just refused: with what was typed */
    str at;    /* behind the ids of its form */
    str post, day, post_fault, day_fault;
};
struct message_view {
    str code, title;
    struct facts_view facts;
    const struct version_view *versions;
    size_t versions_n;
    struct url approve, withdraw, reach_post;
    bool may_reach, may_change;
    bool reach_open, revise_open; /* just refused */
    struct field_view which, where, how, day, n, women;
    struct table_view reach;
    str reach_all;
    struct message_form_view revise;
};

#endif
