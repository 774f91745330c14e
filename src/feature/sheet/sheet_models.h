/* sheet_models.h: what the templates of sheets show. */
#ifndef SUNWAI_SHEET_MODELS_H
#define SUNWAI_SHEET_MODELS_H

#include "page.h"

struct reminder_view { /* one sentence, and the sheet */
    str text;
    struct url to;
};
struct sheets_view { /* what is owed and waits; how complete a quarter is */
    const struct reminder_view *reminders;
    size_t reminders_n;
    struct table_view waiting, districts;
    const struct page_link *quarters;
    size_t quarters_n;
    str quarter;         /* the one that is shown */
    struct url together; /* all verified quarters of a province; empty: not hers */
};

struct sheet_act_view { /* what can be done now */
    struct url post;
    bool submit, verify, approve, give_back, lock, unlock;
    str seen; /* stands for what is shown: the figures of a quarter, what another sheet says; empty: no hash
               */
    int64_t step; /* where the sheet stands; 0: nobody has begun it */
    struct field_view words;
    bool returning, unlocking; /* the form that came back */
    str own;                   /* why somebody else has to do it; empty: it is not so */
};

/* A warning that waits for its justification. */
struct explain_view {
    str rule, place; /* as the form sends them */
    str text, where;
    str words; /* that came back with a form that was refused */
};

struct sheet_page_view {
    str recorded;
    struct chip_view chip;
    bool official;
    str standing; /* provisional, or approved by when */
    struct facts_view facts;
    struct url about; /* the event; empty: none */
    struct table_view content;
    str note; /* below the figures; empty: none */
    struct table_view checks;
    str checks_more; /* there are more than the table has; empty: it has all */
    const struct explain_view *explain;
    size_t explain_n;
    struct sheet_act_view act;
    struct timeline_view meanwhile; /* what others did since the form was loaded that came back */
    struct table_view versions;
    struct timeline_view timeline;
};

struct activity_view { /* an Activity Monitoring Sheet: what every sheet shows, and what is written in it */
    struct sheet_page_view sheet;
    struct url line; /* in the plan */
    bool edit;       /* a draft of hers */
    str seen;
    struct field_view progress, began, ended, why, done, narrative;
    struct facts_view written;
    bool written_shown; /* it is only read, or somebody else wrote meanwhile */
    struct table_view events, follows, values;
    bool values_shown, value_asked, value_open; /* of indicators that nothing computes */
    struct field_view value_of, value_role, value_sex, value_n, value_den, value_means;
    bool follow_open; /* what was typed about it came back */
    struct field_view follow_words, follow_post, follow_due, follow_no;
};

struct together_view {
    str recorded;
    str lead; /* how many are ready */
    struct table_view table;
    struct url post;
    str seen;
    bool ready;
};

#endif
