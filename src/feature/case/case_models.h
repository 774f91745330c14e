/* case_models.h: what the desk's and offices' templates show. */
#ifndef SUNWAI_CASE_MODELS_H
#define SUNWAI_CASE_MODELS_H

#include "page.h"

/* Officers to choose from stand below the name of their office. */
struct group_view {
    str text;
    const struct choice_view *choices;
    size_t choices_n;
};

/* One question of a form. */
enum part_look { PART_CHOICES, PART_SELECT, PART_GROUPS, PART_LINE, PART_WORDS };
struct part_view {
    enum part_look look;
    bool only_not_possible; /* asked when it is not possible now */
    struct field_view f;
    const struct group_view *groups; /* PART_GROUPS */
    size_t groups_n;
};

/* One thing that can be done now: a form that is closed until it is asked for. */
struct act_view {
    str action;
    str title;
    str lead; /* empty: none */
    str said; /* what this is about: the department's report or question; empty: none */
    str said_title;
    const struct part_view *parts;
    size_t parts_n;
    const struct part_view *more; /* what is seldom wanted, closed by itself */
    size_t more_n;
    bool more_open;
    bool open; /* something in it is wrong, or it is the one thing that is waiting */
};

struct name_view {
    str text;
};

struct show_view {
    str title;
    str recorded; /* said after a step; empty: none */
    str undo;     /* one's own last step, which can be taken back; empty: none */
    struct url act;
    int64_t step; /* as it stands on this page */
    struct chip_view chip;
    struct timeline_view meanwhile; /* what others did since the form was loaded */
    const struct name_view *typed;  /* what was typed into a form that is not offered any more */
    size_t typed_n;
    struct facts_view facts;
    struct facts_view papers;
    const struct page_link *links; /* what else can be done, on pages of their own */
    size_t links_n;
    bool identity_for;    /* this role may see who it is … */
    bool identity_hidden; /* … but the look could not be recorded */
    bool identity_lost;   /* … but its key is gone: a backup was restored without its keys */
    struct facts_view identity;
    struct facts_view about;
    const struct name_view *signatories;
    size_t signatories_n;
    const struct aside_view *asides; /* what other features say of it */
    size_t asides_n;
    struct timeline_view timeline;
    const struct act_view *acts;
    size_t acts_n;
};

#endif
