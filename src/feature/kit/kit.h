/* kit.h: what one installation passes on to another in one signed file (kit_text.h): services with their
 * papers and limits, the texts of the library of messages, model by-laws, what a district needs before it
 * opens, ready-made curricula, recorded questions, and other institutions with what their forms ask.
 *
 * kit_stands() is what stands here now as a kit; what a kit would change is the difference of the two. A kit
 * is taken in by a write job, from a day: limits, models and lists begin on that day, and those before end.
 * What was taken is kept beside it (kit_taken): what differs from that was changed here, and stays unless
 * whoever takes the kit says for its group that the kit's shall hold. Taking the same kit again changes
 * nothing. Limits, models and messages of a district, tehsil or council are never touched by a kit made for
 * what lies around it: they are not in it.
 *
 * A manager of the programme may look; only an administrator takes or leaves.
 *
 * Only kits of keys that somebody pinned here are taken, by comparing the fingerprint with whoever gave the
 * kit; and only kits of this country.
 */
#ifndef SUNWAI_KIT_H
#define SUNWAI_KIT_H

#include "clock.h"
#include "kit.sql.h"
#include "kit_text.h"
#include "place.h"
#include "store.h"

enum { KIT_ARENA = 64 << 20, KITS_SHOWN = 50 };

/* ---- what stands ---- */

/* What holds in a unit and around it (empty: in the country and its provinces), of today, recordings with
 * their bytes as far as they fit (out->silent: those that do not). NOT_FOUND: there is no such unit. Sorted.
 */
err kit_stands(struct ctx *c, str unit, struct kit *out);

/* ---- the difference ---- */

enum kit_change {
    KIT_ADDED,   /* not here yet */
    KIT_CHANGED, /* here as it was last taken, and other in the kit */
    KIT_OURS,    /* changed here, or never taken from a kit, and other in the kit */
    KIT_ENDED,   /* taken from an earlier kit and in this one no more */
    KIT_CHANGES
};
struct kit_difference {
    enum kit_kind kind;
    enum kit_change change;
    const struct kit_entry *theirs, *ours; /* NULL: there is none */
};
struct kit_index;
struct kit_plan {
    struct kit theirs, ours;
    struct kit_index *here;      /* what an entry is here (kit_stands.h) */
    struct kit_difference *rows; /* by kind and code; without what is the same */
    size_t n, same;
    size_t count[KIT_KINDS][KIT_CHANGES];
};
/* A kit's text beside what stands. INVALID with words: what is wrong with it, another country's, a unit or
 * service that it names and that is not here. */
err kit_compare(struct ctx *c, str text, struct kit_plan *out);
/* Stands for all of a difference, every field of it: who decides says which one she looked at. */
str kit_mark(struct ctx *c, const struct kit_plan *p);

/* ---- keys ---- */

/* INVALID with the fingerprint in words when nobody has compared this key yet; `typed` is a fingerprint that
 * somebody compared: then the key is pinned. On a reader nothing is pinned. */
err kit_key_check(struct ctx *c, const struct kit *k, str typed);

/* ---- taking ---- */

enum kit_how { KIT_LEAVE, KIT_NEW, KIT_ALL }; /* a group: nothing; all but what is ours; everything */
struct kit_choice {
    enum kit_how how[KIT_KINDS];
    int64_t from_day; /* 0: today */
    str seen;         /* kit_mark() of the difference that was looked at */
};
/* A file that came: kept until it is decided. The same one again gives the number it has. */
err kit_keep(struct ctx *c, str text, str typed, int64_t *out_no);
err kit_waiting(struct ctx *c, int64_t no, struct q_kit_get *out); /* NOT_FOUND */
/* CONFLICT: decided already; or the difference is another one than was seen: nothing is taken. *out_taken:
 * how many entries were written. */
err kit_take(struct ctx *c, int64_t no, const struct kit_choice *how, size_t *out_taken);
err kit_leave(struct ctx *c, int64_t no);
err kit_all(struct ctx *c, struct q_kit_list **out, size_t *out_n);

#endif
