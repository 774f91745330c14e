/* case_evidence_models.h: what the templates of a case's evidence show. */
#ifndef SUNWAI_CASE_EVIDENCE_MODELS_H
#define SUNWAI_CASE_EVIDENCE_MODELS_H

#include "page.h"

struct piece_view {
    str title;        /* "Photo 2 · the office, afterwards" */
    str when;         /* day */
    str said;         /* why there is nothing to see; empty: there is */
    str length;       /* of voice; empty: none */
    struct url small; /* of a photo */
    struct url full;  /* photo, PDF */
    struct url play;  /* voice, whoever may hear it */
    str number;       /* for the form that opens or closes it; empty: not hers to do */
    str hash;         /* of the file as it was received; only whoever may see it */
    bool open;        /* the department may see it */
};

struct evidence_view {
    str title;
    struct url to;     /* where forms are sent, without their last part */
    struct url see;    /* opening and closing */
    struct url typing; /* typing */
    const struct piece_view *pieces;
    size_t pieces_n;
    bool may_add;
    struct field_view photos, voice, pdf, words;
    struct field_view pair;
    int64_t to_type;       /* the step whose words are still to be typed, by the desk; 0: none */
    const str *to_type_of; /* the pieces that came with it */
    size_t to_type_of_n;
    struct field_view typed;
};

/* Cases whose words are still to be typed. */
struct untyped_row_view {
    struct url to;
    str ref;
    str what; /* "Voice, 40 seconds" */
    str since;
};
struct untyped_view {
    const struct untyped_row_view *rows;
    size_t rows_n;
};

#endif
