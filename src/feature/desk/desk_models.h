/* desk_models.h: what the desk's templates show. */
#ifndef SUNWAI_DESK_MODELS_H
#define SUNWAI_DESK_MODELS_H

#include "case_pick.h"
#include "page.h"
#include "web_view.h"

struct unfinished_view { /* a form that was kept */
    str code;
    str since; /* when it was last kept */
    struct url open;
};
struct unfinished_list {
    const struct unfinished_view *rows;
    size_t rows_n;
};

struct file_view { /* filing: one page */
    str draft;
    str notice; /* empty: none */
    struct unfinished_list unfinished;
    struct service_pick service;
    struct field_view unit, place, words, name, phone, sex;
    struct field_view record, safe, whose, sms, when, call, hand_over, figures;
    struct field_view behalf, signatories, anonymous, alias, relation, relation_name, cnic, address;
    str cnic_note; /* empty: it looks like one, or there is none */
    struct field_view spoken, lang, age, minority;
    const struct field_view *difficulties;
    size_t difficulties_n;
    struct field_view kind, same_as, channel, past;
    struct field_view room;
    bool has_room;                /* there are members who could leave it */
    bool about_open, matter_open; /* something in there was given, or is wrong */
    struct points_view points;
    bool pointed; /* just now: said so */
};

struct said_view { /* what is read back before anything is registered */
    str lang, dir; /* of what is read to her */
    str read_back; /* "You are complaining about …" */
    str words;
    str ask; /* "Is this right?" */
    struct facts_view facts;
    str facts_title;
    struct field_view documents; /* of an application */
    bool asks_documents;
    struct field_view agreed;
    struct field_view photos, voice, pdf;
    const struct hidden_view *hidden;
    size_t hidden_n;
    str said; /* stands for what was read */
};

struct task_view { /* something that waits */
    struct url to;
    str ref;
    str what;
    str hint;
};
struct task_list {
    str title;
    str empty; /* said when there is none; empty: the list is left out */
    struct task_view *rows;
    size_t rows_n;
};

struct today_view {
    str day;
    struct unfinished_list unfinished;
    struct task_list calls[3]; /* by enum call_time */
    struct task_list returned, elsewhere;
    str untyped;       /* what waits to be typed; empty: nothing */
    int64_t stopped_n; /* what devices brought and was refused */
};

struct say_view {
    str what; /* to the officer */
    str say;  /* to her */
    str told; /* the call's code, where a note ends it; else empty */
};
struct call_view {
    str ref;
    str name;
    bool callable;
    bool lost; /* her number cannot be read */
    bool now;  /* this hour is safe */
    str phone;
    struct url dial;
    str whose, when, spoken;
    str lang, dir; /* of what is said to her */
    const struct say_view *says;
    size_t says_n;
    struct url open, act;
    int64_t step; /* the last one, as it stands */
    bool may_fail;
};

struct people_view {
    struct field_view phone;
    bool found; /* it was looked for: those of the number */
    int64_t found_n;
    struct field_view who, name;
    str draft; /* the form that waits meanwhile; may be empty */
};

struct person_view {
    str name;
    str phone;
    str hers;  /* stands for her */
    str draft; /* where a new matter of hers is begun */
    struct table_view table;
};

struct filed_view {
    struct panel_view panel;
    str read_back_end;
    str lang, dir; /* of the sentences that are read to her */
    struct url slip, letter, open;
    str missing_title;
    const struct choice_view *missing; /* papers that an application still needs */
    size_t missing_n;
};

struct past_view { /* it went past this desk */
    struct panel_view panel;
    str lang, dir; /* of the sentence that is read to her */
    str said;
};

struct letter_view {
    str ref, day;
    str due;             /* of an application; empty: no limit */
    str officer, office; /* who answers; empty: written by hand */
    str desk;
    str subject, words, unit, place;
    const struct choice_view *given, *missing; /* papers */
    size_t given_n, missing_n;
    str relation, cnic, home;
    const struct choice_view *signs; /* who signs: she first */
    size_t signs_n;
    bool receipt; /* with a dated acknowledgement to cut off */
    struct url in_ur, in_en;
};

struct pin_view {
    str ref;
    struct url to;
    struct field_view name, phone, unit, service, day;
};

#endif
