/* dialogue_models.h: what the templates of dialogues and trainings show. */
#ifndef SUNWAI_DIALOGUE_MODELS_H
#define SUNWAI_DIALOGUE_MODELS_H

#include "event_models.h"

struct dialogue_page_view {
    struct tabs_view tabs;
    bool sided; /* an event of which it is asked whether it is three-sided */
    struct chip_view chip;
    const str *missing; /* what it still needs, in words */
    size_t missing_n;
    struct facts_view sides;
    struct table_view decisions, points;
    str series; /* how often and who, in words; empty: none of a series */
    bool open;  /* this person may write something down */
    struct url decide, point;
    struct field_view brought_by, decision;
    struct field_view side, office, post, words, horizon, due_day;
};

struct training_page_view {
    struct tabs_view tabs;
    str curriculum; /* empty: none */
    struct facts_view facts;
    struct table_view people;
    bool open;
    struct url number, score;
    struct field_view scores;
};

#endif
