/* bylaw.h: by-laws of councils: drafted (from the model that holds there, if wanted), consulted at a meeting
 * or event, adopted by a resolution with its day and number, and how many of the seats of the council and of
 * the committee are women's.
 *
 * Its words stand in versions, in each language; the difference to the model is told line by line. Whoever
 * looks after the district writes; those above read. NOT_FOUND outside of it. What changes something belongs
 * in a write job.
 */
#ifndef SUNWAI_BYLAW_H
#define SUNWAI_BYLAW_H

#include "audit.h"
#include "bylaw.sql.h"
#include "bylaw_kind.h"
#include "place.h"

enum { BYLAW_TITLE_MAX = 200, BYLAW_WORDS_MAX = 6000, BYLAW_LINES_MAX = 200, BYLAWS_SHOWN = 500 };

struct bylaw_view {
    struct q_bylaw_get row;
    struct subject subject;
    struct q_flow_get flow;
    enum bylaw_state state;
    struct q_bylaw_texts *texts;
    size_t texts_n;
    struct q_bylaw_model_texts *model; /* the model's, of the version that it began with */
    size_t model_n;
};
err bylaw_find(struct ctx *c, str code, struct bylaw_view *out);
/* Of the districts in her reach. */
err bylaw_all(struct ctx *c, struct q_bylaw_list **out, size_t *out_n);

/* `unit`: a council or tehsil of her district; `model` may be empty. INVALID with the field. */
err bylaw_draft(struct ctx *c, str unit, str model, str *out_code);
struct bylaw_words {
    str lang, title, words;
};
err bylaw_write(struct ctx *c, struct bylaw_view *io, const struct bylaw_words *w);
struct bylaw_meeting {
    int64_t day;
    str at, event; /* one of them: the meeting in words, the code of an event of the district */
};
/* INVALID with the field: words (there are none yet, or something in them is still left open), consulted_day
 * (to come), at, event. */
err bylaw_consult(struct ctx *c, struct bylaw_view *io, const struct bylaw_meeting *m);
struct bylaw_resolution {
    int64_t day;
    str no;
    int64_t seats, women, committee, committee_women;
};
/* INVALID with the field: adopted_day (to come, or before the consultation), no, seats, women, committee … */
err bylaw_adopt(struct ctx *c, struct bylaw_view *io, const struct bylaw_resolution *r);
err bylaw_drop(struct ctx *c, struct bylaw_view *io);

/* The seal of what one says now (flow/verify.h). */
err bylaw_says(struct ctx *c, int64_t home, int64_t id, struct seal *out);

/* ---- the difference of two texts, line by line ---- */

struct bylaw_line {
    str model, own; /* STR_NONE: not there. The same twice: unchanged */
};
/* LIMIT: more than BYLAW_LINES_MAX lines. */
err bylaw_lines(struct arena *a, str model, str own, struct bylaw_line **out, size_t *out_n);

#endif
