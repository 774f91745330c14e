/* wording.h: what differs between two texts, word by word: for whoever has to put two of them together.
 *
 * A pure function. Words are what white space parts; line ends are words of their own, other white space goes
 * with the word before it and makes no difference. Texts that differ in more than WORDING_WORDS words on
 * either side are shown as one whole taken out and one put in.
 */
#ifndef SUNWAI_WORDING_H
#define SUNWAI_WORDING_H

#include "arena.h"
#include "err.h"

enum { WORDING_WORDS = 2000 };

enum wording_as { WORDING_SAME, WORDING_OLD, WORDING_NEW };
struct wording_part {
    enum wording_as as;
    str text; /* borrowed from one of the two; that of WORDING_SAME from the new one */
};
/* The parts in order; taken out stands before put in. LIMIT: the arena is full. */
err wording_differ(struct arena *a, str old, str now, struct wording_part **out, size_t *out_n);

#endif
