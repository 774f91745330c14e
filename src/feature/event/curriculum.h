/* curriculum.h: what trainings teach, as a list of each district: number, version, title, topics, and the
 * days on which it is taught.
 *
 * A version is never changed: a new one follows it, so that an event keeps what was taught there. Of one
 * curriculum at most one version is in force on a day. Whoever plans events of the district writes the list;
 * whoever reads its events reads it. What changes something belongs in a write job.
 */
#ifndef SUNWAI_CURRICULUM_H
#define SUNWAI_CURRICULUM_H

#include "curriculum.sql.h"
#include "event.h"

enum { CURRICULUM_TITLE_MAX = 200, CURRICULUM_TOPICS_MAX = 2000, CURRICULA_MOST = 500 };

struct curriculum_new {
    int64_t
        no; /* 0: a new one; else one more version of it, which ends the one before on the day it begins */
    str title, topics;
    int64_t from_day;
    struct opt_i64 last_day; /* none: until another version or curriculum_end() */
};
/* INVALID with the field: no, title, topics, from (not behind the version before), last. LIMIT. */
err curriculum_add(struct ctx *c, const struct curriculum_new *n);
/* Its newest version is taught until this day. INVALID: ended, ended_on (before it began). */
err curriculum_end(struct ctx *c, int64_t no, int64_t last_day);

/* "3.2"; empty for none. */
str curriculum_code(struct arena *a, struct opt_i64 no, struct opt_i64 version);
/* What a code means on a day; empty: none. INVALID, field "taught": not in force on that day. */
err curriculum_pick(struct ctx *c, int64_t home, int64_t day, str code, struct opt_i64 *out_no,
                    struct opt_i64 *out_version);

/* Of all districts that this person reaches, by number, the newest version first. */
err curriculum_all(struct ctx *c, struct q_curriculum_of **out, size_t *out_n);
/* Of one district, those that are taught on a day or later. */
err curriculum_left(struct ctx *c, int64_t home, int64_t day, struct q_curriculum_of **out, size_t *out_n);

/* ---- ready-made ones, to begin with ---- */

struct curriculum_model {
    str code, title, topics; /* in ctx->lang, else in the languages that stand in for it */
};
/* Those that are offered to this person's district. */
err curriculum_models(struct ctx *c, struct curriculum_model **out, size_t *out_n);

#endif
