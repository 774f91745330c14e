/* ready.h: whether a district is ready to open: a list of what it needs, as data (ready_item), each answered
 * by what the tables know already (a desk in the list of offices, its letter, who works there, devices,
 * trainings, days on which it was open) or, where they cannot know, by what somebody stated, on which
 * evidence. What was stated is never changed; the last word counts.
 *
 * Whoever looks after a district states; those of a province see all of theirs. NOT_FOUND outside of it.
 */
#ifndef SUNWAI_READY_H
#define SUNWAI_READY_H

#include "ready.sql.h"
#include "place.h"
#include "store.h"

enum { READY_DISTRICTS_MAX = 200, READY_EVIDENCE_MAX = 500, READY_POST_MAX = 160 };

struct ready_cell {
    bool met, stated;                       /* stated: no table knows it */
    int64_t n;                              /* counted */
    const struct q_ready_stated_last *last; /* NULL: nobody has said anything */
};
struct ready_district {
    int64_t id;
    str code, name;
    struct ready_cell *cells; /* as many as there are items */
    size_t met;
};
struct ready_table {
    const struct q_ready_items *items;
    const str *names; /* of the items, in ctx->lang */
    size_t items_n;
    struct ready_district *districts;
    size_t n;
};
/* Of a district by its code, or of all in her reach (empty). */
err ready_table(struct ctx *c, str unit, struct ready_table *out);

struct ready_said {
    str unit, item;
    bool met;
    int64_t day;
    str evidence, post;
};
/* In a write job. INVALID with the field: item (there is none such, or the tables know it), day (to come),
 * evidence (needed for yes). */
err ready_state(struct ctx *c, const struct ready_said *s);

#endif
