/* pad_models.h: what the templates of paper show. */
#ifndef SUNWAI_PAD_MODELS_H
#define SUNWAI_PAD_MODELS_H

#include "desk_models.h"

struct pads_view { /* the pads of a desk, and what is printed without numbers */
    struct field_view forms, language;
    struct table_view table;
    struct {
        struct url to;
        str text;
    } registers[6];
    size_t registers_n;
};

struct pad_view { /* one pad: what is written on its forms is typed here, one after another */
    str code;
    struct url print, self, spoilt, lost;
    str counts; /* used, struck out, missing */
    int64_t missing;
    str lost_said; /* empty: it is not lost */
    str last_ref;  /* of the form that was typed last; empty: none */
    struct url last;
    struct field_view number, day, taken, read;
    struct file_view file;
    struct field_view spoilt_number, why, loss;
    bool spoilt_open, lost_open; /* something in there is wrong */
    struct table_view table;
};

#endif
