/* plan_models.h: what the templates of this feature show. */
#ifndef SUNWAI_PLAN_MODELS_H
#define SUNWAI_PLAN_MODELS_H

#include "page.h"

struct plans_view { /* the list */
    bool may_write;
    struct url lessons, texts; /* what was learnt before, what documents say; to whoever may open them */
    struct table_view table;
};

enum plan_field_as { FIELD_LINE, FIELD_WORDS, FIELD_SELECT, FIELD_CHOICES, FIELD_BOX };
struct plan_field {
    enum plan_field_as as;
    struct field_view field;
};

struct plan_form { /* any form of some fields, in their order */
    str title, hint, seen, no, save;
    struct url post;
    struct url lessons; /* of what was learnt before; empty: not here */
    const struct plan_field *fields;
    size_t fields_n;
};
/* A form that is folded away until it is wanted. */
struct plan_fold {
    str title, what, hint, save;
    struct url post;
    bool open;
    const struct plan_field *fields;
    size_t fields_n;
};

struct plan_table { /* with the way to one more of them */
    str title, more;
    struct url to; /* empty: not offered */
    struct table_view table;
};

struct plan_button {
    str name, text;
    bool plain;
};

struct plan_one_view {
    struct chip_view chip;
    str state_words; /* what this state means for whoever reads */
    struct facts_view facts;
    const str *wants; /* sentences: before it can be put forward */
    size_t wants_n;
    struct url act;
    const struct plan_button *buttons;
    size_t buttons_n;
    int64_t step;                   /* where it stands: what the form says of its page */
    struct timeline_view meanwhile; /* what others did since the form was loaded that came back */
    bool asks_words;
    struct field_view words;
    const struct plan_table *tables;
    size_t tables_n;
    const struct plan_fold *folds;
    size_t folds_n;
    const struct aside_view *asides; /* what features above say of it */
    size_t asides_n;
    struct timeline_view timeline;
    struct url targets; /* targets from a file, where somebody takes them; empty: not in this state */
};

struct people_cell {
    str name, value, label;
};
struct people_row {
    str role;
    const struct people_cell *cells;
    size_t cells_n;
};
struct plan_line_view { /* an activity, or an indicator */
    struct chip_view chip;
    bool chip_shown;
    struct facts_view facts;
    struct url change;    /* empty: not offered */
    struct url event_new; /* an event of this line; empty: not offered */
    struct url act;
    const struct plan_button *buttons;
    size_t buttons_n;
    int64_t step;                   /* where it stands: what the form says of its page */
    struct timeline_view meanwhile; /* what others did since the form was loaded that came back */
    struct field_view words;
    const struct plan_table *tables;
    size_t tables_n;
    struct url people; /* empty: its numbers are only read */
    const str *sexes;
    size_t sexes_n;
    const struct people_row *roles;
    size_t roles_n;
    str people_fault;
    const struct plan_fold *folds;
    size_t folds_n;
    const struct aside_view *asides; /* what other features say of it */
    size_t asides_n;
    struct timeline_view timeline;
};

struct plan_needs_view {
    struct url all, unanswered; /* the other list; empty: this one */
    struct table_view table;
};

#endif
