/* public_models.h: what the public templates of this feature show. */
#ifndef SUNWAI_PUBLIC_MODELS_H
#define SUNWAI_PUBLIC_MODELS_H

#include "page.h"

struct home_view {
    bool kacheri;    /* events are announced here */
    int64_t women;   /* of 100 complaints; 0: not said */
    struct url call; /* empty: the desks have no number */
};

struct desk_place_view {
    str name;
    struct facts_view facts;
    struct url board; /* what can be had there, in how many days */
};
struct desks_view {
    const struct desk_place_view *rows;
    size_t rows_n;
};

struct helper_view { /* who helps in a matter that is not taken down */
    str name;        /* of the matter */
    str answered_by; /* may be empty */
    const struct page_link *calls;
    size_t calls_n;
};
struct helpers_view { /* those of a province */
    str name;
    const struct helper_view *rows;
    size_t rows_n;
};
struct help_view {
    const struct helpers_view *places;
    size_t places_n;
};

struct hidden_view { /* an answer of another step, carried along */
    str name;
    str value;
};

enum new_step {
    STEP_KIND = 1,
    STEP_GROUP,
    STEP_SERVICE,
    STEP_UNIT,
    STEP_PLACE,
    STEP_SAME,
    STEP_PAPERS,
    STEP_WORDS,
    STEP_REACH,
    STEP_YOU,
    STEP_DETAILS,
    STEP_CONSENT,
    STEP_CHECK
};

struct new_view {
    int64_t step;     /* enum new_step */
    int64_t now, all; /* of the questions that this person is asked */
    int64_t before;   /* the step before; 0: none */
    bool returning;   /* back to the last page afterwards */
    str prompt;       /* key of the recorded prompt */
    const struct hidden_view *hidden;
    size_t hidden_n;
    struct field_view taps;  /* one touch answers: of KIND, GROUP, SERVICE, UNIT, SAME, YOU */
    struct field_view boxes; /* of PAPERS */
    struct field_view place, words, past;
    struct field_view speak;         /* of WORDS: she says or shows it at the end */
    struct field_view voice, photos; /* of CHECK */
    bool later;                      /* one of these is needed */
    const struct field_view *fields; /* of REACH, DETAILS, CONSENT */
    size_t fields_n;
    const struct field_view *more; /* of DETAILS: six more, asked alike */
    size_t more_n;
    const str *known; /* of PLACE: names of places there */
    size_t known_n;
    struct facts_view facts; /* of CHECK */
    str missing;             /* papers that are still missing; empty: none */
};

struct heard_view { /* a voice note of hers */
    str text;
    str said;      /* why it cannot be heard; empty: it can */
    struct url to; /* empty: not here */
};

struct done_view {
    struct panel_view panel;
    str due;     /* empty: no time limit */
    str who;     /* who answers; empty: not known yet */
    bool past;   /* it has gone past the desk */
    str missing; /* papers that are still missing; empty: none */
    str voice;   /* her voice note came with it, how long it is; empty: none came */
    str keep;    /* to be copied or handed on: neither person nor matter */
};

struct track_view {
    struct field_view ref, pin;
    str note; /* hers, and not come yet; empty: none */
};

struct say_view { /* her answer, chosen by a touch: is it meant? */
    str case_token;
    str outcome, text, icon;
    struct field_view words;
    struct field_view voice, photos, pdf;
};

struct shot_view {
    struct url small, full;
    str text;
};

struct status_view {
    str ref;
    str case_token; /* stands for the case that the PIN opened */
    str thanks;     /* said after a step; empty: none */
    struct chip_view chip;
    str next;       /* what happens now */
    str said_title; /* the question or report that waits for her; empty: none */
    str said;
    str why;                       /* not possible now, and when it is looked at again; empty: it is not so */
    str late;                      /* how late, and who must act; empty: it is not */
    struct steps_view stages;      /* none: it ended otherwise than by her word */
    const struct shot_view *shots; /* the office's pictures, for her to see */
    size_t shots_n;
    const struct heard_view *heard; /* her own voice */
    size_t heard_n;
    struct facts_view away; /* institutions it was handed over to */
    struct facts_view facts;
    struct timeline_view timeline;
    bool may_answer, may_inform, may_reopen, may_withdraw, may_comment;
    struct field_view answer, info, reopen, withdraw, comment;
};

#endif
