/* device_models.h: what the pages of devices show. */
#ifndef SUNWAI_DEVICE_MODELS_H
#define SUNWAI_DEVICE_MODELS_H

#include "desk_models.h"
#include "page.h"

struct here_view {
    struct field_view name;
    str device, device_name; /* this one; empty: it is not enrolled */
    bool other, revoked;     /* it is another desk's; it was revoked */
};

struct device_row {
    str code, name, desk, seen, clock;
    struct chip_view chip;
    int64_t leased, taken, waiting, refused, kept;
    str gap;         /* how many of its records are not here, and of when */
    struct url open; /* to revoke; empty: not any more */
};
struct devices_view {
    const struct device_row *rows;
    size_t rows_n;
    int64_t stopped_n;
};
struct gone_view {
    str line, ref; /* ref: of the slip; empty: none */
    bool taken;    /* it had come all the same, and stands */
};
struct device_view {
    str code, name, chip_text;
    bool revoked;
    struct facts_view facts;
    str gap; /* empty: none */
    const struct gone_view *gone;
    size_t gone_n;
    bool gone_slips; /* somebody has a slip of one of these */
    struct field_view why;
    struct url post;
};

struct stopped_row {
    str what, device, when, why;
    struct chip_view chip;
    struct url open;
};
struct stopped_view {
    const struct stopped_row *rows;
    size_t rows_n;
    str again; /* how it ended when one was tried again; empty: none was */
};
struct heard_view { /* a voice or a picture that came with it */
    struct url to;
    bool voice;
};
struct stopped_one {
    struct facts_view facts, said;
    bool readable; /* what is in it is shown */
    bool may;      /* this person decides about it */
    bool kept;     /* it stands in quarantine */
    struct field_view why;
    struct url again, drop, mend; /* mend: empty: not here */
    const struct heard_view *files;
    size_t files_n;
};

/* What was refused, in the form of the desk. */
struct mend_view {
    struct file_view file;
    struct field_view agreed;
    bool asks_agreed; /* it was to be read to her */
    struct field_view token;
    bool asks_token;
    str why, told, ref; /* ref: the number that it holds; empty: none */
    bool keeps;         /* it stays hers */
    struct url self;
    const struct heard_view *files;
    size_t files_n;
};

#endif
