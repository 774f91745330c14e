/* visit.h: who comes to a Women Facilitation Desk: numbers for the waiting, visits and how they end, the
 * question at the door, what is given out, and the figures of each desk.
 *
 * Nothing here says who came. A number is a number of one day and never the matter; a visit has a day, a sex
 * by sight (domain rule: only woman, man, not stated) and an outcome, and no tie to a case. Matters of
 * violence or inheritance are no visit: they are only pointed to (catalogue.h).
 *
 * The desk is the actor's own office, which must be a desk of her district, valid today; else DENIED. What
 * changes something belongs in a write job. A `record` (ULID of a device, may be STR_NONE) makes the same
 * thing sent twice one thing: the second answers as the first. CONFLICT: it came with other content before.
 */
#ifndef SUNWAI_VISIT_H
#define SUNWAI_VISIT_H

#include "visit.sql.h"
#include "visit_words.h"
#include "store.h"

struct visit_desk {
    int64_t home, id;
    str code;
};
/* The actor's own desk. */
err visit_desk_own(struct ctx *c, struct visit_desk *out);
/* Any desk that is open today, by its code. NOT_FOUND. */
err visit_desk_find(struct ctx *c, str code, struct visit_desk *out);

/* Those of a district that are open today. */
err visit_desks_of(struct ctx *c, int64_t home, struct visit_desk **out, size_t *out_n);

/* ---- numbers ---- */

enum { TOKENS_DAY_MOST = 999, TOKENS_SHOWN = 40 };

/* The next number of today. LIMIT past TOKENS_DAY_MOST. */
err token_give(struct ctx *c, str turn, str record, int64_t *out_no);
/* Calls whoever is next: first those who cannot stand long, then by number. NOT_FOUND: nobody waits. */
err token_next(struct ctx *c, int64_t *out_no);
/* She was called and is gone, or went before. CONFLICT when that number is not waiting or called. */
err token_left(struct ctx *c, int64_t no);
/* Those of today that wait or are called, in the order in which they are called. */
err tokens_open(struct ctx *c, const struct visit_desk *d, struct q_desk_token_open **out, size_t *out_n);

/* ---- visits ---- */

enum { VISIT_MINUTES_MOST = 480, VISITS_SHOWN = 12 };

struct visit_new {
    str sex, outcome;
    str online; /* of outcome "online", and only then; a code of VISIT_ONLINE */
    bool self;  /* she did it herself and was shown how */
    struct opt_i64 minutes;
    struct opt_i64 token; /* the number that was served; it must be waiting or called */
    str record;
};
/* INVALID with field "online" or "token". */
err visit_add(struct ctx *c, const struct visit_new *v, int64_t *out_no);
/* One's own of today. NOT_FOUND: there is none such. */
err visit_undo(struct ctx *c, int64_t no);
err visits_today(struct ctx *c, struct q_visit_today **out, size_t *out_n);

/* ---- the question at the door ---- */

/* Shown of a day: its sums, once it is over and at least EXIT_FEW have answered. */
enum { EXIT_FEW = 5, EXIT_DAY_MOST = 400 };

/* `form` is what came with the form; the same one counts once. LIMIT past EXIT_DAY_MOST. */
err exit_answer(struct ctx *c, const struct visit_desk *d, str face, str form);

/* ---- what is given out ---- */

enum { MATERIALS_MOST = 60, MATERIAL_MOST = 100000 };

struct material_new {
    str name, form, lang; /* lang may be empty */
    int64_t stock;        /* how many there are now */
};
err material_add(struct ctx *c, const struct material_new *m, int64_t *out_no);
/* "counted" sets the stock to n, the others move it by n. It is never below zero: CONFLICT. NOT_FOUND: the
 * desk has no such material. */
err material_move(struct ctx *c, int64_t no, str move, int64_t n, str record);
err materials(struct ctx *c, const struct visit_desk *d, struct q_material_all **out, size_t *out_n);

/* ---- figures ---- */

struct desk_figures {
    struct q_figure_all *rows; /* of one desk in one month */
    size_t rows_n;
    int64_t exit[VISIT_face_n];
    int64_t exit_days;         /* that are shown … */
    int64_t exit_hidden_days;  /* … and those with too few answers */
    struct opt_i64 wait_twice; /* twice the median of the minutes from number to call */
    struct q_figure_materials *materials;
    size_t materials_n;
};
/* Of a desk within the actor's reach: her own, or one of the districts she oversees. Else NOT_FOUND. */
err figures_reach(struct ctx *c, str code, struct visit_desk *out);
/* The desks within her reach, in the order of the tree. */
err figures_desks(struct ctx *c, struct visit_desk **out, size_t *out_n);
err figures_of(struct ctx *c, const struct visit_desk *d, int64_t month, struct desk_figures *out);
/* Sum of the rows with this figure; kind and sex may be STR_NONE: any. */
int64_t desk_sum(const struct desk_figures *f, str figure, str kind, str sex);

#endif
