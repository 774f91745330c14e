/* document_models.h: what the pages of documents show. */
#ifndef SUNWAI_DOCUMENT_MODELS_H
#define SUNWAI_DOCUMENT_MODELS_H

#include "page.h"
#include "story_models.h"

/* Which document, of which place and period: to look at it, or to have it made. */
struct document_ask_view {
    struct field_view kind, period, unit, lang;
    bool unit_asked; /* there is a choice */
    struct url view; /* where it is looked at */
};
struct documents_view {
    struct document_ask_view ask;
    bool may_make;
    struct table_view table;
    struct url words; /* where words beside the figures are written */
};

struct document_note_view {
    str text;
};
struct document_part_view {
    str key, title;
    struct table_view table;
    bool some; /* there is a row */
    const struct document_note_view *notes;
    size_t notes_n;
};
struct document_section_view { /* what people wrote beside the figures */
    str title;
    const struct document_note_view *paragraphs;
    size_t paragraphs_n;
    const struct narrative_quote_view *quotes; /* without names: these are for the document alone */
    size_t quotes_n;
};
struct document_view {
    str title, of, standing;
    str handed; /* that some of it is illustrative; empty: nothing is */
    bool provisional;
    str code_hash; /* empty: nothing is approved */
    const struct document_part_view *parts;
    size_t parts_n;
    struct url words; /* where these are written */
    const struct document_section_view *sections;
    size_t sections_n;
    struct document_ask_view ask;
    bool may_make;
    struct url post;
    str kind, period, unit; /* of what is shown, for the form that has it made */
};

struct kept_view {
    str title, of, code;
    struct chip_view chip;
    str standing; /* in words; empty: not known yet */
    bool provisional;
    bool waiting; /* it is on its way */
    int64_t done, files;
    str progress; /* in words */
    bool may_cancel;
    bool gone; /* somebody took back her consent */
    struct url cancel, again;
    struct facts_view facts;
    struct table_view forms, quarters;
};

#endif
