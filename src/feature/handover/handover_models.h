/* handover_models.h: what the templates of hand-overs show. */
#ifndef SUNWAI_HANDOVER_MODELS_H
#define SUNWAI_HANDOVER_MODELS_H

#include "page.h"

struct out_view { /* the list */
    struct table_view table;
    struct url file; /* the same as CSV */
};

struct portal_view { /* one institution to choose */
    struct url to;
    str name, place, helpline;
    bool verify;
};

struct given_view { /* one hand-over among those of a case */
    struct url to;
    str name, number, state;
};

struct give_view { /* handing a case over: first where to, then how */
    str ref;
    str notice; /* empty: none */
    const struct given_view *given;
    size_t given_n;
    bool may;
    const struct portal_view *fits;
    size_t fits_n;
    const struct portal_view *others;
    size_t others_n;
    struct portal_view chosen; /* name empty: none is chosen yet */
    str portal;                /* its code */
    struct url post, again;
    bool accounts; /* they ask for one */
    bool fit_any;
    struct field_view consent, account, phone, cnic, code_taken, number, warm, receiver;
};

struct one_view { /* a hand-over and what can be recorded about it */
    str title, recorded, fault;
    struct chip_view chip;
    struct facts_view facts;
    struct url sheet, post;
    bool out;
    bool number_open, look_open, outcome_open;
    struct field_view number, next, outcome, words;
};

struct sheet_line {
    str label, value;
    str dir;    /* as in fact_view */
    bool empty; /* room to write by hand */
};
struct sheet_view {
    str title, place, helpline;
    str lang, dir; /* of the lines: the language of their form */
    str notice;    /* why lines are missing; empty: none is */
    const struct sheet_line *lines;
    size_t lines_n;
    str looks;
};

#endif
