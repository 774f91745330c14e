/* new_inside.h: what the files of filing in small steps share: the answers, and which questions are asked.
 * Inside src/feature/public only. */
#ifndef SUNWAI_NEW_INSIDE_H
#define SUNWAI_NEW_INSIDE_H

#include "case_write.h"
#include "public_models.h"
#include "web.h"

/* Behind what every way of filing asks: the case that she joins ("me too", sealed), the council when there
 * are some, the picture she chose first. From N_ANSWERS on: where she stands, of no concern to the case. */
enum new_input {
    N_SAME = F_ASKED,
    N_COUNCIL,
    N_GROUP,
    N_LATER, /* she says or shows it on the last page, instead of writing it */
    N_ANSWERS,
    N_STEP = N_ANSWERS, /* the step that was sent */
    N_TO,               /* a step she wants to see instead of the next one */
    N_RETURN,           /* she came from the last page to change one answer: back there */
    N_SKIP,             /* none of this page */
    N_WAS,              /* what was answered to this page's one question before: no tile was touched now */
    N_AGREE,            /* yes to all of this page */
    N_INPUTS
};

/* Which questions this person is asked, for what she answered so far. */
struct new_walk {
    bool has[STEP_CHECK + 1];
    const struct q_case_similar *similar; /* what "me too" offers */
    size_t similar_n;
    int64_t home; /* the district; 0: not known yet */
};
err new_walk_of(struct web *w, struct new_walk *out);
bool new_later(const struct given *in); /* … and has written nothing */

bool new_is(const struct web *w, size_t input, str code); /* what was answered there */
enum msg new_words_ask(const struct web *w);              /* what her own words answer, by the kind */
bool new_consent_asked(const struct web *w, size_t purpose);
void new_forget(struct web *w, size_t input);
/* The nearest unit that she named: the council, else tehsil or district; NOT_FOUND. */
err new_unit(struct web *w, struct q_place_by_code *out);

err new_ask(struct web *w, const struct new_walk *walk,
            struct new_view *m); /* what the page of m->step asks */
err new_check(struct web *w, const struct new_walk *walk, struct new_view *m);

#endif
