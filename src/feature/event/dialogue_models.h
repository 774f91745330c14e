/* dialogue_models.h: what the templates of dialogues and trainings show. */
#ifndef SUNWAI_DIALOGUE_MODELS_H
#define SUNWAI_DIALOGUE_MODELS_H

#include "event_models.h"

struct dialogue_page_view {
    struct tabs_view tabs;
    bool sided;   /* an event of which it is asked whether it is three-sided, and it took place */
    bool planned; /* it did not take place yet */
    struct chip_view chip;
    const str *missing; /* what it still needs, in words */
    size_t missing_n;
    struct facts_view sides;
    struct table_view decisions, points;
    bool open; /* this person may write something down */
    struct url decide, point;
    struct field_view brought_by, decision;
    struct field_view side, office, post, words, horizon, due_day;
};

struct curricula_view {
    struct table_view table;
    bool may_write;
    bool open, ending;              /* just refused */
    const struct page_link *models; /* ready-made ones */
    size_t models_n;
    struct field_view no, name, topics, from, last;
    struct field_view ended, end_last;
};

struct training_page_view {
    struct tabs_view tabs;
    str taught, topics; /* of the list; empty: none */
    str curriculum;     /* in words; empty: none */
    struct facts_view facts;
    bool desk; /* single scores are the desk's */
    struct table_view people;
    bool open;
    bool unnumbered; /* somebody was counted who has no number */
    struct url number, score;
    struct field_view scores;
};

#endif
